//! What stands in the same place of a neighbouring line.

use super::Place;
use super::walk::{base, is_border, is_derivative, is_name, is_sign, is_space, terms};
use crate::notation::tex::{Tex, TexKind, parse};
use crate::source::Span;

type Emit<'a> = &'a mut dyn FnMut(Span, String);

/// Deepest nesting that is compared.
const DEPTH: usize = 12;

/// A part for the one in the same place of another line; never a whole side.
pub(super) fn copied(place: &Place, emit: Emit) {
    let own = parse(place.text);
    for other in &place.nearby {
        let theirs = parse(other);
        let (own, theirs) = (sides(&own), sides(&theirs));
        for a in &own {
            for b in &theirs {
                inside(place, other, a, b, 0, emit);
            }
        }
    }
}

/// The lists of nodes between relations.
fn sides(list: &[Tex]) -> Vec<Vec<Tex>> {
    let kept: Vec<Tex> = list.iter().filter(|n| !is_space(n)).cloned().collect();
    kept.split(|n| is_border(n) && !is_bracket(n)).filter(|side| !side.is_empty()).map(<[Tex]>::to_vec).collect()
}

fn is_bracket(node: &Tex) -> bool {
    matches!(base(node).kind, TexKind::Char('(' | ')' | '[' | ']' | '|' | ','))
}

/// The parts of two lists that are built alike, pair by pair.
fn inside(place: &Place, other: &str, a: &[Tex], b: &[Tex], depth: usize, emit: Emit) {
    if depth > DEPTH {
        return;
    }
    let (own, theirs) = (terms(a), terms(b));
    for (i, ((s, e, span), (t, f, with))) in own.iter().zip(&theirs).enumerate() {
        let (x, y) = (a.get(*s..*e).unwrap_or(&[]), b.get(*t..*f).unwrap_or(&[]));
        if own.len() > 1 || depth > 0 && i > 0 {
            put(place, other, *span, *with, emit);
        }
        let factor = |n: &&Tex| !is_space(n) && !is_sign(n) && !is_border(n);
        let (x, y): (Vec<&Tex>, Vec<&Tex>) = (x.iter().filter(factor).collect(), y.iter().filter(factor).collect());
        for (p, q) in x.iter().zip(&y) {
            if x.len() > 1 && x.len() == y.len() && !is_derivative(p) && !is_derivative(q) {
                put(place, other, p.span, q.span, emit);
            }
            alike(place, other, p, q, depth, emit);
        }
    }
}

/// Two nodes of one kind: their parts in turn.
fn alike(place: &Place, other: &str, p: &Tex, q: &Tex, depth: usize, emit: Emit) {
    if is_derivative(p) || is_derivative(q) {
        return;
    }
    match (&p.kind, &q.kind) {
        (TexKind::Call { name, args, .. }, TexKind::Call { name: of, args: with, .. })
            if !is_name(name) && name == of || name.ends_with("frac") && of.ends_with("frac") =>
        {
            for (x, y) in args.iter().zip(with) {
                part(place, other, x, y, depth, emit);
            }
        }
        (TexKind::Fenced { body, .. }, TexKind::Fenced { body: with, .. }) => {
            if let (Some(x), Some(y)) = (extent(body), extent(with)) {
                put(place, other, x, y, emit);
            }
            inside(place, other, body, with, depth + 1, emit);
        }
        (TexKind::Group(body), TexKind::Group(with)) => inside(place, other, body, with, depth + 1, emit),
        (TexKind::Script { base, sub, sup, .. }, TexKind::Script { base: of, sub: under, sup: over, .. }) => {
            alike(place, other, base, of, depth, emit);
            for (x, y) in sub.iter().zip(under).chain(sup.iter().zip(over)) {
                part(place, other, x, y, depth, emit);
            }
        }
        _ => {}
    }
}

/// An argument or a script: the whole of it, and what is in it.
fn part(place: &Place, other: &str, x: &Tex, y: &Tex, depth: usize, emit: Emit) {
    if let (Some(old), Some(new)) = (extent(x.list()), extent(y.list())) {
        // Without braces only one character fits.
        let braced = matches!(x.kind, TexKind::Group(_)) && place.slice(x.span).starts_with('{');
        if braced {
            put(place, other, old, new, emit);
        } else {
            emit(x.span, format!("{{{}}}", other.get(new.range()).unwrap_or("")));
        }
    }
    inside(place, other, x.list(), y.list(), depth + 1, emit);
}

fn extent(list: &[Tex]) -> Option<Span> {
    Some(list.first()?.span.join(list.last()?.span))
}

fn put(place: &Place, other: &str, old: Span, new: Span, emit: Emit) {
    let (a, b) = (place.slice(old), other.get(new.range()).unwrap_or(""));
    let same = |a: &str, b: &str| a.chars().filter(|c| !c.is_whitespace()).eq(b.chars().filter(|c| !c.is_whitespace()));
    if !b.is_empty() && !same(a, b) {
        emit(old, b.to_owned());
    }
}
