//! Angle brackets around components: `\langle 1, 2 \rangle + t \langle 3, 4 \rangle`, as books of calculus write vectors
//! (Stewart, Calculus, 12.2). Elsewhere two things between them are an inner product.

use crate::notation::letter::is_bold;
use crate::notation::reader::{at_some_level, closing, command_of, parts, significant};
use crate::notation::set::is_dots;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Functions whose values are numbers.
const SCALAR: &[&str] = &["sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "exp", "ln", "log"];

/// Whether angle brackets with numbers alone, or with three things, stand somewhere: then they hold components.
pub(crate) fn has_components(nodes: &[Tex]) -> bool {
    at_some_level(nodes, &|list| {
        (0..list.len()).any(|at| {
            let inner = match list.get(at).map(|n| &n.kind) {
                Some(TexKind::Fenced { open, close, body }) if open == "\\langle" && close == "\\rangle" => body,
                Some(TexKind::Command(c)) if c == "langle" => {
                    match closing(list, at).and_then(|end| list.get(at + 1..end)) {
                        Some(inner) => inner,
                        None => return false,
                    }
                }
                _ => return false,
            };
            let inner = significant(inner);
            let parts = parts(&inner);
            match parts.as_slice() {
                [a, b] => is_number(a) && is_number(b),
                [_, _, _] => parts.iter().all(|p| !p.is_empty() && !p.iter().any(|n| is_dots(n) || is_bar(n))),
                _ => false,
            }
        })
    })
}

/// Whether a bold letter, or its value somewhere, is what stands between angle brackets: an inner product is no vector.
pub(crate) fn names_components(sides: &[Vec<Tex>]) -> bool {
    let bold = |side: &Vec<Tex>| significant(side).first().and_then(base_name).is_some_and(|name| is_bold(&name));
    let angled = |side: &Vec<Tex>| match significant(side).as_slice() {
        [Tex { kind: TexKind::Fenced { open, .. }, .. }] => open == "\\langle",
        list => {
            let opens = list.first().and_then(command_of) == Some("langle");
            opens && closing(list, 0).is_some_and(|end| end + 1 == list.len())
        }
    };
    sides.first().is_some_and(bold) && sides.iter().skip(1).any(angled)
}

/// Whether a thing between angle brackets can only be a number: it has a number for a term or a factor, or is the value of
/// an elementary function.
pub(super) fn is_scalar(part: &[Tex]) -> bool {
    let head = |n: &Tex| match &n.kind {
        TexKind::Script { base, .. } => command_of(base).is_some_and(|c| SCALAR.contains(&c)),
        _ => command_of(n).is_some_and(|c| SCALAR.contains(&c)),
    };
    is_number(part) || part.iter().find(|n| !is_sign(n)).is_some_and(head)
}

/// Numbers and signs of arithmetic alone.
fn is_number(part: &[Tex]) -> bool {
    let number = |n: &Tex| match &n.kind {
        TexKind::Number(_) => true,
        TexKind::Call { name, args, .. } => {
            matches!(name.as_str(), "frac" | "tfrac" | "dfrac" | "sqrt")
                && args.iter().all(|a| is_number(&significant(a.list())))
        }
        _ => is_sign(n),
    };
    !part.iter().all(is_sign) && part.iter().all(number)
}

fn is_sign(node: &Tex) -> bool {
    matches!(node.kind, TexKind::Char('+' | '-' | '−' | '/'))
}

fn is_bar(node: &Tex) -> bool {
    matches!(node.kind, TexKind::Char('|' | '∣')) || matches!(command_of(node), Some("mid" | "middle|" | "vert"))
}
