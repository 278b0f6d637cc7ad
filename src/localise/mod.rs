//! Which line of a derivation is the odd one out.
//!
//! Each line is judged against the line before it. After a refuted line the next one is judged against the last good
//! line, so that one slip gives one alarm; a line that follows from a wrong one is not blamed again.

mod arithmetic;
mod clause;
mod convention;
mod differ;
mod excuse;
mod fallen;
mod hole;
mod inside;
mod part;
mod unit;
mod usual;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::algebra::differentiate;
use crate::algebra::eval::{Env, Point, evaluate};
use crate::claim::{Claim, Kind, Statement, Verdict};
use crate::elaborate::SEVERAL_DEFINITIONS;
use crate::engine::{Effort, settle};
use crate::expr::{Expr, fun};
use crate::message::Message;
use crate::num::{Exact, Minus, short};
use crate::verdict::{Evidence, Findings, Judgement, decide, worked};

pub use convention::CONVENTION;
pub use excuse::excuse;
pub use part::{Outcome, part};

/// Why a line is judged against an earlier one than the line before it.
const GOOD_LINE: &str = "reason-good-line";

/// Longest evaluation that is written in one line, in characters.
const WORKED: usize = 120;

/// Judges the statements of one derivation, in order.
pub fn derivation(statements: &[&Statement], effort: Effort) -> Vec<Judgement> {
    let mut out: Vec<Judgement> = vec![];
    // The last side that agrees with the start, while the current one does not.
    let mut good: Option<(Expr, usize)> = None;
    // What is found of a line does not depend on the others.
    let found: Vec<Option<Findings>> =
        statements.par_iter().with_max_len(1).map(|s| s.claim.as_ref().map(|claim| settle(claim, effort))).collect();
    for (at, (s, findings)) in statements.iter().zip(found).enumerate() {
        let (Some(claim), Some(findings)) = (&s.claim, findings) else {
            out.push(unclaimed(s));
            if at > 0 {
                good = None;
            }
            continue;
        };
        let direct = decide(claim, &findings);
        let Some((left, right)) = equation(claim) else {
            out.push(evaluated(direct));
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
                        again.because(Message::new(GOOD_LINE).with("line", line))
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
        let mut judged = evaluated(judged);
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
    let Some(Evidence::Counterexample { point, .. }) = findings.refutation.as_ref().map(|r| &r.evidence) else {
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
    // Line k is the right side of relation k, as people count the steps.
    let start = sides.first().and_then(|(_, l)| value_at(l, point));
    let values: Vec<String> =
        sides.iter().skip(1).filter_map(|(k, e)| Some(format!("{k}: {}", value_at(e, point)?))).collect();
    if values.len() > 1
        && let Some(start) = start
    {
        let place = point.to_string();
        let message = Message::new("note-values").with("point", place).with("start", start);
        j.notes.push(message.with("values", values.join(" · ")));
    }
    let lines = if at > 0 { Some((at, at + 1)) } else { None };
    let said = statements.get(at).and_then(|s| s.claim.as_ref()).and_then(|claim| {
        differ::difference_of(claim, left, right, lines, point).or_else(|| differ::multiple(claim, left, right, point))
    });
    j.notes.extend(said);
}

/// With both sides worked out at the counterexample, step by step, where that is short.
fn evaluated(mut j: Judgement) -> Judgement {
    if let (Verdict::Refuted, Some(Evidence::Counterexample { relation, point, .. })) = (j.verdict, &j.evidence) {
        for (key, side) in ["note-left-worked", "note-right-worked"].into_iter().zip(worked(relation, point)) {
            let mut text = side.join(" ");
            if let ([first, .., last], true) = (side.as_slice(), text.chars().count() > WORKED) {
                text = format!("{first} {last}");
            }
            if side.len() > 1 && text.chars().count() <= WORKED {
                j.notes.push(Message::new(key).with("steps", text));
            }
        }
    }
    j
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
