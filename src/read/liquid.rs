//! Tags of Liquid around mathematics, as plugins for Jekyll have them: `{% math %} … {% endmath %}`.

use crate::source::Span;

use super::document::{Carrier, ReadProblemKind};
use super::lines::Line;
use super::scan::Scanner;

/// How far a formula may reach, in bytes.
const LONGEST: usize = 8192;

/// How long the words of a tag may be.
const WIDEST: usize = 40;

/// What opens, what closes, and whether what stands between is a display.
const TAGS: &[(&str, &str, bool)] = &[
    ("math", "endmath", true),
    ("m", "em", false),
    ("katex display", "endkatex", true),
    ("katex", "endkatex", false),
    ("latex", "endlatex", false),
];

/// The words of the tag at the start of a text, and its length.
fn tag(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("{%")?;
    let end = inner.bytes().take(WIDEST).position(|b| matches!(b, b'%' | b'\n'))?;
    let words = inner.get(..end)?;
    inner.get(end..)?.starts_with("%}").then(|| (words.trim_matches([' ', '-']), end + 4))
}

impl Scanner<'_> {
    /// At `{%`.
    pub fn liquid(&mut self, line: &Line) {
        let opened = tag(self.rest());
        let row = opened.and_then(|(words, _)| TAGS.iter().find(|(open, ..)| *open == words));
        let (Some((_, length)), Some((_, end, display))) = (opened, row) else {
            self.at += opened.map_or(2, |(_, length)| length);
            return;
        };
        let from = self.at + length;
        let limit = if *display { line.next_stop } else { line.inline_end } as usize;
        let limit = self.text.floor_char_boundary(limit.min(from + LONGEST));
        let searched = self.tags.get(end).copied().unwrap_or(0).max(from);
        let inside = self.slice(searched, limit);
        let close = inside.match_indices("{%").find_map(|(at, _)| {
            let (words, length) = tag(inside.get(at..)?)?;
            (words == *end).then_some((searched + at, length))
        });
        match close {
            Some((close, length)) if !self.slice(from, close).trim().is_empty() => {
                let (span, inner) = (Span::new(self.at, close + length), Span::new(from, close));
                self.formula(span, inner, *display, Carrier::Liquid, None);
            }
            Some((close, length)) => self.at = close + length,
            None => {
                // One tag may lie across the limit.
                let safe = self.text.floor_char_boundary(limit.saturating_sub(WIDEST));
                self.tags.insert(*end, safe);
                self.problem(ReadProblemKind::UnclosedMath, self.at, from);
                self.at = from;
            }
        }
    }
}
