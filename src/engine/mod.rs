//! Engines: a claim becomes evidence.
//!
//! An engine never gives a verdict; it returns findings, from which [`crate::verdict::decide`] makes one.

pub mod sample;
mod settle;

pub use settle::{Effort, settle};

/// An engine as `list engines` shows it.
pub struct Engine {
    /// The name that reports use.
    pub name: &'static str,
    /// What it settles.
    pub settles: &'static str,
    /// Whether it can prove.
    pub proves: bool,
}

/// The engines, cheapest first, a row each.
pub const ENGINES: &[Engine] = &[
    Engine {
        name: "exact",
        settles: "identities by canonical form: rational, exponential, logarithmic, sums with symbolic ends, derivatives",
        proves: true,
    },
    Engine { name: "sign", settles: "inequalities that follow from the signs of the parts", proves: true },
    Engine {
        name: "enclose",
        settles: "inequalities over boxes of few variables, by outward-rounded intervals",
        proves: true,
    },
    Engine { name: "sizes", settles: "identities at sizes 1, 2, 3, 5 by canonical form", proves: false },
    Engine { name: "sample", settles: "support by numbers, certified counterexamples", proves: false },
];
