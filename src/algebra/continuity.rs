//! What is continuous everywhere, whatever its symbols are.

use std::collections::BTreeSet;

use crate::algebra::definedness::conditions;
use crate::expr::fun::interval_ends;
use crate::expr::{Binder, Domain, Expr, Node, Symbol};

/// Functions that may jump where they have a value: a value at an end need not be the limit there.
pub(crate) const JUMPS: &[&str] = &["sign", "floor", "cases", "delta", "xlogy"];

/// The functions without a formula in an expression that is continuous in each of its symbols if they are smooth; `None`
/// where it may lack a value or jump somewhere.
pub(crate) fn continuous(e: &Expr) -> Option<BTreeSet<Symbol>> {
    let mut functions = BTreeSet::new();
    let broken = e.any(&mut |x| match x.node() {
        Node::Call(f, _) => {
            functions.insert(f.clone());
            f.is_notation()
        }
        Node::App(f, _) => JUMPS.contains(&f.name),
        Node::Bind { binder, .. } => !matches!(binder, Binder::Sum | Binder::Product),
        Node::Opaque { .. } => true,
        _ => false,
    });
    (!broken && e.sort().is_scalar() && conditions(e).is_empty()).then_some(functions)
}

/// Whether a condition says that an integral between numbers has a value, which it has if functions without a formula in
/// it are smooth.
pub(crate) fn converges(condition: &Expr) -> bool {
    let Some([whole]) = condition.as_app("has_value") else { return false };
    let Node::Bind { binder: Binder::Integral, domain: Domain::Over(set), body } = whole.node() else { return false };
    let finite = |e: &Expr| !e.any(&mut |x| x.as_app("infinity").is_some());
    interval_ends(set).is_some_and(|(a, b)| finite(a) && finite(b)) && continuous(body).is_some()
}
