//! Sums that end in dots: `1 + c + c^2 + \cdots`, `x - \frac{x^2}{2} + \frac{x^3}{3} - \cdots`.
//!
//! From one part to the next each base is raised by one and the same amount, and the coefficients are those of a row of
//! [`COEFFICIENTS`], up to a number to the power of the place. At least three parts are needed; no two rows agree on three.

use std::collections::BTreeMap;

use num_traits::One;

use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::num::Rational;

/// Coefficients from place 0 on, the first of which is 1: their value at a place, and the expression of it.
type Row = (fn(i64) -> Option<Rational>, fn(Expr) -> Expr);

/// 1, 1/k!, 1/(k + 1), k + 1, 1/(2k)!, 1/(2k + 1)!, 1/(2k + 1).
const COEFFICIENTS: &[Row] = &[
    (|_| Some(Rational::one()), |_| Expr::int(1)),
    (|k| over(factorial(k)?), |k| Expr::apply("factorial", vec![k]).recip()),
    (|k| over(k + 1), |k| (k + Expr::int(1)).recip()),
    (|k| Some(Rational::from(k + 1)), |k| k + Expr::int(1)),
    (|k| over(factorial(2 * k)?), |k| Expr::apply("factorial", vec![Expr::int(2) * k]).recip()),
    (|k| over(factorial(2 * k + 1)?), |k| Expr::apply("factorial", vec![Expr::int(2) * k + Expr::int(1)]).recip()),
    (|k| over(2 * k + 1), |k| (Expr::int(2) * k + Expr::int(1)).recip()),
];

fn over(n: i64) -> Option<Rational> {
    Rational::one().checked_div(&Rational::from(n))
}

fn factorial(n: i64) -> Option<i64> {
    (1..=n).try_fold(1_i64, i64::checked_mul)
}

/// A coefficient, and integer powers of other things.
struct Part {
    coefficient: Rational,
    powers: BTreeMap<Expr, i64>,
}

impl Part {
    fn of(e: &Expr) -> Option<Part> {
        let mut part = Part { coefficient: Rational::one(), powers: BTreeMap::new() };
        part.take_in(e, 1)?;
        part.powers.retain(|_, n| *n != 0);
        Some(part)
    }

    fn take_in(&mut self, e: &Expr, times: i64) -> Option<()> {
        match e.node() {
            Node::Num(q) => self.coefficient = &self.coefficient * &q.pow_int(times)?,
            Node::App(f, args) if f.name == fun::MUL => return args.iter().try_for_each(|a| self.take_in(a, times)),
            Node::App(f, args) => match (f.name, args.as_slice()) {
                (fun::POW, [base, n]) if n.as_int().is_some() => {
                    return self.take_in(base, times.checked_mul(n.as_int()?)?);
                }
                ("factorial", [n]) if n.as_int().is_some() => {
                    let value = Rational::from(factorial(n.as_int()?)?);
                    self.coefficient = &self.coefficient * &value.pow_int(times)?;
                }
                _ => *self.powers.entry(e.clone()).or_default() += times,
            },
            _ => *self.powers.entry(e.clone()).or_default() += times,
        }
        Some(())
    }

    /// By how much each power grows from this part to another.
    fn growth(&self, next: &Part) -> BTreeMap<Expr, i64> {
        let mut grown = next.powers.clone();
        self.powers.iter().for_each(|(base, n)| *grown.entry(base.clone()).or_default() -= n);
        grown.retain(|_, n| *n != 0);
        grown
    }
}

/// The series that parts are the beginning of; `None` if they have no such pattern.
pub(super) fn series(parts: &[Expr]) -> Option<Expr> {
    let all: Vec<Part> = parts.iter().map(Part::of).collect::<Option<_>>()?;
    let ([first, second, _, ..], Some(start)) = (all.as_slice(), parts.first()) else { return None };
    let growth = first.growth(second);
    if !all.windows(2).all(|w| matches!(w, [a, b] if a.growth(b) == growth)) {
        return None;
    }
    let relative: Vec<Rational> =
        all.iter().map(|p| p.coefficient.checked_div(&first.coefficient)).collect::<Option<_>>()?;
    let second = relative.get(1)?;
    // Three numbers alone tell of a constant ratio at most.
    let rows = if !growth.is_empty() {
        COEFFICIENTS
    } else if second.is_one() {
        &[]
    } else {
        COEFFICIENTS.get(..1)?
    };
    rows.iter().find_map(|(value, written)| {
        let ratio = second.checked_div(&value(1)?)?;
        let fits = |(k, c): (i64, &Rational)| Some(*c == &ratio.pow_int(k)? * &value(k)?);
        if !(0_i64..).zip(&relative).all(|place| fits(place) == Some(true)) {
            return None;
        }
        let variable = Symbol::new("k\u{2060}", Sort::Integer);
        let place = Expr::sym(variable.clone());
        let bases = growth.iter().map(|(base, n)| base.pow(Expr::int(*n)));
        let step =
            bases.fold(
                Expr::num(ratio.clone()),
                |all, b| if ratio.is_one() && all.as_num().is_some() { b } else { all * b },
            );
        let body = start.clone() * step.pow(place.clone()) * written(place);
        let range = Domain::Range(Expr::int(0), Expr::apply("infinity", vec![]));
        Some(Expr::bind(Binder::Sum, range, body.abstracted(&variable, Sort::Integer)))
    })
}
