//! Intervals with outward rounding, decorated with definedness.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_traits::{One, Zero};

use super::endpoint::{Endpoint, Toward};
use super::rational::Rational;
use super::ternary::Ternary;

/// An enclosure with float ends: a few ns to some tens of ns an operation, one ulp wide where it is not exact.
pub type Interval = Enclosure<f64>;

/// A closed interval [lo, hi] that holds every value which an expression takes over a box of inputs, and whether the
/// expression has a value there at all (after IEEE 1788-2015, decorations `def`, `trv`, `ill` reduced to a truth value).
///
/// - `defined = True`: at every point of the inputs there is a value, and it lies in [lo, hi];
/// - `Unknown`: wherever there is a value, it lies in [lo, hi];
/// - `False`: there is no value anywhere; lo = ∞, hi = −∞.
///
/// Infinite ends mean unbounded; ±∞ are never values. lo < ∞ and hi > −∞ unless empty.
///
/// Law (inclusion): for f in the operations below, x ∈ X implies f(x) ∈ F(X); X ⊆ Y implies F(X) ⊆ F(Y) up to rounding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enclosure<E> {
    lo: E,
    hi: E,
    defined: Ternary,
}

impl<E: Endpoint> Enclosure<E> {
    /// The defined values from `lo` to `hi`. Ends in the wrong order (or not comparable) tell nothing: the whole line,
    /// of unknown definedness. `[∞, ∞]` is an overflow: everything above the largest finite value.
    #[inline]
    pub fn new(lo: E, hi: E) -> Self {
        Self::decorated(lo, hi, Ternary::True)
    }

    /// [`Self::new`] with definedness; `False` empties.
    pub(super) fn decorated(lo: E, hi: E, defined: Ternary) -> Self {
        if defined == Ternary::False {
            return Self::empty();
        }
        if lo > hi || lo.partial_cmp(&hi).is_none() {
            return Self::undecided();
        }
        let lo = if lo == E::infinity() { E::largest() } else { lo };
        let hi = if hi == E::infinity().negate() { E::largest().negate() } else { hi };
        Self { lo, hi, defined }
    }

    /// The single value `x`. An infinity stands for an overflow: unbounded, of unknown definedness.
    #[inline]
    pub fn point(x: E) -> Self {
        let defined = if x.is_finite() { Ternary::True } else { Ternary::Unknown };
        Self::decorated(x.clone(), x, defined)
    }

    /// All reals, defined.
    #[inline]
    pub fn entire() -> Self {
        Self { lo: E::infinity().negate(), hi: E::infinity(), defined: Ternary::True }
    }

    /// Nothing is known: all reals, or no value.
    #[inline]
    pub fn undecided() -> Self {
        Self { defined: Ternary::Unknown, ..Self::entire() }
    }

    /// Certainly no value.
    #[inline]
    pub fn empty() -> Self {
        Self { lo: E::infinity(), hi: E::infinity().negate(), defined: Ternary::False }
    }

    /// The tightest enclosure of a rational; a point where the rational is representable.
    #[inline]
    pub fn of_rational(q: &Rational) -> Self {
        Self::new(E::from_rational(q, Toward::Down), E::from_rational(q, Toward::Up))
    }

    /// Lower end; ∞ if empty.
    #[inline]
    pub fn lo(&self) -> &E {
        &self.lo
    }

    /// Upper end; −∞ if empty.
    #[inline]
    pub fn hi(&self) -> &E {
        &self.hi
    }

    /// Whether there is a value at every point of the inputs (`True`), at none (`False`), or that is open.
    #[inline]
    pub fn defined(&self) -> Ternary {
        self.defined
    }

    /// The same values, with definedness `and`ed: for conditions that an operation adds.
    #[inline]
    pub fn provided(self, condition: Ternary) -> Self {
        let defined = self.defined.and(condition);
        Self::decorated(self.lo, self.hi, defined)
    }

    /// Whether there is certainly no value.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.defined == Ternary::False
    }

    /// Whether lo = hi: if defined, the value is known exactly.
    #[inline]
    pub fn is_point(&self) -> bool {
        self.lo == self.hi
    }

    /// Whether both ends are finite.
    #[inline]
    pub fn is_bounded(&self) -> bool {
        self.lo.is_finite() && self.hi.is_finite()
    }

    /// Whether x lies in [lo, hi].
    #[inline]
    pub fn contains(&self, x: &E) -> bool {
        self.lo <= *x && *x <= self.hi
    }

    /// Whether `inner` holds no value outside of self.
    #[inline]
    pub fn encloses(&self, inner: &Self) -> bool {
        inner.is_empty() || (self.lo <= inner.lo && inner.hi <= self.hi)
    }

    /// Whether no real lies in both; true if either is empty.
    #[inline]
    pub fn disjoint(&self, other: &Self) -> bool {
        self.is_empty() || other.is_empty() || self.hi < other.lo || other.hi < self.lo
    }

    /// What lies in both, defined only where both are; `None` if no real does.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        if self.disjoint(other) {
            return None;
        }
        let lo = if self.lo >= other.lo { &self.lo } else { &other.lo };
        let hi = if self.hi <= other.hi { &self.hi } else { &other.hi };
        Some(Self::decorated(lo.clone(), hi.clone(), self.defined.and(other.defined)))
    }

    /// The least interval around both, for a value that is one or the other: defined if both are, empty if both are.
    #[inline]
    pub fn hull(&self, other: &Self) -> Self {
        let defined = if self.defined == other.defined { self.defined } else { Ternary::Unknown };
        let lo = if self.lo <= other.lo { &self.lo } else { &other.lo };
        let hi = if self.hi >= other.hi { &self.hi } else { &other.hi };
        Self::decorated(lo.clone(), hi.clone(), defined)
    }

    /// hi − lo rounded up; ∞ if unbounded, 0 if empty.
    #[inline]
    pub fn width(&self) -> E {
        if self.is_empty() { E::from_small(0) } else { self.hi.plus(&self.lo.negate(), Toward::Up) }
    }

    /// A finite member near the middle; `None` if empty.
    #[inline]
    pub fn midpoint(&self) -> Option<E> {
        (!self.is_empty()).then(|| E::between(&self.lo, &self.hi))
    }

    /// Two halves with the midpoint in common; `None` if there is no member strictly between the ends.
    pub fn split(&self) -> Option<(Self, Self)> {
        let middle = self.midpoint()?;
        if middle <= self.lo || middle >= self.hi {
            return None;
        }
        let (lo, hi) = (self.lo.clone(), self.hi.clone());
        Some((Self::decorated(lo, middle.clone(), self.defined), Self::decorated(middle, hi, self.defined)))
    }

    /// Whether both operands have a value everywhere, so that a comparison of bounds is one of values.
    #[inline]
    fn both_defined(&self, other: &Self) -> bool {
        self.defined.and(other.defined).certainly()
    }

    fn settle(&self, other: &Self, holds: bool, fails: bool) -> Ternary {
        match (self.both_defined(other), holds, fails) {
            (true, true, _) => Ternary::True,
            (true, _, true) => Ternary::False,
            _ => Ternary::Unknown,
        }
    }

    /// Whether every value of self is < every value of other (`True`), or none is (`False`).
    #[inline]
    pub fn certainly_lt(&self, other: &Self) -> Ternary {
        self.settle(other, self.hi < other.lo, self.lo >= other.hi)
    }

    /// Whether every value of self is ≤ every value of other (`True`), or none is (`False`).
    #[inline]
    pub fn certainly_le(&self, other: &Self) -> Ternary {
        self.settle(other, self.hi <= other.lo, self.lo > other.hi)
    }

    /// Whether every value of self is > every value of other (`True`), or none is (`False`).
    #[inline]
    pub fn certainly_gt(&self, other: &Self) -> Ternary {
        other.certainly_lt(self)
    }

    /// Whether every value of self is ≥ every value of other (`True`), or none is (`False`).
    #[inline]
    pub fn certainly_ge(&self, other: &Self) -> Ternary {
        other.certainly_le(self)
    }

    /// `True` if both are the same point, `False` if no value is in both.
    #[inline]
    pub fn certainly_eq(&self, other: &Self) -> Ternary {
        let same = self.is_point() && other.is_point() && self.lo == other.lo;
        self.settle(other, same, self.disjoint(other))
    }

    /// The order of the values, if it is the same for all of them.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        if self.certainly_lt(other).certainly() {
            Some(Ordering::Less)
        } else if other.certainly_lt(self).certainly() {
            Some(Ordering::Greater)
        } else if self.certainly_eq(other).certainly() {
            Some(Ordering::Equal)
        } else {
            None
        }
    }

    /// Quotient. The divisor may be 0 somewhere: then the quotient is not defined there, and elsewhere it is what
    /// remains with that 0 taken out; the divisor 0 alone leaves nothing.
    pub(super) fn quotient(&self, divisor: &Self) -> Self {
        let zero = E::from_small(0);
        let defined = self.defined.and(divisor.defined);
        if defined == Ternary::False || (divisor.lo == zero && divisor.hi == zero) {
            return Self::empty();
        }
        if !divisor.contains(&zero) {
            return Self::corners(self, divisor, defined, |x, y, toward| x.over(y, toward));
        }
        if self.lo == zero && self.hi == zero {
            return Self::decorated(zero.clone(), zero, Ternary::Unknown);
        }
        if divisor.lo == zero {
            let (mut lo, mut hi) = (E::infinity().negate(), E::infinity());
            if self.lo >= zero {
                lo = self.lo.over(&divisor.hi, Toward::Down);
            }
            if self.hi <= zero {
                hi = self.hi.over(&divisor.hi, Toward::Up);
            }
            return Self::decorated(lo, hi, Ternary::Unknown);
        }
        if divisor.hi == zero {
            return (-self.clone()).quotient(&-divisor.clone());
        }
        Self::undecided()
    }

    /// The hull of a function that is monotone in each of its two arguments separately.
    pub(super) fn corners(x: &Self, y: &Self, defined: Ternary, f: impl Fn(&E, &E, Toward) -> E) -> Self {
        let bound = |toward: Toward, better: fn(&E, &E) -> bool| {
            let mut best = f(&x.lo, &y.lo, toward);
            for (a, b) in [(&x.lo, &y.hi), (&x.hi, &y.lo), (&x.hi, &y.hi)] {
                let corner = f(a, b, toward);
                if better(&corner, &best) {
                    best = corner;
                }
            }
            best
        };
        Self::decorated(bound(Toward::Down, |a, b| a < b), bound(Toward::Up, |a, b| a > b), defined)
    }
}

impl Interval {
    /// Whether the rational lies in [lo, hi], exactly.
    #[inline]
    pub fn contains_rational(&self, q: &Rational) -> bool {
        let above = Rational::from_f64(self.lo).map_or(self.lo == f64::NEG_INFINITY, |lo| lo <= *q);
        let below = Rational::from_f64(self.hi).map_or(self.hi == f64::INFINITY, |hi| *q <= hi);
        above && below
    }
}

impl Rational {
    /// The tightest float enclosure; a point if the rational is a float.
    #[inline]
    pub fn enclose(&self) -> Interval {
        Interval::of_rational(self)
    }
}

impl<E: Endpoint> Add for Enclosure<E> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let defined = self.defined.and(other.defined);
        if defined == Ternary::False {
            return Self::empty();
        }
        Self::decorated(self.lo.plus(&other.lo, Toward::Down), self.hi.plus(&other.hi, Toward::Up), defined)
    }
}

impl<E: Endpoint> Neg for Enclosure<E> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self { lo: self.hi.negate(), hi: self.lo.negate(), defined: self.defined }
    }
}

impl<E: Endpoint> Sub for Enclosure<E> {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl<E: Endpoint> Mul for Enclosure<E> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let defined = self.defined.and(other.defined);
        if defined == Ternary::False {
            return Self::empty();
        }
        // Where the signs are known, so are the corners.
        let zero = E::from_small(0);
        let above = |x: &Self| x.lo >= zero;
        let below = |x: &Self| x.hi <= zero;
        let (a, b) = (&self, &other);
        let ends = |low: (&E, &E), high: (&E, &E)| {
            Self::decorated(low.0.times(low.1, Toward::Down), high.0.times(high.1, Toward::Up), defined)
        };
        match (above(a), below(a), above(b), below(b)) {
            (true, _, true, _) => ends((&a.lo, &b.lo), (&a.hi, &b.hi)),
            (true, _, _, true) => ends((&a.hi, &b.lo), (&a.lo, &b.hi)),
            (_, true, true, _) => ends((&a.lo, &b.hi), (&a.hi, &b.lo)),
            (_, true, _, true) => ends((&a.hi, &b.hi), (&a.lo, &b.lo)),
            (true, ..) => ends((&a.hi, &b.lo), (&a.hi, &b.hi)),
            (_, true, ..) => ends((&a.lo, &b.hi), (&a.lo, &b.lo)),
            (_, _, true, _) => ends((&a.lo, &b.hi), (&a.hi, &b.hi)),
            (.., true) => ends((&a.hi, &b.lo), (&a.lo, &b.lo)),
            _ => Self::corners(a, b, defined, |x, y, toward| x.times(y, toward)),
        }
    }
}

impl<E: Endpoint> Zero for Enclosure<E> {
    #[inline]
    fn zero() -> Self {
        Self::point(E::from_small(0))
    }
    /// Whether the value is certainly 0.
    #[inline]
    fn is_zero(&self) -> bool {
        self.defined.certainly() && self.is_point() && self.lo == E::from_small(0)
    }
}

impl<E: Endpoint> One for Enclosure<E> {
    #[inline]
    fn one() -> Self {
        Self::point(E::from_small(1))
    }
    /// Whether the value is certainly 1.
    #[inline]
    fn is_one(&self) -> bool {
        self.defined.certainly() && self.is_point() && self.lo == E::from_small(1)
    }
}
