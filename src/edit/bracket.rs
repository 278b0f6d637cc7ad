//! Fractions and brackets.

use super::Place;
use super::factor::is_factor;
use super::walk::{base, char_of, is_derivative, terms};
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

/// A term, or a whole argument, over a part of the neighbourhood.
pub(super) fn extra_denominators(place: &Place, emit: Emit) {
    for list in &place.values {
        let mut spans: Vec<Span> = terms(list).into_iter().map(|(_, _, span)| span).collect();
        spans.extend(list.iter().filter(|n| is_factor(n)).map(|n| n.span));
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

/// Brackets around two neighbouring terms.
pub(super) fn extra_brackets(place: &Place, emit: Emit) {
    for list in &place.values {
        for pair in terms(list).windows(2) {
            let [(_, _, a), (_, _, b)] = pair else { continue };
            let between = place.slice(Span::new(a.end, b.start)).trim();
            if matches!(between, "+" | "-" | "−") {
                let whole = a.join(*b);
                emit(whole, format!("({})", place.slice(whole)));
            }
        }
    }
}
