//! What is written nearly as elsewhere in the notes.

use std::collections::BTreeSet;

use super::Slip;
use super::flat::{applications, flat, span_of, step, text};
use super::page::{Page, Sheet, base, char_of, command, each, letter, lists};
use super::units::{frame, names, units};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// `1 + b - a` where the notes write `1 + b - d` and have no other a.
pub(super) static LONE_SYMBOL: Code = Code {
    name: "lone-symbol",
    what: "a symbol that stands nowhere else in the notes, where the same expression stands elsewhere with another",
    why: "both were probably meant to be the same",
    example: "The rate is $1 + b - d$. $$ n = (1 + b - d) m = (1 + b - d) k $$\n\nIt is $1 + b - a$.",
};

/// `y - m x + b` where the notes write `y - (m x + b)`.
pub(super) static LOST_BRACKETS: Code = Code {
    name: "lost-brackets",
    what: "an expression that the notes write with brackets behind a minus elsewhere, without them",
    why: "without brackets the minus stands in front of the first term only",
    example: "The error is $(y - (m x + b))^2$, of the difference $y - m x + b$.",
};

/// `h^{(2)}(z^{(1)})`, `h^{(L)}(z^{(L-1)})` and `h^{(L)}(z^{(L)})`.
pub(super) static OTHER_OFFSET: Code = Code {
    name: "other-offset",
    what: "a function of a layer takes the value of another layer than its other applications in the formula do",
    why: "the step from the index of the argument to that of the function is the same everywhere else",
    example: "$$ \\begin{aligned} h^{(2)}(z^{(1)}) &= a \\\\ h^{(L)}(z^{(L-1)}) &= b \\\\ y &= h^{(L)}(z^{(L)}) \\end{aligned} $$",
};

/// `i = 1, \dots, T` where the notes have `i = 1, \dots, n` and no other T.
pub(super) static OTHER_RANGE_END: Code = Code {
    name: "other-range-end",
    what: "a range ends at a letter that stands nowhere else, while its index written large is a number of the notes",
    why: "`l = 1, …, L` is how such ranges are written",
    example: "Of $L$ layers, $h^{(L)}$ is the last. For $l = 1, \\dots, T$ we have $h^{(l)} = g(h^{(l-1)})$.",
};

/// A name that stands once in the notes, in an expression that otherwise stands elsewhere with another name.
pub(super) fn lone_symbol(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found: Vec<Slip> = vec![];
    for unit in units(&sheet.nodes, &sheet.lines).into_iter().filter(|u| (5..=24).contains(&u.len())) {
        for (name, span) in names(&unit) {
            let constant = matches!(name.as_str(), "e" | "d" | "\\pi");
            let alone = !constant && page.units.names.get(&name) == Some(&1) && !found.iter().any(|f| f.span == span);
            if !alone {
                continue;
            }
            let frame = frame(&unit, span);
            // q beside p, g beside f: another function of the same argument is no slip.
            if frame.contains("□(") && !name.contains('_') {
                continue;
            }
            let others = page.units.frames.get(&frame).into_iter().flatten().filter(|n| **n != name && alike(&name, n));
            let often = others.filter(|n| {
                let as_often = page.units.whole.get(&frame.replace('□', n)).copied().unwrap_or(0);
                let applied =
                    name.contains('_') && frame.contains("□(") && page.units.names.get(*n).is_some_and(|n| *n >= 3);
                as_often >= if applied { 1 } else { 3 }
            });
            if let Some(other) = often.max_by_key(|n| page.units.names.get(*n)) {
                let message = Message::new("finding-lone-symbol").with("written", &name).with("meant", other);
                found.push(Slip::new(span, message));
            }
        }
    }
    found
}

/// Of one kind: two small letters, or one letter with two subscripts.
fn alike(a: &str, b: &str) -> bool {
    let split = |s: &str| s.split_once('_').map(|(l, r)| (l.to_owned(), r.to_owned()));
    match (split(a), split(b)) {
        (Some((x, i)), Some((y, j))) => {
            x == y && [i, j].iter().all(|s| s.len() == 1 && s.starts_with(char::is_alphabetic))
        }
        (None, None) => {
            let case = |s: &str| s.trim_start_matches('\\').chars().all(char::is_lowercase);
            case(a) && case(b) && a.starts_with('\\') == b.starts_with('\\')
        }
        _ => false,
    }
}

/// A whole formula, side or bracket that is another one of the notes without its brackets behind a minus.
pub(super) fn lost_brackets(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found: Vec<Slip> = vec![];
    for unit in units(&sheet.nodes, &sheet.lines).into_iter().filter(|u| (5..=24).contains(&u.len())) {
        let minus = unit.iter().position(|n| matches!(char_of(n), Some('-' | '−')));
        let Some(at) = minus.filter(|at| *at > 0) else { continue };
        let (head, tail) = (unit.get(..=at).unwrap_or(&[]), unit.get(at + 1..).unwrap_or(&[]));
        let signs = tail.iter().filter(|n| matches!(char_of(n), Some('+' | '-' | '−'))).count();
        if signs != 1 || tail.iter().any(|n| step(n) != 0) || head.iter().any(|n| matches!(char_of(n), Some('='))) {
            continue;
        }
        let bracketed = format!("{}({})", text(head), text(tail));
        if page.units.whole.contains_key(&bracketed)
            && let Some(span) = span_of(&unit)
            && !found.iter().any(|f| f.span == span)
        {
            found.push(Slip::new(span, Message::new("finding-lost-brackets").with("meant", bracketed)));
        }
    }
    found
}

/// `h^{(L)}(z^{(L)})` where all others of the formula are `h^{(l)}(z^{(l-1)})`.
pub(super) fn other_offset(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut all: Vec<(String, String, String, String, Span)> = vec![];
    for list in lists(&sheet.nodes) {
        let list = flat(&list);
        for a in applications(&list) {
            let [argument] = a.arguments.as_slice() else { continue };
            let [argument] = argument.as_slice() else { continue };
            if let (Some((f, i)), Some((x, j))) = (raised(&a.head), raised(argument)) {
                all.push((f, i, x, j, a.span));
            }
        }
    }
    let mut found: Vec<Slip> = vec![];
    for (f, i, x, j, span) in &all {
        let others: Vec<_> =
            all.iter().filter(|o| o.0 == *f && o.2 == *x && o.4 != *span && (o.1 != *i || o.3 != *j)).collect();
        let Some(own) = offset(i, j) else { continue };
        let offsets: BTreeSet<Option<i64>> = others.iter().map(|o| offset(&o.1, &o.3)).collect();
        let same = others.iter().any(|o| o.1 == *i);
        let distinct: BTreeSet<_> = others.iter().map(|o| &o.1).collect();
        if let [Some(step)] = offsets.into_iter().collect::<Vec<_>>().as_slice()
            && distinct.len() >= 2
            && same
            && *step != own
            && !found.iter().any(|s| s.span == *span)
        {
            found.push(Slip::new(*span, Message::new("finding-other-offset").with("function", f)));
        }
    }
    found
}

/// `h` and `L - 1` of `h^{(L-1)}`.
fn raised(node: &Tex) -> Option<(String, String)> {
    let TexKind::Script { base, sub: None, sup: Some(sup), primes: 0 } = &node.kind else { return None };
    let inner = flat(sup.list());
    let inner = match inner.as_slice() {
        [open, rest @ .., close] if step(open) == 1 && step(close) == -1 => rest,
        all => all,
    };
    letter(base)?;
    Some((text(std::slice::from_ref(base)), text(inner)))
}

/// How much the first index is more than the second: of `L` and `L-1` it is 1.
fn offset(i: &str, j: &str) -> Option<i64> {
    if let (Ok(i), Ok(j)) = (i.parse::<i64>(), j.parse::<i64>()) {
        return i.checked_sub(j);
    }
    let parts = |s: &str| {
        let at = s.find(['+', '-']).unwrap_or(s.len());
        let (name, shift) = (s.get(..at)?.to_owned(), s.get(at..)?);
        let shift = if shift.is_empty() { Some(0) } else { shift.trim_start_matches('+').parse::<i64>().ok() };
        (!name.is_empty()).then_some((name, shift?))
    };
    let ((a, x), (b, y)) = (parts(i)?, parts(j)?);
    (a == b).then(|| x.checked_sub(y)).flatten()
}

/// `\ell = 1, \dots, T`: T stands once in the notes, and the index written large is a number of the notes.
pub(super) fn other_range_end(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for (index, name, span) in ranges(sheet) {
        let large = if index == "\\ell" { "L".to_owned() } else { index.to_uppercase() };
        // The index over rows ends at m where that over columns ends at n: only its own large letter is another end.
        if large == index || large == "I" || !page.sheets.iter().any(|s| counts(s, &large)) {
            continue;
        }
        let meant = large;
        if page.letters.get(&name) == Some(&1) && meant != name {
            let message = Message::new("finding-other-range-end").with("written", &name).with("meant", meant);
            found.push(Slip::new(span, message));
        }
    }
    found
}

/// The ranges `i = 1, \dots, n` that end at a letter: index, end, and where that stands.
fn ranges(sheet: &Sheet) -> Vec<(String, String, Span)> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        let list = flat(&list);
        for seven in list.windows(7) {
            let [index, equal, _, comma, dots, again, end] = seven else { continue };
            let dotted = command(dots).is_some_and(|c| c.contains("dots")) && char_of(comma) == Some(',');
            if char_of(equal) == Some('=')
                && dotted
                && char_of(again) == Some(',')
                && let (Some(index), Some(name)) = (letter(index), letter(end))
            {
                found.push((index, name, base(end).span));
            }
        }
    }
    found
}

/// Whether a letter stands by itself in a formula, or as the superscript of a layer.
fn counts(sheet: &Sheet, name: &str) -> bool {
    let mut found = matches!(flat(&sheet.nodes).as_slice(), [one] if letter(one).as_deref() == Some(name));
    each(&sheet.nodes, &mut |n| {
        if let TexKind::Script { sup: Some(sup), .. } = &n.kind {
            found |= raised(n).is_some_and(|r| r.1 == name && text(sup.list()) != name);
        }
    });
    found
}
