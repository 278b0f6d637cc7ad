//! The formats of notes. A format says where the mathematics stands and gives the rest as Markdown, byte for byte at
//! the same places, so that one reader makes the document and every place is one of the file. A row each in [`FORMATS`].

mod argument;
mod canvas;
mod latex;
mod markdown;
mod notebook;
mod restructured;

pub use notebook::encoded;

use super::scan::Scan;
use super::{ReadProblem, ReadProblemKind};
use crate::source::{Source, Span};

/// What a format makes of a text.
pub(super) struct View {
    /// The text, changed only by a format whose files hold it in another writing.
    pub source: Source,
    /// The text in Markdown, as many bytes; `None`: it is Markdown.
    pub markdown: Option<String>,
    /// Formulas, annotations, code, and what is no words.
    pub scan: Scan,
    /// TeX definitions that stand outside of formulas.
    pub macros: String,
}

impl View {
    /// A text of which nothing is read.
    fn unread(source: Source, kind: ReadProblemKind, at: usize) -> View {
        let at = source.text.floor_char_boundary(at);
        let next = source.text.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        let problems = vec![ReadProblem { kind, span: Span::new(at, at + next) }];
        let blank = " ".repeat(source.text.len());
        View { markdown: Some(blank), source, scan: Scan { problems, ..Scan::default() }, macros: String::new() }
    }
}

/// A format of notes.
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// The extensions of its files, in lower case.
    pub extensions: &'static [&'static str],
    /// Reads it.
    pub(super) view: fn(Source) -> View,
}

/// The formats; the first one is that of files with any other extension.
pub const FORMATS: &[Format] = &[
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdx", "qmd", "rmd", "myst", "txt"],
        view: markdown::view,
    },
    Format { name: "Jupyter", extensions: &["ipynb"], view: notebook::view },
    Format { name: "reStructuredText", extensions: &["rst", "rest"], view: restructured::view },
    Format { name: "LaTeX", extensions: &["tex", "latex", "ltx"], view: latex::view },
];

/// The format of a file, by its extension.
pub fn format_of(path: &str) -> &'static Format {
    const FALL_BACK: &Format = &FORMATS[0];
    let name = path.rsplit(['/', '\\']).next().unwrap_or("");
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e).to_lowercase();
    FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str())).unwrap_or(FALL_BACK)
}
