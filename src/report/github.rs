//! Annotations of a GitHub workflow: `::error file=…,line=…::…`.

use std::cmp::Reverse;

use crate::diag::Severity;
use crate::message::Message;
use crate::report::Run;
use crate::report::diagnostic::{Problem, problems};
use crate::report::escape::workflow;
use crate::report::summary::summary;
use crate::source::Source;

/// How many annotations of a kind GitHub shows for a step; what is beyond is dropped without a word.
const SHOWN: usize = 10;

/// A workflow command for each problem that is shown, errors first, then what is not shown and the summary as plain text.
pub fn github(run: &Run) -> String {
    let mut all: Vec<(&Source, Problem)> =
        run.documents.iter().flat_map(|d| problems(d, run.lang).into_iter().map(|p| (&d.source, p))).collect();
    all.sort_by_key(|(_, p)| Reverse(p.severity));
    let mut out = String::new();
    let kinds = [
        (Severity::Error, "report-more-errors"),
        (Severity::Warning, "report-more-warnings"),
        (Severity::Note, "report-more-notes"),
    ];
    for (severity, more) in kinds {
        let of_it: Vec<_> = all.iter().filter(|(_, p)| p.severity == severity).collect();
        for (source, problem) in of_it.iter().take(SHOWN) {
            out.push_str(&command(source, problem));
        }
        if let Some(count) = of_it.len().checked_sub(SHOWN).filter(|n| *n > 0) {
            out.push_str(&format!("{}\n", Message::new(more).with("count", count).text(run.lang)));
        }
    }
    out.push_str(&workflow(&summary(run), false));
    out.push('\n');
    out
}

fn command(source: &Source, problem: &Problem) -> String {
    let command = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (first, last) = source.file_lines(problem.span);
    let (column, end) = (source.column(problem.span.start), source.column(problem.span.end));
    let mut message = problem.title.clone();
    for (label, text) in &problem.notes {
        message.push_str(&format!("\n{label}: {text}"));
    }
    // GitHub takes columns only for one line.
    let columns =
        if first == last && source.origin.is_none() { format!(",col={column},endColumn={end}") } else { String::new() };
    format!(
        "::{command} file={},line={first},endLine={last}{columns},title={}::{}\n",
        workflow(&source.path, true),
        workflow(problem.code, true),
        workflow(&message, false),
    )
}
