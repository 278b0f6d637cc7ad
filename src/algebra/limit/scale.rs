//! The asymptotic scale: monomials in x, log x, log log x, … and exponentials of them, ordered by growth as x → ∞.
//!
//! Hardy, Orders of Infinity; van der Hoeven, Transseries and Real Differential Algebra, 2.

use std::cmp::Ordering;

use super::Stuck;
use super::ground::Ground;
use crate::expr::Expr;

/// A monomial of the scale. It is positive, and any two can be compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Monomial {
    /// x, log x, log log x, …: the iterated logarithm.
    Log(u32),
    /// The exponential of a sum of infinite monomials, greatest first; of the empty sum: 1.
    Exp(Vec<Term>),
}

/// A monomial times a coefficient that is free of x. It may be 0 where the facts do not say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub(super) coefficient: Expr,
    pub(super) monomial: Monomial,
}

impl Monomial {
    pub(super) fn one() -> Monomial {
        Monomial::Exp(vec![])
    }

    /// The logarithm, as a sum.
    pub(super) fn log(&self) -> Vec<Term> {
        match self {
            Monomial::Log(k) => vec![Term { coefficient: Expr::int(1), monomial: Monomial::Log(k + 1) }],
            Monomial::Exp(sum) => sum.clone(),
        }
    }

    /// The exponential of a sum of infinite monomials.
    pub(super) fn exp(sum: Vec<Term>) -> Monomial {
        match sum.as_slice() {
            [Term { coefficient, monomial: Monomial::Log(k) }] if *k > 0 && coefficient.as_int() == Some(1) => {
                Monomial::Log(k - 1)
            }
            _ => Monomial::Exp(sum),
        }
    }

    pub(super) fn times(&self, other: &Monomial, ground: &mut Ground) -> Result<Monomial, Stuck> {
        Ok(Monomial::exp(merged(&self.log(), &other.log(), ground)?))
    }

    pub(super) fn power(&self, exponent: &Expr, ground: &mut Ground) -> Monomial {
        let raised = |t: Term| Term { coefficient: ground.product(&t.coefficient, exponent), monomial: t.monomial };
        Monomial::exp(self.log().into_iter().map(raised).collect())
    }

    /// Which is greater as x → ∞: the sign of the difference of their logarithms.
    pub(super) fn compare(&self, other: &Monomial, ground: &mut Ground) -> Result<Ordering, Stuck> {
        ground.spend()?;
        if self == other {
            return Ok(Ordering::Equal);
        }
        if let (Monomial::Log(a), Monomial::Log(b)) = (self, other) {
            return Ok(b.cmp(a));
        }
        let minus = |t: Term| Term { coefficient: ground.product(&t.coefficient, &Expr::int(-1)), ..t };
        let negated: Vec<Term> = other.log().into_iter().map(minus).collect();
        for term in merged(&self.log(), &negated, ground)? {
            // What the logarithm is a sum of is infinite, so that the first that does not vanish decides.
            match ground.sign(&term.coefficient)? {
                Ordering::Equal => {}
                order => return Ok(order),
            }
        }
        Ok(Ordering::Equal)
    }

    /// Against 1: infinite, bounded or infinitesimal.
    pub(super) fn size(&self, ground: &mut Ground) -> Result<Ordering, Stuck> {
        self.compare(&Monomial::one(), ground)
    }
}

/// The sum of two sums, greatest monomials first; what certainly cancels is left out.
pub(super) fn merged(a: &[Term], b: &[Term], ground: &mut Ground) -> Result<Vec<Term>, Stuck> {
    let mut sum = Vec::with_capacity(a.len() + b.len());
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
        match l.monomial.compare(&r.monomial, ground)? {
            Ordering::Greater => sum.extend(left.next().cloned()),
            Ordering::Less => sum.extend(right.next().cloned()),
            Ordering::Equal => {
                let coefficient = ground.sum(&l.coefficient, &r.coefficient);
                if coefficient.as_int() != Some(0) {
                    sum.push(Term { coefficient, monomial: l.monomial.clone() });
                }
                left.next();
                right.next();
            }
        }
    }
    sum.extend(left.cloned());
    sum.extend(right.cloned());
    Ok(sum)
}
