//! Inequalities between numbers: what the difference may be the sum of.

use super::tools::{Binders, Tools, enclosed};
use super::{logarithm, matrix, square};
use crate::algebra::canon::poly::{Mono, Poly};
use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};
use crate::num::Rational;
use crate::verdict::certificate::{Atom, Part};
use num_traits::One;

/// Lists of parts that may add up to the difference.
pub(super) fn candidates(tools: &Tools, difference: &Expr) -> Vec<Vec<Part>> {
    let mut out: Vec<Vec<Part>> = quadratic_form(tools, difference).into_iter().collect();
    let Some(poly) = tools.poly(difference) else { return out };
    let terms: Vec<Term> = poly.terms().map(|(m, c)| Term::of(m, c)).collect();
    let guesses = logarithm::guesses(tools, &terms).into_iter().chain(square::guesses(tools, &terms));
    out.extend(guesses.filter_map(|parts| completed(tools, difference, parts)));
    out
}

/// The parts with what is left of the difference, which has to be ≥ 0 by sign.
pub(super) fn completed(tools: &Tools, difference: &Expr, mut parts: Vec<Part>) -> Option<Vec<Part>> {
    if parts.is_empty() {
        return None;
    }
    let total = Expr::apply(fun::ADD, parts.iter().map(Part::value).collect());
    let rest = tools.simplified(&(difference.clone() - total))?;
    if rest.as_int() != Some(0) {
        parts.push(Part { binders: vec![], weight: rest, atom: Atom::One });
    }
    Some(parts)
}

/// yᵀMy as written.
fn quadratic_form(tools: &Tools, difference: &Expr) -> Option<Vec<Part>> {
    let factors = difference.as_app(fun::MUL)?;
    let at = factors.iter().position(|f| f.as_app("transpose").is_some())?;
    let (numbers, rest) = factors.split_at_checked(at)?;
    let [left, middle @ .., right] = rest else { return None };
    let [y] = left.as_app("transpose")? else { return None };
    if y != right || y.sort().sizes().len() != 1 || middle.is_empty() || numbers.iter().any(|n| !n.sort().is_scalar()) {
        return None;
    }
    let inner = Expr::apply(fun::MUL, numbers.iter().chain(middle).cloned().collect());
    matrix::parts(tools, &inner, y)
}

/// A term of the difference: number · outer · Σ over the binder of inner; without a sum inner is 1.
pub(super) struct Term {
    pub(super) number: Rational,
    pub(super) outer: Mono,
    pub(super) binder: Option<(Symbol, Domain)>,
    pub(super) inner: Mono,
}

impl Term {
    fn of(mono: &Mono, c: &Rational) -> Term {
        let plain = Term { number: c.clone(), outer: mono.clone(), binder: None, inner: Mono::one() };
        let mut sums = mono.factors().filter(|(k, _)| matches!(k.node(), Node::Bind { binder: Binder::Sum, .. }));
        let (Some((kernel, exponent)), None) = (sums.next(), sums.next()) else { return plain };
        if !exponent.is_one() {
            return plain;
        }
        let Some((binder, inner, d)) = opened(kernel) else { return plain };
        Term { number: c * &d, outer: mono.without(kernel), binder: Some(binder), inner }
    }

    /// number · outer.
    pub(super) fn scale(&self) -> Expr {
        Poly::term(self.number.clone(), self.outer.clone()).to_expr()
    }

    pub(super) fn is_negative(&self) -> bool {
        self.number < Rational::from(0)
    }

    pub(super) fn binders(&self) -> Binders {
        self.binder.iter().cloned().collect()
    }

    pub(super) fn value(&self) -> Expr {
        self.scale() * enclosed(&self.binders(), self.inner.to_expr())
    }

    pub(super) fn domain(&self) -> Option<&Domain> {
        self.binder.as_ref().map(|(_, d)| d)
    }
}

/// A sum of one product, its variable named: all sums opened here share the name.
pub(super) fn opened(sum: &Expr) -> Option<((Symbol, Domain), Mono, Rational)> {
    let Node::Bind { binder: Binder::Sum, domain, body } = sum.node() else { return None };
    let symbol = Symbol::new("\u{6}x", domain.variable_sort());
    let inner = Poly::plain(&body.instantiated(&Expr::sym(symbol.clone())));
    let (m, d) = inner.single()?;
    Some(((symbol, domain.clone()), m.clone(), d.clone()))
}
