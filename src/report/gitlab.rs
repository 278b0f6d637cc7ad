//! GitLab code quality: a JSON array that a merge request shows.

use serde_json::{Value, json};

use crate::diag::Severity;
use crate::report::Run;
use crate::report::diagnostic::problems;
use crate::report::escape::{self, visible};
use crate::report::fingerprint::fingerprints;

/// An entry for each problem.
pub fn gitlab(run: &Run) -> String {
    let mut entries: Vec<Value> = vec![];
    for document in run.documents {
        let all = problems(document, run.lang);
        for (p, mark) in all.iter().zip(fingerprints(document, &all)) {
            let severity = match p.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            let (first, last) = document.source.file_lines(p.span);
            let words = p.notes.iter().map(|(label, note)| format!("{label}: {note}"));
            let description: Vec<String> = std::iter::once(p.title.clone()).chain(words).collect();
            entries.push(json!({
                "description": visible(&description.join(" · ")),
                "check_name": p.code,
                "fingerprint": mark,
                "severity": severity,
                "location": { "path": document.source.path, "lines": { "begin": first, "end": last } },
            }));
        }
    }
    escape::json(&format!("{:#}\n", Value::Array(entries)))
}
