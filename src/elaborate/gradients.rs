//! The gradient as the list of its derivatives: `\nabla f = [\frac{\partial f}{\partial x}, \frac{\partial f}{\partial y}]`, and
//! `\frac{\partial l}{\partial x} = [\frac{\partial l}{\partial x_1}, …, \frac{\partial l}{\partial x_n}]^T`.

use crate::elaborate::chained::named;
use crate::elaborate::definitions::Definitions;
use crate::elaborate::space::Law;
use crate::expr::{Binder, Domain, Expr, Node, Sort, fun};

/// What the sign means.
const KNOWN: &str = "the gradient: the list of the derivatives by each of the variables";

/// The meaning of the sign that an equation is, by its pattern: a gradient, and the derivatives of the same quantity by
/// different letters, by those of its argument list in this order if it has one.
pub(super) fn law(relation: &Expr, definitions: &Definitions) -> Option<Law> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    let listed = [(left, right), (right, left)]
        .into_iter()
        .find_map(|(whole, list)| by_letters(whole, list, definitions).or_else(|| by_entries(whole, list)))?;
    Some(Law { relation: Expr::relate(fun::EQ, listed.clone(), listed), known: KNOWN, facts: vec![] })
}

fn by_letters(whole: &Expr, list: &Expr, definitions: &Definitions) -> Option<Expr> {
    let [of, order] = whole.as_app("gradient")? else { return None };
    let list = list.as_app("transpose").and_then(<[Expr]>::first).unwrap_or(list);
    let Node::Array { rows, columns, entries } = list.node() else { return None };
    if order.as_int() != Some(1) || entries.len() < 2 || columns.is_some_and(|n| n != 1 && *rows != 1) {
        return None;
    }
    let (name, letters) = match of.node() {
        Node::Call(f, args) => (f, args.clone()),
        Node::Sym(s) => {
            let params = definitions.of(s).last().map(|d| d.params.iter().cloned().map(Expr::sym).collect());
            (s, params.unwrap_or_default())
        }
        _ => return None,
    };
    let derivative = |e: &Expr| {
        let [above, by] = e.as_app("partial")? else { return None };
        let same = above == of || above.as_symbol().is_some_and(|s| s.same(name));
        (same && by.as_symbol().is_some_and(|s| s.sort.is_scalar())).then(|| by.clone())
    };
    let by: Vec<Expr> = entries.iter().map(derivative).collect::<Option<_>>()?;
    let distinct = by.iter().enumerate().all(|(i, a)| by.iter().skip(i + 1).all(|b| a != b));
    let same = |a: &Expr, b: &Expr| a.as_symbol().zip(b.as_symbol()).is_some_and(|(a, b)| a.same(b));
    let all = letters.is_empty() || letters.len() == by.len() && letters.iter().zip(&by).all(|(a, b)| same(a, b));
    (distinct && all).then(|| Expr::vector(by.iter().map(|b| named(&name.name, b, Sort::Real)).collect()))
}

fn by_entries(whole: &Expr, list: &Expr) -> Option<Expr> {
    let [of, variable] = whole.as_app("partial")? else { return None };
    let Node::Bind { binder: Binder::Lambda, domain: Domain::Range(low, high), body } = list.node() else {
        return None;
    };
    let [above, entry] = body.as_app("partial")? else { return None };
    let [array, index] = entry.as_app(fun::INDEX)? else { return None };
    let (x, y) = (variable.as_symbol()?, array.as_symbol()?);
    let plain = of.as_symbol().is_some() && of.sort().is_scalar() && *above == of.shifted(1, 0) && !of.mentions(x);
    let first = matches!(index.node(), Node::Bound { index: 0, .. }) && low.as_int() == Some(1);
    // Where a letter is no array of its entries elsewhere it has another name there, which is shown alike.
    let same = x.same(y) && x.sort.sizes() == std::slice::from_ref(high);
    (plain && first && same).then(|| named(of, variable, Sort::vector(high.clone())))
}
