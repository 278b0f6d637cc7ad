//! Sets of signs.

use std::ops::{Add, BitAnd, BitOr, Mul, Neg};

/// The signs that a real number may have: a subset of {−, 0, +}. Fewer signs say more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Sign(u8);

impl Sign {
    /// Less than 0.
    pub const NEGATIVE: Sign = Sign(1);
    /// Equal to 0.
    pub const ZERO: Sign = Sign(2);
    /// Greater than 0.
    pub const POSITIVE: Sign = Sign(4);
    /// At most 0.
    pub const NONPOSITIVE: Sign = Sign(3);
    /// At least 0.
    pub const NONNEGATIVE: Sign = Sign(6);
    /// Not 0.
    pub const NONZERO: Sign = Sign(5);
    /// Nothing is known.
    pub const ANY: Sign = Sign(7);

    /// Whether only signs of `other` are possible.
    #[inline]
    pub fn is(self, other: Sign) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether some sign of `other` is possible.
    #[inline]
    pub fn may_be(self, other: Sign) -> bool {
        self.0 & other.0 != 0
    }

    /// The sign of an exact order relation to 0.
    pub fn of(order: std::cmp::Ordering) -> Sign {
        match order {
            std::cmp::Ordering::Less => Sign::NEGATIVE,
            std::cmp::Ordering::Equal => Sign::ZERO,
            std::cmp::Ordering::Greater => Sign::POSITIVE,
        }
    }

    /// What both say; where they contradict each other (contradictory givens), what the first says.
    #[inline]
    pub fn meet(self, other: Sign) -> Sign {
        if self.0 & other.0 == 0 { self } else { Sign(self.0 & other.0) }
    }

    /// The sign of the absolute value.
    #[inline]
    pub fn abs(self) -> Sign {
        (self | -self) & Sign::NONNEGATIVE
    }

    /// The sign of the n-th power, n an integer; a negative power exists only of a number other than 0.
    pub fn power(self, n: i64) -> Sign {
        if n == 0 {
            return Sign::POSITIVE;
        }
        let base = if n < 0 { self & Sign::NONZERO } else { self };
        let base = if base.0 == 0 { Sign::NONZERO } else { base };
        if n % 2 == 0 { (base | -base) & Sign::NONNEGATIVE } else { base }
    }

    fn map2(self, other: Sign, table: fn(i8, i8) -> u8) -> Sign {
        let mut out = 0;
        for (i, a) in [-1i8, 0, 1].into_iter().enumerate() {
            for (j, b) in [-1i8, 0, 1].into_iter().enumerate() {
                if self.0 & (1 << i) != 0 && other.0 & (1 << j) != 0 {
                    out |= table(a, b);
                }
            }
        }
        Sign(out)
    }
}

impl Add for Sign {
    type Output = Sign;
    fn add(self, other: Sign) -> Sign {
        self.map2(other, |a, b| match a + b {
            0 if a != 0 => 7,
            s if s < 0 => 1,
            0 => 2,
            _ => 4,
        })
    }
}

impl Mul for Sign {
    type Output = Sign;
    fn mul(self, other: Sign) -> Sign {
        self.map2(other, |a, b| match a * b {
            s if s < 0 => 1,
            0 => 2,
            _ => 4,
        })
    }
}

impl Neg for Sign {
    type Output = Sign;
    #[inline]
    fn neg(self) -> Sign {
        self * Sign::NEGATIVE
    }
}

impl BitAnd for Sign {
    type Output = Sign;
    #[inline]
    fn bitand(self, other: Sign) -> Sign {
        Sign(self.0 & other.0)
    }
}

impl BitOr for Sign {
    type Output = Sign;
    #[inline]
    fn bitor(self, other: Sign) -> Sign {
        Sign(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Sign; 7] = [Sign(1), Sign(2), Sign(3), Sign(4), Sign(5), Sign(6), Sign(7)];

    #[test]
    fn operations_contain_every_case() {
        let of = |x: i64| Sign::of(x.cmp(&0));
        for x in -3i64..=3 {
            for y in -3i64..=3 {
                for a in ALL.into_iter().filter(|a| of(x).is(*a)) {
                    assert!(of(-x).is(-a) && of(x.abs()).is(a.abs()));
                    for n in 0..4 {
                        assert!(of(x.pow(n)).is(a.power(i64::from(n))));
                    }
                    for b in ALL.into_iter().filter(|b| of(y).is(*b)) {
                        assert!(of(x + y).is(a + b) && of(x * y).is(a * b));
                    }
                }
            }
        }
    }

    #[test]
    fn absolute_values_are_not_negative() {
        for a in ALL {
            assert!(a.abs().is(Sign::NONNEGATIVE), "{a:?}");
        }
    }
}
