//! TeX nodes → expressions whose symbols have no sorts yet.
//!
//! A Pratt-like reader over a list of nodes: sums of products of factors. What it does not understand becomes an
//! opaque atom and a problem with its place; it never guesses.

use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};
use crate::message::Message;
use crate::notation::names::Names;
use crate::notation::tex::{Tex, TexKind, symbol};
use crate::notation::word;
use crate::num::Rational;
use crate::source::Span;

/// Nesting beyond this is not read.
pub(crate) const DEPTH: usize = 96;

/// Something that was not understood, with its place in the formula's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// Why.
    pub message: Message,
}

/// Reads expressions of one formula.
pub struct Reader<'a> {
    /// The document's names.
    pub names: &'a Names,
    /// The formula's text.
    pub text: &'a str,
    /// Variables bound at this point of the formula.
    pub(crate) locals: Vec<Symbol>,
    /// Names that are bound by notation without a binder of its own: inside they are other symbols than outside.
    pub(crate) renamed: Vec<String>,
    /// What was not understood.
    pub problems: Vec<Problem>,
    pub(crate) depth: usize,
    /// The variables of the integrals so far, the last one last.
    pub(crate) differentials: Vec<String>,
    /// Vectors of ones so far.
    pub(crate) occurrences: u32,
}

/// A position in a list of nodes.
#[derive(Clone)]
pub(crate) struct Cursor<'t> {
    pub(crate) nodes: &'t [Tex],
    pub(crate) at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(nodes: &'t [Tex]) -> Cursor<'t> {
        Cursor { nodes, at: 0 }
    }
    pub(crate) fn peek(&self) -> Option<&'t Tex> {
        self.nodes.get(self.at)
    }
    pub(crate) fn next(&mut self) -> Option<&'t Tex> {
        let node = self.nodes.get(self.at);
        self.at += 1;
        node
    }
    pub(crate) fn rest(&self) -> &'t [Tex] {
        self.nodes.get(self.at..).unwrap_or(&[])
    }
}

/// Nodes that stand for nothing.
pub(crate) fn is_noise(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Space(_) | TexKind::Label { .. } | TexKind::Align => true,
        TexKind::Call { name, .. } => {
            matches!(name.as_str(), "hphantom" | "vphantom" | "phantom" | "hspace" | "vspace")
        }
        TexKind::Command(c) => matches!(
            c.as_str(),
            "displaystyle"
                | "textstyle"
                | "limits"
                | "nolimits"
                | "nonumber"
                | "notag"
                | "left"
                | "right"
                | "qquad"
                | "quad"
        ),
        _ => false,
    }
}

/// The nodes that carry meaning, plain words joined.
pub fn significant(nodes: &[Tex]) -> Vec<Tex> {
    let spaced = nodes.iter().any(|n| matches!(n.kind, TexKind::Space(_) | TexKind::Fenced { .. }));
    let commas = if spaced { crate::notation::normal::with_commas(nodes) } else { nodes.to_vec() };
    let kept: Vec<Tex> = commas.into_iter().filter(|n| !is_noise(n)).collect();
    word::joined(&crate::notation::normal::normal(&kept))
}

/// Whether a test holds of nodes beside each other: at this level of brackets, or below.
pub(super) fn at_some_level(nodes: &[Tex], test: &dyn Fn(&[Tex]) -> bool) -> bool {
    // Of the parts as they are written: letters are joined to words only at their own level.
    test(&significant(nodes))
        || nodes.iter().any(|n| match &n.kind {
            TexKind::Group(list) | TexKind::Fenced { body: list, .. } => at_some_level(list, test),
            TexKind::Env { rows, .. } => rows.iter().flat_map(|row| &row.cells).any(|cell| at_some_level(cell, test)),
            _ => n.children().into_iter().any(|c| at_some_level(c.list(), test)),
        })
}

/// The character of a node that is one, also under scripts.
pub(crate) fn char_of(node: &Tex) -> Option<char> {
    match &node.kind {
        TexKind::Char(c) => Some(*c),
        TexKind::Script { base, .. } => char_of(base),
        _ => None,
    }
}

/// The command of a node that is one, also under scripts.
pub(crate) fn command_of(node: &Tex) -> Option<&str> {
    match &node.kind {
        TexKind::Command(c) => Some(c),
        TexKind::Script { base, .. } => command_of(base),
        _ => None,
    }
}

/// The index of the bracket that closes the one at `at`, scripts on it allowed.
pub(crate) fn closing(nodes: &[Tex], at: usize) -> Option<usize> {
    let opens = |n: &Tex| match &n.kind {
        TexKind::Char('(' | '[') => true,
        TexKind::Command(c) => matches!(c.as_str(), "{" | "lbrace" | "langle" | "lfloor" | "lceil"),
        _ => false,
    };
    let closes = |n: &Tex| {
        matches!(char_of(n), Some(')' | ']'))
            || matches!(command_of(n), Some("}" | "rbrace" | "rangle" | "rfloor" | "rceil"))
    };
    let mut depth = 0usize;
    for (i, node) in nodes.iter().enumerate().skip(at) {
        if opens(node) {
            depth += 1;
        } else if closes(node) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}

/// Parts between commas (or semicolons) outside of brackets.
pub(crate) fn parts(nodes: &[Tex]) -> Vec<&[Tex]> {
    let mut out = vec![];
    let (mut start, mut i) = (0, 0);
    while i < nodes.len() {
        match nodes.get(i).map(|n| &n.kind) {
            Some(TexKind::Char('(' | '[')) => i = closing(nodes, i).unwrap_or(i),
            Some(TexKind::Command(c)) if matches!(c.as_str(), "{" | "lbrace" | "langle") => {
                i = closing(nodes, i).unwrap_or(i)
            }
            Some(TexKind::Char(',' | ';')) => {
                out.push(nodes.get(start..i).unwrap_or(&[]));
                start = i + 1;
            }
            _ => {}
        }
        i += 1;
    }
    out.push(nodes.get(start..).unwrap_or(&[]));
    out
}

/// Whether the sign before dots may be that of the next term: where the last two have one sign it stays, where three
/// alternate it turns. `X_t - \phi_1 X_{t-1} - \cdots` begins with what is none of the terms.
fn leads_to_dots(terms: &[Expr], negative: bool) -> bool {
    let below = |e: &Expr| {
        let factor = e.as_app(fun::MUL).and_then(<[Expr]>::first).unwrap_or(e);
        factor.as_num().is_some_and(|q| *q < Rational::from(0))
    };
    match terms {
        [.., a, b] if below(a) == below(b) => negative == below(b),
        [.., a, b, c] if below(a) != below(b) && below(b) != below(c) => negative != below(c),
        _ => true,
    }
}

impl<'a> Reader<'a> {
    /// A reader for a formula's text.
    pub fn new(names: &'a Names, text: &'a str) -> Reader<'a> {
        Reader {
            names,
            text,
            locals: vec![],
            renamed: vec![],
            problems: vec![],
            depth: 0,
            differentials: vec![],
            occurrences: 0,
        }
    }

    /// The expression of a list of nodes.
    pub fn expression(&mut self, nodes: &[Tex]) -> Expr {
        let whole = nodes.iter().map(|n| n.span).reduce(Span::join).unwrap_or_default();
        if self.depth >= DEPTH {
            return self.opaque(whole, Message::new("reason-fuel"));
        }
        self.depth += 1;
        let list = significant(nodes);
        let mut cursor = Cursor::new(&list);
        let e = self.sum(&mut cursor);
        let left = cursor.rest();
        let result = match (e, left.first()) {
            (Some(e), None) => e,
            (None, None) => self.opaque(whole, Message::new("reason-empty")),
            (_, Some(node)) => {
                let what = self.slice(node.span);
                self.opaque(whole, Message::new("reason-unknown-command").with("what", what))
            }
        };
        self.depth -= 1;
        result
    }

    pub(crate) fn slice(&self, span: Span) -> String {
        self.text.get(span.range()).unwrap_or("").trim().to_owned()
    }

    /// An opaque atom for a span, with a problem.
    pub(crate) fn opaque(&mut self, span: Span, message: Message) -> Expr {
        let text = self.slice(span);
        self.problems.push(Problem { span, message });
        let depends = self.locals.iter().cloned().map(Expr::sym).collect();
        Expr::new(Node::Opaque { text: text.into(), depends })
    }

    pub(crate) fn unknown(&mut self, node: &Tex) -> Expr {
        let what = self.slice(node.span);
        let message = match &node.kind {
            TexKind::Command(name) if symbol(name).is_none() => Message::new("reason-unknown-macro"),
            _ => Message::new("reason-unknown-command"),
        };
        self.opaque(node.span, message.with("what", what))
    }

    /// `±term ± term …`
    pub(crate) fn sum(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        if let Some(open) = self.sum_before_bar(cursor) {
            return Some(open);
        }
        let mut terms: Vec<Expr> = vec![];
        let (mut dots, mut more_dots, mut dotted) = (None, false, false);
        loop {
            let mut negative = false;
            // `w_1 + w_2 + … w_n`: behind dots the sign may be missing.
            let mut signed = terms.is_empty() || dotted && cursor.peek().is_some_and(|n| !self.ends_term(n));
            dotted = false;
            while let Some(node) = cursor.peek() {
                match &node.kind {
                    TexKind::Char('+') => {}
                    TexKind::Char('-' | '−') => negative = !negative,
                    _ => break,
                }
                signed = true;
                cursor.next();
            }
            if !signed {
                break;
            }
            if let Some(node) = cursor.peek().filter(|n| crate::notation::set::is_dots(n)) {
                let _ = node;
                cursor.next();
                dots.get_or_insert(terms.len());
                more_dots |= dots.is_some_and(|at| at != terms.len()) || !leads_to_dots(&terms, negative);
                dotted = true;
                continue;
            }
            // `\pm x`: one of two, and whichever it is elsewhere.
            if let (true, Some(sign @ ("pm" | "mp"))) = (terms.is_empty(), cursor.peek().and_then(command_of)) {
                cursor.next();
                let t = self.term(cursor)?;
                terms.push(self.fixed(&format!("(\\{sign} {PLACE})"), vec![t], &[]));
                continue;
            }
            match self.term(cursor) {
                Some(t) => terms.push(if negative { negated(t) } else { t }),
                None if terms.is_empty() => return None,
                None => {
                    let span = cursor.nodes.last().map(|n| n.span).unwrap_or_default();
                    terms.push(self.opaque(span, Message::new("reason-empty")));
                    break;
                }
            }
            while let Some(sign @ ("pm" | "mp")) = cursor.peek().and_then(command_of) {
                cursor.next();
                let Some(t) = self.term(cursor) else { break };
                let sum = Expr::apply(fun::ADD, std::mem::take(&mut terms));
                terms.push(self.fixed(&format!("({PLACE} \\{sign} {PLACE})"), vec![sum, t], &[]));
            }
        }
        if dots.is_some() && terms.is_empty() {
            return Some(self.fixed("⋯", vec![], &[]));
        }
        if let (Some(at), false) = (dots, terms.is_empty()) {
            return Some(match more_dots {
                false => self.with_dots(&terms, at, Binder::Sum),
                true => self.fixed(&format!("({}⋯)", format!("{PLACE} + ").repeat(terms.len())), terms, &[]),
            });
        }
        let e = Expr::apply(fun::ADD, terms);
        // `a + b \bmod n` is the remainder of the sum.
        if !cursor.peek().and_then(command_of).is_some_and(|c| matches!(c, "mod" | "bmod")) {
            return Some(e);
        }
        cursor.next();
        let by = self.term(cursor)?;
        Some(self.fixed(&format!("({PLACE} mod {PLACE})"), vec![e, by], &[]))
    }

    /// Binds the symbol in a body.
    pub(crate) fn close(&self, binder: Binder, domain: Domain, variable: &Symbol, body: &Expr) -> Expr {
        let sort = match domain.variable_sort() {
            Sort::Unknown => variable.sort.clone(),
            sort => sort,
        };
        Expr::bind(binder, domain, body.abstracted(variable, sort))
    }
}

/// `−t`, numbers and leading coefficients absorbed.
pub(crate) fn negated(t: Expr) -> Expr {
    -t
}
