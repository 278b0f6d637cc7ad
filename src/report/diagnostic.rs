//! What there is to complain about in a document, refutations, unmet expectations and findings alike, in one shape.

use crate::claim::Verdict;
use crate::diag::{Diagnostic, Severity};
use crate::edit::difference::difference;
use crate::message::{Lang, Message};
use crate::report::expectation::{Unmet, is_expected, unmet};
use crate::report::reading::reading;
use crate::source::{Source, Span};
use crate::verdict::{DocumentResult, Judged};

/// A complaint with all its words.
#[derive(Clone, Debug)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// The code shown in brackets.
    pub code: &'static str,
    /// What is wrong.
    pub title: String,
    /// Where, on character borders and without white space at its ends.
    pub span: Span,
    /// Further lines: a label (`read as`) and a text.
    pub notes: Vec<(String, String)>,
    /// What to do.
    pub help: Option<String>,
    /// A change that does it.
    pub edit: Option<(Span, String)>,
    /// The statement it is about.
    pub statement: Option<String>,
}

/// The complaints about a document in the order of the text, errors first where several begin at one place. What the
/// author expects is none.
pub fn problems(document: &DocumentResult, lang: Lang) -> Vec<Problem> {
    let refuted = document
        .statements
        .iter()
        .filter(|j| j.statement.expected.is_none() && j.is_unexpected())
        .map(|j| refutation(document, j, lang));
    let unmet = unmet(document).into_iter().map(|u| expectation(document, u, lang));
    let findings = document.findings.iter().filter(|f| !is_expected(document, f)).map(|f| finding(document, f, lang));
    let mut all: Vec<Problem> = refuted.chain(unmet).chain(findings).collect();
    all.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.severity), p.span.end));
    all
}

fn text(key: &'static str, lang: Lang) -> String {
    Message::new(key).text(lang)
}

fn refutation(document: &DocumentResult, judged: &Judged, lang: Lang) -> Problem {
    let statement = &judged.statement;
    let edit = judged.judgement.suggestion.as_ref().and_then(|new| repaired(&document.source, statement.span, new));
    let changed = edit.as_ref().map(|(span, _)| *span).filter(|span| !span.range().is_empty());
    let span = match (judged.judgement.part, changed) {
        (None, Some(changed)) => changed,
        _ => tidy(&document.source, judged.place()),
    };
    let help = edit.as_ref().map(|_| text("report-help-repair", lang));
    Problem {
        severity: Severity::Error,
        code: "refuted",
        title: title(document, judged, lang),
        span,
        notes: evidence(judged, lang),
        help,
        edit,
        statement: Some(statement.id.clone()),
    }
}

/// The smallest change of the notes that turns the statement at `span` into `new`.
pub fn repaired(source: &Source, span: Span, new: &str) -> Option<(Span, String)> {
    let whole = tidy(source, span);
    let d = difference(source.slice(whole), new.trim())?;
    Some((Span::new(whole.start + d.old.start, whole.start + d.old.end), d.new))
}

/// What a lecturer would say: whether it is one line of an otherwise sound derivation, or stands alone.
fn title(document: &DocumentResult, judged: &Judged, lang: Lang) -> String {
    let link = judged.statement.link;
    let chain: Vec<&Judged> = document.statements.iter().filter(|j| j.statement.link.chain == link.chain).collect();
    let others_agree = chain
        .iter()
        .filter(|j| j.statement.id != judged.statement.id)
        .all(|j| matches!(j.judgement.verdict, Verdict::Proved | Verdict::None));
    match (chain.len(), others_agree) {
        (0 | 1, _) => text("report-refuted-alone", lang),
        (n, true) => Message::new("report-refuted-odd").with("step", link.step).with("steps", n).text(lang),
        (n, false) => Message::new("report-refuted-step").with("step", link.step).with("steps", n).text(lang),
    }
}

/// The lines under the source line: how it was read, what was used, the counterexample, what else is known.
pub fn evidence(judged: &Judged, lang: Lang) -> Vec<(String, String)> {
    let (statement, judgement) = (&judged.statement, &judged.judgement);
    let mut notes = vec![];
    if !statement.read.is_empty() {
        notes.push((text("report-read-as", lang), reading(&statement.read, lang)));
    }
    for given in &judgement.used {
        notes.push((text("report-given", lang), with_line(&reading(&given.text, lang), given.line, lang)));
    }
    if let Some(c) = &judgement.counterexample {
        let values = Message::new("report-both-sides").with("left", &c.left).with("right", &c.right).text(lang);
        notes.push((point(&c.at, lang), values));
    }
    notes.extend(judgement.notes.iter().map(|n| (text("report-note", lang), n.text(lang))));
    if let Some(reason) = &judgement.reason {
        notes.push((text("report-because", lang), reason.text(lang)));
    }
    notes.extend(judgement.conditions.iter().map(|c| (text("report-provided", lang), reading(c, lang))));
    notes
}

/// `at s = (0, 0, 0), x = 1`.
pub fn point(at: &[(String, String)], lang: Lang) -> String {
    if at.is_empty() {
        return text("report-everywhere", lang);
    }
    let values = at.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ");
    Message::new("report-at").with("point", values).text(lang)
}

/// A given with the line it comes from.
pub fn with_line(given: &str, line: Option<usize>, lang: Lang) -> String {
    match line {
        Some(n) => format!("{given}   ({})", Message::new("report-line").with("line", n).text(lang)),
        None => given.to_owned(),
    }
}

fn expectation(document: &DocumentResult, unmet: Unmet, lang: Lang) -> Problem {
    let word = |verdict| crate::report::catalogue::word(verdict, lang);
    let (title, span, notes, statement) = match unmet {
        Unmet::Verdict { judged, expected } => (
            Message::new("report-unmet-verdict")
                .with("expected", word(expected))
                .with("found", word(judged.judgement.verdict))
                .text(lang),
            judged.statement.span,
            evidence(judged, lang),
            Some(judged.statement.id.clone()),
        ),
        Unmet::Finding { code, line } => (
            Message::new("report-unmet-finding").with("code", code).text(lang),
            line_span(&document.source, line),
            vec![],
            None,
        ),
    };
    let span = tidy(&document.source, span);
    Problem {
        severity: Severity::Error,
        code: "unmet-expectation",
        title,
        span,
        notes,
        help: None,
        edit: None,
        statement,
    }
}

fn finding(document: &DocumentResult, found: &Diagnostic, lang: Lang) -> Problem {
    Problem {
        severity: found.severity,
        code: found.code.name,
        title: found.message.text(lang),
        span: tidy(&document.source, found.span),
        notes: found.notes.iter().map(|n| (text("report-note", lang), n.text(lang))).collect(),
        help: found.help.as_ref().map(|h| h.text(lang)),
        edit: found.edit.as_ref().map(|e| (on_borders(&document.source, e.span), e.replacement.clone())),
        statement: found.statement.clone(),
    }
}

fn line_span(source: &Source, line: usize) -> Span {
    let slice = source.line_text(line);
    let start = (slice.as_ptr() as usize).saturating_sub(source.text.as_ptr() as usize);
    Span::new(start, start + slice.len())
}

/// The span on character borders and within the text.
fn on_borders(source: &Source, span: Span) -> Span {
    let text = &source.text;
    let start = text.floor_char_boundary(span.start.min(text.len()));
    Span::new(start, text.ceil_char_boundary(span.end.min(text.len()).max(start)))
}

/// The span on character borders without the white space and the `\\` at its ends.
pub fn tidy(source: &Source, span: Span) -> Span {
    let span = on_borders(source, span);
    let slice = source.slice(span);
    let core = slice.trim_end();
    let core = core.strip_suffix("\\\\").unwrap_or(core).trim_end();
    let lead = core.len() - core.trim_start().len();
    if core.trim_start().is_empty() {
        return span;
    }
    Span::new(span.start + lead, span.start + core.len())
}
