//! Random values of instances, from a seed, the same on every machine.

use nalgebra::{DMatrix, DVector};

/// A generator (SplitMix64: Steele, Lea & Flood, OOPSLA 2014) with the distributions that instances need. Reals are
/// multiples of 1/64, so that a point of a disagreement is short to write down.
#[derive(Clone, Debug)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// A generator for a seed.
    pub fn new(seed: u64) -> Draw {
        Draw { state: seed }
    }

    /// The generator of one instance: instances are independent of the number of draws that others make.
    pub fn of_instance(seed: u64, number: u64) -> Draw {
        let mut mixed = Draw::new(seed ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03));
        Draw::new(mixed.bits())
    }

    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// An integer from `low` to `high`, both included; `low` if they are in the wrong order.
    pub fn integer(&mut self, low: i32, high: i32) -> i32 {
        let count = u64::try_from(i64::from(high) - i64::from(low) + 1).unwrap_or(1).max(1);
        low.saturating_add(i32::try_from(self.bits() % count).unwrap_or(0))
    }

    /// A real in [low, high]; the ends are integers.
    pub fn real(&mut self, low: i32, high: i32) -> f64 {
        f64::from(self.integer(low.saturating_mul(64), high.saturating_mul(64))) / 64.0
    }

    /// A real in (0, 1).
    pub fn inside(&mut self) -> f64 {
        f64::from(self.integer(1, 63)) / 64.0
    }

    /// 0 or 1.
    pub fn bit(&mut self) -> f64 {
        f64::from(self.integer(0, 1))
    }

    /// Whether something of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        let unit = (self.bits() >> 11) as f64 / (1u64 << 53) as f64;
        unit < probability
    }

    /// A place from 0, of `n`.
    pub fn place(&mut self, n: usize) -> usize {
        let last = i32::try_from(n.saturating_sub(1)).unwrap_or(i32::MAX);
        usize::try_from(self.integer(0, last)).unwrap_or(0)
    }

    /// `n` reals in [low, high].
    pub fn vector(&mut self, n: usize, low: i32, high: i32) -> DVector<f64> {
        DVector::from_fn(n, |_, _| self.real(low, high))
    }

    /// A matrix of reals in [low, high].
    pub fn matrix(&mut self, rows: usize, columns: usize, low: i32, high: i32) -> DMatrix<f64> {
        DMatrix::from_fn(rows, columns, |_, _| self.real(low, high))
    }

    /// `n` logits; one time in five far apart, so that probabilities come near 0 and 1.
    pub fn logits(&mut self, n: usize) -> DVector<f64> {
        let reach = if self.integer(0, 4) == 0 { 16 } else { 3 };
        self.vector(n, -reach, reach)
    }

    /// A distribution on `n` outcomes, all of them possible.
    pub fn distribution(&mut self, n: usize) -> DVector<f64> {
        let weights = DVector::from_fn(n, |_, _| f64::from(self.integer(1, 64)));
        let total = weights.sum();
        weights / total
    }

    /// A one-hot vector of length `n`, and the place of its 1 from 0.
    pub fn one_hot(&mut self, n: usize) -> (DVector<f64>, usize) {
        let place = self.place(n);
        (DVector::from_fn(n, |i, _| f64::from(u8::from(i == place))), place)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn draws_stay_in_their_sets(seed: u64, n in 1usize..9) {
            let mut draw = Draw::new(seed);
            prop_assert!((-3..=3).contains(&draw.integer(-3, 3)));
            let x = draw.inside();
            prop_assert!(0.0 < x && x < 1.0);
            prop_assert!(draw.real(-2, 2).abs() <= 2.0);
            let p = draw.distribution(n);
            prop_assert!((p.sum() - 1.0).abs() < 1e-14 && p.iter().all(|x| *x > 0.0));
            let (y, k) = draw.one_hot(n);
            prop_assert!(y.sum() == 1.0 && y[k] == 1.0);
        }
    }

    #[test]
    fn a_seed_gives_the_same_values_again() {
        let values = |seed| Draw::of_instance(seed, 7).vector(4, -3, 3);
        assert_eq!(values(1), values(1));
        assert_ne!(values(1), values(2));
        assert_ne!(values(1), Draw::of_instance(1, 8).vector(4, -3, 3));
    }

    #[test]
    fn every_value_of_a_small_range_occurs() {
        let mut draw = Draw::new(3);
        let seen: std::collections::BTreeSet<i32> = (0..200).map(|_| draw.integer(-2, 2)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [-2, -1, 0, 1, 2]);
    }
}
