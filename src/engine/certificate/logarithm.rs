//! Sums with logarithms: Gibbs, Jensen, and the order of logarithms term by term.

use super::number::{Term, opened};
use super::tools::Tools;
use crate::algebra::canon::poly::{Mono, Poly};
use crate::expr::{Expr, fun};
use crate::num::Rational;
use crate::verdict::certificate::{Atom, Part};
use num_traits::One;

/// number · outer · Σ mass · log argument.
struct Log<'t> {
    term: &'t Term,
    mass: Expr,
    argument: Expr,
}

/// Lists of parts to try.
pub(super) fn guesses(tools: &Tools, terms: &[Term]) -> Vec<Vec<Part>> {
    let logs: Vec<Log> = terms.iter().filter_map(log).collect();
    let mut out = vec![];
    for own in logs.iter().filter(|l| !l.term.is_negative() && l.mass == l.argument) {
        for constants in [true, false] {
            out.extend(gibbs(tools, terms, &logs, own, constants));
        }
    }
    out.extend(jensen(&logs));
    out.extend(exponential(terms));
    if !logs.is_empty() {
        out.push(ordered(&logs));
    }
    out
}

fn log(term: &Term) -> Option<Log<'_>> {
    let factors = if term.binder.is_some() { &term.inner } else { &term.outer };
    factors.factors().find_map(|(k, e)| {
        if !e.is_one() {
            return None;
        }
        let rest = factors.without(k).to_expr();
        let [t] = k.as_app("log")? else { return None };
        // The kernel writes log |t| where t is not known to be positive; whether it is, the atoms ask.
        let argument = t.as_app("abs").and_then(|a| a.first()).unwrap_or(t).clone();
        Some(Log { term, mass: rest, argument })
    })
}

impl Log<'_> {
    /// The factor before mass · log: of a term without a sum only its number, the rest is mass.
    fn scale(&self) -> Expr {
        match self.term.binder {
            Some(_) => self.term.scale(),
            None => Expr::num(self.term.number.clone()),
        }
    }

    fn part(&self, weight: Expr, atom: Atom) -> Part {
        Part { binders: self.term.binders(), weight, atom }
    }
}

/// s Σ p (log p − ℓ) = s Σ (p log p − p log q − p + q) + s Σ (p − q) with q = e^ℓ: all other terms that are means by p
/// go into ℓ, and the constants too, for Σ p = 1.
fn gibbs(tools: &Tools, terms: &[Term], logs: &[Log], own: &Log, constants: bool) -> Option<Vec<Part>> {
    let scale = own.scale();
    let share = |e: &Expr| tools.unconditional(&e.over(&scale));
    let mut q = Expr::int(1);
    for l in logs.iter().filter(|l| !std::ptr::eq(l.term, own.term)) {
        let same = l.term.domain() == own.term.domain() && l.mass == own.mass;
        if same {
            q = q * power(&l.argument, &-share(&l.scale())?);
        }
    }
    for t in terms {
        let known = logs.iter().find(|l| std::ptr::eq(l.term, t));
        if known.is_some_and(|l| l.term.domain() == own.term.domain() && l.mass == own.mass) {
            continue;
        }
        if t.binder.is_some() && t.domain() == own.term.domain() && known.is_none() {
            let ratio = t.inner.times(&Poly::plain(&own.mass).single()?.0.raised(&Rational::from(-1)));
            if ratio.factors().all(|(_, e)| *e > Rational::from(0)) && !ratio.is_one() {
                q = q * Expr::apply("exp", vec![-(share(&t.scale())? * ratio.to_expr())]);
                continue;
            }
        }
        if constants && t.binder.is_none() {
            q = match known {
                Some(l) if !l.mass.symbols().is_empty() => return None,
                Some(l) => q * power(&l.argument, &-share(&(l.scale() * l.mass.clone()))?),
                None => q * Expr::apply("exp", vec![-share(&t.value())?]),
            };
        }
    }
    Some(vec![own.part(scale, Atom::Gap(own.mass.clone(), q))])
}

/// base ^ exponent, the exponent a whole number or under an exponential.
fn power(base: &Expr, exponent: &Expr) -> Expr {
    match exponent.as_int() {
        Some(_) => base.pow(exponent.clone()),
        None => Expr::apply("exp", vec![exponent.clone() * Expr::apply("log", vec![base.clone()])]),
    }
}

/// s (log Σ p t − Σ p log t): s p (t/T − 1 − log (t/T)) summed, with T = Σ p t; for every factor t of T's terms.
fn jensen(logs: &[Log]) -> Vec<Vec<Part>> {
    let whole = |l: &&Log| l.term.binder.is_none() && !l.term.is_negative();
    let of = |l: &Log| -> Option<Vec<Vec<Part>>> {
        let (binder, inner, number) = opened(&l.argument)?;
        let split = |(k, e): (&Expr, &Rational)| {
            let t = Poly::term(Rational::one(), Mono::power(k.clone(), e.clone())).to_expr();
            let p = Poly::term(number.clone(), inner.without(k)).to_expr();
            let weight = l.scale() * l.mass.clone() * p;
            vec![Part { binders: vec![binder.clone()], weight, atom: Atom::Log(t.over(&l.argument)) }]
        };
        Some(inner.factors().map(split).collect())
    };
    logs.iter().filter(whole).filter_map(of).flatten().collect()
}

/// Σ p eˣ − e^m with m = Σ p x: p e^m (e^{x−m} − 1 − (x − m)) summed.
fn exponential(terms: &[Term]) -> Option<Vec<Part>> {
    terms.iter().filter(|t| t.is_negative() && t.binder.is_none()).find_map(|t| {
        let (kernel, mean) = t.outer.factors().find_map(|(k, _)| match k.as_app("exp") {
            Some([m]) => Some((k.clone(), m.clone())),
            _ => None,
        })?;
        let (binder, inner, d) = opened(&mean)?;
        let body = Poly::term(d, inner);
        // The positive sum says what x is: a term whose exponent divides the mean's body.
        terms.iter().filter(|s| !s.is_negative() && s.domain() == Some(&binder.1)).find_map(|s| {
            let x = s.inner.factors().find_map(|(k, _)| k.as_app("exp").and_then(|a| a.first()).cloned())?;
            let p = Poly::plain(&body.to_expr().over(&x)).to_expr();
            let weight = -(t.scale().over(&kernel)) * p * kernel.clone();
            let atom = Atom::Exp(x - mean.clone());
            Some(vec![Part { binders: vec![binder.clone()], weight, atom }])
        })
    })
}

/// Logarithms with one mass against each other, and the others against log 1.
fn ordered(logs: &[Log]) -> Vec<Part> {
    let mut left: Vec<&Log> = logs.iter().collect();
    let mut parts = vec![];
    while let Some(l) = left.pop() {
        let minus = -l.scale();
        let other = left.iter().position(|o| {
            let opposite = Poly::plain(&o.scale()) == Poly::plain(&minus);
            o.mass == l.mass && o.term.domain() == l.term.domain() && opposite
        });
        let one = Expr::int(1);
        let partner = other.map(|k| left.remove(k).argument.clone()).unwrap_or(one);
        let (above, below, weight) = match l.term.is_negative() {
            true => (partner, l.argument.clone(), minus),
            false => (l.argument.clone(), partner, l.scale()),
        };
        let weight = Expr::apply(fun::MUL, vec![weight]);
        parts.push(l.part(weight, Atom::Order(l.mass.clone(), above, below)));
    }
    parts
}
