//! What a claim is an instance of, and what keeps it open as a whole.

use crate::claim::{APART, Claim};
use crate::expr::{Expr, Node};
use crate::verdict::derives;

/// Relations of which the claim is an instance: without the values of examples, and with no definition unfolded. There a
/// derivative would take a defined symbol for a constant; and decimals as printed are not exact.
pub fn wider(claim: &Claim) -> Vec<Expr> {
    let as_read = Some(claim.relation.exact()).filter(|e| !derives(e));
    let all = claim.general.iter().cloned().chain(as_read);
    all.filter(|e| claim.printed.is_none() && *e != claim.unfolded).collect()
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
