//! What a problem is known by when the lines of the notes have moved.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::report::diagnostic::Problem;
use crate::verdict::DocumentResult;

/// Marks for the problems of one document, given in the order of its text.
///
/// A mark is 32 hexadecimal digits of a SHA-256: of a path, the code, the formula without its white space, and which of
/// several equal ones it is. Lines, columns and messages do not count, so that it stays the same when text is put in
/// before it; a formula that changes is a new problem.
#[derive(Debug)]
pub struct Fingerprints {
    path: String,
    seen: BTreeMap<(String, String), usize>,
}

impl Fingerprints {
    /// Marks that differ from those under other paths.
    pub fn new(path: &str) -> Fingerprints {
        Fingerprints { path: path.to_owned(), seen: BTreeMap::new() }
    }

    /// The mark of the next problem.
    pub fn mark(&mut self, code: &str, formula: &str) -> String {
        let plain: String = formula.split_whitespace().collect();
        let nth = self.seen.entry((code.to_owned(), plain.clone())).or_default();
        *nth += 1;
        let mut hash = Sha256::new();
        for part in [self.path.as_str(), code, &plain, &nth.to_string()] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A mark for each problem of a document.
pub(super) fn fingerprints(document: &DocumentResult, problems: &[Problem]) -> Vec<String> {
    let mut marks = Fingerprints::new(&document.source.path);
    let formula = |p: &Problem| {
        let id = p.statement.as_ref();
        let statement = id.and_then(|id| document.statements.iter().find(|j| j.statement.id == *id));
        statement.map_or_else(|| document.source.slice(p.span), |j| j.statement.latex.as_str())
    };
    problems.iter().map(|p| marks.mark(p.code, formula(p))).collect()
}
