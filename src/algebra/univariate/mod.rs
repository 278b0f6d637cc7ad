//! Inequalities between fractions of polynomials in one variable: decided exactly, on intervals with rational ends.
//!
//! The variable is a symbol, or a part whose values lie in a known interval (`σ(z)` in (0, 1), `e^x` above 0). The line
//! is cut at the real roots of all numerators and denominators; between two of them nothing changes its sign, so that
//! one rational point each decides. The files form a DAG: `polynomial` · `fraction` · this file.

mod fraction;
mod polynomial;
#[cfg(test)]
mod tests;

use num_traits::Zero;

use crate::algebra::enclose::{End, Extent, Region, inequalities};
use crate::algebra::eval::{Env, Point, evaluate};
use crate::algebra::facts::Facts;
use crate::algebra::{conditions, sign};
use crate::expr::{Expr, Node, Sort, Symbol};
use crate::num::{Exact, Rational};

use fraction::{Fraction, fraction, resolved};

pub(crate) use fraction::only_part;
use polynomial::{Polynomial, Root, isolated};

/// Most cases of the symbols that have finitely many values.
const CASES: usize = 64;
/// Largest difference looked at.
const SIZE: u64 = 2_000;

/// What was gone through: for each inequality and each case of the finite symbols the points between the roots.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples(pub Vec<Vec<Rational>>);

/// Proves `<`, `≤`, `>`, `≥`, `≠` or a conjunction of these under the givens. `None`: not shown.
pub fn prove(relation: &Expr, givens: &[Expr]) -> Option<Samples> {
    if relation.size() > SIZE {
        return None;
    }
    let mut samples = vec![];
    for alternatives in inequalities(relation)? {
        samples.extend(alternatives.iter().find_map(|(difference, strict)| shown(difference, *strict, givens))?);
    }
    (!samples.is_empty()).then_some(Samples(samples))
}

/// `difference > 0`, or `≥ 0`, in all cases of the symbols with finitely many values.
fn shown(difference: &Expr, strict: bool, givens: &[Expr]) -> Option<Vec<Vec<Rational>>> {
    let region = Region::from_givens([difference], givens);
    let mut cases = vec![difference.clone()];
    for (symbol, extent) in region.iter().flat_map(|r| &r.axes) {
        if let Extent::Finite(values) = extent {
            let values: Vec<Expr> = values.iter().cloned().map(Expr::num).collect();
            cases = cases.iter().flat_map(|c| values.iter().map(|v| c.substituted(symbol, v))).collect();
            if cases.is_empty() || cases.len() > CASES {
                return None;
            }
        }
    }
    let facts = Facts::new(givens);
    cases.iter().map(|c| one(c, strict, region.as_ref(), &facts)).collect()
}

fn one(difference: &Expr, strict: bool, region: Option<&Region>, facts: &Facts) -> Option<Vec<Rational>> {
    let zero = Rational::zero();
    let Some(part) = only_part(difference) else {
        // Without a variable: a number.
        let q = exactly(difference, None)?;
        return (if strict { q > zero } else { q >= zero }).then(|| vec![q]);
    };
    let extent = values_of(&part, region, facts)?;
    positive_on(difference, strict, &part, &extent)
}

/// Whether `e > 0`, or `≥ 0`, wherever the part has its value in the extent; the points that showed it.
pub(crate) fn positive_on(e: &Expr, strict: bool, part: &Expr, extent: &Extent) -> Option<Vec<Rational>> {
    let Extent::Interval(lo, hi) = extent else { return None };
    let mut switches = vec![];
    let cases = resolved(e, &mut switches)?;
    let cases: Vec<Fraction> = cases.iter().map(|c| fraction(c, part)).collect::<Option<_>>()?;
    let switches: Vec<Fraction> = switches.iter().map(|s| fraction(s, part)).collect::<Option<_>>()?;
    let mut product = Polynomial::constant(Rational::from(1));
    for f in cases.iter().chain(&switches) {
        for p in [&f.above, &f.below] {
            if !p.is_zero() && p.degree() > 0 {
                product = product.radical_with(p);
            }
        }
    }
    if product.degree() > 48 {
        return None;
    }
    let (lo_at, hi_at) = (lo.at.as_ref(), hi.at.as_ref());
    let roots = isolated(&product, lo_at, hi_at)?;
    let mut samples = vec![];
    samples.extend(lo_at.filter(|_| lo.closed).cloned());
    samples.extend(hi_at.filter(|_| hi.closed && lo_at != hi_at).cloned());
    samples.extend(roots.iter().filter_map(Root::value).cloned());
    samples.extend(between(&roots, lo_at, hi_at)?);
    let zero = Rational::zero();
    let fine = |q: &Rational| exactly(e, Some((part, q))).is_some_and(|v| if strict { v > zero } else { v >= zero });
    if samples.is_empty() || !samples.iter().all(fine) {
        return None;
    }
    // At an irrational root the value is the limit of those beside it, if nothing is divided by 0 there; it is 0 only
    // where a numerator is.
    let vanishes = |p: &Polynomial, r: &Root| {
        p.is_zero() || p.degree() > 0 && p.radical_with(p).roots(Some(&r.lo), Some(&r.hi)) > 0
    };
    let irrational = roots.iter().filter(|r| r.value().is_none());
    for r in irrational {
        let undefined = cases.iter().chain(&switches).any(|f| vanishes(&f.below, r));
        if undefined || strict && cases.iter().any(|f| vanishes(&f.above, r)) {
            return None;
        }
    }
    Some(samples)
}

/// The rational points of an interval at which a fraction in the part may have an extremum: zeros of its slope, and
/// places where |·|, max and min change over. Empty for other expressions.
pub(crate) fn critical_points(e: &Expr, part: &Expr, extent: &Extent) -> Vec<Rational> {
    let Extent::Interval(lo, hi) = extent else { return vec![] };
    let mut switches = vec![];
    let cases = resolved(e, &mut switches).unwrap_or_default();
    let slopes = cases.iter().filter_map(|c| fraction(c, part)).map(|f| {
        let fall = f.above.times(&f.below.derivative()).scaled(&Rational::from(-1));
        f.above.derivative().times(&f.below).plus(&fall)
    });
    let changes = switches.iter().filter_map(|s| fraction(s, part)).map(|f| f.above);
    let mut product = Polynomial::constant(Rational::from(1));
    for p in slopes.chain(changes).filter(|p| p.degree() > 0) {
        product = product.radical_with(&p);
    }
    if product.degree() > 48 {
        return vec![];
    }
    let roots = isolated(&product, lo.at.as_ref(), hi.at.as_ref()).unwrap_or_default();
    roots.iter().filter_map(|r| product.rational_root(r)).collect()
}

/// A point between any two neighbours among the roots and ends.
fn between(roots: &[Root], lo: Option<&Rational>, hi: Option<&Rational>) -> Option<Vec<Rational>> {
    let (one, two) = (Rational::from(1), Rational::from(2));
    let mut points = vec![];
    let mut last: Option<Rational> = lo.cloned();
    let mut first = true;
    for r in roots {
        points.push(match &last {
            Some(a) => (a.clone() + r.lo.clone()).checked_div(&two)?,
            None => r.lo.clone() - one.clone(),
        });
        (last, first) = (Some(r.hi.clone()), false);
    }
    points.push(match (last, hi) {
        (Some(a), Some(b)) if first && a == *b => return Some(vec![]),
        (Some(a), Some(b)) => (a + b.clone()).checked_div(&two)?,
        (Some(a), None) => a + one,
        (None, Some(b)) => b.clone() - one,
        (None, None) => Rational::zero(),
    });
    Some(points)
}

/// The exact value of an expression with the part at a number.
fn exactly(e: &Expr, at: Option<(&Expr, &Rational)>) -> Option<Rational> {
    let symbol = Symbol::new("\u{3}u", Sort::Real);
    let (e, point) = match at {
        Some((part, q)) => {
            let u = Expr::sym(symbol.clone());
            let e = e.transform(&mut |x, _| (x == part).then(|| u.clone()));
            (e, Point::new().with_scalar(&symbol, q.clone()))
        }
        None => (e.clone(), Point::new()),
    };
    evaluate::<Exact>(&e, &Env::at(&point), &mut 50_000).scalar()?.rational().cloned()
}

/// An interval that holds all values of a part, which has one wherever the facts hold.
fn values_of(part: &Expr, region: Option<&Region>, facts: &Facts) -> Option<Extent> {
    let end = |at: Option<i64>, closed| End { at: at.map(Rational::from), closed };
    let interval = |lo, hi, closed| Some(Extent::Interval(end(lo, closed), end(hi, closed)));
    if let Some(symbol) = part.as_symbol()
        && let Some((_, extent)) = region.and_then(|r| r.axes.iter().find(|(s, _)| s.same(symbol)))
    {
        return Some(extent.clone());
    }
    if !part.is_closed() || !conditions(part).iter().all(|c| sign::holds(c, facts).certainly()) {
        return None;
    }
    let name = match part.node() {
        Node::App(f, _) => f.name,
        _ => "",
    };
    match name {
        "sigmoid" => interval(Some(0), Some(1), false),
        "tanh" => interval(Some(-1), Some(1), false),
        "sin" | "cos" => interval(Some(-1), Some(1), true),
        "exp" | "softplus" => interval(Some(0), None, false),
        "sqrt" => interval(Some(0), None, true),
        "cosh" => interval(Some(1), None, true),
        _ => {
            let holds = |r: &str, n: i64| sign::holds(&Expr::relate(r, part.clone(), Expr::int(n)), facts).certainly();
            let lower =
                [("gt", 0, false), ("ge", 0, true), ("ge", -1, true)].into_iter().find(|(r, n, _)| holds(r, *n));
            let upper = [("lt", 1, false), ("le", 1, true), ("le", 0, true)].into_iter().find(|(r, n, _)| holds(r, *n));
            let end = |found: Option<(&str, i64, bool)>| match found {
                Some((_, n, closed)) => end(Some(n), closed),
                None => end(None, false),
            };
            Some(Extent::Interval(end(lower), end(upper)))
        }
    }
}
