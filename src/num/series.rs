//! Taylor coefficients of functions of one variable, enclosed: what integrals over short panels are bounded by.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_traits::{One, Zero};

use super::interval::Interval;
use super::number::{Elementary, Number};
use super::rational::Rational;
use super::ternary::Ternary;
use super::unliftable::{Unliftable, unlifted};

/// How many coefficients are kept.
pub const TERMS: usize = 12;

/// The Taylor coefficients f⁽ᵏ⁾(ξ)/k! of a function f, each enclosed for all ξ of one interval, its place.
///
/// The first says whether f has a value all over the place; each further one is known only where it is certainly defined
/// and bounded, and then f has that derivative all over the place. At |x| and the like the second one holds all quotients of
/// differences (the generalised derivative of what is Lipschitz), and those behind it are not known.
///
/// Law (R. E. Moore, *Interval Analysis* 1966): a rule of differentiation, applied to enclosures, encloses.
#[derive(Clone, Debug, PartialEq)]
pub struct Series([Interval; TERMS]);

impl Series {
    /// What does not depend on the variable.
    pub fn constant(x: Interval) -> Self {
        let mut terms = [Interval::zero(); TERMS];
        if let Some(first) = terms.first_mut() {
            *first = x;
        }
        Series(terms)
    }

    /// The variable at a place.
    pub fn variable(place: Interval) -> Self {
        let mut variable = Self::constant(place);
        if let Some(second) = variable.0.get_mut(1) {
            *second = Interval::one();
        }
        variable
    }

    /// The k-th coefficient, whether it is known or not.
    pub fn term(&self, k: usize) -> Interval {
        self.0.get(k).copied().unwrap_or_else(Interval::undecided)
    }

    /// The k-th coefficient where it is known.
    pub fn known(&self, k: usize) -> Option<Interval> {
        Some(self.term(k)).filter(|c| c.defined().certainly() && c.is_bounded())
    }

    pub(super) fn set(&mut self, k: usize, term: Interval) {
        if let Some(slot) = self.0.get_mut(k) {
            *slot = term;
        }
    }

    /// A function of which only the values are known.
    pub(super) fn only(value: Interval) -> Self {
        Self::recurrence(value, |_, _| Interval::undecided())
    }

    /// The coefficients one after the other, each from those before it.
    pub(super) fn recurrence(first: Interval, mut next: impl FnMut(usize, &Series) -> Interval) -> Self {
        let mut terms = Self::constant(first);
        let known = first.defined().certainly();
        for k in 1..TERMS {
            let term = if known { next(k, &terms) } else { Interval::undecided() };
            if let Some(slot) = terms.0.get_mut(k) {
                *slot = term;
            }
        }
        terms
    }

    /// Σ weight(j) aⱼ bₖ₋ⱼ over the j from `from` to `to`.
    pub(super) fn convolved(
        &self,
        other: &Series,
        k: usize,
        (from, to): (usize, usize),
        weight: impl Fn(usize) -> Option<Interval>,
    ) -> Interval {
        let mut sum = Interval::zero();
        for j in from..=to {
            let (a, b) = (self.term(j), other.term(k - j));
            let vanishes = a.is_zero() && !b.is_empty() || b.is_zero() && !a.is_empty();
            if !vanishes {
                sum = sum + weight(j).map_or(a, |w| w * a) * b;
            }
        }
        sum
    }

    /// The function with this value whose derivative is that of `inner` times `slope`: f∘u with u′·f′(u).
    pub(super) fn chained(value: Interval, inner: &Series, slope: &Series) -> Self {
        Self::recurrence(value, |k, _| inner.convolved(slope, k, (1, k), |j| Some(count(j))).divide(&count(k)))
    }

    /// All coefficients by the same function.
    pub(super) fn each(&self, f: impl Fn(Interval) -> Interval) -> Self {
        Series(self.0.map(f))
    }

    /// The quotient by the variable of what is 0 at 0, at a place that is 0 or reaches from there: its coefficients are these
    /// from the second on, for (f(y)/y) = ∫₀¹ f′(ty) dt.
    pub(super) fn shifted(&self) -> Self {
        Self::recurrence(self.term(1), |k, _| self.term(k + 1))
    }

    /// The derivative.
    pub(super) fn derivative(&self) -> Self {
        Self::recurrence(self.term(1), |k, _| self.term(k + 1) * count(k + 1))
    }

    /// Whether it is certainly one number all over the place.
    pub(super) fn is_constant(&self) -> bool {
        self.0.iter().skip(1).all(Zero::is_zero)
    }

    fn product(&self, other: &Series) -> Self {
        Self::recurrence(self.term(0) * other.term(0), |k, _| self.convolved(other, k, (0, k), |_| None))
    }

    fn step(&self, value: Interval) -> Self {
        if value.is_point() { Self::constant(value) } else { Self::only(value) }
    }

    /// One of two functions, whichever the value is of.
    fn either(value: Interval, a: &Series, b: &Series) -> Self {
        let second = a.term(1).hull(&b.term(1));
        Self::recurrence(value, |k, _| if k == 1 { second } else { Interval::undecided() })
    }
}

/// A count as a number.
pub(super) fn count(n: usize) -> Interval {
    Interval::point(n as f64)
}

impl Add for Series {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let mut terms = self;
        for (a, b) in terms.0.iter_mut().zip(other.0) {
            *a = *a + b;
        }
        terms
    }
}

impl Neg for Series {
    type Output = Self;
    fn neg(self) -> Self {
        self.each(|c| -c)
    }
}

impl Sub for Series {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Series {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.product(&other)
    }
}

impl Zero for Series {
    fn zero() -> Self {
        Self::constant(Interval::zero())
    }
    /// Whether it is certainly 0 all over the place.
    fn is_zero(&self) -> bool {
        self.0.iter().all(Zero::is_zero)
    }
}

impl One for Series {
    fn one() -> Self {
        Self::constant(Interval::one())
    }
}

impl Number for Series {
    type Lift = Unliftable;

    fn from_rational(q: &Rational) -> Self {
        Self::constant(Interval::from_rational(q))
    }

    fn undefined() -> Self {
        Self::only(Interval::undecided())
    }

    fn is_undefined(&self) -> Ternary {
        self.term(0).is_undefined()
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        self.term(0).compare(&other.term(0))
    }

    fn value(&self) -> f64 {
        self.term(0).value()
    }

    fn pi() -> Self {
        Self::constant(Interval::pi())
    }

    fn euler() -> Self {
        Self::constant(Interval::euler())
    }

    fn divide(&self, divisor: &Self) -> Self {
        let first = divisor.term(0);
        Self::recurrence(self.term(0).divide(&first), |k, q| {
            (self.term(k) - divisor.convolved(q, k, (1, k), |_| None)).divide(&first)
        })
    }

    fn powi(&self, exponent: i64) -> Self {
        if exponent < 0 {
            return Self::one().divide(&self.powi(exponent.saturating_neg()));
        }
        let (mut n, mut square, mut power) = (exponent.unsigned_abs(), self.clone(), Self::one());
        while n > 0 {
            if n % 2 == 1 {
                power = power.product(&square);
            }
            n /= 2;
            if n > 0 {
                square = square.product(&square);
            }
        }
        // The power of an interval is narrower than the product of its factors.
        let value = self.term(0).powi(exponent);
        Self::recurrence(value, |k, _| power.term(k))
    }

    /// Of a constant exponent c: u p′ = c u′ p.
    fn powf(&self, exponent: &Self) -> Self {
        let value = self.term(0).powf(&exponent.term(0));
        if !exponent.is_constant() {
            let inner = exponent.product(&self.ln());
            let slopes = inner.exp();
            return Self::recurrence(value, |k, _| slopes.term(k));
        }
        let (c, first) = (exponent.term(0), self.term(0));
        Self::recurrence(value, |k, p| {
            let weight = |j: usize| Some(c * count(j) - count(k - j));
            self.convolved(p, k, (1, k), weight).divide(&(count(k) * first))
        })
    }

    fn apply(&self, function: Elementary) -> Self {
        self.elementary(function)
    }

    fn abs(&self) -> Self {
        let first = self.term(0);
        if *first.lo() >= 0.0 {
            return self.clone();
        }
        if *first.hi() <= 0.0 {
            return -self.clone();
        }
        Self::either(first.abs(), self, &-self.clone())
    }

    fn sign(&self) -> Self {
        self.step(self.term(0).sign())
    }

    fn floor(&self) -> Self {
        self.step(self.term(0).floor())
    }

    fn max(&self, other: &Self) -> Self {
        match self.compare(other) {
            Some(Ordering::Less) => other.clone(),
            Some(_) => self.clone(),
            None => Self::either(Number::max(&self.term(0), &other.term(0)), self, other),
        }
    }

    fn min(&self, other: &Self) -> Self {
        -Number::max(&-self.clone(), &-other.clone())
    }

    unlifted!(Self::undefined());
}
