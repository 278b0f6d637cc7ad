//! Known objects of classification and information theory on finite distributions (arrays on the simplex).
//!
//! Their definitions as expressions stand in [`crate::algebra`]; natural logarithms; `0 log 0 = 0` in the entropies.

use super::{Arity, Row, no_conditions, real_sort};
use crate::expr::{Expr, Sort};

const fn row(
    name: &'static str,
    tex: &'static [&'static str],
    count: usize,
    sort: fn(&[Expr]) -> Sort,
    reference: &'static str,
) -> Row {
    Row {
        name,
        tex,
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
        "softmax",
        &["softmax"],
        1,
        same_shape,
        "pᵢ = e^{sᵢ} / Σₖ e^{sₖ}; Bishop, PRML, eq. 4.104; of a matrix row by row",
    ),
    row("log_softmax", &["logsoftmax", "log_softmax"], 1, same_shape, "sᵢ − log Σₖ e^{sₖ}"),
    row("logsumexp", &["logsumexp", "LSE", "lse"], 1, real_sort, "log Σₖ e^{sₖ}"),
    row("entropy", &[], 1, real_sort, "H(P) = −Σ Pₓ log Pₓ; Cover & Thomas, eq. 2.1"),
    row("cross_entropy", &[], 2, real_sort, "H(P, Q) = −Σ Pₓ log Qₓ; Goodfellow et al., Deep Learning, eq. 3.51"),
    row("kl", &[], 2, real_sort, "D(P‖Q) = Σ Pₓ log (Pₓ/Qₓ); Cover & Thomas, eq. 2.26"),
    row(
        "expectation",
        &[],
        1,
        real_sort,
        "E[X] of a random variable with a mean; Billingsley, Probability and Measure, 21",
    ),
    row("variance", &["Var", "var"], 1, real_sort, "E[(X − E[X])²]; Billingsley, Probability and Measure, 21"),
    row(
        "covariance",
        &["Cov", "cov"],
        2,
        real_sort,
        "E[(X − E[X])(Y − E[Y])]; Billingsley, Probability and Measure, 21",
    ),
];

fn same_shape(a: &[Expr]) -> Sort {
    match a {
        [x] if !x.sort().sizes().is_empty() => x.sort().clone(),
        _ => Sort::Unknown,
    }
}
