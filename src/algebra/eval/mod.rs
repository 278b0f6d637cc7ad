//! Evaluation of expressions over any number system, written once.
//!
//! Undefined is a value of its own: outside a function's domain, an index out of range, a division by 0. What cannot be
//! evaluated at all (some integrals, a limit, something opaque, exhausted fuel) is *not known* to have a value; the
//! difference matters for exact and interval systems only. Derivatives go through dual numbers, so they are independent
//! of symbolic differentiation.
//!
//! The files form a DAG: `value` · `point`, `system` · `linear`, `definite`, `probability`, `smooth` · `env` ·
//! `evaluator` · `apply`, `eulerian`, `quadrature` · `integral` · `bind`, `derivative`, `relation`, `set`.

mod apply;
mod bind;
mod definite;
mod derivative;
mod env;
mod eulerian;
mod evaluator;
mod integral;
mod linear;
mod point;
mod probability;
mod quadrature;
mod relation;
mod set;
mod smooth;
mod system;
mod value;
pub mod work;

use crate::expr::Expr;
use crate::num::Ternary;

pub use definite::{Definiteness, definiteness, indefinite_direction, least_eigenvalue};
pub use env::Env;
pub use linear::quadratic_form;
pub use point::{Key, Point, PointValue};
pub use system::System;
pub use value::{Array, SetValue, Value};

/// Deepest expression that is evaluated; deeper ones are not known to have a value.
pub const DEPTH_CAP: u32 = 256;

/// The value of an expression. Each visited node and each scalar operation on arrays costs one unit of `fuel`; without
/// fuel the value is not known.
///
/// Law (inclusion): the value over enclosures of the symbols encloses the value at every point of them.
pub fn evaluate<N: System>(e: &Expr, env: &Env<N>, fuel: &mut u64) -> Value<N> {
    evaluator::Evaluator::new(env, fuel).eval(e)
}

/// The truth of a Bool expression; what is undefined or not known is `Unknown`.
pub fn truth<N: System>(e: &Expr, env: &Env<N>, fuel: &mut u64) -> Ternary {
    match evaluate(e, env, fuel) {
        Value::Truth(t) => t,
        _ => Ternary::Unknown,
    }
}

/// The values of both sides of a relation and its truth; what they share is evaluated once. Each of the three has the
/// fuel for itself.
pub fn weigh<N: System>(
    relation: &Expr,
    sides: (&Expr, &Expr),
    env: &Env<N>,
    fuel: u64,
) -> (Value<N>, Value<N>, Ternary) {
    let mut left = fuel;
    let mut evaluator = evaluator::Evaluator::new(env, &mut left);
    let (a, b) = (evaluator.eval_with(sides.0, fuel), evaluator.eval_with(sides.1, fuel));
    match evaluator.eval_with(relation, fuel) {
        Value::Truth(t) => (a, b, t),
        _ => (a, b, Ternary::Unknown),
    }
}

#[cfg(test)]
mod derivative_tests;
#[cfg(test)]
mod integral_tests;
#[cfg(test)]
mod tests;
