//! Annotations: what they declare, define and let one assume, and how far that reaches.

use crate::claim::{Claim, Given, Statement};
use crate::diag::{Code, Diagnostic, Severity};
use crate::elaborate::build::Builder;
use crate::elaborate::definitions::{Head, head};
use crate::elaborate::prose::is_where;
use crate::elaborate::raw::Origin;
use crate::elaborate::sentence::{Piece, backward};
use crate::elaborate::universal::{for_all_entries, qualified, relation};
use crate::elaborate::waiting::{Told, TypedLine};
use crate::expr::{Binder, Domain, Expr, Sort, Symbol};
use crate::message::Message;
use crate::notation::relation::Role;

/// An annotation whose mathematics is not understood.
pub static UNREAD: Code = Code {
    name: "unread-annotation",
    what: "the mathematics of an annotation was not understood, or its shapes do not fit what else is declared",
    why: "a given that is lost would make true claims look false",
    example: "<!-- rederive let: x \\in \\unknown{S} -->",
};

/// How far an annotation reaches, or a value that words give a letter.
#[derive(Clone, Copy)]
pub(super) enum Within {
    Section(usize),
    Formula(usize),
    /// Up to a block.
    Until(usize),
}

impl Builder<'_> {
    /// `let: s \in \mathbb{R}^C, p := softmax(s), y one-hot`
    pub(super) fn annotation(&mut self, line: &TypedLine) {
        let span = line.raw.span;
        let mut facts: Vec<Expr> = line.fact.iter().cloned().collect();
        if matches!(line.raw.origin, Origin::Let { .. }) {
            self.declared_anew(self.section(line.raw.block), &facts);
        }
        for (pair, placed) in line.sides.windows(2).zip(&line.raw.signs) {
            let [left, right] = pair else { continue };
            let defines = placed.sign.role == Role::Defines || placed.sign.name == "eq";
            let h = head(left).filter(|_| defines);
            let entry = h.as_ref().filter(|h| placed.sign.role != Role::Defines && self.is_entry(h));
            if let (Some(entry), Some(1)) = (entry, right.as_int())
                && self.is_one_hot(&entry.symbol, line.raw.block)
                && let Some(unit) = unit_vector(entry)
            {
                let whole = Head { free: vec![], ..entry.clone() };
                self.define_within(line, &whole, &unit);
                facts.extend(range_of(entry));
            } else if let (Some(h), None) = (&h, entry) {
                self.define_within(line, h, right);
            } else if !placed.sign.name.is_empty() {
                facts.push(relation(placed.sign.name, left, right));
            }
        }
        self.understood(line, &facts);
        let facts: Vec<Expr> = facts
            .into_iter()
            .map(|f| line.qualifiers.iter().flatten().rev().fold(f, qualified))
            .map(|f| for_all_entries(f, &self.introduced))
            .filter(|f| !f.has_opaque())
            .collect();
        // An index that a fact runs over is still free to be used elsewhere.
        for introduced in if facts.is_empty() { &line.sides } else { &facts } {
            self.introduce(introduced);
        }
        let givens: Vec<Given> = facts.into_iter().map(|f| self.given(Some(f.clone()), f.to_string(), span)).collect();
        match line.raw.origin {
            Origin::Assume { .. } => self.assumed.entry(line.raw.block).or_default().extend(givens),
            _ => {
                let section = self.section(line.raw.block);
                self.givens.extend(givens.into_iter().map(|g| (section, g)));
            }
        }
    }

    /// What words say of a name, from here on; what they said of it before is over.
    pub(super) fn told(&mut self, line: &TypedLine) {
        let Some(symbol) = line.sides.first().and_then(Expr::as_symbol) else { return };
        let (section, block) = (self.section(line.raw.block), line.raw.block);
        let until = match line.raw.origin {
            Origin::Told { until, .. } => until,
            _ => None,
        };
        if until.is_none() && self.told_at.insert(symbol.clone(), block) != Some(block) {
            self.told.retain(|t| t.section != section || !t.symbol.same(symbol));
            let mut same = backward(self.document, block);
            same.push(Piece::Formula(block));
            if symbol.sort.is_scalar() && line.raw.signs.is_empty() && !self.is_said_in(&same, symbol) {
                self.free(block, symbol);
            }
        }
        let member = match (line.sides.as_slice(), line.raw.signs.first()) {
            ([left, right], Some(placed)) => Some(relation(placed.sign.name, left, right)),
            _ => None,
        };
        let facts = line.fact.iter().cloned().chain(member).filter(|f| line.clash.is_none() && !f.has_opaque());
        let givens: Vec<Given> = facts.map(|f| self.given(Some(f.clone()), f.to_string(), line.raw.span)).collect();
        for given in givens {
            if is_where(&self.words(&line.raw).0) {
                self.reach_back_given(&given, line.raw.block);
            }
            self.told.push(Told { section, symbol: symbol.clone(), given, until });
        }
    }

    /// "Then $x \\in \\mathbb{R}^n$" of a new letter says what it is.
    pub(super) fn is_space_of_new(&self, left: &Expr, right: &Expr) -> bool {
        let new = left.as_symbol().is_some_and(|s| !self.introduced.contains(s));
        new && right.as_app("real_space").is_some() && !self.has_annotations
    }

    /// "When `x` = 1 …": a value that a name has in this sentence.
    pub(super) fn in_this_case(&mut self, s: &Statement, block: usize, h: &Head, value: &Expr) {
        let fact = relation("eq", &Expr::sym(h.symbol.clone()), value);
        let given = self.given(Some(fact), s.read.clone(), s.span);
        let until = Some(self.until(block));
        self.told.push(Told { section: self.section(block), symbol: h.symbol.clone(), given, until });
    }

    /// Whether words beside the symbol say what it is.
    pub(super) fn is_told(&self, claim: &Claim, symbol: &Symbol) -> bool {
        let about = |g: &Given| g.fact.as_ref().is_some_and(|f| f.mentions(symbol));
        claim.givens.iter().any(|g| about(g) && self.told.iter().any(|t| t.given == *g))
    }

    /// An annotation that is not understood does not silently do nothing.
    fn understood(&mut self, line: &TypedLine, facts: &[Expr]) {
        let span = line.raw.span;
        let opaque = line.sides.iter().chain(facts).any(Expr::has_opaque);
        let message = match (&line.clash, line.raw.problems.first()) {
            (Some(clash), _) => clash.clone(),
            (None, Some(problem)) => problem.message.clone(),
            _ if opaque || line.qualifiers.iter().any(Option::is_none) => {
                Message::new("reason-opaque").with("what", self.document.source.slice(span))
            }
            _ => return,
        };
        self.findings.push(Diagnostic::new(&UNREAD, Severity::Error, span, message));
        self.note_unread(line);
    }

    /// Definitions of annotations end with their section, those of one formula with it.
    pub(super) fn leave(&mut self, block: usize) {
        let reach = self.document.sections_of(self.section(block));
        self.resumed(&reach);
        let annotated = std::mem::take(&mut self.annotated);
        for (at, definition) in annotated {
            let within = match at {
                Within::Section(section) => section == 0 || reach.contains(&section),
                Within::Formula(formula) => formula == block,
                Within::Until(last) => block <= last,
            };
            if within {
                self.annotated.push((at, definition));
            } else {
                self.definitions.remove(&definition);
            }
        }
    }

    /// A definition made by an annotation.
    fn define_within(&mut self, line: &TypedLine, h: &Head, right: &Expr) {
        let at = match line.raw.origin {
            Origin::Assume { .. } => Within::Formula(line.raw.block),
            _ => Within::Section(self.section(line.raw.block)),
        };
        let definition = self.define_as(h, right, line.raw.span);
        self.annotated.extend(definition.map(|d| (at, d)));
    }

    /// `y_k` for a place k that the notes have introduced: one entry, not all of them.
    fn is_entry(&self, h: &Head) -> bool {
        !h.free.is_empty() && h.free.iter().all(|i| self.introduced.contains(i))
    }

    fn is_one_hot(&self, array: &Symbol, block: usize) -> bool {
        let reach = self.document.sections_of(self.section(block));
        let says = |g: &Given| {
            let of = g.fact.as_ref().and_then(|f| f.as_app("one_hot")).and_then(|args| args.first());
            of.and_then(Expr::as_symbol).is_some_and(|s| s.same(array))
        };
        self.givens.iter().any(|(at, g)| says(g) && !self.superseded(*at, g, &reach))
            || self.assumed.values().flatten().any(says)
    }
}

/// The one-hot vector with its 1 at the place of the entry.
fn unit_vector(entry: &Head) -> Option<Expr> {
    let ([place], [size]) = (entry.free.as_slice(), entry.symbol.sort.sizes()) else { return None };
    let variable = Expr::bound(0, Sort::Integer);
    let delta = Expr::apply("delta", vec![variable, Expr::sym(place.clone())]);
    Some(Expr::bind(Binder::Lambda, Domain::Range(Expr::int(1), size.clone()), delta))
}

/// An entry that has a value stands at a place of its array.
fn range_of(entry: &Head) -> Vec<Expr> {
    let places = entry.free.iter().cloned().map(Expr::sym).zip(entry.symbol.sort.sizes());
    places.flat_map(|(i, n)| [Expr::relate("le", Expr::int(1), i.clone()), Expr::relate("le", i, n.clone())]).collect()
}
