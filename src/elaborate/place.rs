//! Entries at one place: "a one-hot vector with `y_c = 1`" says nothing of the other entries.

use crate::claim::Kind;
use crate::elaborate::build::{Builder, TypedLine};
use crate::elaborate::definitions::Head;
use crate::elaborate::sentence::{Piece, backward, forward, has, word};
use crate::expr::Expr;

/// Words behind an entry by which it is one of them.
const ONE: &[&str] = &["some", "one", "single", "exactly", "fixed", "certain", "particular", "어떤", "하나의", "한"];
/// Words by which it is every one.
const EVERY: &[&str] = &["all", "every", "each", "any", "whenever", "모든", "모두", "각", "임의의"];
/// How many words behind it are about it.
const NEAR: usize = 4;

impl Builder<'_> {
    /// Whether an equation for `y_c` is about one place: words say so, or it is a number and no words say that it is every one.
    pub(super) fn is_of_one_place(&self, line: &TypedLine, h: &Head, right: &Expr) -> bool {
        if h.free.is_empty() || self.has_annotations || !line.qualifiers.is_empty() {
            return false;
        }
        let (before, after) = (backward(self.document, line.raw.block), forward(self.document, line.raw.block));
        let near: &[Piece] = after.get(..NEAR.min(after.len())).unwrap_or(&[]);
        let every = has(&before, EVERY) || has(&after, EVERY);
        let ranges = || {
            let behind =
                self.document.blocks.get(line.raw.block + 2).map_or("", |b| self.document.source.slice(b.span()));
            near.first().and_then(word) == Some("for") && behind.contains("dots")
        };
        has(near, ONE) || right.as_int().is_some() && !every && !ranges()
    }

    /// Notes that something was said of one entry of an array: what is claimed of the array is not refuted by others.
    pub(super) fn one_place(&mut self, h: &Head, block: usize) -> Kind {
        self.introduced.insert(&h.symbol);
        self.pass(h.symbol.clone(), block);
        Kind::Condition
    }
}
