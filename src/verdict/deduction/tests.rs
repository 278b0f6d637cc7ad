//! Deductions that were tampered with are rejected.

use super::*;
use crate::verdict::{Evidence, replay};

fn shown(goal: &Expr, facts: &[Expr]) -> Deduction {
    Deduction::Shown(show(goal, facts).unwrap())
}

fn f(name: &str, x: &Expr) -> Expr {
    Expr::apply(name, vec![x.clone()])
}

fn rel(name: &str, a: &Expr, b: &Expr) -> Expr {
    Expr::relate(name, a.clone(), b.clone())
}

/// The deduction by a rule whose goals are shown at once.
fn by(rule: Rule, goal: &Expr, facts: &[Expr]) -> Deduction {
    let premises = reduce(&rule, goal, facts).unwrap().premises;
    let parts = premises.iter().map(|p| shown(&p.goal, &p.facts)).collect();
    Deduction::Step(rule, parts)
}

fn accepted(relation: &Expr, givens: &[Expr], deduction: &Deduction, owed: &[Expr]) -> bool {
    replay(&Evidence::Deduced {
        relation: relation.clone(),
        givens: givens.to_vec(),
        deduction: deduction.clone(),
        owed: owed.to_vec(),
    })
}

#[test]
fn an_implication_is_about_its_own_sides() {
    let (x, y) = (Expr::real("x"), Expr::real("y"));
    let goal = |strict, l: &Expr, r: &Expr| Expr::relate("implies", rel(strict, &x, &y), rel("lt", l, r));
    let right = goal("lt", &f("exp", &x), &f("exp", &y));
    let good = by(Rule::Assume, &right, &[]);
    assert!(accepted(&right, &[], &good, &[]));
    assert!(!accepted(&goal("lt", &f("exp", &y), &f("exp", &x)), &[], &good, &[]), "sides exchanged");
    assert!(!accepted(&goal("le", &f("exp", &x), &f("exp", &y)), &[], &good, &[]), "weaker premise");
    assert!(!accepted(&goal("lt", &x.pow(Expr::int(2)), &y.pow(Expr::int(2))), &[], &good, &[]), "other function");
    let both = Expr::relate("iff", rel("lt", &x, &y), rel("lt", &f("exp", &x), &f("exp", &y)));
    assert!(!accepted(&both, &[], &good, &[]), "one direction is not both");
    assert!(!accepted(&both, &[], &Deduction::Step(Rule::Both, vec![good.clone()]), &[]), "a part is missing");
    assert!(!accepted(&both, &[], &Deduction::Step(Rule::Both, vec![good.clone(), good]), &[]), "the wrong part");
}

#[test]
fn a_conclusion_must_have_a_value() {
    let (x, y) = (Expr::real("x"), Expr::real("y"));
    let goal = Expr::relate("implies", rel("lt", &x, &y), rel("lt", &f("log", &x), &f("log", &y)));
    let deduction = by(Rule::Assume, &goal, &[]);
    let owing = owed(&goal, &[], &deduction).unwrap();
    assert_eq!(owing.len(), 2, "{owing:?}");
    assert!(accepted(&goal, &[], &deduction, &owing));
    assert!(!accepted(&goal, &[], &deduction, &owing[..1]), "a condition was dropped");
    assert!(!accepted(&goal, &[], &deduction, &[]), "all conditions were dropped");
    // The other way nothing is owed, for the premise has a value only where both logarithms have one.
    let back = Expr::relate("implies", rel("lt", &f("log", &x), &f("log", &y)), rel("lt", &x, &y));
    assert!(accepted(&back, &[], &by(Rule::Contrapose, &back, &[]), &[]));
    assert!(!accepted(&goal, &[], &by(Rule::Contrapose, &back, &[]), &[]));
}

#[test]
fn a_split_needs_every_value() {
    let (y, t) = (Expr::real("y"), Expr::real("t"));
    let bits = Expr::apply("set", vec![Expr::int(0), Expr::int(1)]);
    let more = Expr::apply("set", vec![Expr::int(0), Expr::int(1), Expr::int(2)]);
    let unit = Expr::apply("open_interval", vec![Expr::int(0), Expr::int(1)]);
    let power = y.pow(t.clone()) * (Expr::int(1) - y.clone()).pow(Expr::int(1) - t.clone());
    let is = |n: i64| rel("eq", &t, &Expr::int(n));
    let cases = |one: &Expr, zero: &Expr| Expr::apply("cases", vec![is(1), one.clone(), is(0), zero.clone()]);
    let rest = Expr::int(1) - y.clone();
    let goal = rel("eq", &power, &cases(&y, &rest));
    let given = |set: &Expr| [rel("member", &y, &unit), rel("member", &t, set)];
    let deduction = by(Rule::Split(t.clone()), &goal, &given(&bits));
    assert!(accepted(&goal, &given(&bits), &deduction, &[]));
    assert!(!accepted(&goal, &given(&more), &deduction, &[]), "a value more");
    assert!(!accepted(&goal, &given(&bits)[..1], &deduction, &[]), "no values given");
    let swapped = rel("eq", &power, &cases(&rest, &y));
    assert!(!accepted(&swapped, &given(&bits), &deduction, &[]), "cases exchanged");
    let Deduction::Step(rule, mut parts) = deduction else { panic!("a split") };
    parts.reverse();
    assert!(!accepted(&goal, &given(&bits), &Deduction::Step(rule, parts), &[]), "parts exchanged");
}

#[test]
fn equal_sets_of_extremal_places_need_equal_orders() {
    let n = Expr::size_symbol("n");
    let s = Expr::sym(Symbol::new("s", Sort::vector(n.clone())));
    let at = s.index(vec![Expr::bound(0, Sort::Integer)]);
    let over =
        |binder, high: &Expr, body: &Expr| Expr::bind(binder, Domain::Range(Expr::int(1), high.clone()), body.clone());
    let equal = |l: Expr, r: Expr| Expr::relate(fun::EQ, l, r);
    let order = |goal: &Expr| {
        let inner = reduce(&Rule::SameOrder, goal, &[])?.premises.into_iter().next()?;
        let both = reduce(&Rule::Both, &inner.goal, &inner.facts)?.premises;
        let rules = [Rule::Contrapose, Rule::Assume];
        let parts = both.iter().zip(rules).map(|(p, rule)| by(rule, &p.goal, &p.facts)).collect();
        Some(Deduction::Step(Rule::SameOrder, vec![Deduction::Step(Rule::Both, parts)]))
    };
    let goal = equal(over(Binder::ArgMax, &n, &f("exp", &at)), over(Binder::ArgMax, &n, &at));
    let deduction = order(&goal).unwrap();
    assert!(accepted(&goal, &[], &deduction, &[]));
    let least = equal(over(Binder::ArgMax, &n, &f("exp", &at)), over(Binder::ArgMin, &n, &at));
    assert!(!accepted(&least, &[], &deduction, &[]), "the least instead of the greatest");
    let square = at.pow(Expr::int(2));
    let other = equal(over(Binder::ArgMax, &n, &square), over(Binder::ArgMax, &n, &at));
    assert!(!accepted(&other, &[], &deduction, &[]), "another function");
    let fewer = equal(over(Binder::ArgMax, &n, &f("exp", &at)), over(Binder::ArgMax, &(n - Expr::int(1)), &at));
    assert!(reduce(&Rule::SameOrder, &fewer, &[]).is_none(), "another range");
}

#[test]
fn orders_of_one_difference_are_equivalent() {
    let (x, y, zero) = (Expr::real("x"), Expr::real("y"), Expr::int(0));
    let difference = x.clone() - y.clone();
    let iff = |a: Expr, b: Expr| Expr::relate("iff", a, b);
    let right = iff(rel("le", &x, &y), rel("ge", &zero, &difference));
    let good = by(Rule::SameDifference, &right, &[]);
    assert!(accepted(&right, &[], &good, &[]));
    let strict = iff(rel("lt", &x, &y), rel("ge", &zero, &difference));
    assert!(reduce(&Rule::SameDifference, &strict, &[]).is_none(), "strict beside weak");
    for (what, wrong) in [
        ("turned", iff(rel("le", &y, &x), rel("ge", &zero, &difference))),
        ("another difference", iff(rel("le", &x, &y), rel("ge", &zero, &(difference.clone() + Expr::int(1))))),
        ("strict", strict),
    ] {
        assert!(!accepted(&wrong, &[], &good, &[]), "{what}");
    }
    // One side needs a value that the other does not: that is owed.
    let log = f("log", &x);
    let needs = iff(rel("le", &x, &y), rel("le", &(x.clone() + log.clone()), &(y.clone() + log)));
    let deduction = by(Rule::SameDifference, &needs, &[]);
    let owing = owed(&needs, &[], &deduction).unwrap();
    assert!(!owing.is_empty() && accepted(&needs, &[], &deduction, &owing) && !accepted(&needs, &[], &deduction, &[]));
}

#[test]
fn only_an_equal_number_takes_the_place_of_a_part() {
    let (x, y) = (Expr::real("x"), Expr::real("y"));
    let double = x.clone() + x.clone();
    let goal = Expr::relate("implies", rel("lt", &double, &y), rel("lt", &(Expr::int(2) * x.clone()), &y));
    let by_equal = |part: &Expr, other: &Expr| {
        let rule = Rule::Replace(part.clone(), other.clone());
        let premises = reduce(&rule, &goal, &[])?.premises;
        let [equal, rest] = premises.as_slice() else { return None };
        let parts = vec![Deduction::Shown(show(&equal.goal, &[]).ok()?), self::by(Rule::Assume, &rest.goal, &[])];
        Some(Deduction::Step(rule, parts))
    };
    let twice = Expr::int(2) * x.clone();
    assert!(accepted(&goal, &[], &by_equal(&double, &twice).unwrap(), &[]));
    assert!(by_equal(&double, &(Expr::int(3) * x.clone())).is_none(), "not equal");
    assert!(by_equal(&y.pow(Expr::int(2)), &y).is_none(), "no part of the goal");
    let Some(Deduction::Step(_, parts)) = by_equal(&double, &twice) else { panic!() };
    let forged = Deduction::Step(Rule::Replace(double, Expr::int(3) * x), parts);
    assert!(!accepted(&goal, &[], &forged, &[]), "another number");
}
