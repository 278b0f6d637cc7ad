//! Primes that are transposes: `(X'X)^{-1} X'y`, as econometricians write.

use crate::expr::Expr;
use crate::notation::reader::{Cursor, Reader, at_some_level};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// The letter below one prime, and the node without it.
fn primed(node: &Tex) -> Option<(String, Tex)> {
    let TexKind::Script { base, sub, sup: None, primes: 1 } = &node.kind else { return None };
    let bare = match sub {
        None => (**base).clone(),
        Some(_) => Tex::new(TexKind::Script { base: base.clone(), sub: sub.clone(), sup: None, primes: 0 }, node.span),
    };
    Some((base_name(base)?, bare))
}

/// Whether a capital with a prime stands before itself somewhere, `X'X`.
pub(crate) fn has_gram_matrices(nodes: &[Tex]) -> bool {
    let gram = |two: &[Tex]| match two {
        [first, second] => primed(first).is_some_and(|(name, _)| {
            let second = match &second.kind {
                TexKind::Script { base, primes: 0, .. } => base,
                _ => second,
            };
            name.chars().all(char::is_uppercase) && base_name(second).as_ref() == Some(&name)
        }),
        _ => false,
    };
    at_some_level(nodes, &|list| list.windows(2).any(gram))
}

impl Reader<'_> {
    /// `X'` as a transpose, in notes that write so.
    pub(super) fn transposed(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let (name, bare) = primed(node).filter(|_| self.names.primed)?;
        if self.names.functions.contains(&name) || matches!(name.as_str(), "f" | "g" | "h") {
            return None;
        }
        cursor.next();
        let array = self.expression(&[bare]);
        Some(Expr::apply("transpose", vec![array]))
    }
}
