//! Inverse functions: `Z = g(X) = (X - \mu)/\sigma`, and `X = g^{-1}(Z) = \sigma Z + \mu`.

use std::collections::BTreeSet;

use crate::elaborate::build::Builder;
use crate::elaborate::definitions::{Definitions, Head};
use crate::elaborate::unfold::instance;
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, PLACE, Symbol, fun};

/// What is used where a line says what an inverse is.
pub(super) const INVERSE: &str = "the inverse of a function";

/// The function that `g^{-1}(y)` is the inverse of.
fn base(name: &str) -> Option<&str> {
    name.strip_suffix(')')?.strip_suffix(PLACE)?.strip_suffix("^{-1}(")
}

/// The functions that the lines apply an inverse of.
pub(super) fn inverted(lines: &[TypedLine]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for side in lines.iter().flat_map(|l| &l.sides) {
        side.any(&mut |x| {
            if let Node::Call(f, _) = x.node() {
                found.extend(base(&f.name).map(str::to_owned));
            }
            false
        });
    }
    found
}

impl Builder<'_> {
    /// The second link of `Z = g(X) = …` says what g is, where the lines invert it and no other line has said it.
    pub(super) fn defines_within(&self, k: usize, chain: usize, h: &Head) -> bool {
        let before = self.statements.last().filter(|s| k == 1 && s.link.chain == chain);
        let named = before.is_some_and(|s| s.sides.as_ref().is_some_and(|(left, _)| left.as_symbol().is_some()));
        named
            && matches!(h.params.as_slice(), [_] | [_, _])
            && self.definitions.of_head(h).is_none()
            && self.inverted.contains(base(&h.symbol.name).unwrap_or(&h.symbol.name))
    }
}

/// `f^{-1}` without an argument below a derivative, of a function that the notes define: its inverse, or 1/f.
pub(super) fn undetermined(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let function = |s: &Symbol| definitions.of(s).iter().any(|d| !d.params.is_empty());
    let mut found = None;
    relation.any(&mut |x| {
        let Some(body) = x.as_app("partial").and_then(<[Expr]>::first) else { return false };
        body.any(&mut |part| {
            if let Some([base, n]) = part.as_app(fun::POW)
                && n.as_int() == Some(-1)
                && base.as_symbol().is_some_and(function)
            {
                found = Some(part.clone());
            }
            found.is_some()
        });
        found.is_some()
    });
    found
}

/// `g^{-1}(y) = h(y)` of a defined g as `h(g(x)) = x`, which says so for every value of g; `None` of anything else.
pub(super) fn undone(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    let Node::Call(f, args) = left.node() else { return None };
    // The letter of the function is an argument too: the notation may depend on it.
    let [y, hidden @ ..] = args.as_slice() else { return None };
    let (name, y) = (base(&f.name)?, y.as_symbol()?);
    if hidden.iter().any(|e| e.as_symbol().is_none_or(|s| *s.name != *name)) {
        return None;
    }
    let of = definitions.of(&Symbol { name: name.into(), ..f.clone() });
    let d = of.iter().find(|d| d.params.len() == 1 && d.indices.is_empty())?;
    let x = Expr::real("x\u{2060}");
    let scalar = d.body.sort().is_scalar() && y.sort.is_scalar() && d.params.iter().all(|p| p.sort.is_scalar());
    // What stands for the value may not hide in the formula of g.
    let apart = !d.body.mentions(y) && !right.any(&mut |e| matches!(e.node(), Node::Call(g, _) if g.same(f)));
    (scalar && apart).then(|| {
        let value = instance(d, std::slice::from_ref(&x), 0);
        Expr::relate(fun::EQ, right.substituted(y, &value), x)
    })
}
