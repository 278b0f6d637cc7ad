//! Known objects: standard definitions that a document may use without giving them.

use crate::elaborate::conditional::is_measure;
use crate::elaborate::{law, multivariate, support};
use crate::expr::{Binder, Domain, Expr, Node, PLACE, Symbol};

/// Function names that stand for a known object when the document does not define them, a row each:
/// spellings, number of arguments, row of the function table, name for people.
const KNOWN: &[(&[&str], usize, &str, &str)] = &[
    (&["H", "\\mathrm{H}", "\\mathcal{H}", "\\mathbb{H}"], 1, "entropy", "entropy"),
    (&["H", "\\mathrm{H}", "\\mathrm{CE}"], 2, "cross_entropy", "cross entropy"),
    (&["D_{KL}", "D_{\\mathrm{KL}}", "\\mathrm{KL}", "D_{\\text{KL}}", "KL"], 2, "kl", "KL divergence"),
];

/// Γ, as it is told that it is known.
pub(super) const GAMMA_FUNCTION: &str = "the gamma function of positive numbers";
/// ψ, which a letter alone does not tell.
pub(super) const DIGAMMA: &str = "the digamma function of positive numbers";
/// B, the integral of Euler, as it is told that it is known.
pub(super) const BETA_FUNCTION: &str = "the beta function of positive numbers";

/// The row of the function table that a name with so many arguments stands for.
pub(crate) fn named(name: &str, arguments: usize) -> Option<&'static str> {
    KNOWN.iter().find(|(names, count, _, _)| *count == arguments && names.contains(&name)).map(|row| row.2)
}

/// Replaces what the document does not define and its name says: calls of known objects where all arguments are arrays,
/// densities of named distributions, mean and variance of what the notes say is distributed so. Names the known objects.
pub(crate) fn supply(e: &Expr, laws: &[(Symbol, Expr)]) -> (Vec<String>, Expr) {
    supply_with(e, laws, true)
}

/// The same; only where nothing says how many entries arrays have (`open_sizes`) may a formula name their numbers.
pub(super) fn supply_with(e: &Expr, laws: &[(Symbol, Expr)], open_sizes: bool) -> (Vec<String>, Expr) {
    let mut used: Vec<String> = vec![];
    // Beside an integral that stays one, the formula of a density says more than that its integral is 1.
    let (whole, laws_of_it) = integrals(e, true);
    let (e, more) = if integrates(&whole) { integrals(e, false) } else { (whole, laws_of_it) };
    used.extend(more);
    let symbols = e.symbols();
    let naming = if open_sizes { e.clone() } else { Expr::int(0) };
    let result = e.transform(&mut |x, _| match x.node() {
        Node::Call(f, args) => {
            if let Some((law, value)) = law::density(f, args) {
                used.push(law.what.to_owned());
                return Some(value);
            }
            if let Some((what, value)) = multivariate::density(f, args, &naming) {
                used.push(what);
                return Some(value);
            }
            if let ("\\Gamma", [x]) = (&*f.name, args.as_slice())
                && x.sort().is_scalar()
            {
                used.push(GAMMA_FUNCTION.to_owned());
                return Some(Expr::apply("gamma", vec![supply(x, laws).1]));
            }
            if let ("B" | "\\mathrm{B}", [a, b]) = (&*f.name, args.as_slice())
                && args.iter().all(|x| x.sort().is_scalar())
            {
                used.push(BETA_FUNCTION.to_owned());
                let gamma = |x: Expr| Expr::apply("gamma", vec![x]);
                return Some((gamma(a.clone()) * gamma(b.clone())).over(&gamma(a.clone() + b.clone())));
            }
            let row = KNOWN.iter().find(|row| Some(row.2) == named(&f.name, args.len()))?;
            let arrays = args.iter().all(|a| a.sort().sizes().len() == 1);
            if !arrays {
                return None;
            }
            used.push(row.3.to_owned());
            Some(Expr::apply(row.2, args.clone()))
        }
        Node::App(f, args) => {
            let moment = ["expectation", "variance"].iter().position(|name| *name == f.name)?;
            let [x] = args.as_slice() else { return None };
            if moment == 0 && x.as_symbol().is_none() {
                let random: Vec<_> = laws.iter().filter(|(s, _)| x.mentions(s)).collect();
                let [.., (s, distribution)] = random.as_slice() else { return None };
                let (law, value) =
                    law::expected(x, s, distribution).filter(|_| random.iter().all(|(o, _)| o.same(s)))?;
                used.push(law.what.to_owned());
                return Some(value);
            }
            let variable = x.as_symbol()?;
            let (_, distribution) = laws.iter().rev().find(|(s, _)| s.same(variable))?;
            let (law, values) = law::moments(distribution)?;
            used.push(law.what.to_owned());
            values.get(moment).cloned()
        }
        // `P(X = k)`
        Node::Sym(s) => {
            let (_, inner) = s.name.split_once('(').filter(|(measure, _)| is_measure(measure))?;
            let (variable, value) = inner.strip_suffix(')')?.split_once('=')?;
            let (_, distribution) = laws.iter().rev().find(|(s, _)| *s.name == *variable.trim())?;
            let value = match value.trim().parse::<i64>() {
                Ok(k) => Expr::int(k),
                Err(_) => Expr::sym(symbols.iter().find(|s| *s.name == *value.trim() && s.sort.is_scalar())?.clone()),
            };
            let (law, density) =
                law::density_at(&value, distribution).filter(|(l, _)| law::is_discrete(l, distribution))?;
            used.push(law.what.to_owned());
            Some(density)
        }
        _ => None,
    });
    used.sort();
    used.dedup();
    (used, result)
}

/// Integrals of densities: over all that they live on, and beside it, if they are to be put in; across the edge their
/// formulas are not.
fn integrals(e: &Expr, put_in: bool) -> (Expr, Vec<String>) {
    let mut used: Vec<String> = vec![];
    let result = e.transform(&mut |x, _| match x.node() {
        Node::Bind { binder: Binder::Integral, domain: Domain::Over(range), body } => {
            let (law, value) = support::integrated(range, body)?;
            match value {
                Some(value) if put_in => {
                    used.push(law.what.to_owned());
                    Some(value)
                }
                Some(_) => None,
                None => support::hidden(x),
            }
        }
        Node::Call(f, args) if put_in && is_integral(f) => {
            let [body, variable] = args.as_slice() else { return None };
            let (law, value) = support::integrated_over_all(body, variable.as_symbol()?)?;
            used.push(law.what.to_owned());
            Some(value)
        }
        _ => None,
    });
    (result, used)
}

/// With the values of ψ, which the words of the notes call the digamma function.
pub(super) fn digammas(e: &Expr) -> Expr {
    e.transform(&mut |x, _| match x.node() {
        Node::Call(f, args) if &*f.name == "\\psi" && args.iter().all(|a| a.sort().is_scalar()) && args.len() == 1 => {
            Some(Expr::apply("digamma", args.iter().map(digammas).collect()))
        }
        _ => None,
    })
}

fn is_integral(f: &Symbol) -> bool {
    *f.name == *format!("\\int {PLACE} d{PLACE}")
}

fn integrates(e: &Expr) -> bool {
    e.any(&mut |x| match x.node() {
        Node::Bind { binder, .. } => *binder == Binder::Integral,
        Node::Call(f, _) => is_integral(f),
        // The mean of a variable is a number of its law; that of a function of it is an integral.
        Node::App(f, args) => f.name == "expectation" && args.iter().all(|a| a.as_symbol().is_none()),
        _ => false,
    })
}
