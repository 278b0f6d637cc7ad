//! Arithmetic with directed rounding: the end points of enclosures.

use std::fmt::Debug;

use super::number::Elementary;
use super::rational::Rational;
use super::stirling;

/// The direction that a result is rounded to when it is not exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// A lower bound of the exact result.
    Down,
    /// An upper bound of the exact result.
    Up,
}

impl Toward {
    /// The other direction.
    #[inline]
    pub fn opposite(self) -> Self {
        match self {
            Toward::Down => Toward::Up,
            Toward::Up => Toward::Down,
        }
    }
}

/// A totally ordered set of binary fractions with −∞ and ∞, in which the real operations are rounded in a given
/// direction: the result is a lower (upper) bound of the exact one. Infinite arguments stand for one-sided limits.
/// No value is NaN.
pub trait Endpoint: Clone + Debug + PartialOrd {
    /// Binary digits of the results.
    const BITS: usize;

    /// The exact small integer.
    fn from_small(n: i32) -> Self;

    /// A bound of a float; NaN is refused with `None`. Exact for finite floats.
    fn from_f64(x: f64) -> Option<Self>;

    /// A bound of a rational.
    fn from_rational(q: &Rational, toward: Toward) -> Self;

    /// ∞.
    fn infinity() -> Self;

    /// A finite value at least as large as any finite result: bounds an overflow from below.
    fn largest() -> Self;

    /// Whether the value is neither −∞ nor ∞.
    fn is_finite(&self) -> bool;

    /// −x, exact.
    fn negate(&self) -> Self;

    /// x + y. Opposite infinities must not meet.
    fn plus(&self, other: &Self, toward: Toward) -> Self;

    /// x·y, with 0·∞ = 0: an infinite end is never attained.
    fn times(&self, other: &Self, toward: Toward) -> Self;

    /// x/y for y ≠ 0, with x/∞ = 0, ∞/∞ = 0.
    fn over(&self, divisor: &Self, toward: Toward) -> Self;

    /// Largest integer ≤ x, exact.
    fn floored(&self) -> Self;

    /// xʸ for x ≥ 0, with the limits at 0 and ∞ (0⁰ = ∞⁰ = 1^∞ = 1).
    fn power(&self, exponent: &Self, toward: Toward) -> Self;

    /// A function inside its domain or, as a limit, at the edge of it. Not for [`Elementary::Sigmoid`] and
    /// [`Elementary::Softplus`], which follow from the others. `None` if no rigorous bound is known.
    fn elementary(&self, function: Elementary, toward: Toward) -> Option<Self>;

    /// Which quarter of the circle the angle x (finite) lies in: ⌊x/(π/2)⌋ mod 4. `None` if that is not certain.
    fn quadrant(&self) -> Option<u8>;

    /// A float near the value.
    fn to_f64(&self) -> f64;

    /// A finite value between two (possibly infinite) ends, near the middle.
    fn between(lo: &Self, hi: &Self) -> Self;

    /// A function inside its domain or at the edge of it.
    fn image(&self, function: Elementary, toward: Toward) -> Option<Self> {
        match function {
            Elementary::Sigmoid => self.sigmoid_image(toward),
            Elementary::Softplus => self.softplus_image(toward),
            _ => self.elementary(function, toward),
        }
    }

    /// 1/(1 + e⁻ˣ) without loss of relative accuracy in either tail: 1/(1 + t) falls with t = e⁻ˣ, t/(1 + t) rises
    /// with t = eˣ.
    fn sigmoid_image(&self, toward: Toward) -> Option<Self> {
        let (zero, one) = (Self::from_small(0), Self::from_small(1));
        if *self >= zero {
            let t = self.negate().elementary(Elementary::Exp, toward.opposite())?;
            Some(one.over(&one.plus(&t, toward.opposite()), toward))
        } else {
            let t = self.elementary(Elementary::Exp, toward)?;
            Some(t.over(&one.plus(&t, toward.opposite()), toward))
        }
    }

    /// ln(1 + eˣ) = x + ln(1 + e⁻ˣ), the form without overflow and cancellation.
    fn softplus_image(&self, toward: Toward) -> Option<Self> {
        let zero = Self::from_small(0);
        if *self <= zero {
            self.elementary(Elementary::Exp, toward)?.elementary(Elementary::Log1p, toward)
        } else if !self.is_finite() {
            Some(self.clone())
        } else {
            let tail = self.negate().elementary(Elementary::Exp, toward)?.elementary(Elementary::Log1p, toward)?;
            Some(self.plus(&tail, toward))
        }
    }

    /// xⁿ for x ≥ 0.
    #[inline]
    fn integer_power(&self, n: u64, toward: Toward) -> Self {
        self.power_by_squaring(n, toward)
    }

    /// xⁿ for x ≥ 0, by squaring: exact while the products are.
    fn power_by_squaring(&self, mut n: u64, toward: Toward) -> Self {
        let mut result = Self::from_small(1);
        let mut square = self.clone();
        loop {
            if n % 2 == 1 {
                result = result.times(&square, toward);
            }
            n /= 2;
            if n == 0 {
                return result;
            }
            square = square.times(&square, toward);
        }
    }
}

/// The float below or above, for a result that is within half an ulp of the exact one. Overflow in the other
/// direction is bounded by the largest finite float.
fn widened(y: f64, toward: Toward) -> f64 {
    match toward {
        Toward::Down => y.next_down(),
        Toward::Up => y.next_up(),
    }
}

/// The bound, from the correctly rounded result and the sign of exact − rounded.
fn corrected(rounded: f64, error: f64, toward: Toward) -> f64 {
    match toward {
        _ if error.is_nan() => widened(rounded, toward),
        Toward::Down if error < 0.0 => rounded.next_down(),
        Toward::Up if error > 0.0 => rounded.next_up(),
        _ => rounded,
    }
}

/// A bound of a product or quotient of non-zero numbers, held on the side of 0 that the signs say.
fn signed_as(bound: f64, a: f64, b: f64) -> f64 {
    if (a < 0.0) == (b < 0.0) { bound.max(0.0) } else { bound.min(0.0) }
}

/// Below this magnitude the error of a product may itself underflow: 2^(−1022 + 53).
const EXACT_ERROR: f64 = f64::from_bits((1023 - 969) << 52);

/// 2^300.
const SCALE: f64 = f64::from_bits((1023 + 300) << 52);

impl Endpoint for f64 {
    const BITS: usize = 53;

    #[inline]
    fn from_small(n: i32) -> Self {
        f64::from(n)
    }

    #[inline]
    fn from_f64(x: f64) -> Option<Self> {
        (!x.is_nan()).then_some(x)
    }

    fn from_rational(q: &Rational, toward: Toward) -> Self {
        if let Some((nearest, rest)) = q.to_small_f64() {
            return match toward {
                Toward::Down if rest > 0.0 => nearest.next_down(),
                Toward::Up if rest < 0.0 => nearest.next_up(),
                _ => nearest,
            };
        }
        let nearest = q.to_f64();
        let Some(exact) = Rational::from_f64(nearest) else { return widened(nearest, toward) };
        match toward {
            Toward::Down if exact > *q => nearest.next_down(),
            Toward::Up if exact < *q => nearest.next_up(),
            _ => nearest,
        }
    }

    #[inline]
    fn infinity() -> Self {
        f64::INFINITY
    }

    #[inline]
    fn largest() -> Self {
        f64::MAX
    }

    #[inline]
    fn is_finite(&self) -> bool {
        f64::is_finite(*self)
    }

    /// Never −0, which the power function takes for a limit from below.
    #[inline]
    fn negate(&self) -> Self {
        0.0 - self
    }

    /// The rounding error of a sum is a float, found by TwoSum (Knuth; Handbook of Floating-Point Arithmetic §4.3).
    fn plus(&self, other: &Self, toward: Toward) -> Self {
        let (a, b) = (*self, *other);
        let sum = a + b;
        if !(a.is_finite() && b.is_finite()) {
            return sum;
        }
        if !sum.is_finite() {
            return widened(sum, toward);
        }
        let b_part = sum - a;
        let error = (a - (sum - b_part)) + (b - b_part);
        corrected(sum, if error.is_finite() { error } else { f64::NAN }, toward)
    }

    /// The rounding error of a product is a float unless it underflows; fused multiply-add gives it.
    fn times(&self, other: &Self, toward: Toward) -> Self {
        let (a, b) = (*self, *other);
        if a == 0.0 || b == 0.0 {
            return 0.0;
        }
        let product = a * b;
        if !(a.is_finite() && b.is_finite()) {
            return product;
        }
        let known = product.is_finite() && product.abs() >= EXACT_ERROR;
        let bound = corrected(product, if known { a.mul_add(b, -product) } else { f64::NAN }, toward);
        signed_as(bound, a, b)
    }

    /// The remainder a − q·b of a division is a float unless something under- or overflows; a/b − q has the sign of
    /// remainder/b.
    fn over(&self, divisor: &Self, toward: Toward) -> Self {
        let (a, b) = (*self, *divisor);
        if a == 0.0 || b.is_infinite() {
            return 0.0;
        }
        let quotient = a / b;
        if a.is_infinite() {
            return quotient;
        }
        // A tiny dividend is scaled, with the divisor, to where the remainder can't underflow; both exactly.
        let scale = if a.abs() < EXACT_ERROR && b.abs() < 1.0 { SCALE } else { 1.0 };
        let (a, b) = (a * scale, b * scale);
        let known = quotient.is_finite() && quotient.abs() >= f64::MIN_POSITIVE && a.abs() >= EXACT_ERROR;
        let error = if known { (-quotient).mul_add(b, a) } else { f64::NAN };
        signed_as(corrected(quotient, if b < 0.0 { -error } else { error }, toward), a, b)
    }

    #[inline]
    fn floored(&self) -> Self {
        f64::floor(*self)
    }

    #[inline]
    fn power(&self, exponent: &Self, toward: Toward) -> Self {
        let (x, y) = (*self + 0.0, *exponent);
        let rounded = core_math::pow(x, y);
        let exact = y == 0.0 || x == 1.0 || y == 1.0 || x == 0.0 || !(x.is_finite() && y.is_finite());
        if exact { rounded } else { widened(rounded, toward).max(0.0) }
    }

    /// The better of squaring (exact where it can be) and the correctly rounded power.
    fn integer_power(&self, n: u64, toward: Toward) -> Self {
        let squared = self.power_by_squaring(n, toward);
        match (i32::try_from(n), toward) {
            (Ok(n @ 3..), Toward::Down) => squared.max(self.power(&f64::from(n), toward)),
            (Ok(n @ 3..), Toward::Up) => squared.min(self.power(&f64::from(n), toward)),
            _ => squared,
        }
    }

    fn elementary(&self, function: Elementary, toward: Toward) -> Option<Self> {
        let x = *self;
        if let Some(exact) = exact_value(function, x) {
            return Some(exact);
        }
        let bounded = |y: f64, lo: f64, hi: f64| Some(widened(y, toward).clamp(lo, hi));
        const INF: f64 = f64::INFINITY;
        match function {
            Elementary::Exp => bounded(core_math::exp(x), 0.0, INF),
            Elementary::Expm1 => bounded(core_math::expm1(x), -1.0, INF),
            Elementary::Ln => bounded(core_math::log(x), -INF, INF),
            Elementary::Log1p => bounded(core_math::log1p(x), -INF, INF),
            Elementary::Sqrt => {
                let root = x.sqrt();
                let error = if x >= EXACT_ERROR { (-root).mul_add(root, x) } else { f64::NAN };
                Some(corrected(root, error, toward).max(0.0))
            }
            Elementary::Sin => bounded(core_math::sin(x), -1.0, 1.0),
            Elementary::Cos => bounded(core_math::cos(x), -1.0, 1.0),
            Elementary::Tan => bounded(core_math::tan(x), -INF, INF),
            Elementary::Asin => bounded(core_math::asin(x), -INF, INF),
            Elementary::Acos => bounded(core_math::acos(x), 0.0, INF),
            Elementary::Atan => bounded(core_math::atan(x), -INF, INF),
            Elementary::Sinh => bounded(core_math::sinh(x), -INF, INF),
            Elementary::Cosh => bounded(core_math::cosh(x), 1.0, INF),
            Elementary::Tanh => bounded(core_math::tanh(x), -1.0, 1.0),
            Elementary::Erf => bounded(core_math::erf(x), -1.0, 1.0),
            Elementary::Gamma => bounded(core_math::tgamma(x), 0.0, INF),
            Elementary::LnGamma => bounded(core_math::lgamma(x), -INF, INF),
            Elementary::Digamma => stirling::bound(self, function, toward),
            Elementary::Sigmoid | Elementary::Softplus => None,
        }
    }

    /// Sine and cosine of a float are never 0 except sin 0 (π is irrational), and their rounding keeps the sign.
    fn quadrant(&self) -> Option<u8> {
        if !f64::is_finite(*self) {
            return None;
        }
        let (sin, cos) = core_math::sincos(*self);
        Some(match (sin >= 0.0, cos > 0.0) {
            (true, true) => 0,
            (true, false) => 1,
            (false, false) => 2,
            (false, true) => 3,
        })
    }

    #[inline]
    fn to_f64(&self) -> f64 {
        *self
    }

    fn between(lo: &Self, hi: &Self) -> Self {
        match (lo.is_finite(), hi.is_finite()) {
            (true, true) => lo.midpoint(*hi),
            (true, false) if *lo < 0.0 => 0.0,
            (true, false) => (lo * 2.0).clamp(1.0, f64::MAX).max(*lo),
            (false, true) if *hi > 0.0 => 0.0,
            (false, true) => (hi * 2.0).clamp(-f64::MAX, -1.0).min(*hi),
            (false, false) => 0.0,
        }
    }
}

/// Where a function of a float is itself a float (everywhere else it is transcendental, by Lindemann–Weierstraß, or
/// rounded like one), and the limits at infinity.
fn exact_value(function: Elementary, x: f64) -> Option<f64> {
    use Elementary::*;
    let infinity = f64::INFINITY;
    match function {
        Exp | Cosh | Cos if x == 0.0 => Some(1.0),
        Expm1 | Log1p | Sin | Tan | Asin | Atan | Sinh | Tanh | Erf | Sqrt if x == 0.0 => Some(0.0),
        Ln | Acos if x == 1.0 => Some(0.0),
        LnGamma if x == 1.0 || x == 2.0 => Some(0.0),
        // 22! is the last factorial whose odd part has 53 bits.
        Gamma if x == x.floor() && (1.0..=23.0).contains(&x) => Some(core_math::tgamma(x)),
        Gamma | LnGamma if x == 0.0 => Some(infinity),
        Ln if x == 0.0 => Some(-infinity),
        Log1p if x == -1.0 => Some(-infinity),
        Exp if x == -infinity => Some(0.0),
        Expm1 if x == -infinity => Some(-1.0),
        Tanh | Erf if x.is_infinite() => Some(x.signum()),
        Cosh if x.is_infinite() => Some(infinity),
        Exp | Expm1 | Ln | Log1p | Sqrt | Sinh | Gamma | LnGamma if x.is_infinite() => Some(x),
        _ => None,
    }
}
