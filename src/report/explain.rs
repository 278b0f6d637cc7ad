//! `rederive explain ID`: all that is known about one statement.

use crate::claim::Verdict;
use crate::message::{Lang, Message};
use crate::report::Run;
use crate::report::catalogue::{checker, first_witness, mark, word};
use crate::report::derivation;
use crate::report::diagnostic::evidence;
use crate::report::escape;
use crate::report::terminal::place;
use crate::verdict::{DocumentResult, Judged};

/// The evidence of every statement that `id` names, as `id` or `path::id`; `None` if there is none. The id of a display
/// names all its relations.
pub fn explain(run: &Run, id: &str) -> Option<String> {
    let mut out = String::new();
    for document in run.documents {
        for judged in document.statements.iter().filter(|j| names(document, j, id)) {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&statement(document, judged, run.lang));
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The path of a claim that stands in no file.
const NAME: &str = "command line";

fn names(document: &DocumentResult, judged: &Judged, id: &str) -> bool {
    let wanted = id.strip_prefix(&document.source.path).and_then(|r| r.strip_prefix("::")).unwrap_or(id);
    let own = judged.statement.id.as_str();
    own == wanted
        || own.strip_prefix(wanted).is_some_and(|r| r.strip_prefix('.').is_some_and(|k| k.parse::<u32>().is_ok()))
}

fn statement(document: &DocumentResult, judged: &Judged, lang: Lang) -> String {
    let (s, j) = (&judged.statement, &judged.judgement);
    let text = |key| Message::new(key).text(lang);
    let mut out = String::new();
    let mut put = |label: &str, value: &str| {
        out.push_str(&format!("  {}: {}\n", escape::terminal(label), escape::terminal(value)));
    };
    let source = crate::report::diagnostic::tidy(&document.source, s.span);
    put(&text("report-written"), document.source.slice(source));
    for (label, value) in evidence(judged, lang) {
        put(&label, &value);
    }
    if let Some(witness) = first_witness(j, lang) {
        put(&text("report-first-witness"), &witness);
    }
    if !j.steps.is_empty() {
        out.push_str(&format!("  {}:\n{}", text("report-derivation"), derivation::text(&j.steps, lang)));
    }
    let mut put = |label: &str, value: &str| {
        out.push_str(&format!("  {}: {}\n", escape::terminal(label), escape::terminal(value)));
    };
    for axiom in j.axioms() {
        put(&text("report-axiom"), &axiom);
    }
    for outcome in &j.checkers {
        let named = Message::new("report-checker").with("name", &outcome.name).text(lang);
        put(&text("report-second-witness"), &format!("{named} · {}", checker(outcome, lang)));
    }
    if j.checkers.is_empty() && j.verdict != Verdict::None {
        put(&text("report-second-witness"), &text("report-no-second"));
    }
    if let Some(suggestion) = &j.suggestion {
        put(&text("report-repair"), suggestion);
    }
    if let Some(expected) = &s.expected {
        put(&text("report-expected"), &with_line_of(word(expected.verdict, lang), expected.line, lang));
    }
    if document.source.path != NAME {
        let (id, path) = (escape::shell(&s.id), escape::shell(&document.source.path));
        put(&text("report-replay"), &format!("rederive explain {id} {path}"));
    }
    let head =
        format!("{} {} · {} · {}", mark(j.verdict), word(j.verdict, lang), s.id, place(&document.source, source));
    format!("{}\n{out}", escape::terminal(&head))
}

fn with_line_of(value: String, line: usize, lang: Lang) -> String {
    crate::report::diagnostic::with_line(&value, Some(line), lang)
}
