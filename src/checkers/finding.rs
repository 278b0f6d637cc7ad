//! What the checkers that notes bind say beside the verdicts.

use crate::claim::{Kind, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::verdict::Judged;

/// A bound checker computes something else.
pub static CHECKER_DISAGREES: Code = Code {
    name: "checker-disagrees",
    what: "a checker module that the notes bind to a formula computes another value",
    why: "the formula or the choice of the checker is wrong; the engines could not settle which",
    example: "<!-- rederive next: claim; checker training_rises -->\n$$ r = 493 $$",
};

/// A bound checker has nothing to compare.
pub static CHECKER_IDLE: Code = Code {
    name: "checker-idle",
    what: "a checker module is bound to a formula that makes no claim or was not understood",
    why: "the notes ask for a second witness, and there is none",
    example: "<!-- rederive next: checker softmax -->\n$$ x \\heartsuit y = y \\heartsuit x $$",
};

/// A warning for each statement with a bound checker that disagrees or has nothing to compare, unless the statement is
/// refuted or another verdict than a right one is expected of it.
pub fn findings(judged: &[Judged]) -> Vec<Diagnostic> {
    let mut found = vec![];
    for j in judged {
        let (s, verdict) = (&j.statement, j.judgement.verdict);
        let wrong = s
            .expected
            .as_ref()
            .is_some_and(|e| matches!(e.verdict, Verdict::Refuted | Verdict::Unread | Verdict::None));
        if s.checkers.is_empty() || verdict == Verdict::Refuted || wrong {
            continue;
        }
        let mut say = |code, message: Message| {
            let mut d = Diagnostic::new(code, Severity::Warning, s.span, message);
            d.statement = Some(s.id.clone());
            found.push(d);
        };
        if s.kind != Kind::Claim || verdict == Verdict::Unread {
            let name = s.checkers.first().map_or("", String::as_str);
            say(&CHECKER_IDLE, Message::new("finding-checker-idle").with("checker", name));
        } else if let Some(outcome) = j.judgement.checkers.iter().find(|c| c.verdict == Verdict::Refuted) {
            let what = outcome.disagreement.clone();
            say(
                &CHECKER_DISAGREES,
                what.unwrap_or(Message::new("finding-checker-disagrees").with("checker", &outcome.name)),
            );
        }
    }
    found
}
