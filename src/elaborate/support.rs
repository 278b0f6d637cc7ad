//! Densities of named distributions under integrals: over all of their support, beside it, and across its edge.

use crate::elaborate::law::{Law, density, infinity};
use crate::expr::fun::interval_ends;
use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};

/// The integral of a product with a density over a range of its variable: of the density alone it is 1 over all of its
/// support and 0 beside it. `Some(None)` where the range is partly beside the support, so that the formula of the density
/// says nothing.
pub(super) fn integrated(range: &Expr, body: &Expr) -> Option<(&'static Law, Option<Expr>)> {
    let is_variable = |e: &Expr| matches!(e.node(), Node::Bound { index: 0, .. });
    let (law, parameters, others) = one_density(body, &is_variable)?;
    // The variable of the binder around it stands in it.
    let varies = |e: &Expr| e.instantiated(&Expr::int(0)) != e.instantiated(&Expr::int(1));
    if parameters.iter().any(varies) {
        return None;
    }
    let lowered = |e: &Expr| e.instantiated(&Expr::int(0));
    let parameters: Vec<Expr> = parameters.iter().map(lowered).collect();
    let Domain::Over(support) = (law.support)(&parameters) else { return None };
    let ((low, high), (from, to)) = (ends(&support)?, ends(range)?);
    // Ends that are no numbers may come in either order.
    if to == low && is_negative_infinity(&from) || from == high && is_infinity(&to) {
        return Some((law, Some(Expr::int(0))));
    }
    let whole = (from == low || is_negative_infinity(&from)) && (to == high || is_infinity(&to));
    let less = |a: &Expr, b: &Expr| match (a.as_num(), b.as_num()) {
        (Some(a), Some(b)) => a < b,
        _ => is_negative_infinity(a) && !is_negative_infinity(b) || is_infinity(b) && !is_infinity(a),
    };
    match (whole, others.iter().any(varies)) {
        (true, false) => Some((law, Some(product(others.iter().map(lowered).collect())))),
        _ if less(&from, &low) || less(&high, &to) => Some((law, None)),
        _ => None,
    }
}

/// The same with the densities in it as functions of which nothing is known: their formulas say nothing there.
pub(super) fn hidden(e: &Expr) -> Option<Expr> {
    let result = e.transform(&mut |x, _| {
        let Node::Call(f, args) = x.node() else { return None };
        density(f, args)?;
        let name = format!("\u{2061}{}", f.name);
        Some(Expr::new(Node::Call(Symbol { name: name.into(), ..f.clone() }, args.clone())))
    });
    (result != *e).then_some(result)
}

/// The integral without limits of a product with a density over its variable: of the density alone it is 1.
pub(super) fn integrated_over_all(body: &Expr, variable: &Symbol) -> Option<(&'static Law, Expr)> {
    let is_variable = |e: &Expr| e.as_symbol().is_some_and(|s| s.same(variable));
    let (law, parameters, others) = one_density(body, &is_variable)?;
    let free = parameters.iter().chain(&others).all(|e| !e.mentions(variable));
    free.then(|| (law, product(others)))
}

/// The one density at the variable among the factors of a product, its parameters, and the other factors.
fn one_density(body: &Expr, is_variable: &dyn Fn(&Expr) -> bool) -> Option<(&'static Law, Vec<Expr>, Vec<Expr>)> {
    let factors = body.as_app(fun::MUL).map_or_else(|| vec![body.clone()], <[Expr]>::to_vec);
    let found = |e: &Expr| match e.node() {
        Node::Call(function, args) if args.first().is_some_and(is_variable) => {
            let (law, _) = density(function, args)?;
            Some((law, args.get(1..)?.to_vec()))
        }
        _ => None,
    };
    let at = factors.iter().position(|e| found(e).is_some())?;
    let (law, parameters) = found(factors.get(at)?)?;
    let others = factors.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, e)| e.clone()).collect();
    Some((law, parameters, others))
}

/// A product; of nothing, 1.
pub(super) fn product(factors: Vec<Expr>) -> Expr {
    match factors.as_slice() {
        [] => Expr::int(1),
        [one] => one.clone(),
        _ => Expr::apply(fun::MUL, factors),
    }
}

fn ends(set: &Expr) -> Option<(Expr, Expr)> {
    match set.as_app("reals") {
        Some(_) => Some((-infinity(), infinity())),
        None => interval_ends(set).map(|(a, b)| (a.clone(), b.clone())),
    }
}

fn is_infinity(e: &Expr) -> bool {
    *e == infinity()
}

fn is_negative_infinity(e: &Expr) -> bool {
    *e == -infinity()
}

/// What has to hold for the formulas of densities under integrals: an end of the range that is no number lies in the
/// support.
pub(super) fn within_support(e: &Expr) -> Vec<Expr> {
    let mut out: Vec<Expr> = vec![];
    e.any(&mut |x| {
        let Node::Bind { binder: Binder::Integral, domain: Domain::Over(range), body } = x.node() else { return false };
        let is_variable = |e: &Expr| matches!(e.node(), Node::Bound { index: 0, .. });
        let support = one_density(body, &is_variable).and_then(|(law, parameters, _)| {
            let closed = parameters.iter().all(Expr::is_closed);
            match (law.support)(&parameters) {
                Domain::Over(set) if closed => ends(&set),
                _ => None,
            }
        });
        let (Some((low, high)), Some((from, to))) = (support, ends(range).filter(|_| range.is_closed())) else {
            return false;
        };
        let infinite = |e: &Expr| is_infinity(e) || is_negative_infinity(e);
        for (least, greatest, end) in
            [(&low, &from, &low), (&low, &to, &low), (&from, &high, &high), (&to, &high, &high)]
        {
            let known = least.as_num().is_some() && greatest.as_num().is_some();
            let fact = Expr::relate("le", least.clone(), greatest.clone());
            if !known
                && least != greatest
                && !infinite(end)
                && !infinite(least)
                && !infinite(greatest)
                && !out.contains(&fact)
            {
                out.push(fact);
            }
        }
        false
    });
    out
}
