//! Signs and terms.

use super::Place;
use super::walk::{base, char_of, is_border, is_sign, is_space, terms};
use crate::notation::tex::Tex;
use crate::source::Span;

type Emit<'a> = &'a mut dyn FnMut(Span, String);

/// `+` for `-`; a minus lost; a minus in front of a side that has none.
pub(super) fn signs(place: &Place, emit: Emit) {
    for list in &place.values {
        for (start, _, span) in terms(list) {
            let before = list.get(..start).unwrap_or(&[]).iter().rfind(|n| !is_space(n));
            match before {
                Some(sign) if is_sign(sign) => {
                    let leads = list
                        .iter()
                        .position(|n| n.span == sign.span)
                        .and_then(|i| list.get(..i))
                        .is_none_or(|l| l.iter().rfind(|n| !is_space(n)).is_none_or(opens_side));
                    let flipped = match (char_of(sign), leads) {
                        (Some('+'), _) => "-",
                        (_, true) => "",
                        _ => "+",
                    };
                    emit(sign.span, flipped.to_owned());
                }
                _ => emit(Span::new(span.start, span.start), "-".to_owned()),
            }
        }
    }
}

/// A term gone with the sign in front of it.
pub(super) fn lost_terms(place: &Place, emit: Emit) {
    for list in &place.values {
        let all = terms(list);
        if all.len() < 2 {
            continue;
        }
        for (start, end, span) in all {
            let before = list.get(..start).unwrap_or(&[]);
            let Some(sign) = before.iter().rfind(|n| !is_space(n)).filter(|n| is_sign(n)) else { continue };
            let ahead = before.iter().rfind(|n| !is_space(n) && n.span != sign.span);
            let behind = list.get(end..).unwrap_or(&[]).iter().find(|n| !is_space(n));
            // A side is not all lost.
            if !(ahead.is_none_or(opens_side) && behind.is_none_or(is_border)) {
                emit(sign.span.join(span), String::new());
            }
        }
    }
}

/// A part of the neighbourhood behind a term, added or subtracted; `1` too.
pub(super) fn extra_terms(place: &Place, emit: Emit) {
    for list in place.values.iter().filter(|list| !place.is_limit(list)) {
        for (_, _, span) in terms(list) {
            let end = Span::new(span.end, span.end);
            for part in std::iter::once("1").chain(place.parts.iter().map(String::as_str)) {
                emit(end, format!(" - {part}"));
                emit(end, format!(" + {part}"));
            }
        }
    }
}

/// Behind a relation, a separator or an opening bracket a sign belongs to the term alone.
fn opens_side(node: &Tex) -> bool {
    is_border(node) && !matches!(char_of(base(node)), Some(')' | ']' | '|'))
}
