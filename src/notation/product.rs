//! Products: factors beside each other, and the signs between them.

use crate::expr::{Binder, Expr, PLACE, fun};
use crate::message::Message;
use crate::notation::evaluated::is_between_ends;
use crate::notation::reader::{Cursor, Reader, char_of, closing, command_of, negated, significant};
use crate::notation::relation::plain_text;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

impl Reader<'_> {
    /// A product of factors; a big operator takes the rest of the term.
    pub(crate) fn term(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let mut product: Option<Expr> = None;
        // The product without its last factor, and that factor: dots behind it go on from there.
        let mut last: Option<(Vec<Expr>, Expr)> = None;
        while let Some(node) = cursor.peek() {
            if let Some(taken) = conforming(cursor.rest()) {
                let end = cursor.rest().get(taken - 1).map_or(node.span, |n| n.span);
                let what = self.slice(node.span.join(end));
                cursor.at += taken;
                return Some(self.opaque(node.span, Message::new("reason-unknown-command").with("what", what)));
            }
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
            if let (Some(sign), Some(p)) = (between(cursor), product.clone()) {
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
                // `a \cdot \ldots \cdot b`
                if last.is_some() && cursor.peek().is_some_and(crate::notation::set::is_dots) {
                    continue;
                }
            } else if operator.is_some() || self.ends_term(node) {
                break;
            }
            // `6 \\cdot -0.91`
            let minus = operator.is_some() && cursor.peek().and_then(char_of).is_some_and(|c| matches!(c, '-' | '−'));
            if minus {
                cursor.next();
            }
            let from = cursor.at;
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
                (Some(p), Some('/')) => self.quotient(p, factor, from, cursor),
                (Some(p), Some('⊙' | '∘')) => Expr::relate("hadamard", p, factor),
                (Some(p), Some(_)) => match p.is_literal() || factor.is_literal() {
                    false => Expr::relate("dot", p, factor),
                    true => product_of(p, factor),
                },
            });
        }
        product
    }

    /// A quotient by a slash, the cursor behind the first factor of the divisor, which stands at `from`. What stands right
    /// beside that may be a divisor or a factor; of factorials, `n!/k!(n - k)!`, all divide.
    fn quotient(&mut self, of: Expr, by: Expr, from: usize, cursor: &mut Cursor) -> Expr {
        let mut parts = vec![by];
        let factorial = |e: &Expr| e.as_app("factorial").is_some();
        while self.divides_on(cursor, from) {
            let mut behind = cursor.clone();
            let Some(factor) = self.factor(&mut behind) else { break };
            // `n!/k!(n - k)!p^k`
            if parts.len() > 1 && parts.iter().all(factorial) && !factorial(&factor) {
                break;
            }
            *cursor = behind;
            parts.push(factor);
        }
        let product = |parts: &[Expr]| parts.iter().cloned().reduce(product_of).unwrap_or_else(|| Expr::int(1));
        if parts.len() == 1 || parts.iter().all(factorial) {
            return of.over(&product(&parts));
        }
        let name = format!("(1/{})", PLACE.to_string().repeat(parts.len()));
        product_of(of, self.either(&name, parts))
    }

    /// Whether the node cannot begin a factor.
    pub(crate) fn ends_term(&self, node: &Tex) -> bool {
        match &node.kind {
            TexKind::Char(c) => matches!(c, '+' | '-' | '−' | ',' | ';' | ')' | ']' | ':' | '.' | '?'),
            TexKind::Command(c) => matches!(
                c.as_str(),
                "pm" | "mp"
                    | "mod"
                    | "bmod"
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
}

/// A sign between things that are not numbers, and the point of `g.x`.
fn between(cursor: &Cursor) -> Option<&'static str> {
    match &cursor.peek()?.kind {
        TexKind::Command(c) => {
            crate::notation::random::BETWEEN.iter().find(|(name, _)| name == c).map(|(_, shown)| *shown)
        }
        TexKind::Char('.') => joins(cursor).then_some("."),
        _ => None,
    }
}

/// Whether the point at the cursor stands between two things, and ends no sentence: without a gap on both sides, with one
/// on both, or before a bracket.
fn joins(cursor: &Cursor) -> bool {
    let before = cursor.at.checked_sub(1).and_then(|i| cursor.nodes.get(i));
    let (Some(before), Some(point), Some(after)) = (before, cursor.peek(), cursor.nodes.get(cursor.at + 1)) else {
        return false;
    };
    let gaps = (before.span.end != point.span.start, point.span.end != after.span.start);
    let bracket = matches!(after.kind, TexKind::Char('(') | TexKind::Fenced { .. });
    let words = matches!(after.kind, TexKind::Text(_)) || matches!(before.kind, TexKind::Text(_) | TexKind::Number(_));
    !words && (gaps.0 == gaps.1 || bracket && !gaps.0)
}

pub(super) fn product_of(a: Expr, b: Expr) -> Expr {
    Expr::apply(fun::MUL, vec![a, b])
}

/// How many nodes the shapes of a product of matrices take, `(32 \times 784)(784 \times 10)`: each ends as the next begins.
fn conforming(nodes: &[Tex]) -> Option<usize> {
    let plain = |nodes: &[Tex]| significant(nodes).iter().map(plain_text).collect::<String>();
    let shape = |nodes: &[Tex]| -> Option<(usize, String, String)> {
        let (inner, taken) = match &nodes.first()?.kind {
            TexKind::Char('(') => {
                let end = closing(nodes, 0)?;
                (nodes.get(1..end)?, end + 1)
            }
            TexKind::Fenced { open, close, body } if open == "(" && close == ")" => (body.as_slice(), 1),
            _ => return None,
        };
        let times = |n: &Tex| command_of(n) == Some("times") || char_of(n) == Some('×');
        let (rows, columns) = inner.split_at_checked(inner.iter().position(times)?)?;
        let size = |list: &[Tex]| matches!(significant(list).as_slice(), [n] if matches!(n.kind, TexKind::Number(_)) || base_name(n).is_some());
        let columns = columns.get(1..)?;
        (size(rows) && size(columns)).then(|| (taken, plain(rows), plain(columns)))
    };
    let (mut at, _, mut inner) = shape(nodes)?;
    let mut several = false;
    loop {
        let sign = |n: &Tex| {
            matches!(n.kind, TexKind::Space(_))
                || matches!(command_of(n), Some("cdot" | "times"))
                || matches!(char_of(n), Some('·' | '×' | '*'))
        };
        let gap = nodes.iter().skip(at).take_while(|n| sign(n)).count();
        match nodes.get(at + gap..).and_then(shape) {
            Some((taken, rows, columns)) if rows == inner => {
                at += gap + taken;
                inner = columns;
                several = true;
            }
            _ => return several.then_some(at),
        }
    }
}
