//! Entropy, cross entropy and divergence of finite distributions: by statrs, and by summing surprises.

use nalgebra::DVector;
use statrs::distribution::Categorical;
use statrs::statistics::Distribution;

use super::draw::Draw;
use super::instance::{Instance, Row, number};
use crate::algebra::eval::Value;

/// H(P) by the categorical distribution of statrs; 0 log 0 = 0.
fn entropy(p: &DVector<f64>) -> f64 {
    Categorical::new(p.as_slice()).ok().and_then(|c| c.entropy()).unwrap_or(f64::NAN)
}

/// H(P, Q): the mean surprise log(1/Q(x)) under P, over the support of P.
pub(super) fn cross_entropy(p: &DVector<f64>, q: &DVector<f64>) -> f64 {
    let surprise = q.map(|x| x.recip().ln());
    p.iter().zip(surprise.iter()).filter(|(p, _)| **p > 0.0).map(|(p, s)| p * s).sum()
}

/// D(P‖Q) as the sum of pₓ log(pₓ/qₓ) − pₓ + qₓ, whose terms are all ≥ 0 (relative entropy of measures).
pub(super) fn divergence(p: &DVector<f64>, q: &DVector<f64>) -> f64 {
    let term = |(p, q): (&f64, &f64)| if *p > 0.0 { p * (p / q).ln() - p + q } else { *q };
    p.iter().zip(q.iter()).map(term).sum()
}

/// Two distributions under their usual names.
fn pair(draw: &mut Draw, n: usize, value: fn(&DVector<f64>, &DVector<f64>) -> f64) -> Instance {
    let (p, q) = (draw.distribution(n), draw.distribution(n));
    named(Instance::new(number(value(&p, &q))), &p, &q)
}

/// A one-hot truth and a model under their usual names.
fn label(draw: &mut Draw, n: usize, value: fn(&DVector<f64>, &DVector<f64>, usize) -> f64) -> Instance {
    let ((p, k), q) = (draw.one_hot(n), draw.distribution(n));
    // Which class is true may be said by a number too.
    let class = number((k + 1) as f64);
    named(Instance::new(number(value(&p, &q, k))), &p, &q).named(&["y", "k"], &class)
}

fn named(instance: Instance, p: &DVector<f64>, q: &DVector<f64>) -> Instance {
    instance
        .vector("P", p)
        .vector("p", p)
        .vector("y", p)
        .vector("Q", q)
        .vector("q", q)
        .vector("\\hat{P}", q)
        .vector("\\hat{p}", q)
        .vector("\\hat{y}", q)
}

pub(super) const ENTROPY: Row = Row {
    name: "entropy",
    about: "the entropy H(P) by the categorical distribution of statrs",
    reference: "Cover & Thomas, Elements of Information Theory, eq. 2.1",
    instance: |draw, n| pair(draw, n, |p, _| entropy(p)),
};

pub(super) const CROSS_ENTROPY: Row = Row {
    name: "cross_entropy",
    about: "the cross entropy H(P, Q) as the mean surprise under P",
    reference: "Goodfellow et al., Deep Learning, eq. 3.51",
    instance: |draw, n| pair(draw, n, cross_entropy),
};

pub(super) const DIVERGENCE: Row = Row {
    name: "kl_divergence",
    about: "the divergence D(P‖Q) as a sum of nonnegative terms",
    reference: "Cover & Thomas, Elements of Information Theory, eq. 2.26",
    instance: |draw, n| pair(draw, n, divergence),
};

pub(super) const LABEL: Row = Row {
    name: "cross_entropy_one_hot",
    about: "the surprise of the one possible outcome of a one-hot truth",
    reference: "Zhang et al., Dive into Deep Learning, eq. 4.1.8",
    instance: |draw, n| label(draw, n, |_, q, k| q.get(k).map_or(f64::NAN, |x| -x.ln())),
};

pub(super) const CERTAIN: Row = Row {
    name: "entropy_one_hot",
    about: "the entropy of a one-hot distribution by statrs",
    reference: "Cover & Thomas, Elements of Information Theory, 2.1",
    instance: |draw, n| label(draw, n, |p, _, _| entropy(p)),
};

pub(super) const LABEL_CERTAIN: Row = Row {
    name: "cross_entropy_one_hot_zero",
    about: "whether a model gives the one possible outcome of a one-hot truth all the probability",
    reference: "Zhang et al., Dive into Deep Learning, 4.1.2",
    instance: |draw, n| {
        let ((p, k), mut q) = (draw.one_hot(n), draw.distribution(n));
        if draw.chance(0.5) {
            q = p.clone();
        }
        let certain = q.iamax() == k && q.amax() == 1.0;
        named(Instance::new(Value::Truth(certain.into())), &p, &q).named(&["y", "k"], &number((k + 1) as f64))
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cross_entropy_is_entropy_plus_divergence(seed: u64, n in 1usize..9) {
            let mut draw = Draw::new(seed);
            let (p, q) = (draw.distribution(n), draw.distribution(n));
            prop_assert!((cross_entropy(&p, &q) - entropy(&p) - divergence(&p, &q)).abs() < 1e-13);
            prop_assert!(divergence(&p, &q) > -1e-15 && divergence(&p, &p).abs() < 1e-15);
            prop_assert!(entropy(&p) <= (n as f64).ln() + 1e-14);
        }
    }
}
