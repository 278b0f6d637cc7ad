//! The first pass: finds mathematics, code, comments and front matter in the raw text, before Markdown can tear them.

use std::collections::BTreeMap;

use crate::source::Span;

use super::document::{Directive, ReadProblem, ReadProblemKind};
use super::fence;
use super::find::{self, Finder};
use super::lines::{Line, Lines};
use super::region::{Region, RegionKind};

/// What the scan found, each list in document order.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Disjoint.
    pub regions: Vec<Region>,
    /// Sections not yet known.
    pub directives: Vec<Directive>,
    /// Fenced code with its language.
    pub code: Vec<(Span, String)>,
    /// MyST targets that stand over headings: the name and where its line ends.
    pub targets: Vec<(String, usize)>,
    /// The ranks of headings whose Markdown does not say them, by where the heading begins.
    pub levels: BTreeMap<usize, u8>,
    /// The front matter.
    pub front: Option<Span>,
    pub problems: Vec<ReadProblem>,
}

impl Scan {
    /// Takes in the scan of a part of the text that begins at byte `by` and after `lines` lines.
    pub fn append(&mut self, part: Scan, by: usize, lines: usize) {
        let moved = |s: Span| Span::new(s.start + by, s.end + by);
        self.regions.extend(part.regions.into_iter().map(|mut r| {
            if let RegionKind::Formula(f) = &mut r.kind {
                f.inner = moved(f.inner);
            }
            Region { span: moved(r.span), ..r }
        }));
        self.directives.extend(part.directives.into_iter().map(|d| Directive {
            runs: d.runs.iter().map(|&(text, source)| (text, source + by)).collect(),
            span: moved(d.span),
            line: d.line + lines,
            ..d
        }));
        self.code.extend(part.code.into_iter().map(|(span, language)| (moved(span), language)));
        self.targets.extend(part.targets.into_iter().map(|(name, at)| (name, at + by)));
        self.levels.extend(part.levels.into_iter().map(|(at, level)| (at + by, level)));
        self.problems.extend(part.problems.into_iter().map(|p| ReadProblem { span: moved(p.span), ..p }));
    }
}

/// The searches for closing delimiters.
pub(super) struct Finders {
    pub dollars: Finder,
    pub bracket: Finder,
    pub bracket_open: Finder,
    pub bracket_2: Finder,
    pub parenthesis: Finder,
    pub parenthesis_open: Finder,
    pub parenthesis_2: Finder,
    pub backtick_dollar: Finder,
    pub comment: Finder,
    pub tags: BTreeMap<&'static str, Finder>,
}

/// HTML elements whose content is neither Markdown nor mathematics.
const RAW_TAGS: [(&str, &str); 6] = [
    ("script", "</script"),
    ("style", "</style"),
    ("pre", "</pre"),
    ("code", "</code"),
    ("textarea", "</textarea"),
    ("svg", "</svg"),
];

pub(super) struct Scanner<'a> {
    pub text: &'a str,
    pub bytes: &'a [u8],
    pub lines: Lines,
    pub at: usize,
    /// The index of the line that holds `at`.
    pub line: usize,
    pub found: Scan,
    pub finders: Finders,
    pub environments: BTreeMap<usize, Span>,
    pub backticks: BTreeMap<usize, (usize, Option<usize>)>,
    /// Where the comments in a row that were met last end, and whether they have their lines for themselves.
    pub comments: (usize, bool),
    /// Up to where no closing tag of Liquid of this name was found.
    pub tags: BTreeMap<&'static str, usize>,
    /// Open MyST directives whose content is Markdown.
    directives: Vec<(u8, u32)>,
    /// A MyST target `(x)=` that waits for what it names.
    target: Option<(String, usize)>,
}

/// Scans the text from byte `start` on; linear.
pub(super) fn scan(text: &str, start: usize) -> Scan {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        lines: Lines::new(text, start),
        at: start,
        line: 0,
        found: Scan::default(),
        finders: Finders {
            dollars: Finder::new("$$", true),
            bracket: Finder::new("\\]", true),
            bracket_open: Finder::new("\\[", true),
            bracket_2: Finder::new("\\\\]", false),
            parenthesis: Finder::new("\\)", true),
            parenthesis_open: Finder::new("\\(", true),
            parenthesis_2: Finder::new("\\\\)", false),
            backtick_dollar: Finder::new("`$", false),
            comment: Finder::new("-->", false),
            tags: RAW_TAGS.iter().map(|&(name, end)| (name, Finder::new(end, false))).collect(),
        },
        environments: find::environments(text),
        backticks: find::backticks(text),
        comments: (0, false),
        tags: BTreeMap::new(),
        directives: Vec::new(),
        target: None,
    };
    scanner.run();
    scanner.found
}

impl Scanner<'_> {
    fn run(&mut self) {
        if let Some(span) = fence::front_matter(self.text, &self.lines, self.at) {
            self.push(span, RegionKind::Blank);
            self.found.front = Some(span);
            self.at = span.end;
        }
        let mut inspected = None;
        while self.at < self.bytes.len() {
            self.advance_line();
            let Some(line) = self.lines.get(self.line).copied() else { break };
            if self.at <= line.content as usize && inspected != Some(self.line) {
                inspected = Some(self.line);
                self.at = line.content as usize;
                if self.block_start(&line) {
                    continue;
                }
            }
            self.inline(&line);
        }
        self.found.regions.sort_by_key(|r| r.span);
    }

    fn advance_line(&mut self) {
        while self.lines.get(self.line).is_some_and(|l| l.next as usize <= self.at) {
            self.line += 1;
        }
    }

    /// Takes one construct or one character.
    fn inline(&mut self, line: &Line) {
        match self.bytes.get(self.at) {
            Some(b'\\') => self.backslash(line),
            Some(b'$') => self.dollar(line),
            Some(b'`') => self.backtick(line),
            Some(b'<') => self.angle(line),
            Some(b'{') if self.rest().starts_with("{math}`") => self.role(line),
            Some(b'{') if self.rest().starts_with("{%") => self.liquid(line),
            Some(b']') if self.rest().starts_with("](") => self.link(line),
            Some(b'%') if self.rest().starts_with("%%") => self.percent(line),
            Some(b'\n') => self.at += 1,
            _ => {
                let plain = |b: &u8| !matches!(b, b'\\' | b'$' | b'`' | b'<' | b'{' | b']' | b'%' | b'\n');
                let from = self.bytes.get(self.at + 1..).unwrap_or(&[]);
                self.at += 1 + from.iter().take_while(|b| plain(b)).count();
            }
        }
    }

    /// The text from `at` on.
    pub fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The text of a range; empty if it is none.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    pub fn push(&mut self, span: Span, kind: RegionKind) {
        if span.start < span.end {
            self.found.regions.push(Region { span, kind });
        }
    }

    pub fn problem(&mut self, kind: ReadProblemKind, start: usize, end: usize) {
        self.found.problems.push(ReadProblem { kind, span: Span::new(start, end) });
    }

    /// The name waiting for a display; forgotten if something else came in between.
    pub fn take_target(&mut self) -> Option<String> {
        let (name, end) = self.target.take()?;
        if self.slice(end, self.at).chars().all(|c| c.is_whitespace() || matches!(c, '>' | '`' | ':' | '~')) {
            return Some(name);
        }
        None
    }

    /// What only the beginning of a line can hold. Says whether it took something.
    fn block_start(&mut self, line: &Line) -> bool {
        if line.heading
            && let Some((name, _)) = self.target.take()
        {
            self.found.targets.push((name, line.content as usize));
        }
        if let Some(name) = super::label::target(self.slice(line.content as usize, line.end as usize)) {
            self.target = Some((name.to_owned(), line.end as usize));
            self.push(Span::new(line.content as usize, line.end as usize), RegionKind::Blank);
            self.at = line.end as usize;
            return true;
        }
        match line.fence {
            Some(f) => self.fence(line, f),
            None => false,
        }
    }

    fn fence(&mut self, line: &Line, f: super::lines::Fence) -> bool {
        let (start, end) = (line.content as usize, line.end as usize);
        let info_at = start + f.length as usize;
        let info = self.slice(info_at, end).to_owned();
        if info.trim().is_empty()
            && let Some(depth) = self.directives.iter().rposition(|d| d.0 == f.mark && f.length >= d.1)
        {
            self.directives.truncate(depth);
            self.push(Span::new(start, end), RegionKind::Blank);
            self.at = end;
            return true;
        }
        match fence::opens(f.mark, &info) {
            fence::Opens::Markdown => {
                let body = Span::new(line.next as usize, self.text.len());
                let (_, after) = if info.trim_start().starts_with('{') {
                    super::label::options(self.text, body)
                } else {
                    (None, body.start)
                };
                if !info.trim().is_empty() {
                    self.directives.push((f.mark, f.length));
                }
                self.push(Span::new(start, after.max(end)), RegionKind::Blank);
                self.at = after.max(end);
            }
            fence::Opens::Code(language) => {
                let close = fence::close(self.text, &self.lines, self.line, f);
                if !close.closed {
                    self.problem(ReadProblemKind::UnclosedFence, start, end);
                }
                let span = Span::new(start, close.end.max(end));
                self.found.code.push((span, language));
                self.push(span, RegionKind::Blank);
                self.at = span.end;
            }
            kind => self.math_fence(line, f, kind == fence::Opens::MystMath, &info),
        }
        true
    }

    /// `<`: a comment, a tag, or nothing.
    fn angle(&mut self, line: &Line) {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            return self.comment(line);
        }
        let name_length = rest.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
        let name = rest.get(1..1 + name_length).unwrap_or("").to_ascii_lowercase();
        let Some(length) = tag_length(rest, line.inline_end as usize - self.at.min(line.inline_end as usize)) else {
            self.at += 1;
            return;
        };
        let behind = self.at + length;
        let self_closing = self.slice(self.at, behind).ends_with("/>");
        let end = match self.finders.tags.get_mut(name.as_str()) {
            Some(f) if !self_closing => f.next(self.text, behind),
            _ => None,
        };
        self.at = end.unwrap_or(behind);
    }

    /// `](`: skips the target of a link, where `$` is part of an address.
    fn link(&mut self, line: &Line) {
        const LONGEST: usize = 2000;
        let from = self.at + 2;
        let limit = (line.end as usize).min(from + LONGEST);
        let target = self.bytes.get(from..limit).unwrap_or(&[]);
        let mut depth = 0_usize;
        for (i, b) in target.iter().enumerate() {
            match b {
                b' ' | b'\t' | b'\\' | b'<' => break,
                b'$' if i == 0 => break,
                b'(' if depth > 32 => break,
                b'(' => depth += 1,
                b')' if depth == 0 => {
                    self.at = from + i;
                    return;
                }
                b')' => depth -= 1,
                _ => {}
            }
        }
        self.at += 1;
    }
}

/// The length of the HTML tag (or automatic link) at the start of `text`, at most `limit` bytes. Text such as `a <b and
/// c> d` is none: outside quotes a tag holds no `$`, backslash or further `<`.
fn tag_length(text: &str, limit: usize) -> Option<usize> {
    const LONGEST: usize = 2000;
    let bytes = text.as_bytes();
    let first = bytes.get(1).filter(|b| b.is_ascii_alphabetic() || **b == b'/')?;
    let mut quote = None;
    let mut attributes = *first == b'/';
    for (i, &b) in bytes.iter().enumerate().take(limit.min(LONGEST)).skip(1) {
        match (quote, b) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => {
                quote = Some(b);
                attributes = true;
            }
            (None, b'=' | b':' | b'@') => attributes = true,
            (None, b'<' | b'$' | b'\\' | b'`') => return None,
            (None, b'>') => {
                let inner = text.get(1..i).unwrap_or("").trim_end_matches('/');
                let plain = inner.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                return (attributes || plain || !inner.contains(' ')).then_some(i + 1);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_relations() {
        assert_eq!(tag_length("<b>", 99), Some(3));
        assert_eq!(tag_length("<a href=\"$x$\">", 99), Some(14));
        assert_eq!(tag_length("<https://a.b/c>", 99), Some(15));
        assert_eq!(tag_length("<b and $x>", 99), None);
        assert_eq!(tag_length("<b and c> d", 99), None);
        assert_eq!(tag_length("< b>", 99), None);
    }
}
