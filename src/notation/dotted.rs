//! Matrices with dots: a first and a last row with `\vdots` between them, `\cdots` between a first and a last column.
//!
//! A row and a column of dots stand for the entries between those that are written. Where each row runs through one
//! pattern, and the rows through one of their own, the matrix is that of all its entries; where only the diagonal differs
//! from 0, it is diagonal. What has no such pattern (bands, dots in odd places) equals only what is written alike.

use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};
use crate::notation::ellipsis::along;
use crate::notation::function::bracket;
use crate::notation::letter::is_upper;
use crate::notation::ones::ONES;
use crate::notation::reader::{Cursor, Reader, parts, significant};
use crate::notation::set::is_dots;
use crate::notation::tex::{Row, Tex, TexKind};

/// What stands in a cell.
enum Cell {
    Empty,
    Dots,
    Entry(Expr),
}

impl Cell {
    fn entry(&self) -> Option<&Expr> {
        if let Cell::Entry(e) = self { Some(e) } else { None }
    }

    fn is_open(&self) -> bool {
        !matches!(self, Cell::Entry(_))
    }
}

impl Reader<'_> {
    /// A matrix with dots.
    pub(super) fn dotted_matrix(&mut self, rows: &[&Row]) -> Expr {
        let problems = self.problems.len();
        let mut table: Vec<Vec<Cell>> = vec![];
        for row in rows {
            let cells = row.cells.iter().map(|cell| match significant(cell).as_slice() {
                [] => Cell::Empty,
                list if list.iter().all(is_dots) => Cell::Dots,
                list => Cell::Entry(self.expression(list)),
            });
            table.push(cells.collect());
        }
        let read = if self.problems.len() == problems { self.patterned(&table) } else { None };
        read.unwrap_or_else(|| self.as_written(&table))
    }

    /// The matrix of all entries, if those that are written show a pattern.
    fn patterned(&mut self, table: &[Vec<Cell>]) -> Option<Expr> {
        let width = table.first()?.len();
        let open_row = |row: &Vec<Cell>| row.iter().all(Cell::is_open);
        let open_column = |j: usize| table.iter().all(|row| row.get(j).is_some_and(Cell::is_open));
        let below = only(table.iter().map(open_row))?;
        let beside = only((0..width).map(open_column))?;
        let solid: Vec<Vec<Option<&Expr>>> = table
            .iter()
            .filter(|row| !open_row(row))
            .map(|row| row.iter().enumerate().filter(|(j, _)| !open_column(*j)).map(|(_, c)| c.entry()).collect())
            .collect();
        if below.is_some()
            && below == beside
            && let Some(diagonal) = self.diagonal(&solid)
        {
            return Some(diagonal);
        }
        let entries: Vec<Vec<Expr>> =
            solid.iter().map(|row| row.iter().map(|e| e.cloned()).collect::<Option<_>>()).collect::<Option<_>>()?;
        let row = Symbol::new("r\u{2060}", Sort::Integer);
        let column = Symbol::new("c\u{2060}", Sort::Integer);
        let over = |range: Domain, body: &Expr, s: &Symbol| {
            Expr::bind(Binder::Lambda, range, body.abstracted(s, Sort::Integer))
        };
        match (below, beside) {
            (Some(_), Some(_)) => {
                let (across, bodies) = lines(&entries, &column)?;
                let (last, before) = bodies.split_last()?;
                let (Some(down), body) = along(before, last, &row)? else { return None };
                Some(over(down, &over(across, &body, &column), &row))
            }
            (Some(_), None) => {
                let columns = turned(&entries);
                let (down, bodies) = lines(&columns, &row)?;
                Some(over(down, &Expr::vector(bodies), &row))
            }
            (None, Some(_)) => {
                let (across, bodies) = lines(&entries, &column)?;
                Some(Expr::apply("transpose", vec![over(across, &Expr::vector(bodies), &column)]))
            }
            (None, None) => None,
        }
    }

    /// A diagonal matrix: all entries beside the diagonal are 0 or left out.
    fn diagonal(&mut self, solid: &[Vec<Option<&Expr>>]) -> Option<Expr> {
        let is_zero = |e: &Option<&Expr>| e.is_none_or(|e| e.as_int() == Some(0));
        let beside = |(i, row): (usize, &Vec<Option<&Expr>>)| {
            row.iter().enumerate().all(|(j, e)| i == j || is_zero(e)) && row.len() == solid.len()
        };
        if solid.len() < 2 || !solid.iter().enumerate().all(beside) {
            return None;
        }
        let entries: Vec<Expr> =
            solid.iter().enumerate().map(|(i, row)| row.get(i)?.cloned()).collect::<Option<_>>()?;
        let (last, before) = entries.split_last()?;
        let variable = Symbol::new("r\u{2060}", Sort::Integer);
        let diag = |e: Expr| Expr::apply("diag", vec![e]);
        match along(before, last, &variable)? {
            (_, body) if body.as_int() == Some(0) => None,
            (Some(range), body) => {
                Some(diag(Expr::bind(Binder::Lambda, range, body.abstracted(&variable, Sort::Integer))))
            }
            (None, body) => {
                self.occurrences += 1;
                let ones = Expr::sym(Symbol { version: self.occurrences, ..Symbol::new(ONES, Sort::Unknown) });
                Some(if body.as_int() == Some(1) { diag(ones) } else { body * diag(ones) })
            }
        }
    }

    /// `\operatorname{diag}(a, b)`, `\operatorname{diag}(x_1, \ldots, x_n)`: of the list of its arguments.
    pub(super) fn diagonal_of_list(&mut self, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        let (inner, close, taken) = bracket(cursor)?;
        let list = significant(inner);
        let pieces = parts(&list);
        let problems = self.problems.len();
        let listed = (pieces.len() > 1).then(|| self.tuple(&pieces, node))?;
        let read = matches!(listed.node(), Node::Bind { .. } | Node::Array { .. }) && !has_blocks(&listed);
        if !read || self.problems.len() > problems {
            self.problems.truncate(problems);
            return None;
        }
        cursor.at += taken;
        let diagonal = Expr::apply("diag", vec![listed]);
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(diagonal, sub.as_deref(), sup.as_deref(), close),
            _ => diagonal,
        })
    }

    /// What equals only a matrix that is written alike.
    fn as_written(&mut self, table: &[Vec<Cell>]) -> Expr {
        let mut name = String::from("[");
        let mut args = vec![];
        for (i, row) in table.iter().enumerate() {
            name.push_str(if i > 0 { "; " } else { "" });
            for (j, cell) in row.iter().enumerate() {
                name.push_str(if j > 0 { ", " } else { "" });
                match cell {
                    Cell::Empty => {}
                    Cell::Dots => name.push('…'),
                    Cell::Entry(e) => {
                        name.push(PLACE);
                        args.push(e.clone());
                    }
                }
            }
        }
        name.push(']');
        self.fixed(&name, args, &[])
    }
}

/// Whether names of matrices stand in it, indices apart: its entries may be blocks.
fn has_blocks(e: &Expr) -> bool {
    match e.node() {
        Node::Sym(s) => is_upper(&s.name),
        Node::App(f, args) if f.name == fun::INDEX => args.first().is_some_and(has_blocks),
        _ => e.children().into_iter().any(has_blocks),
    }
}

/// The place of the only line of dots, with one line behind it: `Some(None)` without any, `None` if there are more, or
/// dots in another place.
fn only(open: impl Iterator<Item = bool>) -> Option<Option<usize>> {
    let open: Vec<bool> = open.collect();
    let mut places = (0..open.len()).filter(|i| open.get(*i) == Some(&true));
    match (places.next(), places.next()) {
        (None, _) => Some(None),
        (Some(at), None) if at > 0 && at + 2 == open.len() => Some(Some(at)),
        _ => None,
    }
}

/// The general entries of lines that run through the same range.
fn lines(entries: &[Vec<Expr>], variable: &Symbol) -> Option<(Domain, Vec<Expr>)> {
    let found = entries.iter().map(|line| line.split_last().and_then(|(last, before)| along(before, last, variable)));
    let (ranges, bodies): (Vec<Option<Domain>>, Vec<Expr>) = found.collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let mut ranges = ranges.into_iter().flatten();
    let first = ranges.next()?;
    ranges.all(|r| r == first).then_some((first, bodies))
}

/// Rows as columns.
fn turned(rows: &[Vec<Expr>]) -> Vec<Vec<Expr>> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width).map(|j| rows.iter().filter_map(|row| row.get(j).cloned()).collect()).collect()
}
