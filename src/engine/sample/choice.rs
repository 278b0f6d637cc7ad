//! One of several strategies, by weight.

use std::fmt::Debug;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Seed of the draws of an option that was not chosen.
type Seed = [u8; 32];

/// Strategies with weights. Draws and shrinks what `prop_oneof!` does, from the same random numbers; an option that was not
/// chosen costs a seed until shrinking comes to it, and no runner of its own: most draws are never shrunk.
#[derive(Clone, Debug)]
pub(super) struct Choice<T: Debug>(Arc<[(u32, BoxedStrategy<T>)]>);

/// One of the strategies, by weight.
pub(super) fn one_of<T: Clone + Debug + 'static>(options: Vec<(u32, BoxedStrategy<T>)>) -> BoxedStrategy<T> {
    Choice(options.into()).boxed()
}

/// What a strategy draws, to be shrunk.
type Tree<T> = Box<dyn ValueTree<Value = T>>;

/// An option before the chosen one.
enum Lower<T> {
    /// Not drawn from yet.
    Seed(Seed),
    /// Drawn from, as shrinking came to it.
    Drawn(Tree<T>),
}

/// What was drawn, and where shrinking stands.
pub(super) struct Chosen<T: Debug> {
    options: Choice<T>,
    /// The options before the one that was chosen at first.
    drawn: Vec<Lower<T>>,
    /// That one.
    top: Tree<T>,
    /// The present option.
    pick: usize,
    /// The first that shrinking may still come to.
    least: usize,
    /// The present option before the last step, if that went to another.
    before: Option<usize>,
}

impl<T: Clone + Debug + 'static> Strategy for Choice<T> {
    type Tree = Chosen<T>;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let total: u64 = self.0.iter().map(|(weight, _)| u64::from(*weight)).sum();
        let mut left = (0..total.max(1)).new_tree(runner)?.current();
        let mut drawn = vec![];
        for (weight, option) in self.0.iter() {
            if left < u64::from(*weight) {
                let (top, pick) = (option.new_tree(runner)?, drawn.len());
                return Ok(Chosen { options: self.clone(), drawn, top, pick, least: 0, before: None });
            }
            left -= u64::from(*weight);
            drawn.push(Lower::Seed(runner.rng().random()));
        }
        Err("no option".into())
    }
}

impl<T: Clone + Debug + 'static> Chosen<T> {
    /// The tree of the present option.
    fn tree(&mut self) -> &mut Tree<T> {
        match self.drawn.get_mut(self.pick) {
            Some(Lower::Drawn(tree)) => tree,
            _ => &mut self.top,
        }
    }

    /// Draws from an option before the chosen one, unless that was done; whether it has a value.
    fn draw(&mut self, at: usize) -> bool {
        match (self.drawn.get_mut(at), self.options.0.get(at)) {
            (Some(lower @ Lower::Seed(_)), Some((_, option))) => {
                let Lower::Seed(seed) = lower else { return false };
                let config = Config { failure_persistence: None, ..Config::default() };
                let rng = TestRng::from_seed(RngAlgorithm::ChaCha, seed);
                match option.new_tree(&mut TestRunner::new_with_rng(config, rng)) {
                    Ok(tree) => *lower = Lower::Drawn(tree),
                    Err(_) => return false,
                }
                true
            }
            (Some(Lower::Drawn(_)), _) => true,
            _ => false,
        }
    }
}

impl<T: Clone + Debug + 'static> ValueTree for Chosen<T> {
    type Value = T;

    fn current(&self) -> T {
        match self.drawn.get(self.pick) {
            Some(Lower::Drawn(tree)) => tree.current(),
            _ => self.top.current(),
        }
    }

    fn simplify(&mut self) -> bool {
        if self.tree().simplify() {
            self.before = None;
            return true;
        }
        if self.pick <= self.least {
            return false;
        }
        self.before = Some(self.pick);
        match (self.least..self.pick).rev().find(|at| self.draw(*at)) {
            Some(next) => {
                self.pick = next;
                true
            }
            None => false,
        }
    }

    fn complicate(&mut self) -> bool {
        match self.before.take() {
            Some(pick) => {
                (self.pick, self.least) = (pick, pick);
                true
            }
            None => self.tree().complicate(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::runner;
    use super::*;

    #[test]
    fn draws_and_shrinks_as_the_macro_does() {
        let arms = || {
            [(-4i64..=4).boxed(), (-9i64..=9, 2i64..=5).prop_map(|(a, b)| 100 * a + b).boxed(), (5i64..=5000).boxed()]
        };
        let [a, b, c] = arms();
        let macros = proptest::collection::vec(prop_oneof![4 => a, 3 => b, 8 => c], 5);
        let [a, b, c] = arms();
        let ours = proptest::collection::vec(one_of(vec![(4, a), (3, b), (8, c)]), 5);
        let (mut left, mut right) = (runner(7), runner(7));
        for turn in 0..200 {
            let (mut x, mut y) = (macros.new_tree(&mut left).unwrap(), ours.new_tree(&mut right).unwrap());
            assert_eq!(x.current(), y.current());
            for step in 0..60 {
                let simpler = (turn * 7 + step * step) % 5 != 0;
                let moved = if simpler { (x.simplify(), y.simplify()) } else { (x.complicate(), y.complicate()) };
                assert_eq!((moved.0, x.current()), (moved.1, y.current()), "{turn} {step}");
            }
        }
    }
}
