//! Special places that draws hardly ever meet: ties (two numbers or arrays alike, one array's entries alike) and the
//! corners of the simplex. A claim that fails there is not supported by the other points.

use super::facts::Facts;
use super::plan::{Draft, Plan};
use crate::algebra::eval::{Array, PointValue};
use crate::expr::Sort;
use crate::num::Rational;

/// Most corners of one simplex that are tried.
const CORNERS: usize = 8;

/// The draft with neighbours of one kind alike, and with arrays of equal entries.
pub(super) fn ties(plan: &Plan, draft: &Draft) -> Vec<Draft> {
    let kinds: Vec<Option<(usize, Option<usize>)>> =
        plan.drawn_symbols().zip(draft).map(|(s, v)| kind(&s.sort, v, &plan.knowledge.facts(s))).collect();
    let mut out = vec![];
    for (at, own) in kinds.iter().enumerate() {
        let Some(own) = own else { continue };
        if let Some(next) = kinds.iter().skip(at + 1).position(|k| k.as_ref() == Some(own)) {
            out.push(replaced(draft, at + 1 + next, draft.get(at).cloned()));
        }
    }
    out.extend(draft.iter().enumerate().filter(|(at, _)| kinds.get(*at).is_some_and(Option::is_some)).filter_map(
        |(at, value)| match value {
            PointValue::Array(a) if a.entries.len() > 1 => Some(replaced(draft, at, Some(level(a)))),
            _ => None,
        },
    ));
    out
}

/// The draft with each distribution in turn sure of one outcome.
pub(super) fn corners(plan: &Plan, draft: &Draft) -> Vec<Draft> {
    let mut out = vec![];
    for (at, (symbol, value)) in plan.drawn_symbols().zip(draft).enumerate() {
        let facts = plan.knowledge.facts(symbol);
        if let PointValue::Array(a) = value
            && facts.sum_one
            && a.columns.is_none()
        {
            let corner = |k: usize| Array { entries: (0..a.rows).map(|i| bit(i == k)).collect(), ..a.clone() };
            out.extend((0..a.rows.min(CORNERS)).map(|k| replaced(draft, at, Some(PointValue::Array(corner(k))))));
        }
    }
    out
}

fn bit(one: bool) -> Rational {
    Rational::from(i64::from(one))
}

fn replaced(draft: &Draft, at: usize, value: Option<PointValue>) -> Draft {
    let mut out = draft.clone();
    if let (Some(slot), Some(value)) = (out.get_mut(at), value) {
        *slot = value;
    }
    out
}

/// The shape of a real number or array that is drawn freely; whole numbers and labels tie by themselves.
fn kind(sort: &Sort, value: &PointValue, facts: &Facts) -> Option<(usize, Option<usize>)> {
    if facts.integer || facts.one_hot || facts.values.is_some() || facts.range.is_some() {
        return None;
    }
    match (sort, value) {
        (Sort::Real, PointValue::Scalar(_)) => Some((0, None)),
        (Sort::Array(_), PointValue::Array(a)) => Some((a.rows, a.columns)),
        _ => None,
    }
}

/// The array with its mean at every place: a distribution becomes uniform.
fn level(a: &Array<Rational>) -> PointValue {
    let count = Rational::from(i64::try_from(a.entries.len()).unwrap_or(1));
    let total = a.entries.iter().fold(Rational::from(0), |s, x| &s + x);
    let mean = total.checked_div(&count).unwrap_or_else(|| Rational::from(0));
    PointValue::Array(a.map(|_| mean.clone()))
}
