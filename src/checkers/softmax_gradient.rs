//! The softmax loss and its derivatives by num-dual on nalgebra vectors.

use nalgebra::{DMatrix, DVector};
use num_dual::{DualNum, first_derivative, gradient, hessian};

use super::draw::Draw;
use super::instance::{Instance, Row, matrix, number, vector};
use super::softmax::{log_softmax, saturated, softmax};
use crate::algebra::eval::Value;

/// −Σⱼ yⱼ log softmax(s)ⱼ.
pub(super) fn loss<D: DualNum<Primitive = f64>>(s: &[D], y: &DVector<f64>) -> D {
    -log_softmax(s).into_iter().zip(y.iter()).map(|(l, y)| l * *y).sum::<D>()
}

/// ∂loss/∂s by num-dual.
fn logit_gradient(s: &DVector<f64>, y: &DVector<f64>) -> DVector<f64> {
    gradient(|s| loss(s.as_slice(), y), s).1
}

/// ∂²loss/∂s² by num-dual.
fn logit_hessian(s: &DVector<f64>, y: &DVector<f64>) -> DMatrix<f64> {
    hessian(|s| loss(s.as_slice(), y), s).2
}

/// ∂loss/∂W of s = Wx by num-dual over all entries of W, row by row.
pub(super) fn weight_gradient(w: &DMatrix<f64>, x: &DVector<f64>, y: &DVector<f64>) -> DMatrix<f64> {
    let (rows, columns) = w.shape();
    let flat = DVector::from_row_slice(w.transpose().as_slice());
    let of_weights = |w: DVector<num_dual::DualDVec64>| {
        let score = |row: &[num_dual::DualDVec64]| row.iter().zip(x.iter()).map(|(w, x)| w.clone() * *x).sum();
        let s: Vec<num_dual::DualDVec64> = w.as_slice().chunks(columns.max(1)).map(score).collect();
        loss(&s, y)
    };
    DMatrix::from_row_slice(rows, columns, gradient(of_weights, &flat).1.as_slice())
}

/// Logits and a label, one-hot or (one time in two) any distribution, under their usual names.
fn labelled(draw: &mut Draw, n: usize, value: fn(&DVector<f64>, &DVector<f64>) -> Value<f64>) -> Instance {
    let s = draw.logits(n);
    let y = if draw.bit() == 0.0 { draw.one_hot(n).0 } else { draw.distribution(n) };
    // δ of two classes, where the notes spell it.
    let delta = matrix(&DMatrix::identity(n, n));
    logits(Instance::new(value(&s, &y)), &s).vector("y", &y).vector("t", &y).named(&["\\delta"], &delta)
}

/// Three logits, the first class true: the derivative by logit `entry`, from 0.
fn three(draw: &mut Draw, entry: usize) -> Instance {
    let s = draw.vector(3, -3, 3);
    let y = DVector::from_vec(vec![1.0, 0.0, 0.0]);
    let value = logit_gradient(&s, &y).get(entry).copied().unwrap_or(f64::NAN);
    logits(Instance::new(number(value)), &s).vector("y", &y).vector("t", &y)
}

fn logits(instance: Instance, s: &DVector<f64>) -> Instance {
    instance.vector("s", s).vector("o", s).vector("z", s).counted_apart(saturated(&softmax(s)))
}

pub(super) const LOSS: Row = Row {
    name: "softmax_loss",
    about: "the cross entropy of a label and the softmax of logits, by log-sum-exp",
    reference: "Zhang et al., Dive into Deep Learning, eq. 4.1.9",
    instance: |draw, n| labelled(draw, n, |s, y| number(loss(s.as_slice(), y))),
};

pub(super) const GRADIENT: Row = Row {
    name: "softmax_gradient",
    about: "the gradient of −Σ y log softmax(s) in the logits by dual numbers (num-dual)",
    reference: "Bishop, PRML, eq. 4.109; Zhang et al., Dive into Deep Learning, eq. 4.1.10",
    instance: |draw, n| labelled(draw, n, |s, y| vector(&logit_gradient(s, y))),
};

pub(super) const GRADIENT_1: Row = Row {
    name: "softmax_gradient_1",
    about: "three classes, the first one true: the derivative of the softmax loss by the first logit (num-dual)",
    reference: "Bishop, PRML, eq. 4.109",
    instance: |draw, _| three(draw, 0),
};

pub(super) const GRADIENT_2: Row = Row {
    name: "softmax_gradient_2",
    about: "three classes, the first one true: the derivative of the softmax loss by the second logit (num-dual)",
    reference: "Bishop, PRML, eq. 4.109",
    instance: |draw, _| three(draw, 1),
};

pub(super) const GRADIENT_3: Row = Row {
    name: "softmax_gradient_3",
    about: "three classes, the first one true: the derivative of the softmax loss by the third logit (num-dual)",
    reference: "Bishop, PRML, eq. 4.109",
    instance: |draw, _| three(draw, 2),
};

pub(super) const WEIGHTS: Row = Row {
    name: "softmax_weight_gradient",
    about: "s = Wx: the gradient of the softmax loss in all weights by dual numbers (num-dual)",
    reference: "Bishop, PRML, eq. 4.109",
    instance: |draw, n| {
        let features = usize::try_from(draw.integer(1, 3)).unwrap_or(1);
        let (w, x) = (draw.matrix(n, features, -2, 2), draw.vector(features, -2, 2));
        let y = draw.one_hot(n).0;
        let value = matrix(&weight_gradient(&w, &x, &y));
        Instance::new(value).matrix("W", &w).matrix("w", &w).vector("x", &x).vector("y", &y).vector("t", &y)
    },
};

pub(super) const HESSIAN: Row = Row {
    name: "softmax_hessian",
    about: "the Hessian of the softmax loss in the logits by second-order dual numbers (num-dual)",
    reference: "Bishop, PRML, eq. 4.110; Böhning, Ann. Inst. Statist. Math. 44 (1992)",
    instance: |draw, n| labelled(draw, n, |s, y| matrix(&logit_hessian(s, y))),
};

pub(super) const HESSIAN_DIAGONAL: Row = Row {
    name: "softmax_hessian_diagonal",
    about: "the second derivative of the softmax loss by each logit (num-dual)",
    reference: "Bishop, PRML, eq. 4.110",
    instance: |draw, n| labelled(draw, n, |s, y| vector(&logit_hessian(s, y).diagonal())),
};

pub(super) const BCE_WEIGHTS: Row = Row {
    name: "bce_weight_gradient",
    about: "the gradient of the loss of two classes in the weights of one logit by dual numbers (num-dual)",
    reference: "Bishop, PRML, eq. 4.91",
    instance: |draw, n| {
        let (w, x, y) = (draw.vector(n, -2, 2), draw.vector(n, -2, 2), draw.bit());
        let label = DVector::from_vec(vec![y, 1.0 - y]);
        let of_weights = |w: DVector<num_dual::DualDVec64>| {
            let s = w.iter().zip(x.iter()).map(|(w, x)| w.clone() * *x).sum();
            loss(&[s, num_dual::DualDVec64::from(0.0)], &label)
        };
        let value = vector(&gradient(of_weights, &w).1);
        Instance::new(value).vector("w", &w).vector("x", &x).named(&["y", "t"], &number(y))
    },
};

pub(super) const BCE: Row = Row {
    name: "bce_gradient",
    about: "the derivative of −log p of the positive class in its logit, the other logit 0 (num-dual)",
    reference: "Goodfellow et al., Deep Learning, 6.2.2.2",
    instance: |draw, _| {
        let s = draw.real(-8, 8);
        let positive = |s: num_dual::Dual64| -log_softmax(&[s, num_dual::Dual64::from(0.0)]).swap_remove(0);
        Instance::new(number(first_derivative(positive, s).1)).number("s", s).number("z", s)
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_gradient_sums_to_zero_and_the_hessian_is_semidefinite(seed: u64, n in 1usize..9) {
            let mut draw = Draw::new(seed);
            let (s, y) = (draw.vector(n, -4, 4), draw.distribution(n));
            prop_assert!(logit_gradient(&s, &y).sum().abs() < 1e-13);
            let h = logit_hessian(&s, &y);
            prop_assert!(h.symmetric_eigenvalues().min() > -1e-12);
        }

        #[test]
        fn the_weight_gradient_is_an_outer_product(seed: u64, n in 1usize..6, d in 1usize..4) {
            let mut draw = Draw::new(seed);
            let (w, x) = (draw.matrix(n, d, -2, 2), draw.vector(d, -2, 2));
            let y = draw.one_hot(n).0;
            let outer = logit_gradient(&(&w * &x), &y) * x.transpose();
            prop_assert!((weight_gradient(&w, &x, &y) - outer).abs().max() < 1e-13);
        }
    }
}
