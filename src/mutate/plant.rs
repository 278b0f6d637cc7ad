//! Mutants of the verified formulas of a document.

use crate::claim::{Kind, Verdict};
use crate::edit::{Edit, KINDS, Place, edits};
use crate::verdict::{DocumentResult, Judged};

/// An error planted in a statement.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The statement's id.
    pub id: String,
    /// The statement's text as it stands.
    pub latex: String,
    /// The edit, in the statement's text.
    pub edit: Edit,
    /// The statement's text with the error.
    pub mutant: String,
}

/// At most `most` mutants of each kind over the verified formulas of a document, drawn by the seed.
pub fn mutants(document: &DocumentResult, most: usize, seed: u64) -> Vec<Mutant> {
    let mut out = vec![];
    for kind in KINDS {
        let mut of_kind: Vec<(u64, Mutant)> = vec![];
        for judged in document.statements.iter().filter(|j| is_verified(j)) {
            let s = &judged.statement;
            let nearby: Vec<&str> = document
                .statements
                .iter()
                .filter(|o| o.statement.link.chain == s.link.chain && o.statement.id != s.id)
                .map(|o| o.statement.latex.as_str())
                .collect();
            for edit in edits(kind, &Place::new(&s.latex, &nearby)) {
                let mutant = edit.apply(&s.latex);
                let rank = hash(seed, &s.id, &mutant);
                of_kind.push((rank, Mutant { id: s.id.clone(), latex: s.latex.clone(), edit, mutant }));
            }
        }
        of_kind.sort_by_key(|(rank, _)| *rank);
        out.extend(of_kind.into_iter().take(most).map(|(_, m)| m));
    }
    out
}

fn is_verified(judged: &Judged) -> bool {
    judged.statement.kind == Kind::Claim
        && judged.statement.expected.is_none()
        && matches!(judged.judgement.verdict, Verdict::Proved | Verdict::Confirmed | Verdict::Conditional)
}

/// FNV-1a, so that the draw is the same on every machine.
fn hash(seed: u64, id: &str, text: &str) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(id.bytes()).chain([0]).chain(text.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
