//! Environments, rows and cells.

use super::commands::{EnvOption, Role, env_option, role};
use super::lexer::{Kind, is_space, raw_text};
use super::parser::{Parser, Within, error};
use super::tree::{Row, Tex, TexKind};
use crate::source::Span;

/// How many tokens of `\\[…]` are looked at for a length.
const LENGTH_TOKENS: usize = 16;

/// Whether the text is a TeX length: `2pt`, `-0.5 em`.
pub(super) fn is_length(text: &str) -> bool {
    let text = text.trim_matches(is_space);
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '\\' || is_space(c));
    let unit = text.strip_prefix(number).unwrap_or("").trim_matches(is_space);
    let digits = number.trim_start_matches(['-', '+']);
    !unit.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && (unit.starts_with('\\') || (unit.len() == 2 && digits.contains(|c: char| c.is_ascii_digit())))
}

impl<'a> Parser<'a> {
    /// Whether the `\end{name}` that follows here closes an open environment.
    pub fn end_is_open(&self) -> bool {
        let name = self.coming_end();
        self.environments.contains(&name)
    }

    /// The name in the `\end{name}` that comes here, which is not read.
    fn coming_end(&self) -> String {
        let mut ahead = 1;
        let mut inside = Vec::new();
        while let Some(token) = self.peek_at(ahead).filter(|_| ahead < 40) {
            match token.kind {
                Kind::Open | Kind::Space => {}
                Kind::Close => break,
                _ => inside.push(token),
            }
            ahead += 1;
        }
        raw_text(inside)
    }

    /// `\begin{name} … \end{name}`.
    pub fn environment(&mut self, out: &mut Vec<Tex>) {
        let Some(begin) = self.next() else { return };
        let name = match self.words() {
            Ok((name, _)) => name.trim_matches(is_space).to_owned(),
            Err(_) => return out.push(error("tex-environment", self.since(begin.span))),
        };
        let opening = self.since(begin.span);
        if !self.enter() {
            let (span, _) = self.skip_balanced(opening, |t| match role(t.name()) {
                Some(Role::Begin) => 1,
                Some(Role::End) => -1,
                _ => 0,
            });
            let _ = self.words();
            return out.push(error("tex-depth", self.since(span)));
        }
        let option = self.environment_option(&name);
        let inside = self.here();
        self.environments.push(name);
        let rows = self.rows(Within::Cell);
        let name = self.environments.pop().unwrap_or_default();
        self.leave();
        let closes = self.peek().is_some_and(|t| role(t.name()) == Some(Role::End));
        let own = closes && self.coming_end() == name;
        if own {
            self.next();
            let _ = self.words();
            out.push(Tex::new(TexKind::Env { name, option, rows }, self.since(begin.span)));
        } else {
            let other_is_open = self.end_is_open();
            if closes && !other_is_open {
                // A name that nothing opened was meant for this one.
                let span = Span::new(begin.span.start, self.end().max(opening.end));
                out.push(Tex::new(TexKind::Env { name, option, rows }, span));
                self.stray_end(out);
            } else {
                let span = Span::new(inside.max(opening.end), self.end());
                out.push(error("tex-environment", Span::new(opening.start, span.start)));
                out.push(Tex::new(TexKind::Env { name, option, rows }, span));
            }
        }
    }

    /// An `\end{…}` that closes nothing.
    pub fn stray_end(&mut self, out: &mut Vec<Tex>) {
        let Some(end) = self.next() else { return };
        let _ = self.words();
        out.push(error("tex-environment", self.since(end.span)));
    }

    fn environment_option(&mut self, name: &str) -> Option<String> {
        let takes = env_option(name);
        if takes != EnvOption::Brace || self.peek_past_space().is_some_and(|t| t.is('[')) {
            let text = self.short_bracket(|text| {
                takes == EnvOption::Bracket || matches!(text.trim_matches(is_space), "t" | "b" | "c")
            });
            if takes == EnvOption::Bracket {
                return text;
            }
        }
        let brace = takes == EnvOption::Brace && self.peek_past_space().is_some_and(|t| t.kind == Kind::Open);
        if brace { self.words().ok().map(|(text, _)| text) } else { None }
    }

    /// A short `[…]` right here whose text is as wanted; otherwise nothing is read.
    fn short_bracket(&mut self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        self.peek().filter(|t| t.is('['))?;
        let mut inside = Vec::new();
        for ahead in 1..LENGTH_TOKENS {
            let token = self.peek_at(ahead)?;
            if token.is(']') {
                let text = raw_text(inside);
                if !wanted(&text) {
                    return None;
                }
                for _ in 0..=ahead {
                    self.next();
                }
                return Some(text);
            }
            inside.push(token);
        }
        None
    }

    /// Reads `\\`, `\\*`, `\\[2pt]`; gives its span.
    pub fn line_break(&mut self) -> Span {
        let Some(first) = self.next() else { return Span::default() };
        if first.name() == "\\" {
            self.next_if(|t| t.is('*'));
            self.short_bracket(is_length);
        }
        self.since(first.span)
    }

    /// Rows up to what ends them, which is not read. An empty row after the last `\\` is none.
    pub fn rows(&mut self, within: Within) -> Vec<Row> {
        let mut rows = Vec::new();
        loop {
            self.skip_space();
            let start = self.here();
            let mut cells = vec![self.list(within)];
            while self.next_if(|t| t.is('&')).is_some() {
                cells.push(self.list(within));
            }
            rows.push(Row { cells, span: Span::new(start, self.end()) });
            if !self.peek().is_some_and(|t| role(t.name()) == Some(Role::Break)) {
                break;
            }
            self.line_break();
        }
        rows.pop_if(|row| row.cells.len() == 1 && row.cells.iter().all(Vec::is_empty));
        rows
    }

    /// `\substack{…}`, `\pmatrix{…}`: rows in braces.
    pub fn brace_rows(&mut self, name: &'static str, out: &mut Vec<Tex>) {
        let Some(command) = self.next() else { return };
        let env = |rows, span| Tex::new(TexKind::Env { name: name.to_owned(), option: None, rows }, span);
        if !self.peek_past_space().is_some_and(|t| t.kind == Kind::Open) {
            let arg = self.argument();
            let row = Row { span: arg.span, cells: vec![vec![arg]] };
            return out.push(env(vec![row], self.since(command.span)));
        }
        if !self.enter() {
            return self.group(out);
        }
        self.next();
        let opening = self.since(command.span);
        let rows = self.rows(Within::BraceCell);
        self.leave();
        if self.next_if(|t| t.kind == Kind::Close).is_some() {
            out.push(env(rows, self.since(command.span)));
        } else {
            let rest = Span::new(opening.end, self.end());
            out.push(error("tex-unbalanced", opening));
            out.push(env(rows, rest));
        }
    }
}
