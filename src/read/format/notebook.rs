//! Jupyter notebooks: the Markdown cells one below the other, with the way back to cell, line and byte of the file.
//!
//! Each cell is scanned for itself, so that what one leaves open ends with it.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

use super::View;
use crate::read::ReadProblemKind;
use crate::read::scan::{Scan, scan};
use crate::source::{Cell, Origin, Source};

#[derive(Deserialize)]
struct Notebook<'a> {
    #[serde(borrow, default)]
    cells: Vec<Raw<'a>>,
    /// The third version of the format has them here.
    #[serde(borrow, default)]
    worksheets: Vec<Worksheet<'a>>,
}

#[derive(Deserialize)]
struct Worksheet<'a> {
    #[serde(borrow, default)]
    cells: Vec<Raw<'a>>,
}

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow)]
    cell_type: Cow<'a, str>,
    /// A string or a list of strings.
    #[serde(borrow, default)]
    source: Option<&'a RawValue>,
}

/// The text of the Markdown cells.
pub(super) fn view(source: Source) -> View {
    if let Some(origin) = &source.origin {
        let scan = scanned(&source.text, &origin.cells);
        return View { scan, source, markdown: None, macros: String::new() };
    }
    let json = source.text.trim_start_matches('\u{feff}');
    let notebook: Notebook = match serde_json::from_str(json) {
        Ok(notebook) => notebook,
        Err(e) => {
            let at = offset(json, e.line(), e.column()) + (source.text.len() - json.len());
            return View::unread(source, ReadProblemKind::BrokenNotebook, at);
        }
    };
    let (mut text, mut cells, mut runs) = (String::new(), vec![], vec![]);
    let all = notebook.cells.iter().chain(notebook.worksheets.iter().flat_map(|w| &w.cells));
    for (index, cell) in all.enumerate().filter(|(_, c)| c.cell_type == "markdown") {
        let Some(raw) = cell.source.map(RawValue::get) else { continue };
        let at = (raw.as_ptr() as usize).saturating_sub(source.text.as_ptr() as usize);
        cells.push(Cell { start: text.len(), index });
        for (from, literal) in literals(raw) {
            decode(literal, at + from, &mut text, &mut runs);
        }
        text.push_str("\n\n");
    }
    let origin = Origin::new(&source.text, cells, runs);
    let scan = scanned(&text, &origin.cells);
    View { scan, source: source.taken_out(text, origin), markdown: None, macros: String::new() }
}

/// The byte of a line and column (from 1, in bytes) as the JSON parser counts.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

fn scanned(text: &str, cells: &[Cell]) -> Scan {
    let mut all = Scan::default();
    for (i, cell) in cells.iter().enumerate() {
        let end = cells.get(i + 1).map_or(text.len(), |next| next.start);
        let lines = text.get(..cell.start).unwrap_or("").matches('\n').count();
        all.append(scan(text.get(cell.start..end).unwrap_or(""), 0), cell.start, lines);
    }
    all
}

/// The insides of the string literals of a JSON value that is a string or a list of strings, each with its place.
fn literals(raw: &str) -> Vec<(usize, &str)> {
    let (mut found, mut from, mut escaped) = (vec![], None, false);
    for (i, b) in raw.bytes().enumerate() {
        match (from, b) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(start), b'"') => {
                found.push((start, raw.get(start..i).unwrap_or("")));
                from = None;
            }
            (None, b'"') => from = Some(i + 1),
            _ => {}
        }
    }
    found
}

/// Appends what the inside of a JSON string says; `at` is its place in the file.
fn decode(literal: &str, at: usize, text: &mut String, runs: &mut Vec<(usize, usize)>) {
    let mut from = 0;
    while from < literal.len() {
        let rest = literal.get(from..).unwrap_or("");
        runs.push((text.len(), at + from));
        let plain = rest.find('\\').unwrap_or(rest.len());
        if plain > 0 {
            text.push_str(rest.get(..plain).unwrap_or(""));
            from += plain;
            continue;
        }
        let (sign, length) = escape(rest);
        text.push(sign);
        from += length;
    }
}

/// The character that the escape at the start of `rest` stands for, and the escape's length.
fn escape(rest: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let two = match rest.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => {
            let high = unit(0).unwrap_or(0xfffd);
            return match (high, unit(6)) {
                (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                    let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    (char::from_u32(code).unwrap_or('\u{fffd}'), 12)
                }
                _ => (char::from_u32(high).unwrap_or('\u{fffd}'), 6),
            };
        }
        _ => return (rest.chars().nth(1).unwrap_or('\\'), 1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
    };
    (two, 2)
}

/// How a text stands in the inside of a JSON string.
pub fn encoded(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"')).unwrap_or("").to_owned()
}
