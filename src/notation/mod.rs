//! LaTeX constructs ↔ expressions, a row each.
//!
//! [`tex`] makes trees without meaning, [`mod@line`] splits a formula into statements, [`Reader`] makes expressions.

pub mod arrow;
mod beside;
mod binder;
mod bracket;
mod environment;
mod factor;
mod function;
pub mod line;
mod moment;
mod names;
mod ones;
mod reader;
pub mod relation;
mod rows;
mod set;
mod symbol;
pub mod tex;
mod word;

pub use names::{Family, Names};
pub use ones::{ONES, is_ones};
pub(crate) use reader::command_of;
pub use reader::{Problem, Reader, Remark, significant};
pub use rows::{Row, rows};
pub use set::{as_integer, is_dots};
pub use symbol::base_name;
