//! What is left: support by numbers, or a certified counterexample. Never a proof.
//!
//! Points have rational coordinates, drawn by proptest strategies made from the givens. Floats decide first; a point
//! where they disagree is shrunk and judged by exact and interval arithmetic. Only a certain violation, with every given
//! certainly true and both sides certainly defined, is a counterexample.
//!
//! The files form a DAG: `open` · `choice`, `facts` · `numbers` · `arrays` · `plan` · `certify` · `judge` · `generic`, `shrink`,
//! `singular`, `special`, `accepted` ·
//! this file.

mod accepted;
mod arrays;
mod certify;
mod choice;
mod facts;
mod generic;
mod judge;
mod look;
mod numbers;
mod open;
mod plan;
mod shrink;
mod singular;
mod special;

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::algebra::eval::{Point, work};
use crate::expr::Expr;
use crate::verdict::POINTS;

pub use accepted::{points, small_points};
use certify::Admission;
pub use certify::{Violation, holds};
use judge::{Judge, Outcome};
use open::Claim;
use plan::{Draft, Plan};

pub use look::{agrees_at_first_look, fails_at_first_look};

/// Sizes that symbolic sizes are given.
pub const SIZES: [i64; 5] = [2, 3, 5, 8, 1];
/// Sizes that a claim which stood at all of [`SIZES`] is tried at too: (n − 1)(n − 2)(n − 3)(n − 5)(n − 8) = 0.
pub const OTHER_SIZES: [i64; 3] = [4, 7, 6];

/// A claim to be tried.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// What is claimed: a Bool expression. Outer ∀ and ⇒ are opened.
    pub relation: &'a Expr,
    /// The same with derivatives carried out symbolically, if `relation` has any: enclosures cannot take them.
    pub symbolic: Option<&'a Expr>,
    /// What may be assumed; what is not certainly true at a point rejects the point.
    pub givens: &'a [Expr],
    /// Seed of the draws.
    pub seed: u64,
    /// Points wanted.
    pub cases: usize,
    /// Values for the symbolic sizes, in the order of preference.
    pub sizes: &'a [i64],
    /// Whether the notes say where the claim holds ("for all", a given): then `≠` claims every point.
    pub domain_stated: bool,
    /// Whether ties are tried too: of a claim that is not proved.
    pub ties: bool,
    /// Whether a search ends early that says nothing; not where a proof wants a witness.
    pub brief: bool,
}

impl<'a> Problem<'a> {
    /// A claim under givens, with 64 cases at [`SIZES`].
    pub fn new(relation: &'a Expr, givens: &'a [Expr]) -> Problem<'a> {
        Problem {
            relation,
            symbolic: None,
            givens,
            seed: 0,
            cases: 64,
            sizes: &SIZES,
            domain_stated: false,
            ties: true,
            brief: false,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Points that satisfy all givens. 0: nothing is known ("vacuous").
    pub accepted: usize,
    /// Points drawn that don't satisfy them, certainly.
    pub rejected: usize,
    /// Accepted points where both sides are undefined.
    pub undefined: usize,
    /// Accepted points where exactly one side is defined.
    pub one_sided: usize,
    /// Accepted points where the claim holds, up to rounding.
    pub agreed: usize,
    /// Accepted points that nothing could be said about.
    pub unsettled: usize,
    /// The same where an integral may have been too hard: they count where they are more than a few.
    pub silent: usize,
    /// Accepted points where floats deny the claim and nothing certain does.
    pub doubts: usize,
    /// Greatest relative difference of the sides where they agree.
    pub worst_relative_error: f64,
    /// The values that symbolic sizes had at accepted points.
    pub sizes: BTreeSet<i64>,
    /// A certified counterexample.
    pub counterexample: Option<Counterexample>,
    /// A point where floats disagree and neither exact nor interval arithmetic could tell.
    pub doubtful: Option<Point>,
    /// A point where the relation as written (derivatives by dual numbers) and its symbolic form differ in floats.
    pub witnesses_differ: Option<Point>,
    /// A point where exactly one side is defined.
    pub one_sided_at: Option<Point>,
    /// A point where no side is defined.
    pub undefined_at: Option<Point>,
    /// The smallest part without a value at the first of these points.
    pub undefined_part: Option<Expr>,
    /// Accepted points where the claim holds that are not degenerate.
    pub ordinary: usize,
    /// Different points where the claim holds, at most [`POINTS`].
    pub different: Vec<Point>,
    /// A point that is not degenerate where exactly one side has a value, and the smallest part without one.
    pub gap: Option<(Point, Option<Expr>)>,
}

/// Accepted points after which a search ends in which the claim held nowhere, and how many of them it takes at which nothing
/// could be said.
const VAIN: (usize, usize) = (16, 8);

/// Points where the claim holds for each that an integral may leave open.
const EACH: usize = 4;

impl Search {
    /// Points that nothing could be said about, as many as count.
    pub fn open(&self) -> usize {
        self.unsettled + if self.silent * EACH > self.agreed { self.silent } else { 0 }
    }

    /// Whether further points would hardly say more. What is confirmed is settled at each point, so it won't be; what floats
    /// deny at each and nothing certifies has a part that no enclosure knows.
    fn is_vain(&self) -> bool {
        let unsettled = self.unsettled + self.silent;
        let open = unsettled >= VAIN.1 || unsettled + self.doubts == self.accepted;
        self.agreed == 0 && self.accepted >= VAIN.0 && open
    }

    fn agrees(&mut self, point: &Point, error: f64) {
        self.agreed += 1;
        self.worst_relative_error = self.worst_relative_error.max(error);
        if self.different.len() < POINTS && !self.different.contains(point) {
            self.different.push(point.clone());
        }
    }
}

/// A point at which the claim is certainly false.
#[derive(Clone, Debug)]
pub struct Counterexample {
    /// The point, as small and simple as was found.
    pub point: Point,
    /// How it fails there.
    pub violation: Violation,
    /// Whether only points of size 1, zero vectors or numbers, ties or edges of the domain were found.
    pub degenerate: bool,
    /// A counterexample that is none of these.
    pub generic: Option<Point>,
}

/// Points after which a search ends if each left a given open: what is open at so many is hardly settled at another.
const OPEN: usize = 96;

/// Draws after which a search ends if none has met the givens: a point that hardly a draw meets is left to those that are made
/// for it.
const UNMET: usize = 500;

/// Tries the claim. Deterministic in the problem.
pub fn search(problem: &Problem) -> Search {
    let mut found = Search::default();
    let Some(claim) = Claim::open(problem.relation, problem.symbolic, problem.givens) else { return found };
    let mut runner = runner(problem.seed);
    let mut judge = Judge::new(&claim, problem.seed, problem.domain_stated);
    let plans = Plan::all(&claim, problem.sizes, problem.cases);
    if plans.is_empty() {
        return found;
    }
    // Where the notes leave a domain open, a singular matrix is as special as a number that is not positive.
    let open = !problem.domain_stated && plans.iter().any(|p| !p.ordinary);
    if !open && let Some(counterexample) = singular(&claim, &plans, &mut judge, &mut runner) {
        found.accepted = 1;
        found.counterexample = Some(counterexample);
        return found;
    }
    let mut edge: Option<Counterexample> = None;
    // Points that left a given open, as long as there are no others.
    let mut undecided = 0usize;
    let attempts = problem.cases.saturating_mul(8).saturating_add(200);
    for attempt in 0..attempts {
        if found.accepted >= problem.cases
            || found.accepted == 0 && attempt >= UNMET
            || judge.is_tired()
            || problem.brief && found.is_vain()
        {
            break;
        }
        // A size stays while its points are accepted, so that each size gets its share.
        let Some(plan) = plans.get((found.accepted + attempt / 8) % plans.len()) else { break };
        let strategy = plan.strategy();
        work::count(claim.symbols().len());
        let Ok(mut tree) = strategy.new_tree(&mut runner) else { continue };
        let draft = tree.current();
        let point = plan.point(&draft).map(|point| (judge.admission(&point), point));
        let Some((Admission::Admitted, point)) = point else {
            found.rejected += 1;
            let open = matches!(point, Some((Admission::Open, _)));
            undecided = if open { undecided.saturating_add(1) } else { usize::MAX };
            if undecided == OPEN {
                return found;
            }
            continue;
        };
        undecided = usize::MAX;
        found.accepted += 1;
        found.sizes.extend(plan.sizes());
        match judge.outcome(&point) {
            Outcome::Agrees(error) => {
                found.agrees(&point, error);
                found.ordinary += usize::from(!generic::is_degenerate(&claim, plan, &point));
            }
            Outcome::BothUndefined => {
                found.undefined += 1;
                found.undefined_at.get_or_insert(point);
            }
            Outcome::OneSided => {
                found.one_sided += 1;
                if found.gap.is_none() && plan.ordinary && !generic::is_degenerate(&claim, plan, &point) {
                    found.gap = Some((point.clone(), certify::undefined_part(&claim.symbolic, &point)));
                }
                found.one_sided_at.get_or_insert(point);
            }
            Outcome::Unsettled if judge.integrates() => found.silent += 1,
            Outcome::Unsettled => found.unsettled += 1,
            Outcome::Doubtful => {
                found.doubts += 1;
                if judge.witnesses_differ(&point) {
                    found.witnesses_differ.get_or_insert_with(|| point.clone());
                }
                found.doubtful.get_or_insert(point);
            }
            Outcome::Violated => {
                let conventional = !problem.domain_stated && !plan.ordinary;
                let degenerate = conventional || generic::is_degenerate(&claim, plan, &point);
                if degenerate && edge.is_some() {
                    continue;
                }
                let draft = shrink::by_tree(&mut tree, draft, &mut |d| plan.fails(&mut judge, d, degenerate));
                let draft = shrink::by_coordinate(draft, &mut |d| plan.fails(&mut judge, d, degenerate));
                let small = plan.point(&draft).unwrap_or_else(|| point.clone());
                let Some((shrunk, violation)) = certified(&claim, small, &point) else { continue };
                let generic = (!degenerate).then_some(point);
                let counterexample = Counterexample { point: shrunk, violation, degenerate, generic };
                if !degenerate {
                    found.counterexample = Some(counterexample);
                    return found;
                }
                edge = Some(counterexample);
            }
        }
    }
    if !open && (found.accepted < problem.cases / 4 || edge.is_some()) {
        let ordinary = among_singular(&claim, &plans, &mut judge, &mut runner, &mut found);
        edge = ordinary.or(edge);
    }
    if edge.is_none() && found.accepted < problem.cases / 4 {
        let corners = |plan: &Plan, draft: &Draft| special::corners(plan, draft);
        edge = among_special(&claim, &plans, &mut judge, &mut runner, &corners, &mut found);
    }
    if edge.is_none() && problem.ties && !(problem.brief && found.is_vain()) {
        let mut tied = Search::default();
        let ties = |plan: &Plan, draft: &Draft| special::ties(plan, draft);
        edge = among_special(&claim, &plans, &mut judge, &mut runner, &ties, &mut tied);
        // A strict relation is true where its sides are certainly apart.
        if matches!(open::sides(&claim.relation), Some(("lt" | "gt", _, _))) {
            found.unsettled += tied.unsettled;
        }
    }
    found.counterexample = edge;
    let without = found.one_sided_at.as_ref().or(found.undefined_at.as_ref());
    found.undefined_part = without.and_then(|point| certify::undefined_part(&claim.symbolic, point));
    found
}

/// Special points of each plan, with what they say of the claim; one that refutes it.
fn among_special(
    claim: &Claim,
    plans: &[Plan],
    judge: &mut Judge,
    runner: &mut TestRunner,
    variants: &dyn Fn(&Plan, &Draft) -> Vec<Draft>,
    found: &mut Search,
) -> Option<Counterexample> {
    let mut edge = None;
    for plan in plans.iter().take(PLANS) {
        let Ok(tree) = plan.strategy().new_tree(runner) else { continue };
        for draft in variants(plan, &tree.current()) {
            if judge.is_tired() {
                return edge;
            }
            let Some(point) = plan.point(&draft).filter(|p| judge.admits(p)) else { continue };
            found.accepted += 1;
            found.sizes.extend(plan.sizes());
            match judge.outcome(&point) {
                Outcome::Agrees(error) => found.agrees(&point, error),
                Outcome::BothUndefined => found.undefined += 1,
                Outcome::OneSided => {
                    found.one_sided += 1;
                    found.one_sided_at.get_or_insert(point);
                }
                Outcome::Unsettled | Outcome::Doubtful => found.unsettled += 1,
                Outcome::Violated => {
                    let degenerate = generic::is_degenerate(claim, plan, &point);
                    let generic = (!degenerate).then(|| point.clone());
                    let small = smaller(plan, draft, point.clone(), judge, degenerate);
                    let Some((point, violation)) = certified(claim, small, &point) else { continue };
                    let counterexample = Counterexample { point, violation, degenerate, generic };
                    if !degenerate {
                        return Some(counterexample);
                    }
                    edge.get_or_insert(counterexample);
                }
            }
        }
    }
    edge
}

/// A simpler counterexample of a plan than the one drawn, if there is one.
fn smaller(plan: &Plan, draft: Draft, point: Point, judge: &mut Judge, degenerate: bool) -> Point {
    let draft = shrink::by_coordinate(draft, &mut |d| plan.fails(judge, d, degenerate));
    plan.point(&draft).unwrap_or(point)
}

/// The smaller counterexample, or the one that was drawn where only floats say that the smaller one is any.
fn certified(claim: &Claim, small: Point, drawn: &Point) -> Option<(Point, Violation)> {
    let at = |point: Point| certify::violation(claim, &point).map(|violation| (point, violation));
    at(small).or_else(|| at(drawn.clone()))
}

/// Most plans whose special points are tried.
const PLANS: usize = 6;

/// Draws for each plan where only singular points meet the givens.
const DRAWS: usize = 8;

/// Where hardly a drawn point meets the givens (xₙᵀv = 0 for all n), or only special ones: singular points, with what they say of
/// the claim.
fn among_singular(
    claim: &Claim,
    plans: &[Plan],
    judge: &mut Judge,
    runner: &mut TestRunner,
    found: &mut Search,
) -> Option<Counterexample> {
    for plan in plans.iter().flat_map(|p| std::iter::repeat_n(p, DRAWS)) {
        let Ok(tree) = plan.strategy().new_tree(runner) else { continue };
        for draft in singular::variants(plan, &tree.current()) {
            if judge.is_tired() {
                return None;
            }
            let Some(point) = plan.point(&draft).filter(|p| judge.admits(p)) else { continue };
            found.accepted += 1;
            found.sizes.extend(plan.sizes());
            match judge.outcome(&point) {
                Outcome::Agrees(error) => found.agrees(&point, error),
                Outcome::BothUndefined => found.undefined += 1,
                Outcome::OneSided => found.one_sided += 1,
                Outcome::Unsettled | Outcome::Doubtful => found.unsettled += 1,
                Outcome::Violated => {
                    if !generic::is_degenerate(claim, plan, &point) {
                        let generic = Some(point.clone());
                        let small = smaller(plan, draft, point.clone(), judge, false);
                        let Some((point, violation)) = certified(claim, small, &point) else { continue };
                        return Some(Counterexample { point, violation, degenerate: false, generic });
                    }
                }
            }
        }
    }
    None
}

/// A counterexample to `A ≻ B` at which A − B is singular.
fn singular(claim: &Claim, plans: &[Plan], judge: &mut Judge, runner: &mut TestRunner) -> Option<Counterexample> {
    if !matches!(open::sides(&claim.relation), Some(("loewner_gt", _, _))) {
        return None;
    }
    plans.iter().find_map(|plan| {
        let draft = plan.strategy().new_tree(runner).ok()?.current();
        singular::variants(plan, &draft).into_iter().find_map(|draft| {
            let point = plan.point(&draft).filter(|p| judge.admits(p) && !generic::is_degenerate(claim, plan, p))?;
            let violated = judge.outcome(&point) == Outcome::Violated;
            let violation = certify::violation(claim, &point).filter(|_| violated)?;
            Some(Counterexample { generic: Some(point.clone()), point, violation, degenerate: false })
        })
    })
}

/// Whether the point is certainly a counterexample: it has values of the right kinds, satisfies every given, both sides
/// are defined, and the relation fails; by exact and interval arithmetic alone. Fails closed.
pub fn replay(relation: &Expr, givens: &[Expr], point: &Point) -> bool {
    Claim::open(relation, None, givens)
        .is_some_and(|claim| certify::admitted(&claim, point) && certify::violated(&claim, point))
}

/// How the relation certainly fails at a point that certainly satisfies every given; `None` if it does not.
pub fn violation_at(relation: &Expr, givens: &[Expr], point: &Point) -> Option<Violation> {
    let claim = Claim::open(relation, None, givens)?;
    certify::admitted(&claim, point).then(|| certify::violation(&claim, point))?
}

/// A runner with a fixed seed that neither forks nor keeps files.
fn runner(seed: u64) -> TestRunner {
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut bytes = [0x5a; 32];
    for (slot, byte) in bytes.iter_mut().zip(seed.to_le_bytes()) {
        *slot = byte;
    }
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

#[cfg(test)]
mod strategy_tests;
#[cfg(test)]
mod tests;
