//! Nested sums, remembered: their binders are brought into canonical order again and again.

use std::collections::BTreeSet;

use crate::algebra::canon::poly::Mono;
use crate::expr::{Domain, Expr, Memo, Symbol};
use crate::num::Rational;

/// A binder whose variable is open.
pub(super) type Bound = (Symbol, Domain);

/// A group of binders, the body, the binders around.
pub(super) type Place = (Vec<Bound>, Mono, Vec<Bound>);

/// Nests by where they stand.
pub(super) type Nests = Memo<Place, Nest>;

/// What the orders of the binders of a nest come to.
#[derive(Clone)]
pub(super) enum Least {
    /// None of them is a multiple of one sum.
    Nothing,
    /// The sum is its own negative.
    Zero,
    /// The least kernel, and what it is multiplied by.
    Multiple(Expr, Rational),
}

/// A nest that was brought into canonical order.
pub(super) struct Nest {
    pub least: Least,
    /// Givens used.
    pub used: BTreeSet<usize>,
    /// Where the prover stood then: the steps that were left, and what it was busy with.
    pub steps: u32,
    pub busy: Vec<Expr>,
}
