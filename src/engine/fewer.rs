//! Proofs from fewer givens: what a proof does not use need not be met, and known objects need not be put in.

use super::settle::{Asked, of_relation};
use crate::algebra::moment::has_moments;
use crate::claim::Claim;
use crate::expr::{Binder, Expr, Node, fun};
use crate::verdict::{Findings, show, wider};

/// What is found about a claim without a proof that has a witness. Where no point meets the givens: from fewer of them, without
/// identities, without what nothing can evaluate, from those alone that say where a symbol lies; what holds then holds under all.
/// Of moments before the laws of the notes were put in: from no given at all, and only proofs count.
pub(super) fn settle(claim: &Claim, asked: &Asked, found: &Findings) -> Option<Findings> {
    let support = found.support.as_ref()?;
    if found.refutation.is_some() || found.proof.is_some() && support.agreed > 0 || claim.printed.is_some() {
        return None;
    }
    let proved = |relation: &Expr, givens: &[Expr]| {
        let found = of_relation(&Asked { relation, givens, ..*asked });
        (found.proof.is_some() && holds(&found)).then_some(found)
    };
    if support.accepted == 0 {
        let mut tried: Vec<Vec<Expr>> = vec![asked.givens.to_vec()];
        for keeps in [says_more as fn(&Expr) -> bool, can_be_met, says_where] {
            let fewer: Vec<Expr> = asked.givens.iter().filter(|g| keeps(g)).cloned().collect();
            if tried.contains(&fewer) {
                continue;
            }
            let found = of_relation(&Asked { givens: &fewer, ..*asked });
            if holds(&found) {
                return Some(found);
            }
            tried.push(fewer);
        }
    }
    let moments = |relation: &Expr| has_moments(relation) && !claim.known.is_empty();
    wider(claim).iter().filter(|relation| moments(relation)).find_map(|relation| proved(relation, &[]))
}

/// Whether it is proved, with a witness, or holds at points of which none speaks against it.
fn holds(found: &Findings) -> bool {
    let Some(support) = &found.support else { return false };
    let everywhere = support.unsettled + support.undefined + support.one_sided == 0 && support.doubtful.is_none();
    found.refutation.is_none()
        && found.contradicted.is_none()
        && support.agreed > 0
        && (found.proof.is_some() || everywhere && found.remark.is_none())
}

/// No identity: one says nothing of any symbol, and is hardly ever certain at a point.
fn says_more(given: &Expr) -> bool {
    given.as_app(fun::EQ).is_none() || show(given, &[]).is_err()
}

/// Nothing without a formula stands in it, and no identity.
fn can_be_met(given: &Expr) -> bool {
    let unknown = given.any(&mut |x| match x.node() {
        Node::Call(..) => true,
        Node::Bind { binder, .. } => *binder == Binder::Derivative,
        _ => false,
    });
    !unknown && !given.has_opaque() && says_more(given)
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
