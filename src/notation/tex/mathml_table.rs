//! MathML of environments and of rows without one.

use super::mathml::{Mark, Printer, stretchy};
use super::mathml_font::Font;
use super::mathml_node::{Node, element, row};
use super::tree::{Row, Tex, TexKind};
use crate::source::Span;

/// A row as slices of the tree, with its span.
struct Line<'t> {
    cells: Vec<&'t [Tex]>,
    span: Span,
}

/// How the columns of a table are set.
enum Columns {
    /// Right and left in turn.
    Aligned,
    /// All alike.
    Same(&'static str),
    /// One class a column.
    Each(Vec<&'static str>),
}

impl Columns {
    fn class(&self, column: usize) -> &'static str {
        match self {
            Columns::Aligned if column.is_multiple_of(2) => "tex-r",
            Columns::Aligned => "tex-l",
            Columns::Same(class) => class,
            Columns::Each(classes) => classes.get(column).copied().unwrap_or("tex-c"),
        }
    }
}

/// The columns of an array's specification: `{cc|r}`.
fn specified(option: Option<&str>) -> Columns {
    let classes = option.unwrap_or("").chars().filter_map(|c| match c {
        'l' => Some("tex-l"),
        'r' => Some("tex-r"),
        'c' => Some("tex-c"),
        _ => None,
    });
    Columns::Each(classes.take(256).collect())
}

/// The delimiters around an environment.
fn fences(name: &str) -> (Option<&'static str>, Option<&'static str>) {
    match name.trim_end_matches('*') {
        "pmatrix" | "psmallmatrix" => (Some("("), Some(")")),
        "bmatrix" | "bsmallmatrix" => (Some("["), Some("]")),
        "Bmatrix" => (Some("{"), Some("}")),
        "vmatrix" => (Some("|"), Some("|")),
        "Vmatrix" => (Some("‖"), Some("‖")),
        "cases" | "dcases" | "numcases" => (Some("{"), None),
        "rcases" | "drcases" => (None, Some("}")),
        _ => (None, None),
    }
}

impl Printer<'_> {
    pub(super) fn environment(
        &self,
        name: &str,
        option: Option<&str>,
        rows: &[Row],
        font: Font,
        marks: &[&Mark],
    ) -> Node {
        let lines: Vec<Line> =
            rows.iter().map(|r| Line { cells: r.cells.iter().map(Vec::as_slice).collect(), span: r.span }).collect();
        let table = match name.trim_end_matches('*') {
            "align" | "aligned" | "alignat" | "alignedat" | "split" | "flalign" | "eqnarray" | "xalignat" => {
                self.table(&lines, "tex-aligned", &Columns::Aligned, font, marks).with("displaystyle", "true")
            }
            "equation" | "displaymath" | "math" | "gather" | "gathered" | "multline" => {
                if let [Line { cells, .. }] = lines.as_slice()
                    && let [cell] = cells.as_slice()
                {
                    return row(self.list(cell, font, marks));
                }
                self.table(&lines, "tex-aligned", &Columns::Same("tex-c"), font, marks).with("displaystyle", "true")
            }
            "cases" | "rcases" | "numcases" => self.table(&lines, "tex-cases", &Columns::Same("tex-l"), font, marks),
            "dcases" | "drcases" => {
                self.table(&lines, "tex-cases", &Columns::Same("tex-l"), font, marks).with("displaystyle", "true")
            }
            "array" | "tabular" | "subarray" | "darray" => {
                self.table(&lines, "tex-array", &specified(option), font, marks)
            }
            "substack" => self.table(&lines, "tex-stack", &Columns::Same("tex-c"), font, marks),
            _ => self.table(&lines, "tex-matrix", &Columns::Same("tex-c"), font, marks),
        };
        let (open, close) = fences(name);
        let mut parts = Vec::new();
        parts.extend(open.map(|d| stretchy(d, "prefix")));
        parts.push(table);
        parts.extend(close.map(|d| stretchy(d, "postfix")));
        row(parts)
    }

    /// Rows at `\\` and cells at `&` that no environment holds.
    pub(super) fn loose_rows(&self, nodes: &[Tex], font: Font, marks: &[&Mark]) -> Node {
        let mut lines: Vec<Line> = nodes
            .split(|n| n.kind == TexKind::Break)
            .map(|line| {
                let span = match (line.first(), line.last()) {
                    (Some(first), Some(last)) => first.span.join(last.span),
                    _ => Span::default(),
                };
                Line { cells: line.split(|n| n.kind == TexKind::Align).collect(), span }
            })
            .collect();
        lines.pop_if(|line| line.cells.iter().all(|cell| cell.is_empty()));
        let aligned = nodes.iter().any(|n| n.kind == TexKind::Align);
        let columns = if aligned { Columns::Aligned } else { Columns::Same("tex-l") };
        self.table(&lines, "tex-aligned", &columns, font, marks).with("displaystyle", "true")
    }

    fn table(&self, lines: &[Line], class: &'static str, columns: &Columns, font: Font, marks: &[&Mark]) -> Node {
        let mut rows = Vec::with_capacity(lines.len());
        for line in lines {
            let (mut classes, mut inner) = (Vec::new(), Vec::new());
            for &mark in marks.iter().filter(|m| m.0.overlaps(line.span)) {
                let elsewhere = lines.iter().filter(|l| l.span.overlaps(mark.0)).take(2).count() > 1;
                let covered = mark.0.start <= line.span.start && line.span.end <= mark.0.end;
                let touches = |cell: &&&[Tex]| cell.iter().any(|n| n.span.overlaps(mark.0));
                if covered || elsewhere || line.cells.iter().filter(touches).count() != 1 {
                    classes.push(mark.1.as_str());
                } else {
                    inner.push(mark);
                }
            }
            let cells = line
                .cells
                .iter()
                .enumerate()
                .map(|(i, cell)| element("mtd", self.list(cell, font, &inner)).with("class", columns.class(i)));
            let row = element("mtr", cells.collect());
            rows.push(if classes.is_empty() { row } else { row.with("class", classes.join(" ")) });
        }
        element("mtable", rows).with("class", class)
    }
}
