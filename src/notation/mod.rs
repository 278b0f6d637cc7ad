//! LaTeX constructs ↔ expressions, a row each.
//!
//! [`tex`] makes trees without meaning, [`mod@line`] splits a formula into statements, [`Reader`] makes expressions.

mod argument;
pub mod arrow;
mod beside;
mod binder;
mod bracket;
mod composed;
mod derivative;
mod ellipsis;
mod endless;
mod enumeration;
mod environment;
mod evaluated;
mod extent;
mod factor;
mod fence;
mod function;
mod integral;
mod joining;
mod letter;
pub mod line;
mod mixfix;
mod moment;
mod names;
mod normal;
mod ones;
mod pointwise;
mod probability;
mod product;
mod random;
mod reader;
pub mod relation;
mod rows;
mod set;
mod space;
mod symbol;
mod table;
pub mod tex;
mod word;

pub(crate) use derivative::{differentiated_at, may_apply};
pub(crate) use evaluated::differentiated;
pub(crate) use extent::is_unclear;
pub(crate) use function::is_customary;
pub(crate) use integral::differentials;
pub(crate) use letter::{is_bold, is_upper};
pub use names::{Family, Names};
pub use ones::{ONES, is_ones};
pub(crate) use probability::BOUND;
pub(crate) use reader::command_of;
pub use reader::{Problem, Reader, significant};
pub use rows::{Row, rows};
pub use set::{as_integer, is_dots};
pub use symbol::base_name;
