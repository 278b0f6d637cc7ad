//! An item of a `let` or `assume` list: mathematics, perhaps with an adjective behind it.

use crate::source::{Extract, Span};

use super::directive::{DirectiveProblem, DirectiveProblemKind};
use super::list::{cut, split, trimmed};
use super::suggest::suggest;

/// What a declaration says about a symbol beyond its relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Adjective {
    /// A vector with one entry 1 and all others 0.
    OneHot,
    /// A vector of entries ≥ 0 that sum to 1.
    Distribution,
    /// A square matrix equal to its transpose.
    Symmetric,
    /// A symmetric matrix with `zᵀAz > 0` for all `z ≠ 0`.
    PositiveDefinite,
    /// A symmetric matrix with `zᵀAz ≥ 0` for all `z`.
    PositiveSemidefinite,
    /// A square matrix whose transpose is its inverse.
    Orthogonal,
    /// A whole number.
    Integer,
    /// A number > 0, or an array of such.
    Positive,
    /// A number ≥ 0, or an array of such.
    Nonnegative,
    /// A set with finitely many members.
    Finite,
    /// Random variables that are jointly independent.
    Independent,
    /// A matrix whose columns are linearly independent.
    FullColumnRank,
    /// A square matrix with an inverse.
    Invertible,
    /// A random variable.
    Random,
    /// A number that is the same for all outcomes.
    Constant,
}

/// The adjectives as they are written.
const ADJECTIVES: [(&str, Adjective); 15] = [
    ("one-hot", Adjective::OneHot),
    ("distribution", Adjective::Distribution),
    ("symmetric", Adjective::Symmetric),
    ("positive definite", Adjective::PositiveDefinite),
    ("positive semidefinite", Adjective::PositiveSemidefinite),
    ("orthogonal", Adjective::Orthogonal),
    ("integer", Adjective::Integer),
    ("positive", Adjective::Positive),
    ("nonnegative", Adjective::Nonnegative),
    ("finite", Adjective::Finite),
    ("independent", Adjective::Independent),
    ("full column rank", Adjective::FullColumnRank),
    ("invertible", Adjective::Invertible),
    ("random", Adjective::Random),
    ("constant", Adjective::Constant),
];

impl Adjective {
    /// The adjective's spelling in directives.
    pub fn word(self) -> &'static str {
        ADJECTIVES.iter().find(|a| a.1 == self).map_or("", |a| a.0)
    }

    /// All adjectives with their spellings.
    pub fn all() -> impl Iterator<Item = (&'static str, Adjective)> {
        ADJECTIVES.into_iter()
    }
}

/// One item: `s \in \mathbb{R}^C`, `p := \operatorname{softmax}(s)`, `y one-hot`. In `a, b positive` the item `a` is
/// bare; what follows says what it shares.
#[derive(Clone, Debug, PartialEq)]
pub struct LetItem {
    /// The mathematics, written as in the notes, without the adjective.
    pub math: Extract,
    /// The adjective behind it.
    pub adjective: Option<Adjective>,
    /// The whole item in the source.
    pub span: Span,
}

/// Reads the list in the part `span` of `text`.
pub(super) fn items(text: &Extract, span: Span, problems: &mut Vec<DirectiveProblem>) -> Vec<LetItem> {
    let parts = ranges(&text.text, split(&text.text, span, b','));
    parts.into_iter().map(|part| item(text, part, problems)).collect()
}

/// `i = 1, \dots, n` is one item; behind `x_i > 0` it belongs to that.
fn ranges(text: &str, parts: Vec<Span>) -> Vec<Span> {
    let of = |s: Span| text.get(s.range()).unwrap_or("");
    let dots = |s: Span| matches!(of(s), "\\dots" | "\\ldots" | "\\cdots" | "\\dotsc" | "…" | "...");
    let mut out: Vec<Span> = vec![];
    let mut rest = parts.into_iter().peekable();
    while let Some(mut part) = rest.next() {
        if rest.peek().is_some_and(|next| dots(*next)) {
            part = rest.by_ref().take(2).fold(part, Span::join);
            let words = of(part).trim_start_matches("\\quad").trim_start_matches("\\qquad");
            let name = words.split('=').next().unwrap_or("").trim();
            let said_of = |s: Span| of(s).contains(&format!("_{name}")) || of(s).contains(&format!("_{{{name}}}"));
            if let Some(last) = out.last_mut().filter(|last| words.len() < of(part).len() || said_of(**last)) {
                *last = last.join(part);
                continue;
            }
        }
        out.push(part);
    }
    out
}

fn item(text: &Extract, part: Span, problems: &mut Vec<DirectiveProblem>) -> LetItem {
    let raw = text.text.get(part.range()).unwrap_or("");
    let (mut math, mut adjective) = (part, None);
    let words = trailing_words(raw);
    // The longest run of trailing words that is an adjective, exactly or nearly.
    for (exact, &(from, trailing)) in words.iter().map(|w| (true, w)).chain(words.iter().map(|w| (false, w))) {
        let spelt = trailing.split_whitespace().collect::<Vec<_>>().join(" ");
        let meant = ADJECTIVES.iter().find(|a| a.0 == spelt);
        let near = || suggest(&spelt, &ADJECTIVES.map(|a| a.0)).filter(|_| spelt.len() >= 5);
        if let Some(&(_, a)) = meant {
            adjective = Some(a);
        } else if let Some(near) = if exact { None } else { near() } {
            let at = text.span_to_source(Span::new(part.start + from, part.end));
            problems.push(DirectiveProblem {
                kind: DirectiveProblemKind::Adjective,
                word: spelt,
                suggestion: Some(near),
                span: at,
            });
        } else {
            continue;
        }
        math = trimmed(&text.text, Span::new(part.start, part.start + from));
        break;
    }
    if math == part
        && let Some(&(from, trailing)) = words.first().filter(|w| is_plain_word(raw, w))
    {
        let at = text.span_to_source(Span::new(part.start + from, part.end));
        problems.push(DirectiveProblem {
            kind: DirectiveProblemKind::Adjective,
            word: trailing.to_owned(),
            suggestion: None,
            span: at,
        });
        math = trimmed(&text.text, Span::new(part.start, part.start + from));
    }
    let verb =
        text.text.get(math.range()).unwrap_or("").strip_suffix("is").filter(|m| m.ends_with(char::is_whitespace));
    if let (Some(m), true) = (verb, math != part) {
        math = trimmed(&text.text, Span::new(math.start, math.start + m.len()));
    }
    LetItem { math: cut(text, math), adjective, span: text.span_to_source(part) }
}

/// The last one, two or three words behind some mathematics, longest first, with where they begin.
fn trailing_words(raw: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut end = raw.len();
    while starts.len() < 3 {
        let head = raw.get(..end).unwrap_or("");
        let word = head.len() - head.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-').len();
        let from = end - word;
        let before = raw.get(..from).unwrap_or("");
        if word == 0 || !before.ends_with(char::is_whitespace) {
            break;
        }
        let gap = before.trim_end();
        // Behind an operator the word is an operand.
        if gap.ends_with(['=', '<', '>', '+', '-', '*', '/', '^', '_', '|', '(', '&']) || ends_with_relation(gap) {
            break;
        }
        starts.push(from);
        end = gap.len();
    }
    starts.into_iter().rev().filter_map(|s| Some((s, raw.get(s..)?))).collect()
}

fn ends_with_relation(text: &str) -> bool {
    const RELATIONS: [&str; 10] = ["in", "to", "sim", "le", "leq", "ge", "geq", "neq", "cdot", "times"];
    text.rsplit_once('\\').is_some_and(|(_, name)| RELATIONS.contains(&name))
}

/// Whether trailing words must have been meant as an adjective: at least four letters, behind a lone symbol.
fn is_plain_word(raw: &str, (from, words): &(usize, &str)) -> bool {
    let symbol = raw.get(..*from).unwrap_or("").trim();
    let lone = symbol.split_whitespace().count() == 1 && !symbol.contains(['=', '<', '>']);
    lone && words.split_whitespace().any(|w| w.len() >= 4)
}
