//! Enclosures of the gamma function and its logarithmic derivative for positive numbers: upwards by the recurrences
//! Γ(x + 1) = x Γ(x), ψ(x + 1) = ψ(x) + 1/x (DLMF 5.5.1, 5.5.2), there by the series of Stirling (5.11.1, 5.11.2), whose
//! remainder for z > 0 lies between 0 and the first term that is left out (5.11(ii)).

use std::sync::OnceLock;

use num_traits::{One, Zero};

use super::endpoint::{Endpoint, Toward};
use super::interval::Enclosure;
use super::number::{Elementary, Number};
use super::rational::Rational;

/// Terms that are added at most, for 200 bits.
const TERMS: usize = 29;

/// The numbers of Bernoulli B₂, B₄, … (DLMF 24.5.3).
fn bernoulli() -> &'static [Rational] {
    static NUMBERS: OnceLock<Vec<Rational>> = OnceLock::new();
    NUMBERS.get_or_init(|| {
        let mut all = vec![Rational::one()];
        for m in 1..=2 * TERMS as i64 {
            let over = Rational::from(m + 1);
            let terms = (0..)
                .zip(&all)
                .map(|(k, b)| over.binomial_exact(&Rational::from(k)).unwrap_or_else(Rational::zero) * b);
            let sum = terms.fold(Rational::zero(), |sum, term| sum + term);
            all.push(-sum.checked_div(&over).unwrap_or_else(Rational::zero));
        }
        all.into_iter().skip(2).step_by(2).collect()
    })
}

/// A bound of Γ, ln Γ or ψ at x ≥ 0, by its limits at 0 and ∞; `None` for other functions and elsewhere.
pub(super) fn bound<E: Endpoint>(x: &E, function: Elementary, toward: Toward) -> Option<E> {
    let zero = E::from_small(0);
    let image = match function {
        _ if *x < zero => return None,
        Elementary::Gamma | Elementary::LnGamma if *x == zero => return Some(E::infinity()),
        Elementary::Digamma if *x == zero => return Some(E::infinity().negate()),
        _ if !x.is_finite() => return Some(x.clone()),
        Elementary::Gamma => gamma(x),
        Elementary::LnGamma => ln_gamma(x),
        Elementary::Digamma => digamma(x),
        _ => return None,
    };
    Some(match toward {
        Toward::Down => image.lo().clone(),
        Toward::Up => image.hi().clone(),
    })
}

/// x, x + 1, … as many as lie below where the series is good to all bits, and the first number that does not.
fn ascent<E: Endpoint>(x: &E) -> (Vec<Enclosure<E>>, Enclosure<E>) {
    let least = E::BITS as f64 / 3.0 + 3.0;
    let steps = (least - x.to_f64()).ceil().clamp(0.0, least) as i32;
    let at = |k: i32| Enclosure::point(x.clone()) + Enclosure::point(E::from_small(k));
    ((0..steps).map(at).collect(), at(steps))
}

/// Σ cₖ B₂ₖ start/z²⁽ᵏ⁻¹⁾ over k = 1, 2, …, with all that the remainder may be.
fn series<E: Endpoint>(z: &Enclosure<E>, start: Enclosure<E>, coefficient: fn(i64) -> Rational) -> Enclosure<E> {
    let terms = (E::BITS / 7 + 1).min(TERMS);
    let square = Enclosure::one().divide(&(z.clone() * z.clone()));
    let (mut sum, mut power) = (Enclosure::zero(), start);
    for (k, b) in (1..).zip(bernoulli().iter().take(terms)) {
        let term = power.clone() * Enclosure::from_rational(&(coefficient(k) * b));
        sum = if k as usize == terms { sum + Enclosure::zero().hull(&term) } else { sum + term };
        power = power * square.clone();
    }
    sum
}

/// ln Γ(z) where z is large.
fn high<E: Endpoint>(z: &Enclosure<E>) -> Enclosure<E> {
    let half = Enclosure::one().divide(&two());
    let circle = (Enclosure::pi() * two()).ln() * half.clone();
    let coefficient = |k| Rational::new(1, 2 * k * (2 * k - 1)).unwrap_or_else(Rational::zero);
    (z.clone() - half) * z.ln() - z.clone() + circle + series(z, z.recip(), coefficient)
}

fn two<E: Endpoint>() -> Enclosure<E> {
    Enclosure::point(E::from_small(2))
}

fn product<E: Endpoint>(factors: Vec<Enclosure<E>>) -> Enclosure<E> {
    factors.into_iter().fold(Enclosure::one(), |product, factor| product * factor)
}

/// Γ(x), of small whole numbers by its factors.
fn gamma<E: Endpoint>(x: &E) -> Enclosure<E> {
    let (below, z) = ascent(x);
    if *x == x.floored() && !below.is_empty() {
        let whole = x.to_f64() as i32;
        return product((1..whole).map(|k| Enclosure::point(E::from_small(k))).collect());
    }
    high(&z).exp().divide(&product(below))
}

/// ln Γ(x).
fn ln_gamma<E: Endpoint>(x: &E) -> Enclosure<E> {
    if *x == E::from_small(1) || *x == E::from_small(2) {
        return Enclosure::zero();
    }
    let (below, z) = ascent(x);
    high(&z) - product(below).ln()
}

/// ψ(x).
fn digamma<E: Endpoint>(x: &E) -> Enclosure<E> {
    let (below, z) = ascent(x);
    let recips = below.iter().fold(Enclosure::zero(), |sum, factor| sum + factor.recip());
    let coefficient = |k| Rational::new(1, 2 * k).unwrap_or_else(Rational::zero);
    let square = Enclosure::one().divide(&(z.clone() * z.clone()));
    z.ln() - (z.clone() * two()).recip() - series(&z, square, coefficient) - recips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_bernoulli_are_as_published() {
        let q = |n: i64, d: i64| Rational::new(n, d).unwrap();
        let first = [q(1, 6), q(-1, 30), q(1, 42), q(-1, 30), q(5, 66), q(-691, 2730), q(7, 6)];
        assert_eq!(bernoulli().get(..7), Some(first.as_slice()));
        assert_eq!(bernoulli().len(), TERMS);
    }
}
