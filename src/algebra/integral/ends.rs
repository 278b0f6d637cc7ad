//! The ends of integrals, and what is known of a point between them.

use std::cmp::Ordering;

use crate::algebra::extremum::certain;
use crate::algebra::facts::Facts;
use crate::algebra::limit::infinite;
use crate::algebra::terms;
use crate::expr::fun::interval_ends;
use crate::expr::{Domain, Expr, Sort, Symbol};

/// The ends of the interval that a variable runs over.
pub(crate) fn ends(domain: &Domain) -> Option<(Expr, Expr)> {
    let far = || Expr::apply("infinity", vec![]);
    match domain {
        Domain::All(Sort::Real) => Some((terms::neg(far()), far())),
        Domain::Range(a, b) => Some((a.clone(), b.clone())),
        Domain::Over(set) if set.as_app("reals").is_some() => Some((terms::neg(far()), far())),
        Domain::Over(set) => interval_ends(set).map(|(a, b)| (a.clone(), b.clone())),
        _ => None,
    }
}

/// The givens with what is known of a point between the ends: all reals where nothing says which end is the lower.
pub(crate) fn inside(variable: &Symbol, low: &Expr, high: &Expr, givens: &[Expr]) -> Vec<Expr> {
    let x = Expr::sym(variable.clone());
    let mut all = givens.to_vec();
    let (a, b) = match (ordered(low, high, givens), ordered(high, low, givens)) {
        (true, _) => (low, high),
        (_, true) => (high, low),
        _ => return all,
    };
    if infinite(a).is_none() {
        all.push(Expr::relate("gt", x.clone(), a.clone()));
    }
    if infinite(b).is_none() {
        all.push(Expr::relate("lt", x, b.clone()));
    }
    all
}

/// Whether one end is certainly not above the other.
pub(super) fn ordered(a: &Expr, b: &Expr, givens: &[Expr]) -> bool {
    let finite = infinite(a).is_none() && infinite(b).is_none();
    infinite(a) == Some(Ordering::Less)
        || infinite(b) == Some(Ordering::Greater)
        || finite && certain(&Expr::relate("le", a.clone(), b.clone()), givens, &Facts::new(givens))
}
