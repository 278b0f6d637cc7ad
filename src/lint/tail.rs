//! Bounds of tails by moments: `P(|X - E(X)| ≥ k) ≤ Var(X) / k²`.

use super::Slip;
use super::flat::{applications, flat, text};
use super::page::{Page, Sheet, char_of, command};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::TexKind;

/// `\Pr(|X - E(X)| ≥ k) ≤ Var(X) / k`.
pub(super) static OTHER_MOMENT: Code = Code {
    name: "moment-bound",
    what: "the bound of a tail by a moment over another power of the distance than the order of the moment",
    why: "a probability has no unit: a mean goes over the distance, a variance over its square (Markov, Chebyshev)",
    example: "$$ \\Pr(| X - E(X) | \\geq k) \\leq \\frac{Var(X)}{k} $$",
};

/// Moments by name, with their order in the variable.
const MOMENTS: &[(&str, usize)] = &[("E", 1), ("Var", 2), ("var", 2), ("V", 2), ("sd", 1), ("std", 1)];

/// `P(A ≥ k) R M(A) / k^n` where the order of the moment M is not n.
pub(super) fn other_moment(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for line in &sheet.lines {
        let [left, right] = line.sides.as_slice() else { continue };
        let (left, right) = (flat(left), flat(right));
        let Some(event) = applications(&left).into_iter().find(|a| a.range == (0..left.len())) else { continue };
        let inner = left.get(2..left.len().saturating_sub(1)).unwrap_or(&[]);
        let at = inner
            .iter()
            .position(|n| matches!(command(n), Some("ge" | "geq" | "gt")) || matches!(char_of(n), Some('≥' | '>')));
        let (Some(at), true) = (at, plain(&text(std::slice::from_ref(&event.head))).starts_with('P')) else { continue };
        // Of X² ≥ a Markov's inequality takes the mean of X².
        if text(inner.get(..at).unwrap_or(&[])).contains('^') {
            continue;
        }
        let distance = text(inner.get(at + 1..).unwrap_or(&[]));
        let letters_only = distance.trim_start_matches('\\').chars().all(char::is_alphabetic);
        let [one] = right.as_slice() else { continue };
        let TexKind::Call { name, args, .. } = &one.kind else { continue };
        let ([above, below], true) = (args.as_slice(), name.ends_with("frac")) else { continue };
        let Some(order) = order(&text(above.list())).filter(|_| letters_only) else { continue };
        let raised = |n: usize| if n == 1 { distance.clone() } else { format!("{distance}^{n}") };
        let power = (1..=4).find(|n| text(below.list()).replace(['{', '}'], "") == raised(*n));
        if power.is_some_and(|n| n != order) {
            let message = Message::new("finding-moment-bound").with("distance", raised(order));
            found.push(Slip {
                span: below.span,
                message,
                repair: Some((below.span, format!("{{{}}}", raised(order)))),
            });
        }
    }
    found
}

/// The order of a moment that stands alone: `E(X)` is of order 1, `E(X^2)` and `Var(X)` of order 2.
fn order(moment: &str) -> Option<usize> {
    let (name, argument) = moment.split_at_checked(moment.find(['(', '['])?)?;
    let order = MOMENTS.iter().find(|(n, _)| *n == plain(name))?.1;
    let argument = argument.get(1..)?.strip_suffix([')', ']'])?.replace(['{', '}'], "");
    if argument.contains(")(") || argument.matches(['(', '[']).count() != argument.matches([')', ']']).count() {
        return None;
    }
    match argument.rsplit_once('^').map(|(_, power)| power.parse::<usize>()) {
        Some(Ok(n)) => Some(order * n),
        Some(Err(_)) => None,
        None => Some(order),
    }
}

/// A name without fonts: `\mathrm{Var}` is `Var`.
fn plain(name: &str) -> String {
    let fonts = ["\\mathrm", "\\mathbb", "\\operatorname", "\\text"];
    let bare = fonts.iter().find_map(|f| name.strip_prefix(f)).unwrap_or(name);
    bare.trim_matches(|c| matches!(c, '{' | '}' | '\\' | ' ')).to_owned()
}
