//! Smaller and simpler counterexamples.

use proptest::strategy::ValueTree;

use super::plan::Draft;
use crate::algebra::eval::PointValue;
use crate::num::Rational;

/// Steps of proptest's own shrinking.
const TREE_STEPS: usize = 200;

/// Trials of the pass over the coordinates.
const TRIALS: usize = 600;

/// Shrinks by the value tree of the strategy as long as the test still fails.
pub(super) fn by_tree<T: ValueTree<Value = Draft>>(
    tree: &mut T,
    start: Draft,
    fails: &mut dyn FnMut(&Draft) -> bool,
) -> Draft {
    let mut best = start;
    if !tree.simplify() {
        return best;
    }
    for _ in 0..TREE_STEPS {
        let draft = tree.current();
        let moved = if fails(&draft) {
            best = draft;
            tree.simplify()
        } else {
            tree.complicate()
        };
        if !moved {
            break;
        }
    }
    best
}

/// Tries 0, 1, −1, 2, 1/2 for all coordinates of a value at once, then one by one; keeps what still fails and is simpler.
pub(super) fn by_coordinate(start: Draft, fails: &mut dyn FnMut(&Draft) -> bool) -> Draft {
    let mut best = start;
    let mut trials = 0;
    loop {
        let before = weight(&best);
        for k in 0..best.len() {
            for simple in simple_values() {
                let all = best.get(k).map(|v| replaced(v, None, &simple));
                try_with(&mut best, k, all, fails, &mut trials);
            }
            let count = best.get(k).map_or(0, |v| v.numbers().len());
            for i in 0..count {
                for simple in simple_values() {
                    let one = best.get(k).map(|v| replaced(v, Some(i), &simple));
                    try_with(&mut best, k, one, fails, &mut trials);
                }
            }
        }
        if weight(&best) >= before || trials >= TRIALS {
            return best;
        }
    }
}

fn simple_values() -> Vec<Rational> {
    let half = Rational::new(1, 2).unwrap_or_else(|| Rational::from(1));
    vec![Rational::from(0), Rational::from(1), Rational::from(-1), Rational::from(2), half]
}

fn try_with(
    best: &mut Draft,
    k: usize,
    value: Option<PointValue>,
    fails: &mut dyn FnMut(&Draft) -> bool,
    trials: &mut usize,
) {
    let Some(value) = value else { return };
    let mut draft = best.clone();
    if let Some(slot) = draft.get_mut(k) {
        *slot = value;
    }
    if *trials < TRIALS && weight(&draft) < weight(best) {
        *trials += 1;
        if fails(&draft) {
            *best = draft;
        }
    }
}

fn replaced(value: &PointValue, place: Option<usize>, by: &Rational) -> PointValue {
    match value {
        PointValue::Scalar(_) => PointValue::Scalar(by.clone()),
        PointValue::Array(a) => {
            let mut a = a.clone();
            for (i, x) in a.entries.iter_mut().enumerate() {
                if place.is_none_or(|p| p == i) {
                    *x = by.clone();
                }
            }
            PointValue::Array(a)
        }
        other => other.clone(),
    }
}

/// How complicated a draft is: 0 is simpler than 1, integers than fractions, positive than negative.
fn weight(draft: &Draft) -> u64 {
    let one = |q: &Rational| {
        let zero = Rational::from(0);
        let size = if *q == zero { 0 } else { q.bit_len() * 4 };
        size + if q.is_integer() { 0 } else { 6 } + u64::from(*q < zero)
    };
    draft.iter().flat_map(PointValue::numbers).map(one).sum()
}
