//! Names that the words call a matrix, an operator, an element of a group, where nothing gives a size: read as numbers,
//! they commute as numbers do, which they need not.
//!
//! What a line says that mixes two of them is left open, and so is what a matrix has in another sense than a number: a
//! determinant for an absolute value, an order.

use crate::elaborate::operation::is_commutator;
use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::sentence::{Piece, backward, forward, has, listing, near, verb, word};
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, fun};
use crate::notation::is_upper;
use crate::notation::relation::Role;
use crate::read::{Block, Document};
use Thing::{Algebra, Complex, Element, Function, Map, Row};

/// What a name is called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Thing {
    /// What maps or multiplies from a side.
    Map,
    /// What has a direction, or places.
    Row,
    /// What is multiplied by its values, and inverted as a map.
    Function,
    /// A set whose elements are multiplied in their order.
    Algebra,
    /// Such an element, where the sentence speaks of such a set.
    Element,
    /// A number without an order, whose roots and logarithms have branches.
    Complex,
}

/// A name with what it is called.
pub(super) struct Called {
    pub(super) name: String,
    pub(super) noun: &'static str,
    pub(super) thing: Thing,
    pub(super) block: usize,
    /// Whether it is said to be random.
    random: bool,
}

/// Nouns, a row each: what the word begins with, or in Korean has within, and what it is.
const NOUNS: &[(&str, Thing)] = &[
    ("matrix", Map),
    ("matrices", Map),
    ("operator", Map),
    ("tensor", Map),
    ("quaternion", Map),
    ("permutation", Map),
    ("rotation", Map),
    ("reflection", Map),
    ("transformation", Map),
    ("endomorphism", Map),
    ("automorphism", Map),
    ("homomorphism", Map),
    ("isomorphism", Map),
    ("isometry", Map),
    ("isometries", Map),
    ("contraction", Map),
    ("projection", Map),
    ("projector", Map),
    ("involution", Map),
    ("annihilator", Map),
    ("map", Map),
    ("mapping", Map),
    ("word", Map),
    ("path", Map),
    ("변환", Map),
    ("사상", Map),
    ("function", Function),
    ("bijection", Function),
    ("함수", Function),
    ("행렬", Map),
    ("연산자", Map),
    ("작용소", Map),
    ("사원수", Map),
    ("치환", Map),
    ("sets", Row),
    ("집합", Row),
    ("vector", Row),
    ("eigenvector", Row),
    ("벡터", Row),
    ("group", Algebra),
    ("ring", Algebra),
    ("monoid", Algebra),
    ("semigroup", Algebra),
    ("algebra", Algebra),
    ("element", Element),
    ("원소", Element),
    ("복소수", Complex),
];
/// Words for matrices and operators, of which small letters may be numbers.
const OF_CAPITALS: &[&str] = &[
    "covariance",
    "precision",
    "generator",
    "propagator",
    "kernel",
    "projector",
    "jacobian",
    "hessian",
    "gram",
    "hamiltonian",
    "공분산",
];
/// Sets of such things, as they are written behind ∈.
const SETS: &[&str] = &[
    "M_",
    "GL",
    "SL",
    "SO",
    "SU",
    "Mat",
    "\\mathcal{M}_",
    "\\mathcal{M}(",
    "\\mathbb{H}",
    "\\mathbb{S}_",
    "\\mathbf{S}_",
    "\\mathcal{B}(",
    "\\mathcal{L}(",
    "\\mathfrak{g",
];
/// Words by which a set of this kind has no order.
const COMMUTING: &[&str] = &["abelian", "commutative", "commuting", "commute", "commutes", "diagonal"];
const ARTICLES: &[&str] = &["a", "an", "the", "two", "any", "some", "each", "every"];
/// Words that end a phrase; what stands behind them is another thing.
pub(super) const PREPOSITIONS: &[&str] = &[
    "of",
    "in",
    "on",
    "with",
    "for",
    "from",
    "to",
    "by",
    "over",
    "under",
    "such",
    "that",
    "which",
    "whose",
    "and",
    "or",
    "acting",
    "between",
    "at",
    "as",
    "so",
    "then",
    "when",
    "if",
    "containing",
    "having",
];
/// Verbs between a thing and its name: "the momentum operator is $p$", "write the matrix as $P$".
const LINKS: &[&str] = &["is", "are", "as", "by", "be"];
/// Longest phrase that is looked at.
const LONGEST: usize = 8;

fn thing(w: &str) -> Option<(&'static str, Thing)> {
    let fits = |n: &str| {
        if n.is_ascii() { w == n || w.strip_suffix('s') == Some(n) } else { w.contains(n) }
    };
    let capital = || OF_CAPITALS.iter().find(|n| fits(n)).map(|n| (*n, Map));
    NOUNS.iter().find(|(n, _)| fits(n)).copied().or_else(capital)
}

/// Words by which functions and products of arrays are taken entry by entry.
pub(super) const ELEMENTWISE: &[&str] = &[
    "hadamard",
    "elementwise",
    "element-wise",
    "element by element",
    "componentwise",
    "component-wise",
    "entrywise",
    "entry-wise",
    "entry by entry",
    "coordinatewise",
    "coordinate-wise",
    "원소별",
    "성분별",
];

/// All names that the words of a document call so, in order.
pub(super) fn called(document: &Document, lines: &[TypedLine]) -> Vec<Called> {
    let mut out: Vec<Called> = vec![];
    let mut composed = vec![];
    let source = document.source.text.to_lowercase();
    let elementwise = ELEMENTWISE.iter().any(|w| source.contains(w));
    for line in lines.iter().map(|l| &l.raw) {
        let Origin::Formula { display } = line.origin else { continue };
        let text = document.source.slice(document.blocks.get(line.block).map_or(line.span, Block::span));
        if is_composed(text) && !elementwise {
            let called = |name| Called { name, noun: "map", thing: Map, block: line.block, random: false };
            composed.extend(line.sides.iter().flat_map(operands).map(called));
        }
        let around = || {
            let near = document.before(line.block).into_iter().chain(document.after(line.block));
            near.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ")
        };
        if is_commutator(document.source.slice(line.span), &around) {
            let called = |name| Called { name, noun: "operator", thing: Map, block: line.block, random: false };
            out.extend(line.sides.first().into_iter().flat_map(all_names).map(called));
        }
        let names = line.sides.first().map(names).unwrap_or_default();
        // "The map `x ↦ 2x`" has no name.
        let arrow = line.signs.first().is_some_and(|s| s.sign.role == Role::Arrow);
        if names.is_empty() || arrow && line.sides.first().is_some_and(|e| e.as_symbol().is_some()) {
            continue;
        }
        let mut note = |noun, thing, random| {
            let called = |name: &String| Called { name: name.clone(), noun, thing, block: line.block, random };
            let fits = |name: &&String| !OF_CAPITALS.contains(&noun) || is_upper(name);
            out.extend(names.iter().filter(fits).map(called));
        };
        if let Some((noun, thing)) = in_set(text) {
            note(noun, thing, false);
        }
        if display {
            continue;
        }
        let (before, after) = (backward(document, line.block), forward(document, line.block));
        if has(&before, COMMUTING) || has(&after, COMMUTING) {
            continue;
        }
        let random = |words: &[Piece]| words.iter().rev().take(4).filter_map(word).any(|w| w == "random");
        let number = |n: &str| n.starts_with("number") || n.starts_with("variable");
        let complex = |p: &[Piece]| {
            p.windows(2).any(|w| matches!(w, [a, b] if word(a) == Some("complex") && word(b).is_some_and(number)))
                || COMPLEX.iter().any(|row| {
                    let mut words = p.iter().filter_map(word);
                    row.iter().all(|part| words.any(|w| w == *part))
                })
        };
        let said = || {
            said(&after)
                .or_else(|| verb(&after))
                .is_some_and(|rest| complex(rest.get(..rest.len().min(4)).unwrap_or(rest)))
        };
        if complex(near(&before)) || near(&before).last().and_then(word) == Some("complex") || said() {
            note("complex number", Complex, false);
        }
        if let Some((noun, thing, phrase)) = ahead(&before).or_else(|| behind(line, &after)) {
            let sets = || before.iter().chain(&after).filter_map(word).any(|w| thing_is(w, Algebra));
            if thing != Element || sets() {
                note(noun, thing, random(phrase));
            }
        }
    }
    members(document, lines, &mut out);
    out.append(&mut composed);
    out
}

/// The names on both sides of circles.
fn operands(e: &Expr) -> Vec<String> {
    let own = e.as_app("hadamard").into_iter().flatten().filter_map(name);
    own.chain(e.children().into_iter().flat_map(operands)).collect()
}

/// `f \circ g`, where the circle stands between two names.
fn is_composed(text: &str) -> bool {
    text.match_indices("\\circ").any(|(at, _)| {
        !text.get(..at).unwrap_or("").trim_end().ends_with(['^', '{', '_'])
            && !text.get(at + 5..).unwrap_or("").starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

fn thing_is(w: &str, kind: Thing) -> bool {
    thing(w).is_some_and(|(_, t)| t == kind)
}

fn name(e: &Expr) -> Option<String> {
    match e.node() {
        Node::Sym(s) => Some(s.name.to_string()),
        _ => None,
    }
}

/// The mark of a name whose entries are called so: of the matrices `L_1` and `L_2`, not of a matrix that has entries.
const ENTRIES: char = '\u{0}';

/// The name under which the entries of an array are called something.
pub(super) fn of_entries(name: &str) -> String {
    format!("{name}{ENTRIES}")
}

impl Called {
    /// The name as it is shown.
    pub(super) fn shown(&self) -> &str {
        self.name.trim_end_matches(ENTRIES)
    }
}

/// All names in an expression, entries by their array.
fn all_names(e: &Expr) -> Vec<String> {
    match e.as_app(fun::INDEX).and_then(<[Expr]>::first).and_then(name) {
        Some(array) => vec![of_entries(&array)],
        None => name(e).into_iter().chain(e.children().into_iter().flat_map(all_names)).collect(),
    }
}

/// `A`; `L_a`; those of a list, `p, q` and `f, g : X`.
fn names(e: &Expr) -> Vec<String> {
    let array = |e: &Expr| e.as_app(fun::INDEX).and_then(<[Expr]>::first).and_then(name).map(|n| of_entries(&n));
    match e.node() {
        Node::Opaque { text, .. } if text.contains(',') => {
            let listed = text.split(':').next().unwrap_or("").split(',').map(str::trim);
            let is_name = |l: &str| {
                let letters = l.strip_prefix('\\').map_or(l.chars().count() == 1, |rest| !rest.is_empty());
                letters && l.trim_start_matches('\\').chars().all(char::is_alphabetic)
            };
            let each = listed.filter_map(|l| match l.split_once('_') {
                Some((base, _)) => is_name(base.trim()).then(|| of_entries(base.trim())),
                None => is_name(l).then(|| l.to_owned()),
            });
            each.collect()
        }
        _ => name(e).or_else(|| array(e)).into_iter().collect(),
    }
}

/// Words, in this order, that call what they are said of a quantity with complex values.
const COMPLEX: &[&[&str]] = &[
    &["complex", "amplitude"],
    &["complex", "amplitudes"],
    &["complex", "function"],
    &["complex", "wave"],
    &["complex-valued"],
    &["frequency", "response"],
    &["transfer", "function"],
    &["wave", "function"],
    &["wavefunction"],
    &["fourier"],
    &["dft"],
    &["phasor"],
    &["impedance"],
    &["파동함수"],
];

/// `A, B \in GL_n`.
fn in_set(text: &str) -> Option<(&'static str, Thing)> {
    let within = text.match_indices("\\in").map(|(at, sign)| text.get(at + sign.len()..).unwrap_or(""));
    let mut sets =
        within.filter(|rest| !rest.starts_with(char::is_alphabetic)).chain(text.split_once('∈').map(|p| p.1));
    let set = sets.next()?.trim_start();
    let set = ["\\mathrm{", "\\operatorname{", "\\text{"].iter().find_map(|w| set.strip_prefix(w)).unwrap_or(set);
    let bare: String = set.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}')).collect();
    if bare.strip_prefix("\\mathbbC").is_some_and(|rest| !rest.starts_with('^')) {
        return Some(("complex number", Complex));
    }
    SETS.iter().any(|s| set.starts_with(s)).then_some(("matrix", Map))
}

/// Elements of what is called a group or a ring: `a, b \in G`.
fn members(document: &Document, lines: &[TypedLine], out: &mut Vec<Called>) {
    let sets: Vec<(String, &'static str)> =
        out.iter().filter(|c| c.thing == Algebra).map(|c| (c.name.clone(), c.noun)).collect();
    for line in lines.iter().map(|l| &l.raw).filter(|_| !sets.is_empty()) {
        let text = document.source.slice(document.blocks.get(line.block).map_or(line.span, Block::span));
        let Some((_, set)) = text.split_once("\\in ") else { continue };
        let set = set.trim_end_matches('$').trim();
        let Some((_, noun)) = sets.iter().find(|(name, _)| name == set) else { continue };
        let name = line.sides.first().and_then(name);
        out.extend(name.map(|name| Called { name, noun, thing: Element, block: line.block, random: false }));
    }
}

/// "the matrices `A` and `B`", "the momentum operator is `p`".
fn ahead(before: &[Piece]) -> Option<(&'static str, Thing, &[Piece])> {
    let listed = |p: &Piece| matches!(p, Piece::Formula(_)) || listing(p) || word(p).is_some_and(is_particle);
    let end = before.iter().rposition(|p| !listed(p))? + 1;
    let phrase = before.get(..end)?;
    let (last, rest) = phrase.split_last()?;
    let last = word(last)?;
    let counted = |rest: &[Piece]| rest.last().and_then(word) == Some("of");
    if let Some((noun, thing)) = thing(last).filter(|_| !counted(rest)) {
        return Some((noun, thing, phrase));
    }
    // "The matrices be denoted by `A`".
    let passive = |w: &str| matches!(w, "denoted" | "called" | "written" | "given" | "named" | "be" | "are" | "is");
    let active = rest.iter().rposition(|p| !word(p).is_some_and(passive)).map_or(0, |at| at + 1);
    let rest = rest.get(..active).unwrap_or(rest);
    // Between a thing and its name, what it is a part of is another thing: "the rank of the matrix is `r`".
    let (noun, rest) = rest.split_last()?;
    let (noun, thing) = thing(word(noun)?).filter(|_| end == before.len() && LINKS.contains(&last))?;
    let article = rest.iter().rposition(|p| word(p).is_some_and(|w| ARTICLES.contains(&w)));
    let part = rest.get(..article.unwrap_or(rest.len()))?.last().and_then(word);
    part.is_none_or(|w| !PREPOSITIONS.contains(&w)).then_some((noun, thing, rest))
}

/// "`A` and `B` be matrices", "`D` the degree matrix".
fn behind<'a>(line: &RawLine, after: &'a [Piece]) -> Option<(&'static str, Thing, &'a [Piece])> {
    let bare = || after.first().and_then(word).filter(|w| ARTICLES.contains(w)).map(|_| after);
    let rest = said(after).or_else(|| bare().filter(|_| line.signs.is_empty()))?;
    let ends = |p: &Piece| *p == Piece::Pause || word(p).is_some_and(|w| PREPOSITIONS.contains(&w));
    let phrase = rest.get(..rest.iter().take(LONGEST).position(ends).unwrap_or(rest.len().min(LONGEST)))?;
    let last = phrase.iter().rev().find_map(word)?;
    let korean = || phrase.iter().filter_map(word).filter(|w| !w.is_ascii()).find_map(thing);
    let (noun, thing) = thing(last).or_else(korean)?;
    Some((noun, thing, phrase))
}

/// What stands behind the verb of a name or of the list that it begins.
fn said(after: &[Piece]) -> Option<&[Piece]> {
    let listed = |p: &Piece| matches!(p, Piece::Formula(_)) || listing(p) || word(p).is_some_and(is_particle);
    let at = after.iter().position(|p| !listed(p))?;
    verb(after.get(at..)?)
}

fn is_particle(w: &str) -> bool {
    matches!(w, "와" | "과" | "및")
}

/// Whether the words before a block call a name random.
pub(super) fn is_random(called: &[Called], name: &str, block: usize) -> bool {
    called.iter().any(|c| c.random && c.name == name && c.block <= block)
}
