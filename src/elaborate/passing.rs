//! Values that a sentence mentions in passing: "for $n = 1$ both sides are 1", "ordinary least squares is the case
//! $\lambda = 0$", "the critical points are $x = 0$ and $x = 2$".
//!
//! Such a value holds to the end of its sentence, with the display that the sentence leads to. Where the letter stands as a
//! letter behind it, what is claimed is claimed of all values: it is proved without the value, or under it as a condition
//! that is listed where nothing says that the value is one of a case only. It is never refuted, for the value may be meant.

use crate::claim::{Definition, Given, Kind, Statement};
use crate::elaborate::build::Builder;
use crate::elaborate::declaration::Within;
use crate::elaborate::definitions::{Definitions, Head, head, is_value};
use crate::elaborate::prose::{Cue, cue, words};
use crate::elaborate::sentence::{Piece, backward, end, forward, has, listing, word};
use crate::elaborate::waiting::{Told, TypedLine};
use crate::expr::{Expr, Node, Symbol, fun};
use crate::read::Block;

/// Words that give a letter its value from here on.
const SETTING: &[&str] =
    &["let", "lets", "take", "suppose", "assume", "assuming", "fix", "set", "put", "choose", "pick", "consider"];
/// Words by which that is only one way.
const HEDGING: &[&str] = &["can", "could", "may", "might", "would", "must", "check", "verify", "test", "try"];
/// Verbs of which a value is the subject: "where `λ = 0` gives …".
const VERBS: &[&str] = &["corresponds", "gives", "yields", "recovers", "reduces", "means", "returns"];
/// Words of what holds now and then, or under a condition.
const AT_TIMES: &[&str] = &[
    "often",
    "sometimes",
    "usually",
    "typically",
    "commonly",
    "if",
    "when",
    "whenever",
    "unless",
    "either",
    "once",
    "경우",
    "만약",
];
/// Words of one case among others, and of what an equation has for values.
const CASES: &[&str] = &[
    "case",
    "cases",
    "instance",
    "special",
    "particular",
    "trivial",
    "obvious",
    "induction",
    "equality",
    "solution",
    "solutions",
    "root",
    "roots",
    "zero",
    "zeros",
    "zeroes",
    "pole",
    "poles",
    "eigenvalue",
    "eigenvalues",
    "critical",
    "stationary",
    "minimum",
    "maximum",
    "minimizer",
    "maximizer",
    "optimum",
    "extremum",
    "extrema",
    "point",
    "points",
    "근",
    "해",
];
/// The same behind the value.
const BEHIND: &[&str] = &[
    "case",
    "trivial",
    "trivially",
    "obvious",
    "clear",
    "root",
    "roots",
    "solution",
    "solutions",
    "critical",
    "instance",
    "eigenvalue",
];
/// Words right before a value that is looked at.
const LOOKING: &[&str] = &["for", "at", "in", "like", "say", "only", "than", "case", "or", "except"];

/// Words by which a sentence goes on with the display before it.
const EXPLAINING: &[&str] = &["where", "with", "here", "for", "and", "since", "because", "if", "when", "여기서", "단"];
/// Words by which a sentence of its own explains the display before it.
const AS_CLAUSE: &[&str] = &["where", "with", "here", "여기서", "단"];
/// Words by which a sentence says what follows.
const CONCLUDING: &[&str] = &["then", "hence", "thus", "therefore", "so", "그러면", "따라서"];
/// How many words before a value are beside it, and how many formulas behind one it reaches for certain.
const BESIDE: usize = 6;

/// How long the value of a letter holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Until something else is said, or the section ends.
    Set,
    /// In its sentence, and maybe behind it.
    Said,
    /// In its sentence.
    Mentioned,
}

/// A value that a sentence mentions.
pub(super) struct Passing {
    symbol: Symbol,
    /// The formula that has it.
    block: usize,
    /// The last block in which it holds.
    last: usize,
    standing: Standing,
}

/// Whether two sides give the only letter in them its value: `x = 1`, `σ² = 1`.
fn is_value_of_letter(left: &Expr, right: &Expr) -> Option<Symbol> {
    let constant = |e: &Expr| e.symbols().is_empty() && e.is_closed() && e.sort().is_scalar() && !e.has_opaque();
    let letter = match (constant(left), constant(right)) {
        (false, true) => left,
        (true, false) => right,
        _ => return None,
    };
    let all = letter.symbols();
    // `i² = -1` says what i means, wherever it stands.
    let unit = |s: &Symbol| matches!(&*s.name, "i" | "j" | "\\mathrm{i}" | "\\imath");
    let only = all.iter().next().filter(|s| all.len() == 1 && s.sort.is_scalar() && !unit(s));
    only.cloned().filter(|_| letter.sort().is_scalar())
}

/// The words before a value without the values that are listed before it.
pub(super) fn ahead(before: &[Piece]) -> &[Piece] {
    let listed = |p: &Piece| matches!(p, Piece::Formula(_)) || listing(p) || word(p) == Some("or");
    let to = before.iter().rposition(|p| !listed(p)).map_or(0, |at| at + 1);
    before.get(..to).unwrap_or(before)
}

/// `e.g.` in pieces.
fn exempli(before: &[Piece]) -> bool {
    before.windows(2).any(|w| matches!(w, [a, b] if word(a) == Some("e") && word(b) == Some("g")))
}

impl Builder<'_> {
    /// How long the value in a formula of a sentence holds, from the words of the sentence.
    fn standing(&self, block: usize) -> Standing {
        let (before, after) = (backward(self.document, block), forward(self.document, block));
        let behind = self.words_behind(block);
        if cue("", &behind) == Cue::Given {
            return Standing::Set;
        }
        let own = ahead(&before);
        let last = own.last().and_then(word);
        let sets = has(&before, SETTING);
        let beside = own.get(own.len().saturating_sub(BESIDE)..).unwrap_or(own);
        let example = exempli(&before) || has(&before, &["example"]);
        let of_case = has(beside, CASES) || example || has(after.get(..after.len().min(6)).unwrap_or(&after), BEHIND);
        // "…, where `n = 3`", not "the point where `x = 3`".
        let clause =
            last == Some("where") && matches!(own.iter().rev().nth(1), None | Some(Piece::Pause | Piece::Formula(_)));
        match () {
            // "If we have three coins, `n = 3`, …": the sentences behind it go on with them.
            () if has(&before, &["if"]) && has(&before, &["have"]) => Standing::Said,
            () if has(&before, AT_TIMES) => Standing::Mentioned,
            () if sets && (has(beside, CASES) || has(&before, HEDGING)) => Standing::Said,
            () if sets && self.inducts(block) => Standing::Said,
            () if after.first().and_then(word).is_some_and(|w| VERBS.contains(&w)) => Standing::Said,
            () if sets || clause => Standing::Set,
            () if of_case || last.is_some_and(|w| LOOKING.contains(&w)) => Standing::Mentioned,
            () => Standing::Said,
        }
    }

    /// Whether the words before a formula speak of the first case of an induction.
    fn inducts(&self, block: usize) -> bool {
        let before = self.document.before(block).into_iter().map(|p| p.text.to_lowercase());
        before.collect::<Vec<_>>().iter().any(|text| text.contains("base case") || text.contains("induction"))
    }

    /// Whether the value in a formula may be one of the display before it: its sentence begins with "where" or the like.
    pub(super) fn explains(&self, block: usize) -> bool {
        let before = backward(self.document, block);
        before.iter().find_map(word).is_none_or(|w| EXPLAINING.contains(&w))
    }

    /// Whether an inline formula stands in the sentence that a display before it begins: behind it the sentence goes on with
    /// a small letter, or the next one begins with "where" or "here".
    pub(super) fn goes_on(&self, block: usize) -> bool {
        let display = |b: &Block| matches!(b, Block::Formula(f) if f.display);
        let before = self.document.blocks.get(..block).unwrap_or(&[]);
        let Some(at) = before.iter().rposition(display) else { return true };
        let behind = before.get(at + 1..).unwrap_or(&[]);
        let words: Vec<&str> =
            behind.iter().filter_map(|b| if let Block::Prose(p) = b { Some(p.text.trim()) } else { None }).collect();
        let text = words.join(" ");
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
        let goes_on = text.starts_with(char::is_lowercase) || AS_CLAUSE.contains(&first.as_str());
        let apart = behind.iter().any(|b| !matches!(b, Block::Prose(_) | Block::Formula(_)));
        let whole = [". ", ".\n", "! ", "? ", "다. "].iter().any(|end| text.contains(end));
        !apart && (text.is_empty() || goes_on && !whole)
    }

    /// What the words say of an inline formula that goes on a list: in "let `n = 10` and `p = 0.5`" both are given.
    pub(super) fn of_list(&self, line: &TypedLine) -> Cue {
        let block = line.raw.block;
        // What goes on a list says what a letter is.
        if line.sides.len() != 2 || !line.sides.iter().any(|side| head(side).is_some()) {
            return Cue::Plain;
        }
        let paragraph = |i: usize| match self.document.blocks.get(i) {
            Some(Block::Formula(f)) if !f.display => Some(f.paragraph),
            _ => None,
        };
        let mut at = block;
        loop {
            let (before, after) = words(self.document, at, false);
            let joins = matches!(before.trim(), "," | "and" | ", and" | "그리고" | "및" | "이고" | "이고,");
            match at.checked_sub(2) {
                Some(first) if joins && paragraph(first).is_some() && paragraph(first) == paragraph(block) => {
                    at = first
                }
                // "… for `n \ge 1` and `q_0 = 7`" goes on with what comes before the condition.
                _ => {
                    let condition = before.trim_end().ends_with("for");
                    let given = at != block && !condition && cue(&before, &after) == Cue::Given;
                    break if given { Cue::Given } else { Cue::Plain };
                }
            }
        }
    }

    /// Whether a relation is said to follow from values that its paragraphs set for all of its letters: "let `a = 3`. Then
    /// `a^2 = 9`" is no equation for a.
    pub(super) fn is_concluded(&self, relation: &Expr, definitions: &Definitions, block: usize) -> bool {
        let Some(Block::Formula(own)) = self.document.blocks.get(block) else { return false };
        let (before, _) = words(self.document, block, own.display);
        let last = before.trim_end().rsplit(['.', ';', '!', '?']).next().unwrap_or("").to_lowercase();
        let concludes = last.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty());
        let set = |s: &Symbol| match definitions.of(s) {
            [d] => {
                let at = self.block_of(d).filter(|at| *at < block && self.section(*at) == self.section(block));
                is_value(d) && at.is_some_and(|at| block - at <= BESIDE && self.is_set(at))
            }
            _ => false,
        };
        let letters = relation.symbols();
        let said = concludes.is_some_and(|w| CONCLUDING.contains(&w));
        said && !letters.is_empty() && letters.iter().all(|s| s.sort.is_scalar() && set(s))
    }

    /// Whether a value behind a formula is one of it: it stands in the same sentence, or in one that explains the display
    /// before it.
    pub(super) fn is_said_with(&self, formula: usize, value: usize) -> bool {
        let first = backward(self.document, value).iter().find_map(word).map(str::to_owned);
        let explained = first.is_some_and(|w| EXPLAINING.contains(&w.as_str()) && w != "for" && w != "if");
        let near = (formula + 1..value)
            .filter(|i| matches!(self.document.blocks.get(*i), Some(Block::Formula(f)) if f.display));
        self.has_annotations || self.until(formula) >= value || explained && near.count() == 0
    }

    /// The last block in which what a sentence says of a formula holds: the display that a colon leads to is one of it.
    pub(super) fn until(&self, block: usize) -> usize {
        let last = end(self.document, block);
        match (self.document.blocks.get(last + 1), self.document.blocks.get(last + 2)) {
            (Some(Block::Prose(p)), Some(Block::Formula(f))) if f.display => {
                let text = p.text.trim_end();
                let whole = !text.trim_end_matches(':').contains(['.', ';', '!', '?', '。']);
                if text.ends_with(':') && whole { last + 2 } else { last }
            }
            _ => last,
        }
    }

    /// Whether the words of its sentence set the value in a formula for more than the sentence.
    pub(super) fn is_set(&self, block: usize) -> bool {
        self.has_annotations || self.standing(block) == Standing::Set
    }

    /// How far the value that a formula of a sentence gives a letter reaches.
    pub(super) fn reach_of_value(&mut self, d: &Definition, block: usize, asked: bool) -> Within {
        let symbol = &d.head;
        // A limit is what a letter means, and a probability is one of its law.
        let letter = symbol.sort.is_scalar() && !symbol.name.contains('(') && !symbol.is_notation();
        let number = letter && d.indices.is_empty() && !d.body.any(&mut |x| matches!(x.node(), Node::Bind { .. }));
        match self.standing(block) {
            standing if standing != Standing::Set && !asked && number => {
                let last = self.until(block);
                self.passing.push(Passing { symbol: symbol.clone(), block, last, standing });
                Within::Until(last)
            }
            _ => Within::Section(self.section(block)),
        }
    }

    /// Notes that something was mentioned of a name.
    pub(super) fn pass(&mut self, symbol: Symbol, block: usize) {
        self.passing.push(Passing { symbol, block, last: block, standing: Standing::Mentioned });
    }

    /// Notes a value that words make one of a case.
    pub(super) fn mention(&mut self, h: &Head, right: &Expr, block: usize) {
        if h.params.is_empty() && right.symbols().is_empty() && h.symbol.sort.is_scalar() && !self.has_annotations {
            // "For `n = 1` and `n = 2`": of two values in one sentence neither holds.
            if self.passing.iter().any(|p| p.symbol.same(&h.symbol) && p.last >= block && p.block < block) {
                self.free_of_values(block, &h.symbol);
            }
            let last = self.until(block);
            self.passing.push(Passing { symbol: h.symbol.clone(), block, last, standing: Standing::Mentioned });
        }
    }

    /// Takes an equation that gives a letter its value, `σ² = 1`, for what holds in its sentence, where the words do not set
    /// it for more.
    pub(super) fn mention_equation(&mut self, s: &mut Statement, line: &TypedLine, given: &Given) -> bool {
        let block = line.raw.block;
        let sides = given.fact.as_ref().and_then(|f| f.as_app(fun::EQ));
        let symbol = match sides {
            Some([left, right]) if !self.has_annotations => is_value_of_letter(left, right),
            _ => None,
        };
        let standing = self.standing(block);
        let Some(symbol) = symbol.filter(|_| standing != Standing::Set) else { return false };
        let (section, last) = (self.section(block), self.until(block));
        self.told.push(Told { section, symbol: symbol.clone(), given: given.clone(), until: Some(last) });
        self.passing.push(Passing { symbol, block, last, standing });
        s.kind = Kind::Condition;
        true
    }

    /// Whether a statement only mentions a value, for its sentence, or says one under another heading than that of a block.
    pub(super) fn is_mentioned(&self, s: &Statement, block: usize) -> bool {
        let inline = matches!(self.document.blocks.get(s.block), Some(Block::Formula(f)) if !f.display);
        let value = || s.sides.as_ref().is_some_and(|(l, r)| is_value_of_letter(l, r).is_some());
        let elsewhere = inline && self.section(s.block) != self.section(block) && value();
        elsewhere || self.passing.iter().any(|p| p.block == s.block && p.standing == Standing::Mentioned)
    }

    /// A letter of a relation that had a value in a sentence before it: it may still be meant to have it.
    pub(super) fn passed_by(&self, relation: &Expr, block: usize) -> Option<&Symbol> {
        let reach = self.document.sections_of(self.section(block));
        let behind = |p: &&Passing| p.last < block && reach.contains(&self.section(p.block));
        let about = |s: &Symbol| relation.mentions(s) || self.definitions.reaches(relation, s);
        self.passing.iter().filter(behind).map(|p| &p.symbol).find(|s| about(s))
    }

    /// A letter that the sentence of an equation gave a value in passing, where both sides of the equation have the letter:
    /// "the minimum is at $x = 2$, and $f'(x) = 2x - 4$" is said of every x. The value goes.
    pub(super) fn without_passing(
        &self,
        relation: &Expr,
        block: usize,
        all: &mut Definitions,
        givens: &mut Vec<Given>,
    ) -> Option<Symbol> {
        let [left, right] = relation.as_app(fun::EQ).filter(|_| !self.has_annotations)? else { return None };
        let here = |p: &&Passing| p.block < block && block <= p.last;
        let both = |s: &&Symbol| left.mentions(s) && right.mentions(s);
        let symbol = self.passing.iter().filter(here).map(|p| &p.symbol).find(both)?;
        let values: Vec<Definition> = all.of(symbol).to_vec();
        values.iter().for_each(|d| all.remove(d));
        let of_it =
            |f: &Expr| f.as_app(fun::EQ).is_some_and(|sides| sides.iter().any(|x| x.as_symbol() == Some(symbol)));
        givens.retain(|g| !g.fact.as_ref().is_some_and(of_it));
        Some(symbol.clone())
    }

    /// Whether a given of section `at` is the value of a letter under another heading than that of a section.
    pub(super) fn is_value_elsewhere(&self, at: usize, given: &Given, section: usize) -> bool {
        let value = |f: &Expr| matches!(f.as_app(fun::EQ), Some([l, r]) if is_value_of_letter(l, r).is_some());
        at != section && !self.has_annotations && given.fact.as_ref().is_some_and(value)
    }

    /// Whether an inline relation bounds by a number, or as a distance, what was defined in another paragraph: `δ ≤ 1` where
    /// an example before it took `δ = ε/3`. That chooses it anew.
    pub(super) fn is_chosen_anew(&self, relation: &Expr, block: usize) -> bool {
        let Some(Block::Formula(own)) = self.document.blocks.get(block) else { return false };
        let sides = ["le", "lt", "ge", "gt"].iter().find_map(|name| relation.as_app(name));
        let Some([left, right]) = sides.filter(|_| !own.display && !self.has_annotations) else { return false };
        // `|x - a| < δ` says which x are meant.
        let number = |e: &Expr| e.symbols().is_empty() && e.is_closed() || e.as_app("abs").is_some();
        let symbol = match (left.as_symbol(), right.as_symbol()) {
            (Some(s), None) if number(right) => s,
            (None, Some(s)) if number(left) => s,
            _ => return false,
        };
        let (before, behind) = words(self.document, block, false);
        let paragraph = |at: usize| match self.document.blocks.get(at) {
            Some(Block::Formula(f)) => Some(f.paragraph),
            _ => None,
        };
        let apart =
            |d: &Definition| !is_value(d) && self.block_of(d).and_then(paragraph).is_some_and(|p| p != own.paragraph);
        cue(&before, &behind) != Cue::Claim && self.definitions.of(symbol).iter().any(apart)
    }
}
