//! For students: claims in small numbers, lines of the notes to be found again, and what is to be said of a student's line.
//!
//! Nothing here judges. A student's line is put into the notes and these are checked as any others.

mod answer;
mod example;
mod exercise;

use crate::claim::Claim;
use crate::engine::sample::Problem;
use crate::expr::Expr;
use crate::verdict::{Judged, Judgement, Sizes, carried_out, derives};

pub use answer::{Answer, Reply, answered, reply};
pub use example::{Example, example};
pub use exercise::{Exercise, exercise};

/// A claim with what is needed to draw points for it.
pub struct Drawn {
    /// The relation with its derivatives carried out.
    pub relation: Expr,
    givens: Vec<Expr>,
    domain_stated: bool,
}

impl Drawn {
    /// Of a claim; `None` if a derivative in it has no rule.
    pub fn new(claim: &Claim) -> Option<Drawn> {
        let relation = carried_out(&claim.unfolded).filter(|e| !derives(e))?;
        let givens = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
        Some(Drawn { relation, givens, domain_stated: claim.domain_stated })
    }

    /// What draws `cases` points at these sizes.
    pub fn problem<'a>(&'a self, seed: u64, cases: usize, sizes: &'a [i64]) -> Problem<'a> {
        let plain = Problem::new(&self.relation, &self.givens);
        Problem { seed, cases, sizes, domain_stated: self.domain_stated, ..plain }
    }

    /// What may be assumed.
    pub fn givens(&self) -> &[Expr] {
        &self.givens
    }
}

/// Whether the engines stand behind a statement.
pub fn is_settled(judged: &Judged) -> bool {
    use crate::claim::Verdict::{Conditional, Confirmed, Proved};
    matches!(judged.judgement.verdict, Proved | Conditional | Confirmed)
}

/// Whether a judgement is about every size.
pub fn is_general(judgement: &Judgement) -> bool {
    judgement.sizes == Sizes::All
}
