//! Inequalities in one variable by exact arithmetic on fractions; the kernel decides and decides again.

use super::{Answer, Question};
use crate::algebra::univariate;
use crate::verdict::Evidence;

/// The points between the roots of all that may change its sign.
pub(super) fn prove(question: &Question) -> Answer {
    let evidence = question.carried_out.and_then(|relation| {
        let samples = univariate::prove(relation, question.givens)?;
        Some(Evidence::Fractions { relation: relation.clone(), givens: question.givens.to_vec(), samples })
    });
    evidence.into()
}
