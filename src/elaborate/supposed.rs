//! Conditions that a sentence begins with: `If $0 < x < 1$, then $x^2 < x$.` They hold to its end.

use crate::claim::Kind;
use crate::elaborate::build::Builder;
use crate::elaborate::definitions::head;
use crate::elaborate::prose::Cue;
use crate::elaborate::raw::RawLine;
use crate::elaborate::sentence::{self, Piece, backward, forward, has, word};
use crate::elaborate::waiting::{Told, TypedLine};
use crate::expr::{Expr, fun};
use crate::read::Block;
use crate::source::Span;

/// Relations of order: what a chain of them restricts has no other meaning there.
pub(super) const ORDER: &[&str] = &["lt", "le", "gt", "ge", "ne"];

/// Words that a condition follows.
const OPENING: &[&str] = &["if", "when", "whenever", "for", "assuming", "provided", "since", "because", "suppose"];

/// Words right before a chain of equations by which it is a condition.
const CHAINING: &[&str] =
    &["since", "as", "because", "with", "satisfy", "satisfies", "satisfying", "using", "by", "from", "if", "when"];

/// Words that say of a number what it is.
const SAID: &[&str] =
    &["be", "an", "a", "any", "real", "fixed", "integer", "integers", "number", "numbers", "constant"];

/// Words that pick what a relation restricts: "for any time step `t < T`", "there is an integer `k ≥ 0` such that".
const PICKING: &[&[&str]] = &[
    &["for", "any"],
    &["for", "every"],
    &["for", "each"],
    &["for", "all"],
    &["for", "some"],
    &["any", "choice", "of"],
    &["there", "exists", "a"],
    &["there", "exists", "an"],
    &["there", "exists", "some"],
    &["there", "is", "a"],
    &["there", "is", "an"],
    &["there", "is", "some"],
];

/// Most words between these and the relation, and words by which it is said of what was picked.
const NAMING: usize = 3;
const SAYING: &[&str] = &[
    "is", "are", "was", "be", "has", "have", "holds", "hold", "we", "it", "that", "then", "get", "gives", "the", "this",
];

/// Words that what is supposed is followed by.
const LEADING: &[&str] = &["then", "we", "it", "the", "and", "this"];

/// Words beside which a condition is not just supposed.
const DOUBTFUL: &[&str] = &[
    "not",
    "no",
    "never",
    "nor",
    "neither",
    "unless",
    "only",
    "even",
    "or",
    "either",
    "otherwise",
    "except",
    "cannot",
    "without",
    "fails",
    "false",
    "violated",
    "contradiction",
    "else",
];

impl Builder<'_> {
    /// Supposes a condition to the end of its sentence, where the words around it leave no doubt.
    pub(super) fn suppose(&mut self, block: usize, fact: Expr, text: String, span: Span) {
        let (before, after) = (backward(self.document, block), forward(self.document, block));
        if !opens(&before) || !leads(&after) || has(&before, DOUBTFUL) || has(&after, DOUBTFUL) {
            return;
        }
        let section = self.section(block);
        let until = Some(sentence::end(self.document, block));
        let given = self.given(Some(fact.clone()), text, span);
        let told: Vec<Told> = fact
            .symbols()
            .into_iter()
            .take(1)
            .map(|symbol| Told { section, symbol, given: given.clone(), until })
            .collect();
        self.told.extend(told);
    }

    /// How a formula is meant that picks what it is about, or that only `and` joins to one that the sentence gives or
    /// supposes before it.
    pub(super) fn joined_cue(&self, block: usize) -> Option<Cue> {
        let before = backward(self.document, block);
        if picks(&before) {
            return Some(Cue::Condition);
        }
        let (Piece::Word(and), rest) = before.split_last()? else { return None };
        // "Let `n ≥ 1` be an integer and `r > 0`."
        let said = rest.iter().rev().take_while(|p| word(p).is_some_and(|w| SAID.contains(&w))).count();
        let Piece::Formula(at) = rest.iter().rev().nth(said)? else { return None };
        let s = self.statements.iter().rev().find(|s| s.block == *at && and == "and")?;
        match s.kind {
            Kind::Given => Some(Cue::Given),
            Kind::Condition if opens(&backward(self.document, *at)) => Some(Cue::Condition),
            _ => None,
        }
    }
}

impl Builder<'_> {
    /// `s.t. x > 0`, "subject to": whether the line begins so.
    pub(super) fn constrains(&self, line: &TypedLine) -> bool {
        let plain = |c: char| !c.is_whitespace() && !matches!(c, '&' | '\\' | '{' | '.' | ',' | ';' | '!');
        let text: String =
            self.document.source.slice(line.raw.row_span).chars().filter(|c| plain(*c)).take(24).collect();
        let words = ["mbox", "textrm", "text", "mathrm"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(&text);
        let begins = words.starts_with("subjectto") || words.starts_with("suchthat");
        begins || words.strip_prefix("st").is_some_and(|rest| rest.starts_with("quad") || rest.starts_with('}'))
    }

    /// "For all x …" before the formula, in its sentence: a claim about every value.
    pub(super) fn for_all(&self, line: &RawLine) -> bool {
        let sentence = match self.document.blocks.get(line.block) {
            // A display may stand in a paragraph of its own.
            Some(Block::Formula(f)) if f.display => {
                let words = self.document.before(line.block).into_iter().map(|p| p.text.as_str());
                words.collect::<Vec<_>>().join(" ").to_lowercase()
            }
            Some(Block::Formula(_)) => {
                let around = self.document.paragraph_start(line.block)..line.block;
                let blocks = self.document.blocks.get(around).unwrap_or(&[]);
                let words =
                    blocks.iter().filter_map(|b| if let Block::Prose(p) = b { Some(p.text.as_str()) } else { None });
                words.collect::<Vec<_>>().join(" ").to_lowercase()
            }
            _ => return false,
        };
        let last = sentence.rsplit(['.', '!', '?', '。']).next().unwrap_or("");
        ["for all", "for every", "for any", "for each", "always", "모든", "항상", "임의의", "언제나"]
            .iter()
            .any(|w| last.contains(w))
    }
}

impl Builder<'_> {
    /// Whether a chain of equations in the text is a condition where it does not hold: "with `\|u\| = \|v\| = 1`", "since
    /// `P^2 = P = P^\top`".
    pub(super) fn is_chained(&self, line: &TypedLine, words: Cue) -> bool {
        let equal = line.raw.signs.len() > 1 && line.raw.signs.iter().all(|p| p.sign.name == fun::EQ);
        let names = line.sides.first().and_then(head).is_some();
        let letters = line.sides.iter().any(|e| !e.symbols().is_empty());
        if self.has_annotations || line.raw.before > 0 || !equal || names || !letters {
            return false;
        }
        let before = backward(self.document, line.raw.block);
        let last = before.iter().rev().map_while(word).next();
        words == Cue::Given || words == Cue::Condition || last.is_some_and(|w| CHAINING.contains(&w))
    }
}

/// Whether the words right before a formula pick what it is about.
fn picks(before: &[Piece]) -> bool {
    let words: Vec<&str> = before.iter().rev().map_while(word).take(NAMING + 3).collect();
    let ends = |at: usize| {
        let (between, rest) = words.split_at_checked(at).unwrap_or((&[], &[]));
        let picked = |row: &&[&str]| row.len() <= rest.len() && row.iter().rev().zip(rest).all(|(a, b)| a == b);
        !between.iter().any(|w| SAYING.contains(w)) && PICKING.iter().any(picked)
    };
    (0..=NAMING.min(words.len())).any(ends)
}

/// `k_h = k_w = 4` in the text: several names get one number.
pub(super) fn sets_values(line: &RawLine) -> bool {
    let name = |e: &Expr| e.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(e).as_symbol().is_some();
    let Some((last, names)) = line.sides.split_last() else { return false };
    let equal = line.signs.iter().all(|p| p.sign.name == fun::EQ);
    equal && names.len() > 1 && last.as_num().is_some() && names.iter().all(name)
}

/// `if`, or `if $a > 0$ and`.
fn opens(before: &[Piece]) -> bool {
    let word_at = |back: usize| before.len().checked_sub(back).and_then(|at| before.get(at)).and_then(word);
    let opening = |w: Option<&str>| w.is_some_and(|w| OPENING.contains(&w));
    let second = matches!(before.get(before.len().saturating_sub(2)), Some(Piece::Formula(_)));
    opening(word_at(1))
        || matches!(word_at(1), Some("all" | "any" | "every" | "that")) && opening(word_at(2))
        || word_at(1) == Some("and") && second && opening(word_at(3))
}

/// `, …`, `then …`, `we …`, or a second condition.
fn leads(after: &[Piece]) -> bool {
    match after.first() {
        Some(Piece::Pause) => true,
        Some(Piece::Word(w)) => LEADING.contains(&w.as_str()),
        _ => false,
    }
}
