//! One cell of a proof.

use super::region::{Region, Side};
use super::slope::slope;
use crate::algebra::eval::{Env, Value, evaluate};
use crate::expr::{Expr, Node, Sort};
use crate::num::{Exact, Interval, Number, Rational, Ternary};

/// Fuel for one evaluation.
const FUEL: u64 = 50_000;

/// How often an axis may be bisected: ends have at most that many bits.
const BITS: u64 = 64;

/// `difference > 0`, or `≥ 0`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    pub(super) difference: Expr,
    pub(super) strict: bool,
}

/// How a cell was settled.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// The enclosure of the difference lies above 0.
    Direct,
    /// The difference is monotone along some axes: its least value lies on this face.
    Monotone(Vec<Side>),
    /// Value and slope are exactly 0 at this value of the one axis that is more than a point, and the second derivative
    /// is ≥ 0 on the cell.
    Convex(Rational),
    /// The cell is an end that the region excludes.
    Excluded,
}

/// Settles a cell, with an enclosure of the difference over it; `None` if it has to be cut.
pub(super) fn settle(target: &Target, region: &Region, sides: &[Side]) -> Option<(Method, Interval)> {
    let excluded = region.axes.iter().zip(sides).any(|((_, x), s)| s.value().is_some_and(|q| x.excludes(q)));
    let value = enclosure(&target.difference, region, sides);
    if excluded {
        return Some((Method::Excluded, value));
    }
    if !is_defined(&target.difference, value, region, sides) {
        return None;
    }
    if above(&value, target.strict) || exactly_above(target, region, sides) {
        return Some((Method::Direct, value));
    }
    if let Some(face) = monotone(target, region, sides) {
        return Some((Method::Monotone(face), value));
    }
    if !target.strict
        && let Some(c) = convex(&target.difference, region, sides)
    {
        return Some((Method::Convex(c), value));
    }
    None
}

/// The enclosure of an expression over a closed box, whether or not it is defined everywhere on it.
pub(super) fn enclosure(e: &Expr, region: &Region, sides: &[Side]) -> Interval {
    let mut value = interval(e, region, sides);
    // The mean value form: f(m) + Σ f′(X)(X − m), tight on small boxes.
    if let Some(mean) = mean_value(e, region, sides)
        && let Some(both) = value.intersect(&mean)
        && value.defined().certainly()
    {
        value = both;
    }
    value
}

fn interval(e: &Expr, region: &Region, sides: &[Side]) -> Interval {
    match evaluate(e, &region.env(sides), &mut FUEL.clone()) {
        Value::Scalar(x) => x,
        _ => Interval::undecided(),
    }
}

fn mean_value(e: &Expr, region: &Region, sides: &[Side]) -> Option<Interval> {
    let wide: Vec<usize> = (0..sides.len()).filter(|k| sides.get(*k).is_some_and(|s| s.value().is_none())).collect();
    if wide.is_empty() || sides.iter().any(|s| s.lo.is_none() || s.hi.is_none()) {
        return None;
    }
    let centre: Vec<Side> = sides.iter().map(|s| Side::point(&s.middle())).collect();
    let mut sum = interval(e, region, &centre);
    for k in wide {
        let ((symbol, _), side) = (region.axes.get(k)?, sides.get(k)?);
        let rate = interval(&slope(e, symbol)?, region, sides);
        let offset = side.enclosure() - side.middle().enclose();
        sum = sum + rate * offset;
    }
    sum.defined().certainly().then_some(sum)
}

fn above(value: &Interval, strict: bool) -> bool {
    let lo = *value.lo();
    if strict { lo > 0.0 } else { lo >= 0.0 }
}

/// The difference at a single point, exactly.
fn exactly_above(target: &Target, region: &Region, sides: &[Side]) -> bool {
    let Some(point) = region.point(sides) else { return false };
    let value = evaluate::<Exact>(&target.difference, &Env::at(&point), &mut FUEL.clone());
    let zero = Rational::from(0);
    value.scalar().and_then(Exact::rational).is_some_and(|q| if target.strict { *q > zero } else { *q >= zero })
}

/// Whether the expression has a value at every point of the region in the box: the enclosure says so, or the domain
/// conditions of all its functions hold there, ends that the region excludes left out.
fn is_defined(e: &Expr, value: Interval, region: &Region, sides: &[Side]) -> bool {
    if value.defined().certainly() {
        return true;
    }
    if value.is_empty() {
        return false;
    }
    let mut fine = true;
    let binders = e.any(&mut |x| matches!(x.node(), Node::Bind { .. } | Node::Opaque { .. } | Node::Call(..)));
    e.any(&mut |x| {
        if let Node::App(f, args) = x.node() {
            let known = f.kernel.is_some() && args.iter().all(|a| a.sort().is_scalar());
            fine &= known && (f.domain)(args).iter().all(|c| condition(c, region, sides));
        }
        fine &= matches!(x.sort(), Sort::Real | Sort::Integer);
        !fine
    });
    fine && !binders
}

/// A domain condition at every point of the region in the box.
fn condition(c: &Expr, region: &Region, sides: &[Side]) -> bool {
    let holds = |e: &Expr| matches!(evaluate(e, &region.env(sides), &mut FUEL.clone()), Value::Truth(Ternary::True));
    if holds(c) {
        return true;
    }
    let Node::App(f, args) = c.node() else { return false };
    let above = |difference: &Expr, strict| {
        let target = Target { difference: difference.clone(), strict };
        // The enclosure bounds what values there are; that the argument has any is a condition of its own.
        super::cell::above(&interval(difference, region, sides), strict) || monotone(&target, region, sides).is_some()
    };
    match (f.name, args.as_slice()) {
        ("gt", [x, zero]) if zero.as_int() == Some(0) => above(x, true),
        ("ge", [x, zero]) if zero.as_int() == Some(0) => above(x, false),
        ("ne", [x, zero]) if zero.as_int() == Some(0) => above(x, true) || above(&-x.clone(), true),
        ("or", _) => args.iter().any(|a| condition(a, region, sides)),
        _ => false,
    }
}

/// The face on which the difference is least, if it is monotone along enough axes and its values there suffice. At an
/// end that the region excludes a strictly monotone difference stays above its value.
fn monotone(target: &Target, region: &Region, sides: &[Side]) -> Option<Vec<Side>> {
    let mut face = sides.to_vec();
    let mut beyond = false;
    for k in 0..face.len() {
        let (side, (symbol, extent)) = (face.get(k)?.clone(), region.axes.get(k)?);
        if side.value().is_some() {
            continue;
        }
        let Some(rate) = slope(&target.difference, symbol).map(|d| interval(&d, region, &face)) else { continue };
        if !rate.defined().certainly() {
            continue;
        }
        let end = if *rate.lo() >= 0.0 {
            side.lo
        } else if *rate.hi() <= 0.0 {
            side.hi
        } else {
            None
        };
        let Some(end) = end else { continue };
        beyond |= extent.excludes(&end) && (*rate.lo() > 0.0 || *rate.hi() < 0.0);
        *face.get_mut(k)? = Side::point(&end);
    }
    if face == sides {
        return None;
    }
    // The least value needs to exist: the face belongs to the box over which the slopes were taken.
    let strict = target.strict && !beyond;
    let value = interval(&target.difference, region, &face);
    let exact = Target { difference: target.difference.clone(), strict };
    let enough = (value.defined().certainly() && above(&value, strict)) || exactly_above(&exact, region, &face);
    enough.then_some(face)
}

/// A rational c with f(c) = f′(c) = 0 exactly and f″ ≥ 0 on the one wide side, which then gives f ≥ 0 there.
fn convex(e: &Expr, region: &Region, sides: &[Side]) -> Option<Rational> {
    let mut wide = (0..sides.len()).filter(|k| sides.get(*k).is_some_and(|s| s.value().is_none()));
    let (k, None) = (wide.next()?, wide.next()) else { return None };
    let (symbol, side) = (&region.axes.get(k)?.0, sides.get(k)?);
    let first = slope(e, symbol)?;
    let second = slope(&first, symbol)?;
    let curvature = interval(&second, region, sides);
    let smooth = interval(&first, region, sides).defined().certainly() && curvature.defined().certainly();
    if !smooth || *curvature.lo() < 0.0 {
        return None;
    }
    let zero = Rational::from(0);
    let at = |e: &Expr, c: &Rational| exact_at(e, region, sides, k, c);
    let touches = |c: &Rational| {
        side.holds(&Side::point(c)) && at(&first, c) == Some(zero.clone()) && at(e, c) == Some(zero.clone())
    };
    critical(&first, &second, region, sides, k).into_iter().find(touches)
}

/// The exact value with axis k at c.
pub(super) fn exact_at(e: &Expr, region: &Region, sides: &[Side], k: usize, c: &Rational) -> Option<Rational> {
    let moved: Vec<Side> =
        sides.iter().enumerate().map(|(i, s)| if i == k { Side::point(c) } else { s.clone() }).collect();
    let point = region.point(&moved)?;
    evaluate::<Exact>(e, &Env::at(&point), &mut FUEL.clone()).scalar()?.rational().cloned()
}

/// Simple rationals near a zero of the slope, by Newton's method in floats from the middle.
pub(super) fn critical(first: &Expr, second: &Expr, region: &Region, sides: &[Side], k: usize) -> Vec<Rational> {
    let Some(side) = sides.get(k) else { return vec![] };
    let float = |e: &Expr, x: f64| -> f64 {
        let Some(q) = Rational::from_f64(x) else { return f64::NAN };
        let moved: Vec<Side> =
            sides.iter().enumerate().map(|(i, s)| if i == k { Side::point(&q) } else { s.clone() }).collect();
        let Some(point) = region.point(&moved) else { return f64::NAN };
        evaluate::<f64>(e, &Env::at(&point), &mut FUEL.clone()).scalar().map_or(f64::NAN, Number::value)
    };
    let mut x = side.middle().to_f64();
    for _ in 0..20 {
        let step = float(first, x) / float(second, x);
        if !step.is_finite() {
            break;
        }
        x -= step;
    }
    let mut list: Vec<Rational> = Vec::new();
    if x.is_finite() && f64::abs(x) < 1e9 {
        for d in [1i64, 2, 3, 4, 5, 6, 8, 10, 12, 16] {
            let n = (x * d as f64).round();
            if f64::abs(n / d as f64 - x) < 1e-6
                && let Some(q) = Rational::new(n as i64, d)
            {
                list.push(q);
            }
        }
    }
    list.dedup();
    list
}

/// Whether the difference is exactly 0 at a point of the region in the cell: a corner, or the point of its method.
pub(super) fn attains(target: &Target, region: &Region, sides: &[Side], method: &Method) -> bool {
    let zero_at = |cell: &[Side]| {
        let inside = region.axes.iter().zip(cell).all(|((_, x), s)| s.value().is_some_and(|q| x.contains(q)));
        inside
            && region.point(cell).is_some_and(|p| {
                let value = evaluate::<Exact>(&target.difference, &Env::at(&p), &mut FUEL.clone());
                value.scalar().and_then(Exact::rational) == Some(&Rational::from(0))
            })
    };
    if target.strict {
        return false;
    }
    match method {
        Method::Direct => corners(sides).iter().any(|c| zero_at(c)),
        Method::Monotone(face) => corners(face).iter().any(|c| zero_at(c)),
        Method::Convex(c) => {
            let moved = |s: &Side| if s.value().is_none() { Side::point(c) } else { s.clone() };
            zero_at(&sides.iter().map(moved).collect::<Vec<_>>())
        }
        Method::Excluded => false,
    }
}

/// The finite corners of a box.
fn corners(sides: &[Side]) -> Vec<Vec<Side>> {
    let mut list = vec![Vec::new()];
    for s in sides {
        let mut ends: Vec<Side> = [&s.lo, &s.hi].into_iter().flatten().map(Side::point).collect();
        ends.dedup();
        list = list
            .iter()
            .flat_map(|c| ends.iter().map(move |e| [c.as_slice(), std::slice::from_ref(e)].concat()))
            .collect();
        if list.len() > 64 {
            return vec![];
        }
    }
    list
}

/// Whether the inequality certainly fails at the middle of the cell, so that no cutting helps.
pub(super) fn fails(target: &Target, region: &Region, sides: &[Side]) -> bool {
    let middle: Vec<Side> = sides.iter().map(|s| Side::point(&s.middle())).collect();
    let inside = region.axes.iter().zip(&middle).all(|((_, x), s)| s.value().is_some_and(|q| x.contains(q)));
    let value = interval(&target.difference, region, &middle);
    inside
        && (value.is_empty()
            || (value.defined().certainly() && (*value.hi() < 0.0 || (target.strict && *value.hi() <= 0.0))))
}

/// The widest side and where to cut it; `None` if every side is a point or too narrow.
pub(super) fn cut(sides: &[Side]) -> Option<(usize, Rational)> {
    let width = |s: &Side| match (&s.lo, &s.hi) {
        (Some(a), Some(b)) => (b - a).to_f64(),
        _ => f64::INFINITY,
    };
    let wide = sides.iter().enumerate().filter(|(_, s)| s.value().is_none());
    let (k, side) = wide.max_by(|(_, a), (_, b)| width(a).total_cmp(&width(b)))?;
    let at = side.middle();
    (side.splits_at(&at) && at.bit_len() <= BITS).then_some((k, at))
}
