//! Functions that notes name and that are expressions in others: `\sec x`, `\cot x`, `\operatorname{arsinh} x`; and the
//! inverse that a `-1` on a function's name stands for.

use crate::expr::{Expr, fun};

/// A function by its name, as an expression in its argument.
struct Composed {
    spellings: &'static [&'static str],
    of: fn(&Expr) -> Expr,
}

fn app(name: &str, x: &Expr) -> Expr {
    Expr::apply(name, vec![x.clone()])
}

/// The table: DLMF 4.14.5–7, 4.28.5–7, 4.37.16–20 (real arguments).
const COMPOSED: &[Composed] = &[
    Composed { spellings: &["sec"], of: |x| app("cos", x).recip() },
    Composed { spellings: &["csc", "cosec"], of: |x| app("sin", x).recip() },
    Composed { spellings: &["cot"], of: |x| app("cos", x).over(&app("sin", x)) },
    Composed { spellings: &["sech"], of: |x| app("cosh", x).recip() },
    Composed { spellings: &["csch"], of: |x| app("sinh", x).recip() },
    Composed { spellings: &["coth"], of: |x| app("cosh", x).over(&app("sinh", x)) },
    Composed {
        spellings: &["arsinh", "arcsinh", "asinh"],
        of: |x| app("log", &(x.clone() + app("sqrt", &(x.pow(Expr::int(2)) + Expr::int(1))))),
    },
    Composed {
        spellings: &["artanh", "arctanh", "atanh"],
        of: |x| app("log", &(Expr::int(1) + x.clone()).over(&(Expr::int(1) - x.clone()))).over(&Expr::int(2)),
    },
];

/// Functions and the name of the inverse that `f^{-1}` is by custom.
const INVERSES: &[(&str, &str)] =
    &[("sin", "arcsin"), ("cos", "arccos"), ("tan", "arctan"), ("sinh", "arsinh"), ("tanh", "artanh")];

/// Whether a command or an upright word is the name of a function that has a meaning.
pub(crate) fn is_function_name(word: &str) -> bool {
    fun::by_tex(word).is_some() || composed(word).is_some()
}

/// The function as an expression in its argument, if it is one of the table.
pub(super) fn composed(word: &str) -> Option<fn(&Expr) -> Expr> {
    COMPOSED.iter().find(|row| row.spellings.contains(&word)).map(|row| row.of)
}

/// The name of the inverse function.
pub(super) fn inverse(word: &str) -> Option<&'static str> {
    INVERSES.iter().find(|(name, _)| *name == word).map(|(_, inverse)| *inverse)
}
