//! A wrong statement → what would make it right.

pub mod assumption;
