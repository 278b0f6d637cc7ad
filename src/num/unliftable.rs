//! The number system of which nothing is known.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_traits::{One, Zero};

use super::number::{Elementary, Number};
use super::rational::Rational;
use super::ternary::Ternary;

/// The derivative tower of a number system that has none: every value is unknown, and stays so. It ends the chain
/// of [`Number::Lift`]. Its `zero` is no zero: `is_zero` is false, for nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unliftable;

/// The three methods of a [`Number`] that has no derivatives, of which every part is this value.
macro_rules! unlifted {
    ($unknown:expr) => {
        #[inline]
        fn lift_variable(&self) -> Unliftable {
            Unliftable
        }
        #[inline]
        fn lift_constant(&self) -> Unliftable {
            Unliftable
        }
        #[inline]
        fn lift_part(_: &Unliftable) -> Self {
            $unknown
        }
    };
}
pub(super) use unlifted;

macro_rules! absorbed {
    ($($trait:ident::$method:ident),+) => {
        $(impl $trait for Unliftable {
            type Output = Self;
            fn $method(self, _: Self) -> Self {
                Self
            }
        })+
    };
}
absorbed!(Add::add, Sub::sub, Mul::mul);

impl Neg for Unliftable {
    type Output = Self;
    fn neg(self) -> Self {
        Self
    }
}

impl Zero for Unliftable {
    fn zero() -> Self {
        Self
    }
    fn is_zero(&self) -> bool {
        false
    }
}

impl One for Unliftable {
    fn one() -> Self {
        Self
    }
    fn is_one(&self) -> bool {
        false
    }
}

impl Number for Unliftable {
    type Lift = Self;

    fn from_rational(_: &Rational) -> Self {
        Self
    }
    fn undefined() -> Self {
        Self
    }
    fn is_undefined(&self) -> Ternary {
        Ternary::Unknown
    }
    fn compare(&self, _: &Self) -> Option<Ordering> {
        None
    }
    fn value(&self) -> f64 {
        f64::NAN
    }
    fn pi() -> Self {
        Self
    }
    fn euler() -> Self {
        Self
    }
    fn divide(&self, _: &Self) -> Self {
        Self
    }
    fn powi(&self, _: i64) -> Self {
        Self
    }
    fn powf(&self, _: &Self) -> Self {
        Self
    }
    fn apply(&self, _: Elementary) -> Self {
        Self
    }
    fn abs(&self) -> Self {
        Self
    }
    fn sign(&self) -> Self {
        Self
    }
    fn floor(&self) -> Self {
        Self
    }
    fn max(&self, _: &Self) -> Self {
        Self
    }
    fn min(&self, _: &Self) -> Self {
        Self
    }
    fn lift_variable(&self) -> Self {
        Self
    }
    fn lift_constant(&self) -> Self {
        Self
    }
    fn lift_part(_: &Self) -> Self {
        Self
    }
}
