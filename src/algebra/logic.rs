//! Conditions: Bool expressions built with what is decided at once left out.

use crate::algebra::terms::has_variable;
use crate::expr::{Binder, Domain, Expr, Node, Sort, fun};

/// Largest condition that is looked into, in nodes, shared ones counted as often as they stand.
const SIZE_CAP: u64 = 1000;

/// The condition that always holds.
pub(crate) fn always() -> Expr {
    Expr::apply("true", vec![])
}

/// The value of a condition between numbers; `None` where it is not plain.
pub(crate) fn decided(condition: &Expr) -> Option<bool> {
    if condition.size() > SIZE_CAP {
        return None;
    }
    let Node::App(f, args) = condition.node() else { return None };
    match (f.name, args.as_slice()) {
        ("true", []) => Some(true),
        ("not", [a]) => decided(a).map(|b| !b),
        ("and", _) => all(args, true),
        ("or", _) => all(args, false).map(|b| !b),
        ("implies", [a, b]) => match (decided(a), decided(b)) {
            (Some(false), _) | (_, Some(true)) => Some(true),
            (Some(true), Some(false)) => Some(false),
            _ => None,
        },
        (name, [a, b]) => {
            let order = match (a.as_num(), b.as_num()) {
                (Some(p), Some(q)) => p.cmp(q),
                _ if a == b && a.sort().is_scalar() && *a.sort() == Sort::Integer => std::cmp::Ordering::Equal,
                _ => return None,
            };
            match name {
                fun::EQ => Some(order.is_eq()),
                "ne" => Some(order.is_ne()),
                "lt" => Some(order.is_lt()),
                "le" => Some(order.is_le()),
                "gt" => Some(order.is_gt()),
                "ge" => Some(order.is_ge()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether all of `args` have the value `wanted`; `Some(false)` as soon as one has the other.
fn all(args: &[Expr], wanted: bool) -> Option<bool> {
    let values: Vec<Option<bool>> = args.iter().map(decided).collect();
    if values.contains(&Some(!wanted)) {
        return Some(false);
    }
    values.iter().all(|v| v.is_some()).then_some(true)
}

/// All of the conditions.
pub(crate) fn all_of(conditions: Vec<Expr>) -> Expr {
    joined("and", conditions, true)
}

/// One of the conditions at least.
pub(crate) fn any_of(conditions: Vec<Expr>) -> Expr {
    joined("or", conditions, false)
}

fn joined(name: &str, conditions: Vec<Expr>, neutral: bool) -> Expr {
    let mut kept: Vec<Expr> = Vec::with_capacity(conditions.len());
    for c in conditions {
        match decided(&c) {
            Some(value) if value == neutral => {}
            Some(_) => return if neutral { c } else { always() },
            None if kept.contains(&c) => {}
            None => kept.push(c),
        }
    }
    match kept.len() {
        0 if neutral => always(),
        0 => Expr::apply("not", vec![always()]),
        1 => kept.swap_remove(0),
        _ => Expr::apply(name, kept),
    }
}

/// If the first, then the second.
pub(crate) fn implies(premise: &Expr, conclusion: Expr) -> Expr {
    match (decided(premise), decided(&conclusion)) {
        (Some(true), _) | (_, Some(true)) => conclusion,
        (Some(false), _) => always(),
        _ if *premise == conclusion => always(),
        _ if premise.as_app("and").is_some_and(|all| all.contains(&conclusion)) => always(),
        _ => Expr::relate("implies", premise.clone(), conclusion),
    }
}

/// The negation, pushed into relations between scalars and into connectives.
pub fn negation(condition: &Expr) -> Expr {
    if let Some(value) = decided(condition) {
        return if value { Expr::apply("not", vec![always()]) } else { always() };
    }
    let Node::App(f, args) = condition.node() else { return Expr::apply("not", vec![condition.clone()]) };
    if condition.size() > SIZE_CAP {
        return Expr::apply("not", vec![condition.clone()]);
    }
    match (f.name, args.as_slice()) {
        ("not", [a]) => a.clone(),
        ("and", _) => any_of(args.iter().map(negation).collect()),
        ("or", _) => all_of(args.iter().map(negation).collect()),
        ("implies", [a, b]) => all_of(vec![a.clone(), negation(b)]),
        (name, [a, b]) if a.sort().is_scalar() && b.sort().is_scalar() => {
            let opposite = match name {
                fun::EQ => "ne",
                "ne" => fun::EQ,
                "lt" => "ge",
                "le" => "gt",
                "gt" => "le",
                "ge" => "lt",
                _ => return Expr::apply("not", vec![condition.clone()]),
            };
            Expr::relate(opposite, a.clone(), b.clone())
        }
        _ => Expr::apply("not", vec![condition.clone()]),
    }
}

/// The condition for all members of a domain; the condition itself, one level up, where it does not mention the
/// variable (which is stronger for an empty domain).
pub(crate) fn for_all(domain: &Domain, condition: &Expr) -> Expr {
    if let Domain::Range(low, high) = domain
        && let (Some(low), Some(high)) = (low.as_int(), high.as_int())
        && high < low
    {
        return always();
    }
    if !has_variable(condition, 0) {
        return condition.instantiated(&Expr::int(0));
    }
    Expr::bind(Binder::ForAll, domain.clone(), condition.clone())
}

/// An open condition that implies the given one: what has to hold at a point so that the given condition holds in a
/// whole neighbourhood of it, as the variable bound `variable` levels up moves. `None` where there is none to give.
pub(crate) fn opened(condition: &Expr, variable: u32) -> Option<Expr> {
    if !has_variable(condition, variable) {
        return Some(condition.clone());
    }
    if condition.size() > SIZE_CAP {
        return None;
    }
    match condition.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("lt" | "gt" | "ne", [..]) => Some(condition.clone()),
            ("le", [a, b]) => Some(Expr::relate("lt", a.clone(), b.clone())),
            ("ge", [a, b]) => Some(Expr::relate("gt", a.clone(), b.clone())),
            ("and", _) => args.iter().map(|a| opened(a, variable)).collect::<Option<Vec<_>>>().map(all_of),
            ("or", _) => {
                let open: Vec<Expr> = args.iter().filter_map(|a| opened(a, variable)).collect();
                // A ∨ (A ∧ B) is A.
                let absorbed = |c: &Expr| c.as_app("and").is_some_and(|all| all.iter().any(|part| open.contains(part)));
                let kept: Vec<Expr> = open.iter().filter(|c| !absorbed(c)).cloned().collect();
                (!kept.is_empty()).then(|| any_of(kept))
            }
            ("implies", [a, b]) => opened(&any_of(vec![negation(a), b.clone()]), variable),
            ("not", [a]) => match negation(a) {
                n if n.as_app("not").is_some() => None,
                n => opened(&n, variable),
            },
            _ => None,
        },
        Node::Bind { binder: Binder::ForAll, domain: Domain::Range(low, high), body } => {
            let endless = |e: &Expr| e.any(&mut |x| x.as_app("infinity").is_some());
            if has_variable(low, variable) || has_variable(high, variable) || endless(low) || endless(high) {
                return None;
            }
            let body = opened(body, variable + 1)?;
            Some(Expr::bind(Binder::ForAll, Domain::Range(low.clone(), high.clone()), body))
        }
        // Named sets are finite.
        Node::Bind { binder: Binder::ForAll, domain: Domain::Over(set), body } if set.as_symbol().is_some() => {
            Some(Expr::bind(Binder::ForAll, Domain::Over(set.clone()), opened(body, variable + 1)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::eval::{Env, Point, truth};
    use crate::algebra::obvious;
    use crate::expr::Symbol;
    use crate::num::{Exact, Rational, Ternary};

    /// Relations between x, y and numbers, joined in all ways to some depth.
    fn conditions() -> Vec<Expr> {
        let terms = [Expr::int(0), Expr::int(1), Expr::real("x"), Expr::real("x").pow(Expr::int(2)), -Expr::real("y")];
        let mut plain = vec![always()];
        for name in [fun::EQ, "ne", "lt", "le", "gt", "ge"] {
            for a in &terms {
                plain.extend(terms.iter().map(|b| Expr::relate(name, a.clone(), b.clone())));
            }
        }
        let not = |e: &Expr| Expr::apply("not", vec![e.clone()]);
        let mut all = plain.clone();
        for (k, a) in plain.iter().enumerate() {
            for b in plain.iter().skip(k % 7).step_by(7) {
                for name in ["and", "or", "implies"] {
                    let joined = Expr::relate(name, a.clone(), b.clone());
                    all.push(Expr::relate("or", not(&joined), a.clone()));
                    all.extend([not(&joined), joined]);
                }
            }
        }
        all
    }

    fn at(e: &Expr, x: i64, y: i64) -> Ternary {
        let point = Point::new()
            .with_scalar(&Symbol::new("x", Sort::Real), Rational::from(x))
            .with_scalar(&Symbol::new("y", Sort::Real), Rational::from(y));
        truth::<Exact>(e, &Env::at(&point), &mut 10_000)
    }

    #[test]
    fn what_is_decided_joined_negated_or_obvious_is_so_at_every_point() {
        for c in conditions() {
            let (decided, negated, obvious) = (decided(&c), negation(&c), obvious::holds(&c));
            for (x, y) in [(0, 0), (1, -1), (-1, 1), (2, 0), (-2, -2)] {
                let truth = at(&c, x, y);
                assert!(decided.is_none_or(|d| truth == Ternary::from(d)), "{c} is decided as {decided:?}");
                assert_eq!(at(&negated, x, y), !truth, "the negation of {c}: {negated}");
                assert!(!obvious || truth == Ternary::True, "{c} is no matter of course");
                let with = Expr::relate("ge", Expr::real("x"), Expr::int(1));
                let both = vec![c.clone(), with.clone()];
                assert_eq!(at(&all_of(both.clone()), x, y), truth.and(at(&with, x, y)), "all of {c} and {with}");
                assert_eq!(at(&any_of(both), x, y), truth.or(at(&with, x, y)), "any of {c} and {with}");
                let follows = implies(&c, with.clone());
                assert_eq!(at(&follows, x, y), (!truth).or(at(&with, x, y)), "{c} implies {with}: {follows}");
            }
        }
    }
}
