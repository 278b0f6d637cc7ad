//! The logistic function: by statrs, and its derivative by num-dual through the hyperbolic tangent.

use num_dual::{DualNum, first_derivative};
use statrs::function::logistic::logistic;

use super::draw::Draw;
use super::instance::{Instance, Row, number, vector};

/// σ(z) = (1 + tanh(z/2))/2 (DLMF 4.28.4, rearranged): another formula than the notes'.
fn by_tanh<D: DualNum<Primitive = f64>>(z: D) -> D {
    ((z * 0.5).tanh() + 1.0) * 0.5
}

fn argument(draw: &mut Draw, value: fn(f64) -> f64) -> Instance {
    let z = draw.real(-8, 8);
    Instance::new(number(value(z))).number("z", z).number("s", z).number("x", z).number("a", z)
}

pub(super) const VALUE: Row = Row {
    name: "sigmoid",
    about: "σ(z) by the logistic function of statrs",
    reference: "Bishop, PRML, eq. 4.59",
    instance: |draw, _| argument(draw, logistic),
};

pub(super) const MIRRORED: Row = Row {
    name: "sigmoid_mirrored",
    about: "σ(−z) by the logistic function of statrs",
    reference: "Bishop, PRML, eq. 4.60",
    instance: |draw, _| argument(draw, |z| logistic(-z)),
};

pub(super) const TOTAL: Row = Row {
    name: "sigmoid_total",
    about: "the sum of the logistic function over the entries of a vector (statrs)",
    reference: "Bishop, PRML, eq. 4.59",
    instance: |draw, n| {
        let s = draw.vector(n, -3, 3);
        Instance::new(number(s.iter().map(|s| logistic(*s)).sum())).named(&["s", "z", "o"], &vector(&s))
    },
};

pub(super) const DERIVATIVE: Row = Row {
    name: "sigmoid_derivative",
    about: "σ′(z) by dual numbers (num-dual) through (1 + tanh(z/2))/2",
    reference: "Bishop, PRML, eq. 4.88; DLMF 4.28",
    instance: |draw, _| argument(draw, |z| first_derivative(by_tanh, z).1),
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_formulas_of_the_logistic_function_agree(z in -30.0..30.0f64) {
            prop_assert!((by_tanh(z) - logistic(z)).abs() < 1e-15);
        }
    }
}
