//! Factors: nodes side by side.

use super::Place;
use super::script::has_array;
use super::walk::{base, char_of, is_border, is_derivative, is_name, is_sign, is_space};
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

type Emit<'a> = &'a mut dyn FnMut(Span, String);

/// Longest part that is put in elsewhere, in bytes.
const LONGEST: usize = 160;

/// Most parts that are kept.
const MOST: usize = 24;

/// The factors of a list: a node, or a bracket with what is in it.
pub(super) fn factors(list: &[Tex]) -> Vec<Span> {
    let mut out = vec![];
    let mut at = 0;
    while let Some(node) = list.get(at) {
        // A named function and its bracket are one factor.
        let named = matches!(&node.kind, TexKind::Call { name, .. } if name.starts_with("operatorname"));
        let opening =
            if named { list.get(at + 1).filter(|n| !matches!(n.kind, TexKind::Fenced { .. })) } else { Some(node) };
        if named && let Some(fenced) = list.get(at + 1).filter(|n| matches!(n.kind, TexKind::Fenced { .. })) {
            out.push(node.span.join(fenced.span));
            at += 2;
            continue;
        }
        if opening.is_some_and(|n| matches!(char_of(n), Some('('))) {
            let close = list.iter().enumerate().skip(at).find(|(_, n)| matches!(char_of(base(n)), Some(')')));
            match close {
                Some((end, last)) => {
                    out.push(node.span.join(last.span));
                    at = end + 1;
                    continue;
                }
                None => return out,
            }
        }
        if is_factor(node) {
            out.push(node.span);
        }
        at += 1;
    }
    out
}

pub(super) fn is_factor(node: &Tex) -> bool {
    if is_sign(node) || is_border(node) || is_space(node) {
        return false;
    }
    match &base(node).kind {
        TexKind::Char(c) => c.is_alphanumeric(),
        TexKind::Number(_) | TexKind::Fenced { .. } | TexKind::Call { .. } => true,
        TexKind::Command(c) => crate::notation::base_name(base(node)).is_some() && c != "partial",
        _ => false,
    }
}

/// Neighbouring factors with nothing but spaces or a dot between.
fn neighbours(place: &Place, list: &[Tex]) -> Vec<(Span, Span)> {
    let all = factors(list);
    let beside = |a: &Span, b: &Span| {
        let between = place.slice(Span::new(a.end, b.start)).trim();
        // A name right in front of a bracket is applied to it.
        let named = place.slice(*a).ends_with(|c: char| c.is_alphabetic() || c == '}');
        let applied = a.end == b.start && named && place.slice(*b).starts_with(['(', '[']);
        let operates = list.iter().any(|n| is_derivative(n) && n.span == *a);
        !applied && !operates && (between.is_empty() || matches!(between, "\\cdot" | "\\times" | "\\," | "\\;"))
    };
    all.windows(2)
        .filter_map(|w| match w {
            [a, b] if beside(a, b) => Some((*a, *b)),
            _ => None,
        })
        .collect()
}

/// Each factor that has another beside it, gone.
pub(super) fn lost(place: &Place, emit: Emit) {
    for list in &place.values {
        for (a, b) in neighbours(place, list) {
            emit(a, String::new());
            emit(Span::new(a.end, b.end), String::new());
        }
    }
}

/// A symbol of the neighbourhood, 2, or ½ in front of a factor.
pub(super) fn extra(place: &Place, emit: Emit) {
    for list in place.values.iter().filter(|list| !place.is_limit(list)) {
        // Nothing times 0 is anything else.
        for span in factors(list).into_iter().filter(|span| place.slice(*span) != "0") {
            let at = Span::new(span.start, span.start);
            emit(at, "2 ".to_owned());
            emit(at, "\\frac{1}{2} ".to_owned());
            for symbol in &place.parts {
                emit(at, format!("{symbol} "));
            }
        }
    }
}

/// `AB` for `BA`, of arrays: the order of numbers is no slip.
pub(super) fn exchanged(place: &Place, emit: Emit) {
    for list in &place.values {
        let inside = |span: Span| -> Vec<Tex> {
            list.iter().filter(|n| span.start <= n.span.start && n.span.end <= span.end).cloned().collect()
        };
        for (a, b) in neighbours(place, list) {
            if has_array(place, &inside(a)) && has_array(place, &inside(b)) {
                emit(a.join(b), format!("{} {}", place.slice(b), place.slice(a)));
            }
        }
    }
}

/// A named function or an expectation without what it is of.
fn is_operator(node: &Tex) -> bool {
    matches!(&base(node).kind, TexKind::Call { name, .. } if name.starts_with("operatorname") || name == "mathbb")
}

/// The parts of a list that may be put in elsewhere: factors with scripts, brackets, and denominators.
pub(super) fn collect(text: &str, list: &[Tex], out: &mut Vec<String>) {
    let mut push = |part: &str| {
        let part = part.trim();
        if !part.is_empty() && part.len() <= LONGEST && out.len() < MOST && !out.iter().any(|p| p == part) {
            out.push(part.to_owned());
        }
    };
    for node in list.iter().filter(|n| !is_derivative(n) && !is_operator(n)) {
        if let TexKind::Call { name, args, .. } = &base(node).kind
            && !is_name(name)
            && let [_, below] = args.as_slice()
            && let Some(inner) = below.list().first().zip(below.list().last()).map(|(a, b)| a.span.join(b.span))
        {
            push(text.get(inner.range()).unwrap_or(""));
        }
        if is_factor(node) && !matches!(node.kind, TexKind::Number(_)) {
            push(text.get(node.span.range()).unwrap_or(""));
        }
    }
}
