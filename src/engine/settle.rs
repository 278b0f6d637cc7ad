//! The engines in turn, cheapest first.

use super::carry::{carried_out, derives};
use super::sizes::by_sizes;
use super::{ENGINES, Question};
use crate::algebra::size_symbols;
use crate::claim::Claim;
use crate::engine::sample::{Problem, SIZES, search};
use crate::expr::{Expr, Node};
use crate::num::Ternary;
use crate::verdict::{Evidence, Findings, Proof, Refutation, Support, certain};

/// How much work a claim may take.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Points to try.
    pub cases: usize,
    /// Seed of the draws.
    pub seed: u64,
}

/// Points tried for a claim that is proved already.
const WITNESSES: usize = 8;
/// Sizes of claims with derivatives: dual numbers take a pass for every pair of entries.
const SMALL: [i64; 3] = [2, 3, 1];

/// All that the engines find about a claim.
pub fn settle(claim: &Claim, effort: Effort) -> Findings {
    let givens: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    let relation = &claim.unfolded;
    let mut findings = Findings::default();
    let symbolic = carried_out(relation);
    let question = Question { relation, carried_out: symbolic.as_ref(), givens: &givens };
    prove(&question, &mut findings);
    // A claim that is proved needs a witness that the givens can be met, and the word of the dual numbers.
    let proved = findings.proof.as_ref().is_some_and(|p| p.evidence.owed().is_empty());
    let problem = Problem {
        relation,
        symbolic: symbolic.as_ref().filter(|s| *s != relation),
        givens: &givens,
        seed: effort.seed,
        cases: if proved { effort.cases.min(WITNESSES) } else { effort.cases },
        sizes: if derives(relation) { &SMALL } else { &SIZES },
        domain_stated: claim.domain_stated,
    };
    let mut found = search(&problem);
    if let Some(c) = &found.counterexample {
        // A point at which other lines of the notes fail is none that they mean.
        let fails = |e: &&Expr| certain(e, &c.point) == Ternary::False;
        let against: Vec<Expr> = claim.context.iter().filter(fails).cloned().collect();
        if !against.is_empty() {
            let all: Vec<Expr> = givens.iter().chain(&against).cloned().collect();
            found.counterexample = search(&Problem { givens: &all, ..problem }).counterexample;
            if found.counterexample.is_none() {
                findings.contradicted = against.first().cloned();
            }
        }
    }
    findings.support = Some(Support {
        accepted: found.accepted,
        agreed: found.agreed,
        undefined: found.undefined,
        one_sided: found.one_sided,
        unsettled: found.unsettled,
        worst: found.worst_relative_error,
        sizes: found.sizes.iter().filter_map(|s| u64::try_from(*s).ok()).collect(),
        symbolic_sizes: !size_symbols(relation).is_empty(),
        doubtful: found.doubtful.as_ref().map(ToString::to_string),
        one_sided_at: found.one_sided_at.as_ref().map(ToString::to_string),
        witnesses_differ: found.witnesses_differ.as_ref().map(ToString::to_string),
    });
    if let Some(c) = found.counterexample {
        let (point, degenerate) = match (&c.generic, c.degenerate) {
            (Some(generic), true) => (generic.clone(), false),
            (_, degenerate) => (c.point.clone(), degenerate),
        };
        findings.refutation = Some(Refutation {
            evidence: Evidence::Counterexample {
                relation: symbolic.unwrap_or_else(|| relation.clone()),
                givens: givens.clone(),
                point: point.clone(),
            },
            at: point.shown(),
            left: c.violation.left,
            right: c.violation.right,
            degenerate,
        });
    }
    if findings.proof.is_none() && findings.refutation.is_none() {
        findings.by_sizes = by_sizes(relation, &givens);
    }
    findings.uninterpreted = relation.any(&mut |x| matches!(x.node(), Node::Call(..)));
    findings
}

/// Asks the engines in turn until one proves the relation and owes nothing.
fn prove(question: &Question, findings: &mut Findings) {
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
