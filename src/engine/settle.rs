//! The engines in turn, cheapest first.

use super::attained::tightness;
use super::directions::{directions, is_connective, is_plural, on_edge, plural, support};
use super::rest::{from_cited, from_earlier};
use super::sizes::by_sizes;
use super::{ENGINES, Question, critical, fewer, universal, value};
use crate::algebra::digits::{Digits, digits};
use crate::algebra::moment::{has_moments, on_finite_space};
use crate::algebra::value::{has_extrema, has_greatest};
use crate::claim::Claim;
use crate::engine::sample::{OTHER_SIZES, Problem, SIZES, Search, search};
use crate::expr::{Expr, Node};
use crate::message::Message;
use crate::num::Ternary;
use crate::verdict::{Evidence, Findings, Proof, Refutation, Support, certain};
use crate::verdict::{carried_out, derives, spoken_of};

/// How much work a claim may take.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Points to try.
    pub cases: usize,
    /// Seed of the draws.
    pub seed: u64,
}

/// Points tried for a claim that is proved already.
pub(super) const WITNESSES: usize = 8;
/// Sizes of claims with derivatives: dual numbers take a pass for every pair of entries.
const SMALL: [i64; 3] = [2, 3, 1];

/// A relation to be settled.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) relation: &'a Expr,
    pub(super) givens: &'a [Expr],
    /// Other lines of the notes that a counterexample may not contradict.
    pub(super) context: &'a [Expr],
    /// Whether the notes say for which values it is claimed.
    pub(super) domain_stated: bool,
    pub(super) effort: Effort,
}

/// All that the engines find about a claim.
pub fn settle(claim: &Claim, effort: Effort) -> Findings {
    if let Some(found) = universal::without_known(claim, effort) {
        return found;
    }
    let relation = &claim.unfolded;
    let givens = spoken_of(relation, &facts(claim));
    let context = &claim.context;
    let asked = Asked { relation, givens: &givens, context, domain_stated: claim.domain_stated, effort };
    let found = of_relation(&asked);
    let found = match &claim.printed {
        Some(printed) if found.proof.is_none() => to_the_digits(&asked, &digits(printed), found),
        _ => universal::settle(claim, effort, &found)
            .or_else(|| fewer::settle(claim, &asked, &found))
            .or_else(|| universal::freely(claim, &asked, &found))
            .unwrap_or(found),
    };
    let kept = claim.open.is_some() || found.uninterpreted || !claim.known.is_empty();
    let open = found.proof.is_none() && (found.refutation.is_none() || kept);
    match open.then(|| from_cited(claim).or_else(|| from_earlier(claim))).flatten() {
        Some(proof) => Findings { proof: Some(proof), support: found.support, ..Findings::default() },
        None => found,
    }
}

/// What is found about a relation with decimals that does not hold exactly, or is not known to.
fn to_the_digits(asked: &Asked, digits: &Digits, exactly: Findings) -> Findings {
    let about = |relation: &Expr| of_relation(&Asked { relation, ..*asked });
    if let Some(found) = digits.within.as_ref().map(about).filter(|found| found.proof.is_some()) {
        return Findings { refutation: None, ..found };
    }
    let apart = digits.apart.as_ref().map(about).and_then(|found| found.refutation);
    // A point where the exact numbers fail says nothing that the digits don't.
    let failed = exactly.refutation.is_some() || exactly.support.as_ref().is_some_and(|s| s.doubtful.is_some());
    let remark = (failed && apart.is_none()).then(|| Message::new("reason-within-digits"));
    let support = exactly.support.map(|s| Support { doubtful: None, ..s });
    Findings { refutation: apart, support, contradicted: None, remark: remark.or(exactly.remark), ..exactly }
}

pub(super) fn of_relation(asked: &Asked) -> Findings {
    let Asked { relation, givens, context, .. } = *asked;
    if has_extrema(relation)
        && let Some(found) = value::settle(asked)
    {
        return found;
    }
    let mut found = find(asked);
    let open = found.proof.as_ref().is_none_or(|p| !p.evidence.owed().is_empty()) && found.refutation.is_none();
    if open
        && has_greatest(relation)
        && let Some(by_value) = value::settle(asked)
        && (by_value.proof.is_some() || by_value.refutation.is_some())
    {
        // The support is that of the relation itself, at points of all cases.
        let support = found.support.take().filter(|s| s.agreed > 0).or(by_value.support.clone());
        found = Findings { support, ..by_value };
    }
    if has_extrema(relation) && found.proof.is_none() && found.refutation.is_none() {
        found.remark = found.remark.take().or_else(|| value::gap(asked));
    }
    if found.proof.is_some() {
        found.remark = tightness(relation, givens);
    } else if found.refutation.is_none() && found.contradicted.is_none() {
        found.refutation = carried_out(relation).and_then(|r| critical::refute(&r, givens, context));
    }
    found
}

/// What the engines find about a relation as it is.
pub(super) fn find(asked: &Asked) -> Findings {
    let Asked { relation, givens, context, domain_stated, effort } = *asked;
    let mut findings = Findings::default();
    let symbolic = carried_out(relation);
    let question = Question { relation, carried_out: symbolic.as_ref(), givens };
    prove(&question, &mut findings);
    // A claim that is proved needs a witness that the givens can be met, and the word of the dual numbers.
    let proved = findings.proof.as_ref().is_some_and(|p| p.evidence.owed().is_empty());
    let unproved = findings.proof.is_none();
    // Points of random variables are finite probability spaces.
    let finite = has_moments(relation).then(|| on_finite_space(relation, givens));
    let (sampled, facts) = finite.as_ref().map_or((relation, givens), |(r, g)| (r, g.as_slice()));
    let sizes: &[i64] = if derives(relation) { &SMALL } else { &SIZES };
    let sizes = if is_connective(relation) { plural(sizes) } else { sizes };
    let try_at = |relation: &Expr, symbolic: Option<&Expr>, sizes: &[i64], cases: usize| {
        let problem = Problem {
            relation,
            symbolic: symbolic.filter(|s| *s != relation),
            givens: facts,
            seed: effort.seed,
            cases,
            sizes,
            domain_stated,
            ties: !proved,
            brief: unproved,
        };
        let mut found = search(&problem);
        // A point at which other lines of the notes fail is none that they mean; nor is the next one that is found.
        let mut against: Vec<Expr> = vec![];
        while let Some(c) = &found.counterexample {
            let fails = |e: &&Expr| !against.contains(e) && certain(e, &c.point) == Ternary::False;
            let more: Vec<Expr> = context.iter().filter(fails).cloned().collect();
            if more.is_empty() {
                break;
            }
            against.extend(more);
            let all: Vec<Expr> = facts.iter().chain(&against).cloned().collect();
            // Hardly a drawn point meets another line by chance; those that are made for it come first.
            found.counterexample = search(&Problem { givens: &all, cases: cases / 4, ..problem }).counterexample;
        }
        let contradicted = if found.counterexample.is_none() { against.first().cloned() } else { None };
        (found, contradicted)
    };
    let cases = if proved { effort.cases.min(WITNESSES) } else { effort.cases };
    let try_out = |relation: &Expr, symbolic: Option<&Expr>| {
        let (mut found, contradicted) = try_at(relation, symbolic, sizes, cases);
        if !proved
            && !derives(relation)
            && found.counterexample.is_none()
            && contradicted.is_none()
            && found.agreed > 0
            && found.sizes.len() > 1
        {
            let (other, _) = try_at(relation, symbolic, &OTHER_SIZES, cases / 4);
            found.counterexample = other.counterexample.filter(|c| !c.degenerate);
        }
        (found, contradicted)
    };
    // A premise has to hold certainly at a point, so its derivatives are carried out.
    let directions = directions(symbolic.as_ref().unwrap_or(relation));
    let (mut tried, contradicted): (Vec<Search>, Vec<Option<Expr>>) = match directions.as_slice() {
        [] => std::iter::once(try_out(sampled, symbolic.as_ref().filter(|_| finite.is_none()))).unzip(),
        both => both.iter().map(|d| try_out(d, None)).unzip(),
    };
    findings.contradicted = contradicted.into_iter().flatten().next();
    findings.support = Some(support(&tried, relation, proved));
    if !proved {
        tried.extend(directions.iter().filter_map(on_edge).map(|d| try_out(&d, None).0));
    }
    if let Some(c) = tried.into_iter().find_map(|found| found.counterexample) {
        let (point, degenerate) = match (&c.generic, c.degenerate) {
            (Some(generic), true) => (generic.clone(), false),
            (_, degenerate) => (c.point.clone(), degenerate),
        };
        findings.refutation = Some(Refutation {
            evidence: Evidence::Counterexample {
                relation: match &finite {
                    Some((on_space, _)) => on_space.clone(),
                    None => symbolic.unwrap_or_else(|| relation.clone()),
                },
                givens: facts.to_vec(),
                point: point.clone(),
            },
            at: point.shown(),
            left: c.violation.left,
            right: c.violation.right,
            degenerate: degenerate && !(is_connective(relation) && is_plural(relation, &point)),
        });
    }
    if findings.proof.is_none() && findings.refutation.is_none() {
        findings.by_sizes = by_sizes(relation, givens);
    }
    findings.uninterpreted = relation.any(&mut |x| matches!(x.node(), Node::Call(..)));
    findings
}

pub(super) fn facts(claim: &Claim) -> Vec<Expr> {
    claim.givens.iter().filter_map(|g| g.fact.clone()).collect()
}

/// A proof of the claim that owes nothing; no points are tried.
pub fn proof(claim: &Claim) -> Option<Proof> {
    let givens = facts(claim);
    let symbolic = carried_out(&claim.unfolded);
    let question = Question { relation: &claim.unfolded, carried_out: symbolic.as_ref(), givens: &givens };
    let mut findings = Findings::default();
    prove(&question, &mut findings);
    findings.proof.filter(|p| p.evidence.owed().is_empty())
}

/// Asks the engines in turn until one proves the relation and owes nothing.
pub(super) fn prove(question: &Question, findings: &mut Findings) {
    for engine in ENGINES {
        let Some(ask) = engine.prove else { continue };
        let answer = ask(question);
        findings.difference = findings.difference.take().or(answer.difference);
        if let Some(evidence) = answer.evidence {
            let done = evidence.owed().is_empty();
            if done || findings.proof.is_none() {
                findings.proof = Some(Proof { engine: engine.name, evidence });
            }
            if done {
                return;
            }
        }
    }
}
