//! What reading makes of texts, carrier by carrier.

use super::*;

mod carriers;
mod directives;
mod properties;
mod structure;

fn doc(text: &str) -> Document {
    read(Source::new("notes.md", text))
}

/// The formulas' texts, displays in brackets.
fn formulas(text: &str) -> Vec<String> {
    let d = doc(text);
    d.formulas()
        .map(|(_, f)| if f.display { format!("[{}]", f.extract.text) } else { f.extract.text.clone() })
        .collect()
}

/// The words, piece by piece.
fn prose(text: &str) -> Vec<String> {
    let d = doc(text);
    d.blocks.iter().filter_map(|b| if let Block::Prose(p) = b { Some(p.text.clone()) } else { None }).collect()
}

fn problems(text: &str) -> Vec<&'static str> {
    doc(text).problems.iter().map(|p| p.kind.code()).collect()
}

fn first(text: &str) -> Formula {
    doc(text).formulas().next().expect("a formula").1.clone()
}
