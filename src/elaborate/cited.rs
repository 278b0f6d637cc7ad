//! Equations that a line names: `\overset{\eqref{eq:x}}{=}`, "with \eqref{eq:x}, we get". What rests on them is
//! conditional and lists them.

use crate::claim::{Given, Kind};
use crate::elaborate::build::Builder;
use crate::elaborate::unfold::{Definitions, unfold};
use crate::expr::{Expr, fun};
use crate::read::Block;

/// Most equations that a claim may rest on.
const MOST: usize = 8;

/// How the dialects name an equation, and what ends its name.
const REFERENCES: &[(&str, char)] =
    &[("\\eqref{", '}'), ("\\ref{", '}'), ("\\cref{", '}'), ("{eq}`", '`'), (":eq:`", '`'), (":eqref:`", '`')];

/// The names that a text refers to.
fn references(text: &str) -> Vec<String> {
    let each = REFERENCES.iter().flat_map(|(open, close)| {
        text.split(open).skip(1).filter_map(move |rest| rest.split_once(*close).map(|(name, _)| name))
    });
    each.flat_map(|names| names.split(',')).map(|name| name.trim().to_owned()).collect()
}

impl Builder<'_> {
    /// The equations before a claim that its line, or the words before its display, name.
    pub(super) fn cited(&self, statement: usize, relation: &Expr, definitions: &Definitions) -> Vec<Given> {
        let Some(claim) = self.statements.get(statement) else { return vec![] };
        let display = matches!(self.document.blocks.get(claim.block), Some(Block::Formula(f)) if f.display);
        let words = if display { self.document.before(claim.block) } else { vec![] };
        let mut text = claim.latex.clone();
        words.iter().for_each(|p| text.push_str(&format!(" {}", p.text)));
        let names = references(&text);
        let named = |block: usize| match self.document.blocks.get(block) {
            Some(Block::Formula(f)) => f.label.as_ref().is_some_and(|l| names.contains(l)),
            _ => false,
        };
        if names.is_empty() {
            return vec![];
        }
        let mut found: Vec<Given> = vec![];
        for s in self.statements.iter().take(statement).filter(|s| s.block < claim.block && named(s.block)) {
            let Some((left, right)) = s.sides.as_ref().filter(|_| s.relation == "=" && s.problem.is_none()) else {
                continue;
            };
            if s.kind == Kind::Other {
                continue;
            }
            let equation = Expr::relate(fun::EQ, left.exact(), right.exact());
            let Ok(unfolded) = unfold(&equation, definitions) else { continue };
            let [l, r] = unfolded.expr.as_app(fun::EQ).unwrap_or(&[]) else { continue };
            let says_more = l != r
                && !(relation
                    .as_app(fun::EQ)
                    .is_some_and(|s| s == [l.clone(), r.clone()] || s == [r.clone(), l.clone()]));
            if says_more
                && !unfolded.expr.has_opaque()
                && !found.iter().any(|g| g.fact.as_ref() == Some(&unfolded.expr))
            {
                let line = Some(self.line_number(s.span));
                found.push(Given { text: s.read.clone(), fact: Some(unfolded.expr), line });
            }
        }
        found.truncate(MOST);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn references_of_the_dialects_are_seen() {
        assert_eq!(references(r"\overset{\eqref{eq:a}}{=} 2"), ["eq:a"]);
        assert_eq!(references("by {eq}`b` and :eqref:`c`"), ["b", "c"]);
        assert!(references("by (3)").is_empty());
    }
}
