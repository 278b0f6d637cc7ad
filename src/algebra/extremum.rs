//! Suprema over intervals: a bound that is proved, and a place where it is attained or approached.
//!
//! Candidates are values at ends, at critical points and at a few simple points, and limits at open and infinite ends.
//! The greatest of them is the supremum as soon as it is shown to bound all values, by exact arithmetic on fractions,
//! by signs, by enclosures, or by the sign of the slope on both sides. Infima are those of −f.

use std::cmp::Ordering;

use crate::algebra::enclose::{self, End, Extent, slope};
use crate::algebra::facts::Facts;
use crate::algebra::limit::{Limit, Stuck, infinite, limit, order};
use crate::algebra::{canon, conditions, sign, terms, univariate};
use crate::expr::{Expr, Node, Symbol};
use crate::num::Rational;

/// Cells for a bound by enclosures.
const CELLS: usize = 400;
/// Points that are tried beside ends and critical points.
const SIMPLE: [(i64, i64); 7] = [(0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1)];

/// The least upper bound of the values over an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Supremum {
    /// Its value.
    pub value: Limit,
    /// Whether it is a value itself; `None` where that is open.
    pub attained: Option<bool>,
}

/// The supremum of `f` as the symbol runs over the interval. The givens say what other symbols may be.
///
/// # Errors
/// [`Stuck`]: it was not found, which says nothing about it.
pub fn supremum(f: &Expr, variable: &Symbol, interval: &Extent, givens: &[Expr]) -> Result<Supremum, Stuck> {
    let Extent::Interval(lo, hi) = interval else { return Err(Stuck::Unknown(f.clone())) };
    if let Some((part, image)) = image(f, variable, lo, hi) {
        let u = Symbol::new("\u{3}v", crate::expr::Sort::Real);
        let inner = f.transform(&mut |x, _| (*x == part).then(|| Expr::sym(u.clone())));
        return supremum(&inner, &u, &image, givens);
    }
    let mut all = givens.to_vec();
    all.extend(within(variable, lo, hi));
    let facts = Facts::new(&all);
    if !conditions(f).iter().all(|c| certain(c, &all, &facts)) {
        return Err(Stuck::Unknown(f.clone()));
    }
    let mut best: Option<(Limit, Option<Rational>)> = None;
    let mut offer = |value: Limit, at: Option<Rational>| -> Result<(), Stuck> {
        let replace = match &best {
            None => true,
            Some((old, place)) => match order(&value, old, &facts)? {
                Ordering::Greater => true,
                Ordering::Equal => place.is_none() && at.is_some(),
                Ordering::Less => false,
            },
        };
        if replace {
            best = Some((value, at));
        }
        Ok(())
    };
    let infinity = Expr::apply("infinity", vec![]);
    for (end, side, far) in
        [(lo, Ordering::Greater, terms::neg(infinity.clone())), (hi, Ordering::Less, infinity.clone())]
    {
        match &end.at {
            Some(q) if end.closed => {
                offer(Limit::Finite(f.substituted(variable, &Expr::num(q.clone()))), Some(q.clone()))?;
            }
            Some(q) => offer(limit(f, variable, &Expr::num(q.clone()), side, &facts)?, None)?,
            None => offer(limit(f, variable, &far, Ordering::Equal, &facts)?, None)?,
        }
    }
    let simple = SIMPLE.iter().filter_map(|(n, d)| Rational::new(*n, *d));
    for q in univariate::critical_points(f, &Expr::sym(variable.clone()), interval).into_iter().chain(simple) {
        if interval.contains(&q) {
            offer(Limit::Finite(f.substituted(variable, &Expr::num(q.clone()))), Some(q))?;
        }
    }
    let (value, at) = best.ok_or_else(|| Stuck::Unknown(f.clone()))?;
    let top = match &value {
        // Values grow beyond all bounds; or f tends to −∞ at all ends and has no values, which cannot be.
        Limit::Infinite(Ordering::Greater) => return Ok(Supremum { value, attained: Some(false) }),
        Limit::Infinite(_) => return Err(Stuck::Unknown(f.clone())),
        Limit::Finite(e) => e.clone(),
    };
    let value = Limit::Finite(canon::constant_value(&top).map_or(top.clone(), Expr::num));
    let below = |r: &str| Expr::relate(r, f.clone(), top.clone());
    if at.is_none() && certain(&below("lt"), &all, &facts) {
        return Ok(Supremum { value, attained: Some(false) });
    }
    let attained = at.as_ref().map(|_| true);
    if certain(&below("le"), &all, &facts) {
        return Ok(Supremum { value, attained });
    }
    let strict = unimodal(f, variable, lo, hi, at.as_ref(), &top, givens)?;
    Ok(Supremum { value, attained: attained.or(strict.then_some(false)) })
}

/// Whether f rises up to the place of the supremum and falls behind it; then whether strictly so. Without a point it
/// rises, or falls, all the way from or to an end where it tends to `top`.
fn unimodal(
    f: &Expr,
    variable: &Symbol,
    lo: &End,
    hi: &End,
    at: Option<&Rational>,
    top: &Expr,
    givens: &[Expr],
) -> Result<bool, Stuck> {
    let stuck = || Stuck::Unknown(f.clone());
    let rate = slope(f, variable).ok_or_else(stuck)?;
    let monotone = |from: &End, to: &End, relation: &str| {
        let mut all = givens.to_vec();
        all.extend(within(variable, from, to));
        let facts = Facts::new(&all);
        let mut shapes = vec![rate.clone()];
        if let Ok(form) = canon::canonical(&rate, &facts, &mut canon::Fuel::new(20_000))
            && form.conditions().is_empty()
        {
            shapes.extend(without_common_factor(&form.to_expr(), &facts));
        }
        let smooth = conditions(&rate).iter().all(|c| certain(c, &all, &facts));
        smooth && shapes.iter().any(|s| certain(&Expr::relate(relation, s.clone(), Expr::int(0)), &all, &facts))
    };
    match at {
        Some(q) => {
            let middle = End { at: Some(q.clone()), closed: false };
            let before = lo.at.as_ref() == Some(q) || monotone(lo, &middle, "ge");
            let behind = hi.at.as_ref() == Some(q) || monotone(&middle, hi, "le");
            if before && behind { Ok(true) } else { Err(stuck()) }
        }
        None => {
            let facts = Facts::new(givens);
            let infinity = Expr::apply("infinity", vec![]);
            let tends = |end: &End, side, far: Expr| {
                let point = end.at.clone().map_or(far, Expr::num);
                let side = if end.at.is_some() { side } else { Ordering::Equal };
                let value = limit(f, variable, &point, side, &facts)?;
                Ok::<bool, Stuck>(order(&value, &Limit::Finite(top.clone()), &facts)? == Ordering::Equal)
            };
            let (strict, weak) = if tends(hi, Ordering::Less, infinity.clone())? { ("gt", "ge") } else { ("lt", "le") };
            if monotone(lo, hi, strict) {
                return Ok(true);
            }
            let at_lo = strict == "gt" || tends(lo, Ordering::Greater, terms::neg(infinity))?;
            if at_lo && monotone(lo, hi, weak) { Ok(false) } else { Err(stuck()) }
        }
    }
}

/// An expression, and what is left of it without a common factor of known sign: both have the same sign.
fn without_common_factor(e: &Expr, facts: &Facts) -> Vec<Expr> {
    let mut shapes = vec![e.clone()];
    if let Some((number, mono, rest)) = canon::poly::Poly::plain(e).content() {
        match sign::sign(&terms::product(vec![Expr::num(number), mono.to_expr()]), facts) {
            sign::Sign::POSITIVE => shapes.push(rest.to_expr()),
            sign::Sign::NEGATIVE => shapes.push(rest.scaled(&Rational::from(-1)).to_expr()),
            _ => {}
        }
    }
    shapes
}

/// Whether a condition holds at every point of the givens, by whatever the kernel has.
pub(crate) fn certain(condition: &Expr, givens: &[Expr], facts: &Facts) -> bool {
    sign::holds(condition, facts).certainly()
        || univariate::prove(condition, givens).is_some()
        || enclose::prove(condition, givens, CELLS).is_some()
}

/// The bounds of an interval as givens.
fn within(variable: &Symbol, lo: &End, hi: &End) -> Vec<Expr> {
    let x = Expr::sym(variable.clone());
    let bound = |end: &End, closed: &'static str, open: &'static str| {
        end.at.clone().map(|q| Expr::relate(if end.closed { closed } else { open }, x.clone(), Expr::num(q)))
    };
    [bound(lo, "ge", "gt"), bound(hi, "le", "lt")].into_iter().flatten().collect()
}

/// If f is a fraction in one strictly monotone part, that part and the interval that it runs over.
fn image(f: &Expr, variable: &Symbol, lo: &End, hi: &End) -> Option<(Expr, Extent)> {
    let part = univariate::only_part(f)?;
    let Node::App(g, args) = part.node() else { return None };
    let [argument] = args.as_slice() else { return None };
    let x = Expr::sym(variable.clone());
    let falls = match argument {
        a if *a == x => false,
        a if *a == terms::neg(x.clone()) => true,
        _ => return None,
    };
    if !matches!(g.name, "exp" | "sigmoid" | "softplus" | "tanh") {
        return None;
    }
    let infinity = Expr::apply("infinity", vec![]);
    let moved = |end: &End, far: Expr| -> Option<End> {
        let at = match &end.at {
            Some(q) => Some(canon::constant_value(&part.substituted(variable, &Expr::num(q.clone())))?),
            None => match limit(&part, variable, &far, Ordering::Equal, &Facts::default()).ok()? {
                Limit::Finite(e) => Some(canon::constant_value(&e)?),
                Limit::Infinite(_) => None,
            },
        };
        Some(End { at, closed: end.closed })
    };
    let (a, b) = (moved(lo, terms::neg(infinity.clone()))?, moved(hi, infinity)?);
    Some((part.clone(), if falls { Extent::Interval(b, a) } else { Extent::Interval(a, b) }))
}

/// The interval of a set of reals with rational or infinite ends.
pub(crate) fn interval(set: &Expr) -> Option<Extent> {
    let Node::App(f, args) = set.node() else { return None };
    let end = |e: &Expr, closed: bool| match infinite(e) {
        Some(_) => Some(End { at: None, closed: false }),
        None => Some(End { at: Some(canon::constant_value(e)?), closed }),
    };
    let (lo, hi) = match (f.name, args.as_slice()) {
        ("reals", []) => {
            return Some(Extent::Interval(End { at: None, closed: false }, End { at: None, closed: false }));
        }
        ("open_interval", [a, b]) => (end(a, false)?, end(b, false)?),
        ("closed_interval", [a, b]) => (end(a, true)?, end(b, true)?),
        ("left_open", [a, b]) => (end(a, false)?, end(b, true)?),
        ("right_open", [a, b]) => (end(a, true)?, end(b, false)?),
        _ => return None,
    };
    let upside_down = |e: &Expr, wrong| infinite(e) == Some(wrong);
    if args.first().is_some_and(|a| upside_down(a, Ordering::Greater))
        || args.last().is_some_and(|b| upside_down(b, Ordering::Less))
        || matches!((&lo.at, &hi.at), (Some(a), Some(b)) if a >= b)
    {
        return None;
    }
    Some(Extent::Interval(lo, hi))
}
