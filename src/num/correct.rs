//! The float under the dual numbers: num-dual's traits over correctly rounded functions.

use std::fmt;
use std::iter::{Product, Sum};
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign};

use num_dual::{DualNum, DualStruct, Mappable};
use num_traits::{FromPrimitive, Inv, Num, One, Signed, Zero};

/// A float whose elementary functions are correctly rounded. num-dual's own `f64` calls the platform's library, whose
/// last digit differs from machine to machine; on this type its derivative rules give the same bits everywhere.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Correct(pub(super) f64);

macro_rules! arithmetic {
    ($($trait:ident::$method:ident, $assign:ident::$assign_method:ident, $op:tt;)+) => {$(
        impl $trait for Correct {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Correct(self.0 $op other.0)
            }
        }
        impl $trait<&Correct> for Correct {
            type Output = Self;
            fn $method(self, other: &Self) -> Self {
                Correct(self.0 $op other.0)
            }
        }
        impl $trait<f64> for Correct {
            type Output = Self;
            fn $method(self, other: f64) -> Self {
                Correct(self.0 $op other)
            }
        }
        impl $assign for Correct {
            fn $assign_method(&mut self, other: Self) {
                *self = $trait::$method(*self, other);
            }
        }
        impl $assign<f64> for Correct {
            fn $assign_method(&mut self, other: f64) {
                *self = $trait::$method(*self, other);
            }
        }
    )+};
}
arithmetic! {
    Add::add, AddAssign::add_assign, +;
    Sub::sub, SubAssign::sub_assign, -;
    Mul::mul, MulAssign::mul_assign, *;
    Div::div, DivAssign::div_assign, /;
    Rem::rem, RemAssign::rem_assign, %;
}

impl Neg for Correct {
    type Output = Self;
    fn neg(self) -> Self {
        Correct(-self.0)
    }
}

impl Zero for Correct {
    fn zero() -> Self {
        Correct(0.0)
    }
    fn is_zero(&self) -> bool {
        self.0 == 0.0
    }
}

impl One for Correct {
    fn one() -> Self {
        Correct(1.0)
    }
}

impl Num for Correct {
    type FromStrRadixErr = <f64 as Num>::FromStrRadixErr;
    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        <f64 as Num>::from_str_radix(text, radix).map(Correct)
    }
}

impl Signed for Correct {
    fn abs(&self) -> Self {
        Correct(self.0.abs())
    }
    fn abs_sub(&self, other: &Self) -> Self {
        Correct((self.0 - other.0).max(0.0))
    }
    fn signum(&self) -> Self {
        Correct(self.0.signum())
    }
    fn is_positive(&self) -> bool {
        self.0 > 0.0
    }
    fn is_negative(&self) -> bool {
        self.0 < 0.0
    }
}

impl Inv for Correct {
    type Output = Self;
    fn inv(self) -> Self {
        Correct(1.0 / self.0)
    }
}

impl Sum for Correct {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::zero(), Add::add)
    }
}

impl Product for Correct {
    fn product<I: Iterator<Item = Self>>(factors: I) -> Self {
        factors.fold(Self::one(), Mul::mul)
    }
}

impl FromPrimitive for Correct {
    fn from_i64(n: i64) -> Option<Self> {
        Some(Correct(n as f64))
    }
    fn from_u64(n: u64) -> Option<Self> {
        Some(Correct(n as f64))
    }
    fn from_f64(x: f64) -> Option<Self> {
        Some(Correct(x))
    }
}

impl From<f64> for Correct {
    fn from(x: f64) -> Self {
        Correct(x)
    }
}

impl DualStruct for Correct {
    type Real = f64;
    type Inner = f64;
    fn re(&self) -> f64 {
        self.0
    }
    fn from_inner(inner: &f64) -> Self {
        Correct(*inner)
    }
}

impl Mappable<Correct> for Correct {
    type Output<O> = O;
    fn map_dual<M: Fn(Correct) -> O, O>(self, f: M) -> O {
        f(self)
    }
}

impl fmt::Display for Correct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl PartialEq<f64> for Correct {
    fn eq(&self, other: &f64) -> bool {
        self.0 == *other
    }
}

impl PartialOrd<f64> for Correct {
    fn partial_cmp(&self, other: &f64) -> Option<std::cmp::Ordering> {
        self.0.partial_cmp(other)
    }
}

macro_rules! correctly_rounded {
    ($($method:ident = $function:ident),+ $(,)?) => {
        $(fn $method(&self) -> Self {
            Correct(core_math::$function(self.0))
        })+
    };
}

impl DualNum for Correct {
    type Primitive = f64;
    const NDERIV: usize = 0;
    type InnerDual = Correct;

    correctly_rounded! {
        cbrt = cbrt, exp = exp, exp2 = exp2, exp_m1 = expm1, ln = log, log2 = log2, log10 = log10, ln_1p = log1p,
        sin = sin, cos = cos, tan = tan, asin = asin, acos = acos, atan = atan,
        sinh = sinh, cosh = cosh, tanh = tanh, asinh = asinh, acosh = acosh, atanh = atanh,
    }

    fn from_re(re: Correct) -> Self {
        re
    }
    fn scale(self, factor: &Correct) -> Self {
        self * factor
    }
    fn recip(&self) -> Self {
        Correct(1.0 / self.0)
    }
    fn powi(&self, n: i32) -> Self {
        Correct(core_math::pow(self.0, f64::from(n)))
    }
    fn powf(&self, n: f64) -> Self {
        Correct(core_math::pow(self.0, n))
    }
    fn powd(&self, exponent: Self) -> Self {
        self.powf(exponent.0)
    }
    fn sqrt(&self) -> Self {
        Correct(self.0.sqrt())
    }
    fn log(&self, base: f64) -> Self {
        Correct(core_math::log(self.0) / core_math::log(base))
    }
    fn sin_cos(&self) -> (Self, Self) {
        let (sin, cos) = core_math::sincos(self.0);
        (Correct(sin), Correct(cos))
    }
    fn atan2(&self, other: Self) -> Self {
        Correct(core_math::atan2(self.0, other.0))
    }
    /// sin x / x (DLMF 10.49.3).
    fn sph_j0(&self) -> Self {
        if self.0 == 0.0 { Correct(1.0) } else { self.sin() / self }
    }
    /// (sin x / x − cos x)/x; loses accuracy towards 0.
    fn sph_j1(&self) -> Self {
        if self.0 == 0.0 { Correct(0.0) } else { (self.sph_j0() - self.cos()) / self }
    }
    /// 3 j₁(x)/x − j₀(x) (DLMF 10.51.1); loses accuracy towards 0.
    fn sph_j2(&self) -> Self {
        if self.0 == 0.0 { Correct(0.0) } else { self.sph_j1() * 3.0 / self - self.sph_j0() }
    }
}

/// ψ(x) for x > 0 with what derivatives the number system has, about 1e-14 relative away from its zero: recurrence
/// ψ(x) = ψ(x + 1) − 1/x (DLMF 5.5.2) up to 10, then the asymptotic series (5.11.2), which may be differentiated.
pub(super) fn digamma<D: DualNum<Primitive = f64> + Copy>(x: D) -> D {
    let (mut shift, mut x) = (D::zero(), x);
    while x.re() < 10.0 {
        shift -= x.recip();
        x += D::one();
    }
    let w = (x * x).recip();
    const SERIES: [f64; 7] =
        [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0];
    let tail = SERIES.iter().rev().fold(D::zero(), |sum, c| w * (sum + *c));
    shift + x.ln() - x.recip() * 0.5 - tail
}
