//! A first look: a few points, in floats.

use proptest::strategy::{Strategy, ValueTree};

use super::judge::Judge;
use super::open::Claim;
use super::plan::Plan;
use super::{Problem, runner};
use crate::algebra::eval::Point;
use crate::num::Ternary;

/// Draws for one point that meets the givens.
const DRAWS: usize = 12;

/// Whether floats agree at every one of a few points; `Unknown` if there is none. Certifies nothing, so it is quick: a
/// claim that fails here is not worth a closer look.
pub fn agrees_at_first_look(problem: &Problem) -> Ternary {
    look(problem, &|_, _| true)
}

/// Whether it certainly fails at one of a few points. Where a matrix is singular, floats disagree and nothing fails.
pub fn fails_at_first_look(problem: &Problem) -> bool {
    look(problem, &|judge, point| judge.violated(point)) == Ternary::False
}

/// What floats say at a few points; a disagreement that does not `count` is passed over.
fn look(problem: &Problem, counts: &dyn Fn(&Judge, &Point) -> bool) -> Ternary {
    let Some(claim) = Claim::open(problem.relation, problem.symbolic, problem.givens) else { return Ternary::Unknown };
    let mut runner = runner(problem.seed);
    let judge = Judge::new(&claim, problem.seed, problem.domain_stated);
    let plans = Plan::all(&claim, problem.sizes, problem.cases);
    let mut agreed = 0;
    for plan in plans.iter().cycle().take(problem.cases.max(plans.len().min(2))) {
        for _ in 0..DRAWS {
            let Ok(tree) = plan.strategy().new_tree(&mut runner) else { continue };
            let Some(point) = plan.point(&tree.current()).filter(|p| judge.admits(p)) else { continue };
            match judge.in_floats(&point) {
                Some(true) => agreed += 1,
                Some(false) if counts(&judge, &point) => return Ternary::False,
                Some(false) | None => {}
            }
            break;
        }
    }
    if agreed > 0 { Ternary::True } else { Ternary::Unknown }
}
