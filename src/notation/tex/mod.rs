//! Text of a formula → TeX tree (spans, no meaning), and TeX tree → MathML.

mod atom;
mod commands;
mod environment;
mod expand;
mod lexer;
mod list;
mod macros;
mod parse;
mod parser;
mod print;
mod script;
mod symbols;
mod tree;

pub use macros::{Macro, Macros};
pub use parse::{MAX_LENGTH, parse, parse_with};
pub use print::to_latex;
pub use symbols::{Class, Symbol, char_class, class_of, symbol};
pub use tree::{Row, Tex, TexKind};

#[cfg(test)]
mod laws;
