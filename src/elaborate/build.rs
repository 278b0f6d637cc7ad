//! Lines with sorts → statements: kinds, scopes, claims.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::{Definition, Given, Kind, Link, Statement};
use crate::diag::Diagnostic;
use crate::elaborate::called::{Called, called};
use crate::elaborate::content::{Introduced, atom, expectation, sign_text};
use crate::elaborate::convention;
use crate::elaborate::declaration::Within;
use crate::elaborate::definitions::{Definitions, Head, body, is_value};
use crate::elaborate::directives::{Attached, Directives};
use crate::elaborate::freed::Freed;
use crate::elaborate::ids::Ids;
use crate::elaborate::inverse;
use crate::elaborate::law;
use crate::elaborate::passing::Passing;
use crate::elaborate::prose::{Cue, cue, words};
use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::role;
use crate::elaborate::setting::Place;
use crate::elaborate::understood::{Understood, understood};
use crate::elaborate::usual::usual;
use crate::elaborate::vocabulary::Vocabulary;
use crate::elaborate::waiting::{Pending, Scope, Told, TypedLine};
use crate::expr::{Expr, Node, Symbol};
use crate::notation::relation::Role;
use crate::notation::whole;
use crate::read::{Block, Document};
use crate::source::Span;

/// Signs by which the second side of a line is the hypothesis of the first.
const CONVERSES: &[&str] = &["\\Leftarrow", "\\Longleftarrow", "\\impliedby", "⇐", "⟸"];

/// Builds the statements of a document.
pub(crate) struct Builder<'a> {
    pub(super) document: &'a Document,
    pub(super) directives: &'a Directives,
    pub(super) definitions: Definitions,
    pub(super) givens: Vec<(usize, Given)>,
    /// Names that something introduced: declared, defined, or bound to values.
    pub(super) introduced: Introduced,
    /// What each name was defined as, over the whole document.
    pub(super) meanings: BTreeMap<String, BTreeSet<(u32, Expr)>>,
    /// Names in what was not read, with the section: nothing about them is known for sure there.
    pub(super) unread: BTreeSet<(usize, String)>,
    /// Letters that such a line gives to another one, with their section, that one, and the block of the line.
    pub(super) through: BTreeSet<(usize, String, String, usize)>,
    /// Symbols that occurred in claims, so that they are not new any more.
    pub(super) seen: BTreeSet<Expr>,
    pub(super) statements: Vec<Statement>,
    /// The statements of each section, once all are there.
    pub(super) by_section: BTreeMap<usize, Vec<usize>>,
    /// The statements of each derivation, likewise.
    pub(super) by_chain: BTreeMap<usize, Vec<usize>>,
    pub(super) pending: Vec<Pending>,
    /// Pending claims of the display before, which a where-clause right after still reaches.
    pub(super) recent: Vec<usize>,
    pub(super) recent_block: Option<usize>,
    /// Formulas that explain the display before them.
    pub(super) reaching: BTreeSet<usize>,
    pub(super) assumed: BTreeMap<usize, Vec<Given>>,
    /// Definitions made by annotations, with how far they reach.
    pub(super) annotated: Vec<(Within, Definition)>,
    /// Sides of the line that is looked at, with their decimals as printed.
    spelt: Vec<(Expr, Expr)>,
    /// Names that an annotation declared anew, with its section: what enclosing sections say of them ends there.
    pub(super) anew: Vec<(usize, Symbol)>,
    /// Definitions of such names, out of scope until the section ends.
    pub(super) suspended: Vec<(usize, Within, Definition)>,
    /// Whether annotations declare symbols or ask for verdicts.
    pub(super) has_annotations: bool,
    /// Values of functions that an equation named, without saying what the function is elsewhere.
    pub(super) named: BTreeSet<Expr>,
    /// Givens that words beside a name say.
    pub(super) told: Vec<Told>,
    /// What the words of the notes say.
    pub(super) vocabulary: Vocabulary<'a>,
    /// The words that reach into each section.
    pub(super) sections: Vec<OnceCell<Vocabulary<'a>>>,
    /// The block that last said something of a name so.
    pub(super) told_at: BTreeMap<Symbol, usize>,
    /// What the notes say symbols are distributed as, by section.
    pub(super) laws: Vec<(usize, Symbol, Expr)>,
    /// Functions that an inverse of is applied somewhere.
    pub(super) inverted: BTreeSet<String>,
    /// What words call a name that is no number.
    pub(super) called: Vec<Called>,
    /// Known objects that the words call by their names, with the sections.
    pub(super) usual: Vec<(usize, &'static str)>,
    /// What the words beside them say of names.
    pub(super) roles: Vec<role::Role>,
    /// Letters of which only words say what they are.
    pub(super) renamed: BTreeSet<String>,
    /// What formulas leave to the words around them.
    pub(super) understood: Understood,
    /// Numbers of which what was said is over.
    pub(super) freed: Vec<Freed>,
    /// Values that sentences mention.
    pub(super) passing: Vec<Passing>,
    /// The names that the notes write: a size of another name is one that nothing names.
    pub(super) written: BTreeSet<Arc<str>>,
    pub(super) ids: Ids,
    pub(crate) findings: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(document: &'a Document, directives: &'a Directives) -> Builder<'a> {
        Builder {
            document,
            directives,
            definitions: Definitions::default(),
            givens: vec![],
            introduced: Introduced::default(),
            meanings: BTreeMap::new(),
            unread: BTreeSet::new(),
            through: BTreeSet::new(),
            seen: BTreeSet::new(),
            statements: vec![],
            by_section: BTreeMap::new(),
            by_chain: BTreeMap::new(),
            pending: vec![],
            recent: vec![],
            recent_block: None,
            reaching: BTreeSet::new(),
            assumed: BTreeMap::new(),
            annotated: vec![],
            spelt: vec![],
            anew: vec![],
            suspended: vec![],
            has_annotations: !directives.attached.is_empty(),
            named: BTreeSet::new(),
            told: vec![],
            vocabulary: Vocabulary::new(&document.source.text),
            sections: document.sections.iter().map(|_| OnceCell::new()).collect(),
            told_at: BTreeMap::new(),
            laws: vec![],
            inverted: BTreeSet::new(),
            called: vec![],
            usual: vec![],
            roles: vec![],
            renamed: BTreeSet::new(),
            understood: Understood::default(),
            freed: vec![],
            passing: vec![],
            written: BTreeSet::new(),
            ids: Ids::new(document),
            findings: vec![],
        }
    }

    /// All statements, claims unfolded; with the scope of the claim at a place.
    pub(crate) fn run(
        mut self,
        lines: &[TypedLine],
        place: Option<Place>,
    ) -> (Vec<Statement>, Vec<Diagnostic>, Option<Scope>) {
        self.has_annotations |= lines.iter().any(|l| matches!(l.raw.origin, Origin::Let { .. }));
        self.inverted = if self.has_annotations { BTreeSet::new() } else { inverse::inverted(lines) };
        self.called = if self.has_annotations { vec![] } else { called(self.document, lines) };
        self.usual = usual(self.document, &self.called);
        self.roles = role::roles(self.document);
        self.understood = understood(self.document);
        self.written = lines.iter().flat_map(|l| l.raw.constraint().symbols()).map(|s| s.name).collect();
        for line in lines {
            self.leave(line.raw.block);
            self.introduced.at(line.raw.block);
            self.spelt = line.sides.iter().cloned().zip(line.printed.iter().cloned()).filter(|(a, b)| a != b).collect();
            match line.raw.origin {
                Origin::Let { .. } | Origin::Assume { .. } => self.annotation(line),
                Origin::Told { .. } => self.told(line),
                Origin::Formula { display } => self.formula(line, display),
            }
        }
        for (i, s) in self.statements.iter().enumerate() {
            self.by_section.entry(self.section(s.block)).or_default().push(i);
            self.by_chain.entry(s.link.chain).or_default().push(i);
        }
        let pending = std::mem::take(&mut self.pending);
        let wanted = place.and_then(|(block, at)| {
            let of_block = self.statements.iter().enumerate().filter(|(_, s)| s.block == block);
            let statement = of_block.map(|(i, _)| i).nth(at)?;
            Some((pending.iter().find(|p| p.statement == statement)?.clone(), self.laws_at(block)))
        });
        for p in pending {
            self.finish(p);
        }
        // What is asserted restricts nothing, so that two false laws don't excuse each other.
        self.mark_asserted();
        self.contexts();
        self.mark_curves();
        let scope = wanted.map(|(pending, laws)| Scope { pending, laws, introduced: self.introduced });
        (self.statements, self.findings, scope)
    }

    /// What is said of distributions in reach of a block.
    pub(super) fn laws_at(&self, block: usize) -> Vec<(Symbol, Expr)> {
        self.laws_of(block, self.laws.len())
    }

    /// The same where the first `told` of them stand before it: the last of these behind all others, and of those that stand
    /// after it the first behind the rest.
    pub(super) fn laws_of(&self, block: usize, told: usize) -> Vec<(Symbol, Expr)> {
        let reach = self.document.sections_of(self.section(block));
        let (before, after) = self.laws.split_at_checked(told).unwrap_or((&self.laws, &[]));
        let reaching = after.iter().rev().chain(before).filter(|(at, _, _)| reach.contains(at) || *at == 0);
        reaching.map(|(_, s, d)| (s.clone(), d.clone())).collect()
    }

    pub(super) fn section(&self, block: usize) -> usize {
        match self.document.blocks.get(block) {
            Some(Block::Formula(f)) => f.section,
            Some(Block::Directive(d)) => d.section,
            _ => 0,
        }
    }

    /// The statements of these sections.
    pub(super) fn of_sections(&self, sections: &[usize]) -> impl Iterator<Item = &Statement> {
        let places = sections.iter().filter_map(|s| self.by_section.get(s)).flatten();
        places.filter_map(|i| self.statements.get(*i))
    }

    pub(super) fn line_number(&self, span: Span) -> usize {
        self.document.source.row(span.start)
    }

    pub(super) fn given(&self, fact: Option<Expr>, text: String, span: Span) -> Given {
        Given { fact, text, line: Some(self.line_number(span)) }
    }

    pub(super) fn introduce(&mut self, e: &Expr) {
        for s in e.symbols() {
            self.introduced.insert(&s);
        }
    }

    /// A side of the line that is looked at, with its decimals as printed.
    pub(super) fn as_printed<'b>(&'b self, side: &'b Expr) -> &'b Expr {
        self.spelt.iter().find(|(exact, _)| exact == side).map_or(side, |(_, printed)| printed)
    }

    pub(super) fn define(&mut self, h: &Head, right: &Expr, span: Span) -> bool {
        self.define_as(h, right, span).is_some()
    }

    pub(super) fn define_as(&mut self, h: &Head, right: &Expr, span: Span) -> Option<Definition> {
        let body = body(h, right)?;
        if !h.params.is_empty() && !h.params.iter().any(|p| self.definitions.reaches(&body, p)) {
            // `E(X) = μ` names a number; it does not say that E is μ everywhere.
            self.introduced.insert(&h.symbol);
            return None;
        }
        let mut text = match h.indices.is_empty() && h.free.is_empty() && h.params.is_empty() {
            true => Expr::sym(h.symbol.clone()).to_string(),
            false => String::new(),
        };
        if text.is_empty() {
            let args: Vec<Expr> = h.params.iter().cloned().map(Expr::sym).collect();
            let left = if args.is_empty() {
                let indices = if h.free.is_empty() { h.indices.clone() } else { h.places() };
                Expr::sym(h.symbol.clone()).index(indices)
            } else {
                Expr::new(Node::Call(h.symbol.clone(), args))
            };
            text = left.to_string();
        }
        let definition = Definition {
            head: h.symbol.clone(),
            indices: h.indices.clone(),
            params: h.params.clone(),
            body,
            text: format!("{text} = {}", self.as_printed(right)),
            line: Some(self.line_number(span)),
        };
        self.introduced.insert_as(&h.symbol, is_value(&definition));
        self.definitions.add(definition.clone());
        if definition.indices.is_empty() {
            let meaning = (definition.head.version, definition.body.clone());
            self.meanings.entry(definition.head.name.to_string()).or_default().insert(meaning);
        }
        Some(definition)
    }

    pub(super) fn words(&self, line: &RawLine) -> (String, String) {
        words(self.document, line.block, line.origin != Origin::Formula { display: false })
    }

    pub(super) fn formula(&mut self, line: &TypedLine, display: bool) {
        let explains = line.raw.prefix.is_some() || self.reaching.contains(&line.raw.block);
        if display && self.recent_block != Some(line.raw.block) && !explains {
            self.recent.clear();
            self.recent_block = Some(line.raw.block);
        }
        let attached = self.directives.attached.get(&line.raw.block).cloned().unwrap_or_default();
        if !display {
            self.free_by_words(line);
            self.define_anew(line);
        }
        if line.raw.signs.is_empty() {
            self.expression(line, &attached);
            return;
        }
        let (before, after) = self.words(&line.raw);
        let words = if line.raw.before > 0 && !line.raw.continued { Cue::Plain } else { cue(&before, &after) };
        let words = if words == Cue::Plain && !display { self.of_list(line) } else { words };
        let words = if words == Cue::Given && !display && self.is_recalled(line) { Cue::Plain } else { words };
        // `y = Ax + b \\sim \\mathcal{N}(…)` is a model: its equations say what is meant.
        let model = line.raw.signs.iter().any(|p| p.sign.role == Role::Distributed);
        let text = self.document.source.slice(line.raw.row_span);
        let backward = CONVERSES.iter().any(|sign| text.contains(sign)) && !self.has_annotations;
        let declares = convention::declares(self.document.source.slice(line.raw.span)) || model;
        for (k, placed) in line.raw.signs.iter().enumerate() {
            let (Some(left), Some(right)) = (line.sides.get(k), line.sides.get(k + 1)) else { continue };
            let mut statement = self.frame(line, k, left, right, &attached);
            if backward {
                statement.kind = Kind::Other;
                self.statements.push(statement);
                continue;
            }
            if declares {
                if let (Role::Distributed, Some(x)) = (placed.sign.role, left.as_symbol())
                    && !self.is_parametrised_otherwise(line.raw.block, right)
                {
                    self.laws.push((self.section(line.raw.block), x.clone(), law::by_row(right)));
                }
                statement.kind = Kind::Given;
                self.statements.push(statement);
                continue;
            }
            self.settle(line, k, placed.sign.role, placed.sign.name, statement, words, display, &attached);
            self.introduces(line, k, placed.sign, display, &attached);
        }
        // What a claim was about is no longer new; what only a definition mentions still is.
        let claimed = self
            .statements
            .iter()
            .rev()
            .take_while(|s| s.block == line.raw.block)
            .any(|s| s.claim.is_some() && s.otherwise.is_none());
        if claimed {
            for side in &line.sides {
                self.note_seen(side);
            }
        }
    }

    pub(super) fn note_seen(&mut self, e: &Expr) {
        e.any(&mut |x| {
            if atom(x) {
                self.seen.insert(x.clone());
            }
            false
        });
    }

    pub(super) fn expression(&mut self, line: &TypedLine, attached: &Attached) {
        let Some(side) = line.sides.first() else { return };
        let mut s = self.frame(line, 0, side, side, attached);
        s.kind = Kind::Expression;
        s.relation = String::new();
        s.sides = None;
        s.latex = self.document.source.slice(whole(&self.document.source.text, line.raw.span)).to_owned();
        s.span = line.raw.span;
        self.statements.push(s);
    }

    /// The statement of relation `k` without its meaning.
    pub(super) fn frame(
        &mut self,
        line: &TypedLine,
        k: usize,
        left: &Expr,
        right: &Expr,
        attached: &Attached,
    ) -> Statement {
        let raw = &line.raw;
        let spans: Vec<Span> = [k, k + 1].iter().filter_map(|i| raw.side_spans.get(*i).copied()).collect();
        let sides = spans.iter().copied().reduce(Span::join).unwrap_or(raw.span);
        let span = whole(&self.document.source.text, if raw.rowed { raw.row_span } else { sides });
        let relation = raw.signs.get(k).and_then(|s| s.sign.spellings.first()).map_or(String::new(), |s| sign_text(s));
        let step = raw.before + k + 1;
        let (left_text, right_text) = (line.printed.get(k).unwrap_or(left), line.printed.get(k + 1).unwrap_or(right));
        let read = match raw.signs.get(k) {
            Some(p) if !p.sign.name.is_empty() => {
                Expr::relate(p.sign.name, left_text.clone(), right_text.clone()).to_string()
            }
            Some(_) => format!("{left_text} {relation} {right_text}"),
            None => left_text.to_string(),
        };
        let local = self.statements.iter().rev().take_while(|s| s.block == raw.block).count() + 1;
        let id = self.ids.statement(self.document, raw.block, attached.id.as_deref(), local);
        let expected = expectation(attached, local);
        Statement {
            id,
            kind: Kind::Claim,
            relation,
            latex: self.document.source.slice(span).to_owned(),
            read,
            span,
            block: raw.block,
            link: Link { chain: raw.chain, step },
            claim: None,
            sides: Some((left.clone(), right.clone())),
            problem: None,
            otherwise: None,
            loose: None,
            expected,
            checkers: attached.checkers.clone(),
            asked: attached.id.is_some() || attached.claim || !attached.checkers.is_empty(),
            unclear: false,
            concluded: false,
            asserted: false,
            curve: false,
        }
    }
}
