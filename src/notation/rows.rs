//! What notation there is, for people: relation signs, operators, functions by their spellings.

use crate::expr::fun;
use crate::notation::binder::OPERATORS;
use crate::notation::relation::SIGNS;

/// A spelling and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As written in notes, several spellings separated by spaces.
    pub spelling: String,
    /// The row of the function table or the binder that it becomes.
    pub meaning: String,
    /// What sort of sign it is.
    pub kind: &'static str,
}

/// All rows: relations, operators that bind a variable, functions.
pub fn rows() -> Vec<Row> {
    let relations = SIGNS.iter().map(|s| Row {
        spelling: spelt(s.spellings),
        meaning: if s.name.is_empty() { format!("{:?}", s.role).to_lowercase() } else { s.name.to_owned() },
        kind: "relation",
    });
    let binders = OPERATORS.iter().map(|(name, binder)| Row {
        spelling: spelt(&[name]),
        meaning: format!("{binder:?}").to_lowercase(),
        kind: "operator",
    });
    let functions = fun::rows().filter(|f| !f.tex.is_empty()).map(|f| Row {
        spelling: spelt(f.tex),
        meaning: f.name.to_owned(),
        kind: "function",
    });
    relations.chain(binders).chain(functions).collect()
}

fn spelt(names: &[&str]) -> String {
    let one = |n: &&str| {
        if n.len() > 1 && n.chars().all(|c| c.is_ascii_alphabetic()) { format!("\\{n}") } else { (*n).to_owned() }
    };
    names.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_is_a_row_of_the_functions_or_a_binder() {
        for row in rows().iter().filter(|r| r.kind == "function") {
            assert!(fun::by_name(&row.meaning).is_some(), "{row:?}");
        }
        assert!(rows().iter().any(|r| r.spelling.contains("\\sum") && r.meaning == "sum"));
    }
}
