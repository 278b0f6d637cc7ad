//! Scripts and primes behind a base.

use super::commands::{Role, role};
use super::lexer::{Kind, Token};
use super::parser::{Parser, error};
use super::tree::{Tex, TexKind};
use crate::source::Span;

/// How many primes a token is, in the ways people type them.
fn primes_of(token: &Token) -> usize {
    match token.kind {
        Kind::Char('\'' | '′' | '’') => 1,
        Kind::Char('″') => 2,
        Kind::Char('‴') => 3,
        _ => 0,
    }
}

/// Whether the token begins a script.
pub(super) fn begins_script(token: &Token) -> bool {
    token.is('_') || token.is('^') || primes_of(token) > 0
}

/// How many primes a superscript is, if it is nothing else: `^\prime`, `^{\prime\prime}`.
fn written_primes(sup: &Tex) -> Option<usize> {
    let list = sup.list();
    let all = !list.is_empty() && list.iter().all(|t| matches!(&t.kind, TexKind::Command(name) if name == "prime"));
    all.then_some(list.len())
}

fn is_base(node: &Tex) -> bool {
    !matches!(
        node.kind,
        TexKind::Break | TexKind::Align | TexKind::Space(_) | TexKind::Label { .. } | TexKind::Error(_)
    )
}

impl<'a> Parser<'a> {
    /// Reads the scripts that follow here and gives them to the last node; to an empty group where that is no base.
    pub fn scripts(&mut self, out: &mut Vec<Tex>) {
        loop {
            while let Some(t) = self.peek_past_space()
                && matches!(t.name(), "limits" | "nolimits" | "displaylimits" | "relax")
                && role(t.name()) == Some(Role::Dropped)
            {
                self.next();
            }
            let Some(first) = self.peek().filter(begins_script) else { return };
            let base = match out.pop_if(|t| is_base(t)) {
                Some(base) => base,
                None => Tex::new(TexKind::Group(Vec::new()), Span::new(first.span.start, first.span.start)),
            };
            let again = matches!(base.kind, TexKind::Script { .. });
            if again {
                let at = Span::new(first.span.start, first.span.start);
                out.push(base);
                out.push(error("tex-double-script", at));
                out.push(self.scripted(Tex::new(TexKind::Group(Vec::new()), at)));
            } else {
                out.push(self.scripted(base));
            }
        }
    }

    /// The base with one subscript, one superscript and primes at most.
    fn scripted(&mut self, base: Tex) -> Tex {
        let start = base.span;
        let (mut sub, mut sup, mut primes) = (None, None, 0);
        while let Some(token) = self.peek_past_space() {
            if token.is('_') && sub.is_none() {
                self.next();
                sub = Some(Box::new(self.argument()));
            } else if token.is('^') && sup.is_none() {
                self.next();
                let arg = self.argument();
                match written_primes(&arg) {
                    Some(n) => primes += n,
                    None => sup = Some(Box::new(arg)),
                }
            } else if primes_of(&token) > 0 {
                self.next();
                primes += primes_of(&token);
            } else {
                break;
            }
        }
        Tex::new(TexKind::Script { base: Box::new(base), sub, sup, primes }, self.since(start))
    }
}
