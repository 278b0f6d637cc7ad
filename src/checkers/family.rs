//! Exponential families on a finite set, by num-dual; cross entropies of ordered models.

use nalgebra::{DMatrix, DVector};
use num_dual::{DualDVec64, gradient};

use super::divergence::{cross_entropy, divergence};
use super::draw::Draw;
use super::instance::{Instance, Row, matrix, number, vector};
use super::softmax::{log_softmax, softmax};
use crate::algebra::eval::Value;

/// A statistic φ of each outcome (a row each), and parameters θ.
struct Family {
    statistic: DMatrix<f64>,
    theta: DVector<f64>,
}

impl Family {
    fn draw(draw: &mut Draw, n: usize) -> Family {
        let d = usize::try_from(draw.integer(1, 3)).unwrap_or(1);
        Family { statistic: draw.matrix(n, d, -2, 2), theta: draw.vector(d, -2, 2) }
    }

    /// log Q of each outcome: Q is the softmax of the statistics' products with θ.
    fn logs(&self, theta: &DVector<DualDVec64>) -> Vec<DualDVec64> {
        let score = |row: nalgebra::RowDVector<f64>| row.iter().zip(theta.iter()).map(|(x, t)| t.clone() * *x).sum();
        let scores: Vec<DualDVec64> = self.statistic.row_iter().map(|r| score(r.into_owned())).collect();
        log_softmax(&scores)
    }

    /// ∇ log Q(x) of each outcome x, a row each.
    fn scores(&self) -> DMatrix<f64> {
        let (n, d) = self.statistic.shape();
        let of = |i: usize| {
            let log = |t: DVector<DualDVec64>| self.logs(&t).into_iter().nth(i).unwrap_or(DualDVec64::from(f64::NAN));
            gradient(log, &self.theta).1
        };
        let rows: Vec<DVector<f64>> = (0..n).map(of).collect();
        DMatrix::from_fn(n, d, |i, j| rows.get(i).and_then(|r| r.get(j)).copied().unwrap_or(f64::NAN))
    }

    /// ∇(−Σ P(x) log Q(x)).
    fn cross_entropy_slope(&self, p: &DVector<f64>) -> DVector<f64> {
        let mean =
            |t: DVector<DualDVec64>| -self.logs(&t).into_iter().zip(p.iter()).map(|(l, p)| l * *p).sum::<DualDVec64>();
        gradient(mean, &self.theta).1
    }

    fn named(&self, instance: Instance) -> Instance {
        instance
            .named(&["\\phi", "T", "x", "f"], &matrix(&self.statistic))
            .named(&["\\theta", "\\eta", "w"], &vector(&self.theta))
    }
}

pub(super) const SCORE: Row = Row {
    name: "exponential_family_gradient",
    about: "the gradient of log Q(x) of an exponential family on a finite set by dual numbers (num-dual), for each x",
    reference: "Wainwright & Jordan, Found. Trends Mach. Learn. 1 (2008), prop. 3.1",
    instance: |draw, n| {
        let family = Family::draw(draw, n);
        family.named(Instance::new(matrix(&family.scores())))
    },
};

pub(super) const SLOPE: Row = Row {
    name: "cross_entropy_gradient",
    about: "the gradient of H(P, Q) in the parameters of an exponential family Q by dual numbers (num-dual)",
    reference: "Goodfellow et al., Deep Learning, 3.13 and 5.5",
    instance: |draw, n| {
        let (family, p) = (Family::draw(draw, n), draw.distribution(n));
        let value = vector(&family.cross_entropy_slope(&p));
        family.named(Instance::new(value)).named(&["P", "p"], &vector(&p))
    },
};

pub(super) const NEARER: Row = Row {
    name: "divergence_nearer",
    about: "whether one of two members of an exponential family is as near to P as the other, by divergence",
    reference: "Goodfellow et al., Deep Learning, 5.5",
    instance: |draw, n| {
        let (family, p) = (Family::draw(draw, n), draw.distribution(n));
        let d = family.theta.len();
        let far = |theta: &DVector<f64>| divergence(&p, &softmax(&(&family.statistic * theta)));
        let (own, drawn) = (far(&family.theta), draw.vector(d, -2, 2));
        // What rounding could order the other way is a tie of one member with itself.
        let tied = draw.chance(0.125) || (far(&drawn) - own).abs() < 1e-9;
        let other = if tied { family.theta.clone() } else { drawn };
        let nearer = own <= far(&other);
        let instance = family.named(Instance::new(Value::Truth(nearer.into())));
        instance.named(&["P", "p"], &vector(&p)).vector("\\zeta", &other).vector("v", &other)
    },
};

/// P without some outcome, and two models of which the first gives more to each outcome that P allows.
fn ordered(draw: &mut Draw, n: usize) -> [DVector<f64>; 3] {
    let impossible = draw.place(n);
    let keep = |p: DVector<f64>| {
        let kept = DVector::from_fn(n, |i, _| if i == impossible { 0.0 } else { p[i] });
        let total = kept.sum();
        kept / total
    };
    let (p, worse) = (keep(draw.distribution(n)), draw.distribution(n));
    let rest = worse[impossible];
    let left = rest * draw.inside();
    let better =
        DVector::from_fn(n, |i, _| if i == impossible { left } else { worse[i] * (1.0 - left) / (1.0 - rest) });
    [p, better, worse]
}

pub(super) const ORDER: Row = Row {
    name: "cross_entropy_order",
    about: "H(P, Q₁) as the mean surprise under P, for Q₁ > Q₂ wherever P > 0",
    reference: "Goodfellow et al., Deep Learning, eq. 3.51",
    instance: |draw, n| {
        // With one outcome there are no two such models.
        let n = n.max(2);
        let [p, better, worse] = ordered(draw, n);
        let value = number(cross_entropy(&p, &better));
        let instance = Instance::new(value).named(&["P", "p"], &vector(&p));
        let instance = instance.named(&["Q_{1}", "q_{1}"], &vector(&better));
        Instance { size: Some(n), ..instance.named(&["Q_{2}", "q_{2}"], &vector(&worse)) }
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn scores_are_observed_minus_expected(seed: u64, n in 1usize..7) {
            let family = Family::draw(&mut Draw::new(seed), n);
            let q = super::super::softmax::softmax(&(&family.statistic * &family.theta));
            let mean = family.statistic.transpose() * q;
            for (i, row) in family.scores().row_iter().enumerate() {
                let expected = family.statistic.row(i).transpose() - &mean;
                prop_assert!((row.transpose() - expected).amax() < 1e-12);
            }
        }

        #[test]
        fn models_are_distributions_in_order(seed: u64, n in 2usize..9) {
            let [p, better, worse] = ordered(&mut Draw::new(seed), n);
            for q in [&p, &better, &worse] {
                prop_assert!((q.sum() - 1.0).abs() < 1e-14 && q.iter().all(|x| *x >= 0.0));
            }
            prop_assert!((0..n).all(|i| p[i] == 0.0 || better[i] > worse[i]));
            prop_assert!(cross_entropy(&p, &better) < cross_entropy(&p, &worse));
        }
    }
}
