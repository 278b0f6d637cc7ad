//! Points at which a matrix is singular without being special otherwise: two equal columns (or rows, or both) in every
//! free matrix, and all free vectors of that length, or one of them, along the difference of the two unit vectors. Drawn points are of
//! full rank almost surely: `≻ 0` fails at none of them, and none has a vector orthogonal to all rows.

use super::facts::Knowledge;
use super::plan::{Draft, Plan};
use crate::algebra::eval::{Array, PointValue};
use crate::expr::Symbol;
use crate::num::Rational;

/// Which neighbours are alike.
#[derive(Clone, Copy)]
struct Alike {
    rows: bool,
    columns: bool,
}

const ALIKE: [Alike; 3] =
    [Alike { rows: false, columns: true }, Alike { rows: true, columns: false }, Alike { rows: true, columns: true }];

/// Most vectors that are tried one by one.
const VECTORS: usize = 4;

/// The draft with equal columns, rows, or both, if it has free matrices that admit it.
pub(super) fn variants(plan: &Plan, draft: &Draft) -> Vec<Draft> {
    let free: Vec<bool> = plan.drawn_symbols().map(|s| is_free(&plan.knowledge, s)).collect();
    ALIKE.into_iter().flat_map(|alike| with_equal(draft, &free, alike)).collect()
}

fn with_equal(draft: &Draft, free: &[bool], alike: Alike) -> Vec<Draft> {
    let mut lengths = vec![];
    let mut out = draft.clone();
    for (value, free) in out.iter_mut().zip(free) {
        if let (PointValue::Array(a), true) = (value, free)
            && let Some(width) = a.columns
            && let length = if alike.columns { width } else { a.rows }
            && length > 1
        {
            let (rows, all) = (a.rows, a.rows * width);
            let entries = (0..all).map(|k| entry(k / width, k % width, alike)).collect();
            *a = Array { rows, columns: Some(width), entries };
            lengths.push(length);
        }
    }
    let vector = |(value, free): (&PointValue, &bool)| match value {
        PointValue::Array(a) => *free && a.columns.is_none() && lengths.contains(&a.rows),
        _ => false,
    };
    let vectors: Vec<usize> = (0..out.len()).filter(|k| out.get(*k).zip(free.get(*k)).is_some_and(vector)).collect();
    if lengths.is_empty() {
        return vec![];
    }
    let single = vectors.iter().take(if vectors.len() > 1 { VECTORS } else { 0 }).map(|k| vec![*k]);
    let choices: Vec<Vec<usize>> = std::iter::once(vectors.clone()).chain(single).collect();
    choices.into_iter().map(|chosen| along(&out, &chosen)).collect()
}

/// The chosen vectors along e₁ − e₂, each a multiple of its own.
fn along(draft: &Draft, chosen: &[usize]) -> Draft {
    let mut out = draft.clone();
    for (times, place) in (1i64..).zip(chosen) {
        if let Some(PointValue::Array(a)) = out.get_mut(*place) {
            a.entries = (0..a.rows).map(|k| Rational::from([times, -times].get(k).copied().unwrap_or(0))).collect();
        }
    }
    out
}

/// Small numbers other than 0, the first two rows or columns alike.
fn entry(row: usize, column: usize, alike: Alike) -> Rational {
    let row = if alike.rows { row.max(1) - 1 } else { row };
    let column = if alike.columns { column.max(1) } else { column + 1 };
    Rational::from(i64::try_from(row + column * column).unwrap_or(1))
}

fn is_free(knowledge: &Knowledge, symbol: &Symbol) -> bool {
    let facts = knowledge.facts(symbol);
    let bounded = facts.lo.is_some() || facts.hi.is_some() || facts.values.is_some() || facts.range.is_some();
    let shaped = facts.one_hot || facts.sum_one || facts.unit_norm || facts.orthogonal;
    let definite = facts.definite || facts.semidefinite || facts.symmetric;
    !bounded && !shaped && !definite && !facts.integer
}
