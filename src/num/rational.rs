//! Exact rational numbers.

use std::fmt;
use std::str::FromStr;

use dashu_int::ops::{BitTest, Gcd, UnsignedAbs};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use num_traits::{Inv, One, Zero};

use super::fraction::{Fraction, short_content};

/// Longest decimal literal that [`Rational::from_str`] reads, in bytes.
const LITERAL_CAP: usize = 4096;

/// An exact rational number in lowest terms, denominator positive.
///
/// There is no `Div`: a quotient may not exist, see [`Rational::checked_div`]. Sums and products grow without bound;
/// whoever works on untrusted input watches [`Rational::bit_len`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(pub(super) Fraction);

/// Why a text is no decimal literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseRationalError {
    /// Something else than an optional sign, digits and at most one point with a digit beside it.
    #[error("not a decimal literal")]
    Syntax,
    /// More characters than are read.
    #[error("decimal literal too long")]
    TooLong,
}

impl Rational {
    /// Largest numerator or denominator, in bits, that powers, factorials and binomials may produce.
    pub const BIT_CAP: u64 = 1 << 16;

    /// `numerator / denominator`, or `None` if the denominator is 0.
    #[inline]
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        Self::from(numerator).checked_div(&Self::from(denominator))
    }

    /// `numerator / denominator` of big integers, or `None` if the denominator is 0.
    #[inline]
    pub fn from_parts(numerator: IBig, denominator: IBig) -> Option<Self> {
        (!denominator.is_zero()).then(|| Self(RBig::from_parts_signed(numerator, denominator).into()))
    }

    /// The exact value of a finite float; `None` for NaN and infinities.
    #[inline]
    pub fn from_f64(x: f64) -> Option<Self> {
        RBig::try_from(x).ok().map(|q| Self(q.into()))
    }

    /// Numerator in lowest terms; it carries the sign.
    #[inline]
    pub fn numerator(&self) -> IBig {
        match &self.0 {
            Fraction::Small(n, _) => IBig::from(*n),
            Fraction::Big(q) => q.numerator().clone(),
        }
    }

    /// Denominator in lowest terms, ≥ 1.
    #[inline]
    pub fn denominator(&self) -> UBig {
        match &self.0 {
            Fraction::Small(_, d) => UBig::from(d.unsigned_abs()),
            Fraction::Big(q) => q.denominator().clone(),
        }
    }

    /// Numerator and denominator as numbers.
    #[inline]
    pub fn parts(&self) -> (Self, Self) {
        match &self.0 {
            Fraction::Small(n, d) => (Self::from(*n), Self::from(*d)),
            Fraction::Big(q) => (Self::from(q.numerator().clone()), Self::from(IBig::from(q.denominator().clone()))),
        }
    }

    /// The greatest number of which all of these are integral multiples.
    pub fn content<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Self {
        if let Some(short) = short_content(all.clone().map(|q| &q.0)) {
            return Self(short);
        }
        let (mut gcd, mut lcm) = (UBig::ZERO, UBig::ONE);
        for q in all {
            let (n, d) = (q.numerator().unsigned_abs(), q.denominator());
            gcd = if gcd.is_zero() { n } else { gcd.gcd(&n) };
            let common = (&lcm).gcd(&d);
            lcm = &lcm / common * d;
        }
        Self(RBig::from_parts(IBig::from(gcd), lcm).into())
    }

    /// Bits of the longer of numerator and denominator.
    #[inline]
    pub fn bit_len(&self) -> u64 {
        match &self.0 {
            Fraction::Small(n, d) => u64::from(64 - (n.unsigned_abs() | d.unsigned_abs()).leading_zeros()),
            Fraction::Big(q) => magnitude_bits(q.numerator()).max(q.denominator().bit_len()) as u64,
        }
    }

    /// Whether the denominator is 1.
    #[inline]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Fraction::Small(_, d) => *d == 1,
            Fraction::Big(q) => q.is_int(),
        }
    }

    /// Whether the number is < 0.
    #[inline]
    pub fn numer_is_negative(&self) -> bool {
        match &self.0 {
            Fraction::Small(n, _) => *n < 0,
            Fraction::Big(q) => **q < RBig::ZERO,
        }
    }

    /// The value as a machine integer, if it is one.
    #[inline]
    pub fn to_i64(&self) -> Option<i64> {
        self.0.small().and_then(|(n, d)| (d == 1).then_some(n))
    }

    /// Absolute value.
    #[inline]
    pub fn abs(&self) -> Self {
        if self.numer_is_negative() { -self } else { self.clone() }
    }

    /// Largest integer ≤ self.
    #[inline]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Fraction::Small(n, d) => Self::from(n.div_euclid(*d)),
            Fraction::Big(q) => Self::from(q.floor()),
        }
    }

    /// `self / divisor`, or `None` if the divisor is 0.
    #[inline]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        self.0.over(&divisor.0).map(Self)
    }

    /// `self` to an integer power; `x⁰ = 1`, also for x = 0. `None` for a negative power of 0, and if the result is
    /// estimated above [`Self::BIT_CAP`] bits.
    pub fn pow_int(&self, exponent: i64) -> Option<Self> {
        if exponent == 0 {
            return Some(Self::one());
        }
        if self.is_zero() {
            return (exponent > 0).then(Self::zero);
        }
        if self.abs().is_one() {
            return Some(if exponent % 2 == 0 { Self::one() } else { self.clone() });
        }
        let magnitude = exponent.unsigned_abs();
        if self.bit_len().checked_mul(magnitude)? > Self::BIT_CAP {
            return None;
        }
        let power = match self.0.small().zip(u32::try_from(magnitude).ok()) {
            Some(((n, d), m)) if n.checked_pow(m).is_some() && d.checked_pow(m).is_some() => {
                Self(Fraction::Small(n.pow(m), d.pow(m)))
            }
            _ => Self(self.0.big().pow(isize::try_from(magnitude).ok()?).into()),
        };
        if exponent > 0 { Some(power) } else { power.inv() }
    }

    /// The non-negative square root, if it is rational.
    #[inline]
    pub fn sqrt_exact(&self) -> Option<Self> {
        self.root_exact(2)
    }

    /// The real n-th root, if it is rational: for even n of a number ≥ 0 the non-negative one. `None` for n = 0 and
    /// n above [`Self::BIT_CAP`].
    pub fn root_exact(&self, n: u32) -> Option<Self> {
        if n == 0 || u64::from(n) > Self::BIT_CAP || (n.is_multiple_of(2) && self.numer_is_negative()) {
            return None;
        }
        let degree = n as usize;
        let root = |x: &UBig| {
            // Between 1 and 2ⁿ no integer has an integral root.
            if *x <= UBig::ONE {
                return Some(x.clone());
            }
            if x.bit_len() <= degree {
                return None;
            }
            // Newton's steps are many and dear where the degree is great; halving takes as many as the root has bits.
            if degree > 64 {
                let (mut low, mut high) = (UBig::ONE, UBig::ONE << (x.bit_len() / degree + 1));
                while low < high {
                    let middle = (&low + &high) >> 1;
                    if middle.pow(degree) < *x {
                        low = middle + UBig::ONE;
                    } else {
                        high = middle;
                    }
                }
                return (low.pow(degree) == *x).then_some(low);
            }
            let r = x.nth_root(degree);
            (r.pow(degree) == *x).then_some(r)
        };
        let numerator = IBig::from(root(&self.numerator().unsigned_abs())?);
        let numerator = if self.numer_is_negative() { -numerator } else { numerator };
        Some(Self(RBig::from_parts(numerator, root(&self.denominator())?).into()))
    }

    /// The nearest float, ties to even; ±∞ beyond the range.
    #[inline]
    pub fn to_f64(&self) -> f64 {
        // One rounding of exact numbers.
        self.small_parts().map_or_else(|| self.0.big().to_f64().value(), |(n, d)| n / d)
    }

    /// The double nearest to self = n/d, x, and a number of the sign of x − self; `None` if n or d is above 2^53. The sign is
    /// that of x·d − n, which one rounding does not change.
    #[inline]
    pub(super) fn to_small_f64(&self) -> Option<(f64, f64)> {
        let (n, d) = self.small_parts()?;
        let x = n / d;
        Some((x, if d == 1.0 { 0.0 } else { x.mul_add(d, -n) }))
    }

    /// Numerator and denominator, where floats hold them exactly.
    #[inline]
    fn small_parts(&self) -> Option<(f64, f64)> {
        let small = |n: i64| (n.unsigned_abs() <= 1 << 53).then_some(n as f64);
        let (n, d) = self.0.small()?;
        Some((small(n)?, small(d)?))
    }

    /// `n!` for an integer 0 ≤ n; `None` otherwise, and above the cap on bits.
    pub fn factorial_exact(&self) -> Option<Self> {
        let n = u64::try_from(self.to_i64()?).ok()?;
        if n.checked_mul(u64::from(64 - n.leading_zeros()))? > Self::BIT_CAP {
            return None;
        }
        let product = (1..=n).fold(UBig::ONE, |product, k| product * k);
        Some(Self(RBig::from(product).into()))
    }

    /// The binomial coefficient "n over k" = n(n−1)⋯(n−k+1)/k! for an integer k and any rational n; 0 for k < 0
    /// (DLMF 1.2.6). `None` if k is no integer, and above the cap on bits.
    pub fn binomial_exact(&self, k: &Self) -> Option<Self> {
        let mut k = k.to_i64()?;
        if k < 0 {
            return Some(Self::zero());
        }
        if let Some(n) = self.to_i64()
            && n >= 0
        {
            if k > n {
                return Some(Self::zero());
            }
            k = k.min(n - k);
        }
        let steps = u64::try_from(k).ok()?;
        let bits_per_step = self.bit_len().max(u64::from(64 - steps.leading_zeros())) + 1;
        if steps.checked_mul(bits_per_step)? > Self::BIT_CAP {
            return None;
        }
        let mut result = Self::one();
        for i in 0..k {
            result = (&result * &(self - &Self::from(i))).checked_div(&Self::from(i + 1))?;
        }
        Some(result)
    }
}

/// Bits of the absolute value.
fn magnitude_bits(n: &IBig) -> usize {
    let word = dashu_int::Word::BITS as usize;
    match n.as_sign_words().1 {
        [] => 0,
        [lower @ .., top] => (lower.len() + 1) * word - top.leading_zeros() as usize,
    }
}

impl From<i64> for Rational {
    #[inline]
    fn from(n: i64) -> Self {
        Self(Fraction::Small(n, 1))
    }
}

impl From<IBig> for Rational {
    #[inline]
    fn from(n: IBig) -> Self {
        Self(RBig::from(n).into())
    }
}

impl FromStr for Rational {
    type Err = ParseRationalError;

    /// Reads a decimal literal exactly: `12`, `0.25`, `.5`, `3.`, with an optional ASCII sign.
    fn from_str(text: &str) -> Result<Self, ParseRationalError> {
        if text.len() > LITERAL_CAP {
            return Err(ParseRationalError::TooLong);
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ParseRationalError::Syntax);
        }
        let numerator = IBig::from_str_radix(&digits, 10).map_err(|_| ParseRationalError::Syntax)?;
        let numerator = if negative { -numerator } else { numerator };
        Ok(Self(RBig::from_parts(numerator, UBig::from(10u8).pow(fraction.len())).into()))
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Fraction::Small(n, 1) => fmt::Display::fmt(n, f),
            Fraction::Small(n, d) => write!(f, "{n}/{d}"),
            Fraction::Big(q) => fmt::Display::fmt(q, f),
        }
    }
}

impl fmt::Debug for Rational {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn q(n: i64, d: i64) -> Rational {
        Rational::new(n, d).unwrap()
    }

    fn any_rational() -> impl Strategy<Value = Rational> {
        prop_oneof![(-9i64..=9, 1i64..=9).prop_map(|(n, d)| q(n, d)), (any::<i64>(), 1i64..).prop_map(|(n, d)| q(n, d)),]
    }

    proptest! {
        #[test]
        fn field_laws_hold(a in any_rational(), b in any_rational(), c in any_rational()) {
            prop_assert_eq!(&a + &b, &b + &a);
            prop_assert_eq!(&a * &(&b + &c), &(&a * &b) + &(&a * &c));
            prop_assert_eq!((&a - &b) + &b, a.clone());
            prop_assert_eq!(&(&a * &b) * &c, &a * &(&b * &c));
            match a.checked_div(&b) {
                Some(quotient) => prop_assert_eq!(&quotient * &b, a),
                None => prop_assert!(b.is_zero()),
            }
        }

        #[test]
        fn order_agrees_with_cross_multiplication(a in -99i64..99, b in 1i64..99, c in -99i64..99, d in 1i64..99) {
            prop_assert_eq!(q(a, b).cmp(&q(c, d)), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn powers_are_repeated_products_and_roots_undo_them(a in -9i64..9, b in 1i64..9, n in 1u32..7) {
            let x = q(a, b);
            let power = (0..n).fold(Rational::one(), |p, _| &p * &x);
            prop_assert_eq!(x.pow_int(n.into()), Some(power.clone()));
            let root = if n % 2 == 0 { x.abs() } else { x.clone() };
            prop_assert_eq!(power.root_exact(n), Some(root));
            prop_assert_eq!(x.pow_int(-i64::from(n)), Rational::one().checked_div(&power));
        }

        #[test]
        fn decimal_literals_are_exact(whole in 0u32.., fraction in 0u32..1000) {
            let read: Rational = format!("-{whole}.{fraction:03}").parse().unwrap();
            prop_assert_eq!(read, -(Rational::from(i64::from(whole)) + q(fraction.into(), 1000)));
        }

        #[test]
        fn floats_survive_the_way_there_and_back(x in any::<f64>().prop_filter("finite", |x| x.is_finite())) {
            prop_assert_eq!(Rational::from_f64(x).unwrap().to_f64(), x);
        }

        #[test]
        fn pascals_rule_holds(n in 1i64..60, k in 1i64..60) {
            let over = |n: i64, k: i64| Rational::from(n).binomial_exact(&Rational::from(k)).unwrap();
            prop_assert_eq!(over(n, k), over(n - 1, k - 1) + over(n - 1, k));
        }
    }

    #[test]
    fn literals_that_are_none_are_refused() {
        for text in ["", ".", "-", "1.2.3", "1e5", "0x10", "1_000", "½", "--1", "1,5", " 1"] {
            assert_eq!(text.parse::<Rational>(), Err(ParseRationalError::Syntax), "{text}");
        }
        assert_eq!("9".repeat(5000).parse::<Rational>(), Err(ParseRationalError::TooLong));
        assert_eq!(".5".parse(), Ok(q(1, 2)));
        assert_eq!("12".parse(), Ok(Rational::from(12)));
    }

    #[test]
    fn display_is_lowest_terms_with_the_sign_in_front() {
        assert_eq!(q(4, -6).to_string(), "-2/3");
        assert_eq!(q(-8, 4).to_string(), "-2");
        assert_eq!(q(-7, 2).floor(), Rational::from(-4));
    }

    #[test]
    fn growth_is_capped_and_undefined_values_are_none() {
        assert_eq!(Rational::from(2).pow_int(1 << 40), None);
        assert_eq!(Rational::from(2).pow_int(i64::MIN), None);
        assert_eq!(Rational::from(-1).pow_int(i64::MIN), Some(Rational::one()));
        assert_eq!(Rational::zero().pow_int(0), Some(Rational::one()));
        assert_eq!(Rational::zero().pow_int(-1), None);
        assert_eq!(q(1, 2).sqrt_exact(), None);
        assert_eq!(q(-1, 4).sqrt_exact(), None);
        assert_eq!(q(-8, 27).root_exact(3), Some(q(-2, 3)));
        assert_eq!(Rational::from(1 << 40).factorial_exact(), None);
        assert_eq!(Rational::from(20).factorial_exact(), Some(Rational::from(2_432_902_008_176_640_000)));
        assert_eq!(q(1, 2).binomial_exact(&Rational::from(2)), Some(q(-1, 8)));
        assert_eq!(Rational::from(1 << 40).binomial_exact(&Rational::from(1 << 39)), None);
        assert_eq!(Rational::from(-5).bit_len(), 3);
        assert_eq!(Rational::from(i64::MIN).bit_len(), 64);
    }
}
