//! Points at which a matrix is singular without being special otherwise: two equal columns (or rows) in every free
//! matrix, and every free vector of that length along the difference of the two unit vectors. Drawn points are of full
//! rank almost surely, so that `≻ 0` fails at none of them.

use super::facts::Knowledge;
use super::plan::{Draft, Plan};
use crate::algebra::eval::{Array, PointValue};
use crate::expr::Symbol;
use crate::num::Rational;

/// The draft with equal columns, and with equal rows, if it has free matrices that admit it.
pub(super) fn variants(plan: &Plan, draft: &Draft) -> Vec<Draft> {
    [true, false].into_iter().filter_map(|columns| with_equal(plan, draft, columns)).collect()
}

fn with_equal(plan: &Plan, draft: &Draft, columns: bool) -> Option<Draft> {
    let free: Vec<bool> = plan.drawn_symbols().map(|s| is_free(&plan.knowledge, s)).collect();
    let mut lengths = vec![];
    let mut out = draft.clone();
    for (value, free) in out.iter_mut().zip(&free) {
        if let (PointValue::Array(a), true) = (value, free)
            && let Some(width) = a.columns
            && let length = if columns { width } else { a.rows }
            && length > 1
        {
            let (rows, all) = (a.rows, a.rows * width);
            let entries = (0..all).map(|k| entry(k / width, k % width, columns)).collect();
            *a = Array { rows, columns: Some(width), entries };
            lengths.push(length);
        }
    }
    if lengths.is_empty() {
        return None;
    }
    for (value, free) in out.iter_mut().zip(&free) {
        if let (PointValue::Array(a), true) = (value, free)
            && a.columns.is_none()
            && lengths.contains(&a.rows)
        {
            a.entries = (0..a.rows).map(|k| Rational::from([1, -1].get(k).copied().unwrap_or(0))).collect();
        }
    }
    Some(out)
}

/// Small numbers other than 0, the first two columns (rows) alike.
fn entry(row: usize, column: usize, columns: bool) -> Rational {
    let (place, along) = if columns { (row, column) } else { (column, row) };
    let number = place + along.max(1) * along.max(1);
    Rational::from(i64::try_from(number).unwrap_or(1))
}

fn is_free(knowledge: &Knowledge, symbol: &Symbol) -> bool {
    let facts = knowledge.facts(symbol);
    let bounded = facts.lo.is_some() || facts.hi.is_some() || facts.values.is_some() || facts.range.is_some();
    let shaped = facts.one_hot || facts.sum_one || facts.unit_norm || facts.orthogonal;
    let definite = facts.definite || facts.semidefinite || facts.symmetric;
    !bounded && !shaped && !definite && !facts.integer
}
