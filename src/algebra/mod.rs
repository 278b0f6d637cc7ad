//! The trusted kernel: evaluation, canonical form, enclosure, differentiation.

pub mod canon;
pub mod facts;
mod inequality;
pub mod sign;
