//! Subscripts, superscripts and primes.

use super::Place;
use super::walk::{base, char_of, is_big, is_border, is_sign, is_space};
use crate::notation::base_name;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

type Emit<'a> = &'a mut dyn FnMut(Span, String);

/// The inside of a script without its braces.
fn inner(node: &Tex) -> Option<Span> {
    let list = node.list();
    Some(list.first()?.span.join(list.last()?.span))
}

/// A script with another text in it, braced unless it is one character.
fn rewritten(place: &Place, script: &Tex, text: &str) -> (Span, String) {
    let braced = matches!(script.kind, TexKind::Group(_)) && place.slice(script.span).starts_with('{');
    let whole = if braced || text.chars().count() > 1 { format!("{{{text}}}") } else { text.to_owned() };
    (script.span, whole)
}

fn scripts(lists: &[Vec<Tex>]) -> impl Iterator<Item = &Tex> {
    lists.iter().flatten().filter(|n| matches!(n.kind, TexKind::Script { .. }))
}

/// Another index letter of the formula; a number one more or less.
pub(super) fn indices(place: &Place, emit: Emit) {
    let letters: Vec<&String> = place
        .symbols
        .iter()
        .filter(|s| s.chars().count() == 1 && s.chars().all(|c| ('i'..='n').contains(&c)))
        .collect();
    for node in scripts(&place.lists).filter(|n| !is_big(n)) {
        let TexKind::Script { sub: Some(sub), .. } = &node.kind else { continue };
        for part in sub.list() {
            match &part.kind {
                TexKind::Char(c) if c.is_ascii_lowercase() => {
                    for letter in &letters {
                        emit(part.span, (*letter).clone());
                    }
                }
                TexKind::Number(n) => {
                    if let Ok(n) = n.parse::<u64>() {
                        emit(part.span, (n + 1).to_string());
                        if n > 0 {
                            emit(part.span, (n - 1).to_string());
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// A number in an exponent one more or less; an exponent 2 lost, or put on a name.
pub(super) fn exponents(place: &Place, emit: Emit) {
    for node in scripts(&place.values).filter(|n| !is_big(n)) {
        let TexKind::Script { base, sub, sup: Some(sup), .. } = &node.kind else { continue };
        if let [one] = sup.list()
            && let TexKind::Number(n) = &one.kind
            && let Ok(n) = n.parse::<i64>()
        {
            for other in [n + 1, n - 1].into_iter().filter(|m| *m > 1 || n < 1) {
                let (span, text) = rewritten(place, sup, &other.to_string());
                emit(span, text);
            }
            let end = sub.as_ref().map_or(base.span.end, |s| s.span.end.max(base.span.end));
            if end < sup.span.start {
                emit(Span::new(end, sup.span.end), String::new());
            }
        }
    }
    for list in &place.values {
        for node in list {
            let plain = match &node.kind {
                TexKind::Script { sup, sub, .. } => sup.is_none() && sub.is_some() && base_name(base(node)).is_some(),
                _ => base_name(node).is_some(),
            };
            if plain {
                emit(Span::new(node.span.end, node.span.end), "^2".to_owned());
            }
        }
    }
}

/// Both ends of a range one more or less.
pub(super) fn ranges(place: &Place, emit: Emit) {
    for node in scripts(&place.values).filter(|n| is_big(n)) {
        let TexKind::Script { sub, sup, .. } = &node.kind else { continue };
        if let Some(sub) = sub
            && let [.., last] = sub.list()
            && let TexKind::Number(n) = &last.kind
            && let Ok(n) = n.parse::<i64>()
        {
            emit(last.span, (n + 1).to_string());
            emit(last.span, (n - 1).to_string());
        }
        if let Some(sup) = sup
            && let Some(span) = inner(sup)
        {
            let end = place.slice(span);
            let shorter = end.strip_suffix("- 1").or(end.strip_suffix("-1")).map(str::trim_end);
            if let Some(whole) = shorter {
                let (span, text) = rewritten(place, sup, whole);
                emit(span, text);
            }
            for other in [format!("{end} - 1"), format!("{end} + 1")] {
                let (span, text) = rewritten(place, sup, &other);
                emit(span, text);
            }
        }
    }
}

fn is_transpose(place: &Place, sup: &Tex) -> bool {
    let text: String =
        place.slice(sup.span).chars().filter(|c| !matches!(c, '{' | '}') && !c.is_whitespace()).collect();
    matches!(text.as_str(), "T" | "\\top" | "\\intercal" | "⊤" | "\\mathsfT" | "\\mathrmT")
}

fn is_inverse(place: &Place, sup: &Tex) -> bool {
    place.slice(sup.span).chars().filter(|c| !matches!(c, '{' | '}') && !c.is_whitespace()).eq("-1".chars())
}

/// Whether a name may be an array: a bold or capital letter, or one that is transposed somewhere near; not one that is
/// applied to something or stands in an exponent.
pub(super) fn is_array(place: &Place, name: &Tex) -> bool {
    let spelled = place.slice(name.span).trim();
    let texts = || std::iter::once(&place.text).chain(&place.nearby);
    // As a name of its own, not as an index or the end of a longer one.
    let alone = |text: &str, at: usize| {
        !text.get(..at).unwrap_or("").ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '\\'))
    };
    let stands = |text: &str, form: &str| text.match_indices(form).any(|(at, _)| alone(text, at));
    let written = |forms: &[String]| texts().any(|text| forms.iter().any(|form| stands(text, form)));
    let number = [format!("{spelled}("), format!("^{spelled}"), format!("^{{{spelled}}}")];
    let capital = !spelled.is_empty() && spelled.chars().all(|c| c.is_ascii_uppercase()) && !written(&number);
    let bold = ["\\mathbf", "\\boldsymbol", "\\bm", "\\vec"].iter().any(|font| spelled.starts_with(font));
    let marked = |n: &Tex| match &n.kind {
        TexKind::Script { base, sup: Some(sup), .. } => {
            is_transpose(place, sup) && place.slice(base.span).trim() == spelled
        }
        _ => false,
    };
    let forms = ["^T", "^{T}", "^\\top", "^{\\top}"].map(|mark| format!("{spelled}{mark}"));
    capital || bold || place.lists.iter().flatten().any(marked) || written(&forms)
}

/// Whether an array stands in a list, at any depth: not in a script, and not as an entry of a matrix `X_{ij}`.
pub(super) fn has_array(place: &Place, list: &[Tex]) -> bool {
    let entry = |n: &Tex| match &n.kind {
        TexKind::Script { base, sub: Some(_), .. } => place.slice(base.span).chars().all(|c| c.is_ascii_uppercase()),
        _ => false,
    };
    let named = |n: &Tex| base_name(base(n)).is_some() && is_array(place, base(n)) && !entry(n);
    let inside = |n: &Tex| base(n).children().into_iter().any(|c| has_array(place, std::slice::from_ref(c)));
    list.iter().any(|n| named(n) || inside(n))
}

/// Whether the bracket that closes at a place may hold an array: no list of arguments, no tuple.
fn closes_array(place: &Place, list: &[Tex], at: usize) -> bool {
    let mut depth = 0usize;
    let open = (0..at).rev().find(|i| {
        let c = list.get(*i).and_then(|n| char_of(base(n)));
        depth += usize::from(c == Some(')'));
        let own = c == Some('(') && depth == 0;
        depth -= usize::from(c == Some('(') && depth > 0);
        own
    });
    let Some(open) = open else { return false };
    let inside = list.get(open + 1..at).unwrap_or(&[]);
    let applied = open.checked_sub(1).and_then(|i| list.get(i)).is_some_and(|n| {
        let close = list.get(open).is_some_and(|o| o.span.start == n.span.end);
        close && (base_name(base(n)).is_some() || matches!(base(n).kind, TexKind::Call { .. }))
    });
    !applied && !inside.iter().any(|n| char_of(n) == Some(',')) && has_array(place, inside)
}

fn any_bracket(_: &Place, _: &[Tex], _: usize) -> bool {
    true
}

fn anywhere(_: &Place, _: &Tex) -> bool {
    true
}

/// A sort of superscript: how it is put in, how it is known, on which names and brackets it may be put.
struct Mark {
    text: &'static str,
    is_mark: fn(&Place, &Tex) -> bool,
    fits: fn(&Place, &Tex) -> bool,
    fits_bracket: fn(&Place, &[Tex], usize) -> bool,
}

/// Superscripts of one sort lost, and put on brackets and on names where they fit.
fn marks(place: &Place, row: &Mark, emit: Emit) {
    let Mark { text: mark, is_mark, fits, fits_bracket } = row;
    let nodes =
        place.values.iter().filter(|l| !place.is_limit(l)).flat_map(|l| l.iter().enumerate().map(move |n| (l, n)));
    for (list, (at, node)) in nodes {
        if is_sign(node) || is_space(node) || is_big(node) {
            continue;
        }
        match &node.kind {
            TexKind::Script { base, sub, sup: Some(sup), .. } if is_mark(place, sup) => {
                let end = sub.as_ref().map_or(base.span.end, |s| s.span.end.max(base.span.end));
                if end < sup.span.start {
                    emit(Span::new(end, sup.span.end), String::new());
                }
            }
            TexKind::Script { sup: None, primes: 0, base, .. } if base_name(base).is_some() && fits(place, base) => {
                emit(Span::new(node.span.end, node.span.end), (*mark).to_owned());
            }
            TexKind::Char(')') if fits_bracket(place, list, at) => {
                emit(Span::new(node.span.end, node.span.end), (*mark).to_owned());
            }
            _ if !is_border(node) && base_name(node).is_some() && fits(place, node) => {
                emit(Span::new(node.span.end, node.span.end), (*mark).to_owned());
            }
            _ => {}
        }
    }
}

/// A transpose lost, or put in.
pub(super) fn transposes(place: &Place, emit: Emit) {
    let row = Mark { text: "^T", is_mark: is_transpose, fits: is_array, fits_bracket: closes_array };
    marks(place, &row, emit);
}

/// An inverse lost, or put in.
pub(super) fn inverses(place: &Place, emit: Emit) {
    let row = Mark { text: "^{-1}", is_mark: is_inverse, fits: anywhere, fits_bracket: any_bracket };
    marks(place, &row, emit);
}

/// A prime lost, or put on a letter that a bracket follows.
pub(super) fn primes(place: &Place, emit: Emit) {
    for list in &place.values {
        for (i, node) in list.iter().enumerate() {
            if let TexKind::Script { primes: 1.., .. } = &node.kind
                && let Some(at) = place.slice(node.span).find('\'')
            {
                emit(Span::new(node.span.start + at, node.span.start + at + 1), String::new());
            }
            let applied =
                list.get(i + 1).is_some_and(|n| matches!(n.kind, TexKind::Char('(') | TexKind::Fenced { .. }));
            if applied && base_name(node).is_some() {
                emit(Span::new(node.span.end, node.span.end), "'".to_owned());
            }
        }
    }
}
