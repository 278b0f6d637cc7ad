//! Inequalities over boxes, by intervals: branch, prove, and keep the boxes as evidence.
//!
//! A cell is settled directly (the enclosure of the difference), by monotonicity (its least value lies on a face, which
//! may be an end that the region excludes), or by convexity (a rational point where value and slope are exactly 0, with
//! a second derivative ≥ 0 around). Slopes come from the function rows by the chain rule, inside here, so that a replay
//! recomputes all of it.
//!
//! The files form a DAG: `region` · `slope` · `cell` · `range` · this file.

mod cell;
mod range;
mod region;
mod slope;

use crate::algebra::eval::DEPTH_CAP;
use crate::expr::{Expr, Node};
use crate::num::{Interval, Rational};

pub use cell::Method;
pub use range::{Range, range};
pub use region::{End, Extent, Region, Side};
pub(crate) use slope::slope;

use cell::{Target, settle};

/// A part of the region and how the claim was proved there.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// A closed box, a side for each symbol of the region.
    pub sides: Vec<Side>,
    /// How.
    pub method: Method,
}

/// Evidence that one inequality `d > 0` or `d ≥ 0` holds over a region.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The difference of the sides.
    pub difference: Expr,
    /// Whether the inequality is strict.
    pub strict: bool,
    /// Cells that cover the region.
    pub boxes: Vec<Cell>,
    /// Hull of the enclosures of the difference.
    pub bound: Interval,
    /// Whether the difference was found to be exactly 0 at some point of the region.
    pub attained: bool,
}

/// Evidence that a relation holds over a region: one proof for each inequality that it consists of.
#[derive(Clone, Debug)]
pub struct Enclosed {
    /// Where.
    pub region: Region,
    /// The inequalities.
    pub parts: Vec<Proved>,
}

/// Most inequalities that a relation may consist of.
const PARTS: usize = 16;

/// Proves `<`, `≤`, `>`, `≥`, `≠`, membership in intervals, or conjunctions of these, at every point of the box that
/// the givens leave. A step of fuel is one cell looked at. `None` if the fuel ends first or the relation is of another
/// kind; also for a region without points, over which nothing is proved.
pub fn prove(relation: &Expr, givens: &[Expr], fuel: usize) -> Option<Enclosed> {
    let region = Region::from_givens([relation], givens)?;
    prove_over(relation, &region, fuel)
}

/// [`prove`] over a given region.
pub fn prove_over(relation: &Expr, region: &Region, fuel: usize) -> Option<Enclosed> {
    if region.is_empty() || relation.depth() > DEPTH_CAP {
        return None;
    }
    let mut left = fuel;
    let mut parts = Vec::new();
    for alternatives in targets(relation)? {
        let proved = alternatives.into_iter().find_map(|t| prove_target(&t, region, &mut left))?;
        parts.push(proved);
    }
    (!parts.is_empty()).then(|| Enclosed { region: region.clone(), parts })
}

/// Whether the evidence proves the relation under the givens: the cells cover the region of the givens, and each cell
/// is settled again by its own method. Fails closed.
pub fn replay(relation: &Expr, givens: &[Expr], evidence: &Enclosed) -> bool {
    let Some(region) = Region::from_givens([relation], givens) else { return false };
    if region != evidence.region || region.is_empty() || relation.depth() > DEPTH_CAP {
        return false;
    }
    let Some(needed) = targets(relation) else { return false };
    needed.len() == evidence.parts.len()
        && needed.iter().zip(&evidence.parts).all(|(alternatives, part)| {
            alternatives.iter().any(|t| t.difference == part.difference && t.strict == part.strict)
                && replay_part(part, &region)
        })
}

fn replay_part(part: &Proved, region: &Region) -> bool {
    let target = Target { difference: part.difference.clone(), strict: part.strict };
    let mut bound: Option<Interval> = None;
    let mut attained = false;
    for c in &part.boxes {
        match settle(&target, region, &c.sides) {
            Some((method, value)) if c.sides.len() == region.axes.len() && method == c.method => {
                bound = Some(bound.map_or(value, |b| b.hull(&value)));
                attained |= cell::attains(&target, region, &c.sides, &method);
            }
            _ => return false,
        }
    }
    let settled = bound == Some(part.bound) && attained == part.attained;
    let mut fuel = part.boxes.len().saturating_mul(64).saturating_add(1024);
    settled && region.cells().iter().all(|cell| covered(cell, &part.boxes, &mut fuel))
}

/// Whether a box lies in the union of the cells: in one of them, or both halves at an end of a cell that cuts it.
fn covered(target: &[Side], cells: &[Cell], fuel: &mut usize) -> bool {
    let mut todo = vec![target.to_vec()];
    while let Some(sides) = todo.pop() {
        if *fuel == 0 {
            return false;
        }
        *fuel -= 1;
        let inside = |c: &Cell| c.sides.iter().zip(&sides).all(|(a, b)| a.holds(b));
        if cells.iter().any(inside) {
            continue;
        }
        let cut = cells.iter().filter(|c| overlaps(&c.sides, &sides)).find_map(|c| {
            c.sides.iter().zip(&sides).enumerate().find_map(|(k, (a, b))| {
                let end = [&a.lo, &a.hi].into_iter().flatten().find(|q| b.splits_at(q))?;
                Some((k, end.clone()))
            })
        });
        let Some((k, at)) = cut else { return false };
        todo.extend(halves(&sides, k, &at));
    }
    true
}

/// Whether two boxes have inner points in common (along sides that are more than a point).
fn overlaps(a: &[Side], b: &[Side]) -> bool {
    a.iter().zip(b).all(|(a, b)| {
        let below = |x: &Option<Rational>, y: &Option<Rational>| match (x, y) {
            (Some(x), Some(y)) => x < y,
            _ => true,
        };
        b.value().map_or(below(&a.lo, &b.hi) && below(&b.lo, &a.hi), |q| a.holds(&Side::point(q)))
    })
}

fn halves(sides: &[Side], k: usize, at: &Rational) -> Vec<Vec<Side>> {
    let Some(side) = sides.get(k) else { return vec![] };
    let (below, above) = side.split(at);
    [below, above]
        .into_iter()
        .map(|half| sides.iter().enumerate().map(|(i, s)| if i == k { half.clone() } else { s.clone() }).collect())
        .collect()
}

/// The inequalities `difference > 0` (strict) or `≥ 0` that a relation consists of; for each the ways to prove it.
pub(crate) fn inequalities(relation: &Expr) -> Option<Vec<Vec<(Expr, bool)>>> {
    let list = targets(relation)?;
    Some(list.into_iter().map(|ways| ways.into_iter().map(|t| (t.difference, t.strict)).collect()).collect())
}

fn targets(relation: &Expr) -> Option<Vec<Vec<Target>>> {
    let mut list = Vec::new();
    let mut todo = vec![relation.clone()];
    while let Some(e) = todo.pop() {
        let Node::App(f, args) = e.node() else { return None };
        let target = |a: &Expr, b: &Expr, strict| Target { difference: b.clone() - a.clone(), strict };
        match (f.name, args.as_slice()) {
            ("and", _) => todo.extend(args.iter().rev().cloned()),
            ("lt", [a, b]) => list.push(vec![target(a, b, true)]),
            ("le", [a, b]) => list.push(vec![target(a, b, false)]),
            ("gt", [a, b]) => list.push(vec![target(b, a, true)]),
            ("ge", [a, b]) => list.push(vec![target(b, a, false)]),
            ("ne", [a, b]) => list.push(vec![target(a, b, true), target(b, a, true)]),
            ("member", [x, set]) => {
                let Node::App(s, ends) = set.node() else { return None };
                let [a, b] = ends.as_slice() else { return None };
                let (lower, upper) = match s.name {
                    "open_interval" => (true, true),
                    "closed_interval" => (false, false),
                    "left_open" => (true, false),
                    "right_open" => (false, true),
                    _ => return None,
                };
                let infinite = |e: &Expr| e.any(&mut |x| x.as_app("infinity").is_some());
                if !infinite(a) {
                    list.push(vec![target(a, x, lower)]);
                }
                if !infinite(b) {
                    list.push(vec![target(x, b, upper)]);
                }
            }
            _ => return None,
        }
        if list.len() + todo.len() > PARTS {
            return None;
        }
    }
    Some(list)
}

fn prove_target(target: &Target, region: &Region, fuel: &mut usize) -> Option<Proved> {
    if !target.difference.sort().is_scalar() {
        return None;
    }
    let mut boxes = Vec::new();
    let mut bound: Option<Interval> = None;
    let mut attained = false;
    let mut todo: Vec<Vec<Side>> = region.cells();
    todo.reverse();
    while let Some(sides) = todo.pop() {
        *fuel = fuel.checked_sub(1)?;
        if let Some((method, value)) = settle(target, region, &sides) {
            bound = Some(bound.map_or(value, |b| b.hull(&value)));
            attained |= cell::attains(target, region, &sides, &method);
            boxes.push(Cell { sides, method });
            continue;
        }
        if cell::fails(target, region, &sides) {
            return None;
        }
        let (k, at) = cell::cut(&sides)?;
        todo.extend(halves(&sides, k, &at).into_iter().rev());
    }
    Some(Proved { difference: target.difference.clone(), strict: target.strict, boxes, bound: bound?, attained })
}

#[cfg(test)]
mod tests;
