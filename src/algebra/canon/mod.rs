//! x
pub mod fuel;
pub mod poly;
pub mod signs;
