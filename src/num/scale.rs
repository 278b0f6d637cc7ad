//! Positive functions near an end of their interval, by how fast they grow there.

use num_traits::{One, Zero};

use super::interval::Interval;
use super::number::{Elementary, Number};

/// A function f = b·h on (0, δ]: h is positive and differentiable, b is measurable with values in `factor`.
///
/// What is known of h are its value at δ, its values, those of y h′(y), its *slope*, and those of y h′(y)/h(y), its
/// *elasticity*; ends of these may be infinite. They are what makes an improper integral comparable: with elasticities in
/// [E₋, E₊] and E₋ > −1, h(δ) (y/δ)^E₊ ≤ h(y) ≤ h(δ) (y/δ)^E₋, so
///
/// δ h(δ)/(1 + E₊) ≤ ∫₀^δ h ≤ δ h(δ)/(1 + E₋).
#[derive(Clone, Debug, PartialEq)]
pub struct Scaled {
    pub(super) reach: f64,
    pub(super) at: Interval,
    pub(super) value: Interval,
    pub(super) slope: Interval,
    pub(super) elasticity: Interval,
    pub(super) factor: Interval,
}

/// What is defined between the ends of an interval, with 0 and ∞ left out of it.
fn between(x: &Interval) -> Option<Interval> {
    (!x.is_empty()).then(|| Interval::new(*x.lo(), *x.hi()))
}

/// The quotient of positive functions, or of any by a positive one.
fn over(x: Interval, y: Interval) -> Option<Interval> {
    if *y.hi() <= 0.0 { None } else { between(&x.divide(&y)) }
}

/// A constant power of positive numbers.
fn power(x: &Interval, c: &Interval) -> Option<Interval> {
    if *c.lo() >= 0.0 {
        between(&x.powf(c))
    } else if *c.hi() <= 0.0 {
        over(Interval::one(), between(&x.powf(&-*c))?)
    } else {
        None
    }
}

fn is_certain(x: &Interval) -> bool {
    x.defined().certainly()
}

impl Scaled {
    /// A bounded function.
    pub(super) fn bounded(factor: Interval, reach: f64) -> Option<Scaled> {
        let (one, zero) = (Interval::one(), Interval::zero());
        let known = is_certain(&factor) && factor.is_bounded();
        known.then_some(Scaled { reach, at: one, value: one, slope: zero, elasticity: zero, factor })
    }

    /// 1.
    pub(super) fn one(reach: f64) -> Scaled {
        let (one, zero) = (Interval::one(), Interval::zero());
        Scaled { reach, at: one, value: one, slope: zero, elasticity: zero, factor: one }
    }

    /// ln y, for δ < 1.
    pub(super) fn logarithm(reach: f64) -> Option<Scaled> {
        let at = Interval::point(reach).ln();
        let value = Interval::new(f64::NEG_INFINITY, *at.hi());
        if reach >= 1.0 || *value.hi() >= 0.0 {
            return None;
        }
        Scaled::of(reach, at, value, Interval::one(), over(Interval::one(), -value).map(|e| -e)?)
    }

    /// yᶜ.
    pub(super) fn pure(c: &Interval, reach: f64) -> Option<Scaled> {
        let place = Interval::new(0.0, reach);
        let (value, at) = match c.is_zero() {
            true => (Interval::one(), Interval::one()),
            false => (power(&place, c)?, power(&Interval::point(reach), c)?),
        };
        Scaled { reach, at, value, slope: *c * value, elasticity: *c, factor: Interval::one() }.refined()
    }

    /// A function that is positive or negative all over, of which all this is known.
    pub(super) fn of(
        reach: f64,
        at: Interval,
        value: Interval,
        slope: Interval,
        elasticity: Interval,
    ) -> Option<Scaled> {
        let negative = *value.hi() <= 0.0;
        let sign = if negative { -Interval::one() } else { Interval::one() };
        let (at, value, slope) = (sign * at, sign * value, sign * slope);
        if ![at, value, slope, elasticity].iter().all(is_certain) || *at.lo() <= 0.0 || *value.lo() < 0.0 {
            return None;
        }
        Scaled { reach, at, value, slope, elasticity, factor: sign }.refined()
    }

    /// h rises or falls where its elasticity has a sign; y h′ = h·E.
    fn refined(mut self) -> Option<Scaled> {
        if *self.elasticity.lo() >= 0.0 && self.at.hi() < self.value.hi() {
            self.value = Interval::new(*self.value.lo(), *self.at.hi());
        }
        if *self.elasticity.hi() <= 0.0 && self.at.lo() > self.value.lo() {
            self.value = Interval::new(*self.at.lo(), *self.value.hi());
        }
        self.slope = self.slope.intersect(&(self.value * self.elasticity))?;
        [self.at, self.value, self.slope, self.elasticity].iter().all(is_certain).then_some(self)
    }

    /// All values of f.
    pub(super) fn range(&self) -> Interval {
        self.factor * self.value
    }

    /// Whether f is a multiple of h.
    fn is_multiple(&self) -> bool {
        self.factor.is_point() && !self.factor.is_zero()
    }

    /// Whether the factor is certain, and how far it is.
    pub(super) fn spread(&self) -> f64 {
        self.factor.width() / self.factor.abs().hi()
    }

    /// 1/h.
    pub(super) fn inverse(&self) -> Option<Scaled> {
        self.raised(&-Interval::one(), Interval::one())
    }

    /// (b + r)·h for what r may be.
    pub(super) fn with(&self, range: &Interval) -> Option<Scaled> {
        let factor = self.factor + *range;
        (factor.is_bounded() && is_certain(&factor)).then(|| Scaled { factor, ..self.clone() })
    }

    pub(super) fn scaled(mut self, by: &Interval) -> Scaled {
        self.factor = self.factor * *by;
        self
    }

    pub(super) fn times(&self, other: &Scaled) -> Option<Scaled> {
        let product = Scaled {
            reach: self.reach.max(other.reach),
            at: self.at * other.at,
            value: self.value * other.value,
            slope: self.value * other.slope + other.value * self.slope,
            elasticity: self.elasticity + other.elasticity,
            factor: self.factor * other.factor,
        };
        product.refined()
    }

    /// hᶜ with the factor that the power of f has.
    fn raised(&self, c: &Interval, factor: Interval) -> Option<Scaled> {
        let value = power(&self.value, c)?;
        let less = power(&self.value, &(*c - Interval::one()));
        let elasticity = *c * self.elasticity;
        let slope = less.map_or(Interval::entire(), |less| *c * less * self.slope);
        Scaled { reach: self.reach, at: power(&self.at, c)?, value, slope, elasticity, factor }.refined()
    }

    pub(super) fn powi(&self, n: i64) -> Option<Scaled> {
        let factor = self.factor.powi(n);
        if !is_certain(&factor) || n.unsigned_abs() > 1 << 20 {
            return None;
        }
        self.raised(&Interval::point(n as f64), factor)
    }

    /// Of a positive function.
    pub(super) fn powf(&self, c: &Interval) -> Option<Scaled> {
        let factor = self.factor.powf(c);
        if *self.factor.lo() <= 0.0 || !is_certain(&factor) {
            return None;
        }
        self.raised(c, factor)
    }

    pub(super) fn absolute(mut self) -> Scaled {
        self.factor = self.factor.abs();
        self
    }

    /// The exponential of the function.
    pub(super) fn exp(&self) -> Option<Scaled> {
        if self.is_multiple() {
            return self.exp_of(&self.factor);
        }
        if let Some(bounded) = Scaled::bounded(self.range().exp(), self.reach) {
            return Some(bounded);
        }
        // b h ≤ b₊ h where b₊ is negative.
        let most = Interval::point(*self.factor.hi());
        if *self.factor.hi() >= 0.0 {
            return None;
        }
        Some(self.exp_of(&most)?.scaled(&Interval::new(0.0, 1.0)))
    }

    /// e^(ch).
    fn exp_of(&self, c: &Interval) -> Option<Scaled> {
        exponential(self.reach, *c * self.at, *c * self.value, *c * self.slope)
    }

    /// The logarithm of a positive function: that of h and that of the factor.
    pub(super) fn ln(&self) -> Option<Scaled> {
        if *self.factor.lo() <= 0.0 {
            return None;
        }
        let ln = |x: &Interval| between(&x.ln());
        let (value, at) = (ln(&self.value)?, ln(&self.at)?);
        let rest = self.factor.ln();
        let alone = match over(self.elasticity, value.abs()) {
            _ if *value.lo() < 0.0 && *value.hi() > 0.0 => None,
            Some(quotient) => {
                let sign = if *value.hi() <= 0.0 { -Interval::one() } else { Interval::one() };
                Scaled::of(self.reach, at, value, self.elasticity, sign * quotient)
            }
            None => None,
        };
        match alone {
            Some(alone) if rest.is_zero() => Some(alone),
            Some(alone) => alone.plus(&Scaled::bounded(rest, self.reach)?),
            None => Scaled::bounded(value + rest, self.reach),
        }
    }

    /// A sum: the whole has slope and value of both, or one of them is the scale and the other at most a multiple of it.
    pub(super) fn plus(&self, other: &Scaled) -> Option<Scaled> {
        let reach = self.reach.max(other.reach);
        if self.is_multiple() && other.is_multiple() {
            let sum = |f: fn(&Scaled) -> Interval| self.factor * f(self) + other.factor * f(other);
            let (at, value, slope) = (sum(|s| s.at), sum(|s| s.value), sum(|s| s.slope));
            let one_sign = *value.lo() >= 0.0 || *value.hi() <= 0.0;
            let sign = if *value.hi() <= 0.0 { -Interval::one() } else { Interval::one() };
            if one_sign
                && let Some(elasticity) = over(sign * slope, sign * value)
                && elasticity.is_bounded()
                && let Some(whole) = Scaled::of(reach, at, value, slope, elasticity)
            {
                return Some(whole);
            }
        }
        let under = |scale: &Scaled, rest: &Scaled| {
            let with = scale.with(&rest.times(&scale.inverse()?)?.range())?;
            Some(Scaled { reach, ..with })
        };
        match (under(self, other), under(other, self)) {
            (Some(a), Some(b)) => Some(if a.spread() <= b.spread() { a } else { b }),
            (a, b) => a.or(b).or_else(|| Scaled::bounded(self.range() + other.range(), reach)),
        }
    }

    /// A function of which only the values are known.
    pub(super) fn apply(&self, function: Elementary) -> Option<Scaled> {
        Scaled::bounded(self.range().apply(function), self.reach)
    }

    /// ∫₀^δ f, where it is known to be finite.
    pub(super) fn integral(&self) -> Option<Interval> {
        let shifted = Interval::one() + self.elasticity;
        if *shifted.lo() <= 0.0 {
            return None;
        }
        let share = over(Interval::one(), shifted)?;
        let whole = self.factor * (Interval::point(self.reach) * self.at * share);
        (is_certain(&whole) && whole.is_bounded()).then_some(whole)
    }
}

/// e^u of a function with this value at δ, these values and slopes.
pub(super) fn exponential(reach: f64, at: Interval, value: Interval, slope: Interval) -> Option<Scaled> {
    let (at, value) = (between(&at.exp())?, between(&value.exp())?);
    Scaled { reach, at, value, slope: value * slope, elasticity: slope, factor: Interval::one() }.refined()
}
