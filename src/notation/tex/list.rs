//! Lists of nodes: what ends them, and the commands that act on all the rest of a list (`\over`, `\bf`).

use super::commands::{Role, role};
use super::lexer::{Kind, Token};
use super::parser::{Parser, Within, error};
use super::script::begins_script;
use super::tree::{Tex, TexKind};
use crate::source::Span;

/// The stretch of a list that `\over` and `\bf` act on: up to the next row or cell.
#[derive(Default)]
struct Stretch {
    /// Index of its first node.
    start: usize,
    /// An infix command: how many nodes stand before it, the command it becomes, its span.
    infix: Option<(usize, &'static str, Span)>,
    /// A font: how many nodes stand before it, the command it becomes, its span.
    font: Option<(usize, &'static str, Span)>,
}

/// The span of a run of nodes; empty at `at` for none.
fn run_span(nodes: &[Tex], at: usize) -> Span {
    match (nodes.first(), nodes.last()) {
        (Some(first), Some(last)) => first.span.join(last.span),
        _ => Span::new(at, at),
    }
}

fn group(nodes: Vec<Tex>, at: usize) -> Tex {
    let span = run_span(&nodes, at);
    Tex::new(TexKind::Group(nodes), span)
}

fn call(name: &str, args: Vec<Tex>, span: Span) -> Tex {
    Tex::new(TexKind::Call { name: name.to_owned(), option: None, args }, span)
}

impl Stretch {
    fn end_font(&mut self, out: &mut Vec<Tex>) {
        let Some((index, name, span)) = self.font.take() else { return };
        let nodes = out.split_off(index.min(out.len()));
        if !nodes.is_empty() {
            let arg = group(nodes, span.end);
            let span = span.join(arg.span);
            out.push(call(name, vec![arg], span));
        }
    }

    fn end(&mut self, out: &mut Vec<Tex>) {
        self.end_font(out);
        if let Some((index, name, span)) = self.infix.take() {
            let below = group(out.split_off(index.min(out.len())), span.end);
            let above = group(out.split_off(self.start.min(out.len())), span.start);
            let whole = above.span.join(span).join(below.span);
            out.push(match name {
                "substack" => stacked(above, below, whole),
                _ => call(name, vec![above, below], whole),
            });
        }
        self.start = out.len();
    }
}

/// `a \atop b`: two rows.
fn stacked(above: Tex, below: Tex, span: Span) -> Tex {
    let rows = [above, below]
        .into_iter()
        .map(|part| super::tree::Row { span: part.span, cells: vec![part.list().to_vec()] })
        .collect();
    Tex::new(TexKind::Env { name: "substack".to_owned(), option: None, rows }, span)
}

impl<'a> Parser<'a> {
    /// Reads nodes up to what ends a list in `within`, which is not read.
    pub fn list(&mut self, within: Within) -> Vec<Tex> {
        self.open.push(within);
        let mut out = Vec::new();
        let mut stretch = Stretch::default();
        while let Some(token) = self.peek_past_space() {
            if self.ends_list(&token) {
                break;
            }
            if begins_script(&token) {
                let at = Span::new(token.span.start, token.span.start);
                out.push(Tex::new(TexKind::Group(Vec::new()), at));
                self.scripts(&mut out);
                continue;
            }
            match role(token.name()) {
                Some(Role::Switch(name)) => self.switch(name, &mut stretch, &mut out),
                Some(Role::Infix(name)) => {
                    self.next();
                    stretch.end_font(&mut out);
                    if stretch.infix.is_some() {
                        out.push(error("tex-infix", token.span));
                    } else {
                        stretch.infix = Some((out.len(), name, token.span));
                    }
                }
                Some(Role::Break) => {
                    stretch.end(&mut out);
                    let span = self.line_break();
                    out.push(Tex::new(TexKind::Break, span));
                    stretch.start = out.len();
                }
                _ if token.is('&') => {
                    stretch.end(&mut out);
                    self.next();
                    let in_cells = !self.environments.is_empty();
                    out.push(if in_cells {
                        error("tex-align", token.span)
                    } else {
                        Tex::new(TexKind::Align, token.span)
                    });
                    stretch.start = out.len();
                }
                _ => {
                    let before = out.len();
                    self.atom(&mut out);
                    if out.len() > before {
                        self.scripts(&mut out);
                    }
                }
            }
        }
        stretch.end(&mut out);
        self.open.pop();
        out
    }

    /// `\bf`: with a brace right behind it as good as `\mathbf`, otherwise for the rest of the stretch.
    fn switch(&mut self, name: &'static str, stretch: &mut Stretch, out: &mut Vec<Tex>) {
        let Some(token) = self.next() else { return };
        if self.peek().is_some_and(|t| t.kind == Kind::Open) {
            let arg = self.argument();
            let span = token.span.join(arg.span);
            out.push(call(name, vec![arg], span));
            self.scripts(out);
        } else {
            stretch.end_font(out);
            stretch.font = Some((out.len(), name, token.span));
        }
    }

    /// Whether the token ends the innermost list. What closes something further out ends every list up to it; what
    /// closes nothing ends none and becomes an error where it stands.
    fn ends_list(&self, token: &Token<'a>) -> bool {
        let within = self.within();
        match token.kind {
            Kind::Close => self.brace_is_open(),
            Kind::Char(']') => within == Within::Option,
            Kind::Char('&') => matches!(self.cells_of(), Within::Cell | Within::BraceCell),
            Kind::Command => match role(token.name()) {
                Some(Role::Break) => matches!(self.cells_of(), Within::Cell | Within::BraceCell),
                Some(Role::Right) => within == Within::Fenced,
                Some(Role::End) => within == Within::Cell || self.end_is_open(),
                _ => false,
            },
            _ => false,
        }
    }
}
