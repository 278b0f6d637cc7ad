//! Sums, products, powers, absolute value, greatest and least of finitely many, counting functions.

use super::{Arity, Kernel, Row, kernel, no_conditions, real_sort};
use crate::expr::{Expr, Sort};
use crate::num::{Enclosure, Endpoint, Number, Series};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: super::ADD,
        tex: &[],
        arity: Arity::AtLeast(1),
        sort: add_sort,
        domain: no_conditions,
        derivative: Some(|_, _| Some(Expr::int(1))),
        kernel: kernel!(add),
        reference: "a field's addition; arrays add entry by entry",
    },
    Row {
        name: super::MUL,
        tex: &[],
        arity: Arity::AtLeast(1),
        sort: mul_sort,
        domain: no_conditions,
        derivative: Some(mul_derivative),
        kernel: kernel!(mul),
        reference: "a field's multiplication; with arrays the matrix product",
    },
    Row {
        name: super::POW,
        tex: &[],
        arity: Arity::Exactly(2),
        sort: pow_sort,
        domain: pow_domain,
        derivative: Some(pow_derivative),
        kernel: kernel!(pow),
        reference: "DLMF 4.2(iv); integers for every base, x⁰ = 1 also at 0; others for a positive base, or 0 if positive",
    },
    Row {
        name: super::DECIMAL,
        tex: &[],
        arity: Arity::Exactly(2),
        sort: real_sort,
        domain: no_conditions,
        derivative: None,
        kernel: Some(DECIMAL),
        reference: "a decimal as printed, and one unit of its last digit: every number within that of it",
    },
    Row {
        name: "abs",
        tex: &["abs"],
        arity: Arity::Exactly(1),
        sort: same_scalar_sort,
        domain: no_conditions,
        derivative: Some(|a, _| Some(Expr::apply("sign", vec![a.first()?.clone()]))),
        kernel: kernel!(abs),
        reference: "DLMF 1.9.7 on the reals",
    },
    Row {
        name: "sign",
        tex: &["sign", "sgn"],
        arity: Arity::Exactly(1),
        sort: same_scalar_sort,
        domain: no_conditions,
        derivative: None,
        kernel: kernel!(sign),
        reference: "−1, 0 or 1",
    },
    Row {
        name: "floor",
        tex: &["floor"],
        arity: Arity::Exactly(1),
        sort: |_| Sort::Integer,
        domain: no_conditions,
        derivative: None,
        kernel: kernel!(floor),
        reference: "the greatest integer not above",
    },
    Row {
        name: "max",
        tex: &["max"],
        arity: Arity::AtLeast(1),
        sort: add_sort,
        domain: no_conditions,
        derivative: None,
        kernel: kernel!(max),
        reference: "the greatest of the arguments",
    },
    Row {
        name: "min",
        tex: &["min"],
        arity: Arity::AtLeast(1),
        sort: add_sort,
        domain: no_conditions,
        derivative: None,
        kernel: kernel!(min),
        reference: "the least of the arguments",
    },
    Row {
        name: "factorial",
        tex: &[],
        arity: Arity::Exactly(1),
        sort: |_| Sort::Integer,
        domain: |a| a.iter().map(|x| Expr::relate("ge", x.clone(), Expr::int(0))).collect(),
        derivative: None,
        kernel: None,
        reference: "DLMF 5.4.1 for n = 0, 1, 2, …",
    },
    Row {
        name: "binomial",
        tex: &["binom"],
        arity: Arity::Exactly(2),
        sort: |_| Sort::Integer,
        domain: no_conditions,
        derivative: None,
        kernel: None,
        reference: "DLMF 1.2.1",
    },
    Row {
        name: "delta",
        tex: &[],
        arity: Arity::Exactly(2),
        sort: |_| Sort::Integer,
        domain: no_conditions,
        derivative: None,
        kernel: None,
        reference: "Kronecker's δ: 1 if both are equal, else 0",
    },
    Row {
        name: "cases",
        tex: &[],
        arity: Arity::AtLeast(2),
        sort: |a| a.get(1).map_or(Sort::Unknown, |v| v.sort().clone()),
        domain: no_conditions,
        derivative: None,
        kernel: None,
        reference: "condition, value, condition, value, …, else-value: the first whose condition holds",
    },
];

/// Floats take the number itself; enclosures all numbers within the unit; it has no exact value.
const DECIMAL: Kernel = Kernel {
    float: |a| a.first().copied().unwrap_or(f64::NAN),
    interval: around,
    precise: around,
    exact: |_| Number::undefined(),
    dual1: |a| a.first().cloned().unwrap_or_else(Number::undefined),
    dual2: |a| a.first().cloned().unwrap_or_else(Number::undefined),
    dual3: |a| a.first().cloned().unwrap_or_else(Number::undefined),
    series: |a| Series::constant(around(&a.iter().map(|x| x.term(0)).collect::<Vec<_>>())),
    germ: |_| Number::undefined(),
};

fn around<E: Endpoint>(a: &[Enclosure<E>]) -> Enclosure<E> {
    match a {
        [number, unit] => (number.clone() - unit.clone()).hull(&(number.clone() + unit.clone())),
        _ => Number::undefined(),
    }
}

fn add<N: Number>(a: &[N]) -> N {
    a.iter().cloned().fold(N::zero(), |x, y| x + y)
}

fn mul<N: Number>(a: &[N]) -> N {
    a.iter().cloned().fold(N::one(), |x, y| x * y)
}

fn pow<N: Number>(a: &[N]) -> N {
    match a {
        [base, exponent] => base.powf(exponent),
        _ => N::undefined(),
    }
}

fn abs<N: Number>(a: &[N]) -> N {
    a.first().map_or_else(N::undefined, Number::abs)
}

fn sign<N: Number>(a: &[N]) -> N {
    a.first().map_or_else(N::undefined, Number::sign)
}

fn floor<N: Number>(a: &[N]) -> N {
    a.first().map_or_else(N::undefined, Number::floor)
}

fn max<N: Number>(a: &[N]) -> N {
    a.iter().cloned().reduce(|x, y| x.max(&y)).unwrap_or_else(N::undefined)
}

fn min<N: Number>(a: &[N]) -> N {
    a.iter().cloned().reduce(|x, y| x.min(&y)).unwrap_or_else(N::undefined)
}

fn same_scalar_sort(a: &[Expr]) -> Sort {
    match a {
        [x] if x.sort().is_scalar() => x.sort().clone(),
        _ => real_sort(a),
    }
}

/// Scalars add to a scalar, arrays of one shape to that shape. `I + uuᵀ` with different names for one size is left to
/// the shape inference, which unifies names before.
fn add_sort(a: &[Expr]) -> Sort {
    let mut result: Option<Sort> = None;
    for x in a {
        result = Some(match (result, x.sort()) {
            (None, s) => s.clone(),
            (Some(Sort::Integer), Sort::Integer) => Sort::Integer,
            (Some(r), s) if r.is_scalar() && s.is_scalar() => Sort::Real,
            (Some(Sort::Array(m)), Sort::Array(n)) if m == *n => Sort::Array(m),
            _ => return Sort::Unknown,
        });
    }
    result.unwrap_or(Sort::Integer)
}

/// Scalars scale, neighbouring arrays multiply as matrices (a vector is a column); a 1 × 1 product is a scalar.
fn mul_sort(a: &[Expr]) -> Sort {
    let mut scalar = Sort::Integer;
    let mut shape: Option<Sort> = None;
    for x in a {
        match x.sort() {
            Sort::Integer => {}
            Sort::Real => scalar = Sort::Real,
            Sort::Array(_) => {
                shape = Some(match shape {
                    None => x.sort().clone(),
                    Some(left) => match product_sort(&left, x.sort()) {
                        Some(s) => s,
                        None => return Sort::Unknown,
                    },
                });
                if shape.as_ref().is_some_and(Sort::is_scalar) {
                    shape = None;
                    scalar = Sort::Real;
                }
            }
            _ => return Sort::Unknown,
        }
    }
    shape.unwrap_or(scalar)
}

/// The sort of a matrix product of two arrays; `None` if the inner sizes differ.
pub(super) fn product_sort(left: &Sort, right: &Sort) -> Option<Sort> {
    let (rows, inner) = left.rows_columns()?;
    let (inner2, columns) = right.rows_columns()?;
    if inner != inner2 {
        return None;
    }
    let one = Expr::int(1);
    Some(match (rows == one && left.sizes().len() == 2, columns == one) {
        (true, true) => Sort::Real,
        (false, true) if right.sizes().len() == 1 => Sort::Array(vec![rows]),
        _ => Sort::Array(vec![rows, columns]),
    })
}

fn mul_derivative(a: &[Expr], k: usize) -> Option<Expr> {
    let others = a.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, x)| x.clone());
    Some(Expr::apply(super::MUL, others.collect()))
}

fn pow_sort(a: &[Expr]) -> Sort {
    match a {
        [base, _] if !base.sort().sizes().is_empty() => base.sort().clone(),
        [base, exponent] if *base.sort() == Sort::Integer && exponent.as_int().is_some_and(|n| n >= 0) => Sort::Integer,
        [base, exponent] if base.sort().is_scalar() && exponent.sort().is_scalar() => Sort::Real,
        _ => Sort::Unknown,
    }
}

fn pow_domain(a: &[Expr]) -> Vec<Expr> {
    match a {
        [_, n] if n.as_int().is_some_and(|n| n >= 0) => vec![],
        [base, n] if n.as_int().is_some() => vec![Expr::relate("ne", base.clone(), Expr::int(0))],
        [base, n] if n.as_num().is_some_and(|q| *q > crate::num::Rational::from(0)) => {
            vec![Expr::relate("ge", base.clone(), Expr::int(0))]
        }
        [base, n] if *n.sort() == Sort::Integer => {
            vec![Expr::relate(
                "or",
                Expr::relate("ne", base.clone(), Expr::int(0)),
                Expr::relate("ge", n.clone(), Expr::int(0)),
            )]
        }
        // 0 to a positive power is 0.
        [base, n] => vec![Expr::relate(
            "or",
            Expr::relate("gt", base.clone(), Expr::int(0)),
            Expr::relate(
                "and",
                Expr::relate("ge", base.clone(), Expr::int(0)),
                Expr::relate("gt", n.clone(), Expr::int(0)),
            ),
        )],
        _ => vec![],
    }
}

fn pow_derivative(a: &[Expr], k: usize) -> Option<Expr> {
    let [base, exponent] = a else { return None };
    Some(match k {
        0 => exponent.clone() * base.pow(exponent.clone() + Expr::int(-1)),
        _ => base.pow(exponent.clone()) * Expr::apply("log", vec![base.clone()]),
    })
}
