//! Errors planted in the verified formulas of documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Kind, Verdict};
use crate::edit::{KINDS, Place, edits};
use crate::source::{Source, Span};
use crate::verdict::{DocumentResult, Judged};

/// An error planted in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// Names it, whatever else is drawn: its kind and a digest of the statement's id and text.
    pub key: String,
    /// Which document, by its number in the run.
    pub document: usize,
    /// The statement's id.
    pub id: String,
    /// Name of the kind of error.
    pub kind: &'static str,
    /// What is replaced, in the notes.
    pub span: Span,
    /// By what.
    pub text: String,
    /// The statement's text as it stands.
    pub latex: String,
    /// The statement's text with the error.
    pub mutant: String,
}

impl Mutant {
    /// The notes with the error.
    pub fn planted(&self, original: &Source) -> Source {
        original.replaced(self.span, &self.text)
    }

    /// Where the error stands in the notes that have it.
    pub fn place(&self) -> Span {
        Span::new(self.span.start, self.span.start + self.text.len())
    }
}

/// At most `most` mutants of each kind, drawn by the seed alone: the formulas in an order that the seed gives, one error
/// in each, and round again while there are too few.
pub fn drawn(documents: &[DocumentResult], most: usize, seed: u64) -> Vec<Mutant> {
    let mut out = vec![];
    let mut by_kind: BTreeMap<&str, BTreeMap<(usize, String), Vec<Mutant>>> = BTreeMap::new();
    for m in all(documents) {
        by_kind.entry(m.kind).or_default().entry((m.document, m.id.clone())).or_default().push(m);
    }
    for kind in KINDS {
        let Some(formulas) = by_kind.remove(kind.name) else { continue };
        let mut drawn: Vec<(usize, u64, Mutant)> = vec![];
        for ((_, id), mut mutants) in formulas {
            let order = digest(seed, &[kind.name, &id]);
            mutants.sort_by_cached_key(|m| digest(seed, &[&m.key]));
            drawn.extend(mutants.into_iter().take(most).enumerate().map(|(round, m)| (round, order, m)));
        }
        drawn.sort_by(|a, b| (a.0, a.1, a.2.document, &a.2.id).cmp(&(b.0, b.1, b.2.document, &b.2.id)));
        out.extend(drawn.into_iter().take(most).map(|(_, _, m)| m));
    }
    out
}

/// The mutant with this key.
pub fn named(documents: &[DocumentResult], key: &str) -> Option<Mutant> {
    all(documents).into_iter().find(|m| m.key == key)
}

/// All mutants of all kinds. One edit of the notes counts once, though it may touch two relations of a chain.
fn all(documents: &[DocumentResult]) -> Vec<Mutant> {
    let mut out = vec![];
    for (number, document) in documents.iter().enumerate() {
        let mut seen: BTreeSet<(Span, String)> = BTreeSet::new();
        for judged in document.statements.iter().filter(|j| is_verified(j, &document.source)) {
            let s = &judged.statement;
            let chain = document.statements.iter().map(|o| &o.statement).filter(|o| o.link.chain == s.link.chain);
            let nearby: Vec<&str> = chain.filter(|o| o.span != s.span).map(|o| o.latex.as_str()).collect();
            let place = Place::new(&s.latex, &nearby);
            for edit in KINDS.iter().flat_map(|kind| edits(kind, &place)) {
                let span = Span::new(s.span.start + edit.span.start, s.span.start + edit.span.end);
                if seen.insert((span, edit.text.clone())) {
                    let mutant = edit.apply(&s.latex);
                    out.push(Mutant {
                        key: format!("{}-{:08x}", edit.kind, digest(0, &[&s.id, &mutant]) >> 32),
                        document: number,
                        id: s.id.clone(),
                        kind: edit.kind,
                        span,
                        text: edit.text,
                        latex: s.latex.clone(),
                        mutant,
                    });
                }
            }
        }
    }
    out
}

fn is_verified(judged: &Judged, source: &Source) -> bool {
    let (s, j) = (&judged.statement, &judged.judgement);
    s.kind == Kind::Claim
        && s.expected.is_none()
        && matches!(j.verdict, Verdict::Proved | Verdict::Confirmed)
        && source.slice(s.span) == s.latex
}

/// FNV-1a with a final mix, the same on every machine.
fn digest(seed: u64, parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes().chain([0]));
    let h = seed
        .to_le_bytes()
        .into_iter()
        .chain(bytes)
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (h ^ h >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
