//! Questions to the kernel whose answer must not be yes: each is one that a slip in it would let through
//! (`tests/mutants.md`).

use rederive::algebra::facts::Facts;
use rederive::algebra::sign::holds;
use rederive::algebra::{conditions, index_conditions, univariate};
use rederive::expr::{Expr, Sort, Symbol};
use rederive::num::Ternary;
use rederive::verdict::show;

fn x() -> Expr {
    Expr::real("x")
}

fn n() -> Expr {
    Expr::sym(Symbol::new("n", Sort::Integer))
}

fn of(name: &str, e: &Expr) -> Expr {
    Expr::apply(name, vec![e.clone()])
}

fn relate(name: &str, a: &Expr, b: i64) -> Expr {
    Expr::relate(name, a.clone(), Expr::int(b))
}

/// The truth of a condition under givens.
fn truth(condition: &Expr, givens: &[Expr]) -> Ternary {
    holds(condition, &Facts::new(givens))
}

#[test]
fn real_numbers_in_a_range_are_no_integers() {
    let between = |e: &Expr| [relate("ge", e, 1), relate("le", e, 3)];
    let (naturals, integers) = (Expr::apply("naturals", vec![]), Expr::apply("integers", vec![]));
    let range = Expr::apply("range_set", vec![Expr::int(0), Expr::int(5)]);
    for set in [naturals, integers, range] {
        let member = |e: Expr| Expr::relate("member", e, set.clone());
        assert_eq!(truth(&member(n()), &between(&n())), Ternary::True, "n in {set}");
        assert_ne!(truth(&member(x()), &between(&x())), Ternary::True, "x in {set}");
    }
    let interval = |name: &str| Expr::relate("member", x(), Expr::apply(name, vec![Expr::int(1), Expr::int(3)]));
    for (name, inside) in
        [("closed_interval", true), ("open_interval", false), ("left_open", false), ("right_open", false)]
    {
        assert_eq!(truth(&interval(name), &between(&x())) == Ternary::True, inside, "{name}");
    }
}

#[test]
fn roots_are_compared_with_numbers_through_their_squares() {
    let root = of("sqrt", &x());
    let range = |a: i64, b: i64| [relate("ge", &x(), a), relate("lt", &x(), b)];
    assert_eq!(truth(&relate("gt", &root, 3), &[relate("gt", &x(), 9)]), Ternary::True);
    assert_ne!(truth(&relate("gt", &root, 3), &range(7, 9)), Ternary::True);
    assert_ne!(truth(&relate("gt", &root, 0), &range(0, 1)), Ternary::True, "the root of 0");
    assert_ne!(truth(&relate("lt", &root, -1), &range(0, 1)), Ternary::True);
    assert_ne!(truth(&relate("lt", &root, 0), &range(0, 1)), Ternary::True);
    let half = x().pow(Expr::int(1).over(&Expr::int(2)));
    let literal = x().pow(Expr::num(rederive::num::Rational::new(1, 2).expect("a half")));
    for power in [half, literal, x().pow(Expr::real("y"))] {
        assert_ne!(truth(&relate("gt", &power, 0), &range(0, 1)), Ternary::True, "{power}");
    }
}

#[test]
fn what_an_application_needs_is_not_forgotten() {
    let [y, z] = ["y", "z"].map(Expr::real);
    let both = |name: &str| Expr::apply(name, vec![x(), y.clone()]);
    for e in [of("sqrt", &both("max")), of("log", &both("min")), of("log", &of("sqrt", &x()))] {
        assert!(!conditions(&e).is_empty(), "{e}");
    }
    let i = Symbol::new("i", Sort::Integer);
    let empty = Expr::sum_over(&i, Expr::int(5), Expr::int(1), &Expr::int(1));
    assert!(!conditions(&of("log", &empty)).is_empty(), "a sum without terms is 0");
    let size = Expr::size_symbol("m");
    let vector = Expr::sym(Symbol::new("a", Sort::vector(size.clone())));
    let entry = |k: i64| vector.index(vec![Expr::int(k)]);
    let below = Expr::relate("le", Expr::int(5), size);
    let asked = index_conditions(&entry(5));
    assert!(asked.iter().any(|c| *c == below || c.as_app("and").is_some_and(|all| all.contains(&below))), "{asked:?}");
    // n! has a value for natural n only, Γ(n + 1) for others as well.
    let gamma = of("gamma", &(z.clone() + Expr::int(1)));
    let shown = show(&Expr::relate("eq", of("factorial", &z), gamma), &[]);
    assert!(shown.is_err() || shown.is_ok_and(|s| !s.conditions.is_empty()), "z! for any z");
}

#[test]
fn fractions_are_weighed_where_they_are_asked_for() {
    let none = |relation: &Expr, givens: &[Expr]| {
        assert!(univariate::prove(relation, givens).is_none(), "{relation} under {givens:?}");
    };
    none(&relate("gt", &Expr::int(1), 2), &[]);
    none(&relate("gt", &x(), 0), &[relate("lt", &x(), 0)]);
    none(&relate("lt", &x(), 0), &[relate("gt", &x(), 0)]);
    none(&relate("gt", &(x() * x() * x()), 0), &[relate("lt", &x(), 0)]);
    for name in ["tanh", "sin", "cos", "sigmoid", "exp", "softplus", "cosh"] {
        let e = of(name, &x());
        none(&relate("gt", &(e.clone() * e.clone() - e.clone()), 0), &[]);
        none(&relate("lt", &e, 0), &[]);
        none(&relate("gt", &e, 1), &[]);
    }
}

#[test]
fn the_hyperbolic_tangent_has_negative_values_too() {
    let t = of("tanh", &x());
    assert!(
        univariate::prove(&relate("lt", &t, 1), &[]).is_some() || truth(&relate("lt", &t, 1), &[]) != Ternary::False
    );
    let sum = t.pow(Expr::int(2)) + t.clone();
    assert!(univariate::prove(&relate("gt", &sum, 0), &[]).is_none(), "t² + t < 0 at −1/2");
    assert!(univariate::prove(&relate("ge", &t, 1), &[]).is_none());
    assert!(univariate::prove(&relate("gt", &(t.clone() + Expr::int(2)), 0), &[]).is_some());
    assert!(univariate::prove(&relate("gt", &(t * Expr::int(2) + Expr::int(1)), 0), &[]).is_none());
}

#[test]
fn an_odd_power_falls_below_every_number() {
    let cube = x().pow(Expr::int(3));
    assert!(univariate::prove(&relate("ge", &(cube.clone() + Expr::int(8)), 0), &[]).is_none());
    let from_minus_two = [relate("ge", &x(), -2)];
    assert!(univariate::prove(&relate("ge", &(cube + Expr::int(8)), 0), &from_minus_two).is_some());
    let fourth = x().pow(Expr::int(4));
    assert!(univariate::prove(&relate("gt", &(fourth.clone() + Expr::int(1)), 0), &[]).is_some());
    assert!(univariate::prove(&relate("lt", &(Expr::int(1) - fourth), 1), &[]).is_none(), "attained at 0");
}
