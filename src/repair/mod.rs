//! A wrong statement → what would make it right: one more assumption, or the smallest edit of its text.

pub mod assumption;
mod candidate;
mod likeness;
mod line;
mod proposal;
mod trial;

pub use candidate::candidates;
pub use line::{Repair, Search, Wanted, repair};
pub use proposal::{is_due, propose};
