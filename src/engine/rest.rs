//! Proofs that rest on other lines of the notes: equations that a line names, and equations before it.

use super::Question;
use super::settle::{facts, prove};
use crate::claim::Claim;
use crate::expr::{Binder, Domain, Expr, Node, Seen, fun};
use crate::verdict::{Evidence, Findings, Proof, Use, carried_out, independent, put_in, show_counting};

/// Most equations that are put in one after another, most ways to that are tried, and most that the rule books are asked
/// about.
const DEEPEST: usize = 2;
const WAYS: usize = 12;
const ASKED: usize = 3;

/// Work of comparisons after which no further way is tried: where the equations alone are too much, every way is.
const SPENT: u64 = 60_000;

/// A proof from the equations that the line names, those that it needs, and from nothing else that the notes say but what
/// is constant.
pub(super) fn from_cited(claim: &Claim) -> Option<Proof> {
    if claim.cited.is_empty() || claim.printed.is_some() {
        return None;
    }
    let symbolic = carried_out(&claim.unfolded);
    let constants: Vec<Expr> = facts(claim).into_iter().filter(|f| f.as_app("constant").is_some()).collect();
    let from = |cited: &[Expr]| {
        let givens: Vec<Expr> = cited.iter().chain(&constants).cloned().collect();
        let question = Question { relation: &claim.unfolded, carried_out: symbolic.as_ref(), givens: &givens };
        let mut findings = Findings::default();
        prove(&question, &mut findings);
        findings.proof.or_else(|| by_putting_in(&claim.unfolded, cited, &givens, Ways { deep: true, spent: 0 }))
    };
    let all: Vec<Expr> = claim.cited.iter().filter_map(|g| g.fact.clone()).collect();
    Some(fewest(all, from)?.0)
}

/// A proof by canonical form from equations before the line that can hold together.
pub(super) fn from_earlier(claim: &Claim) -> Option<Proof> {
    if claim.earlier.is_empty() || claim.printed.is_some() || is_out_of_range(&claim.unfolded) {
        return None;
    }
    let relation = &claim.unfolded;
    let constants: Vec<Expr> = facts(claim).into_iter().filter(|f| f.as_app("constant").is_some()).collect();
    let from = |equations: &[Expr]| {
        let givens: Vec<Expr> = equations.iter().chain(&constants).cloned().collect();
        match show_counting(relation, &givens) {
            Ok(shown) => {
                let evidence = Evidence::Identity { relation: relation.clone(), givens, shown };
                Some(Proof { engine: "exact", evidence })
            }
            Err((_, spent)) => by_putting_in(relation, equations, &givens, Ways { deep: false, spent }),
        }
    };
    let all: Vec<Expr> = claim.earlier.iter().filter_map(|g| g.fact.clone()).filter(|f| !is_out_of_range(f)).collect();
    let (proof, needed) = fewest(all, from)?;
    (!needed.is_empty() && independent(&needed.iter().collect::<Vec<_>>())).then_some(proof)
}

/// Whether it asks an array of known length for an entry that it has not: it has no value then.
fn is_out_of_range(e: &Expr) -> bool {
    e.any(&mut |x| {
        let Some([array, place]) = x.as_app(fun::INDEX) else { return false };
        let Node::Bind { binder: Binder::Lambda, domain: Domain::Range(low, high), .. } = array.node() else {
            return false;
        };
        let ends = (low.as_int(), place.as_int(), high.as_int());
        matches!(ends, (Some(low), Some(k), Some(high)) if k < low || k > high)
    })
}

/// How equations are put in.
struct Ways {
    /// Whether the rule books are asked, too.
    deep: bool,
    /// Work that comparisons took in vain.
    spent: u64,
}

/// A proof after some of the equations are put in, by canonical form or, if `deep`, by the rule books.
fn by_putting_in(relation: &Expr, equations: &[Expr], givens: &[Expr], ways: Ways) -> Option<Proof> {
    let Ways { deep, mut spent } = ways;
    if spent >= SPENT {
        return None;
    }
    let equal = |e: &&Expr| e.as_app(fun::EQ).is_some();
    let uses: Vec<Use> = [false, true]
        .into_iter()
        .flat_map(|backward| equations.iter().filter(equal).map(move |e| Use { equation: e.clone(), backward }))
        .collect();
    let mut reached: Vec<(Expr, Vec<Use>)> = vec![(relation.clone(), vec![])];
    let mut tried: Seen<Expr> = Seen::default();
    let (mut at, mut asked) = (0, 0);
    while let Some((before, path)) = reached.get(at).cloned() {
        at += 1;
        for used in uses.iter().filter(|u| path.len() < DEEPEST && path.iter().all(|p| p.equation != u.equation)) {
            let Some(after) = put_in(&before, used).filter(|e| reached.iter().all(|(known, _)| known != e)) else {
                continue;
            };
            let path: Vec<Use> = path.iter().chain([used]).cloned().collect();
            if tried.len() >= WAYS {
                return None;
            }
            // Another way to what was not shown before.
            if !tried.insert(after.clone()) {
                asked += 1;
                continue;
            }
            let evidence = |inner: Evidence| Evidence::Substituted {
                relation: relation.clone(),
                givens: givens.to_vec(),
                uses: path.clone(),
                inner: Box::new(inner),
            };
            let shown = show_counting(&after, givens);
            spent += shown.as_ref().err().map_or(0, |(_, work)| *work);
            if let Ok(shown) = shown {
                let inner = Evidence::Identity { relation: after, givens: givens.to_vec(), shown };
                return Some(Proof { engine: "exact", evidence: evidence(inner) });
            }
            if spent >= SPENT {
                return None;
            }
            let question = Question { relation: &after, carried_out: None, givens };
            let ask = deep && asked < ASKED;
            asked += 1;
            if let Some(inner) = ask.then(|| super::rewrite::prove(&question).evidence).flatten() {
                return Some(Proof { engine: "rewrite", evidence: evidence(inner) });
            }
            reached.push((after, path));
        }
    }
    None
}

/// A proof from as few of the equations as leaving out one after another gives, and these.
fn fewest(all: Vec<Expr>, from: impl Fn(&[Expr]) -> Option<Proof>) -> Option<(Proof, Vec<Expr>)> {
    let mut proof = from(&all)?;
    let mut needed = all;
    // One is enough most often, and soon asked.
    if needed.len() > 1 {
        let mut alone = std::iter::once(vec![]).chain(needed.iter().rev().map(|e| vec![e.clone()]));
        if let Some(found) = alone.find_map(|one| Some((from(&one)?, one))) {
            return Some(found);
        }
    }
    let mut at = 0;
    while at < needed.len() {
        let mut fewer = needed.clone();
        fewer.remove(at);
        match from(&fewer) {
            Some(found) => (proof, needed) = (found, fewer),
            None => at += 1,
        }
    }
    Some((proof, needed))
}
