//! `|x · y| ≤ ‖x‖ ‖y‖` between squares, of which sums of squares show which is greater: a product of norms is not negative.

use crate::expr::{Expr, Node, fun};

/// The inequality between the squares of its sides, where these are an absolute value and a product of norms.
pub(super) fn squared(relation: &Expr) -> Option<Expr> {
    let (less, greater) = match relation.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("le", [l, r]) | ("ge", [r, l]) => (l, r),
            _ => return None,
        },
        _ => return None,
    };
    let [inner] = less.as_app("abs")? else { return None };
    let inner = match inner.as_app("dot") {
        Some([a, b]) if a.sort().sizes().len() == 1 => Expr::apply("transpose", vec![a.clone()]) * b.clone(),
        _ => inner.clone(),
    };
    let square = |e: &Expr| e.pow(Expr::int(2));
    let factors: Vec<Expr> =
        greater.as_app(fun::MUL)?.iter().map(|f| f.as_app("norm").map(|_| square(f))).collect::<Option<_>>()?;
    Some(Expr::relate("le", square(&inner), Expr::apply(fun::MUL, factors)))
}
