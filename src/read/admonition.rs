//! Admonitions and tabs of MkDocs (Python-Markdown's `admonition`, PyMdown's `details` and `tabbed`): all that is indented
//! below `!!! note` belongs to it, also behind a blank line, where plain Markdown has code.

/// Whether a byte begins a title.
type Opens = fn(u8) -> bool;

/// What a title begins with, and whether a word or a quotation mark stands behind.
const MARKS: &[(&str, Opens)] = &[
    ("!!!", |b| b.is_ascii_alphabetic()),
    ("???+", |b| b.is_ascii_alphabetic()),
    ("???", |b| b.is_ascii_alphabetic()),
    ("===!", |b| b == b'"'),
    ("===+", |b| b == b'"'),
    ("===", |b| b == b'"'),
];

/// How far a body is indented.
const INDENT: usize = 4;

/// The text with the bodies of admonitions as block quotes: a mark stands in each line's indent, and every place stays.
pub(super) fn quoted(text: String) -> String {
    if !MARKS.iter().any(|(mark, _)| text.contains(mark)) {
        return text;
    }
    let mut bytes = text.into_bytes();
    // The columns of the titles that are open, outermost first.
    let mut open: Vec<usize> = vec![];
    let mut start = 0;
    while let Some(rest) = bytes.get(start..).filter(|r| !r.is_empty()) {
        let length = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |n| n + 1);
        let indent = rest.iter().take(length).take_while(|b| matches!(b, b' ' | b'\t')).count();
        let line = rest.get(indent..length).unwrap_or(&[]);
        if !line.iter().all(u8::is_ascii_whitespace) {
            let columns = columns(rest.get(..indent).unwrap_or(&[]));
            let here = columns.last().copied().unwrap_or(0);
            open.retain(|title| *title + INDENT <= here);
            let is_title = is_title(line);
            for title in &open {
                let place = columns.iter().position(|c| c == title);
                if let Some(b) = place.and_then(|at| bytes.get_mut(start + at)) {
                    *b = b'>';
                }
            }
            if is_title {
                open.push(here);
            }
        }
        start += length;
    }
    // Blanks were replaced by ASCII, so this cannot fail.
    String::from_utf8(bytes).unwrap_or_default()
}

/// The column at which each byte of an indent begins, and the one behind it.
fn columns(indent: &[u8]) -> Vec<usize> {
    let mut out = vec![0];
    let mut column = 0;
    for b in indent {
        column += if *b == b'\t' { INDENT - column % INDENT } else { 1 };
        out.push(column);
    }
    out
}

fn is_title(line: &[u8]) -> bool {
    MARKS.iter().any(|(mark, follows)| {
        let behind = line.strip_prefix(mark.as_bytes());
        behind.is_some_and(|rest| {
            let gap = rest.iter().take_while(|b| **b == b' ').count();
            gap > 0 && rest.get(gap).copied().is_some_and(follows)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_quoted_and_nothing_moves() {
        let text = "!!! note \"A\"\n\n    one\n    ??? tip\n\n        two\n\tthree\n\n    four\nfive\n    code\n";
        let quoted = quoted(text.to_owned());
        let marked = "!!! note \"A\"\n\n>   one\n>   ??? tip\n\n>   >   two\n>three\n\n>   four\nfive\n    code\n";
        assert_eq!(quoted, marked);
        assert_eq!(quoted.len(), text.len());
    }

    #[test]
    fn other_lines_stay() {
        for text in ["Title\n=====\n\n    code\n", "!!!\n\n    code\n", "wow!!! x\n\n    code\n", "=== x\n\n    code\n"]
        {
            assert_eq!(quoted(text.to_owned()), text);
        }
    }
}
