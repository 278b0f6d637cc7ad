//! Letters that the notes count by their superscripts: "let `x^k` be the k-th iterate", pairs `(x^i, y^i)`, points with the
//! coordinates `x^1` and `x^2`. Where such a letter is read as a power, the claim may mean something else.

use std::collections::BTreeSet;

use crate::elaborate::sentence::{Piece, backward, forward, word};
use crate::notation::line::{Line, lines};
use crate::notation::tex::{Tex, TexKind, parse_with, to_latex};
use crate::notation::{base_name, is_dots, significant};
use crate::read::{Block, Document};

/// Words of a sentence whose letters with superscripts are several of one kind.
const KINDS: &[&str] = &[
    "iterate",
    "iterates",
    "iteration",
    "iterations",
    "episode",
    "episodes",
    "epoch",
    "coordinate",
    "coordinates",
    "components",
    "layer",
    "layers",
    "samples",
    "superscript",
    "superscripts",
    "반복값",
    "위첨자",
    "좌표",
    "성분",
    "계층",
];
/// Words of a sentence whose `x^0` is what something starts with.
const STARTS: &[&str] =
    &["initial", "initialise", "initialize", "start", "starting", "guess", "초기", "초깃값", "초기값"];
/// Superscripts that nobody writes for powers.
const FIRST: &[&str] = &["^0", "^1", "^{0}", "^{1}"];
/// Words of notes that speak of powers as such.
const POWERS: &[&str] = &["powers of", "exponents", "law of exponent", "거듭제곱", "지수법칙"];
/// Longest formula that introduces a letter.
const SHORT: usize = 80;
/// Deepest nesting that is looked at.
const DEPTH: usize = 64;

/// The letters that a document counts by their superscripts.
pub(super) fn counted(document: &Document) -> BTreeSet<String> {
    let (mut found, mut started) = (BTreeSet::new(), BTreeSet::new());
    let text = document.source.text.to_lowercase();
    let powers = POWERS.iter().any(|w| text.contains(w));
    for (at, block) in document.blocks.iter().enumerate() {
        let Block::Formula(f) = block else { continue };
        let text = &f.extract.text;
        // Of a display only the superscripts 0 and 1 say something.
        let looked_at = if f.display { FIRST.iter().any(|s| text.contains(s)) } else { text.len() <= SHORT };
        if !text.contains('^') || !looked_at {
            continue;
        }
        let said = |words: &[&str]| {
            let pieces: Vec<Piece> = backward(document, at).into_iter().chain(forward(document, at)).collect();
            pieces.iter().filter_map(word).any(|w| words.contains(&w.rsplit('-').next().unwrap_or(w)))
        };
        for line in lines(&parse_with(text, &document.macros)) {
            introduces(&line, f.display, powers, &said, &mut found, &mut started);
        }
    }
    if !started.is_empty() {
        // Iterates `v^{k+1}` are read as such.
        let bare: String = document.source.text.chars().filter(|c| !c.is_whitespace()).collect();
        let read = |name: &str| ["k", "t", "n", "i"].iter().any(|k| bare.contains(&format!("{name}^{{{k}+1}}")));
        started.retain(|name: &String| !read(name));
    }
    found.extend(started);
    found
}

/// Adds the letters of a line that a list `x^0, x^1`, a tuple `(x^i, y^i)` or a definition `a^1 = x` counts.
fn introduces(
    line: &Line,
    display: bool,
    powers: bool,
    said: &dyn Fn(&[&str]) -> bool,
    found: &mut BTreeSet<String>,
    started: &mut BTreeSet<String>,
) {
    let Some((first, rest)) = line.sides.split_first() else { return };
    let head = significant(first);
    let (tuple, inside) = match head.as_slice() {
        [one] if matches!(one.kind, TexKind::Fenced { .. }) => (true, significant(one.list())),
        [open, inner @ .., close] if is(open, '(') && is(close, ')') => (true, inner.to_vec()),
        _ => (false, head.clone()),
    };
    let members: Vec<&[Tex]> = inside.split(|n| is(n, ',')).filter(|m| !m.iter().all(is_dots)).collect();
    let raised: Vec<(String, String)> = members.iter().filter_map(|m| superscript(m)).collect();
    let all = !raised.is_empty() && raised.len() == members.len();
    let alone = line.signs.is_empty();
    let equated = line.signs.first().is_some_and(|s| s.sign.name == "eq");
    if !all || !(alone || equated && raised.len() == 1) {
        return;
    }
    // `x^1 = x` is a law of powers; who writes the exponent 1 counts otherwise.
    let law = |name: &str| match rest.first().map(|side| significant(side)).as_deref() {
        Some([one]) => base_name(one).as_deref() == Some(name),
        _ => false,
    };
    // So is `x^0 = 1`.
    let one = rest
        .first()
        .is_some_and(|side| matches!(significant(side).as_slice(), [Tex { kind: TexKind::Number(n), .. }] if n == "1"));
    let explicit = |(name, sup): &&(String, String)| sup == "1" && !powers && !law(name);
    let from_zero = |(name, sup): &&(String, String)| sup == "0" && equated && !one && !powers && !law(name);
    let names = |of: &dyn Fn(&&(String, String)) -> bool| {
        raised.iter().filter(of).map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    if display {
        started.extend(if alone { vec![] } else { [names(&explicit), names(&from_zero)].concat() });
        return;
    }
    found.extend(names(&explicit));
    started.extend(names(&from_zero));
    if alone && raised.iter().any(|(_, sup)| sup == "0") && said(STARTS) {
        started.extend(names(&|_| true));
    }
    let number = |sup: &str| sup.chars().all(|c| c.is_ascii_digit());
    let letter =
        |sup: &str| sup.chars().count() == 1 && sup.chars().all(char::is_alphabetic) && !matches!(sup, "n" | "T");
    let one_letter = |(_, sup): &(String, String)| letter(sup) && raised.iter().all(|(_, other)| other == sup);
    let pairs = tuple && raised.len() > 1 && raised.iter().all(one_letter);
    let indices = raised.iter().all(|(_, sup)| letter(sup) || number(sup) && raised.len() > 1);
    if alone && (pairs || indices && said(KINDS)) {
        found.extend(raised.into_iter().map(|(name, _)| name));
    }
}

fn is(node: &Tex, c: char) -> bool {
    matches!(node.kind, TexKind::Char(d) if d == c)
}

/// The letter and the superscript of the one node.
fn superscript(nodes: &[Tex]) -> Option<(String, String)> {
    match nodes {
        [Tex { kind: TexKind::Script { base, sub: None, sup: Some(sup), primes: 0 }, .. }] => {
            let name = base_name(base).filter(|name| !name.starts_with("\\mathbb"))?;
            Some((name, to_latex(sup.list()).split_whitespace().collect()))
        }
        _ => None,
    }
}

/// The first of some letters that stands with a superscript in nodes.
pub(super) fn raises(nodes: &[Tex], letters: &BTreeSet<String>, depth: usize) -> Option<String> {
    if depth > DEPTH || letters.is_empty() {
        return None;
    }
    nodes.iter().find_map(|node| {
        let own = match &node.kind {
            TexKind::Script { base, sup: Some(_), .. } => base_name(base).filter(|name| letters.contains(name)),
            _ => None,
        };
        own.or_else(|| node.children().into_iter().find_map(|c| raises(std::slice::from_ref(c), letters, depth + 1)))
    })
}
