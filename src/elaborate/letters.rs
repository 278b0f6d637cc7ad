//! Letters of constants that the notes give another meaning: `e = y - \hat{y}` is an error, `\pi` a policy.

use std::collections::BTreeSet;

use crate::notation::line::Line;
use crate::notation::tex::{Tex, TexKind};
use crate::notation::{base_name, significant};

/// Letters of constants.
const CONSTANTS: &[&str] = &["e", "\\pi"];

/// Letters by which sums, limits and integrals run: with them alone a line tells of the number.
const RUNNING: &[&str] = &["n", "k", "i", "j", "m", "N", "x", "h", "t", "e", "\\pi", "\\infty"];

/// The constant that a line gives another meaning: `e = y - \hat{y}`, `e \in E`, `\pi = \pi P`.
pub(super) fn redeclared(line: &Line) -> Option<String> {
    let ([first, second, ..], Some(sign)) = (line.sides.as_slice(), line.signs.first()) else { return None };
    let first = significant(first);
    let [one] = first.as_slice() else { return None };
    let letter = base_name(one).filter(|n| CONSTANTS.contains(&n.as_str()))?;
    let mut used = BTreeSet::new();
    names(second, &mut used, 0);
    let raised = || significant(second).iter().any(|n| matches!(n.kind, TexKind::Script { sup: Some(_), .. }));
    let declares = match sign.sign.name {
        "eq" => used.iter().any(|name| !RUNNING.contains(&name.as_str())),
        "member" => raised() || used.iter().any(|name| name.starts_with(|c: char| c.is_ascii_uppercase())),
        _ => false,
    };
    declares.then_some(letter)
}

/// The names in a list of nodes.
fn names(nodes: &[Tex], out: &mut BTreeSet<String>, depth: usize) {
    if depth > 64 {
        return;
    }
    for node in significant(nodes) {
        if let Some(name) = base_name(&node) {
            out.insert(name);
            continue;
        }
        let mut look = |inner: &[Tex]| names(inner, out, depth + 1);
        match &node.kind {
            TexKind::Script { base, sub, sup, .. } => {
                look(std::slice::from_ref(base));
                [sub, sup].into_iter().flatten().for_each(|s| look(s.list()));
            }
            TexKind::Group(l) => look(l),
            TexKind::Call { args, option, .. } => args.iter().chain(option.as_deref()).for_each(|a| look(a.list())),
            TexKind::Fenced { body, .. } => look(body),
            _ => {}
        }
    }
}
