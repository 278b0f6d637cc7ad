//! Searches that cost linear time together: each needle remembers where it was found last.

use std::collections::BTreeMap;

use crate::source::Span;

/// Finds a needle at or after growing offsets.
#[derive(Debug)]
pub(super) struct Finder {
    needle: &'static str,
    /// Whether an odd number of backslashes before a hit spoils it.
    escapable: bool,
    /// `(asked from, found at)` of the last search.
    last: Option<(usize, Option<usize>)>,
}

impl Finder {
    /// A finder of `needle`; an `escapable` one skips hits that a backslash escapes.
    pub fn new(needle: &'static str, escapable: bool) -> Finder {
        Finder { needle, escapable, last: None }
    }

    /// The first hit at or behind `from`.
    pub fn next(&mut self, text: &str, from: usize) -> Option<usize> {
        if let Some((asked, found)) = self.last
            && asked <= from
            && found.is_none_or(|f| f >= from)
        {
            return found;
        }
        let found = self.search(text, from);
        self.last = Some((from, found));
        found
    }

    fn search(&self, text: &str, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let hit = at + text.get(at..)?.find(self.needle)?;
            if !(self.escapable && is_escaped(text.as_bytes(), from, hit)) {
                return Some(hit);
            }
            at = hit + 1;
        }
    }
}

/// Whether an odd number of backslashes stands directly before `at`, counted back to `from`.
pub(super) fn is_escaped(bytes: &[u8], from: usize, at: usize) -> bool {
    let before = bytes.get(from..at).unwrap_or(&[]);
    before.iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

/// For each run of backticks, by its first byte: its length and the first byte of the next run as long.
pub(super) fn backticks(text: &str) -> BTreeMap<usize, (usize, Option<usize>)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (i, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == i => *length += 1,
            _ => runs.push((i, 1)),
        }
    }
    let mut later: BTreeMap<usize, usize> = BTreeMap::new();
    let mut links = BTreeMap::new();
    for &(start, length) in runs.iter().rev() {
        links.insert(start, (length, later.insert(length, start)));
    }
    links
}

/// Environments that set mathematics on their own.
const ENVIRONMENTS: [&str; 29] = [
    "align",
    "aligned",
    "alignat",
    "alignedat",
    "array",
    "bmatrix",
    "Bmatrix",
    "cases",
    "dcases",
    "displaymath",
    "dmath",
    "eqnarray",
    "equation",
    "flalign",
    "gather",
    "gathered",
    "IEEEeqnarray",
    "math",
    "matrix",
    "multline",
    "pmatrix",
    "rcases",
    "smallmatrix",
    "split",
    "subarray",
    "subequations",
    "vmatrix",
    "Vmatrix",
    "xalignat",
];

/// The name of the mathematical environment that `command` (`\begin` or `\end`) names at the start of `text`, and
/// the length of the whole command.
pub(super) fn environment<'a>(text: &'a str, command: &str) -> Option<(&'a str, usize)> {
    let rest = text.strip_prefix(command)?;
    let inner = rest.trim_start_matches(' ').strip_prefix('{')?;
    let name = inner.get(..inner.bytes().take(24).position(|b| b == b'}')?)?;
    let plain = name.strip_suffix('*').unwrap_or(name);
    ENVIRONMENTS.contains(&plain).then(|| (name, text.len() - inner.len() + name.len() + 1))
}

/// The spans of all properly closed mathematical environments, by their first byte.
pub(super) fn environments(text: &str) -> BTreeMap<usize, Span> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for (at, _) in text.match_indices('\\') {
        let rest = text.get(at..).unwrap_or("");
        if let Some((name, _)) = environment(rest, "\\begin") {
            open.push((name, at));
            *counts.entry(name).or_default() += 1;
        } else if let Some((name, length)) = environment(rest, "\\end") {
            // Torn environments inside are given up, but only when there is one to close.
            while counts.get(name).copied().unwrap_or(0) > 0 {
                let Some((top, start)) = open.pop() else { break };
                if let Some(n) = counts.get_mut(top) {
                    *n -= 1;
                }
                if top == name {
                    found.insert(start, Span::new(start, at + length));
                    break;
                }
            }
        }
    }
    found
}
