//! Operators that are written twice or undo themselves.

use super::Slip;
use super::page::{Page, Sheet, base, char_of, is_blank, lists};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind, to_latex};

/// `= =`, `+ +`, `+ -`.
pub(super) static DOUBLED: Code = Code {
    name: "doubled-operator",
    what: "two operators stand side by side",
    why: "one of them is left over, or what stood between them is lost",
    example: "$$ y = a x + + b $$",
};

/// `a - a`.
pub(super) static CANCELLING: Code = Code {
    name: "cancelling-terms",
    what: "a side is the difference of a term and itself",
    why: "it is 0 as written; one of the two was meant to be another",
    example: "$$ d = \\log p(m_1) - \\log p(m_1) $$",
};

fn operator(node: &Tex) -> Option<&'static str> {
    match &node.kind {
        TexKind::Char('+') => Some("+"),
        TexKind::Char('-' | '−') => Some("-"),
        TexKind::Char('=') => Some("="),
        TexKind::Char('/') => Some("/"),
        TexKind::Command(c) if c == "cdot" || c == "times" => Some("*"),
        _ => None,
    }
}

/// Operators side by side. A sign in front of a number behind another is how data is written (`3 + -2`).
pub(super) fn doubled(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        let list: Vec<&Tex> =
            list.iter().filter(|n| !matches!(n.kind, TexKind::Space(_) | TexKind::Label { .. })).collect();
        for (at, pair) in list.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            let (Some(a), Some(b)) = (operator(first), operator(second)) else { continue };
            let number = list.get(at + 2).is_some_and(|n| matches!(n.kind, TexKind::Number(_)));
            let doubled = match (a, b) {
                ("=", "=") | ("+", "+") | ("*", "*") | ("/", "/") | ("+" | "-", "*" | "/" | "=") => {
                    // `==` and `++` without a space are code.
                    first.span.end != second.span.start
                }
                ("+" | "-", "-") | ("-", "+") => !number && at > 0 && first.span.end != second.span.start,
                _ => false,
            };
            // A sign at the very start or end of a list stands for itself: `\{+, -\}`.
            if doubled && at > 0 && at + 2 < list.len() {
                let span = first.span.join(second.span);
                let text = sheet.formula.extract.text.get(span.range()).unwrap_or("");
                found.push(Slip::new(span, Message::new("finding-doubled-operator").with("operators", text)));
            }
        }
    }
    found
}

/// A side `A - A`, unless a side of the formula says that it is 0.
pub(super) fn cancelling(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    let zero = |side: &[Tex]| {
        let list: Vec<Tex> = side.iter().filter(|n| !is_blank(n)).cloned().collect();
        matches!(trimmed(&list), [one] if to_latex(std::slice::from_ref(base(one))).contains('0'))
    };
    if sheet.lines.iter().flat_map(|l| &l.sides).any(|s| zero(s)) {
        return found;
    }
    for line in sheet.lines.iter().filter(|l| l.sides.len() > 1) {
        for side in &line.sides {
            let side: Vec<Tex> = side.iter().filter(|n| !is_blank(n)).cloned().collect();
            let side = trimmed(&side);
            let signs: Vec<usize> =
                (1..side.len()).filter(|i| side.get(*i).and_then(char_of).is_some_and(|c| "+-−".contains(c))).collect();
            let [minus] = signs.as_slice() else { continue };
            if side.get(*minus).and_then(char_of) == Some('+') || side.len() < 5 {
                continue;
            }
            let (a, b) = (side.get(..*minus).unwrap_or(&[]), side.get(*minus + 1..).unwrap_or(&[]));
            // Of intervals that is no 0.
            let interval = to_latex(a).starts_with(['[', '(']) && to_latex(a).contains(',');
            if to_latex(a) == to_latex(b)
                && !interval
                && let Some(span) = side.iter().map(|n| n.span).reduce(|a, b| a.join(b))
            {
                found.push(Slip::new(span, Message::new("finding-cancelling").with("term", to_latex(a))));
            }
        }
    }
    found
}

/// Without punctuation at the end.
fn trimmed(side: &[Tex]) -> &[Tex] {
    match side.split_last() {
        Some((last, rest)) if matches!(char_of(last), Some('.' | ',' | ';')) => rest,
        _ => side,
    }
}
