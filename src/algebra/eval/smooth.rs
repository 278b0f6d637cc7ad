//! Smooth functions that stand for function symbols without a formula.

use std::hash::{Hash, Hasher};

use super::system::System;
use crate::expr::Symbol;
use crate::num::Rational;

/// FNV-1a: the same functions on every machine.
struct Seeded(u64);

impl Hasher for Seeded {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// An analytic function of all arguments, fixed by name, version, number of arguments and seed:
/// `c + Σₖ (aₖ tₖ + bₖ tₖ² + fₖ tₖ₋₁ tₖ) + d sin(Σₖ eₖ tₖ + g)`, no sum of functions of each, with coefficients that are multiples of 1/16 in [−2, 2].
pub(super) fn smooth<N: System>(symbol: &Symbol, seed: u64, arguments: &[N]) -> N {
    let mut hasher = Seeded(0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    symbol.name.as_bytes().hash(&mut hasher);
    symbol.version.to_le_bytes().hash(&mut hasher);
    arguments.len().to_le_bytes().hash(&mut hasher);
    let mut state = hasher.finish() | 1;
    let mut coefficient = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let sixteenths = i64::try_from((state >> 20) % 65).unwrap_or(0) - 32;
        N::from_rational(&Rational::new(if sixteenths == 0 { 7 } else { sixteenths }, 16).unwrap_or(Rational::from(1)))
    };
    let mut sum = coefficient();
    let mut phase = coefficient();
    for (k, t) in arguments.iter().enumerate() {
        sum = sum + coefficient() * t.clone() + coefficient() * t.powi(2);
        if let Some(before) = k.checked_sub(1).and_then(|k| arguments.get(k)) {
            sum = sum + coefficient() * before.clone() * t.clone();
        }
        phase = phase + coefficient() * t.clone();
    }
    sum + coefficient() * phase.sin()
}
