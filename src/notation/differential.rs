//! Differentials outside of integrals and derivatives: `dA = 2\pi r \, dr`.

use crate::expr::{Expr, fun};
use crate::notation::reader::{Cursor, Reader, char_of, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

use super::integral::is_d;

/// Whether what follows a `d` is a variable or a bracket.
fn follows(next: &Tex) -> bool {
    let base = match &next.kind {
        TexKind::Script { base, .. } => base,
        _ => next,
    };
    matches!(base.kind, TexKind::Fenced { .. })
        || char_of(base) == Some('(')
        || base_name(base).is_some_and(|n| n != "d")
}

/// Whether `d` stands somewhere as a name of its own: `\mathbb{R}^d`, `d_i`, `n d`.
pub(crate) fn names_d(nodes: &[Tex]) -> bool {
    let list = significant(nodes);
    let own = |at: usize, n: &Tex| match &n.kind {
        TexKind::Char('d') => {
            let operates = list.get(at + 1).is_some_and(|next| follows(next) || char_of(next) == Some('/'));
            !operates
        }
        // `d^2 y`
        TexKind::Script { base, sub, sup, primes } if matches!(base.kind, TexKind::Char('d')) => {
            sub.is_some() || *primes > 0 || sup.is_none() || !list.get(at + 1).is_some_and(follows)
        }
        _ => false,
    };
    // Of the parts as they are written: letters are joined to words only at their own level.
    list.iter().enumerate().any(|(at, n)| own(at, n)) || nodes.iter().any(within)
}

/// The same of the parts of a node; the numerator of `\frac{d}{dx}` is none.
fn within(n: &Tex) -> bool {
    match &n.kind {
        TexKind::Script { base, sub, sup, .. } => {
            let d = matches!(base.kind, TexKind::Char('d'));
            !d && within(base) || [sub, sup].into_iter().flatten().any(|s| names_d(s.list()))
        }
        TexKind::Call { name, args, .. } if name.ends_with("frac") => {
            let operator = |a: &Tex| matches!(a.list(), [one] if is_d(one));
            args.iter().any(|a| !operator(a) && names_d(a.list()))
        }
        TexKind::Call { .. } if is_d(n) => false,
        TexKind::Group(list) | TexKind::Fenced { body: list, .. } => names_d(list),
        TexKind::Env { rows, .. } => rows.iter().flat_map(|row| &row.cells).any(|cell| names_d(cell)),
        _ => n.children().into_iter().any(|c| names_d(c.list())),
    }
}

impl Reader<'_> {
    /// Whether a differential stands at the cursor.
    pub(super) fn is_differential(&self, cursor: &Cursor) -> bool {
        let d = cursor.peek().filter(|n| is_d(n) && !matches!(n.kind, TexKind::Text(_)));
        d.is_some_and(|d| self.names.leibniz || matches!(d.kind, TexKind::Call { .. }))
            && cursor.nodes.get(cursor.at + 1).is_some_and(follows)
    }

    /// `dx`, `d(uv)`; `dx^2` is the square of dx.
    pub(super) fn differential(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let next = cursor.nodes.get(cursor.at + 1).filter(|_| self.is_differential(cursor))?;
        let raised = match &next.kind {
            TexKind::Script { sup: Some(sup), .. } => matches!(sup.list(), [Tex { kind: TexKind::Number(_), .. }]),
            _ => false,
        };
        cursor.next();
        let of = self.factor(cursor)?;
        let differential = |x: &Expr| Expr::apply("differential", vec![x.clone()]);
        Some(match of.as_app(fun::POW) {
            Some([base, exponent]) if raised => differential(base).pow(exponent.clone()),
            _ => differential(&of),
        })
    }
}
