//! Other programs that Rederive works inside of.

pub mod lsp;
pub mod mdbook;
pub mod watch;
pub mod worker;
