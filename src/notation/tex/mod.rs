//! Text of a formula → TeX tree (spans, no meaning), and TeX tree → MathML.

mod atom;
mod commands;
mod environment;
mod expand;
mod lexer;
mod list;
mod macros;
mod mathml;
mod mathml_call;
mod mathml_font;
mod mathml_node;
mod mathml_script;
mod mathml_table;
mod parse;
mod parser;
mod print;
mod script;
mod symbols;
mod tree;
mod usual;

pub use macros::{Macro, Macros};
pub use mathml::{MATHML_CSS, Mark, to_mathml, to_mathml_marked, to_mathml_of};
pub use parse::{MAX_LENGTH, parse, parse_with};
pub use print::to_latex;
pub use symbols::{Class, Symbol, char_class, class_of, symbol};
pub use tree::{Row, Tex, TexKind};

#[cfg(test)]
mod laws;
#[cfg(test)]
mod mathml_laws;
#[cfg(test)]
mod seeds;
