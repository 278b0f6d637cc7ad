//! Counterexamples where drawn points miss them: at critical points of the difference, and at ties of max and min.

use super::sample::violation_at;
use crate::algebra::enclose::{Extent, Region, inequalities};
use crate::algebra::eval::{Point, PointValue};
use crate::algebra::univariate::critical_points;
use crate::algebra::value::has_greatest;
use crate::expr::{Expr, Sort, Symbol};
use crate::num::{Rational, Ternary};
use crate::verdict::{Evidence, Refutation, certain};

/// Most cases of the symbols that have finitely many values.
const CASES: usize = 64;

/// A certified counterexample to an inequality, derivatives carried out, at which no line of the context fails.
pub(super) fn refute(relation: &Expr, givens: &[Expr], context: &[Expr]) -> Option<Refutation> {
    let certified = |point: Point, degenerate: bool| {
        if context.iter().any(|e| certain(e, &point) == Ternary::False) {
            return None;
        }
        let violation = violation_at(relation, givens, &point)?;
        let at = point.shown();
        let evidence = Evidence::Counterexample { relation: relation.clone(), givens: givens.to_vec(), point };
        Some(Refutation { evidence, at, left: violation.left, right: violation.right, degenerate })
    };
    let targets = inequalities(relation)?;
    let region = Region::from_givens([relation], givens)?;
    let (wide, finite): (Vec<_>, Vec<_>) = region.axes.iter().partition(|(_, x)| matches!(x, Extent::Interval(..)));
    if let [(symbol, extent)] = wide.as_slice() {
        for (difference, _) in targets.iter().flatten() {
            for (case, point) in cases(difference, &finite)? {
                for q in critical_points(&case, &Expr::sym(symbol.clone()), extent) {
                    // At 0 alone it may be a degenerate case.
                    let zero = q == Rational::from(0);
                    if let Some(found) = certified(point.clone().with_scalar(symbol, q), zero) {
                        return Some(found);
                    }
                }
            }
        }
    }
    if has_greatest(relation) && finite.is_empty() && wide.iter().all(|(s, _)| s.sort == Sort::Real) {
        let mut tie = Point::new();
        wide.iter().for_each(|(s, _)| tie.set(s, PointValue::Scalar(Rational::from(1))));
        return certified(tie, true);
    }
    None
}

/// The difference in each case of the symbols with finitely many values, and the point so far.
fn cases(difference: &Expr, finite: &[&(Symbol, Extent)]) -> Option<Vec<(Expr, Point)>> {
    let mut cases = vec![(difference.clone(), Point::new())];
    for (symbol, extent) in finite {
        let Extent::Finite(values) = extent else { return None };
        let at = |(e, p): &(Expr, Point), q: &Rational| {
            (e.substituted(symbol, &Expr::num(q.clone())), p.clone().with_scalar(symbol, q.clone()))
        };
        cases = cases.iter().flat_map(|c| values.iter().map(move |q| at(c, q))).collect();
        if cases.len() > CASES {
            return None;
        }
    }
    Some(cases)
}
