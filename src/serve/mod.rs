//! Other programs that Rederive works inside of.

pub mod mdbook;
pub mod watch;
pub mod worker;
