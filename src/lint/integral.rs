//! Integrals and their variables.

use super::Slip;
use super::page::{Page, Sheet, base, char_of, command, count, each, is_blank, letter, lists};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};

/// `\int_0^1 f(x)`.
pub(super) static MISSING_DIFFERENTIAL: Code = Code {
    name: "missing-differential",
    what: "an integral between limits without its `dx`",
    why: "it does not say by which variable",
    example: "$$ \\int_{0}^{1} p(x) = 1 $$",
};

/// `\int f(z) dx`.
pub(super) static OTHER_DIFFERENTIAL: Code = Code {
    name: "other-differential",
    what: "an integral by a variable that its integrand does not have, while the integrand's own stands nowhere else",
    why: "as written the integrand is constant",
    example: "$$ F(x) = \\int_{0}^{x} f(z) \\, dx $$",
};

/// `\int_0^x f(x) dx`.
pub(super) static VARIABLE_IN_LIMIT: Code = Code {
    name: "variable-in-limit",
    what: "the variable of an integral stands in its limits too",
    why: "inside and outside it means two things",
    example: "$$ F(x) = \\int_{0}^{x} f(x) \\, dx $$",
};

/// An integral: its limits, its integrand, and the variable behind the d.
struct Integral<'a> {
    sign: &'a Tex,
    limits: Vec<Tex>,
    integrand: Vec<Tex>,
    variable: Option<(String, &'a Tex)>,
}

fn is_d(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char('d' | 'ⅆ') => true,
        TexKind::Call { name, args, .. } if name.starts_with("math") || name == "operatorname" || name == "rm" => {
            args.iter().any(|a| matches!(a.list(), [one] if char_of(one) == Some('d')))
        }
        TexKind::Text(t) => t.trim() == "d",
        TexKind::Command(c) => matches!(c.as_str(), "dd" | "differential" | "diff" | "dif" | "d"),
        _ => false,
    }
}

fn is_integral(node: &Tex) -> bool {
    matches!(command(node), Some("int" | "iint" | "iiint" | "oint"))
}

/// Single integrals of a list of siblings.
fn integrals(list: &[Tex]) -> Vec<Integral<'_>> {
    let mut out = vec![];
    for (at, sign) in list.iter().enumerate().filter(|(_, n)| command(n) == Some("int")) {
        let limits = match &sign.kind {
            TexKind::Script { sub, sup, .. } => [sub, sup].into_iter().flatten().map(|s| (**s).clone()).collect(),
            _ => vec![],
        };
        let rest = list.get(at + 1..).unwrap_or(&[]);
        let end = rest.iter().position(|n| is_d(n) || is_integral(n));
        let integrand = rest.get(..end.unwrap_or(rest.len())).unwrap_or(&[]).to_vec();
        let behind = end.and_then(|e| rest.get(e).filter(|n| is_d(n)).map(|_| rest.get(e + 1..).unwrap_or(&[])));
        let behind: Vec<&Tex> = behind.unwrap_or(&[]).iter().filter(|n| !is_blank(n)).take(2).collect();
        // `dF(x)`, `d\mu`: a measure, not a variable.
        let variable = match behind.as_slice() {
            [_, next] if matches!(char_of(next), Some('(')) || matches!(next.kind, TexKind::Fenced { .. }) => None,
            [v, ..] => letter(base(v)).filter(|l| l.chars().all(char::is_lowercase)).map(|l| (l, *v)),
            [] => None,
        };
        out.push(Integral { sign, limits, integrand, variable });
    }
    out
}

/// Limits, something behind, and no d in the rest of the formula.
pub(super) fn missing(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    let mut last_d: Option<usize> = None;
    each(&sheet.nodes, &mut |n| {
        if is_d(n) {
            last_d = last_d.max(Some(n.span.start));
        }
        // A macro or words may hold it; so may `D_x` and `\partial`.
        if matches!(&n.kind, TexKind::Text(t) if t.contains('d')) || matches!(n.kind, TexKind::Error(_)) {
            last_d = Some(usize::MAX);
        }
        if matches!(command(n), Some("partial" | "mathcal")) || char_of(n) == Some('D') {
            last_d = last_d.max(Some(n.span.start));
        }
    });
    for list in lists(&sheet.nodes) {
        for i in integrals(&list) {
            let both = i.limits.len() == 2;
            if both && !i.integrand.iter().all(is_blank) && last_d.is_none_or(|d| d < i.sign.span.start) {
                found.push(Slip::new(i.sign.span, Message::new("finding-missing-differential")));
            }
        }
    }
    found
}

/// The variable is not in the integrand; a letter in the integrand's brackets stands nowhere else in the formula.
pub(super) fn other(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        for i in integrals(&list) {
            let Some((variable, node)) = &i.variable else { continue };
            if count(&i.integrand, variable) > 0 {
                continue;
            }
            let orphan = arguments(&i.integrand)
                .into_iter()
                .find(|a| a != variable && count(&i.integrand, a) == count(&sheet.nodes, a));
            if let Some(meant) = orphan {
                let message =
                    Message::new("finding-other-differential").with("variable", variable).with("meant", &meant);
                found.push(Slip { span: node.span, message, repair: Some((base(node).span, meant)) });
            }
        }
    }
    found
}

/// The variable stands in the limits.
pub(super) fn in_limit(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        for i in integrals(&list) {
            if let Some((variable, _)) = &i.variable
                && count(&i.integrand, variable) > 0
                && i.limits.iter().any(|l| matches!(l.list(), [one] if letter(one).as_ref() == Some(variable)))
            {
                let message = Message::new("finding-variable-in-limit").with("variable", variable);
                found.push(Slip::new(i.sign.span, message));
            }
        }
    }
    found
}

/// Single letters alone in brackets behind a name: `z` of `f_X(z)`.
fn arguments(nodes: &[Tex]) -> Vec<String> {
    let mut out = vec![];
    for list in lists(nodes) {
        for four in list.windows(4) {
            let [f, open, x, close] = four else { continue };
            if letter(base(f)).is_some()
                && char_of(open) == Some('(')
                && char_of(base(close)) == Some(')')
                && let Some(l) = letter(x)
            {
                out.push(l);
            }
        }
    }
    out
}
