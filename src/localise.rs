//! Which line of a derivation is the odd one out.
//!
//! Each line is judged against the line before it. After a refuted line the next one is judged against the last good
//! line, so that one slip gives one alarm; a line that follows from a wrong one is not blamed again.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::canon::{Fuel, ratio};
use crate::algebra::differentiate;
use crate::algebra::eval::{Env, Point, evaluate};
use crate::algebra::facts::Facts;
use crate::claim::{Claim, Kind, Statement, Verdict};
use crate::elaborate::SEVERAL_DEFINITIONS;
use crate::engine::{Effort, settle};
use crate::expr::{Expr, fun};
use crate::message::Message;
use crate::num::{Exact, Minus, short};
use crate::verdict::{Evidence, Findings, Judgement, decide};

/// Greatest size of a quotient that is worth showing.
const SIMPLE: u64 = 40;

/// Judges the statements of one derivation, in order.
pub fn derivation(statements: &[&Statement], effort: Effort) -> Vec<Judgement> {
    let mut out: Vec<Judgement> = vec![];
    // The last side that agrees with the start, while the current one does not.
    let mut good: Option<(Expr, usize)> = None;
    for (at, s) in statements.iter().enumerate() {
        let Some(claim) = &s.claim else {
            out.push(unclaimed(s));
            if at > 0 {
                good = None;
            }
            continue;
        };
        let findings = settle(claim, effort);
        let direct = decide(claim, &findings);
        let (Some((left, right)), true) = (equation(claim), statements.len() > 1) else {
            out.push(direct);
            continue;
        };
        let judged = match &good {
            Some((side, line)) if direct.verdict == Verdict::Refuted || direct.verdict == Verdict::Undecided => {
                let again = against(claim, side, &right, effort);
                if again.verdict == Verdict::Refuted {
                    direct
                } else {
                    if matches!(again.verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed) {
                        let line = *line;
                        good = None;
                        again.because(Message::new("reason-good-line").with("line", line))
                    } else {
                        again
                    }
                }
            }
            _ => {
                if direct.verdict == Verdict::Refuted && good.is_none() {
                    good = Some((left.clone(), at + 1));
                }
                direct
            }
        };
        let mut judged = judged;
        if judged.verdict == Verdict::Refuted {
            explain(&mut judged, &findings, statements, at, &left, &right);
        }
        out.push(judged);
    }
    out
}

/// Closes the claims that were open only because a symbol has several definitions, where all but the first are proved to
/// restate it. Returns their derivations.
pub fn restated(statements: &mut [Statement], verdicts: impl Iterator<Item = Verdict>) -> BTreeSet<usize> {
    let mut shown: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for (s, verdict) in statements.iter().zip(verdicts) {
        let Some(name) = s.sides.as_ref().and_then(|(l, _)| l.as_symbol()).map(|x| x.name.to_string()) else {
            continue;
        };
        let (count, all) = shown.entry(name).or_insert((0, true));
        match s.kind {
            Kind::Claim if s.otherwise == Some(Kind::Definition) => {
                *count += 1;
                *all &= verdict == Verdict::Proved;
            }
            Kind::Definition => *count += 1,
            _ => {}
        }
    }
    let mut closed = BTreeSet::new();
    for s in statements {
        let Some(open) = s.claim.as_mut().map(|c| &mut c.open) else { continue };
        let Some(message) = open.as_ref().filter(|m| m.key == SEVERAL_DEFINITIONS) else { continue };
        let argument = |key: &str| message.args.iter().find(|(k, _)| *k == key).map(|(_, v)| v.as_str());
        let (name, count) = (argument("symbol").unwrap_or(""), argument("count").and_then(|c| c.parse().ok()));
        // One of them is the definition, the others are its restatements.
        if shown.get(name).is_some_and(|(n, all)| *all && Some(*n) == count) {
            *open = None;
            closed.insert(s.link.chain);
        }
    }
    closed
}

/// The judgement of a statement without a claim.
fn unclaimed(s: &Statement) -> Judgement {
    match &s.problem {
        Some((verdict, reason)) => Judgement::new(*verdict).because(reason.clone()),
        None => Judgement::new(Verdict::None),
    }
}

fn equation(claim: &Claim) -> Option<(Expr, Expr)> {
    match claim.printed.as_ref().unwrap_or(&claim.unfolded).as_app(fun::EQ) {
        Some([l, r]) => Some((l.clone(), r.clone())),
        _ => None,
    }
}

fn against(claim: &Claim, left: &Expr, right: &Expr, effort: Effort) -> Judgement {
    let moved = claim.about(&Expr::relate(fun::EQ, left.clone(), right.clone()));
    let judged = decide(&moved, &settle(&moved, effort));
    Judgement { against: Some(moved.unfolded), ..judged }
}

/// Values of all lines at the counterexample, and how the two sides differ.
fn explain(j: &mut Judgement, findings: &Findings, statements: &[&Statement], at: usize, left: &Expr, right: &Expr) {
    let Some(Evidence::Counterexample { point, givens, .. }) = findings.refutation.as_ref().map(|r| &r.evidence) else {
        return;
    };
    let mut sides: Vec<(usize, Expr)> = vec![];
    for (k, s) in statements.iter().enumerate() {
        if let Some((l, r)) = s.claim.as_ref().and_then(equation) {
            if sides.is_empty() {
                sides.push((k, l));
            }
            sides.push((k + 1, r));
        }
    }
    let first = usize::from(sides.first().is_some_and(|(k, _)| *k == 0));
    let values: Vec<String> =
        sides.iter().filter_map(|(k, e)| Some(format!("{}: {}", k + first, value_at(e, point)?))).collect();
    let place = point.to_string();
    if values.len() > 2 {
        j.notes.push(Message::new("note-values").with("point", &place).with("values", values.join(" · ")));
    }
    if let Ok(q) = quotient(left, right, givens)
        && q.size() <= SIMPLE
    {
        j.notes
            .push(Message::new("note-ratio").with("ratio", &q).with("left", at + first).with("right", at + first + 1));
    }
}

fn quotient(left: &Expr, right: &Expr, givens: &[Expr]) -> Result<Expr, ()> {
    let (l, _) = differentiate(&left.exact()).map_err(|_| ())?;
    let (r, _) = differentiate(&right.exact()).map_err(|_| ())?;
    if !l.sort().is_scalar() || !r.sort().is_scalar() {
        return Err(());
    }
    ratio(&l, &r, &Facts::new(givens), &mut Fuel::new(100_000)).map_err(|_| ())
}

/// The value of an expression at a point: exact if it is rational, else a short decimal.
pub fn value_at(e: &Expr, point: &Point) -> Option<String> {
    let (e, _) = differentiate(&e.exact()).ok()?;
    let exact = evaluate::<Exact>(&e, &Env::at(point), &mut 100_000);
    if let Some(q) = exact.scalar().and_then(Exact::rational) {
        return Some(Expr::num(q.clone()).to_string());
    }
    let float = evaluate::<f64>(&e, &Env::at(point), &mut 100_000);
    float.scalar().filter(|x| x.is_finite()).map(|x| short(*x, Minus::Unicode))
}
