//! Cutting the text of a directive at separators, without losing the way back to the source.

use crate::source::{Extract, Span};

/// The part `span` of an extract, with its own map.
pub(super) fn cut(whole: &Extract, span: Span) -> Extract {
    let text = whole.text.get(span.range()).unwrap_or("").to_owned();
    let later = whole.runs.iter().filter(|r| r.0 > span.start && r.0 < span.end).map(|r| (r.0 - span.start, r.1));
    let runs = std::iter::once((0, whole.to_source(span.start))).chain(later).collect();
    Extract { text, runs }
}

/// The span without white space at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let part = text.get(span.range()).unwrap_or("");
    let lead = part.len() - part.trim_start().len();
    Span::new(span.start + lead, span.start + lead + part.trim().len())
}

/// Splits the part `span` of `text` at `separator` outside brackets and double quotes; `\;` and `\,` are spaces, not
/// separators. Brackets need only balance in number, as in `[0, 1)`; if they don't (`]0, 1[`), they count for nothing.
/// Parts come trimmed, empty ones are left out.
pub(super) fn split(text: &str, span: Span, separator: u8) -> Vec<Span> {
    let parts = match split_at_depth(text, span, separator, true) {
        Some(parts) => parts,
        None => split_at_depth(text, span, separator, false).unwrap_or_else(|| vec![span]),
    };
    parts.into_iter().map(|p| trimmed(text, p)).filter(|p| p.start < p.end).collect()
}

fn split_at_depth(text: &str, span: Span, separator: u8, brackets: bool) -> Option<Vec<Span>> {
    let mut parts = Vec::new();
    let mut start = span.start;
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (i, b) in text.bytes().enumerate().take(span.end).skip(span.start) {
        match b {
            _ if escaped && (b == separator || b == b'\\') => {
                escaped = false;
                continue;
            }
            b'"' => quoted = !quoted,
            _ if quoted && brackets => {}
            b'(' | b'[' | b'{' if brackets => depth += 1,
            b')' | b']' | b'}' if brackets => depth = depth.checked_sub(1)?,
            _ if b == separator && depth == 0 => {
                parts.push(Span::new(start, i));
                start = i + 1;
            }
            _ => {}
        }
        escaped = b == b'\\';
    }
    parts.push(Span::new(start, span.end));
    (!brackets || (depth == 0 && !quoted)).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, separator: u8) -> Vec<&str> {
        split(text, Span::new(0, text.len()), separator).into_iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn separators_inside_brackets_quotes_and_spaces_do_not_count() {
        assert_eq!(parts(r"a \; b; p(x; t); \{1; 2\}", b';'), [r"a \; b", "p(x; t)", r"\{1; 2\}"]);
        assert_eq!(parts(r"x \in [0, 1), y", b','), [r"x \in [0, 1)", "y"]);
        assert_eq!(parts("reason=\"a; b\"; c", b';'), ["reason=\"a; b\"", "c"]);
        assert_eq!(parts(r"x \in ]0; y", b';'), [r"x \in ]0", "y"]);
        assert_eq!(parts(" ; ,; ", b';'), [","]);
    }

    #[test]
    fn a_cut_keeps_the_map() {
        let whole = Extract { text: "ab\ncd".into(), runs: vec![(0, 10), (3, 20)] };
        let part = cut(&whole, Span::new(1, 5));
        assert_eq!((part.text.as_str(), part.to_source(0), part.to_source(3)), ("b\ncd", 11, 21));
    }
}
