//! Probabilities by what stands in their brackets: `P(Y_1 \mid X)`, `\Pr[X \geq a]`, `\mathbb{P}\{X > x\}`.

use crate::expr::{Expr, Sort, Symbol};
use crate::notation::reader::{Cursor, Reader, char_of, command_of, significant};
use crate::notation::relation::plain_text;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// In the name of a family of probabilities: behind a variable that a sum or an integral around it
/// binds, as often as says which of its indices that is.
pub(crate) const BOUND: char = '\u{2060}';

/// Commands that compare numbers, by the character that says the same.
const ORDER: &[(&[&str], char)] = &[
    (&["le", "leq", "leqslant"], '≤'),
    (&["ge", "geq", "geqslant"], '≥'),
    (&["ne", "neq"], '≠'),
    (&["lt"], '<'),
    (&["gt"], '>'),
];

/// Names of probability measures and densities.
pub(super) fn is_probability(base: &str) -> bool {
    matches!(
        base,
        "P" | "p"
            | "Q"
            | "q"
            | "\\mathbb{P}"
            | "Pr"
            | "\\mathrm{Pr}"
            | "\\hat{P}"
            | "\\hat{p}"
            | "\\mathrm{P}"
            | "\\pi"
    )
}

/// Whether signs between sets, or marks of complements, stand in the brackets of a probability.
pub(super) fn of_sets(list: &[Tex]) -> bool {
    list.iter().any(|n| match &n.kind {
        TexKind::Script { base, sub: None, sup: Some(sup), .. } => {
            let mark = significant(sup.list());
            let complement = |m: &Tex| {
                matches!(char_of(m), Some('c' | 'C')) || command_of(m) == Some("complement") || plain_text(m) == "c"
            };
            matches!(mark.as_slice(), [one] if complement(one))
                && base_name(base).is_none_or(|b| b.chars().all(|c| c.is_uppercase()))
        }
        TexKind::Char(c) => matches!(c, '∪' | '∩' | '∖' | '∅' | '¬'),
        TexKind::Fenced { body, .. } | TexKind::Group(body) => of_sets(body),
        TexKind::Call { name, args, .. } => name == "overline" && args.iter().any(|a| base_name(a).is_some()),
        _ => matches!(
            command_of(n),
            Some(
                "cup"
                    | "cap"
                    | "setminus"
                    | "smallsetminus"
                    | "backslash"
                    | "emptyset"
                    | "varnothing"
                    | "neg"
                    | "lnot"
                    | "lor"
                    | "land"
            )
        ),
    })
}

impl Reader<'_> {
    /// `\Pr(A)`, `\Pr[X \geq a]`; the cursor is at the name.
    pub(crate) fn probability(&mut self, name: &str, cursor: &mut Cursor, node: &Tex) -> Option<Expr> {
        cursor.next();
        let Some((_, _, inner, close, taken)) = super::mixfix::group(cursor) else { return Some(self.unknown(node)) };
        let list = significant(inner);
        cursor.at += taken;
        let value = self.event(name, &[], &list);
        Some(match &close.kind {
            TexKind::Script { sub, sup, .. } => self.with_scripts(value, sub.as_deref(), sup.as_deref(), close),
            _ => value,
        })
    }

    /// `P(Y_1 \mid X)`: a number in [0, 1] that is named by what stands in the brackets.
    pub(super) fn event(&mut self, name: &str, under: &[Expr], list: &[Tex]) -> Expr {
        // An index variable in scope makes a family of numbers: `P(t_n \mid x_n)`.
        let mut used: Vec<Expr> = vec![];
        let depends = |l: &&Symbol| list.iter().any(|n| mentions(n, &l.name)) || under.iter().any(|e| e.mentions(l));
        for l in self.locals.iter().rev().filter(depends) {
            if !used.iter().any(|u| u.as_symbol().is_some_and(|s| s.name == l.name)) {
                used.insert(0, Expr::sym(l.clone()));
            }
        }
        // The same order for sums in any order.
        used.sort_by_key(|u| u.as_symbol().map(|s| s.name.clone()));
        let mut text = String::new();
        for node in list {
            match (&node.kind, command_of(node)) {
                (TexKind::Char('|'), _) | (_, Some("mid" | "middle|" | "vert" | "lvert")) => text.push_str(" | "),
                (TexKind::Char(','), _) => text.push_str(", "),
                (_, Some(sign)) if ORDER.iter().any(|(names, _)| names.contains(&sign)) => {
                    text.extend(ORDER.iter().filter(|(names, _)| names.contains(&sign)).map(|(_, c)| c));
                }
                _ => text.push_str(&self.words_of(std::slice::from_ref(node))),
            }
            let bound = used.iter().position(|u| u.as_symbol().is_some_and(|s| mentions(node, &s.name)));
            text.extend(bound.into_iter().flat_map(|at| std::iter::repeat_n(BOUND, at + 1)));
        }
        let name = with_subscripts(name, under);
        let symbol = Expr::sym(Symbol::new(&format!("{name}({text})"), Sort::Unknown));
        if used.is_empty() { symbol } else { symbol.index(used) }
    }
}

/// A name with its subscripts as one name.
pub(super) fn with_subscripts(name: &str, under: &[Expr]) -> String {
    let list: Vec<String> = under.iter().map(ToString::to_string).collect();
    if list.is_empty() { name.to_owned() } else { format!("{name}_{{{}}}", list.join(",")) }
}

fn mentions(node: &Tex, name: &str) -> bool {
    match &node.kind {
        TexKind::Char(c) => name.chars().eq(std::iter::once(*c)),
        TexKind::Command(c) => name.strip_prefix('\\') == Some(c),
        TexKind::Group(l) => l.iter().any(|n| mentions(n, name)),
        TexKind::Script { base, sub, sup, .. } => {
            mentions(base, name)
                || sub.as_ref().is_some_and(|s| mentions(s, name))
                || sup.as_ref().is_some_and(|s| mentions(s, name))
        }
        TexKind::Call { args, .. } => args.iter().any(|a| mentions(a, name)),
        TexKind::Fenced { body, .. } => body.iter().any(|n| mentions(n, name)),
        _ => false,
    }
}
