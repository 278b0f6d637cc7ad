//! Offsets in a text ↔ positions of the protocol: lines from 0, and in them UTF-16 code units.

use lsp_types::{Position, Range};

use crate::source::Span;

/// A text with the places of its lines. A line ends at `\n`, `\r\n` or `\r`.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn new(text: &'a str) -> Lines<'a> {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, b)| match b {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        Lines { text, starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect() }
    }

    /// The position of an offset; of the end, if it lies behind it.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|s| *s <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let units = self.text.get(start..offset).unwrap_or("").encode_utf16().count();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(units) }
    }

    /// The offset of a position: the end of the line, or of the text, if it lies behind it.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text.get(*start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (at, c) in text.char_indices() {
            units += c.len_utf16();
            if units > position.character as usize {
                return start + at;
            }
        }
        start + text.len()
    }

    /// The range of a span.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The span of a range.
    pub fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "가 $x$\r\n😀👨‍👩 y\rlast 한\u{301}\n";

    #[test]
    fn there_and_back_at_every_character() {
        let lines = Lines::new(TEXT);
        let ends = |at: usize| TEXT[..at].ends_with('\r') && TEXT[at..].starts_with('\n');
        for (at, _) in TEXT.char_indices().filter(|(at, _)| !ends(*at)) {
            assert_eq!(lines.offset(lines.position(at)), at, "byte {at}");
        }
        assert_eq!(lines.offset(lines.position(TEXT.len())), TEXT.len());
    }

    #[test]
    fn characters_count_as_often_as_utf_16_needs_units() {
        let lines = Lines::new(TEXT);
        let at = |line, character| Position { line, character };
        assert_eq!(lines.position(TEXT.find("$x").unwrap()), at(0, 2));
        assert_eq!(lines.position(TEXT.find('y').unwrap()), at(1, 8), "two and two, a joiner, two, a space");
        assert_eq!(lines.position(TEXT.find("last").unwrap()), at(2, 0));
        assert_eq!(lines.position(TEXT.len()), at(3, 0));
        assert_eq!(&TEXT[lines.offset(at(1, 8))..=lines.offset(at(1, 8))], "y");
    }

    #[test]
    fn positions_that_are_none_are_the_nearest_before() {
        let lines = Lines::new(TEXT);
        let at = |line, character| lines.offset(Position { line, character });
        assert_eq!(at(0, 999), TEXT.find('\r').unwrap());
        assert_eq!(at(1, 1), TEXT.find('😀').unwrap(), "inside of a pair");
        assert_eq!(at(9, 0), TEXT.len());
        assert_eq!(at(u32::MAX, u32::MAX), TEXT.len());
    }
}
