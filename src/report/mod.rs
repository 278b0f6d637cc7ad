//! Judgements → what people and programs see: diagnostics on a terminal, JSON, and the verified notes as HTML and Markdown.
//!
//! Nothing here decides anything. Everything that came from the notes (text, formulas, ids, paths, messages made of
//! them) is untrusted and is escaped by the one function of its sink in [`escape`].

mod catalogue;
mod count;
mod diagnostic;
mod difference;
mod escape;
mod expectation;
mod explain;
mod github;
mod json;
mod statistics;
mod summary;
mod terminal;

use crate::message::Lang;
use crate::verdict::DocumentResult;

pub use count::Counts;
pub use explain::explain;
pub use expectation::{Unmet, is_expected, unmet};
pub use statistics::statistics;

/// What is reported, and how it is to look.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The documents, in the order of the output.
    pub documents: &'a [DocumentResult],
    /// How long the run took, in seconds: the only thing here that may differ between equal runs.
    pub seconds: f64,
    /// The language of all words.
    pub lang: Lang,
    /// Whether terminal output is coloured.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether undecided and unread statements get a line each.
    pub verbose: bool,
}

impl<'a> Run<'a> {
    /// A run as it looks in a file: English, no colour, 140 columns.
    pub fn new(documents: &'a [DocumentResult]) -> Run<'a> {
        Run { documents, seconds: 0.0, lang: Lang::En, colour: false, width: 140, verbose: false }
    }

    /// Whether all is as expected: no unexpected refutation, no unexpected error finding, no unmet expectation.
    pub fn is_clean(&self) -> bool {
        self.documents.iter().all(expectation::is_clean)
    }
}

/// A format of `rederive check`.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, for `--help`.
    pub about: &'static str,
    /// The whole output, with its last line end.
    pub render: fn(&Run) -> String,
}

/// The formats, a row each.
pub const FORMATS: &[Format] = &[
    Format { name: "full", about: "each problem with its line of the notes, for people", render: terminal::full },
    Format { name: "concise", about: "a line for each problem", render: terminal::concise },
    Format { name: "json", about: "every statement and finding, schema rederive/1", render: json::json },
    Format { name: "jsonl", about: "the same, a line for each document and a last one with the summary", render: json::jsonl },
    Format { name: "github", about: "annotations of a GitHub workflow", render: github::github },
];

/// The format with this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}

#[cfg(test)]
mod tests;
