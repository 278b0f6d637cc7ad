//! Words that restrict letters without being understood as givens: "the principal direction $u$ has unit length", "the
//! residual stands at right angles to the fit". A point at which a line about such letters fails may be none of theirs.

use std::collections::BTreeSet;

use crate::claim::Claim;
use crate::elaborate::build::Builder;
use crate::elaborate::denied::begins;
use crate::read::Block;

/// Words that restrict what they are said of, a row each: all of a row stand in the sentence, whose formulas are in it as
/// they are written.
const ROWS: &[&[&str]] = &[
    &["unit norm"],
    &["unit-norm"],
    &["unit vector"],
    &["unit length"],
    &["unit-length"],
    &["unit direction"],
    &["unit normal"],
    &["unit eigenvector"],
    &["unit sphere"],
    &["unit circle"],
    &["unit ball"],
    &["hypersphere"],
    &["length 1"],
    &["length one"],
    &["length $1$"],
    &["norm 1"],
    &["norm one"],
    &["norm $1$"],
    &["normalized"],
    &["normalised"],
    &["orthogonal"],
    &["perpendicular"],
    &["right angle"],
    &["right-angle"],
    &["acute"],
    &["obtuse"],
    &["triangle"],
    &["quadrant"],
    &["true distribution"],
    &["one-hot"],
    &["1-of-"],
    &["1-of-$"],
    &["one-of-"],
    &["correct class"],
    &["true class"],
    &["indicator vector"],
    &["label", "+1"],
    &["label", "\\pm"],
    &["label", "-1"],
    &["label", "$0$"],
    &["labels", "0 and 1"],
    &["labels", "0 or 1"],
    &["class", "+1"],
    &["class", "\\pm"],
    &["outcomes", "0"],
    &["outcomes", "probabilit"],
    &["with probability", "and with probability"],
    &["the probabilities"],
    &["are probabilities"],
    &["sum to one"],
    &["sum to 1"],
    &["sum to $1$"],
    &["add up to"],
    &["side of the margin"],
    &["inside the margin"],
    &["conserved"],
    &["is constant"],
    &["remains constant"],
    &["stays constant"],
    &["held constant"],
    &["is kept constant"],
    &["단위 벡터"],
    &["단위벡터"],
    &["수직"],
    &["직교"],
    &["예각"],
    &["삼각형"],
    &["사분면"],
];

/// Words that say what a formula before them holds for.
const GOES_ON: &[&str] = &["for", "where", "with", "if", "when", "whenever", "provided", "in"];

/// Where a sentence ends, in source text: behind a point or a blank line.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = [". ", ".\n", "! ", "? ", "。", "$$.", "다. "]
            .iter()
            .filter_map(|mark| rest.find(mark).map(|at| at + mark.len()));
        let (sentence, after) = rest.split_at_checked(end.min().unwrap_or(rest.len()))?;
        rest = after;
        Some(sentence)
    })
}

/// The letters and names of the formulas of a sentence.
fn letters(sentence: &str) -> BTreeSet<String> {
    let dollars = sentence.replace("\\(", "$").replace("\\)", "$");
    let inside = dollars.split('$').skip(1).step_by(2);
    let mut found = BTreeSet::new();
    for formula in inside {
        let mut rest = formula;
        while let Some(c) = rest.chars().next() {
            let len = match c {
                '\\' => 1 + rest.chars().skip(1).take_while(char::is_ascii_alphabetic).count(),
                _ => c.len_utf8(),
            };
            let (name, after) = rest.split_at_checked(len.max(1)).unwrap_or((rest, ""));
            if c == '\\' || c.is_alphabetic() {
                found.insert(name.to_owned());
            }
            rest = after;
        }
    }
    found
}

/// The letter at the heart of a name: `y` of `\hat{y}` and `y_i`, `phi` of `\boldsymbol{\phi}`.
fn core(name: &str) -> BTreeSet<String> {
    letters(&format!("${name}$")).into_iter().filter(|l| !is_accent(l)).collect()
}

fn is_accent(name: &str) -> bool {
    matches!(
        name,
        "\\hat" | "\\bar" | "\\tilde" | "\\mathbf" | "\\boldsymbol" | "\\mathrm" | "\\bm" | "\\vec" | "\\text"
    )
}

impl Builder<'_> {
    /// Words that restrict a letter of a claim and that no given of it says: those of a sentence of its section before it
    /// that has the letter in a formula, or of the sentence that leads to it.
    pub(super) fn restricting_words(&self, claim: &Claim, block: usize) -> Option<&'static str> {
        if self.has_annotations {
            return None;
        }
        let section = self.section(block);
        let within = |b: &Block| match b {
            Block::Prose(p) => p.section == section,
            Block::Formula(f) => f.section == section,
            _ => false,
        };
        let blocks = self.document.blocks.get(..block)?;
        let first = blocks.iter().rposition(|b| !within(b)).map_or(0, |at| at + 1);
        let mut text = String::new();
        for b in blocks.get(first..)? {
            // What a display says is another matter than the words around it.
            let display = matches!(b, Block::Formula(f) if f.display);
            text.push_str(if display { ". " } else { self.document.source.slice(b.span()) });
        }
        let symbols = claim.unfolded.symbols().into_iter().chain(claim.relation.symbols());
        let own: BTreeSet<String> = symbols.flat_map(|s| core(&s.name)).collect();
        let says = |name: &str| claim.givens.iter().any(|g| g.fact.as_ref().is_some_and(|f| f.as_app(name).is_some()));
        let told = |word: &str| match word {
            "orthogonal" | "직교" => says("orthogonal"),
            "one-hot" => says("one_hot"),
            _ => false,
        };
        let all: Vec<&str> = sentences(&text).collect();
        let last = all.iter().rposition(|s| s.trim().len() > 2);
        let found = all.iter().enumerate().find_map(|(at, sentence)| {
            let small = sentence.to_lowercase();
            let row = ROWS.iter().find(|row| row.iter().all(|w| small.contains(w) && !told(w)))?;
            let named = letters(sentence);
            let about = named.iter().any(|l| own.contains(l)) || Some(at) == last;
            row.first().copied().filter(|_| about)
        });
        found.or_else(|| {
            // "for the angles of a triangle", behind it.
            let small = self.goes_on_with(block).to_lowercase();
            let row = ROWS.iter().find(|row| row.iter().all(|w| small.contains(w) && !told(w)))?;
            row.first().copied()
        })
    }

    /// The rest of the sentence of a formula, where it says what the formula holds for.
    fn goes_on_with(&self, block: usize) -> &str {
        let behind = self.document.after(block).first().map_or("", |p| p.text.trim_start_matches([',', ' ', '\n']));
        let end = sentences(behind).next().map_or(0, str::len);
        let goes_on = GOES_ON.iter().any(|w| begins(behind, w));
        behind.get(..end).filter(|_| goes_on).unwrap_or("")
    }
}
