//! Right notes → planted errors, and the rates at which they are found, blamed and repaired.
//!
//! Which errors are planted is chosen by the seed alone, never by what the engines can see.

mod plant;
mod rate;

pub use plant::{Mutant, drawn, named};
pub use rate::{Fate, Outcome, Rates, Row};
