//! Strategies for arrays of rationals.

use proptest::prelude::*;

use super::choice::one_of;
use super::facts::Facts;
use super::numbers::number;
use crate::algebra::eval::Array;
use crate::num::Rational;

/// An array of the shape with what the facts say; `entry` draws an unconstrained entry.
pub(super) fn array(
    rows: usize,
    columns: Option<usize>,
    facts: &Facts,
    entry: &BoxedStrategy<Rational>,
) -> BoxedStrategy<Array<Rational>> {
    let width = columns.unwrap_or(1);
    let shaped = move |entries: Vec<Rational>| Array { rows, columns, entries };
    if let Some(n) = columns.filter(|n| *n == rows) {
        if facts.orthogonal {
            return orthogonal(n);
        }
        if facts.definite || facts.semidefinite {
            return gram(n, facts.definite);
        }
        if facts.symmetric {
            return vec(entry.clone(), n * (n + 1) / 2).prop_map(move |list| mirrored(n, &list)).boxed();
        }
    }
    // Rows of a matrix, or the one vector.
    let (groups, length) = if columns.is_some() { (rows, width) } else { (1, rows) };
    // Entries from {0, 1} with sum 1 are one-hot as well.
    let group = if facts.one_hot || (facts.sum_one && facts.values.is_some()) {
        one_hot(length)
    } else if facts.sum_one && (facts.nonnegative_sum || facts.lo.is_some()) {
        simplex(length, facts.lo.as_ref().is_some_and(|(_, closed)| !closed))
    } else if facts.sum_one {
        vec(entry.clone(), length.saturating_sub(1)).prop_map(summing_to_one).boxed()
    } else if facts.unit_norm {
        unit_norm(length)
    } else {
        vec(entry.clone(), length).boxed()
    };
    vec(group, groups).prop_map(move |g| shaped(g.concat())).boxed()
}

fn vec<T: Clone + std::fmt::Debug + 'static>(one: BoxedStrategy<T>, count: usize) -> BoxedStrategy<Vec<T>> {
    proptest::collection::vec(one, count).boxed()
}

fn one_hot(n: usize) -> BoxedStrategy<Vec<Rational>> {
    (0..n.max(1)).prop_map(move |k| (0..n).map(|i| Rational::from(i64::from(i == k))).collect()).boxed()
}

/// Weights over their sum; a 0 among them now and then, unless every entry is to be positive.
fn simplex(n: usize, positive: bool) -> BoxedStrategy<Vec<Rational>> {
    let weight =
        if positive { (1i64..=9).boxed() } else { one_of(vec![(9, (1i64..=9).boxed()), (1, Just(0).boxed())]) };
    vec(weight, n)
        .prop_map(|weights| {
            let total = weights.iter().sum::<i64>();
            let count = i64::try_from(weights.len()).unwrap_or(1);
            let share = |w: i64| if total == 0 { Rational::new(1, count) } else { Rational::new(w, total) };
            weights.iter().map(|w| share(*w).unwrap_or_else(|| Rational::from(1))).collect()
        })
        .boxed()
}

fn summing_to_one(mut entries: Vec<Rational>) -> Vec<Rational> {
    let rest = entries.iter().fold(Rational::from(1), |s, x| &s - x);
    entries.push(rest);
    entries
}

/// Rational points of the unit sphere by stereographic projection.
fn unit_norm(n: usize) -> BoxedStrategy<Vec<Rational>> {
    vec((-4i64..=4).boxed(), n.saturating_sub(1))
        .prop_map(|a| {
            let square: i64 = a.iter().map(|x| x * x).sum();
            let over = |p: i64| Rational::new(p, square + 1).unwrap_or_else(|| Rational::from(1));
            a.iter().map(|x| over(2 * x)).chain([over(square - 1)]).collect()
        })
        .boxed()
}

fn mirrored(n: usize, list: &[Rational]) -> Array<Rational> {
    Array::from_fn(n, n, |i, j| {
        let (high, low) = (i.max(j), i.min(j));
        list.get(high * (high + 1) / 2 + low).cloned().unwrap_or_else(|| Rational::from(0))
    })
}

/// L Lᵀ with small integers, and the identity on top if it is to be definite.
fn gram(n: usize, definite: bool) -> BoxedStrategy<Array<Rational>> {
    let factor = Facts {
        integer: true,
        lo: Some((Rational::from(-3), true)),
        hi: Some((Rational::from(3), true)),
        ..Facts::default()
    };
    (vec(number(&factor), n * n), 1i64..=4)
        .prop_map(move |(l, d)| {
            let row = |i: usize| l.get(i * n..(i + 1) * n).unwrap_or(&[]);
            let ridge = Rational::new(1, d).unwrap_or_else(|| Rational::from(1));
            Array::from_fn(n, n, |i, j| {
                let dot = row(i).iter().zip(row(j)).fold(Rational::from(0), |s, (x, y)| &s + &(x * y));
                if definite && i == j { &dot + &ridge } else { dot }
            })
        })
        .boxed()
}

/// Products of two reflections I − 2vvᵀ/vᵀv, one of them perhaps the identity.
fn orthogonal(n: usize) -> BoxedStrategy<Array<Rational>> {
    let vector = || vec((-3i64..=3).boxed(), n);
    (vector(), vector())
        .prop_map(move |(u, v)| {
            let (a, b) = (reflection(&u), reflection(&v));
            Array::from_fn(n, n, |i, j| {
                (0..n).fold(Rational::from(0), |s, k| match (a.get(i, k), b.get(k, j)) {
                    (Some(x), Some(y)) => &s + &(x * y),
                    _ => s,
                })
            })
        })
        .boxed()
}

fn reflection(v: &[i64]) -> Array<Rational> {
    let square: i64 = v.iter().map(|x| x * x).sum();
    Array::from_fn(v.len(), v.len(), |i, j| {
        let product = v.get(i).copied().unwrap_or(0) * v.get(j).copied().unwrap_or(0);
        let unit = Rational::from(i64::from(i == j));
        Rational::new(2 * product, square).map_or(unit.clone(), |q| &unit - &q)
    })
}
