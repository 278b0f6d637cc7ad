//! Smaller and simpler counterexamples.

use std::collections::{BTreeSet, HashMap};

use proptest::strategy::ValueTree;

use super::plan::Draft;
use crate::algebra::eval::{PointValue, work};
use crate::num::Rational;

/// Steps of proptest's own shrinking.
const TREE_STEPS: usize = 200;

/// Trials of the pass over the coordinates, and numbers in the drafts that are looked at for them.
const TRIALS: usize = 600;
const NUMBERS: usize = 600_000;

/// Numbers in the drafts that are tested: a test looks at all of them. Counterexamples of more than a hundred numbers are
/// made less small.
const TESTED: usize = 60_000;

fn numbers(draft: &Draft) -> usize {
    draft.iter().map(|v| v.numbers().len()).sum::<usize>().max(1)
}

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
    for _ in 0..TREE_STEPS.min(TESTED / 3 / numbers(&best)) {
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

/// Work that is left.
struct Left {
    trials: usize,
    drafts: usize,
}

impl Left {
    fn is_none(&self) -> bool {
        self.trials == 0 || self.drafts == 0
    }
}

/// Tries small numbers for all coordinates of a value at once, then one by one, then with the sum kept; keeps what still fails and is simpler.
pub(super) fn by_coordinate(start: Draft, fails: &mut dyn FnMut(&Draft) -> bool) -> Draft {
    // All entries of a number are its one entry: much is tried twice. What does not fail costs its work again.
    let mut refused: HashMap<Draft, u64> = HashMap::new();
    let fails = &mut |draft: &Draft| {
        if let Some(units) = refused.get(draft) {
            work::count(usize::try_from(*units).unwrap_or(usize::MAX));
            return false;
        }
        let before = work::done();
        let fails = fails(draft);
        if !fails {
            refused.insert(draft.clone(), work::done().saturating_sub(before));
        }
        fails
    };
    let mut best = start;
    let size = numbers(&best);
    let mut left = Left { trials: TRIALS.min(TESTED / size), drafts: NUMBERS / size };
    loop {
        let before = weight(&best);
        // Where symbols have to agree, a number changes in all its places.
        let numbers: BTreeSet<Rational> = best.iter().flat_map(PointValue::numbers).cloned().collect();
        for number in numbers.iter().filter(|q| q.bit_len() > 4) {
            if left.is_none() {
                return best;
            }
            for simple in simple_values() {
                let draft = best.iter().map(|v| renumbered(v, number, &simple)).collect();
                try_draft(&mut best, draft, fails, &mut left);
            }
        }
        for k in 0..best.len() {
            if left.is_none() {
                return best;
            }
            for simple in simple_values() {
                let all = best.get(k).map(|v| replaced(v, None, &simple));
                try_with(&mut best, k, all, fails, &mut left);
            }
            let count = best.get(k).map_or(0, |v| v.numbers().len());
            for i in 0..count {
                if left.is_none() {
                    return best;
                }
                for simple in simple_values() {
                    let one = best.get(k).map(|v| replaced(v, Some(i), &simple));
                    try_with(&mut best, k, one, fails, &mut left);
                }
                for simple in simple_shares() {
                    for j in [0, count - 1].into_iter().filter(|j| *j != i) {
                        let moved = best.get(k).and_then(|v| shifted(v, i, j, &simple));
                        try_with(&mut best, k, moved, fails, &mut left);
                    }
                }
            }
        }
        if weight(&best) >= before || left.is_none() {
            return best;
        }
    }
}

fn simple_values() -> Vec<Rational> {
    let whole = [0, 1, -1, 2, -2, 3, -3].into_iter().map(Rational::from);
    let fractions = [(1, 2), (-1, 2), (3, 2), (1, 4), (3, 4), (1, 3), (2, 3)];
    whole.chain(fractions.into_iter().filter_map(|(a, b)| Rational::new(a, b))).collect()
}

/// Values of one entry where the sum of all is fixed.
fn simple_shares() -> Vec<Rational> {
    let fractions = [(0, 1), (1, 2), (1, 3), (1, 4), (3, 4), (2, 3)];
    fractions.into_iter().filter_map(|(a, b)| Rational::new(a, b)).collect()
}

/// The value with another number in all places of one.
fn renumbered(value: &PointValue, number: &Rational, by: &Rational) -> PointValue {
    match value {
        PointValue::Scalar(q) if q == number => PointValue::Scalar(by.clone()),
        PointValue::Array(a) => {
            let mut a = a.clone();
            a.entries.iter_mut().filter(|q| *q == number).for_each(|q| *q = by.clone());
            PointValue::Array(a)
        }
        other => other.clone(),
    }
}

/// The value with entry `i` of an array set, and entry `j` taking what keeps the sum.
fn shifted(value: &PointValue, i: usize, j: usize, by: &Rational) -> Option<PointValue> {
    let PointValue::Array(a) = value else { return None };
    let mut a = a.clone();
    let change = a.entries.get(i)?.clone() - by.clone();
    *a.entries.get_mut(i)? = by.clone();
    let other = a.entries.get_mut(j)?;
    *other = other.clone() + change;
    Some(PointValue::Array(a))
}

fn try_with(
    best: &mut Draft,
    k: usize,
    value: Option<PointValue>,
    fails: &mut dyn FnMut(&Draft) -> bool,
    left: &mut Left,
) {
    let Some(value) = value else { return };
    let mut draft = best.clone();
    if let Some(slot) = draft.get_mut(k) {
        *slot = value;
    }
    try_draft(best, draft, fails, left);
}

fn try_draft(best: &mut Draft, draft: Draft, fails: &mut dyn FnMut(&Draft) -> bool, left: &mut Left) {
    left.drafts = left.drafts.saturating_sub(1);
    if left.drafts > 0 && left.trials > 0 && weight(&draft) < weight(best) {
        left.trials -= 1;
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
