//! Inequalities shown by certificates: the difference of the sides as a sum, and why no part of it is negative.

use crate::claim::Claim;
use crate::expr::Expr;
use crate::verdict::Step;
use crate::verdict::certificate::{Atom, Certificate};
use crate::verdict::derivation::chain::written;
use crate::verdict::derivation::inequality::unfolded;

/// The derivation of an inequality or of definiteness.
pub(super) fn derivation(claim: &Claim, relation: &Expr, certificate: &Certificate) -> Vec<Step> {
    let mut out = unfolded(claim, relation);
    if let Some(equation) = certificate.equation(relation) {
        out.push(Step { rule: "certificate".to_owned(), ..written(None, &equation) });
    }
    for (k, part) in certificate.parts.iter().enumerate() {
        let rule = match part.atom {
            Atom::One => "certificate.weight",
            Atom::Square(_) => "certificate.square",
            Atom::Form(..) => "certificate.form",
            Atom::Log(_) => "certificate.log",
            Atom::Exp(_) => "certificate.exp",
            Atom::Gap(..) => "certificate.gap",
            Atom::Order(..) => "certificate.order",
        };
        let name = if certificate.positive == Some(k) { "gt" } else { "ge" };
        let shown = Expr::relate(name, part.value(), Expr::int(0));
        out.push(Step { rule: rule.to_owned(), ..written(None, &shown) });
    }
    out.push(Step { rule: "difference".to_owned(), sign: "⇒", ..written(None, relation) });
    out
}
