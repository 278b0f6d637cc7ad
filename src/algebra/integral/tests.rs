use super::*;
use crate::algebra::eval::{Env, Point, Value, evaluate};
use crate::expr::fun;
use crate::num::Rational;

fn app(name: &str, args: &[&Expr]) -> Expr {
    Expr::apply(name, args.iter().map(|a| (*a).clone()).collect())
}

fn at(e: &Expr, x: &Symbol, value: f64) -> f64 {
    let q = Rational::new((value * f64::from(1 << 20)).round() as i64, 1 << 20).unwrap();
    let point = Point::new().with_scalar(x, q);
    match evaluate::<f64>(e, &Env::at(&point), &mut 100_000) {
        Value::Scalar(v) => v,
        other => panic!("{e}: {other:?}"),
    }
}

/// Gauss–Legendre with three nodes on 64 pieces: an oracle that knows no antiderivative.
fn quadrature(f: &Expr, x: &Symbol, a: f64, b: f64) -> f64 {
    let step = (b - a) / 64.0;
    let nodes = [(-(0.6_f64.sqrt()), 5.0 / 9.0), (0.0, 8.0 / 9.0), (0.6_f64.sqrt(), 5.0 / 9.0)];
    (0..64)
        .map(|i| {
            let middle = a + step * (f64::from(i) + 0.5);
            nodes.iter().map(|(t, w)| w * at(f, x, middle + t * step / 2.0)).sum::<f64>() * step / 2.0
        })
        .sum()
}

#[test]
fn values_agree_with_quadrature() {
    let symbol = Symbol::new("x", Sort::Real);
    let x = Expr::sym(symbol.clone());
    let int = Expr::int;
    let e = |arg: Expr| app("exp", &[&arg]);
    let found: Vec<Expr> = vec![
        x.pow(int(3)) - int(2) * x.clone() + int(7),
        x.pow(int(2)) * e(int(-3) * x.clone()),
        e(x.clone()).over(&(int(1) + e(x.clone()))),
        x.clone() * e(-x.pow(int(2))),
        x.pow(int(2)) * app("log", &[&x]),
        app("log", &[&x]),
        app("sin", &[&(int(2) * x.clone() + int(1))]),
        x.pow(int(3)) * app("cos", &[&(int(2) * x.clone())]),
        x.pow(int(2)) * app("sin", &[&(int(3) * x.clone())]),
        x.recip(),
        (int(3) * x.clone() + int(2)).recip(),
        (int(3) * x.clone() + int(2)).pow(int(-2)),
        app("sqrt", &[&x]),
        x.over(&(int(1) + x.pow(int(2)))),
        app("sigmoid", &[&x]) * (int(1) - app("sigmoid", &[&x])),
    ];
    for f in &found {
        let value = integral(f, &symbol, &(int(1), int(3)), &[]);
        let Some(Limit::Finite(value)) = value else { panic!("∫ {f} was not found") };
        let (value, oracle) = (at(&value, &symbol, 0.0), quadrature(f, &symbol, 1.0, 3.0));
        assert!((value - oracle).abs() < 1e-5 * (1.0 + oracle.abs()), "∫ {f} = {value}, not {oracle}");
        let back = integral(f, &symbol, &(int(3), int(1)), &[]);
        let Some(Limit::Finite(back)) = back else { panic!("∫ {f} backwards") };
        assert!((at(&back, &symbol, 0.0) + oracle).abs() < 1e-5 * (1.0 + oracle.abs()), "∫ {f} backwards");
    }
}

#[test]
fn a_pole_between_the_ends_has_no_value() {
    let symbol = Symbol::new("x", Sort::Real);
    let x = Expr::sym(symbol.clone());
    for f in [x.recip(), x.pow(Expr::int(-2)), app("abs", &[&x]).recip(), app("log", &[&x])] {
        assert_eq!(integral(&f, &symbol, &(Expr::int(-1), Expr::int(1)), &[]), None, "{f}");
    }
    // A jump is no antiderivative's.
    let sign = app("sign", &[&x]);
    assert_eq!(integral(&sign, &symbol, &(Expr::int(-1), Expr::int(1)), &[]), None);
    let unknown = Expr::real("a");
    assert_eq!(integral(&x.recip(), &symbol, &(unknown, Expr::int(1)), &[]), None, "a may be negative");
}

#[test]
fn an_end_is_approached_from_inside() {
    let symbol = Symbol::new("x", Sort::Real);
    let x = Expr::sym(symbol.clone());
    // arctan(1/x) has the limits −π/2 and π/2 at 0; the integrand is its derivative times it.
    let turned = app("arctan", &[&x.recip()]);
    let f = turned.clone() * (Expr::int(1) + x.pow(Expr::int(2))).recip();
    for ends in [(0, 1), (1, 0)] {
        let found = integral(&f, &symbol, &(Expr::int(ends.0), Expr::int(ends.1)), &[]);
        if let Some(Limit::Finite(value)) = found {
            let sign = if ends.0 < ends.1 { 1.0 } else { -1.0 };
            let oracle = sign * quadrature(&f, &symbol, 0.0, 1.0);
            assert!((at(&value, &symbol, 0.0) - oracle).abs() < 1e-3, "{ends:?}: {value}");
        }
    }
    let root = x.pow(Expr::num(Rational::new(-1, 2).unwrap()));
    let Some(Limit::Finite(two)) = integral(&root, &symbol, &(Expr::int(1), Expr::int(0)), &[]) else {
        panic!("x^-½ backwards")
    };
    assert!((at(&two, &symbol, 0.0) + 2.0).abs() < 1e-12);
}

#[test]
fn improper_integrals_converge_or_not() {
    let symbol = Symbol::new("x", Sort::Real);
    let x = Expr::sym(symbol.clone());
    let far = app("infinity", &[]);
    let from = |a: i64, f: &Expr| integral(f, &symbol, &(Expr::int(a), far.clone()), &[]);
    assert_eq!(from(1, &x.recip()), Some(Limit::Infinite(Ordering::Greater)));
    let Some(Limit::Finite(one)) = from(1, &x.pow(Expr::int(-2))) else { panic!("∫ x⁻² from 1") };
    assert!((at(&one, &symbol, 0.0) - 1.0).abs() < 1e-12);
    let Some(Limit::Finite(six)) = from(0, &(x.pow(Expr::int(3)) * app("exp", &[&-x.clone()]))) else {
        panic!("Γ(4)")
    };
    assert!((at(&six, &symbol, 0.0) - 6.0).abs() < 1e-12);
    let root = x.pow(Expr::num(Rational::new(-1, 2).unwrap()));
    let Some(Limit::Finite(two)) = integral(&root, &symbol, &(Expr::int(0), Expr::int(1)), &[]) else {
        panic!("x^-½")
    };
    assert!((at(&two, &symbol, 0.0) - 2.0).abs() < 1e-12);
}

#[test]
fn moments_of_the_gaussian_need_a_positive_width() {
    let symbol = Symbol::new("x", Sort::Real);
    let (x, m, s) = (Expr::sym(symbol.clone()), Expr::real("m"), Expr::real("s"));
    let far = app("infinity", &[]);
    let line = (terms::neg(far.clone()), far);
    let square = (x.clone() - m.clone()).pow(Expr::int(2)).over(&(Expr::int(2) * s.clone()));
    let f = x.pow(Expr::int(2)) * app("exp", &[&terms::neg(square)]);
    assert_eq!(integral(&f, &symbol, &line, &[]), None, "s may be negative");
    let given = [Expr::relate("gt", s.clone(), Expr::int(0))];
    let Some(Limit::Finite(value)) = integral(&f, &symbol, &line, &given) else { panic!("a Gaussian") };
    let width = app("sqrt", &[&(Expr::int(2) * app("pi", &[]) * s.clone())]);
    let right = width * (m.pow(Expr::int(2)) + s);
    let same = equal(&value, &right, &Facts::new(&given), &mut Fuel::new(FUEL));
    assert!(matches!(&same, Equality::Equal { conditions, .. } if conditions.is_empty()), "{value}: {same:?}");
    assert!(value.as_app(fun::EQ).is_none());
}
