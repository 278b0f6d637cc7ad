//! What a directive says: its text split into instructions and clauses, each with its place in the source.
//!
//! ```text
//! let: s \in \mathbb{R}^C, y one-hot
//! next: id softmax.gradient; assume x > 0; checker softmax_gradient; expect refuted at 2
//! expect: proved          off: reason="heuristic"          on
//! file: macros macros.tex; convention gradient-layout      id: softmax.gradient
//! ```

use crate::source::{Extract, Span};

use super::document::Directive;
use super::item::items;
use super::list::{cut, split, trimmed};
use super::suggest::suggest;

pub use super::item::{Adjective, LetItem};

/// The words that begin an instruction.
pub const KEYWORDS: [&str; 7] = ["let", "next", "expect", "off", "on", "file", "id"];

/// The words that begin a clause of `next`.
pub const NEXT_CLAUSES: [&str; 6] = ["id", "assume", "checker", "expect", "definition", "claim"];

/// A verdict that the notes expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExpectedVerdict {
    /// `proved`
    Proved,
    /// `conditional`
    Conditional,
    /// `confirmed`
    Confirmed,
    /// `refuted`
    Refuted,
    /// `undecided`
    Undecided,
    /// `unread`
    Unread,
    /// `none`
    None,
}

const VERDICTS: [(&str, ExpectedVerdict); 7] = [
    ("proved", ExpectedVerdict::Proved),
    ("conditional", ExpectedVerdict::Conditional),
    ("confirmed", ExpectedVerdict::Confirmed),
    ("refuted", ExpectedVerdict::Refuted),
    ("undecided", ExpectedVerdict::Undecided),
    ("unread", ExpectedVerdict::Unread),
    ("none", ExpectedVerdict::None),
];

impl ExpectedVerdict {
    /// The verdict's name.
    pub fn word(self) -> &'static str {
        VERDICTS.iter().find(|v| v.1 == self).map_or("", |v| v.0)
    }
}

/// `expect …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// A verdict, of the display's relation `at` (from 1) or of all.
    Verdict {
        /// Which.
        verdict: ExpectedVerdict,
        /// Of which relation.
        at: Option<usize>,
    },
    /// A finding with this code.
    Finding(String),
}

/// What a clause of `next` asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum NextKind {
    /// `id NAME`
    Id(String),
    /// `assume` and a list.
    Assume(Vec<LetItem>),
    /// `checker NAME`
    Checker(String),
    /// `expect …`
    Expect(Vec<Expectation>),
    /// `definition`: the statement defines, whatever it looks like.
    Definition,
    /// `claim`: the statement is to be checked, whatever it looks like.
    Claim,
}

/// A clause of `next`.
#[derive(Clone, Debug, PartialEq)]
pub struct NextClause {
    /// What it asks for.
    pub kind: NextKind,
    /// Where it stands in the source.
    pub span: Span,
}

/// What an instruction is.
#[derive(Clone, Debug, PartialEq)]
pub enum DirectiveKind {
    /// Declarations up to the end of the section.
    Let(Vec<LetItem>),
    /// About the next display, or the next inline formula if one comes first.
    Next(Vec<NextClause>),
    /// About the formula above.
    Expect(Vec<Expectation>),
    /// A name for the formula above.
    Id(String),
    /// From here on nothing is checked.
    Off {
        /// Why, for the report.
        reason: Option<String>,
    },
    /// Checks again.
    On,
    /// Settings of this file: `(key, value)`, say `("macros", "macros.tex")`.
    File(Vec<(String, String)>),
    /// No instruction that is known.
    Unknown {
        /// The word that should be a keyword.
        word: String,
        /// The keyword that was probably meant.
        suggestion: Option<String>,
    },
}

/// One instruction of a directive.
#[derive(Clone, Debug, PartialEq)]
pub struct Instruction {
    /// What it is.
    pub kind: DirectiveKind,
    /// Where it stands in the source.
    pub span: Span,
}

/// What sort of word is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DirectiveProblemKind {
    /// The first word of an instruction.
    Keyword,
    /// The first word of a clause of `next`.
    Clause,
    /// The verdict after `expect`.
    Verdict,
    /// The adjective in a declaration.
    Adjective,
    /// A name, number or value that a clause needs or can't have.
    Argument,
}

/// A word of a directive that is not understood. Always an error: an annotation must not be lost silently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveProblem {
    /// What was expected there.
    pub kind: DirectiveProblemKind,
    /// The word as written; empty if something is missing.
    pub word: String,
    /// What was probably meant.
    pub suggestion: Option<&'static str>,
    /// Where.
    pub span: Span,
}

impl Directive {
    /// Splits the text into instructions. What is not understood is left out and listed as a problem; an unknown
    /// instruction stands in both lists.
    pub fn parse(&self) -> (Vec<Instruction>, Vec<DirectiveProblem>) {
        let text = Extract { text: self.text.clone(), runs: self.runs.clone() };
        let mut parser = Parser { text, problems: Vec::new() };
        let mut instructions: Vec<(&'static str, Vec<Span>, Span)> = Vec::new();
        let mut unknown = Vec::new();
        let whole = Span::new(0, self.text.len());
        for (i, part) in split(&self.text, whole, b';').into_iter().enumerate() {
            match (parser.keyword(part, i == 0), instructions.last_mut()) {
                (Some((word, rest)), _) => instructions.push((word, vec![rest], part)),
                (None, Some((_, clauses, span))) => {
                    clauses.push(part);
                    *span = span.join(part);
                }
                (None, None) => unknown.extend(parser.unknown(part)),
            }
        }
        if instructions.is_empty() && unknown.is_empty() {
            parser.problem(DirectiveProblemKind::Keyword, whole, &KEYWORDS);
        }
        let known = instructions.into_iter().map(|(word, clauses, part)| {
            let kind = parser.instruction(word, &clauses);
            Instruction { kind, span: parser.text.span_to_source(part) }
        });
        let instructions = unknown.into_iter().chain(known.collect::<Vec<_>>()).collect();
        (instructions, parser.problems)
    }
}

struct Parser {
    text: Extract,
    problems: Vec<DirectiveProblem>,
}

impl Parser {
    fn slice(&self, span: Span) -> &str {
        self.text.text.get(span.range()).unwrap_or("")
    }

    fn problem(&mut self, kind: DirectiveProblemKind, at: Span, meant: &[&'static str]) {
        let word = self.slice(at).to_owned();
        let span = self.text.span_to_source(at);
        self.problems.push(DirectiveProblem { kind, suggestion: suggest(&word, meant), word, span });
    }

    /// The first word of a part (letters and hyphens) and the rest behind it.
    fn word(&self, part: Span) -> (Span, Span) {
        let text = self.slice(part);
        let length = text.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(text.len());
        let rest = Span::new(part.start + length, part.end);
        (Span::new(part.start, part.start + length), trimmed(&self.text.text, rest))
    }

    /// The keyword that begins the part, if any, and what follows. Behind the first part a keyword needs its colon, for
    /// `expect refuted` may be a clause of `next`; `on` and `off` stand alone.
    fn keyword(&self, part: Span, first: bool) -> Option<(&'static str, Span)> {
        let (word, rest) = self.word(part);
        let keyword = KEYWORDS.into_iter().find(|k| *k == self.slice(word))?;
        let behind = self.slice(rest);
        let alone = behind.is_empty() && matches!(keyword, "on" | "off");
        match behind.strip_prefix(':').filter(|b| !b.starts_with('=')) {
            Some(_) => Some((keyword, trimmed(&self.text.text, Span::new(rest.start + 1, rest.end)))),
            None if alone || (first && !behind.starts_with(':')) => Some((keyword, rest)),
            None => None,
        }
    }

    fn unknown(&mut self, part: Span) -> Option<Instruction> {
        let (word, _) = self.word(part);
        self.problem(DirectiveProblemKind::Keyword, word, &KEYWORDS);
        let spelt = self.slice(word).to_owned();
        let suggestion = suggest(&spelt, &KEYWORDS).map(str::to_owned);
        let span = self.text.span_to_source(part);
        Some(Instruction { kind: DirectiveKind::Unknown { word: spelt, suggestion }, span })
    }

    fn instruction(&mut self, keyword: &str, clauses: &[Span]) -> DirectiveKind {
        match keyword {
            "let" => {
                let parts: Vec<LetItem> =
                    clauses.iter().flat_map(|c| items(&self.text, *c, &mut self.problems)).collect();
                if parts.is_empty() {
                    self.missing(clauses);
                }
                DirectiveKind::Let(parts)
            }
            "next" => DirectiveKind::Next(self.next(clauses)),
            "expect" => DirectiveKind::Expect(clauses.iter().flat_map(|c| self.expectations(*c)).collect()),
            "id" => {
                let name = clauses.iter().find_map(|c| self.name(*c)).unwrap_or_default();
                self.no_more(clauses);
                DirectiveKind::Id(name)
            }
            "off" => {
                self.no_more(clauses);
                DirectiveKind::Off { reason: clauses.first().and_then(|c| self.reason(*c)) }
            }
            "on" => {
                for clause in clauses.iter().filter(|c| c.start < c.end) {
                    self.problem(DirectiveProblemKind::Argument, *clause, &[]);
                }
                DirectiveKind::On
            }
            _ => DirectiveKind::File(clauses.iter().filter_map(|c| self.setting(*c)).collect()),
        }
    }

    fn missing(&mut self, clauses: &[Span]) {
        let at = clauses.last().copied().unwrap_or_default();
        self.problem(DirectiveProblemKind::Argument, Span::new(at.end, at.end), &[]);
    }

    fn no_more(&mut self, clauses: &[Span]) {
        for clause in clauses.iter().skip(1) {
            self.problem(DirectiveProblemKind::Argument, *clause, &[]);
        }
    }

    fn next(&mut self, clauses: &[Span]) -> Vec<NextClause> {
        let mut found = Vec::new();
        for &clause in clauses.iter().filter(|c| c.start < c.end) {
            let (word, rest) = self.word(clause);
            let rest = match self.slice(rest).strip_prefix(':') {
                Some(_) => trimmed(&self.text.text, Span::new(rest.start + 1, rest.end)),
                None => rest,
            };
            let kind = match self.slice(word) {
                "id" => self.name(rest).map(NextKind::Id),
                "checker" => self.name(rest).map(NextKind::Checker),
                "assume" => {
                    let list = items(&self.text, rest, &mut self.problems);
                    if list.is_empty() {
                        self.missing(&[rest]);
                    }
                    Some(NextKind::Assume(list)).filter(|_| rest.start < rest.end)
                }
                "expect" => Some(NextKind::Expect(self.expectations(rest))),
                "definition" | "claim" if rest.start < rest.end => {
                    self.problem(DirectiveProblemKind::Argument, rest, &[]);
                    None
                }
                "definition" => Some(NextKind::Definition),
                "claim" => Some(NextKind::Claim),
                _ => {
                    let at = if word.start < word.end { word } else { clause };
                    self.problem(DirectiveProblemKind::Clause, at, &NEXT_CLAUSES);
                    None
                }
            };
            found.extend(kind.map(|kind| NextClause { kind, span: self.text.span_to_source(clause) }));
        }
        if !clauses.iter().any(|c| c.start < c.end) {
            self.missing(clauses);
        }
        found
    }

    /// A single word without spaces.
    fn name(&mut self, part: Span) -> Option<String> {
        let name = self.slice(part);
        if name.is_empty() || name.contains(char::is_whitespace) {
            self.problem(DirectiveProblemKind::Argument, part, &[]);
            return None;
        }
        Some(name.to_owned())
    }

    fn expectations(&mut self, part: Span) -> Vec<Expectation> {
        let parts = split(&self.text.text, part, b',');
        if parts.is_empty() {
            self.problem(DirectiveProblemKind::Verdict, part, &[]);
        }
        parts.into_iter().filter_map(|p| self.expectation(p)).collect()
    }

    fn expectation(&mut self, part: Span) -> Option<Expectation> {
        let (word, rest) = self.word(part);
        if self.slice(word) == "finding" {
            return self.name(rest).map(Expectation::Finding);
        }
        let Some(&(_, verdict)) = VERDICTS.iter().find(|v| v.0 == self.slice(word)) else {
            let at = if word.start < word.end { word } else { part };
            let mut meant = VERDICTS.map(|v| v.0).to_vec();
            meant.push("finding");
            self.problem(DirectiveProblemKind::Verdict, at, &meant);
            return None;
        };
        if rest.start == rest.end {
            return Some(Expectation::Verdict { verdict, at: None });
        }
        let number = self.slice(rest).strip_prefix("at").and_then(|n| n.trim().parse().ok()).filter(|&n: &usize| n > 0);
        if number.is_none() {
            self.problem(DirectiveProblemKind::Argument, rest, &[]);
            return None;
        }
        Some(Expectation::Verdict { verdict, at: number })
    }

    /// `reason="…"`, or nothing.
    fn reason(&mut self, part: Span) -> Option<String> {
        let (word, rest) = self.word(part);
        let value = self.slice(rest).strip_prefix(['=', ':']).filter(|_| self.slice(word) == "reason");
        match value {
            Some(v) => Some(v.trim().trim_matches('"').to_owned()),
            None if part.start == part.end => None,
            None => {
                let at = if word.start < word.end { word } else { part };
                self.problem(DirectiveProblemKind::Argument, at, &["reason"]);
                None
            }
        }
    }

    fn setting(&mut self, part: Span) -> Option<(String, String)> {
        let setting = cut(&self.text, part).text;
        match setting.split_once(char::is_whitespace) {
            Some((key, value)) => Some((key.trim_end_matches([':', '=']).to_owned(), value.trim().to_owned())),
            None => {
                self.problem(DirectiveProblemKind::Argument, part, &[]);
                None
            }
        }
    }
}
