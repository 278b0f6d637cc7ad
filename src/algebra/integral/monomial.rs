//! A term of an integrand by its factors: c · xᵏ · e^{E(x)} · others.

use num_traits::Zero;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::terms;
use crate::expr::{Expr, Symbol};
use crate::num::Rational;

/// A term of an integrand.
pub(super) struct Term {
    /// What is free of the variable.
    pub(super) constant: Expr,
    /// The exponent of the variable.
    pub(super) power: Rational,
    /// The exponent of e, by powers of the variable, lowest first.
    pub(super) exponent: Vec<Expr>,
    /// The factors that are neither.
    pub(super) others: Vec<(Expr, Rational)>,
}

impl Term {
    /// The factors of `c · m`; `None` where an exponent of e is no polynomial in the variable of degree ≤ 2.
    pub(super) fn new(m: &Mono, c: &Rational, variable: &Symbol) -> Option<Term> {
        let x = Expr::sym(variable.clone());
        let mut constants = vec![Expr::num(c.clone())];
        let mut exponent = Poly::zero();
        let mut term = Term { constant: Expr::int(1), power: Rational::zero(), exponent: vec![], others: vec![] };
        for (k, q) in m.factors() {
            match k.as_app("exp") {
                _ if !k.mentions(variable) => constants.push(k.pow(Expr::num(q.clone()))),
                _ if *k == x => term.power += q.clone(),
                Some([of]) => exponent.add_scaled(&Poly::plain(of), q),
                _ => term.others.push((k.clone(), q.clone())),
            }
        }
        term.constant = terms::product(constants);
        term.exponent = by_powers(&exponent, variable)?;
        Some(term)
    }

    /// The exponent of the variable as a number 0, 1, 2, …
    pub(super) fn degree(&self) -> Option<u32> {
        self.power.to_i64().and_then(|k| u32::try_from(k).ok()).filter(|k| *k <= 12)
    }
}

/// The coefficients of a polynomial in the variable of degree ≤ 2, lowest first.
pub(super) fn by_powers(p: &Poly, variable: &Symbol) -> Option<Vec<Expr>> {
    let x = Expr::sym(variable.clone());
    let mut found = [vec![], vec![], vec![]];
    for (m, c) in p.terms() {
        let rest = m.without(&x);
        let degree = usize::try_from(m.exponent(&x).to_i64()?).ok()?;
        if rest.any_kernel(|k| k.mentions(variable)) {
            return None;
        }
        found.get_mut(degree)?.push(Poly::term(c.clone(), rest).to_expr());
    }
    Some(found.into_iter().map(terms::sum).collect())
}
