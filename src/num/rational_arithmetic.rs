//! Sums, differences, products and inverses of rational numbers.

use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use num_traits::{Inv, One, Zero};

use super::fraction::Fraction;
use super::rational::Rational;

macro_rules! forward {
    ($trait:ident, $method:ident, $assign:ident, $assign_method:ident, $of:expr) => {
        impl $trait for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                (&self).$method(&other)
            }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                (&self).$method(other)
            }
        }
        impl $trait<Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                self.$method(&other)
            }
        }
        impl $trait for &Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                Rational($of(&self.0, &other.0))
            }
        }
        impl $assign for Rational {
            fn $assign_method(&mut self, other: Rational) {
                *self = (&*self).$method(&other);
            }
        }
    };
}

forward!(Add, add, AddAssign, add_assign, |a: &Fraction, b| a.plus(b, false));
forward!(Sub, sub, SubAssign, sub_assign, |a: &Fraction, b| a.plus(b, true));
forward!(Mul, mul, MulAssign, mul_assign, Fraction::times);

impl Neg for Rational {
    type Output = Rational;
    #[inline]
    fn neg(self) -> Rational {
        Rational(self.0.negated())
    }
}

impl Neg for &Rational {
    type Output = Rational;
    #[inline]
    fn neg(self) -> Rational {
        Rational(self.0.negated())
    }
}

impl Zero for Rational {
    #[inline]
    fn zero() -> Self {
        Self(Fraction::ZERO)
    }
    #[inline]
    fn is_zero(&self) -> bool {
        self.0 == Fraction::ZERO
    }
}

impl One for Rational {
    #[inline]
    fn one() -> Self {
        Self(Fraction::ONE)
    }
    #[inline]
    fn is_one(&self) -> bool {
        self.0 == Fraction::ONE
    }
}

impl Inv for Rational {
    type Output = Option<Rational>;
    /// `1 / self`, or `None` for 0.
    #[inline]
    fn inv(self) -> Option<Rational> {
        Rational::one().checked_div(&self)
    }
}
