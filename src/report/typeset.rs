//! Formulas as MathML with the marks of their statements: beside each row of an aligned block, else after the formula.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::Verdict;
use crate::notation::tex::{Macros, Mark, parse, parse_with, to_mathml_of};
use crate::source::{Extract, Span};

/// A statement as typesetting sees it.
pub struct Place {
    /// Where it stands in the source.
    pub span: Span,
    /// Its verdict.
    pub verdict: Verdict,
    /// The HTML of its mark: a link.
    pub mark: String,
    /// The same for a place inside of a formula, where no link may stand.
    pub inside: String,
    /// Its wrong part, where that is known, in the source.
    pub wrong: Option<Span>,
}

/// A formula with its marks.
pub struct Typeset {
    /// The `<math>` element; the marks of rows stand in it.
    pub math: String,
    /// The statements whose marks found no row, by number.
    pub loose: Vec<usize>,
}

/// MathML of a formula with the places of its statements. What does not fit a row is left for the caller to show.
pub fn typeset(extract: &Extract, macros: &Macros, display: bool, places: &[Place]) -> Typeset {
    let statements =
        places.iter().enumerate().map(|(i, p)| (to_text(extract, p.span), format!("st st-{i} v-{}", p.verdict.word())));
    let wrong = places.iter().filter_map(|p| p.wrong).map(|w| (to_text(extract, w), "wrong".to_owned()));
    let marks: Vec<Mark> = statements.chain(wrong).filter(|(span, _)| span.end > span.start).collect();
    let math = to_mathml_of(&extract.text, &parse_with(&extract.text, macros), display, &marks);
    let rows = rows(&math);
    let mut row_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (r, row) in rows.iter().enumerate() {
        row.statements.iter().for_each(|&s| {
            row_of.insert(s, r);
        });
    }
    let loose = (0..places.len()).filter(|i| !row_of.contains_key(i)).collect();
    Typeset { math: with_cells(&math, &rows, &row_of, places), loose }
}

/// MathML of LaTeX that stands for itself (a step of a derivation, a repair).
pub fn plain(latex: &str, macros: &Macros, display: bool) -> String {
    to_mathml_of(latex, &parse_with(latex, macros), display, &[])
}

/// The same with a part in a class of its own.
pub fn marked(latex: &str, macros: &Macros, part: Option<Span>, class: &str) -> String {
    let marks: Vec<Mark> = part.into_iter().map(|p| (p, class.to_owned())).collect();
    to_mathml_of(latex, &parse_with(latex, macros), false, &marks)
}

/// The same with the parts that a step changed in a class of their own.
pub fn changed(latex: &str, parts: &[std::ops::Range<usize>]) -> String {
    let marks: Vec<Mark> = parts.iter().map(|p| (Span::new(p.start, p.end), "changed".to_owned())).collect();
    to_mathml_of(latex, &parse(latex), true, &marks)
}

/// A row of an outermost table in printed MathML.
struct TableRow {
    table: usize,
    cells: usize,
    /// Where its `</mtr>` begins.
    end: usize,
    statements: BTreeSet<usize>,
}

/// The rows of the outermost tables of MathML that we printed ourselves: no `<` or `>` stands in text or attributes.
fn rows(math: &str) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = vec![];
    let (mut depth, mut table) = (0_usize, 0_usize);
    for (at, _) in math.match_indices('<') {
        let Some(tag) = math.get(at + 1..).and_then(|rest| rest.split_once('>')).map(|(tag, _)| tag) else { break };
        let name = tag.split(' ').next().unwrap_or("");
        match name {
            "mtable" if depth == 0 => table += 1,
            "mtr" => {
                depth += 1;
                if depth == 1 {
                    rows.push(TableRow { table, cells: 0, end: at, statements: BTreeSet::new() });
                }
            }
            "/mtr" => {
                if let (1, Some(row)) = (depth, rows.last_mut()) {
                    row.end = at;
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if let (1.., Some(row)) = (depth, rows.last_mut()) {
            row.cells += usize::from(depth == 1 && name == "mtd");
            row.statements.extend(statements_of(tag));
        }
    }
    rows
}

/// The numbers in the classes `st-N` of a tag.
fn statements_of(tag: &str) -> impl Iterator<Item = usize> + '_ {
    let class = tag.split_once("class=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or("");
    class.split(' ').filter_map(|c| c.strip_prefix("st-")?.parse().ok())
}

/// Adds a last column with the marks to each table that has any.
fn with_cells(math: &str, rows: &[TableRow], row_of: &BTreeMap<usize, usize>, places: &[Place]) -> String {
    let marked: BTreeSet<usize> = row_of.values().filter_map(|&r| rows.get(r)).map(|r| r.table).collect();
    let mut out = String::with_capacity(math.len());
    let mut from = 0;
    for (r, row) in rows.iter().enumerate().filter(|(_, row)| marked.contains(&row.table)) {
        let width = rows.iter().filter(|other| other.table == row.table).map(|other| other.cells).max().unwrap_or(0);
        out.push_str(math.get(from..row.end).unwrap_or(""));
        from = row.end;
        (row.cells..width).for_each(|_| out.push_str("<mtd></mtd>"));
        let marks: String = row_of
            .iter()
            .filter(|(_, of)| **of == r)
            .filter_map(|(s, _)| places.get(*s))
            .map(|p| p.inside.as_str())
            .collect();
        out.push_str("<mtd class=\"tex-l mark-cell\">");
        if !marks.is_empty() {
            out.push_str(&format!("<mtext>{marks}</mtext>"));
        }
        out.push_str("</mtd>");
    }
    out.push_str(math.get(from..).unwrap_or(""));
    out
}

/// The span of a formula's text that lies in a span of the source.
fn to_text(extract: &Extract, span: Span) -> Span {
    let place = |source: usize| {
        let i = extract.runs.partition_point(|r| r.1 <= source);
        let next = extract.runs.get(i).map_or(extract.text.len(), |r| r.0);
        match i.checked_sub(1).and_then(|i| extract.runs.get(i)) {
            Some(&(t, s)) => (t + (source - s)).min(next),
            None => 0,
        }
    };
    Span::new(place(span.start), place(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, part: &str, mark: &str) -> Place {
        let start = text.find(part).unwrap();
        Place {
            span: Span::new(start, start + part.len()),
            verdict: Verdict::Proved,
            mark: mark.to_owned(),
            inside: mark.to_owned(),
            wrong: None,
        }
    }

    #[test]
    fn rows_of_an_aligned_block_carry_their_marks_in_one_column() {
        let text = r"\begin{aligned} a &= b \\ c \\ &= \begin{pmatrix} 1 \\ 2 \end{pmatrix} \end{aligned}";
        let set = typeset(
            &Extract::verbatim(text, 0),
            &Macros::new(),
            true,
            &[place(text, "a &= b", "ONE"), place(text, r"&= \begin{pmatrix} 1 \\ 2 \end{pmatrix}", "TWO")],
        );
        assert!(set.loose.is_empty(), "{}", set.math);
        assert_eq!(set.math.matches("mark-cell").count(), 3, "a cell in each row: {}", set.math);
        let (one, two) = (set.math.find("ONE").unwrap(), set.math.find("TWO").unwrap());
        assert!(one < set.math.find("</mtr>").unwrap() && one < two);
        assert!(set.math.contains("<mtd></mtd>"), "the short row is filled up");
    }

    #[test]
    fn a_formula_without_rows_leaves_its_marks_to_the_caller() {
        let text = "a = b = c";
        let set = typeset(
            &Extract::verbatim(text, 0),
            &Macros::new(),
            true,
            &[place(text, "a = b", "X"), place(text, "= c", "Y")],
        );
        assert_eq!(set.loose, [0, 1]);
    }

    #[test]
    fn a_matrix_on_one_side_is_no_row() {
        let text = r"A = \begin{pmatrix} 1 \\ 2 \end{pmatrix}";
        assert_eq!(typeset(&Extract::verbatim(text, 0), &Macros::new(), true, &[place(text, text, "X")]).loose, [0]);
    }

    #[test]
    fn stripped_prefixes_are_skipped_on_the_way_back() {
        let extract = Extract { text: "a\nb".into(), runs: vec![(0, 4), (2, 10)] };
        assert_eq!(to_text(&extract, Span::new(10, 11)), Span::new(2, 3));
        assert_eq!(to_text(&extract, Span::new(4, 9)), Span::new(0, 2));
        assert_eq!(to_text(&extract, Span::new(0, 2)), Span::new(0, 0));
    }
}
