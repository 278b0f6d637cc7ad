//! Single nodes: characters, numbers, groups, commands with their arguments, delimiters.

use super::commands::{Arg, Role, Shape, is_delimiter, role, takes_star};
use super::environment::is_length;
use super::lexer::{Kind, Token};
use super::parser::{Parser, Within, error};
use super::script::begins_script;
use super::tree::{Tex, TexKind};
use crate::source::Span;

/// The node of a delimiter; `None` for what is none.
fn delimiter_kind(token: &Token) -> Option<TexKind> {
    match token.kind {
        Kind::Char(c) if "()[]|/.<>‖∥∣⟨⟩⌈⌉⌊⌋⟦⟧↑↓↕⇑⇓".contains(c) => {
            Some(TexKind::Char(c))
        }
        Kind::Command if is_delimiter(token.name()) => Some(TexKind::Command(token.name().to_owned())),
        _ => None,
    }
}

/// Commands that frame words, or a formula between signs for one: `\fbox{$x = 1$}` is `\boxed{x = 1}`.
const FRAMES: &[&str] = &["fbox", "framebox"];

/// The argument without the dollar signs at both its ends: where words are meant, `\colorbox{red}{$x$}`, they make a formula.
fn without_dollars(mut argument: Tex) -> Tex {
    let dollar = |n: &Tex| matches!(n.kind, TexKind::Error("tex-dollar"));
    if let TexKind::Group(list) = &mut argument.kind
        && let [first, .., last] = list.as_slice()
        && dollar(first)
        && dollar(last)
        && list.iter().filter(|n| dollar(n)).count() == 2
    {
        list.pop();
        list.remove(0);
    }
    argument
}

impl<'a> Parser<'a> {
    /// Reads one thing; mostly one node, none for a dropped command, several where an opener never closes.
    pub fn atom(&mut self, out: &mut Vec<Tex>) {
        let Some(token) = self.peek() else { return };
        match token.kind {
            Kind::Open => return self.group(out),
            Kind::Command => return self.command(token, out),
            Kind::Char(c) => return out.push(self.character(c, token)),
            _ => {}
        }
        self.next();
        match token.kind {
            Kind::Close => out.push(error("tex-unbalanced", token.span)),
            Kind::Error(key) => out.push(error(key, token.span)),
            Kind::Definition => {
                let definer = token.text.trim_start_matches('\\');
                let name: String = definer.chars().take_while(char::is_ascii_alphabetic).collect();
                let text = definer.get(name.len()..).unwrap_or("").to_owned();
                out.push(Tex::new(TexKind::Label { name, text }, token.span));
            }
            _ => {}
        }
    }

    fn character(&mut self, c: char, token: Token<'a>) -> Tex {
        let starts_fraction = c == '.'
            && self.peek_at(1).is_some_and(|t| t.is_digit())
            && !self.previous().is_some_and(|t| t.is_digit() || t.is('.'));
        if c.is_ascii_digit() || starts_fraction {
            return self.number();
        }
        self.next();
        let kind = match c {
            '~' => TexKind::Space("~".to_owned()),
            '$' => TexKind::Error("tex-dollar"),
            c => TexKind::Char(c),
        };
        Tex::new(kind, token.span)
    }

    fn number(&mut self) -> Tex {
        let start = Span::new(self.here(), self.here());
        let mut digits = String::new();
        let mut point = false;
        while let Some(token) = self.peek() {
            let dot = token.is('.') && !point && self.peek_at(1).is_some_and(|t| t.is_digit());
            if !dot && !token.is_digit() {
                break;
            }
            point |= dot;
            digits.push_str(token.text);
            self.next();
        }
        Tex::new(TexKind::Number(digits), self.since(start))
    }

    /// `{ … }`. One that never closes is an error and its inside.
    pub fn group(&mut self, out: &mut Vec<Tex>) {
        let Some(open) = self.next() else { return };
        if !self.enter() {
            let (span, _) = self.skip_balanced(open.span, |t| match t.kind {
                Kind::Open => 1,
                Kind::Close => -1,
                _ => 0,
            });
            return out.push(error("tex-depth", span));
        }
        let inside = self.list(Within::Group);
        self.leave();
        if self.next_if(|t| t.kind == Kind::Close).is_some() {
            out.push(Tex::new(TexKind::Group(inside), self.since(open.span)));
        } else {
            out.push(error("tex-unbalanced", open.span));
            out.extend(inside);
        }
    }

    /// One argument: a group or a single thing, a digit at a time. An error node where there is none.
    pub fn argument(&mut self) -> Tex {
        loop {
            self.skip_space();
            let here = Span::new(self.end(), self.end());
            let Some(token) = self.peek() else { return error("tex-missing-argument", here) };
            let none = match role(token.name()) {
                Some(Role::Break | Role::Right | Role::End | Role::Infix(_)) => true,
                _ => token.kind == Kind::Close || token.is('&') || begins_script(&token),
            };
            if none || (token.is(']') && self.within() == Within::Option) {
                return error("tex-missing-argument", here);
            }
            if token.is_digit() {
                self.next();
                return Tex::new(TexKind::Number(token.text.to_owned()), token.span);
            }
            if token.is('.') {
                self.next();
                return Tex::new(TexKind::Char('.'), token.span);
            }
            let mut nodes = Vec::new();
            self.atom(&mut nodes);
            match (nodes.pop(), nodes.first()) {
                (Some(node), None) => return node,
                (Some(last), Some(first)) => {
                    let span = first.span.join(last.span);
                    nodes.push(last);
                    return Tex::new(TexKind::Group(nodes), span);
                }
                (None, _) => {}
            }
        }
    }

    fn command(&mut self, token: Token<'a>, out: &mut Vec<Tex>) {
        let name = token.name();
        let role = if takes_star(name) && self.peek_at(1).is_some_and(|t| t.is('*')) {
            role(&format!("{name}*")).or(role(name))
        } else {
            role(name)
        };
        match role {
            Some(Role::Begin) => return self.environment(out),
            Some(Role::End) => return self.stray_end(out),
            Some(Role::Rows(name)) => return self.brace_rows(name, out),
            _ => {}
        }
        self.next();
        let star = takes_star(name) && self.next_if(|t| t.is('*')).is_some();
        let name = if star { format!("{name}*") } else { name.to_owned() };
        let span = self.since(token.span);
        match role {
            Some(Role::Call(shape)) => self.call(shape, span, out),
            Some(Role::Text) if FRAMES.contains(&name.as_str()) && self.dollar_in_braces() => {
                if let Some(Role::Call(shape)) = super::commands::role("boxed") {
                    self.call(shape, span, out);
                }
            }
            Some(Role::Text) => {
                let node = match self.words() {
                    Ok((text, _)) => Tex::new(TexKind::Text(text), self.since(span)),
                    Err(wrong) => error("tex-unbalanced", span.join(wrong.span)),
                };
                out.push(node);
            }
            Some(Role::Space) => out.push(Tex::new(TexKind::Space(name), span)),
            Some(Role::Length(count)) => match self.several_words(count) {
                Ok(text) => out.push(Tex::new(TexKind::Space(format!("{name}{{{text}}}")), self.since(span))),
                Err(wrong) => out.push(error("tex-missing-argument", span.join(wrong.span))),
            },
            Some(Role::Kern) => {
                let length = self.bare_length();
                let kind = if is_length(&length) {
                    TexKind::Space(name + &length)
                } else {
                    TexKind::Error("tex-missing-argument")
                };
                out.push(Tex::new(kind, self.since(span)));
            }
            Some(Role::Label(count)) => match self.several_words(count) {
                Ok(text) => out.push(Tex::new(TexKind::Label { name, text }, self.since(span))),
                Err(wrong) => out.push(error("tex-missing-argument", span.join(wrong.span))),
            },
            Some(Role::Size) => match self.sized_delimiter() {
                Some(kind) => out.push(Tex::new(kind, self.since(span))),
                None => out.push(error("tex-delimiter", span)),
            },
            Some(Role::Left) => self.fenced(span, out),
            Some(Role::Right) => {
                out.push(error("tex-unbalanced", span));
                self.plain_delimiter(out);
            }
            Some(Role::Middle) => match self.delimiter() {
                Some((delimiter, _)) => {
                    out.push(Tex::new(TexKind::Command(format!("middle{delimiter}")), self.since(span)));
                }
                None => out.push(error("tex-delimiter", span)),
            },
            Some(Role::Not) => {
                let negated = self.peek_past_space().filter(|t| match t.kind {
                    Kind::Char(_) => !begins_script(t) && !t.is('&') && !t.is_digit(),
                    Kind::Command => super::commands::role(t.name()).is_none(),
                    _ => false,
                });
                if negated.is_some() {
                    self.next();
                }
                let kind = match negated {
                    Some(t) => TexKind::Command(format!("not{}", t.text)),
                    None => TexKind::Error("tex-missing-argument"),
                };
                out.push(Tex::new(kind, self.since(span)));
            }
            Some(Role::Switch(font)) => {
                if !self.enter() {
                    return out.push(error("tex-depth", span));
                }
                let args = vec![self.argument()];
                self.leave();
                out.push(Tex::new(TexKind::Call { name: font.to_owned(), option: None, args }, self.since(span)));
            }
            Some(Role::Dropped) => {}
            _ => out.push(Tex::new(TexKind::Command(name), span)),
        }
    }

    fn call(&mut self, shape: &'static Shape, span: Span, out: &mut Vec<Tex>) {
        if shape.name == "color" && self.peek_past_words().is_none_or(|t| t.kind != Kind::Open) {
            // `\color{red}` without a second brace colours the rest of the group.
            return match self.words() {
                Ok((text, _)) => {
                    let name = shape.name.to_owned();
                    out.push(Tex::new(TexKind::Label { name, text }, self.since(span)));
                }
                Err(wrong) => out.push(error("tex-missing-argument", span.join(wrong.span))),
            };
        }
        if !self.enter() {
            return out.push(error("tex-depth", span));
        }
        let option = if shape.optional { self.option() } else { None };
        let mut args = Vec::with_capacity(shape.args.len());
        for arg in shape.args {
            args.push(match arg {
                Arg::Math => without_dollars(self.argument()),
                Arg::Raw => match self.words() {
                    Ok((text, span)) => Tex::new(TexKind::Text(text), span),
                    Err(wrong) => wrong,
                },
            });
        }
        self.leave();
        let name = shape.name.to_owned();
        out.push(Tex::new(TexKind::Call { name, option: option.map(Box::new), args }, self.since(span)));
    }

    /// The first token behind the `{…}` that comes here; looks a short way only.
    fn peek_past_words(&mut self) -> Option<Token<'a>> {
        self.peek_past_space().filter(|t| t.kind == Kind::Open)?;
        let close = (1..64).find(|&n| self.peek_at(n).is_some_and(|t| t.kind == Kind::Close))?;
        (close + 1..close + 4).filter_map(|n| self.peek_at(n)).find(|t| t.kind != Kind::Space)
    }

    /// Whether a brace opens here with a dollar sign as the first thing in it.
    fn dollar_in_braces(&mut self) -> bool {
        self.peek_past_space().is_some_and(|t| t.kind == Kind::Open)
            && (1..4).filter_map(|n| self.peek_at(n)).find(|t| t.kind != Kind::Space).is_some_and(|t| t.is('$'))
    }

    fn several_words(&mut self, count: usize) -> Result<String, Tex> {
        let parts: Result<Vec<String>, Tex> = (0..count).map(|_| self.words().map(|(text, _)| text)).collect();
        parts.map(|parts| parts.join("}{"))
    }

    /// `1em`, `-3mu` behind `\kern`.
    fn bare_length(&mut self) -> String {
        let mut text = String::new();
        self.skip_space();
        while let Some(t) = self.next_if(|t| t.is_digit() || t.is('.') || t.is('-') || t.is('+')) {
            text.push_str(t.text);
        }
        self.skip_space();
        let mut unit = 0;
        while unit < 2
            && let Some(t) = self.next_if(|t| matches!(t.kind, Kind::Char(c) if c.is_ascii_alphabetic()))
        {
            text.push_str(t.text);
            unit += 1;
        }
        text
    }

    /// `[…]` of a command.
    fn option(&mut self) -> Option<Tex> {
        let open = self.peek_past_space().filter(|t| t.is('['))?;
        self.next();
        let mut inside = self.list(Within::Option);
        if self.next_if(|t| t.is(']')).is_none() {
            inside.insert(0, error("tex-unbalanced", open.span));
        }
        Some(Tex::new(TexKind::Group(inside), self.since(open.span)))
    }

    /// A delimiter as written, and its node.
    fn delimiter(&mut self) -> Option<(String, TexKind)> {
        let token = self.peek_past_space()?;
        let kind = delimiter_kind(&token)?;
        self.next();
        Some((token.text.to_owned(), kind))
    }

    /// What follows `\big`: a delimiter, also in braces.
    fn sized_delimiter(&mut self) -> Option<TexKind> {
        if self.peek_past_space().is_some_and(|t| t.kind == Kind::Open) {
            let kind = self.peek_at(1).and_then(|t| delimiter_kind(&t));
            self.peek_at(2).filter(|t| t.kind == Kind::Close && kind.is_some())?;
            self.next();
            self.next();
            self.next();
            return kind;
        }
        self.delimiter().map(|(_, kind)| kind)
    }

    fn plain_delimiter(&mut self, out: &mut Vec<Tex>) {
        let here = Span::new(self.here(), self.here());
        if let Some((text, kind)) = self.delimiter()
            && text != "."
        {
            let start = Span::new(here.start, here.start);
            out.push(Tex::new(kind, self.since(start)));
        }
    }

    /// `\left( … \right)`. One that never closes is an error, its delimiter and its inside.
    fn fenced(&mut self, left: Span, out: &mut Vec<Tex>) {
        self.skip_space();
        let Some(open_token) = self.peek() else { return out.push(error("tex-delimiter", left)) };
        let Some((open, kind)) = self.delimiter() else { return out.push(error("tex-delimiter", left)) };
        if !self.enter() {
            out.push(error("tex-depth", left));
            return out.push(Tex::new(kind, open_token.span));
        }
        let body = self.list(Within::Fenced);
        self.leave();
        if self.next_if(|t| role(t.name()) == Some(Role::Right)).is_none() {
            out.push(error("tex-unbalanced", left));
            out.push(Tex::new(kind, open_token.span));
            return out.extend(body);
        }
        let right_end = self.end();
        let close = self.delimiter();
        let missing = close.is_none();
        let close = close.map_or_else(|| ".".to_owned(), |(text, _)| text);
        out.push(Tex::new(TexKind::Fenced { open, close, body }, self.since(left)));
        if missing {
            out.push(error("tex-delimiter", Span::new(right_end, right_end)));
        }
    }
}
