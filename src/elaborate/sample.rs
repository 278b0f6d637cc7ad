//! Sections that are examples, exercises or problems: each has objects of its own.

use crate::claim::Definition;
use crate::elaborate::build::Builder;

/// Words that such a heading begins with.
const HEADINGS: &[&str] =
    &["example", "exercise", "problem", "question", "quiz", "ex.", "예제", "예시", "연습", "문제", "보기", "예 "];

impl Builder<'_> {
    /// Whether a definition stands in an example that a block is not of.
    pub(super) fn is_of_another_example(&self, d: &Definition, block: usize) -> bool {
        let Some(at) = self.block_of(d) else { return false };
        let (there, here) = (self.section(at), self.section(block));
        let (chain, own) = (self.document.sections_of(there), self.document.sections_of(here));
        let example = |s: &usize| {
            let title = self.document.sections.get(*s).map_or(String::new(), |s| s.title.trim().to_lowercase());
            HEADINGS.iter().any(|w| title.starts_with(w))
        };
        chain.iter().filter(|s| !own.contains(s)).any(example)
    }
}
