//! Identities at fixed sizes, written out: no proof for all of them.

use std::collections::BTreeMap;

use crate::algebra::{at_sizes, size_symbols};
use crate::expr::{Expr, fun};
use crate::verdict::show;

/// Sizes at which identities are shown one by one where no proof for all sizes is found.
const FIXED: [u64; 4] = [1, 2, 3, 5];

/// Terms that a sum may have when it is written out at fixed sizes.
const WRITTEN_OUT: u64 = 2_000;

/// The sizes at which the identity is shown, if it is at each.
pub(super) fn by_sizes(relation: &Expr, givens: &[Expr]) -> Option<Vec<u64>> {
    let symbols = size_symbols(relation);
    if symbols.is_empty() || relation.as_app(fun::EQ).is_none() {
        return None;
    }
    for size in FIXED {
        let sizes: BTreeMap<_, _> = symbols.iter().map(|s| (s.clone(), size)).collect();
        let fixed = at_sizes(relation, &sizes, WRITTEN_OUT)?;
        let givens: Option<Vec<Expr>> = givens.iter().map(|g| at_sizes(g, &sizes, WRITTEN_OUT)).collect();
        let shown = show(&fixed, &givens?).ok()?;
        if !shown.conditions.is_empty() {
            return None;
        }
    }
    Some(FIXED.to_vec())
}
