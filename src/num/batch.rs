//! Elementary functions of many numbers at a time: plain operations without branches, so that the compiler makes vector
//! instructions of loops over them, whatever the machine has. No operation is fused, so each machine gives the same
//! bits.
//!
//! Both are within one unit in the last place of the correctly rounded value (tested against CORE-MATH).

/// 2⁵² + 2⁵¹: what is added to it is rounded to an integer.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// ln 2 in two parts (fdlibm); the first has 32 bits, so that its products with exponents are exact.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// eˣ. What is below e^−708 is 0, what is above the greatest number is ∞.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    const HIGHEST: f64 = 709.0;
    let Exponential { mantissa, k, value } = parts(x);
    // Near the end of the range the exponent alone does not hold the scale.
    let inside = if x > HIGHEST { edge(x, mantissa, k) } else { value };
    if x.is_nan() { x } else { inside }
}

/// The same, bit for bit, of what is not above 0.
#[inline(always)]
pub fn exp_at_most_one(x: f64) -> f64 {
    if x.is_nan() { x } else { parts(x).value }
}

/// eˣ as 2ᵏ times a mantissa, and the value where the exponent holds the scale.
struct Exponential {
    mantissa: f64,
    k: f64,
    value: f64,
}

#[inline(always)]
fn parts(x: f64) -> Exponential {
    const LOWEST: f64 = -708.0;
    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    // |r| ≤ ln 2 / 2
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    // Taylor's series up to r¹³: the rest is below 2^−57. Pairs first, for their operations don't wait for each other.
    let (r2, third) = (r * r, 1.0 / 6.0);
    let r4 = r2 * r2;
    let a = 0.5 + r * third;
    let b = 1.0 / 24.0 + r * (1.0 / 120.0);
    let c = 1.0 / 720.0 + r * (1.0 / 5_040.0);
    let d = 1.0 / 40_320.0 + r * (1.0 / 362_880.0);
    let e = 1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0);
    let f = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let tail = (a + r2 * b) + r4 * ((c + r2 * d) + r4 * (e + r2 * f));
    let mantissa = 1.0 + (r + r2 * tail);
    // The low bits of the rounded number are k; they are added to the exponent.
    let scaled = f64::from_bits(mantissa.to_bits().wrapping_add(rounded.to_bits() << 52));
    let value = if x < LOWEST { 0.0 } else { scaled };
    Exponential { mantissa, k, value }
}

/// 2ᵏ times a mantissa, for k up to 1024: ∞ where that is too large.
#[inline(always)]
fn edge(x: f64, mantissa: f64, k: f64) -> f64 {
    const OVERFLOW: f64 = 709.782_712_893_384;
    let half = f64::from_bits(((k - 1.0 + ROUND).to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    let scaled = mantissa * half * 2.0;
    if x > OVERFLOW { f64::INFINITY } else { scaled }
}

/// ln x; NaN for x ≤ 0, where it has no value. After fdlibm's `e_log.c`.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    const SMALLEST: f64 = f64::MIN_POSITIVE;
    const FRACTION: u64 = 0x000f_ffff_ffff_ffff;
    const TWO_52: u64 = 0x4330_0000_0000_0000;
    let tiny = x < SMALLEST;
    let y = if tiny { x * 18_014_398_509_481_984.0 } else { x };
    let bits = y.to_bits();
    // The exponent as a float: below 2⁵² the bits of an integer are those of its float.
    let exponent = f64::from_bits((bits >> 52) | TWO_52) - (4_503_599_627_370_496.0 + 1023.0);
    let exponent = if tiny { exponent - 54.0 } else { exponent };
    let fraction = f64::from_bits((bits & FRACTION) | 1.0_f64.to_bits());
    let large = fraction > std::f64::consts::SQRT_2;
    let m = if large { fraction * 0.5 } else { fraction };
    let k = if large { exponent + 1.0 } else { exponent };
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let (z, half) = (s * s, 0.5 * f * f);
    let w = z * z;
    let odd = w * (3.999_999_999_940_942e-1 + w * (2.222_219_843_214_978_4e-1 + w * 1.531_383_769_920_937_3e-1));
    let even = z
        * (6.666_666_666_666_735e-1
            + w * (2.857_142_874_366_239e-1 + w * (1.818_357_216_161_805e-1 + w * 1.479_819_860_511_658_6e-1)));
    let rest = odd + even;
    let value = k * LN2_HIGH - ((half - (s * (half + rest) + k * LN2_LOW)) - f);
    let value = if x == f64::INFINITY { x } else { value };
    if x > 0.0 { value } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{Elementary, Number};

    /// Units in the last place between two floats.
    fn apart(a: f64, b: f64) -> u64 {
        (a.to_bits().cast_signed() - b.to_bits().cast_signed()).unsigned_abs()
    }

    /// Numbers that are spread over a range without pattern.
    fn spread(count: u32, low: f64, high: f64) -> impl Iterator<Item = f64> {
        let golden = 0.618_033_988_749_894_9_f64;
        (0..count).map(move |i| low + (high - low) * (f64::from(i) * golden).fract())
    }

    #[test]
    fn exp_is_within_one_place_of_the_correctly_rounded_value() {
        let worst = [(-708.0, 709.78), (-40.0, 40.0), (-1.0, 1.0), (-1e-6, 1e-6)]
            .into_iter()
            .flat_map(|(low, high)| spread(100_000, low, high))
            .map(|x| (apart(exp(x), Number::apply(&x, Elementary::Exp)), x))
            .max_by_key(|(ulps, _)| *ulps);
        assert!(worst.is_some_and(|(ulps, _)| ulps <= 1), "{worst:?}");
    }

    #[test]
    fn what_is_not_above_one_has_the_same_bits() {
        let ends = [0.0, -0.0, -708.0, -709.0, f64::NEG_INFINITY, f64::NAN];
        for x in spread(100_000, -720.0, 0.0).chain(ends) {
            assert_eq!(exp_at_most_one(x).to_bits(), exp(x).to_bits(), "{x}");
        }
    }

    #[test]
    fn ln_is_within_one_place_of_the_correctly_rounded_value() {
        let around_one = spread(100_000, -0.5, 0.5).map(|x| 1.0 + x);
        let all = spread(100_000, -740.0, 709.0).map(f64::exp).chain(around_one).chain(spread(100_000, 1.0, 1e6));
        let worst = all
            .filter(|x| *x > 0.0)
            .map(|x| (apart(ln(x), Number::apply(&x, Elementary::Ln)), x))
            .max_by_key(|(ulps, _)| *ulps);
        assert!(worst.is_some_and(|(ulps, _)| ulps <= 1), "{worst:?}");
    }

    #[test]
    fn ends_of_the_range() {
        assert_eq!((exp(0.0), exp(-800.0), exp(800.0)), (1.0, 0.0, f64::INFINITY));
        assert_eq!((exp(f64::NEG_INFINITY), exp(f64::INFINITY)), (0.0, f64::INFINITY));
        assert_eq!((ln(1.0), ln(f64::INFINITY)), (0.0, f64::INFINITY));
        assert!(exp(f64::NAN).is_nan() && ln(0.0).is_nan() && ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
    }
}
