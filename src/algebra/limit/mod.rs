//! Limits: expressions as asymptotic series over the scale of logarithms and exponentials, with exact coefficients.
//!
//! Every step is an identity for all large values of the variable, up to a term of smaller order that is carried along;
//! a sign or a zero that is not certain ends it. The files form a DAG: `ground` · `scale` · `series` · `expansion` ·
//! this file. Gruntz, On computing limits in a symbolic manipulation system, 1996, is where the approach comes from.

mod expansion;
mod ground;
mod scale;
mod series;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use crate::algebra::facts::Facts;
use crate::algebra::terms;
use crate::expr::{Expr, Memo, Sort, Symbol};

use expansion::Expansion;
use ground::Ground;
use series::Series;

/// A limit in the extended reals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A number, as an expression free of the variable.
    Finite(Expr),
    /// Beyond all bounds: `Greater` is +∞, `Less` is −∞.
    Infinite(Ordering),
}

/// Why no limit was found. Only [`Stuck::Apart`] says anything about the limit: that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// It depends on the sign of this expression, which the facts leave open.
    Sign(Expr),
    /// There is no rule for this.
    Unknown(Expr),
    /// A logarithm or a root of something negative, for all values near the point.
    Undefined,
    /// Division by 0.
    Zero,
    /// All known terms cancel.
    Precision,
    /// The allowance is spent.
    Fuel,
    /// From below and from above it tends to these, which differ.
    Apart(Limit, Limit),
}

/// Orders that are tried, one after the other.
const ORDERS: [i64; 3] = [3, 6, 10];

/// The limit of `e` as the symbol tends to a point (±`infinity` or an expression) from above (`Greater`), from below
/// (`Less`), or from both sides (`Equal`). From both sides it is that of the side on which there are values where there
/// are none on the other.
///
/// # Errors
/// [`Stuck`].
pub fn limit(e: &Expr, variable: &Symbol, point: &Expr, side: Ordering, facts: &Facts) -> Result<Limit, Stuck> {
    let t = Symbol::new("\u{3}t", Sort::Real);
    let far = Expr::sym(t.clone());
    let towards = |x: Expr| at_infinity(&e.substituted(variable, &x), &t, facts);
    if e.mentions(&t) || point.mentions(variable) {
        return Err(Stuck::Unknown(e.clone()));
    }
    match infinite(point) {
        Some(Ordering::Greater) => return towards(far),
        Some(_) => return towards(terms::neg(far)),
        None => {}
    }
    let near = terms::recip(&far);
    let above = || towards(point.clone() + near.clone());
    let below = || towards(point.clone() + terms::neg(near.clone()));
    match side {
        Ordering::Greater => above(),
        Ordering::Less => below(),
        Ordering::Equal => match (below(), above()) {
            (Ok(a), Ok(b)) if order(&a, &b, facts)? == Ordering::Equal => Ok(a),
            (Ok(a), Ok(b)) => Err(Stuck::Apart(a, b)),
            (Err(Stuck::Undefined), only) | (only, Err(Stuck::Undefined)) => only,
            (Err(stuck), _) | (_, Err(stuck)) => Err(stuck),
        },
    }
}

/// The sign of an infinite point.
pub fn infinite(point: &Expr) -> Option<Ordering> {
    if point.as_app("infinity").is_some() {
        return Some(Ordering::Greater);
    }
    match point.as_app("mul")? {
        [minus, x] if minus.as_int() == Some(-1) && x.as_app("infinity").is_some() => Some(Ordering::Less),
        _ => None,
    }
}

impl Limit {
    /// As an expression; ±∞ as the row `infinity`.
    pub fn to_expr(&self) -> Expr {
        let infinity = Expr::apply("infinity", vec![]);
        match self {
            Limit::Finite(e) => e.clone(),
            Limit::Infinite(Ordering::Less) => terms::neg(infinity),
            Limit::Infinite(_) => infinity,
        }
    }
}

/// The order of two limits in the extended reals.
///
/// # Errors
/// [`Stuck::Sign`] where the facts leave it open.
pub fn order(a: &Limit, b: &Limit, facts: &Facts) -> Result<Ordering, Stuck> {
    let place = |l: &Limit| match l {
        Limit::Finite(_) => Ordering::Equal,
        Limit::Infinite(sign) => *sign,
    };
    match (a, b) {
        (Limit::Finite(a), Limit::Finite(b)) => {
            Ground::new(facts).sign(&terms::sum(vec![a.clone(), terms::neg(b.clone())]))
        }
        _ => Ok(place(a).cmp(&place(b))),
    }
}

fn at_infinity(e: &Expr, variable: &Symbol, facts: &Facts) -> Result<Limit, Stuck> {
    let mut last = Stuck::Precision;
    for order in ORDERS {
        let mut ground = Ground::new(facts);
        let mut expansion = Expansion { variable, ground: &mut ground, order, known: Memo::default() };
        match expansion.of(e).and_then(|s| read(&s, &mut ground)) {
            Err(stuck @ Stuck::Precision) => last = stuck,
            other => return other,
        }
    }
    Err(last)
}

/// What a series tends to.
fn read(s: &Series, ground: &mut Ground) -> Result<Limit, Stuck> {
    for t in &s.terms {
        match t.monomial.size(ground)? {
            Ordering::Greater => match ground.sign(&t.coefficient)? {
                Ordering::Equal => {}
                sign => return Ok(Limit::Infinite(sign)),
            },
            Ordering::Equal => return Ok(Limit::Finite(t.coefficient.clone())),
            Ordering::Less => return Ok(Limit::Finite(Expr::int(0))),
        }
    }
    match &s.rest {
        Some(rest) if rest.size(ground)? != Ordering::Less => Err(Stuck::Precision),
        _ => Ok(Limit::Finite(Expr::int(0))),
    }
}

/// The three cases of the sign of an expression, as conditions that exclude each other and leave nothing out.
pub fn cases(e: &Expr) -> [Expr; 3] {
    let zero = Expr::int(0);
    ["lt", "eq", "gt"].map(|relation| Expr::relate(relation, e.clone(), zero.clone()))
}
