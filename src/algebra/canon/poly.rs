//! Sparse Laurent polynomials over ℚ in kernels.
//!
//! A kernel is an expression that is no sum, product or rational power itself: a symbol, an entry, `exp(m)`,
//! `log|P|`, a symbolic sum. The one exception: a primitive polynomial stands as a kernel under a negative exponent.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use num_traits::{One, Zero};

use crate::expr::{Expr, Node, fun};
use crate::num::Rational;

pub use super::mono::Mono;

/// A sum of monomials with coefficients other than 0, in the order of the monomials. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Poly(Arc<Vec<(Mono, Rational)>>);

impl Poly {
    /// 0.
    pub fn zero() -> Poly {
        Poly::default()
    }

    /// A number.
    pub fn constant(q: Rational) -> Poly {
        Poly::term(q, Mono::one())
    }

    /// An integer.
    pub fn int(i: i64) -> Poly {
        Poly::constant(Rational::from(i))
    }

    /// A kernel.
    pub fn kernel(e: Expr) -> Poly {
        Poly::term(Rational::one(), Mono::power(e, Rational::one()))
    }

    /// `coefficient · mono`.
    pub fn term(coefficient: Rational, mono: Mono) -> Poly {
        if coefficient.is_zero() { Poly::zero() } else { Poly(Arc::new(vec![(mono, coefficient)])) }
    }

    /// Adds `coefficient · mono`; says how many bits the new coefficient takes.
    pub fn accumulate(&mut self, mono: Mono, coefficient: &Rational) -> u64 {
        if coefficient.is_zero() {
            return 0;
        }
        let place = self.place(&mono);
        let terms = Arc::make_mut(&mut self.0);
        match place {
            Err(at) => {
                terms.insert(at, (mono, coefficient.clone()));
                coefficient.bit_len()
            }
            Ok(at) => {
                let Some((_, old)) = terms.get_mut(at) else { return 0 };
                *old = &*old + coefficient;
                let bits = old.bit_len();
                if old.is_zero() {
                    terms.remove(at);
                }
                bits
            }
        }
    }

    /// Where a monomial stands, or would stand.
    fn place(&self, mono: &Mono) -> Result<usize, usize> {
        // Most often terms come in order.
        match self.0.last().map(|(last, _)| last.cmp(mono)) {
            None | Some(Ordering::Less) => Err(self.0.len()),
            Some(Ordering::Equal) => Ok(self.0.len().saturating_sub(1)),
            Some(Ordering::Greater) => self.0.binary_search_by(|(m, _)| m.cmp(mono)),
        }
    }

    /// Adds `factor · other`.
    pub fn add_scaled(&mut self, other: &Poly, factor: &Rational) {
        if self.is_zero() {
            *self = other.scaled(factor);
            return;
        }
        match other.single() {
            Some((m, c)) => _ = self.accumulate(m.clone(), &(c * factor)),
            None if factor.is_zero() => {}
            None => *self = self.merged(other, |c| c * factor),
        }
    }

    /// The sum with the other, whose coefficients become what `scale` makes of them.
    fn merged(&self, other: &Poly, scale: impl Fn(&Rational) -> Rational) -> Poly {
        let mut both = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some((m, c)), Some((n, d))) = (mine.peek(), theirs.peek()) {
            match m.cmp(n) {
                Ordering::Less => both.extend(mine.next().cloned()),
                Ordering::Greater => {
                    both.push((n.clone(), scale(d)));
                    theirs.next();
                }
                Ordering::Equal => {
                    let sum = c + &scale(d);
                    if !sum.is_zero() {
                        both.push((m.clone(), sum));
                    }
                    mine.next();
                    theirs.next();
                }
            }
        }
        both.extend(mine.cloned());
        both.extend(theirs.map(|(n, d)| (n.clone(), scale(d))));
        Poly(Arc::new(both))
    }

    /// The sum.
    pub fn plus(mut self, other: &Poly) -> Poly {
        if self.is_zero() {
            return other.clone();
        }
        match other.single() {
            Some((m, c)) => _ = self.accumulate(m.clone(), c),
            None => self = self.merged(other, Clone::clone),
        }
        self
    }

    /// The difference.
    pub fn minus(mut self, other: &Poly) -> Poly {
        self.add_scaled(other, &Rational::from(-1));
        self
    }

    /// The multiple by a number.
    pub fn scaled(&self, factor: &Rational) -> Poly {
        if factor.is_zero() {
            return Poly::zero();
        }
        if factor.is_one() {
            return self.clone();
        }
        Poly(Arc::new(self.0.iter().map(|(m, c)| (m.clone(), c * factor)).collect()))
    }

    /// Multiplied by a monomial, nothing reduced.
    pub fn shifted(&self, mono: &Mono) -> Poly {
        if mono.is_one() {
            return self.clone();
        }
        // Products by one monomial stay different, in another order perhaps.
        let mut terms: Vec<(Mono, Rational)> = self.0.iter().map(|(m, c)| (m.times(mono), c.clone())).collect();
        terms.sort_by(|(m, _), (n, _)| m.cmp(n));
        Poly(Arc::new(terms))
    }

    /// Whether it is the zero polynomial.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The terms in order.
    pub fn terms(&self) -> impl Iterator<Item = (&Mono, &Rational)> {
        self.0.iter().map(|(m, c)| (m, c))
    }

    /// The term, if there is exactly one.
    pub fn single(&self) -> Option<(&Mono, &Rational)> {
        match self.0.as_slice() {
            [(m, c)] => Some((m, c)),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_constant(&self) -> Option<Rational> {
        match self.single() {
            None => self.is_zero().then(Rational::zero),
            Some((m, c)) => m.is_one().then(|| c.clone()),
        }
    }

    /// The coefficient of a monomial.
    pub fn coefficient(&self, mono: &Mono) -> Rational {
        self.coefficient_of(mono).cloned().unwrap_or_else(Rational::zero)
    }

    /// The coefficient of a monomial that occurs.
    pub fn coefficient_of(&self, mono: &Mono) -> Option<&Rational> {
        self.place(mono).ok().and_then(|at| self.0.get(at)).map(|(_, c)| c)
    }

    /// The leading term in the graded order.
    pub fn leading(&self) -> Option<(&Mono, &Rational)> {
        self.with_degrees().max_by(in_order).map(|(_, term)| term)
    }

    /// The terms with their degrees.
    fn with_degrees(&self) -> impl Iterator<Item = Graded<'_>> {
        self.terms().map(|(m, c)| (m.degree(), (m, c)))
    }

    /// All kernels.
    pub fn kernels(&self) -> BTreeSet<Expr> {
        self.0.iter().flat_map(|(m, _)| m.factors().map(|(k, _)| k.clone())).collect()
    }

    /// Each kernel with its least exponent in any term, 0 where it is not in all of them and has no negative one.
    pub fn least_exponents(&self) -> BTreeMap<Expr, Rational> {
        let mut least: BTreeMap<&Expr, (usize, &Rational)> = BTreeMap::new();
        for (k, e) in self.0.iter().flat_map(|(m, _)| m.factors()) {
            let (count, old) = least.entry(k).or_insert((0, e));
            *count += 1;
            *old = (*old).min(e);
        }
        let everywhere = self.0.len();
        let zero = Rational::zero();
        let clipped = |(k, (count, e)): (&Expr, (usize, &Rational))| {
            let e = if count == everywhere { e } else { e.min(&zero) };
            (k.clone(), e.clone())
        };
        least.into_iter().map(clipped).collect()
    }

    /// Bits of the longest coefficient.
    pub fn bits(&self) -> u64 {
        self.0.iter().map(|(_, c)| c.bit_len()).max().unwrap_or(0)
    }

    /// `content · mono · primitive`: coefficients of the primitive part are coprime integers, the leading one is
    /// positive, and every kernel has least exponent 0. `None` for 0.
    pub fn content(&self) -> Option<(Rational, Mono, Poly)> {
        let (_, lead) = self.leading()?;
        let mut number = Rational::content(self.0.iter().map(|(_, c)| c));
        if *lead < Rational::zero() {
            number = -number;
        }
        let mono = Mono::of_least_first(self.least_exponents().into_iter());
        let inverse = Rational::one().checked_div(&number)?;
        let primitive = self.scaled(&inverse).shifted(&mono.raised(&Rational::from(-1)));
        Some((number, mono, primitive))
    }

    /// The sum as an expression, greatest terms first; [`Poly::plain`] reads it back.
    pub fn to_expr(&self) -> Expr {
        let mut terms: Vec<_> = self.with_degrees().collect();
        terms.sort_by(|a, b| in_order(b, a));
        let terms = terms.into_iter().map(|(_, (m, c))| {
            let mut factors = vec![Expr::num(c.clone())];
            factors.extend(m.to_factors());
            Expr::apply(fun::MUL, factors)
        });
        Expr::apply(fun::ADD, terms.collect())
    }

    /// An expression as a polynomial in whatever is not a sum, product or integer power, without any rewriting of
    /// those parts. Large powers stay as they are.
    pub fn plain(e: &Expr) -> Poly {
        Poly::plain_within(e, 64)
    }

    fn plain_within(e: &Expr, depth: u32) -> Poly {
        const MOST: usize = 400;
        if depth == 0 {
            return Poly::kernel(e.clone());
        }
        match e.node() {
            Node::Num(q) => Poly::constant(q.clone()),
            Node::App(f, args) if f.name == fun::ADD => {
                let mut sum = Poly::zero();
                for a in args {
                    sum.add_scaled(&Poly::plain_within(a, depth - 1), &Rational::one());
                }
                sum
            }
            Node::App(f, args) if f.name == fun::MUL => {
                let mut product = Poly::int(1);
                for a in args {
                    let factor = Poly::plain_within(a, depth - 1);
                    if product.len().saturating_mul(factor.len()) > MOST {
                        return Poly::kernel(e.clone());
                    }
                    product = product.unreduced_product(&factor);
                }
                product
            }
            Node::App(f, args) if f.name == fun::POW => match args.as_slice() {
                [b, x] => Poly::plain_power(e, b, x, depth),
                _ => Poly::kernel(e.clone()),
            },
            _ => Poly::kernel(e.clone()),
        }
    }

    fn plain_power(whole: &Expr, base: &Expr, exponent: &Expr, depth: u32) -> Poly {
        let atom = || Poly::kernel(whole.clone());
        let Some(q) = exponent.as_num() else { return atom() };
        let inner = Poly::plain_within(base, depth - 1);
        match (q.to_i64(), inner.single()) {
            (Some(0), _) => Poly::int(1),
            (Some(n), Some((m, c))) if n.unsigned_abs() <= 64 => match c.pow_int(n) {
                Some(c) => Poly::term(c, m.raised(q)),
                None => atom(),
            },
            (Some(n), _) if (1..=6).contains(&n) && inner.len() <= 6 => {
                (0..n).fold(Poly::int(1), |p, _| p.unreduced_product(&inner))
            }
            (Some(n), _) if n < 0 && inner.len() > 1 => {
                Poly::term(Rational::one(), Mono::power(base.clone(), q.clone()))
            }
            (None, _) if base.as_app(fun::ADD).is_none() && base.as_app(fun::MUL).is_none() => {
                match base.as_app(fun::POW) {
                    Some(_) => atom(),
                    None => Poly::term(Rational::one(), Mono::power(base.clone(), q.clone())),
                }
            }
            _ => atom(),
        }
    }

    /// The product, nothing reduced: powers of one kernel are merged, that is all.
    pub fn unreduced_product(&self, other: &Poly) -> Poly {
        let mut p = Poly::zero();
        for (m, c) in self.terms() {
            for (n, d) in other.terms() {
                p.accumulate(m.times(n), &(c * d));
            }
        }
        p
    }
}

/// A term with its degree.
type Graded<'a> = (Rational, (&'a Mono, &'a Rational));

/// The graded order of terms.
fn in_order(a: &Graded, b: &Graded) -> Ordering {
    a.0.cmp(&b.0).then_with(|| a.1.0.lexicographic(b.1.0))
}

/// 1/2.
pub(super) fn half() -> Rational {
    Rational::new(1, 2).unwrap_or_else(Rational::zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x() -> Poly {
        Poly::kernel(Expr::real("x"))
    }

    #[test]
    fn the_primitive_part_is_free_of_numbers_and_monomials() {
        // −(2/3)·x⁻¹ + (4/3)·x
        let inverse = Poly::term(Rational::one(), Mono::power(Expr::real("x"), Rational::from(-1)));
        let p = inverse.scaled(&Rational::new(-2, 3).unwrap()).plus(&x().scaled(&Rational::new(4, 3).unwrap()));
        let (c, m, primitive) = p.content().unwrap();
        assert_eq!(c, Rational::new(2, 3).unwrap());
        assert_eq!(m, Mono::power(Expr::real("x"), Rational::from(-1)));
        assert_eq!(primitive, x().unreduced_product(&x()).scaled(&Rational::from(2)).minus(&Poly::int(1)));
    }

    #[test]
    fn a_polynomial_survives_the_way_through_an_expression() {
        let y = Expr::real("y");
        let half = Mono::power(y.clone(), Rational::new(1, 2).unwrap());
        let below = Mono::power(Expr::int(1) + y, Rational::from(-2));
        let p = x().plus(&Poly::term(Rational::from(3), half)).plus(&Poly::term(Rational::from(-1), below));
        assert_eq!(Poly::plain(&p.to_expr()), p);
    }
}
