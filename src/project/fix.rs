//! Writing repairs into notes.

use std::fs;
use std::path::Path;

use crate::project::{ProjectError, write};
use crate::source::{Source, Span};

/// The text with the replacements that do not overlap an earlier one, and how many these are.
pub fn fixed(text: &str, edits: &[(Span, String)]) -> (String, usize) {
    let mut edits: Vec<&(Span, String)> = edits.iter().collect();
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let (mut out, mut at, mut applied) = (String::with_capacity(text.len()), 0, 0);
    for (span, new) in edits {
        // Two insertions at one place would be in no order.
        let free = span.start >= at && (applied == 0 || span.start > at || !span.range().is_empty());
        if let Some(between) = text.get(at..span.start).filter(|_| free && text.is_char_boundary(span.end)) {
            out.push_str(between);
            out.push_str(new);
            (at, applied) = (span.end, applied + 1);
        }
    }
    out.push_str(text.get(at..).unwrap_or(""));
    (out, applied)
}

/// Writes the replacements into the file that the text was read from; returns how many were made.
///
/// # Errors
/// If the file cannot be read or written, or has changed since it was checked.
pub fn fix(source: &Source, edits: &[(Span, String)]) -> Result<usize, ProjectError> {
    let path = Path::new(&source.path);
    let now = fs::read_to_string(path).map_err(|e| ProjectError::Read { path: source.path.clone(), source: e })?;
    if now != source.text {
        return Err(ProjectError::Changed(source.path.clone()));
    }
    let (text, applied) = fixed(&source.text, edits);
    if applied > 0 {
        write(path, &text)?;
    }
    Ok(applied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_from_left_to_right_and_none_twice_to_one_place() {
        let edit = |a, b, t: &str| (Span::new(a, b), t.to_owned());
        assert_eq!(fixed("abcd", &[edit(2, 3, "X"), edit(0, 1, "")]), ("bXd".to_owned(), 2));
        assert_eq!(fixed("abcd", &[edit(0, 3, "X"), edit(1, 2, "Y")]), ("Xd".to_owned(), 1));
        assert_eq!(fixed("값x", &[edit(1, 2, "no")]), ("값x".to_owned(), 0));
        assert_eq!(fixed("ab", &[edit(1, 1, "+"), edit(1, 1, "-")]), ("a+b".to_owned(), 1));
        assert_eq!(fixed("", &[]), (String::new(), 0));
    }
}
