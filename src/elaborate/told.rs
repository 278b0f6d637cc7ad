//! What the words beside a name say that it is: "let $A$ be a symmetric $n \times n$ matrix", "for any unit vector $u$".
//!
//! Each saying becomes a line as an annotation would be, `A symmetric`, `A \in \mathbb{R}^{n \times n}`. What is said is
//! a given from there to the end of the section, or until the name is declared again; behind "if" or "since" to the end
//! of the sentence. Where nothing but words introduces a name, what is claimed of it may be proved and is never refuted.

use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::sentence::{Piece, VERBS, backward, end, forward, has, listing, verb, word};
use crate::expr::{Expr, fun};
use crate::notation::is_upper;
use crate::notation::relation::{SIGNS, Sign};
use crate::read::Document;

/// A thing that a name may be, with the adjectives that say something of it.
struct Noun {
    words: &'static [&'static str],
    adjectives: &'static [(&'static str, &'static str)],
    /// Sizes that stand beside it: of a matrix two, of a vector one.
    sizes: usize,
}

/// Adjectives as they are written in prose, and what annotations call them.
const MATRIX: &[(&str, &str)] = &[
    ("symmetric", "symmetric"),
    ("orthogonal", "orthogonal"),
    ("orthonormal", "orthogonal"),
    ("invertible", "invertible"),
    ("nonsingular", "invertible"),
    ("non-singular", "invertible"),
    ("positive definite", "positive definite"),
    ("positive-definite", "positive definite"),
    ("positive semidefinite", "positive semidefinite"),
    ("positive semi-definite", "positive semidefinite"),
    ("positive-semidefinite", "positive semidefinite"),
    ("fisher information", "positive semidefinite"),
    ("hessian", "symmetric"),
    ("self-adjoint", "symmetric"),
    ("대칭", "symmetric"),
    ("공분산", "positive semidefinite"),
    ("직교", "orthogonal"),
    ("가역", "invertible"),
    ("양의 정부호", "positive definite"),
];
const VECTOR: &[(&str, &str)] =
    &[("one-hot", "one-hot"), ("one hot", "one-hot"), ("probability", "distribution"), ("원-핫", "one-hot")];
/// What vectors are said to be without the noun.
const BARE_VECTOR: &[(&str, &str)] = &[("one-hot encoded", "one-hot"), ("one-hot", "one-hot"), ("one hot", "one-hot")];
const NUMBER: &[(&str, &str)] = &[
    ("positive", "positive"),
    ("strictly positive", "positive"),
    ("nonnegative", "nonnegative"),
    ("non-negative", "nonnegative"),
    ("양의", "positive"),
];
const MATRICES: Noun = Noun { words: &["matrix", "matrices", "행렬"], adjectives: MATRIX, sizes: 2 };
const VECTORS: Noun = Noun { words: &["vector", "vectors", "벡터"], adjectives: VECTOR, sizes: 1 };
const NOUNS: &[Noun] = &[
    MATRICES,
    VECTORS,
    Noun { words: &["integer", "integers", "정수"], adjectives: NUMBER, sizes: 0 },
    Noun { words: &["number", "numbers", "constant", "constants", "scalar", "scalars"], adjectives: NUMBER, sizes: 0 },
];

/// Words that may stand between an article and a noun and say nothing that is used.
const IDLE: &[&str] =
    &["real", "square", "fixed", "arbitrary", "given", "known", "constant", "column", "real-valued", "some", "single"];
const ARTICLES: &[&str] = &["a", "an", "any", "some", "every", "each", "all", "the", "for", "two", "be", "is", "are"];
/// What makes a sentence one that lets or assumes.
const CUES: &[&str] = &[
    "let",
    "assume",
    "suppose",
    "where",
    "given",
    "consider",
    "denote",
    "assuming",
    "fix",
    "take",
    "with",
    "여기서",
    "가정",
];
/// What makes it a case or a reason: it holds in this sentence.
const CASE: &[&str] = &["if", "when", "whenever", "since", "because"];
/// What makes it a result or a denial.
const NOT: &[&str] = &[
    "unless",
    "then",
    "so",
    "hence",
    "thus",
    "therefore",
    "implies",
    "show",
    "prove",
    "proves",
    "shows",
    "whether",
    "not",
    "no",
    "neither",
    "nor",
    "necessarily",
    "never",
    "iff",
    "only",
    "cannot",
    "need",
    "conclude",
    "follows",
    "also",
    "without",
    "otherwise",
    "contradiction",
    "contrary",
    "absurd",
    "아닌",
    "이면",
    "따라서",
];
/// Words by which a name stands beside what is spoken of.
const PREPOSITIONS: &[&str] = &[
    "of", "in", "to", "from", "by", "between", "on", "onto", "under", "over", "at", "within", "inside", "into", "than",
    "through", "without", "along",
];
/// Words behind a property that loosen it.
const LOOSE: &[&str] = &[
    "if",
    "unless",
    "whenever",
    "when",
    "up",
    "almost",
    "not",
    "approximately",
    "nearly",
    "except",
    "contradiction",
    "contrary",
];
/// Words by which the properties of several names are told one by one.
const APIECE: &[&str] = &["respectively", "resp", "either", "각각"];
/// Words by which what was said before is over.
const ANEW: &[&str] = &["general", "arbitrary", "any", "another", "drop", "dropping", "relax", "longer"];
/// The lines that the prose of a document adds.
pub(crate) fn told(document: &Document, lines: &[RawLine]) -> Vec<RawLine> {
    let mut out = vec![];
    for line in lines {
        let (Origin::Formula { display: false }, Some(name)) = (&line.origin, line.sides.first()) else { continue };
        let place = |s: &crate::notation::line::Placed| s.sign.name == "member";
        let alone = line.signs.is_empty() || matches!(line.signs.as_slice(), [s] if place(s));
        if name.as_symbol().is_none() || line.continued || !alone || !line.problems.is_empty() {
            continue;
        }
        let (before, after) = (backward(document, line.block), forward(document, line.block));
        let upper = name.as_symbol().is_some_and(|s| is_upper(&s.name));
        let placed = !line.signs.is_empty();
        let said = declared(&before, &after, placed || upper).filter(|s| !placed || !s.adjectives.is_empty());
        let Some(said) = said.or_else(|| appositive(&before, upper)) else {
            let again = declares(&before) && (!line.signs.is_empty() || verb(&after).is_some());
            if again || has(&before, ANEW) || before.last().and_then(noun).is_some() {
                out.push(of(line, vec![name.clone()], None, None));
            }
            continue;
        };
        let until = said.case.then(|| end(document, line.block));
        let of = |line: &RawLine, sides: Vec<Expr>, sign, adjective| RawLine {
            origin: Origin::Told { adjective, until },
            ..of(line, sides, sign, adjective)
        };
        out.extend(said.adjectives.iter().map(|word| of(line, vec![name.clone()], None, Some(word))));
        if placed {
            continue;
        }
        let sizes: Vec<Expr> = said.sizes.iter().filter_map(|block| size(lines, *block)).flatten().collect();
        let space = (!sizes.is_empty() && sizes.len() == said.noun.sizes).then(|| Expr::apply("real_space", sizes));
        let member = SIGNS.iter().find(|s| s.name == "member");
        out.extend(space.zip(member).map(|(space, sign)| of(line, vec![name.clone(), space], Some(sign), None)));
        if said.noun.words.contains(&"integer") {
            out.push(of(line, vec![name.clone()], None, Some("integer")));
        }
        if said.adjectives.is_empty() {
            // Declared again: what was said of it before is over.
            out.push(of(line, vec![name.clone()], None, None));
        }
    }
    out
}

/// What the words say.
struct Said {
    noun: &'static Noun,
    adjectives: Vec<&'static str>,
    sizes: Vec<usize>,
    /// Only in this sentence.
    case: bool,
}

/// "let `A` be a symmetric matrix", "where `A` is a symmetric and positive definite matrix"; of what may be a `matrix`
/// also "if `A` is symmetric", of anything else "since `y` is one-hot".
fn declared(before: &[Piece], after: &[Piece], matrix: bool) -> Option<Said> {
    let case = has(before, CASE);
    if !(case || declares(before)) || has(before, NOT) || has(after, APIECE) || !is_subject(before) {
        return None;
    }
    let rest = verb(after)?;
    let meant = if matrix { (&MATRICES, MATRIX) } else { (&VECTORS, BARE_VECTOR) };
    let said = with_noun(rest).or_else(|| if has(after, LOOSE) { None } else { bare(rest, meant) })?;
    // "If A is any matrix" begins anew like all that lets.
    (!case || !said.adjectives.is_empty()).then_some(Said { case, ..said })
}

/// Whether the name is what is spoken of: "the inverse of `A`" and "each block in `A`" are something else.
fn is_subject(before: &[Piece]) -> bool {
    let from = before.iter().rposition(|p| word(p).is_some_and(|w| CUES.contains(&w) || CASE.contains(&w)));
    let own = from.and_then(|at| before.get(at + 1..)).unwrap_or(before);
    // "The set where `A` is symmetric" says where it is.
    let cue = |at: usize| before.get(at).and_then(word);
    let within = from.is_some_and(|at| cue(at) == Some("where") && at.checked_sub(1).and_then(cue).is_some());
    !within && !has(own, PREPOSITIONS)
}

/// "a symmetric and positive definite matrix"
fn with_noun(rest: &[Piece]) -> Option<Said> {
    let at = rest.iter().position(|p| noun(p).is_some())?;
    // An integer matrix is no integer.
    if rest.get(at + 1).is_some_and(|p| noun(p).is_some()) {
        return None;
    }
    let sized = rest.get(at + 1).and_then(word) == Some("of");
    let behind = if sized { rest.get(at + 1..rest.len().min(at + 4)) } else { None };
    phrase(rest.get(..=at)?, behind.unwrap_or(&[]))
}

/// Words that end what is said of a name without a noun.
const BEHIND: &[&str] = &["and", "with", "then", "so", "we", "it"];

/// "symmetric and positive definite", up to a comma or the end of the sentence.
fn bare(rest: &[Piece], (noun, known): (&'static Noun, &[(&str, &'static str)])) -> Option<Said> {
    let (adjectives, at) = adjectives(rest, known);
    let ends = match rest.get(at) {
        None | Some(Piece::Pause) => true,
        // "symmetric with respect to 0" is said of functions.
        Some(Piece::Word(w)) => BEHIND.contains(&w.as_str()) && rest.get(at + 1).and_then(word) != Some("respect"),
        Some(Piece::Formula(_)) => false,
    };
    (ends && !adjectives.is_empty()).then_some(Said { noun, adjectives, sizes: vec![], case: false })
}

/// The adjectives of a list that a phrase begins with, and how many words they are.
fn adjectives(rest: &[Piece], list: &[(&str, &'static str)]) -> (Vec<&'static str>, usize) {
    let text = |i: usize| rest.get(i).and_then(word);
    let known = |written: &str| list.iter().find(|(w, _)| *w == written).map(|(_, meant)| *meant);
    let adjective = |i: usize| {
        let first = text(i)?;
        let two = text(i + 1).and_then(|second| known(&format!("{first} {second}")));
        two.map(|meant| (meant, 2)).or_else(|| known(first).map(|meant| (meant, 1)))
    };
    let (mut found, mut at) = (vec![], 0);
    while let Some(w) = text(at) {
        at += match adjective(at) {
            Some((meant, words)) => {
                found.push(meant);
                words
            }
            None if matches!(w, "real" | "both") || w == "and" && adjective(at + 1).is_some() => 1,
            None => break,
        };
    }
    (found, at)
}

/// "a symmetric matrix `A`"; of what may be a matrix also "for symmetric `A`", which is a case.
fn appositive(before: &[Piece], matrix: bool) -> Option<Said> {
    if has(before, NOT) || has(before, CASE) {
        return None;
    }
    if noun(before.last()?).is_some() {
        let article = before.iter().rposition(|p| word(p).is_some_and(|w| ARTICLES.contains(&w)))?;
        return phrase(before.get(article..)?, &[]);
    }
    // Between the article and the name stands nothing else: in "U is orthogonal and `A`" it is said of U.
    let begins = |w: &str| ARTICLES.contains(&w) && !VERBS.contains(&w) || matches!(w, "with" | "where");
    let rest = before.get(before.iter().rposition(|p| word(p).is_some_and(begins))? + 1..)?;
    let (adjectives, words) = adjectives(rest, MATRIX);
    let whole = matrix && words == rest.len() && !adjectives.is_empty();
    let case = has(before, &["for", "every", "each", "any", "all"]);
    whole.then_some(Said { noun: &MATRICES, adjectives, sizes: vec![], case })
}

/// Whether the sentence lets or assumes.
fn declares(before: &[Piece]) -> bool {
    has(before, CUES)
}

fn noun(piece: &Piece) -> Option<&'static Noun> {
    let w = word(piece)?;
    NOUNS.iter().find(|n| n.words.contains(&w))
}

/// Article, adjectives and sizes, noun; `None` if there is a word among them that is not understood.
fn phrase(pieces: &[Piece], behind: &[Piece]) -> Option<Said> {
    let (last, pieces) = pieces.split_last()?;
    let mut said = Said { noun: noun(last)?, adjectives: vec![], sizes: vec![], case: false };
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let two = match (piece, pieces.get(at + 1)) {
            (Piece::Word(a), Some(Piece::Word(b))) => format!("{a} {b}"),
            _ => String::new(),
        };
        let adjectives = said.noun.adjectives;
        let known = |text: &str| adjectives.iter().find(|(w, _)| *w == text).map(|(_, meant)| *meant);
        match piece {
            // In `A symmetric and B positive definite` the second formula is another name.
            Piece::Formula(_) if at.checked_sub(1).and_then(|i| pieces.get(i)).is_some_and(listing) => return None,
            Piece::Formula(block) => said.sizes.push(*block),
            Piece::Pause => {}
            Piece::Word(_) if known(&two).is_some() => {
                said.adjectives.extend(known(&two));
                at += 1;
            }
            Piece::Word(w) => match known(w) {
                Some(meant) => said.adjectives.push(meant),
                // An article behind an adjective begins another phrase.
                None if ARTICLES.contains(&w.as_str()) && said.adjectives.is_empty() && said.sizes.is_empty() => {}
                None if w == "and" || IDLE.contains(&w.as_str()) => {}
                None => return None,
            },
        }
        at += 1;
    }
    // "vector of length k"
    if let [Piece::Word(of), Piece::Word(what), Piece::Formula(block)] = behind
        && of == "of"
        && matches!(what.as_str(), "length" | "size" | "dimension" | "dimensions")
    {
        said.sizes.push(*block);
    }
    Some(said)
}

/// The sizes in a formula: `n`, `n \times d`.
fn size(lines: &[RawLine], block: usize) -> Option<Vec<Expr>> {
    let line = lines.iter().find(|l| l.block == block && l.signs.is_empty())?;
    let whole = |e: &Expr| e.as_symbol().is_some() || e.as_int().is_some_and(|n| n > 0);
    let all = match line.sides.first()? {
        e if whole(e) => vec![e.clone()],
        e => e.as_app(fun::MUL)?.to_vec(),
    };
    let named = |e: Expr| e.as_symbol().map_or_else(|| e.clone(), |s| Expr::size_symbol(&s.name));
    all.iter().all(whole).then(|| all.into_iter().map(named).collect())
}

/// A line that says it, at the place of the name.
fn of(line: &RawLine, sides: Vec<Expr>, sign: Option<&'static Sign>, adjective: Option<&'static str>) -> RawLine {
    let span = line.side_spans.first().copied().unwrap_or(line.span);
    let signs = sign.map(|sign| crate::notation::line::Placed { sign, span }).into_iter().collect();
    RawLine {
        origin: Origin::Told { adjective, until: None },
        side_spans: sides.iter().map(|_| span).collect(),
        printed: sides.clone(),
        sides,
        signs,
        qualifiers: vec![],
        prefix: None,
        span,
        row_span: span,
        ..line.clone()
    }
}
