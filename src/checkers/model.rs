//! The model: its parameters counted, its layer one example at a time, its calibration by simulation.

use nalgebra::{DMatrix, DVector};
use statrs::distribution::{Binomial, DiscreteCDF};
use statrs::function::logistic::logistic;

use super::draw::Draw;
use super::instance::{Instance, Row, matrix, number};

fn count(n: usize) -> f64 {
    n as f64
}

pub(super) const WEIGHTS: Row = Row {
    name: "weight_count",
    about: "the number of entries of a 4 × 3 matrix (nalgebra)",
    reference: "Zhang et al., Dive into Deep Learning, 4.1.1",
    instance: |_, _| Instance::constant(number(count(DMatrix::<f64>::zeros(4, 3).len()))),
};

pub(super) const PARAMETERS: Row = Row {
    name: "parameter_count",
    about: "the number of entries of the weights and biases of a layer of d inputs and q outputs (nalgebra)",
    reference: "Zhang et al., Dive into Deep Learning, 4.1.1",
    instance: |draw, n| {
        let d = usize::try_from(draw.integer(1, 6)).unwrap_or(1);
        let parameters = DMatrix::<f64>::zeros(d, n).len() + DVector::<f64>::zeros(n).len();
        Instance::new(number(count(parameters))).number("d", count(d)).named(&["q", "C"], &number(count(n)))
    },
};

pub(super) const LAYER: Row = Row {
    name: "linear_layer",
    about: "the outputs of a linear layer, one example at a time (nalgebra)",
    reference: "Zhang et al., Dive into Deep Learning, eq. 4.1.6",
    instance: |draw, n| {
        let mut size = || usize::try_from(draw.integer(1, 4)).unwrap_or(1);
        let (d, q) = (size(), size());
        let (x, w, b) = (draw.matrix(n, d, -2, 2), draw.matrix(d, q, -2, 2), draw.vector(q, -2, 2));
        let rows: Vec<_> = x.row_iter().map(|x| (w.transpose() * x.transpose() + &b).transpose()).collect();
        let value = matrix(&DMatrix::from_rows(&rows));
        Instance::new(value).named(&["X", "x"], &matrix(&x)).named(&["W", "w"], &matrix(&w)).vector("b", &b)
    },
};

pub(super) const PRODUCT: Row = Row {
    name: "product_shape",
    about: "the product of an 8 × 4 and a 4 × 3 matrix (nalgebra)",
    reference: "Zhang et al., Dive into Deep Learning, eq. 4.1.6",
    instance: |draw, _| {
        let (x, w) = (draw.matrix(8, 4, -2, 2), draw.matrix(4, 3, -2, 2));
        Instance::new(matrix(&(&x * &w))).named(&["X", "A"], &matrix(&x)).named(&["W", "B"], &matrix(&w))
    },
};

pub(super) const EXAMPLE: Row = Row {
    name: "argmax_example",
    about: "the place of the greatest entry of (0.1, 0.8, 0.1) (nalgebra)",
    reference: "Zhang et al., Dive into Deep Learning, eq. 4.1.5",
    instance: |_, _| Instance::constant(number(count(DVector::from_vec(vec![0.1, 0.8, 0.1]).imax() + 1))),
};

/// Cases drawn from a logistic model.
const CASES: usize = 2_000;
/// Chance that a count lies outside of its interval, so small that it happens in no run.
const MISS: f64 = 1e-12;

/// Of cases drawn from a logistic model, features on a grid and labels by the model's own probabilities: how many have
/// the output ½, and how many of these the label 1.
fn simulate(draw: &mut Draw) -> (usize, usize) {
    let weights = [f64::from(draw.integer(1, 2)), f64::from(draw.integer(-2, 2))];
    let (mut cases, mut positive) = (0, 0);
    for _ in 0..CASES {
        let features = [f64::from(draw.integer(-2, 2)), f64::from(draw.integer(-2, 2))];
        let output = logistic(weights.iter().zip(features).map(|(w, x)| w * x).sum());
        let label = draw.chance(output);
        if output == 0.5 {
            cases += 1;
            positive += usize::from(label);
        }
    }
    (cases, positive)
}

/// Half the width of the interval around n/2 in which a Binomial(n, ½) count lies but for a chance of [`MISS`].
fn half_width(n: usize) -> f64 {
    let trials = u64::try_from(n).unwrap_or(0);
    Binomial::new(0.5, trials).map_or(f64::NAN, |b| count(n) / 2.0 - b.inverse_cdf(MISS / 2.0) as f64)
}

pub(super) const CALIBRATION: Row = Row {
    name: "calibration",
    about: "of simulated cases with output ½, the deviation from half in the class, and a binomial interval (statrs)",
    reference: "Dawid, J. Amer. Statist. Assoc. 77 (1982)",
    instance: |draw, _| {
        let (n, k) = simulate(draw);
        let half = number(half_width(n));
        let instance = Instance::new(half.clone()).determined("n", number(count(n))).determined("k", number(count(k)));
        instance.determined("h", half)
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_the_binomial_one() {
        let n = 100;
        let least = 50.0 - half_width(n);
        let b = Binomial::new(0.5, 100).expect("a distribution");
        assert!(b.cdf(least as u64) >= MISS / 2.0 && b.cdf(least as u64 - 1) < MISS / 2.0, "{least}");
    }

    #[test]
    fn a_model_that_lies_about_its_labels_is_not_calibrated() {
        let (mut cases, mut positive) = (0, 0);
        let mut draw = Draw::new(4);
        for _ in 0..CASES {
            cases += 1;
            positive += usize::from(draw.chance(0.7));
        }
        assert!((count(positive) - count(cases) / 2.0).abs() > half_width(cases));
        let (n, k) = simulate(&mut draw);
        assert!(n > 50 && (count(k) - count(n) / 2.0).abs() <= half_width(n), "{k} of {n}");
    }
}
