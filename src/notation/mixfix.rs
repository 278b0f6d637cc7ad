//! Notation that is read and whose meaning stays open: `\mathrm{KL}[p \,\|\, q]`, `f(x \mid y)`,
//! `\mathcal{N}(x; \mu, \Sigma)`, `\mathbb{E}_{q}[f]`, `\|x\|_p`, sums over pairs.
//!
//! Each becomes an application of a function without a formula. The function's name is the notation with a place
//! ([`PLACE`]) for each argument. What the fixed words mention stands behind the arguments, so that two such things are
//! equal only if they are about the same symbols.

use crate::expr::{Expr, NO_PLACE, Node, PLACE, Sort, Symbol};
use crate::notation::reader::{Cursor, Reader, char_of, closing, command_of, significant};
use crate::notation::relation::sign_at;
use crate::notation::set::is_dots;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind, to_latex};

/// Separators inside of brackets, as they are shown.
fn separator(nodes: &[Tex], at: usize) -> Option<(&'static str, usize)> {
    let node = nodes.get(at)?;
    let single = |n: &Tex| matches!(n.kind, TexKind::Char('|'));
    match &node.kind {
        TexKind::Char(',') => Some((", ", 1)),
        TexKind::Char(';') => Some(("; ", 1)),
        TexKind::Char('∥' | '‖') => Some((" \\| ", 1)),
        TexKind::Char('∣') => Some((" \\mid ", 1)),
        TexKind::Char('|') if nodes.get(at + 1).is_some_and(single) => Some((" \\| ", 2)),
        TexKind::Char('|') => Some((" \\mid ", 1)),
        TexKind::Command(c) => match c.as_str() {
            "mid" | "vert" | "middle|" | "given" => Some((" \\mid ", 1)),
            "parallel" | "Vert" | "|" | "middle\\|" | "middle\\Vert" => Some((" \\| ", 1)),
            _ => None,
        },
        _ => None,
    }
}

/// The parts of a bracket between separators outside of brackets, each with the separator before it. Two single bars
/// are an absolute value.
fn pieces(nodes: &[Tex]) -> Vec<(&'static str, &[Tex])> {
    let lone = nodes.iter().filter(|n| matches!(n.kind, TexKind::Char('|'))).count() != 2
        || (0..nodes.len()).any(|i| separator(nodes, i).is_some_and(|(_, n)| n == 2));
    let mut out = vec![];
    let (mut start, mut at, mut before) = (0, 0, "");
    while at < nodes.len() {
        if matches!(nodes.get(at).map(|n| &n.kind), Some(TexKind::Char('(' | '[')))
            || matches!(nodes.get(at).map(|n| &n.kind), Some(TexKind::Command(c)) if matches!(c.as_str(), "{" | "lbrace" | "langle"))
        {
            at = closing(nodes, at).unwrap_or(at) + 1;
            continue;
        }
        match separator(nodes, at) {
            Some((text, taken)) if lone || !matches!(nodes.get(at).map(|n| &n.kind), Some(TexKind::Char('|'))) => {
                out.push((before, nodes.get(start..at).unwrap_or(&[])));
                (before, start) = (text, at + taken);
                at += taken;
            }
            _ => at += 1,
        }
    }
    out.push((before, nodes.get(start..).unwrap_or(&[])));
    out
}

/// An application of a function without a formula.
fn call(name: &str, args: Vec<Expr>) -> Expr {
    let marked = match name.contains(PLACE) {
        true => name.to_owned(),
        false => format!("{name}{NO_PLACE}"),
    };
    Expr::new(Node::Call(Symbol::new(&marked, Sort::Function), args))
}

impl Reader<'_> {
    /// `before ( … ) after` where the brackets hold arguments between commas, semicolons and bars.
    pub(crate) fn uninterpreted(
        &mut self,
        before: &str,
        brackets: (&str, &str),
        inner: &[Tex],
        words: &[&Tex],
    ) -> Expr {
        let list = significant(inner);
        let mut name = format!("{before}{}", brackets.0);
        let (mut args, mut hidden) = (vec![], vec![]);
        for (sign, piece) in pieces(&list) {
            name.push_str(sign);
            match piece {
                [] => {}
                [one] if is_dots(one) => name.push('…'),
                [one] if matches!(command_of(one), Some("cdot" | "bullet")) && base_name(one).is_none() => {
                    name.push('·')
                }
                _ => match self.argument(piece) {
                    Some(e) => {
                        name.push(PLACE);
                        args.push(e);
                    }
                    None => {
                        name.push_str(&self.words_of(piece));
                        piece.iter().for_each(|n| self.mentioned(n, &mut hidden));
                    }
                },
            }
        }
        name.push_str(brackets.1);
        words.iter().for_each(|w| self.mentioned(w, &mut hidden));
        args.extend(hidden);
        call(&name, args)
    }

    /// One argument: an expression, or a relation as a truth value.
    fn argument(&mut self, piece: &[Tex]) -> Option<Expr> {
        let problems = self.problems.len();
        let related = (0..piece.len()).any(|i| sign_at(piece, i).is_some());
        let e = if related { self.truth(piece) } else { Some(self.expression(piece)) };
        if self.problems.len() > problems {
            self.problems.truncate(problems);
            return None;
        }
        e
    }

    /// One operand in a fixed notation: `around` has a place for it.
    pub(crate) fn fixed(&mut self, around: &str, args: Vec<Expr>, words: &[&Tex]) -> Expr {
        let mut hidden = vec![];
        words.iter().for_each(|w| self.mentioned(w, &mut hidden));
        call(around, args.into_iter().chain(hidden).collect())
    }

    /// What is written in a way that has two readings, as a notation of its parts: the same where these are. What is said
    /// of it is said of one reading and defines nothing, so that a number stands among its arguments.
    pub(crate) fn either(&mut self, around: &str, parts: Vec<Expr>) -> Expr {
        self.fixed(around, parts.into_iter().chain([Expr::int(0)]).collect(), &[])
    }

    /// The text of nodes with single spaces: as written, and where a macro or a normal form made them, as they came out.
    pub(crate) fn words_of(&self, nodes: &[Tex]) -> String {
        let text: Vec<String> = nodes
            .iter()
            .map(|n| match self.is_written(n) {
                true => self.slice(n.span),
                false => to_latex(std::slice::from_ref(n)),
            })
            .collect();
        text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ").replace(PLACE, "")
    }

    /// Whether the text at a node's place spells the node.
    fn is_written(&self, node: &Tex) -> bool {
        let text = self.text.get(node.span.range()).unwrap_or("");
        match &node.kind {
            TexKind::Char(c) => text.chars().eq([*c]) || !c.is_alphanumeric() && !text.starts_with('\\'),
            TexKind::Number(digits) => text == digits.as_str(),
            TexKind::Command(name) => {
                text.strip_prefix('\\').is_some_and(|t| t.starts_with(name.as_str())) || !text.starts_with('\\')
            }
            _ => node.children().into_iter().all(|n| self.is_written(n)),
        }
    }

    /// The names that nodes mention.
    fn mentioned(&self, node: &Tex, out: &mut Vec<Expr>) {
        if let Some(name) = base_name(node) {
            let name = self.names.aliases.get(&name).unwrap_or(&name);
            let local = self.locals.iter().rev().find(|l| *l.name == *name).cloned();
            let e = Expr::sym(local.unwrap_or_else(|| Symbol::new(name, Sort::Unknown)));
            if !name.starts_with("\\text") && !out.contains(&e) {
                out.push(e);
            }
            return;
        }
        node.children().into_iter().for_each(|n| self.mentioned(n, out));
    }

    /// `name[ … ]` and `name( … )` at the cursor, with the scripts of the closing bracket; `None` if no bracket is there.
    pub(crate) fn uninterpreted_call(&mut self, name: &str, cursor: &mut Cursor, words: &[&Tex]) -> Option<Expr> {
        let (open, close, inner, end, taken) = group(cursor)?;
        let inner = inner.to_vec();
        let end = end.clone();
        cursor.at += taken;
        let e = self.uninterpreted(name, (open, close), &inner, words);
        Some(match &end.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(e, sub.as_deref(), sup.as_deref(), &end),
            _ => e,
        })
    }

    /// A big operator whose range is not of a kind that binds: a sum over pairs, over a condition, over nothing named.
    pub(crate) fn uninterpreted_operator(
        &mut self,
        sign: &str,
        scripts: [Option<&Tex>; 2],
        cursor: &mut Cursor,
    ) -> Option<Expr> {
        let [sub, sup] = scripts;
        let renamed = self.renamed.len();
        let mut name = sign.to_owned();
        if let Some(sub) = sub {
            let list = significant(sub.list());
            let end = (0..list.len()).find(|i| sign_at(&list, *i).is_some()).unwrap_or(list.len());
            variables(list.get(..end).unwrap_or(&[]), &mut self.renamed);
            name.push_str(&format!("_{{{}}}", self.words_of(sub.list())));
        }
        if let Some(sup) = sup {
            name.push_str(&format!("^{{{}}}", self.words_of(sup.list())));
        }
        let body = self.term(cursor);
        self.renamed.truncate(renamed);
        name.push(' ');
        name.push(PLACE);
        let words: Vec<&Tex> = [sub, sup].into_iter().flatten().collect();
        Some(self.fixed(&name, vec![body?], &words))
    }
}

/// The names before a relation in a subscript: they are bound there.
pub(crate) fn variables(nodes: &[Tex], out: &mut Vec<String>) {
    for node in nodes {
        match base_name(node) {
            Some(name) => out.push(name),
            None => match &node.kind {
                // `s'` is another variable than s.
                TexKind::Script { base, sub: None, sup: None, primes: marks @ 1.. } if base_name(base).is_some() => {
                    out.extend(base_name(base).map(|name| format!("{name}{}", "'".repeat(*marks))));
                }
                TexKind::Script { base, .. } => variables(std::slice::from_ref(base), out),
                TexKind::Group(list) | TexKind::Fenced { body: list, .. } => variables(list, out),
                _ => {}
            },
        }
    }
}

/// What stands in the brackets at the cursor: `( )`, `[ ]`, `\{ \}`, fenced or plain; the node that closes them, nodes taken.
pub(crate) fn group<'t>(cursor: &Cursor<'t>) -> Option<(&'static str, &'static str, &'t [Tex], &'t Tex, usize)> {
    let node = cursor.peek()?;
    let kind = |open: &str| match open {
        "(" => Some(("(", ")")),
        "[" => Some(("[", "]")),
        "{" | "\\{" | "\\lbrace" | "lbrace" => Some(("\\{", "\\}")),
        _ => None,
    };
    let fenced = match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    };
    if let TexKind::Fenced { open, close, body } = &fenced.kind {
        let (o, c) = kind(open)?;
        let closes = matches!((c, close.as_str()), (")", ")") | ("]", "]") | ("\\}", "\\}" | "\\rbrace"));
        return closes.then_some((o, c, body.as_slice(), node, 1));
    }
    let open = match &node.kind {
        TexKind::Char(c @ ('(' | '[')) => c.to_string(),
        TexKind::Command(c) if c == "{" || c == "lbrace" => "{".to_owned(),
        _ => return None,
    };
    let (o, c) = kind(&open)?;
    let end = closing(cursor.nodes, cursor.at)?;
    let close = cursor.nodes.get(end)?;
    let closes = match c {
        ")" => char_of(close) == Some(')'),
        "]" => char_of(close) == Some(']'),
        _ => matches!(command_of(close), Some("}" | "rbrace")),
    };
    closes.then_some((o, c, cursor.nodes.get(cursor.at + 1..end).unwrap_or(&[]), close, end + 1 - cursor.at))
}
