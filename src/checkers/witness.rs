//! A judgement beside the checkers that the notes bind to its statement.

use super::by_name;
use super::run::{run, settles};
use crate::claim::Statement;
use crate::verdict::{self, Judgement};

/// The judgement with the outcomes of the checker modules that the notes bind to the statement.
pub fn witnessed(statement: &Statement, judgement: Judgement, instances: u64, seed: u64) -> Judgement {
    let Some(mut claim) = statement.claim.clone() else { return judgement };
    claim.unfolded = judgement.against.clone().unwrap_or(claim.unfolded);
    let bound: Vec<_> = statement.checkers.iter().filter_map(|name| by_name(name)).collect();
    let determined = bound.iter().any(|c| settles(*c, &claim, seed));
    let outcomes = bound.iter().map(|c| run(*c, &claim, instances, seed));
    verdict::witnessed(judgement, outcomes.collect(), determined)
}
