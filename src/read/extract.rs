//! From a stretch of the source to the text of a formula, with the way back.

use crate::source::{Extract, Span};

/// What surrounds a formula, as far as it changes the formula's text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings {
    /// How many block quotes hold it: so many `>` are taken off each continuation line.
    pub quotes: usize,
    /// Whether a list holds it: the indent of continuation lines is no part of the formula.
    pub list: bool,
    /// Whether it stands in a table, where `\|` means `|`.
    pub table: bool,
    /// Whether its backslashes are escaped for Markdown, as those of its delimiters `\\(` and `\\[` are.
    pub escaped: bool,
}

/// Collects stretches of the source.
#[derive(Default)]
struct Collector {
    out: Extract,
    /// The source offset that would continue the last run.
    expected: Option<usize>,
}

impl Collector {
    fn push(&mut self, piece: &str, at: usize) {
        if piece.is_empty() {
            return;
        }
        if self.expected != Some(at) {
            self.out.runs.push((self.out.text.len(), at));
        }
        self.out.text.push_str(piece);
        self.expected = Some(at + piece.len());
    }

    /// A character that the source writes otherwise.
    fn push_decoded(&mut self, piece: &str, at: usize) {
        self.expected = None;
        self.push(piece, at);
        self.expected = None;
    }
}

/// The text of the formula in `inner`, trimmed.
pub(super) fn extract(text: &str, inner: Span, around: Surroundings) -> Extract {
    let strip = around.quotes > 0 || around.list;
    let mut collector = Collector::default();
    let mut at = inner.start;
    for (i, line) in text.get(inner.range()).unwrap_or("").split_inclusive('\n').enumerate() {
        let skip = if i > 0 && strip { prefix(line, around.quotes) } else { 0 };
        push_line(&mut collector, line.get(skip..).unwrap_or(""), at + skip, around);
        at += line.len();
    }
    trim(collector.out, inner.start)
}

/// Takes white space off both ends; `start` stands for an empty text's place.
fn trim(mut e: Extract, start: usize) -> Extract {
    e.text.truncate(e.text.trim_end().len());
    let lead = e.text.len() - e.text.trim_start().len();
    let first = if e.runs.is_empty() { start } else { e.to_source(lead) };
    e.text.drain(..lead);
    let end = e.text.len();
    let later = e.runs.iter().filter(|r| r.0 > lead && r.0 - lead < end).map(|r| (r.0 - lead, r.1));
    e.runs = std::iter::once((0, first)).chain(later).collect();
    e
}

/// The length of the container's prefix of a continuation line.
fn prefix(line: &str, quotes: usize) -> usize {
    let mut left = quotes;
    let rest = line.trim_start_matches(|c| match c {
        ' ' | '\t' => true,
        '>' if left > 0 => {
            left -= 1;
            true
        }
        _ => false,
    });
    line.len() - rest.len()
}

/// What Markdown takes a backslash off, in a formula that is written for that.
const ESCAPED: [&str; 5] = ["\\\\\\\\", "\\\\{", "\\\\}", "\\_", "\\*"];

fn push_line(collector: &mut Collector, line: &str, at: usize, around: Surroundings) {
    const ENTITIES: [(&str, &str); 3] = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    let mut done = 0;
    for (i, b) in line.bytes().enumerate() {
        if i < done {
            continue;
        }
        let rest = line.get(i..).unwrap_or("");
        if b == b'&' {
            if let Some((name, sign)) = ENTITIES.iter().find(|e| rest.starts_with(e.0)) {
                collector.push(line.get(done..i).unwrap_or(""), at + done);
                collector.push_decoded(sign, at + i);
                done = i + name.len();
            }
        } else if around.table && b == b'\\' && rest.starts_with("\\|") {
            collector.push(line.get(done..i).unwrap_or(""), at + done);
            done = i + 1;
        } else if around.escaped
            && b == b'\\'
            && let Some(sign) = ESCAPED.iter().find(|e| rest.starts_with(**e))
        {
            collector.push(line.get(done..i).unwrap_or(""), at + done);
            // Of two pairs of backslashes one stays, the end of a row.
            let drop = if sign.len() == 4 { 2 } else { 1 };
            collector.push(rest.get(drop..sign.len()).unwrap_or(""), at + i + drop);
            done = i + sign.len();
        }
    }
    collector.push(line.get(done..).unwrap_or(""), at + done);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_quotes_are_taken_off_and_mapped() {
        let text = "> $$\n> a\n> > b\n> $$";
        let inner = Span::new(4, text.len() - 2);
        let e = extract(text, inner, Surroundings { quotes: 1, ..Default::default() });
        assert_eq!(e.text, "a\n> b");
        assert_eq!(text.get(e.to_source(2)..).unwrap(), "> b\n> $$");
        let top = extract("$$\na\n> b\n$$", Span::new(2, 9), Surroundings::default());
        assert_eq!(top.text, "a\n> b");
        assert_eq!(top.runs, vec![(0, 3)]);
    }

    #[test]
    fn backslashes_that_were_escaped_for_markdown_are_taken_back() {
        let escaped = Surroundings { escaped: true, ..Default::default() };
        let text = r"x\_1 \\\\ \\{a\\} \alpha";
        let e = extract(text, Span::new(0, text.len()), escaped);
        assert_eq!(e.text, r"x_1 \\ \{a\} \alpha");
        assert_eq!(extract(r"x\_1", Span::new(0, 4), Surroundings::default()).text, r"x\_1");
    }

    #[test]
    fn entities_and_escaped_pipes_are_decoded_in_place() {
        let e = extract("a &lt; b &amp; c", Span::new(0, 16), Surroundings::default());
        assert_eq!(e.text, "a < b & c");
        assert_eq!((e.to_source(2), e.to_source(4), e.to_source(8)), (2, 7, 15));
        let e = extract(r"P(x\|y)", Span::new(0, 7), Surroundings { table: true, ..Default::default() });
        assert_eq!((e.text.as_str(), e.to_source(3)), ("P(x|y)", 4));
    }
}
