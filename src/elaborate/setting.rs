//! One line of notes read with other texts, where all else stays what it is: for a first look at many edits of it.
//!
//! Names, shapes, definitions and givens are those of the notes as they stand, so that nothing but the line is read. What
//! may change more than the line is not read at all ([`Reading::Unsure`]): then the notes have to be read again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::{Claim, Statement};
use crate::elaborate::assumed::assume;
use crate::elaborate::density::by_density;
use crate::elaborate::inverse::undone;
use crate::elaborate::known::supply;
use crate::elaborate::raw::{Origin, RawLine, cut_text, read_line};
use crate::elaborate::sorts::{Typing, is_typed};
use crate::elaborate::unfold::unfold;
use crate::elaborate::universal;
use crate::elaborate::waiting::{Scope, TypedLine};
use crate::expr::{Expr, Node, Symbol, fun};
use crate::notation::line::Line;
use crate::notation::relation::Role;
use crate::notation::tex::Macros;
use crate::notation::{Names, is_ones};
use crate::read::{Block, Document};

/// A statement's place among all: its block, and how many statements of the block come before it.
pub type Place = (usize, usize);

/// What stays the same around a statement whose text changes.
pub struct Setting {
    /// The formula's text before and behind the statement.
    around: (String, String),
    macros: Macros,
    names: Names,
    /// The names of the signs of each line of the formula.
    signs: Vec<Vec<&'static str>>,
    /// The line as it was read, which of the lines it is, and which relation of it the statement is.
    line: RawLine,
    at: usize,
    relation: usize,
    /// The line's number among all lines.
    number: usize,
    /// The version of each name, in the line if it stands there; `None` where it has several.
    versions: BTreeMap<Arc<str>, Option<u32>>,
    /// Names that only the notes as a whole give.
    renamed: BTreeSet<Arc<str>>,
    typing: Typing,
    scope: Scope,
    claim: Claim,
}

/// What a [`Setting`] is made of.
pub(super) struct Parts {
    pub(super) names: Names,
    /// All lines, as they were read.
    pub(super) raw: Vec<RawLine>,
    pub(super) typing: Typing,
    pub(super) scope: Scope,
}

/// The version of every name in the lines; `None` of one that has several.
fn versions<'a>(lines: impl Iterator<Item = &'a RawLine>) -> BTreeMap<Arc<str>, Option<u32>> {
    let mut found: BTreeMap<Arc<str>, Option<u32>> = BTreeMap::new();
    for s in lines.flat_map(|l| l.constraint().symbols()) {
        let known = found.entry(s.name.clone()).or_insert(Some(s.version));
        *known = known.filter(|v| *v == s.version);
    }
    found
}

/// What a statement says with another text.
pub enum Reading {
    /// A claim, as far as its relation and givens go.
    Claim(Box<Claim>),
    /// Nothing: the text is not understood, or its shapes do not fit.
    Nothing,
    /// More than the statement may change.
    Unsure,
}

fn signs_of(line: &Line) -> Vec<&'static str> {
    line.signs.iter().map(|placed| placed.sign.name).collect()
}

impl Setting {
    /// The setting of a statement with a claim, if its text read in it is the claim.
    pub(super) fn new(document: &Document, s: &Statement, typed: &[TypedLine], parts: Parts) -> Option<Setting> {
        let Parts { names, raw, typing, scope } = parts;
        let claim = s.claim.clone()?;
        let Some(Block::Formula(formula)) = document.blocks.get(s.block) else { return None };
        let [(within, start)] = formula.extract.runs.as_slice() else { return None };
        let from = (s.span.start + within).checked_sub(*start)?;
        let text = &formula.extract.text;
        let around = (text.get(..from)?.to_owned(), text.get(from..)?.strip_prefix(&s.latex)?.to_owned());
        let is_it = |l: &TypedLine| {
            let own = l.raw.block == s.block && l.raw.chain == s.link.chain;
            own && (l.raw.before + 1..=l.raw.before + l.raw.signs.len()).contains(&s.link.step)
        };
        let number = typed.iter().position(is_it)?;
        let line = &typed.get(number)?.raw;
        let of_formula = |l: &&RawLine| l.block == s.block && matches!(l.origin, Origin::Formula { .. });
        if line.apart {
            return None;
        }
        let at = typed.iter().take(number).filter(|l| of_formula(&&l.raw)).count();
        let all = versions(typed.iter().map(|l| &l.raw));
        let written = versions(raw.iter());
        let renamed = all.keys().filter(|name| !written.contains_key(*name)).cloned().collect();
        let own = versions(std::iter::once(line));
        let signs = cut_text(text, &document.macros, &names.spelt).iter().map(signs_of).collect();
        let mut setting = Setting {
            around,
            macros: document.macros.clone(),
            names,
            at,
            relation: s.link.step - line.before - 1,
            signs,
            line: raw.iter().filter(of_formula).nth(at)?.clone(),
            number,
            versions: all.into_iter().chain(own).collect(),
            renamed,
            typing,
            scope,
            claim,
        };
        match setting.reading(&s.latex) {
            Reading::Claim(c) if c.unfolded == setting.claim.unfolded && c.givens == setting.claim.givens => {
                Some(setting)
            }
            _ => None,
        }
    }

    /// What the statement says with this text.
    pub fn reading(&mut self, latex: &str) -> Reading {
        self.line(latex).unwrap_or(Reading::Unsure)
    }

    fn line(&mut self, latex: &str) -> Option<Reading> {
        let text = [self.around.0.as_str(), latex, self.around.1.as_str()].concat();
        let cut = cut_text(&text, &self.macros, &self.names.spelt);
        let mut others = cut.iter().zip(&self.signs).enumerate().filter(|(k, _)| *k != self.at);
        if cut.len() != self.signs.len() || others.any(|(_, (new, old))| signs_of(new) != *old) {
            return None;
        }
        let (new, old) = (cut.get(self.at)?, &self.line);
        if new.continues() != old.continued || new.prefix != old.prefix {
            return None;
        }
        let first = old.printed.first().filter(|_| old.continued);
        let read = read_line(&text, new, first, &self.names, vec![]);
        let mut both = read.signs.iter().zip(&old.signs).enumerate();
        let alike =
            both.all(|(k, (a, b))| a.sign.name == b.sign.name || k == self.relation && a.sign.role == b.sign.role);
        if !alike || read.qualifiers != old.qualifiers || read.sides.len() != old.sides.len() {
            return None;
        }
        if !read.problems.is_empty() {
            return Some(Reading::Nothing);
        }
        let at = self.relation;
        let sign = read.signs.get(at)?.sign;
        if !matches!(sign.role, Role::Relation | Role::Defines | Role::Connective) || sign.name.is_empty() {
            return None;
        }
        let mut side = |k: usize| {
            let exact = self.named(&read.sides.get(k)?.exact())?;
            Some(self.typing.expr(self.number, &exact))
        };
        let (left, right) = (side(at)?, side(at + 1)?);
        let relation = universal::relation(sign.name, &left, &right);
        if relation.has_opaque() || !is_typed(&relation) {
            return Some(Reading::Nothing);
        }
        let Scope { pending, laws, introduced } = &self.scope;
        if by_density(&relation).is_some() || undone(&relation, &pending.definitions).is_some() {
            return None;
        }
        let Ok(unfolded) = unfold(&relation, &pending.definitions) else { return Some(Reading::Nothing) };
        let unfolded = supply(&unfolded.expr, laws).1;
        let mut claim = Claim { relation, unfolded, ..self.claim.clone() };
        assume(&mut claim, pending.givens.clone(), introduced);
        Some(Reading::Claim(Box::new(claim)))
    }

    /// The expression with the version of every name; `None` where the notes do not have the name, have it twice, or
    /// give it another name there.
    fn named(&self, e: &Expr) -> Option<Expr> {
        let names = e.symbols();
        let version = |s: &Symbol| self.versions.get(&s.name).copied().flatten();
        if names.iter().any(|s| version(s).is_none() || is_ones(s)) || e.any(&mut |x| self.is_renamed(x)) {
            return None;
        }
        let changed = |s: &Symbol| version(s).filter(|v| *v != s.version).map(|v| Symbol { version: v, ..s.clone() });
        if names.iter().all(|s| changed(s).is_none()) {
            return Some(e.clone());
        }
        Some(e.transform(&mut |x, _| match x.node() {
            Node::Sym(s) => changed(s).map(Expr::sym),
            Node::Call(s, args) => changed(s).map(|s| Expr::new(Node::Call(s, args.clone()))),
            _ => None,
        }))
    }

    /// Whether it is an entry to which the notes give a name of its own, as `x_0`, or whose length they tell, as `I_n`.
    fn is_renamed(&self, e: &Expr) -> bool {
        if e.as_app("ones").is_some() {
            return true;
        }
        let Some([array, at]) = e.as_app(fun::INDEX) else { return false };
        array.as_symbol().is_some_and(|s| {
            let shown = match at.as_symbol() {
                Some(n) => format!("{}_{{{}}}", s.name, n.name),
                None => format!("{}_{{{at}}}", s.name),
            };
            &*s.name == "I"
                || self.renamed.contains(shown.as_str())
                || self.renamed.contains(&*format!("{}\u{2060}", s.name))
        })
    }
}
