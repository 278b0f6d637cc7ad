//! Limits, integrals and extrema: the values that are put in for them, against what enclosures say nearby.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rederive::algebra::eval::{Env, Point, evaluate};
use rederive::algebra::value::reduce;
use rederive::expr::{Binder, Domain, Expr, Sort, Symbol, latex};
use rederive::num::{Interval, Number, Precise, Rational, Ternary};

use crate::claims::partial;
use crate::draw::Draw;

/// Expressions of a usual run.
const DRAWN: usize = 500;

fn x() -> Symbol {
    Symbol::new("x", Sort::Real)
}

/// The middle of an enclosure that is narrow.
fn at<N: rederive::algebra::eval::System>(e: &Expr, place: &Rational) -> Option<f64> {
    let point = Point::new().with_scalar(&x(), place.clone());
    let value = evaluate::<N>(e, &Env::at(&point), &mut 200_000);
    value.scalar().filter(|v| v.is_undefined() == Ternary::False).map(Number::value).filter(|v| v.is_finite())
}

fn ten(exponent: i64) -> Rational {
    Rational::from(10).pow_int(exponent).expect("a power")
}

/// An expression in x alone.
fn body(draw: &mut Draw) -> Expr {
    let (e, y) = (partial(draw, 2), Symbol::new("y", Sort::Real));
    e.substituted(&y, &if draw.below(2) == 0 { Expr::sym(x()) } else { Expr::int(2) })
}

/// The value of the left side of an equation with 0.
fn value(e: &Expr) -> Option<Expr> {
    reduce(&Expr::relate("eq", e.clone(), Expr::int(0)), &[]).ok().map(|v| v.sides.0)
}

fn limits(draw: &mut Draw, faults: &mut Vec<String>) -> bool {
    let body = body(draw);
    let end = |sign: i64| {
        let infinity = Expr::apply("infinity", vec![]);
        if sign > 0 { infinity } else { Expr::int(-1) * infinity }
    };
    let (to, side, near): (Expr, Ordering, fn(i64) -> Rational) = match draw.below(5) {
        0 => (end(1), Ordering::Equal, |k| ten(k)),
        1 => (Expr::int(0), Ordering::Greater, |k| ten(-k)),
        2 => (Expr::int(0), Ordering::Less, |k| -ten(-k)),
        3 => (Expr::int(1), Ordering::Equal, |k| Rational::from(1) + ten(-k)),
        _ => (Expr::int(1), Ordering::Equal, |k| Rational::from(1) - ten(-k)),
    };
    let bound = body.abstracted(&x(), Sort::Real);
    let limit = Expr::bind(Binder::Limit, Domain::Towards(to.clone(), side), bound);
    let Some(found) = value(&limit) else { return false };
    let sample: Vec<f64> = [6, 12, 18].into_iter().filter_map(|k| at::<Precise>(&body, &near(k))).collect();
    let [a, b, c] = sample[..] else { return false };
    let text = || format!("lim {} towards {} ({side:?}) = {}, but {sample:?}", latex(&body), latex(&to), latex(&found));
    match at::<Precise>(&found, &Rational::from(0)) {
        // What tends as slowly as 1/log x is a tenth from its limit there, and comes nearer.
        Some(v) => {
            let apart = [a, b, c].map(|s| (s - v).abs() / (1.0 + v.abs()));
            if apart[2] > 0.1 || apart[2] > apart[0] + 1e-9 {
                faults.push(text());
            }
        }
        None => {
            let infinite = found.any(&mut |x| x.as_app("infinity").is_some());
            if infinite && !(c.abs() > 3.0 && c.abs() > 1.05 * a.abs().min(b.abs())) {
                faults.push(text());
            }
        }
    }
    true
}

/// The places k/n of an interval, its ends included.
fn grid(ends: (i64, i64), n: i64) -> impl Iterator<Item = Rational> {
    (0..=n).map(move |k| {
        let step = Rational::new(k * (ends.1 - ends.0), n).expect("a fraction");
        Rational::from(ends.0) + step
    })
}

fn integrals(draw: &mut Draw, faults: &mut Vec<String>) -> bool {
    const CELLS: i64 = 2_000;
    let (body, ends) = (body(draw), *draw.one_of(&[(0, 1), (1, 2), (-1, 1), (-2, 0)]));
    let set = Expr::apply("closed_interval", vec![Expr::int(ends.0), Expr::int(ends.1)]);
    let integral = Expr::bind(Binder::Integral, Domain::Over(set), body.abstracted(&x(), Sort::Real));
    let Some(found) = value(&integral) else { return false };
    let Some(v) = at::<Precise>(&found, &Rational::from(0)) else { return false };
    let samples: Vec<f64> = grid(ends, 2 * CELLS).skip(1).step_by(2).filter_map(|p| at::<f64>(&body, &p)).collect();
    if samples.len() != CELLS as usize {
        faults.push(format!("∫ {} over {ends:?} = {}, but it has no value somewhere", latex(&body), latex(&found)));
        return true;
    }
    let sum = samples.iter().sum::<f64>() * (ends.1 - ends.0) as f64 / CELLS as f64;
    let size = samples.iter().map(|s| s.abs()).sum::<f64>() / CELLS as f64;
    // Improper ends take a midpoint rule far off; a wrong value is farther off.
    if (sum - v).abs() > 0.05 * (size + v.abs()) + 1e-6 {
        faults.push(format!("∫ {} over {ends:?} = {} = {v}, but {sum}", latex(&body), latex(&found)));
    }
    true
}

fn extrema(draw: &mut Draw, faults: &mut Vec<String>) -> bool {
    let (body, ends) = (body(draw), *draw.one_of(&[(0, 1), (1, 2), (-1, 1), (-2, 0)]));
    let set = Expr::apply("closed_interval", vec![Expr::int(ends.0), Expr::int(ends.1)]);
    let (binder, sign) =
        *draw.one_of(&[(Binder::Max, 1.0), (Binder::Min, -1.0), (Binder::Sup, 1.0), (Binder::Inf, -1.0)]);
    let extremum = Expr::bind(binder, Domain::Over(set), body.abstracted(&x(), Sort::Real));
    let Some(found) = value(&extremum) else { return false };
    let samples: Vec<f64> = grid(ends, 400).filter_map(|p| at::<Interval>(&body, &p)).map(|v| sign * v).collect();
    let Some(best) = samples.iter().copied().reduce(f64::max) else { return false };
    let text = |v: f64| format!("{binder:?} {} over {ends:?} = {} = {v}, but {best}", latex(&body), latex(&found));
    match at::<Precise>(&found, &Rational::from(0)).map(|v| sign * v) {
        Some(v) => {
            let spread = best - samples.iter().copied().fold(best, f64::min);
            if best > v + 1e-9 * (1.0 + v.abs()) || best + 0.1 * spread + 1e-6 * (1.0 + v.abs()) < v {
                faults.push(text(v));
            }
        }
        None => return false,
    }
    true
}

/// Draws one and compares it; whether a value was found. Faults are added to the list.
type Try = fn(&mut Draw, &mut Vec<String>) -> bool;

#[test]
fn values_put_in_are_those_of_numbers_nearby() {
    let drawn = std::env::var("CLAIMS").ok().and_then(|v| v.parse().ok()).unwrap_or(DRAWN);
    let mut draw = Draw::new(std::env::var("SEED").ok().and_then(|v| v.parse().ok()).unwrap_or(8));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = vec![];
    let kinds: [(&str, Try); 3] = [("limits", limits), ("integrals", integrals), ("extrema", extrema)];
    for _ in 0..drawn {
        for (name, try_one) in kinds {
            *counts.entry(name).or_default() += usize::from(try_one(&mut draw, &mut faults));
        }
    }
    println!("values found and compared, of {drawn} each: {counts:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(counts.values().all(|n| n * 50 > drawn), "{counts:?}");
}
