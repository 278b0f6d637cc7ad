//! The names that notes give to formulas and headings.

use crate::source::Span;

/// The longest name that is taken for one.
const LONGEST: usize = 100;

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// A label behind a display, within its line: Quarto's `{#eq-x}`, or at the line's end MyST's `(x)`. Gives the name and
/// the length of what it takes of `rest`.
pub(super) fn behind(rest: &str) -> Option<(String, usize)> {
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let trimmed = line.trim_start_matches([' ', '\t']);
    let space = line.len() - trimmed.len();
    if let Some(inner) = trimmed.strip_prefix("{#") {
        let attributes = inner.get(..inner.find('}')?)?;
        let name = attributes.split_whitespace().next()?;
        return is_name(name).then(|| (name.to_owned(), space + 2 + attributes.len() + 1));
    }
    let name = trimmed.trim_end().strip_prefix('(')?.strip_suffix(')')?;
    is_name(name).then(|| (name.to_owned(), line.len()))
}

/// A MyST target line, `(x)=`.
pub(super) fn target(line: &str) -> Option<&str> {
    let name = line.trim().strip_suffix(")=")?.strip_prefix('(')?;
    is_name(name).then_some(name)
}

/// The name in `\label{…}`, if the TeX holds exactly one.
pub(super) fn inside(tex: &str) -> Option<&str> {
    let (_, rest) = tex.split_once("\\label{")?;
    let (name, rest) = rest.split_once('}')?;
    (is_name(name) && !rest.contains("\\label{")).then_some(name)
}

/// The option lines at the head of a MyST directive, from `body` on: the name given by `:label:` or `:name:`, and
/// where the content begins.
pub(super) fn options(text: &str, body: Span) -> (Option<String>, usize) {
    let mut label = None;
    let mut at = body.start;
    for line in text.get(body.range()).unwrap_or("").split_inclusive('\n') {
        let Some((key, value)) = line.trim().strip_prefix(':').and_then(|l| l.split_once(':')) else { break };
        if !key.chars().all(|c| c.is_ascii_alphabetic() || c == '-') {
            break;
        }
        if matches!(key, "label" | "name") && is_name(value.trim()) {
            label = Some(value.trim().to_owned());
        }
        at += line.len();
    }
    (label, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_behind_above_and_inside() {
        assert_eq!(behind(" {#eq-loss .big}\nmore"), Some(("eq-loss".into(), 16)));
        assert_eq!(behind(" (eq_loss)\r\n"), Some(("eq_loss".into(), 10)));
        assert_eq!(behind(" (see below) and so on"), None);
        assert_eq!(target("(eq:a)="), Some("eq:a"));
        assert_eq!(inside(r"a = b \label{eq:1}"), Some("eq:1"));
        assert_eq!(inside(r"a \label{x} b \label{y}"), None);
    }

    #[test]
    fn options_of_a_directive_come_before_its_content() {
        let text = ":label: euler\n:nowrap:\ne = 1\n";
        assert_eq!(options(text, Span::new(0, text.len())), (Some("euler".into()), 23));
    }
}
