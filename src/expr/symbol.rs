//! Names of free symbols.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::expr::Sort;

/// A free symbol: a name as written (`s`, `\mathbf{p}`, `\hat{y}`, `\mathcal{L}`), a version that tells a shadowing
/// definition from the shadowed one, and a sort.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol {
    /// The name in LaTeX, normalised by `notation`.
    pub name: Arc<str>,
    /// 0 for the first meaning in a document, counting up with every redefinition.
    pub version: u32,
    /// What it is.
    pub sort: Sort,
    /// Whether its entries are written as an application, `P(x)`, instead of with an index, `p_x`.
    pub applied: bool,
}

/// In the name of a function without a formula: where an argument stands, `\\mathrm{KL}[∙ \\| ∙]`. Arguments beyond the
/// places are not shown.
pub const PLACE: char = '∙';

/// In the name of a function without a formula that shows no argument at all.
pub(crate) const NO_PLACE: char = '\u{2063}';

/// Behind the name of a function, once for each of its first arguments that is written as a subscript: `f_\\theta(x)`.
pub(crate) const SUBSCRIPT: char = '\u{2064}';

/// In the name of an array, once for each index before 1 that it has: `x_0` is its first entry.
const BEFORE: char = '\u{2062}';

/// Beside these marks: the notes say where its indices end.
const ENDS: char = '\u{2061}';

impl Hash for Symbol {
    /// By all that it is: one name has many sorts in a collection of notes, and whatever it stands in takes its hash.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.name.as_bytes());
        state.write_u64(u64::from(self.version) << 1 | u64::from(self.applied));
        self.sort.hash(state);
    }
}

impl Symbol {
    /// How many indices before 1 it has as an array.
    #[inline]
    pub(crate) fn before(&self) -> usize {
        self.name.chars().filter(|c| *c == BEFORE).count()
    }

    /// Whether its indices are said to end, as an array with entries before 1.
    #[inline]
    pub(crate) fn ends(&self) -> bool {
        self.name.contains(ENDS)
    }

    /// The array of this name with so many indices before 1, that end or not.
    pub(crate) fn beginning(&self, before: usize, ends: bool) -> Symbol {
        // A mark that sets a name apart stays last.
        let apart = self.name.trim_end_matches('\u{2060}').len();
        let (name, mark) = self.name.split_at(apart);
        let (before, ends) = (BEFORE.to_string().repeat(before), if ends { ENDS.to_string() } else { String::new() });
        Symbol { name: format!("{name}{before}{ends}{mark}").into(), ..self.clone() }
    }

    /// The name as it is shown.
    #[inline]
    pub(crate) fn shown(&self) -> String {
        self.name.replace([BEFORE, ENDS], "")
    }

    /// How many of the first arguments of a function are written as subscripts.
    #[inline]
    pub(crate) fn subscripts(&self) -> usize {
        self.name.chars().rev().take_while(|c| *c == SUBSCRIPT).count()
    }

    /// A symbol of version 0.
    #[inline]
    pub fn new(name: &str, sort: Sort) -> Symbol {
        Symbol { name: Arc::from(name), version: 0, sort, applied: false }
    }

    /// Whether it is a notation with places for its arguments, whose meaning stays open.
    #[inline]
    pub fn is_notation(&self) -> bool {
        self.name.contains([PLACE, NO_PLACE])
    }

    /// The same name and version with another sort.
    #[inline]
    pub fn with_sort(&self, sort: Sort) -> Symbol {
        Symbol { sort, ..self.clone() }
    }

    /// Whether both are the same name in the same scope, whatever is known of their sorts.
    #[inline]
    pub fn same(&self, other: &Symbol) -> bool {
        self.version == other.version && self.name == other.name
    }
}
