//! Polynomials in one variable over ℚ, and the number of their real roots by Sturm's theorem.
//!
//! Basu, Pollack, Roy, Algorithms in Real Algebraic Geometry, 2.2.

use std::cmp::Ordering;

use num_traits::{One, Zero};

use crate::num::Rational;

/// Coefficients in ascending order, the last one not 0; 0 is the empty list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Polynomial(Vec<Rational>);

/// A point of the extended line: an infinite end is `None`.
pub(super) type Place<'a> = Option<&'a Rational>;

impl Polynomial {
    fn new(mut coefficients: Vec<Rational>) -> Polynomial {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Polynomial(coefficients)
    }

    pub(super) fn constant(q: Rational) -> Polynomial {
        Polynomial::new(vec![q])
    }

    pub(super) fn variable() -> Polynomial {
        Polynomial(vec![Rational::zero(), Rational::one()])
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The degree; 0 for 0.
    pub(super) fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    fn lead(&self) -> Rational {
        self.0.last().cloned().unwrap_or_else(Rational::zero)
    }

    /// Bits of the longest coefficient.
    pub(super) fn bits(&self) -> u64 {
        self.0.iter().map(Rational::bit_len).max().unwrap_or(0)
    }

    pub(super) fn plus(&self, other: &Polynomial) -> Polynomial {
        let at = |p: &Polynomial, k| p.0.get(k).cloned().unwrap_or_else(Rational::zero);
        Polynomial::new((0..self.0.len().max(other.0.len())).map(|k| at(self, k) + at(other, k)).collect())
    }

    pub(super) fn times(&self, other: &Polynomial) -> Polynomial {
        let mut product = vec![Rational::zero(); (self.0.len() + other.0.len()).saturating_sub(1)];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                if let Some(slot) = product.get_mut(i + j) {
                    *slot += a.clone() * b.clone();
                }
            }
        }
        Polynomial::new(product)
    }

    pub(super) fn scaled(&self, q: &Rational) -> Polynomial {
        Polynomial::new(self.0.iter().map(|c| c.clone() * q.clone()).collect())
    }

    pub(super) fn derivative(&self) -> Polynomial {
        let terms = self.0.iter().enumerate().skip(1);
        Polynomial::new(terms.map(|(k, c)| c.clone() * Rational::from(k as i64)).collect())
    }

    pub(super) fn at(&self, x: &Rational) -> Rational {
        self.0.iter().rev().fold(Rational::zero(), |sum, c| sum * x.clone() + c.clone())
    }

    /// Quotient and remainder; `None` for division by 0.
    fn divided(&self, by: &Polynomial) -> Option<(Polynomial, Polynomial)> {
        let lead = Rational::one().checked_div(&by.lead())?;
        let mut rest = self.clone();
        let mut quotient = vec![Rational::zero(); (self.0.len() + 1).saturating_sub(by.0.len())];
        while !rest.is_zero() && rest.0.len() >= by.0.len() {
            let shift = rest.0.len() - by.0.len();
            let factor = rest.lead() * lead.clone();
            for (k, c) in by.0.iter().enumerate() {
                if let Some(slot) = rest.0.get_mut(k + shift) {
                    *slot = slot.clone() - c.clone() * factor.clone();
                }
            }
            *quotient.get_mut(shift)? = factor;
            rest = Polynomial::new(rest.0);
        }
        Some((Polynomial::new(quotient), rest))
    }

    /// With leading coefficient 1.
    fn monic(&self) -> Polynomial {
        Rational::one().checked_div(&self.lead()).map_or_else(|| self.clone(), |q| self.scaled(&q))
    }

    fn gcd(&self, other: &Polynomial) -> Polynomial {
        let (mut a, mut b) = (self.clone(), other.clone());
        while let Some((_, rest)) = a.divided(&b) {
            (a, b) = (b, rest.monic());
        }
        a.monic()
    }

    /// The product of the distinct irreducible factors of both.
    pub(super) fn radical_with(&self, other: &Polynomial) -> Polynomial {
        let radical = |p: &Polynomial| match p.divided(&p.gcd(&p.derivative())) {
            Some((q, _)) if !p.is_zero() => q,
            _ => p.clone(),
        };
        let (a, b) = (radical(self), radical(other));
        let common = a.gcd(&b);
        b.divided(&common).map_or_else(|| a.clone(), |(rest, _)| a.times(&rest)).monic()
    }

    /// The sign at a point, or at an infinite end.
    fn sign(&self, place: Place, above: bool) -> Ordering {
        let zero = Rational::zero();
        match place {
            Some(x) => self.at(x).cmp(&zero),
            None if above || self.degree().is_multiple_of(2) => self.lead().cmp(&zero),
            None => zero.cmp(&self.lead()),
        }
    }

    /// The root as a rational number, if it is a simple one.
    pub(super) fn rational_root(&self, root: &Root) -> Option<Rational> {
        if let Some(q) = root.value() {
            return Some(q.clone());
        }
        let (mut lo, mut hi) = (root.lo.clone(), root.hi.clone());
        let below = self.at(&lo).cmp(&Rational::zero());
        for _ in 0..48 {
            let middle = (lo.clone() + hi.clone()).checked_div(&Rational::from(2))?;
            match self.at(&middle).cmp(&Rational::zero()) {
                Ordering::Equal => return Some(middle),
                sign if sign == below => lo = middle,
                _ => hi = middle,
            }
        }
        let simple = simplest(&lo, &hi, 64)?;
        self.at(&simple).is_zero().then_some(simple)
    }

    /// The number of distinct real roots above `lo` and up to `hi`; of a polynomial without multiple roots.
    pub(super) fn roots(&self, lo: Place, hi: Place) -> usize {
        let mut chain = vec![self.clone(), self.derivative()];
        while let [.., a, b] = chain.as_slice()
            && let Some((_, rest)) = a.divided(b)
            && !rest.is_zero()
        {
            // A positive factor changes no sign.
            let scale = Rational::one().checked_div(&rest.lead().abs()).unwrap_or_else(Rational::one);
            chain.push(rest.scaled(&-scale));
        }
        let changes = |place: Place, above| {
            let signs = chain.iter().map(|p| p.sign(place, above)).filter(|s| s.is_ne());
            let signs: Vec<Ordering> = signs.collect();
            signs.windows(2).filter(|w| w.first() != w.last()).count()
        };
        changes(lo, false).saturating_sub(changes(hi, true))
    }
}

/// A real root: a rational number, or the one root strictly between two rational numbers that are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    pub(super) lo: Rational,
    pub(super) hi: Rational,
}

impl Root {
    pub(super) fn value(&self) -> Option<&Rational> {
        (self.lo == self.hi).then_some(&self.lo)
    }
}

/// Bisections in one isolation.
const CUTS: usize = 400;

/// The roots strictly between two ends, in order, of a polynomial without multiple roots. No two touch each other, or a
/// finite end. `None` where too many cuts are needed.
pub(super) fn isolated(p: &Polynomial, lo: Place, hi: Place) -> Option<Vec<Root>> {
    if p.degree() == 0 {
        return Some(vec![]);
    }
    // Cauchy: all roots lie within 1 + max|cₖ/cₙ|.
    let lead = p.lead();
    let bound = p.0.iter().filter_map(|c| c.checked_div(&lead)).map(|q| q.abs()).max()? + Rational::from(2);
    let clipped = |end: Place, other: Rational| end.cloned().unwrap_or(other);
    let (a, b) = (clipped(lo, -bound.clone()), clipped(hi, bound));
    let (mut todo, mut found, mut cuts) = (vec![(a.clone(), b.clone())], vec![], 0);
    let two = Rational::from(2);
    while let Some((a, b)) = todo.pop() {
        if a >= b {
            continue;
        }
        let zero_at = |x: &Rational| p.at(x).is_zero();
        let count = p.roots(Some(&a), Some(&b)).saturating_sub(usize::from(zero_at(&b)));
        let free = |x: &Rational, end: Place| Some(x) != end && !zero_at(x);
        if count == 1 && free(&a, lo) && free(&b, hi) {
            found.push(Root { lo: a, hi: b });
            continue;
        }
        if count == 0 {
            continue;
        }
        cuts += 1;
        if cuts > CUTS {
            return None;
        }
        let middle = (a.clone() + b.clone()).checked_div(&two)?;
        if zero_at(&middle) {
            found.push(Root { lo: middle.clone(), hi: middle.clone() });
        }
        todo.push((a, middle.clone()));
        todo.push((middle, b));
    }
    found.sort_by(|a, b| a.lo.cmp(&b.lo));
    Some(found)
}

/// The rational number of least denominator between two (Stern–Brocot, by continued fractions).
fn simplest(lo: &Rational, hi: &Rational, depth: usize) -> Option<Rational> {
    let whole = lo.floor();
    if whole == *lo {
        return Some(whole);
    }
    let next = whole.clone() + Rational::one();
    if next <= *hi {
        return Some(next);
    }
    let rest = |q: &Rational| Rational::one().checked_div(&(q.clone() - whole.clone()));
    let inner = simplest(&rest(hi)?, &rest(lo)?, depth.checked_sub(1)?)?;
    Some(whole + Rational::one().checked_div(&inner)?)
}
