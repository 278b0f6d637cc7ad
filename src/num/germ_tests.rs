//! Integrals near an end against their values, and what diverges there.

use num_traits::One;

use super::{Germ, Interval, Number, Rational};

fn q(n: i64, d: i64) -> Germ {
    Germ::from_rational(&Rational::new(n, d).unwrap())
}

/// The variable that falls to 0 at δ = 1/16, and the one that rises to ∞ from 16.
fn ends() -> (Germ, Germ) {
    (Germ::beside(Interval::point(0.0), true, 1.0 / 16.0), Germ::far(true, 1.0 / 16.0))
}

fn near(f: &Germ) -> Option<Interval> {
    f.integral(1.0 / 16.0)
}

fn far(f: &Germ) -> Option<Interval> {
    (f.clone() * Germ::weight(1.0 / 16.0)).integral(1.0 / 16.0)
}

#[test]
fn integrals_beside_zero() {
    let (y, _) = ends();
    let d = 1.0 / 16.0_f64;
    let cases = [
        (q(1, 1), d),
        (y.clone(), d * d / 2.0),
        (y.sqrt().recip(), 2.0 * d.sqrt()),
        (y.powf(&q(-1, 3)) * (Germ::one() + y.clone()), 1.5 * d.powf(2.0 / 3.0) + 0.6 * d.powf(5.0 / 3.0)),
        (y.ln(), d * (d.ln() - 1.0)),
        (y.ln().powi(2), d * (d.ln().powi(2) - 2.0 * d.ln() + 2.0)),
        (
            y.expm1().divide(&y),
            d + d * d / 4.0 + d.powi(3) / 18.0 + d.powi(4) / 96.0 + d.powi(5) / 600.0 + d.powi(6) / 4320.0,
        ),
        (y.sin().divide(&y), d - d.powi(3) / 18.0 + d.powi(5) / 600.0 - d.powi(7) / 35_280.0),
        ((Germ::one() - y.cos()).divide(&y.powi(2)), d / 2.0 - d.powi(3) / 72.0 + d.powi(5) / 3600.0),
        ((Germ::one() - y.powi(2)).powf(&q(-1, 2)), d.asin()),
    ];
    for (f, value) in cases {
        let found = near(&f).unwrap();
        assert!(*found.lo() <= value + 1e-12 && value - 1e-12 <= *found.hi(), "{found:?} {value}");
        assert!(found.width() < 1e-9, "{found:?} {value}");
    }
}

#[test]
fn integrals_towards_infinity() {
    let (_, x) = ends();
    let decay = (-x.clone()).exp();
    let cases = [
        (x.powi(-2), 1.0 / 16.0, 1e-12),
        (x.powf(&q(-3, 2)), 0.5, 1e-12),
        ((Germ::one() + x.powi(2)).recip(), (1.0 / 16.0_f64).atan(), 1e-9),
        (x.ln().divide(&x.powi(2)), (16.0_f64.ln() + 1.0) / 16.0, 1e-9),
        (decay.clone(), (-16.0_f64).exp(), 2e-7),
        (x.clone() * decay.clone(), 17.0 * (-16.0_f64).exp(), 1e-5),
        (x.powi(2).divide(&(x.exp() - Germ::one())), 290.0 * (-16.0_f64).exp(), 1e-4),
        (x.cosh().recip(), 2.0 * (-16.0_f64).exp(), 1e-6),
        ((-x.sqrt()).exp(), 10.0 * (-4.0_f64).exp(), 0.4),
        ((-x.ln().powi(2)).exp(), 1.489_941_998e-3, 1e-2),
    ];
    for (f, value, width) in cases {
        let found = far(&f).unwrap();
        assert!(*found.lo() <= value + 1e-6 * value && value - 1e-6 * value <= *found.hi() + 1e-6, "{found:?} {value}");
        assert!(found.width() < width, "{found:?} {value}");
    }
    // What oscillates is bounded by what it is multiplied with.
    let found = far(&(decay * x.sin())).unwrap();
    assert!(*found.lo() < 0.0 && *found.hi() > 0.0 && found.width() < 1e-6, "{found:?}");
}

#[test]
fn what_diverges_is_not_known() {
    let (y, x) = ends();
    let one = Germ::one();
    for f in [y.recip(), y.powi(-2), (y.clone() * y.ln()).recip(), y.sin().recip(), (y.expm1() * y.ln()).recip()] {
        assert_eq!(near(&f), None);
    }
    let growing = [
        one.clone(),
        x.recip(),
        x.sqrt().recip(),
        x.sin(),
        x.sin().divide(&x),
        (x.clone() * x.ln()).recip(),
        x.exp(),
        x.exp().divide(&(one.clone() + x.exp())),
        (x.clone() + (-x.clone()).exp()).recip(),
        x.divide(&(one + x.powi(2))),
    ];
    for f in growing {
        assert_eq!(far(&f), None);
    }
}
