//! Points that satisfy the givens, for worked examples and pictures; nothing is judged by them.

use proptest::strategy::{Strategy, ValueTree};

use super::certify::{FUEL, admitted};
use super::open::Claim;
use super::plan::{Draft, Plan};
use super::{Problem, runner};
use crate::algebra::eval::{Array, Env, Point, PointValue, truth};
use crate::num::{Rational, Ternary};

/// At most `problem.cases` points at which the givens certainly hold and the sides have values, as drawn.
pub fn points(problem: &Problem) -> Vec<Point> {
    found(problem, &mut |_, _, draft| draft)
}

/// The same with small numbers in the place of those drawn, where the givens allow them: (2, 1, 0), 1/2, one-hot, ….
pub fn small_points(problem: &Problem) -> Vec<Point> {
    found(problem, &mut |claim, plan, mut draft| {
        for at in 0..draft.len() {
            let drawn = draft.get(at).cloned();
            let fits = drawn.iter().flat_map(|value| small(value, at)).find(|value| {
                let tried = with(&draft, at, value);
                plan.point(&tried).is_some_and(|p| fits(claim, &p))
            });
            if let Some(value) = fits {
                draft = with(&draft, at, &value);
            }
        }
        draft
    })
}

/// `mend` gives the draft or one whose point fits, too.
fn found(problem: &Problem, mend: &mut dyn FnMut(&Claim, &Plan, Draft) -> Draft) -> Vec<Point> {
    let Some(claim) = Claim::open(problem.relation, problem.symbolic, problem.givens) else { return vec![] };
    let mut runner = runner(problem.seed);
    let plans = Plan::all(&claim, problem.sizes, problem.cases);
    let mut out: Vec<Point> = vec![];
    for attempt in 0..problem.cases.saturating_mul(4).saturating_add(20) {
        if out.len() >= problem.cases {
            break;
        }
        let Some(plan) = plans.get(attempt % plans.len().max(1)) else { break };
        let Ok(tree) = plan.strategy().new_tree(&mut runner) else { continue };
        let drawn = tree.current();
        if !plan.point(&drawn).is_some_and(|p| fits(&claim, &p)) {
            continue;
        }
        let draft = mend(&claim, plan, drawn);
        out.extend(plan.point(&draft));
    }
    out
}

fn fits(claim: &Claim, point: &Point) -> bool {
    admitted(claim, point) && has_values(claim, point)
}

/// Whether the sides have values there, as floats see it: enough for a picture.
fn has_values(claim: &Claim, point: &Point) -> bool {
    truth::<f64>(&claim.symbolic, &Env::at(point).with_tolerance(1e-9), &mut FUEL.clone()) != Ternary::Unknown
}

fn with(draft: &Draft, at: usize, value: &PointValue) -> Draft {
    let mut out = draft.clone();
    if let Some(slot) = out.get_mut(at) {
        *slot = value.clone();
    }
    out
}

/// Small values of the shape of a drawn one; neighbours are not offered the same first.
fn small(drawn: &PointValue, at: usize) -> Vec<PointValue> {
    let whole = |n: i64| Rational::from(n);
    let part = |p: i64, q: i64| whole(p).checked_div(&whole(q)).unwrap_or_else(|| whole(0));
    let mut out: Vec<PointValue> = match drawn {
        PointValue::Scalar(_) => {
            let numbers = [whole(2), whole(1), whole(3), part(1, 2), part(1, 4), whole(0), whole(-1)];
            numbers.into_iter().map(PointValue::Scalar).collect()
        }
        PointValue::Array(a) => {
            let n = i64::try_from(a.entries.len()).unwrap_or(0);
            let array = |entry: &dyn Fn(i64) -> Rational| {
                PointValue::Array(Array { entries: (0..n).map(entry).collect(), ..a.clone() })
            };
            let falling = |i: i64| if i == 0 { part(1, 2) } else { part(1, 2 * (n - 1).max(1)) };
            vec![
                array(&|i| whole(n - 1 - i)),
                array(&|i| whole((i + 1) % n.max(1))),
                array(&|i| whole(i64::from(i == 0))),
                array(&falling),
                array(&|i| falling(n - 1 - i)),
                array(&|i| whole(i + 1)),
                array(&|_| part(1, n.max(1))),
            ]
        }
        PointValue::Members(_) => vec![],
    };
    let turn = at.checked_rem(out.len().min(2)).unwrap_or(0);
    out.rotate_left(turn);
    out
}
