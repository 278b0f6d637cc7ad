//! Certificates of inequalities for every size: the search. What it finds is checked by the kernel; a wrong guess here
//! proves nothing.
//!
//! Matrices (`matrix`): the entry at symbolic places in canonical form, taken apart into Gram forms Σₙ wₙ aₙᵢ aₙⱼ and a
//! diagonal, brought to squares by LDLᵀ; a negative square is absorbed as in a variance. Numbers (`number`): squares and
//! the inequalities of Gibbs, Jensen and Cauchy–Schwarz.

mod absorb;
mod gram;
mod logarithm;
mod matrix;
mod number;
mod square;
mod tools;

use super::{Answer, Question};
use crate::expr::{Expr, Sort, Symbol};
use crate::verdict::Evidence;
use crate::verdict::certificate::{Certificate, Goal, Part};
use tools::{Tools, fresh};

#[cfg(test)]
mod tests;

/// A certificate of the relation, if one is found.
pub(super) fn prove(question: &Question) -> Answer {
    found(question.relation, question.givens)
        .map(|certificate| Evidence::Certificate {
            relation: question.relation.clone(),
            givens: question.givens.to_vec(),
            certificate: Box::new(certificate),
        })
        .into()
}

fn found(relation: &Expr, givens: &[Expr]) -> Option<Certificate> {
    let goal = Goal::of(relation)?;
    let (mut facts, conditions) = goal.ground(givens);
    facts.extend(conditions.iter().cloned());
    let taken = |name: &str| {
        let named = |e: &Expr| e.symbols().iter().any(|s| &*s.name == name);
        named(relation) || givens.iter().any(named)
    };
    let tools = Tools::new(&facts);
    let (direction, candidates) = match goal.size() {
        Some(n) => {
            let z = Symbol::new(&fresh(&["z", "v", "u", "h"], taken), Sort::vector(n));
            let parts = matrix::parts(&tools, &goal.difference, &Expr::sym(z.clone()));
            (Some(z), parts.into_iter().collect())
        }
        None => (None, number::candidates(&tools, &goal.difference)),
    };
    candidates.into_iter().find_map(|parts| checked(relation, givens, &goal, &direction, parts, &conditions))
}

/// The certificate with these parts, if the kernel accepts it; a strict one names the part that is positive.
fn checked(
    relation: &Expr,
    givens: &[Expr],
    goal: &Goal,
    direction: &Option<Symbol>,
    parts: Vec<Part>,
    conditions: &[Expr],
) -> Option<Certificate> {
    let count = if goal.strict { parts.len() } else { 1 };
    let mut certificate =
        Certificate { direction: direction.clone(), parts, positive: None, conditions: conditions.to_vec() };
    (0..count).find_map(|k| {
        certificate.positive = goal.strict.then_some(k);
        certificate.holds(relation, givens).then(|| certificate.clone())
    })
}
