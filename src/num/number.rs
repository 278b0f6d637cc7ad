//! The number systems that expression evaluation is generic over.

use std::cmp::Ordering;
use std::fmt::Debug;
use std::ops::{Add, Mul, Neg, Sub};

use num_traits::{One, Zero};

use super::rational::Rational;
use super::ternary::Ternary;

/// A smooth function of one real variable that every number system implements (or answers with undefined).
///
/// Real domains: outside of them the function is undefined, never ±∞.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Elementary {
    /// eˣ.
    Exp,
    /// eˣ − 1.
    Expm1,
    /// Natural logarithm, x > 0.
    Ln,
    /// ln(1 + x), x > −1.
    Log1p,
    /// Square root, x ≥ 0.
    Sqrt,
    /// Sine.
    Sin,
    /// Cosine.
    Cos,
    /// Tangent, x ≠ π/2 + kπ.
    Tan,
    /// Arc sine, −1 ≤ x ≤ 1.
    Asin,
    /// Arc cosine, −1 ≤ x ≤ 1.
    Acos,
    /// Arc tangent.
    Atan,
    /// Hyperbolic sine.
    Sinh,
    /// Hyperbolic cosine.
    Cosh,
    /// Hyperbolic tangent.
    Tanh,
    /// The logistic function 1/(1 + e⁻ˣ).
    Sigmoid,
    /// ln(1 + eˣ).
    Softplus,
    /// Error function (DLMF 7.2.1).
    Erf,
    /// Γ(x), x > 0 (DLMF 5.2.1).
    Gamma,
    /// ln Γ(x), x > 0.
    LnGamma,
    /// ψ(x) = Γ′(x)/Γ(x), x > 0 (DLMF 5.2.2).
    Digamma,
}

/// Every [`Elementary`] function, for tables and tests.
pub const ELEMENTARY: [Elementary; 20] = [
    Elementary::Exp,
    Elementary::Expm1,
    Elementary::Ln,
    Elementary::Log1p,
    Elementary::Sqrt,
    Elementary::Sin,
    Elementary::Cos,
    Elementary::Tan,
    Elementary::Asin,
    Elementary::Acos,
    Elementary::Atan,
    Elementary::Sinh,
    Elementary::Cosh,
    Elementary::Tanh,
    Elementary::Sigmoid,
    Elementary::Softplus,
    Elementary::Erf,
    Elementary::Gamma,
    Elementary::LnGamma,
    Elementary::Digamma,
];

macro_rules! elementary_methods {
    ($($(#[$doc:meta])* $method:ident = $function:ident;)+) => {
        $($(#[$doc])* fn $method(&self) -> Self {
            self.apply(Elementary::$function)
        })+
    };
}

/// A number system: real arithmetic in which a value may also be undefined, or not known to be defined.
///
/// Undefined is absorbing: an operation on an undefined operand is undefined. `Div` is missing on purpose, because the
/// native `/` of floats gives ±∞ for x/0 and this calculus has no infinite values: use [`Number::divide`].
pub trait Number:
    Clone + Debug + Zero + One + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Neg<Output = Self>
{
    /// The same system extended by one infinitesimal ε, ε² = 0, for derivatives; [`super::Unliftable`] where there is
    /// none. Chains of `Lift` are finite, so that an evaluator may recurse through them.
    type Lift: Number;

    /// The number for an exact rational (nearest, or an enclosure).
    fn from_rational(q: &Rational) -> Self;

    /// The value of what has no value (or is not known to have one).
    fn undefined() -> Self;

    /// Whether the value is undefined. `Unknown` where the system cannot tell.
    fn is_undefined(&self) -> Ternary;

    /// The order of two values; `Some` only when certain.
    fn compare(&self, other: &Self) -> Option<Ordering>;

    /// A float near the value, for display; NaN if there is none.
    fn value(&self) -> f64;

    /// π.
    fn pi() -> Self;

    /// Euler's number e.
    fn euler() -> Self;

    /// `self / divisor`; undefined for divisor 0, `0/0` included.
    fn divide(&self, divisor: &Self) -> Self;

    /// Integer power; x⁰ = 1 for every defined x, also 0; a negative power of 0 is undefined.
    fn powi(&self, exponent: i64) -> Self;

    /// Real power exp(y ln x) of a base > 0; a base 0 with exponent > 0 gives 0; undefined otherwise.
    fn powf(&self, exponent: &Self) -> Self;

    /// A function of one variable.
    fn apply(&self, function: Elementary) -> Self;

    /// Absolute value.
    fn abs(&self) -> Self;

    /// −1, 0 or 1.
    fn sign(&self) -> Self;

    /// Largest integer ≤ self.
    fn floor(&self) -> Self;

    /// The larger of two values.
    fn max(&self, other: &Self) -> Self;

    /// The smaller of two values.
    fn min(&self, other: &Self) -> Self;

    /// `self + ε`: the variable of differentiation at this value.
    fn lift_variable(&self) -> Self::Lift;

    /// `self + 0ε`: what does not depend on the variable of differentiation.
    fn lift_constant(&self) -> Self::Lift;

    /// The coefficient of ε: the derivative.
    fn lift_part(lifted: &Self::Lift) -> Self;

    /// `1 / self`.
    fn recip(&self) -> Self {
        Self::one().divide(self)
    }

    elementary_methods! {
        /// eˣ.
        exp = Exp;
        /// eˣ − 1.
        expm1 = Expm1;
        /// Natural logarithm; undefined for x ≤ 0.
        ln = Ln;
        /// ln(1 + x); undefined for x ≤ −1.
        log1p = Log1p;
        /// Square root; undefined for x < 0.
        sqrt = Sqrt;
        /// Sine.
        sin = Sin;
        /// Cosine.
        cos = Cos;
        /// Tangent.
        tan = Tan;
        /// Arc sine; undefined outside [−1, 1].
        asin = Asin;
        /// Arc cosine; undefined outside [−1, 1].
        acos = Acos;
        /// Arc tangent.
        atan = Atan;
        /// Hyperbolic sine.
        sinh = Sinh;
        /// Hyperbolic cosine.
        cosh = Cosh;
        /// Hyperbolic tangent.
        tanh = Tanh;
        /// The logistic function 1/(1 + e⁻ˣ).
        sigmoid = Sigmoid;
        /// ln(1 + eˣ), stable.
        softplus = Softplus;
        /// Error function.
        erf = Erf;
        /// Γ(x); undefined for x ≤ 0.
        gamma = Gamma;
        /// ln Γ(x); undefined for x ≤ 0.
        ln_gamma = LnGamma;
        /// ψ(x) = Γ′(x)/Γ(x); undefined for x ≤ 0.
        digamma = Digamma;
    }
}
