//! A first look at a claim: a few points, no proof.

use super::sample::{Problem, SIZES, agrees_at_first_look};
use super::settle::Effort;
use crate::claim::Claim;
use crate::expr::Expr;
use crate::num::Ternary;
use crate::verdict::{carried_out, derives};

/// Sizes of a first look.
const SMALL: [i64; 2] = [2, 3];

/// Whether a few points agree and none disagrees; `Unknown` if none says anything. Says nothing more.
pub fn plausible(claim: &Claim, effort: Effort) -> Ternary {
    let givens: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    let relation = &claim.unfolded;
    let symbolic = carried_out(relation);
    agrees_at_first_look(&Problem {
        relation,
        symbolic: symbolic.as_ref().filter(|s| *s != relation),
        givens: &givens,
        seed: effort.seed,
        cases: effort.cases,
        sizes: if derives(relation) { &SMALL } else { &SIZES },
        domain_stated: claim.domain_stated,
        ties: false,
        brief: false,
    })
}
