//! Arrays that are derivations: `\begin{array}{rcl} a &=& b \\ &=& c \end{array}` is what `aligned` makes of it.
//!
//! An array is a matrix, a table or a list of cases as well. Rows of equations have one relation each, and it stands where
//! the columns meet or in the only cell of its row.

use crate::notation::continuation::{begins_with_sign, ends_with_sign, opens_with_operator};
use crate::notation::line::{has_sign, is_filler};
use crate::notation::tex::{Row, Tex, TexKind};

/// Whether each row of an array is an equation or goes on from the one before.
pub(super) fn is_derivation(name: &str, columns: Option<&str>, rows: &[Row]) -> bool {
    let filled = |row: &&Row| row.cells.iter().any(|c| !is_empty(c));
    let mut rows = rows.iter().filter(filled);
    name == "array"
        && columns.is_none_or(only_aligns)
        && rows.next().is_some_and(relates)
        && rows.all(|row| relates(row) || goes_on(row))
}

fn is_empty(cell: &[Tex]) -> bool {
    let idle = |n: &Tex| is_filler(n) || matches!(&n.kind, TexKind::Group(list) if list.is_empty());
    cell.iter().all(idle)
}

/// A cell without the braces that only set the space of a sign: `{}= a`.
fn without_braces(cell: &[Tex]) -> Vec<Tex> {
    cell.iter().filter(|n| !matches!(&n.kind, TexKind::Group(list) if list.is_empty())).cloned().collect()
}

/// Whether a cell begins with words: a remark, or a name for its row.
fn is_said(cell: &[Tex]) -> bool {
    cell.iter().find(|n| !is_filler(n)).is_some_and(|n| matches!(n.kind, TexKind::Text(_)))
}

/// Whether the row has one cell with a relation, where two columns meet or alone, and remarks only behind it.
fn relates(row: &Row) -> bool {
    let filled: Vec<Vec<Tex>> = row.cells.iter().filter(|c| !is_empty(c)).map(|c| without_braces(c)).collect();
    let formulas: Vec<&Vec<Tex>> = filled.iter().filter(|c| !is_said(c)).collect();
    let related: Vec<&&Vec<Tex>> = formulas.iter().filter(|c| has_sign(c)).collect();
    let [cell] = related.as_slice() else { return false };
    !filled.first().is_some_and(|c| is_said(c))
        && (formulas.len() == 1 || begins_with_sign(cell) || ends_with_sign(cell))
}

/// Whether the row is a summand of the one before.
fn goes_on(row: &Row) -> bool {
    let mut filled = row.cells.iter().filter(|c| !is_empty(c));
    filled.next().is_some_and(|c| opens_with_operator(c)) && filled.all(|c| is_said(c))
}

/// Whether a column specification only aligns: rules make a table, and a relation between columns belongs to each row.
fn only_aligns(columns: &str) -> bool {
    const SPACES: &[&str] = &["\\,", "\\;", "\\:", "\\!", "\\ ", "\\quad", "\\displaystyle", "\\hspace"];
    let bare = SPACES.iter().fold(columns.to_owned(), |text, space| text.replace(space, ""));
    !bare.contains(['|', '=', '<', '\\'])
}
