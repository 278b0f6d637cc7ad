//! TeX nodes → expressions whose symbols have no sorts yet.
//!
//! A Pratt-like reader over a list of nodes: sums of products of factors. What it does not understand becomes an
//! opaque atom and a problem with its place; it never guesses.

use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};
use crate::message::Message;
use crate::notation::evaluated::is_between_ends;
use crate::notation::names::Names;
use crate::notation::tex::{Tex, TexKind, symbol};
use crate::notation::word;
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
fn is_noise(node: &Tex) -> bool {
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
    let kept: Vec<Tex> = nodes.iter().filter(|n| !is_noise(n)).cloned().collect();
    word::joined(&crate::notation::normal::normal(&kept))
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
            Some(TexKind::Command(c)) if c == "{" || c == "lbrace" => i = closing(nodes, i).unwrap_or(i),
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
        let (mut dots, mut more_dots) = (None, false);
        loop {
            let mut negative = false;
            let mut signed = terms.is_empty();
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
                more_dots |= dots.is_some_and(|at| at != terms.len());
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
        Some(Expr::apply(fun::ADD, terms))
    }

    /// A product of factors; a big operator takes the rest of the term.
    pub(crate) fn term(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let mut product: Option<Expr> = None;
        // The product without its last factor, and that factor: dots behind it go on from there.
        let mut last: Option<(Vec<Expr>, Expr)> = None;
        while let Some(node) = cursor.peek() {
            if crate::notation::set::is_dots(node)
                && let Some((mut parts, factor)) = last.take()
            {
                cursor.next();
                parts.push(factor);
                let dots = parts.len();
                let times = |n: &Tex| matches!(command_of(n), Some("cdot" | "times")) || char_of(n) == Some('·');
                if cursor.peek().is_some_and(times) {
                    cursor.next();
                }
                let next = if cursor.peek().is_some_and(|n| !self.ends_term(n)) { self.factor(cursor) } else { None };
                parts.extend(next);
                product = Some(self.with_dots(&parts, dots, Binder::Product));
                continue;
            }
            if let (true, Some(p)) = (is_between_ends(node), product.clone()) {
                product = Some(self.term_before_bar(p, cursor));
                last = None;
                continue;
            }
            if let (Some((_, sign)), Some(p)) = (between(node), product.clone()) {
                cursor.next();
                let mut right = cursor.clone();
                let Some(f) = self.factor(&mut right) else { break };
                *cursor = right;
                last = None;
                product = Some(self.fixed(&format!("({PLACE} {sign} {PLACE})"), vec![p, f], &[]));
                continue;
            }
            let operator = match &node.kind {
                TexKind::Char('*' | '×' | '·' | '/' | '⊙' | '∘') => char_of(node),
                TexKind::Command(c) => match c.as_str() {
                    "cdot" | "bullet" => Some('·'),
                    "times" | "ast" => Some('*'),
                    "div" => Some('/'),
                    "odot" | "circ" => Some('⊙'),
                    _ => None,
                },
                _ => None,
            };
            if operator.is_some() && product.is_some() {
                cursor.next();
            } else if operator.is_some() || self.ends_term(node) {
                break;
            }
            // `6 \\cdot -0.91`
            let minus = operator.is_some() && cursor.peek().and_then(char_of).is_some_and(|c| matches!(c, '-' | '−'));
            if minus {
                cursor.next();
            }
            let factor = self.factor(cursor);
            let Some(factor) = (if minus { factor.map(negated) } else { factor }) else {
                if operator.is_some() {
                    let span = node.span;
                    return Some(self.opaque(span, Message::new("reason-empty")));
                }
                break;
            };
            last = match (&product, operator, last.take()) {
                (None, _, _) => Some((vec![], factor.clone())),
                (Some(_), None | Some('·' | '*' | '×'), Some((mut parts, before))) => {
                    parts.push(before);
                    Some((parts, factor.clone()))
                }
                _ => None,
            };
            product = Some(match (product, operator) {
                (None, _) => factor,
                (Some(p), None | Some('*' | '×')) => product_of(p, factor),
                (Some(p), Some('/')) => p.over(&factor),
                (Some(p), Some('⊙' | '∘')) => Expr::relate("hadamard", p, factor),
                (Some(p), Some(_)) => match p.is_literal() || factor.is_literal() {
                    false => Expr::relate("dot", p, factor),
                    true => product_of(p, factor),
                },
            });
        }
        product
    }

    /// Whether the node cannot begin a factor.
    pub(crate) fn ends_term(&self, node: &Tex) -> bool {
        match &node.kind {
            TexKind::Char(c) => matches!(c, '+' | '-' | '−' | ',' | ';' | ')' | ']' | ':' | '.' | '?'),
            TexKind::Command(c) => matches!(
                c.as_str(),
                "pm" | "mp"
                    | "mid"
                    | "parallel"
                    | "}"
                    | "middle|"
                    | "rangle"
                    | "cdots"
                    | "ldots"
                    | "dots"
                    | "vdots"
                    | "ddots"
            ),
            _ => false,
        }
    }

    /// The arguments of a plain function without brackets: factors up to an operator or another function.
    pub(crate) fn loose_argument(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let first = self.factor(cursor)?;
        let mut product = first;
        while let Some(node) = cursor.peek() {
            let stops = self.ends_term(node)
                || is_between_ends(node)
                || matches!(node.kind, TexKind::Char('*' | '/' | '×' | '·' | '(' | '[' | '|') | TexKind::Fenced { .. })
                || matches!(command_of(node), Some("cdot" | "times" | "ast" | "div" | "odot"))
                || command_of(node).is_some_and(crate::notation::symbol::is_operator_word)
                || matches!(&node.kind, TexKind::Call { name, .. } if name.starts_with("operatorname"));
            if stops {
                break;
            }
            match self.factor(cursor) {
                Some(f) => product = product_of(product, f),
                None => break,
            }
        }
        Some(product)
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

/// A sign between things that are not numbers.
fn between(node: &Tex) -> Option<&'static (&'static str, &'static str)> {
    let TexKind::Command(c) = &node.kind else { return None };
    crate::notation::random::BETWEEN.iter().find(|(name, _)| name == c)
}

/// `−t`, numbers and leading coefficients absorbed.
pub(crate) fn negated(t: Expr) -> Expr {
    -t
}

fn product_of(a: Expr, b: Expr) -> Expr {
    Expr::apply(fun::MUL, vec![a, b])
}
