//! SARIF 2.1.0 (OASIS): problems for code scanning and editors.

use serde_json::{Value, json};

use crate::diag::Severity;
use crate::report::Run;
use crate::report::codes::codes;
use crate::report::diagnostic::{Problem, problems};
use crate::report::escape::{self, visible};
use crate::report::fingerprint::fingerprints;
use crate::source::{Source, Span};

/// A log with one run. Columns are counted in characters; offsets are bytes of the file.
pub fn sarif(run: &Run) -> String {
    let codes = codes();
    let rules: Vec<Value> = codes
        .iter()
        .map(|c| {
            json!({
                "id": c.name,
                "shortDescription": { "text": c.what },
                "fullDescription": { "text": format!("{}: {}", c.what, c.why) },
                "help": { "text": format!("{}\n\n{}", c.why, c.example) },
            })
        })
        .collect();
    let results: Vec<Value> = run
        .documents
        .iter()
        .flat_map(|document| {
            let all = problems(document, run.lang);
            let marks = fingerprints(document, &all);
            let rule = |p: &Problem| codes.iter().position(|c| c.name == p.code);
            all.iter().zip(marks).map(|(p, mark)| result(&document.source, p, rule(p), &mark)).collect::<Vec<_>>()
        })
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    escape::json(&format!("{log:#}\n"))
}

fn result(source: &Source, p: &Problem, rule: Option<usize>, mark: &str) -> Value {
    let level = match p.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let uri = escape::href(&source.path);
    let mut text = p.title.clone();
    text.extend(p.notes.iter().map(|(label, note)| format!("\n{label}: {note}")));
    text.extend(p.help.iter().map(|help| format!("\n{help}")));
    let mut result = json!({
        "ruleId": p.code,
        "level": level,
        "message": { "text": visible(&text) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": region(source, p.span),
        } }],
        "partialFingerprints": { "rederive/v1": mark },
    });
    if let (Some(at), Some(fields)) = (rule, result.as_object_mut()) {
        fields.insert("ruleIndex".to_owned(), json!(at));
    }
    // In a notebook the text lies in strings of JSON: a replacement there would not be what is written here.
    if let (Some((span, new)), None, Some(fields)) = (&p.edit, &source.origin, result.as_object_mut()) {
        let fix = json!([{
            "description": { "text": visible(p.help.as_deref().unwrap_or(&p.title)) },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri },
                "replacements": [{ "deletedRegion": region(source, *span), "insertedContent": { "text": new } }],
            }],
        }]);
        fields.insert("fixes".to_owned(), fix);
    }
    result
}

fn region(source: &Source, span: Span) -> Value {
    let (first, last) = source.file_lines(span);
    let file = source.in_file(span);
    let mut region = json!({ "startLine": first, "endLine": last });
    if let Some(fields) = region.as_object_mut() {
        if source.origin.is_none() {
            fields.insert("startColumn".to_owned(), json!(source.column(span.start)));
            // The end is the column behind the last character, of the row that it stands in.
            fields.insert("endLine".to_owned(), json!(source.line(span.end)));
            fields.insert("endColumn".to_owned(), json!(source.column(span.end)));
        }
        fields.insert("byteOffset".to_owned(), json!(file.start));
        fields.insert("byteLength".to_owned(), json!(file.end.saturating_sub(file.start)));
    }
    region
}
