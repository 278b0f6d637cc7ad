//! Functions made of functions and applied: `(g \circ f)(x)`, `(f * k)(x)`, `[g.f](h)`, `\widehat{f + g}(x)`.

use crate::expr::{Expr, PLACE};
use crate::notation::function::{bracket, is_customary};
use crate::notation::reader::{Cursor, Reader, char_of, closing, command_of, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Accents that may stand over more than a name.
const OVER: &[&str] = &["hat", "widehat", "tilde", "widetilde", "bar", "overline", "underline"];

/// A sign between functions.
fn is_sign(node: &Tex) -> bool {
    matches!(node.kind, TexKind::Char('*' | '.' | '+' | '-' | '−' | '∘' | '⋆'))
        || matches!(&node.kind, TexKind::Command(c) if matches!(c.as_str(), "ast" | "star" | "circ" | "cdot"))
}

fn is_composition(node: &Tex) -> bool {
    char_of(node) == Some('∘') || command_of(node) == Some("circ")
}

impl Reader<'_> {
    /// Functions with signs between them in brackets, and an argument behind: a chain of compositions and a sum of
    /// functions are what they say, other things stay open. `None` where the brackets hold anything else.
    pub(super) fn made_of_functions(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let node = cursor.peek()?;
        let (inner, taken) = match &node.kind {
            TexKind::Char('(' | '[') => {
                let end = closing(cursor.nodes, cursor.at)?;
                matches!(cursor.nodes.get(end)?.kind, TexKind::Char(')' | ']')).then_some(())?;
                (significant(cursor.nodes.get(cursor.at + 1..end)?), end + 1 - cursor.at)
            }
            TexKind::Fenced { open, close, body } if matches!((&**open, &**close), ("(", ")") | ("[", "]")) => {
                (significant(body), 1)
            }
            _ => return None,
        };
        let after = Cursor { nodes: cursor.nodes, at: cursor.at + taken };
        bracket(&after)?;
        let names: Vec<&Tex> = inner.iter().step_by(2).collect();
        let signs: Vec<&Tex> = inner.iter().skip(1).step_by(2).collect();
        let bare = |n: &Tex| match &n.kind {
            TexKind::Script { base, primes: 0, .. } => base_name(base),
            _ => base_name(n),
        };
        let bound = |name: &String| self.locals.iter().any(|l| *l.name == **name);
        let known = |name: &String| self.names.functions.contains(name) || self.names.applied.contains(name);
        let customary = |name: &String| is_customary(name) && name.chars().all(char::is_lowercase);
        let bases: Vec<String> = names.iter().map(|n| bare(n).filter(|b| !bound(b))).collect::<Option<_>>()?;
        let sums = signs.iter().all(|n| matches!(char_of(n), Some('+' | '-' | '−')));
        let functions = match sums {
            true => bases.iter().all(known),
            false => bases.iter().any(known) || bases.last().is_some_and(customary),
        };
        if names.len() != signs.len() + 1 || signs.is_empty() || !functions || !signs.iter().all(|n| is_sign(n)) {
            return None;
        }
        let (list, close, taken_behind) = bracket(&after)?;
        let one = super::reader::parts(list).len() == 1 && !matches!(close.kind, TexKind::Script { .. });
        let argument =
            |body: Vec<Tex>| Tex::new(TexKind::Fenced { open: "(".into(), close: ")".into(), body }, close.span);
        *cursor = after.clone();
        if one && (sums || signs.iter().all(|n| is_composition(n))) {
            cursor.at += taken_behind;
            let written: Vec<Tex> = match sums {
                true => inner
                    .iter()
                    .enumerate()
                    .flat_map(|(i, n)| [Some(n.clone()), (i % 2 == 0).then(|| argument(list.to_vec()))])
                    .flatten()
                    .collect(),
                false => names.iter().rev().fold(list.to_vec(), |inner, f| vec![(*f).clone(), argument(inner)]),
            };
            return Some(self.expression(&written));
        }
        let name = format!("({})", self.words_of(&inner));
        self.uninterpreted_call(&name, cursor, &names)
    }

    /// `\widehat{f + g}`, `\overline{A \cup B}`: an accent over more than a name, and its argument.
    pub(super) fn under_accent(&mut self, name: &str, args: &[Tex], cursor: &mut Cursor) -> Option<Expr> {
        let [arg] = args else { return None };
        let inner = significant(arg.list());
        if !OVER.contains(&name) || inner.is_empty() {
            return None;
        }
        let node = cursor.next()?;
        if bracket(cursor).is_some() && !matches!(node.kind, TexKind::Script { .. }) {
            let name = format!("\\{name}{{{}}}", self.words_of(&inner));
            return self.uninterpreted_call(&name, cursor, &[arg]);
        }
        let e = self.expression(&inner);
        let e = self.fixed(&format!("\\{name}{{{PLACE}}}"), vec![e], &[]);
        Some(match &node.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(e, sub.as_deref(), sup.as_deref(), node),
            _ => e,
        })
    }
}
