//! Numbers that the words free of what was said of them: "for any real number $x$", "we no longer assume that $x > 0$".
//!
//! Who says over what a letter ranges says it anew. What was given of it before, and a value that it had as an example,
//! prove nothing of it from there to the end of the section; nor is refuted what may be meant of the old one.

use crate::algebra::canon::is_identity;
use crate::algebra::differentiate;
use crate::claim::{Definition, Given};
use crate::elaborate::build::Builder;
use crate::elaborate::definitions::{Definitions, is_value};
use crate::elaborate::passing::ahead;
use crate::elaborate::sentence::{Piece, backward, forward, has, listing, near, verb, word};
use crate::elaborate::unfold::unfold;
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::read::Block;

/// Words that say that a name stands for every one of a kind.
const EVERY: &[&str] = &["any", "all", "every", "each", "arbitrary", "임의의", "모든"];
/// Words by which it is none in particular.
const ARBITRARY: &[&str] = &["arbitrary", "general", "임의의", "일반적인"];
/// Kinds of numbers.
const NUMBERS: &[&str] = &["number", "numbers", "real", "reals", "integer", "integers", "실수", "정수", "수"];
/// Words by which it is a number that does not change.
const CONSTANTS: &[&str] = &["constant", "constants", "parameter", "parameters", "fixed", "상수", "매개변수"];
/// Words by which an assumption is over.
const DROPPED: &[&str] = &["drop", "dropping", "relax", "relaxing", "longer"];
/// Words that introduce a name.
const LETTING: &[&str] = &["let", "take", "fix", "consider", "choose", "pick", "given", "now"];
const SUPPOSING: &[&str] = &["suppose", "assume", "if"];
const ARTICLES: &[&str] = &["a", "an"];
/// What a name that stands behind it is: "`X` has density `f`".
const FUNCTIONS: &[&str] = &["density", "function", "cdf", "pdf", "pmf", "map", "distribution"];
const SETS: &[&str] = &["reals", "integers", "naturals"];

/// A number of which what was said is over.
pub(super) struct Freed {
    section: usize,
    symbol: Symbol,
    /// The givens that there were.
    givens: usize,
}

impl Builder<'_> {
    /// Notes what the words around a formula in a sentence free.
    pub(super) fn free_by_words(&mut self, line: &TypedLine) {
        let Some(symbol) = line.sides.first().and_then(Expr::as_symbol).filter(|s| s.sort.is_scalar()) else { return };
        let member = matches!(line.raw.signs.as_slice(), [s] if s.sign.name == "member");
        let placed = member && line.sides.get(1).is_some_and(is_number_set);
        if !(line.raw.signs.is_empty() || placed) || self.has_annotations {
            return;
        }
        let (before, after) = (backward(self.document, line.raw.block), forward(self.document, line.raw.block));
        // "For all real numbers `a` and `b`"
        let close = if near(&before).iter().all(listing) { near(ahead(&before)) } else { near(&before) };
        let every = has(close, EVERY);
        if every && !self.is_said_in(&before, symbol) {
            self.free_of_values(line.raw.block, symbol);
        }
        let ranges = every && (placed || has(close, NUMBERS));
        let in_general =
            close.windows(2).any(|w| matches!(w, [a, b] if word(a) == Some("in") && word(b) == Some("general")));
        let arbitrary = has(close, ARBITRARY) && !in_general
            || verb(&after)
                .is_some_and(|rest| has(rest.get(..rest.len().min(3)).unwrap_or(rest), &["arbitrary", "any"]));
        let again = placed && has(&before, LETTING);
        if (ranges || arbitrary || again || has(&before, DROPPED)) && !self.is_said_in(&before, symbol) {
            self.free(line.raw.block, symbol);
        }
    }

    /// Ends what functions and arrays were defined as, where the words around the name speak of another one: "Let `f` be a
    /// density", "for any rotation matrix `R`", "an odd function `f` satisfies".
    pub(super) fn define_anew(&mut self, line: &TypedLine) {
        // `f: \mathbb{R} \to \mathbb{R}`
        let name = match line.sides.first().map(Expr::node) {
            Some(Node::Sym(s)) => s.name.to_string(),
            Some(Node::Opaque { text, .. }) => text.split(':').next().unwrap_or("").trim().to_owned(),
            _ => return,
        };
        if line.raw.signs.iter().any(|s| s.sign.name == "eq") || self.has_annotations {
            return;
        }
        let literal = |d: &Definition| matches!(d.body.node(), Node::Array { .. });
        let is_old = |d: &&Definition| *d.head.name == *name && (!d.params.is_empty() || literal(d));
        let old: Vec<Definition> = self.definitions.values().filter(is_old).cloned().collect();
        let Some(symbol) = old.first().map(|d| d.head.clone()) else { return };
        let (before, after) = (backward(self.document, line.raw.block), forward(self.document, line.raw.block));
        let close = near(&before);
        let lets = (has(&before, LETTING) || has(&before, SUPPOSING))
            && (verb(&after).is_some() || !line.raw.signs.is_empty());
        let named = has(&before, LETTING) && before.last().and_then(word).is_some_and(|w| FUNCTIONS.contains(&w));
        // "For an arbitrary `n × n` matrix `A`"
        let of_kind = before.last().and_then(word).is_some_and(|w| matches!(w, "matrix" | "vector" | "function"))
            && (has(&before, EVERY) || has(&before, ARBITRARY));
        let another = has(close, EVERY) || has(close, ARBITRARY) || has(close, ARTICLES) || of_kind;
        if (lets || named || another) && !self.is_said_in(&before, &symbol) {
            let section = self.section(line.raw.block);
            for d in old {
                self.definitions.remove(&d);
                self.freed.push(Freed { section, symbol: d.head, givens: 0 });
            }
        }
    }

    /// Whether a formula among the pieces speaks of a symbol.
    pub(super) fn is_said_in(&self, pieces: &[Piece], symbol: &Symbol) -> bool {
        let blocks = || pieces.iter().filter_map(|p| if let Piece::Formula(at) = p { Some(*at) } else { None });
        let speaks = |s: &crate::claim::Statement| {
            !s.relation.is_empty() && s.sides.as_ref().is_some_and(|(l, r)| l.mentions(symbol) || r.mentions(symbol))
        };
        blocks()
            .any(|at| self.statements.iter().rev().take_while(|s| s.block >= at).any(|s| s.block == at && speaks(s)))
    }

    /// Ends what was said of a number, if anything was.
    pub(super) fn free(&mut self, block: usize, symbol: &Symbol) {
        let section = self.section(block);
        let values: Vec<_> = self.definitions.of(symbol).iter().filter(|d| is_value(d)).cloned().collect();
        let about = |g: &Given| g.fact.as_ref().is_some_and(|f| f.mentions(symbol));
        if values.is_empty() && !self.givens.iter().any(|(_, g)| about(g)) {
            return;
        }
        values.iter().for_each(|d| self.definitions.remove(d));
        self.freed.push(Freed { section, symbol: symbol.clone(), givens: self.givens.len() });
    }

    /// Takes values of examples out of the definitions that a relation is read with, where it is too far from them, or is
    /// said to hold in general; a symbol that had one.
    pub(super) fn without_examples(&self, relation: &Expr, block: usize, all: &mut Definitions) -> Option<Symbol> {
        if self.has_annotations {
            return None;
        }
        let general = self.is_general(block);
        let over = |d: &Definition| match is_value(d) {
            true => d.indices.is_empty() && (general || self.is_elsewhere(d, block)),
            false => self.is_foreign(d, block) && self.is_declared_here(&d.head, block),
        };
        let reached = |d: &Definition| relation.mentions(&d.head) || self.definitions.reaches(relation, &d.head);
        let ended: Vec<Definition> = all.values().filter(|d| over(d) && reached(d)).cloned().collect();
        ended.iter().for_each(|d| all.remove(d));
        ended.first().map(|d| d.head.clone())
    }

    /// Whether a number was defined in a section that the formula is not in, `A = πr²` under "Circles".
    fn is_foreign(&self, d: &Definition, block: usize) -> bool {
        let reach = self.document.sections_of(self.section(block));
        let apart = |at: usize| !reach.contains(&self.section(at));
        d.params.is_empty() && d.indices.is_empty() && d.head.sort.is_scalar() && self.block_of(d).is_some_and(apart)
    }

    /// Whether the section of a formula says before it what a number is: `A > 0`, "a constant $A$", "let $p$ be prime".
    fn is_declared_here(&self, symbol: &Symbol, block: usize) -> bool {
        let section = self.section(block);
        let said = |fact: &Expr| fact.mentions(symbol) && fact.as_app(fun::EQ).is_none();
        let given = self.givens.iter().any(|(at, g)| *at == section && g.fact.as_ref().is_some_and(said));
        let here = self.statements.iter().rev().take_while(|s| self.section(s.block) == section);
        given
            || here.filter(|s| s.relation.is_empty() && s.latex.trim() == &*symbol.name).any(|s| {
                let (before, after) = (backward(self.document, s.block), forward(self.document, s.block));
                let words = [LETTING, ARBITRARY, EVERY, CONSTANTS];
                words.iter().any(|w| has(near(&before), w)) || verb(&after).is_some() && has(&before, LETTING) || {
                    let after = after.get(..after.len().min(3)).unwrap_or(&after);
                    has(after, CONSTANTS)
                }
            })
    }

    /// A number that another section defines and the formula has, where an equation holds whatever the number is: there it
    /// is another one of the same name, and what the definition makes of the equation refutes nothing.
    pub(super) fn holds_without(
        &self,
        relation: &Expr,
        used: &[Definition],
        all: &Definitions,
        block: usize,
    ) -> Option<Symbol> {
        let foreign = |d: &Definition| self.is_foreign(d, block);
        let symbol = used.iter().find(|d| foreign(d)).filter(|_| !self.has_annotations)?.head.clone();
        let free = unfold(relation, &all.without(&foreign)?).ok()?.expr;
        let (free, _) = differentiate(&free).ok()?;
        let [left, right] = free.as_app(fun::EQ)? else { return None };
        is_identity(left, right).then_some(symbol)
    }

    /// Ends the values that a number had as an example.
    pub(super) fn free_of_values(&mut self, block: usize, symbol: &Symbol) {
        let values: Vec<_> = self.definitions.of(symbol).iter().filter(|d| is_value(d)).cloned().collect();
        values.iter().for_each(|d| self.definitions.remove(d));
        if !values.is_empty() {
            self.freed.push(Freed { section: self.section(block), symbol: symbol.clone(), givens: 0 });
        }
    }

    /// The name by which the given at a place of the list is over in these sections.
    pub(super) fn is_over(&self, at: usize, given: &Given, reach: &[usize]) -> bool {
        let over = |f: &&Freed| at < f.givens && (f.section == 0 || reach.contains(&f.section));
        self.freed.iter().filter(over).any(|f| given.fact.as_ref().is_some_and(|fact| fact.mentions(&f.symbol)))
    }

    /// The letters of a relation that the words right behind it let range over everything: "… for all $x$", "… for any
    /// real number $x$", "… for every $x \\in \\mathbb{R}$".
    pub(super) fn ranging_behind(&self, relation: &Expr, block: usize) -> Vec<Symbol> {
        let blocks = &self.document.blocks;
        // Behind a display the sentence may go on in a paragraph of its own.
        let (Some(Block::Prose(p)), Some(Block::Formula(_))) = (blocks.get(block + 1), blocks.get(block + 2)) else {
            return vec![];
        };
        // With a capital another sentence begins.
        let text = p.text.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
        let said: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let filler = |w: &&str| NUMBERS.contains(w) || matches!(*w, "values" | "value" | "of");
        let every =
            matches!(said.as_slice(), ["for", every, rest @ ..] if EVERY.contains(every) && rest.iter().all(filler));
        if !every {
            return vec![];
        }
        let text = blocks.get(block + 2).map_or("", |b| self.document.source.slice(b.span()));
        let text = text.trim_matches(|c: char| c == '$' || c.is_whitespace());
        let letter = text.split("\\in").next().unwrap_or(text).trim();
        relation.symbols().into_iter().filter(|s| *s.name == *letter).collect()
    }

    /// Whether an equation gives a value to a symbol that words have freed of it.
    pub(super) fn is_freed_value(&self, left: &Expr, reach: &[usize]) -> bool {
        let here = |f: &&Freed| f.section == 0 || reach.contains(&f.section);
        self.freed.iter().filter(here).any(|f| left.as_symbol() == Some(&f.symbol))
    }

    /// A number that a relation is about of which something was said that is over in these sections.
    pub(super) fn freed_in(&self, relation: &Expr, reach: &[usize]) -> Option<&Symbol> {
        let here = |f: &&Freed| f.section == 0 || reach.contains(&f.section);
        let about = |s: &Symbol| relation.mentions(s) || self.definitions.reaches(relation, s);
        self.freed.iter().filter(here).map(|f| &f.symbol).find(|s| about(s))
    }
}

/// Whether it is a set of all numbers of a kind.
fn is_number_set(set: &Expr) -> bool {
    SETS.iter().any(|name| set.as_app(name).is_some())
}

/// The numbers that qualifiers let range over all of a kind: `∀ x ∈ ℝ` says anew what x is.
pub(super) fn ranging(qualifiers: &[Option<Expr>]) -> Vec<Symbol> {
    let members = qualifiers.iter().flatten().filter_map(|q| match q.as_app("member") {
        Some([x, set]) if is_number_set(set) => x.as_symbol().cloned(),
        _ => None,
    });
    members.collect()
}
