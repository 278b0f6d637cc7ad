//! Evidence → the derivation as people read it, line by line.
//!
//! Nothing rests on these lines. An equation between two of them is printed only if the kernel shows it; where it does
//! not, the step is left out and the next one is coarser.
//!
//! The files form a DAG: `ground` · `chain` · `equation`, `inequality` · `certified`, `enclosed`, `induction`, `point` · this file.

mod certified;
mod chain;
mod enclosed;
mod equation;
mod ground;
mod induction;
mod inequality;
mod point;

pub use point::{evaluations, worked};

use crate::claim::Claim;
use crate::expr::{Binder, Expr, Node, fun, latex};
use crate::message::Message;
use crate::verdict::{Condition, Evidence, Ground, Step, outline, put_in};

impl Evidence {
    /// The derivation in lines. A kind of evidence without one of its own shows the claim as read and what the engine
    /// saw.
    pub fn derivation(&self, claim: &Claim) -> Vec<Step> {
        let own = match self {
            Evidence::Identity { relation, shown, .. } if relation.as_app(fun::EQ).is_some() => {
                equation::derivation(claim, relation, &shown.conditions)
            }
            Evidence::Identity { relation, shown, .. } => {
                Some(inequality::derivation(claim, relation, &shown.lowered, &shown.conditions))
            }
            Evidence::Enclosed { relation, cover, .. } => Some(enclosed::derivation(claim, relation, cover)),
            Evidence::Certificate { relation, certificate, .. } => {
                Some(certified::derivation(claim, relation, certificate))
            }
            Evidence::Rewritten { relation, proof, .. } => {
                let mut out = inequality::unfolded(claim, relation);
                let mut before = relation.clone();
                for (rule, e) in proof.lines(relation) {
                    out.push(Step { rule, sign: "⇔", ..chain::written(Some(&before), &e) });
                    before = e;
                }
                Some(out)
            }
            Evidence::Substituted { relation, uses, inner, .. } => {
                let mut out = inequality::unfolded(claim, relation);
                let mut before = relation.clone();
                for used in uses {
                    let Some(e) = put_in(&before, used) else { break };
                    let words = Message::new("derivation-by").with("givens", &used.equation);
                    let step =
                        Step { rule: "equation put in".to_owned(), sign: "⇔", ..chain::written(Some(&before), &e) };
                    out.push(Step { words: Some(words), ..step });
                    before = e;
                }
                let then = Claim { relation: before.clone(), unfolded: before, ..claim.clone() };
                // The first line is the last of those above.
                out.extend(inner.derivation(&then).into_iter().skip(1));
                Some(out)
            }
            Evidence::Deduced { relation, givens, deduction, .. } => {
                let mut out = inequality::unfolded(claim, relation);
                let lines = outline(relation, givens, deduction);
                out.extend(
                    lines.into_iter().map(|(rule, e)| Step { rule: rule.to_owned(), ..chain::written(None, &e) }),
                );
                Some(out)
            }
            Evidence::Induction { relation, givens, proof } => induction::derivation(claim, relation, givens, proof),
            Evidence::Counterexample { relation, point, .. } => Some(point::derivation(claim, relation, point)),
            _ => None,
        };
        let mut steps = own.unwrap_or_else(|| coarse(self, claim));
        tell_owed(&mut steps, self.owed());
        steps
    }
}

/// The relation as read, unfolded, and as the evidence has it.
fn coarse(evidence: &Evidence, claim: &Claim) -> Vec<Step> {
    let mut out: Vec<Step> = vec![];
    let stages = [("as read", &claim.relation), ("definition", &claim.unfolded), ("derivative", evidence.relation())];
    for (rule, e) in stages {
        let step = Step { rule: rule.to_owned(), ..chain::written(None, e) };
        if out.last().is_none_or(|last| last.text != step.text) {
            out.push(step);
        }
    }
    out
}

/// What is owed and was not told yet, at the last line.
fn tell_owed(steps: &mut [Step], owed: &[Expr]) {
    let told: Vec<String> = steps.iter().flat_map(|s| &s.conditions).map(|c| c.text.clone()).collect();
    let Some(last) = steps.last_mut() else { return };
    let rest = owed.iter().filter(|c| !told.contains(&c.to_string()));
    last.conditions.extend(rest.map(|c| Condition { text: c.to_string(), latex: latex(c), ground: Ground::Owed }));
}

/// Whether a derivative stands in it that is not carried out.
fn derives(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. }))
}

#[cfg(test)]
mod tests;
