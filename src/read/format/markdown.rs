//! Markdown: the text is its own view.

use super::View;
use crate::read::scan::scan;
use crate::source::Source;

/// The formulas and the rest of Markdown in any of its dialects.
pub(super) fn view(source: Source) -> View {
    let base = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let scan = scan(&source.text, base);
    View { markdown: None, scan, macros: String::new(), source }
}
