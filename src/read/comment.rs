//! HTML comments: annotations for this program, or nothing.

use crate::source::{Extract, Span};

use super::document::{Directive, ReadProblemKind};
use super::extract::{Surroundings, extract};
use super::lines::Line;
use super::region::RegionKind;
use super::scan::Scanner;
use super::suggest::distance;

/// The word that marks a comment as ours.
const MARK: &str = "rederive";

/// What a comment is to us.
enum Addressed {
    /// An annotation; the byte offset in the comment's inside behind the mark.
    Ours(usize),
    /// Nearly.
    Nearly,
    No,
}

fn addressed(inside: &str) -> Addressed {
    let trimmed = inside.trim_start();
    let word: &str = trimmed.split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | ';')).next().unwrap_or("");
    let behind = trimmed.get(word.len()..).unwrap_or("");
    if word == MARK {
        return Addressed::Ours(inside.len() - behind.trim_start_matches(':').len());
    }
    let keyword = behind.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    let known = super::directive::KEYWORDS.contains(&keyword);
    if known && distance(&word.to_lowercase(), MARK) <= 2 { Addressed::Nearly } else { Addressed::No }
}

impl Scanner<'_> {
    /// At `<!--`.
    pub fn comment(&mut self, line: &Line) {
        let start = self.at;
        let Some(close) = self.finders.comment.next(self.text, start + 4) else {
            self.problem(ReadProblemKind::UnclosedComment, start, start + 4);
            self.push(Span::new(start, start + 4), RegionKind::Hidden);
            self.at = start + 4;
            return;
        };
        let end = close + 3;
        if start >= self.comments.0 {
            self.comments = self.comments_in_a_row(line);
        }
        let lone = self.comments.1;
        let inside = self.slice(start + 4, close);
        match addressed(inside) {
            Addressed::Ours(at) if lone => {
                let around = Surroundings { quotes: line.quotes as usize, list: true, ..Surroundings::default() };
                let Extract { text, runs } = extract(self.text, Span::new(start + 4 + at, close), around);
                let span = Span::new(start, end);
                self.found.directives.push(Directive { text, runs, span, line: self.line + 1, section: 0 });
            }
            Addressed::Ours(_) => self.problem(ReadProblemKind::MisplacedDirective, start, end),
            Addressed::Nearly => self.problem(ReadProblemKind::MisspeltDirective, start, end),
            Addressed::No => {}
        }
        self.push(Span::new(start, end), if lone { RegionKind::Blank } else { RegionKind::Hidden });
        self.at = end;
    }

    /// At `%%`: a comment of Obsidian, up to the next one in the line, or in lines of its own up to a line that ends with
    /// one.
    pub fn percent(&mut self, line: &Line) {
        let (start, from) = (self.at, self.at + 2);
        let alone = start == line.content as usize && self.slice(from, line.end as usize).trim().is_empty();
        let close = self.slice(from, line.end as usize).find("%%").map(|i| from + i + 2);
        let block = || {
            let mut below = self.lines.from(self.line + 1).take_while(|(_, l)| !l.heading);
            below.find(|(_, l)| self.slice(l.start as usize, l.end as usize).trim_end().ends_with("%%"))
        };
        match close.or_else(|| block().filter(|_| alone).map(|(_, l)| l.end as usize)) {
            Some(end) => {
                self.push(Span::new(start, end), if alone { RegionKind::Blank } else { RegionKind::Hidden });
                self.at = end;
            }
            None => self.at = from,
        }
    }

    /// Follows the comments from `at` on that only spaces part: where the last one ends, and whether nothing else but
    /// the line's prefix stands before and behind them.
    fn comments_in_a_row(&mut self, line: &Line) -> (usize, bool) {
        let first = self.slice(line.content as usize, self.at).trim().is_empty();
        let mut at = self.at;
        let mut behind = false;
        while let Some(close) = self.finders.comment.next(self.text, at + 4) {
            let rest = self.text.get(close + 3..).unwrap_or("");
            let next = rest.trim_start_matches([' ', '\t', '\r']);
            at = close + 3 + rest.len() - next.len();
            behind = next.is_empty() || next.starts_with('\n');
            if !next.starts_with("<!--") {
                break;
            }
        }
        (at, first && behind)
    }
}
