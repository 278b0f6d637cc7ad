//! Covers of boxes by enclosures; the kernel makes and replays them.

use super::{Answer, Question};
use crate::algebra::enclose;
use crate::verdict::Evidence;

/// Cells that a cover may have.
const CELLS: usize = 4_000;

/// A cover of the box of the givens, each cell shown by intervals.
pub(super) fn prove(question: &Question) -> Answer {
    let evidence = question.carried_out.and_then(|relation| {
        let cover = Box::new(enclose::prove(relation, question.givens, CELLS)?);
        Some(Evidence::Enclosed { relation: relation.clone(), givens: question.givens.to_vec(), cover })
    });
    evidence.into()
}
