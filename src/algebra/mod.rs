//! The trusted kernel: evaluation, canonical form, enclosure, differentiation.

pub mod eval;
