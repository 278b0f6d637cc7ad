//! Products of powers of kernels.

use std::cmp::Ordering;
use std::sync::Arc;

use num_traits::{One, Zero};

use crate::expr::{Expr, fun};
use crate::num::Rational;

/// A product of powers of kernels; exponents are not 0. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Mono(Arc<Vec<(Expr, Rational)>>);

impl Mono {
    /// The empty product.
    #[inline]
    pub fn one() -> Mono {
        Mono::default()
    }

    /// `kernel ^ exponent`.
    #[inline]
    pub fn power(kernel: Expr, exponent: Rational) -> Mono {
        if exponent.is_zero() { Mono::one() } else { Mono(Arc::new(vec![(kernel, exponent)])) }
    }

    /// The product of powers of different kernels that stand in order; exponents of 0 are left out.
    #[inline]
    pub fn of_least_first(factors: impl Iterator<Item = (Expr, Rational)>) -> Mono {
        Mono(Arc::new(factors.filter(|(_, e)| !e.is_zero()).collect()))
    }

    /// Whether it is the empty product.
    #[inline]
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    fn place(&self, kernel: &Expr) -> Result<usize, usize> {
        self.0.binary_search_by(|(k, _)| k.cmp(kernel))
    }

    /// Multiplies by `kernel ^ exponent`.
    pub fn multiply_by(&mut self, kernel: Expr, exponent: &Rational) {
        let place = self.place(&kernel);
        let factors = Arc::make_mut(&mut self.0);
        match place {
            Ok(at) => {
                let Some((_, e)) = factors.get_mut(at) else { return };
                *e = &*e + exponent;
                if e.is_zero() {
                    factors.remove(at);
                }
            }
            Err(_) if exponent.is_zero() => {}
            Err(at) => factors.insert(at, (kernel, exponent.clone())),
        }
    }

    /// The exponent of a kernel, 0 if it does not occur.
    #[inline]
    pub fn exponent(&self, kernel: &Expr) -> Rational {
        self.place(kernel).ok().and_then(|at| self.0.get(at)).map_or_else(Rational::zero, |(_, e)| e.clone())
    }

    /// Takes a kernel out.
    pub fn without(&self, kernel: &Expr) -> Mono {
        match self.place(kernel) {
            Ok(at) => {
                let others = self.0.iter().enumerate().filter(|(i, _)| *i != at);
                Mono(Arc::new(others.map(|(_, factor)| factor.clone()).collect()))
            }
            Err(_) => self.clone(),
        }
    }

    /// The product.
    pub fn times(&self, other: &Mono) -> Mono {
        if self.is_one() {
            return other.clone();
        }
        if other.is_one() {
            return self.clone();
        }
        let mut both = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some((k, e)), Some((l, f))) = (mine.peek(), theirs.peek()) {
            match k.cmp(l) {
                Ordering::Less => both.extend(mine.next().cloned()),
                Ordering::Greater => both.extend(theirs.next().cloned()),
                Ordering::Equal => {
                    let sum = e + f;
                    if !sum.is_zero() {
                        both.push((k.clone(), sum));
                    }
                    mine.next();
                    theirs.next();
                }
            }
        }
        both.extend(mine.chain(theirs).cloned());
        Mono(Arc::new(both))
    }

    /// The power with every exponent multiplied by `q`.
    pub fn raised(&self, q: &Rational) -> Mono {
        if q.is_zero() {
            return Mono::one();
        }
        if q.is_one() {
            return self.clone();
        }
        Mono(Arc::new(self.0.iter().map(|(k, e)| (k.clone(), e * q)).collect()))
    }

    /// Kernels with their exponents, in order.
    #[inline]
    pub fn factors(&self) -> impl Iterator<Item = (&Expr, &Rational)> {
        self.0.iter().map(|(k, e)| (k, e))
    }

    /// Whether the symbol-like expression test holds for a kernel.
    #[inline]
    pub fn any_kernel(&self, mut test: impl FnMut(&Expr) -> bool) -> bool {
        self.0.iter().any(|(k, _)| test(k))
    }

    /// The kernel, if it is one kernel to the power 1.
    #[inline]
    pub fn as_kernel(&self) -> Option<&Expr> {
        match self.0.as_slice() {
            [(k, e)] if e.is_one() => Some(k),
            _ => None,
        }
    }

    /// The sum of the exponents.
    #[inline]
    pub fn degree(&self) -> Rational {
        self.0.iter().fold(Rational::zero(), |a, (_, e)| &a + e)
    }

    /// The graded lexicographic order: compatible with products.
    #[inline]
    pub fn graded(&self, other: &Mono) -> Ordering {
        self.degree().cmp(&other.degree()).then_with(|| self.lexicographic(other))
    }

    /// The order of products of one degree: the least kernel with different exponents decides; one that does not occur
    /// has exponent 0.
    pub fn lexicographic(&self, other: &Mono) -> Ordering {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let zero = Rational::zero();
        loop {
            let order = match (mine.peek(), theirs.peek()) {
                (None, None) => return Ordering::Equal,
                (Some((k, _)), Some((l, _))) => k.cmp(l),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
            };
            let by_exponent = match order {
                Ordering::Less => mine.next().map(|(_, e)| e.cmp(&zero)),
                Ordering::Greater => theirs.next().map(|(_, f)| zero.cmp(f)),
                Ordering::Equal => mine.next().zip(theirs.next()).map(|((_, e), (_, f))| e.cmp(f)),
            };
            match by_exponent {
                Some(Ordering::Equal) | None => {}
                Some(decided) => return decided,
            }
        }
    }

    /// The factors as expressions.
    #[inline]
    pub fn to_factors(&self) -> Vec<Expr> {
        self.0.iter().map(|(k, e)| k.pow(Expr::num(e.clone()))).collect()
    }

    /// The product as an expression.
    #[inline]
    pub fn to_expr(&self) -> Expr {
        Expr::apply(fun::MUL, self.to_factors())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graded_order_respects_products() {
        let (a, b) = (Mono::power(Expr::real("a"), Rational::from(2)), Mono::power(Expr::real("b"), Rational::from(2)));
        let c = Mono::power(Expr::real("b"), Rational::from(-3));
        assert_eq!(a.graded(&b), a.times(&c).graded(&b.times(&c)));
    }

    #[test]
    fn powers_of_one_kernel_are_merged() {
        let [x, y] = ["x", "y"].map(Expr::real);
        let m = Mono::power(x.clone(), Rational::from(2)).times(&Mono::power(y.clone(), Rational::one()));
        let back = m.times(&Mono::power(x.clone(), Rational::from(-2)));
        assert_eq!(back.as_kernel(), Some(&y));
        let mut n = m.clone();
        n.multiply_by(x, &Rational::from(-2));
        assert_eq!((n, m.without(&y).exponent(&y)), (back, Rational::zero()));
    }
}
