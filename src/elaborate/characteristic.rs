//! Numbers that belong to a named law besides mean and variance: median, mode, entropy, skewness, moments, generating
//! functions, a row each (Johnson, Kotz & Balakrishnan, Continuous and Discrete Univariate Distributions).

use crate::algebra::canon::is_identity;
use crate::elaborate::build::Builder;
use crate::elaborate::definitions::Definitions;
use crate::elaborate::information::{Part, entropy_at};
use crate::elaborate::known::supply;
use crate::elaborate::law::{self, exp, f, gamma, infinity, one_minus, p, pi};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// Which number of a law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Median,
    Mode,
    /// In units of the natural logarithm.
    Entropy,
    Skewness,
    /// The fourth standardised moment, 3 for the normal distribution.
    Kurtosis,
    /// E[log X].
    LogMean,
    /// E[X^m]; m stands behind the parameters.
    Moment,
    /// E[e^{tX}]; t stands behind the parameters.
    Generating,
}

/// A number of a law: the first name of the law, what it is called, for which parameters, and its formula.
pub(super) struct Row(
    pub(super) &'static str,
    pub(super) Number,
    pub(super) &'static str,
    pub(super) fn(&[Expr]) -> Expr,
);

/// Names of numbers without the command around them, in small letters; one letter stands as it is.
const NAMES: &[(&[&str], Number)] = &[
    (&["median", "med"], Number::Median),
    (&["mode"], Number::Mode),
    (&["h", "H", "entropy"], Number::Entropy),
    (&["skew", "skewness"], Number::Skewness),
    (&["kurt", "kurtosis"], Number::Kurtosis),
];

pub(super) const NORMAL: &str = "\\mathcal{N}";
pub(super) const GAMMA: &str = "\\mathrm{Gam}";
pub(super) const EXPONENTIAL: &str = "\\mathrm{Exp}";
pub(super) const BETA: &str = "\\mathrm{Bet}";
pub(super) const BERNOULLI: &str = "\\mathrm{Bern}";
pub(super) const BINOMIAL: &str = "\\mathrm{Bin}";
pub(super) const POISSON: &str = "\\mathrm{Poiss}";
pub(super) const GEOMETRIC: &str = "\\mathrm{Geom}";
pub(super) const UNIFORM: &str = "\\mathcal{U}";
pub(super) const LOG_NORMAL: &str = "\\mathrm{LogNormal}";
pub(super) const LAPLACE: &str = "\\mathrm{Laplace}";

pub(super) const ROWS: &[Row] = &[
    Row(NORMAL, Number::Median, "", |a| p(a, 0)),
    Row(NORMAL, Number::Mode, "", |a| p(a, 0)),
    Row(NORMAL, Number::Entropy, "", |a| half(log(int(2) * pi() * p(a, 1)) + int(1))),
    Row(NORMAL, Number::Skewness, "", |_| int(0)),
    Row(NORMAL, Number::Kurtosis, "", |_| int(3)),
    Row(NORMAL, Number::Generating, "", |a| exp(p(a, 0) * p(a, 2) + half(p(a, 1) * p(a, 2) * p(a, 2)))),
    Row(GAMMA, Number::Mode, "a shape of at least 1", |a| (p(a, 0) - int(1)).over(&p(a, 1))),
    Row(GAMMA, Number::Entropy, "", |a| {
        p(a, 0) - log(p(a, 1)) + log(gamma(p(a, 0))) + one_minus(p(a, 0)) * digamma(p(a, 0))
    }),
    Row(GAMMA, Number::Skewness, "", |a| int(2).over(&sqrt(p(a, 0)))),
    Row(GAMMA, Number::Kurtosis, "", |a| int(3) + int(6).over(&p(a, 0))),
    Row(GAMMA, Number::LogMean, "", |a| digamma(p(a, 0)) - log(p(a, 1))),
    Row(GAMMA, Number::Moment, "a sum of shape and order above 0", |a| {
        gamma(p(a, 0) + p(a, 2)).over(&(gamma(p(a, 0)) * p(a, 1).pow(p(a, 2))))
    }),
    Row(GAMMA, Number::Generating, "an argument below the rate", |a| one_minus(p(a, 2).over(&p(a, 1))).pow(-p(a, 0))),
    Row(EXPONENTIAL, Number::Median, "", |a| log(int(2)).over(&p(a, 0))),
    Row(EXPONENTIAL, Number::Mode, "", |_| int(0)),
    Row(EXPONENTIAL, Number::Entropy, "", |a| one_minus(log(p(a, 0)))),
    Row(EXPONENTIAL, Number::Skewness, "", |_| int(2)),
    Row(EXPONENTIAL, Number::Kurtosis, "", |_| int(9)),
    Row(EXPONENTIAL, Number::Moment, "an order above -1", |a| gamma(p(a, 1) + int(1)).over(&p(a, 0).pow(p(a, 1)))),
    Row(EXPONENTIAL, Number::Generating, "an argument below the rate", |a| p(a, 0).over(&(p(a, 0) - p(a, 1)))),
    Row(BETA, Number::Mode, "shapes above 1", |a| (p(a, 0) - int(1)).over(&(p(a, 0) + p(a, 1) - int(2)))),
    Row(BETA, Number::Entropy, "", |a| {
        let sum = p(a, 0) + p(a, 1);
        let at = |k: usize| (p(a, k) - int(1)) * digamma(p(a, k));
        log(gamma(p(a, 0))) + log(gamma(p(a, 1))) - log(gamma(sum.clone())) - at(0) - at(1)
            + (sum.clone() - int(2)) * digamma(sum)
    }),
    Row(BETA, Number::Skewness, "", |a| {
        let sum = p(a, 0) + p(a, 1);
        let above = int(2) * (p(a, 1) - p(a, 0)) * sqrt(sum.clone() + int(1));
        above.over(&((sum + int(2)) * sqrt(p(a, 0) * p(a, 1))))
    }),
    Row(BETA, Number::LogMean, "", |a| digamma(p(a, 0)) - digamma(p(a, 0) + p(a, 1))),
    Row(BETA, Number::Moment, "a sum of the first shape and the order above 0", |a| {
        let sum = p(a, 0) + p(a, 1);
        let above = gamma(p(a, 0) + p(a, 2)) * gamma(sum.clone());
        above.over(&(gamma(p(a, 0)) * gamma(sum + p(a, 2))))
    }),
    Row(BERNOULLI, Number::Entropy, "", |a| -(plogp(p(a, 0)) + plogp(one_minus(p(a, 0))))),
    Row(BERNOULLI, Number::Skewness, "", |a| (int(1) - int(2) * p(a, 0)).over(&sqrt(p(a, 0) * one_minus(p(a, 0))))),
    Row(BERNOULLI, Number::Generating, "", |a| one_minus(p(a, 0)) + p(a, 0) * exp(p(a, 1))),
    Row(BINOMIAL, Number::Skewness, "", |a| {
        (int(1) - int(2) * p(a, 1)).over(&sqrt(p(a, 0) * p(a, 1) * one_minus(p(a, 1))))
    }),
    Row(BINOMIAL, Number::Generating, "", |a| (one_minus(p(a, 1)) + p(a, 1) * exp(p(a, 2))).pow(p(a, 0))),
    Row(POISSON, Number::Entropy, "", |a| {
        let k = Symbol::new("\u{6}", Sort::Integer);
        let at = Expr::sym(k.clone());
        let body = p(a, 0).pow(at.clone()) * log(f("factorial", at.clone()));
        let body = body.over(&f("factorial", at));
        let range = Domain::Range(int(0), infinity());
        let sum = Expr::bind(Binder::Sum, range, body.abstracted(&k, Sort::Integer));
        p(a, 0) * one_minus(log(p(a, 0))) + exp(-p(a, 0)) * sum
    }),
    Row(POISSON, Number::Skewness, "", |a| sqrt(p(a, 0)).recip()),
    Row(POISSON, Number::Kurtosis, "", |a| int(3) + p(a, 0).recip()),
    Row(POISSON, Number::Generating, "", |a| exp(p(a, 0) * (exp(p(a, 1)) - int(1)))),
    Row(GEOMETRIC, Number::Mode, "", |_| int(1)),
    Row(GEOMETRIC, Number::Entropy, "", |a| -(plogp(p(a, 0)) + plogp(one_minus(p(a, 0)))).over(&p(a, 0))),
    Row(GEOMETRIC, Number::Skewness, "", |a| (int(2) - p(a, 0)).over(&sqrt(one_minus(p(a, 0))))),
    Row(GEOMETRIC, Number::Generating, "an argument below -log(1 - p)", |a| {
        (p(a, 0) * exp(p(a, 1))).over(&(int(1) - one_minus(p(a, 0)) * exp(p(a, 1))))
    }),
    Row(UNIFORM, Number::Median, "", |a| half(p(a, 0) + p(a, 1))),
    Row(UNIFORM, Number::Entropy, "", |a| log(p(a, 1) - p(a, 0))),
    Row(UNIFORM, Number::Skewness, "", |_| int(0)),
    Row(UNIFORM, Number::Kurtosis, "", |_| int(9).over(&int(5))),
    Row(UNIFORM, Number::Generating, "an argument that is not 0", |a| {
        let end = |k: usize| exp(p(a, 2) * p(a, k));
        (end(1) - end(0)).over(&(p(a, 2) * (p(a, 1) - p(a, 0))))
    }),
    Row(LOG_NORMAL, Number::Median, "", |a| exp(p(a, 0))),
    Row(LOG_NORMAL, Number::Mode, "", |a| exp(p(a, 0) - p(a, 1))),
    Row(LOG_NORMAL, Number::Entropy, "", |a| p(a, 0) + half(log(int(2) * pi() * p(a, 1)) + int(1))),
    Row(LOG_NORMAL, Number::Skewness, "", |a| (exp(p(a, 1)) + int(2)) * sqrt(exp(p(a, 1)) - int(1))),
    Row(LOG_NORMAL, Number::Kurtosis, "", |a| {
        let power = |k: i64| exp(int(k) * p(a, 1));
        power(4) + int(2) * power(3) + int(3) * power(2) - int(3)
    }),
    Row(LOG_NORMAL, Number::LogMean, "", |a| p(a, 0)),
    Row(LOG_NORMAL, Number::Moment, "", |a| exp(p(a, 0) * p(a, 2) + half(p(a, 1) * p(a, 2) * p(a, 2)))),
    Row(LAPLACE, Number::Median, "", |a| p(a, 0)),
    Row(LAPLACE, Number::Mode, "", |a| p(a, 0)),
    Row(LAPLACE, Number::Entropy, "", |a| int(1) + log(int(2) * p(a, 1))),
    Row(LAPLACE, Number::Skewness, "", |_| int(0)),
    Row(LAPLACE, Number::Kurtosis, "", |_| int(6)),
];

fn int(n: i64) -> Expr {
    Expr::int(n)
}

fn half(x: Expr) -> Expr {
    x.over(&int(2))
}

fn log(x: Expr) -> Expr {
    f("log", x)
}

fn sqrt(x: Expr) -> Expr {
    f("sqrt", x)
}

fn plogp(x: Expr) -> Expr {
    x.clone() * log(x)
}

/// The derivative of the logarithm of the gamma function, which the notes call ψ.
fn digamma(x: Expr) -> Expr {
    Expr::new(Node::Call(Symbol::new("\\psi", Sort::Real), vec![x]))
}

/// The expression with one symbol for ψ, as the notes have it.
fn one_digamma(e: &Expr) -> Expr {
    let mut theirs = None;
    e.any(&mut |x| {
        if let Node::Call(f, _) = x.node()
            && &*f.name == "\\psi"
            && f.sort != Sort::Real
        {
            theirs = Some(f.clone());
        }
        theirs.is_some()
    });
    let Some(theirs) = theirs else { return e.clone() };
    e.transform(&mut |x, _| match x.node() {
        Node::Call(f, args) if f.name == theirs.name => Some(Expr::new(Node::Call(theirs.clone(), args.clone()))),
        _ => None,
    })
}

/// The equation with such numbers of variables whose law the notes say put in, if it is an identity then; with what is used.
/// Entropies may be in bits.
pub(super) fn law(relation: &Expr, laws: &[(Symbol, Expr)], definitions: &Definitions) -> Option<(Expr, Vec<String>)> {
    relation.as_app(fun::EQ)?;
    if laws.is_empty() && !relation.any(&mut |x| of_named(x).is_some()) {
        return None;
    }
    let bases = [(int(1), ""), (log(int(2)), ", in bits")];
    bases.iter().find_map(|(base, unit)| {
        let mut used: Vec<String> = vec![];
        let written = relation.transform(&mut |x, _| {
            let (number, distribution, order) = match of_named(x) {
                Some(distribution) => (Number::Entropy, distribution, None),
                None => {
                    let (number, variable, order) = asked(x, definitions)?;
                    (number, &laws.iter().rev().find(|(s, _)| *s.name == *variable)?.1, order)
                }
            };
            let Node::Call(function, parameters) = distribution.node() else { return None };
            let law = law::named(&function.name, parameters)?;
            let row = ROWS.iter().find(|r| law.is_called(r.0) && r.1 == number)?;
            let arguments: Vec<Expr> = parameters.iter().cloned().chain(order).collect();
            let condition = if row.2.is_empty() { String::new() } else { format!(", for {}", row.2) };
            let unit = if number == Number::Entropy { unit } else { &"" };
            used.push(format!("{}, of which {} is known{unit}{condition}", law.what, number.what()));
            let value = (row.3)(&arguments);
            Some(if number == Number::Entropy { value.over(base) } else { value })
        });
        if used.is_empty() {
            return None;
        }
        let (more, written) = supply(&one_digamma(&written), laws);
        let [l, r] = written.as_app(fun::EQ)? else { return None };
        used.extend(more);
        used.sort();
        used.dedup();
        is_identity(l, r).then_some((written.clone(), used))
    })
}

impl Builder<'_> {
    /// Whether an equation about a random variable follows from the distribution that the notes say that it has.
    pub(super) fn follows_from_laws(&self, block: usize, relation: &Expr) -> bool {
        let laws = if self.has_annotations { vec![] } else { self.laws_at(block) };
        if law(relation, &laws, &self.definitions).is_some() {
            return true;
        }
        if laws.is_empty() {
            return false;
        }
        let (known, e) = supply(relation, &laws);
        match e.as_app(fun::EQ) {
            Some([l, r]) if !known.is_empty() => is_identity(l, r),
            _ => false,
        }
    }
}

/// The distribution of `h[\mathcal{N}(\mu, \sigma^2)]`; `\mathrm{H}[\mathcal{U}(1, n)]` is that of a finite set.
fn of_named(e: &Expr) -> Option<&Expr> {
    let (small, Part::Of(distribution)) = entropy_at(e)? else { return None };
    let Node::Call(f, args) = distribution.node() else { return None };
    law::named(&f.name, args).filter(|law| small || !law.is_called(UNIFORM)).map(|_| distribution)
}

/// The number that an expression is of a variable, with the order of a moment.
fn asked(e: &Expr, definitions: &Definitions) -> Option<(Number, String, Option<Expr>)> {
    if let Some([inside]) = e.as_app("expectation") {
        if let Some([x]) = inside.as_app("log") {
            return Some((Number::LogMean, x.as_symbol()?.name.to_string(), None));
        }
        if let Some([x, m]) = inside.as_app(fun::POW) {
            let s = x.as_symbol().filter(|s| !m.mentions(s))?;
            return Some((Number::Moment, s.name.to_string(), Some(m.clone())));
        }
        return None;
    }
    let Node::Call(function, args) = e.node() else { return None };
    if !definitions.of(function).is_empty() {
        return None;
    }
    let [x] = args.as_slice() else { return None };
    if let Some(label) = function.name.strip_prefix("M_") {
        let name = label.trim_matches(['{', '}']).to_owned();
        return Some((Number::Generating, name, Some(x.clone())));
    }
    let bare = ["\\mathrm{", "\\operatorname{", "\\text{", "\\mathbb{"]
        .iter()
        .find_map(|w| function.name.strip_prefix(w)?.strip_suffix('}'))
        .unwrap_or(&function.name);
    let bare = if bare.chars().count() > 1 { bare.to_lowercase() } else { bare.to_owned() };
    let (_, number) = NAMES.iter().find(|(names, _)| names.contains(&bare.as_str()))?;
    Some((*number, x.as_symbol()?.name.to_string(), None))
}

impl Number {
    /// For people.
    fn what(self) -> &'static str {
        match self {
            Number::Median => "the median",
            Number::Mode => "the mode",
            Number::Entropy => "the entropy",
            Number::Skewness => "the skewness",
            Number::Kurtosis => "the kurtosis",
            Number::LogMean => "the mean of the logarithm",
            Number::Moment => "each moment",
            Number::Generating => "the moment-generating function",
        }
    }
}
