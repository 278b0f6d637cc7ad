//! The delimiters of mathematics in running text.

use crate::source::Span;

use super::document::{Carrier, ReadProblemKind};
use super::fence;
use super::find;
use super::label;
use super::likeness::{Neighbours, is_clearly_tex, is_inline_formula, reads_like_words, text_group};
use super::lines::{Fence, Line};
use super::region::{FoundFormula, RegionKind};
use super::scan::Scanner;

/// How far a display may reach over blank lines, in bytes.
const ACROSS_BLANK: usize = 8192;

/// A pair of delimiters of which the opening one was met.
struct Pair {
    carrier: Carrier,
    /// The length of either delimiter.
    width: usize,
}

impl Scanner<'_> {
    /// At a backslash: a delimiter, an environment or an escaped character.
    pub fn backslash(&mut self, line: &Line) {
        if let Some(&span) = self.environments.get(&self.at)
            && self.environment(span)
        {
            return;
        }
        let rest = self.rest();
        let taken = match rest.as_bytes() {
            [b'\\', b'\\', b'(', ..] => self.parenthesis(line, 3),
            [b'\\', b'\\', b'[', ..] => self.bracket(line, 3),
            [b'\\', b'(', ..] => self.parenthesis(line, 2),
            [b'\\', b'[', ..] => self.bracket(line, 2),
            _ => false,
        };
        if !taken {
            let next = self.rest().chars().nth(1);
            if next == Some('b')
                && self.at == line.content as usize
                && find::environment(self.rest(), "\\begin").is_some()
            {
                self.problem(ReadProblemKind::UnclosedMath, self.at, self.at + "\\begin".len());
            }
            self.at += 1 + next.filter(|c| c.is_ascii_punctuation()).map_or(0, char::len_utf8);
        }
    }

    fn environment(&mut self, span: Span) -> bool {
        let Some(line) = self.lines.get(self.line) else { return false };
        if (line.next_stop as usize) < span.end || span.end - span.start > 4 * ACROSS_BLANK {
            return false;
        }
        let Some((name, _)) = find::environment(self.rest(), "\\begin") else { return false };
        let env = Some(name.to_owned());
        self.formula(span, span, true, Carrier::Environment, env);
        true
    }

    fn parenthesis(&mut self, line: &Line, width: usize) -> bool {
        let from = self.at + width;
        let (close, nested) = if width == 3 {
            (self.finders.parenthesis_2.next(self.text, from), None)
        } else {
            let nested = self.finders.parenthesis_open.next(self.text, from);
            (self.finders.parenthesis.next(self.text, from), nested)
        };
        let Some(close) = close.filter(|&c| c + width <= line.inline_end as usize && nested.is_none_or(|n| n > c))
        else {
            return false;
        };
        let content = self.slice(from, close);
        // `\(see below\)` and `\(1\)` are escaped parentheses.
        let digits = width == 2 && content.trim().bytes().all(|b| b.is_ascii_digit());
        if content.trim().is_empty() || digits || (!is_clearly_tex(content) && reads_like_words(content, 2)) {
            return false;
        }
        self.formula(Span::new(self.at, close + width), Span::new(from, close), false, Carrier::Parenthesis, None);
        true
    }

    fn bracket(&mut self, line: &Line, width: usize) -> bool {
        let from = self.at + width;
        let (close, nested) = if width == 3 {
            (self.finders.bracket_2.next(self.text, from), None)
        } else {
            let nested = self.finders.bracket_open.next(self.text, from);
            (self.finders.bracket.next(self.text, from), nested)
        };
        let whole_line = self.slice(from, line.end as usize).trim().is_empty() && self.at == line.content as usize;
        let Some(close) = close.filter(|&c| nested.is_none_or(|n| n > c)) else {
            if whole_line {
                self.problem(ReadProblemKind::UnclosedMath, self.at, from);
            }
            return false;
        };
        let pair = Pair { carrier: Carrier::Bracket, width };
        if !self.may_span(line, from, close) {
            if whole_line {
                self.problem(ReadProblemKind::UnclosedMath, self.at, from);
            }
            return false;
        }
        let content = self.slice(from, close);
        let tex = is_clearly_tex(content);
        let behind = self.bytes.get(close + width);
        // `\[1\]` and `\[text\](address)` are escaped brackets.
        let citation =
            width == 2 && !whole_line && content.trim().bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b' ');
        let link = behind == Some(&b'(') && !content.contains('\\');
        if citation || link || (!tex && reads_like_words(content, 1) && !whole_line) {
            return false;
        }
        self.display(pair, from, close);
        true
    }

    /// At `$`.
    pub fn dollar(&mut self, line: &Line) {
        let run = self.bytes.get(self.at..).unwrap_or(&[]).iter().take_while(|&&b| b == b'$').count();
        match run {
            1 if self.rest().starts_with("$`") && self.dollar_backtick(line) => {}
            1 => self.single_dollar(line),
            2 => self.double_dollar(line),
            _ => self.at += run,
        }
    }

    fn double_dollar(&mut self, line: &Line) {
        let from = self.at + 2;
        let close = self.finders.dollars.next(self.text, from);
        match close.filter(|&c| self.may_span(line, from, c)) {
            Some(close) => self.display(Pair { carrier: Carrier::DoubleDollar, width: 2 }, from, close),
            None => {
                self.problem(ReadProblemKind::UnclosedMath, self.at, from);
                self.push(Span::new(self.at, from), RegionKind::Hidden);
                self.at = from;
            }
        }
    }

    /// Whether a display that begins in `line` may reach from `from` to `close`: over no heading, fence or sibling list
    /// item, and over blank lines only if nothing between reads like words.
    fn may_span(&self, line: &Line, from: usize, close: usize) -> bool {
        if close <= line.end as usize {
            return true;
        }
        let blank = if line.quotes > 0 { line.next_bare } else { line.next_blank } as usize;
        if (line.next_stop as usize) < close {
            return false;
        }
        if close < blank {
            return line.marker.is_none_or(|marker| {
                let inside = self.lines.from(self.line + 1).take_while(|(_, l)| (l.start as usize) < close);
                !inside.into_iter().any(|(_, l)| l.marker == Some(marker))
            });
        }
        let content = self.slice(from, close);
        content.len() <= ACROSS_BLANK
            && !has_lone_dollar(content)
            && !content.split('\n').any(|l| reads_like_words(l, 3))
    }

    /// Takes a display whose content is `from..close`.
    fn display(&mut self, pair: Pair, from: usize, close: usize) {
        let end = close + pair.width;
        if self.slice(from, close).trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty() {
            self.push(Span::new(self.at, end), RegionKind::Hidden);
            self.at = end;
            return;
        }
        self.formula(Span::new(self.at, end), Span::new(from, close), true, pair.carrier, None);
    }

    /// Takes a formula with the label behind it.
    pub fn formula(&mut self, span: Span, inner: Span, display: bool, carrier: Carrier, env: Option<String>) {
        let target = if display { self.take_target() } else { None };
        let behind = if display { label::behind(self.text.get(span.end..).unwrap_or("")) } else { None };
        let own = label::inside(self.slice(inner.start, inner.end)).map(str::to_owned);
        let length = behind.as_ref().map_or(0, |b| b.1);
        let label = behind.map(|b| b.0).or(target).or(own);
        self.push(span, RegionKind::Formula(FoundFormula { inner, display, carrier, label, env }));
        self.push(Span::new(span.end, span.end + length), RegionKind::Hidden);
        self.at = span.end + length;
    }

    /// `$…$`: the next `$` outside `\text{…}` must close it.
    fn single_dollar(&mut self, line: &Line) {
        let from = self.at + 1;
        let limit = line.inline_end as usize;
        let close = self.closing_dollar(from, limit, true).or_else(|| self.closing_dollar(from, limit, false));
        let Some(close) = close.or_else(|| self.dollar_behind_a_marker(line)) else {
            self.at = from;
            return;
        };
        let around = Neighbours {
            before: self.slice(self.at.saturating_sub(1), self.at).chars().next(),
            after: self.text.get(close + 1..).and_then(|t| t.chars().next()),
        };
        let content = self.slice(from, close);
        let doubled = around.after == Some('$');
        if (doubled && !is_clearly_tex(content)) || !is_inline_formula(content, around) {
            self.at = from;
            return;
        }
        self.formula(Span::new(self.at, close + 1), Span::new(from, close), false, Carrier::Dollar, None);
    }

    /// The closing sign of a formula of which a later line begins like a list item, `- b`: only within the paragraph,
    /// and only if it is full of TeX.
    fn dollar_behind_a_marker(&self, line: &Line) -> Option<usize> {
        let from = self.at + 1;
        let close = self.closing_dollar(from, line.next_bare.min(line.next_stop) as usize, true)?;
        let content = self.slice(from, close);
        let tex = line.marker.is_none() && content.contains('\\') && content.len() <= ACROSS_BLANK;
        (tex && !reads_like_words(content, 2)).then_some(close)
    }

    /// The next unescaped `$`; with `groups`, `\text{…}` is stepped over and an unmatched `}` ends the search.
    fn closing_dollar(&self, from: usize, limit: usize, groups: bool) -> Option<usize> {
        let mut at = from;
        let mut depth = 0_usize;
        while at < limit {
            match self.bytes.get(at)? {
                b'\\' => {
                    let group = if groups { text_group(self.text.get(at..limit)?) } else { None };
                    at += group.unwrap_or(2);
                    continue;
                }
                b'$' => return Some(at),
                b'{' => depth += 1,
                b'}' if groups && depth == 0 => return None,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn dollar_backtick(&mut self, line: &Line) -> bool {
        let from = self.at + 2;
        let close = self.finders.backtick_dollar.next(self.text, from);
        let Some(close) =
            close.filter(|&c| c + 2 <= line.inline_end as usize && !self.slice(from, c).trim().is_empty())
        else {
            return false;
        };
        self.formula(Span::new(self.at, close + 2), Span::new(from, close), false, Carrier::DollarBacktick, None);
        true
    }

    /// At a backtick: steps over a code span.
    pub fn backtick(&mut self, line: &Line) {
        let (length, next) = self.backticks.get(&self.at).copied().unwrap_or((1, None));
        self.at += match next.filter(|n| n + length <= line.inline_end as usize) {
            Some(close) => close + length - self.at,
            None => length,
        };
    }

    /// At `` {math}` ``.
    pub fn role(&mut self, line: &Line) {
        let open = self.at + "{math}".len();
        let (length, next) = self.backticks.get(&open).copied().unwrap_or((1, None));
        match next.filter(|n| n + length <= line.inline_end as usize) {
            Some(close) => {
                let (span, inner) = (Span::new(self.at, close + length), Span::new(open + length, close));
                self.formula(span, inner, false, Carrier::MystRole, None);
            }
            None => self.at = open + length,
        }
    }

    /// A fenced display; `info` is what stands behind the opening fence.
    pub fn math_fence(&mut self, line: &Line, fence: Fence, myst: bool, info: &str) {
        let (start, line_end) = (line.content as usize, line.end as usize);
        let close = fence::close(self.text, &self.lines, self.line, fence);
        if !close.closed {
            self.problem(ReadProblemKind::UnclosedMath, start, line_end);
        }
        let span = Span::new(start, close.end.max(line_end));
        let target = self.take_target();
        let (mut name, mut from) = (None, line_end);
        if myst {
            let (option, behind) = label::options(self.text, Span::new(line.next as usize, close.content));
            name = option;
            let argument = info.split_once('}').map_or("", |i| i.1);
            if !argument.trim().is_empty() {
                from = line_end - argument.len();
            } else if behind > line.next as usize {
                // From the line end before the content, so that the content's first line loses its prefix too.
                from = behind - 1;
            }
        }
        let inner = Span::new(from, close.content);
        let content = self.slice(inner.start, inner.end);
        if content.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty() {
            self.push(span, RegionKind::Hidden);
        } else {
            let label = name.or(target).or_else(|| label::inside(content).map(str::to_owned));
            let carrier = if myst { Carrier::MystFence } else { Carrier::MathFence };
            let found = FoundFormula { inner, display: true, carrier, label, env: None };
            self.push(span, RegionKind::Formula(found));
        }
        self.at = span.end;
    }
}

/// Whether the text holds a `$` that is neither doubled nor escaped, outside `\text{…}`.
fn has_lone_dollar(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b'\\' => at += text.get(at..).and_then(text_group).unwrap_or(2),
            b'$' if bytes.get(at + 1) == Some(&b'$') => at += 2,
            b'$' => return true,
            _ => at += 1,
        }
    }
    false
}
