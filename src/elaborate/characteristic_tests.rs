use statrs::distribution::{
    Bernoulli, Beta, Binomial, Exp, Gamma, Geometric, Laplace, LogNormal, Normal, Poisson, Uniform,
};
use statrs::function::gamma::{digamma, gamma};
use statrs::statistics::{Distribution, Median, Mode};

use super::characteristic::{
    BERNOULLI, BETA, BINOMIAL, EXPONENTIAL, GAMMA, GEOMETRIC, LAPLACE, LOG_NORMAL, NORMAL, Number, POISSON, ROWS, Row,
    UNIFORM,
};
use super::law;
use crate::algebra::eval::{Env, Point, evaluate};
use crate::expr::{Expr, Node};
use crate::num::Rational;

fn value(e: &Expr) -> f64 {
    let number = |x: f64| Expr::num(Rational::from_f64(x).unwrap());
    let plain = e.transform(&mut |x, _| match (x.as_app("gamma"), x.node()) {
        (Some([of]), _) => Some(number(gamma(value(of)))),
        (_, Node::Call(f, args)) if &*f.name == "\\psi" => Some(number(digamma(value(&args[0])))),
        // Far out the terms are nothing.
        (_, Node::Bind { body, .. }) => {
            let term = |k: i64| value(&body.instantiated(&Expr::int(k)));
            Some(number((0..=20).map(term).sum()))
        }
        _ => None,
    });
    *evaluate::<f64>(&plain, &Env::at(&Point::new()), &mut 100_000).scalar().unwrap()
}

fn ratio(a: i64, b: i64) -> Expr {
    Expr::num(Rational::new(a, b).unwrap())
}

fn row(name: &str, number: Number) -> &'static Row {
    ROWS.iter().find(|r| r.0 == name && r.1 == number).unwrap()
}

/// The number of a law at parameters of which all are allowed.
fn of(name: &str, number: Number, order: Option<Expr>) -> f64 {
    let parameters = match name {
        NORMAL => vec![ratio(1, 4), ratio(9, 4)],
        GAMMA | BETA => vec![ratio(5, 2), ratio(7, 4)],
        EXPONENTIAL | POISSON => vec![ratio(3, 4)],
        BERNOULLI | GEOMETRIC => vec![ratio(1, 4)],
        BINOMIAL => vec![Expr::int(5), ratio(1, 4)],
        LOG_NORMAL => vec![ratio(1, 4), ratio(1, 9)],
        _ => vec![ratio(1, 4), ratio(3, 4)],
    };
    let arguments: Vec<Expr> = parameters.into_iter().chain(order).collect();
    value(&(row(name, number).3)(&arguments))
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-6 * b.abs().max(1.0), "{a} {b}");
}

#[test]
fn every_row_is_of_a_law() {
    for Row(name, ..) in ROWS {
        assert!(law::LAWS.iter().any(|l| l.is_called(name)), "{name}");
    }
}

#[test]
fn medians_modes_entropies_and_skewness_are_those_of_statrs() {
    let normal = Normal::new(0.25, 1.5).unwrap();
    let (gamma, beta) = (Gamma::new(2.5, 1.75).unwrap(), Beta::new(2.5, 1.75).unwrap());
    let (exponential, uniform) = (Exp::new(0.75).unwrap(), Uniform::new(0.25, 0.75).unwrap());
    let (bernoulli, binomial) = (Bernoulli::new(0.25).unwrap(), Binomial::new(0.25, 5).unwrap());
    let (poisson, geometric) = (Poisson::new(0.75).unwrap(), Geometric::new(0.25).unwrap());
    near(of(NORMAL, Number::Median, None), normal.median());
    near(of(EXPONENTIAL, Number::Median, None), exponential.median());
    near(of(UNIFORM, Number::Median, None), uniform.median());
    near(of(NORMAL, Number::Mode, None), normal.mode().unwrap());
    near(of(GAMMA, Number::Mode, None), gamma.mode().unwrap());
    near(of(BETA, Number::Mode, None), beta.mode().unwrap());
    near(of(EXPONENTIAL, Number::Mode, None), exponential.mode().unwrap());
    near(of(GEOMETRIC, Number::Mode, None), 1.0);
    near(of(NORMAL, Number::Entropy, None), normal.entropy().unwrap());
    near(of(GAMMA, Number::Entropy, None), gamma.entropy().unwrap());
    near(of(BETA, Number::Entropy, None), beta.entropy().unwrap());
    near(of(EXPONENTIAL, Number::Entropy, None), exponential.entropy().unwrap());
    near(of(UNIFORM, Number::Entropy, None), uniform.entropy().unwrap());
    near(of(BERNOULLI, Number::Entropy, None), bernoulli.entropy().unwrap());
    let (log_normal, laplace) = (LogNormal::new(0.25, 1.0 / 3.0).unwrap(), Laplace::new(0.25, 0.75).unwrap());
    near(of(LOG_NORMAL, Number::Median, None), log_normal.median());
    near(of(LOG_NORMAL, Number::Mode, None), log_normal.mode().unwrap());
    near(of(LOG_NORMAL, Number::Entropy, None), log_normal.entropy().unwrap());
    near(of(LAPLACE, Number::Median, None), laplace.median());
    near(of(LAPLACE, Number::Mode, None), laplace.mode().unwrap());
    near(of(LAPLACE, Number::Entropy, None), laplace.entropy().unwrap());
    let skewness = [
        (LOG_NORMAL, log_normal.skewness()),
        (LAPLACE, laplace.skewness()),
        (NORMAL, normal.skewness()),
        (GAMMA, gamma.skewness()),
        (BETA, beta.skewness()),
        (EXPONENTIAL, exponential.skewness()),
        (UNIFORM, uniform.skewness()),
        (BERNOULLI, bernoulli.skewness()),
        (BINOMIAL, binomial.skewness()),
        (POISSON, poisson.skewness()),
        (GEOMETRIC, geometric.skewness()),
    ];
    for (name, theirs) in skewness {
        near(of(name, Number::Skewness, None), theirs.unwrap());
    }
}

/// The mean of a function by its definition: over a fine grid where the law has a density, else over its values.
fn mean(name: &str, g: impl Fn(f64) -> f64) -> f64 {
    use statrs::distribution::{Continuous, Discrete};
    let grid = |low: f64, high: f64, density: &dyn Fn(f64) -> f64| -> f64 {
        let step = (high - low) / 20_000.0;
        (0..20_000).map(|k| low + (f64::from(k) + 0.5) * step).map(|x| g(x) * density(x) * step).sum()
    };
    let list = |mass: &dyn Fn(u64) -> f64| (0..200u64).map(|k| g(k as f64) * mass(k)).sum::<f64>();
    match name {
        NORMAL => grid(-20.0, 20.0, &|x| Normal::new(0.25, 1.5).unwrap().pdf(x)),
        GAMMA => grid(0.0, 60.0, &|x| Gamma::new(2.5, 1.75).unwrap().pdf(x)),
        EXPONENTIAL => grid(0.0, 80.0, &|x| Exp::new(0.75).unwrap().pdf(x)),
        BETA => grid(0.0, 1.0, &|x| Beta::new(2.5, 1.75).unwrap().pdf(x)),
        LOG_NORMAL => grid(0.0, 20.0, &|x| LogNormal::new(0.25, 1.0 / 3.0).unwrap().pdf(x)),
        LAPLACE => grid(-20.0, 20.0, &|x| Laplace::new(0.25, 0.75).unwrap().pdf(x)),
        UNIFORM => grid(0.25, 0.75, &|x| Uniform::new(0.25, 0.75).unwrap().pdf(x)),
        BERNOULLI => list(&|k| if k < 2 { Bernoulli::new(0.25).unwrap().pmf(k) } else { 0.0 }),
        BINOMIAL => list(&|k| if k < 6 { Binomial::new(0.25, 5).unwrap().pmf(k) } else { 0.0 }),
        POISSON => list(&|k| Poisson::new(0.75).unwrap().pmf(k)),
        _ => list(&|k| if k > 0 { Geometric::new(0.25).unwrap().pmf(k) } else { 0.0 }),
    }
}

#[test]
fn all_that_is_a_mean_is_the_mean_of_the_density() {
    let close = |a: f64, b: f64| assert!((a - b).abs() <= 1e-3 * b.abs().max(1.0), "{a} {b}");
    for Row(name, number, ..) in ROWS {
        match number {
            Number::Generating => close(of(name, *number, Some(ratio(1, 8))), mean(name, |x| (x / 8.0).exp())),
            Number::Moment => close(of(name, *number, Some(ratio(3, 2))), mean(name, |x| x.powf(1.5))),
            Number::LogMean => close(of(name, *number, None), mean(name, f64::ln)),
            Number::Kurtosis => {
                let c = mean(name, |x| x);
                let v = mean(name, |x| (x - c).powi(2));
                close(of(name, *number, None), mean(name, |x| (x - c).powi(4)) / (v * v));
            }
            Number::Entropy if *name == POISSON => {
                use statrs::distribution::Discrete;
                let mass = Poisson::new(0.75).unwrap();
                close(of(name, *number, None), mean(name, |x| -mass.pmf(x as u64).max(1e-300).ln()));
            }
            Number::Entropy if *name == GEOMETRIC => {
                close(of(name, *number, None), mean(name, |x| -(0.25 * 0.75f64.powf(x - 1.0)).ln()));
            }
            _ => {}
        }
    }
}
