//! Words of conditions near a claim that were not read: what they say may be what the claim rests on.
//!
//! Words about arrays and residues count wherever they stand near it. Those that join sentences count in its own sentence,
//! and in others that name a letter of the claim, or none at all.

use std::collections::BTreeSet;

use crate::elaborate::build::Builder;
use crate::elaborate::dependence::letters_of;
use crate::elaborate::prose::condition_words;
use crate::elaborate::sentence::abbreviates;
use crate::expr::Symbol;
use crate::read::{Block, Document};

/// Words that join a condition to what it is one of.
const JOINING: &[&str] = &[
    "if ",
    "when ",
    "whenever",
    "where ",
    "unless",
    "provided",
    "in case",
    "given that",
    "subject to",
    "only for",
    "such that",
    "assume",
    "assuming",
    "suppose",
    "가정",
    "경우",
    "일 때",
    "일때",
    "만약",
    "이면",
];

/// Words of sentences in which "such that" leads to a consequence, and not to what is sought or taken.
const CONSEQUENCE: &[&str] = &[
    "reorder",
    "rearrang",
    "rewrite",
    "rewritten",
    "simplif",
    "expand",
    "thus",
    "hence",
    "therefore",
    "follow",
    "obtain",
    "yield",
    "becomes",
    "apply",
    "applying",
    "equal to",
];

/// A sentence near a formula.
#[derive(Default)]
struct Sentence<'d> {
    text: String,
    letters: BTreeSet<&'d str>,
}

impl Builder<'_> {
    /// The first such word that counts for a claim about these symbols.
    pub(super) fn condition_near(
        &self,
        mentioned: &BTreeSet<Symbol>,
        block: usize,
        about_numbers: bool,
    ) -> Option<&'static str> {
        let own: BTreeSet<&str> = mentioned.iter().flat_map(|s| letters_of(&s.name)).collect();
        let (before, after) = (around(self.document, block, true), around(self.document, block, false));
        let behind = after.first().is_some_and(|s| {
            let text = s.text.trim_start();
            !text.starts_with(char::is_uppercase)
        });
        let leading = before.len().checked_sub(1);
        let of = |sentence: &Sentence, joined: bool, leads: bool| {
            let shares = sentence.letters.is_empty() || sentence.letters.iter().any(|l| own.contains(l));
            condition_words(&sentence.text, about_numbers).find(|w| {
                let joins = JOINING.iter().any(|j| j.trim() == *w);
                let follows = *w == "such that" && leads && leads_on(&sentence.text);
                (!joins || joined || shares) && !follows
            })
        };
        let found = before.iter().enumerate().find_map(|(i, s)| of(s, Some(i) == leading, Some(i) == leading));
        found.or_else(|| after.iter().enumerate().find_map(|(i, s)| of(s, i == 0 && behind, false)))
    }
}

/// Whether a sentence of a derivation ends with "such that": what follows is a consequence.
fn leads_on(text: &str) -> bool {
    let lower = text.to_lowercase();
    let ends = lower.trim_end_matches([' ', ':', ',']).ends_with("such that");
    ends && CONSEQUENCE.iter().any(|w| lower.contains(w))
}

/// The sentences before or behind a formula, up to the nearest display or heading; of an inline one those of its paragraph.
fn around(document: &Document, block: usize, before: bool) -> Vec<Sentence<'_>> {
    let own = match document.blocks.get(block) {
        Some(Block::Formula(f)) if !f.display => Some(f.paragraph),
        _ => None,
    };
    let prose = if before { document.before(block) } else { document.after(block) };
    let spans = || prose.iter().map(|p| p.span);
    let (Some(from), Some(to)) = (spans().map(|s| s.start).min(), spans().map(|s| s.end).max()) else { return vec![] };
    let mut out = vec![Sentence::default()];
    let mut paragraph = None;
    for b in document.blocks.iter().filter(|b| b.span().start >= from && b.span().end <= to) {
        match b {
            Block::Prose(p) if own.is_none_or(|own| own == p.paragraph) => {
                if paragraph.replace(p.paragraph).is_some_and(|last| last != p.paragraph) {
                    out.push(Sentence::default());
                }
                let mut rest = p.text.as_str();
                while let Some(at) = end_of_sentence(rest) {
                    let (first, more) = rest.split_at(at);
                    if let Some(last) = out.last_mut() {
                        last.text.push_str(first);
                    }
                    out.push(Sentence::default());
                    rest = more;
                }
                if let Some(last) = out.last_mut() {
                    last.text.push_str(rest);
                    last.text.push(' ');
                }
            }
            Block::Formula(f) if !f.display => {
                if let Some(last) = out.last_mut() {
                    last.letters.extend(letters_of(&f.extract.text));
                }
            }
            _ => {}
        }
    }
    out
}

/// Where the first sentence of a text ends, behind its full stop.
fn end_of_sentence(text: &str) -> Option<usize> {
    text.char_indices().find_map(|(at, c)| {
        let rest = text.get(at + c.len_utf8()..)?;
        let stops = || (rest.is_empty() || rest.starts_with(char::is_whitespace)) && !abbreviates(text, at);
        let ends = matches!(c, '!' | '?' | '。') || c == '.' && stops();
        ends.then_some(at + c.len_utf8())
    })
}
