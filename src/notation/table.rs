//! The rows of a matrix as its entries: what only helps the eye taken away.

use crate::notation::reader::{char_of, command_of, significant};
use crate::notation::set::is_dots;
use crate::notation::tex::{Row, Tex, TexKind};

/// The rows with something in them. Rows of bars (columns that are drawn as such), columns of signs between columns of
/// terms (`4 & + & 3`), and rows of dots that are shorter or longer than the others are no entries of their own.
pub(super) fn rows(rows: &[Row]) -> Vec<Row> {
    let mut kept: Vec<Row> = rows
        .iter()
        .map(|r| Row { cells: r.cells.iter().map(|c| significant(c)).collect(), span: r.span })
        .filter(|r| r.cells.iter().any(|c| !c.is_empty()) && !is_drawn(r))
        .collect();
    let width = kept.iter().filter(|r| !is_dotted(r)).map(|r| r.cells.len()).max().unwrap_or(0);
    if let Some(dots) = kept.iter().flat_map(|r| &r.cells).flatten().find(|n| is_dots(n)).cloned() {
        for row in kept.iter_mut().filter(|r| width > 0 && is_dotted(r)) {
            row.cells.resize(width, vec![dots.clone()]);
        }
    }
    joined(kept)
}

fn is_drawn(row: &Row) -> bool {
    let bar = |n: &Tex| char_of(n) == Some('|') || matches!(command_of(n), Some("mid" | "vert" | "rule"));
    row.cells.iter().flatten().count() > 0 && row.cells.iter().flatten().all(bar)
}

fn is_dotted(row: &Row) -> bool {
    row.cells.iter().all(|c| c.iter().all(is_dots))
}

/// Columns of signs joined with the columns beside them.
fn joined(mut rows: Vec<Row>) -> Vec<Row> {
    let sign = |n: &Tex| match &n.kind {
        TexKind::Char(c) => matches!(c, '+' | '-' | '−' | '×' | '·'),
        TexKind::Command(c) => matches!(c.as_str(), "times" | "cdot" | "pm" | "mp"),
        _ => false,
    };
    let mut at = 1;
    while rows.iter().map(|r| r.cells.len()).min().is_some_and(|width| at + 1 < width) {
        let signs = rows.iter().all(|r| matches!(r.cells.get(at).map(Vec::as_slice), Some([one]) if sign(one)));
        let between = |r: &Row| [at - 1, at + 1].iter().all(|i| r.cells.get(*i).is_some_and(|c| !c.is_empty()));
        if !signs || !rows.iter().all(between) {
            at += 1;
            continue;
        }
        for row in &mut rows {
            let after: Vec<Tex> = row.cells.drain(at..=at + 1).flatten().collect();
            row.cells[at - 1].extend(after);
        }
    }
    rows
}
