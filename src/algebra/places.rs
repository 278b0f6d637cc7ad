//! Sets of extremal places over a range of numbers, as comparisons.

use crate::expr::{Binder, Domain, Expr, Node, fun};

/// Longest range that is spelled out.
const LONGEST: i64 = 16;

/// The comparisons that say the same as `argmax_{i = 1..n} f_i = {k, …}`, as that its only member is `k`, or as
/// `k ∈ argmax_{i = 1..n} f_i`, for numbers in the range and where all `f_i` have a value. `None` for other relations.
pub(crate) fn extremal_places(relation: &Expr) -> Option<Expr> {
    let (set, wanted, all) = match relation.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            (fun::EQ, [a, b]) => {
                let (set, other) = if is_extremal(a) { (a, b) } else { (b, a) };
                match set.as_app("only_member") {
                    Some([set]) => (set, std::slice::from_ref(other), true),
                    _ => (set, other.as_app("set")?, true),
                }
            }
            ("member", [k, set]) => (set, std::slice::from_ref(k), false),
            _ => return None,
        },
        _ => return None,
    };
    let Node::Bind { binder, domain, body } = set.node() else { return None };
    let (low, high) = match domain {
        Domain::Range(low, high) => (low, high),
        Domain::Over(range) => match range.as_app("range_set")? {
            [low, high] => (low, high),
            _ => return None,
        },
        _ => return None,
    };
    let better = match binder {
        Binder::ArgMax => "gt",
        Binder::ArgMin => "lt",
        _ => return None,
    };
    let (low, high) = (low.as_int()?, high.as_int()?);
    if high.checked_sub(low)? >= LONGEST || !body.sort().is_scalar() {
        return None;
    }
    let wanted: Vec<i64> = wanted.iter().map(Expr::as_int).collect::<Option<_>>()?;
    let first = *wanted.first()?;
    if wanted.iter().any(|k| !(low..=high).contains(k)) {
        return None;
    }
    let at = |k: i64| body.instantiated(&Expr::int(k));
    let not_worse = if better == "gt" { "ge" } else { "le" };
    let comparisons = (low..=high).filter(|k| *k != first).map(|k| {
        let name = match (all, wanted.contains(&k)) {
            (true, true) => fun::EQ,
            (true, false) => better,
            (false, _) => not_worse,
        };
        Expr::relate(name, at(first), at(k))
    });
    let comparisons: Vec<Expr> = comparisons.collect();
    Some(match comparisons.is_empty() {
        true => Expr::apply("true", vec![]),
        false => Expr::apply("and", comparisons),
    })
}

fn is_extremal(e: &Expr) -> bool {
    let e = e.as_app("only_member").and_then(<[Expr]>::first).unwrap_or(e);
    matches!(e.node(), Node::Bind { binder: Binder::ArgMax | Binder::ArgMin, .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Sort, Symbol};

    #[test]
    fn a_place_is_compared_with_all_others() {
        let y = Expr::sym(Symbol::new("y", Sort::vector(Expr::int(3))));
        let body = y.index(vec![Expr::bound(0, Sort::Integer)]);
        let set = Expr::bind(Binder::ArgMin, Domain::Range(Expr::int(1), Expr::int(3)), body);
        let at = |k| y.index(vec![Expr::int(k)]);
        let only = Expr::relate("eq", Expr::apply("only_member", vec![set.clone()]), Expr::int(2));
        let less = |k| Expr::relate("lt", at(2), at(k));
        assert_eq!(extremal_places(&only), Some(Expr::apply("and", vec![less(1), less(3)])));
        let two = Expr::relate("eq", Expr::apply("set", vec![Expr::int(2), Expr::int(3)]), set.clone());
        let tie = Expr::relate("eq", at(2), at(3));
        assert_eq!(extremal_places(&two), Some(Expr::apply("and", vec![less(1), tie])));
        let member = Expr::relate("member", Expr::int(4), set.clone());
        assert_eq!(extremal_places(&member), None, "4 is no place");
        assert_eq!(extremal_places(&Expr::relate("eq", set, Expr::apply("set", vec![]))), None);
    }
}
