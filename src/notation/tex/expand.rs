//! Expansion of macros: bounded substitution of tokens, before parsing.
//!
//! A formula's text gives its tokens with exact spans; what a macro call expands to has the span of the call.

use std::collections::BTreeMap;

use super::commands::DEFINERS;
use super::lexer::{Kind, Token, is_space, lex, raw_text};
use super::macros::{Macro, Macros};
use super::usual::{MOST, usual};
use crate::source::Span;

/// How many macro calls one text may make.
const CALLS: usize = 2_000;
/// How many tokens the expansions of one text may read and write in all.
const TOKENS: usize = 20_000;
/// The longest macro file that is read, in bytes.
const FILE: usize = 1 << 20;

/// A macro as tokens.
#[derive(Clone)]
struct Definition<'a> {
    arity: usize,
    default: Option<Vec<Token<'a>>>,
    body: Vec<Token<'a>>,
}

/// The tokens of a text with all macros expanded, those of the table and those that the text itself defines.
pub(super) fn expand<'a>(text: &'a str, macros: &'a Macros) -> Vec<Token<'a>> {
    let mut expansion = Expansion::new(text, macros);
    expansion.run()
}

impl Macros {
    /// Reads the definitions out of a text (`\newcommand`, `\renewcommand`, `\providecommand`, `\def`, `\gdef`, `\let`,
    /// `\DeclareMathOperator`); everything else in it is passed over. Reads at most a megabyte.
    pub fn read(text: &str) -> Macros {
        let mut end = text.len().min(FILE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let none = Macros::new();
        let mut expansion = Expansion::new(text.get(..end).unwrap_or(""), &none);
        expansion.only_define = true;
        expansion.run();
        let mut macros = Macros::new();
        for (name, definition) in expansion.known {
            let Some(Definition { arity, default, body }) = definition else { continue };
            macros.define(name, Macro { arity, default: default.map(raw_text), body: raw_text(body) });
        }
        macros
    }
}

struct Expansion<'a> {
    text: &'a str,
    macros: &'a Macros,
    /// What is still to be read, last token first.
    pending: Vec<Token<'a>>,
    /// Definitions met so far, and those of the table that were used; `None`: no macro.
    known: BTreeMap<&'a str, Option<Definition<'a>>>,
    only_define: bool,
    calls: usize,
    tokens: usize,
}

impl<'a> Expansion<'a> {
    fn new(text: &'a str, macros: &'a Macros) -> Expansion<'a> {
        let mut pending = lex(text);
        pending.reverse();
        Expansion { text, macros, pending, known: BTreeMap::new(), only_define: false, calls: CALLS, tokens: TOKENS }
    }

    fn run(&mut self) -> Vec<Token<'a>> {
        let mut out = Vec::new();
        while let Some(token) = self.pending.pop() {
            let name = token.name();
            if name.is_empty() {
                out.push(token);
            } else if DEFINERS.contains(&name) {
                let definition = self.definition(token);
                out.push(definition);
            } else if self.only_define {
                continue;
            } else if let Some(definition) = self.lookup(name).or_else(|| self.usual(name)) {
                if let Some(error) = self.call(token, &definition) {
                    out.push(error);
                }
            } else {
                out.push(token);
            }
        }
        out
    }

    fn lookup(&mut self, name: &'a str) -> Option<Definition<'a>> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let meaning = self.macros.get(name)?;
        let definition = Definition {
            arity: meaning.arity.min(9),
            default: meaning.default.as_deref().map(lex),
            body: lex(&meaning.body),
        };
        self.known.insert(name, Some(definition.clone()));
        Some(definition)
    }

    /// What a command that nobody defines stands for by custom.
    fn usual(&self, name: &str) -> Option<Definition<'a>> {
        let (groups, in_order) = self.groups_ahead();
        let (arity, body) = usual(name, groups, in_order)?;
        // The order is the argument in brackets; where there is none the first one is in braces as the others.
        let default = (in_order && arity > 1 && body.contains("^{#1}")).then(Vec::new);
        Some(Definition { arity, default, body: lex(body) })
    }

    /// How many groups of braces come here, as far as that matters, and whether something in brackets comes first.
    fn groups_ahead(&self) -> (usize, bool) {
        const LONGEST: usize = 400;
        let mut coming = self.pending.iter().rev().take(LONGEST).filter(|t| t.kind != Kind::Space).peekable();
        let in_order = coming.next_if(|t| t.is('[')).is_some();
        if in_order {
            coming.by_ref().find(|t| t.is(']'));
        }
        let mut groups = 0;
        while groups < MOST && coming.next_if(|t| t.kind == Kind::Open).is_some() {
            let mut depth = 1_usize;
            for token in coming.by_ref() {
                match token.kind {
                    Kind::Open => depth += 1,
                    Kind::Close => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            if depth > 0 {
                break;
            }
            groups += 1;
        }
        (groups, in_order)
    }

    /// Puts the expansion of a call in front of what is pending. An error stands for a call that cannot be expanded.
    fn call(&mut self, token: Token<'a>, definition: &Definition<'a>) -> Option<Token<'a>> {
        let failed = |key, span| Some(Token { kind: Kind::Error(key), text: token.text, span });
        if self.calls == 0 || self.tokens == 0 {
            return failed("tex-macro", token.span);
        }
        self.calls -= 1;
        let mut span = token.span;
        let mut args: Vec<Vec<Token<'a>>> = Vec::new();
        if let Some(default) = &definition.default {
            args.push(self.bracketed(&mut span).unwrap_or_else(|| default.clone()));
        }
        while args.len() < definition.arity {
            match self.argument(&mut span) {
                Some(arg) => args.push(arg),
                None => return failed("tex-missing-argument", span),
            }
        }
        let mut result = Vec::new();
        let mut body = definition.body.iter().copied().peekable();
        while let Some(t) = body.next() {
            let number = match body.peek() {
                Some(Token { kind: Kind::Char(d), .. }) if t.is('#') => d.to_digit(10).map(|d| d as usize),
                _ => None,
            };
            match number.and_then(|n| args.get(n.checked_sub(1)?)) {
                Some(arg) => {
                    body.next();
                    result.extend_from_slice(arg);
                }
                None => result.push(t),
            }
            if result.len() > self.tokens {
                break;
            }
        }
        let cost = result.len() + args.iter().map(Vec::len).sum::<usize>() + definition.body.len();
        let Some(left) = self.tokens.checked_sub(cost) else {
            self.tokens = 0;
            return failed("tex-macro", span);
        };
        self.tokens = left;
        self.pending.extend(result.into_iter().rev().map(|t| Token { span, ..t }));
        None
    }

    fn skip_space(&mut self) {
        while self.pending.last().is_some_and(|t| t.kind == Kind::Space) {
            self.pending.pop();
        }
    }

    /// The next argument: the inside of a group, or one token. `None` where there is none.
    fn argument(&mut self, span: &mut Span) -> Option<Vec<Token<'a>>> {
        self.skip_space();
        let first = self.pending.pop_if(|t| t.kind != Kind::Close)?;
        *span = span.join(first.span);
        if first.kind != Kind::Open {
            return Some(vec![first]);
        }
        let mut depth = 1usize;
        let mut arg = Vec::new();
        while let Some(token) = self.pending.pop() {
            *span = span.join(token.span);
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(arg);
            }
            arg.push(token);
        }
        None
    }

    /// The inside of `[…]` that comes here, if it is closed within its group; nothing is read otherwise.
    fn bracketed(&mut self, span: &mut Span) -> Option<Vec<Token<'a>>> {
        let coming = self.pending.iter().rev().skip_while(|t| t.kind == Kind::Space);
        let mut depth = 0usize;
        let mut length = None;
        for (i, token) in coming.enumerate() {
            self.tokens = self.tokens.saturating_sub(1);
            match token.kind {
                Kind::Char('[') if i == 0 => {}
                _ if i == 0 || self.tokens == 0 => return None,
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.checked_sub(1)?,
                Kind::Char(']') if depth == 0 => {
                    length = Some(i + 1);
                    break;
                }
                _ => {}
            }
        }
        let length = length?;
        self.skip_space();
        let mut all: Vec<Token<'a>> = (0..length).filter_map(|_| self.pending.pop()).collect();
        *span = all.iter().fold(*span, |span, t| span.join(t.span));
        all.pop();
        all.drain(..1.min(all.len()));
        Some(all)
    }

    /// Reads a definition whose first token is `definer` and gives it as one token.
    fn definition(&mut self, definer: Token<'a>) -> Token<'a> {
        let mut span = definer.span;
        let error = |span| Token { kind: Kind::Error("tex-macro"), text: definer.text, span };
        // What an expansion made has no text of its own in the source.
        if self.text.get(span.range()) != Some(definer.text) {
            return error(span);
        }
        let read = match definer.name() {
            "let" => self.define_alias(&mut span),
            "def" | "gdef" | "edef" | "xdef" => self.define_plain(&mut span),
            "DeclareMathOperator" => self.define_operator(&mut span),
            other => self.define_command(other == "providecommand", &mut span),
        };
        match (read, self.text.get(span.range())) {
            (Some(()), Some(text)) => Token { kind: Kind::Definition, text, span },
            _ => error(span),
        }
    }

    fn star(&mut self, span: &mut Span) -> bool {
        let star = self.pending.pop_if(|t| t.is('*'));
        if let Some(t) = star {
            *span = span.join(t.span);
        }
        star.is_some()
    }

    /// The name that is being defined: `\name` or `{\name}`.
    fn defined_name(&mut self, span: &mut Span) -> Option<&'a str> {
        let tokens = self.argument(span)?;
        let mut names = tokens.iter().filter(|t| t.kind != Kind::Space);
        let name = names.next().map(Token::name).filter(|n| !n.is_empty())?;
        names.next().is_none().then_some(name)
    }

    fn set(&mut self, name: &'a str, arity: usize, default: Option<Vec<Token<'a>>>, body: Vec<Token<'a>>) {
        self.known.insert(name, Some(Definition { arity, default, body }));
    }

    fn define_command(&mut self, provide: bool, span: &mut Span) -> Option<()> {
        self.star(span);
        let name = self.defined_name(span)?;
        let arity = match self.bracketed(span) {
            Some(tokens) => raw_text(tokens).trim_matches(is_space).parse::<usize>().ok().filter(|&n| n <= 9)?,
            None => 0,
        };
        let default = if arity > 0 { self.bracketed(span) } else { None };
        let body = self.argument(span)?;
        if !(provide && self.lookup(name).is_some()) {
            self.set(name, arity, default, body);
        }
        Some(())
    }

    fn define_plain(&mut self, span: &mut Span) -> Option<()> {
        let name = self.defined_name(span)?;
        let mut arity = 0;
        loop {
            self.skip_space();
            if self.pending.last().is_some_and(|t| t.kind == Kind::Open) {
                break;
            }
            let hash = self.pending.pop_if(|t| t.is('#'))?;
            let digit = self.pending.pop_if(|t| t.is_digit())?;
            *span = span.join(hash.span).join(digit.span);
            arity += 1;
        }
        let body = self.argument(span)?;
        (arity <= 9).then(|| self.set(name, arity, None, body))
    }

    fn define_alias(&mut self, span: &mut Span) -> Option<()> {
        let name = self.defined_name(span)?;
        self.skip_space();
        self.pending.pop_if(|t| t.is('='));
        let body = self.argument(span)?;
        // An alias has the meaning that its target has now.
        let meaning = match body.first().and_then(|t| self.lookup(t.name())) {
            Some(meaning) => meaning,
            None => Definition { arity: 0, default: None, body },
        };
        self.known.insert(name, Some(meaning));
        Some(())
    }

    fn define_operator(&mut self, span: &mut Span) -> Option<()> {
        let star = self.star(span);
        let name = self.defined_name(span)?;
        let operator = self.argument(span)?;
        let mut body = lex(if star { "\\operatorname*{" } else { "\\operatorname{" });
        body.extend(operator);
        body.extend(lex("}"));
        self.set(name, 0, None, body);
        Some(())
    }
}
