//! Findings about judged statements: what is odd about them though nothing is refuted.

use super::judgement::Judged;
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;

/// A side of a relation that never has a value.
pub static NO_VALUE: Code = Code {
    name: "no-value",
    what: "one side of a relation has a value at no point that was tried, the other at all of them",
    why: "an index that leaves its range, a division by what is zero: nothing is said by such a formula",
    example: "<!-- rederive let: x \\in \\mathbb{R}^n -->\n\n$$ \\sum_{i=1}^{n} x_i = \\sum_{i=0}^{n} x_i $$",
};

/// The findings about one statement with its judgement. `declared`: the document declares its symbols, so what is odd is
/// not for want of a declaration.
pub fn notices(judged: &Judged, declared: bool) -> Option<Diagnostic> {
    let (s, j) = (&judged.statement, &judged.judgement);
    let never = j.reason.as_ref().is_some_and(|r| r.key == "reason-never-defined");
    (declared && never && s.otherwise.is_none()).then(|| {
        let message = Message::new("finding-no-value");
        Diagnostic { statement: Some(s.id.clone()), ..Diagnostic::new(&NO_VALUE, Severity::Warning, s.span, message) }
    })
}
