//! Percent signs that are units: `\times 100 = 90\%`, where the left side counts hundredths.

use crate::algebra::eval::{Env, Point, evaluate};
use crate::expr::{Expr, Node, fun};

/// How much of a number notes leave out that round it, or cut its digits off: `\frac{10}{15} \times 100 = 66\%`.
const ROUNDED: f64 = 0.05;

/// Whether an equation with a percent sign on one side holds if the sign is a unit: `\frac{45}{50} \times 100 = 90\%`.
pub(super) fn in_hundreds(relation: &Expr, latex: &str) -> bool {
    let Node::App(f, sides) = relation.node() else { return false };
    let ([left, right], true) = (sides.as_slice(), f.name == fun::EQ || f.name.starts_with("approx")) else {
        return false;
    };
    let Some((before, behind)) = latex.split_once(['=', '\u{2248}']).or_else(|| latex.split_once("\\approx")) else {
        return false;
    };
    let at = |e: &Expr| evaluate::<f64>(e, &Env::at(&Point::new()), &mut FUEL.clone()).scalar().copied();
    let (Some(l), Some(r)) = (at(left), at(right)) else { return false };
    let near = |a: f64, b: f64| f64::abs(a - b) <= ROUNDED * f64::abs(b);
    let sign = |side: &str| side.contains("\\%");
    match (sign(before), sign(behind)) {
        (false, true) => near(l, 100.0 * r),
        (true, false) => near(r, 100.0 * l),
        _ => false,
    }
}

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;
