//! A wrong statement → what would make it right: one more assumption, or the smallest edit of its text.

pub mod assumption;
mod likeness;
mod line;

pub use line::{Repair, repair};
