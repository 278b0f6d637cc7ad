//! Limits and extrema over infinite sets, approached by numbers.

use crate::algebra::eval::{Env, SetValue, Value, evaluate};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};
use crate::num::Rational;

/// Work for one evaluation.
const FUEL: u64 = 4_000_000;

/// Difference of neighbours in a sequence that counts as converged, relative to the greater of 1 and the value.
const CONVERGED: f64 = 1e-6;

/// The value of an expression; a limit is the number at which a sequence stays, a supremum the greatest
/// number on a grid that becomes dense towards the ends. Without a value where a sequence does not converge.
pub(super) fn value(e: &Expr, env: &Env<f64>) -> Value<f64> {
    if !e.any(&mut |x| approaches(x).is_some()) {
        return evaluate(e, env, &mut FUEL.clone());
    }
    let mut env = env.clone();
    let mut count = 0u32;
    let rest = e.transform(&mut |x, _| {
        let (binder, domain, body) = approaches(x)?;
        if !x.is_closed() {
            return None;
        }
        let number = match domain {
            Domain::Towards(point, side) => limit(point, *side, body, &env),
            _ => extremum(binder, domain, body, &env),
        };
        // The name is no name of notes.
        count += 1;
        let symbol = Symbol::new(&format!("approached {count}"), Sort::Real);
        env = env.clone().with(&symbol, Value::Scalar(number.unwrap_or(f64::NAN)));
        Some(Expr::sym(symbol))
    });
    evaluate(&rest, &env, &mut FUEL.clone())
}

fn approaches(e: &Expr) -> Option<(Binder, &Domain, &Expr)> {
    match e.node() {
        Node::Bind { binder: b @ (Binder::Limit | Binder::Sup | Binder::Inf), domain, body } => {
            Some((*b, domain, body))
        }
        _ => None,
    }
}

fn at(x: f64, body: &Expr, env: &Env<f64>) -> Option<f64> {
    let place = Expr::num(Rational::from_f64(x)?);
    value(&body.instantiated(&place), env).scalar().copied().filter(|v| v.is_finite())
}

/// Points 2, 4, …, 512 towards infinity, 2⁻¹, …, 2⁻²⁶ away from a number. What has no float value there is left out.
fn limit(point: &Expr, side: std::cmp::Ordering, body: &Expr, env: &Env<f64>) -> Option<f64> {
    // Far out the floats may overflow or cancel: what counts is the last plateau of three.
    let sequence = |points: &mut dyn Iterator<Item = f64>| -> Option<f64> {
        let values: Vec<f64> = points.filter_map(|x| at(x, body, env)).collect();
        let close = |a: f64, b: f64| (a - b).abs() <= CONVERGED * b.abs().max(1.0);
        values.windows(3).rev().find_map(|w| match w {
            [a, b, c] if close(*a, *b) && close(*b, *c) => Some(*c),
            _ => None,
        })
    };
    let power = |k: i32| 2f64.powi(k);
    if point.any(&mut |x| x.as_app("infinity").is_some()) {
        let sign = if point.as_app("infinity").is_some() { 1.0 } else { -1.0 };
        return sequence(&mut (1..=9).map(|k| sign * power(k)));
    }
    let x = *value(point, env).scalar()?;
    let above = || sequence(&mut (1..=26).map(|k| x + power(-k)));
    let below = || sequence(&mut (1..=26).map(|k| x - power(-k)));
    match side {
        std::cmp::Ordering::Greater => above(),
        std::cmp::Ordering::Less => below(),
        std::cmp::Ordering::Equal => {
            let (a, b) = (above()?, below()?);
            ((a - b).abs() <= CONVERGED * a.abs().max(1.0)).then_some(a)
        }
    }
}

fn extremum(binder: Binder, domain: &Domain, body: &Expr, env: &Env<f64>) -> Option<f64> {
    let Domain::Over(set) = domain else { return None };
    let Value::Set(set) = value(set, env) else { return None };
    let values = grid(&set)?.into_iter().filter_map(|x| at(x, body, env));
    values.reduce(if binder == Binder::Sup { f64::max } else { f64::min })
}

/// The members of a finite set; else 63 points, and ever nearer ones (or ever farther ones) towards each end.
fn grid(set: &SetValue<f64>) -> Option<Vec<f64>> {
    const INNER: i32 = 64;
    let power = |k: i32| 2f64.powi(k);
    let (low, high) = match set {
        SetValue::Finite(members) => return members.iter().map(|m| m.scalar().copied()).collect(),
        SetValue::Reals => (None, None),
        SetValue::Interval(low, _, high, _) => (*low, *high),
        _ => return None,
    };
    let (a, b) = match (low, high) {
        (Some(a), Some(b)) => (a, b),
        (Some(a), None) => (a, a + 8.0),
        (None, Some(b)) => (b - 8.0, b),
        (None, None) => (-4.0, 4.0),
    };
    let mut points: Vec<f64> = (1..INNER).map(|k| a + (b - a) * f64::from(k) / f64::from(INNER)).collect();
    points.extend((7..40).flat_map(|k| match (low, high) {
        (Some(_), Some(_)) => [a + (b - a) * power(-k), b - (b - a) * power(-k)],
        (Some(_), None) => [a + power(-k), b + power(k.min(15) - 6)],
        (None, Some(_)) => [a - power(k.min(15) - 6), b - power(-k)],
        (None, None) => [a - power(k.min(15) - 6), b + power(k.min(15) - 6)],
    }));
    Some(points)
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;
    use crate::algebra::eval::Point;

    fn of(binder: Binder, domain: Domain, body: Expr) -> f64 {
        let e = Expr::bind(binder, domain, body.abstracted(&Symbol::new("x", Sort::Real), Sort::Real));
        value(&(e + Expr::int(1)), &Env::at(&Point::new())).scalar().copied().unwrap_or(f64::NAN)
    }

    fn towards(point: Expr) -> Domain {
        Domain::Towards(point, Ordering::Equal)
    }

    #[test]
    fn limits_are_approached_from_where_they_are_taken() {
        let x = Expr::real("x");
        let infinity = Expr::apply("infinity", vec![]);
        assert!(
            (of(Binder::Limit, towards(infinity.clone()), Expr::apply("exp", vec![-x.clone()])) - 1.0).abs() < 1e-6
        );
        assert!(
            (of(Binder::Limit, towards(-infinity.clone()), Expr::apply("exp", vec![x.clone()])) - 1.0).abs() < 1e-6
        );
        assert!((of(Binder::Limit, towards(Expr::int(3)), x.clone() * x.clone()) - 10.0).abs() < 1e-5);
        // No limit: it grows; and the two sides differ.
        assert!(of(Binder::Limit, towards(infinity), x.clone()).is_nan());
        assert!(of(Binder::Limit, towards(Expr::int(0)), Expr::apply("abs", vec![x.clone()]).over(&x)).is_nan());
    }

    #[test]
    fn extrema_over_open_sets_come_near_the_bound() {
        let x = Expr::real("x");
        let unit = Domain::Over(Expr::apply("open_interval", vec![Expr::int(0), Expr::int(1)]));
        assert!((of(Binder::Sup, unit.clone(), x.clone() * x.clone()) - 2.0).abs() < 1e-9);
        assert!((of(Binder::Inf, unit, x.clone()) - 1.0).abs() < 1e-9);
        let reals = Domain::Over(Expr::apply("reals", vec![]));
        assert!((of(Binder::Inf, reals, Expr::apply("exp", vec![x])) - 1.0).abs() < 1e-9);
    }
}
