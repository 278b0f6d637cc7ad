use super::tests::{app, q, real, size, sym, vector};
use super::*;
use crate::expr::{Binder, Domain, Sort, Symbol};
use crate::num::{Number, Rational};

const FUEL: u64 = 1_000_000;

/// ∂ body / ∂ symbol, at the entry given by the indices.
fn derivative(body: &Expr, by: &Symbol, indices: Vec<Expr>) -> Expr {
    Expr::bind(Binder::Derivative, Domain::At(sym(by), indices), body.abstracted(by, by.sort.clone()))
}

fn float(e: &Expr, p: &Point) -> Value<f64> {
    evaluate(e, &Env::at(p).with_functions(7), &mut FUEL.clone())
}

fn cross_entropy() -> Expr {
    let (s, y) = (vector("s", "C"), vector("y", "C"));
    app("cross_entropy", vec![sym(&y), app("softmax", vec![sym(&s)])])
}

fn scores() -> Point {
    Point::new()
        .with_scalar(&size("C"), q(3, 1))
        .with_array(&vector("s", "C"), Array::vector(vec![q(1, 2), q(-3, 4), q(2, 1)]))
        .with_array(&vector("y", "C"), Array::vector(vec![q(0, 1), q(1, 1), q(0, 1)]))
}

#[test]
fn derivatives_agree_with_finite_differences() {
    let x = real("x");
    let a = sym(&x);
    let f = Expr::new(crate::expr::Node::Call(Symbol::new("f", Sort::Function), vec![a.clone()]));
    let bodies = [
        a.pow(Expr::int(5)),
        app("exp", vec![a.clone() * a.clone()]),
        app("log", vec![a.clone()]).over(&a),
        app("sqrt", vec![app("sigmoid", vec![a.clone()])]),
        a.pow(a.clone()),
        app("softplus", vec![app("sin", vec![a.clone()])]),
        app("det", vec![Expr::matrix(2, 2, vec![a.clone(), Expr::int(2), a.pow(Expr::int(2)), a.clone()])]),
        f,
    ];
    for body in bodies {
        let at = |t: f64| {
            let p = Point::new().with_scalar(&x, Rational::from_f64(t).unwrap());
            *float(&body, &p).scalar().unwrap()
        };
        let t = 1.25;
        let h = 2f64.powi(-16);
        // Richardson extrapolation of central differences.
        let central = |h: f64| (at(t + h) - at(t - h)) / (2.0 * h);
        let want = (4.0 * central(h) - central(2.0 * h)) / 3.0;
        let p = Point::new().with_scalar(&x, q(5, 4));
        let got = *float(&derivative(&body, &x, vec![]), &p).scalar().unwrap();
        assert!((got - want).abs() < 1e-7 * (1.0 + want.abs()), "{body}: {got} ≠ {want}");
        let second = derivative(&derivative(&body, &x, vec![]), &x, vec![]);
        let got = *float(&second, &p).scalar().unwrap();
        let h = 2f64.powi(-10);
        let want = (at(t + h) - 2.0 * at(t) + at(t - h)) / (h * h);
        assert!((got - want).abs() < 1e-3 * (1.0 + want.abs()), "{body}: second {got} ≠ {want}");
    }
}

#[test]
fn the_gradient_of_cross_entropy_is_p_minus_y() {
    let (s, y) = (vector("s", "C"), vector("y", "C"));
    let gradient = derivative(&cross_entropy(), &s, vec![]);
    let expected = app("softmax", vec![sym(&s)]) - sym(&y);
    let (Value::Array(a), Value::Array(b)) = (float(&gradient, &scores()), float(&expected, &scores())) else {
        panic!()
    };
    assert!(a.columns.is_none() && a.entries.iter().zip(&b.entries).all(|(x, y)| (x - y).abs() < 1e-12));
    let entry = derivative(&cross_entropy(), &s, vec![Expr::int(2)]);
    assert!((float(&entry, &scores()).scalar().unwrap() - b.entries[1]).abs() < 1e-12);
}

#[test]
fn jacobians_have_the_shape_of_the_body_then_of_the_variable() {
    let s = vector("s", "C");
    let jacobian = derivative(&app("softmax", vec![sym(&s)]), &s, vec![]);
    let p = app("softmax", vec![sym(&s)]);
    let expected = app("diag", vec![p.clone()]) - p.clone() * app("transpose", vec![p]);
    let env = || Env::<f64>::at(&scores()).with_tolerance(1e-12);
    let claim = Expr::relate("eq", jacobian, expected.clone());
    assert_eq!(truth(&claim, &env(), &mut FUEL.clone()), Ternary::True);
    let gradient = derivative(&cross_entropy(), &s, vec![]);
    let hessian = derivative(&gradient, &s, vec![]);
    let claim = Expr::relate("eq", hessian, expected);
    assert_eq!(truth(&claim, &env(), &mut FUEL.clone()), Ternary::True);
}

#[test]
fn the_variable_of_an_outer_sum_is_constant_inside() {
    // Σ_i ∂(s_i²)/∂s_i = 2 Σ s_i
    let s = vector("s", "C");
    let i = size("i");
    let square = sym(&s).index(vec![sym(&i)]).pow(Expr::int(2));
    let inner = derivative(&square, &s, vec![sym(&i)]);
    let sum = Expr::sum_over(&i, Expr::int(1), Expr::size_symbol("C"), &inner);
    let total = *float(&sum, &scores()).scalar().unwrap();
    assert!((total - 2.0 * (0.5 - 0.75 + 2.0)).abs() < 1e-12);
}

#[test]
fn there_is_no_derivative_at_a_kink() {
    let x = real("x");
    let relu = app("cases", vec![Expr::relate("gt", sym(&x), Expr::int(0)), sym(&x), Expr::int(0)]);
    for body in [relu, app("abs", vec![sym(&x)]), app("max", vec![Expr::int(0), sym(&x)])] {
        let slope = |n: i64| {
            let p = Point::new().with_scalar(&x, q(n, 1));
            *float(&derivative(&body, &x, vec![]), &p).scalar().unwrap()
        };
        assert!(slope(0).is_nan(), "{body}");
        assert_eq!(slope(1), 1.0, "{body}");
    }
    let log = derivative(&app("log", vec![sym(&x)]), &x, vec![]);
    let p = Point::new().with_scalar(&x, q(-1, 1));
    assert!(float(&log, &p).scalar().unwrap().value().is_nan());
}
