//! A line of a derivation that is not what the lines on both sides of it are.
//!
//! Where nothing may be refuted, for something that the notes do not say may make it hold, `a = b = c` still tells that b
//! is wrong if a = c holds whatever the letters are and neither a = b nor b = c does: an assumption under which b is right
//! would hardly be made to leave it again.

use crate::algebra::canon::is_identity;
use crate::claim::{Claim, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::proof;
use crate::expr::{Expr, fun};
use crate::message::Message;
use crate::verdict::Judgement;

/// The expression in the middle differs from both of its neighbours.
pub static ODD_LINE: Code = Code {
    name: "odd-line",
    what: "in a derivation `a = b = c` the expressions `a` and `c` are equal for all values, and `b` is another one",
    why: "what comes before and behind it agrees, so the slip is in this line: a sign, a factor or an index",
    example: "$$ E[(X - 1)^2] = E[X^2 + 2 X + 1] = E[X^2] - 2 E[X] + 1 $$",
};

/// A warning for each open line between two that are equal.
pub fn odd_lines<'a>(judged: impl Iterator<Item = (&'a Statement, &'a Judgement)>) -> Vec<Diagnostic> {
    let judged: Vec<(&Statement, &Judgement)> = judged.collect();
    let pairs = judged.windows(2).filter_map(|pair| match pair {
        [first, second] => Some((first, second)),
        _ => None,
    });
    pairs.filter(|(first, second)| is_odd(first, second)).map(|((s, _), _)| told(s)).collect()
}

fn is_odd((s, first): &(&Statement, &Judgement), (next, second): &(&Statement, &Judgement)) -> bool {
    let linked = s.link.chain == next.link.chain && s.link.step + 1 == next.link.step;
    let open = |s: &Statement, j: &Judgement| {
        let fails = j.verdict == Verdict::Undecided && j.fails_at.is_some() && j.against.is_none();
        fails && s.expected.is_none() && s.otherwise.is_none() && !s.unclear
    };
    if !linked || !open(s, first) || !open(next, second) {
        return false;
    }
    let Some((claim, (a, b))) = s.claim.as_ref().and_then(|c| Some((c, sides(c)?))) else { return false };
    let Some((middle, c)) = next.claim.as_ref().and_then(sides) else { return false };
    if b != middle || a == c || b.symbols().is_empty() {
        return false;
    }
    let free = |fact: &Expr| fact.as_app(fun::EQ).is_none();
    let givens = claim.givens.iter().filter(|g| g.fact.as_ref().is_none_or(free)).cloned().collect();
    let around = Claim { unfolded: Expr::relate(fun::EQ, a.clone(), c.clone()), givens, ..claim.clone() };
    is_identity(&a, &c) || proof(&around).is_some()
}

fn sides(claim: &Claim) -> Option<(Expr, Expr)> {
    match claim.unfolded.as_app(fun::EQ)? {
        [a, b] => Some((a.clone(), b.clone())),
        _ => None,
    }
}

fn told(s: &Statement) -> Diagnostic {
    let message = Message::new("finding-odd-line").with("relation", &s.read);
    let mut d = Diagnostic::new(&ODD_LINE, Severity::Warning, s.span, message);
    d.statement = Some(s.id.clone());
    d
}
