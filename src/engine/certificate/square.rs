//! Sums of squares: of monomials (LDLᵀ of a Gram matrix), variances, and Lagrange's identity.

use std::collections::BTreeMap;

use super::number::{Term, opened};
use super::tools::{Binders, Tools, enclosed};
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::sign::Sign;
use crate::expr::{Binder, Domain, Expr, Node, Symbol};
use crate::num::Rational;
use crate::verdict::certificate::{Atom, Part};
use num_traits::{One, Zero};

/// Lists of parts to try.
pub(super) fn guesses(tools: &Tools, terms: &[Term]) -> Vec<Vec<Part>> {
    let mut out = vec![];
    for negative in terms.iter().filter(|t| t.is_negative()) {
        out.extend(lagrange(terms, negative));
        out.extend(variance(tools, terms, negative));
    }
    out.extend(gram(tools, terms));
    out
}

/// The sum whose square stands in a term, and what stands beside it.
fn squared_sum(term: &Term) -> Option<(Expr, Mono)> {
    let two = Rational::from(2);
    let is_sum = |k: &Expr| matches!(k.node(), Node::Bind { binder: Binder::Sum, .. });
    let (sum, _) = term.outer.factors().find(|(k, e)| **e == two && is_sum(k))?;
    term.binder.is_none().then(|| (sum.clone(), term.outer.without(sum)))
}

/// κ (Σ a Σ b − (Σ c)²) with a b = c²: κ/2 ΣΣ w w′ (u v′ − u′ v)² where a = w u², b = w v².
fn lagrange(terms: &[Term], negative: &Term) -> Option<Vec<Part>> {
    let (sum, beside) = squared_sum(negative)?;
    let (binder, c, cn) = opened(&sum)?;
    terms.iter().filter(|t| !t.is_negative()).find_map(|t| {
        let mut sums = t.outer.factors().filter_map(|(k, e)| Some((k, e, opened(k)?)));
        let (first, second) = (sums.next()?, sums.next()?);
        let [(a, an), (b, bn)] = [&first, &second].map(|(_, _, (_, m, n))| (m.clone(), n.clone()));
        let alike = [&first, &second].into_iter().all(|(_, e, (s, _, _))| e.is_one() && s.1 == binder.1);
        let product = a.times(&b) == c.raised(&Rational::from(2)) && &an * &bn == &cn * &cn;
        let same_beside = t.outer.without(first.0).without(second.0) == beside;
        if !alike || !product || !same_beside || !an.is_one() || !bn.is_one() || sums.next().is_some() {
            return None;
        }
        let w = common(&a, &b);
        let half = Rational::new(1, 2)?;
        let root = |m: &Mono| {
            let square = m.times(&w.raised(&Rational::from(-1)));
            square.factors().all(|(_, e)| (e * &half).is_integer()).then(|| square.raised(&half))
        };
        let (u, v) = (root(&a)?.to_expr(), root(&b)?.to_expr());
        let other = Symbol::new("\u{6}y", binder.0.sort.clone());
        let there = |e: &Expr| e.substituted(&binder.0, &Expr::sym(other.clone()));
        let weight = Poly::term(&t.number * &half, beside.clone()).to_expr() * w.to_expr() * there(&w.to_expr());
        let form = u.clone() * there(&v) - there(&u) * v.clone();
        let binders: Binders = vec![binder.clone(), (other, binder.1.clone())];
        Some(vec![Part { binders, weight, atom: Atom::Square(form) }])
    })
}

fn common(a: &Mono, b: &Mono) -> Mono {
    let mut out = Mono::one();
    for (k, e) in a.factors() {
        let least = e.clone().min(b.exponent(k));
        if least > Rational::zero() {
            out.multiply_by(k.clone(), &least);
        }
    }
    out
}

/// Σ w f² − κ m² = Σ w (f − κ u m)² + κ (1 − κ Σ w u²) m² where m = Σ w u f.
fn variance(tools: &Tools, terms: &[Term], negative: &Term) -> Option<Vec<Part>> {
    let (sum, beside) = squared_sum(negative)?;
    let (binder, c, cn) = opened(&sum)?;
    let kappa = Poly::term(-negative.number.clone(), beside).to_expr();
    let inside = tools.under(std::slice::from_ref(&binder));
    terms.iter().filter(|t| !t.is_negative() && t.domain() == Some(&binder.1)).find_map(|t| {
        let half = Rational::new(1, 2)?;
        let mut f = Mono::one();
        for (k, e) in t.inner.factors() {
            if (e * &half).is_integer() && c.exponent(k) > Rational::zero() {
                f.multiply_by(k.clone(), &(e * &half));
            }
        }
        let w = t.inner.times(&f.raised(&Rational::from(-2))).times(&t.outer);
        let over = Poly::term(cn.checked_div(&t.number)?, c.times(&f.times(&w).raised(&Rational::from(-1))));
        let u = inside.unconditional(&over.to_expr())?;
        let weight = Poly::term(t.number.clone(), w).to_expr();
        let form = f.to_expr() - kappa.clone() * u.clone() * sum.clone();
        let spread = enclosed(std::slice::from_ref(&binder), weight.clone() * u.pow(Expr::int(2)));
        let rest = tools.simplified(&(kappa.clone() * (Expr::int(1) - kappa.clone() * spread)))?;
        let mut parts = vec![Part { binders: vec![binder.clone()], weight, atom: Atom::Square(form) }];
        if rest.as_int() != Some(0) {
            parts.push(Part { binders: vec![], weight: rest, atom: Atom::Square(sum.clone()) });
        }
        Some(parts)
    })
}

/// Most monomials of a basis.
const BASIS: usize = 8;

/// A polynomial, or one under a common sum, as squares of the roots of its even terms.
fn gram(tools: &Tools, terms: &[Term]) -> Option<Vec<Part>> {
    let domain: Option<&Domain> = terms.first()?.domain();
    if terms.iter().any(|t| t.domain() != domain) {
        return None;
    }
    let half = Rational::new(1, 2)?;
    let mut c: BTreeMap<Mono, Rational> = BTreeMap::new();
    for t in terms {
        *c.entry(t.outer.times(&t.inner)).or_insert_with(Rational::zero) += t.number.clone();
    }
    // A root of what is positive is a number too.
    let has_root = |(k, e): (&Expr, &Rational)| (e * &half).is_integer() || tools.sign(k) == Sign::POSITIVE;
    let even = |m: &Mono| m.factors().all(has_root);
    let basis: Vec<Mono> =
        c.iter().filter(|(m, c)| **c > Rational::zero() && even(m)).map(|(m, _)| m.raised(&half)).collect();
    let n = basis.len();
    if n == 0 || n > BASIS {
        return None;
    }
    // Each term goes to one pair of the basis; squares to the diagonal.
    let mut g = vec![vec![Rational::zero(); n]; n];
    for (m, number) in c {
        let pairs = (0..n).flat_map(|k| (k..n).map(move |l| (k, l)));
        let is = |(k, l): &(usize, usize)| basis.get(*k).zip(basis.get(*l)).is_some_and(|(a, b)| a.times(b) == m);
        let found: Vec<(usize, usize)> = pairs.filter(is).collect();
        let (k, l) = *found.iter().find(|(k, l)| k == l).or(found.first())?;
        for (k, l) in [(k, l), (l, k)] {
            *g.get_mut(k)?.get_mut(l)? += &number * &half;
        }
    }
    let binders = terms.first()?.binders();
    let (mut parts, mut open) = (vec![], (0..n).collect::<Vec<_>>());
    while let Some(k) = open.pop() {
        let pivot = g.get(k)?.get(k)?.clone();
        let row: Vec<Rational> = g.get(k)?.clone();
        if pivot <= Rational::zero() {
            if pivot < Rational::zero() || open.iter().any(|l| row.get(*l).is_none_or(|x| !x.is_zero())) {
                return None;
            }
            continue;
        }
        let mut form = basis.get(k)?.to_expr();
        for l in &open {
            let x = row.get(*l)?.checked_div(&pivot)?;
            form = form + Expr::num(x.clone()) * basis.get(*l)?.to_expr();
            for m in &open {
                let less = &x * row.get(*m)?;
                *g.get_mut(*l)?.get_mut(*m)? -= less;
            }
        }
        parts.push(Part { binders: binders.clone(), weight: Expr::num(pivot), atom: Atom::Square(form) });
    }
    Some(parts)
}
