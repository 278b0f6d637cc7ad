//! Expressions that the givens say have one of finitely many values.

use std::collections::BTreeMap;

use crate::algebra::facts::{Facts, Trait, filled, matches};
use crate::algebra::sign::Prover;
use crate::algebra::terms;
use crate::expr::{Expr, Node, fun};

/// Most values that are told apart.
const MOST: usize = 16;

/// The values that a closed scalar expression may have, if the givens leave finitely many: members of a finite set of
/// numbers, entries of one-hot vectors and of vectors of bits.
pub fn finite_values(e: &Expr, facts: &Facts) -> Option<Vec<Expr>> {
    if !e.is_closed() || !e.sort().is_scalar() || e.as_num().is_some() {
        return None;
    }
    let mut prover = Prover::new(facts, &[e]);
    for fact in &facts.members {
        let (pattern, set) = &fact.what;
        let mut found = BTreeMap::new();
        if matches(pattern, e, &fact.holes, &mut found) && prover.holes_in_range(&fact.holes, &found, pattern) {
            let set = filled(set, &found);
            match set.as_app("set") {
                Some(members) if members.len() <= MOST && members.iter().all(|m| m.as_num().is_some()) => {
                    let mut values = members.to_vec();
                    values.sort();
                    values.dedup();
                    return Some(values);
                }
                _ => {}
            }
        }
    }
    let (array, indices) = e.as_app(fun::INDEX)?.split_first()?;
    let bits = facts.arrays.iter().any(|fact| {
        let (kind, pattern) = &fact.what;
        matches!(kind, Trait::OneHot | Trait::Bits)
            && prover.entry_of(pattern, &fact.holes, array, indices, false).is_some_and(|rest| rest.len() == 1)
    });
    bits.then(|| vec![Expr::int(0), Expr::int(1)])
}

/// The expression with a closed part replaced by a number, numbers folded.
pub fn with_value(e: &Expr, part: &Expr, value: &Expr) -> Expr {
    if e == part {
        return value.clone();
    }
    if e.is_closed() && matches!(e.node(), Node::Num(_) | Node::Sym(_)) {
        return e.clone();
    }
    let children: Vec<Expr> = e.children().into_iter().map(|c| with_value(c, part, value)).collect();
    if children.iter().eq(e.children()) { e.clone() } else { terms::with_children(e, children) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Binder, Domain, Sort, Symbol};

    #[test]
    fn values_come_from_what_is_given() {
        let t = Expr::real("t");
        let bits = Expr::apply("set", vec![Expr::int(0), Expr::int(1)]);
        let given = [Expr::relate("member", t.clone(), bits.clone())];
        assert_eq!(finite_values(&t, &Facts::new(&given)), Some(vec![Expr::int(0), Expr::int(1)]));
        assert_eq!(finite_values(&Expr::real("u"), &Facts::new(&given)), None);
        // Of every entry in range, and of no other.
        let n = Expr::size_symbol("n");
        let y = Expr::sym(Symbol::new("y", Sort::vector(Expr::size_symbol("m"))));
        let all = y.index(vec![Expr::bound(0, Sort::Integer)]);
        let fact =
            Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), n.clone()), Expr::relate("member", all, bits));
        let k = Expr::size_symbol("k");
        let at = y.index(vec![k.clone()]);
        assert_eq!(finite_values(&at, &Facts::new(std::slice::from_ref(&fact))), None);
        let ranges = [fact, Expr::relate("le", Expr::int(1), k.clone()), Expr::relate("le", k, n)];
        assert!(finite_values(&at, &Facts::new(&ranges)).is_some());
    }

    #[test]
    fn a_value_is_put_in_everywhere() {
        let (t, y) = (Expr::real("t"), Expr::real("y"));
        let rest = Expr::int(1) - t.clone();
        let e = y.pow(t.clone()) * (Expr::int(1) - y.clone()).pow(rest);
        assert_eq!(with_value(&e, &t, &Expr::int(1)), y);
        assert_eq!(with_value(&e, &t, &Expr::int(0)), Expr::int(1) - y);
    }
}
