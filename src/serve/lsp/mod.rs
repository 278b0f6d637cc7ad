//! A language server over the standard input and output: problems as one writes, what is known of a formula under the
//! cursor, and repairs as code actions.

mod answer;
mod frame;
mod position;
mod server;

pub use server::{Client, serve};
