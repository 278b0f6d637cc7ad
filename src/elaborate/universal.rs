//! Givens about every entry: `P(x) > 0` and `t_n \in \{0, 1\}` hold for all x and n.

use crate::elaborate::content::Introduced;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// The fact with every index that nothing introduced bound by ∀ over the places of its array.
pub(crate) fn for_all_entries(fact: Expr, introduced: &Introduced) -> Expr {
    let mut places: Vec<(Symbol, Domain)> = vec![];
    fact.any(&mut |x| {
        let Some((array, indices)) = x.as_app(fun::INDEX).and_then(|args| args.split_first()) else { return false };
        for (index, size) in indices.iter().zip(array.sort().sizes()) {
            if let Node::Sym(s) = index.node()
                && s.sort == Sort::Integer
                && !introduced.contains(s)
                && !places.iter().any(|(known, _)| known.same(s))
            {
                places.push((s.clone(), all_places(size)));
            }
        }
        false
    });
    places
        .into_iter()
        .rev()
        .fold(fact, |fact, (index, domain)| Expr::bind(Binder::ForAll, domain, fact.abstracted(&index, Sort::Integer)))
}

/// A fact with its qualifier: for all members of a set, or where a condition holds.
pub(crate) fn qualified(fact: Expr, qualifier: &Expr) -> Expr {
    let variable = match qualifier.as_app("member") {
        Some([x, set]) => x.as_symbol().map(|s| (s.clone(), set.clone())),
        _ => None,
    };
    match variable {
        Some((symbol, set)) => {
            let domain = match set.as_app("range_set") {
                Some([low, high]) => Domain::Range(low.clone(), high.clone()),
                _ => Domain::Over(set),
            };
            let sort = domain.variable_sort();
            Expr::bind(Binder::ForAll, domain, fact.abstracted(&symbol, sort))
        }
        None if qualifier.as_app("true").is_some() => fact,
        None => Expr::relate("implies", qualifier.clone(), fact),
    }
}

/// The relation between two typed sides; `supp P ⊆ supp Q` says that at all places P is 0 where Q is.
pub(crate) fn relation(name: &'static str, left: &Expr, right: &Expr) -> Expr {
    let supports = (left.as_app("support"), right.as_app("support"));
    if let ("subset", (Some([p]), Some([q]))) = (name, supports)
        && let [size] = p.sort().sizes()
    {
        let nonzero =
            |a: &Expr| Expr::relate("ne", a.shifted(1, 0).index(vec![Expr::bound(0, Sort::Integer)]), Expr::int(0));
        return Expr::bind(Binder::ForAll, all_places(size), Expr::relate("implies", nonzero(p), nonzero(q)));
    }
    only_place(name, left, right).unwrap_or_else(|| Expr::relate(name, left.clone(), right.clone()))
}

/// Whether an expression is a set of extremal places.
pub(crate) fn is_places(e: &Expr) -> bool {
    matches!(e.node(), Node::Bind { binder: Binder::ArgMax | Binder::ArgMin, .. })
}

/// `argmax_j y_j = 2`: a number stands for the only place. Where there are several the left side has no value.
pub(crate) fn only_place(name: &'static str, left: &Expr, right: &Expr) -> Option<Expr> {
    let only = |e: &Expr| Expr::apply("only_member", vec![e.clone()]);
    match name {
        "eq" | "ne" if is_places(left) && right.sort().is_scalar() => {
            Some(Expr::relate(name, only(left), right.clone()))
        }
        "eq" | "ne" if is_places(right) && left.sort().is_scalar() => {
            Some(Expr::relate(name, left.clone(), only(right)))
        }
        _ => None,
    }
}

/// The members of a set where the size is its number of members, else 1, …, size.
fn all_places(size: &Expr) -> Domain {
    match size.as_app("cardinality") {
        Some([set]) => Domain::Over(set.clone()),
        _ => Domain::Range(Expr::int(1), size.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_nothing_introduced_stands_for_all() {
        let p = Expr::sym(Symbol::new("P", Sort::vector(Expr::size_symbol("n"))));
        let x = Expr::size_symbol("x");
        let fact = Expr::relate("gt", p.index(vec![x]), Expr::int(0));
        let all = for_all_entries(fact.clone(), &Introduced::default());
        assert!(matches!(all.node(), Node::Bind { binder: Binder::ForAll, .. }), "{all}");
        assert!(all.symbols().iter().all(|s| &*s.name != "x"));
        let mut introduced = Introduced::default();
        introduced.insert(&Symbol::new("x", Sort::Integer));
        assert_eq!(for_all_entries(fact.clone(), &introduced), fact);
    }

    #[test]
    fn numbers_and_other_symbols_stay() {
        let p = Expr::sym(Symbol::new("P", Sort::vector(Expr::int(3))));
        let fact = Expr::relate("gt", p.index(vec![Expr::int(1)]), Expr::real("a"));
        assert_eq!(for_all_entries(fact.clone(), &Introduced::default()), fact);
    }
}
