//! Words that restrict letters without being understood as givens: "the principal direction $u$ has unit length", "the
//! residual stands at right angles to the fit". A point at which a line about such letters fails may be none of theirs.

use std::collections::BTreeSet;

use crate::claim::Claim;
use crate::elaborate::build::Builder;
use crate::elaborate::denied::begins;
use crate::expr::{Expr, Node, fun};
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
    &["rank one"],
    &["rank 1"],
    &["rank $1$"],
    &["centred"],
    &["centered"],
    &["zero mean"],
    &["zero-mean"],
    &["labels", "plus or minus"],
    &["after", "normalisation"],
    &["after", "normalization"],
    &["on the sphere"],
    &["normalise"],
    &["normalize"],
    &["normalising"],
    &["normalizing"],
    &["for unit"],
    &["\\perp"],
    &["pythagoras"],
    &["parallel"],
    &["permutation matri"],
    &["rank-one"],
    &["projection"],
    &["adjacency"],
    &["equals its transpose"],
    &["equal to its transpose"],
    &["단위 벡터"],
    &["단위벡터"],
    &["수직"],
    &["직교"],
    &["예각"],
    &["삼각형"],
    &["사분면"],
];

/// Words of one sign, one side of a number or one class of integers, as words of their own: a relation of sizes, roots and whole
/// parts may hold for those alone.
const PARTS: &[&str] = &[
    "negative",
    "odd",
    "is even",
    "be even",
    "are even",
    "even length",
    "even integer",
    "even number",
    "even size",
    "even order",
    "for even",
    "an even",
    "any even",
    "every even",
    "all even",
    "multiples",
    "square numbers",
    "strictly between",
    "multiple of",
    "divisible by",
    "divides",
    "power of two",
    "power of 2",
    "powers of two",
    "perfect square",
    "larger than",
    "greater than",
    "bigger than",
    "more than",
    "smaller than",
    "less than",
    "at least",
    "at most",
    "exceeds",
    "exceed",
    "larger root",
    "smaller root",
    "larger one",
    "smaller one",
    "lie between",
    "lies between",
    "lying between",
    "decreasing",
    "increasing",
    "angle between",
    "polar angle",
    "angle of",
    "latitude",
    "unit interval",
    "branch",
    "sign appropriately",
];
const KOREAN_PARTS: &[&str] =
    &["홀수", "짝수", "음수", "배수", "나누어떨어", "나누어 떨어", "보다 크", "보다 큰", "보다 작", "제곱수"];

/// Words of sizes that matrices have beside them.
const SIZES: &[&str] = &[
    "2\\times2",
    "2\\times 2",
    "2 \\times 2",
    "3\\times3",
    "3\\times 3",
    "3 \\times 3",
    "of order 2",
    "of order 3",
    "of order two",
    "of order three",
    "odd dimension",
    "in two dimensions",
    "in three dimensions",
    "in the plane",
    "in 2d",
    "in 3d",
    "even dimension",
];

/// Whether a matrix of a size that nothing says stands in a relation.
fn has_unsized(relation: &Expr) -> bool {
    relation.symbols().iter().any(|s| matches!(s.sort.sizes(), [n, _] if n.as_int().is_none()))
}

/// Whether a relation has what depends on the sign or the class of a number: a size, a root, a whole part, the greater of two.
fn has_parts(relation: &Expr) -> bool {
    let broken = |n: &Expr| n.as_num().is_some_and(|q| !q.is_integer());
    relation.any(&mut |x| match x.node() {
        Node::App(f, args) if f.name == fun::POW => {
            let turns = args.first().and_then(Expr::as_int).is_some_and(|base| base < 0);
            args.get(1).is_some_and(broken) || turns
        }
        Node::App(f, _) => matches!(f.name, "abs" | "sqrt" | "floor" | "ceil" | "max" | "min" | "sign"),
        _ => false,
    })
}

/// The words of a sentence that speak of a part of the numbers.
fn part(sentence: &str) -> Option<&'static str> {
    let plain: String = sentence.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    let padded = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let english = PARTS.iter().find(|w| padded.contains(&format!(" {w} ")));
    let pieces: Vec<&str> = padded.split_whitespace().collect();
    let english = english.copied().or_else(|| pieces.windows(3).find_map(of_formula));
    english.or_else(|| KOREAN_PARTS.iter().find(|w| sentence.contains(**w)).copied())
}

/// What a formula says among the words of a sentence: `2 \mid n`, "`n` even", "on `(0, 1)`".
fn of_formula(pieces: &[&str]) -> Option<&'static str> {
    let number = |w: &str| w.chars().all(|c| c.is_ascii_digit());
    let letter = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_alphabetic);
    match pieces {
        [divisor, "mid", _] if number(divisor) => Some("divides"),
        ["even", n, _] | [_, "even", n] | [n, "even", _] | [_, n, "even"] if letter(n) && *n != "a" => Some("even"),
        ["on" | "in", low, high] if number(low) && number(high) => Some("interval"),
        _ => None,
    }
}

/// Words that say what a formula before them holds for.
const GOES_ON: &[&str] =
    &["for", "where", "with", "if", "when", "whenever", "provided", "in", "on", "inside", "as long as"];

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
        let parts = has_parts(&claim.unfolded);
        let row_of = |small: &str| {
            let row = ROWS.iter().find(|row| row.iter().all(|w| small.contains(w) && !told(w)));
            row.and_then(|row| row.first().copied()).or_else(|| part(small).filter(|_| parts)).or_else(|| {
                SIZES.iter().find(|w| small.contains(**w)).copied().filter(|_| has_unsized(&claim.unfolded))
            })
        };
        let all: Vec<&str> = sentences(&text).collect();
        let last = all.iter().rposition(|s| s.trim().len() > 2);
        let found = all.iter().enumerate().find_map(|(at, sentence)| {
            let small = sentence.to_lowercase();
            let word = row_of(&small)?;
            let named = letters(sentence);
            let about = named.iter().any(|l| own.contains(l)) || Some(at) == last;
            Some(word).filter(|_| about)
        });
        found.or_else(|| {
            // "for the angles of a triangle", behind it.
            let small = self.goes_on_with(block);
            row_of(&small)
        })
    }

    /// The rest of the sentence of a formula, where it says what the formula holds for.
    fn goes_on_with(&self, block: usize) -> String {
        let first = self.document.after(block).first().map_or("", |p| p.text.trim_start_matches([',', ' ', '\n']));
        let goes_on = GOES_ON.iter().any(|w| begins(first, w));
        let behind = if goes_on { self.words_behind(block) } else { String::new() };
        sentences(&behind).next().unwrap_or("").to_owned()
    }
}
