//! Fractions as they are kept: of machine integers wherever these hold them, else of big ones.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// A fraction in lowest terms, denominator positive. One that machine integers hold is never kept with big ones, so that
/// equal fractions are kept alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fraction {
    /// Numerator and denominator.
    Small(i64, i64),
    /// One of them is too long for that.
    Big(Box<RBig>),
}

impl Fraction {
    pub(super) const ZERO: Fraction = Fraction::Small(0, 1);
    pub(super) const ONE: Fraction = Fraction::Small(1, 1);

    /// Numerator and denominator, where machine integers hold them.
    #[inline]
    pub(super) fn small(&self) -> Option<(i64, i64)> {
        match self {
            Fraction::Small(n, d) => Some((*n, *d)),
            Fraction::Big(_) => None,
        }
    }

    /// The fraction `n / d`, in any terms; d > 0.
    pub(super) fn of(n: i128, d: i128) -> Fraction {
        let common = gcd(n.unsigned_abs(), d.unsigned_abs());
        let common = i128::try_from(common).unwrap_or(1).max(1);
        let (n, d) = (n / common, d / common);
        match (i64::try_from(n), i64::try_from(d)) {
            (Ok(n), Ok(d)) => Fraction::Small(n, d),
            _ => Fraction::from(RBig::from_parts(IBig::from(n), UBig::from(d.unsigned_abs()))),
        }
    }

    /// The same with big integers.
    #[inline]
    pub(super) fn big(&self) -> Cow<'_, RBig> {
        match self {
            Fraction::Small(n, d) => Cow::Owned(RBig::from_parts(IBig::from(*n), UBig::from(d.unsigned_abs()))),
            Fraction::Big(q) => Cow::Borrowed(q),
        }
    }

    /// The sum, or with `minus` the difference.
    pub(super) fn plus(&self, other: &Fraction, minus: bool) -> Fraction {
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            let c = if minus { -i128::from(c) } else { i128::from(c) };
            if b == 1 && d == 1 {
                return Fraction::whole(i128::from(a) + c);
            }
            // Products of machine integers take 126 bits at most, their sum 127.
            let (b, d) = (i128::from(b), i128::from(d));
            return if b == d {
                Fraction::of(i128::from(a) + c, b)
            } else {
                Fraction::of(i128::from(a) * d + c * b, b * d)
            };
        }
        let (x, y) = (self.big(), other.big());
        Fraction::from(if minus { &*x - &*y } else { &*x + &*y })
    }

    /// The product.
    pub(super) fn times(&self, other: &Fraction) -> Fraction {
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            let above = i128::from(a) * i128::from(c);
            return if b == 1 && d == 1 {
                Fraction::whole(above)
            } else {
                Fraction::of(above, i128::from(b) * i128::from(d))
            };
        }
        Fraction::from(&*self.big() * &*other.big())
    }

    /// The quotient; `None` if the other is 0.
    pub(super) fn over(&self, other: &Fraction) -> Option<Fraction> {
        if *other == Fraction::ZERO {
            return None;
        }
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            let (above, below) = (i128::from(a) * i128::from(d), i128::from(b) * i128::from(c));
            return Some(if below < 0 { Fraction::of(-above, -below) } else { Fraction::of(above, below) });
        }
        Some(Fraction::from(&*self.big() / &*other.big()))
    }

    /// With the other sign.
    pub(super) fn negated(&self) -> Fraction {
        match self {
            Fraction::Small(n, d) => match n.checked_neg() {
                Some(n) => Fraction::Small(n, *d),
                None => Fraction::of(-i128::from(*n), i128::from(*d)),
            },
            Fraction::Big(q) => Fraction::from(-&**q),
        }
    }

    #[inline]
    fn whole(n: i128) -> Fraction {
        match i64::try_from(n) {
            Ok(n) => Fraction::Small(n, 1),
            Err(_) => Fraction::Big(Box::new(RBig::from(n))),
        }
    }
}

/// The greatest number of which all of these are integral multiples, in any order; `None` where machine integers do not
/// hold it.
pub(super) fn short_content<'a>(all: impl Iterator<Item = &'a Fraction>) -> Option<Fraction> {
    let (mut above, mut below) = (0, 1u64);
    for q in all {
        let (n, d) = q.small()?;
        let d = d.unsigned_abs();
        above = short_gcd(above, n.unsigned_abs());
        below = below.checked_mul(d / short_gcd(below, d))?;
    }
    Some(Fraction::Small(i64::try_from(above).ok()?, i64::try_from(below).ok()?))
}

/// The greatest common divisor; of 0 and a number that number.
fn gcd(mut a: u128, mut b: u128) -> u128 {
    loop {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(short_gcd(a, b));
        }
        if b == 0 {
            return a;
        }
        (a, b) = (b, a % b);
    }
}

/// The same of machine integers, without a division.
fn short_gcd(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    loop {
        b >>= b.trailing_zeros();
        if a > b {
            (a, b) = (b, a);
        }
        b -= a;
        if b == 0 {
            return a << twos;
        }
    }
}

impl From<RBig> for Fraction {
    #[inline]
    fn from(q: RBig) -> Fraction {
        match (i64::try_from(q.numerator()), i64::try_from(q.denominator())) {
            (Ok(n), Ok(d)) => Fraction::Small(n, d),
            _ => Fraction::Big(Box::new(q)),
        }
    }
}

impl PartialOrd for Fraction {
    #[inline]
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) if b == d => a.cmp(&c),
            (Some((a, b)), Some((c, d))) => (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b))),
            _ => self.big().cmp(&other.big()),
        }
    }
}

impl Hash for Fraction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Fraction::Small(n, 1) => state.write_i64(*n),
            Fraction::Small(n, d) => {
                state.write_i64(*n);
                state.write_i64(*d);
            }
            Fraction::Big(q) => q.hash(state),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_integer() -> impl Strategy<Value = i64> {
        prop_oneof![-9i64..=9, any::<i64>(), Just(i64::MIN), Just(i64::MAX)]
    }

    fn any_fraction() -> impl Strategy<Value = (Fraction, RBig)> {
        let parts = (any_integer(), prop_oneof![1i64..=9, 1i64.., Just(i64::MAX)], -1i32..=1);
        parts.prop_map(|(n, d, power)| {
            let q = RBig::from_parts(IBig::from(n), UBig::from(d.unsigned_abs()));
            let long = RBig::from(UBig::ONE << 70);
            let q = match power {
                1 => q * long,
                -1 => q / long,
                _ => q,
            };
            (Fraction::from(q.clone()), q)
        })
    }

    proptest! {
        #[test]
        fn arithmetic_is_that_of_big_numbers((a, x) in any_fraction(), (b, y) in any_fraction()) {
            prop_assert!(a.plus(&b, false) == Fraction::from(&x + &y));
            prop_assert!(a.plus(&b, true) == Fraction::from(&x - &y));
            prop_assert!(a.times(&b) == Fraction::from(&x * &y));
            prop_assert!(a.negated() == Fraction::from(-&x));
            prop_assert!(*a.big() == x);
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            match a.over(&b) {
                Some(quotient) => prop_assert!(quotient == Fraction::from(&x / &y)),
                None => prop_assert!(y.is_zero()),
            }
        }

        #[test]
        fn a_content_divides_all(n in any_integer(), m in any_integer(), d in 1i64..=99, k in 1i64..=99) {
            let all = [(n, d), (m, k)].map(|(n, d)| Fraction::of(i128::from(n), i128::from(d)));
            if let Some(content) = short_content(all.iter()) {
                let multiples: Vec<Option<Fraction>> = all.iter().map(|q| q.over(&content)).collect();
                prop_assert!(multiples.iter().flatten().all(|q| q.big().is_int()));
                let whole: Vec<Fraction> = multiples.into_iter().flatten().collect();
                prop_assert!(short_content(whole.iter()).is_none_or(|c| c == Fraction::ONE || c == Fraction::ZERO));
            }
        }

        #[test]
        fn lowest_terms_are_found(n in any_integer(), m in any_integer(), d in 1i64.., k in 1i64..99) {
            let (above, below) = (i128::from(n) * i128::from(m), i128::from(d) * i128::from(k));
            let big = RBig::from_parts(IBig::from(above), UBig::from(below.unsigned_abs()));
            prop_assert!(Fraction::of(above, below) == Fraction::from(big));
        }
    }
}
