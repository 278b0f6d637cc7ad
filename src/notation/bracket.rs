//! Brackets and bars: subexpressions, tuples, families, sets of members, absolute values.

use crate::expr::{Expr, Sort, fun};
use crate::message::Message;
use crate::notation::reader::{Cursor, Reader, char_of, closing, command_of, parts, significant};
use crate::notation::set::{as_integer, is_dots};
use crate::notation::tex::{Tex, TexKind};

impl Reader<'_> {
    /// `( … )`, `[ … ]` as brackets of a subexpression, a tuple, a row of entries.
    pub(super) fn bracketed(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let Some(end) = closing(cursor.nodes, cursor.at) else {
            cursor.at = cursor.nodes.len();
            let what = self.slice(node.span);
            return Some(self.opaque(node.span, Message::new("reason-unbalanced").with("what", what)));
        };
        let close = cursor.nodes.get(end)?;
        let inner = cursor.nodes.get(cursor.at + 1..end).unwrap_or(&[]);
        let (open_text, close_text) = (bracket_text(node), bracket_text(close));
        cursor.at = end + 1;
        let whole = Tex::new(TexKind::Group(vec![]), node.span.join(close.span));
        let e = self.fenced(&open_text, &close_text, inner, &whole);
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(e, sub.as_deref(), sup.as_deref(), close),
            _ => e,
        })
    }

    /// What stands between delimiters.
    pub(super) fn fenced(&mut self, open: &str, close: &str, body: &[Tex], node: &Tex) -> Expr {
        let list = significant(body);
        let pieces = parts(&list);
        let several = pieces.len() > 1;
        match (open, close, several) {
            ("(" | "[" | "\\{" | ".", ")" | "]" | "\\}", false)
                if list.iter().any(|n| matches!(n.kind, TexKind::Env { .. })) && list.len() == 1 =>
            {
                self.expression(&list)
            }
            ("(", ")", false) | ("[", "]", false) => self.expression(&list),
            ("\\{", "\\}", false)
                if list.iter().any(|n| {
                    char_of(n).is_some_and(|c| "+-*/=".contains(c))
                        || matches!(n.kind, TexKind::Fenced { .. } | TexKind::Call { .. })
                }) =>
            {
                self.expression(&list)
            }
            ("\\{", "\\}", _) => {
                let members = pieces.iter().map(|p| self.expression(p)).collect();
                Expr::apply("set", members)
            }
            ("(" | "[", ")" | "]", true) => self.tuple(&pieces, node),
            ("|", "|", false) => self.absolute(&list),
            ("\\|" | "\\Vert" | "\\lVert", _, false) => {
                let e = self.expression(&list);
                Expr::apply("norm", vec![e])
            }
            ("\\langle", "\\rangle", true) => match pieces.as_slice() {
                [a, b] => Expr::relate("dot", self.expression(a), self.expression(b)),
                _ => self.unknown(node),
            },
            ("\\lfloor", "\\rfloor", false) => {
                let e = self.expression(&list);
                Expr::apply("floor", vec![e])
            }
            _ => self.unknown(node),
        }
    }

    /// `(a, b, c)`: a column vector; `p_1, \ldots, p_C` the array of the family.
    fn tuple(&mut self, pieces: &[&[Tex]], node: &Tex) -> Expr {
        let dots = pieces.iter().position(|p| matches!(p, [one] if is_dots(one)));
        match dots {
            None => {
                let entries: Vec<Expr> = pieces.iter().map(|p| self.expression(p)).collect();
                Expr::vector(entries)
            }
            Some(at) if at + 2 == pieces.len() && at >= 1 => {
                let first = pieces.first().map(|p| self.expression(p));
                let last = pieces.last().map(|p| self.expression(p));
                match (first, last) {
                    (Some(first), Some(last)) => self.family_of(&first, &last).unwrap_or_else(|| self.unknown(node)),
                    _ => self.unknown(node),
                }
            }
            Some(_) => self.unknown(node),
        }
    }

    /// The comprehension between a first entry `p_1` and a last `p_C`.
    fn family_of(&mut self, first: &Expr, last: &Expr) -> Option<Expr> {
        let [array, from] = first.as_app(fun::INDEX)? else { return None };
        let [array2, to] = last.as_app(fun::INDEX)? else { return None };
        if array != array2 {
            return None;
        }
        let body = array.shifted(1, 0).index(vec![Expr::bound(0, Sort::Integer)]);
        Some(Expr::bind(crate::expr::Binder::Lambda, crate::expr::Domain::Range(from.clone(), as_integer(to)), body))
    }

    /// `|x|`, `\|x\|` written with plain bars.
    pub(super) fn bars(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let double = !matches!(node.kind, TexKind::Char('|')) && !matches!(command_of(node), Some("lvert" | "vert"));
        let is_bar = |n: &Tex| {
            if double {
                matches!(command_of(n), Some("|" | "Vert" | "rVert"))
            } else {
                char_of(n) == Some('|') || matches!(command_of(n), Some("rvert" | "vert"))
            }
        };
        let start = cursor.at + 1;
        let end = (start..cursor.nodes.len()).find(|&i| cursor.nodes.get(i).is_some_and(is_bar));
        let Some(end) = end.filter(|&e| e > start) else {
            cursor.next();
            return Some(self.unknown(node));
        };
        let close = cursor.nodes.get(end)?;
        let inner = cursor.nodes.get(start..end).unwrap_or(&[]);
        cursor.at = end + 1;
        if double {
            let e = self.expression(inner);
            let (sub, sup) = match &close.kind {
                TexKind::Script { sub, sup, .. } => (sub.as_deref(), sup.as_deref()),
                _ => (None, None),
            };
            let row = match sub.map(|s| self.slice(s.span)).as_deref() {
                None | Some("2" | "{2}" | "F" | "{F}") => "norm",
                Some("1" | "{1}") => "norm1",
                Some(_) => return Some(self.unknown(close)),
            };
            let e = Expr::apply(row, vec![e]);
            return Some(self.with_scripts(e, None, sup, close));
        }
        let list = significant(inner);
        let e = self.absolute(&list);
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(e, sub.as_deref(), sup.as_deref(), close),
            _ => e,
        })
    }

    /// `|…|` of a number; of a matrix the determinant, which sorts decide later.
    fn absolute(&mut self, list: &[Tex]) -> Expr {
        let e = self.expression(list);
        Expr::apply("abs", vec![e])
    }
}

fn bracket_text(node: &Tex) -> String {
    match (char_of(node), command_of(node)) {
        (Some(c), _) => c.to_string(),
        (None, Some(c)) => format!("\\{c}"),
        _ => String::new(),
    }
}
