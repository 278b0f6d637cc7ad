//! Rederive: a compiler for the mathematics in lecture notes.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod claim;
pub mod diag;
pub mod expr;
pub mod message;
pub mod notation;
pub mod num;
pub mod read;
pub mod report;
pub mod source;
pub mod verdict;
