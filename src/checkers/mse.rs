//! Squared error of a prediction, alone and through the sigmoid; by expansion and by num-dual.

use num_dual::{DualNum, first_derivative};

use super::draw::Draw;
use super::instance::{Instance, Row, number};
use super::softmax::log_softmax;

/// p² − 2py + y², which is (p − y)².
fn expanded<D: DualNum<Primitive = f64>>(p: D, y: f64) -> D {
    p.clone() * p.clone() - p * (2.0 * y) + y * y
}

/// 1 / (1 + e⁻ˢ).
pub(super) fn logistic<D: DualNum<Primitive = f64>>(s: D) -> D {
    ((-s).exp() + 1.0).recip()
}

/// A prediction in (0, 1), a label, and a value made of both.
fn prediction(draw: &mut Draw, value: fn(f64, f64) -> f64) -> Instance {
    let (p, y) = (draw.inside(), draw.bit());
    Instance::new(number(value(p, y))).number("\\hat{y}", p).number("p", p).number("q", p).number("y", y).number("t", y)
}

/// A logit, a label, and a value made of both.
fn logit(draw: &mut Draw, value: fn(f64, f64) -> f64) -> Instance {
    let (s, y) = (draw.real(-8, 8), draw.bit());
    Instance::new(number(value(s, y))).number("s", s).number("z", s).number("y", y).number("t", y)
}

/// ∂(p − y)²/∂p by num-dual.
fn slope(p: f64, y: f64) -> f64 {
    first_derivative(|p| expanded(p, y), p).1
}

/// ∂(σ(s) − y)²/∂s by num-dual.
fn logit_slope(s: f64, y: f64) -> f64 {
    first_derivative(|s| expanded(logistic(s), y), s).1
}

pub(super) const LOSS: Row = Row {
    name: "mse",
    about: "the squared error (ŷ − y)² of a prediction in (0, 1) and a label, by expanding the square",
    reference: "Bishop, PRML, 1.1",
    instance: |draw, _| prediction(draw, expanded),
};

pub(super) const GRADIENT: Row = Row {
    name: "mse_gradient",
    about: "∂(ŷ − y)²/∂ŷ by dual numbers (num-dual)",
    reference: "Bishop, PRML, 5.2",
    instance: |draw, _| prediction(draw, slope),
};

pub(super) const GRADIENT_SIZE: Row = Row {
    name: "mse_gradient_size",
    about: "|∂(ŷ − y)²/∂ŷ| by dual numbers (num-dual)",
    reference: "Bishop, PRML, 5.2",
    instance: |draw, _| prediction(draw, |p, y| slope(p, y).abs()),
};

pub(super) const SIGMOID_GRADIENT: Row = Row {
    name: "mse_sigmoid_gradient",
    about: "∂(σ(s) − y)²/∂s by dual numbers (num-dual)",
    reference: "Goodfellow et al., Deep Learning, 6.2.2.2",
    instance: |draw, _| logit(draw, logit_slope),
};

pub(super) const SIGMOID_SIZE: Row = Row {
    name: "mse_sigmoid_size",
    about: "|∂(σ(s) − y)²/∂s| by dual numbers (num-dual)",
    reference: "Goodfellow et al., Deep Learning, 6.2.2.2",
    instance: |draw, _| logit(draw, |s, y| logit_slope(s, y).abs()),
};

/// A slope far to the left, where it has come to its limit; of the true class.
fn far_left(slope: f64) -> Instance {
    Instance::constant(number(slope)).number("y", 1.0).number("t", 1.0).within(1e-6)
}

/// A logit at which e⁻ˢ is far beyond the digits of 1 and does not overflow.
const FAR_LEFT: f64 = -600.0;

pub(super) const SATURATES: Row = Row {
    name: "mse_saturates",
    about: "∂(σ(s) − 1)²/∂s at a logit of −600 by dual numbers (num-dual)",
    reference: "Goodfellow et al., Deep Learning, 6.2.2.2",
    instance: |_, _| far_left(logit_slope(FAR_LEFT, 1.0)),
};

pub(super) const CROSS_ENTROPY_SATURATES: Row = Row {
    name: "bce_saturates",
    about: "∂(−log σ(s))/∂s at a logit of −600 by dual numbers (num-dual)",
    reference: "Goodfellow et al., Deep Learning, 6.2.2.2",
    instance: |_, _| far_left(first_derivative(|s| -log_softmax(&[s, s * 0.0]).swap_remove(0), FAR_LEFT).1),
};

/// The greatest value over both labels and predictions ever nearer to 0 and 1.
fn greatest(value: fn(f64, f64) -> f64) -> Instance {
    let near = (1..40).map(|k| 0.5f64.powi(k)).flat_map(|p| [p, 1.0 - p]);
    let both = near.flat_map(|p| [value(p, 0.0), value(p, 1.0)]);
    Instance::constant(number(both.fold(f64::NEG_INFINITY, f64::max))).within(1e-6)
}

pub(super) const SUPREMUM: Row = Row {
    name: "mse_supremum",
    about: "what the squared error comes near to, for predictions ever nearer to 0 and 1",
    reference: "Bishop, PRML, 1.1",
    instance: |_, _| greatest(expanded),
};

pub(super) const GRADIENT_SUPREMUM: Row = Row {
    name: "mse_gradient_supremum",
    about: "what |∂(ŷ − y)²/∂ŷ| comes near to (num-dual), for predictions ever nearer to 0 and 1",
    reference: "Bishop, PRML, 5.2",
    instance: |_, _| greatest(|p, y| slope(p, y).abs()),
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn slopes_agree_with_central_differences(s in -6.0..6.0f64, y in 0u8..2) {
            let (y, h) = (f64::from(y), 1e-5);
            let loss = |s: f64| (1.0 / (1.0 + (-s).exp()) - y).powi(2);
            let difference = (loss(s + h) - loss(s - h)) / (2.0 * h);
            prop_assert!((logit_slope(s, y) - difference).abs() < 1e-8);
            prop_assert!(logit_slope(s, y).abs() <= 8.0 / 27.0 + 1e-15);
        }

        #[test]
        fn the_expanded_square_is_a_square(p in 0.0..1.0f64, y in 0.0..1.0f64) {
            prop_assert!((expanded(p, y) - (p - y).powi(2)).abs() < 1e-15);
        }
    }
}
