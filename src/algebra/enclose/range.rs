//! The supremum of an expression over a box.

use super::cell::{critical, enclosure, exact_at};
use super::prove_over;
use super::region::{Extent, Region, Side};
use super::slope::slope;
use crate::algebra::eval::{Env, evaluate};
use crate::expr::Expr;
use crate::num::{Exact, Interval, Rational};

/// Cells that the enclosure is refined to.
const CELLS: usize = 256;

/// What is known of the values of an expression over a box.
#[derive(Clone, Debug)]
pub struct Range {
    /// Encloses all values.
    pub enclosure: Interval,
    /// The least upper bound, if it was found and proved.
    pub supremum: Option<Rational>,
    /// Whether the supremum is a value; known only with it.
    pub attained: Option<bool>,
}

/// Encloses the values over the box, and finds the supremum where it is a rational value at an end, a critical point or
/// an excluded end. `fuel`: cells for each proof. `None` if the expression has a symbol that the region lacks.
pub fn range(e: &Expr, region: &Region, fuel: usize) -> Option<Range> {
    if region.is_empty() || e.symbols().iter().any(|s| !region.axes.iter().any(|(t, _)| t.same(s))) {
        return None;
    }
    let enclosure = refined(e, region);
    let mut candidates: Vec<(Rational, bool)> = Vec::new();
    for corner in corners(region) {
        let inside = region.axes.iter().zip(&corner).all(|((_, x), q)| x.contains(q));
        let sides: Vec<Side> = corner.iter().map(Side::point).collect();
        let value = region
            .point(&sides)
            .and_then(|p| evaluate::<Exact>(e, &Env::at(&p), &mut 50_000).scalar().and_then(Exact::rational).cloned());
        candidates.extend(value.map(|v| (v, inside)));
    }
    for cell in region.cells() {
        candidates.extend(critical_values(e, region, &cell).into_iter().map(|v| (v, true)));
    }
    candidates.sort();
    candidates.dedup();
    let mut found = Range { enclosure, supremum: None, attained: None };
    // The greatest candidate is the only one that can bound all values from above.
    if let Some((top, _)) = candidates.last() {
        let inside = candidates.iter().any(|(v, inside)| v == top && *inside);
        let relation = Expr::relate(if inside { "le" } else { "lt" }, e.clone(), Expr::num(top.clone()));
        if prove_over(&relation, region, fuel).is_some() {
            // A limit at an excluded end is approached, for the enclosure is continuous there by being defined.
            let approached = inside || corners_defined(e, region, top);
            if approached {
                found.supremum = Some(top.clone());
                found.attained = Some(inside);
            }
        }
    }
    Some(found)
}

/// Whether the expression is defined, hence continuous along the rows, at a box around a corner with the value.
fn corners_defined(e: &Expr, region: &Region, value: &Rational) -> bool {
    corners(region).iter().any(|corner| {
        let sides: Vec<Side> = corner.iter().map(Side::point).collect();
        let here = region
            .point(&sides)
            .and_then(|p| evaluate::<Exact>(e, &Env::at(&p), &mut 50_000).scalar().and_then(Exact::rational).cloned());
        // A slope that is defined and bounded on a box up to the corner makes the values tend to that of the corner.
        let near: Vec<Side> = region
            .axes
            .iter()
            .zip(corner)
            .map(|((_, extent), q)| match extent {
                Extent::Finite(_) => Side::point(q),
                Extent::Interval(a, b) => {
                    let step = match (&a.at, &b.at) {
                        (Some(lo), Some(hi)) => (hi - lo).checked_div(&Rational::from(1024)),
                        _ => None,
                    };
                    let step = step.unwrap_or_else(|| Rational::from(1));
                    if a.at.as_ref() == Some(q) {
                        Side { lo: Some(q.clone()), hi: Some(q + &step) }
                    } else {
                        Side { lo: Some(q - &step), hi: Some(q.clone()) }
                    }
                }
            })
            .collect();
        let smooth = region.axes.iter().zip(&near).filter(|(_, s)| s.value().is_none()).all(|((s, _), _)| {
            slope(e, s).is_some_and(|d| {
                let rate = enclosure(&d, region, &near);
                rate.defined().certainly() && rate.is_bounded()
            })
        });
        here.as_ref() == Some(value) && smooth && enclosure(e, region, &near).defined().certainly()
    })
}

/// The corners with finite ends.
fn corners(region: &Region) -> Vec<Vec<Rational>> {
    let mut list = vec![Vec::new()];
    for (_, extent) in &region.axes {
        let ends: Vec<Rational> = match extent {
            Extent::Finite(values) => values.clone(),
            Extent::Interval(a, b) => [&a.at, &b.at].into_iter().flatten().cloned().collect(),
        };
        list = list
            .iter()
            .flat_map(|c| ends.iter().map(move |q| [c.as_slice(), std::slice::from_ref(q)].concat()))
            .collect();
        if list.len() > 1024 {
            return vec![];
        }
    }
    list
}

/// Exact values at inner critical points of a cell with one wide side.
fn critical_values(e: &Expr, region: &Region, cell: &[Side]) -> Vec<Rational> {
    let wide: Vec<usize> = (0..cell.len()).filter(|k| cell.get(*k).is_some_and(|s| s.value().is_none())).collect();
    let [k] = wide.as_slice() else { return vec![] };
    let Some((symbol, extent)) = region.axes.get(*k) else { return vec![] };
    let Some(first) = slope(e, symbol) else { return vec![] };
    let Some(second) = slope(&first, symbol) else { return vec![] };
    let points = critical(&first, &second, region, cell, *k);
    points.iter().filter(|c| extent.contains(c)).filter_map(|c| exact_at(e, region, cell, *k, c)).collect()
}

/// The hull of the enclosures over a subdivision of the box.
fn refined(e: &Expr, region: &Region) -> Interval {
    let mut cells = region.cells();
    let mut rounds = 0;
    while cells.len() < CELLS && rounds < 8 {
        rounds += 1;
        cells = cells
            .into_iter()
            .flat_map(|c| match super::cell::cut(&c) {
                Some((k, at)) => super::halves(&c, k, &at),
                None => vec![c],
            })
            .collect();
    }
    let values = cells.iter().map(|c| enclosure(e, region, c));
    values.reduce(|a, b| a.hull(&b)).unwrap_or_else(Interval::undecided)
}
