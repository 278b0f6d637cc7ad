//! Exponential, logarithm, circular and hyperbolic functions, the logistic family, constants.

use std::cmp::Ordering;

use super::{Arity, Row, kernel, no_conditions, real_sort, unary};
use crate::expr::Expr;
use crate::num::{Number, Ternary};

pub(super) const ROWS: &[Row] = &[
    unary("exp", &["exp"], |a, _| Some(Expr::apply("exp", a.to_vec())), kernel!(exp), "DLMF 4.2.19"),
    Row {
        domain: positive,
        ..unary(
            "log",
            &["log", "ln"],
            |a, _| Some(a.first()?.recip()),
            kernel!(log),
            "DLMF 4.2.2, natural, on the positive reals",
        )
    },
    Row {
        domain: |a| a.iter().map(|x| Expr::relate("ge", x.clone(), Expr::int(0))).collect(),
        ..unary(
            "sqrt",
            &[],
            |a, _| Some((Expr::int(2) * Expr::apply("sqrt", a.to_vec())).recip()),
            kernel!(sqrt),
            "DLMF 4.2(iv), the nonnegative root",
        )
    },
    unary("sin", &["sin"], |a, _| Some(Expr::apply("cos", a.to_vec())), kernel!(sin), "DLMF 4.14.1, 4.20.1"),
    unary("cos", &["cos"], |a, _| Some(-Expr::apply("sin", a.to_vec())), kernel!(cos), "DLMF 4.14.2, 4.20.2"),
    Row {
        domain: |a| a.iter().map(|x| Expr::relate("ne", Expr::apply("cos", vec![x.clone()]), Expr::int(0))).collect(),
        ..unary(
            "tan",
            &["tan"],
            |a, _| Some(Expr::apply("cos", a.to_vec()).pow(Expr::int(-2))),
            kernel!(tan),
            "DLMF 4.14.4, 4.20.3",
        )
    },
    unary("sinh", &["sinh"], |a, _| Some(Expr::apply("cosh", a.to_vec())), kernel!(sinh), "DLMF 4.28.1, 4.34.1"),
    unary("cosh", &["cosh"], |a, _| Some(Expr::apply("sinh", a.to_vec())), kernel!(cosh), "DLMF 4.28.2, 4.34.2"),
    unary(
        "tanh",
        &["tanh"],
        |a, _| Some(Expr::int(1) - Expr::apply("tanh", a.to_vec()).pow(Expr::int(2))),
        kernel!(tanh),
        "DLMF 4.28.4, 4.34.3",
    ),
    unary(
        "arctan",
        &["arctan", "atan"],
        |a, _| Some((Expr::int(1) + a.first()?.pow(Expr::int(2))).recip()),
        kernel!(arctan),
        "DLMF 4.23.3, 4.24.9",
    ),
    Row {
        domain: within_one,
        ..unary(
            "arcsin",
            &["arcsin", "asin"],
            |a, _| Some(Expr::apply("sqrt", vec![Expr::int(1) - a.first()?.pow(Expr::int(2))]).recip()),
            kernel!(arcsin),
            "the angle in [−π/2, π/2], DLMF 4.23.1, 4.24.7",
        )
    },
    Row {
        domain: within_one,
        ..unary(
            "arccos",
            &["arccos", "acos"],
            |a, _| Some(-Expr::apply("sqrt", vec![Expr::int(1) - a.first()?.pow(Expr::int(2))]).recip()),
            kernel!(arccos),
            "the angle in [0, π], DLMF 4.23.2, 4.24.8",
        )
    },
    unary(
        "sigmoid",
        &["sigmoid"],
        |a, _| {
            let s = Expr::apply("sigmoid", a.to_vec());
            Some(s.clone() * (Expr::int(1) - s))
        },
        kernel!(sigmoid),
        "σ(z) = 1/(1 + e^{−z}); Bishop, PRML, eq. 4.59, 4.88",
    ),
    unary(
        "softplus",
        &["softplus"],
        |a, _| Some(Expr::apply("sigmoid", a.to_vec())),
        kernel!(softplus),
        "log(1 + e^z); Goodfellow et al., Deep Learning, eq. 3.31",
    ),
    Row {
        name: "xlogy",
        tex: &[],
        arity: Arity::Exactly(2),
        sort: super::entrywise_sort,
        domain: |a| match a {
            [x, y] => vec![Expr::relate(
                "or",
                Expr::relate(super::EQ, x.clone(), Expr::int(0)),
                Expr::relate("gt", y.clone(), Expr::int(0)),
            )],
            _ => vec![],
        },
        derivative: Some(|a, k| match (a, k) {
            ([_, y], 0) => Some(Expr::apply("log", vec![y.clone()])),
            ([x, y], _) => Some(x.over(y)),
            _ => None,
        }),
        kernel: kernel!(xlogy),
        reference: "x log y, and 0 where x = 0, whatever y (even where y has no value): Cover & Thomas, 2.1, 2.3",
    },
    Row {
        domain: positive,
        ..unary(
            "gamma",
            &[],
            |a, _| Some(Expr::apply("gamma", a.to_vec()) * Expr::apply("digamma", a.to_vec())),
            kernel!(gamma),
            "Γ of a positive number, DLMF 5.2.1, 5.2.2",
        )
    },
    Row {
        domain: positive,
        derivative: None,
        ..unary("digamma", &[], |_, _| None, kernel!(digamma), "ψ = Γ′/Γ of a positive number, DLMF 5.2.2")
    },
    constant("pi", kernel!(pi), "DLMF 3.12.1"),
    constant("euler", kernel!(euler), "DLMF 4.2.11"),
    constant("infinity", None, "the upper end of the extended reals: only in limits and interval ends"),
];

const fn constant(name: &'static str, kernel: Option<super::Kernel>, reference: &'static str) -> Row {
    Row {
        name,
        tex: &[],
        arity: Arity::Exactly(0),
        sort: real_sort,
        domain: no_conditions,
        derivative: None,
        kernel,
        reference,
    }
}

macro_rules! methods {
    ($($name:ident => $method:ident),* $(,)?) => {
        $(fn $name<N: Number>(a: &[N]) -> N {
            a.first().map_or_else(N::undefined, Number::$method)
        })*
    };
}

methods! {
    exp => exp, log => ln, sqrt => sqrt, sin => sin, cos => cos, tan => tan, sinh => sinh, cosh => cosh, tanh => tanh,
    arctan => atan, sigmoid => sigmoid, softplus => softplus, gamma => gamma,
    digamma => digamma,
}

/// x > 0.
fn positive(a: &[Expr]) -> Vec<Expr> {
    a.iter().map(|x| Expr::relate("gt", x.clone(), Expr::int(0))).collect()
}

/// −1 ≤ x ≤ 1.
fn within_one(a: &[Expr]) -> Vec<Expr> {
    let ends = |x: &Expr| [Expr::relate("ge", x.clone(), Expr::int(-1)), Expr::relate("le", x.clone(), Expr::int(1))];
    a.iter().flat_map(ends).collect()
}

/// arcsin x = 2 arctan(x/(1 + √(1 − x²))), which also holds at ±1.
fn arcsin<N: Number>(a: &[N]) -> N {
    let Some(x) = a.first() else { return N::undefined() };
    let root = ((N::one() - x.clone()) * (N::one() + x.clone())).sqrt();
    let half = x.divide(&(N::one() + root)).atan();
    half.clone() + half
}

/// arccos x = π/2 − arcsin x.
fn arccos<N: Number>(a: &[N]) -> N {
    N::pi().divide(&(N::one() + N::one())) - arcsin(a)
}

fn xlogy<N: Number>(a: &[N]) -> N {
    match a {
        [x, _] if x.is_zero() => N::zero(),
        [x, y] => {
            let value = x.clone() * y.ln();
            // Where x may be 0 there may be a value, whatever y is; what has no value is no 0.
            let valueless = x.is_undefined() == Ternary::True;
            let other = valueless || x.compare(&N::zero()).is_some_and(|o| o != Ordering::Equal);
            if other || value.is_undefined() != Ternary::True { value } else { N::undefined() }
        }
        _ => N::undefined(),
    }
}

fn pi<N: Number>(_: &[N]) -> N {
    N::pi()
}

fn euler<N: Number>(_: &[N]) -> N {
    N::euler()
}
