//! Expectations without a law: `\mathbb{E}[X]`, `\mathbb{E}[X]^2`, `\mathbb{E}(X)`.

use crate::expr::Expr;
use crate::notation::reader::{Cursor, Reader, char_of, closing};
use crate::notation::tex::{Tex, TexKind};

impl Reader<'_> {
    /// The brackets right at the cursor as the argument of an expectation.
    pub(crate) fn plain_expectation(&mut self, sup: Option<&Tex>, cursor: &mut Cursor, node: &Tex) -> Expr {
        let (inner, close, taken) = match cursor.peek().map(|n| &n.kind) {
            Some(TexKind::Char('[' | '(')) => {
                let Some(end) = closing(cursor.nodes, cursor.at) else { return self.lost(cursor, node) };
                let close = cursor.nodes.get(end).filter(|c| matches!(char_of(c), Some(']' | ')')));
                let Some(close) = close else { return self.lost(cursor, node) };
                (cursor.nodes.get(cursor.at + 1..end).unwrap_or(&[]), close, end + 1 - cursor.at)
            }
            Some(TexKind::Fenced { open, close, body }) if matches!((&**open, &**close), ("[", "]") | ("(", ")")) => {
                let Some(node) = cursor.peek() else { return self.lost(cursor, node) };
                (body.as_slice(), node, 1)
            }
            Some(TexKind::Script { base, .. }) => match &base.kind {
                TexKind::Fenced { open, close, body } if matches!((&**open, &**close), ("[", "]") | ("(", ")")) => {
                    let Some(node) = cursor.peek() else { return self.lost(cursor, node) };
                    (body.as_slice(), node, 1)
                }
                _ => return self.lost(cursor, node),
            },
            _ => return self.lost(cursor, node),
        };
        cursor.at += taken;
        let mut value = Expr::apply("expectation", vec![self.expression(inner)]);
        if let Some(power) = sup {
            value = value.pow(self.expression(power.list()));
        }
        match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(value, sub.as_deref(), sup.as_deref(), close),
            _ => value,
        }
    }

    /// What follows belongs to it, but it is not known how.
    fn lost(&mut self, cursor: &mut Cursor, node: &Tex) -> Expr {
        cursor.at = cursor.nodes.len();
        self.unknown(node)
    }
}
