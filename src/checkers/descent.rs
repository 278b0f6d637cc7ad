//! A step of gradient descent: for one layer by num-dual, for two by backpropagation, held against num-dual.

use nalgebra::{DMatrix, DVector};
use num_dual::{DualDVec64, DualNum, gradient};

use super::draw::Draw;
use super::instance::{Instance, Row, matrix, number, vector};
use super::softmax::softmax;
use super::softmax_gradient::{loss, weight_gradient};
use crate::algebra::eval::Value;

/// The greatest of 1, ½, ¼, … for which the step lowers the loss; 1 where the gradient is 0.
fn step(before: f64, after: impl Fn(f64) -> f64, flat: bool) -> f64 {
    let mut rate = 1.0;
    while !flat && after(rate) >= before && rate > 1e-9 {
        rate *= 0.5;
    }
    rate
}

pub(super) const DESCENT: Row = Row {
    name: "training_descent",
    about: "the softmax loss of a linear layer, and a step against its gradient (num-dual) that lowers it",
    reference: "Nocedal & Wright, Numerical Optimization, 2.2",
    instance: |draw, n| {
        let features = usize::try_from(draw.integer(1, 3)).unwrap_or(1);
        let (w, x) = (draw.matrix(n, features, -2, 2), draw.vector(features, -2, 2));
        let y = draw.one_hot(n).0;
        let slope = weight_gradient(&w, &x, &y);
        let at = |w: DMatrix<f64>| -> f64 { loss((w * &x).as_slice(), &y) };
        let before = at(w.clone());
        let rate = number(step(before, |r| at(&w - &slope * r), slope.amax() < 1e-9));
        let instance = Instance::new(number(before)).named(&["W", "w"], &matrix(&w)).vector("x", &x);
        let instance = instance.named(&["y", "t"], &vector(&y)).determined("G", matrix(&slope));
        instance.determined("\\alpha", rate.clone()).determined("\\eta", rate)
    },
};

/// Two layers: h = σ(Vx), s = Wh, the loss is that of softmax(s).
struct Network {
    v: DMatrix<f64>,
    w: DMatrix<f64>,
    x: DVector<f64>,
    y: DVector<f64>,
}

/// 1/(1 + e⁻ᶻ).
fn sigmoid<D: DualNum<Primitive = f64>>(z: D) -> D {
    ((-z).exp() + 1.0).recip()
}

impl Network {
    fn draw(draw: &mut Draw, n: usize) -> Network {
        let mut size = || usize::try_from(draw.integer(1, 3)).unwrap_or(1);
        let (hidden, features) = (size(), size());
        Network {
            v: draw.matrix(hidden, features, -2, 2),
            w: draw.matrix(n, hidden, -2, 2),
            x: draw.vector(features, -2, 2),
            y: draw.one_hot(n).0,
        }
    }

    fn loss_at(&self, v: &DMatrix<f64>, w: &DMatrix<f64>) -> f64 {
        loss((w * (v * &self.x).map(sigmoid)).as_slice(), &self.y)
    }

    /// The gradients in V and W by backpropagation (Rumelhart, Hinton & Williams, Nature 323 (1986)).
    fn backpropagated(&self) -> (DMatrix<f64>, DMatrix<f64>) {
        let h = (&self.v * &self.x).map(sigmoid);
        let error = softmax(&(&self.w * &h)) - &self.y;
        let hidden = (self.w.transpose() * &error).component_mul(&h.map(|h| h * (1.0 - h)));
        (hidden * self.x.transpose(), error * h.transpose())
    }

    /// The same by dual numbers over all entries, row by row.
    fn differentiated(&self) -> (DMatrix<f64>, DMatrix<f64>) {
        let rows = |m: &DMatrix<f64>| m.transpose().as_slice().to_vec();
        let flat = DVector::from_vec([rows(&self.v), rows(&self.w)].concat());
        let (cut, (hidden, features)) = (self.v.len(), self.v.shape());
        let of = |all: DVector<DualDVec64>| {
            let dot = |row: &[DualDVec64], x: &[DualDVec64]| -> DualDVec64 {
                row.iter().zip(x).map(|(a, b)| a.clone() * b.clone()).sum()
            };
            let (v, w) = all.as_slice().split_at(cut);
            let x: Vec<DualDVec64> = self.x.iter().map(|x| DualDVec64::from(*x)).collect();
            let h: Vec<DualDVec64> = v.chunks(features.max(1)).map(|row| sigmoid(dot(row, &x))).collect();
            let s: Vec<DualDVec64> = w.chunks(hidden.max(1)).map(|row| dot(row, &h)).collect();
            loss(&s, &self.y)
        };
        let slope = gradient(of, &flat).1;
        let (v, w) = slope.as_slice().split_at(cut);
        (DMatrix::from_row_slice(hidden, features, v), DMatrix::from_row_slice(self.w.nrows(), hidden, w))
    }

    fn named(&self, value: Value<f64>) -> Instance {
        let instance = Instance::new(value).named(&["V", "A"], &matrix(&self.v)).named(&["W", "B"], &matrix(&self.w));
        instance.vector("x", &self.x).named(&["y", "t"], &vector(&self.y)).within(1e-10)
    }
}

pub(super) const TWO_LAYERS: Row = Row {
    name: "training_descent_layers",
    about: "the loss of a two-layer network, and a step against its backpropagated gradients that lowers it",
    reference: "Rumelhart, Hinton & Williams, Nature 323 (1986)",
    instance: |draw, n| {
        let network = Network::draw(draw, n);
        let ((g, h), (by_v, by_w)) = (network.backpropagated(), network.differentiated());
        let agree = (&g - by_v).amax().max((&h - by_w).amax()) < 1e-12;
        let before = if agree { network.loss_at(&network.v, &network.w) } else { f64::NAN };
        let after = |r: f64| network.loss_at(&(&network.v - &g * r), &(&network.w - &h * r));
        let rate = number(step(before, after, g.amax().max(h.amax()) < 1e-9));
        let slopes = [("G", &g), ("S", &g), ("H", &h), ("T", &h)];
        let instance = network.named(number(before));
        let instance = slopes.into_iter().fold(instance, |i, (name, slope)| i.determined(name, matrix(slope)));
        instance.determined("\\alpha", rate.clone()).determined("\\eta", rate)
    },
};

pub(super) const HIDDEN_SLOPE: Row = Row {
    name: "two_layer_gradient_hidden",
    about: "the gradient of a two-layer network's loss in the weights of its first layer by dual numbers (num-dual)",
    reference: "Rumelhart, Hinton & Williams, Nature 323 (1986)",
    instance: |draw, n| {
        let network = Network::draw(draw, n);
        network.named(matrix(&network.differentiated().0))
    },
};

pub(super) const OUTPUT_SLOPE: Row = Row {
    name: "two_layer_gradient_output",
    about: "the gradient of a two-layer network's loss in the weights of its second layer by dual numbers (num-dual)",
    reference: "Rumelhart, Hinton & Williams, Nature 323 (1986)",
    instance: |draw, n| {
        let network = Network::draw(draw, n);
        network.named(matrix(&network.differentiated().1))
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn backpropagation_gives_what_dual_numbers_give(seed: u64, n in 1usize..6) {
            let network = Network::draw(&mut Draw::new(seed), n);
            let ((g, h), (by_v, by_w)) = (network.backpropagated(), network.differentiated());
            prop_assert!((&g - by_v).amax() < 1e-13 && (&h - by_w).amax() < 1e-13);
            let before = network.loss_at(&network.v, &network.w);
            let after = network.loss_at(&(&network.v - &g * 1e-3), &(&network.w - &h * 1e-3));
            prop_assert!(after <= before + 1e-15);
            if g.amax().max(h.amax()) > 1e-3 {
                prop_assert!(after < before);
            }
        }
    }
}
