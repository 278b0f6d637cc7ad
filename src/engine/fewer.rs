//! Proofs from fewer givens: what a proof does not use need not be met, and known objects need not be put in.

use super::settle::{Asked, of_relation};
use crate::algebra::moment::has_moments;
use crate::claim::Claim;
use crate::expr::{Binder, Expr, Node, fun};
use crate::verdict::{Findings, wider};

/// What is found about a claim without a proof that has a witness: from those givens alone that say where a symbol lies;
/// and of moments before the laws of the notes were put in, from no given at all. Only proofs count.
pub(super) fn settle(claim: &Claim, asked: &Asked, found: &Findings) -> Option<Findings> {
    let support = found.support.as_ref()?;
    if found.refutation.is_some() || found.proof.is_some() && support.agreed > 0 || claim.printed.is_some() {
        return None;
    }
    let proved = |relation: &Expr, givens: &[Expr]| {
        let found = of_relation(&Asked { relation, givens, ..*asked });
        let witnessed = found.proof.is_some() && found.support.as_ref().is_some_and(|s| s.agreed > 0);
        (witnessed && found.refutation.is_none()).then_some(found)
    };
    if support.accepted == 0 {
        let places: Vec<Expr> = asked.givens.iter().filter(|g| says_where(g)).cloned().collect();
        if places.len() < asked.givens.len()
            && let Some(found) = proved(asked.relation, &places)
        {
            return Some(found);
        }
    }
    let moments = |relation: &Expr| has_moments(relation) && !claim.known.is_empty();
    wider(claim).iter().filter(|relation| moments(relation)).find_map(|relation| proved(relation, &[]))
}

/// `x > 0`, `x ∈ ℝⁿ`, `A` symmetric: no equation, and nothing in it without a formula.
fn says_where(given: &Expr) -> bool {
    let unknown = |e: &Expr| {
        e.has_opaque()
            || e.any(&mut |x| {
                matches!(x.node(), Node::Call(..))
                    || matches!(x.node(), Node::Bind { binder, .. } if *binder != Binder::ForAll)
            })
    };
    !unknown(given)
        && match given.node() {
            Node::App(f, _) => f.name != fun::EQ,
            Node::Bind { binder, .. } => *binder == Binder::ForAll,
            _ => false,
        }
}
