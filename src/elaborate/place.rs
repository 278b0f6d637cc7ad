//! Entries at one place: "a one-hot vector with `y_c = 1`" says nothing of the other entries.

use crate::claim::Kind;
use crate::elaborate::build::Builder;
use crate::elaborate::definitions::Head;
use crate::elaborate::sentence::{Piece, backward, forward, has, word};
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Symbol, fun};
use crate::read::Block;

/// Words behind an entry by which it is one of them.
const ONE: &[&str] = &["some", "one", "single", "exactly", "fixed", "certain", "particular", "어떤", "하나의", "한"];
/// Words by which it is every one.
const EVERY: &[&str] = &["all", "every", "each", "any", "whenever", "모든", "모두", "각", "임의의"];
/// Words between those and an entry.
const ENTRIES: &[&str] =
    &["entry", "entries", "component", "components", "weight", "weights", "index", "of", "the", "have", "has", "we"];
/// Words behind "for all" that name the places, and restrict nothing.
const PLACES: &[&str] = &[
    "i",
    "j",
    "k",
    "n",
    "t",
    "index",
    "indices",
    "entries",
    "components",
    "coordinates",
    "classes",
    "samples",
    "of",
    "the",
    "its",
    "and",
];
/// Words before an entry by which it has a value for a time, or in a hypothesis.
const SUPPOSING: &[&str] = &[
    "hypothesis",
    "hypotheses",
    "null",
    "trivial",
    "implies",
    "imply",
    "choice",
    "choose",
    "start",
    "initialize",
    "initialise",
    "initialized",
    "initialised",
    "귀무가설",
    "초기화",
];

/// Words between the place that 어떤 leaves open and what holds at it: "어떤 `k` 에 대해 `h_k > 0`".
const BEHIND_ONE: &[&str] = &["에", "에서", "대해", "대하여"];
/// Units of which those for one quantity differ, and such as stand for a factor.
const UNITS: &[&str] = &[
    "m",
    "kg",
    "s",
    "seconds",
    "dollars",
    "meters",
    "metres",
    "km",
    "kilometers",
    "kilometres",
    "cm",
    "mm",
    "miles",
    "feet",
    "inches",
    "g",
    "grams",
    "mg",
    "tons",
    "tonnes",
    "hours",
    "hour",
    "h",
    "minutes",
    "min",
    "ms",
    "days",
    "weeks",
    "years",
    "kb",
    "mb",
    "gb",
    "cents",
    "시간",
    "분",
];
const FACTORS: &[&str] = &["percent", "degrees", "degree", "celsius", "퍼센트", "도"];
/// How many words behind it are about it.
const NEAR: usize = 4;

/// Words that a constraint of an optimisation problem follows.
const CONSTRAINING: &[&str] = &["subject to", "under the constraint", "제약"];

impl Builder<'_> {
    /// Whether an equation for `y_c` is about one place: words say so, or its right side is made of numbers and the same
    /// at every place, and no words say that it is every one. The inverse of a size, `p_i = 1/n`, is the entry of a uniform distribution.
    pub(super) fn is_of_one_place(&self, line: &TypedLine, h: &Head, right: &Expr) -> bool {
        if h.free.is_empty() || self.has_annotations || !line.qualifiers.is_empty() {
            return false;
        }
        let (before, after) = (backward(self.document, line.raw.block), forward(self.document, line.raw.block));
        let near: &[Piece] = after.get(..NEAR.min(after.len())).unwrap_or(&[]);
        let behind = self.document.blocks.get(line.raw.block + 2).map_or("", |b| self.document.source.slice(b.span()));
        // "for all `j`", "for `i = 1, \dots, n`", no "and all others"; "for every `j`, …", "every entry …".
        let next: Vec<&str> = near.iter().filter_map(word).take(2).collect();
        let said_behind = matches!(next.as_slice(), ["for" | "at" | "in", w, ..] if EVERY.contains(w))
            && is_of_all(&after)
            || next.first() == Some(&"for") && behind.contains("dots");
        if words(&before).any(|w| SUPPOSING.contains(&w)) {
            return true;
        }
        let tail: Vec<&Piece> =
            before.iter().rev().take_while(|p| word(p).is_none_or(|w| !EVERY.contains(&w))).collect();
        let every = tail.len() < before.len();
        let entries =
            |p: &&Piece| matches!(p, Piece::Formula(_) | Piece::Pause) || word(p).is_some_and(|w| ENTRIES.contains(&w));
        let number = right.any(&mut |x| x.as_num().is_some()) && right.symbols().iter().all(|s| s.sort.is_scalar());
        let same = number && !h.free.iter().any(|i| right.mentions(i)) && !is_inverse(right);
        has(near, ONE) || same && !said_behind && !(every && tail.iter().all(entries))
    }

    /// Whether what a relation gives is of no use elsewhere: a number with a unit in which others are not measured, or what
    /// holds at some place.
    pub(super) fn is_of_no_use(&mut self, line: &TypedLine, value: bool) -> bool {
        let number = line.sides.last().is_some_and(|e| e.as_num().is_some());
        let after = || forward(self.document, line.raw.block);
        let unit = after().first().and_then(word).map(|w| w.trim_end_matches('.').to_owned());
        let differs =
            |w: &String| FACTORS.contains(&w.as_str()) || UNITS.contains(&w.as_str()) && self.has_other_unit(w);
        if value && number && !self.has_annotations && unit.as_ref().is_some_and(differs) {
            self.note_unread(line);
            for s in line.sides.iter().flat_map(Expr::symbols) {
                self.introduced.insert(&s);
                self.pass(s, line.raw.block);
            }
            return true;
        }
        self.is_for_some(line) || self.is_constraint(line.raw.block)
    }

    /// "subject to $g(x) = 0$": what holds at the points that are sought defines nothing.
    pub(super) fn is_constraint(&self, block: usize) -> bool {
        let (before, _) = self.sentence(block);
        let inline = matches!(self.document.blocks.get(block), Some(Block::Formula(f)) if !f.display);
        let rest = CONSTRAINING.iter().find_map(|w| before.rsplit_once(w)).map(|(_, rest)| rest);
        let listed = |w: &str| matches!(w, "and" | "the" | "constraint" | "constraints" | "및" | "조건");
        let plain = rest.map(|r| r.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(listed));
        inline && !self.has_annotations && plain == Some(true)
    }

    /// Whether a number of the notes has another unit behind it than this one.
    fn has_other_unit(&self, unit: &str) -> bool {
        self.document.formulas().any(|(at, f)| {
            let number = f.extract.text.trim_end().ends_with(|c: char| c.is_ascii_digit());
            let after = if number && !f.display { forward(self.document, at) } else { vec![] };
            let next = after.first().and_then(word).map(|w| w.trim_end_matches('.'));
            next.is_some_and(|w| w != unit && UNITS.contains(&w))
        })
    }

    /// Whether a relation is said of entries at a place that it leaves open, "`h_k > 0` for some `k`": of the entry that
    /// the notes mean by `h_k` elsewhere, and of every other, it says nothing.
    fn is_for_some(&mut self, line: &TypedLine) -> bool {
        let after = forward(self.document, line.raw.block);
        let next: Vec<&str> = after.iter().map_while(word).take(2).collect();
        let before = backward(self.document, line.raw.block);
        let last = before.iter().rev().filter(|p| **p != Piece::Pause).map_while(word).next();
        let said = matches!(next.as_slice(), ["for" | "at", "some"])
            || last.is_some_and(|w| BEHIND_ONE.contains(&w)) && before.iter().any(|p| word(p) == Some("어떤"));
        if !said || self.has_annotations {
            return false;
        }
        let mut arrays: Vec<Symbol> = vec![];
        for side in &line.sides {
            side.any(&mut |x| {
                if let Some([array, places @ ..]) = x.as_app(fun::INDEX)
                    && let Some(symbol) = array.as_symbol()
                    && places.iter().any(|p| !p.symbols().is_empty())
                    && !arrays.iter().any(|a| a.same(symbol))
                {
                    arrays.push(symbol.clone());
                }
                false
            });
        }
        self.one_of_each(&arrays, line.raw.block);
        !arrays.is_empty()
    }

    /// Notes that something was said of one entry of an array: what is claimed of the array is not refuted by others.
    pub(super) fn one_place(&mut self, h: &Head, block: usize) -> Kind {
        self.one_of_each(std::slice::from_ref(&h.symbol), block);
        Kind::Condition
    }

    /// The same of entries of several arrays.
    fn one_of_each(&mut self, arrays: &[Symbol], block: usize) {
        for array in arrays {
            self.introduced.insert(array);
            self.pass(array.clone(), block);
        }
    }
}

/// Whether it is one over a size or a sum of letters.
fn is_inverse(e: &Expr) -> bool {
    let negative = |x: &Expr| x.as_app(fun::POW).is_some_and(|a| a.get(1).and_then(Expr::as_int) == Some(-1));
    negative(e) && !e.symbols().is_empty()
}

/// Whether the words behind "for all" name the places alone: no "other", no "that are not support vectors".
fn is_of_all(after: &[Piece]) -> bool {
    let named = after.iter().skip_while(|p| word(p).is_none_or(|w| !EVERY.contains(&w))).skip(1);
    let mut named = named.take_while(|p| !matches!(p, Piece::Pause));
    let plain = |w: &str| PLACES.contains(&w.trim_end_matches(['.', ';', ')']));
    // Behind the letter of the place another sentence may go on.
    named.by_ref().take_while(|p| word(p).is_some()).filter_map(word).all(plain)
}

fn words(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(word)
}
