//! Judgements → what people and programs see: diagnostics on a terminal, JSON, and the verified notes as HTML and Markdown.
//!
//! Nothing here decides anything. Everything that came from the notes (text, formulas, ids, paths, messages made of
//! them) is untrusted and is escaped by the one function of its sink in `escape`.

mod card;
mod catalogue;
mod codes;
mod compare;
mod count;
mod derivation;
mod diagnostic;
mod digest;
mod edition;
mod escape;
mod expectation;
mod explain;
mod fingerprint;
mod github;
mod gitlab;
mod html;
mod inferred;
mod inventory;
mod json;
mod junit;
mod link;
mod markdown;
pub mod mutation;
mod picture;
mod place;
mod plot;
mod reading;
mod sarif;
mod splice;
mod statistics;
mod study;
mod summary;
mod templates;
mod terminal;
mod trust;
mod typeset;
mod view;

use crate::message::Lang;
use crate::read::{Document, read};
use crate::source::Span;
use crate::verdict::DocumentResult;

pub use catalogue::{mark, word};
pub use codes::{codes, explain_code};
pub use compare::{NoResult, Previous};
pub use count::Counts;
pub use diagnostic::{Problem, problems};
pub use edition::Edition;
pub use escape::visible;
pub use expectation::{Unmet, is_expected, unmet};
pub use explain::explain;
pub use fingerprint::Fingerprints;
pub use inferred::inferred;
pub use inventory::{SECTIONS, Section, section};
pub use picture::{MAX_PICTURE, NO_PICTURES, Pictures, places as picture_places};
pub use reading::reading;
pub use statistics::statistics;
pub use templates::RenderError;
pub use terminal::screens;

/// What is reported, and how it is to look.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The documents, in the order of the output.
    pub documents: &'a [DocumentResult],
    /// The pictures that the documents show, for pages.
    pub pictures: &'a Pictures,
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
    /// The seed of all draws.
    pub seed: u64,
    /// Whether pages are for students.
    pub student: bool,
    /// A run to compare with.
    pub previous: Option<&'a Previous>,
    /// The same notes in other languages, in reports of their own.
    pub editions: &'a [Edition],
}

impl<'a> Run<'a> {
    /// A run as it looks in a file: English, no colour, 140 columns.
    pub fn new(documents: &'a [DocumentResult]) -> Run<'a> {
        Run {
            documents,
            pictures: &NO_PICTURES,
            seconds: 0.0,
            lang: Lang::En,
            colour: false,
            width: 140,
            verbose: false,
            seed: 0,
            student: false,
            previous: None,
            editions: &[],
        }
    }

    /// Whether all is as expected: no unexpected refutation, no unexpected error finding, no unmet expectation.
    pub fn is_clean(&self) -> bool {
        self.documents.iter().all(expectation::is_clean)
    }
}

/// A change of the notes that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is wrong, with its place: `notes/a.md:41:5: …`.
    pub title: String,
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// The changes that mend problems of a document, in the order of the text.
pub fn fixes(document: &DocumentResult, lang: Lang) -> Vec<Fix> {
    let fix = |p: diagnostic::Problem| {
        let (span, replacement) = p.edit?;
        let title = format!("{}: {}", terminal::place(&document.source, span), p.title);
        Some(Fix { title: escape::terminal(&title), span, replacement })
    };
    diagnostic::problems(document, lang).into_iter().filter_map(fix).collect()
}

/// A line for a terminal with nothing in it that a terminal obeys.
pub fn harmless(line: &str) -> String {
    escape::terminal(line)
}

/// A fix as two lines of a diff, without what is far from the change.
pub fn as_shown(source: &crate::source::Source, fix: &Fix) -> String {
    const AROUND: usize = 40;
    let text = &source.text;
    let from = text.floor_char_boundary(fix.span.start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((fix.span.end + AROUND).min(text.len()));
    let before = text.get(from..fix.span.start).and_then(|t| t.rsplit('\n').next()).unwrap_or("");
    let after = text.get(fix.span.end..to).and_then(|t| t.split('\n').next()).unwrap_or("");
    let line = |sign: char, part: &str| escape::terminal(&format!("  {sign} …{before}{part}{after}…")) + "\n";
    line('-', source.slice(fix.span)) + &line('+', &fix.replacement)
}

/// Lines for a terminal.
pub fn terminal_lines(lines: &[String]) -> String {
    lines.iter().map(|line| escape::terminal(line) + "\n").collect()
}

/// The notes of a document as Markdown with a mark behind each formula, and footnotes with the evidence.
///
/// # Errors
/// If a template does not work: a bug of ours.
pub fn marked(run: &Run, document: &DocumentResult) -> Result<String, RenderError> {
    markdown::notes(run, document, &read(document.source.clone()))
}

/// A format of `rederive check`.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, for `--help`.
    pub about: &'static str,
    /// Whether it shows repairs of what the notes expect to be wrong.
    pub expected: bool,
    /// The whole output, with its last line end.
    pub render: fn(&Run) -> Result<String, RenderError>,
}

/// The formats, a row each.
pub const FORMATS: &[Format] = &[
    Format {
        name: "full",
        about: "each problem with its line of the notes, for people",
        expected: false,
        render: |run| Ok(terminal::full(run)),
    },
    Format {
        name: "concise",
        about: "a line for each problem",
        expected: false,
        render: |run| Ok(terminal::concise(run)),
    },
    Format {
        name: "json",
        about: "every statement and finding, schema rederive/1",
        expected: true,
        render: |run| Ok(escape::json(&json::json(run))),
    },
    Format {
        name: "jsonl",
        about: "the same, a line for each document and a last one with the summary",
        expected: true,
        render: |run| Ok(escape::json(&json::jsonl(run))),
    },
    Format {
        name: "markdown",
        about: "the problems and the counts, for a comment or a job summary",
        expected: false,
        render: markdown::check,
    },
    Format {
        name: "github",
        about: "annotations of a GitHub workflow",
        expected: false,
        render: |run| Ok(github::github(run)),
    },
    Format {
        name: "gitlab",
        about: "code quality of a GitLab merge request",
        expected: false,
        render: |run| Ok(gitlab::gitlab(run)),
    },
    Format {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning and editors",
        expected: false,
        render: |run| Ok(sarif::sarif(run)),
    },
    Format { name: "junit", about: "JUnit XML, a case for each claim", expected: false, render: junit::junit },
];

/// The format with this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}

/// A file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its path under the report's folder, with `/`.
    pub name: String,
    /// What is in it.
    pub content: String,
}

/// The verified notes: for each document a page and a Markdown file, and an index of each kind. The same documents give
/// the same bytes.
pub fn report(run: &Run) -> Result<Vec<Artifact>, RenderError> {
    let paths: Vec<&str> = run.documents.iter().map(|d| d.source.path.as_str()).collect();
    let names = place::names(&paths);
    let notes: Vec<Document> = run.documents.iter().map(|d| read(d.source.clone())).collect();
    let pages = paths.iter().zip(&names).map(|(path, name)| ((*path).to_owned(), format!("{name}.html"))).collect();
    let site = html::Site { run, words: view::words(run.lang), pages };
    let mut artifacts = vec![];
    for ((result, notes), name) in run.documents.iter().zip(&notes).zip(&names) {
        artifacts.push(Artifact { name: format!("{name}.html"), content: html::page(&site, result, notes, name)? });
        artifacts.push(Artifact { name: format!("{name}.md"), content: markdown::notes(run, result, notes)? });
    }
    let entered = html::entered(&site, &notes, &names);
    // The Markdown files show the pictures too; they lie beside the notes as before.
    let shown = picture::beside(&paths, &names, run.pictures);
    artifacts.extend(shown.into_iter().map(|(name, content)| Artifact { name, content }));
    artifacts.push(Artifact { name: "index.md".to_owned(), content: markdown::index(&site, &entered)? });
    artifacts.push(Artifact { name: "index.html".to_owned(), content: html::index(&site, entered)? });
    artifacts.push(Artifact { name: "trust.md".to_owned(), content: trust::markdown(&site)? });
    artifacts.push(Artifact { name: "trust.html".to_owned(), content: trust::html(&site)? });
    Ok(artifacts)
}

#[cfg(test)]
mod tests;
