//! Denominators that stay factored: what a numerator is reduced by.

use num_traits::{One, Zero};

use crate::algebra::canon::poly::{Mono, Poly};
use crate::expr::Expr;
use crate::num::Rational;

/// A polynomial under a negative exponent: leading monomial, the inverse of its coefficient, the other terms.
pub(super) struct Lead {
    mono: Mono,
    inverse: Rational,
    tail: Poly,
}

/// Most terms of a denominator that numerators are reduced by: each reduction makes as many terms. Longer ones are
/// multiplied out where a form is compared with 0.
const MOST_REDUCING: usize = 16;

impl Lead {
    /// `None` for a polynomial that reduces nothing.
    pub fn of(k: &Expr) -> Option<Lead> {
        if k.children().len() > MOST_REDUCING {
            return None;
        }
        let p = Poly::plain(k);
        let (mono, c) = p.leading()?;
        // A leading monomial with a negative exponent divides everything, and the division would never end.
        if mono.is_one() || mono.factors().any(|(_, n)| *n <= Rational::zero()) {
            return None;
        }
        let (mono, inverse) = (mono.clone(), Rational::one().checked_div(c)?);
        let mut tail = p.clone();
        tail.accumulate(mono.clone(), &-c.clone());
        Some(Lead { mono, inverse, tail })
    }

    /// lt(P)·P⁻¹ = (1 − (P − lt(P))·P⁻¹)/lc(P): with it numerators that contain a multiple of P cancel.
    pub fn partial_fraction(&self, m: &Mono, k: &Expr, e: &Rational) -> Option<Poly> {
        if self.mono.factors().any(|(x, n)| m.exponent(x) < *n) {
            return None;
        }
        let quotient = m.times(&self.mono.raised(&Rational::from(-1)));
        let mut up = quotient.without(k);
        up.multiply_by(k.clone(), &(e + &Rational::one()));
        let result = Poly::term(self.inverse.clone(), up);
        Some(result.minus(&self.tail.shifted(&quotient).scaled(&self.inverse)))
    }
}
