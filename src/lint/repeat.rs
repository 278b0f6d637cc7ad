//! What is written twice where it can't be meant.

use super::Slip;
use super::flat::{chains, flat, partner, span_of, terms, text};
use super::index::all_sums;
use super::page::{Page, Sheet, base, char_of, count, each, letter, letters};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};

/// `p_0 \log p_0 + p_0 \log p_0`.
pub(super) static REPEATED_TERM: Code = Code {
    name: "repeated-term",
    what: "a sum has the same long term twice",
    why: "one of them was probably meant to be another; if not, it is twice the term",
    example: "$$ h = p(a) \\log p(a) + p(a) \\log p(a) $$",
};

/// `\sum_{n=0}^{n} a_n`.
pub(super) static RANGE_BY_ITSELF: Code = Code {
    name: "range-by-itself",
    what: "the index of a sum is an end of its own range",
    why: "an index can't bound itself; one of the two was meant to be another letter",
    example: "$$ s = \\sum_{n=0}^{n} x^n $$",
};

/// `X = g(Y) = X - c`.
pub(super) static SHIFTED_BY: Code = Code {
    name: "equals-itself-shifted",
    what: "a letter is set equal to itself plus something",
    why: "as written what is added is 0",
    example: "$$ X = g(Y) = X - c $$",
};

/// `F^{-1}(F^{-1}(p)) = p`.
pub(super) static INVERTED_TWICE: Code = Code {
    name: "inverted-twice",
    what: "the inverse of a function is applied twice, and the result is the argument",
    why: "a function undoes its inverse; the inverse does not undo itself",
    example: "$$ G^{-1}(G^{-1}(p)) = p $$",
};

/// Two equal summands of one sign, longer than what one would write to be simplified.
pub(super) fn repeated_term(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for chain in chains(&sheet.lines) {
        let doubled = chain.iter().any(|s| {
            matches!(s.first().map(|n| &n.kind), Some(TexKind::Number(n)) if n == "2")
                || s.iter().any(|n| matches!(&n.kind, TexKind::Number(n) if n == "2"))
        });
        for side in &chain {
            let terms = terms(side);
            if doubled || terms.len() > 4 {
                continue;
            }
            for (at, (minus, term)) in terms.iter().enumerate() {
                let same = |minus: bool| terms.iter().skip(at + 1).find(|(m, t)| *m == minus && text(t) == text(term));
                let again = if *minus || same(true).is_some() { None } else { same(false) };
                if let (true, Some((_, again))) = (is_long(term), again)
                    && let Some(span) = span_of(again)
                {
                    found.push(Slip::new(span, Message::new("finding-repeated-term").with("term", text(again))));
                }
            }
        }
    }
    found
}

/// With at least two applications.
fn is_long(term: &[Tex]) -> bool {
    let mut brackets = 0;
    each(term, &mut |n| brackets += usize::from(char_of(n) == Some('(')));
    brackets >= 2 && letters(term).len() >= 2
}

/// An end of the range is the index.
pub(super) fn range_by_itself(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    all_sums(&sheet.nodes, &mut |s| {
        let end = s.end.filter(|e| matches!(e.list(), [one] if letter(one).as_ref() == Some(&s.index)));
        if end.is_some() {
            found.push(Slip::new(s.sign.span, Message::new("finding-range-by-itself").with("index", &s.index)));
        }
    });
    found
}

/// `X = … = X - c`, with X on no side between.
pub(super) fn shifted(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for line in sheet.lines.iter().filter(|l| l.signs.iter().all(|s| s.sign.name == "eq")) {
        let sides: Vec<Vec<Tex>> = line.sides.iter().map(|s| flat(s)).collect();
        let Some(([first], rest)) = sides.split_first().map(|(f, r)| (f.as_slice(), r)) else { continue };
        let Some(name) = letter(first) else { continue };
        for (at, side) in rest.iter().enumerate().skip(1) {
            let between = rest.get(..at).unwrap_or(&[]);
            let [same, sign, shift @ ..] = side.as_slice() else { continue };
            let shifts = matches!(char_of(sign), Some('+' | '-')) && letter(same).as_ref() == Some(&name);
            let zero = matches!(shift, [one] if matches!(&one.kind, TexKind::Number(n) if n == "0"));
            if shifts
                && !zero
                && !shift.is_empty()
                && count(shift, &name) == 0
                && between.iter().all(|s| count(s, &name) == 0)
                && let Some(span) = span_of(side)
            {
                found.push(Slip::new(span, Message::new("finding-equals-itself-shifted").with("symbol", &name)));
            }
        }
    }
    found
}

/// Words of a function that is its own inverse, and of what is only looked for.
const INVOLUTIONS: &[&str] = &[
    "involution",
    "own inverse",
    "self-inverse",
    "self inverse",
    "inverse of itself",
    "suppose",
    "assume",
    "if ",
    "when ",
    "such that",
    "대합",
    "자기 자신의 역",
    "자신의 역함수",
    "역함수와 같",
];

/// Whether the notes say that the function is its own inverse: in words, `f^{-1} = f`, `f(f(x)) = x`.
fn is_involution(page: &Page, sheet: &Sheet, inverse: &Tex) -> bool {
    let lead = sheet.lead.to_lowercase();
    let (name, marked) = (text(std::slice::from_ref(base(inverse))), text(std::slice::from_ref(inverse)));
    let twice = format!("{name}({name}(");
    let says = |chain: &[Vec<Tex>]| {
        let sides: Vec<String> = chain.iter().map(|s| text(s)).collect();
        let same = sides.contains(&name) && sides.contains(&marked);
        // `f^{-1}(x) = f(x)`
        let at_one = sides.iter().any(|s| {
            s.strip_prefix(&marked)
                .is_some_and(|rest| rest.starts_with('(') && sides.contains(&format!("{name}{rest}")))
        });
        let back = sides.iter().any(|s| {
            let inner = s.strip_prefix(&twice).and_then(|rest| rest.strip_suffix("))"));
            inner.is_some_and(|x| sides.iter().any(|other| other == x))
        });
        same || at_one || back
    };
    let told = |s: &Sheet| INVOLUTIONS.iter().take(5).any(|w| s.lead.to_lowercase().contains(w));
    INVOLUTIONS.iter().any(|w| lead.contains(w))
        || page.sheets.iter().any(|s| told(s) || chains(&s.lines).iter().any(|chain| says(chain)))
}

/// A side `f^{-1}(f^{-1}(A))` beside a side A.
pub(super) fn inverted_twice(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for chain in chains(&sheet.lines) {
        let sides: Vec<String> = chain.iter().map(|s| text(s)).collect();
        for side in &chain {
            let [f, open, g, inner, ..] = side.as_slice() else { continue };
            let opens =
                char_of(open) == Some('(') && char_of(inner) == Some('(') && partner(side, 1) == Some(side.len() - 1);
            let inverse = |n: &Tex| match &n.kind {
                TexKind::Script { sup: Some(sup), .. } => text(sup.list()) == "-1" && letter(base(n)).is_some(),
                _ => false,
            };
            let same = text(std::slice::from_ref(f)) == text(std::slice::from_ref(g)) && inverse(f);
            let argument = partner(side, 3).map(|end| text(side.get(4..end).unwrap_or(&[])));
            if opens
                && same
                && argument.is_some_and(|a| !a.is_empty() && sides.contains(&a))
                && !is_involution(page, sheet, f)
                && let Some(span) = span_of(side)
            {
                let name = text(std::slice::from_ref(f));
                found.push(Slip::new(span, Message::new("finding-inverted-twice").with("inverse", name)));
            }
        }
    }
    found
}
