//! The engines in turn, cheapest first.

use std::collections::BTreeMap;

use crate::algebra::enclose;
use crate::algebra::{at_sizes, differentiate, entry, size_symbols};
use crate::claim::Claim;
use crate::engine::sample::{Problem, SIZES, search};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::verdict::{Evidence, Findings, NotShown, Proof, Refutation, Support, show};

/// How much work a claim may take.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Points to try.
    pub cases: usize,
    /// Seed of the draws.
    pub seed: u64,
}

/// Sizes at which identities are shown one by one where no proof for all sizes is found.
const FIXED: [u64; 4] = [1, 2, 3, 5];
/// Terms that a sum may have when it is written out at fixed sizes.
const WRITTEN_OUT: u64 = 2_000;

/// Points tried for a claim that is proved already.
const WITNESSES: usize = 8;
/// Sizes of claims with derivatives: dual numbers take a pass for every pair of entries.
const SMALL: [i64; 3] = [2, 3, 1];

/// Cells that an enclosure may look at.
const CELLS: usize = 4_000;

/// All that the engines find about a claim.
pub fn settle(claim: &Claim, effort: Effort) -> Findings {
    let givens: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    let relation = &claim.unfolded;
    let mut findings = Findings::default();
    match show(relation, &givens) {
        Ok(shown) => {
            let engine = if is_equation(relation) { "exact" } else { "sign" };
            findings.proof = Some(Proof {
                engine,
                evidence: Evidence::Identity { relation: relation.clone(), givens: givens.clone(), shown },
            });
        }
        Err(NotShown::Differs(difference)) => findings.difference = Some(difference),
        Err(NotShown::Stopped(_)) => {}
    }
    let symbolic = carried_out(relation);
    if findings.proof.is_none()
        && let Some(s) = &symbolic
        && let Some(cover) = enclose::prove(s, &givens, CELLS)
    {
        let evidence = Evidence::Enclosed { relation: s.clone(), givens: givens.clone(), cover: Box::new(cover) };
        findings.proof = Some(Proof { engine: "enclose", evidence });
    }
    // A claim that is proved needs a witness that the givens can be met, and the word of the dual numbers.
    let proved = findings.proof.as_ref().is_some_and(|p| match &p.evidence {
        Evidence::Identity { shown, .. } => shown.conditions.is_empty(),
        _ => true,
    });
    let problem = Problem {
        relation,
        symbolic: symbolic.as_ref().filter(|s| *s != relation),
        givens: &givens,
        seed: effort.seed,
        cases: if proved { effort.cases.min(WITNESSES) } else { effort.cases },
        sizes: if derives(relation) { &SMALL } else { &SIZES },
        domain_stated: claim.domain_stated,
    };
    let found = search(&problem);
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

/// The relation with its derivatives carried out, sides of arrays entry by entry; `None` where one has no rule.
fn carried_out(relation: &Expr) -> Option<Expr> {
    if !derives(relation) {
        return Some(relation.clone());
    }
    let Node::App(f, args) = relation.node() else { return differentiate(relation).ok().map(|(e, _)| e) };
    let side = |e: &Expr| if derives(e) { side_carried_out(e) } else { Some(e.clone()) };
    match args.as_slice() {
        [left, right] if !left.sort().sizes().is_empty() => Some(Expr::app(*f, vec![side(left)?, side(right)?])),
        _ => differentiate(relation).ok().map(|(e, _)| e),
    }
}

fn side_carried_out(e: &Expr) -> Option<Expr> {
    let at = |indices: &[Expr]| differentiate(&entry(e, indices)?).ok().map(|(e, _)| e);
    let numbers: Option<Vec<i64>> = e.sort().sizes().iter().map(Expr::as_int).collect();
    match (e.sort().sizes(), numbers.as_deref()) {
        (_, Some([n @ 1..=64])) => {
            let entries: Option<Vec<Expr>> = (1..=*n).map(|i| at(&[Expr::int(i)])).collect();
            entries.map(Expr::vector)
        }
        (_, Some([m @ 1..=16, n @ 1..=16])) => {
            let places = (1..=*m).flat_map(|i| (1..=*n).map(move |j| (i, j)));
            let entries: Option<Vec<Expr>> = places.map(|(i, j)| at(&[Expr::int(i), Expr::int(j)])).collect();
            Some(Expr::matrix(usize::try_from(*m).ok()?, usize::try_from(*n).ok()?, entries?))
        }
        (sizes, _) => {
            let indices: Vec<Symbol> =
                (0..sizes.len()).map(|i| Symbol::new(&format!("\\entry{i}"), Sort::Integer)).collect();
            let places: Vec<Expr> = indices.iter().cloned().map(Expr::sym).collect();
            let mut body = at(&places)?;
            for (index, size) in indices.iter().zip(sizes).rev() {
                let range = Domain::Range(Expr::int(1), size.clone());
                body = Expr::bind(Binder::Lambda, range, body.abstracted(index, Sort::Integer));
            }
            Some(body)
        }
    }
}

fn derives(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. }))
}

fn is_equation(relation: &Expr) -> bool {
    relation.as_app(fun::EQ).is_some()
}

/// The sizes at which the identity is shown, if it is at each.
fn by_sizes(relation: &Expr, givens: &[Expr]) -> Option<Vec<u64>> {
    let symbols = size_symbols(relation);
    if symbols.is_empty() || !is_equation(relation) {
        return None;
    }
    for size in FIXED {
        let sizes: BTreeMap<_, _> = symbols.iter().map(|s| (s.clone(), size)).collect();
        let fixed = at_sizes(relation, &sizes, WRITTEN_OUT)?;
        let givens: Option<Vec<Expr>> = givens.iter().map(|g| at_sizes(g, &sizes, WRITTEN_OUT)).collect();
        let shown = show(&fixed, &givens?).ok()?;
        if !shown.conditions.is_empty() {
            return None;
        }
    }
    Some(FIXED.to_vec())
}
