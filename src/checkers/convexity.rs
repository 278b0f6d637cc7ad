//! Convexity of the logistic loss, and what it lacks: directions in which it is flat, data without a minimiser.

use nalgebra::DVector;
use num_dual::gradient;

use super::draw::Draw;
use super::hessian::weight_hessian;
use super::instance::{Instance, Row, matrix, number, vector};
use super::logistic::{Data, loss};

fn loss_at(data: &Data, w: &DVector<f64>) -> f64 {
    loss(w.as_slice(), &data.x, &data.t)
}

pub(super) const CONVEX: Row = Row {
    name: "logistic_convex",
    about: "the chord of the loss of logistic regression between two weight vectors, by log-sum-exp",
    reference: "Boyd & Vandenberghe, Convex Optimization, 3.1 and 7.1.1",
    instance: |draw, n| {
        let data = Data::draw(draw, n);
        let (v, share) = (draw.vector(data.w.len(), -2, 2), draw.inside());
        let chord = share * loss_at(&data, &data.w) + (1.0 - share) * loss_at(&data, &v);
        let instance = data.named(number(chord)).named(&["v", "u", "w'"], &vector(&v)).within(1e-10);
        instance.named(&["\\lambda", "\\alpha"], &number(share))
    },
};

/// Data whose first two columns are equal, and the direction e₁ − e₂.
fn with_equal_columns(draw: &mut Draw, n: usize) -> (Data, DVector<f64>) {
    let mut data = Data::draw(draw, n);
    let d = data.w.len().max(2);
    let narrow = data.x.ncols();
    data.x = data.x.resize_horizontally(d, 0.0);
    if narrow < d {
        data.w = draw.vector(d, -2, 2);
    }
    let first = data.x.column(0).into_owned();
    data.x.set_column(1, &first);
    let direction = DVector::from_fn(d, |j, _| [1.0, -1.0].get(j).copied().unwrap_or(0.0));
    (data, direction)
}

pub(super) const SINGULAR: Row = Row {
    name: "logistic_hessian_singular",
    about: "the Hessian of logistic regression for data with two equal columns (num-dual), which is singular",
    reference: "Boyd & Vandenberghe, Convex Optimization, 3.1.4",
    instance: |draw, n| {
        let (data, _) = with_equal_columns(draw, n);
        let instance = data.named(matrix(&weight_hessian(&data))).within(1e-10);
        Instance { singular: true, ..instance }
    },
};

pub(super) const FLAT: Row = Row {
    name: "logistic_flat",
    about: "the loss of logistic regression for data with two equal columns, by log-sum-exp",
    reference: "Albert & Anderson, Biometrika 71 (1984)",
    instance: |draw, n| {
        let (data, direction) = with_equal_columns(draw, n);
        let step = number(draw.real(-4, 4));
        let instance = data.named(number(loss_at(&data, &data.w))).within(1e-10);
        let instance = instance.named(&["t", "c", "\\tau", "\\lambda", "\\alpha", "a", "s"], &step);
        instance.named(&["v", "u"], &vector(&direction))
    },
};

/// Every sample twice, with either label, so that 0 is a minimiser; with two equal columns e₁ − e₂ is another one.
fn two_minimisers(draw: &mut Draw, n: usize) -> (Data, DVector<f64>) {
    let (once, direction) = with_equal_columns(draw, n);
    let rows: Vec<_> = once.x.row_iter().chain(once.x.row_iter()).map(|r| r.into_owned()).collect();
    let t = DVector::from_fn(2 * n, |i, _| f64::from(u8::from(i < n)));
    let zero = DVector::zeros(once.w.len());
    let data = Data { x: nalgebra::DMatrix::from_rows(&rows), t, w: zero };
    (data, direction * draw.real(1, 2))
}

pub(super) const MINIMISERS: Row = Row {
    name: "logistic_minimisers",
    about: "two different weight vectors at which the gradient of the logistic loss is 0 (num-dual)",
    reference: "Albert & Anderson, Biometrika 71 (1984)",
    instance: |draw, n| {
        let (data, other) = two_minimisers(draw, n);
        let slope = |w: &DVector<f64>| gradient(|w| loss(w.as_slice(), &data.x, &data.t), w).1.amax();
        let minimal = slope(&data.w).max(slope(&other)) < 1e-12;
        let value = vector(&data.w).map(&mut |x| if minimal { *x } else { f64::NAN });
        let instance = data.named(value).named(&["v", "u", "w'"], &vector(&other));
        Instance { size: Some(2 * n), ..instance }
    },
};

pub(super) const SEPARABLE: Row = Row {
    name: "separable_loss",
    about: "the logistic loss of one sample, x = 1 with label 1, as the logarithm of 1 plus a small number",
    reference: "Albert & Anderson, Biometrika 71 (1984)",
    instance: |draw, _| {
        let w = draw.real(-8, 8);
        Instance::new(number((-w).exp().ln_1p())).named(&["w", "u", "s", "z"], &number(w))
    },
};

pub(super) const SEPARABLE_INFIMUM: Row = Row {
    name: "separable_infimum",
    about: "the least value that the loss of one sample comes near to, by doubling the weight as long as it falls",
    reference: "Albert & Anderson, Biometrika 71 (1984)",
    instance: |_, _| {
        let loss = |w: f64| (-w).exp().ln_1p();
        let mut w = 1.0;
        while loss(2.0 * w) < loss(w) {
            w *= 2.0;
        }
        Instance::constant(number(loss(w))).within(1e-6)
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_constructed_data_are_what_they_should_be(seed: u64, n in 1usize..7) {
            let (data, direction) = with_equal_columns(&mut Draw::new(seed), n);
            prop_assert!((&data.x * &direction).amax() == 0.0);
            prop_assert!(weight_hessian(&data).symmetric_eigenvalues().min().abs() < 1e-12);
            let (data, other) = two_minimisers(&mut Draw::new(seed), n);
            prop_assert!(data.x.nrows() == 2 * n && other.amax() >= 1.0);
            prop_assert!((loss_at(&data, &other) - loss_at(&data, &data.w)).abs() < 1e-12);
            prop_assert!(loss_at(&data, &(data.w.add_scalar(0.5))) >= loss_at(&data, &data.w) - 1e-12);
        }
    }
}
