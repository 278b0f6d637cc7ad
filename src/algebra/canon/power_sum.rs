//! Sums of powers in closed form: Σ iᵏ over a range is a polynomial of its ends (Faulhaber; DLMF 24.4.7).

use num_traits::{One, Zero};

use crate::algebra::canon::poly::Poly;
use crate::algebra::canon::work::{Done, Work};
use crate::expr::{Domain, Expr};
use crate::num::Rational;

/// Greatest exponent that has a closed form here.
const HIGHEST: i64 = 8;

impl Work<'_, '_> {
    /// Σ iᵏ over a range that is known not to end before its start, up to the empty one: S(b) − S(a − 1) with the
    /// polynomial S for which S(x) − S(x − 1) = xᵏ.
    pub fn power_sum(&mut self, domain: &Domain, exponent: i64) -> Done<Option<Poly>> {
        let (Domain::Range(low, high), 1..=HIGHEST) = (domain, exponent) else { return Ok(None) };
        if self.count(domain)?.is_none() {
            return Ok(None);
        }
        let below = self.poly_of(&(low.clone() + Expr::int(-1)))?;
        let to = self.poly_of(high)?;
        let mut sum = Poly::zero();
        for (k, c) in (0_u64..).zip(faulhaber(exponent)).filter(|(_, c)| !c.is_zero()) {
            sum.add_scaled(&self.natural_power(&to, k)?, &c);
            sum.add_scaled(&self.natural_power(&below, k)?, &-c);
        }
        Ok(Some(sum))
    }
}

/// Coefficients of S with S(x) = 1ᵏ + … + xᵏ, lowest first: from (x + 1)ᵏ⁺¹ − 1 = Σⱼ₌₀ᵏ C(k + 1, j) Sⱼ(x).
fn faulhaber(k: i64) -> Vec<Rational> {
    let mut all: Vec<Vec<Rational>> = vec![];
    for k in 0..=k {
        let row = binomials(k + 1);
        let mut s: Vec<Rational> = row.clone();
        if let Some(constant) = s.first_mut() {
            *constant = Rational::zero();
        }
        for (lower, c) in all.iter().zip(&row) {
            for (slot, x) in s.iter_mut().zip(lower) {
                *slot -= c.clone() * x.clone();
            }
        }
        let part = Rational::new(1, k + 1).unwrap_or_else(Rational::one);
        all.push(s.into_iter().map(|x| x * part.clone()).collect());
    }
    all.pop().unwrap_or_default()
}

/// C(n, 0), …, C(n, n).
pub(super) fn binomials(n: i64) -> Vec<Rational> {
    let mut row = vec![Rational::one()];
    for _ in 0..n {
        let mut next = row.clone();
        next.push(Rational::zero());
        for (slot, x) in next.iter_mut().skip(1).zip(&row) {
            *slot += x.clone();
        }
        row = next;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_add_up() {
        for k in 1..=HIGHEST {
            let s = faulhaber(k);
            let at = |x: i64| s.iter().rev().fold(Rational::zero(), |v, c| v * Rational::from(x) + c.clone());
            let mut sum = Rational::zero();
            for x in 0_i64..12 {
                sum += Rational::from(x.pow(u32::try_from(k).unwrap()));
                assert_eq!(at(x), sum, "k = {k}, x = {x}");
            }
        }
    }
}
