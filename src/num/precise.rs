//! Enclosures at 200 bits, for points that floats leave in doubt.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use dashu_float::round::mode::{Down, Up};
use dashu_float::{ConstCache, Context, FBig, FpError, Repr};
use dashu_int::IBig;
use dashu_int::ops::{BitTest, UnsignedAbs};

use super::endpoint::{Endpoint, Toward};
use super::interval::Enclosure;
use super::number::Elementary;
use super::rational::Rational;
use super::stirling;

/// An enclosure with 200-bit ends: microseconds for + − · /, tenths of milliseconds for the elementary functions.
pub type Precise = Enclosure<Wide>;

/// Precision of [`Wide`] results in bits.
const BITS: usize = 200;

/// Magnitudes are kept within 2^±RANGE; what leaves this range is bounded by its edge, by 0 or by ∞.
const RANGE: isize = 1 << 20;

/// Below 2^−SMALL an argument x gives x or 1, up to a factor 1 ± x: closer than the precision tells apart, and correct
/// rounding would need as many bits as lie between.
const SMALL: isize = 2 * BITS as isize;

/// Trigonometric arguments above 2^TURNS are not reduced.
const TURNS: isize = 256;

/// A binary fraction of 200 bits with wide exponent, or ±∞.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wide(Repr<2>);

/// The result of a directed operation at 200 bits: `$context` is bound to the rounding context.
macro_rules! directed {
    ($toward:expr, $context:ident => $operation:expr) => {
        match $toward {
            Toward::Down => {
                let $context = Context::<Down>::new(BITS);
                Wide::settled($operation.map(|r| r.value().into_repr()), $toward)
            }
            Toward::Up => {
                let $context = Context::<Up>::new(BITS);
                Wide::settled($operation.map(|r| r.value().into_repr()), $toward)
            }
        }
    };
}

/// Values of elementary functions that were computed before: the same entries of a point come up again and again.
type Known = BTreeMap<(Wide, Elementary, bool), Option<Wide>>;

/// Most values that are kept.
const KNOWN_CAP: usize = 1 << 14;

thread_local! {
    static KNOWN: RefCell<Known> = const { RefCell::new(Known::new()) };
    /// Digits of π and ln 2 that were computed before.
    static CONSTANTS: RefCell<ConstCache> = const { RefCell::new(ConstCache::new()) };
}

impl Wide {
    fn zero() -> Self {
        Wide(Repr::zero())
    }

    /// The exact value for a comparison at other precisions; `None` if infinite.
    #[cfg(test)]
    pub(super) fn reference(&self) -> Option<FBig<dashu_float::round::mode::HalfEven, 2>> {
        self.is_finite().then(|| FBig::from_repr(self.0.clone(), Context::new(BITS)))
    }

    fn power_of_two(exponent: isize) -> Self {
        Wide(Repr::new(IBig::ONE, exponent))
    }

    fn is_zero(&self) -> bool {
        self.0.is_finite() && self.0.significand().is_zero()
    }

    fn is_negative(&self) -> bool {
        *self < Self::zero()
    }

    /// e with 2^(e−1) ≤ |x| < 2^e, for finite x ≠ 0.
    fn exponent(&self) -> isize {
        let bits = isize::try_from(self.0.significand().unsigned_abs().bit_len()).unwrap_or(isize::MAX);
        self.0.exponent().saturating_add(bits)
    }

    /// The bound that follows when the magnitude is known to be above the range.
    fn overflow(negative: bool, toward: Toward) -> Self {
        match (negative, toward) {
            (false, Toward::Up) => Self::infinity(),
            (false, Toward::Down) => Self::largest(),
            (true, Toward::Down) => Self::infinity().negate(),
            (true, Toward::Up) => Self::largest().negate(),
        }
    }

    /// The bound that follows when the magnitude is known to be below the range.
    fn underflow(negative: bool, toward: Toward) -> Self {
        match (negative, toward) {
            (false, Toward::Up) => Self::power_of_two(-RANGE),
            (true, Toward::Down) => Self::power_of_two(-RANGE).negate(),
            _ => Self::zero(),
        }
    }

    /// A result brought into range; an operation that failed bounds nothing.
    fn settled(result: Result<Repr<2>, FpError>, toward: Toward) -> Self {
        match result {
            Ok(repr) if repr.is_infinite() => Wide(repr),
            Ok(repr) => {
                let x = Wide(repr);
                if x.is_zero() {
                    Self::zero()
                } else if x.exponent() > RANGE {
                    Self::overflow(x.is_negative(), toward)
                } else if x.exponent() <= -RANGE {
                    Self::underflow(x.is_negative(), toward)
                } else {
                    x
                }
            }
            Err(FpError::Overflow(sign)) => Self::overflow(sign == dashu_int::Sign::Negative, toward),
            Err(FpError::Underflow(sign)) => Self::underflow(sign == dashu_int::Sign::Negative, toward),
            Err(_) => match toward {
                Toward::Down => Self::infinity().negate(),
                Toward::Up => Self::infinity(),
            },
        }
    }

    /// The value at a finite number.
    fn value_of(&self, function: Elementary, toward: Toward, constants: &mut ConstCache) -> Option<Self> {
        use Elementary::*;
        let (negative, x) = (self.is_negative(), &self.0);
        // Here |x| ≥ RANGE, and e^|x|/2 > 2^|x|.
        let large = !self.is_zero() && self.exponent() > 20;
        // Here e^−|x| < 2^−700.
        let flat = !self.is_zero() && self.exponent() > 9;
        if let Some(near) = self.near_zero(function, toward) {
            return Some(near);
        }
        Some(match function {
            Exp if large && negative => Self::underflow(false, toward),
            Exp | Cosh if large => Self::overflow(false, toward),
            Sinh if large => Self::overflow(negative, toward),
            Expm1 if large && !negative => Self::overflow(false, toward),
            // −1 < tanh x, eˣ − 1, closer to ∓1 than the precision.
            Tanh | Expm1 if flat && (negative || function == Tanh) => {
                let inside = directed!(toward, context => context.sub(&Repr::one(), &Repr::new(IBig::ONE, -400)));
                match (negative, toward) {
                    (false, Toward::Up) => Self::from_small(1),
                    (false, Toward::Down) => inside,
                    (true, Toward::Down) => Self::from_small(-1),
                    (true, Toward::Up) => {
                        directed!(toward, context => context.sub(&Repr::new(IBig::ONE, -400), &Repr::one()))
                    }
                }
            }
            Ln if self.is_zero() => Self::infinity().negate(),
            Log1p if *self == Self::from_small(-1) => Self::infinity().negate(),
            Exp => directed!(toward, context => context.exp(x, Some(constants))),
            Expm1 => directed!(toward, context => context.exp_m1(x, Some(constants))),
            Ln => directed!(toward, context => context.ln(x, Some(constants))),
            Log1p => directed!(toward, context => context.ln_1p(x, Some(constants))),
            Sqrt => directed!(toward, context => context.sqrt(x)),
            Sin | Cos | Tan if !self.is_zero() && self.exponent() > TURNS => return None,
            Sin => directed!(toward, context => context.sin(x, Some(constants))),
            Cos => directed!(toward, context => context.cos(x, Some(constants))),
            Tan => directed!(toward, context => context.tan(x, Some(constants))),
            Asin => directed!(toward, context => context.asin(x, Some(constants))),
            Acos => directed!(toward, context => context.acos(x, Some(constants))),
            Atan => directed!(toward, context => context.atan(x, Some(constants))),
            Sinh => directed!(toward, context => context.sinh(x, Some(constants))),
            Cosh => directed!(toward, context => context.cosh(x, Some(constants))),
            Tanh => directed!(toward, context => context.tanh(x, Some(constants))),
            Sigmoid | Softplus | Erf | Gamma | LnGamma | Digamma => return None,
        })
    }

    /// The value at a number ≠ 0 so small that f(x) is f(0) or x: |f(x) − f(0)| ≤ 2|x|, |f(x) − x| ≤ x².
    fn near_zero(&self, function: Elementary, toward: Toward) -> Option<Self> {
        use Elementary::*;
        if self.is_zero() || self.exponent() > -SMALL {
            return None;
        }
        let step = Self::power_of_two(-(BITS as isize) + 1);
        let about = match function {
            Exp | Cos | Cosh => Self::from_small(1),
            Expm1 | Log1p | Sin | Tan | Asin | Atan | Sinh | Tanh => self.clone(),
            _ => return None,
        };
        let size = if about.is_negative() { about.negate() } else { about.clone() };
        let error = size.times(&step, Toward::Up);
        Some(match toward {
            Toward::Down => about.plus(&error.negate(), Toward::Down),
            Toward::Up if function == Cos => about,
            Toward::Up => about.plus(&error, Toward::Up),
        })
    }

    /// The limit at ±∞, if there is one.
    fn limit(&self, function: Elementary, toward: Toward) -> Option<Self> {
        use Elementary::*;
        let positive = !self.is_negative();
        match function {
            Exp if !positive => Some(Self::zero()),
            Expm1 if !positive => Some(Self::from_small(-1)),
            Tanh | Erf => Some(Self::from_small(if positive { 1 } else { -1 })),
            Cosh => Some(Self::infinity()),
            Exp | Expm1 | Ln | Log1p | Sqrt | Gamma | LnGamma | Digamma if positive => Some(self.clone()),
            Sinh => Some(self.clone()),
            // atan ∞ = 2 atan 1
            Atan if positive => {
                let quarter = Self::from_small(1).elementary(Atan, toward)?;
                Some(quarter.plus(&quarter, toward))
            }
            Atan => Some(Self::infinity().limit(Atan, toward.opposite())?.negate()),
            _ => None,
        }
    }
}

impl Endpoint for Wide {
    const BITS: usize = BITS;

    fn from_small(n: i32) -> Self {
        Wide(Repr::new(IBig::from(n), 0))
    }

    fn from_f64(x: f64) -> Option<Self> {
        Repr::try_from(x).ok().map(Wide)
    }

    fn from_rational(q: &Rational, toward: Toward) -> Self {
        let numerator = Repr::new(q.numerator(), 0);
        let denominator = Repr::new(IBig::from(q.denominator()), 0);
        directed!(toward, context => context.div(&numerator, &denominator))
    }

    fn infinity() -> Self {
        Wide(Repr::infinity())
    }

    fn largest() -> Self {
        Self::power_of_two(RANGE)
    }

    fn is_finite(&self) -> bool {
        self.0.is_finite()
    }

    fn negate(&self) -> Self {
        if self.is_zero() { Self::zero() } else { Wide(-self.0.clone()) }
    }

    fn plus(&self, other: &Self, toward: Toward) -> Self {
        match (self.is_finite(), other.is_finite()) {
            (false, _) => self.clone(),
            (_, false) => other.clone(),
            _ => directed!(toward, context => context.add(&self.0, &other.0)),
        }
    }

    fn times(&self, other: &Self, toward: Toward) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self::zero();
        }
        if !(self.is_finite() && other.is_finite()) {
            let infinity = Self::infinity();
            return if self.is_negative() == other.is_negative() { infinity } else { infinity.negate() };
        }
        directed!(toward, context => context.mul(&self.0, &other.0))
    }

    fn over(&self, divisor: &Self, toward: Toward) -> Self {
        if self.is_zero() || !divisor.is_finite() {
            return Self::zero();
        }
        if !self.is_finite() {
            return if divisor.is_negative() { self.negate() } else { self.clone() };
        }
        directed!(toward, context => context.div(&self.0, &divisor.0))
    }

    fn floored(&self) -> Self {
        if !self.is_finite() || self.0.is_int() {
            return self.clone();
        }
        if self.exponent() <= 0 {
            return Self::from_small(if self.is_negative() { -1 } else { 0 });
        }
        Wide(FBig::<Down, 2>::from_repr(self.0.clone(), Context::new(0)).floor().into_repr())
    }

    /// exp(y ln x), with the limits of [`Endpoint::power`].
    fn power(&self, exponent: &Self, toward: Toward) -> Self {
        let one = Self::from_small(1);
        if exponent.is_zero() || *self == one {
            return one;
        }
        if self.is_zero() || !self.is_finite() {
            let large = self.is_zero() == exponent.is_negative();
            return if large { Self::infinity() } else { Self::zero() };
        }
        let log_toward = if exponent.is_negative() { toward.opposite() } else { toward };
        let power = || {
            let log = self.elementary(Elementary::Ln, log_toward)?;
            log.times(exponent, toward).elementary(Elementary::Exp, toward)
        };
        power().unwrap_or_else(|| match toward {
            Toward::Down => Self::zero(),
            Toward::Up => Self::infinity(),
        })
    }

    fn elementary(&self, function: Elementary, toward: Toward) -> Option<Self> {
        if !self.is_finite() {
            return self.limit(function, toward);
        }
        KNOWN.with(|known| {
            let key = (self.clone(), function, toward == Toward::Up);
            if let Some(value) = known.try_borrow().ok().and_then(|k| k.get(&key).cloned()) {
                return value;
            }
            let value = match function {
                Elementary::Gamma | Elementary::LnGamma | Elementary::Digamma => {
                    stirling::bound(self, function, toward)
                }
                _ => CONSTANTS.with_borrow_mut(|constants| self.value_of(function, toward, constants)),
            };
            if let Ok(mut known) = known.try_borrow_mut() {
                if known.len() >= KNOWN_CAP {
                    known.clear();
                }
                known.insert(key, value.clone());
            }
            value
        })
    }

    fn quadrant(&self) -> Option<u8> {
        if self.is_zero() {
            return Some(0);
        }
        let zero = Self::zero();
        let positive = |function| {
            let (lo, hi) = (self.image(function, Toward::Down)?, self.image(function, Toward::Up)?);
            if lo > zero {
                Some(true)
            } else if hi < zero {
                Some(false)
            } else {
                None
            }
        };
        Some(match (positive(Elementary::Sin)?, positive(Elementary::Cos)?) {
            (true, true) => 0,
            (true, false) => 1,
            (false, false) => 2,
            (false, true) => 3,
        })
    }

    fn to_f64(&self) -> f64 {
        if self.is_finite() {
            self.0.to_f64().value()
        } else if self.is_negative() {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        }
    }

    fn between(lo: &Self, hi: &Self) -> Self {
        let (zero, one) = (Self::zero(), Self::from_small(1));
        match (lo.is_finite(), hi.is_finite()) {
            (true, true) => {
                let middle = lo.plus(hi, Toward::Down).over(&Self::from_small(2), Toward::Down);
                if middle.cmp(lo) == Ordering::Less { lo.clone() } else { middle }
            }
            (true, false) if *lo < zero => zero,
            (true, false) if *lo < one => one,
            (true, false) => lo.plus(lo, Toward::Down),
            (false, true) => Self::between(&hi.negate(), &Self::infinity()).negate(),
            (false, false) => zero,
        }
    }
}
