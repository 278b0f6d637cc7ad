//! Scripts that end too early.

use super::Slip;
use super::flat::{Application, applications, flat};
use super::page::{Page, Sheet, char_of, letter, lists};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind, to_latex};
use crate::source::Span;

/// `x^10`: TeX takes one character.
pub(super) static SHORT_SCRIPT: Code = Code {
    name: "short-script",
    what: "a script of several characters without braces: only the first is raised or lowered",
    why: "`x^10` is set as x¹0",
    example: "$$ y = x^10 $$",
};

/// `P(h_t+1 | x_{t+1})` beside `h_{t+1}`.
pub(super) static SPILT_SUBSCRIPT: Code = Code {
    name: "spilt-subscript",
    what: "a subscript seems to go on behind its brace: elsewhere the notes write it inside",
    why: "`h_t+1` is h_t plus one, not the next h",
    example: "$$ h_{t+1} = f(h_{t}) $$\n\nso $$ P(h_t+1 | x_{t+1}) > 0 $$",
};

/// Whether scripts of the node are bases of logarithms.
fn is_log(base: &Tex) -> bool {
    matches!(&base.kind, TexKind::Command(c) if matches!(c.as_str(), "log" | "lg"))
}

/// Whether the node is a function or a big operator, what stands behind is its argument.
fn is_operator(base: &Tex) -> bool {
    matches!(&base.kind, TexKind::Command(_)) && letter(base).is_none()
}

/// A power of a number.
fn is_power(node: &Tex) -> bool {
    matches!(&node.kind, TexKind::Script { base, .. } if matches!(base.kind, TexKind::Number(_)))
}

/// A script of one digit or sign with another right behind it.
pub(super) fn short(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        for (at, pair) in list.windows(2).enumerate() {
            let [first, next] = pair else { continue };
            let TexKind::Script { base, sub, sup, .. } = &first.kind else { continue };
            // `360 = 2^33^25` is a product of powers of digits.
            let powers = at
                .checked_sub(1)
                .and_then(|k| list.get(k))
                .is_some_and(|p| is_power(p) && p.span.end == first.span.start);
            if powers && is_power(first) {
                continue;
            }
            if base.list().is_empty() || matches!(&base.kind, TexKind::Break | TexKind::Space(_)) {
                continue;
            }
            let touches = first.span.end == next.span.start;
            for script in [sub, sup].into_iter().flatten().filter(|s| touches && s.span.end == first.span.end) {
                let more = match (&script.kind, &next.kind) {
                    // `\log_28`, `\log_20.9` and `\int_0^14\,dx` are set as they are meant, unless no such number is written: `\log_10x`.
                    (TexKind::Number(n), TexKind::Number(m)) => {
                        let odd = m.starts_with('0') && !m.starts_with("0.") || is_log(base) && n == "1";
                        n.len() == 1 && !m.starts_with('.') && (odd || !is_operator(base))
                    }
                    (TexKind::Char('-' | '−'), TexKind::Number(_)) => true,
                    (TexKind::Char('-' | '−'), _) => letter(next).is_some(),
                    _ => false,
                };
                if more {
                    let span = script.span.join(next.span);
                    let text = sheet.formula.extract.text.get(span.range()).unwrap_or("");
                    let message = Message::new("finding-short-script").with("script", text);
                    found.push(Slip { span, message, repair: Some((span, format!("{{{text}}}"))) });
                }
            }
        }
    }
    found
}

/// A subscript of one letter in braces as one without: `h_{t}` is `h_t`.
fn unbraced(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("_{") {
        out.push_str(before);
        out.push('_');
        let one = behind.split_once('}').filter(|(inner, _)| inner.chars().count() == 1);
        match one {
            Some((inner, after)) => {
                out.push_str(inner);
                rest = after;
            }
            None => {
                out.push('{');
                rest = behind;
            }
        }
    }
    out + rest
}

/// What an application says, subscripts of one letter without braces.
fn said(application: &Application) -> (String, Vec<String>) {
    let head = to_latex(std::slice::from_ref(&application.head));
    (unbraced(&head), application.texts().iter().map(|t| unbraced(t)).collect())
}

/// `P(h_t+1 | x_{t+1})`: a whole argument beside one that has its next index inside; or `p(h_t+1|h_{t})` by itself, where
/// braces stand beside it and the notes have `p(h_{t+1}|h_t)`. The document has `h_{t+1}`, and not in the same formula.
/// Anywhere else one may be added: `T_{n+1} = 2T_n+1` is a recurrence, `p(x_n+1 | x_n)` a walk.
pub(super) fn spilt(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    let nodes = lists(&sheet.nodes);
    for application in nodes.iter().flat_map(|list| applications(&flat(list))) {
        let beside = application.texts();
        for (at, argument) in application.arguments.iter().enumerate() {
            let [first, sign, one] = argument.as_slice() else { continue };
            // `F_n-1` may be one less.
            let (Some('+'), TexKind::Number(n)) = (char_of(sign), &one.kind) else { continue };
            let close = first.span.end == sign.span.start && sign.span.end == one.span.start;
            let TexKind::Script { base, sub: Some(sub), sup: None, primes: 0 } = &first.kind else { continue };
            let [index] = sub.list() else { continue };
            let (Some(name), true) = (letter(index), n == "1" && close && letter(base).is_some()) else { continue };
            let space = |s: &str| s.split_whitespace().collect::<String>();
            let next = format!("_{{{name}+1}}");
            let wanted = space(&format!("{}{next}", to_latex(std::slice::from_ref(base))));
            let inside = page.scripted.keys().any(|k| space(k) == wanted);
            let recurs = space(&sheet.formula.extract.text).contains(&wanted);
            let carried = beside.iter().enumerate().any(|(i, other)| i != at && other.contains(&next));
            let written = sheet.formula.extract.text.get(application.span.range()).unwrap_or("");
            let alone = || {
                let (head, mut arguments) = said(&application);
                arguments.get_mut(at).into_iter().for_each(|a| *a = wanted.clone());
                let same = |a: &Application| said(a) == (head.clone(), arguments.clone());
                let all = page.sheets.iter().flat_map(|s| lists(&s.nodes));
                written.contains("_{")
                    && sheet.lines.iter().all(|l| l.signs.is_empty())
                    && all.into_iter().any(|list| applications(&flat(&list)).iter().any(same))
            };
            let span = first.span.join(one.span);
            if !recurs && inside && (carried || alone()) && !found.iter().any(|s: &Slip| s.span == span) {
                let text = |s: Span| sheet.formula.extract.text.get(s.range()).unwrap_or("");
                let meant = format!("{}{next}", text(base.span));
                let message = Message::new("finding-spilt-subscript").with("written", text(span)).with("meant", &meant);
                found.push(Slip { span, message, repair: Some((span, meant)) });
            }
        }
    }
    found
}
