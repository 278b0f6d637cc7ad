//! Ways of writing that leave open how far something reaches: `\sin(m + n)x`, `\ln x/y`, `\ln(1 + x)^2`, `x^2/2\sigma^2`.
//!
//! What is read so may be proved as it is read; nothing is refuted by one of two readings.

use crate::notation::reader::{char_of, closing, significant};
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
    let list = significant(nodes);
    (0..list.len())
        .any(|at| divides_far(&list, at) || argument_goes_on(&list, at) || is_mixed(&list, at) || is_mean(&list, at))
        || nodes.iter().any(|n| match &n.kind {
            TexKind::Group(list) | TexKind::Fenced { body: list, .. } => is_unclear(list),
            TexKind::Env { rows, .. } => rows.iter().flat_map(|row| &row.cells).any(|cell| is_unclear(cell)),
            _ => n.children().into_iter().any(|c| is_unclear(c.list())),
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

/// `2\tfrac{1}{2}`
fn is_mixed(list: &[Tex], at: usize) -> bool {
    let number = |t: &Tex| matches!(t.list(), [Tex { kind: TexKind::Number(_), .. }]);
    let part =
        |n: &Tex| matches!(&n.kind, TexKind::Call { name, args, .. } if name == "tfrac" && args.iter().all(number));
    let (Some(first), Some(second)) = (list.get(at), list.get(at + 1)) else { return false };
    matches!(first.kind, TexKind::Number(_)) && part(second)
}

/// Whether a function's argument may be more than what stands in the bracket behind it, or less than what stands behind
/// it without one.
fn argument_goes_on(list: &[Tex], at: usize) -> bool {
    let Some(name) = list.get(at).and_then(function) else { return false };
    let end = match list.get(at + 1).map(|n| &bare(n).kind) {
        // Who takes brackets that grow means what is in them.
        Some(TexKind::Fenced { .. }) => return false,
        Some(TexKind::Char('(' | '[')) => closing(list, at + 1),
        _ => None,
    };
    let Some(end) = end else {
        // `\sin 2\pi x/L`, `\log \lambda \exp(-\lambda x)`
        let argument = list.get(at + 1..).unwrap_or(&[]).iter();
        let mut argument =
            argument.take_while(|n| function(n).is_none() && !matches!(char_of(n), Some('+' | '-' | '=' | ',')));
        let logarithm = LOGARITHMS.contains(&name);
        let exponential = |n: &Tex| matches!(&bare(n).kind, TexKind::Command(c) if c == "exp");
        return argument.any(|n| char_of(n) == Some('/') || logarithm && exponential(n));
    };
    // `\sin(x)^2` is (sin x)² to all.
    let raised = LOGARITHMS.contains(&name)
        && list.get(end).is_some_and(|n| matches!(n.kind, TexKind::Script { sup: Some(_), .. }));
    let angle = ANGLES.contains(&name);
    let behind = list.get(end + 1);
    raised || angle && behind.is_some_and(|n| char_of(n) == Some('/') || base_name(bare(n)).is_some())
}
