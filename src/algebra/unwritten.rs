//! Functions without a formula: what their derivatives are called, and that they have them.

use std::collections::BTreeSet;

use crate::expr::{Expr, Node, Symbol};

/// Whether this is a function without a formula, of numbers, at a place: it has derivatives where it is smooth.
pub(crate) fn is_differentiable(e: &Expr) -> bool {
    let Node::Call(f, args) = e.node() else { return false };
    !f.is_notation() && e.sort().is_scalar() && args.iter().all(|a| a.sort().is_scalar())
}

/// That a function without a formula has all its derivatives.
pub(crate) fn smooth(f: &Symbol) -> Expr {
    Expr::apply("smooth", vec![Expr::sym(f.clone())])
}

/// The function that is the derivative of `f` by its argument number `k` of `count`: `f'`, or `\\partial_{2}f`, where the
/// order of several derivatives of a smooth function does not matter.
pub(crate) fn slope_of(f: &Symbol, k: usize, count: usize) -> Symbol {
    if count == 1 {
        return Symbol { name: format!("{}'", f.name).into(), ..f.clone() };
    }
    let (mut orders, mut rest) = (vec![k + 1], &*f.name);
    while let Some((order, after)) = rest.strip_prefix("\\partial_{").and_then(|r| r.split_once('}')) {
        let Ok(order) = order.parse() else { break };
        orders.push(order);
        rest = after;
    }
    orders.sort_unstable();
    let marks: String = orders.iter().map(|k| format!("\\partial_{{{k}}}")).collect();
    Symbol { name: format!("{marks}{rest}").into(), ..f.clone() }
}

/// That the functions without a formula whose arguments in an expression depend on a symbol are smooth.
pub(crate) fn smooth_in(e: &Expr, symbol: &Symbol) -> Vec<Expr> {
    let mut owed = BTreeSet::new();
    e.any(&mut |x| {
        if let Node::Call(f, args) = x.node()
            && args.iter().any(|a| a.mentions(symbol))
        {
            owed.insert(smooth(f));
        }
        false
    });
    owed.into_iter().collect()
}
