//! Rederive: a compiler for the mathematics in lecture notes.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod algebra;
pub mod engine;
pub mod expr;
pub mod notation;
pub mod num;
pub mod source;
