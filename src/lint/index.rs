//! Indices of sums and products.

use super::Slip;
use super::page::{DEPTH, Page, Sheet, base, char_of, command, count, each, is_blank, letter, letters, lists};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// `\sum_x p(y)`.
pub(super) static UNUSED_INDEX: Code = Code {
    name: "unused-index",
    what: "what a sum adds up does not have its index, but one that another sum of the formula binds",
    why: "as written every term is the same",
    example: "$$ h = \\sum_{x} p(x) \\log p(x) - \\sum_{x} p(y) \\log p(y) + \\sum_{y} q(y) $$",
};

/// `\sum_i a_i \sum_i b_i`.
pub(super) static REBOUND_INDEX: Code = Code {
    name: "rebound-index",
    what: "a sum inside another one has the same index",
    why: "inside and outside it means two things; another letter keeps them apart",
    example: "$$ s = \\sum_{i=1}^{n} x_i (a + \\sum_{i=1}^{n} y_i) $$",
};

/// `p_i = e^{s_i} / \sum_i e^{s_i}`.
pub(super) static FREE_AND_BOUND: Code = Code {
    name: "free-and-bound-index",
    what: "an index is bound in a sum and free beside it",
    why: "it means two things in one line; another letter in the sum keeps them apart",
    example: "$$ p_i = \\frac{e^{s_i}}{\\sum_{i} e^{s_i}} $$",
};

/// `\sum_n (y_n - t_n) x` beside `x_n`.
pub(super) static UNINDEXED_SYMBOL: Code = Code {
    name: "unindexed-symbol",
    what: "in a sum a letter stands without the index that it has elsewhere in the notes, beside one that has it",
    why: "every term then has the same one",
    example: "Inputs $x_n$ and labels $t_n$. $$ g = \\sum_{n} t_n x $$",
};

/// `\frac{1}{N} \sum_{i=1}^{n}`.
pub(super) static OTHER_CASE: Code = Code {
    name: "other-case",
    what: "the end of a range is a letter that stands nowhere else, while its other case stands in the same formula",
    why: "both were meant to be the same number",
    example: "Of $N$ samples $$ f = \\frac{1}{N} \\sum_{i=1}^{n} x_i $$",
};

/// A big operator with its index and its body: the rest of its term.
pub(super) struct Sum<'a> {
    pub(super) sign: &'a Tex,
    pub(super) index: String,
    pub(super) end: Option<&'a Tex>,
    pub(super) body: Vec<Tex>,
}

fn sums(list: &[Tex]) -> Vec<Sum<'_>> {
    let mut out = vec![];
    for (at, sign) in list.iter().enumerate() {
        let (Some("sum" | "prod"), TexKind::Script { sub: Some(sub), sup, .. }) = (command(sign), &sign.kind) else {
            continue;
        };
        let mut head = sub.list().iter().filter(|n| !is_blank(n));
        let Some(index) = head.next().and_then(letter) else { continue };
        // `\sum_{i < j}` and `\sum_{i, j}` bind more than one.
        let plain = match head.next() {
            None => true,
            Some(n) => char_of(n) == Some('=') || matches!(command(n), Some("in")) || char_of(n) == Some('∈'),
        };
        if !plain {
            continue;
        }
        let body = body(list.get(at + 1..).unwrap_or(&[]));
        out.push(Sum { sign, index, end: sup.as_deref(), body });
    }
    out
}

/// The rest of the term behind a big operator.
fn body(rest: &[Tex]) -> Vec<Tex> {
    let mut depth = 0_i32;
    let mut bars = false;
    let mut some = false;
    for (at, n) in rest.iter().enumerate() {
        let opens = matches!(char_of(base(n)), Some('(' | '['))
            || matches!(command(n), Some("{" | "lbrace" | "langle" | "lfloor"));
        let closes = matches!(char_of(base(n)), Some(')' | ']'))
            || matches!(command(n), Some("}" | "rbrace" | "rangle" | "rfloor"));
        let bar = char_of(base(n)) == Some('|');
        if depth == 0 && !bars && closes {
            return rest.get(..at).unwrap_or(&[]).to_vec();
        }
        depth += i32::from(opens) - i32::from(closes);
        bars ^= bar && depth == 0;
        if depth == 0 && !bars && !bar && some && ends(n) {
            return rest.get(..at).unwrap_or(&[]).to_vec();
        }
        let sign = matches!(char_of(n), Some('+' | '-' | '−'));
        // A sign in front belongs to the body, also behind further sums.
        some |= !is_blank(n) && !sign && !is_sum(n);
    }
    rest.to_vec()
}

fn ends(n: &Tex) -> bool {
    matches!(
        n.kind,
        TexKind::Char('+' | '-' | '−' | '=' | ',' | '<' | '>' | ';' | '.' | '∼') | TexKind::Align | TexKind::Break
    ) || matches!(
        command(n),
        Some("quad" | "qquad" | "le" | "leq" | "ge" | "geq" | "approx" | "equiv" | "Rightarrow" | "sim")
    ) || matches!(&n.kind, TexKind::Call { name, .. } if matches!(name.as_str(), "overset" | "stackrel" | "underset"))
        || matches!(&n.kind, TexKind::Space(s) if s.contains("quad"))
}

pub(super) fn all_sums(nodes: &[Tex], look: &mut dyn FnMut(&Sum)) {
    for list in lists(nodes) {
        sums(&list).iter().for_each(&mut *look);
    }
}

/// The body lacks the index and has one that another sum of the formula binds, where it is not bound.
pub(super) fn unused(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut indices: Vec<String> = vec![];
    all_sums(&sheet.nodes, &mut |s| indices.push(s.index.clone()));
    let mut found = vec![];
    let mut nested: Vec<(Span, String)> = vec![];
    all_sums(&sheet.nodes, &mut |s| {
        if let Some(span) = s.body.iter().map(|n| n.span).reduce(Span::join) {
            nested.push((span, s.index.clone()));
        }
    });
    all_sums(&sheet.nodes, &mut |s| {
        if s.body.iter().all(is_blank) || count(&s.body, &s.index) > 0 {
            return;
        }
        let inside = |l: &String| {
            nested.iter().any(|(span, i)| i == l && span.start <= s.sign.span.start && s.sign.span.end <= span.end)
        };
        let mut own = vec![];
        all_sums(&s.body, &mut |t| own.push(t.index.clone()));
        let foreign = letters(&s.body).into_iter().find(|l| indices.contains(l) && !inside(l) && !own.contains(l));
        if let Some(other) = foreign {
            let message = Message::new("finding-unused-index").with("index", &s.index).with("other", other);
            found.push(Slip::new(s.sign.span, message));
        }
    });
    found
}

/// A sum in the body of another one binds the same letter.
pub(super) fn rebound(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    all_sums(&sheet.nodes, &mut |s| {
        // Beside each other `\prod_i a_i \prod_i b_i` are two products, and brackets right behind the sign may end its
        // body; inside those, or at once, one is in the other.
        let within = match s.body.iter().find(|n| !is_blank(n)) {
            Some(first) if is_sum(first) => first.span,
            Some(first) if char_of(first) == Some('(') => bracketed(&s.body),
            Some(first) if matches!(first.kind, TexKind::Fenced { .. }) => first.span,
            _ => s.body.iter().map(|n| n.span).reduce(Span::join).unwrap_or(s.sign.span),
        };
        let mut depth = 0_i32;
        let mut beside: Vec<Span> = vec![];
        for n in &s.body {
            match char_of(base(n)) {
                Some('(' | '[') => depth += 1,
                Some(')' | ']') => depth -= 1,
                _ => {}
            }
            if depth == 0 && is_sum(n) && n.span != within {
                beside.push(n.span);
            }
        }
        all_sums(&s.body, &mut |t| {
            let inside = within.start <= t.sign.span.start && t.sign.span.end <= within.end;
            if t.index == s.index && inside && !beside.contains(&t.sign.span) {
                found.push(Slip::new(t.sign.span, Message::new("finding-rebound-index").with("index", &s.index)));
            }
        });
    });
    found
}

fn is_sum(node: &Tex) -> bool {
    matches!(command(node), Some("sum" | "prod"))
}

/// From the bracket at the start to its partner.
fn bracketed(body: &[Tex]) -> Span {
    let mut depth = 0_i32;
    let mut span = Span::default();
    for n in body.iter().filter(|n| !is_blank(n)) {
        span = if depth == 0 { n.span } else { span.join(n.span) };
        match char_of(base(n)) {
            Some('(') => depth += 1,
            Some(')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    span
}

/// In one side of a line the index of a sum also stands outside of every sum over it, as an index.
pub(super) fn free_and_bound(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found: Vec<Slip> = vec![];
    for line in &sheet.lines {
        for side in &line.sides {
            let set = |n: &Tex| matches!(&n.kind, TexKind::Fenced { open, .. } if open == "\\{" || open == "\\lbrace");
            if side.iter().any(|n| set(n) || matches!(command(n), Some("{" | "lbrace"))) {
                // The parts of `{ x | … }` are statements of their own.
                continue;
            }
            let mut bound: Vec<(Tex, String, Vec<Tex>)> = unranged(side);
            all_sums(side, &mut |s| bound.push((s.sign.clone(), s.index.clone(), s.body.clone())));
            for (sign, index, _) in &bound {
                let within = |span: Span| {
                    bound.iter().any(|(sign, i, body)| {
                        let covered = body.iter().map(|n| n.span).fold(sign.span, Span::join);
                        i == index && covered.start <= span.start && span.end <= covered.end
                    })
                };
                let mut free = false;
                each(side, &mut |n| {
                    let big = matches!(command(n), Some("sum" | "prod" | "max" | "min" | "argmax"));
                    if let TexKind::Script { sub, sup, .. } = &n.kind
                        && !big
                    {
                        let index_like = |s: &Tex| matches!(s.list(), [one] if letter(one).as_ref() == Some(index));
                        free |= [sub, sup].into_iter().flatten().any(|s| index_like(s) && !within(s.span));
                    }
                });
                if free && !found.iter().any(|f| f.span == sign.span) {
                    let message = Message::new("finding-free-and-bound").with("index", index);
                    found.push(Slip::new(sign.span, message));
                }
            }
        }
    }
    found
}

/// Sums without a range over the one letter that is an index or exponent in them: `\sum e^i`.
fn unranged(side: &[Tex]) -> Vec<(Tex, String, Vec<Tex>)> {
    let mut out = vec![];
    for list in lists(side) {
        for (at, sign) in list.iter().enumerate().filter(|(_, n)| matches!(&n.kind, TexKind::Command(c) if c == "sum"))
        {
            let body = body(list.get(at + 1..).unwrap_or(&[]));
            let mut scripts = vec![];
            each(&body, &mut |n| {
                if let TexKind::Script { sub, sup, .. } = &n.kind {
                    scripts.extend([sub, sup].into_iter().flatten().filter_map(|s| match s.list() {
                        [one] => letter(one),
                        _ => None,
                    }));
                }
            });
            scripts.sort();
            scripts.dedup();
            if let [index] = scripts.as_slice() {
                out.push((sign.clone(), index.clone(), body));
            }
        }
    }
    out
}

/// In a sum a letter stands without the index that it has elsewhere in the notes, beside one that has it.
pub(super) fn unindexed(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found: Vec<Slip> = vec![];
    all_sums(&sheet.nodes, &mut |s| {
        let indexed = |l: &str| {
            let forms = [format!("{l}_{}", s.index), format!("{l}_{{{}}}", s.index), format!("{l}^{{({})}}", s.index)];
            forms.iter().any(|f| page.scripted.contains_key(f))
        };
        let mut here = false;
        let mut bare: Vec<(String, Span)> = vec![];
        visit(&s.body, &mut |n, scripted| match (&n.kind, letter(n)) {
            (TexKind::Script { sub: Some(sub), .. }, _) => {
                here |= matches!(sub.list(), [one] if letter(one).as_ref() == Some(&s.index));
            }
            (_, Some(l)) if !scripted => bare.push((l, n.span)),
            _ => {}
        });
        let outside = |l: &str| count(&sheet.nodes, l) > count(&s.body, l);
        for (l, span) in bare.into_iter().filter(|(l, _)| here && indexed(l) && !outside(l)) {
            if !found.iter().any(|f| f.span == span) {
                let message = Message::new("finding-unindexed-symbol").with("symbol", &l).with("index", &s.index);
                found.push(Slip::new(span, message));
            }
        }
    });
    found
}

/// Visits nodes with whether they carry scripts.
fn visit(nodes: &[Tex], look: &mut dyn FnMut(&Tex, bool)) {
    fn down(n: &Tex, scripted: bool, depth: usize, look: &mut dyn FnMut(&Tex, bool)) {
        look(n, scripted);
        if depth > 64 {
            return;
        }
        match &n.kind {
            TexKind::Script { base, sup, .. } => {
                let transposed = sup.as_ref().is_some_and(
                    |s| matches!(s.list(), [one] if char_of(one) == Some('T') || command(one) == Some("top")),
                );
                let only = matches!(&n.kind, TexKind::Script { sub: None, .. }) && transposed;
                down(base, !only, depth + 1, look);
            }
            // Under an accent, in bold or in a word a letter is another name.
            TexKind::Call { name, .. } if !(name.ends_with("frac") || name == "sqrt") => {}
            _ => n.children().into_iter().for_each(|c| down(c, false, depth + 1, look)),
        }
    }
    nodes.iter().for_each(|n| down(n, false, 0, look));
}

/// Whether a letter stands for a number: as a factor, in a denominator, as an end. An index, `p_k`, and an argument,
/// `P(c \mid x)`, run over what is counted.
fn is_amount(nodes: &[Tex], wanted: &str, depth: usize) -> bool {
    let (mut arguments, mut named) = (0_usize, false);
    for n in nodes.iter().filter(|n| !is_blank(n)) {
        match char_of(n) {
            Some('(' | '[') if arguments > 0 || named => arguments += 1,
            Some(')' | ']') if arguments > 0 => arguments -= 1,
            _ if arguments == 0 => {
                let argument = named && matches!(n.kind, TexKind::Fenced { .. });
                let below = |list: &[Tex]| depth > 0 && is_amount(list, wanted, depth - 1);
                let found = letter(n).is_some_and(|l| l == wanted)
                    || !argument
                        && match &n.kind {
                            TexKind::Script { base, sup, .. } => {
                                let label = |s: &Tex| s.list().first().and_then(char_of) == Some('(');
                                below(base.list()) || sup.as_ref().is_some_and(|s| !label(s) && below(s.list()))
                            }
                            TexKind::Fenced { body, .. } => below(body),
                            _ => n.children().into_iter().any(|c| below(c.list())),
                        };
                if found {
                    return true;
                }
            }
            _ => {}
        }
        named = letter(n).is_some() || matches!(n.kind, TexKind::Script { .. });
    }
    false
}

/// The end of the range is written once in the document; its other case is a number in this formula.
pub(super) fn other_case(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    let mut indices = vec![];
    all_sums(&sheet.nodes, &mut |s| indices.push(s.index.clone()));
    all_sums(&sheet.nodes, &mut |s| {
        let Some(end) = s.end else { return };
        let [one] = end.list() else { return };
        let Some(name) = letter(one).filter(|l| l.chars().count() == 1) else { return };
        let lower = name.chars().all(char::is_lowercase);
        let other = if lower { name.to_uppercase() } else { name.to_lowercase() };
        let alone = page.letters.get(&name) == Some(&1);
        let outside = count(&sheet.nodes, &other) > count(&s.body, &other) && is_amount(&sheet.nodes, &other, DEPTH);
        if alone && outside && !indices.contains(&other) && page.letters.get(&other).is_some_and(|n| *n >= 2) {
            let message = Message::new("finding-other-case").with("written", &name).with("meant", &other);
            found.push(Slip { span: one.span, message, repair: Some((one.span, other)) });
        }
    });
    found
}
