//! Marking up a text as Markdown without moving a byte: what is no words is hidden or blanked, single signs are changed.

use super::View;
use crate::read::document::{Carrier, Directive};
use crate::read::region::{FoundFormula, Region, RegionKind};
use crate::read::scan::Scan;
use crate::read::{ReadProblem, ReadProblemKind};
use crate::source::{Extract, Source, Span};

/// A text that is being marked up.
pub(super) struct Canvas<'a> {
    pub text: &'a str,
    markdown: Vec<u8>,
    pub scan: Scan,
}

impl<'a> Canvas<'a> {
    pub fn new(text: &'a str) -> Canvas<'a> {
        Canvas { text, markdown: text.as_bytes().to_vec(), scan: Scan::default() }
    }

    /// The text of a range; empty if it is none.
    pub fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The text from `at` on.
    pub fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or("")
    }

    /// Where the line that holds `at` ends, the line feed not counted.
    pub fn line_end(&self, at: usize) -> usize {
        self.rest(at).find('\n').map_or(self.text.len(), |i| at + i)
    }

    /// What stands on the line before `at`.
    pub fn line_before(&self, at: usize) -> &'a str {
        let before = self.slice(0, at);
        before.get(before.rfind('\n').map_or(0, |i| i + 1)..).unwrap_or("")
    }

    fn region(&mut self, start: usize, end: usize, kind: RegionKind) {
        if start < end && end <= self.text.len() {
            self.scan.regions.push(Region { span: Span::new(start, end), kind });
        }
    }

    /// No words: the words before and behind it go on.
    pub fn hide(&mut self, start: usize, end: usize) {
        self.region(start, end, RegionKind::Hidden);
    }

    /// No words: on a line of its own it ends the paragraph.
    pub fn blank(&mut self, start: usize, end: usize) {
        self.region(start, end, RegionKind::Blank);
    }

    /// Puts ASCII in the place of ASCII.
    pub fn put(&mut self, at: usize, new: &str) {
        let old = self.markdown.get_mut(at..at + new.len());
        if let Some(old) = old.filter(|old| old.is_ascii() && new.is_ascii()) {
            old.copy_from_slice(new.as_bytes());
        }
    }

    pub fn problem(&mut self, kind: ReadProblemKind, start: usize, end: usize) {
        self.scan.problems.push(ReadProblem { kind, span: Span::new(start, end) });
    }

    /// A formula with its delimiters at `span`, its TeX at `inner`.
    pub fn formula(&mut self, span: Span, inner: Span, display: bool, carrier: Carrier, label: Option<String>) {
        let env = (carrier == Carrier::Environment)
            .then(|| crate::read::find::environment(self.rest(inner.start), "\\begin").map(|(n, _)| n.to_owned()))
            .flatten();
        let label = label.or_else(|| crate::read::label::inside(self.slice(inner.start, inner.end)).map(str::to_owned));
        let found = FoundFormula { inner, display, carrier, label, env };
        if self.slice(inner.start, inner.end).trim().is_empty() {
            self.hide(span.start, span.end);
        } else {
            self.region(span.start, span.end, RegionKind::Formula(found));
        }
    }

    /// An annotation if the comment at `span`, of which `inside` is the text, is one.
    pub fn annotation(&mut self, span: Span, inside: Span) -> bool {
        let words = self.slice(inside.start, inside.end);
        let Some(rest) = words.trim_start().strip_prefix("rederive") else { return false };
        if rest.starts_with(|c: char| !c.is_whitespace() && c != ':') {
            return false;
        }
        let rest = rest.trim_start_matches(':');
        let start = inside.end - rest.len() + (rest.len() - rest.trim_start().len());
        let Extract { text, runs } = Extract::verbatim(rest.trim(), start);
        let line = self.slice(0, span.start).matches('\n').count() + 1;
        self.scan.directives.push(Directive { text, runs, span, line, section: 0 });
        true
    }

    pub fn view(self, source: &Source, macros: String) -> View {
        // Only ASCII was put in the place of ASCII, so this cannot fail.
        let markdown = String::from_utf8(self.markdown).unwrap_or_default();
        View { source: source.clone(), markdown: Some(markdown), scan: self.scan, macros }
    }
}
