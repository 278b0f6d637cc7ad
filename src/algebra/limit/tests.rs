use std::cmp::Ordering;

use super::*;

fn x() -> Expr {
    Expr::real("x")
}

fn f(name: &str, e: Expr) -> Expr {
    Expr::apply(name, vec![e])
}

fn infinity() -> Expr {
    Expr::apply("infinity", vec![])
}

fn at(e: &Expr, point: Expr) -> Result<Limit, Stuck> {
    limit(e, &Symbol::new("x", Sort::Real), &point, Ordering::Equal, &Facts::default())
}

fn number(n: i64) -> Result<Limit, Stuck> {
    Ok(Limit::Finite(Expr::int(n)))
}

fn half() -> Expr {
    terms::recip(&Expr::int(2))
}

#[test]
fn of_rational_functions() {
    let (n, x) = (Expr::int, x());
    let quotient = (n(3) * x.pow(n(2)) + n(-5) * x.clone()).over(&(n(7) * x.pow(n(2)) + n(1)));
    let three = terms::product(vec![n(3), terms::recip(&n(7))]);
    assert_eq!(at(&quotient, infinity()), Ok(Limit::Finite(three)));
    assert_eq!(at(&x.pow(n(2)).over(&(x.clone() + n(1))), -infinity()), Ok(Limit::Infinite(Ordering::Less)));
    let slope = (x.pow(n(2)) + n(-4)).over(&(x.clone() + n(-2)));
    assert_eq!(at(&slope, n(2)), number(4));
}

#[test]
fn exponentials_beat_powers_and_powers_beat_logarithms() {
    let (n, x) = (Expr::int, x());
    assert_eq!(at(&(x.pow(n(5)) * f("exp", -x.clone())), infinity()), number(0));
    assert_eq!(at(&(x.pow(n(5)) * f("exp", -x.clone())), -infinity()), Ok(Limit::Infinite(Ordering::Less)));
    assert_eq!(at(&f("log", x.clone()).over(&f("sqrt", x.clone())), infinity()), number(0));
    assert_eq!(at(&(x.clone() * f("log", x.clone())), n(0)), number(0));
    assert_eq!(at(&x.pow(x.clone()), n(0)), number(1));
    let tower = f("exp", f("exp", x.clone())) * f("exp", -x.pow(n(9)));
    assert_eq!(at(&tower, infinity()), Ok(Limit::Infinite(Ordering::Greater)));
    let euler = (n(1) + x.recip()).pow(x.clone());
    assert_eq!(at(&euler, infinity()), Ok(Limit::Finite(f("exp", n(1)))));
}

#[test]
fn cancellation_is_carried_to_higher_order() {
    let (n, x) = (Expr::int, x());
    let sine = (f("sin", x.clone()) - x.clone()).over(&x.pow(n(3)));
    assert_eq!(at(&sine, n(0)), Ok(Limit::Finite(Expr::num(crate::num::Rational::new(-1, 6).unwrap()))));
    let exp = (f("exp", x.clone()) + n(-1) - x.clone()).over(&x.pow(n(2)));
    assert_eq!(at(&exp, n(0)), Ok(Limit::Finite(Expr::num(crate::num::Rational::new(1, 2).unwrap()))));
    let root = f("sqrt", x.pow(n(2)) + x.clone()) - x.clone();
    assert_eq!(at(&root, infinity()), Ok(Limit::Finite(Expr::num(crate::num::Rational::new(1, 2).unwrap()))));
}

#[test]
fn the_sigmoid_saturates() {
    let (n, x) = (Expr::int, x());
    let s = f("sigmoid", x.clone());
    assert_eq!(at(&s, infinity()), number(1));
    assert_eq!(at(&s, -infinity()), number(0));
    let slope = n(2) * (s.clone() + n(-1)) * s.clone() * (n(1) - s.clone());
    assert_eq!(at(&slope, -infinity()), number(0));
    assert_eq!(at(&(f("softplus", x.clone()) - x.clone()), infinity()), number(0));
    assert_eq!(at(&(f("log", s).over(&x)), -infinity()), number(1));
}

#[test]
fn what_has_no_limit_gets_none() {
    let (n, x) = (Expr::int, x());
    assert!(at(&f("sin", x.clone()), infinity()).is_err());
    assert!(at(&f("cos", x.recip()), n(0)).is_err());
    assert!(matches!(at(&x.recip(), n(0)), Err(Stuck::Apart(..))));
    assert!(matches!(at(&f("abs", x.clone()).over(&x), n(0)), Err(Stuck::Apart(..))));
    assert!(at(&f("log", -x.clone()), infinity()).is_err());
    assert!(at(&(x.clone() - x.clone()).recip(), infinity()).is_err());
    assert!(at(&f("sqrt", -x.pow(n(2)) + n(-1)), n(0)).is_err());
}

#[test]
fn parameters_ask_for_their_signs() {
    let (n, x, a) = (Expr::int, x(), Expr::real("a"));
    let growth = f("exp", a.clone() * x.clone());
    assert_eq!(at(&growth, infinity()), Err(Stuck::Sign(a.clone())));
    let given = |r: &str| Facts::new(&[Expr::relate(r, a.clone(), n(0))]);
    let symbol = Symbol::new("x", Sort::Real);
    let under = |r: &str| limit(&growth, &symbol, &infinity(), Ordering::Equal, &given(r));
    assert_eq!(under("lt"), number(0));
    assert_eq!(under("eq"), number(1));
    assert_eq!(under("gt"), Ok(Limit::Infinite(Ordering::Greater)));
    assert!(at(&(x.clone() * f("log", a)), infinity()).is_err(), "log a may have no value");
}

#[test]
fn one_sided() {
    let (n, x) = (Expr::int, x());
    let symbol = Symbol::new("x", Sort::Real);
    let from = |side| limit(&x.recip(), &symbol, &n(0), side, &Facts::default());
    assert_eq!(from(Ordering::Greater), Ok(Limit::Infinite(Ordering::Greater)));
    assert_eq!(from(Ordering::Less), Ok(Limit::Infinite(Ordering::Less)));
    let step = f("arctan", x.recip());
    let right = limit(&step, &symbol, &n(0), Ordering::Greater, &Facts::default());
    let quarter = half() * Expr::apply("pi", vec![]);
    assert_eq!(order(&right.unwrap(), &Limit::Finite(quarter), &Facts::default()), Ok(Ordering::Equal));
}

/// Against floats far out, for products and sums of functions that floats can follow.
#[test]
fn agrees_with_numbers_far_out() {
    let x = x();
    let n = Expr::int;
    let parts = [
        x.clone(),
        f("exp", -x.clone()),
        f("log", x.clone()),
        f("sigmoid", x.clone()),
        f("sqrt", x.clone() + n(1)),
        x.recip(),
        f("tanh", x.clone()),
        f("arctan", x.clone()),
        n(2) + f("exp", -x.clone()),
    ];
    let mut seen = 0;
    for a in &parts {
        for b in &parts {
            for e in [a.clone() * b.clone(), a.over(b), f("log", a.over(b)), a.over(&(a.clone() + b.clone()))] {
                let Ok(Limit::Finite(value)) = at(&e, infinity()) else { continue };
                let here = |t: f64| {
                    let point = crate::algebra::eval::Point::new()
                        .with_scalar(&Symbol::new("x", Sort::Real), crate::num::Rational::from_f64(t).unwrap());
                    let env = crate::algebra::eval::Env::<f64>::at(&point);
                    crate::algebra::eval::evaluate::<f64>(&e, &env, &mut 10_000).scalar().copied().unwrap()
                };
                let limit = crate::algebra::eval::evaluate::<f64>(
                    &value,
                    &crate::algebra::eval::Env::at(&Default::default()),
                    &mut 10_000,
                );
                let limit = limit.scalar().copied().unwrap();
                let (near, far) = ((here(50.0) - limit).abs(), (here(600.0) - limit).abs());
                assert!(far <= near + 1e-9 && far < 0.35, "{e} → {value}: {near} {far}");
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen}");
}
