//! The vector of ones: `\mathbf{1}`, `\boldsymbol{1}`, `\vec{1}`, `\mathbb{1}`, `\mathbf{1}_n`.
//!
//! How long it is shows in the shapes around it, so each occurrence is a symbol of its own until these are known. What
//! stands before a bracket or has a condition below it is an indicator function, whose value stays open.

use crate::expr::{Expr, Node, Sort, Symbol};
use crate::notation::reader::{Cursor, Reader, char_of, command_of, significant};
use crate::notation::relation::sign_at;
use crate::notation::set::as_integer;
use crate::notation::tex::{Tex, TexKind};

/// The name of a vector of ones; the version numbers its occurrences in a formula.
pub const ONES: &str = "\\mathbf{1}";

/// Whether the symbol is a vector of ones.
pub fn is_ones(s: &Symbol) -> bool {
    *s.name == *ONES
}

/// Whether a node is a 1 in a font of vectors.
pub(crate) fn stands_for_ones(node: &Tex) -> bool {
    let TexKind::Call { name, args, option: None } = &node.kind else { return false };
    let font = matches!(
        name.as_str(),
        "mathbf" | "boldsymbol" | "bm" | "pmb" | "symbf" | "vec" | "mathbb" | "mathbbm" | "mathds"
    );
    let [arg] = args.as_slice() else { return false };
    font && matches!(significant(arg.list()).as_slice(), [Tex { kind: TexKind::Number(n), .. }] if n == "1")
}

/// Whether a node is a 0 in a font of vectors: 0 in the shape of its neighbours.
pub(crate) fn stands_for_zeros(node: &Tex) -> bool {
    let TexKind::Call { name, args, option: None } = &node.kind else { return false };
    let [arg] = args.as_slice() else { return false };
    matches!(name.as_str(), "mathbf" | "boldsymbol" | "bm" | "pmb" | "vec")
        && matches!(significant(arg.list()).as_slice(), [Tex { kind: TexKind::Number(n), .. }] if n == "0")
}

impl Reader<'_> {
    /// The vector of ones at the cursor.
    pub(crate) fn ones(&mut self, sub: Option<&Tex>, sup: Option<&Tex>, cursor: &mut Cursor, node: &Tex) -> Expr {
        cursor.next();
        let applied = sup.is_none()
            && cursor.peek().is_some_and(|next| match &next.kind {
                TexKind::Char('(' | '[') | TexKind::Fenced { .. } => true,
                _ => matches!(command_of(next), Some("{" | "lbrace")),
            });
        if applied || matches!(node.kind, TexKind::Script { primes: 1.., .. }) {
            let words: Vec<&Tex> = sub.into_iter().collect();
            let name = sub
                .map_or_else(|| "\\mathbb{1}".to_owned(), |s| format!("\\mathbb{{1}}_{{{}}}", self.words_of(s.list())));
            return self.uninterpreted_call(&name, cursor, &words).unwrap_or_else(|| self.unknown(node));
        }
        // `\mathbb{1}_{[k \neq i]}`: an indicator.
        if let (Some(sub), None) = (sub, sup) {
            let list = significant(sub.list());
            let inner = match list.as_slice() {
                [first, inner @ .., last]
                    if matches!((char_of(first), char_of(last)), (Some('['), Some(']')) | (Some('('), Some(')'))) =>
                {
                    inner
                }
                list => list,
            };
            if (0..inner.len()).any(|i| sign_at(inner, i).is_some()) {
                return self.uninterpreted("\\mathbb{1}", ("_{", "}"), inner, &[]);
            }
        }
        self.occurrences += 1;
        let ones = Expr::sym(Symbol { version: self.occurrences, ..Symbol::new(ONES, Sort::Unknown) });
        let Some(sub) = sub else { return self.with_scripts(ones, None, sup, node) };
        let problems = self.problems.len();
        let size = self.expression(sub.list());
        let plain = matches!(size.node(), Node::Sym(_)) || size.as_int().is_some_and(|n| n > 0);
        if !plain || self.problems.len() > problems {
            self.problems.truncate(problems);
            return self.unknown(node);
        }
        // Whether the subscript is a size is for the shapes to say.
        self.with_scripts(Expr::apply("ones", vec![as_integer(&size)]), None, sup, node)
    }
}
