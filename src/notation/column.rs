//! Columns of aligned equations: in `a &= b & c &= d` every second mark parts one equation from the next (amsmath,
//! User's Guide, 3.6).

use crate::notation::continuation::{begins_with_sign, ends_with_sign, is_operator};
use crate::notation::enumeration::with_gaps;
use crate::notation::line::{has_sign, is_filler};
use crate::notation::tex::{Row, Tex, TexKind};

/// Environments whose cells come in pairs, a right-aligned and a left-aligned one.
const PAIRED: &[&str] =
    &["aligned", "align", "align*", "split", "alignat", "alignat*", "alignedat", "flalign", "flalign*"];

/// The rows of an environment, each as one list of nodes, in the order in which they are read: columns of equations
/// stand apart in each row; where one goes on in a later row without its left side, each column is read to its end
/// before the next.
pub(super) fn read_in_order(name: &str, rows: &[Row]) -> Vec<Vec<Tex>> {
    let cells: Vec<&[Vec<Tex>]> = rows.iter().map(|r| r.cells.as_slice()).collect();
    if !PAIRED.contains(&name) || !cells.iter().any(|row| (1..=row.len() / 2).any(|pair| is_next(row, pair))) {
        return cells.into_iter().map(with_gaps).collect();
    }
    let goes_on = |row: &&[Vec<Tex>]| {
        let right = |pair: usize| row.get(2 * pair + 1).is_some_and(|c| continues(c));
        let left = |pair: usize| row.get(2 * pair);
        (0..=row.len() / 2).any(|pair| left(pair).is_some_and(|c| is_empty(c) && right(pair) || begins_with_sign(c)))
    };
    if !cells.iter().any(goes_on) {
        return cells.into_iter().map(parted).collect();
    }
    let columns = cells.iter().map(|row| row.len().div_ceil(2)).max().unwrap_or(0);
    let of_column = |column: usize| {
        let pair = move |row: &[Vec<Tex>]| row.iter().skip(2 * column).take(2).cloned().collect::<Vec<_>>();
        cells.clone().into_iter().map(move |row| with_gaps(&pair(row))).filter(|nodes| !is_empty(nodes))
    };
    (0..columns).flat_map(of_column).collect()
}

/// Whether a cell goes on from the row before: it begins with a sign or an operator.
fn continues(cell: &[Tex]) -> bool {
    let idle = |n: &Tex| is_filler(n) || matches!(&n.kind, TexKind::Group(list) if list.is_empty());
    begins_with_sign(cell) || cell.iter().find(|n| !idle(n)).is_some_and(is_operator)
}

/// Whether a pair of cells is an equation of its own, beside one before it.
fn is_next(row: &[Vec<Tex>], pair: usize) -> bool {
    let nodes = |pair: usize| row.iter().skip(2 * pair).take(2).flatten().cloned().collect::<Vec<Tex>>();
    let relates = |nodes: &[Tex]| has_sign(nodes) && !ends_with_sign(nodes);
    let own = nodes(pair);
    // A remark has no left side, and is set in words or brackets.
    let first = own.iter().find(|n| !is_filler(n));
    let said = row.get(2 * pair).is_none_or(|c| is_empty(c))
        && first.is_some_and(|n| {
            matches!(
                n.kind,
                TexKind::Text(_) | TexKind::Char('(' | '[') | TexKind::Fenced { .. } | TexKind::Call { .. }
            )
        });
    pair > 0 && relates(&own) && !said && !begins_with_sign(&own) && relates(&nodes(pair - 1))
}

/// The cells of a row, with a gap before each equation.
fn parted(row: &[Vec<Tex>]) -> Vec<Tex> {
    let mut out: Vec<Tex> = vec![];
    let mut from = 0;
    for at in (2..row.len()).step_by(2).chain([row.len()]) {
        if at < row.len() && !is_next(row, at / 2) {
            continue;
        }
        let cells = with_gaps(row.get(from..at).unwrap_or_default());
        let gap = cells.iter().find(|n| !is_filler(n)).filter(|_| from > 0);
        out.extend(gap.map(|n| Tex::new(TexKind::Space("quad".into()), n.span)));
        out.extend(cells);
        from = at;
    }
    out
}

fn is_empty(cell: &[Tex]) -> bool {
    cell.iter().all(is_filler)
}
