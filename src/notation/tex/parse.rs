//! Text of a formula → TeX tree. Cannot fail.

use super::expand::expand;
use super::macros::Macros;
use super::parser::{Parser, Within, error};
use super::tree::Tex;
use crate::source::Span;

/// The longest formula that is read, in bytes; a longer one is a single `tex-length` error.
pub const MAX_LENGTH: usize = 1 << 15;

/// The tree of a formula's text (without the `$` around it). What is wrong in it becomes `Error` nodes, and the rest
/// is read on; time is linear in the length.
///
/// Errors: `tex-unbalanced` (a brace, `\left` or `\right` without its partner), `tex-environment` (`\begin`, `\end`),
/// `tex-missing-argument`, `tex-double-script`, `tex-delimiter`, `tex-align` (`&` inside a group of an environment),
/// `tex-infix` (a second `\over`), `tex-dollar`, `tex-backslash`, `tex-macro`, `tex-depth` (deeper than 256),
/// `tex-length`.
pub fn parse(text: &str) -> Vec<Tex> {
    parse_with(text, &Macros::new())
}

/// The same with the author's macros expanded. What a macro call expands to has the span of the call.
pub fn parse_with(text: &str, macros: &Macros) -> Vec<Tex> {
    if text.len() > MAX_LENGTH {
        return vec![error("tex-length", Span::new(0, text.len()))];
    }
    Parser::new(expand(text, macros)).list(Within::Formula)
}
