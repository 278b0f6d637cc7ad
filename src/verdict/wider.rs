//! What a claim is an instance of, and what keeps it open as a whole.

use crate::claim::{APART, Claim};
use crate::expr::{Binder, Expr, Node};
use crate::verdict::derives;

/// Relations of which the claim is an instance: without the values of examples, and with no definition unfolded. There a
/// derivative, an integral, a limit or an extremum would take a defined number for a constant; and decimals as printed are
/// not exact.
pub fn wider(claim: &Claim) -> Vec<Expr> {
    let as_read = Some(claim.relation.exact()).filter(|e| !derives(e) && !holds_constant(e, claim));
    let all = claim.general.iter().cloned().chain(as_read);
    all.filter(|e| claim.printed.is_none() && *e != claim.unfolded).collect()
}

/// Whether a defined number stands where a letter runs over real numbers: it may depend on that letter.
fn holds_constant(relation: &Expr, claim: &Claim) -> bool {
    let defined = |e: &Expr| claim.definitions.iter().any(|d| d.head.sort.is_scalar() && e.mentions(&d.head));
    relation.any(&mut |x| match x.node() {
        Node::Bind { binder: Binder::Sum | Binder::Product | Binder::Lambda, .. } => false,
        Node::Bind { body, .. } => defined(body),
        _ => false,
    })
}

/// A function without a formula that the claim is about.
pub(super) fn undefined_function(claim: &Claim) -> Option<Expr> {
    let mut found = None;
    claim.unfolded.any(&mut |x| {
        if found.is_none() && matches!(x.node(), Node::Call(..)) && x.is_closed() {
            found = Some(x.clone());
        }
        found.is_some()
    });
    found
}

/// Whether the claim's line fits only by itself.
pub(super) fn apart(claim: &Claim) -> bool {
    claim.open.as_ref().is_some_and(|m| m.key == APART)
}
