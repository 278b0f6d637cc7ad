//! Symbols that a claim uses before the notes say what they are.

use super::judgement::Judged;
use crate::claim::Kind;
use crate::diag::Code;
use crate::expr::Expr;

/// A symbol whose definition comes later than its use.
pub static USED_EARLY: Code = Code {
    name: "used-early",
    what: "a formula of annotated notes uses a symbol that only a later part of them defines",
    why: "who reads from the top does not know yet what it is; a 'where' right behind the formula is early enough",
    example: "<!-- rederive let: x \\in \\mathbb{R} -->\n<!-- rederive next: id a -->\n$$ g(x) \\geq 0 $$\n\nNow to something else.\n\nLet $$ g(x) := x^2 $$",
};

/// Where a symbol, or the function that is applied in `printed`, is defined for the first time behind a statement.
pub(super) fn defined_behind(judged: &[Judged], statement: &Judged, printed: &str) -> Option<usize> {
    let name = printed.split_once('(').map_or(printed, |(function, _)| function);
    let defines = |j: &&Judged| {
        let head = j.statement.sides.as_ref().and_then(|(left, _)| left.symbols().into_iter().next());
        j.statement.kind == Kind::Definition && head.is_some_and(|s| Expr::sym(s).to_string() == name)
    };
    let behind = judged.iter().filter(|j| j.statement.span.start > statement.statement.span.start);
    behind.filter(defines).map(|j| j.statement.span.start).min()
}
