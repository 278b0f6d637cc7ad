//! Definedness, exact cases, turning points, limits and range of enclosures.

use num_traits::Zero;

use super::reference::{includes, precisely_includes, reference_of, small};
use super::*;

#[test]
fn sigmoid_and_softplus_keep_relative_accuracy_in_the_tails() {
    for x in [-700.0, -300.0, -40.0, 40.0] {
        for function in [Elementary::Sigmoid, Elementary::Softplus] {
            let y = Interval::point(x).apply(function);
            assert!(y.lo() > &0.0 && y.width() / y.hi() < 2e-15, "{function:?} {x}: {y:?}");
        }
    }
}

#[test]
fn integer_arithmetic_stays_exact() {
    let n = |k: i32| Interval::point(f64::from(k));
    assert_eq!(n(3) * n(7) - n(21), Interval::zero());
    assert_eq!(n(21).divide(&n(7)), n(3));
    assert_eq!(n(-3).powi(5), n(-243));
    assert_eq!(n(49).sqrt(), n(7));
    assert_eq!(n(0).exp(), n(1));
    assert!(!n(1).divide(&n(3)).is_point());
}

#[test]
fn decorations_follow_the_domains() {
    let x = |lo: f64, hi: f64| Interval::new(lo, hi);
    let cases = [
        (x(1.0, 2.0).divide(&x(-1.0, 1.0)), Ternary::Unknown),
        (x(1.0, 2.0).divide(&x(0.0, 0.0)), Ternary::False),
        (x(0.0, 0.0).divide(&x(0.0, 0.0)), Ternary::False),
        (x(1.0, 2.0).divide(&x(1.0, 3.0)), Ternary::True),
        (x(-2.0, -1.0).ln(), Ternary::False),
        (x(-2.0, 0.0).ln(), Ternary::False),
        (x(0.0, 1.0).ln(), Ternary::Unknown),
        (x(-1.0, 1.0).ln(), Ternary::Unknown),
        (x(-1.0, 1.0).log1p(), Ternary::Unknown),
        (x(-2.0, -1.0).log1p(), Ternary::False),
        (x(0.0, 1.0).sqrt(), Ternary::True),
        (x(-1.0, 0.0).sqrt(), Ternary::Unknown),
        (x(-2.0, -1.0).sqrt(), Ternary::False),
        (x(-1.0, 1.0).asin(), Ternary::True),
        (x(0.5, 1.5).acos(), Ternary::Unknown),
        (x(1.5, 2.5).acos(), Ternary::False),
        (x(1.0, 2.0).tan(), Ternary::Unknown),
        (x(2.0, 4.0).tan(), Ternary::True),
        (x(-1.0, 1.0).powi(-2), Ternary::Unknown),
        (x(0.0, 0.0).powi(-2), Ternary::False),
        (x(0.0, 0.0).powi(0), Ternary::True),
        (x(0.0, 2.0).powf(&x(0.5, 1.0)), Ternary::True),
        (x(0.0, 2.0).powf(&x(0.0, 1.0)), Ternary::Unknown),
        (x(-1.0, 2.0).powf(&x(0.5, 1.0)), Ternary::Unknown),
        (x(-2.0, -1.0).powf(&x(0.5, 1.0)), Ternary::False),
        (x(0.0, 0.0).powf(&x(-1.0, 0.0)), Ternary::False),
        (x(0.0, 1.0).ln_gamma(), Ternary::Unknown),
        (x(0.0, 1.0).gamma(), Ternary::Unknown),
        (x(-1.0, 1.0).gamma(), Ternary::Unknown),
        (x(-0.5, 0.0).gamma(), Ternary::False),
        (x(0.5, 3.0).gamma(), Ternary::True),
        (x(1.0, 2.0).digamma(), Ternary::True),
        (x(0.0, 2.0).digamma(), Ternary::Unknown),
        (x(-0.5, 0.0).digamma(), Ternary::False),
        (x(1.0, 2.0) + x(-1.0, -0.5).ln(), Ternary::False),
        (x(1.0, 2.0) * x(-1.0, 0.5).ln(), Ternary::Unknown),
        (Interval::point(f64::INFINITY), Ternary::Unknown),
        (Interval::new(2.0, 1.0), Ternary::Unknown),
    ];
    for (k, (result, defined)) in cases.into_iter().enumerate() {
        assert_eq!(result.defined(), defined, "case {k}: {result:?}");
        assert_eq!(result.is_undefined(), !defined);
        assert_eq!(result.is_empty(), result.lo() > result.hi(), "case {k}");
    }
}

#[test]
fn what_may_be_undefined_is_never_compared() {
    let maybe = Interval::new(-1.0, 0.5).ln();
    let five = Interval::point(5.0);
    assert!(maybe.hi() < five.lo());
    assert_eq!(maybe.certainly_lt(&five), Ternary::Unknown);
    assert_eq!(maybe.compare(&five), None);
    let nothing = Interval::empty();
    assert_eq!(nothing.certainly_eq(&nothing), Ternary::Unknown);
    assert_eq!(Interval::new(0.0, 1.0).certainly_eq(&Interval::new(0.0, 1.0)), Ternary::Unknown);
}

#[test]
fn turning_points_of_sine_and_cosine_are_inside() {
    let x = |lo: f64, hi: f64| Interval::new(lo, hi);
    assert_eq!(*x(1.0, 2.0).sin().hi(), 1.0);
    assert_eq!(*x(4.0, 5.0).sin().lo(), -1.0);
    assert_eq!(*x(-0.5, 0.5).cos().hi(), 1.0);
    assert_eq!(*x(3.0, 3.5).cos().lo(), -1.0);
    assert!(*x(0.1, 1.5).sin().hi() < 1.0 && *x(0.1, 3.1).cos().lo() > -1.0);
    assert_eq!(x(0.1, 6.2).sin(), x(-1.0, 1.0));
    assert_eq!((*x(0.1, 6.2).cos().lo(), x(0.1, 6.2).cos().hi() < &1.0), (-1.0, true));
    assert_eq!(x(0.0, 1e300).sin(), x(-1.0, 1.0));
    assert_eq!(Interval::entire().cos(), x(-1.0, 1.0));
    assert!(Interval::point(1e300).sin().width() < 1e-15);
}

#[test]
fn unbounded_arguments_reach_their_limits_only() {
    let right = Interval::new(0.0, f64::INFINITY);
    assert_eq!(right.tanh(), Interval::new(0.0, 1.0));
    assert_eq!(right.sigmoid(), Interval::new(0.5, 1.0));
    assert_eq!(right.exp(), Interval::new(1.0, f64::INFINITY));
    assert_eq!(*(-right).exp().lo(), 0.0);
    assert_eq!(right * Interval::zero(), Interval::zero());
    assert_eq!(Interval::point(1000.0).exp(), Interval::new(f64::MAX, f64::INFINITY));
    let small = Interval::point(-1000.0).exp();
    assert_eq!((*small.lo(), *small.hi()), (0.0, 5e-324));
    assert_eq!(*Interval::new(1.0, f64::INFINITY).recip().lo(), 0.0);
}

#[test]
fn constants_are_enclosed_and_tight() {
    let pi = small(1).atan() * small(4);
    assert!(includes(&Interval::pi(), &pi) && Interval::pi().width() < 1e-15);
    assert!(includes(&Interval::euler(), &small(1).exp()) && Interval::euler().width() < 1e-15);
    assert!(precisely_includes(&Precise::pi(), &pi) && Precise::pi().width().to_f64() < 1e-58);
}

#[test]
fn precise_enclosures_stay_bounded_in_time_and_magnitude() {
    let p = |x: f64| Precise::point(Wide::from_f64(x).unwrap());
    let tower = p(1e300).exp().exp();
    assert!(!tower.hi().is_finite() && tower.lo().is_finite() && tower.defined().certainly());
    let tiny = p(-1e300).exp();
    assert!(tiny.lo().to_f64() == 0.0 && tiny.hi() > &Wide::from_small(0));
    assert!(tiny.ln().defined() == Ternary::Unknown);
    let power = p(1.5).powi(i64::MAX);
    assert!(!power.hi().is_finite() && power.lo() > &Wide::from_small(0));
    assert!(p(1e308).tanh().width().to_f64() < 1e-60);
    assert!(p(1e80).powi(9).sin().encloses(&p(0.5)));
    assert!(p(2.0).powf(&p(1e300)).hi() == &Wide::infinity());
    let close = p(1.0) + p(1e-40);
    assert_eq!(close.compare(&p(1.0)), Some(std::cmp::Ordering::Greater));
    assert_eq!(Interval::point(1.0 + 1e-40).compare(&Interval::point(1.0)), Some(std::cmp::Ordering::Equal));
}

#[test]
fn exponentials_near_the_ends_of_the_range_are_enclosed() {
    for x in [500_000.0, 524_287.0, 524_288.0, 525_625.0, 600_000.5, 726_816.0, 726_818.0, 1e6, 1_048_575.0] {
        for x in [x, -x] {
            let (point, value) = (Precise::point(Wide::from_f64(x).unwrap()), reference_of(x).exp());
            assert!(precisely_includes(&point.exp(), &value), "e^{x}: {:?}", point.exp());
            assert!(precisely_includes(&point.expm1(), &(&value - small(1))), "e^{x} - 1");
            let half = (&value + small(1) / &value) / small(2);
            assert!(precisely_includes(&point.cosh(), &half), "cosh {x}: {:?}", point.cosh());
            assert!(point.exp().ln().contains(point.lo()), "log e^{x}");
        }
    }
}
