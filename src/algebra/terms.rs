//! Sums, products and powers built with their neutral parts dropped and their numbers folded.
//!
//! `0 · x` becomes 0 here, also where `x` has no value: whether an expression has one is asked of it as it was written
//! ([`crate::algebra::conditions`]), before anything is rewritten.

use num_traits::{One, Zero};

use crate::expr::{Binder, Domain, Expr, Fun, Node, Seen, fun};
use crate::num::Rational;

/// Integer powers of numbers are folded up to this exponent.
const EXPONENT_CAP: i64 = 64;

/// The sum; numbers are folded into the last term, zeros dropped. Sums of arrays stay as they are.
pub(crate) fn sum(terms: Vec<Expr>) -> Expr {
    if terms.iter().any(|t| !t.sort().is_scalar()) {
        return Expr::apply(fun::ADD, terms);
    }
    let mut number = Rational::zero();
    let mut rest = Vec::with_capacity(terms.len());
    for term in flattened(terms, fun::ADD) {
        match term.as_num() {
            Some(q) => number += q.clone(),
            None => rest.push(term),
        }
    }
    if !number.is_zero() {
        rest.push(Expr::num(number));
    }
    Expr::apply(fun::ADD, rest)
}

/// The product; numbers are folded into the first factor, ones dropped, 0 absorbs. Products with arrays only lose
/// their ones.
pub(crate) fn product(factors: Vec<Expr>) -> Expr {
    if factors.iter().any(|t| !t.sort().is_scalar()) {
        return Expr::apply(fun::MUL, factors);
    }
    let mut number = Rational::one();
    let mut rest = Vec::with_capacity(factors.len() + 1);
    for factor in flattened(factors, fun::MUL) {
        match factor.as_num() {
            Some(q) => number *= q.clone(),
            None => rest.push(factor),
        }
    }
    if number.is_zero() {
        return Expr::int(0);
    }
    if !number.is_one() {
        rest.insert(0, Expr::num(number));
    }
    Expr::apply(fun::MUL, rest)
}

fn flattened(args: Vec<Expr>, name: &str) -> Vec<Expr> {
    let mut flat = Vec::with_capacity(args.len());
    for a in args {
        match a.as_app(name) {
            Some(inner) => flat.extend(inner.iter().cloned()),
            None => flat.push(a),
        }
    }
    flat
}

/// The power; `x¹ = x`, `x⁰ = 1`, integer powers of numbers are folded, `(xᵐ)ⁿ = xᵐⁿ` for integers `m > 0` and `n`.
pub(crate) fn power(base: &Expr, exponent: Expr) -> Expr {
    let Some(n) = exponent.as_int() else { return base.pow(exponent) };
    if !base.sort().is_scalar() {
        return base.pow(exponent);
    }
    if n == 0 {
        return Expr::int(1);
    }
    if let Some(q) = base.as_num()
        && n.abs() <= EXPONENT_CAP
        && let Some(value) = q.pow_int(n)
    {
        return Expr::num(value);
    }
    if let Some([inner, m]) = base.as_app(fun::POW)
        && let Some(m) = m.as_int()
        && m > 0
        && let Some(mn) = m.checked_mul(n)
    {
        return inner.pow(Expr::int(mn));
    }
    base.pow(exponent)
}

/// `1 / e`.
pub(crate) fn recip(e: &Expr) -> Expr {
    power(e, Expr::int(-1))
}

/// `−e`.
pub(crate) fn neg(e: Expr) -> Expr {
    product(vec![Expr::int(-1), e])
}

/// Kronecker's δ of two integers: decided where both are equal or both are numbers; its arguments are ordered.
pub(crate) fn delta(i: Expr, j: Expr) -> Expr {
    if i == j {
        return Expr::int(1);
    }
    if i.as_num().is_some() && j.as_num().is_some() {
        return Expr::int(0);
    }
    let (i, j) = if i <= j { (i, j) } else { (j, i) };
    Expr::apply("delta", vec![i, j])
}

/// Σ over a range with the variable loose in `body`; the empty term gives 0.
pub(crate) fn sigma(low: Expr, high: Expr, body: Expr) -> Expr {
    if body.as_int() == Some(0) {
        return body;
    }
    Expr::bind(Binder::Sum, Domain::Range(low, high), body)
}

/// The same application with other arguments, folded where a constructor here knows how.
pub(crate) fn rebuilt(f: Fun, args: Vec<Expr>) -> Expr {
    match (f.name, args.as_slice()) {
        (fun::ADD, _) => sum(args),
        (fun::MUL, _) => product(args),
        (fun::POW, [base, exponent]) => power(base, exponent.clone()),
        ("delta", [i, j]) => delta(i.clone(), j.clone()),
        _ => Expr::app(f, args),
    }
}

/// The same node with other children, folded where a constructor here knows how.
pub(crate) fn with_children(e: &Expr, children: Vec<Expr>) -> Expr {
    match e.node() {
        Node::App(f, _) => rebuilt(*f, children),
        _ => e.with_children(children),
    }
}

/// Whether the variable bound `index` levels up occurs in it.
pub(crate) fn has_variable(e: &Expr, index: u32) -> bool {
    let mut seen = Seen::default();
    let mut todo = vec![(e, index)];
    while let Some((e, index)) = todo.pop() {
        if e.loose() <= index || !seen.insert((e, index)) {
            continue;
        }
        match e.node() {
            Node::Bound { index: own, .. } if *own == index => return true,
            Node::Bind { domain, body, .. } => {
                todo.extend(domain.parts().into_iter().map(|p| (p, index)));
                todo.push((body, index + 1));
            }
            _ => todo.extend(e.children().into_iter().map(|c| (c, index))),
        }
    }
    false
}

/// The integers of a range with numeric ends, if there are at most `cap` of them.
pub(crate) fn numeric_range(low: &Expr, high: &Expr, cap: u64) -> Option<std::ops::RangeInclusive<i64>> {
    let (low, high) = (low.as_int()?, high.as_int()?);
    let count = if high < low { 0 } else { high.checked_sub(low)?.checked_add(1)?.unsigned_abs() };
    (count <= cap).then_some(low..=high)
}

/// The body of a binder without its variable, at one value.
pub(crate) fn at(body: &Expr, value: i64) -> Expr {
    if body.is_closed() { body.clone() } else { body.instantiated(&Expr::int(value)) }
}
