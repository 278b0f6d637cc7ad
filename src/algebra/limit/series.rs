//! Asymptotic series: finitely many terms of the scale and a bound of what is left out.

use std::cmp::Ordering;

use super::Stuck;
use super::ground::Ground;
use super::scale::{Monomial, Term, merged};
use crate::algebra::terms;
use crate::expr::Expr;

/// Most terms that are kept.
const TERMS: usize = 16;
/// Largest natural exponent that is multiplied out.
const POWER: i64 = 8;

/// The terms, greatest first, and O of a monomial less than all of them; `None`: nothing is left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    pub(super) terms: Vec<Term>,
    pub(super) rest: Option<Monomial>,
}

/// A series cut at its first term that does not vanish: `c·m·(1 + ε)` with ε → 0.
pub(super) struct Leading {
    pub(super) coefficient: Expr,
    pub(super) monomial: Monomial,
    pub(super) sign: Ordering,
    pub(super) epsilon: Series,
}

impl Series {
    pub(super) fn constant(c: Expr) -> Series {
        let terms = match c.as_int() {
            Some(0) => vec![],
            _ => vec![Term { coefficient: c, monomial: Monomial::one() }],
        };
        Series { terms, rest: None }
    }

    pub(super) fn monomial(m: Monomial) -> Series {
        Series { terms: vec![Term { coefficient: Expr::int(1), monomial: m }], rest: None }
    }

    pub(super) fn plus(&self, other: &Series, ground: &mut Ground) -> Result<Series, Stuck> {
        let rest = greater(self.rest.clone(), other.rest.clone(), ground)?;
        Series { terms: merged(&self.terms, &other.terms, ground)?, rest }.cut(ground)
    }

    pub(super) fn scaled(&self, c: &Expr, ground: &mut Ground) -> Series {
        let scale = |t: &Term| Term { coefficient: ground.product(&t.coefficient, c), monomial: t.monomial.clone() };
        let mut terms: Vec<Term> = self.terms.iter().map(scale).collect();
        terms.retain(|t| t.coefficient.as_int() != Some(0));
        Series { terms, rest: self.rest.clone() }
    }

    /// Times `c·m`.
    fn shifted(&self, c: &Expr, m: &Monomial, ground: &mut Ground) -> Result<Series, Stuck> {
        let mut shifted = self.scaled(c, ground);
        for t in &mut shifted.terms {
            t.monomial = t.monomial.times(m, ground)?;
        }
        if let Some(rest) = &mut shifted.rest {
            *rest = rest.times(m, ground)?;
        }
        Ok(shifted)
    }

    pub(super) fn times(&self, other: &Series, ground: &mut Ground) -> Result<Series, Stuck> {
        let mut product = Series { terms: vec![], rest: None };
        for t in &self.terms {
            product = product.plus(&other.shifted(&t.coefficient, &t.monomial, ground)?, ground)?;
        }
        if let Some(rest) = &self.rest
            && let Some(first) = other.terms.first().map(|t| &t.monomial).or(other.rest.as_ref())
        {
            let left_out = Series { terms: vec![], rest: Some(rest.times(first, ground)?) };
            product = product.plus(&left_out, ground)?;
        }
        Ok(product)
    }

    /// Terms within the bound, and not too many of them.
    fn cut(mut self, ground: &mut Ground) -> Result<Series, Stuck> {
        if let Some(rest) = &self.rest {
            let mut kept = 0;
            for t in &self.terms {
                if t.monomial.compare(rest, ground)? != Ordering::Greater {
                    break;
                }
                kept += 1;
            }
            self.terms.truncate(kept);
        }
        if let Some(next) = self.terms.get(TERMS) {
            self.rest = Some(next.monomial.clone());
            self.terms.truncate(TERMS);
        }
        Ok(self)
    }

    /// Whether it is certainly 0 for all large x.
    pub(super) fn is_zero(&self) -> bool {
        self.terms.is_empty() && self.rest.is_none()
    }

    /// The first term that does not vanish, divided out.
    ///
    /// # Errors
    /// [`Stuck::Zero`] if there is none; [`Stuck::Precision`] if all that is known cancels.
    pub(super) fn leading(&self, ground: &mut Ground) -> Result<Leading, Stuck> {
        for (k, t) in self.terms.iter().enumerate() {
            let sign = ground.sign(&t.coefficient)?;
            if sign == Ordering::Equal {
                continue;
            }
            let tail = Series { terms: self.terms.iter().skip(k + 1).cloned().collect(), rest: self.rest.clone() };
            let minus = Expr::int(-1);
            let reciprocal = ground.power(&t.coefficient, &minus);
            let epsilon = tail.shifted(&reciprocal, &t.monomial.power(&minus, ground), ground)?;
            let (coefficient, monomial) = (t.coefficient.clone(), t.monomial.clone());
            return Ok(Leading { coefficient, monomial, sign, epsilon });
        }
        Err(if self.rest.is_none() { Stuck::Zero } else { Stuck::Precision })
    }

    /// `Σ aₖ εᵏ` for an infinitesimal ε, to the given order; exact where ε is 0.
    fn composed(&self, order: i64, a: &dyn Fn(i64) -> Expr, ground: &mut Ground) -> Result<Series, Stuck> {
        let mut sum = Series::constant(a(0));
        let Some(first) = self.terms.first().map(|t| t.monomial.clone()).or(self.rest.clone()) else {
            return Ok(sum);
        };
        let mut power = Series::constant(Expr::int(1));
        for k in 1..order {
            power = power.times(self, ground)?;
            sum = sum.plus(&power.scaled(&a(k), ground), ground)?;
        }
        let rest = Some(first.power(&Expr::int(order), ground));
        sum.plus(&Series { terms: vec![], rest }, ground)
    }

    /// `self^q` for an exponent free of x; a real power asks for a positive base.
    pub(super) fn power(&self, q: &Expr, order: i64, ground: &mut Ground) -> Result<Series, Stuck> {
        if let Some(n @ 0..=POWER) = q.as_int() {
            let mut power = Series::constant(Expr::int(1));
            for _ in 0..n {
                power = power.times(self, ground)?;
            }
            return Ok(power);
        }
        let lead = self.leading(ground)?;
        if lead.sign == Ordering::Less && q.as_int().is_none() {
            return Err(Stuck::Undefined);
        }
        let binomial = |k: i64| {
            let factors = (0..k).map(|i| over(terms::sum(vec![q.clone(), Expr::int(-i)]), i + 1)).collect();
            terms::product(factors)
        };
        let tail = lead.epsilon.composed(order, &|k| binomial(k), ground)?;
        let c = ground.power(&lead.coefficient, q);
        tail.shifted(&c, &lead.monomial.power(q, ground), ground)
    }

    pub(super) fn log(&self, order: i64, ground: &mut Ground) -> Result<Series, Stuck> {
        let lead = self.leading(ground)?;
        if lead.sign != Ordering::Greater {
            return Err(Stuck::Undefined);
        }
        let a = |k: i64| if k == 0 { Expr::int(0) } else { over(Expr::int(if k % 2 == 1 { 1 } else { -1 }), k) };
        let tail = lead.epsilon.composed(order, &a, ground)?;
        let whole = Series { terms: lead.monomial.log(), rest: None };
        whole.plus(&Series::constant(ground.apply("log", &lead.coefficient)), ground)?.plus(&tail, ground)
    }

    /// Infinite terms, the constant, and what tends to 0.
    pub(super) fn parted(&self, ground: &mut Ground) -> Result<(Vec<Term>, Expr, Series), Stuck> {
        if let Some(rest) = &self.rest
            && rest.size(ground)? != Ordering::Less
        {
            return Err(Stuck::Precision);
        }
        let (mut infinite, mut constant) = (vec![], Expr::int(0));
        let mut small = Series { terms: vec![], rest: self.rest.clone() };
        for t in &self.terms {
            match t.monomial.size(ground)? {
                Ordering::Greater => infinite.push(t.clone()),
                Ordering::Equal => constant = t.coefficient.clone(),
                Ordering::Less => small.terms.push(t.clone()),
            }
        }
        Ok((infinite, constant, small))
    }

    pub(super) fn exp(&self, order: i64, ground: &mut Ground) -> Result<Series, Stuck> {
        let (infinite, constant, small) = self.parted(ground)?;
        let tail = small.composed(order, &|k| over(Expr::int(1), (1..=k).product()), ground)?;
        tail.shifted(&ground.apply("exp", &constant), &Monomial::exp(infinite), ground)
    }

    /// `Σ f⁽ᵏ⁾(c)/k! εᵏ` where the series is `c + ε`; `f⁽ᵏ⁾` as a function of c.
    pub(super) fn taylor(
        &self,
        order: i64,
        derivative: &dyn Fn(&Expr, i64) -> Option<Expr>,
        ground: &mut Ground,
    ) -> Result<Series, Stuck> {
        let (infinite, constant, small) = self.parted(ground)?;
        if !infinite.is_empty() {
            return Err(Stuck::Precision);
        }
        let mut values = vec![];
        for k in 0..order {
            let value = derivative(&constant, k).ok_or_else(|| Stuck::Unknown(constant.clone()))?;
            values.push(ground.tidy(terms::product(vec![value, over(Expr::int(1), (1..=k).product())])));
        }
        let zero = Expr::int(0);
        let at = |k: i64| usize::try_from(k).ok().and_then(|k| values.get(k)).unwrap_or(&zero).clone();
        small.composed(order, &at, ground)
    }
}

fn over(e: Expr, n: i64) -> Expr {
    terms::product(vec![e, terms::recip(&Expr::int(n))])
}

fn greater(a: Option<Monomial>, b: Option<Monomial>, ground: &mut Ground) -> Result<Option<Monomial>, Stuck> {
    Ok(match (a, b) {
        (Some(a), Some(b)) => Some(if a.compare(&b, ground)? == Ordering::Less { b } else { a }),
        (a, b) => a.or(b),
    })
}
