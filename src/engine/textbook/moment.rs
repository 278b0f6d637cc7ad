//! Equations between moments of one random variable that hold for special ones only: `Var(X) = E[X]² − E[X²]`.

use super::Contradiction;
use crate::algebra::moment::{has_moments, inside_and_outside, on_finite_space};
use crate::claim::{Statement, Verdict};
use crate::engine::sample::{Problem, search};
use crate::expr::{Expr, Node, fun};
use crate::verdict::Judgement;

/// Points to try.
const CASES: usize = 16;

/// Where an equation of moments fails that has the same symbols on both sides; of more than one random variable, or
/// where it holds for all that are centred, it may be a condition on them.
pub(super) fn contradiction(s: &Statement, j: &Judgement) -> Option<Contradiction> {
    let claim = s.claim.as_ref().filter(|c| j.verdict != Verdict::None && has_moments(&c.unfolded))?;
    let [left, right] = claim.unfolded.as_app(fun::EQ)? else { return None };
    let (random, _) = inside_and_outside(&claim.unfolded);
    let mut scalars = random.iter().filter(|s| s.sort.is_scalar());
    let (x, None) = (scalars.next()?, scalars.next()) else { return None };
    let bare = |e: &Expr| !matches!(e.node(), Node::App(..));
    if left.symbols() != right.symbols() || bare(left) || bare(right) || random.len() != 1 || !j.used.is_empty() {
        return None;
    }
    let x = Expr::sym(x.clone());
    let centred = x.clone() - Expr::apply("expectation", vec![x.clone()]);
    let of_centred = claim.unfolded.substituted(x.as_symbol()?, &centred);
    let (on_space, givens) = on_finite_space(&of_centred, &[]);
    let found = search(&Problem { cases: CASES, ..Problem::new(&on_space, &givens) });
    found.counterexample.filter(|c| !c.degenerate)?;
    let shown = j.counterexample.as_ref().or(j.fails_at.as_ref())?;
    let point = shown.at.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ");
    Some(Contradiction { object: None, point, found: shown.right.clone(), value: shown.left.clone() })
}
