//! What a line says that a quantity depends on: `y = x^2`, `f_k(x) = x^k`, `a = \frac{dv}{dt}`, `v = \dot{x}`, `F' = p`.

use std::collections::BTreeSet;

use crate::notation::integral::is_d;
use crate::notation::line::Line;
use crate::notation::reader::{command_of, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind, to_latex};

/// Signs behind which letters may be bound.
const BINDERS: &[&str] = &["int", "iint", "iiint", "oint", "sum", "prod", "max", "min", "sup", "inf", "lim"];

/// A quantity and what it depends on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependence {
    /// The name, with its subscripts, as it is written.
    pub name: String,
    /// The name without its scripts.
    pub base: String,
    /// The letters it is applied to.
    pub arguments: BTreeSet<String>,
    /// The letters of what it is equal to, up to the first sign that binds some.
    pub letters: BTreeSet<String>,
    /// Whether it is a derivative of something, or something its derivative.
    pub is_derived: bool,
}

/// What a line says of its first side, or of its second one where the first is a derivative: `F' = p`.
pub fn dependence(line: &Line) -> Option<Dependence> {
    if line.signs.first()?.sign.name != "eq" {
        return None;
    }
    let (first, rest) = line.sides.split_first()?;
    let (head, second) = (significant(first), significant(rest.first()?));
    if let ([of], true) = (second.as_slice(), is_derivative(&head) && !is_partial(&head)) {
        let found = named(of)?;
        return Some(Dependence { is_derived: true, ..found });
    }
    let mut found = match head.as_slice() {
        // `dX = \mu \, dt`: a differential equation.
        [d, of] if is_d(d) => Dependence { is_derived: true, ..named(of)? },
        [of] => named(of)?,
        [of, behind @ ..] if applied(behind) => {
            let mut arguments = BTreeSet::new();
            let whole = letters(behind, &mut arguments);
            Dependence { arguments, ..named(of).filter(|_| whole)? }
        }
        _ => return None,
    };
    let body: Vec<Tex> = rest.iter().flat_map(|side| significant(side)).collect();
    letters(&body, &mut found.letters);
    found.is_derived |= is_derivative(&second);
    Some(found)
}

fn named(node: &Tex) -> Option<Dependence> {
    let base = match &node.kind {
        TexKind::Script { base, primes: 0, .. } => base_name(base)?,
        _ => base_name(node)?,
    };
    Some(Dependence { name: to_latex(std::slice::from_ref(node)), base, ..Dependence::default() })
}

/// Whether nodes are one pair of brackets.
fn applied(nodes: &[Tex]) -> bool {
    let open = |n: &Tex| matches!(&n.kind, TexKind::Char('(' | '['));
    let close = |n: &Tex| matches!(&n.kind, TexKind::Char(')' | ']'));
    match nodes {
        [one] => matches!(one.kind, TexKind::Fenced { .. }),
        [first, inner @ .., last] => open(first) && close(last) && !inner.iter().any(|n| open(n) || close(n)),
        [] => false,
    }
}

/// Whether a side is a derivative of a letter: `F'`, `\dot{x}`, `\frac{dv}{dt}`.
fn is_derivative(side: &[Tex]) -> bool {
    let Some((first, behind)) = side.split_first() else { return false };
    if !behind.is_empty() && !applied(behind) {
        return false;
    }
    match &first.kind {
        TexKind::Script { primes, .. } => *primes > 0,
        // `\frac{d}{dx} (a x)` is the derivative of something larger.
        TexKind::Call { name, args, .. } if name.ends_with("frac") => {
            let whole = |a: &Tex| matches!(significant(a.list()).as_slice(), [sign, _] if is_sign(sign));
            args.len() == 2 && args.iter().all(whole)
        }
        TexKind::Call { name, .. } => matches!(name.as_str(), "dot" | "ddot"),
        _ => false,
    }
}

/// Whether a derivative is a partial one: what it is equal to may be another of the variables.
fn is_partial(side: &[Tex]) -> bool {
    let top = side.first().and_then(|n| n.children().first().copied());
    top.is_some_and(|a| significant(a.list()).first().is_some_and(|n| command_of(n) == Some("partial")))
}

/// `d`, `\partial`, `d^2`.
fn is_sign(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Script { base, .. } => is_sign(base),
        _ => is_d(node) || command_of(node) == Some("partial"),
    }
}

/// Adds the letters of nodes; whether all were seen, and no sign that binds letters came.
fn letters(nodes: &[Tex], found: &mut BTreeSet<String>) -> bool {
    nodes.iter().all(|node| {
        if command_of(node).is_some_and(|c| BINDERS.contains(&c)) {
            return false;
        }
        match &node.kind {
            // A subscript is an index or a part of the name.
            TexKind::Script { base, sup, .. } => {
                let power = sup.as_ref().is_none_or(|s| letters(s.list(), found));
                power && letters(std::slice::from_ref(base), found)
            }
            _ => {
                if let Some(name) = base_name(node) {
                    found.insert(name);
                    return true;
                }
                let children: Vec<Tex> = node.children().into_iter().cloned().collect();
                letters(&children, found)
            }
        }
    })
}
