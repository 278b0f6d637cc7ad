//! Where a sum or product ends because another one over the same variable begins beside it.

use crate::expr::Symbol;
use crate::notation::reader::{Cursor, char_of, command_of, significant};
use crate::notation::symbol::base_name;
use crate::notation::tex::TexKind;

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
