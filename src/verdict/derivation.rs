//! Evidence → the derivation as people read it, line by line.
//!
//! Nothing rests on these lines. An equation between two of them is printed only if the kernel shows it.

use crate::claim::Claim;
use crate::expr::{Expr, latex};
use crate::verdict::{Evidence, Step, outline};

impl Evidence {
    /// The derivation in lines. A kind of evidence without one of its own shows the claim as read and what the engine saw.
    pub fn derivation(&self, claim: &Claim) -> Vec<Step> {
        let line = |rule: &str, e: &Expr| Step {
            rule: rule.to_owned(),
            text: e.to_string(),
            latex: latex(e),
            ..Step::default()
        };
        let mut out = vec![line("as read", &claim.relation)];
        if claim.unfolded != claim.relation {
            out.push(line("definition", &claim.unfolded));
        }
        if self.relation() != &claim.unfolded {
            out.push(line("derivative", self.relation()));
        }
        if let Evidence::Certificate { relation, certificate, .. } = self
            && let Some(equation) = certificate.equation(relation)
        {
            out.push(line("certificate", &equation));
        }
        if let Evidence::Deduced { relation, givens, deduction, .. } = self {
            out.extend(outline(relation, givens, deduction).iter().map(|(rule, goal)| line(rule, goal)));
        }
        if let Evidence::Rewritten { relation, proof, .. } = self {
            out.extend(proof.lines(relation).iter().map(|(rule, e)| line(rule, e)));
        }
        out
    }
}
