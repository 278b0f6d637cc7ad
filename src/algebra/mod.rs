//! The trusted kernel: evaluation, canonical form, enclosure, differentiation.

pub mod batch;
pub mod canon;
mod consequence;
mod continuity;
mod definedness;
mod derive;
mod derive_integral;
mod derive_rows;
pub mod digits;
pub mod enclose;
mod entry;
mod entry_chain;
pub mod eval;
mod exponentiate;
pub mod extremum;
pub mod facts;
mod finite;
mod fixed;
pub mod induction;
mod inequality;
mod integral;
mod known;
pub mod limit;
mod logic;
mod minors;
pub mod moment;
mod monotone;
mod obvious;
mod places;
mod predicate;
mod regroup;
mod relation;
mod sift;
pub mod sign;
mod simplify;
mod slopes;
mod solve;
pub mod stepwise;
mod terms;
mod truth;
pub mod univariate;
mod unwritten;
pub mod value;

#[cfg(test)]
mod calculus_tests;
#[cfg(test)]
mod entry_tests;
#[cfg(test)]
mod oracle;

pub use definedness::{conditions, index_conditions};
pub use derive::{Stop, differentiate};
pub use entry::{entry, scalarise};
pub(crate) use exponentiate::holds_exponentiated;
pub use facts::binder_facts;
pub use finite::{finite_values, with_value};
pub use fixed::{at_sizes, size_symbols};
pub use known::expand;
pub use logic::negation;
pub(crate) use places::extremal_places;
pub use predicate::follows;
pub use regroup::{regroup, well_sorted};
pub use relation::relation_entries;
pub use sift::sift;
pub use simplify::SIMPLIFICATION;
pub use slopes::Slopes;
pub use solve::isolate;
pub(crate) use terms::has_variable;
