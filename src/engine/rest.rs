//! Proofs that rest on other lines of the notes: equations that a line names, and equations before it.

use super::Question;
use super::settle::{facts, prove};
use crate::claim::Claim;
use crate::expr::Expr;
use crate::verdict::{Evidence, Findings, Proof, carried_out, independent, says_again, show};

/// A proof from the equations that the line names, those that it needs, and from nothing else that the notes say but what
/// is constant.
pub(super) fn from_cited(claim: &Claim) -> Option<Proof> {
    if claim.cited.is_empty() || claim.printed.is_some() {
        return None;
    }
    let symbolic = carried_out(&claim.unfolded);
    let constants: Vec<Expr> = facts(claim).into_iter().filter(|f| f.as_app("constant").is_some()).collect();
    let from = |cited: &[Expr]| {
        let givens: Vec<Expr> = cited.iter().chain(&constants).cloned().collect();
        let question = Question { relation: &claim.unfolded, carried_out: symbolic.as_ref(), givens: &givens };
        let mut findings = Findings::default();
        prove(&question, &mut findings);
        findings.proof
    };
    let all: Vec<Expr> = claim.cited.iter().filter_map(|g| g.fact.clone()).collect();
    Some(fewest(all, from)?.0)
}

/// A proof by canonical form from equations before the line that can hold together and do not just say the same.
pub(super) fn from_earlier(claim: &Claim) -> Option<Proof> {
    if claim.earlier.is_empty() || claim.printed.is_some() {
        return None;
    }
    let relation = &claim.unfolded;
    let constants: Vec<Expr> = facts(claim).into_iter().filter(|f| f.as_app("constant").is_some()).collect();
    let from = |equations: &[Expr]| {
        let givens: Vec<Expr> = equations.iter().chain(&constants).cloned().collect();
        let shown = show(relation, &givens).ok()?;
        Some(Proof { engine: "exact", evidence: Evidence::Identity { relation: relation.clone(), givens, shown } })
    };
    let all: Vec<Expr> = claim.earlier.iter().filter_map(|g| g.fact.clone()).collect();
    let (proof, needed) = fewest(all, from)?;
    let says_more = !matches!(needed.as_slice(), [one] if says_again(relation, one));
    (says_more && !needed.is_empty() && independent(&needed.iter().collect::<Vec<_>>())).then_some(proof)
}

/// A proof from as few of the equations as leaving out one after another gives, and these.
fn fewest(all: Vec<Expr>, from: impl Fn(&[Expr]) -> Option<Proof>) -> Option<(Proof, Vec<Expr>)> {
    let (mut needed, mut proof) = (all.clone(), from(&all)?);
    let mut at = 0;
    while at < needed.len() {
        let mut fewer = needed.clone();
        fewer.remove(at);
        match from(&fewer) {
            Some(found) => (proof, needed) = (found, fewer),
            None => at += 1,
        }
    }
    Some((proof, needed))
}
