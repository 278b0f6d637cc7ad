//! LaTeX constructs ↔ expressions, a row each.

pub mod tex;
