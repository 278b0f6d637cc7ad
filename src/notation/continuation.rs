//! Rows of a display that go on from the row above: they begin with an operator, or follow one that ends with an operator.

use crate::notation::line::{has_sign, is_filler};
use crate::notation::relation::{Role, sign_at};
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// A row that begins with an operator, or follows one that ends with an operator, and has no relation of its own goes on
/// from the row before. So does one that has, where it begins with what no equation begins with.
pub(super) fn with_continuations(rows: Vec<(Vec<Tex>, Span)>) -> Vec<(Vec<Tex>, Span)> {
    let mut out: Vec<(Vec<Tex>, Span)> = vec![];
    let leads_on = lead_to_relation(&rows);
    for ((mut nodes, span), leads_on) in rows.into_iter().zip(leads_on) {
        if opens_with_operator(&nodes) {
            nodes.retain(|n| !is_invisible(n) || matches!(n.kind, TexKind::Space(_) | TexKind::Label { .. }));
        }
        let own = has_sign(&nodes);
        // `\Leftrightarrow` in a row of its own: the next line begins anew.
        if let [one] = nodes.iter().filter(|n| !is_filler(n)).collect::<Vec<_>>().as_slice()
            && sign_at(std::slice::from_ref(*one), 0).is_some_and(|(s, _)| s.role == Role::Connective)
        {
            continue;
        }
        let opens = opens_with_operator(&nodes);
        match out.last_mut() {
            Some((before, whole)) if ends_with_sign(before) && !begins_with_sign(&nodes) => {
                before.extend(nodes);
                *whole = whole.join(span);
            }
            Some((before, whole))
                if !own && has_sign(before) && (opens || ends_with_operator(before))
                    || own && opens && (!has_sign(before) || opens_with_binary(&nodes))
                    || !own && opens && leads_on =>
            {
                before.extend(nodes);
                *whole = whole.join(span);
            }
            _ => out.push((nodes, span)),
        }
    }
    out
}

/// Whether each row leads, by rows that begin with operators, to one that begins with a relation or has one: `1 + 2 \\ + 3
/// \\ = 6`.
fn lead_to_relation(rows: &[(Vec<Tex>, Span)]) -> Vec<bool> {
    let mut next = false;
    let behind = rows.iter().rev().map(|(nodes, _)| {
        let opens = opens_with_operator(nodes);
        if !opens || has_sign(nodes) {
            next = opens || begins_with_sign(nodes);
        }
        next
    });
    let mut all: Vec<bool> = behind.collect();
    all.reverse();
    all
}

pub(super) fn ends_with_sign(nodes: &[Tex]) -> bool {
    nodes.iter().rfind(|n| !is_filler(n)).is_some_and(|n| sign_at(std::slice::from_ref(n), 0).is_some())
}

pub(super) fn begins_with_sign(nodes: &[Tex]) -> bool {
    nodes.iter().find(|n| !is_filler(n)).is_some_and(|n| sign_at(std::slice::from_ref(n), 0).is_some())
}

pub(super) fn is_operator(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char(c) => matches!(c, '+' | '-' | '−' | '·' | '×' | '/'),
        TexKind::Command(c) => matches!(c.as_str(), "cdot" | "times" | "pm" | "mp" | "div"),
        // `{}+{}`, `\mathbin{+}`
        TexKind::Group(list) => matches!(list.as_slice(), [one] if is_operator(one)),
        TexKind::Call { name, args, .. } if name == "mathbin" => {
            args.iter().all(|a| matches!(a.list(), [one] if is_operator(one)))
        }
        _ => false,
    }
}

/// What shows nothing: `{}`, `\phantom{=}`, `\mbox{}`.
fn is_invisible(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Group(list) => list.iter().all(is_invisible),
        TexKind::Space(_) | TexKind::Label { .. } => true,
        TexKind::Text(t) => t.trim().is_empty(),
        TexKind::Call { name, args, .. } => match name.as_str() {
            "phantom" | "hphantom" | "vphantom" => true,
            "mathrel" | "mathbin" | "mathord" | "mbox" | "hbox" => args.iter().all(is_invisible),
            _ => false,
        },
        _ => false,
    }
}

fn first(nodes: &[Tex]) -> Option<&Tex> {
    nodes.iter().find(|n| !is_filler(n) && !is_invisible(n))
}

pub(super) fn opens_with_operator(nodes: &[Tex]) -> bool {
    first(nodes).is_some_and(is_operator)
}

/// Whether a row begins with an operator that no number has before it.
fn opens_with_binary(nodes: &[Tex]) -> bool {
    first(nodes).is_some_and(|n| is_operator(n) && !is_sign(n))
}

/// What may stand before a number.
fn is_sign(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char(c) => matches!(c, '-' | '−'),
        TexKind::Command(c) => matches!(c.as_str(), "pm" | "mp"),
        TexKind::Group(list) => matches!(list.as_slice(), [one] if is_sign(one)),
        _ => false,
    }
}

fn ends_with_operator(nodes: &[Tex]) -> bool {
    nodes.iter().rfind(|n| !is_filler(n) && !is_invisible(n)).is_some_and(is_operator)
}
