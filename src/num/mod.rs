//! Numbers: rational, interval, dual, ternary truth.
//!
//! Expression evaluation is generic over the number system ([`Number`]): floats for sampling ([`f64`]), exact rationals
//! ([`Exact`]), enclosures ([`Interval`], [`Precise`]) and derivative towers ([`Dual1`], [`Dual2`], [`Dual3`]).
//!
//! The files form a DAG: `ternary`, `fraction` · `rational`, `decimal` · `number` · `unliftable`, `correct`, `endpoint` · `float`,
//! `exact`, `interval` · `interval_elementary`, `stirling`, `precise` · `dual`, `series` ·
//! `series_elementary`, `scale` · `smooth` · `germ`. Ends of enclosures know ψ by `stirling`.

pub mod batch;
mod correct;
mod decimal;
mod dual;
mod endpoint;
mod exact;
mod float;
mod fraction;
mod germ;
mod interval;
mod interval_elementary;
mod number;
mod precise;
mod rational;
mod rational_arithmetic;
mod scale;
mod series;
mod series_elementary;
mod smooth;
mod stirling;
mod ternary;
mod unliftable;

#[cfg(test)]
mod decoration_tests;
#[cfg(test)]
mod derivative_tests;
#[cfg(test)]
mod germ_tests;
#[cfg(test)]
mod inclusion_tests;
#[cfg(test)]
mod operator_tests;
#[cfg(test)]
mod reference;

pub use decimal::{Minus, fixed, short, upper_decade};
pub use dual::{Dual1, Dual2, Dual3, Jet};
pub use endpoint::{Endpoint, Toward};
pub use exact::Exact;
pub use germ::Germ;
pub use interval::{Enclosure, Interval};
pub use number::{ELEMENTARY, Elementary, Number};
pub use precise::{Precise, Wide};
pub use rational::{ParseRationalError, Rational};
pub use series::{Series, TERMS};
pub use ternary::Ternary;
pub use unliftable::Unliftable;
