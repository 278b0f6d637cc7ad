//! Named distributions: density, mean and variance, a row each. A document may use them without giving them; what rests
//! on one is conditional and names it, for its parametrisation is a convention.

use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};

/// A family of distributions on numbers.
pub(crate) struct Law {
    /// How its name is written.
    names: &'static [&'static str],
    /// Number of parameters.
    count: usize,
    /// For people, with the parametrisation.
    pub(crate) what: &'static str,
    /// Whether all books have these parameters.
    agreed: bool,
    /// Where it has its values.
    pub(super) support: fn(&[Expr]) -> Domain,
    /// Density or probability at a value there.
    density: fn(&Expr, &[Expr]) -> Expr,
    mean: fn(&[Expr]) -> Expr,
    variance: fn(&[Expr]) -> Expr,
}

pub(super) fn p(list: &[Expr], at: usize) -> Expr {
    list.get(at).cloned().unwrap_or_else(|| Expr::int(0))
}

pub(super) fn f(name: &str, x: Expr) -> Expr {
    Expr::apply(name, vec![x])
}

pub(super) fn exp(x: Expr) -> Expr {
    f("exp", x)
}

pub(super) fn gamma(x: Expr) -> Expr {
    f("gamma", x)
}

pub(super) fn infinity() -> Expr {
    Expr::apply("infinity", vec![])
}

fn interval(a: Expr, b: Expr) -> Domain {
    Domain::Over(Expr::apply("open_interval", vec![a, b]))
}

pub(super) fn one_minus(x: Expr) -> Expr {
    Expr::int(1) - x
}

fn choose(n: Expr, k: Expr) -> Expr {
    Expr::apply("binomial", vec![n, k])
}

impl Law {
    /// Whether a name is one of its own.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names.contains(&name)
    }
}

/// Standard parametrisations: Johnson, Kotz & Balakrishnan, Continuous and Discrete Univariate Distributions.
pub(crate) const LAWS: &[Law] = &[
    Law {
        names: &["\\mathcal{N}", "N", "\\mathrm{N}", "\\text{N}", "\\text{Normal}", "\\mathrm{Normal}"],
        count: 2,
        what: "the normal distribution with a mean and a variance",
        agreed: false,
        support: |_| Domain::Over(Expr::apply("reals", vec![])),
        density: |x, a| {
            let d = x.clone() - p(a, 0);
            let scale = f("sqrt", Expr::int(2) * pi() * p(a, 1));
            exp(-(d.clone() * d).over(&(Expr::int(2) * p(a, 1)))).over(&scale)
        },
        mean: |a| p(a, 0),
        variance: |a| p(a, 1),
    },
    Law {
        names: &["\\mathrm{Gam}", "\\mathrm{Gamma}", "\\text{Gamma}"],
        count: 2,
        what: "the gamma distribution with a shape and a rate",
        agreed: false,
        support: |_| interval(Expr::int(0), infinity()),
        density: |x, a| {
            let power = x.pow(p(a, 0) - Expr::int(1));
            (p(a, 1).pow(p(a, 0)) * power * exp(-(p(a, 1) * x.clone()))).over(&gamma(p(a, 0)))
        },
        mean: |a| p(a, 0).over(&p(a, 1)),
        variance: |a| p(a, 0).over(&(p(a, 1) * p(a, 1))),
    },
    Law {
        names: &["\\mathrm{Exp}", "\\text{Exp}", "\\text{Exponential}", "\\mathrm{Exponential}"],
        count: 1,
        what: "the exponential distribution with a rate",
        agreed: false,
        support: |_| interval(Expr::int(0), infinity()),
        density: |x, a| p(a, 0) * exp(-(p(a, 0) * x.clone())),
        mean: |a| p(a, 0).recip(),
        variance: |a| (p(a, 0) * p(a, 0)).recip(),
    },
    Law {
        names: &["\\mathrm{Bet}", "\\mathrm{Beta}", "\\text{Beta}"],
        count: 2,
        what: "the beta distribution with two shapes",
        agreed: true,
        support: |_| interval(Expr::int(0), Expr::int(1)),
        density: |x, a| {
            let powers = x.pow(p(a, 0) - Expr::int(1)) * one_minus(x.clone()).pow(p(a, 1) - Expr::int(1));
            (powers * gamma(p(a, 0) + p(a, 1))).over(&(gamma(p(a, 0)) * gamma(p(a, 1))))
        },
        mean: |a| p(a, 0).over(&(p(a, 0) + p(a, 1))),
        variance: |a| {
            let s = p(a, 0) + p(a, 1);
            (p(a, 0) * p(a, 1)).over(&(s.clone() * s.clone() * (s + Expr::int(1))))
        },
    },
    Law {
        names: &[
            "\\mathrm{Bern}",
            "\\text{Bern}",
            "\\mathrm{Ber}",
            "\\text{Ber}",
            "\\mathrm{Bernoulli}",
            "\\text{Bernoulli}",
        ],
        count: 1,
        what: "the Bernoulli distribution",
        agreed: true,
        support: |_| Domain::Range(Expr::int(0), Expr::int(1)),
        density: |x, a| p(a, 0).pow(x.clone()) * one_minus(p(a, 0)).pow(one_minus(x.clone())),
        mean: |a| p(a, 0),
        variance: |a| p(a, 0) * one_minus(p(a, 0)),
    },
    Law {
        names: &["\\mathrm{Bin}", "\\text{Bin}", "\\mathrm{Binomial}", "\\text{Binomial}"],
        count: 2,
        what: "the binomial distribution with a number of trials and a probability",
        agreed: true,
        support: |a| Domain::Range(Expr::int(0), p(a, 0)),
        density: |x, a| {
            let powers = p(a, 1).pow(x.clone()) * one_minus(p(a, 1)).pow(p(a, 0) - x.clone());
            choose(p(a, 0), x.clone()) * powers
        },
        mean: |a| p(a, 0) * p(a, 1),
        variance: |a| p(a, 0) * p(a, 1) * one_minus(p(a, 1)),
    },
    Law {
        names: &[
            "\\mathrm{Poiss}",
            "\\mathrm{Pois}",
            "\\text{Pois}",
            "\\mathrm{Poi}",
            "\\mathrm{Poisson}",
            "\\text{Poisson}",
        ],
        count: 1,
        what: "the Poisson distribution",
        agreed: true,
        support: |_| Domain::Range(Expr::int(0), infinity()),
        density: |x, a| (p(a, 0).pow(x.clone()) * exp(-p(a, 0))).over(&f("factorial", x.clone())),
        mean: |a| p(a, 0),
        variance: |a| p(a, 0),
    },
    Law {
        names: &[
            "\\mathrm{Geom}",
            "\\text{Geom}",
            "\\mathrm{Geo}",
            "\\text{Geo}",
            "\\mathrm{Geometric}",
            "\\text{Geometric}",
        ],
        count: 1,
        what: "the geometric distribution, of the number of trials up to the first success",
        agreed: false,
        support: |_| Domain::Range(Expr::int(1), infinity()),
        density: |x, a| one_minus(p(a, 0)).pow(x.clone() - Expr::int(1)) * p(a, 0),
        mean: |a| p(a, 0).recip(),
        variance: |a| one_minus(p(a, 0)).over(&(p(a, 0) * p(a, 0))),
    },
    Law {
        names: &[
            "\\mathcal{U}",
            "U",
            "\\mathrm{U}",
            "\\mathrm{Unif}",
            "\\text{Unif}",
            "\\mathrm{Uniform}",
            "\\text{Uniform}",
        ],
        count: 2,
        what: "the continuous uniform distribution on an interval",
        agreed: false,
        support: |a| interval(p(a, 0), p(a, 1)),
        density: |_, a| (p(a, 1) - p(a, 0)).recip(),
        mean: |a| (p(a, 0) + p(a, 1)).over(&Expr::int(2)),
        variance: |a| {
            let d = p(a, 1) - p(a, 0);
            (d.clone() * d).over(&Expr::int(12))
        },
    },
    Law {
        names: &[LOG_NORMAL, "\\mathrm{Lognormal}", "\\text{LogNormal}", "\\text{Lognormal}"],
        count: 2,
        what: "the log-normal distribution with the mean and the variance of the logarithm",
        agreed: true,
        support: |_| interval(Expr::int(0), infinity()),
        density: |x, a| {
            let d = f("log", x.clone()) - p(a, 0);
            let scale = x.clone() * f("sqrt", Expr::int(2) * pi() * p(a, 1));
            exp(-(d.clone() * d).over(&(Expr::int(2) * p(a, 1)))).over(&scale)
        },
        mean: |a| exp(p(a, 0) + p(a, 1).over(&Expr::int(2))),
        variance: |a| (exp(p(a, 1)) - Expr::int(1)) * exp(Expr::int(2) * p(a, 0) + p(a, 1)),
    },
    Law {
        names: &["\\mathrm{Laplace}", "\\text{Laplace}", "\\mathrm{Lap}", "\\text{Lap}"],
        count: 2,
        what: "the Laplace distribution with a location and a scale",
        agreed: false,
        support: |_| Domain::Over(Expr::apply("reals", vec![])),
        density: |x, a| exp(-f("abs", x.clone() - p(a, 0)).over(&p(a, 1))).over(&(Expr::int(2) * p(a, 1))),
        mean: |a| p(a, 0),
        variance: |a| Expr::int(2) * p(a, 1) * p(a, 1),
    },
];

/// The first name of the distribution of what has a normal logarithm.
const LOG_NORMAL: &str = "\\mathrm{LogNormal}";

/// A distribution by the name of its row: `\ln \mathcal{N}(\mu, \sigma^2)` is log-normal, `\chi^2(k)` and `\chi^2_k` are the
/// gamma distribution with the shape k/2 and the rate 1/2.
pub(super) fn by_row(distribution: &Expr) -> Expr {
    let call = |name: &str, args: Vec<Expr>| Expr::new(Node::Call(Symbol::new(name, Sort::Real), args));
    if let Some([inner]) = distribution.as_app("log")
        && let Node::Call(function, args) = inner.node()
        && named(&function.name, args).is_some_and(|law| law.is_called("N"))
    {
        return call(LOG_NORMAL, args.clone());
    }
    let squared = |e: &Expr| match e.as_app(fun::POW) {
        Some([base, two]) if two.as_int() == Some(2) => Some(base.clone()),
        _ => None,
    };
    let chi = |e: &Expr| e.as_symbol().is_some_and(|s| &*s.name == "\\chi");
    let degrees = match (distribution.as_app(fun::MUL), squared(distribution)) {
        (Some([letter, k]), _) if squared(letter).is_some_and(|base| chi(&base)) => Some(k.clone()),
        (_, Some(base)) => match base.as_app(fun::INDEX) {
            Some([letter, k]) if chi(letter) => Some(k.clone()),
            _ => None,
        },
        _ => None,
    };
    let half = Expr::int(2).recip();
    degrees.map_or_else(|| distribution.clone(), |k| call("\\mathrm{Gam}", vec![k * half.clone(), half]))
}

pub(super) fn pi() -> Expr {
    Expr::apply("pi", vec![])
}

/// The family with this name and number of parameters.
pub(super) fn named(name: &str, parameters: &[Expr]) -> Option<&'static Law> {
    let fits = |law: &&Law| law.count == parameters.len() && law.names.contains(&name);
    LAWS.iter().find(fits).filter(|_| parameters.iter().all(|e| e.sort().is_scalar()))
}

/// The value of a density at a point, `\mathcal{N}(x; \mu, \sigma^2)` or `\mathrm{Bin}(x \mid n, p)`, with its law.
pub(crate) fn density(function: &Symbol, args: &[Expr]) -> Option<(&'static Law, Expr)> {
    let (x, parameters) = args.split_first()?;
    let (name, places) = function.name.split_once('(')?;
    let after = places.strip_prefix(PLACE)?;
    let law = named(name, parameters).filter(|_| separates(after) && x.sort().is_scalar())?;
    Some((law, (law.density)(x, parameters)))
}

/// Whether what stands behind the first place of a notation parts a value from parameters.
pub(super) fn separates(after: &str) -> bool {
    [";", " \\mid "].iter().any(|sign| after.starts_with(sign))
}

/// The standard deviations of normal densities that are written by a square: `\mathcal{N}(x; \mu, \sigma^2)`.
pub(crate) fn deviations(e: &Expr) -> Vec<Symbol> {
    let mut out: Vec<Symbol> = vec![];
    e.any(&mut |x| {
        if let Node::Call(function, args) = x.node()
            && density(function, args).is_some_and(|(law, _)| law.names.contains(&"N"))
            && let Some([s, two]) = args.get(2).and_then(|v| v.as_app(fun::POW))
            && two.as_int() == Some(2)
            && let Some(s) = s.as_symbol().filter(|s| !out.contains(s))
        {
            out.push(s.clone());
        }
        false
    });
    out
}

/// E[g(X)] of a random variable as the integral or sum over the support of its law, where nothing else in it may be random.
pub(crate) fn expected(body: &Expr, x: &Symbol, distribution: &Expr) -> Option<(&'static Law, Expr)> {
    let Node::Call(function, parameters) = distribution.node() else { return None };
    let law = named(&function.name, parameters)?;
    let known = |s: &Symbol| s.same(x) || parameters.iter().any(|e| e.mentions(s));
    if !body.symbols().iter().all(known) {
        return None;
    }
    let domain = (law.support)(parameters);
    let value = Symbol::new("\u{6}", domain.variable_sort());
    let at = Expr::sym(value.clone());
    let integrand = body.substituted(x, &at) * (law.density)(&at, parameters);
    let binder = if matches!(domain, Domain::Range(..)) { Binder::Sum } else { Binder::Integral };
    let sort = value.sort.clone();
    Some((law, Expr::bind(binder, domain, integrand.abstracted(&value, sort))))
}

/// The density at a value of what is distributed so.
pub(crate) fn density_at(x: &Expr, distribution: &Expr) -> Option<(&'static Law, Expr)> {
    let Node::Call(function, parameters) = distribution.node() else { return None };
    let law = named(&function.name, parameters)?;
    // Beside the support the formula says nothing.
    if let (Some(k), Domain::Range(low, high)) = (x.as_int(), (law.support)(parameters))
        && (low.as_int().is_some_and(|low| k < low) || high.as_int().is_some_and(|high| k > high))
    {
        return None;
    }
    Some((law, (law.density)(x, parameters)))
}

/// Whether it has its values among the integers.
pub(crate) fn is_discrete(law: &Law, distribution: &Expr) -> bool {
    let Node::Call(_, parameters) = distribution.node() else { return false };
    matches!((law.support)(parameters), Domain::Range(..))
}

/// Whether what is told of a law is of one whose parameters are the same in all books.
pub(crate) fn has_one_parametrisation(what: &str) -> bool {
    LAWS.iter().any(|law| law.what == what && law.agreed)
}

/// Mean and variance of what is distributed as `\mathrm{Gam}(a, b)`, with the law.
pub(crate) fn moments(distribution: &Expr) -> Option<(&'static Law, [Expr; 2])> {
    let Node::Call(function, parameters) = distribution.node() else { return None };
    let law = named(&function.name, parameters)?;
    Some((law, [(law.mean)(parameters), (law.variance)(parameters)]))
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{
        Bernoulli, Beta, Binomial, Continuous, Discrete, Exp, Gamma, Geometric, Laplace, LogNormal, Normal, Poisson,
        Uniform,
    };
    use statrs::function::gamma::gamma;
    use statrs::statistics::Distribution;

    use super::*;
    use crate::algebra::eval::{Env, Point, evaluate};
    use crate::num::Rational;

    fn value(e: &Expr) -> f64 {
        let plain = e.transform(&mut |x, _| {
            let [of] = x.as_app("gamma")? else { return None };
            Some(Expr::num(Rational::from_f64(gamma(value(of))).unwrap()))
        });
        *evaluate::<f64>(&plain, &Env::at(&Point::new()), &mut 100_000).scalar().unwrap()
    }

    fn ratio(a: i64, b: i64) -> Expr {
        Expr::num(Rational::new(a, b).unwrap())
    }

    /// The density at a point, mean and variance of a law.
    fn of(name: &str, x: Expr, parameters: &[Expr]) -> [f64; 3] {
        let law = named(name, parameters).unwrap();
        [value(&(law.density)(&x, parameters)), value(&(law.mean)(parameters)), value(&(law.variance)(parameters))]
    }

    fn continuous<D: Continuous<f64, f64> + Distribution<f64>>(d: &D, x: f64) -> [f64; 3] {
        [d.pdf(x), d.mean().unwrap(), d.variance().unwrap()]
    }

    fn discrete<D: Discrete<u64, f64> + Distribution<f64>>(d: &D, x: u64) -> [f64; 3] {
        [d.pmf(x), d.mean().unwrap(), d.variance().unwrap()]
    }

    #[test]
    fn every_row_is_the_distribution_of_that_name() {
        let half = ratio(1, 2);
        let cases = [
            (of("N", half.clone(), &[ratio(1, 4), ratio(9, 4)]), continuous(&Normal::new(0.25, 1.5).unwrap(), 0.5)),
            (
                of("\\mathrm{Gam}", half.clone(), &[ratio(5, 2), ratio(3, 4)]),
                continuous(&Gamma::new(2.5, 0.75).unwrap(), 0.5),
            ),
            (of("\\mathrm{Exp}", half.clone(), &[ratio(3, 4)]), continuous(&Exp::new(0.75).unwrap(), 0.5)),
            (
                of("\\mathrm{Bet}", ratio(1, 4), &[ratio(5, 2), ratio(3, 4)]),
                continuous(&Beta::new(2.5, 0.75).unwrap(), 0.25),
            ),
            (
                of(LOG_NORMAL, half.clone(), &[ratio(1, 4), ratio(9, 4)]),
                continuous(&LogNormal::new(0.25, 1.5).unwrap(), 0.5),
            ),
            (
                of("\\mathrm{Laplace}", half.clone(), &[ratio(1, 4), ratio(3, 4)]),
                continuous(&Laplace::new(0.25, 0.75).unwrap(), 0.5),
            ),
            (of("U", half.clone(), &[ratio(1, 4), ratio(3, 4)]), continuous(&Uniform::new(0.25, 0.75).unwrap(), 0.5)),
            (of("\\mathrm{Bern}", Expr::int(1), &[ratio(1, 4)]), discrete(&Bernoulli::new(0.25).unwrap(), 1)),
            (
                of("\\mathrm{Bin}", Expr::int(2), &[Expr::int(5), ratio(1, 4)]),
                discrete(&Binomial::new(0.25, 5).unwrap(), 2),
            ),
            (of("\\mathrm{Poiss}", Expr::int(3), &[ratio(5, 2)]), discrete(&Poisson::new(2.5).unwrap(), 3)),
            (of("\\mathrm{Geom}", Expr::int(3), &[ratio(1, 4)]), discrete(&Geometric::new(0.25).unwrap(), 3)),
        ];
        assert_eq!(cases.len(), LAWS.len(), "a case for every row");
        for (ours, theirs) in cases {
            for (a, b) in ours.iter().zip(theirs) {
                assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{ours:?} {theirs:?}");
            }
        }
    }

    #[test]
    fn a_density_is_known_by_its_name_and_number_of_parameters() {
        let x = Expr::real("x");
        let call = |name: &str| Symbol::new(name, crate::expr::Sort::Function);
        let args = |n: usize| vec![x.clone(); n];
        assert!(density(&call(&format!("\\mathcal{{N}}({PLACE}; {PLACE}, {PLACE})")), &args(3)).is_some());
        assert!(density(&call(&format!("\\mathcal{{N}}({PLACE}; {PLACE})")), &args(2)).is_none());
        assert!(density(&call(&format!("\\mathcal{{M}}({PLACE}; {PLACE}, {PLACE})")), &args(3)).is_none());
        assert!(density(&call(&format!("\\mathcal{{N}}({PLACE}, {PLACE}, {PLACE})")), &args(3)).is_none());
    }
}
