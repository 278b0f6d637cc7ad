//! Posteriors of two classes, Gaussian classes, likelihoods: by normalising, by Cholesky factors (nalgebra), by statrs.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use num_dual::{Dual2DVec64, hessian};
use statrs::distribution::{Bernoulli, Discrete};

use super::draw::Draw;
use super::instance::{Instance, Row, matrix, number, places, vector};
use crate::algebra::eval::Value;

/// Likelihoods and priors of two exhaustive classes, no two joint probabilities alike.
fn two_classes(draw: &mut Draw, value: fn([f64; 2]) -> Value<f64>) -> Instance {
    let (mut first, second, prior) = (draw.inside(), draw.inside(), draw.inside());
    if (first * prior - second * (1.0 - prior)).abs() < 1e-9 {
        first *= 0.5;
    }
    Instance::new(value([first * prior, second * (1.0 - prior)]))
        .number("P(X | Y_1)", first)
        .number("P(X | Y_2)", second)
        .number("P(Y_1)", prior)
        .number("P(Y_2)", 1.0 - prior)
}

pub(super) const POSTERIOR: Row = Row {
    name: "posterior",
    about: "the posterior of the first of two classes: joint probabilities, normalised (nalgebra)",
    reference: "Bishop, PRML, eq. 1.82 and 4.57",
    instance: |draw, _| {
        two_classes(draw, |joint| {
            let joint = DVector::from_row_slice(&joint);
            number(joint.get(0).map_or(f64::NAN, |first| first / joint.lp_norm(1)))
        })
    },
};

pub(super) const DECISION: Row = Row {
    name: "posterior_decision",
    about: "whether the first of two classes is the more probable one, by the greatest entry (nalgebra)",
    reference: "Bishop, PRML, 1.5.1",
    instance: |draw, _| two_classes(draw, |joint| Value::Truth((DVector::from_row_slice(&joint).imax() == 0).into())),
};

/// A symmetric positive definite matrix, AAᵀ + 1, with entries that are short to write.
fn covariance(draw: &mut Draw, d: usize) -> DMatrix<f64> {
    let a = DMatrix::from_fn(d, d, |_, _| f64::from(draw.integer(-2, 2)) / 2.0);
    &a * a.transpose() + DMatrix::identity(d, d)
}

/// log of the density of N(mean, Σ) from the Cholesky factor of Σ.
fn log_density(x: &DVector<f64>, mean: &DVector<f64>, factor: &Cholesky<f64, Dyn>) -> f64 {
    let whitened = factor.l().solve_lower_triangular(&(x - mean)).map_or(f64::NAN, |z| z.norm_squared());
    let volume: f64 = factor.l().diagonal().iter().map(|l| l.ln()).sum();
    -0.5 * whitened - volume - 0.5 * x.len() as f64 * std::f64::consts::TAU.ln()
}

pub(super) const GAUSSIAN: Row = Row {
    name: "gaussian_log_odds",
    about: "log-odds of two Gaussian classes with one covariance: log-densities by Cholesky factors (nalgebra)",
    reference: "Bishop, PRML, eq. 4.65 to 4.67",
    instance: |draw, n| {
        let d = n.min(4);
        let (first, second, x) = (draw.vector(d, -2, 2), draw.vector(d, -2, 2), draw.vector(d, -2, 2));
        let (sigma, prior) = (covariance(draw, d), draw.inside());
        let value = Cholesky::new(sigma.clone()).map_or(f64::NAN, |f| {
            log_density(&x, &first, &f) - log_density(&x, &second, &f) + prior.ln() - (1.0 - prior).ln()
        });
        let instance = Instance::new(number(value)).vector("\\mu_{1}", &first).vector("\\mu_{2}", &second);
        let instance = instance.vector("x", &x).matrix("\\Sigma", &sigma).within(1e-9);
        let instance = instance.named(&["\\pi_{1}", "P(Y_1)"], &number(prior));
        Instance { size: Some(d), ..instance.named(&["\\pi_{2}", "P(Y_2)"], &number(1.0 - prior)) }
    },
};

/// The second derivatives of the log-odds of two Gaussian classes in x by num-dual.
fn log_odds_hessian(x: &DVector<f64>, means: [&DVector<f64>; 2], inverses: [&DMatrix<f64>; 2]) -> DMatrix<f64> {
    let quadratic = |x: &DVector<Dual2DVec64>, mean: &DVector<f64>, inverse: &DMatrix<f64>| -> Dual2DVec64 {
        let z: Vec<Dual2DVec64> = x.iter().zip(mean.iter()).map(|(x, m)| x.clone() - *m).collect();
        let pairs = z.iter().enumerate().flat_map(|(i, a)| z.iter().enumerate().map(move |(j, b)| (i, j, a, b)));
        pairs.map(|(i, j, a, b)| a.clone() * b.clone() * inverse[(i, j)]).sum()
    };
    let [m, n] = means;
    let [a, b] = inverses;
    hessian(|x| quadratic(&x, n, b) * 0.5 - quadratic(&x, m, a) * 0.5, x).2
}

pub(super) const GAUSSIAN_CURVATURE: Row = Row {
    name: "gaussian_log_odds_hessian",
    about: "the second derivatives of the log-odds of two Gaussian classes with covariances of their own (num-dual)",
    reference: "Bishop, PRML, 4.2.1",
    instance: |draw, n| {
        let d = n.min(4);
        let (first, second, x) = (draw.vector(d, -2, 2), draw.vector(d, -2, 2), draw.vector(d, -2, 2));
        let (a, b) = (covariance(draw, d), covariance(draw, d) * 2.0);
        let inverses = a.clone().try_inverse().zip(b.clone().try_inverse());
        let value = inverses.map(|(a, b)| log_odds_hessian(&x, [&first, &second], [&a, &b]));
        let value = value.unwrap_or_else(|| DMatrix::from_element(d, d, f64::NAN));
        let instance = Instance::new(matrix(&value)).vector("\\mu_{1}", &first).vector("\\mu_{2}", &second);
        let instance = instance.vector("x", &x).named(&["A", "\\Sigma_{1}"], &matrix(&a)).within(1e-9);
        Instance { size: Some(d), ..instance.named(&["B", "\\Sigma_{2}"], &matrix(&b)) }
    },
};

pub(super) const BERNOULLI: Row = Row {
    name: "bernoulli",
    about: "the mass that a Bernoulli distribution gives to a label (statrs)",
    reference: "Bishop, PRML, eq. 2.2",
    instance: |draw, _| {
        let (p, t) = (draw.inside(), draw.bit());
        let mass = Bernoulli::new(p).map_or(f64::NAN, |b| b.pmf(u64::from(t > 0.5)));
        Instance::new(number(mass)).named(&["y", "p", "\\mu"], &number(p)).number("t", t)
    },
};

/// Probabilities of the outcomes that were seen, under the usual names; also those of a distribution.
fn probabilities(p: &DVector<f64>, value: Value<f64>) -> Instance {
    Instance::new(value).named(&["y", "p", "q", "\\hat{y}", "\\hat{p}", "P", "\\ell"], &vector(p))
}

pub(super) const PRODUCT: Row = Row {
    name: "likelihood_product",
    about: "minus the logarithm of a product of probabilities, halves taken out of the product",
    reference: "Zhang et al., Dive into Deep Learning, eq. 4.1.7",
    instance: |draw, n| {
        let p = DVector::from_fn(n, |_, _| draw.inside());
        // Each factor is brought into [1/2, 1); the halvings are counted.
        let (mut product, mut halvings) = (1.0, 0.0);
        for factor in p.iter() {
            product *= factor;
            while product < 0.5 {
                product *= 2.0;
                halvings += 1.0;
            }
        }
        let count = number(n as f64);
        let value = number(halvings * std::f64::consts::LN_2 - product.ln());
        probabilities(&p, value).named(&["n", "N", "m"], &count)
    },
};

pub(super) const GREATEST: Row = Row {
    name: "likelihood_argmax",
    about: "the most probable classes, by the greatest entry (nalgebra)",
    reference: "Bishop, PRML, 1.2.5",
    instance: |draw, n| {
        let p = draw.distribution(n);
        let top = p.max();
        let value = places((0..n).filter(|i| p.get(*i).is_some_and(|x| *x >= top)));
        probabilities(&p, value)
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_curvature_is_the_difference_of_precisions(seed: u64, d in 1usize..4) {
            let mut draw = Draw::new(seed);
            let (a, b, x) = (covariance(&mut draw, d), covariance(&mut draw, d), draw.vector(d, -2, 2));
            let (a, b) = (a.try_inverse().unwrap(), b.try_inverse().unwrap());
            let zero = DVector::zeros(d);
            prop_assert!((log_odds_hessian(&x, [&zero, &x], [&a, &b]) - (b - a)).amax() < 1e-11);
        }

        #[test]
        fn densities_in_one_dimension_are_the_normal_ones(x in -3.0..3.0f64, mean in -2.0..2.0f64, s in 0.3..3.0f64) {
            use statrs::distribution::{Continuous, Normal};
            let factor = Cholesky::new(DMatrix::from_element(1, 1, s * s)).unwrap();
            let (x, mean) = (DVector::from_element(1, x), DVector::from_element(1, mean));
            let expected = Normal::new(mean[0], s).unwrap().ln_pdf(x[0]);
            prop_assert!((log_density(&x, &mean, &factor) - expected).abs() < 1e-12);
        }
    }
}
