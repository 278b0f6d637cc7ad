//! Taylor coefficients of elementary functions, by the differential equations that they satisfy.

use num_traits::One;

use super::number::{Elementary, Number};
use super::series::{Series, TERMS, count};

impl Series {
    /// f of the function, each with its value from the enclosure of it: that one is narrower.
    pub(super) fn elementary(&self, function: Elementary) -> Series {
        use Elementary::*;
        let u = self;
        let value = u.term(0).apply(function);
        if !value.defined().certainly() {
            return Series::only(value);
        }
        if u.is_constant() {
            return Series::constant(value);
        }
        let one = Series::one();
        let by = |slope: &Series| Series::chained(value, u, slope);
        let alike = |other: &Series| Series::recurrence(value, |k, _| other.term(k));
        match function {
            Exp => Series::recurrence(value, |k, e| u.convolved(e, k, (1, k), |j| Some(count(j))).divide(&count(k))),
            Expm1 => alike(&u.apply(Exp)),
            Ln => by(&one.divide(u)),
            Log1p => by(&one.divide(&(one.clone() + u.clone()))),
            // s² = u: s′ = u′/(2s), of which only the coefficients before the last are asked.
            Sqrt => {
                let first = value + value;
                Series::recurrence(value, |k, s| {
                    let products = s.convolved(s, k, (1, k - 1), |_| None);
                    (u.term(k) - products).divide(&first)
                })
            }
            Sin => alike(&circular(u).0),
            Cos => alike(&circular(u).1),
            Tan => {
                let (sin, cos) = circular(u);
                alike(&sin.divide(&cos))
            }
            Asin => by(&one.divide(&(one.clone() - u.powi(2)).sqrt())),
            Acos => by(&-one.divide(&(one.clone() - u.powi(2)).sqrt())),
            Atan => by(&one.divide(&(one.clone() + u.powi(2)))),
            Sinh => alike(&(u.exp() - (-u.clone()).exp()).divide(&Series::constant(count(2)))),
            Cosh => alike(&(u.exp() + (-u.clone()).exp()).divide(&Series::constant(count(2)))),
            // tanh u = 2σ(2u) − 1.
            Tanh => {
                let twice = (u.clone() + u.clone()).apply(Sigmoid);
                alike(&(twice.clone() + twice))
            }
            Sigmoid => alike(&one.divide(&(one.clone() + (-u.clone()).exp()))),
            Softplus => by(&u.apply(Sigmoid)),
            Erf => {
                let factor = Series::constant(count(2)).divide(&Series::pi().sqrt());
                by(&(factor * (-u.powi(2)).exp()))
            }
            LnGamma => by(&Series::only(u.term(0).apply(Digamma))),
            Gamma | Digamma => Series::only(value),
        }
    }
}

/// Sine and cosine, each the other's derivative up to the sign.
fn circular(u: &Series) -> (Series, Series) {
    let (mut sin, mut cos) =
        (Series::only(u.term(0).apply(Elementary::Sin)), Series::only(u.term(0).apply(Elementary::Cos)));
    for k in 1..TERMS {
        let with = |other: &Series| u.convolved(other, k, (1, k), |j| Some(count(j))).divide(&count(k));
        let (s, c) = (with(&cos), -with(&sin));
        sin.set(k, s);
        cos.set(k, c);
    }
    (sin, cos)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{ELEMENTARY, Interval, Rational, TERMS};

    /// Taylor coefficients at a point against quotients of differences of the enclosures of the values.
    #[test]
    fn coefficients_are_those_of_the_function() {
        for function in ELEMENTARY {
            let at = 0.375;
            let series = Series::variable(Interval::point(at)).apply(function);
            let h = 1.0 / 1024.0;
            let value = |x: f64| Number::apply(&x, function);
            let slope = (value(at + h) - value(at - h)) / (2.0 * h);
            let bend = (value(at + h) - 2.0 * value(at) + value(at - h)) / (2.0 * h * h);
            if let Some(c) = series.known(1) {
                assert!((c.value() - slope).abs() < 1e-4 * slope.abs().max(1.0), "{function:?} {c:?} {slope}");
            }
            if let Some(c) = series.known(2) {
                assert!((c.value() - bend).abs() < 1e-3 * bend.abs().max(1.0), "{function:?} {c:?} {bend}");
            }
            let only_values = matches!(function, Elementary::Gamma | Elementary::Digamma | Elementary::LnGamma);
            assert!(only_values || series.known(TERMS - 1).is_some(), "{function:?}");
        }
    }

    /// The polynomial of the coefficients at the middle, with the remainder of those over the place, holds the values.
    #[test]
    fn the_remainder_bounds_the_rest() {
        let place = Interval::new(0.25, 0.5);
        for function in ELEMENTARY {
            let f = |x: &Series| (x.clone() * x.clone()).apply(function) * x.sqrt().recip();
            let (middle, over) = (f(&Series::variable(Interval::point(0.375))), f(&Series::variable(place)));
            for n in 1..TERMS {
                let Some(last) = over.known(n) else { continue };
                for step in -4..=4 {
                    let h = Rational::new(step, 32).unwrap();
                    let y = Interval::from_rational(&h);
                    let mut sum = last * y.powi(n as i64);
                    for k in 0..n {
                        sum = sum + middle.term(k) * y.powi(k as i64);
                    }
                    let x = 0.375 + h.to_f64();
                    let truth = f(&Series::constant(Interval::point(x))).term(0);
                    assert!(!truth.disjoint(&sum), "{function:?} {n} at {x}: {truth:?} {sum:?}");
                }
            }
        }
    }
}
