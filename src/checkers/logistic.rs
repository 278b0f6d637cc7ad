//! Logistic regression on nalgebra matrices: two-class softmax, binary cross entropy, likelihood, gradient.

use nalgebra::{DMatrix, DVector};
use num_dual::{DualNum, gradient};
use statrs::distribution::{Bernoulli, Discrete};

use super::draw::Draw;
use super::instance::{Instance, Row, number, vector};
use super::softmax::log_softmax;

/// Σₙ log(1 + e^{zₙ}) − tₙ zₙ with z = Xw: the loss of all samples (Murphy, Machine Learning, 8.3.1).
pub(super) fn loss<D: DualNum<Primitive = f64>>(w: &[D], x: &DMatrix<f64>, t: &DVector<f64>) -> D {
    let term = |(row, t): (nalgebra::RowDVector<f64>, &f64)| {
        let z: D = w.iter().zip(row.iter()).map(|(w, x)| w.clone() * *x).sum();
        // The greater of 0 and z is taken out of the logarithm.
        let top = z.re().max(0.0);
        ((z.clone() - top).exp() + (-top).exp()).ln() + top - z * *t
    };
    x.row_iter().map(|r| r.into_owned()).zip(t.iter()).map(term).sum()
}

/// A data set of `n` samples with up to four features, labels, and weights.
pub(super) struct Data {
    pub(super) x: DMatrix<f64>,
    pub(super) t: DVector<f64>,
    pub(super) w: DVector<f64>,
}

impl Data {
    pub(super) fn draw(draw: &mut Draw, n: usize) -> Data {
        let d = usize::try_from(draw.integer(1, 4)).unwrap_or(1);
        let x = draw.matrix(n, d, -2, 2);
        let t = DVector::from_fn(n, |_, _| draw.bit());
        Data { x, t, w: draw.vector(d, -2, 2) }
    }

    /// The instance with the data under their usual names.
    pub(super) fn named(&self, value: crate::algebra::eval::Value<f64>) -> Instance {
        Instance::new(value).matrix("x", &self.x).matrix("X", &self.x).vector("t", &self.t).vector("w", &self.w)
    }
}

/// The first of two log-probabilities with logits s and 0.
fn positive(s: f64) -> f64 {
    log_softmax(&[s, 0.0]).first().copied().unwrap_or(f64::NAN)
}

fn logit(draw: &mut Draw, value: fn(f64) -> f64) -> Instance {
    let s = draw.real(-8, 8);
    Instance::new(number(value(s))).number("s", s).number("z", s)
}

/// −log of the Bernoulli mass of a label (statrs).
fn surprise(p: f64, label: f64) -> f64 {
    let mass = Bernoulli::new(p).map(|b| b.pmf(u64::from(label > 0.5)));
    mass.map_or(f64::NAN, |m| -m.ln())
}

pub(super) const ZERO_LOGIT: Row = Row {
    name: "logistic_zero_logit",
    about: "the first probability of the softmax of (s, 0), by log-sum-exp",
    reference: "Bishop, PRML, eq. 4.57 to 4.63",
    instance: |draw, _| logit(draw, |s| positive(s).exp()),
};

pub(super) const ZERO_LOGIT_LOSS: Row = Row {
    name: "logistic_zero_logit_loss",
    about: "minus the logarithm of the first probability of the softmax of (s, 0), by log-sum-exp",
    reference: "Bishop, PRML, eq. 4.90",
    instance: |draw, _| logit(draw, |s| -positive(s)),
};

pub(super) const TWO_COLUMNS: Row = Row {
    name: "logistic_two_columns",
    about: "the logistic function (statrs) of the difference of two scores",
    reference: "Bishop, PRML, eq. 4.57 to 4.63",
    instance: |draw, n| {
        let (w, x) = (draw.matrix(n, 2, -2, 2), draw.vector(n, -2, 2));
        let scores = w.transpose() * &x;
        let difference = scores.get(0).zip(scores.get(1)).map_or(f64::NAN, |(a, b)| a - b);
        let instance = Instance::new(number(statrs::function::logistic::logistic(difference))).vector("x", &x);
        let columns = ["w_{1}", "w_{2}"].into_iter().zip(w.column_iter());
        columns.fold(instance.matrix("W", &w), |i, (name, c)| i.vector(name, &c.into_owned()))
    },
};

pub(super) const BCE: Row = Row {
    name: "logistic_bce",
    about: "binary cross entropy as minus the logarithm of a Bernoulli mass (statrs)",
    reference: "Bishop, PRML, eq. 4.89 and 4.90",
    instance: |draw, _| {
        let (p, y) = (draw.inside(), draw.bit());
        let both = |x: f64| DVector::from_vec(vec![x, 1.0 - x]);
        Instance::new(number(surprise(p, y))).vector("y", &both(y)).vector("p", &both(p))
    },
};

pub(super) const LIKELIHOOD: Row = Row {
    name: "logistic_likelihood",
    about: "the logarithm of the likelihood of labels by Bernoulli masses (statrs)",
    reference: "Bishop, PRML, eq. 4.89",
    instance: |draw, n| {
        let p = DVector::from_fn(n, |_, _| draw.inside());
        let t = DVector::from_fn(n, |_, _| draw.bit());
        let log = -p.iter().zip(t.iter()).map(|(p, t)| surprise(*p, *t)).sum::<f64>();
        Instance::new(number(log)).vector("y", &p).vector("p", &p).vector("t", &t)
    },
};

pub(super) const GRADIENT: Row = Row {
    name: "logistic_loss_gradient",
    about: "the gradient of the loss of all samples in the weights by dual numbers (num-dual)",
    reference: "Bishop, PRML, eq. 4.91",
    instance: |draw, n| {
        let data = Data::draw(draw, n);
        data.named(vector(&gradient(|w| loss(w.as_slice(), &data.x, &data.t), &data.w).1))
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_loss_is_minus_the_log_likelihood(seed: u64, n in 1usize..9) {
            let data = Data::draw(&mut Draw::new(seed), n);
            let scores = &data.x * &data.w;
            let sum: f64 = scores
                .iter()
                .zip(data.t.iter())
                .map(|(z, t)| surprise(statrs::function::logistic::logistic(*z), *t))
                .sum();
            let loss: f64 = loss(data.w.as_slice(), &data.x, &data.t);
            prop_assert!((loss - sum).abs() < 1e-9 * sum.max(1.0), "{loss} {sum}");
        }
    }
}
