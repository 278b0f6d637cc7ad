//! Complaints: the one type for everything that is said to a user about a place in the notes.

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a slip.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// The word of the JSON contract.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A kind of complaint, declared beside the code that raises it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable name, kebab-case.
    pub name: &'static str,
    /// What it means, for `explain`.
    pub what: &'static str,
    /// Why it matters, for `explain`.
    pub why: &'static str,
    /// Notes that raise it.
    pub example: &'static str,
}

/// A replacement of text in the notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced, in the source.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// A complaint about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How bad.
    pub severity: Severity,
    /// Where, in the source.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// Further lines: how it was read, values, lines that agree.
    pub notes: Vec<Message>,
    /// What to do about it.
    pub help: Option<Message>,
    /// A change that does it.
    pub edit: Option<Edit>,
    /// The statement it is about, if it is about one.
    pub statement: Option<String>,
}

impl Diagnostic {
    /// A diagnostic with nothing but its message.
    pub fn new(code: &'static Code, severity: Severity, span: Span, message: Message) -> Diagnostic {
        Diagnostic { code, severity, span, message, notes: vec![], help: None, edit: None, statement: None }
    }
}
