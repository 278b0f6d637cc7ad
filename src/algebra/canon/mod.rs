//! The trusted canonical form: polynomials over ℚ in kernels, with symbolic sums.
//!
//! Every rewriting step is an identity at all points where the givens hold, the conditions that it owes hold and the
//! expression has a value. Equal canonical forms are a proof; different ones are evidence of nothing.
//!
//! Kernels and their relations: `exp(m)` per monomial of the argument, so that `eᵃeᵇ = eᵃ⁺ᵇ`; `log|P|` per factor of
//! the argument, so that `log|ab| = log|a| + log|b|`; a primitive polynomial under a negative exponent, with
//! `lt(P)/P = 1 − (P − lt(P))/P` where P is short; `δᵢⱼ f(i) = δᵢⱼ f(j)`; `cos² = 1 − sin²`; `|x|² = x²`; sums by linearity, with
//! δ eliminated where the index is in range, binders in the least order.

mod binomial;
mod circular;
mod fuel;
mod gamma;
mod integral;
mod lead;
mod linear;
mod mono;
mod nest;
pub(crate) mod poly;
mod power;
mod power_sum;
mod prepare;
mod prepared;
mod product;
mod progression;
mod reduce;
mod rule;
mod series;
pub(crate) mod signs;
mod special;
mod sum;
mod transcend;
mod work;
mod zero;

#[cfg(test)]
mod adversarial_tests;
#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod sampled;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use num_traits::{One, Zero};

use crate::algebra::facts::Facts;
use crate::expr::{Expr, Node, fun};
use crate::num::Rational;

use nest::Nests;
use poly::{Mono, Poly};
use work::{Owed, Work};

pub use fuel::{Fuel, Stop};

/// A real expression in canonical form.
#[derive(Clone, Debug)]
pub struct Canon {
    poly: Poly,
    conditions: Vec<Expr>,
    used: BTreeSet<usize>,
}

impl Canon {
    /// Whether the form is the empty sum. A form that is not may still be 0 everywhere.
    pub fn is_zero(&self) -> bool {
        self.poly.is_zero()
    }

    /// The number, if the form is one.
    pub fn as_number(&self) -> Option<Rational> {
        self.poly.as_constant()
    }

    /// The form as an expression to show.
    pub fn to_expr(&self) -> Expr {
        readable(&self.poly)
    }

    /// The form itself.
    pub(crate) fn poly(&self) -> &Poly {
        &self.poly
    }

    /// Conditions (Bool) that the steps need and the facts do not prove; closed up to the expression's own loose
    /// variables, quantified over the range of the sum that they arose in.
    pub fn conditions(&self) -> &[Expr] {
        &self.conditions
    }

    /// Givens used: places in the list that the facts were made from.
    pub fn used(&self) -> &BTreeSet<usize> {
        &self.used
    }
}

/// The outcome of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Equality {
    /// At every point where the facts and the conditions hold and both sides have values, these are equal. At points
    /// where a condition fails that both sides need to have a value, neither has one; such conditions are left out.
    Equal {
        /// What is owed.
        conditions: Vec<Expr>,
        /// Givens used, places in the list that the facts were made from.
        used: Vec<usize>,
    },
    /// The canonical forms differ. No evidence that the sides do.
    Different {
        /// Left minus right, simplified.
        difference: Expr,
    },
    /// The computation gave up.
    Stopped(Stop),
}

/// The canonical form of a real expression.
///
/// # Errors
/// [`Stop`] if the allowance or a cap is exceeded, the expression is no real number, or nowhere defined.
pub fn canonical(e: &Expr, facts: &Facts, fuel: &mut Fuel) -> Result<Canon, Stop> {
    canonical_form(e, facts, fuel, false)
}

fn canonical_form(e: &Expr, facts: &Facts, fuel: &mut Fuel, assume: bool) -> Result<Canon, Stop> {
    let mut work = Work::new(facts, &[e], fuel, assume);
    let poly = work.poly_of(e)?;
    let conditions = work.owed.iter().map(|o| o.condition.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    Ok(Canon { poly, conditions, used: work.prover.used })
}

/// The sum of a series that certainly converges, where it has a closed form.
pub(crate) fn series_value(series: &Expr, facts: &Facts) -> Option<Expr> {
    const FUEL: u64 = 20_000;
    let form = canonical(series, facts, &mut Fuel::new(FUEL)).ok()?;
    form.conditions().is_empty().then(|| form.poly().to_expr())
}

/// Whether two real expressions are equal.
pub fn equal(left: &Expr, right: &Expr, facts: &Facts, fuel: &mut Fuel) -> Equality {
    if left == right {
        return Equality::Equal { conditions: vec![], used: vec![] };
    }
    match compare(&Sides::of(left, right), facts, fuel) {
        Ok(equality) => equality,
        Err(stop) => Equality::Stopped(stop),
    }
}

/// Whether two real expressions are equal whatever their symbols are, where both have values: [`equal`] without givens, in
/// the usual allowance.
pub fn is_identity(left: &Expr, right: &Expr) -> bool {
    matches!(equal(left, right, &Facts::default(), &mut Fuel::default()), Equality::Equal { .. })
}

/// Whether two arrays, given by as many entries in the same order, are equal: [`equal`] of all pairs, where a side has a
/// value if all its entries have. What the entries share is brought into canonical form once.
pub fn equal_entries(left: &[Expr], right: &[Expr], facts: &Facts, fuel: &mut Fuel) -> Equality {
    if left.len() != right.len() {
        return Equality::Stopped(Stop::Sort);
    }
    let array =
        |entries: &[Expr]| Expr::new(Node::Array { rows: entries.len(), columns: None, entries: entries.to_vec() });
    let sides = Sides { left, right, about: [&array(left), &array(right)] };
    match compare(&sides, facts, fuel) {
        Ok(equality) => equality,
        Err(stop) => Equality::Stopped(stop),
    }
}

/// What is compared: entry by entry, and each side as a whole.
struct Sides<'a> {
    left: &'a [Expr],
    right: &'a [Expr],
    about: [&'a Expr; 2],
}

impl<'a> Sides<'a> {
    fn of(left: &'a Expr, right: &'a Expr) -> Sides<'a> {
        Sides { left: std::slice::from_ref(left), right: std::slice::from_ref(right), about: [left, right] }
    }
}

fn compare(sides: &Sides, facts: &Facts, fuel: &mut Fuel) -> Result<Equality, Stop> {
    let before = fuel.left();
    let first = attempt(sides, facts, fuel, false)?;
    let Some(difference) = first.difference else {
        return Ok(Equality::Equal { conditions: pruned(first.conditions, facts), used: in_list(first.used, facts) });
    };
    // Once more with everything owed so far as further givens, which stay owed. Where there are none, and nothing
    // could have been owed for a step, it would be the same again.
    let mut given = facts.given().to_vec();
    if first.indifferent && first.conditions.is_empty() && first.shared.is_empty() {
        fuel.spend(before - fuel.left())?;
        return Ok(Equality::Different { difference: readable(&difference) });
    }
    given.extend(first.conditions.iter().chain(&first.shared).cloned());
    let supposed = Facts::new(&given);
    let second = attempt(sides, &supposed, fuel, true)?;
    if second.difference.is_none() {
        let mut conditions: BTreeSet<Expr> = first.conditions.into_iter().collect();
        conditions.extend(second.conditions);
        return Ok(Equality::Equal {
            conditions: pruned(conditions.into_iter().collect(), facts),
            used: in_list(second.used, facts),
        });
    }
    Ok(Equality::Different { difference: readable(&difference) })
}

/// One comparison of canonical forms.
struct Attempt {
    /// Of the first pair that differs.
    difference: Option<Poly>,
    /// Owed by one side.
    conditions: Vec<Expr>,
    /// Needed by both sides to have a value.
    shared: Vec<Expr>,
    used: BTreeSet<usize>,
    /// Whether it would be the same if steps whose conditions are not proved were taken.
    indifferent: bool,
}

/// The canonical forms of the entries of a side, what they owe, and the givens used; nests that were put in order.
struct Side {
    nests: Nests,
    polys: Vec<Poly>,
    owed: Vec<Owed>,
    used: BTreeSet<usize>,
    indifferent: bool,
}

fn side(entries: &[Expr], mut work: Work) -> Result<Side, Stop> {
    let polys = entries.iter().map(|e| work.poly_of(e)).collect::<Result<Vec<Poly>, Stop>>()?;
    let indifferent = work.is_indifferent();
    Ok(Side { nests: work.nests, polys, indifferent, owed: work.owed, used: work.prover.used })
}

fn attempt(sides: &Sides, facts: &Facts, fuel: &mut Fuel, assume: bool) -> Result<Attempt, Stop> {
    let work = Work::new(facts, &sides.about, fuel, assume);
    let start = work.start();
    let mut l = side(sides.left, work)?;
    // What stands on both sides, and in their difference, is put in order once.
    let mut r = side(sides.right, Work::from(&start, facts, fuel, assume).knowing(std::mem::take(&mut l.nests)))?;
    let natural = |s: &Side, e: &Expr| s.owed.iter().any(|o| o.natural && o.condition == *e);
    let mut conditions = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for o in l.owed.iter().chain(&r.owed) {
        if natural(&l, &o.condition) && natural(&r, &o.condition) {
            shared.insert(o.condition.clone());
        } else {
            conditions.insert(o.condition.clone());
        }
    }
    let indifferent = l.indifferent && r.indifferent;
    let mut used = l.used;
    used.extend(r.used);
    let mut work = Work::from(&start, facts, fuel, assume).knowing(std::mem::take(&mut r.nests));
    let mut difference = None;
    for (l, r) in l.polys.into_iter().zip(&r.polys) {
        let between = l.minus(r);
        if !work.vanishes(&between)? {
            difference = Some(between);
            break;
        }
    }
    conditions.extend(work.owed.iter().map(|o| o.condition.clone()).filter(|c| !shared.contains(c)));
    let indifferent = indifferent && work.is_indifferent();
    used.extend(work.prover.used);
    let (conditions, shared) = (conditions.into_iter().collect(), shared.into_iter().collect());
    Ok(Attempt { difference, conditions, shared, used, indifferent })
}

/// Conditions without those that follow from the others.
fn pruned(mut conditions: Vec<Expr>, facts: &Facts) -> Vec<Expr> {
    conditions.sort_by_key(|c| (std::cmp::Reverse(c.size()), c.clone()));
    conditions.dedup();
    let mut i = 0;
    while i < conditions.len() && conditions.len() <= 24 {
        let candidate = conditions.remove(i);
        let mut given = facts.given().to_vec();
        given.extend(conditions.iter().cloned());
        if !crate::algebra::sign::holds(&candidate, &Facts::new(&given)).certainly() {
            conditions.insert(i, candidate);
            i += 1;
        }
    }
    conditions.sort();
    conditions
}

fn in_list(used: BTreeSet<usize>, facts: &Facts) -> Vec<usize> {
    used.into_iter().filter(|i| *i < facts.given().len()).collect()
}

/// The exact value of an expression whose canonical form is a rational number and owes nothing.
pub fn constant_value(e: &Expr) -> Option<Rational> {
    let canon = canonical(e, &Facts::default(), &mut Fuel::default()).ok()?;
    canon.conditions.is_empty().then(|| canon.as_number())?
}

/// `left − right` simplified, to show how the sides of a relation differ.
///
/// # Errors
/// As [`canonical`].
pub fn difference(left: &Expr, right: &Expr, facts: &Facts, fuel: &mut Fuel) -> Result<Expr, Stop> {
    let both = left.clone() - right.clone();
    canonical(&both, facts, fuel).map(|c| c.to_expr())
}

/// `left / right` simplified, to show how the sides of a relation differ.
///
/// # Errors
/// As [`canonical`]; [`Stop::Undefined`] if the right side is 0.
pub fn ratio(left: &Expr, right: &Expr, facts: &Facts, fuel: &mut Fuel) -> Result<Expr, Stop> {
    let mut work = Work::new(facts, &[left, right], fuel, false);
    let (l, r) = (work.poly_of(left)?, work.poly_of(right)?);
    let (Some((a, m, p)), Some((b, n, q))) = (work.factored(&l)?, work.factored(&r)?) else {
        return if r.is_zero() { Err(Stop::Undefined) } else { Ok(Expr::int(0)) };
    };
    let number = a.checked_div(&b).ok_or(Stop::Undefined)?;
    let mono = m.times(&n.raised(&Rational::from(-1)));
    let (above, below) = if p == q { (Poly::int(1), Poly::int(1)) } else { (p, q) };
    let mut factors = vec![Expr::num(number)];
    factors.extend(shown_factors(&mono));
    for (part, exponent) in [(above, 1), (below, -1)] {
        if part.as_constant().is_none() {
            factors.push(readable(&part).pow(Expr::int(exponent)));
        }
    }
    Ok(Expr::apply(fun::MUL, factors))
}

/// A polynomial in usual notation: powers of exponentials joined, kernels as written.
fn readable(p: &Poly) -> Expr {
    let mut terms: Vec<(&Mono, &Rational)> = p.terms().collect();
    terms.sort_by(|a, b| b.0.graded(a.0));
    let terms = terms.into_iter().map(|(m, c)| {
        let mut factors = vec![Expr::num(c.clone())];
        factors.extend(shown_factors(m));
        Expr::apply(fun::MUL, factors)
    });
    Expr::apply(fun::ADD, terms.collect())
}

fn shown_factors(m: &Mono) -> Vec<Expr> {
    let mut exponent = Poly::zero();
    let mut factors = vec![];
    for (k, e) in m.factors() {
        match k.as_app("exp") {
            Some([x]) => exponent.add_scaled(&Poly::plain(x), e),
            _ => factors.push(shown(k).pow(Expr::num(e.clone()))),
        }
    }
    if !exponent.is_zero() {
        factors.push(Expr::apply("exp", vec![exponent.to_expr()]));
    }
    factors
}

/// Kernels inside of kernels in usual notation.
fn shown(k: &Expr) -> Expr {
    k.transform(&mut |e, _| {
        let [base, q] = e.as_app(fun::POW)? else { return None };
        let q = q.as_num()?;
        if let Some([x]) = base.as_app("exp") {
            return Some(Expr::apply("exp", vec![Poly::plain(x).scaled(q).to_expr()]));
        }
        (!q.is_zero() && *q == poly::half() && !q.is_one()).then(|| Expr::apply("sqrt", vec![base.clone()]))
    })
}
