//! Engines: a claim becomes evidence.

pub mod enclose;
pub mod sample;
