//! Floats as a number system, through correctly rounded functions: the same digits on every machine.

use std::cmp::Ordering;

use super::correct::{Correct, digamma};
use super::dual::Dual1;
use super::number::{Elementary, Number};
use super::rational::Rational;
use super::ternary::Ternary;

/// Undefined is NaN. Overflow gives ±∞, and ∞ − ∞ is NaN too: floats certify nothing.
impl Number for f64 {
    type Lift = Dual1;

    fn from_rational(q: &Rational) -> Self {
        q.to_f64()
    }

    fn undefined() -> Self {
        f64::NAN
    }

    /// `False` for a finite value. NaN and ±∞ may come from an overflow on the way: `Unknown`.
    fn is_undefined(&self) -> Ternary {
        if self.is_finite() { Ternary::False } else { Ternary::Unknown }
    }

    /// The order of two finite floats, as computed.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.is_finite() && other.is_finite() { self.partial_cmp(other) } else { None }
    }

    fn value(&self) -> f64 {
        *self
    }

    fn pi() -> Self {
        std::f64::consts::PI
    }

    fn euler() -> Self {
        std::f64::consts::E
    }

    fn divide(&self, divisor: &Self) -> Self {
        if *divisor == 0.0 { f64::NAN } else { self / divisor }
    }

    fn powi(&self, exponent: i64) -> Self {
        if self.is_nan() || (*self == 0.0 && exponent < 0) {
            return f64::NAN;
        }
        let power = core_math::pow(f64::abs(*self), exponent as f64);
        if *self < 0.0 && exponent % 2 != 0 { -power } else { power }
    }

    fn powf(&self, exponent: &Self) -> Self {
        if exponent.is_nan() || self.is_nan() || *self < 0.0 || (*self == 0.0 && *exponent <= 0.0) {
            return f64::NAN;
        }
        core_math::pow(*self, *exponent)
    }

    fn apply(&self, function: Elementary) -> Self {
        let x = *self;
        let within = |inside: bool, f: fn(f64) -> f64| if inside { f(x) } else { f64::NAN };
        match function {
            Elementary::Exp => core_math::exp(x),
            Elementary::Expm1 => core_math::expm1(x),
            Elementary::Ln => within(x > 0.0, core_math::log),
            Elementary::Log1p => within(x > -1.0, core_math::log1p),
            Elementary::Sqrt => within(x >= 0.0, f64::sqrt),
            Elementary::Sin => core_math::sin(x),
            Elementary::Cos => core_math::cos(x),
            Elementary::Tan => core_math::tan(x),
            Elementary::Asin => within(f64::abs(x) <= 1.0, core_math::asin),
            Elementary::Acos => within(f64::abs(x) <= 1.0, core_math::acos),
            Elementary::Atan => core_math::atan(x),
            Elementary::Sinh => core_math::sinh(x),
            Elementary::Cosh => core_math::cosh(x),
            Elementary::Tanh => core_math::tanh(x),
            Elementary::Sigmoid => {
                let t = core_math::exp(-f64::abs(x));
                if x < 0.0 { t / (1.0 + t) } else { 1.0 / (1.0 + t) }
            }
            Elementary::Softplus => f64::max(x, 0.0) + core_math::log1p(core_math::exp(-f64::abs(x))),
            Elementary::Erf => core_math::erf(x),
            Elementary::Gamma => within(x > 0.0, core_math::tgamma),
            Elementary::LnGamma => within(x > 0.0, core_math::lgamma),
            Elementary::Digamma => within(x > 0.0, |x| digamma(Correct(x)).0),
        }
    }

    fn abs(&self) -> Self {
        f64::abs(*self)
    }

    fn sign(&self) -> Self {
        if *self == 0.0 { 0.0 } else { self.signum() }
    }

    fn floor(&self) -> Self {
        f64::floor(*self)
    }

    fn max(&self, other: &Self) -> Self {
        if self.is_nan() || other.is_nan() { f64::NAN } else { f64::max(*self, *other) }
    }

    fn min(&self, other: &Self) -> Self {
        if self.is_nan() || other.is_nan() { f64::NAN } else { f64::min(*self, *other) }
    }

    fn lift_variable(&self) -> Dual1 {
        Dual1::variable(*self)
    }

    fn lift_constant(&self) -> Dual1 {
        Dual1::constant(*self)
    }

    fn lift_part(lifted: &Dual1) -> Self {
        lifted.derivative()
    }
}
