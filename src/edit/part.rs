//! The parts of formulas that may be put into another one.

use super::factor::factors;
use super::walk::{base, char_of, is_border, is_name, is_space, lists, terms, values};
use crate::notation::base_name;
use crate::notation::tex::{Tex, TexKind, parse};
use crate::source::Span;

/// Longest part, in bytes, and most parts that are kept.
const LONGEST: usize = 160;
const MOST: usize = 64;

/// The parts of texts, nearest text first: terms, factors, applications, denominators.
pub(super) fn parts(texts: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for text in texts {
        for list in values(&parse(text)) {
            let mut spans = factors(&list);
            spans.extend(applications(&list));
            spans.extend(terms(&list).into_iter().map(|(_, _, span)| span));
            spans.extend(list.iter().filter_map(denominator));
            for part in spans.into_iter().map(|s| text.get(s.range()).unwrap_or("").trim()) {
                let number = part.chars().all(|c| c.is_ascii_digit() || c == '.');
                if !number && part.len() <= LONGEST && out.len() < MOST && !out.iter().any(|p| p == part) {
                    out.push(part.to_owned());
                }
            }
        }
    }
    out
}

/// A name with the bracket behind it: `P(x)`.
pub(super) fn applications(list: &[Tex]) -> Vec<Span> {
    let mut out = vec![];
    for (i, pair) in list.windows(2).enumerate() {
        let [name, open] = pair else { continue };
        if base_name(base(name)).is_none() && !matches!(&base(name).kind, TexKind::Call { .. }) {
            continue;
        }
        match &base(open).kind {
            TexKind::Fenced { .. } => out.push(name.span.join(open.span)),
            TexKind::Char('(') => {
                if let Some(last) = closing(list, i + 1) {
                    out.push(name.span.join(last.span));
                }
            }
            _ => {}
        }
    }
    out
}

/// The plain bracket that closes the one at `open`.
pub(super) fn closing(list: &[Tex], open: usize) -> Option<&Tex> {
    let mut depth = 0usize;
    for node in list.iter().skip(open) {
        match char_of(base(node)) {
            Some('(') => depth += 1,
            Some(')') if depth <= 1 => return Some(node),
            Some(')') => depth -= 1,
            _ => {}
        }
    }
    None
}

fn denominator(node: &Tex) -> Option<Span> {
    match &base(node).kind {
        TexKind::Call { name, args, .. } if name.ends_with("frac") && !is_name(name) => match args.as_slice() {
            [_, below] => Some(below.list().first()?.span.join(below.list().last()?.span)),
            _ => None,
        },
        _ => None,
    }
}

/// Single letters that stand in a subscript of the texts.
pub(super) fn letters(texts: &[&str]) -> Vec<char> {
    let mut out = vec![];
    for node in texts.iter().flat_map(|t| lists(&parse(t))).flatten() {
        let TexKind::Script { sub: Some(sub), .. } = &node.kind else { continue };
        for c in sub.list().iter().filter_map(char_of).filter(char::is_ascii_lowercase) {
            if !out.contains(&c) {
                out.push(c);
            }
        }
    }
    out
}

/// Whether a term is taken away from itself, or a part divided by itself.
pub fn cancels(text: &str) -> bool {
    let slice = |span: Span| text.get(span.range()).unwrap_or("").trim();
    values(&parse(text)).iter().any(|list| {
        let signed: Vec<(bool, &str)> = terms(list)
            .into_iter()
            .map(|(start, _, span)| {
                let sign = list.get(..start).unwrap_or(&[]).iter().rfind(|n| !is_space(n));
                (sign.and_then(char_of).is_some_and(|c| matches!(c, '-' | '−')), slice(span))
            })
            .collect();
        let border =
            |a: Span, b: Span| list.iter().any(|n| is_border(n) && n.span.start >= a.end && n.span.end <= b.start);
        let spans: Vec<Span> = terms(list).into_iter().map(|(_, _, span)| span).collect();
        let apart = |i: usize, k: usize| spans.get(i).zip(spans.get(k)).is_some_and(|(a, b)| border(*a, *b));
        let pairs = signed
            .iter()
            .enumerate()
            .flat_map(|(i, a)| signed.iter().enumerate().skip(i + 1).map(move |(k, b)| (i, a, k, b)));
        let gone = pairs.into_iter().any(|(i, a, k, b)| a.0 != b.0 && a.1 == b.1 && !apart(i, k));
        let over = |n: &Tex| match &base(n).kind {
            TexKind::Call { name, args, .. } if name.ends_with("frac") => match args.as_slice() {
                [a, b] => slice(a.span).trim_matches(['{', '}']) == slice(b.span).trim_matches(['{', '}']),
                _ => false,
            },
            _ => false,
        };
        gone || list.iter().any(over)
    })
}

/// The terms of a side, without their signs.
pub fn top_terms(text: &str) -> Vec<&str> {
    terms(&parse(text)).into_iter().map(|(_, _, span)| text.get(span.range()).unwrap_or("").trim()).collect()
}

/// Parts `y_j` under the index letters of a text that lacks theirs: `y_i` where `i` runs.
pub(super) fn reindex(text: &str, parts: &mut Vec<String>) {
    let own = letters(&[text]);
    let mut more: Vec<String> = vec![];
    for part in parts.iter() {
        let Some((head, tail)) = part.rsplit_once('_') else { continue };
        let (mut chars, rest) = (tail.chars(), tail.get(1..).unwrap_or(""));
        let letter = chars.next().filter(|c| c.is_ascii_lowercase() && rest.is_empty() && !own.contains(c));
        if letter.is_some() && !head.contains(['_', ' ', '(']) {
            more.extend(own.iter().map(|c| format!("{head}_{c}")).filter(|new| !parts.contains(new)));
        }
    }
    more.dedup();
    let place = parts.len().min(8);
    parts.splice(place..place, more);
}
