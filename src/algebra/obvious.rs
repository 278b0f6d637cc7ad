//! Conditions that hold whatever the symbols are: signs read off the form of an expression.

use std::cmp::Ordering;

use crate::algebra::{logic, terms};
use crate::expr::{Binder, Domain, Expr, Node, Sort, fun};
use crate::num::Rational;

/// Deepest expression whose sign is looked for.
const DEPTH_CAP: u32 = 64;

/// Largest condition looked at, in nodes, shared ones counted as often as they stand.
const SIZE_CAP: u64 = 1000;

/// Whether a condition between numbers holds at every point where both sides have a value. `false`: not seen.
pub(crate) fn holds(condition: &Expr) -> bool {
    if condition.size() > SIZE_CAP {
        return false;
    }
    if let Some(value) = logic::decided(condition) {
        return value;
    }
    match condition.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("and", _) => args.iter().all(holds),
            ("or", _) => args.iter().any(holds),
            ("implies", [_, b]) => holds(b),
            ("gt", [a, b]) => is_zero(b) && positive(a),
            ("lt", [a, b]) => is_zero(a) && positive(b),
            ("ge", [a, b]) => is_zero(b) && nonnegative(a),
            ("le", [a, b]) => is_zero(a) && nonnegative(b),
            ("ne", [a, b]) => is_zero(b) && nonzero(a) || is_zero(a) && nonzero(b),
            _ => false,
        },
        Node::Bind { binder: Binder::ForAll, body, .. } => holds(body),
        _ => false,
    }
}

fn is_zero(e: &Expr) -> bool {
    e.as_int() == Some(0)
}

fn sign_of(q: &Rational) -> Ordering {
    q.cmp(&Rational::from(0))
}

/// Whether the value, where there is one, is above 0.
fn positive(e: &Expr) -> bool {
    if e.depth() > DEPTH_CAP {
        return false;
    }
    match e.node() {
        Node::Num(q) => sign_of(q).is_gt(),
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("exp" | "cosh" | "sigmoid" | "softplus" | "pi" | "euler", _) => e.sort().is_scalar(),
            (fun::ADD, _) => args.iter().all(nonnegative) && args.iter().any(positive),
            (fun::MUL, _) => args.iter().all(positive),
            (fun::POW, [base, exponent]) => exponent.sort().is_scalar() && positive(base),
            ("sqrt", [x]) => positive(x),
            ("abs", [x]) => nonzero(x),
            ("max", _) => args.iter().any(positive) && e.sort().is_scalar(),
            ("min", _) => args.iter().all(positive),
            _ => false,
        },
        Node::Bind { binder: Binder::Sum, domain, body } => never_empty(domain, body) && positive(body),
        Node::Bind { binder: Binder::Product, body, .. } => positive(body),
        _ => false,
    }
}

/// Whether the value, where there is one, is 0 or above.
fn nonnegative(e: &Expr) -> bool {
    if e.depth() > DEPTH_CAP {
        return false;
    }
    match e.node() {
        Node::Num(q) => sign_of(q).is_ge(),
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("abs" | "sqrt" | "norm" | "norm1" | "delta" | "cardinality", _) => e.sort().is_scalar(),
            (fun::ADD, _) => args.iter().all(nonnegative),
            (fun::MUL, _) => {
                let squares =
                    args.len() == 2 && args.first() == args.get(1) && args.iter().all(|a| a.sort().is_scalar());
                squares || args.iter().all(nonnegative)
            }
            (fun::POW, [base, exponent]) => {
                let even = exponent.as_int().is_some_and(|n| n % 2 == 0) && base.sort().is_scalar();
                even || nonnegative(base) && exponent.sort().is_scalar()
            }
            ("max", _) => args.iter().any(nonnegative) && e.sort().is_scalar(),
            ("min", _) => args.iter().all(nonnegative),
            _ => positive(e),
        },
        Node::Bind { binder: Binder::Sum | Binder::Product, body, .. } => nonnegative(body),
        _ => false,
    }
}

/// Whether the value, where there is one, is not 0.
fn nonzero(e: &Expr) -> bool {
    if let Some(q) = e.as_num() {
        return sign_of(q).is_ne();
    }
    match e.node() {
        Node::App(f, args) if f.name == fun::MUL => {
            args.iter().all(|a| a.sort().is_scalar()) && e.depth() <= DEPTH_CAP && args.iter().all(nonzero)
        }
        Node::App(f, args) if f.name == fun::POW => match args.as_slice() {
            [base, exponent] => exponent.sort().is_scalar() && e.depth() <= DEPTH_CAP && nonzero(base),
            _ => false,
        },
        _ => positive(e),
    }
}

/// Whether a sum has a term: its range is that of an index of an array in the body (sizes are 1 at least), or
/// numeric.
fn never_empty(domain: &Domain, body: &Expr) -> bool {
    let Domain::Range(low, high) = domain else { return false };
    if terms::numeric_range(low, high, u64::MAX).is_some_and(|r| !r.is_empty()) {
        return true;
    }
    low.as_int() == Some(1)
        && *high.sort() == Sort::Integer
        && high.is_closed()
        && body.any(&mut |x| match x.node() {
            Node::Sym(s) => s.sort.sizes().contains(high),
            Node::Bound { sort, .. } => sort.sizes().contains(high),
            _ => false,
        })
}
