//! Inequalities between numbers.

use super::matrix;
use super::tools::Tools;
use crate::expr::{Expr, fun};
use crate::verdict::certificate::Part;

/// Lists of parts that may add up to the difference.
pub(super) fn candidates(tools: &Tools, difference: &Expr) -> Vec<Vec<Part>> {
    let mut out = vec![];
    out.extend(quadratic_form(tools, difference));
    out
}

/// yᵀMy as written.
fn quadratic_form(tools: &Tools, difference: &Expr) -> Option<Vec<Part>> {
    let factors = difference.as_app(fun::MUL)?;
    let at = factors.iter().position(|f| f.as_app("transpose").is_some())?;
    let (numbers, rest) = factors.split_at_checked(at)?;
    let [left, middle @ .., right] = rest else { return None };
    let [y] = left.as_app("transpose")? else { return None };
    if y != right || y.sort().sizes().len() != 1 || middle.is_empty() || numbers.iter().any(|n| !n.sort().is_scalar()) {
        return None;
    }
    let inner = Expr::apply(fun::MUL, numbers.iter().chain(middle).cloned().collect());
    matrix::parts(tools, &inner, y)
}
