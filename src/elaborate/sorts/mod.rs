//! Sorts and sizes by unification over the statements of a document.

mod constraint;
mod defaults;
mod infer;
mod settle;
mod shape;
mod typed;

pub(crate) use infer::{Inference, linear_symbols};
pub(crate) use shape::{Dim, Shape};
pub(crate) use typed::{Typing, array_mean, is_typed, mean, zero_of_its_shape};
