use super::{Env, Point, evaluate, work};
use crate::expr::{Binder, Domain, Expr, Sort, Symbol};
use crate::num::{Interval, Number, Rational, Ternary};

fn app(name: &str, e: &Expr) -> Expr {
    Expr::apply(name, vec![e.clone()])
}

fn q(n: i64, d: i64) -> Expr {
    Expr::num(Rational::new(n, d).unwrap())
}

fn far() -> Expr {
    Expr::apply("infinity", vec![])
}

fn pi() -> Expr {
    Expr::apply("pi", vec![])
}

fn integral(low: Expr, high: Expr, body: impl Fn(&Expr) -> Expr) -> Expr {
    let t = Symbol::new("t", Sort::Real);
    let inner = body(&Expr::sym(t.clone())).abstracted(&t, Sort::Real);
    Expr::bind(Binder::Integral, Domain::Over(Expr::apply("closed_interval", vec![low, high])), inner)
}

fn enclosure(e: &Expr) -> Interval {
    evaluate::<Interval>(e, &Env::at(&Point::new()), &mut 300_000).scalar().copied().unwrap()
}

fn float(e: &Expr) -> f64 {
    evaluate::<f64>(e, &Env::at(&Point::new()), &mut 300_000).scalar().copied().unwrap()
}

fn exp(e: &Expr) -> Expr {
    app("exp", e)
}

fn log(e: &Expr) -> Expr {
    app("log", e)
}

fn square(e: &Expr) -> Expr {
    e.pow(Expr::int(2))
}

fn one() -> Expr {
    Expr::int(1)
}

/// Integrals whose values are known in closed form.
fn known() -> Vec<(Expr, f64)> {
    use std::f64::consts::{E, LN_2, PI};
    let zero = || Expr::int(0);
    let n = Expr::int;
    vec![
        (integral(zero(), one(), |x| (one() + x.pow(n(3))).recip()), LN_2 / 3.0 + PI / (3.0 * 3f64.sqrt())),
        (integral(zero(), n(2) * pi(), |x| square(&app("cos", &(n(3) * x.clone())))), PI),
        (integral(one(), n(3), exp), E.powi(3) - E),
        (integral(n(3), one(), exp), E - E.powi(3)),
        (integral(n(-1), one(), |x| app("abs", x) * exp(&square(x))), E - 1.0),
        (integral(zero(), q(7, 2), |x| app("floor", x)), 0.0 + 1.0 + 2.0 + 1.5),
        (integral(n(-2), n(3), |x| app("abs", x)), 6.5),
        (integral(zero(), one(), |x| x.pow(q(-1, 2))), 2.0),
        (integral(zero(), one(), |x| x.pow(q(-1, 3)) * (one() + x.clone())), 1.5 + 0.6),
        (integral(zero(), one(), log), -1.0),
        (integral(zero(), one(), |x| square(&log(x))), 2.0),
        (integral(zero(), one(), |x| log(x) * log(&(one() - x.clone()))), 2.0 - PI * PI / 6.0),
        (integral(zero(), one(), |x| log(x).over(&(one() - x.clone()))), -PI * PI / 6.0),
        (integral(zero(), one(), |x| (x.clone() - one()).over(&log(x))), LN_2),
        (integral(zero(), q(1, 2) * pi(), |x| log(&app("sin", x))), -PI * LN_2 / 2.0),
        (integral(zero(), one(), |x| app("arctan", x).over(x)), 0.915_965_594_177_219),
        (integral(one(), n(3), |x| (square(x) - one()).pow(q(-1, 2))), 3f64.acosh()),
        (integral(zero(), one(), |x| app("sqrt", &(one() - square(x)))), PI / 4.0),
        (integral(zero(), one(), |x| app("arcsin", x)), PI / 2.0 - 1.0),
        (integral(n(-1), one(), |x| app("abs", x).pow(q(-1, 2))), 4.0),
        (integral(zero(), n(2), |x| log(&app("abs", &(x.clone() - one())))), -2.0),
        (integral(zero(), far(), |x| exp(&-square(x))), PI.sqrt() / 2.0),
        (integral(-far(), far(), |x| exp(&(x.clone() - square(x)))), PI.sqrt() * 0.25f64.exp()),
        (integral(-far(), far(), |x| (one() + square(x)).recip()), PI),
        (integral(one(), far(), |x| x.pow(n(-2))), 1.0),
        (integral(one(), far(), |x| x.pow(q(-3, 2))), 2.0),
        (integral(one(), far(), |x| log(x).over(&square(x))), 1.0),
        (integral(zero(), far(), |x| app("sqrt", x).over(&(one() + square(x)))), PI / 2f64.sqrt()),
        (integral(zero(), far(), |x| x.pow(n(3)).over(&(exp(x) - one()))), PI.powi(4) / 15.0),
        (integral(zero(), far(), |x| x.over(&app("sinh", x))), PI * PI / 4.0),
        (integral(zero(), far(), |x| (exp(&-x.clone()) - exp(&(n(-2) * x.clone()))).over(x)), LN_2),
        (integral(zero(), far(), |x| exp(&-x.clone()) * app("sin", x)), 0.5),
        (integral(zero(), far(), |x| exp(&-x.clone()) * log(x)), -0.577_215_664_901_532_9),
        (integral(zero(), far(), |x| log(x).over(&(one() + square(x)))), 0.0),
        (integral(zero(), far(), |x| exp(&-(square(&log(x)) * q(1, 2))).over(x)), (2.0 * PI).sqrt()),
        (integral(-far(), zero(), |x| x.clone() * exp(x)), -1.0),
        (integral(-far(), far(), |x| exp(&-(n(50) * square(&(x.clone() - n(100)))))), (PI / 50.0).sqrt()),
    ]
}

#[test]
fn enclosures_hold_the_values_and_are_narrow() {
    for (e, value) in known() {
        let found = enclosure(&e);
        let slack = 1e-13 * value.abs().max(1.0);
        assert!(found.defined().certainly() && found.is_bounded(), "{e}: {found:?}");
        assert!(*found.lo() <= value + slack && value - slack <= *found.hi(), "{e}: {found:?} {value}");
        assert!(found.width() <= 1e-8 * value.abs().max(1.0), "{e}: {found:?}");
    }
}

#[test]
fn floats_are_the_middles_of_them() {
    for (e, value) in known() {
        let found = float(&e);
        assert!((found - value).abs() <= 1e-9 * value.abs(), "{e}: {found} {value}");
    }
}

#[test]
fn what_diverges_or_has_a_pole_has_no_value() {
    let zero = || Expr::int(0);
    let n = Expr::int;
    let without = [
        integral(n(-1), one(), |x| x.recip()),
        integral(n(-1), one(), |x| x.pow(n(-2))),
        integral(n(-1), n(2), |x| app("sqrt", x)),
        integral(zero(), n(2), |x| (x.clone() - one()).pow(n(-2))),
        integral(zero(), n(3), |x| x.over(&(square(x) - n(2)))),
        integral(zero(), pi(), |x| app("tan", x)),
        integral(zero(), n(4), |x| app("floor", x).recip()),
        integral(zero(), one(), |x| x.recip()),
        integral(zero(), one(), |x| (one() - x.clone()).recip()),
        integral(zero(), one(), |x| (x.clone() * log(x)).recip()),
        integral(one(), far(), |x| x.recip()),
        integral(n(2), far(), |x| (x.clone() * log(x)).recip()),
        integral(zero(), far(), |x| app("sin", x)),
        integral(zero(), far(), |x| app("sin", x).over(x)),
        integral(zero(), far(), |x| x.pow(n(-2))),
        integral(zero(), far(), |x| exp(x).over(&(one() + exp(x)))),
        integral(zero(), far(), |x| (x.clone() + exp(&-x.clone())).recip()),
        integral(-far(), far(), |x| x.clone()),
        integral(-far(), far(), |x| x.over(&(one() + square(x)))),
        integral(-far(), far(), |x| app("sin", x)),
        integral(-far(), far(), |x| exp(&-x.clone())),
    ];
    for e in without {
        assert_ne!(enclosure(&e).is_undefined(), Ternary::False, "{e}");
        assert!(float(&e).is_nan(), "{e}");
    }
}

#[test]
fn parameters_are_those_of_the_point() {
    let (a, b) = (Symbol::new("a", Sort::Real), Symbol::new("b", Sort::Real));
    let decay = |x: &Expr| x.pow(Expr::sym(a.clone()) - one()) * exp(&-(Expr::sym(b.clone()) * x.clone()));
    let whole = integral(Expr::int(0), Expr::sym(b.clone()), decay);
    let at = |p: i64, r: i64| {
        let number = |n: i64| Rational::new(n, 2).unwrap();
        let point = Point::new().with_scalar(&a, number(p)).with_scalar(&b, number(r));
        evaluate::<f64>(&whole, &Env::at(&point), &mut 300_000).scalar().copied().unwrap()
    };
    // ∫₀^{1/2} e^{−x/2} dx, ∫₀¹ x e^{−x} dx; without convergence there is no value.
    assert!((at(2, 1) - 2.0 * (1.0 - (-0.25f64).exp())).abs() < 1e-10);
    assert!((at(4, 2) - (1.0 - 2.0 * (-1f64).exp())).abs() < 1e-10);
    assert!(at(0, 2).is_nan() && at(-3, 2).is_nan());
    // Symbols that have no numbers leave it open, and so do boxes of them.
    let unknown = evaluate::<Interval>(&whole, &Env::at(&Point::new()), &mut 300_000);
    assert_eq!(unknown.is_undefined(), Ternary::Unknown);
}

#[test]
fn what_is_recalled_costs_what_it_did() {
    let e = integral(Expr::int(0), one(), |x| exp(&square(x)));
    let cost = || {
        let (mut fuel, before) = (300_000, work::done());
        let value = evaluate::<Interval>(&e, &Env::at(&Point::new()), &mut fuel);
        (value.scalar().copied(), fuel, work::done() - before)
    };
    assert_eq!(cost(), cost());
}
