//! The least value and the place where it is taken.

use super::Slip;
use super::page::{Page, Sheet, base, char_of, command, count, is_blank, letter};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};

/// `\theta^* = \min_\theta L(\theta)`.
pub(super) static VALUE_OR_PLACE: Code = Code {
    name: "value-or-place",
    what: "an optimal argument is set equal to a least or greatest value",
    why: "min is the value, argmin the place where it is taken",
    example: "$$ \\theta^* = \\min_{\\theta} L(\\theta) $$",
};

/// A starred or hatted letter on the left, `min` or `max` over the same letter on the right.
pub(super) fn value_or_place(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for line in &sheet.lines {
        let [left, right, ..] = line.sides.as_slice() else { continue };
        let right: Vec<&Tex> = right.iter().filter(|n| !is_blank(n)).collect();
        let Some((sign, body)) = right.split_first() else { continue };
        let (Some(word @ ("min" | "max")), TexKind::Script { sub: Some(sub), .. }) = (command(sign), &sign.kind) else {
            continue;
        };
        let Some(variable) = sub.list().iter().find(|n| !is_blank(n)).and_then(name) else { continue };
        let body: Vec<Tex> = body.iter().map(|n| (*n).clone()).collect();
        let starred = optimal(left).is_some_and(|l| l == variable);
        if starred && count(&body, &variable) > 0 && body.len() > 1 {
            let message = Message::new("finding-value-or-place").with("word", word);
            let sign = base(sign);
            found.push(Slip { span: sign.span, message, repair: Some((sign.span, format!("\\arg\\{word}"))) });
        }
    }
    found
}

/// The letter of a node, also in bold or under a hat.
fn name(node: &Tex) -> Option<String> {
    match &node.kind {
        TexKind::Script { base, .. } => name(base),
        TexKind::Call { args, .. } => match args.as_slice() {
            [one] => one.list().first().and_then(name),
            _ => None,
        },
        _ => letter(node),
    }
}

/// `x^*`, `\hat{x}`, `x_\star`, alone.
fn optimal(side: &[Tex]) -> Option<String> {
    let side: Vec<&Tex> = side.iter().filter(|n| !is_blank(n)).collect();
    let [one] = side.as_slice() else { return None };
    let starred = match &one.kind {
        TexKind::Script { sup, sub, .. } => [sub, sup]
            .into_iter()
            .flatten()
            .any(|s| s.list().iter().any(|n| char_of(n) == Some('*') || matches!(command(n), Some("star" | "ast")))),
        _ => false,
    };
    let hatted = matches!(&base(one).kind, TexKind::Call { name, .. } if name == "hat" || name == "widehat");
    (starred || hatted).then(|| name(one)).flatten()
}
