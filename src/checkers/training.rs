//! The training run of source 002, replayed: eight samples of four features, three classes, a linear layer, full-batch
//! gradient descent on the mean cross entropy.
//!
//! The framework that printed the costs draws its numbers from the Mersenne Twister MT19937 (Matsumoto & Nishimura, ACM
//! TOMACS 8 (1998)), and starts a layer of d inputs with weights uniform in (−1/√d, 1/√d), row by row, then the biases.

use std::sync::OnceLock;

use nalgebra::DVector;
use num_traits::Float;
use rand_mt::Mt;

use super::instance::{Instance, Row, number, vector};

const SAMPLES: usize = 8;
const FEATURES: usize = 4;
const CLASSES: usize = 3;

const INPUTS: [[u8; FEATURES]; SAMPLES] =
    [[1, 2, 1, 1], [2, 1, 3, 2], [3, 1, 3, 4], [4, 1, 5, 5], [1, 7, 5, 5], [1, 2, 5, 6], [1, 6, 6, 6], [1, 7, 7, 7]];
const LABELS: [usize; SAMPLES] = [2, 2, 2, 1, 1, 1, 0, 0];
const RATE: f64 = 0.1;

/// Number of steps; there is a cost before each and one at the end.
pub const EPOCHS: usize = 1000;
/// A cost is printed every so many epochs.
pub const PRINTED_EVERY: usize = 100;
/// 32-bit draws that the program had used before it made the layer.
const CONSUMED: usize = 283;

/// Arithmetic of the run. Exponentials and logarithms are correctly rounded, so that the costs are the same everywhere.
pub trait Arithmetic: Float + std::fmt::Display {
    /// eˣ
    fn exponential(self) -> Self;
    /// log x
    fn logarithm(self) -> Self;
}

impl Arithmetic for f32 {
    fn exponential(self) -> f32 {
        core_math::expf(self)
    }
    fn logarithm(self) -> f32 {
        core_math::logf(self)
    }
}

impl Arithmetic for f64 {
    fn exponential(self) -> f64 {
        core_math::exp(self)
    }
    fn logarithm(self) -> f64 {
        core_math::log(self)
    }
}

/// A linear layer, s = Wx + b, or a slope in its weights.
#[derive(Clone, Copy, Debug)]
struct Layer<F> {
    weights: [[F; FEATURES]; CLASSES],
    biases: [F; CLASSES],
}

impl<F: Arithmetic> Layer<F> {
    /// As the framework starts it: (low 24 bits of a draw)/2²⁴ − 1/2, for 1/√4 = 1/2. Exact in f32.
    fn start() -> Layer<F> {
        let mut generator = Mt::new(1);
        for _ in 0..CONSUMED {
            generator.next_u32();
        }
        let mut draw = || of(f64::from(generator.next_u32() & 0x00ff_ffff) / f64::from(1u32 << 24) - 0.5);
        let weights = std::array::from_fn(|_| std::array::from_fn(|_| draw()));
        Layer { weights, biases: std::array::from_fn(|_| draw()) }
    }

    fn zero() -> Layer<F> {
        Layer { weights: [[F::zero(); FEATURES]; CLASSES], biases: [F::zero(); CLASSES] }
    }

    /// With `change(own, other)` for every weight and bias.
    fn combined(mut self, other: &Layer<F>, change: impl Fn(F, F) -> F) -> Layer<F> {
        let own = self.weights.iter_mut().flatten().chain(&mut self.biases);
        own.zip(other.weights.iter().flatten().chain(&other.biases)).for_each(|(a, b)| *a = change(*a, *b));
        self
    }

    fn logits(&self, x: &[F; FEATURES]) -> [F; CLASSES] {
        let dot = |row: &[F; FEATURES]| row.iter().zip(x).fold(F::zero(), |s, (w, x)| s + *w * *x);
        let mut s = self.weights.each_ref().map(dot);
        s.iter_mut().zip(self.biases).for_each(|(s, b)| *s = *s + b);
        s
    }

    /// The mean cross entropy, and its slope: ∂cost/∂s = (p − y)/N, and s is linear in the weights.
    fn cost(&self) -> (F, Layer<F>) {
        let share = of::<F>(1.0 / SAMPLES as f64);
        let (mut total, mut slope) = (F::zero(), Layer::zero());
        for (x, label) in INPUTS.iter().zip(LABELS) {
            let x = x.map(|v| of::<F>(f64::from(v)));
            let logs = log_softmax(self.logits(&x));
            let rows = slope.weights.iter_mut().zip(&mut slope.biases);
            for ((c, log), (row, bias)) in logs.into_iter().enumerate().zip(rows) {
                let truth = if c == label { F::one() } else { F::zero() };
                total = total - truth * log;
                let by_logit = (log.exponential() - truth) * share;
                row.iter_mut().zip(x).for_each(|(w, x)| *w = *w + by_logit * x);
                *bias = *bias + by_logit;
            }
        }
        (total * share, slope)
    }
}

fn of<F: Float>(x: f64) -> F {
    F::from(x).unwrap_or_else(F::nan)
}

fn log_softmax<F: Arithmetic>(s: [F; CLASSES]) -> [F; CLASSES] {
    let top = s.into_iter().fold(F::neg_infinity(), F::max);
    let total = s.into_iter().fold(F::zero(), |t, x| t + (x - top).exponential());
    let log = total.logarithm();
    s.map(|x| (x - top) - log)
}

/// The layer before each of the [`EPOCHS`] steps and after the last, with its cost, in the arithmetic of `F`.
fn epochs<F: Arithmetic>() -> impl Iterator<Item = (F, Layer<F>)> {
    let mut layer = Layer::start();
    (0..=EPOCHS).map(move |_| {
        let before = layer;
        let (cost, slope) = layer.cost();
        layer = layer.combined(&slope, |w, g| w - of::<F>(RATE) * g);
        (cost, before)
    })
}

/// The cost before each of the [`EPOCHS`] steps and after the last, in the arithmetic of `F`.
pub fn run<F: Arithmetic>() -> Vec<F> {
    epochs::<F>().map(|(cost, _)| cost).collect()
}

/// The costs as the source prints them: every [`PRINTED_EVERY`] epochs, six decimals, in single precision.
pub fn printed() -> Vec<String> {
    run::<f32>().iter().step_by(PRINTED_EVERY).map(|c| format!("{c:.6}")).collect()
}

pub(super) const LOG: Row = Row {
    name: "training_log",
    about: "the eleven costs that the program of source 002 prints, by running it again in single precision",
    reference: "Matsumoto & Nishimura, ACM TOMACS 8 (1998); Bishop, PRML, eq. 4.109",
    instance: |_, _| {
        static COSTS: OnceLock<DVector<f64>> = OnceLock::new();
        let numbers = || printed().iter().map(|c| c.parse().unwrap_or(f64::NAN)).collect();
        let costs = vector(COSTS.get_or_init(|| DVector::from_vec(numbers())));
        Instance { exact: true, ..Instance::constant(costs.clone()).determined("J", costs) }
    },
};

pub(super) const RISES: Row = Row {
    name: "training_rises",
    about: "in how many of the thousand steps of source 002 the cost rises, by running them again",
    reference: "Cohen et al., ICLR 2021 (gradient descent at the edge of stability)",
    instance: |_, _| {
        static RISES: OnceLock<f64> = OnceLock::new();
        let rises = || run::<f32>().windows(2).map(|w| f64::from(u8::from(w.first() < w.last()))).sum();
        let rises = number(*RISES.get_or_init(rises));
        Instance::constant(rises.clone()).determined("r", rises)
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    /// What the source prints.
    const LOGGED: [&str; 11] = [
        "3.246066", "0.703490", "0.620850", "0.563644", "0.513388", "0.465922", "0.419682", "0.373925", "0.328385",
        "0.283776", "0.247032",
    ];

    /// The generator's published output for `init_by_array({0x123, 0x234, 0x345, 0x456})` (mt19937ar.out), and the
    /// ten-thousandth draw after the default seed 5489 (ISO C++, [rand.predef]).
    #[test]
    fn the_generator_gives_its_published_draws() {
        let mut by_array = Mt::new_with_key([0x123, 0x234, 0x345, 0x456]);
        let draws: Vec<u32> = (0..5).map(|_| by_array.next_u32()).collect();
        assert_eq!(draws, [1_067_595_299, 955_945_823, 477_289_528, 4_107_218_783, 4_228_976_476]);
        let mut standard = Mt::new(5489);
        let last = (0..10_000).map(|_| standard.next_u32()).last();
        assert_eq!(last, Some(4_123_659_995));
    }

    #[test]
    fn all_printed_costs_are_reproduced_in_single_and_double_precision() {
        assert_eq!(printed(), LOGGED);
        let double: Vec<String> = run::<f64>().iter().step_by(PRINTED_EVERY).map(|c| format!("{c:.6}")).collect();
        assert_eq!(double, LOGGED);
        assert_eq!(run::<f32>().len(), EPOCHS + 1);
    }

    #[test]
    fn another_seed_or_start_gives_other_costs() {
        let first = Layer::<f32>::start().weights.concat().first().copied();
        assert_eq!(first, Some(0.147_539_08));
        let (cost, _) = Layer::<f32>::zero().cost();
        assert!((cost - 3f32.ln()).abs() < 1e-6);
    }

    #[test]
    fn the_cost_rises_in_492_steps_though_the_printed_ones_fall() {
        let rises = |costs: Vec<f64>| costs.windows(2).filter(|w| w[0] < w[1]).count();
        assert_eq!(rises(run::<f64>()), 492);
        assert_eq!(rises(run::<f32>().into_iter().map(f64::from).collect()), 492);
        let printed: Vec<f64> = LOGGED.iter().map(|c| c.parse().expect("a number")).collect();
        assert_eq!(rises(printed), 0);
    }

    /// A layer that gives each sample its greatest logit; scaled up, its cost goes to 0, which no layer attains.
    #[test]
    fn the_data_are_separable() {
        let mut layer = Layer::<f64>::start();
        for _ in 0..20_000 {
            let (_, slope) = layer.cost();
            layer = layer.combined(&slope, |w, g| w - RATE * g);
        }
        for (x, label) in INPUTS.iter().zip(LABELS) {
            let s = layer.logits(&x.map(f64::from));
            assert!((0..CLASSES).all(|c| c == label || s[c] < s[label]), "{x:?}: {s:?}");
        }
        let scaled = |by: f64| layer.combined(&layer, |w, _| w * by).cost().0;
        assert!(scaled(1000.0) < 1e-9 && layer.cost().0 > 0.0);
    }

    #[test]
    fn the_slope_is_the_one_by_differences() {
        let layer = Layer::<f64>::start();
        let (_, slope) = layer.cost();
        let mut moved = layer;
        moved.weights[1][2] += 1e-6;
        assert!(((moved.cost().0 - layer.cost().0) / 1e-6 - slope.weights[1][2]).abs() < 1e-4);
    }
}
