//! Softmax in double precision at logits of a thousand: the quotient of exponentials overflows, log-sum-exp does not.
//! Raw linear outputs, which are no probabilities.

use nalgebra::DVector;

use super::draw::Draw;
use super::instance::{Instance, Row, number, vector};
use super::softmax::softmax;
use crate::algebra::eval::Value;

/// What is added to moderate logits.
const SHIFT: f64 = 1000.0;

/// e^{sᵢ}/Σₖ e^{sₖ} as it stands; not finite once an exponential overflows.
fn quotient(s: &DVector<f64>) -> DVector<f64> {
    let powers = s.map(f64::exp);
    let total = powers.sum();
    powers / total
}

/// The greatest double, by doubling 1 − 2⁻⁵³ until it overflows.
fn greatest() -> f64 {
    let mut x = 1.0 - f64::EPSILON / 2.0;
    while (2.0 * x).is_finite() {
        x *= 2.0;
    }
    x
}

fn moderate(draw: &mut Draw, n: usize) -> (DVector<f64>, DVector<f64>) {
    let s = draw.vector(n, -3, 3);
    let far = s.add_scalar(SHIFT);
    (s, far)
}

pub(super) const STABLE: Row = Row {
    name: "softmax_stable",
    about: "what log-sum-exp returns in double precision for logits with 1000 added, beside the quotient without",
    reference: "Blanchard, Higham & Higham, IMA J. Numer. Anal. 41 (2021)",
    instance: |draw, n| {
        let (s, far) = moderate(draw, n);
        let p = vector(&softmax(&far));
        let logits = vector(&s);
        Instance::new(p.clone()).named(&["s", "o", "z"], &logits).determined("\\tilde{p}", p)
    },
};

pub(super) const OVERFLOW: Row = Row {
    name: "softmax_overflow",
    about: "the logarithm of the greatest double; the quotient of exponentials of logits with 1000 added is not finite",
    reference: "Goldberg, ACM Computing Surveys 23 (1991); IEEE 754",
    instance: |draw, n| {
        let (s, far) = moderate(draw, n);
        let most = greatest();
        let overflows = quotient(&far).iter().all(|p| !p.is_finite()) && softmax(&far).iter().all(|p| p.is_finite());
        let value = if overflows { most.ln() } else { f64::NAN };
        let logits = vector(&s);
        let values = vector(&DVector::from_element(n, value));
        Instance::new(values).named(&["s", "o", "z"], &logits).determined("M", number(most))
    },
};

/// o = Wx + b under the usual names.
fn outputs(draw: &mut Draw, n: usize, value: fn(&DVector<f64>) -> Value<f64>) -> Instance {
    let features = usize::try_from(draw.integer(1, 3)).unwrap_or(1);
    let (w, x, b) = (draw.matrix(n, features, -2, 2), draw.vector(features, -2, 2), draw.vector(n, -2, 2));
    Instance::new(value(&(&w * &x + &b))).matrix("W", &w).matrix("w", &w).vector("x", &x).vector("b", &b)
}

pub(super) const OUTPUTS: Row = Row {
    name: "linear_outputs",
    about: "the outputs Wx + b of a linear layer (nalgebra)",
    reference: "Zhang et al., Dive into Deep Learning, 4.1.1",
    instance: |draw, n| outputs(draw, n, vector),
};

pub(super) const OUTPUTS_TOTAL: Row = Row {
    name: "linear_outputs_total",
    about: "the sum of the outputs Wx + b of a linear layer (nalgebra)",
    reference: "Zhang et al., Dive into Deep Learning, 4.1.1",
    instance: |draw, n| outputs(draw, n, |o| number(o.sum())),
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_quotient_overflows_and_both_agree_where_both_are_finite(seed: u64, n in 1usize..9) {
            let (s, far) = moderate(&mut Draw::new(seed), n);
            prop_assert!(quotient(&far).iter().all(|p| p.is_nan()));
            prop_assert!((softmax(&far) - quotient(&s)).amax() < 1e-13);
            prop_assert!((softmax(&s) - quotient(&s)).amax() < 1e-15);
        }
    }

    #[test]
    fn the_greatest_double_is_found() {
        assert_eq!(greatest(), f64::MAX);
        assert!(greatest().ln() < SHIFT);
    }
}
