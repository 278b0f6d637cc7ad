//! Integrals over intervals: by an antiderivative whose derivative is compared with the integrand, and over the whole
//! line by the moments of the Gaussian.
//!
//! An antiderivative is guessed ([`antiderivative`]) and counts only if it is differentiable at every inner point and
//! its derivative equals the integrand there by canonical form. An improper integral is the limit at the end; where
//! that is infinite the integral diverges. The files form a DAG: `monomial`, `ends` · `gaussian`, `antiderivative`,
//! `pieces` · this file.

mod antiderivative;
mod ends;
mod gaussian;
mod monomial;
mod pieces;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use crate::algebra::canon::{Equality, Fuel, equal};
use crate::algebra::continuity::JUMPS;
use crate::algebra::extremum::certain;
use crate::algebra::facts::Facts;
use crate::algebra::limit::{Limit, infinite, limit};
use crate::algebra::{conditions, derive, terms};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

pub(crate) use ends::{ends, inside};
pub(crate) use pieces::{has_pieces, open_order};

use ends::ordered;

/// Work for one comparison of canonical forms.
const FUEL: u64 = 20_000;

/// Greatest size of an integrand.
const LARGEST: u64 = 400;

/// ∫ of a function of the variable from one end to the other, under the givens; `None` where it was not found.
pub(crate) fn integral(f: &Expr, variable: &Symbol, ends: &(Expr, Expr), givens: &[Expr]) -> Option<Limit> {
    let (low, high) = ends;
    if f.size() > LARGEST || low.mentions(variable) || high.mentions(variable) || !f.sort().is_scalar() {
        return None;
    }
    if !ordered(low, high, givens) && ordered(high, low, givens) {
        // The ends are looked at from inside: the lower one first.
        let back = integral(f, variable, &(high.clone(), low.clone()), givens)?;
        return Some(match back {
            Limit::Finite(e) => Limit::Finite(terms::neg(e)),
            Limit::Infinite(sign) => Limit::Infinite(sign.reverse()),
        });
    }
    if f.as_int() == Some(0) {
        return Some(Limit::Finite(f.clone()));
    }
    let places = pieces::breaks(f, variable);
    if !places.is_empty() {
        let plain = |f: &Expr, low: &Expr, high: &Expr| integral(f, variable, &(low.clone(), high.clone()), givens);
        return pieces::by_pieces(f, variable, (low, high), givens, (&places, &plain));
    }
    let inner = inside(variable, low, high, givens);
    let facts = Facts::new(&inner);
    if !conditions(f).iter().all(|c| certain(c, &inner, &facts)) {
        let (free, rest) = in_front(f, variable)?;
        let Limit::Finite(value) = integral(&rest, variable, ends, givens)? else { return None };
        return Some(Limit::Finite(free * value));
    }
    if !f.mentions(variable) && infinite(low).is_none() && infinite(high).is_none() {
        return Some(Limit::Finite(f.clone() * (high.clone() - low.clone())));
    }
    if infinite(low) == Some(Ordering::Less)
        && infinite(high) == Some(Ordering::Greater)
        && let Some(value) = gaussian::over_the_line(f, variable, givens)
    {
        return Some(Limit::Finite(value));
    }
    let primitive = antiderivative::candidates(f, variable, &facts).into_iter().find(|p| {
        let smooth = !p.any(&mut |x| matches!(x.node(), Node::App(g, _) if JUMPS.contains(&g.name)));
        smooth && is_antiderivative(p, f, variable, &inner, &facts)
    })?;
    let from = end(&primitive, variable, low, Ordering::Greater, givens)?;
    let to = end(&primitive, variable, high, Ordering::Less, givens)?;
    match (to, from) {
        (Limit::Finite(b), Limit::Finite(a)) => Some(Limit::Finite(b - a)),
        (Limit::Infinite(sign), Limit::Finite(_)) => Some(Limit::Infinite(sign)),
        (Limit::Finite(_), Limit::Infinite(sign)) => Some(Limit::Infinite(sign.reverse())),
        // ∞ − ∞ has no value.
        (Limit::Infinite(a), Limit::Infinite(b)) => (a == b.reverse()).then_some(Limit::Infinite(a)),
    }
}

/// The factors of a product that do not depend on the variable, and the others: ∫ c f = c ∫ f where ∫ f is a number, and
/// where c has no value neither side has one.
fn in_front(f: &Expr, variable: &Symbol) -> Option<(Expr, Expr)> {
    let factors = f.as_app(fun::MUL)?;
    let (rest, free): (Vec<Expr>, Vec<Expr>) = factors.iter().cloned().partition(|x| x.mentions(variable));
    let product = |list: Vec<Expr>| list.into_iter().reduce(|a, b| a * b);
    Some((product(free)?, product(rest).unwrap_or_else(|| Expr::int(1))))
}

fn is_antiderivative(p: &Expr, f: &Expr, variable: &Symbol, inner: &[Expr], facts: &Facts) -> bool {
    let Some((slope, owed)) = slope(p, variable) else { return false };
    let all = |list: &[Expr]| list.iter().all(|c| certain(c, inner, facts));
    if !all(&conditions(p)) || !all(&owed) {
        return false;
    }
    match equal(&slope, f, facts, &mut Fuel::new(FUEL)) {
        Equality::Equal { conditions, .. } => all(&conditions),
        _ => false,
    }
}

/// The derivative by a symbol, with what it owes.
fn slope(e: &Expr, by: &Symbol) -> Option<(Expr, Vec<Expr>)> {
    let at = Domain::At(Expr::sym(by.clone()), vec![]);
    derive::differentiate(&Expr::bind(Binder::Derivative, at, e.abstracted(by, Sort::Real))).ok()
}

/// The value at an end where there is one, else the limit.
fn end(p: &Expr, variable: &Symbol, at: &Expr, side: Ordering, givens: &[Expr]) -> Option<Limit> {
    let facts = Facts::new(givens);
    if infinite(at).is_none() {
        let value = p.substituted(variable, at);
        if conditions(&value).iter().all(|c| certain(c, givens, &facts)) {
            return Some(Limit::Finite(value));
        }
    }
    limit(p, variable, at, side, &facts).ok()
}
