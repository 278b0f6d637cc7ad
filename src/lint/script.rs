//! Scripts that end too early.

use super::Slip;
use super::page::{Page, Sheet, char_of, letter, lists};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// `x^10`: TeX takes one character.
pub(super) static SHORT_SCRIPT: Code = Code {
    name: "short-script",
    what: "a script of several characters without braces: only the first is raised or lowered",
    why: "`x^10` is set as x¹0",
    example: "$$ y = x^10 $$",
};

/// `x_t+1` beside `x_{t+1}`.
pub(super) static SPILT_SUBSCRIPT: Code = Code {
    name: "spilt-subscript",
    what: "a subscript seems to go on behind its brace: elsewhere the notes write it inside",
    why: "`h_t+1` is h_t plus one, not the next h",
    example: "$$ h_{t+1} = f(h_{t}) $$\n\nso $$ P(h_t+1) > 0 $$",
};

/// Whether scripts of the node are bases of logarithms.
fn is_log(base: &Tex) -> bool {
    matches!(&base.kind, TexKind::Command(c) if matches!(c.as_str(), "log" | "lg"))
}

/// Whether the node is a function or a big operator, what stands behind is its argument.
fn is_operator(base: &Tex) -> bool {
    matches!(&base.kind, TexKind::Command(_)) && letter(base).is_none()
}

/// A script of one digit or sign with another right behind it.
pub(super) fn short(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        for pair in list.windows(2) {
            let [first, next] = pair else { continue };
            let TexKind::Script { base, sub, sup, .. } = &first.kind else { continue };
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

/// `x_t+1` without spaces, where the document has `x_{t+1}`, and not in the same formula: `T_{n+1} = 2T_n+1` is a
/// recurrence.
pub(super) fn spilt(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for list in lists(&sheet.nodes) {
        for triple in list.windows(3) {
            let [first, sign, one] = triple else { continue };
            // `F_n-1` may be one less.
            let (Some('+'), TexKind::Number(n)) = (char_of(sign), &one.kind) else { continue };
            let close = first.span.end == sign.span.start && sign.span.end == one.span.start;
            let TexKind::Script { base, sub: Some(sub), sup: None, primes: 0 } = &first.kind else { continue };
            let [index] = sub.list() else { continue };
            let (Some(name), true) = (letter(index), n == "1" && close && letter(base).is_some()) else { continue };
            let text = |nodes: &[Tex]| crate::notation::tex::to_latex(nodes);
            let space = |s: &str| s.split_whitespace().collect::<String>();
            let wanted = |c: char| space(&format!("{}_{{{name}{c}1}}", text(std::slice::from_ref(base))));
            let inside = |c: char| page.scripted.keys().any(|k| space(k) == wanted(c));
            let recurs = space(&sheet.formula.extract.text).contains(&wanted('+'));
            if !recurs && (inside('+') || inside('-')) {
                let span = first.span.join(one.span);
                let text = |s: Span| sheet.formula.extract.text.get(s.range()).unwrap_or("");
                let meant = format!("{}_{{{name}+1}}", text(base.span));
                let message = Message::new("finding-spilt-subscript").with("written", text(span)).with("meant", &meant);
                found.push(Slip { span, message, repair: Some((span, meant)) });
            }
        }
    }
    found
}
