//! Fractions and brackets.

use super::Place;
use super::factor::{factors, is_factor};
use super::walk::{base, char_of, is_border, is_derivative, is_sign, is_space, terms};
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

type Emit<'a> = &'a mut dyn FnMut(Span, String);

fn fractions(place: &Place) -> Vec<(Span, String, String)> {
    let of = |node: &Tex| match &base(node).kind {
        TexKind::Call { name, args, .. } if name.ends_with("frac") && !is_derivative(node) => match args.as_slice() {
            [top, bottom] => Some((base(node).span, inner(place, top), inner(place, bottom))),
            _ => None,
        },
        _ => None,
    };
    place.values.iter().flatten().filter_map(of).collect()
}

/// The text inside an argument.
fn inner(place: &Place, argument: &Tex) -> String {
    match argument.list().first().zip(argument.list().last()) {
        Some((a, b)) => place.slice(a.span.join(b.span)).to_owned(),
        None => String::new(),
    }
}

/// `a` for `a/b`.
pub(super) fn lost_denominators(place: &Place, emit: Emit) {
    for (span, top, _) in fractions(place) {
        emit(span, format!("{{{top}}}"));
    }
}

/// `b/a` for `a/b`.
pub(super) fn reciprocals(place: &Place, emit: Emit) {
    for (span, top, bottom) in fractions(place) {
        emit(span, format!("\\frac{{{bottom}}}{{{top}}}"));
    }
}

/// A function's name before its bracket, a derivative before what it is of.
fn is_applied(list: &[Tex], at: usize) -> bool {
    let next = list.get(at + 1).is_some_and(|n| matches!(n.kind, TexKind::Char('(') | TexKind::Fenced { .. }));
    list.get(at).is_some_and(|n| is_derivative(n) || next && !matches!(base(n).kind, TexKind::Number(_)))
}

/// A term, or a whole argument, over a part of the neighbourhood.
pub(super) fn extra_denominators(place: &Place, emit: Emit) {
    for list in place.values.iter().filter(|list| !place.is_limit(list)) {
        let mut spans: Vec<Span> = terms(list).into_iter().map(|(_, _, span)| span).collect();
        spans.extend(
            list.iter().enumerate().filter(|(i, n)| is_factor(n) && !is_applied(list, *i)).map(|(_, n)| n.span),
        );
        for span in spans {
            if list.iter().any(|n| n.span.overlaps(span) && matches!(char_of(base(n)), Some('=' | ')' | '('))) {
                continue;
            }
            for part in &place.parts {
                emit(span, format!("\\frac{{{}}}{{{part}}}", place.slice(span)));
            }
        }
    }
}

/// A pair of plain brackets gone, their insides left.
pub(super) fn lost_brackets(place: &Place, emit: Emit) {
    for list in &place.values {
        for (i, node) in list.iter().enumerate() {
            match &node.kind {
                TexKind::Char('(') => {
                    let close = list.iter().skip(i).find(|n| matches!(char_of(base(n)), Some(')')));
                    if let Some(close) = close
                        && matches!(close.kind, TexKind::Char(')'))
                    {
                        let inside = Span::new(node.span.end, close.span.start);
                        emit(node.span.join(close.span), place.slice(inside).trim().to_owned());
                    }
                }
                TexKind::Fenced { open, close, body } if open == "(" && close == ")" => {
                    if let Some((a, b)) = body.first().zip(body.last()) {
                        emit(node.span, place.slice(a.span.join(b.span)).to_owned());
                    }
                }
                _ => {}
            }
        }
    }
}

/// Most terms that brackets are put around.
const TERMS: usize = 4;

/// Brackets around neighbouring terms where they bind otherwise than without: behind a factor, a function or a minus, or
/// before a factor.
pub(super) fn extra_brackets(place: &Place, emit: Emit) {
    for list in place.values.iter().filter(|list| !place.is_limit(list)) {
        let all = terms(list);
        let inner = factors(list);
        for (at, (start, _, first)) in all.iter().enumerate() {
            for (_, _, last) in all.iter().skip(at + 1).take(TERMS - 1) {
                let opened = |c: char| place.slice(Span::new(first.end, last.start)).contains(c);
                if !joined(list, *first, *last) || opened('(') || opened(')') {
                    break;
                }
                let before = list.get(..*start).unwrap_or(&[]).iter().rfind(|n| !is_space(n));
                if before.is_some_and(|n| matches!(char_of(n), Some('-' | '−'))) {
                    emit(first.join(*last), format!("({})", place.slice(first.join(*last))));
                }
                let within = |outer: &Span, s: &Span| outer.start <= s.start && s.end <= outer.end;
                let plain = |s: &&Span| !place.slice(**s).starts_with('(');
                let head = inner.iter().rfind(|s| within(first, s) && s.end == first.end).filter(plain);
                if let Some(head) = head.filter(|s| s.start > first.start) {
                    emit(head.join(*last), format!("({})", place.slice(head.join(*last))));
                }
                let tail = inner.iter().find(|s| within(last, s) && s.start == last.start).filter(plain);
                let applied = |s: &&Span| {
                    place.text.get(s.end..).is_some_and(|t| t.starts_with('('))
                        && !place.slice(**s).ends_with(|c: char| c.is_ascii_digit())
                };
                if let Some(tail) = tail.filter(|s| s.end < last.end && !applied(s)) {
                    emit(first.join(*tail), format!("({})", place.slice(first.join(*tail))));
                }
            }
        }
    }
}

/// Whether nothing but signs and terms stands between two terms.
fn joined(list: &[Tex], first: Span, last: Span) -> bool {
    let between = list.iter().filter(|n| n.span.start >= first.end && n.span.end <= last.start);
    let mut signs = 0;
    for node in between {
        if is_sign(node) {
            signs += 1;
        } else if is_border(node) && !matches!(char_of(base(node)), Some('(' | ')' | '[' | ']')) {
            return false;
        }
    }
    signs > 0
}
