//! Derivatives and extrema as written, before the definitions say of what.
//!
//! `elaborate` turns them into binders once it knows what stands behind the names.

use super::{Arity, Row, no_conditions, real_sort};
use crate::expr::{Expr, Node, Sort};

const fn row(name: &'static str, count: usize, sort: fn(&[Expr]) -> Sort, reference: &'static str) -> Row {
    Row {
        name,
        tex: &[],
        arity: Arity::Exactly(count),
        sort,
        domain: no_conditions,
        derivative: None,
        kernel: None,
        reference,
    }
}

pub(super) const ROWS: &[Row] = &[
    row(
        "partial",
        2,
        partial_sort,
        "∂body/∂place as written; the result has the shape of the body, then that of the place",
    ),
    row("gradient", 2, gradient_sort, "∇f, ∇²f without a variable: by the function's argument"),
    row("differential", 1, |_| Sort::Real, "dx as written, outside of integrals and derivatives"),
    row("prime", 2, real_sort, "f′, f″: by the function's argument; the second argument is the order"),
    row(
        "extremum",
        2,
        real_sort,
        "max f (1) or min f (0) without a range: over all values that f's ingredients may have",
    ),
];

/// As many sizes as the argument has, for each order.
fn gradient_sort(a: &[Expr]) -> Sort {
    let (Some(Node::Call(_, args)), Some(order)) = (a.first().map(Expr::node), a.get(1).and_then(Expr::as_int)) else {
        return Sort::Real;
    };
    let sizes = args.first().map_or(&[][..], |x| x.sort().sizes());
    let all: Vec<Expr> = (0..order.clamp(0, 2)).flat_map(|_| sizes.iter().cloned()).collect();
    if all.is_empty() { Sort::Real } else { Sort::Array(all) }
}

fn partial_sort(a: &[Expr]) -> Sort {
    let sizes: Vec<Expr> = a.iter().flat_map(|x| x.sort().sizes().iter().cloned()).collect();
    if sizes.is_empty() { Sort::Real } else { Sort::Array(sizes) }
}
