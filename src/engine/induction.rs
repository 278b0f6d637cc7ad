//! Induction on the end of a sum or product; the kernel says what is due, the other engines show it.

use super::{Answer, Question, enclose, exact, fractions};
use crate::algebra::induction::{Goal, ROUTES, ends, obligations};
use crate::verdict::{Evidence, Induction, carried_out};

/// An induction on some end of a sum or product of the relation, whose start and step are shown.
pub(super) fn prove(question: &Question) -> Answer {
    let (relation, givens) = (question.relation, question.givens);
    for on in ends(relation) {
        for route in ROUTES {
            let Some(due) = obligations(relation, givens, &on, route) else { continue };
            let Some(step) = shown(&due.step) else { continue };
            let Some(base) = shown(&due.base) else { break };
            let proof = Induction { on: on.clone(), route, owed: due.owed, base, step };
            let (relation, givens) = (relation.clone(), givens.to_vec());
            return Some(Evidence::Induction { relation, givens, proof: Box::new(proof) }).into();
        }
    }
    Answer::default()
}

/// Evidence for a goal that owes nothing and is about the goal itself.
fn shown(goal: &Goal) -> Option<Evidence> {
    let symbolic = carried_out(&goal.relation)?;
    let question = Question { relation: &goal.relation, carried_out: Some(&symbolic), givens: &goal.givens };
    let engines = [exact::identity, exact::sign, fractions::prove, enclose::prove];
    let found = engines.iter().filter_map(|prove| prove(&question).evidence);
    found.into_iter().find(|e| e.owed().is_empty() && *e.relation() == goal.relation)
}
