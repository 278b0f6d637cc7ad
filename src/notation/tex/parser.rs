//! The parser's state: tokens, place, and what is open.

use super::lexer::{Kind, Token, raw_text};
use super::tree::{Tex, TexKind};
use crate::source::Span;

/// How deep groups, arguments, delimiters and environments may nest.
pub(super) const DEPTH: usize = 256;

/// What a list of nodes stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// The formula itself.
    Formula,
    /// `{ … }`
    Group,
    /// `[ … ]` of a command.
    Option,
    /// `\left … \right`
    Fenced,
    /// A cell of an environment.
    Cell,
    /// A cell of rows in braces (`\substack{…}`).
    BraceCell,
}

pub(super) struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    /// End of the last token read that is no space.
    last_end: usize,
    depth: usize,
    /// What is open, outermost first.
    pub open: Vec<Within>,
    /// Names of the open environments, outermost first.
    pub environments: Vec<String>,
}

impl<'a> Parser<'a> {
    pub fn new(tokens: Vec<Token<'a>>) -> Parser<'a> {
        Parser { tokens, at: 0, last_end: 0, depth: 0, open: Vec::new(), environments: Vec::new() }
    }

    pub fn peek(&self) -> Option<Token<'a>> {
        self.peek_at(0)
    }

    pub fn peek_at(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + ahead).copied()
    }

    /// The token just before the next one.
    pub fn previous(&self) -> Option<Token<'a>> {
        self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).copied()
    }

    pub fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek()?;
        self.at += 1;
        if token.kind != Kind::Space {
            self.last_end = token.span.end;
        }
        Some(token)
    }

    pub fn next_if(&mut self, wanted: impl Fn(&Token<'a>) -> bool) -> Option<Token<'a>> {
        self.peek().filter(wanted)?;
        self.next()
    }

    pub fn skip_space(&mut self) {
        while self.next_if(|t| t.kind == Kind::Space).is_some() {}
    }

    /// The first token from here on that is no space, which is not read.
    pub fn peek_past_space(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        self.peek()
    }

    /// Where the next token begins.
    pub fn here(&self) -> usize {
        self.peek().map_or(self.last_end, |t| t.span.start)
    }

    /// Where the last token that is no space ended.
    pub fn end(&self) -> usize {
        self.last_end
    }

    /// The span from `start` to what was read last.
    pub fn since(&self, start: Span) -> Span {
        start.join(Span::new(start.end, self.last_end))
    }

    /// One level deeper; `false`, and nothing changed, where that is too deep.
    pub fn enter(&mut self) -> bool {
        let fits = self.depth < DEPTH;
        self.depth += usize::from(fits);
        fits
    }

    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// The innermost thing open.
    pub fn within(&self) -> Within {
        self.open.last().copied().unwrap_or(Within::Formula)
    }

    /// What the current list would be cut by at a `&`: the innermost thing open that is not `\left … \right`.
    pub fn cells_of(&self) -> Within {
        self.open.iter().rev().copied().find(|w| *w != Within::Fenced).unwrap_or(Within::Formula)
    }

    /// Whether a `}` here closes something.
    pub fn brace_is_open(&self) -> bool {
        self.open.iter().any(|w| matches!(w, Within::Group | Within::BraceCell))
    }

    /// Reads words: `{…}` verbatim without its braces, or one token. An error node where there are none or where the
    /// brace is not closed.
    pub fn words(&mut self) -> Result<(String, Span), Tex> {
        let here = self.here();
        let Some(first) = self.peek_past_space().filter(|t| t.kind != Kind::Close) else {
            return Err(error("tex-missing-argument", Span::new(here, here)));
        };
        self.next();
        if first.kind != Kind::Open {
            return Ok((first.text.to_owned(), first.span));
        }
        let (span, closed) = self.skip_balanced(first.span, |t| match t.kind {
            Kind::Open => 1,
            Kind::Close => -1,
            _ => 0,
        });
        let Some(inside) = closed else { return Err(error("tex-unbalanced", span)) };
        Ok((raw_text(inside), span))
    }

    /// Reads on to where what opened at `start` closes; `step` says +1 for an opener, −1 for a closer. The tokens
    /// between, or `None` if it never closes (then all is read).
    pub fn skip_balanced(&mut self, start: Span, step: impl Fn(&Token<'a>) -> i32) -> (Span, Option<Vec<Token<'a>>>) {
        let mut depth = 1;
        let mut inside = Vec::new();
        while let Some(token) = self.next() {
            depth += step(&token);
            if depth == 0 {
                return (self.since(start), Some(inside));
            }
            inside.push(token);
        }
        (self.since(start), None)
    }
}

/// An error node.
pub(super) fn error(key: &'static str, span: Span) -> Tex {
    Tex::new(TexKind::Error(key), span)
}
