//! Equations that a line names: `\overset{\eqref{eq:x}}{=}`, "with \eqref{eq:x}, we get". What rests on them is
//! conditional and lists them.

use crate::claim::{Definition, Given, Kind, Statement};
use crate::elaborate::build::Builder;
use crate::elaborate::definitions::{Definitions, head};
use crate::elaborate::unfold::unfold;
use crate::expr::{Binder, Expr, Node, fun};
use crate::notation::relation::SIGNS;
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
            for (left, right) in equations(s) {
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
                    let text = Expr::relate(fun::EQ, left, right).to_string();
                    found.push(Given { text, fact: Some(unfolded.expr), line: Some(self.line_number(s.span)) });
                }
            }
        }
        found.truncate(MOST);
        found
    }

    /// The equations before a claim, nearest first, that are about something that it is about: at most one for each left
    /// side, and the first and last sides of chains too. Annotated notes say themselves what a claim rests on. What was
    /// claimed under conditions that are not among the `givens` here ("for $x \\ge 0$ we have $|x| = x$") serves nothing.
    pub(super) fn earlier(
        &self,
        statement: usize,
        relation: &Expr,
        definitions: &Definitions,
        givens: &[Given],
    ) -> Vec<Given> {
        let (Some(claim), Some(sides)) = (self.statements.get(statement), relation.as_app(fun::EQ)) else {
            return vec![];
        };
        if self.has_annotations || claim.asked || claim.expected.is_some() {
            return vec![];
        }
        let own = relation.symbols();
        let derives = relation.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. }));
        let reach = self.document.sections_of(self.section(claim.block));
        let in_chain = self.by_chain.get(&claim.link.chain).is_some_and(|c| c.len() > 1);
        let mut found: Vec<Given> = vec![];
        let mut heads: Vec<Expr> = vec![];
        let mut tried = 0;
        for s in self.statements.iter().take(statement).rev().filter(|s| s.link.chain != claim.link.chain) {
            let Some((left, right)) = self.equates(s).filter(|_| !self.is_mentioned(s, claim.block)) else { continue };
            let inline = matches!(self.document.blocks.get(s.block), Some(Block::Formula(f)) if !f.display);
            // A constraint holds at the points that are sought, and says nothing of a slope.
            let constrained = derives && self.is_constraint(s.block);
            if self.is_freed_value(left, &reach) || inline && is_solved_for(s, sides) || constrained {
                continue;
            }
            if left.symbols().iter().chain(&right.symbols()).all(|x| !own.contains(x)) {
                continue;
            }
            tried += 1;
            if tried > 2 * MOST || found.len() >= MOST {
                break;
            }
            let Ok(unfolded) = unfold(&Expr::relate(fun::EQ, left.exact(), right.exact()), definitions) else {
                continue;
            };
            // What is defined behind an equation in what that is about solves it, or contradicts it.
            let solved = |d: &Definition| d.line.is_some_and(|line| line >= self.line_number(s.span));
            if (matches!(s.kind, Kind::Given | Kind::Condition) || s.otherwise == Some(Kind::Condition))
                && head(left).is_none()
                && unfolded.used.iter().any(solved)
            {
                continue;
            }
            let [l, r] = unfolded.expr.as_app(fun::EQ).unwrap_or(&[]) else { continue };
            // A link of a derivation may rest on what was assumed in these words; a line by itself says it again.
            let assumed = in_chain && matches!(s.kind, Kind::Given | Kind::Condition);
            let repeats = !assumed && (sides == [l.clone(), r.clone()] || sides == [r.clone(), l.clone()]);
            let narrower = is_restricted(s, &unfolded.expr, givens);
            if l == r || repeats || narrower || heads.contains(l) || unfolded.expr.has_opaque() {
                continue;
            }
            heads.push(l.clone());
            let text = Expr::relate(fun::EQ, left.clone(), right.clone()).to_string();
            found.push(Given { text, fact: Some(unfolded.expr), line: Some(self.line_number(s.span)) });
        }
        found
    }

    /// What a statement says is equal: its sides; of the last link of a chain of equations, the ends of the chain.
    fn equates<'s>(&'s self, s: &'s Statement) -> Option<(&'s Expr, &'s Expr)> {
        let is_equation = |s: &Statement| s.relation == "=" && s.problem.is_none() && s.kind != Kind::Other;
        let (left, right) = s.sides.as_ref().filter(|_| is_equation(s))?;
        let links = || self.by_chain.get(&s.link.chain).into_iter().flatten().filter_map(|i| self.statements.get(*i));
        let last = links().all(|o| is_equation(o) && o.link.step <= s.link.step);
        let first = links().find(|o| o.link.step == 1 && last && s.link.step > 1);
        Some((first.and_then(|o| o.sides.as_ref()).map_or(left, |(start, _)| start), right))
    }
}

/// Whether an inline equation gives a letter a value that both sides of the claim have: "we find $x = 2$. Here
/// $f'(x) = 2x - 4$" is said of every x.
fn is_solved_for(s: &Statement, claim: &[Expr]) -> bool {
    let letter = s.sides.as_ref().and_then(|(left, _)| left.as_symbol());
    let value = matches!(s.kind, Kind::Definition | Kind::Given | Kind::Condition);
    letter.is_some_and(|x| value && x.sort.is_scalar() && claim.iter().all(|side| side.mentions(x)))
}

/// Whether a claim was made under a condition of the notes that is not among these givens, or of numbers that letters no
/// longer stand for in the equation.
fn is_restricted(s: &Statement, equation: &Expr, givens: &[Given]) -> bool {
    let Some(claim) = &s.claim else { return false };
    let here = |fact: &Expr| givens.iter().any(|g| g.fact.as_ref() == Some(fact));
    let own = claim.unfolded.symbols();
    let restricts = |fact: &Expr| !is_bare(fact) && fact.symbols().iter().any(|s| own.contains(s));
    let said = claim.givens.iter().filter(|g| g.line.is_some()).filter_map(|g| g.fact.as_ref());
    said.filter(|fact| restricts(fact)).any(|fact| !here(fact))
        || claim.definitions.iter().any(|d| equation.mentions(&d.head))
}

/// `x ∈ ℝⁿ`, which restricts nothing.
fn is_bare(fact: &Expr) -> bool {
    fact.as_app("member")
        .and_then(<[Expr]>::last)
        .is_some_and(|set| matches!(set.node(), Node::App(f, _) if f.name == "reals" || f.name == "real_space"))
}

/// The equations that a line states when another names it: its own; of equivalent ones each.
fn equations(s: &Statement) -> Vec<(Expr, Expr)> {
    let Some((left, right)) = s.sides.as_ref().filter(|_| s.problem.is_none() && s.kind != Kind::Other) else {
        return vec![];
    };
    let equation = |e: &Expr| match e.as_app(fun::EQ) {
        Some([l, r]) => Some((l.clone(), r.clone())),
        _ => None,
    };
    let bare = s.relation.strip_prefix('\\').unwrap_or(&s.relation);
    match SIGNS.iter().find(|sign| sign.spellings.contains(&bare)).map(|sign| sign.name) {
        Some(fun::EQ) => vec![(left.clone(), right.clone())],
        Some("iff") => equation(left).into_iter().chain(equation(right)).collect(),
        _ => vec![],
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
