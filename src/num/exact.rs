//! Exact arithmetic as a number system.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_traits::{One, Zero};

use super::number::{Elementary, Number};
use super::rational::Rational;
use super::ternary::Ternary;
use super::unliftable::{Unliftable, unlifted};

/// A rational value, certainly no value, or a value (if any) that is not known to be rational or is too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exact {
    /// The value.
    Value(Rational),
    /// Certainly no real value: 1/0, √−1, ln 0.
    Undefined,
    /// Not known: irrational in general, or above [`Rational::BIT_CAP`] bits.
    Unknown,
}

impl Exact {
    /// The rational, if there is one.
    #[inline]
    pub fn rational(&self) -> Option<&Rational> {
        match self {
            Exact::Value(q) => Some(q),
            Exact::Undefined | Exact::Unknown => None,
        }
    }

    #[inline]
    fn capped(q: Rational) -> Self {
        if q.bit_len() > Rational::BIT_CAP { Exact::Unknown } else { Exact::Value(q) }
    }

    /// An operation on two values; what is undefined absorbs what is unknown.
    fn with(&self, other: &Self, f: impl FnOnce(&Rational, &Rational) -> Self) -> Self {
        match (self, other) {
            (Exact::Value(a), Exact::Value(b)) => f(a, b),
            (Exact::Undefined, _) | (_, Exact::Undefined) => Exact::Undefined,
            _ => Exact::Unknown,
        }
    }

    #[inline]
    fn map(&self, f: impl FnOnce(&Rational) -> Self) -> Self {
        self.with(self, |q, _| f(q))
    }
}

impl Add for Exact {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        self.with(&other, |a, b| Self::capped(a + b))
    }
}

impl Sub for Exact {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self.with(&other, |a, b| Self::capped(a - b))
    }
}

impl Mul for Exact {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        self.with(&other, |a, b| Self::capped(a * b))
    }
}

impl Neg for Exact {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.map(|q| Exact::Value(-q))
    }
}

impl Zero for Exact {
    #[inline]
    fn zero() -> Self {
        Exact::Value(Rational::zero())
    }
    #[inline]
    fn is_zero(&self) -> bool {
        self.rational().is_some_and(Zero::is_zero)
    }
}

impl One for Exact {
    #[inline]
    fn one() -> Self {
        Exact::Value(Rational::one())
    }
    #[inline]
    fn is_one(&self) -> bool {
        self.rational().is_some_and(One::is_one)
    }
}

impl Number for Exact {
    type Lift = Unliftable;

    #[inline]
    fn from_rational(q: &Rational) -> Self {
        Self::capped(q.clone())
    }

    #[inline]
    fn undefined() -> Self {
        Exact::Unknown
    }

    fn is_undefined(&self) -> Ternary {
        match self {
            Exact::Value(_) => Ternary::False,
            Exact::Undefined => Ternary::True,
            Exact::Unknown => Ternary::Unknown,
        }
    }

    #[inline]
    fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(self.rational()?.cmp(other.rational()?))
    }

    #[inline]
    fn value(&self) -> f64 {
        self.rational().map_or(f64::NAN, Rational::to_f64)
    }

    #[inline]
    fn pi() -> Self {
        Exact::Unknown
    }

    #[inline]
    fn euler() -> Self {
        Exact::Unknown
    }

    #[inline]
    fn divide(&self, divisor: &Self) -> Self {
        if divisor.is_zero() {
            return Exact::Undefined;
        }
        self.with(divisor, |a, b| a.checked_div(b).map_or(Exact::Undefined, Self::capped))
    }

    fn powi(&self, exponent: i64) -> Self {
        self.map(|q| {
            if q.is_zero() && exponent < 0 {
                return Exact::Undefined;
            }
            q.pow_int(exponent).map_or(Exact::Unknown, Exact::Value)
        })
    }

    fn powf(&self, exponent: &Self) -> Self {
        self.with(exponent, |base, y| {
            if base.numer_is_negative() {
                return Exact::Undefined;
            }
            if base.is_zero() {
                return if *y > Rational::zero() { Exact::zero() } else { Exact::Undefined };
            }
            let power = || {
                let degree = u32::try_from(y.denominator()).ok()?;
                let numerator = i64::try_from(y.numerator()).ok()?;
                base.root_exact(degree)?.pow_int(numerator)
            };
            power().map_or(Exact::Unknown, Exact::Value)
        })
    }

    /// Rational at the points below, elsewhere irrational (Lindemann–Weierstraß) or not known to be rational; undefined
    /// outside the domain.
    fn apply(&self, function: Elementary) -> Self {
        use Elementary::*;
        self.map(|q| {
            let (one, zero) = (Rational::one(), Rational::zero());
            let outside = match function {
                Ln | Gamma | LnGamma | Digamma => *q <= zero,
                Log1p => *q <= -&one,
                Sqrt => *q < zero,
                Asin | Acos => q.abs() > one,
                _ => false,
            };
            match function {
                _ if outside => Exact::Undefined,
                Sqrt => q.sqrt_exact().map_or(Exact::Unknown, Exact::Value),
                Exp | Cos | Cosh if q.is_zero() => Exact::one(),
                Sigmoid if q.is_zero() => Rational::new(1, 2).map_or(Exact::Unknown, Exact::Value),
                Ln | Acos if q.is_one() => Exact::zero(),
                // Γ(n) = (n − 1)! (DLMF 5.4.1); no other value of it is known to be rational.
                Gamma => (q - &one).factorial_exact().map_or(Exact::Unknown, Exact::Value),
                LnGamma if q.is_one() || *q == Rational::from(2) => Exact::zero(),
                Expm1 | Log1p | Sin | Tan | Asin | Atan | Sinh | Tanh | Erf if q.is_zero() => Exact::zero(),
                _ => Exact::Unknown,
            }
        })
    }

    #[inline]
    fn abs(&self) -> Self {
        self.map(|q| Exact::Value(q.abs()))
    }

    #[inline]
    fn sign(&self) -> Self {
        self.map(|q| Exact::Value(Rational::from(q.cmp(&Rational::zero()) as i64)))
    }

    #[inline]
    fn floor(&self) -> Self {
        self.map(|q| Exact::Value(q.floor()))
    }

    #[inline]
    fn max(&self, other: &Self) -> Self {
        self.with(other, |a, b| Exact::Value(a.max(b).clone()))
    }

    #[inline]
    fn min(&self, other: &Self) -> Self {
        self.with(other, |a, b| Exact::Value(a.min(b).clone()))
    }

    unlifted!(Exact::Unknown);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(n: i64, d: i64) -> Exact {
        Exact::Value(Rational::new(n, d).unwrap())
    }

    #[test]
    fn undefined_absorbs_and_unknown_stays_unknown() {
        let undefined = exact(1, 1).divide(&Exact::zero());
        assert_eq!(undefined, Exact::Undefined);
        assert_eq!(undefined.clone() * Exact::Unknown, Exact::Undefined);
        assert_eq!(Exact::Unknown.divide(&Exact::zero()), Exact::Undefined);
        assert_eq!(exact(2, 1).exp() - exact(2, 1).exp(), Exact::Unknown);
        assert_eq!(Exact::zero() * Exact::Unknown, Exact::Unknown);
        assert_eq!(Exact::Unknown.compare(&Exact::Unknown), None);
    }

    #[test]
    fn rational_values_of_functions_are_found() {
        assert_eq!(exact(9, 4).sqrt(), exact(3, 2));
        assert_eq!(exact(2, 1).sqrt(), Exact::Unknown);
        assert_eq!(exact(-2, 1).sqrt(), Exact::Undefined);
        assert_eq!(exact(8, 27).powf(&exact(-2, 3)), exact(9, 4));
        assert_eq!(exact(0, 1).powf(&exact(1, 2)), exact(0, 1));
        assert_eq!(exact(0, 1).powf(&exact(0, 1)), Exact::Undefined);
        assert_eq!(exact(0, 1).powi(0), exact(1, 1));
        assert_eq!(exact(0, 1).powi(-1), Exact::Undefined);
        assert_eq!(exact(-8, 1).powf(&exact(1, 3)), Exact::Undefined);
        assert_eq!(exact(3, 2).powi(1 << 40), Exact::Unknown);
        assert_eq!(exact(0, 1).ln(), Exact::Undefined);
        assert_eq!(exact(-7, 2).sign(), exact(-1, 1));
    }
}
