//! What holds whatever its symbols are: proofs that need none of what the notes say, and points for them.
//!
//! Givens that no point meets, or definitions in which nothing can be evaluated, keep no such identity from being proved;
//! for nothing follows from them.

use super::directions::support;
use super::rewrite;
use super::settle::{Asked, Effort, WITNESSES, of_relation};
use crate::algebra::moment::has_moments;
use crate::claim::Claim;
use crate::engine::sample::{Problem, search};
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::verdict::{Evidence, Findings, Proof, Support, show_soon, spoken_of, wider};

/// What is found about an equation that has no proof with a witness: of its proof, where notations, functions without a
/// formula and integrals stand for numbers; without the givens; and as it was read.
pub(super) fn settle(claim: &Claim, effort: Effort, found: &Findings) -> Option<Findings> {
    let witnessed = found.support.as_ref().is_some_and(|s| s.agreed > 0);
    let equation = claim.unfolded.as_app(fun::EQ).is_some();
    if claim.unfolded.size() > LARGEST
        || found.refutation.is_some()
        || found.proof.is_some() && witnessed
        || !equation
        || claim.printed.is_some()
    {
        return None;
    }
    let facts: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    if let Some(proof) = &found.proof
        && let Some(support) = witness(&claim.unfolded, &facts, effort)
    {
        return settled(proof.clone(), support);
    }
    // Where the givens can be met, the sides have values there, or the claim says nothing.
    let met = found.support.as_ref().is_some_and(|s| s.accepted > 0);
    let mut unseen = None;
    // Of the moments of random variables it is said only what is no variable.
    let constants: Vec<Expr> = facts.iter().filter(|f| f.as_app("constant").is_some()).cloned().collect();
    let constants = if has_moments(&claim.unfolded) { constants } else { vec![] };
    let all = [claim.unfolded.clone()].into_iter().chain(wider(claim));
    let witnessed = all.into_iter().find_map(|relation| {
        let limits = || (relation != claim.unfolded).then(|| by_limits(&relation, effort)).flatten();
        let proof = identity(&relation).or_else(|| moments(&relation, &constants)).or_else(limits)?;
        let used = if met && relation == claim.unfolded { facts.as_slice() } else { constants.as_slice() };
        match witness(&relation, used, effort) {
            Some(support) => settled(proof, support),
            None => {
                unseen =
                    unseen.take().or_else(|| unwitnessed(claim, &relation, effort).map(|support| (proof, support)));
                None
            }
        }
    });
    witnessed.or_else(|| unseen.and_then(|(proof, support)| settled(proof, support)))
}

/// What holds of an identity whose sides nothing can evaluate (sums of ragged ends, integrals over named sets): nothing
/// follows from givens, for none is used, and that the sides have values is owed. None where they have none at a point.
fn unwitnessed(claim: &Claim, relation: &Expr, effort: Effort) -> Option<Support> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    if left == right {
        return None;
    }
    let plain_relation = have_values(&Plain::default().written(relation))?;
    let problem = Problem { seed: effort.seed, cases: WITNESSES, ..Problem::new(&plain_relation, &[]) };
    let tried = search(&problem);
    let evaluated = tried.undefined + tried.one_sided > 0 || tried.counterexample.is_some();
    let sides = claim.relation.as_app(fun::EQ).unwrap_or(&[]);
    let mut presumed: Vec<String> = sides.iter().filter(|e| e.size() > 1).map(value_of).collect();
    presumed.dedup();
    (!evaluated && !presumed.is_empty()).then(|| Support { presumed, ..support(&[tried], &plain_relation, true) })
}

/// Points that are tried where none of [`WITNESSES`] had values.
const MORE_WITNESSES: usize = 64;

/// Greatest size of a relation that is looked at.
const LARGEST: u64 = 600;

/// A proof by the values of its limits, which uses no given.
fn by_limits(relation: &Expr, effort: Effort) -> Option<Proof> {
    let usable = relation.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Limit, .. }));
    let asked = Asked { relation, givens: &[], context: &[], domain_stated: false, effort };
    (usable && relation.size() <= LARGEST).then(|| of_relation(&asked).proof)?
}

/// What is found about an equation whose proof has no witness because no point meets the givens: of a proof by any engine that
/// uses none of them, with numbers for what nothing computes.
pub(super) fn freely(claim: &Claim, asked: &Asked, found: &Findings) -> Option<Findings> {
    let unmet = found.proof.is_some() && found.support.as_ref().is_some_and(|s| s.accepted == 0);
    let relation = &claim.unfolded;
    let fits = relation.as_app(fun::EQ).is_some() && relation.size() <= LARGEST && claim.printed.is_none();
    if !unmet || !fits || asked.givens.is_empty() {
        return None;
    }
    let proof = of_relation(&Asked { givens: &[], ..*asked }).proof?;
    settled(proof, witness(relation, &[], asked.effort)?)
}

/// A proof by canonical form alone that uses no given.
fn identity(relation: &Expr) -> Option<Proof> {
    let shown = (relation.size() <= LARGEST).then(|| show_soon(relation, &[]).ok())??;
    Some(Proof { engine: "exact", evidence: Evidence::Identity { relation: relation.clone(), givens: vec![], shown } })
}

/// A proof of an equation of moments by the rules of expectations, which uses nothing but what is constant.
fn moments(relation: &Expr, constants: &[Expr]) -> Option<Proof> {
    let usable = has_moments(relation) && relation.size() <= LARGEST;
    let evidence = usable.then(|| rewrite::by_all(relation, constants))??;
    Some(Proof { engine: "rewrite", evidence })
}

/// A proof of an equation that needs none of the known objects it names.
pub(super) fn without_known(claim: &Claim, effort: Effort) -> Option<Findings> {
    let named = !claim.known.is_empty() && claim.unfolded.as_app(fun::EQ).is_some();
    wider(claim).into_iter().filter(|_| named).find_map(|relation| {
        let proof = identity(&relation).filter(|p| p.evidence.owed().is_empty())?;
        settled(proof, witness(&relation, &[], effort)?)
    })
}

fn settled(proof: Proof, support: Support) -> Option<Findings> {
    Some(Findings { proof: Some(proof), support: Some(support), ..Findings::default() })
}

/// Points at which both sides of a proved relation have values, with a number for whatever has none that could be computed.
fn witness(relation: &Expr, facts: &[Expr], effort: Effort) -> Option<Support> {
    // What a definition put in makes the same on both sides says nothing of functions that have no formula.
    let apart = relation.as_app(fun::EQ).is_some_and(|sides| sides.first() != sides.last());
    let ways = [(false, false), (true, false), (false, true), (true, true)];
    let ways = ways.into_iter().filter(|(means, wide)| (!means || has_moments(relation)) && (!wide || apart));
    let varies = relation.any(&mut |x| matches!(x.node(), Node::Call(..)) && !x.is_closed());
    let ways = ways.map(|(means, wide)| Plain { means, wide, ..Plain::default() });
    let constant = Plain { means: has_moments(relation), wide: true, constant: true, ..Plain::default() };
    ways.chain((varies && apart).then_some(constant)).find_map(|plain| witness_with(relation, facts, effort, plain))
}

/// The same with these numbers.
fn witness_with(relation: &Expr, facts: &[Expr], effort: Effort, mut plain: Plain) -> Option<Support> {
    let written = plain.written(relation);
    // Where nothing stands for something else, a point is a test of the proof too.
    let plain_relation = if written == *relation { written } else { have_values(&written)? };
    let presumed = std::mem::take(&mut plain.presumed);
    let facts: Vec<Expr> = facts.iter().map(|f| plain.written(f)).collect();
    let givens = spoken_of(&plain_relation, &facts);
    let problem = Problem { seed: effort.seed, cases: WITNESSES, ..Problem::new(&plain_relation, &givens) };
    let first = search(&problem);
    // Where only few points have values, more are tried.
    let rare = first.undefined > 0 && first.agreed + first.one_sided == 0 && first.counterexample.is_none();
    let found = if rare { search(&Problem { cases: MORE_WITNESSES, ..problem }) } else { first };
    // An integral that is not known at some of the points may diverge there: that it has a value stays a condition.
    let unfit = found.counterexample.is_some() || found.silent > 0;
    let support = support(&[found], &plain_relation, true);
    if unfit || support.agreed == 0 {
        return None;
    }
    Some(Support { presumed: presumed.iter().map(value_of).collect(), ..support })
}

/// The condition that an expression has a value, as shown.
fn value_of(e: &Expr) -> String {
    Expr::apply("has_value", vec![e.clone()]).to_string()
}

/// `(L, R) = (L, R)`: true wherever both sides have values. What stands for an integral is any number, so that the
/// relation itself need not hold.
fn have_values(relation: &Expr) -> Option<Expr> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    if !left.sort().is_scalar() || !right.sort().is_scalar() {
        return Some(relation.clone());
    }
    let both = Expr::vector(vec![left.clone(), right.clone()]);
    Some(Expr::relate(fun::EQ, both.clone(), both))
}

/// Numbers for what nothing computes.
#[derive(Default)]
struct Plain {
    /// What has a number by now.
    known: Vec<Expr>,
    /// What is presumed to have a value.
    presumed: Vec<Expr>,
    /// Whether moments have numbers, too: of a family of random variables none can be computed.
    means: bool,
    /// Whether arrays that nothing computes and derivatives of functions without a formula have values, too.
    wide: bool,
    /// Whether functions without a formula are constant: then they have a value below a bound variable, too.
    constant: bool,
}

impl Plain {
    /// The relation with a number for every value of a notation or function without a formula, and for every integral,
    /// limit, infinite sum and derivative of such a function, which are presumed to have a value.
    fn written(&mut self, e: &Expr) -> Expr {
        let call = matches!(e.node(), Node::Call(..));
        let moment = || ["expectation", "variance", "covariance"].iter().any(|m| e.as_app(m).is_some());
        let mean = self.means && moment();
        let of_unknown =
            || self.wide && matches!(e.node(), Node::Bind { binder: Binder::Derivative, .. }) && has_calls(e);
        let numeric = e.sort().is_scalar() || self.wide && call && matches!(e.sort(), Sort::Array(_));
        if let (true, true, Node::Call(f, _)) = (self.constant, numeric && !sized_within(e), e.node()) {
            return Expr::sym(Symbol::new(&format!("\u{5}{}", f.name), plain_sort(e)));
        }
        if !e.is_closed() || !numeric || !call && !mean && !infinite(e) && !of_unknown() {
            let children = e.children().into_iter().cloned().collect::<Vec<_>>();
            return match children.is_empty() {
                true => e.clone(),
                false => e.with_children(children.iter().map(|c| self.written(c)).collect()),
            };
        }
        if !call && !self.presumed.contains(e) {
            self.presumed.push(e.clone());
        }
        let place = self.known.iter().position(|k| k == e).unwrap_or_else(|| {
            self.known.push(e.clone());
            self.known.len() - 1
        });
        Expr::sym(Symbol::new(&format!("\u{5}{place}"), plain_sort(e)))
    }
}

/// The sort of what stands for an expression.
fn plain_sort(e: &Expr) -> Sort {
    if e.sort().is_scalar() { Sort::Real } else { e.sort().clone() }
}

/// Whether its sizes depend on a bound variable.
fn sized_within(e: &Expr) -> bool {
    !e.sort().sizes().iter().all(Expr::is_closed)
}

/// Whether a function without a formula stands in it.
fn has_calls(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::Call(..)))
}

/// Whether this is an integral, a limit, or a sum or product without an end.
fn infinite(e: &Expr) -> bool {
    match e.node() {
        Node::Bind { binder: Binder::Integral | Binder::Limit, .. } => true,
        Node::Bind { binder: Binder::Sum | Binder::Product, domain: Domain::Range(_, high), .. } => {
            high.any(&mut |x| x.as_app("infinity").is_some())
        }
        _ => false,
    }
}
