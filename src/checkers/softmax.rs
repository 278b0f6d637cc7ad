//! Softmax on nalgebra vectors, by log-sum-exp; its Jacobian by num-dual.

use nalgebra::{DMatrix, DVector};
use num_dual::{DualNum, jacobian};

use super::draw::Draw;
use super::instance::{Instance, Row, matrix, number, places, vector};
use crate::algebra::eval::{Array, Value};

/// sᵢ − log Σₖ e^{sₖ}, the greatest entry taken out first.
pub(super) fn log_softmax<D: DualNum<Primitive = f64>>(s: &[D]) -> Vec<D> {
    let top = s.iter().map(|x| x.re()).fold(f64::NEG_INFINITY, f64::max);
    let total: D = s.iter().map(|x| (x.clone() - top).exp()).sum();
    let log = total.ln() + top;
    s.iter().map(|x| x.clone() - log.clone()).collect()
}

/// e to the [`log_softmax`].
pub(super) fn softmax(s: &DVector<f64>) -> DVector<f64> {
    DVector::from_vec(log_softmax(s.as_slice())).map(f64::exp)
}

/// Whether a probability is so near 0 or 1 that its complement has lost its digits.
pub(super) fn saturated(p: &DVector<f64>) -> bool {
    p.len() > 1 && p.iter().any(|x| *x < 1e-9 || 1.0 - *x < 1e-9)
}

/// Logits under their usual names, and a shift for all of them.
fn logits(draw: &mut Draw, n: usize, value: fn(&DVector<f64>) -> Value<f64>) -> Instance {
    let s = draw.logits(n);
    let instance =
        Instance::new(value(&s)).vector("s", &s).vector("o", &s).vector("z", &s).number("a", draw.real(-4, 4));
    instance.counted_apart(saturated(&softmax(&s)))
}

/// ∂pᵢ/∂sⱼ by num-dual.
fn softmax_jacobian(s: &DVector<f64>) -> DMatrix<f64> {
    jacobian(|s| DVector::from_vec(log_softmax(s.as_slice())).map(|x| x.exp()), s).1
}

/// Whether pᵢ < pⱼ, as a matrix of 1 and 0.
fn order(s: &DVector<f64>) -> Value<f64> {
    let p = softmax(s);
    Value::Array(Array::from_fn(p.len(), p.len(), |i, j| f64::from(u8::from(p[i] < p[j]))))
}

/// The places of the greatest probability.
fn greatest(s: &DVector<f64>) -> Value<f64> {
    let p = softmax(s);
    let top = p.max();
    places((0..p.len()).filter(|i| p[*i] >= top))
}

pub(super) const VALUE: Row = Row {
    name: "softmax",
    about: "the softmax of a logit vector, by log-sum-exp",
    reference: "Bishop, PRML, eq. 4.62; Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021)",
    instance: |draw, n| logits(draw, n, |s| vector(&softmax(s))),
};

pub(super) const TOTAL: Row = Row {
    name: "softmax_total",
    about: "the sum of a softmax, by log-sum-exp and nalgebra",
    reference: "Bishop, PRML, eq. 4.62",
    instance: |draw, n| logits(draw, n, |s| number(softmax(s).sum())),
};

pub(super) const JACOBIAN: Row = Row {
    name: "softmax_jacobian",
    about: "∂p/∂s of p = softmax(s) by dual numbers (num-dual)",
    reference: "Bishop, PRML, eq. 4.106",
    instance: |draw, n| logits(draw, n, |s| matrix(&softmax_jacobian(s))),
};

pub(super) const ORDER: Row = Row {
    name: "softmax_order",
    about: "for each pair of classes whether the first is less probable than the second",
    reference: "Zhang et al., Dive into Deep Learning, 4.1.1",
    instance: |draw, n| logits(draw, n, order),
};

pub(super) const ARGMAX: Row = Row {
    name: "softmax_argmax",
    about: "the most probable classes of a softmax",
    reference: "Zhang et al., Dive into Deep Learning, eq. 4.1.5",
    instance: |draw, n| logits(draw, n, greatest),
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn softmax_is_a_distribution(s in prop::collection::vec(-700.0..700.0f64, 1..9)) {
            let p = softmax(&DVector::from_vec(s));
            prop_assert!((p.sum() - 1.0).abs() < 1e-12 && p.iter().all(|x| (0.0..=1.0 + 1e-15).contains(x)));
        }

        #[test]
        fn columns_of_the_jacobian_sum_to_zero(s in prop::collection::vec(-5.0..5.0f64, 1..9)) {
            let j = softmax_jacobian(&DVector::from_vec(s));
            prop_assert!(j.row_sum().iter().all(|x| x.abs() < 1e-13));
            prop_assert!((j.clone() - j.transpose()).abs().max() < 1e-13);
        }
    }
}
