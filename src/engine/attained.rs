//! Maxima that are not attained: said once the kernel has certified the supremum.
//!
//! The finding stands here, not among the lints: it needs the value, which only the kernel has.

use crate::algebra::value::{extremum, unattained as not_attained};
use crate::claim::Statement;
use crate::diag::{Code, Diagnostic, Severity};
use crate::expr::{Binder, Expr, Node};
use crate::message::Message;

/// `max` or `min` over a set on which the supremum or infimum is not a value.
pub static EXTREMUM_NOT_ATTAINED: Code = Code {
    name: "extremum-not-attained",
    what: "max or min stands over a set on which the supremum or infimum is not attained",
    why: "there is no greatest (least) value then: the supremum (infimum) is meant, and `< 1` with max is `\\sup … = 1`",
    example: "$$ \\max_{x \\in (0, 1)} x^2 < 1 $$",
};

/// A note for each maximum or minimum of the claims that is not attained, once in each formula.
pub fn unattained(statements: &[Statement]) -> Vec<Diagnostic> {
    let mut seen: Vec<(usize, Expr)> = vec![];
    let mut findings = vec![];
    for s in statements {
        let Some(claim) = &s.claim else { continue };
        let givens: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
        for (written, value) in not_attained(&claim.unfolded, &givens) {
            if seen.contains(&(s.block, written.clone())) {
                continue;
            }
            let lower = match written.node() {
                Node::Bind { binder, .. } => *binder == Binder::Min,
                _ => written.as_app("extremum").and_then(<[Expr]>::first).and_then(Expr::as_int) == Some(0),
            };
            let key = if lower { "finding-minimum-not-attained" } else { "finding-maximum-not-attained" };
            let message = Message::new(key).with("value", &value);
            let mut d = Diagnostic::new(&EXTREMUM_NOT_ATTAINED, Severity::Note, s.span, message);
            d.statement = Some(s.id.clone());
            findings.push(d);
            seen.push((s.block, written));
        }
    }
    findings
}

/// How tight a bound by a number is: the supremum of what is below it, the infimum of what is above.
pub(super) fn tightness(relation: &Expr, givens: &[Expr]) -> Option<Message> {
    let Node::App(f, args) = relation.node() else { return None };
    let [left, right] = args.as_slice() else { return None };
    let less = match f.name {
        "lt" | "le" => true,
        "gt" | "ge" => false,
        _ => return None,
    };
    let number = |e: &Expr| e.symbols().is_empty();
    let (e, upper) = match (number(left), number(right)) {
        (false, true) => (left, less),
        (true, false) => (right, !less),
        _ => return None,
    };
    let (value, attained) = extremum(e, upper, givens).ok()?;
    let key = match (upper, attained) {
        (true, true) => "reason-supremum-attained",
        (true, false) => "reason-supremum-not-attained",
        (false, true) => "reason-infimum-attained",
        (false, false) => "reason-infimum-not-attained",
    };
    Some(Message::new(key).with("value", value))
}
