//! `T` as the end of a range and as the mark of a transpose in one document: `\sum_{t=1}^T x_t x_t^T`.

use std::collections::BTreeSet;

use crate::notation::raised::{BRACKET, is_t};
use crate::notation::reader::{at_some_level, char_of, command_of};
use crate::notation::relation::plain_text;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Letters of vectors, by custom: nobody raises them to the number of steps before what is counted by steps.
const VECTORS: &[&str] = &[
    "a", "b", "c", "h", "u", "v", "w", "x", "y", "z", "\\beta", "\\theta", "\\phi", "\\mu", "\\eta", "\\psi",
    "\\varphi",
];

/// A name with its subscript, and whether a `T` alone stands above it.
fn raised(node: &Tex) -> Option<(String, String, bool)> {
    match &node.kind {
        TexKind::Script { base, sub, sup, primes: 0 } => {
            let under = sub.as_ref().map_or(String::new(), |s| s.list().iter().map(plain_text).collect());
            let above = sup.as_ref().is_some_and(|s| is_t(s.list()));
            (above || sup.is_none()).then_some(())?;
            Some((base_name(base)?, under, above))
        }
        _ => Some((base_name(node)?, String::new(), false)),
    }
}

fn has_letter(subscript: &str) -> bool {
    subscript.chars().any(char::is_alphabetic)
}

/// The names under a superscript `T` that is a transpose whatever else T is: with an index, before or behind the same name,
/// in bold, before what is counted by steps, or of what there is a gradient by; `(` for brackets before brackets.
pub(crate) fn turned(nodes: &[Tex]) -> BTreeSet<String> {
    let found = std::cell::RefCell::new(BTreeSet::new());
    at_some_level(nodes, &|list| {
        found.borrow_mut().extend(beside(list));
        false
    });
    found.into_inner()
}

fn beside(list: &[Tex]) -> Vec<String> {
    let ends = |n: &Tex| matches!(n.kind, TexKind::Char('+' | '-' | '−' | '=' | ',' | '&')) || raised(n).is_none();
    let mut out = vec![];
    for (at, node) in list.iter().enumerate() {
        let closes = matches!(&node.kind, TexKind::Script { base, sub: None, sup: Some(sup), .. }
            if is_t(sup.list()) && (char_of(base) == Some(')') || matches!(base.kind, TexKind::Fenced { .. })));
        let opens = |n: &Tex| char_of(n) == Some('(') || matches!(&n.kind, TexKind::Fenced { open, .. } if open == "(");
        if closes && list.get(at + 1).is_some_and(opens) {
            out.push(BRACKET.to_owned());
        }
        let Some((name, under, true)) = raised(node) else { continue };
        let product = |n: &&Tex| !ends(n);
        let behind = list.get(at + 1..).unwrap_or(&[]).iter().take_while(product);
        let before = list.get(..at).unwrap_or(&[]).iter().rev().take(1);
        let same = |n: &Tex| raised(n).is_some_and(|(other, below, above)| !above && other == name && below == under);
        let vector = VECTORS.contains(&name.as_str());
        let counted = |n: &Tex| raised(n).is_some_and(|(_, below, above)| !above && has_letter(&below));
        let beside = behind.clone().any(same) || before.clone().any(same);
        if has_letter(&under)
            || beside
            || super::is_bold(&name)
            || vector && (list.get(at + 1).is_some_and(counted) || before.clone().any(counted))
        {
            out.push(name);
        }
    }
    out
}

/// The names under a superscript `T`.
pub(crate) fn under_t(nodes: &[Tex]) -> BTreeSet<String> {
    let found = std::cell::RefCell::new(BTreeSet::new());
    at_some_level(nodes, &|list| {
        found.borrow_mut().extend(list.iter().filter_map(raised).filter(|(_, _, above)| *above).map(|(name, ..)| name));
        false
    });
    found.into_inner()
}

/// The names that there are gradients by: `\nabla_w`.
pub(crate) fn slopes(nodes: &[Tex]) -> BTreeSet<String> {
    let found = std::cell::RefCell::new(BTreeSet::new());
    at_some_level(nodes, &|list| {
        let by = list.iter().filter(|n| command_of(n) == Some("nabla")).filter_map(|n| match &n.kind {
            TexKind::Script { sub: Some(sub), .. } => Some(plain_text(sub).trim().to_owned()),
            _ => None,
        });
        found.borrow_mut().extend(by);
        false
    });
    found.into_inner()
}
