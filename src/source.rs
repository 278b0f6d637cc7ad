//! Text and places in it: byte-exact spans, lines and columns, and maps from extracted text back to the file.

use std::ops::Range;

/// A half-open byte range `[start, end)` of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an end before the start gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A file's text with its path and the places of its lines.
///
/// Lines are numbered from 1 and end at `\n` (a `\r` before it belongs to the line's end).
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it, for output only.
    pub path: String,
    /// The whole text, unchanged.
    pub text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// Indexes the lines of `text`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i + 1));
        Source { path: path.into(), text, line_starts }
    }

    /// The line (from 1) that holds byte `offset`; offsets past the end give the last line.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&s| s <= offset).max(1)
    }

    /// The column of byte `offset` in characters, from 1.
    pub fn column(&self, offset: usize) -> usize {
        let line = self.line(offset);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        self.text.get(start..offset.min(self.text.len())).map_or(1, |s| s.chars().count() + 1)
    }

    /// First and last line that a span touches; an empty span touches its own line.
    pub fn lines(&self, span: Span) -> (usize, usize) {
        let last = span.end.max(span.start + 1) - 1;
        (self.line(span.start), self.line(last))
    }

    /// The text of line `line` (from 1) without its line end; empty if there is no such line.
    pub fn line_text(&self, line: usize) -> &str {
        let start = match line.checked_sub(1).and_then(|i| self.line_starts.get(i)) {
            Some(&s) => s,
            None => return "",
        };
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// The text of a span; empty if it does not lie on character borders.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// How many lines there are (at least 1).
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }
}

/// A piece of text taken out of a source, with the way back: Markdown strips list and quote prefixes from the
/// inside of formulas, so an offset in the piece is not an offset in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// The text as the formula parser sees it.
    pub text: String,
    /// Runs `(offset in text, offset in source)`, ascending; inside a run offsets advance together.
    pub runs: Vec<(usize, usize)>,
}

impl Extract {
    /// A piece that is verbatim the source from `start` on.
    pub fn verbatim(text: &str, start: usize) -> Extract {
        Extract { text: text.to_owned(), runs: vec![(0, start)] }
    }

    /// The source offset of an offset in the text.
    pub fn to_source(&self, offset: usize) -> usize {
        let i = self.runs.partition_point(|r| r.0 <= offset);
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some(&(t, s)) => s + (offset - t),
            None => offset,
        }
    }

    /// The source span of a span of the text. The end is taken from the last byte, so a span that ends where a
    /// stripped prefix begins does not swallow the prefix.
    pub fn span_to_source(&self, span: Span) -> Span {
        let start = self.to_source(span.start);
        let end = if span.end > span.start { self.to_source(span.end - 1) + 1 } else { start };
        Span::new(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_under_korean_text_and_crlf() {
        let s = Source::new("a.md", "가나 $x$\r\n둘째 $y$\n");
        let at = s.text.find("$y").unwrap();
        assert_eq!((s.line(at), s.column(at)), (2, 4));
        assert_eq!(s.line_text(1), "가나 $x$");
        assert_eq!(s.lines(Span::new(0, s.text.len())), (1, 2));
        assert_eq!(s.line_text(9), "");
    }

    #[test]
    fn extract_maps_across_stripped_prefixes() {
        let e = Extract { text: "a\nb".into(), runs: vec![(0, 4), (2, 10)] };
        assert_eq!(e.to_source(0), 4);
        assert_eq!(e.to_source(2), 10);
        assert_eq!(e.span_to_source(Span::new(0, 2)), Span::new(4, 6));
    }
}
