//! Other programs that Rederive works inside of.

pub mod mdbook;
