//! Text and places in it: byte-exact spans, lines and columns, and maps from extracted text back to the file.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open byte range `[start, end)` of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// A part of a text that counts its lines for itself, a cell of a notebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it begins in the text.
    pub start: usize,
    /// Its number in the file, from 0, all cells counted.
    pub index: usize,
}

/// How a text was taken out of a file that holds it in another writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The cells, in order.
    pub cells: Vec<Cell>,
    /// The way back to the file; its text is left empty.
    pub map: Extract,
    /// The first byte of each line of the file.
    line_starts: Vec<usize>,
}

impl Origin {
    /// The origin of a text in `file`, with the runs `(offset in the text, offset in the file)`.
    pub fn new(file: &str, cells: Vec<Cell>, runs: Vec<(usize, usize)>) -> Origin {
        Origin { cells, map: Extract { text: String::new(), runs }, line_starts: starts(file) }
    }
}

/// A file's text with its path and the places of its lines.
///
/// Lines are numbered from 1 and end at `\n` (a `\r` before it belongs to the line's end). In a text with cells each
/// cell numbers its own; rows are the lines of the whole text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it, for output only.
    pub path: String,
    /// The whole text, unchanged.
    pub text: String,
    /// TeX definitions that hold from the beginning.
    pub macros: String,
    /// Codes of findings that are off in the whole text.
    pub allow: Vec<String>,
    /// Where the text comes from, if it isn't the file itself.
    pub origin: Option<Origin>,
    line_starts: Vec<usize>,
}

/// The first byte of each line.
fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i + 1)).collect()
}

impl Source {
    /// Indexes the lines of `text`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        Source {
            path: path.into(),
            line_starts: starts(&text),
            text,
            macros: String::new(),
            allow: vec![],
            origin: None,
        }
    }

    /// The same file with the text that was taken out of it.
    pub fn taken_out(self, text: String, origin: Origin) -> Source {
        Source { line_starts: starts(&text), text, origin: Some(origin), ..self }
    }

    /// The same with another text at a span; the span as it was if it doesn't lie on character borders.
    pub fn replaced(&self, span: Span, new: &str) -> Source {
        let (Some(before), Some(after)) = (self.text.get(..span.start), self.text.get(span.end..)) else {
            return self.clone();
        };
        let text = format!("{before}{new}{after}");
        let mut origin = self.origin.clone();
        for cell in origin.iter_mut().flat_map(|o| &mut o.cells).filter(|c| c.start >= span.end) {
            cell.start = cell.start - (span.end - span.start) + new.len();
        }
        let (path, macros, allow) = (self.path.clone(), self.macros.clone(), self.allow.clone());
        Source { path, line_starts: starts(&text), text, macros, allow, origin }
    }

    /// The cell that holds byte `offset`, if the text has cells.
    pub fn cell(&self, offset: usize) -> Option<usize> {
        self.cell_at(offset).map(|c| c.index)
    }

    fn cell_at(&self, offset: usize) -> Option<Cell> {
        let cells = &self.origin.as_ref()?.cells;
        let i = cells.partition_point(|c| c.start <= offset);
        cells.get(i.saturating_sub(1)).copied()
    }

    /// The row (from 1) of the whole text that holds byte `offset`; offsets past the end give the last row.
    pub fn row(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&s| s <= offset).max(1)
    }

    /// The text from the last heading of the first or second level before a span to the end of its paragraph.
    pub fn under_heading(&self, span: Span) -> &str {
        let before = self.text.get(..span.start).unwrap_or("");
        let headings = ["\n# ", "\n## ", "\\section", "\\chapter"];
        let opens = headings.iter().filter_map(|h| before.rfind(h)).max().unwrap_or(0);
        let closes = self.text.get(span.end..).and_then(|t| t.find("\n\n")).map_or(self.text.len(), |at| span.end + at);
        self.text.get(opens..closes).unwrap_or("")
    }

    /// The line (from 1) that holds byte `offset`, as its author counts: in a cell from the cell's first one.
    pub fn line(&self, offset: usize) -> usize {
        let first = self.cell_at(offset).map_or(1, |c| self.row(c.start));
        (self.row(offset) + 1).saturating_sub(first).max(1)
    }

    /// The line of a row, as its author counts.
    pub fn line_of_row(&self, row: usize) -> usize {
        self.line_starts.get(row.saturating_sub(1)).map_or(row, |start| self.line(*start))
    }

    /// The column of byte `offset` in characters, from 1.
    pub fn column(&self, offset: usize) -> usize {
        let start = self.line_starts.get(self.row(offset) - 1).copied().unwrap_or(0);
        self.text.get(start..offset.min(self.text.len())).map_or(1, |s| s.chars().count() + 1)
    }

    /// First and last line that a span touches; an empty span touches its own line.
    pub fn lines(&self, span: Span) -> (usize, usize) {
        let last = span.end.max(span.start + 1) - 1;
        (self.line(span.start), self.line(last))
    }

    /// The span in the file.
    pub fn in_file(&self, span: Span) -> Span {
        self.origin.as_ref().map_or(span, |o| o.map.span_to_source(span))
    }

    /// First and last line of the file that a span touches.
    pub fn file_lines(&self, span: Span) -> (usize, usize) {
        let Some(origin) = &self.origin else { return self.lines(span) };
        let span = origin.map.span_to_source(span);
        let line = |offset: usize| origin.line_starts.partition_point(|&s| s <= offset).max(1);
        (line(span.start), line(span.end.max(span.start + 1) - 1))
    }

    /// The text of row `line` (from 1) without its line end; empty if there is no such line.
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

    /// How many rows there are (at least 1).
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }
}

/// A piece of text taken out of a source, with the way back: Markdown strips list and quote prefixes from the
/// inside of formulas, so an offset in the piece is not an offset in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    fn cells_count_their_lines_and_lead_back_to_the_file() {
        let file = "[\"a\\n\",\n\"b\"]\n[\"c\\\\d\"]";
        let cells = vec![Cell { start: 0, index: 0 }, Cell { start: 5, index: 3 }];
        let runs = vec![(0, 2), (1, 3), (2, 9), (5, 15), (6, 16), (7, 18)];
        let s = Source::new("a.ipynb", file).taken_out("a\nb\n\nc\\d".into(), Origin::new(file, cells, runs));
        assert_eq!((s.cell(2), s.line(2), s.column(2), s.row(2)), (Some(0), 2, 1, 2));
        assert_eq!((s.cell(6), s.line(6), s.column(6), s.row(6)), (Some(3), 1, 2, 4));
        assert_eq!(&file[s.in_file(Span::new(2, 3)).range()], "b");
        assert_eq!(&file[s.in_file(Span::new(7, 8)).range()], "d");
        assert_eq!(s.file_lines(Span::new(7, 8)), (3, 3));
        let longer = s.replaced(Span::new(2, 3), "xyz");
        assert_eq!((longer.text.as_str(), longer.cell(7), longer.line(7)), ("a\nxyz\n\nc\\d", Some(3), 1));
    }

    #[test]
    fn extract_maps_across_stripped_prefixes() {
        let e = Extract { text: "a\nb".into(), runs: vec![(0, 4), (2, 10)] };
        assert_eq!(e.to_source(0), 4);
        assert_eq!(e.to_source(2), 10);
        assert_eq!(e.span_to_source(Span::new(0, 2)), Span::new(4, 6));
    }
}
