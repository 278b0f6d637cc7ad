//! The trusted kernel: evaluation, canonical form, enclosure, differentiation.

pub mod canon;
pub mod facts;
mod inequality;
pub mod sign;
mod definedness;
mod derive;
mod derive_rows;
mod entry;
mod entry_chain;
mod fixed;
mod known;
mod logic;
mod minors;
mod obvious;
mod relation;
mod sift;
mod solve;
mod terms;

#[cfg(test)]
mod calculus_tests;
#[cfg(test)]
mod entry_tests;
#[cfg(test)]
mod oracle;

pub use definedness::{conditions, index_conditions};
pub use derive::{Stop, differentiate};
pub use entry::{entry, scalarise};
pub use fixed::{at_sizes, size_symbols};
pub use known::expand;
pub use relation::relation_entries;
pub use sift::sift;
pub use solve::isolate;
