//! Letters with a standing meaning that the words of the notes call something else: `\pi` a policy, `e` a charge, `\sigma`
//! a permutation, `I` a tensor; and letters that they call functions. The meaning is over in the whole document.

use std::collections::BTreeSet;

use crate::elaborate::called::PREPOSITIONS;
use crate::elaborate::letters::{applied_alone, has_another_value, holds_itself, is_open};
use crate::elaborate::raw::Cut;
use crate::elaborate::sentence::{Piece, backward, forward, has, near, verb, word};
use crate::notation::line::Line;
use crate::notation::tex::Tex;
use crate::notation::{Names, base_name, is_customary, significant};
use crate::read::{Block, Document};

/// A letter with a standing meaning.
struct Letter {
    name: &'static str,
    /// Words of a phrase that calls it what it is.
    own: &'static [&'static str],
    /// Words one of which the notes must have for the meaning; of none it is what is meant by itself.
    needs: &'static [&'static str],
    /// Whether what the notes may call it has values of its own, as a constant: only these words call it something else
    /// in "the charge is `e`". An empty list: "the limit is `e`" calls nothing.
    named: &'static [&'static str],
}

/// Words for a number that is what it is.
const NUMBERS: &[&str] = &[
    "number",
    "numbers",
    "constant",
    "constants",
    "value",
    "values",
    "limit",
    "ratio",
    "angle",
    "angles",
    "area",
    "volume",
    "period",
    "base",
    "factor",
    "factors",
    "argument",
    "phase",
    "length",
    "circumference",
    "sum",
    "quantity",
    "symbol",
    "letter",
    "radians",
    "digits",
    "irrational",
    "transcendental",
    "familiar",
    "usual",
    "famous",
    "same",
    "term",
    "point",
    "points",
    "bound",
    "interval",
    "zero",
    "root",
    "solution",
    "euler",
    "exponential",
    "원주율",
    "상수",
    "자연상수",
];
const LETTERS: &[Letter] = &[
    Letter {
        name: "\\pi",
        own: NUMBERS,
        needs: &[],
        named: &[
            "policy",
            "permutation",
            "profit",
            "prior",
            "probability",
            "proportion",
            "projection",
            "distribution",
            "rate",
            "정책",
            "순열",
            "이윤",
            "확률",
        ],
    },
    Letter {
        name: "e",
        own: NUMBERS,
        needs: &[],
        named: &[
            "charge",
            "identity",
            "neutral",
            "edges",
            "count",
            "error",
            "errors",
            "residual",
            "residuals",
            "eccentricity",
            "elasticity",
            "vector",
            "항등원",
            "오차",
            "전하",
            "이심률",
        ],
    },
    Letter {
        name: "\\sigma",
        own: &[
            "sigmoid",
            "logistic",
            "sigmoidal",
            "squashing",
            "activation",
            "nonlinearity",
            "non-linearity",
            "function",
        ],
        needs: &["sigmoid", "logistic", "logit", "squashing", "시그모이드", "로지스틱"],
        named: &["permutation", "relu", "tangent", "tanh", "step", "divisors", "순열", "치환"],
    },
];
/// Words of phrases by which a letter is a function where brackets stand behind it.
const FUNCTIONS: &[&str] = &[
    "function",
    "policy",
    "permutation",
    "projection",
    "map",
    "mapping",
    "relu",
    "tanh",
    "tangent",
    "softsign",
    "activation",
    "함수",
    "순열",
    "치환",
    "정책",
];
/// Letters of functions of which the notes speak by these words.
const SPOKEN: &[(&str, &[&str])] = &[
    ("\\theta", &["heaviside", "step function", "계단 함수"]),
    ("u", &["heaviside", "unit step", "step function", "계단 함수"]),
    ("H", &["heaviside", "계단 함수"]),
    ("\\delta", &["dirac", "delta function", "unit impulse", "디랙"]),
    ("\\zeta", &["zeta function", "제타 함수"]),
    ("\\varphi", &["totient", "오일러 피 함수"]),
    ("\\phi", &["totient", "오일러 피 함수"]),
    ("\\mu", &["möbius function", "mobius function", "뫼비우스 함수"]),
    ("\\tau", &["number of divisors", "divisor function", "약수의 개수"]),
];
/// The identity matrix, and words of phrases that call it so, or something else.
pub(super) const UNIT: &str = "I";
const UNITS: &[&str] = &["identity", "unit", "unity", "eye", "항등행렬", "단위행렬"];
const OTHER_UNITS: &[&str] = &["information", "tensor", "inertia", "interval", "ideal", "current", "정보"];
/// Brackets and powers with another meaning: what a formula in the notes begins with or has, and words of its sentence.
const SIGNS: &[(&str, &[&str], &[&str])] = &[
    (
        "|",
        &["|", "\\lvert", "\\left|", "\\vert"],
        &[
            "length of a string",
            "length of the string",
            "length of a word",
            "length of the word",
            "length of string",
            "order of an element",
            "order of the element",
            "number of letters",
            "number of symbols",
            "문자열",
            "원소의 위수",
        ],
    ),
    (
        "[",
        &["[", "\\left["],
        &[
            "integral part",
            "integer part",
            "greatest integer",
            "largest integer",
            "floor",
            "gauss bracket",
            "gaussian bracket",
            "가우스",
        ],
    ),
    ("^", &[], &["iterates of", "iterate of", "th iterate", "iterated function", "composed with itself", "반복 합성"]),
];
const ARTICLES: &[&str] = &["a", "an", "the", "this", "our", "its", "their", "each", "every", "any", "some", "one"];
/// Words between an article and a letter by which the phrase is about another thing, beside prepositions.
const APART: &[&str] = &["than", "times", "is", "are", "be", "equals", "has", "have", "gives", "involving"];

/// Takes their meaning from the letters that the notes use in another one. Notes with annotations say by these what
/// letters are. What is left are the letters of which only words say what they are.
pub(super) fn rename(document: &Document, cuts: &[Cut], names: &mut Names) -> BTreeSet<String> {
    let mut renamed = BTreeSet::new();
    if document.blocks.iter().any(|b| matches!(b, Block::Directive(_))) {
        return renamed;
    }
    let source = document.source.text.to_lowercase();
    let lines = || cuts.iter().flat_map(|c| &c.lines);
    let applied: BTreeSet<String> = lines().flat_map(|l| l.sides.iter()).flat_map(|s| applied_alone(s)).collect();
    for letter in LETTERS {
        let phrases = phrases(document, cuts, letter.name, letter.named);
        let other = |p: &Vec<String>| !p.iter().any(|w| letter.own.contains(&w.as_str()));
        let other: Vec<_> = phrases.iter().filter(|p| other(p)).collect();
        let lacking = !letter.needs.is_empty() && !letter.needs.iter().any(|w| source.contains(w));
        let marked = letter.needs.is_empty() && is_marked(&document.source.text, letter.name);
        let function = (applied.contains(letter.name) || marked || names.conditional.contains(letter.name))
            && letter.needs.is_empty()
            || other.iter().any(|p| p.iter().any(|w| FUNCTIONS.contains(&w.as_str())))
            || lacking && !names.declared.contains(letter.name);
        let valued = letter.needs.is_empty() && lines().any(|l| has_another_value(l, letter.name));
        if !other.is_empty()
            || valued
            || marked && letter.name == "\\pi" && !is_multiplied(&document.source.text, letter.name)
        {
            renamed.insert(letter.name.to_owned());
        }
        if function {
            names.functions.insert(letter.name.to_owned());
        }
    }
    let unit = phrases(document, cuts, UNIT, OTHER_UNITS);
    let other = |p: &Vec<String>| !p.iter().any(|w| UNITS.contains(&w.as_str())) && p.as_slice() != ["matrix"];
    if unit.iter().any(other) {
        renamed.insert(UNIT.to_owned());
    }
    names.otherwise.extend(SIGNS.iter().filter(|row| is_said(document, row.1, row.2)).map(|row| row.0));
    let spoken =
        SPOKEN.iter().filter(|(_, words)| words.iter().any(|w| source.contains(w))).map(|row| row.0.to_owned());
    for name in called_functions(document, cuts).into_iter().chain(spoken) {
        let within = |l: &Line| l.sides.iter().any(|s| holds_itself(s, &name));
        if !is_customary(&name) && !lines().any(within) {
            names.functions.insert(name);
        }
    }
    names.declared.extend(renamed.iter().cloned());
    renamed
}

/// Whether a letter has an index, or a star, somewhere: `\pi_k`, `\pi^*`.
fn is_marked(source: &str, name: &str) -> bool {
    name.len() > 1
        && ["_", "^*", "^{*", "^\\ast", "^\\star", "^{\\star"]
            .iter()
            .any(|mark| source.contains(&format!("{name}{mark}")))
}

/// Whether a letter stands somewhere as a number does: behind digits, in a fraction or a root, before a slash.
fn is_multiplied(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| {
        let before = source.get(..at).unwrap_or("").trim_end();
        let behind = source.get(at + name.len()..).unwrap_or("").trim_start();
        before.ends_with(|c: char| c.is_ascii_digit() || c == '/')
            || ["frac{", "frac", "sqrt{", "sqrt", "\\sin", "\\cos", "\\sin(", "\\cos(", "-"]
                .iter()
                .any(|w| before.ends_with(w))
            || behind.starts_with('/')
    })
}

/// Whether words stand in a paragraph with a formula that begins so; with no beginnings, anywhere.
fn is_said(document: &Document, beginnings: &[&str], words: &[&str]) -> bool {
    let begins = |b: &Block, paragraph: usize| match b {
        Block::Formula(f) if f.paragraph == paragraph || f.display => {
            beginnings.iter().any(|s| f.extract.text.trim_start().starts_with(s))
        }
        _ => false,
    };
    document.blocks.iter().enumerate().any(|(i, b)| {
        let Block::Prose(p) = b else { return false };
        let text = p.text.to_lowercase();
        let near = || document.blocks.get(i.saturating_sub(3)..).unwrap_or(&[]).iter().take(7);
        words.iter().any(|w| text.contains(w)) && (beginnings.is_empty() || near().any(|b| begins(b, p.paragraph)))
    })
}

/// What words call a letter: the phrases beside formulas that begin with it.
fn phrases(document: &Document, cuts: &[Cut], name: &str, named: &[&str]) -> Vec<Vec<String>> {
    let inline = |c: &&Cut| matches!(document.blocks.get(c.block), Some(Block::Formula(f)) if !f.display);
    let about = |c: &&Cut| c.lines.first().and_then(|l| l.sides.first()).is_some_and(|s| begins_with(s, name));
    let texts = |p: &[Piece]| p.iter().filter_map(word).map(str::to_owned).collect::<Vec<_>>();
    let mut out = vec![];
    for cut in cuts.iter().filter(inline).filter(about) {
        let before = backward(document, cut.block);
        out.extend(ahead(near(&before), named).map(texts));
        if cut.lines.iter().all(|l| l.signs.is_empty()) {
            out.extend(behind(&forward(document, cut.block)).map(texts));
        }
    }
    out
}

/// "The policy `\pi`", "the step function `\theta`"; "the elementary charge is `e`" with a noun of the list.
fn ahead<'p>(close: &'p [Piece], named: &[&str]) -> Option<&'p [Piece]> {
    let (last, rest) = close.split_last()?;
    let article = |p: &Piece| word(p).is_some_and(|w| ARTICLES.contains(&w));
    if word(last).is_some_and(|w| matches!(w, "is" | "be" | "as" | "by" | "are")) {
        return has(rest, named).then_some(rest);
    }
    let from = close.iter().rposition(article).map(|at| at + 1);
    let phrase =
        from.and_then(|at| close.get(at..)).filter(|p| !p.is_empty() && !has(p, APART) && !has(p, PREPOSITIONS));
    let bare = || word(last).is_some_and(|w| named.contains(&w) || matches!(w, "function" | "함수")).then_some(close);
    phrase.or_else(bare)
}

/// "`\pi` be a policy", "`e` is the charge of".
fn behind(after: &[Piece]) -> Option<&[Piece]> {
    let rest = verb(after)?;
    let (first, rest) = rest.split_first()?;
    word(first).filter(|w| ARTICLES.contains(w))?;
    let ends = |p: &Piece| word(p).is_none_or(|w| APART.contains(&w) || PREPOSITIONS.contains(&w));
    let phrase = rest.get(..rest.iter().position(ends).unwrap_or(rest.len()))?;
    (!phrase.is_empty()).then_some(phrase)
}

/// Whether a side is the letter, or the letter with brackets behind it.
fn begins_with(side: &[Tex], name: &str) -> bool {
    let list = significant(side);
    let is_it = |n: &Tex| base_name(n).as_deref() == Some(name);
    match list.as_slice() {
        [one] => is_it(one),
        [first, second, ..] => is_it(first) && is_open(second),
        [] => false,
    }
}

/// The letters that words call functions.
fn called_functions(document: &Document, cuts: &[Cut]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for cut in cuts.iter().filter(|c| matches!(document.blocks.get(c.block), Some(Block::Formula(f)) if !f.display)) {
        let Some(side) = cut.lines.first().and_then(|l| l.sides.first()) else { continue };
        let Some(name) = significant(side).first().and_then(base_name).filter(|name| begins_with(side, name)) else {
            continue;
        };
        let before = backward(document, cut.block);
        let function = |p: &[Piece]| p.last().and_then(word).is_some_and(|w| matches!(w, "function" | "함수"));
        if function(near(&before)) || behind(&forward(document, cut.block)).is_some_and(function) {
            out.insert(name);
        }
    }
    out
}
