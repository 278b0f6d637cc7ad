//! Text of a formula → TeX tree (spans, no meaning), and TeX tree → MathML.

mod tree;

pub use tree::{Row, Tex, TexKind};
