//! Integrals and their variables.

use super::Slip;
use super::flat::{chains, flat};
use super::page::{Page, Sheet, base, char_of, command, count, each, is_blank, letter, lists};
use super::units::names;
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

/// `F(x) = \int_0^y f(y) dy`.
pub(super) static OTHER_END: Code = Code {
    name: "other-end",
    what: "an integral ends at its own variable, and the argument on the left is nowhere in it",
    why: "the left side depends on the argument, the right side does not",
    example: "$$ F(x) = \\int_{0}^{y} f(y) \\, dy $$",
};

/// An integral: its limits, its integrand, and the variable behind the d.
struct Integral<'a> {
    sign: &'a Tex,
    limits: Vec<Tex>,
    integrand: Vec<Tex>,
    variable: Option<(String, &'a Tex)>,
}

impl Integral<'_> {
    /// Whether it is over all values of the variable, which alone stands below: `\int_x p(x) \, dx`.
    fn is_over(&self, variable: &str) -> bool {
        let below = matches!(&self.sign.kind, TexKind::Script { sub: Some(_), sup: None, .. });
        below && matches!(self.limits.as_slice(), [one] if letter(one).as_deref() == Some(variable))
    }
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
            TexKind::Script { sub, sup, .. } => [sub, sup].into_iter().flatten().map(|s| end_of(s)).collect(),
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
            // `\int_0^x f(x') dx'`: a variable with a prime is another one.
            [v, ..] if matches!(v.kind, TexKind::Script { primes: 1.., .. }) => None,
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
        if matches!(command(n), Some("partial" | "mathcal" | "delta")) || char_of(n) == Some('D') {
            last_d = last_d.max(Some(n.span.start));
        }
    });
    for list in lists(&sheet.nodes) {
        for i in integrals(&list) {
            // `\int_{x \in X}` says by which variable, and still no dx closes the integrand.
            let over = |l: &Tex| matches!(l.list(), [v, sign, _, ..] if letter(v).is_some() && matches!(command(sign), Some("in")));
            let both = i.limits.len() == 2 || i.limits.first().is_some_and(over);
            if both && !is_of_functions(&i.integrand) && last_d.is_none_or(|d| d < i.sign.span.start) {
                found.push(Slip::new(i.sign.span, Message::new("finding-missing-differential")));
            }
        }
    }
    found
}

/// Letters of functions.
const FUNCTIONS: &[&str] = &["f", "g", "h", "F", "G", "H", "u", "v", "\\phi", "\\psi", "\\varphi"];
/// Letters of numbers that stand before them.
const NUMBERS: &[&str] = &["c", "k", "C", "K", "M", "a", "b", "\\alpha", "\\beta", "\\lambda", "\\mu"];

/// `\int_a^b f`, `\int_a^b|f|^2`, `\int_a^b(f + cg)`: functions themselves are integrated, none of them at a variable.
fn is_of_functions(integrand: &[Tex]) -> bool {
    let ends = |n: &Tex| {
        let relation = matches!(char_of(n), Some('=' | '<' | '>' | ',' | '.' | ';' | '≤' | '≥'));
        relation
            || matches!(
                command(n),
                Some(
                    "le" | "leq"
                        | "leqslant"
                        | "ge"
                        | "geq"
                        | "geqslant"
                        | "ne"
                        | "neq"
                        | "lt"
                        | "gt"
                        | "to"
                        | "approx"
                        | "qquad"
                        | "quad"
                )
            )
    };
    let list = flat(integrand.split(ends).next().unwrap_or(&[]));
    let letters: Vec<(usize, String)> =
        list.iter().enumerate().filter_map(|(at, n)| letter(base(n)).map(|l| (at, l))).collect();
    let function = |l: &str| FUNCTIONS.contains(&l);
    // `f(c)` and `f_n(x)` have arguments; a capital or a bar behind it has not.
    let applied = |at: usize| list.get(at + 1).is_some_and(|n| char_of(n) == Some('('));
    let plain = |n: &Tex| {
        let shown =
            char_of(base(n)).is_some_and(|c| "|+-−()[]".contains(c)) || matches!(base(n).kind, TexKind::Number(_));
        is_blank(n) || shown || letter(base(n)).is_some() || matches!(command(n), Some("lvert" | "rvert" | "cdot"))
    };
    list.iter().all(plain)
        && letters.iter().any(|(_, l)| function(l))
        && letters.iter().all(|(at, l)| if function(l) { !applied(*at) } else { NUMBERS.contains(&l.as_str()) })
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

/// The variable is one limit: `\int_0^x f(x) dx`, which many write and mean well.
pub(super) fn in_limit(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    if !other_end(page, sheet).is_empty() {
        return vec![];
    }
    limited(sheet, &|limits, variable| {
        !both(limits, variable)
            && limits.iter().any(|l| matches!(l.list(), [one] if letter(one).as_deref() == Some(variable)))
    })
}

/// The variable stands in both limits: `\int_x^{x + h} f(x) dx`.
pub(super) fn in_both_limits(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    limited(sheet, &both)
}

/// The end that a limit says: 0 of `x = 0`.
fn end_of(limit: &Tex) -> Tex {
    match limit.list() {
        [v, sign, end @ ..] if letter(v).is_some() && char_of(sign) == Some('=') => {
            Tex::new(TexKind::Group(end.to_vec()), limit.span)
        }
        _ => limit.clone(),
    }
}

fn both(limits: &[Tex], variable: &str) -> bool {
    // In `y(a)` it is a function, and `t_0` is another name than t.
    let applied = |l: &Tex| {
        let next =
            |w: &[Tex]| matches!(w, [f, open] if letter(f).as_deref() == Some(variable) && char_of(open) == Some('('));
        l.list().windows(2).any(next)
    };
    limits.len() == 2
        && limits.iter().all(|l| names(&flat(l.list())).iter().any(|(name, _)| name == variable) && !applied(l))
}

/// `F(x) = … = \int_a^y f(y) dy`: the end is the variable, and the argument on the left is nowhere in it.
pub(super) fn other_end(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for chain in chains(&sheet.lines) {
        let Some([head, open, argument, _]) = chain.first().map(Vec::as_slice) else { continue };
        let Some(meant) = letter(argument).filter(|_| letter(base(head)).is_some() && char_of(open) == Some('('))
        else {
            continue;
        };
        for side in chain.iter().skip(1) {
            for i in integrals(side).iter().filter(|_| count(side, &meant) == 0) {
                let end = i.limits.get(1).filter(|l| matches!(l.list(), [one] if letter(one).is_some()));
                let Some((end, (variable, _))) = end.zip(i.variable.as_ref()) else { continue };
                if count(end.list(), variable) > 0 {
                    let message = Message::new("finding-other-end").with("written", variable).with("meant", &meant);
                    found.push(Slip { span: end.span, message, repair: Some((end.span, meant.clone())) });
                }
            }
        }
    }
    found
}

fn limited(sheet: &Sheet, holds: &dyn Fn(&[Tex], &str) -> bool) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        for i in integrals(&list) {
            if let Some((variable, _)) = &i.variable
                && count(&i.integrand, variable) > 0
                && !i.is_over(variable)
                && holds(&i.limits, variable)
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
