//! Findings about judged statements: what is odd about them though nothing is refuted.

use super::judgement::Judged;
use crate::claim::{Kind, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;

/// A second definition that says something else than the first.
pub static SYMBOL_REDEFINED: Code = Code {
    name: "symbol-redefined",
    what: "a symbol is defined again, and at some point the two definitions have different values",
    why: "what was said with the first meaning may be false of the second; if both should be the same, one is wrong",
    example: "$$ L = x^2 + 1 $$\n\nAs before,\n\n$$ L = x^2 - 1 $$",
};

/// A checker that contradicts a formula as it was read.
pub static CHECKER_DISAGREES: Code = Code {
    name: "checker-disagrees",
    what: "the engines did not settle the formula, and the checker bound to it computes other values",
    why: "the formula is wrong, or it was not read as it is meant",
    example: "<!-- rederive next: checker softmax_gradient -->\n$$ \\frac{\\partial L}{\\partial s_i} = p_i + y_i $$",
};

/// A side of a relation that never has a value.
pub static NO_VALUE: Code = Code {
    name: "no-value",
    what: "one side of a relation has a value at no point that was tried, the other at all of them",
    why: "an index that leaves its range, a division by what is zero: nothing is said by such a formula",
    example: "<!-- rederive let: x \\in \\mathbb{R}^n -->\n\n$$ \\sum_{i=1}^{n} x_i = \\sum_{i=0}^{n} x_i $$",
};

/// The findings about one statement with its judgement, before a redefinition is taken for none. `declared`: the
/// document declares its symbols, so what it leaves out is odd.
pub fn notices(judged: &Judged, declared: bool) -> Vec<Diagnostic> {
    let (s, j) = (&judged.statement, &judged.judgement);
    let mut out = vec![];
    let mut add = |code, severity, message| {
        out.push(Diagnostic { statement: Some(s.id.clone()), ..Diagnostic::new(code, severity, s.span, message) });
    };
    if s.otherwise == Some(Kind::Definition) && j.verdict == Verdict::Refuted {
        add(&SYMBOL_REDEFINED, Severity::Note, Message::new("finding-symbol-redefined").with("symbol", left(s)));
    }
    let disagrees = j.checkers.iter().find(|c| c.verdict == Verdict::Refuted);
    if let Some(outcome) = disagrees.filter(|_| j.verdict != Verdict::Refuted && s.expected.is_none()) {
        let message = Message::new("finding-checker-disagrees").with("checker", &outcome.name);
        add(&CHECKER_DISAGREES, Severity::Note, message);
    }
    let reason = j.reason.as_ref().map(|r| r.key);
    if declared && reason == Some("reason-never-defined") && s.otherwise.is_none() {
        add(&NO_VALUE, Severity::Warning, Message::new("finding-no-value"));
    }
    out
}

fn left(s: &Statement) -> String {
    s.sides.as_ref().map(|(l, _)| l.to_string()).unwrap_or_default()
}
