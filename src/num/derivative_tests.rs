//! Derivatives of dual numbers against closed forms, difference quotients and each other.

use num_traits::{One, Zero};
use proptest::prelude::*;

use super::*;

/// f′ in closed form, evaluated in the same number system.
fn slope<N: Number>(function: Elementary, x: &N) -> N {
    use Elementary::*;
    let one = N::one();
    let square = x.clone() * x.clone();
    match function {
        Exp | Expm1 => x.exp(),
        Ln => x.recip(),
        Log1p => (one + x.clone()).recip(),
        Sqrt => (x.sqrt() + x.sqrt()).recip(),
        Sin => x.cos(),
        Cos => -x.sin(),
        Tan => one + x.tan() * x.tan(),
        Asin => (one - square).sqrt().recip(),
        Acos => -(one - square).sqrt().recip(),
        Atan => (one + square).recip(),
        Sinh => x.cosh(),
        Cosh => x.sinh(),
        Tanh => one - x.tanh() * x.tanh(),
        Sigmoid => x.sigmoid() * (-x.clone()).sigmoid(),
        Softplus => x.sigmoid(),
        Erf => (-square).exp().divide(&N::pi().sqrt()) * (N::one() + N::one()),
        Gamma => x.gamma() * x.digamma(),
        LnGamma => x.digamma(),
        Digamma => N::undefined(),
    }
}

fn inside(function: Elementary, x: f64) -> bool {
    match function {
        Elementary::Ln | Elementary::Sqrt | Elementary::Gamma | Elementary::LnGamma => x > 0.01,
        Elementary::Log1p => x > -0.99,
        Elementary::Asin | Elementary::Acos => x.abs() < 0.99,
        Elementary::Tan => x.cos().abs() > 0.05,
        Elementary::Digamma => false,
        _ => true,
    }
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + a.abs().max(b.abs()))
}

/// A little language, evaluated in any number system: the derivative is a lift.
enum Term {
    X,
    Times(Box<Term>, Box<Term>),
    Of(Elementary, Box<Term>),
    Derivative(Box<Term>),
}

fn evaluate<N: Number>(term: &Term, x: &N) -> N {
    match term {
        Term::X => x.clone(),
        Term::Times(a, b) => evaluate(a, x) * evaluate(b, x),
        Term::Of(function, a) => evaluate(a, x).apply(*function),
        Term::Derivative(a) => N::lift_part(&evaluate::<N::Lift>(a, &x.lift_variable())),
    }
}

fn derivative(term: Term) -> Term {
    Term::Derivative(Box::new(term))
}

fn x_sin_x() -> Term {
    Term::Times(Box::new(Term::X), Box::new(Term::Of(Elementary::Sin, Box::new(Term::X))))
}

proptest! {
    #[test]
    fn first_derivatives_match_closed_forms(x in -6.0..6.0f64) {
        for function in ELEMENTARY.into_iter().filter(|f| inside(*f, x)) {
            let dual = Dual1::variable(x).apply(function);
            prop_assert!(close(dual.value(), x.apply(function), 1e-14), "{function:?} {x}");
            prop_assert!(close(dual.derivative(), slope(function, &x), 1e-12), "{function:?} {x}");
        }
    }

    #[test]
    fn higher_derivatives_match_those_of_the_closed_forms(x in -3.0..3.0f64) {
        for function in ELEMENTARY.into_iter().filter(|f| inside(*f, x)) {
            let second = slope(function, &Dual1::variable(x)).derivative();
            let third = slope(function, &Dual2::variable(x)).derivative();
            prop_assert!(close(Dual2::variable(x).apply(function).derivative(), second, 1e-9), "{function:?} {x}");
            prop_assert!(close(Dual3::variable(x).apply(function).derivative(), third, 1e-9), "{function:?} {x}");
        }
    }

    #[test]
    fn derivatives_match_richardson_differences(x in -3.0..3.0f64) {
        for function in ELEMENTARY.into_iter().filter(|f| inside(*f, x - 0.02) && inside(*f, x + 0.02)) {
            let central = |h: f64| ((x + h).apply(function) - (x - h).apply(function)) / (2.0 * h);
            let (h, exact) = (1e-3, Dual1::variable(x).apply(function).derivative());
            let richardson = (4.0 * central(h / 2.0) - central(h)) / 3.0;
            prop_assert!(close(richardson, exact, 1e-5), "{function:?} {x}: {richardson} {exact}");
        }
    }

    #[test]
    fn powers_and_quotients_have_their_derivatives(x in 0.1..4.0f64, n in -6i64..=6) {
        let v = Dual1::variable(x);
        let expected = n as f64 * Number::powi(&x, n - 1);
        prop_assert!(close(v.powi(n).derivative(), expected, 1e-11));
        prop_assert!(close(v.powf(&Dual1::constant(n as f64)).derivative(), expected, 1e-11));
        prop_assert!(close((-v).powi(n).derivative(), n as f64 * -Number::powi(&-x, n - 1), 1e-11));
        prop_assert!(close(v.powf(&v).derivative(), Number::powf(&x, &x) * (Number::ln(&x) + 1.0), 1e-11));
        let quotient = v.sin().divide(&v);
        prop_assert!(close(quotient.derivative(), (x * Number::cos(&x) - Number::sin(&x)) / (x * x), 1e-11));
    }
}

#[test]
fn lifting_gives_derivatives_by_recursion_up_to_the_third() {
    let x = 0.7f64;
    let (sin, cos) = (Number::sin(&x), Number::cos(&x));
    assert!(close(evaluate(&derivative(x_sin_x()), &x), sin + x * cos, 1e-14));
    assert!(close(evaluate(&derivative(derivative(x_sin_x())), &x), 2.0 * cos - x * sin, 1e-14));
    let third = derivative(derivative(derivative(x_sin_x())));
    assert!(close(evaluate(&third, &x), -3.0 * sin - x * cos, 1e-14));
    assert!(evaluate(&derivative(third), &x).is_nan());
    // d/dx inside a product: x · d/dx(x sin x), differentiated again
    let product = Term::Times(Box::new(Term::X), Box::new(derivative(x_sin_x())));
    assert!(close(evaluate(&derivative(product), &x), sin + 3.0 * x * cos - x * x * sin, 1e-14));
}

#[test]
fn systems_without_derivatives_say_unknown() {
    let there = evaluate(&derivative(x_sin_x()), &Interval::point(0.5));
    assert_eq!((there.defined(), there.is_bounded()), (Ternary::Unknown, false));
    assert_eq!(evaluate(&derivative(x_sin_x()), &Exact::one()), Exact::Unknown);
}

#[test]
fn kinks_ties_and_jumps_have_no_derivative() {
    let x = Dual1::variable(0.0);
    let (zero, one) = (Dual1::zero(), Dual1::one());
    for kink in [x.abs(), x.max(&zero), x.min(&zero), x.sign(), x.floor(), x.sqrt(), x.powf(&Dual1::constant(0.5))] {
        assert!(kink.value() == 0.0 && kink.derivative().is_nan(), "{kink:?}");
    }
    for undefined in [x.ln(), one.divide(&x), x.powi(-1), (-one).sqrt(), (one + one).asin()] {
        assert!(undefined.value().is_nan() && undefined.derivative().is_nan(), "{undefined:?}");
    }
    // constants and equal branches are no ties
    assert_eq!(zero.abs().derivative(), 0.0);
    assert_eq!(x.max(&x).derivative(), 1.0);
    assert_eq!(Dual1::variable(-2.0).abs().derivative(), -1.0);
    assert_eq!(Dual1::variable(2.5).floor().derivative(), 0.0);
    assert_eq!(x.compare(&zero), None);
    assert_eq!(zero.compare(&zero), Some(std::cmp::Ordering::Equal));
    assert!(!x.is_zero() && zero.is_zero());
}

#[test]
fn saturated_functions_keep_finite_derivatives() {
    for x in [-800.0, -50.0, 50.0, 800.0] {
        for function in [Elementary::Tanh, Elementary::Sigmoid, Elementary::Softplus] {
            let y = Dual1::variable(x).apply(function);
            assert!(y.value().is_finite() && y.derivative().is_finite(), "{function:?} {x}: {y:?}");
        }
    }
}

#[test]
fn digamma_and_its_slopes_have_their_known_values() {
    let gamma = 0.577_215_664_901_532_9;
    assert!(close(Number::digamma(&1.0), -gamma, 1e-14));
    assert!(close(Number::digamma(&0.5), -gamma - 2.0 * Number::ln(&2.0), 1e-14));
    assert!(Number::digamma(&-0.5).is_nan() && Number::digamma(&0.0).is_nan());
    // ψ′(1) = π²/6, ψ″(1) = −2 ζ(3) (DLMF 5.15.2).
    assert!(close(Dual1::variable(1.0).digamma().derivative(), std::f64::consts::PI.powi(2) / 6.0, 1e-13));
    assert!(close(Dual2::variable(1.0).digamma().derivative(), -2.404_113_806_319_188_6, 1e-12));
}
