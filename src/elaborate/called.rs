//! Names that the words call a matrix, an operator, an element of a group, where nothing gives a size: read as numbers,
//! they commute as numbers do, which they need not.
//!
//! What a line says that mixes two of them is left open, and so is what a matrix has in another sense than a number: a
//! determinant for an absolute value, an order.

use crate::elaborate::build::TypedLine;
use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::sentence::{Piece, backward, forward, has, listing, verb, word};
use crate::expr::{Expr, Node, Sort, fun};
use crate::read::{Block, Document};
use Thing::{Algebra, Element, Map, Row};

/// What a name is called.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Thing {
    /// What maps or multiplies from a side.
    Map,
    /// What has a direction, or places.
    Row,
    /// A set whose elements are multiplied in their order.
    Algebra,
    /// Such an element, where the sentence speaks of such a set.
    Element,
}

/// A name with what it is called.
pub(super) struct Called {
    name: String,
    noun: &'static str,
    thing: Thing,
    block: usize,
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
    ("행렬", Map),
    ("연산자", Map),
    ("작용소", Map),
    ("사원수", Map),
    ("치환", Map),
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
const PREPOSITIONS: &[&str] = &[
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
/// Names that may be the imaginary unit where they are no indices.
const UNITS: &[&str] = &["i", "\\mathrm{i}", "\\imath"];
/// Longest phrase that is looked at.
const LONGEST: usize = 8;

fn thing(w: &str) -> Option<(&'static str, Thing)> {
    let fits = |n: &str| {
        if n.is_ascii() { w == n || w.strip_suffix('s') == Some(n) } else { w.contains(n) }
    };
    NOUNS.iter().find(|(n, _)| fits(n)).copied()
}

/// All names that the words of a document call so, in order.
pub(super) fn called(document: &Document, lines: &[TypedLine]) -> Vec<Called> {
    let mut out: Vec<Called> = vec![];
    for line in lines.iter().map(|l| &l.raw) {
        let Origin::Formula { display } = line.origin else { continue };
        let Some(name) = line.sides.first().and_then(name) else { continue };
        let mut note = |noun, thing, random| {
            out.push(Called { name: name.clone(), noun, thing, block: line.block, random });
        };
        let text = document.source.slice(document.blocks.get(line.block).map_or(line.span, Block::span));
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
        if let Some((noun, thing, phrase)) = ahead(&before).or_else(|| behind(line, &after)) {
            let sets = || before.iter().chain(&after).filter_map(word).any(|w| thing_is(w, Algebra));
            if thing != Element || sets() {
                note(noun, thing, random(phrase));
            }
        }
    }
    members(document, lines, &mut out);
    out
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

/// `A, B \in GL_n`.
fn in_set(text: &str) -> Option<(&'static str, Thing)> {
    let (_, set) = text.split_once("\\in ").or_else(|| text.split_once('∈'))?;
    let set = set.trim_start();
    let set = ["\\mathrm{", "\\operatorname{", "\\text{"].iter().find_map(|w| set.strip_prefix(w)).unwrap_or(set);
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

/// The first name by which a relation is left open, with what it is called, from what was called so before a block.
pub(super) fn unordered<'c>(called: &'c [Called], relation: &Expr, block: usize) -> Option<(&'c str, &'c str)> {
    let near = |c: &&Called| c.thing != Algebra && c.block <= block;
    let told: Vec<&Called> = called.iter().filter(near).collect();
    let of = |name: &str| told.iter().find(|c| c.name == name);
    let (any, map) = (|s: &str| of(s).is_some(), |s: &str| of(s).is_some_and(|c| c.thing == Map));
    let mixed = || mixed(relation, &any).or_else(|| beside(relation, &map));
    let within =
        |told: &dyn Fn(&str) -> bool| relation.any(&mut |x| x.as_app("abs").is_some() && !named(x, told).is_empty());
    // `|x + iy|` is no absolute value of a real number.
    if within(&|s| UNITS.contains(&s)) {
        return Some(("i", "unit"));
    }
    let ordered = relation.as_app(fun::EQ).is_none();
    let sized = || named(relation, &map).into_iter().next().filter(|_| ordered || within(&map));
    let found = if told.is_empty() { None } else { mixed().or_else(sized) }?;
    of(&found).map(|c| (&*c.name, c.noun))
}

/// Names read as numbers that stand in an expression.
fn named(e: &Expr, told: &dyn Fn(&str) -> bool) -> Vec<String> {
    let number = e.symbols().into_iter().filter(|s| s.sort.is_scalar() && s.sort != Sort::Integer && told(&s.name));
    number.map(|s| s.name.to_string()).collect()
}

/// A name that stands with another one in what is no sum of multiples.
fn mixed(e: &Expr, told: &dyn Fn(&str) -> bool) -> Option<String> {
    let both = named(e, told);
    let [first, _, ..] = both.as_slice() else { return None };
    let apart = match e.node() {
        Node::App(f, _) if matches!(f.name, fun::ADD | fun::EQ | "le" | "lt" | "ge" | "gt" | "ne") => true,
        Node::App(f, args) if f.name == fun::MUL => args.iter().filter(|a| !named(a, told).is_empty()).count() == 1,
        _ => false,
    };
    if apart { e.children().into_iter().find_map(|c| mixed(c, told)) } else { Some(first.clone()) }
}

/// The name of a map that stands in a product with another name, whatever that is.
fn beside(e: &Expr, map: &dyn Fn(&str) -> bool) -> Option<String> {
    let product = e.as_app(fun::MUL).and_then(|_| named(e, map).into_iter().next());
    let other = |name: &String| !named(e, &|s| s != name).is_empty();
    product.filter(other).or_else(|| e.children().into_iter().find_map(|c| beside(c, map)))
}

/// Whether the words before a block call a name random.
pub(super) fn is_random(called: &[Called], name: &str, block: usize) -> bool {
    called.iter().any(|c| c.random && c.name == name && c.block <= block)
}
