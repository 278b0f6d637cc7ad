//! Where a sum or product ends: another one over the same variable begins beside it, or nothing behind is about it.

use crate::expr::Symbol;
use crate::notation::reader::{Cursor, char_of, command_of, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};

/// Where the next sum or product over the variable begins, outside of brackets: `\prod_i a_i \prod_i b_i` are two
/// products. The end of the list if there is none.
pub(crate) fn next_over(variable: Option<&Symbol>, cursor: &Cursor) -> usize {
    let mut depth = 0_i32;
    for (at, node) in cursor.nodes.iter().enumerate().skip(cursor.at) {
        match char_of(node) {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth -= 1,
            _ => {}
        }
        let again = match &node.kind {
            TexKind::Script { base, sub: Some(sub), .. } if matches!(command_of(base), Some("sum" | "prod")) => {
                let first = significant(sub.list()).first().and_then(base_name);
                variable.is_some_and(|l| first.is_some_and(|f| *f == *l.name))
            }
            _ => false,
        };
        if depth == 0 && at > cursor.at && again {
            return at;
        }
    }
    cursor.nodes.len()
}

/// Where a product over these variables ends: behind the last factor of its term that names one of them, so that
/// `\prod_i p(x_i) \cdot p(\theta)` has the prior once. `None` if no factor does, or no factor is behind it.
pub(crate) fn last_about(variables: &[Symbol], cursor: &Cursor) -> Option<usize> {
    let (mut depth, mut last, mut open) = (0_i32, None, false);
    for (at, node) in cursor.nodes.iter().enumerate().skip(cursor.at) {
        match char_of(node) {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth -= 1,
            Some('+' | '-' | '−') if depth == 0 => break,
            _ => {}
        }
        open |= is_about(std::slice::from_ref(node), variables);
        let behind = last == Some(at) && char_of(node) == Some('!');
        if open && depth == 0 || behind {
            (last, open) = (Some(at + 1), false);
        }
    }
    let last = last.filter(|_| !open)?;
    let behind = significant(cursor.nodes.get(last..)?);
    let factor = |n: &Tex| !matches!(char_of(n), Some('+' | '-' | '−' | ',' | ';' | '.' | ')' | ']' | '|'));
    behind.first().is_some_and(factor).then_some(last)
}

/// Whether nodes name one of the variables, other than as what another sum or product is over.
fn is_about(nodes: &[Tex], variables: &[Symbol]) -> bool {
    for node in nodes {
        if let TexKind::Script { base, sub: Some(sub), .. } = &node.kind
            && matches!(command_of(base), Some("sum" | "prod"))
            && significant(sub.list())
                .first()
                .and_then(base_name)
                .is_some_and(|n| variables.iter().any(|v| *v.name == *n))
        {
            return false;
        }
        let named = base_name(node).is_some_and(|n| variables.iter().any(|v| *v.name == *n));
        let lists = match &node.kind {
            TexKind::Group(list) | TexKind::Fenced { body: list, .. } => vec![list.as_slice()],
            _ => node.children().into_iter().map(std::slice::from_ref).collect(),
        };
        if named || lists.into_iter().any(|list| is_about(list, variables)) {
            return true;
        }
    }
    false
}
