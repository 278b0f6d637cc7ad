//! Edits that undo what an author left out, where the slip's own kind has no inverse among the slips.

use super::Place;
use super::factor::{factors, is_factor};
use super::part::{applications, letters};
use super::walk::{base, char_of, is_border, is_sign, is_space, terms};
use crate::notation::base_name;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

type Emit<'a> = &'a mut dyn FnMut(Span, String);

/// Longest list whose runs are put in brackets, in nodes.
const LONGEST: usize = 40;

/// Brackets around a run of factors and terms: one that has a sign in it, or what a name is applied to.
pub(super) fn bracketed(place: &Place, emit: Emit) {
    for list in &place.values {
        let nodes: Vec<&Tex> = list.iter().filter(|n| !is_space(n)).collect();
        if nodes.len() > LONGEST {
            continue;
        }
        for (i, first) in nodes.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|k| nodes.get(k));
            let applied = before.is_some_and(|n| base_name(base(n)).is_some());
            let mut depth = 0i32;
            let mut sign = false;
            for (j, node) in nodes.iter().enumerate().skip(i) {
                match char_of(base(node)) {
                    Some('(' | '[') => depth += 1,
                    Some(')' | ']') => depth -= 1,
                    _ => {}
                }
                let bracket = matches!(char_of(base(node)), Some('(' | ')' | '[' | ']'));
                let bar = matches!(&node.kind, TexKind::Command(c) if c == "mid") || char_of(node) == Some(',');
                if depth < 0 || is_border(node) && !bracket && !(bar && applied) {
                    break;
                }
                sign |= depth == 0 && j > i && is_sign(node) || bar;
                let ends = depth == 0 && !is_sign(node) && !bar;
                let whole = i == 0 && j + 1 == nodes.len();
                if ends && (sign && !whole || applied && j == i && is_factor(node)) {
                    let span = first.span.join(node.span);
                    emit(span, format!("({})", place.slice(span)));
                }
            }
        }
    }
}

/// A part of the neighbourhood, its square, or 2 under a term, a factor or an application.
pub(super) fn denominators(place: &Place, emit: Emit) {
    for list in &place.values {
        let mut spans: Vec<Span> = terms(list).into_iter().map(|(_, _, span)| span).collect();
        spans.extend(wholes(list));
        for span in spans {
            let top = place.slice(span);
            if top.contains('=') {
                continue;
            }
            emit(span, format!("\\frac{{{top}}}{{2}}"));
            for part in &place.parts {
                emit(span, format!("\\frac{{{top}}}{{{part}}}"));
                let compound = part.contains(['+', '-', ' ']) && !part.starts_with('(');
                emit(
                    span,
                    if compound {
                        format!("\\frac{{{top}}}{{({part})^2}}")
                    } else {
                        format!("\\frac{{{top}}}{{{part}^2}}")
                    },
                );
            }
        }
    }
}

/// A part of the neighbourhood, or what a factor lacks to 1, behind the last factor of a term.
pub(super) fn last_factors(place: &Place, emit: Emit) {
    for list in &place.values {
        for (start, end, span) in terms(list) {
            let at = Span::new(span.end, span.end);
            for part in &place.parts {
                emit(at, format!(" {part}"));
            }
            for factor in factors(list.get(start..end).unwrap_or(&[])) {
                let text = place.slice(factor);
                if !text.contains(['+', '-', '(']) {
                    emit(at, format!(" (1 - {text})"));
                }
            }
        }
    }
}

/// An index letter of the neighbourhood for another.
pub(super) fn index_letters(place: &Place, emit: Emit) {
    let texts: Vec<&str> = std::iter::once(place.text).chain(place.nearby.iter().copied()).collect();
    let letters = letters(&texts);
    for node in place.lists.iter().flatten() {
        let TexKind::Script { sub: Some(sub), .. } = &node.kind else { continue };
        for part in sub.list().iter().filter(|n| char_of(n).is_some_and(|c| c.is_ascii_lowercase())) {
            letters.iter().for_each(|c| emit(part.span, c.to_string()));
        }
    }
}

/// The relations that slips do not turn into.
pub(super) fn relations(place: &Place, emit: Emit) {
    const TURNED: &[(&str, &str)] = &[("preceq", "\\succeq"), ("prec", "\\succ"), ("Leftarrow", "\\Rightarrow")];
    for node in place.lists.iter().flatten() {
        if let TexKind::Command(c) = &node.kind {
            for (_, other) in TURNED.iter().filter(|(name, _)| name == c) {
                emit(node.span, (*other).to_owned());
            }
        }
    }
}

/// A square on a bracket.
pub(super) fn squares(place: &Place, emit: Emit) {
    for node in place.values.iter().flatten() {
        if matches!(&node.kind, TexKind::Fenced { .. }) || char_of(node) == Some(')') {
            emit(Span::new(node.span.end, node.span.end), "^2".to_owned());
        }
    }
}

/// Another part of the neighbourhood for a factor, an application, or a whole argument; never for a whole side.
pub(super) fn parts(place: &Place, emit: Emit) {
    for (at, list) in place.values.iter().enumerate() {
        let all = terms(list);
        let mut spans = wholes(list);
        if let [only] = all.as_slice() {
            spans.push(only.2);
        }
        spans.retain(|span| at > 0 || !all.iter().any(|(start, _, s)| s == span && !follows_sign(list, *start)));
        for span in spans {
            place.parts.iter().for_each(|part| emit(span, part.clone()));
        }
    }
}

/// One or two neighbouring terms or nodes gone, with the sign in front.
pub(super) fn dropped(place: &Place, emit: Emit) {
    for list in &place.values {
        let all = terms(list);
        for pair in all.windows(2) {
            let [(start, ..), (_, _, last)] = pair else { continue };
            let sign = list.get(..*start).unwrap_or(&[]).iter().rfind(|n| !is_space(n)).filter(|n| is_sign(n));
            if let Some(sign) = sign
                && terms(
                    list.iter()
                        .filter(|n| sign.span.join(*last).overlaps(n.span))
                        .cloned()
                        .collect::<Vec<_>>()
                        .as_slice(),
                )
                .len()
                    == 2
            {
                emit(sign.span.join(*last), String::new());
            }
        }
        for (start, end, span) in all {
            let bracket = |n: &Tex| matches!(char_of(base(n)), Some('(' | ')' | '[' | ']'));
            let nodes: Vec<&Tex> =
                list.get(start..end).unwrap_or(&[]).iter().filter(|n| !is_space(n) && !bracket(n)).collect();
            for run in nodes
                .iter()
                .map(|n| n.span)
                .chain(nodes.windows(2).filter_map(|w| Some(w.first()?.span.join(w.last()?.span))))
            {
                if run != span {
                    emit(run, String::new());
                }
            }
        }
    }
}

fn follows_sign(list: &[Tex], start: usize) -> bool {
    list.get(..start).unwrap_or(&[]).iter().rfind(|n| !is_space(n)).is_some_and(is_sign)
}

/// Factors, and applications as wholes.
fn wholes(list: &[Tex]) -> Vec<Span> {
    let applied = applications(list);
    let mut out: Vec<Span> = factors(list).into_iter().filter(|f| !applied.iter().any(|a| a.overlaps(*f))).collect();
    out.extend(applied);
    out
}
