//! The Hessian of logistic regression by num-dual; its eigenvalues are taken in the harness by nalgebra.

use nalgebra::DMatrix;
use num_dual::hessian;

use super::instance::{Row, matrix};
use super::logistic::{Data, loss};

/// ∂²loss/∂w² by second-order dual numbers.
pub(super) fn weight_hessian(data: &Data) -> DMatrix<f64> {
    hessian(|w| loss(w.as_slice(), &data.x, &data.t), &data.w).2
}

pub(super) const LOGISTIC: Row = Row {
    name: "logistic_hessian",
    about: "the Hessian of the loss of logistic regression by dual numbers (num-dual), eigenvalues by nalgebra",
    reference: "Bishop, PRML, eq. 4.97",
    instance: |draw, n| {
        let data = Data::draw(draw, n);
        let mut instance = data.named(matrix(&weight_hessian(&data)));
        // Second derivatives through a logarithm and an exponential lose a few digits more.
        instance.tolerance = 1e-10;
        instance
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::checkers::draw::Draw;

    proptest! {
        #[test]
        fn eigenvalues_are_not_negative_and_the_gram_form_agrees(seed: u64, n in 1usize..9) {
            let data = Data::draw(&mut Draw::new(seed), n);
            let h = weight_hessian(&data);
            prop_assert!(h.clone().symmetric_eigenvalues().min() > -1e-12);
            let weights = (&data.x * &data.w).map(|z| {
                let y = statrs::function::logistic::logistic(z);
                y * (1.0 - y)
            });
            let gram = data.x.transpose() * DMatrix::from_diagonal(&weights) * &data.x;
            prop_assert!((h - gram).abs().max() < 1e-12);
        }
    }
}
