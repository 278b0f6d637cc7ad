//! Functions that are smooth at an end of an interval, up to a power of the distance from it.

use num_traits::{One, Zero};

use super::interval::Interval;
use super::number::Number;
use super::scale::{Scaled, exponential};
use super::series::{Series, TERMS, count};

/// y^order·g(y) on (0, δ]: the Taylor coefficients of g at 0, and over [0, δ].
#[derive(Clone, Debug, PartialEq)]
pub struct Smooth {
    pub(super) reach: f64,
    pub(super) order: Interval,
    pub(super) at: Series,
    pub(super) over: Series,
}

impl Smooth {
    /// What does not depend on y.
    pub(super) fn constant(series: Series) -> Smooth {
        Smooth { reach: 0.0, order: Interval::zero(), at: series.clone(), over: series }
    }

    /// y^order.
    pub(super) fn power(order: Interval, reach: f64) -> Smooth {
        Smooth { reach, order, at: Series::one(), over: Series::one() }
    }

    /// g made with g(0) other than 0, where that is certain.
    pub(super) fn normal(mut self) -> Smooth {
        // What has no coefficient at 0 that is not 0 may be anything that is small there.
        let steps = if self.at.is_zero() { TERMS / 2 } else { TERMS };
        for _ in 0..steps {
            let zero = self.at.term(0).is_zero() && self.over.known(1).is_some();
            if !zero || self.reach <= 0.0 || self.over.is_zero() {
                break;
            }
            (self.at, self.over) = (self.at.shifted(), self.over.shifted());
            self.order = self.order + Interval::one();
        }
        self
    }

    pub(super) fn is_zero(&self) -> bool {
        self.at.is_zero() && self.over.is_zero()
    }

    /// Whether it is a polynomial of which the coefficients are known exactly: then the same enclosures are the same
    /// function.
    pub(super) fn is_exact(&self) -> bool {
        let points = (0..TERMS).all(|k| self.at.term(k).is_point());
        points && self.order.is_point() && self.over.term(TERMS - 1).is_zero()
    }

    fn place(&self) -> Interval {
        Interval::new(0.0, self.reach)
    }

    /// With a lower power in front, by an integer.
    pub(super) fn lowered(&self, order: Interval) -> Option<Smooth> {
        let by = self.order - order;
        let steps = (0..=TERMS as i64).find(|n| by.is_point() && *by.lo() == *n as f64)?;
        if steps == 0 {
            return Some(self.clone());
        }
        let at = Series::variable(Interval::zero()).powi(steps) * self.at.clone();
        let over = Series::variable(self.place()).powi(steps) * self.over.clone();
        Some(Smooth { order, at, over, ..*self })
    }

    /// The sum, where the orders differ by an integer.
    pub(super) fn plus(&self, other: &Smooth) -> Option<Smooth> {
        if self.is_zero() || other.is_zero() {
            return Some(if self.is_zero() { other.clone() } else { self.clone() });
        }
        let reach = self.reach.max(other.reach);
        let order = if self.order.lo() <= other.order.lo() { self.order } else { other.order };
        let lowered = |s: &Smooth| Smooth { reach, ..s.clone() }.lowered(order);
        let (a, b) = (lowered(self)?, lowered(other)?);
        Some(Smooth { reach, order, at: a.at + b.at, over: a.over + b.over }.normal())
    }

    pub(super) fn times(&self, other: &Smooth) -> Smooth {
        let (at, over) = (self.at.clone() * other.at.clone(), self.over.clone() * other.over.clone());
        Smooth { reach: self.reach.max(other.reach), order: self.order + other.order, at, over }.normal()
    }

    pub(super) fn negated(self) -> Smooth {
        Smooth { at: -self.at, over: -self.over, ..self }
    }

    /// What is done to the coefficients of g, with another order; `None` where g is left without values.
    pub(super) fn with(&self, order: Interval, f: impl Fn(&Series) -> Series) -> Option<Smooth> {
        let (at, over) = (f(&self.at), f(&self.over));
        let known = over.known(0).is_some() && at.known(0).is_some();
        known.then(|| Smooth { reach: self.reach, order, at, over }.normal())
    }

    /// All values of g and of its derivative.
    pub(super) fn bounds(&self) -> (Interval, Interval) {
        let of = |at: &Series, over: &Series| {
            let linear = at.term(0) + over.term(1) * self.place();
            let known = linear.defined().certainly();
            Some(over.term(0)).and_then(|v| v.intersect(&linear)).filter(|_| known).unwrap_or(over.term(0))
        };
        (of(&self.at, &self.over), of(&self.at.derivative(), &self.over.derivative()))
    }

    /// The enclosure that is narrowest of Σ cₖ wₖ with a rest in place of what is left from one k on.
    fn summed(&self, weight: impl Fn(usize) -> Option<Interval>) -> Option<Interval> {
        let (mut sum, mut best) = (Interval::zero(), None::<Interval>);
        for k in 0..TERMS {
            let weight = weight(k)?;
            let whole = self.over.known(k).map(|rest| sum + rest * weight);
            if let Some(whole) = whole.filter(|w| w.defined().certainly()) {
                best = Some(best.and_then(|b| b.intersect(&whole)).unwrap_or(whole));
            }
            sum = sum + self.at.term(k) * weight;
        }
        best.filter(Interval::is_bounded)
    }

    /// g(δ).
    fn end(&self) -> Interval {
        let y = Interval::point(self.reach);
        self.summed(|k| Some(y.powi(k as i64))).unwrap_or(self.over.term(0))
    }

    pub(super) fn scaled(&self) -> Option<Scaled> {
        let (g, slope) = self.bounds();
        let power = Scaled::pure(&self.order, self.reach)?;
        if !g.defined().certainly() || !g.is_bounded() {
            return None;
        }
        let one_sign = *g.lo() > 0.0 || *g.hi() < 0.0;
        if !one_sign || !slope.defined().certainly() {
            return Some(power.scaled(&g));
        }
        let step = self.place() * slope;
        let (value, elasticity) = (power.range() * g, self.order + step.divide(&g));
        let slope = power.range() * (self.order * g + step);
        let whole = Scaled::of(self.reach, power.at * self.end(), value, slope, elasticity);
        Some(whole.unwrap_or_else(|| power.scaled(&g)))
    }

    /// The exponential, as a scale.
    pub(super) fn exponential(&self) -> Option<Scaled> {
        let range = self.scaled()?.range();
        let (g, slope) = self.bounds();
        let power = Scaled::pure(&self.order, self.reach)?;
        let slope = power.range() * (self.order * g + self.place() * slope);
        if !slope.defined().certainly() {
            return None;
        }
        exponential(self.reach, power.at * self.end(), range, slope)
    }

    /// The value where it is one number all over.
    pub(super) fn number(&self) -> Option<Interval> {
        let constant = self.order.is_zero() && self.at.is_constant() && self.over.is_constant();
        constant.then(|| self.over.term(0))
    }

    /// ∫₀^δ of it times the q-th power of ln y, where there is no pole: with s = order + k + 1,
    /// ∫ yˢ⁻¹ lnᑫ y = (δˢ lnᑫ δ − q ∫ yˢ⁻¹ lnᑫ⁻¹ y)/s. The logarithm has one sign for δ ≤ 1.
    pub(super) fn integral(&self, q: usize) -> Option<Interval> {
        if q > 0 && self.reach > 1.0 {
            return None;
        }
        let y = Interval::point(self.reach);
        let log = y.ln();
        self.summed(|k| {
            let s = self.order + count(k + 1);
            if *s.lo() <= 0.0 {
                return None;
            }
            let power = y.powf(&s);
            let mut value = power.divide(&s);
            for n in 1..=q {
                value = (power * log.powi(n as i64) - count(n) * value).divide(&s);
            }
            Some(value)
        })
    }
}
