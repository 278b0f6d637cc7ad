//! Diagnostics for a terminal: `full` with the source line underlined, `concise` with a line each.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::claim::Verdict;
use crate::diag::Severity;
use crate::message::{Lang, Message};
use crate::report::Run;
use crate::report::catalogue::{self, word};
use crate::report::diagnostic::{Problem, problems};
use crate::report::escape;
use crate::report::reading::reading;
use crate::report::summary::summary;
use crate::source::{Source, Span};
use crate::verdict::DocumentResult;

/// More lines than this of one problem are not shown.
const SHOWN_LINES: usize = 12;

/// Every problem on a screen of its own, then the summary.
pub fn full(run: &Run) -> String {
    let mut out = String::new();
    for document in run.documents {
        out.push_str(&screens(run, document, &|_| true));
        out.push_str(&quiet(run, document));
    }
    out.push_str(&summary(run));
    out.push('\n');
    out
}

/// The problems of a document that are wanted, on a screen of its own each.
pub fn screens(run: &Run, document: &DocumentResult, wanted: &dyn Fn(&Problem) -> bool) -> String {
    let renderer = if run.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(run.width.max(40)).decor_style(DecorStyle::Ascii);
    let problems = problems(document, run.lang);
    let shown = problems.iter().filter(|p| wanted(p));
    shown.map(|p| renderer.render(&screen(run, &document.source, p)) + "\n\n").collect()
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.with_name(catalogue::severity(severity, lang))
}

fn screen<'a>(run: &Run, source: &'a Source, problem: &Problem) -> Vec<Group<'a>> {
    let title = level(problem.severity, run.lang).primary_title(escape::terminal(&problem.title)).id(problem.code);
    if problem.severity == Severity::Note {
        let place = Origin::path(escape::terminal(&path(source, problem.span)))
            .line(source.line(problem.span.start))
            .char_column(source.column(problem.span.start));
        return vec![title.element(place)];
    }
    let window = Window::around(source, problem.span);
    let mut elements: Vec<Element<'a>> = vec![
        Snippet::source(window.text.clone())
            .path(escape::terminal(&path(source, problem.span)))
            .line_start(window.line)
            .annotation(AnnotationKind::Primary.span(window.inside(problem.span)))
            .into(),
    ];
    elements.extend(
        problem
            .notes
            .iter()
            .map(|(label, text)| Level::NOTE.with_name(escape::terminal(label)).message(escape::terminal(text)).into()),
    );
    let mut groups = vec![];
    let explain = problem.statement.as_ref().map(|id| explain_hint(run, source, id));
    let help = |text: &str| {
        let word = Message::new("report-help").text(run.lang);
        Level::HELP.with_name(word).secondary_title(escape::terminal(text))
    };
    match (&problem.help, &problem.edit) {
        (text, Some((span, new))) => {
            groups.push(title.elements(elements));
            let window = Window::around(source, *span).narrowed(*span);
            let text = text.clone().unwrap_or_else(|| Message::new("report-help-edit").text(run.lang));
            let patch = Snippet::source(window.text.clone())
                .path(escape::terminal(&source.path))
                .line_start(window.line)
                .patch(Patch::new(window.inside(*span), escape::terminal(new)));
            groups.push(help(&text).element(patch).elements(explain));
        }
        (text, None) => {
            elements.extend(explain.map(Element::from));
            groups.push(title.elements(elements));
            groups.extend(text.iter().map(|t| Group::with_title(help(t))));
        }
    }
    groups
}

fn explain_hint(run: &Run, source: &Source, id: &str) -> annotate_snippets::Message<'static> {
    let command = format!("rederive explain {} {}", escape::shell(id), escape::shell(&source.path));
    let text = Message::new("report-explain-hint").with("command", command).text(run.lang);
    Level::NOTE.no_name().message(escape::terminal(&text))
}

/// A line longer than this is cut to what changes, and so much before and behind it, in characters.
const LONG: usize = 100;
const CONTEXT: usize = 24;

/// Of a line longer than this nothing further away from the place is looked at, in bytes.
const FAR: usize = 4_000;

/// The lines of a text that a span touches, at most [`SHOWN_LINES`].
struct Window<'a> {
    text: Cow<'a, str>,
    line: usize,
    /// Where the text begins in the source; what was put before it is left of that.
    start: usize,
    lead: usize,
}

impl<'a> Window<'a> {
    /// The same with a long line cut to the surroundings of what changes, between ellipses.
    fn narrowed(self, span: Span) -> Window<'a> {
        let inside = self.inside(span);
        if self.text.contains('\n') || self.text.chars().count() <= LONG {
            return self;
        }
        let places = || self.text.char_indices().map(|(i, _)| i);
        let from = places().filter(|i| *i <= inside.start).rev().nth(CONTEXT).unwrap_or(0);
        let to = places().filter(|i| *i >= inside.end).nth(CONTEXT).unwrap_or(self.text.len());
        let mark = |cut: bool| if cut { "…" } else { "" };
        let (before, after) = (mark(from > 0), mark(to < self.text.len()));
        let text = format!("{before}{}{after}", self.text.get(from..to).unwrap_or(""));
        Window { text: text.into(), line: self.line, start: self.start + from, lead: before.len() }
    }

    fn around(source: &'a Source, span: Span) -> Window<'a> {
        let text = source.text.as_str();
        let first = text.floor_char_boundary(span.start.saturating_sub(FAR));
        let start = text.get(first..span.start).and_then(|t| t.rfind('\n')).map_or(first, |i| first + i + 1);
        let last = span.end.min(span.start + FAR).max(span.start + 1) - 1;
        let furthest = text.floor_char_boundary(last.saturating_add(FAR));
        let end = text.get(last..furthest).and_then(|t| t.find('\n')).map_or(furthest, |i| last + i);
        let shown = text.get(start..end).unwrap_or("");
        let cut = shown.match_indices('\n').nth(SHOWN_LINES - 1).map_or(shown.len(), |(i, _)| i);
        Window { text: shown.get(..cut).unwrap_or("").into(), line: source.line(start), start, lead: 0 }
    }

    fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let place = |at: usize| (at.saturating_sub(self.start) + self.lead).min(self.text.len());
        place(span.start)..place(span.end)
    }
}

/// The path, in a notebook with the cell: `a.ipynb:cell 3`.
pub fn path(source: &Source, span: Span) -> String {
    match source.cell(span.start) {
        Some(cell) => format!("{}:cell {cell}", source.path),
        None => source.path.clone(),
    }
}

/// `path:line:column`.
pub fn place(source: &Source, span: Span) -> String {
    format!("{}:{}:{}", path(source, span), source.line(span.start), source.column(span.start))
}

/// Every problem on a line of its own, then the summary.
pub fn concise(run: &Run) -> String {
    let mut out = String::new();
    for document in run.documents {
        for problem in problems(document, run.lang) {
            let mut line = format!("{}: {}: {}", place(&document.source, problem.span), problem.code, problem.title);
            if let Some(judged) =
                document.statements.iter().find(|j| Some(&j.statement.id) == problem.statement.as_ref())
                && let Some(c) = &judged.judgement.counterexample
            {
                let at = crate::report::diagnostic::point(&c.at, run.lang);
                let sides = Message::new("report-both-sides").with("left", &c.left).with("right", &c.right);
                line.push_str(&format!("; {at}: {}", sides.text(run.lang)));
            }
            out.push_str(&escape::terminal(&line));
            out.push('\n');
        }
        out.push_str(&quiet(run, document));
    }
    out.push_str(&summary(run));
    out.push('\n');
    out
}

/// With `verbose`, a line for each statement that is undecided or unread.
fn quiet(run: &Run, document: &DocumentResult) -> String {
    if !run.verbose {
        return String::new();
    }
    let lines = document
        .statements
        .iter()
        .filter(|j| matches!(j.judgement.verdict, Verdict::Undecided | Verdict::Unread) && !j.is_unexpected());
    lines
        .map(|j| {
            let reason = j.judgement.reason.as_ref().map(|r| r.text(run.lang)).unwrap_or_default();
            let read = reading(&j.statement.read, run.lang);
            let what = if read.is_empty() { &j.statement.latex } else { &read };
            let line = format!(
                "{}: {}: {what} – {reason}",
                place(&document.source, j.statement.span),
                word(j.judgement.verdict, run.lang)
            );
            escape::terminal(&line) + "\n"
        })
        .collect()
}
