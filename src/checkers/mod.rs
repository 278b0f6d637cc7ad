//! The course's checker modules: a family of claims each, in plain Rust on nalgebra, num-dual and statrs.
//!
//! A checker never sees a note. It draws values and computes its quantity by a route of its own; the harness evaluates
//! the claim as it was read on the same values and compares. Note, reader, evaluator and checker must agree.
//!
//! The files form a DAG: `draw` · `instance` · `place`, `compare` · `run` · the families.

mod approach;
mod coding;
mod compare;
mod convexity;
mod descent;
mod divergence;
mod draw;
mod elementary;
mod family;
mod finding;
mod hessian;
mod instance;
mod logistic;
mod model;
mod mse;
mod place;
mod posterior;
mod run;
mod show;
mod sigmoid;
mod softmax;
mod softmax_gradient;
mod stable;
mod taylor;
pub mod training;
mod witness;

pub use draw::Draw;
pub use finding::{CHECKER_DISAGREES, CHECKER_IDLE, findings};
pub use instance::{Checker, Instance};
pub use run::{Instances, SIZES, run, settles};
pub use witness::witnessed;

/// Every checker, by family.
pub const CHECKERS: &[&dyn Checker] = &[
    &mse::LOSS,
    &mse::GRADIENT,
    &mse::GRADIENT_SIZE,
    &mse::SIGMOID_GRADIENT,
    &mse::SIGMOID_SIZE,
    &mse::SATURATES,
    &mse::CROSS_ENTROPY_SATURATES,
    &mse::SUPREMUM,
    &mse::GRADIENT_SUPREMUM,
    &sigmoid::VALUE,
    &sigmoid::MIRRORED,
    &sigmoid::DERIVATIVE,
    &sigmoid::TOTAL,
    &elementary::EXPONENTIAL,
    &elementary::LOGARITHM,
    &elementary::LOGARITHM_NEGATED,
    &elementary::SMOOTH_MAXIMUM,
    &elementary::SCALED,
    &elementary::SCALED_LIMIT,
    &softmax::VALUE,
    &softmax::TOTAL,
    &softmax::ORDER,
    &softmax::ARGMAX,
    &softmax::JACOBIAN,
    &stable::STABLE,
    &stable::OVERFLOW,
    &stable::OUTPUTS,
    &stable::OUTPUTS_TOTAL,
    &divergence::ENTROPY,
    &divergence::CROSS_ENTROPY,
    &divergence::DIVERGENCE,
    &divergence::LABEL,
    &divergence::LABEL_CERTAIN,
    &divergence::CERTAIN,
    &coding::HUFFMAN,
    &coding::UNIFORM,
    &coding::EXAMPLE_TOTAL,
    &coding::EXAMPLE,
    &coding::CERTAIN_EXAMPLE,
    &coding::NAT,
    &family::SCORE,
    &family::SLOPE,
    &family::ORDER,
    &family::NEARER,
    &softmax_gradient::LOSS,
    &softmax_gradient::GRADIENT,
    &softmax_gradient::GRADIENT_1,
    &softmax_gradient::GRADIENT_2,
    &softmax_gradient::GRADIENT_3,
    &softmax_gradient::WEIGHTS,
    &softmax_gradient::HESSIAN,
    &softmax_gradient::HESSIAN_DIAGONAL,
    &softmax_gradient::BCE,
    &softmax_gradient::BCE_WEIGHTS,
    &logistic::ZERO_LOGIT,
    &logistic::ZERO_LOGIT_LOSS,
    &logistic::BCE,
    &logistic::TWO_COLUMNS,
    &logistic::LIKELIHOOD,
    &logistic::GRADIENT,
    &hessian::LOGISTIC,
    &posterior::POSTERIOR,
    &posterior::DECISION,
    &posterior::GAUSSIAN,
    &posterior::GAUSSIAN_CURVATURE,
    &posterior::BERNOULLI,
    &posterior::PRODUCT,
    &posterior::GREATEST,
    &convexity::CONVEX,
    &convexity::SINGULAR,
    &convexity::FLAT,
    &convexity::MINIMISERS,
    &convexity::SEPARABLE,
    &convexity::SEPARABLE_INFIMUM,
    &taylor::QUADRATIC,
    &taylor::REMAINDER,
    &taylor::CONVEX,
    &model::WEIGHTS,
    &model::PARAMETERS,
    &model::LAYER,
    &model::PRODUCT,
    &model::EXAMPLE,
    &model::CALIBRATION,
    &training::LOG,
    &training::RISES,
    &descent::DESCENT,
    &descent::TWO_LAYERS,
    &descent::HIDDEN_SLOPE,
    &descent::OUTPUT_SLOPE,
];

/// The checker of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Checker> {
    CHECKERS.iter().copied().find(|c| c.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for c in CHECKERS {
            assert_eq!(CHECKERS.iter().filter(|d| d.name() == c.name()).count(), 1, "{}", c.name());
            assert!(by_name(c.name()).is_some());
            assert!(!c.about().is_empty() && !c.reference().is_empty());
        }
        assert!(by_name("no such checker").is_none());
    }

    #[test]
    fn every_instance_has_finite_values() {
        for c in CHECKERS {
            for number in 0..200 {
                let size = SIZES[number as usize % SIZES.len()];
                let instance = c.instance(&mut Draw::of_instance(5, number), size);
                let symbols = instance.symbols.iter().flat_map(|(_, v)| v.numbers());
                assert!(symbols.chain(instance.value.numbers()).all(|x| x.is_finite()), "{} {instance:?}", c.name());
            }
        }
    }
}
