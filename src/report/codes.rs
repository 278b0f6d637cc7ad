//! The codes of findings: what each means, whether or not it occurs.

use crate::checkers::{CHECKER_DISAGREES, CHECKER_IDLE};
use crate::diag::Code;
use crate::elaborate::{MISPLACED, MISSPELT, SHAPE_MISMATCH, UNCLOSED, UNREAD, UNREADABLE, UNUSED};
use crate::engine::{EXTREMUM_NOT_ATTAINED, KNOWN_OBJECT};
use crate::lint::LINTS;
use crate::localise::CONVENTION;
use crate::message::{Lang, Message, row};
use crate::verdict::{HOLDS_NOWHERE, NOTICES, USED_EARLY};

/// A claim that is false.
pub static REFUTED: Code = Code {
    name: "refuted",
    what: "a statement is false where the notes claim it; a certified counterexample is shown",
    why: "a reader who trusts it learns something wrong, and what follows from it is worthless",
    example: "For all real $x$ we have $(x + 1)^2 = x^2 + 1$.",
};

/// An expectation that is not met.
pub static UNMET: Code = Code {
    name: "unmet-expectation",
    what: "an annotation expects a verdict or a finding that is not there",
    why: "a wrong example that is no longer wrong, or a proof that broke, should not pass unseen",
    example: "For all real $x$ we have $$x + x = 2x$$\n<!-- rederive expect: refuted -->",
};

/// All codes, those of the verdicts first, those of the lints last.
pub fn codes() -> Vec<&'static Code> {
    let named = [
        &REFUTED,
        &UNMET,
        &MISSPELT,
        &UNUSED,
        &MISPLACED,
        &UNCLOSED,
        &UNREADABLE,
        &UNREAD,
        &SHAPE_MISMATCH,
        &EXTREMUM_NOT_ATTAINED,
        &CHECKER_DISAGREES,
        &CHECKER_IDLE,
        &CONVENTION,
        &HOLDS_NOWHERE,
        &USED_EARLY,
        &KNOWN_OBJECT,
    ];
    let all = named.into_iter().chain(NOTICES.iter().copied()).chain(LINTS.iter().map(|l| l.code));
    let mut all: Vec<&'static Code> = all.collect();
    // A code that is raised with two severities has two rows, one behind the other.
    all.dedup_by_key(|code| code.name);
    all
}

/// What a code means.
pub fn what(code: &Code, lang: Lang) -> String {
    row(lang, &format!("code-{}", code.name), code.what)
}

/// Why it matters.
pub fn why(code: &Code, lang: Lang) -> String {
    row(lang, &format!("code-{}-why", code.name), code.why)
}

/// What a code means, why it matters, and notes that raise it; `None` if there is no such code.
pub fn explain_code(name: &str, lang: Lang) -> Option<String> {
    let code = codes().into_iter().find(|c| c.name == name)?;
    let label = |key| Message::new(key).text(lang);
    let example: String = code.example.lines().map(|l| format!("    {l}\n")).collect();
    let (why, shown) = (label("report-code-why"), label("report-code-example"));
    Some(format!("{}: {}\n  {why}: {}\n  {shown}:\n{example}", code.name, what(code, lang), self::why(code, lang)))
}
