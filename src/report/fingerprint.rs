//! What a problem is known by when the lines of the notes have moved.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::report::diagnostic::Problem;
use crate::verdict::DocumentResult;

/// A mark for each problem, 32 hexadecimal digits of a SHA-256: of the path, the code, the formula without its white
/// space, and which of several equal ones it is. Lines, columns and messages do not count, so that it stays the same
/// when text is put in before it; a formula that changes is a new problem.
pub fn fingerprints(document: &DocumentResult, problems: &[Problem]) -> Vec<String> {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    let formula = |p: &Problem| {
        let id = p.statement.as_ref();
        let statement = id.and_then(|id| document.statements.iter().find(|j| j.statement.id == *id));
        let text = statement.map_or_else(|| document.source.slice(p.span), |j| j.statement.latex.as_str());
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>()
    };
    let mut mark = |p: &Problem| {
        let key = (p.code.to_owned(), formula(p));
        let nth = seen.entry(key.clone()).or_default();
        *nth += 1;
        let mut hash = Sha256::new();
        for part in [document.source.path.as_str(), &key.0, &key.1, &nth.to_string()] {
            hash.update(part.len().to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    };
    problems.iter().map(&mut mark).collect()
}
