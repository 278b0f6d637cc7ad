//! Ways of writing that leave open how far something reaches: `\sin(m + n)x`, `\ln(1 + x)^2`, `1/2 x`, `5\frac29x`.
//!
//! What is read so may be proved as it is read; nothing is refuted by one of two readings. Where the other reading is as
//! likely nothing is proved either: `notation::argument` makes a notation of it.

use crate::notation::reader::{at_some_level, char_of, closing};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Functions whose argument may go on behind a bracket.
const ANGLES: &[&str] = &["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh"];
const LOGARITHMS: &[&str] = &["ln", "log"];

fn bare(node: &Tex) -> &Tex {
    match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    }
}

/// The name of a function without brackets of its own.
fn function(node: &Tex) -> Option<&str> {
    match &bare(node).kind {
        TexKind::Command(c) if ANGLES.contains(&c.as_str()) || LOGARITHMS.contains(&c.as_str()) => Some(c),
        _ => None,
    }
}

/// Whether a formula, or a part of it, is written so.
pub(crate) fn is_unclear(nodes: &[Tex]) -> bool {
    at_some_level(nodes, &|list| {
        (0..list.len()).any(|at| {
            divides_far(list, at)
                || argument_goes_on(list, at)
                || is_mixed(list, at)
                || is_of_order(list, at)
                || is_mean(list, at)
        })
    })
}

/// `x^2/2\sigma^2`: a number behind a slash, and a letter behind it.
fn divides_far(list: &[Tex], at: usize) -> bool {
    let is_number = |n: &Tex| matches!(n.kind, TexKind::Number(_));
    list.get(at).and_then(char_of) == Some('/')
        && list.get(at + 1).is_some_and(is_number)
        && list.get(at + 2).is_some_and(|n| base_name(bare(n)).is_some())
}

/// `EX`: a mean, or a product.
fn is_mean(list: &[Tex], at: usize) -> bool {
    list.get(at).is_some_and(|n| matches!(n.kind, TexKind::Char('E')))
        && list.get(at + 1).and_then(char_of).is_some_and(|c| matches!(c, 'X' | 'Y' | 'Z'))
}

/// `2\tfrac{1}{2}`: two and a half, or one.
pub(super) fn is_mixed(list: &[Tex], at: usize) -> bool {
    let number = |n: &Tex| match &n.kind {
        TexKind::Number(digits) => digits.parse::<u64>().ok(),
        _ => None,
    };
    let proper = |n: &Tex| match &n.kind {
        TexKind::Call { name, args, .. } if name.ends_with("frac") => match args.as_slice() {
            [a, b] => match (a.list(), b.list()) {
                ([a], [b]) => number(a).zip(number(b)).is_some_and(|(a, b)| a < b),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    };
    list.get(at).is_some_and(|n| number(n).is_some()) && list.get(at + 1).is_some_and(proper)
}

/// `f^{(3)}(a)`: the third derivative, or the third of some functions, or f of f of f.
fn is_of_order(list: &[Tex], at: usize) -> bool {
    let Some(Tex { kind: TexKind::Script { base, sup: Some(sup), .. }, .. }) = list.get(at) else { return false };
    let numbered = match sup.list() {
        [open, Tex { kind: TexKind::Number(_), .. }, close] => {
            char_of(open) == Some('(') && char_of(close) == Some(')')
        }
        _ => false,
    };
    let opens = |n: &Tex| char_of(n) == Some('(') || matches!(&n.kind, TexKind::Fenced { open, .. } if open == "(");
    numbered && base_name(base).is_some() && list.get(at + 1).is_some_and(opens)
}

/// Whether a function's argument may be more than what stands in the bracket behind it.
fn argument_goes_on(list: &[Tex], at: usize) -> bool {
    let Some(name) = list.get(at).and_then(function) else { return false };
    let end = match list.get(at + 1).map(|n| &bare(n).kind) {
        // Who takes brackets that grow means what is in them.
        Some(TexKind::Char('(' | '[')) => closing(list, at + 1),
        _ => None,
    };
    let Some(end) = end else { return false };
    // `\sin(x)^2` is (sin x)² to all.
    let raised = LOGARITHMS.contains(&name)
        && list.get(end).is_some_and(|n| matches!(n.kind, TexKind::Script { sup: Some(_), .. }));
    let angle = ANGLES.contains(&name);
    let behind = list.get(end + 1);
    raised || angle && behind.is_some_and(|n| char_of(n) == Some('/') || base_name(bare(n)).is_some())
}
