//! Proofs by induction: the start, and from one number to the next.

use crate::algebra::induction::Route;
use crate::claim::Claim;
use crate::expr::Expr;
use crate::message::Message;
use crate::verdict::derivation::chain::written;
use crate::verdict::derivation::inequality::unfolded;
use crate::verdict::{Induction, Step};

/// The derivation: the relation unfolded, at the least number, and what the step comes to.
pub(super) fn derivation(claim: &Claim, relation: &Expr, givens: &[Expr], proof: &Induction) -> Option<Vec<Step>> {
    let due = proof.obligations(relation, givens)?;
    let mut out = unfolded(claim, relation);
    let number = Expr::sym(proof.on.clone());
    let start = Message::new("derivation-start").with("number", &number).with("first", due.first);
    let key = match proof.route {
        Route::Difference => "derivation-grows",
        Route::Substitution => "derivation-put-in",
    };
    let next = Message::new(key).with("number", &number);
    for (rule, words, e) in [("induction.start", start, due.base.relation), ("induction.step", next, due.step.relation)]
    {
        out.push(Step { rule: rule.to_owned(), words: Some(words), ..written(None, &e) });
    }
    Some(out)
}
