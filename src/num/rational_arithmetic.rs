//! Sums, differences and products of rational numbers; those of integers need no common divisor.

use std::ops::{Add, AddAssign, Mul, MulAssign, Sub, SubAssign};

use dashu_ratio::RBig;

use super::rational::Rational;

macro_rules! forward {
    ($trait:ident, $method:ident, $assign:ident, $assign_method:ident) => {
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
                if self.0.is_int() && other.0.is_int() {
                    return Rational(RBig::from(self.0.numerator().$method(other.0.numerator())));
                }
                Rational((&self.0).$method(&other.0))
            }
        }
        impl $assign for Rational {
            fn $assign_method(&mut self, other: Rational) {
                *self = (&*self).$method(&other);
            }
        }
    };
}

forward!(Add, add, AddAssign, add_assign);
forward!(Sub, sub, SubAssign, sub_assign);
forward!(Mul, mul, MulAssign, mul_assign);
