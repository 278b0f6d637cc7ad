//! reStructuredText: titles, comments, directives, and mathematics as `.. math::` and `` :math:`…` ``.

use super::View;
use super::canvas::Canvas;
use crate::read::document::Carrier;
use crate::source::{Source, Span};

/// Directives whose content is running text; that of all others is not read.
const TEXT_DIRECTIVES: [&str; 29] = [
    "admonition",
    "attention",
    "caution",
    "class",
    "compound",
    "container",
    "corollary",
    "danger",
    "definition",
    "epigraph",
    "error",
    "example",
    "exercise",
    "hint",
    "important",
    "lemma",
    "note",
    "pull-quote",
    "proof",
    "proposition",
    "remark",
    "rubric",
    "seealso",
    "sidebar",
    "solution",
    "theorem",
    "tip",
    "topic",
    "warning",
];

#[derive(Clone, Copy)]
struct Line {
    start: usize,
    /// The first byte that is no white space.
    content: usize,
    end: usize,
}

impl Line {
    fn indent(self) -> usize {
        self.content - self.start
    }

    fn is_blank(self) -> bool {
        self.content >= self.end
    }
}

struct Page<'a> {
    canvas: Canvas<'a>,
    lines: Vec<Line>,
    /// The styles of titles in the order in which they came: sign, and whether there is a line above.
    styles: Vec<(u8, bool)>,
    /// A label `.. _x:` that waits for what it names.
    target: Option<String>,
}

/// The formulas of reStructuredText and the rest as Markdown.
pub(super) fn view(source: Source) -> View {
    let base = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut page =
        Page { canvas: Canvas::new(&source.text), lines: lines(&source.text, base), styles: vec![], target: None };
    page.run();
    page.canvas.view(&source, String::new())
}

fn lines(text: &str, base: usize) -> Vec<Line> {
    let mut start = base;
    let all = text.get(base..).unwrap_or("").split_inclusive('\n');
    all.map(|whole| {
        let line = whole.trim_end();
        let content = start + (line.len() - line.trim_start().len());
        let found = Line { start, content, end: start + line.len() };
        start += whole.len();
        found
    })
    .collect()
}

/// The sign of a line that is nothing but one sign of punctuation, at least twice.
fn rule(line: &str) -> Option<u8> {
    let first = *line.as_bytes().first()?;
    (line.len() > 1 && first.is_ascii_punctuation() && line.bytes().all(|b| b == first)).then_some(first)
}

impl<'a> Page<'a> {
    fn line(&self, i: usize) -> Line {
        let end = self.canvas.text.len();
        self.lines.get(i).copied().unwrap_or(Line { start: end, content: end, end })
    }

    fn text(&self, i: usize) -> &'a str {
        let line = self.line(i);
        self.canvas.slice(line.content, line.end)
    }

    /// The first line at or behind `i` that is indented no deeper than `indent`.
    fn dedent(&self, i: usize, indent: usize) -> usize {
        let deeper = |l: &&Line| l.is_blank() || l.indent() > indent;
        let end = i + self.lines.get(i..).unwrap_or(&[]).iter().take_while(deeper).count();
        (i..end).rev().find(|&k| !self.line(k).is_blank()).map_or(i, |k| k + 1)
    }

    fn run(&mut self) {
        let mut i = 0;
        while i < self.lines.len() {
            let next = if self.line(i).is_blank() { i + 1 } else { self.block(i) };
            i = next.max(i + 1);
        }
    }

    /// Takes what begins at line `i`; gives the line behind it.
    fn block(&mut self, i: usize) -> usize {
        let (line, text) = (self.line(i), self.text(i));
        if let Some(behind) = self.title(i) {
            return behind;
        }
        if let Some(rest) = text.strip_prefix("..").filter(|r| r.is_empty() || r.starts_with([' ', '\t'])) {
            return self.explicit(i, rest.trim());
        }
        if rule(text).is_some() || text.starts_with(">>>") || is_table_rule(text) {
            self.canvas.blank(line.start, line.end);
            return i + 1;
        }
        let mut last = i;
        while !self.line(last + 1).is_blank()
            && !self.text(last + 1).starts_with(".. ")
            && self.title_at(last + 1).is_none()
        {
            last += 1;
        }
        self.words(i, last);
        if !self.text(last).ends_with("::") {
            return last + 1;
        }
        // A literal block.
        let behind = self.dedent(last + 1, self.line(last).indent());
        self.code(last + 1, behind, "");
        behind
    }

    fn code(&mut self, from: usize, behind: usize, language: &str) {
        let (start, end) = (self.line(from).start, self.line(behind.max(1) - 1).end);
        if behind > from && start < end {
            self.canvas.scan.code.push((Span::new(start, end), language.to_owned()));
            self.canvas.blank(start, end);
        }
    }

    /// Whether a title begins at line `i`: with a rule above it, and the sign of its rules.
    fn title_at(&self, i: usize) -> Option<(bool, u8)> {
        let fits = |title: usize, under: usize| {
            let sign = rule(self.text(under)).filter(|_| self.line(under).indent() == 0)?;
            let (width, length) = (self.text(title).chars().count(), self.text(under).len());
            let named = rule(self.text(title)).is_none() && !self.line(title).is_blank();
            (named && (length >= width || length >= 4)).then_some(sign)
        };
        if let Some(above) = rule(self.text(i)) {
            return fits(i + 1, i + 2).filter(|&sign| sign == above).map(|sign| (true, sign));
        }
        let alone = i == 0 || self.line(i - 1).is_blank() || rule(self.text(i - 1)).is_some();
        let alone = alone || self.canvas.slice(self.line(i - 1).content, self.line(i - 1).end).starts_with("..");
        fits(i, i + 1).filter(|_| alone && self.line(i).indent() == 0).map(|sign| (false, sign))
    }

    fn title(&mut self, i: usize) -> Option<usize> {
        let (above, sign) = self.title_at(i)?;
        let at = self.styles.iter().position(|s| *s == (sign, above)).unwrap_or_else(|| {
            self.styles.push((sign, above));
            self.styles.len() - 1
        });
        let title = if above { i + 1 } else { i };
        let (first, words, under) = (self.line(i), self.line(title), self.line(title + 1));
        if above {
            self.canvas.blank(first.start, first.end);
            self.canvas.blank(words.start, words.content);
        }
        self.canvas.put(under.start, &"=".repeat(under.end - under.start));
        let level = u8::try_from(at + 1).unwrap_or(6).min(6);
        self.canvas.scan.levels.insert(words.content, level);
        if let Some(name) = self.target.take() {
            self.canvas.scan.targets.push((name, words.content));
        }
        self.inline(words.content, words.end);
        Some(title + 2)
    }

    /// `.. something` at line `i`.
    fn explicit(&mut self, i: usize, what: &str) -> usize {
        let line = self.line(i);
        let behind = self.dedent(i + 1, line.indent());
        let end = self.line(behind - 1).end;
        if let Some(name) = what.strip_prefix('_').and_then(|n| n.strip_suffix(':')) {
            self.target = Some(name.trim_matches('`').to_owned());
            self.canvas.blank(line.start, line.end);
            return i + 1;
        }
        let Some((name, argument)) = what.split_once("::").filter(|(n, _)| is_directive_name(n)) else {
            let words = Span::new((line.content + 2).min(end), end);
            self.canvas.annotation(Span::new(line.content, end), words);
            self.canvas.blank(line.start, end);
            return behind;
        };
        let plain = name.rsplit(':').next().unwrap_or(name);
        if plain == "math" {
            self.math(i, behind, argument);
        } else if TEXT_DIRECTIVES.contains(&plain) {
            self.canvas.blank(line.start, line.end - argument.trim().len());
            let at = line.end - argument.trim().len();
            self.inline(at, line.end);
            let (_, _, first) = self.options(i + 1, behind);
            (i + 1..first).for_each(|k| self.canvas.blank(self.line(k).start, self.line(k).end));
            return first;
        } else if matches!(plain, "code" | "code-block" | "sourcecode" | "parsed-literal") {
            self.code(i, behind, argument.trim());
        } else {
            self.canvas.blank(line.start, end);
        }
        self.target = None;
        behind
    }

    /// The option lines from line `from` on: the name that they give, whether the content is one formula, and
    /// the line behind them.
    fn options(&mut self, from: usize, behind: usize) -> (Option<String>, bool, usize) {
        let (mut name, mut whole, mut i) = (None, false, from);
        while i < behind {
            let Some((key, value)) = self.text(i).strip_prefix(':').and_then(|l| l.split_once(':')) else { break };
            match key {
                "label" | "name" => name = Some(value.trim().to_owned()).filter(|n| !n.is_empty()),
                "nowrap" | "no-wrap" => whole = true,
                _ if !key.chars().all(|c| c.is_ascii_alphabetic() || c == '-') => break,
                _ => {}
            }
            i += 1;
        }
        (name, whole, i)
    }

    /// `.. math::`: a display for each part between blank lines.
    fn math(&mut self, i: usize, behind: usize, argument: &str) {
        let line = self.line(i);
        let (name, whole, first) = self.options(i + 1, behind);
        let mut name = name.or_else(|| self.target.take());
        let mut parts: Vec<(usize, usize)> = vec![];
        let mut open = false;
        if !argument.trim().is_empty() {
            parts.push((line.end - argument.trim().len(), line.end));
            open = true;
        }
        for k in first..behind {
            let l = self.line(k);
            match parts.last_mut() {
                _ if l.is_blank() => open = whole && !parts.is_empty(),
                Some(part) if open => part.1 = l.end,
                _ => {
                    parts.push((l.content, l.end));
                    open = true;
                }
            }
        }
        let mut from = line.start;
        for (start, end) in parts {
            let inner = Span::new(start, end);
            self.canvas.formula(Span::new(from, end), inner, true, Carrier::RstDirective, name.take());
            from = self.canvas.line_end(end);
            // The next one begins with its line.
            from += self.canvas.rest(from).len() - self.canvas.rest(from).trim_start_matches(['\n', '\r']).len();
        }
        if from == line.start {
            self.canvas.blank(line.start, self.line(first.max(i + 1) - 1).end);
        }
    }

    /// A paragraph: lines `first` to `last`.
    fn words(&mut self, first: usize, last: usize) {
        for k in first..=last {
            let l = self.line(k);
            let item = l.indent() < 4 && self.canvas.slice(l.content, l.end).starts_with(['-', '*', '+', '#']);
            if !item {
                self.canvas.hide(l.start, l.content);
            }
        }
        self.inline(self.line(first).content, self.line(last).end);
    }

    /// The roles and literals in a range.
    fn inline(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let rest = self.canvas.slice(at, end);
            if let Some(inside) = rest.strip_prefix(":math:`") {
                let inner = at + ":math:`".len();
                let Some(length) = inside.find('`').filter(|n| *n > 0) else {
                    at = inner;
                    continue;
                };
                let close = inner + length;
                if self.canvas.slice(at, close).contains('\n') {
                    self.overwrite(at, close + 1);
                }
                let span = Span::new(at, close + 1);
                self.canvas.formula(span, Span::new(inner, close), false, Carrier::RstRole, None);
                at = close + 1;
            } else if rest.starts_with("``") {
                at += 2 + rest.get(2..).and_then(|r| r.find("``")).map_or(0, |n| n + 2);
            } else if rest.starts_with("\\ ") {
                self.canvas.hide(at, at + 2);
                at += 2;
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
    }

    /// Takes back the indents that lie in a formula of more than one line.
    fn overwrite(&mut self, start: usize, end: usize) {
        self.canvas.scan.regions.retain(|r| r.span.start < start || r.span.end > end);
    }
}

fn is_directive_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+'))
}

/// The rules of tables: `+---+---+`, `==== ====`.
fn is_table_rule(line: &str) -> bool {
    line.len() > 3 && (line.bytes().all(|b| b"+-=".contains(&b)) || line.bytes().all(|b| b"= ".contains(&b)))
}
