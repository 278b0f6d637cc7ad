//! Functions near an end of an interval, for improper integrals.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_traits::{One, Zero};

use super::interval::Interval;
use super::number::{Elementary, Number};
use super::rational::Rational;
use super::scale::Scaled;
use super::series::Series;
use super::smooth::Smooth;
use super::ternary::Ternary;
use super::unliftable::{Unliftable, unlifted};

/// A function of y on (0, δ].
#[derive(Clone, Debug, PartialEq)]
pub enum Germ {
    /// Σ sᵩ(y)·lnᑫ y.
    Smooth(Vec<Smooth>),
    /// e^u·f, with u smooth and f compared with another function.
    Scaled(Box<(Option<Smooth>, Scaled)>),
    /// Nothing is known.
    Unknown,
}

/// Greatest power of the logarithm that is kept.
const LOGS: usize = 6;

fn plain(s: Smooth) -> Germ {
    Germ::Smooth(vec![s])
}

/// What a scale without an exponential is.
fn alone(scaled: Option<Scaled>) -> Germ {
    scaled.map_or(Germ::Unknown, |s| Germ::times_exponential(None, s))
}

/// The whole of e^u·f.
fn whole(exponent: Option<&Smooth>, rest: &Scaled) -> Option<Scaled> {
    match exponent {
        Some(u) => u.exponential()?.times(rest),
        None => Some(rest.clone()),
    }
}

/// The sum of exponents; `None` where it is not known, `Some(None)` where there is none.
fn together(u: Option<&Smooth>, v: Option<&Smooth>) -> Option<Option<Smooth>> {
    match (u, v) {
        (Some(u), Some(v)) => Some(Some(u.plus(v)?).filter(|sum| !sum.is_zero())),
        (u, v) => Some(u.or(v).cloned()),
    }
}

type Product = (Option<Smooth>, Scaled);

fn product(a: &Product, b: &Product) -> Option<Product> {
    Some((together(a.0.as_ref(), b.0.as_ref())?, a.1.times(&b.1)?))
}

/// A sum of which one term is the scale, and the other at most a multiple of it.
fn dominated(scale: &Product, rest: &Product) -> Option<Product> {
    let inverse = (scale.0.clone().map(Smooth::negated), scale.1.inverse()?);
    let ratio = product(rest, &inverse)?;
    let range = whole(ratio.0.as_ref(), &ratio.1)?.range();
    Some((scale.0.clone(), scale.1.with(&range)?))
}

fn sum(a: &Product, b: &Product) -> Option<Product> {
    if a.0 == b.0 && a.0.as_ref().is_none_or(Smooth::is_exact) {
        return Some((a.0.clone(), a.1.plus(&b.1)?));
    }
    let bounded = || {
        let range = whole(a.0.as_ref(), &a.1)?.range() + whole(b.0.as_ref(), &b.1)?.range();
        Some((None, Scaled::bounded(range, a.1.reach.max(b.1.reach))?))
    };
    match (dominated(a, b), dominated(b, a)) {
        (Some(x), Some(y)) => Some(if x.1.spread() <= y.1.spread() { x } else { y }),
        (x, y) => x.or(y).or_else(bounded),
    }
}

impl Germ {
    fn times_exponential(exponent: Option<Smooth>, rest: Scaled) -> Germ {
        Germ::Scaled(Box::new((exponent, rest)))
    }

    /// a ± y at the end a.
    pub fn beside(end: Interval, upward: bool, reach: f64) -> Germ {
        let one = |at: Interval| {
            let variable = Series::variable(at);
            Series::constant(end) + if upward { variable } else { -variable }
        };
        let (at, over) = (one(Interval::zero()), one(Interval::new(0.0, reach)));
        plain(Smooth { reach, order: Interval::zero(), at, over }.normal())
    }

    /// ±1/y, which goes to an infinite end.
    pub fn far(upward: bool, reach: f64) -> Germ {
        let far = Smooth::power(-Interval::one(), reach);
        plain(if upward { far } else { far.negated() })
    }

    /// The size of dx/dy of the same: 1/y².
    pub fn weight(reach: f64) -> Germ {
        plain(Smooth::power(Interval::point(-2.0), reach))
    }

    /// ∫₀^δ of the function, where it is known to be finite.
    pub fn integral(&self, reach: f64) -> Option<Interval> {
        // What does not depend on y knows no δ of its own.
        let here = plain(Smooth::power(Interval::zero(), reach)) * self.clone();
        if let Germ::Smooth(parts) = &here {
            let each = |(q, part): (usize, &Smooth)| match part.is_zero() {
                true => Some(Interval::zero()),
                false => part.integral(q),
            };
            let parts: Option<Vec<Interval>> = parts.iter().enumerate().map(each).collect();
            return parts?.into_iter().reduce(|a, b| a + b);
        }
        let (exponent, rest) = here.product()?;
        whole(exponent.as_ref(), &rest)?.integral()
    }

    /// The function as a scale.
    fn product(&self) -> Option<Product> {
        match self {
            Germ::Smooth(parts) => {
                let each = |(q, part): (usize, &Smooth)| {
                    let scaled = part.scaled()?;
                    if q == 0 { Some(scaled) } else { scaled.times(&Scaled::logarithm(part.reach)?.powi(q as i64)?) }
                };
                let all = parts.iter().enumerate().filter(|(q, part)| *q == 0 && parts.len() == 1 || !part.is_zero());
                let parts: Option<Vec<Scaled>> = all.map(each).collect();
                let mut parts = parts?.into_iter();
                let first = parts.next()?;
                Some((None, parts.try_fold(first, |a, b| a.plus(&b))?))
            }
            Germ::Scaled(of) => Some(of.as_ref().clone()),
            Germ::Unknown => None,
        }
    }

    fn of(product: Option<Product>) -> Germ {
        product.map_or(Germ::Unknown, |(exponent, rest)| Germ::times_exponential(exponent, rest))
    }

    /// The function without exponential in front.
    fn scaled(&self) -> Option<Scaled> {
        let (exponent, rest) = self.product()?;
        whole(exponent.as_ref(), &rest)
    }

    /// All values.
    fn range(&self) -> Interval {
        self.scaled().map_or_else(Interval::undecided, |s| s.range())
    }

    /// The function, if no logarithm stands in it.
    fn smooth(&self) -> Option<&Smooth> {
        match self {
            Germ::Smooth(parts) => match parts.as_slice() {
                [one] => Some(one),
                _ => None,
            },
            _ => None,
        }
    }

    /// What is done to the coefficients, where the function is smooth at 0.
    fn smoothly(&self, f: impl Fn(&Series) -> Series) -> Option<Germ> {
        let zero = Interval::zero();
        let even = self.smooth()?.lowered(zero)?;
        Some(plain(even.with(zero, f)?))
    }

    fn exponential(&self) -> Germ {
        match self.smooth() {
            Some(s) => Germ::times_exponential(Some(s.clone()), Scaled::one(s.reach)),
            None => alone(self.scaled().and_then(|s| s.exp())),
        }
    }

    fn logarithm(&self) -> Germ {
        if let Some(s) = self.smooth() {
            let log = s.with(Interval::zero(), Number::ln).filter(|_| *s.bounds().0.lo() > 0.0);
            let Some(log) = log else { return Germ::Unknown };
            let order = Smooth { reach: s.reach, ..Smooth::constant(Series::constant(s.order)) };
            return if s.order.is_zero() { plain(log) } else { Germ::Smooth(vec![log, order]) };
        }
        let Some((exponent, rest)) = self.product() else { return Germ::Unknown };
        let rest = alone(rest.ln());
        match exponent {
            Some(u) => plain(u) + rest,
            None => rest,
        }
    }

    /// The power of a positive function.
    fn positive_power(&self, c: &Interval) -> Germ {
        if let Some(s) = self.smooth() {
            let exponent = Series::constant(*c);
            let power = s.with(s.order * *c, |g| g.powf(&exponent)).filter(|_| *s.bounds().0.lo() > 0.0);
            return power.map_or(Germ::Unknown, plain);
        }
        let Some((exponent, rest)) = self.product() else { return Germ::Unknown };
        let times = |u: Smooth| u.times(&Smooth::constant(Series::constant(*c)));
        Germ::of(rest.powf(c).map(|rest| (exponent.map(times), rest)))
    }
}

impl Add for Germ {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if let (Germ::Smooth(a), Germ::Smooth(b)) = (&self, &other) {
            let zero = Smooth::constant(Series::zero());
            let part = |list: &[Smooth], q: usize| list.get(q).cloned().unwrap_or_else(|| zero.clone());
            let parts = (0..a.len().max(b.len())).map(|q| part(a, q).plus(&part(b, q)));
            if let Some(mut parts) = parts.collect::<Option<Vec<Smooth>>>() {
                while parts.len() > 1 && parts.last().is_some_and(Smooth::is_zero) {
                    parts.pop();
                }
                return Germ::Smooth(parts);
            }
        }
        Germ::of(self.product().zip(other.product()).and_then(|(a, b)| sum(&a, &b)))
    }
}

impl Neg for Germ {
    type Output = Self;
    fn neg(self) -> Self {
        match self {
            Germ::Smooth(parts) => Germ::Smooth(parts.into_iter().map(Smooth::negated).collect()),
            Germ::Scaled(of) => Germ::times_exponential(of.0, of.1.scaled(&-Interval::one())),
            Germ::Unknown => Germ::Unknown,
        }
    }
}

impl Sub for Germ {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Germ {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        if let (Germ::Smooth(a), Germ::Smooth(b)) = (&self, &other)
            && a.len() + b.len() <= LOGS + 2
        {
            let mut parts = vec![Some(Smooth::constant(Series::zero())); a.len() + b.len() - 1];
            for (i, s) in a.iter().enumerate() {
                for (j, t) in b.iter().enumerate() {
                    if let Some(slot) = parts.get_mut(i + j) {
                        *slot = slot.as_ref().and_then(|sum| sum.plus(&s.times(t)));
                    }
                }
            }
            if let Some(parts) = parts.into_iter().collect::<Option<Vec<Smooth>>>() {
                return Germ::Smooth(parts);
            }
        }
        Germ::of(self.product().zip(other.product()).and_then(|(a, b)| product(&a, &b)))
    }
}

impl Zero for Germ {
    fn zero() -> Self {
        plain(Smooth::constant(Series::zero()))
    }
    /// Whether it is certainly 0.
    fn is_zero(&self) -> bool {
        matches!(self, Germ::Smooth(parts) if parts.iter().all(Smooth::is_zero))
    }
}

impl One for Germ {
    fn one() -> Self {
        plain(Smooth::constant(Series::one()))
    }
}

impl Number for Germ {
    type Lift = Unliftable;

    fn from_rational(q: &Rational) -> Self {
        plain(Smooth::constant(Series::from_rational(q)))
    }

    fn undefined() -> Self {
        Germ::Unknown
    }

    fn is_undefined(&self) -> Ternary {
        match self {
            Germ::Smooth(parts) => parts.iter().map(|s| s.over.is_undefined()).fold(Ternary::False, Ternary::or),
            Germ::Scaled(..) => Ternary::False,
            Germ::Unknown => Ternary::Unknown,
        }
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        self.range().compare(&other.range())
    }

    fn value(&self) -> f64 {
        self.range().value()
    }

    fn pi() -> Self {
        plain(Smooth::constant(Series::pi()))
    }

    fn euler() -> Self {
        plain(Smooth::constant(Series::euler()))
    }

    fn divide(&self, divisor: &Self) -> Self {
        self.clone() * divisor.powi(-1)
    }

    fn powi(&self, exponent: i64) -> Self {
        if let Some(s) = self.smooth() {
            let order = s.order * Interval::point(exponent as f64);
            return s.with(order, |g| g.powi(exponent)).map_or(Germ::Unknown, plain);
        }
        if let (Germ::Smooth(_), 1..=3) = (self, exponent) {
            return (1..exponent).fold(self.clone(), |power, _| power * self.clone());
        }
        let Some((u, rest)) = self.product() else { return Germ::Unknown };
        let times = |u: Smooth| u.times(&Smooth::constant(Series::constant(Interval::point(exponent as f64))));
        Germ::of(rest.powi(exponent).map(|rest| (u.filter(|_| exponent != 0).map(times), rest)))
    }

    fn powf(&self, exponent: &Self) -> Self {
        match exponent.smooth().and_then(Smooth::number) {
            Some(c) => self.positive_power(&c),
            None => (exponent.clone() * self.ln()).exp(),
        }
    }

    fn apply(&self, function: Elementary) -> Self {
        use Elementary::*;
        match function {
            Sqrt => return self.positive_power(&Interval::point(0.5)),
            Ln => return self.logarithm(),
            _ => {}
        }
        if let Some(smooth) = self.smoothly(|s| s.apply(function)) {
            return smooth;
        }
        let half = || Self::one().divide(&(Self::one() + Self::one()));
        match function {
            Exp => self.exponential(),
            Expm1 => self.exponential() - Self::one(),
            Log1p => (Self::one() + self.clone()).ln(),
            Sinh => (self.exponential() - (-self.clone()).exponential()) * half(),
            Cosh => (self.exponential() + (-self.clone()).exponential()) * half(),
            _ => alone(self.scaled().and_then(|s| s.apply(function))),
        }
    }

    fn abs(&self) -> Self {
        let range = self.smooth().map_or_else(|| self.range(), |s| s.bounds().0);
        if *range.lo() >= 0.0 {
            self.clone()
        } else if *range.hi() <= 0.0 {
            -self.clone()
        } else {
            Germ::of(self.product().map(|(u, rest)| (u, rest.absolute())))
        }
    }

    fn sign(&self) -> Self {
        match self.compare(&Self::zero()) {
            Some(Ordering::Greater) => Self::one(),
            Some(Ordering::Less) => -Self::one(),
            _ => Germ::Unknown,
        }
    }

    fn floor(&self) -> Self {
        Germ::Unknown
    }

    fn max(&self, other: &Self) -> Self {
        match self.compare(other) {
            Some(Ordering::Less) => other.clone(),
            Some(_) => self.clone(),
            None => Germ::Unknown,
        }
    }

    fn min(&self, other: &Self) -> Self {
        -Number::max(&-self.clone(), &-other.clone())
    }

    unlifted!(Germ::Unknown);
}
