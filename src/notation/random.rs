//! Operators of probability by their names, and signs that mean something only with what stands beside them.

use crate::expr::{Expr, PLACE};
use crate::notation::mixfix::group;
use crate::notation::probability::is_probability;
use crate::notation::reader::{Cursor, Reader, command_of, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Signs between sets and other things that are not numbers: command, how it is shown.
pub(super) const BETWEEN: &[(&str, &str)] = &[
    ("cup", "∪"),
    ("cap", "∩"),
    ("setminus", "∖"),
    ("backslash", "∖"),
    ("smallsetminus", "∖"),
    ("uplus", "⊎"),
    ("sqcup", "⊔"),
    ("otimes", "⊗"),
    ("oplus", "⊕"),
    ("ominus", "⊖"),
    ("star", "⋆"),
    ("bigtriangleup", "△"),
    ("rtimes", "⋊"),
    ("oslash", "⊘"),
];

/// Things with a sign of their own and no value: command, how it is shown.
const NAMES: &[(&str, &str)] = &[
    ("emptyset", "\\emptyset"),
    ("varnothing", "\\emptyset"),
    ("cdot", "·"),
    ("bullet", "·"),
    ("top", "\\top"),
    ("bot", "\\bot"),
];

impl Reader<'_> {
    /// `\mathrm{Cov}(X)`, `\mathbb{P}\{X = x\}`, `\mathrm{KL}[p \,\|\, q]`, `\mathrm{H}_2[X]`: an upright word before square
    /// or curly brackets, or before round ones with bars or a semicolon. The cursor is at the word.
    pub(crate) fn random_operator(
        &mut self,
        word: &str,
        scripts: [Option<&Tex>; 2],
        cursor: &mut Cursor,
    ) -> Option<Expr> {
        let [sub, sup] = scripts;
        let mut after = cursor.clone();
        after.next();
        let (open, _, inner, _, _) = group(&after)?;
        let list = significant(inner);
        let conditional = list.iter().any(|n| {
            matches!(n.kind, TexKind::Char('|' | ';' | '∥'))
                || matches!(command_of(n), Some("mid" | "middle|" | "vert" | "parallel" | "Vert" | "|"))
        });
        if sup.is_some() || open == "(" && !conditional {
            return None;
        }
        if sub.is_none()
            && is_probability(word)
            && let Some(node) = cursor.peek()
        {
            return self.probability(word, cursor, node);
        }
        let mut name = if word.starts_with('\\') { word.to_owned() } else { format!("\\mathrm{{{word}}}") };
        if let Some(sub) = sub {
            name.push_str(&format!("_{{{}}}", self.words_of(sub.list())));
        }
        cursor.next();
        let words: Vec<&Tex> = sub.into_iter().collect();
        self.uninterpreted_call(&name, cursor, &words)
    }

    /// A named operator that no row knows, `\operatorname{ord}_p a`, `\operatorname{Log}(z w)`: it is applied to what
    /// stands right behind it, with or without brackets, and is no factor. One that the notes apply like a function is
    /// read as that.
    pub(crate) fn applied_operator(
        &mut self,
        word: &str,
        [sub, sup]: [Option<&Tex>; 2],
        cursor: &mut Cursor,
    ) -> Option<Expr> {
        let base = base_name(match &cursor.peek()?.kind {
            TexKind::Script { base, primes: 0, .. } => base,
            TexKind::Script { .. } => return None,
            _ => cursor.peek()?,
        });
        if sup.is_some()
            || base.is_some_and(|name| self.names.functions.contains(&name) || self.names.declared.contains(&name))
        {
            return None;
        }
        let mut name = word.to_owned();
        if let Some(sub) = sub {
            name.push_str(&format!("_{{{}}}", self.words_of(sub.list())));
        }
        let words: Vec<&Tex> = sub.into_iter().collect();
        let mut after = cursor.clone();
        after.next();
        if group(&after).is_some() {
            cursor.next();
            return self.uninterpreted_call(&name, cursor, &words);
        }
        let begins = |n: &Tex| match &n.kind {
            TexKind::Char(c) => c.is_alphabetic(),
            TexKind::Script { base, .. } => base_name(base).is_some(),
            TexKind::Number(_) => true,
            TexKind::Call { name, .. } if matches!(name.as_str(), "sqrt" | "frac" | "dfrac" | "tfrac") => true,
            _ => base_name(n).is_some(),
        };
        if !after.peek().is_some_and(begins) {
            return None;
        }
        let body = self.loose_argument("", &mut after)?;
        cursor.at = after.at;
        Some(self.fixed(&format!("{name}({PLACE})"), vec![body.argument], &words))
    }

    /// A command that is neither a name nor a function.
    pub(super) fn sign_without_value(&mut self, command: &str, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        cursor.next();
        if matches!(node.kind, TexKind::Script { .. }) && matches!(command, "cup" | "cap" | "bigcup" | "bigcap") {
            let TexKind::Script { sub, sup, .. } = &node.kind else { return None };
            let sign = format!("\\{command}");
            return self.uninterpreted_operator(&sign, [sub.as_deref(), sup.as_deref()], cursor);
        }
        if matches!(command, "bigcup" | "bigcap" | "coprod" | "bigoplus" | "bigotimes") {
            return self.uninterpreted_operator(&format!("\\{command}"), [None, None], cursor);
        }
        // `\#D`: how many there are.
        if command == "#"
            && let Some(e) = self.factor(cursor)
        {
            return Some(self.fixed(&format!("\\# {PLACE}"), vec![e], &[]));
        }
        match NAMES.iter().find(|(name, _)| *name == command) {
            Some((_, shown)) if !matches!(node.kind, TexKind::Script { .. }) => Some(self.fixed(shown, vec![], &[])),
            _ => Some(self.unknown(node)),
        }
    }

    /// `\partial L / \partial w` in a line; the cursor is at the first ∂.
    pub(super) fn partial_in_line(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let rest = cursor.rest();
        let bare =
            |n: &Tex| matches!(&n.kind, TexKind::Command(c) if c == "partial") || matches!(n.kind, TexKind::Char('∂'));
        let slash = (2..rest.len().min(8)).find(|i| {
            rest.get(*i).is_some_and(|n| matches!(n.kind, TexKind::Char('/'))) && rest.get(i + 1).is_some_and(bare)
        })?;
        let body = rest.get(1..slash)?.to_vec();
        let mut after = Cursor { nodes: cursor.nodes, at: cursor.at + slash + 2 };
        let place = self.factor(&mut after)?;
        let body = self.expression(&body);
        cursor.at = after.at;
        Some(Expr::relate("partial", body, place))
    }
}
