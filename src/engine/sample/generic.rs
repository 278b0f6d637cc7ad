//! Which points are special.

use num_traits::Zero;

use super::facts::Knowledge;
use super::open::{Claim, walk};
use super::plan::Plan;
use crate::algebra::eval::{Env, Point, PointValue, evaluate};
use crate::expr::{Domain, Expr, Node, Sort};
use crate::num::{Exact, Rational};

/// Whether the point is of size 1, has a zero vector or number, equal numbers, lies on the edge of the domain, or
/// reverses a range.
pub(super) fn is_degenerate(claim: &Claim, plan: &Plan, point: &Point) -> bool {
    let knowledge = &plan.knowledge;
    let free = |s: &crate::expr::Symbol| {
        let f = knowledge.facts(s);
        f.values.is_none() && !f.one_hot && f.range.is_none() && !knowledge.assigned.iter().any(|(t, _)| t.same(s))
    };
    let mut scalars: Vec<&Rational> = Vec::new();
    for (s, v) in point.iter() {
        let special = match v {
            PointValue::Scalar(q) if s.sort == Sort::Real && free(s) => {
                scalars.push(q);
                q.is_zero()
            }
            PointValue::Array(a) if free(s) => {
                let constant = a.entries.len() > 1 && a.entries.windows(2).all(|w| w.first() == w.last());
                constant || a.entries.iter().all(Zero::is_zero)
            }
            _ => false,
        };
        if special {
            return true;
        }
    }
    scalars.sort();
    scalars.windows(2).any(|w| w.first() == w.last()) || at_edge(knowledge, point) || reversed(claim, point)
}

/// Whether a size is 1 or an entry stands at a closed end of its range.
pub(super) fn at_edge(knowledge: &Knowledge, point: &Point) -> bool {
    point.iter().any(|(s, v)| {
        if knowledge.sizes.iter().any(|t| t.same(s)) {
            return match v {
                PointValue::Scalar(q) => *q <= Rational::from(1),
                PointValue::Members(m) => *m <= 1,
                PointValue::Array(_) => false,
            };
        }
        let f = knowledge.facts(s);
        if f.values.is_some() || f.one_hot || f.range.is_some() || s.sort == Sort::Integer {
            return false;
        }
        let end = |q: &Rational| {
            f.lo.as_ref().is_some_and(|(lo, _)| lo == q)
                || f.hi.as_ref().is_some_and(|(hi, _)| hi == q)
                || (f.nonnegative_sum && q.is_zero() && !f.zeros_meant)
        };
        v.numbers().iter().any(end)
    })
}

/// Whether a range runs backwards by more than the empty range just before its start.
fn reversed(claim: &Claim, point: &Point) -> bool {
    let whole = |e: &Expr| {
        let value = evaluate::<Exact>(e, &Env::at(point), &mut 10_000);
        value.scalar().and_then(Exact::rational).and_then(Rational::to_i64)
    };
    let mut found = false;
    for e in claim.parts() {
        walk(e, &mut |e| {
            if let Node::Bind { domain: Domain::Range(a, b), .. } = e.node()
                && a.is_closed()
                && b.is_closed()
                && let (Some(a), Some(b)) = (whole(a), whole(b))
            {
                found |= b < a;
            }
        });
    }
    found
}
