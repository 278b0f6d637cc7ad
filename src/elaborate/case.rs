//! What is a case or an equation to be solved, whatever words stand near: a bound, a root, how a sequence runs.

use std::collections::BTreeSet;

use crate::elaborate::content::{outer_atoms, size_names};
use crate::elaborate::definitions::{Definitions, is_value};
use crate::expr::{Binder, Expr, Node, Symbol, fun};

/// A bound or an equation on symbols without a meaning (`a > 0`, `λ₁ < 1`, `Ax = b`, `(x − a)(x − b) = 0`): a case or an
/// equation to solve, whatever words stand near.
pub(super) fn is_case(relation: &Expr, definitions: &Definitions) -> bool {
    let Node::App(f, args) = relation.node() else { return false };
    let [left, right] = args.as_slice() else { return false };
    if relation.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. } | Node::Call(..)))
        || relation
            .any(&mut |x| matches!(x.node(), Node::App(f, _) if matches!(f.name, "partial" | "prime" | "gradient")))
    {
        return false;
    }
    let has_meaning = |s: &Symbol| definitions.of(s).iter().any(|d| !is_value(d));
    if relation.symbols().iter().any(has_meaning) {
        return false;
    }
    let sizes = size_names(relation);
    let on_one_side = |s: &Symbol| left.mentions(s) != right.mentions(s) && !sizes.contains(&*s.name);
    match f.name {
        "eq" => relation.symbols().iter().any(on_one_side) || is_to_be_solved(left, right),
        "lt" | "le" | "gt" | "ge" | "ne" => {
            let plain = |e: &Expr| match e.as_app("abs") {
                Some([inner]) => outer_atoms_only(inner),
                _ => outer_atoms_only(e),
            };
            relation.symbols().iter().any(on_one_side) && plain(left) && plain(right) || is_step(left, right)
        }
        _ => false,
    }
}

/// Entries of one array at different places: `x_n ≤ x_{n+1}` says how a sequence runs.
fn is_step(left: &Expr, right: &Expr) -> bool {
    let array = |e: &Expr| e.as_app(fun::INDEX).and_then(<[Expr]>::first).and_then(Expr::as_symbol).cloned();
    left != right && array(left).zip(array(right)).is_some_and(|(a, b)| a.same(&b))
}

/// `x + y = 2x − y`, `x² = x + 1`: both sides are affine, or polynomials in one symbol; that is rather an equation to
/// be solved than an identity.
fn is_to_be_solved(left: &Expr, right: &Expr) -> bool {
    let scalars = |e: &Expr| e.symbols().into_iter().all(|s| s.sort.is_scalar());
    let one = || {
        let symbols: BTreeSet<Symbol> = left.symbols().into_iter().chain(right.symbols()).collect();
        symbols.len() == 1
    };
    let symbolic = !left.symbols().is_empty() || !right.symbols().is_empty();
    symbolic
        && scalars(left)
        && scalars(right)
        && (is_affine(left) && is_affine(right) || one() && is_polynomial(left) && is_polynomial(right))
}

fn is_polynomial(e: &Expr) -> bool {
    match e.node() {
        Node::Num(_) | Node::Sym(_) => true,
        Node::App(f, args) if matches!(f.name, fun::ADD | fun::MUL) => args.iter().all(is_polynomial),
        Node::App(f, args) if f.name == fun::POW => match args.as_slice() {
            [base, exponent] => exponent.as_int().is_some_and(|n| n >= 0) && is_polynomial(base),
            _ => false,
        },
        _ => false,
    }
}

/// A number, a symbol, or an entry.
fn outer_atoms_only(e: &Expr) -> bool {
    let mut atoms = vec![];
    outer_atoms(e, &mut atoms);
    e.symbols().is_empty() || atoms.first() == Some(e) || e.as_app(fun::INDEX).is_some()
}

/// A sum of multiples of symbols and entries, and a number.
pub(super) fn is_affine(e: &Expr) -> bool {
    let entry = |x: &Expr| x.as_app(fun::INDEX).is_some_and(|p| p.first().is_some_and(|a| a.as_symbol().is_some()));
    let atom = |x: &Expr| x.as_num().is_some() || x.as_symbol().is_some_and(|s| s.sort.is_scalar()) || entry(x);
    match e.node() {
        Node::App(f, args) if f.name == fun::ADD => args.iter().all(is_affine),
        Node::App(f, args) if f.name == fun::MUL => {
            args.iter().all(|a| atom(a) || a.symbols().is_empty())
                && args.iter().filter(|a| !a.symbols().is_empty()).count() <= 1
        }
        _ => atom(e) || e.symbols().is_empty(),
    }
}
