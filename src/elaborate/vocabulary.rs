//! The words of a document, each looked for once: what its claims ask of them does not grow with its length.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::read::Document;

/// A text, and what was found in it.
#[derive(Default)]
pub(super) struct Vocabulary<'a> {
    text: Cow<'a, str>,
    small: OnceCell<String>,
    found: RefCell<BTreeMap<String, bool>>,
    formulas: RefCell<BTreeMap<String, Rc<[String]>>>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(text: &'a str) -> Vocabulary<'a> {
        Vocabulary { text: text.into(), ..Vocabulary::default() }
    }

    /// The words that reach into a section: its own up to the first section in it, and those with
    /// which the sections around it begin.
    pub(super) fn of_section(document: &'a Document, section: usize) -> Vocabulary<'a> {
        let own = |at: usize| {
            let whole = document.sections.get(at)?.span;
            let inner = document.sections.iter().filter(|s| s.parent == Some(at)).map(|s| s.span.start).min();
            document.source.text.get(whole.start..inner.unwrap_or(whole.end))
        };
        let parts: Vec<&str> = document.sections_of(section).into_iter().filter_map(own).collect();
        Vocabulary { text: parts.join("\n").into(), ..Vocabulary::default() }
    }

    fn small(&self) -> &str {
        self.small.get_or_init(|| self.text.to_lowercase())
    }

    /// Whether it stands somewhere, in whichever letters.
    pub(super) fn says(&self, word: &str) -> bool {
        if let Some(known) = self.found.borrow().get(word) {
            return *known;
        }
        let says = self.small().contains(word);
        self.found.borrow_mut().insert(word.to_owned(), says);
        says
    }

    /// Whether one of them does.
    pub(super) fn says_any(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.says(w))
    }

    /// The formulas right behind a word, without blanks and in small letters.
    pub(super) fn behind(&self, word: &str) -> Rc<[String]> {
        if let Some(known) = self.formulas.borrow().get(word) {
            return Rc::clone(known);
        }
        let (small, mark) = (self.small(), format!("{word} $"));
        let after = small.match_indices(&mark).filter_map(|(at, found)| small.get(at + found.len()..));
        let found: Rc<[String]> =
            after.filter_map(|rest| Some(rest.split('$').next()?.split_whitespace().collect())).collect();
        self.formulas.borrow_mut().insert(word.to_owned(), Rc::clone(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_the_formulas_behind_them_are_found() {
        let text = Vocabulary::new("Independent, with mean $\\mu$ and variance $\\sigma ^2$; the mean $ m $.");
        assert!(text.says("independen") && text.says_any(&["cdf", "variance"]));
        assert!(!text.says("continuous") && !text.says_any(&[]));
        assert_eq!(*text.behind("mean"), ["\\mu".to_owned(), "m".to_owned()]);
        assert_eq!(*text.behind("variance"), ["\\sigma^2".to_owned()]);
        assert!(text.behind("median").is_empty());
    }
}
