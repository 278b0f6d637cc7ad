//! Annotations of a GitHub workflow: `::error file=…,line=…::…`.

use crate::diag::Severity;
use crate::report::Run;
use crate::report::diagnostic::problems;
use crate::report::escape::workflow;
use crate::report::summary::summary;

/// A workflow command for each problem, then the summary as plain text.
pub fn github(run: &Run) -> String {
    let mut out = String::new();
    for document in run.documents {
        let source = &document.source;
        for problem in problems(document, run.lang) {
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
            let columns = if first == last && source.origin.is_none() {
                format!(",col={column},endColumn={end}")
            } else {
                String::new()
            };
            out.push_str(&format!(
                "::{command} file={},line={first},endLine={last}{columns},title={}::{}\n",
                workflow(&source.path, true),
                workflow(problem.code, true),
                workflow(&message, false),
            ));
        }
    }
    out.push_str(&workflow(&summary(run), false));
    out.push('\n');
    out
}
