//! Canonical forms and signs: both are computations of the kernel, and their replay is the computation again.

use super::{Answer, Question};
use crate::expr::fun;
use crate::verdict::{Evidence, NotShown, show_soon};

/// Equations by canonical form.
pub(super) fn identity(question: &Question) -> Answer {
    if question.relation.as_app(fun::EQ).is_none() {
        return Answer::default();
    }
    shown(question)
}

/// Everything else by signs.
pub(super) fn sign(question: &Question) -> Answer {
    if question.relation.as_app(fun::EQ).is_some() {
        return Answer::default();
    }
    shown(question)
}

fn shown(question: &Question) -> Answer {
    match show_soon(question.relation, question.givens) {
        Ok(shown) => {
            let (relation, givens) = (question.relation.clone(), question.givens.to_vec());
            Some(Evidence::Identity { relation, givens, shown }).into()
        }
        Err(NotShown::Differs(difference)) => Answer { evidence: None, difference: Some(difference) },
        Err(NotShown::Spent | NotShown::Stopped(_)) => Answer::default(),
    }
}
