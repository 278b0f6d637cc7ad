//! What the notes say that a letter depends on: in formulas, `y = x^2`, `v = \dot x`, and in words, "the rate grows with t".

use std::collections::BTreeSet;

use crate::elaborate::build::Builder;
use crate::elaborate::sentence::{Piece, backward, forward, listing, word};
use crate::elaborate::understood::plain;
use crate::expr::Symbol;
use crate::notation::line::lines;
use crate::notation::tex::parse_with;
use crate::notation::{Dependence, dependence};
use crate::read::{Block, Document};

/// How many words behind a letter are about it.
const NEAR: usize = 5;
/// Words behind a letter that make it a function, and before it.
const BEHIND: &[&str] = &[
    "depends",
    "depend",
    "function",
    "functions",
    "differentiable",
    "continuous",
    "smooth",
    "varies",
    "vary",
    "함수",
    "함수이다",
    "의존한다",
];
const BEFORE: &[&str] =
    &["function", "functions", "density", "densities", "continuous", "differentiable", "smooth", "함수"];
/// Words behind which those speak of something else: "a random variable with density function …".
const OTHERS: &[&str] = &["random", "variable", "with", "whose", "having", "has", "have", "in", "of", "the"];
/// Verbs of what changes with something that is named behind them.
const CHANGES: &[&str] = &[
    "grows",
    "grow",
    "changes",
    "change",
    "increases",
    "increase",
    "decreases",
    "decrease",
    "decays",
    "rises",
    "falls",
    "varies",
    "vary",
    "변한다",
    "증가한다",
    "감소한다",
];
/// How words begin by which two letters of a sentence are tied, and by which they are not.
const TIES: &[&str] = &[
    "depend",
    "varies",
    "vary",
    "chang",
    "determin",
    "related",
    "respon",
    "proportional",
    "decreas",
    "increas",
    "affect",
    "move",
    "fall",
    "rise",
    "grow",
    "smaller",
    "larger",
    "lower",
    "higher",
    "inverse",
    "따라",
    "의해",
    "변하",
    "변한",
    "비례",
    "커지",
    "작아",
    "감소",
    "증가",
    "함수",
];
const FREE: &[&str] = &["independ", "constant", "fixed", "regardless", "상수", "독립", "고정"];
/// The variable of time, and how words call it.
const TIME: (&str, &[&str]) = ("t", &["time", "시간"]);

/// What the lines of a document say that quantities depend on, with their sections.
pub(super) fn dependences(document: &Document) -> Vec<(usize, Dependence)> {
    let of = |text: &str| lines(&parse_with(text, &document.macros)).iter().filter_map(dependence).collect::<Vec<_>>();
    document.formulas().flat_map(|(_, f)| of(&f.extract.text).into_iter().map(|d| (f.section, d))).collect()
}

/// The single letters and commands of a formula without spaces and braces.
pub(super) fn letters_of(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().filter(|(_, c)| c.is_alphabetic() || *c == '\\').map(|(at, _)| at);
    let mut end = 0;
    starts.filter_map(move |at| {
        if at < end {
            return None;
        }
        let rest = text.get(at..)?;
        let long = rest.char_indices().skip(1).find(|(_, c)| !c.is_alphabetic()).map_or(rest.len(), |(k, _)| k);
        end = at + if rest.starts_with('\\') { long } else { rest.chars().next()?.len_utf8() };
        text.get(at..end)
    })
}

/// Whether what stands at a place of a formula is no part of a longer name and no script.
fn begins_name(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    !before.is_some_and(|c| c.is_alphabetic() || matches!(c, '\\' | '_' | '^'))
}

fn has(names: &BTreeSet<String>, variable: &str) -> bool {
    names.iter().any(|name| plain(name) == variable)
}

impl Builder<'_> {
    /// Whether a line in reach of a block says that a letter depends on the variable of an integral or a derivative.
    pub(super) fn is_said_to_depend(&self, symbol: &Symbol, variable: &str, block: usize) -> bool {
        let named = self.lines_about(symbol, block).any(|d| d.is_derived || has(&d.letters, variable));
        named || self.is_applied_to(symbol, variable, block)
    }

    /// Whether a line in reach of a block applies a letter, or a letter of its family, to a variable: `f_k(x) = x^k`.
    pub(super) fn is_applied_to(&self, symbol: &Symbol, variable: &str, block: usize) -> bool {
        let reach = self.document.sections_of(self.section(block));
        let name = plain(&symbol.name);
        self.dependences().iter().filter(|(section, _)| reach.contains(section)).any(|(_, d)| {
            let scripts = name.strip_prefix(&plain(&d.base));
            scripts.is_some_and(|rest| rest.is_empty() || rest.starts_with('_')) && has(&d.arguments, variable)
        })
    }

    /// The lines in reach of a block that say what a letter is, without its subscripts where it is an array.
    fn lines_about(&self, symbol: &Symbol, block: usize) -> impl Iterator<Item = &Dependence> {
        let reach = self.document.sections_of(self.section(block));
        let (name, scalar) = (plain(&symbol.name), symbol.sort.is_scalar());
        let near = self.dependences().iter().filter(move |(section, _)| reach.contains(section));
        near.map(|(_, d)| d).filter(move |d| plain(if scalar { &d.name } else { &d.base }) == name)
    }

    fn dependences(&self) -> &[(usize, Dependence)] {
        self.understood.dependences.get_or_init(|| dependences(self.document))
    }

    /// Whether a formula in reach of a block has this text, spaces and braces apart, behind no other letter.
    pub(super) fn is_written(&self, wanted: &str, block: usize) -> bool {
        let reach = self.document.sections_of(self.section(block));
        let near = self.understood.formulas.iter().filter(|(section, _)| reach.contains(section));
        near.into_iter().any(|(_, text)| text.match_indices(wanted).any(|(at, _)| begins_name(text, at)))
    }

    /// Whether words of the section, before a block, call a letter a function, or say that it depends on something.
    pub(super) fn is_function(&self, symbol: &Symbol, block: usize) -> bool {
        self.said(symbol, block, &|at, after| {
            let listed = |p: &Piece| matches!(p, Piece::Formula(_)) || listing(p);
            let own = after.iter().skip_while(|p| listed(p)).take(NEAR);
            let own = own.take_while(|p| !word(p).is_some_and(|w| OTHERS.contains(&w)));
            let before = backward(self.document, at);
            let last = before.iter().rev().find(|p| !listed(p)).and_then(word);
            last.is_some_and(|w| BEFORE.contains(&w)) || own.filter_map(word).any(|w| BEHIND.contains(&w))
        })
    }

    /// Whether words of the section, before a block, say that a letter changes with another: "the rate `r` grows with `t`".
    pub(super) fn is_said_to_change(&self, symbol: &Symbol, variable: &str, block: usize) -> bool {
        let time = |w: &str| variable == TIME.0 && TIME.1.contains(&w);
        let with = |p: &Piece| self.is_formula(p, variable) || word(p).is_some_and(time);
        self.said(symbol, block, &|_, after| {
            let at = after.iter().position(|p| word(p).is_some_and(|w| CHANGES.contains(&w)));
            at.is_some_and(|at| at < 2 && after.iter().skip(at + 1).take(NEAR).any(with))
        })
    }

    /// Whether words of the section, before a block, tie a letter to another that is named in the same sentence: "the price
    /// `P` is decreasing in `Q`"; or a formula does: `V \mapsto P`, `P \propto 1/V`.
    pub(super) fn is_tied_in_words(&self, symbol: &Symbol, variable: &str, block: usize) -> bool {
        let name = plain(&symbol.name);
        let reach = self.document.sections_of(self.section(block));
        let near = self.understood.formulas.iter().filter(|(section, _)| reach.contains(section));
        let written = near.into_iter().any(|(_, text)| {
            let apart = text.replace("\\propto", " \\propto ");
            let stands = |name: &str| letters_of(&apart).any(|l| l == name);
            text == &format!("{variable}\\mapsto{name}")
                || text.contains("\\propto") && stands(&name) && stands(variable)
        });
        written
            || self.said(symbol, block, &|at, after| {
                let before = backward(self.document, at);
                let all = || before.iter().chain(after);
                let has = |list: &[&str]| all().filter_map(word).any(|w| list.iter().any(|t| w.starts_with(t)));
                all().any(|p| self.is_formula(p, variable)) && has(TIES) && !has(FREE)
            })
    }

    /// Whether a formula in reach of a block applies a letter to a variable, among others: `T(x, t)`.
    pub(super) fn is_written_at(&self, name: &str, variable: &str, block: usize) -> bool {
        let reach = self.document.sections_of(self.section(block));
        let near = self.understood.formulas.iter().filter(|(section, _)| reach.contains(section));
        let opening = format!("{name}(");
        near.into_iter().any(|(_, text)| {
            text.match_indices(&opening).any(|(at, _)| {
                let inside = text.get(at + opening.len()..).and_then(|t| t.split_once(')')).map_or("", |p| p.0);
                begins_name(text, at) && inside.split([',', ';']).any(|argument| argument == variable)
            })
        })
    }

    /// Whether a piece of a sentence is a formula of this text.
    fn is_formula(&self, piece: &Piece, text: &str) -> bool {
        let Piece::Formula(at) = piece else { return false };
        matches!(self.document.blocks.get(*at), Some(Block::Formula(f)) if plain(&f.extract.text) == text)
    }

    /// Whether a test holds of the place of a letter in the words of the section, before a block, and of what follows it.
    fn said(&self, symbol: &Symbol, block: usize, test: &dyn Fn(usize, &[Piece]) -> bool) -> bool {
        let reach = self.document.sections_of(self.section(block));
        self.document.blocks.iter().enumerate().take(block).any(|(at, b)| match b {
            Block::Formula(f) => {
                let own = plain(&f.extract.text) == plain(&symbol.name);
                !f.display && own && reach.contains(&f.section) && test(at, &forward(self.document, at))
            }
            _ => false,
        })
    }
}
