//! Integrals by panels on which the Taylor coefficients of the integrand are enclosed, and by comparison at the ends.
//!
//! A value that is given is certain: the integrand has values on all panels, and converges absolutely at each end that is
//! infinite or at which it has none, each by itself. What has a pole inside, or only a principal value, is not known.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::env::Env;
use super::evaluator::{Evaluator, Slot};
use super::system::System;
use super::value::Value;
use super::work;
use crate::expr::Expr;
use crate::num::{Exact, Germ, Interval, Number, Rational, Series, TERMS};

/// Units of fuel for each node of an integrand whose coefficients are enclosed; of work it takes twice as many.
const COST: u64 = 12;
/// Most panels.
const PANELS: usize = 1200;
/// How often a panel may be halved that is not known to be without a pole.
const DEPTH: u32 = 64;
/// Width, in parts of what the panels sum up to, that is narrow enough.
const NARROW: f64 = 1e-11;
/// The same of one panel, which rounding alone may leave.
const ROUNDING: f64 = 1e-13;
/// How much less the halves of a panel have to leave open for another try, once little is open.
const WORTH: f64 = 0.5;
/// The rest of a polynomial, in parts of the size of a panel, from which on it is not worth the polynomial.
const HOPELESS: f64 = 0.05;
/// What is as good as nothing.
const TINY: f64 = 1e-280;
/// How many of them may be no better than one before.
const STUCK: i32 = 3;
/// How many places are tried at which an end may begin.
const STEPS: i32 = 36;

/// An end of an interval.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// A number, with all that it may be.
    At(Interval),
    /// Infinite, on its side.
    Infinite,
}

/// What an integral is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Enclosed {
    pub(super) value: Interval,
    /// The sum of the sizes of its parts.
    pub(super) total: f64,
}

impl Enclosed {
    fn of(value: Interval) -> Enclosed {
        Enclosed { value, total: *value.abs().hi() }
    }

    fn and(self, other: Enclosed) -> Enclosed {
        Enclosed { value: self.value + other.value, total: self.total + other.total }
    }

    fn negated(self) -> Enclosed {
        Enclosed { value: -self.value, ..self }
    }
}

/// An integrand with the numbers that its parameters are.
pub(super) struct Integrand<'a> {
    body: &'a Expr,
    series: Env<Series>,
    germs: Env<Germ>,
    /// The numbers of the variables that are bound outside.
    outer: &'a [Option<Rational>],
    fuel: &'a mut u64,
}

/// What the coefficients of an integrand cost, without the visits of its nodes.
fn cost(body: &Expr) -> u64 {
    body.size().saturating_mul(COST)
}

/// The value of an expression one binder in, at a value of its variable.
fn under<M: System>(env: &Env<M>, outer: &[Option<Rational>], at: M, body: &Expr, fuel: &mut u64) -> M {
    let mut inner = Evaluator::<M>::new(env, fuel);
    let cost = usize::try_from(cost(body)).unwrap_or(usize::MAX);
    work::count(cost);
    if !inner.spend(cost) {
        return M::undefined();
    }
    let number = |q: &Option<Rational>| q.as_ref().map_or_else(M::undefined, M::from_rational);
    inner.stack = outer.iter().map(|q| Slot { value: Value::Scalar(number(q)), exact: q.clone() }).collect();
    match inner.under(Slot { value: Value::Scalar(at), exact: None }, body) {
        Value::Scalar(x) => x,
        _ => M::undefined(),
    }
}

/// The sum of two floats where it is one.
fn exact_sum(a: f64, b: f64) -> Option<f64> {
    let sum = a + b;
    let part = sum - a;
    let error = (a - (sum - part)) + (b - part);
    (sum.is_finite() && error == 0.0 && sum != a).then_some(sum)
}

/// A panel with what the integral over it is.
#[derive(Clone, Copy, Debug)]
struct Panel {
    lo: f64,
    hi: f64,
    depth: u32,
    value: Option<Interval>,
    width: f64,
    /// Whether halves of it would not say more.
    done: bool,
}

impl PartialEq for Panel {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Panel {}

impl PartialOrd for Panel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The one that leaves most open comes first.
impl Ord for Panel {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |p: &Panel| if p.done { -1.0 } else { p.width };
        rank(self).total_cmp(&rank(other)).then_with(|| other.lo.total_cmp(&self.lo))
    }
}

impl<'a> Integrand<'a> {
    pub(super) fn new(body: &'a Expr, env: &Env<Exact>, outer: &'a [Option<Rational>], fuel: &'a mut u64) -> Self {
        Integrand { body, series: env.in_numbers(), germs: env.in_numbers(), outer, fuel }
    }

    /// The coefficients at a place.
    fn coefficients(&mut self, place: Interval) -> Series {
        under(&self.series, self.outer, Series::variable(place), self.body, self.fuel)
    }

    /// The values at a place, where all are known.
    fn values(&mut self, place: Interval) -> Option<Interval> {
        self.coefficients(place).known(0)
    }

    /// The integral from one end to the other.
    pub(super) fn integral(&mut self, low: End, high: End) -> Option<Enclosed> {
        match (low, high) {
            (End::At(a), End::At(b)) if a.hi() < b.lo() => self.between(a, b, true),
            (End::At(a), End::At(b)) if b.hi() < a.lo() => Some(self.between(b, a, true)?.negated()),
            (End::At(_), End::At(_)) => None,
            (End::At(a), End::Infinite) => {
                let (end, tail) = self.far(true, least(&a))?;
                Some(self.between(a, Interval::point(end), true)?.and(tail))
            }
            (End::Infinite, End::At(b)) => {
                let (end, tail) = self.far(false, least(&b))?;
                Some(self.between(Interval::point(-end), b, true)?.and(tail))
            }
            (End::Infinite, End::Infinite) => {
                let (high, above) = self.far(true, 1.0)?;
                let (low, below) = self.far(false, 1.0)?;
                let middle = self.between(Interval::point(-low), Interval::point(high), true)?;
                Some(middle.and(above).and(below))
            }
        }
    }

    /// The part towards an infinite end, and where it begins.
    fn far(&mut self, upward: bool, least: f64) -> Option<(f64, Enclosed)> {
        let germ = |i: &mut Self, reach: f64| {
            let at = Germ::far(upward, reach);
            Some(under(&i.germs, i.outer, at, i.body, i.fuel) * Germ::weight(reach))
        };
        let (reach, tail) = self.end(1.0 / least, germ)?;
        Some((1.0 / reach, tail))
    }

    /// The part beside a finite end, and how long it is.
    fn beside(&mut self, end: f64, upward: bool, longest: f64) -> Option<(f64, Enclosed)> {
        let germ = |i: &mut Self, reach: f64| {
            exact_sum(end, if upward { reach } else { -reach })?;
            let at = Germ::beside(Interval::point(end), upward, reach);
            Some(under(&i.germs, i.outer, at, i.body, i.fuel))
        };
        self.end(longest, germ)
    }

    /// The integral of a germ, over a reach that makes it narrow.
    fn end(&mut self, longest: f64, germ: impl Fn(&mut Self, f64) -> Option<Germ>) -> Option<(f64, Enclosed)> {
        let mut best: Option<(f64, Enclosed)> = None;
        let (mut reach, mut scale, mut since) = (longest, 0.0_f64, 0);
        for step in 0..STEPS {
            if let Some(part) = germ(self, reach).and_then(|g| g.integral(reach)).map(Enclosed::of) {
                scale = scale.max(part.total);
                let width = part.value.width();
                since += 1;
                if best.is_none_or(|(_, b)| width < WORTH * b.value.width()) {
                    best = Some((reach, part));
                    since = 0;
                }
                if width <= NARROW / 4.0 * scale || width <= TINY || since >= STUCK {
                    break;
                }
            }
            reach *= if step < 8 { 0.5 } else { 0.25 };
        }
        best
    }

    /// The integral between two numbers, the first certainly less.
    fn between(&mut self, a: Interval, b: Interval, divisible: bool) -> Option<Enclosed> {
        let (low, high) = (*a.hi(), *b.lo());
        let whole = high - low;
        if !whole.is_finite() || whole <= 0.0 || !self.is_somewhere(low, whole) {
            return None;
        }
        let longest = (whole / 2.0).log2().floor().exp2();
        let (start, left) = self.edge(a, low, true, (whole, longest))?;
        let (stop, right) = self.edge(b, high, false, (whole, longest))?;
        let places = [0.0, 1.0, -1.0];
        let inside = |p: &f64| divisible && start < *p && *p < stop;
        let gap = places.into_iter().filter(inside).find(|p| self.values(Interval::point(*p)).is_none());
        let middle = match gap {
            // Each side has to converge by itself.
            Some(gap) => {
                let gap = Interval::point(gap);
                let below = self.between(Interval::point(start), gap, false)?;
                below.and(self.between(gap, Interval::point(stop), false)?)
            }
            None if start < stop => self.panels(start, stop)?,
            None => Enclosed::of(Interval::point(0.0)),
        };
        Some(left.and(middle).and(right))
    }

    /// Whether there are values at all.
    fn is_somewhere(&mut self, low: f64, whole: f64) -> bool {
        let places = [0.414_213_562, 0.618_033_988];
        places.into_iter().any(|part| self.values(Interval::point(low + part * whole)).is_some())
    }

    /// The part at an end that no panel reaches, and where the panels begin: none where there are values up to the end.
    fn edge(&mut self, end: Interval, at: f64, upward: bool, (whole, longest): (f64, f64)) -> Option<(f64, Enclosed)> {
        for share in [1.0 / 4096.0, 1.0 / 1_073_741_824.0] {
            let inner = if upward { at + share * whole } else { at - share * whole };
            let place = if upward { Interval::new(*end.lo(), inner) } else { Interval::new(inner, *end.hi()) };
            if let Some(values) = self.values(place) {
                // The end lies somewhere in its enclosure.
                return Some((at, Enclosed::of(Interval::new(0.0, end.width()) * values)));
            }
        }
        if !end.is_point() {
            return None;
        }
        let (reach, part) = self.beside(at, upward, longest)?;
        Some((exact_sum(at, if upward { reach } else { -reach })?, part))
    }

    /// The integral over a range on which the integrand has values all over.
    fn panels(&mut self, low: f64, high: f64) -> Option<Enclosed> {
        let mut heap = BinaryHeap::new();
        heap.push(self.panel(low, high, 0));
        // Enough for both halves, with their middles.
        let enough = cost(self.body).saturating_mul(6);
        while heap.len() < PANELS && *self.fuel > enough {
            let Some(worst) = heap.peek().copied() else { break };
            let open: f64 = heap.iter().map(|p| p.width).sum();
            let total: f64 = heap.iter().filter_map(|p| p.value.map(|v| *v.abs().hi())).sum();
            if worst.done || open <= NARROW * total {
                break;
            }
            let middle = worst.lo / 2.0 + worst.hi / 2.0;
            if worst.depth >= DEPTH || middle <= worst.lo || middle >= worst.hi {
                // What is known so far stays; without a value there may be a pole.
                worst.value?;
                break;
            }
            heap.pop();
            let mut halves =
                [(worst.lo, middle), (middle, worst.hi)].map(|(lo, hi)| self.panel(lo, hi, worst.depth + 1));
            let left: f64 = halves.iter().map(|p| p.width).sum();
            let stuck = worst.width <= 1e-9 * total && left > WORTH * worst.width;
            for half in &mut halves {
                half.done |= stuck;
            }
            heap.extend(halves);
        }
        let mut panels = heap.into_vec();
        panels.sort_by(|p, q| p.lo.total_cmp(&q.lo));
        let parts: Option<Vec<Interval>> = panels.into_iter().map(|p| p.value).collect();
        Some(parts?.into_iter().map(Enclosed::of).fold(Enclosed::of(Interval::point(0.0)), Enclosed::and))
    }

    fn panel(&mut self, lo: f64, hi: f64, depth: u32) -> Panel {
        let unknown = Panel { lo, hi, depth, value: None, width: f64::INFINITY, done: false };
        let over = self.coefficients(Interval::new(lo, hi));
        let Some(values) = over.known(0) else { return unknown };
        let mut value = values * (Interval::point(hi) - Interval::point(lo));
        let size = *value.abs().hi();
        if !value.is_bounded() || !value.defined().certainly() {
            return unknown;
        }
        if (1..TERMS)
            .all(|k| over.known(k).is_none_or(|c| c.width() * ((hi - lo) / 2.0).powi(k as i32 + 1) > HOPELESS * size))
        {
            return Panel { value: Some(value), width: value.width(), ..unknown };
        }
        let middle = lo / 2.0 + hi / 2.0;
        let at = self.coefficients(Interval::point(middle));
        let from = |end: f64| Interval::point(end) - Interval::point(middle);
        let (below, above) = (from(lo), from(hi));
        let mut sum = Interval::point(0.0);
        // yᵏ⁺¹/(k + 1) between the middle and both ends.
        let (mut low, mut high) = (below, above);
        for k in 1..TERMS {
            // The rest begins with the k-th coefficient, the sum ends before it.
            sum = sum + at.term(k - 1) * (high - low);
            let next = Interval::point(k as f64 + 1.0);
            let power = |y: Interval| y.powi(k as i64 + 1).divide(&next);
            (low, high) = (power(below), power(above));
            let whole = over.known(k).map(|rest| sum + (rest * high - rest * low));
            if let Some(whole) = whole.filter(|w| w.defined().certainly()) {
                value = value.intersect(&whole).unwrap_or(value);
            }
        }
        let width = value.width();
        Panel { value: Some(value), width, done: width <= ROUNDING * size, ..unknown }
    }
}

/// A power of two beyond which the part towards infinity may begin.
fn least(end: &Interval) -> f64 {
    let size = (*end.abs().hi()).max(0.5) * 2.0;
    size.log2().ceil().exp2()
}
