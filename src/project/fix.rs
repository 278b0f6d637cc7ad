//! Writing repairs into notes.

use std::fs;
use std::path::Path;

use crate::project::{ProjectError, write};
use crate::read::{encoded, read};
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
    let (text, applied) = if source.origin.is_none() {
        if now != source.text {
            return Err(ProjectError::Changed(source.path.clone()));
        }
        fixed(&source.text, edits)
    } else {
        let again = read(Source::new(source.path.clone(), now.clone())).source;
        if again.text != source.text || again.origin != source.origin {
            return Err(ProjectError::Changed(source.path.clone()));
        }
        fixed(&now, &in_strings(source, edits))
    };
    if applied > 0 {
        write(path, &text)?;
    }
    Ok(applied)
}

/// The replacements in the file of a text that stands there in strings: those that lie within one string.
fn in_strings(source: &Source, edits: &[(Span, String)]) -> Vec<(Span, String)> {
    let one = |(span, new): &(Span, String)| {
        let there = source.in_file(*span);
        let written = encoded(source.slice(*span));
        (written.len() == there.end - there.start).then(|| (there, encoded(new)))
    };
    edits.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notebook_is_mended_within_its_strings() {
        let path = std::env::temp_dir().join(format!("rederive-fix-{}.ipynb", std::process::id()));
        let json =
            |line: &str| format!(r#"{{"cells":[{{"cell_type":"markdown","source":["$\\frac{{a}}\n","{line}$"]}}]}}"#);
        fs::write(&path, json("{b}")).unwrap();
        let source = read(Source::new(path.to_string_lossy(), json("{b}"))).source;
        let at = source.text.find("{b}").unwrap();
        let edits = [(Span::new(at, at + 3), "{\\beta}".to_owned()), (Span::new(at - 2, at + 1), "x".to_owned())];
        assert_eq!(fix(&source, &edits).unwrap(), 1, "what spans two strings is left alone");
        assert_eq!(fs::read_to_string(&path).unwrap(), json(r"{\\beta}"));
        assert!(matches!(fix(&source, &edits), Err(ProjectError::Changed(_))));
        fs::remove_file(&path).unwrap();
    }

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
