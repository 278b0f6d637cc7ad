//! What a claim about limits is an instance of: the same of any functions, `f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}` of
//! an f that the notes define.

use crate::elaborate::definitions::Definitions;
use crate::elaborate::unfold::unfold;
use crate::expr::{Binder, Expr, Node};

/// The relation with no definition unfolded. `None` without limits, where a derivative is of more than functions at the
/// letters by which it is, or where a letter has a definition: it may depend on what moves.
pub(super) fn of_any_function(relation: &Expr, definitions: &Definitions) -> Option<Expr> {
    let e = unfold(relation, &definitions.without(&|_| true)?).ok()?.expr;
    let limits = e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Limit, .. }));
    let open = e.any(&mut |x| match x.node() {
        Node::Bind { binder: Binder::Derivative, body, .. } => body.any(&mut |part| match part.node() {
            Node::Sym(_) | Node::Opaque { .. } => true,
            Node::Call(f, args) => f.is_notation() || args.is_empty(),
            _ => false,
        }),
        Node::Sym(s) => !definitions.of(s).is_empty(),
        _ => false,
    });
    (limits && !open).then_some(e)
}
