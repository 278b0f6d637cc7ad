//! Brackets and bars: subexpressions, tuples, families, sets of members, absolute values.

use crate::expr::{Expr, Node, PLACE};
use crate::message::Message;
use crate::notation::angled::is_scalar;
use crate::notation::letter::is_upper;
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
            TexKind::Script { sub, sup, .. } => self.scripted(e, sub.as_deref(), sup.as_deref(), close),
            _ => e,
        })
    }

    /// What stands between delimiters.
    pub(super) fn fenced(&mut self, open: &str, close: &str, body: &[Tex], node: &Tex) -> Expr {
        let plain = |d: &str| match d {
            "\\lbrace" => "\\{".to_owned(),
            "\\rbrace" => "\\}".to_owned(),
            "\\lbrack" => "[".to_owned(),
            "\\rbrack" => "]".to_owned(),
            "\\vert" | "\\lvert" | "\\rvert" => "|".to_owned(),
            other => other.to_owned(),
        };
        let (open, close) = (plain(open), plain(close));
        let (open, close) = (open.as_str(), close.as_str());
        let list = significant(body);
        let pieces = parts(&list);
        let several = pieces.len() > 1;
        match (open, close, several) {
            ("(" | "[" | "\\{" | ".", ")" | "]" | "\\}", false)
                if list.iter().any(|n| matches!(n.kind, TexKind::Env { .. })) && list.len() == 1 =>
            {
                self.expression(&list)
            }
            ("[", "]", false) if self.names.otherwise.contains("[") => self.uninterpreted("", ("[", "]"), body, &[]),
            ("(", ")", false) | ("[", "]", false) => self.expression(&list),
            ("\\{", "\\}", _) if is_condition(&list) => self.open_set(&pieces, &list),
            ("\\{", "\\}", false)
                if list.iter().any(|n| {
                    char_of(n).is_some_and(|c| "+-*/=".contains(c))
                        || matches!(n.kind, TexKind::Fenced { .. } | TexKind::Call { .. })
                }) =>
            {
                self.expression(&list)
            }
            ("\\{", ".", false) if matches!(list.as_slice(), [Tex { kind: TexKind::Env { .. }, .. }]) => {
                match list.as_slice() {
                    [Tex { kind: TexKind::Env { rows, .. }, .. }] => self.cases(rows, node),
                    _ => self.unknown(node),
                }
            }
            (".", "|" | "\\vert" | "\\rvert", false) => {
                // `\left. f \right|_{x = a}`; the scripts are read behind it.
                self.expression(&list)
            }
            ("\\{", "\\}", _) if self.is_open_set(&list) => self.open_set(&pieces, &list),
            ("\\{", "\\}", _) => {
                let members = pieces.iter().map(|p| self.expression(p)).collect();
                Expr::apply("set", members)
            }
            ("(" | "[", ")" | "]", true) => self.tuple(&pieces, node),
            ("|", "|", false) => self.absolute(&list),
            ("\\|" | "\\Vert" | "\\lVert" | "‖" | "∥", _, false) => {
                let e = self.expression(&list);
                Expr::apply("norm", vec![e])
            }
            ("\\langle", "\\rangle", true) => match pieces.as_slice() {
                [_, _] if self.names.angled => self.tuple(&pieces, node),
                // Two numbers have no inner product; they may be the coefficients of functions, or components.
                [a, b] if is_scalar(a) && is_scalar(b) => self.uninterpreted("", ("\\langle ", " \\rangle"), body, &[]),
                [a, b] => Expr::relate("dot", self.expression(a), self.expression(b)),
                // `\langle x_1, \ldots, x_n \rangle`: a sequence.
                _ => self.tuple(&pieces, node),
            },
            ("\\langle", "\\rangle", false) => self.uninterpreted("", ("\\langle ", " \\rangle"), body, &[]),
            ("\\lceil", "\\rceil", false) => {
                // ⌈x⌉ = −⌊−x⌋
                let e = self.expression(&list);
                super::reader::negated(Expr::apply("floor", vec![super::reader::negated(e)]))
            }
            ("(" | "[", ")" | "]", false) => self.uninterpreted("", (open, close), body, &[]),
            ("\\lfloor", "\\rfloor", false) => {
                let e = self.expression(&list);
                Expr::apply("floor", vec![e])
            }
            _ => self.unknown(node),
        }
    }

    /// `(a, b, c)`: a column vector; `p_1, \ldots, p_C` the array of the family.
    pub(super) fn tuple(&mut self, pieces: &[&[Tex]], node: &Tex) -> Expr {
        let dots = pieces.iter().position(|p| matches!(p, [one] if is_dots(one)));
        match dots {
            None => {
                let entries: Vec<Expr> = pieces.iter().map(|p| self.expression(p)).collect();
                Expr::vector(entries)
            }
            Some(at) => {
                let parts: Vec<Expr> = pieces
                    .iter()
                    .filter(|p| !matches!(p, [one] if is_dots(one)) && !p.is_empty())
                    .map(|p| self.expression(p))
                    .collect();
                let _ = node;
                self.with_dots(&parts, at, crate::expr::Binder::Lambda)
            }
        }
    }

    /// Whether a set is given by a condition or with dots.
    fn is_open_set(&self, list: &[Tex]) -> bool {
        list.iter().any(|n| {
            is_dots(n)
                || matches!(n.kind, TexKind::Char('|' | ':'))
                || matches!(command_of(n), Some("mid" | "middle|" | "colon"))
        })
    }

    /// `\{x_1, \ldots, x_n\}` is the family of its members; `\{x : x > 0\}` stays as it is written.
    fn open_set(&mut self, pieces: &[&[Tex]], list: &[Tex]) -> Expr {
        let dots = pieces.iter().position(|p| matches!(p, [one] if is_dots(one)));
        let problems = self.problems.len();
        if let (Some(at), true) = (dots, pieces.iter().filter(|p| matches!(p, [one] if is_dots(one))).count() == 1) {
            let parts: Vec<Expr> = pieces
                .iter()
                .filter(|p| !matches!(p, [one] if is_dots(one)) && !p.is_empty())
                .map(|p| self.expression(p))
                .collect();
            if let (Some(a), Some(b), true) =
                (parts.first(), parts.last(), parts.iter().any(|p| p.as_num().is_some()) && at + 1 < pieces.len())
                && a.as_int().is_some()
            {
                return Expr::relate("range_set", a.clone(), as_integer(b));
            }
            let e = self.with_dots(&parts, at, crate::expr::Binder::Lambda);
            if matches!(e.node(), crate::expr::Node::Bind { .. }) && self.problems.len() == problems {
                return e;
            }
        }
        self.problems.truncate(problems);
        let name = format!("\\{{{}\\}}", self.words_of(list));
        let words: Vec<&Tex> = list.iter().collect();
        self.fixed(&name, vec![], &words)
    }

    /// `|x|`, `\|x\|` written with plain bars.
    pub(super) fn bars(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let next_is_bar = cursor.nodes.get(cursor.at + 1).is_some_and(|n| matches!(n.kind, TexKind::Char('|')));
        if matches!(node.kind, TexKind::Char('|')) && next_is_bar {
            return self.plain_norm(cursor, node);
        }
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
            let e = self.norm(e, sub);
            return Some(self.with_scripts(e, None, sup, close));
        }
        let list = significant(inner);
        let e = self.absolute(&list);
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(e, sub.as_deref(), sup.as_deref(), close),
            _ => e,
        })
    }

    /// The norm that a subscript names: of what is a matrix by custom the 2-norm and the 1-norm are none of its entries.
    pub(super) fn norm(&mut self, e: Expr, sub: Option<&Tex>) -> Expr {
        let kind = sub.map(|s| self.words_of(s.list())).unwrap_or_default();
        match kind.trim_matches(['{', '}']) {
            "" | "F" => Expr::apply("norm", vec![e]),
            "2" if !is_matrix(&e) => Expr::apply("norm", vec![e]),
            "1" if !is_matrix(&e) => Expr::apply("norm1", vec![e]),
            other => {
                let words: Vec<&Tex> = sub.into_iter().collect();
                self.fixed(&format!("\\|{PLACE}\\|_{{{other}}}"), vec![e], &words)
            }
        }
    }

    /// `||x||` written with single bars.
    fn plain_norm(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let start = cursor.at + 2;
        let single = |i: usize| cursor.nodes.get(i).is_some_and(|n| matches!(n.kind, TexKind::Char('|')));
        let end = (start..cursor.nodes.len())
            .find(|i| single(*i) && cursor.nodes.get(i + 1).is_some_and(|n| char_of(n) == Some('|')));
        let Some((end, close)) = end.and_then(|end| Some((end, cursor.nodes.get(end + 1)?))) else {
            cursor.next();
            return Some(self.unknown(node));
        };
        let inner = self.expression(cursor.nodes.get(start..end).unwrap_or(&[]));
        cursor.at = end + 2;
        let (sub, sup) = match &close.kind {
            TexKind::Script { sub, sup, .. } => (sub.as_deref(), sup.as_deref()),
            _ => (None, None),
        };
        let e = self.norm(inner, sub);
        Some(self.with_scripts(e, None, sup, close))
    }

    /// `|…|` of a number; of a matrix the determinant, which sorts decide later.
    fn absolute(&mut self, list: &[Tex]) -> Expr {
        if self.names.otherwise.contains("|") {
            return self.uninterpreted("", ("|", "|"), list, &[]);
        }
        let e = self.expression(list);
        Expr::apply("abs", vec![e])
    }
}

/// `x \in X \mid f(x) > 0`: one bar or colon, outside of brackets, with a relation beside it.
fn is_condition(list: &[Tex]) -> bool {
    let bar = |n: &Tex| {
        matches!(n.kind, TexKind::Char('|' | ':' | '∣'))
            || matches!(command_of(n), Some("mid" | "vert" | "middle|" | "colon"))
    };
    let mut at = 0;
    let mut bars = 0;
    while let Some(node) = list.get(at) {
        bars += usize::from(bar(node));
        let opens = matches!(node.kind, TexKind::Char('(' | '['))
            || matches!(&node.kind, TexKind::Command(c) if matches!(c.as_str(), "{" | "lbrace" | "langle"));
        at = if opens { closing(list, at).unwrap_or(at) } else { at } + 1;
    }
    bars == 1 && (0..list.len()).any(|i| crate::notation::relation::sign_at(list, i).is_some())
}

fn bracket_text(node: &Tex) -> String {
    match (char_of(node), command_of(node)) {
        (Some(c), _) => c.to_string(),
        (None, Some(c)) => format!("\\{c}"),
        _ => String::new(),
    }
}

/// Whether a name or an array is one of a matrix by custom.
fn is_matrix(e: &Expr) -> bool {
    matches!(e.node(), Node::Array { columns: Some(_), .. }) || e.as_symbol().is_some_and(|s| is_upper(&s.name))
}
