//! What reading found torn or misplaced, as findings.

use crate::diag::{Code, Diagnostic, Severity};
use crate::elaborate::MISSPELT;
use crate::message::Message;
use crate::read::{Document, ReadProblem, ReadProblemKind};

/// A delimiter without its partner.
pub static UNCLOSED: Code = Code {
    name: "unclosed",
    what: "a display, a comment or a fence of code is opened and not closed",
    why: "what should end there goes on as something else, and what should stand there is not read",
    example: "The loss is\n\n$$\nL = x^2\n\nand that is all.",
};

/// An annotation that shares its line with other text.
pub static MISPLACED: Code = Code {
    name: "misplaced-directive",
    what: "an annotation does not stand on a line of its own; it is ignored",
    why: "an annotation that is ignored does silently nothing",
    example: "Here $x$ is positive. <!-- rederive let: x > 0 -->",
};

/// A file that is not what its extension says.
pub static UNREADABLE: Code = Code {
    name: "unreadable-file",
    what: "a file is not in the format that its extension says, or too large; nothing of it is read",
    why: "notes that are not read are not checked",
    example: "{\"cells\": [{\"cell_type\": \"markdown\", \"sour",
};

/// The findings, in document order.
pub(super) fn findings(document: &Document) -> Vec<Diagnostic> {
    document.problems.iter().map(|p| finding(document, p)).collect()
}

fn finding(document: &Document, problem: &ReadProblem) -> Diagnostic {
    let written = document.source.slice(problem.span);
    let (code, severity, message) = match problem.kind {
        ReadProblemKind::UnclosedMath | ReadProblemKind::UnclosedComment | ReadProblemKind::UnclosedFence => {
            let opened = written.lines().next().unwrap_or("").trim();
            (&UNCLOSED, Severity::Warning, Message::new("finding-unclosed").with("what", opened))
        }
        ReadProblemKind::MisplacedDirective => {
            (&MISPLACED, Severity::Warning, Message::new("finding-misplaced-directive"))
        }
        ReadProblemKind::MisspeltDirective => {
            let comment = written.trim_start_matches("<!--").trim_start();
            let word = comment.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or("");
            let message = Message::new("finding-misspelt-suggest").with("word", word).with("suggestion", "rederive");
            (&MISSPELT, Severity::Error, message)
        }
        ReadProblemKind::BrokenNotebook => (&UNREADABLE, Severity::Error, Message::new("finding-broken-notebook")),
        ReadProblemKind::InputTooLarge => (&UNREADABLE, Severity::Error, Message::new("finding-too-large")),
    };
    Diagnostic::new(code, severity, problem.span, message)
}
