//! Brackets without a partner.

use super::Slip;
use super::page::{Page, Sheet, has_words};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// `(a + b`.
pub(super) static UNBALANCED: Code = Code {
    name: "unbalanced-bracket",
    what: "a bracket of a display has no partner",
    why: "a reader has to guess where it ends",
    example: "$$ y = (a + b x $$",
};

/// Brackets in the order written; half-open intervals `[0, 1)` and `]0, 1[` pair brackets of different kinds.
pub(super) fn unbalanced(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    if !sheet.formula.display || has_words(&sheet.nodes) {
        return vec![];
    }
    let mut brackets = vec![];
    collect(&sheet.nodes, 0, &mut brackets);
    let opens = brackets.iter().filter(|b| b.0).count();
    let square = brackets.iter().any(|b| b.2 == '[' || b.2 == ']');
    if 2 * opens == brackets.len() || square {
        return vec![];
    }
    let mut stack: Vec<Span> = vec![];
    let mut lone = None;
    for (open, span, _) in &brackets {
        match (*open, stack.is_empty()) {
            (true, _) => stack.push(*span),
            (false, true) => {
                lone.get_or_insert(*span);
            }
            (false, false) => {
                stack.pop();
            }
        }
    }
    let Some(span) = lone.or(stack.first().copied()) else { return vec![] };
    let text = sheet.formula.extract.text.get(span.range()).unwrap_or("");
    vec![Slip::new(span, Message::new("finding-unbalanced-bracket").with("bracket", text))]
}

fn collect(nodes: &[Tex], depth: usize, out: &mut Vec<(bool, Span, char)>) {
    for node in nodes {
        let bracket = match &node.kind {
            TexKind::Char(c @ ('(' | '[')) => Some((true, *c)),
            TexKind::Char(c @ (')' | ']')) => Some((false, *c)),
            TexKind::Command(c) if c == "{" || c == "lbrace" => Some((true, '{')),
            TexKind::Command(c) if c == "}" || c == "rbrace" => Some((false, '}')),
            _ => None,
        };
        match bracket {
            Some((open, c)) => out.push((open, node.span, c)),
            None if depth < 64 => {
                let children: Vec<Tex> = node.children().into_iter().cloned().collect();
                collect(&children, depth + 1, out);
            }
            None => {}
        }
    }
}
