//! The TeX tree: what was written, with spans and without meaning.

use crate::source::Span;

/// A node of the TeX tree. Spans are byte ranges of the formula's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tex {
    /// What the node is.
    pub kind: TexKind,
    /// Where it stands in the formula's text.
    pub span: Span,
}

/// What a node is. Plain parentheses, brackets, bars and braces `\{ \}` stay single symbols: whether they match is
/// a question of meaning (`[0, 1)`), not of TeX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TexKind {
    /// `{ … }`: a list of nodes.
    Group(Vec<Tex>),
    /// One character that stands for itself: a letter, an operator, punctuation, a bracket, any Unicode symbol.
    Char(char),
    /// A run of digits with at most one decimal point between digits: `12`, `0.5`, `.5` (as written).
    Number(String),
    /// A command without arguments: `\alpha`, `\log`, `\partial`, `\leq`, `\{`, `\|`; the name without backslash.
    Command(String),
    /// A command with arguments: `\frac{a}{b}`, `\sqrt[n]{x}`, `\mathbf{x}`, `\operatorname{softmax}`, `\hat p`.
    Call {
        /// Name without backslash; a star is kept (`operatorname*`).
        name: String,
        /// The bracketed optional argument.
        option: Option<Box<Tex>>,
        /// The arguments in order, each a `Group` or a single node.
        args: Vec<Tex>,
    },
    /// Verbatim words: `\text{…}`, `\textrm`, `\mbox`, …; inner `$…$` is kept as written.
    Text(String),
    /// A base with scripts. Without a base (`^2` at the start, `{}_n`) the base is an empty group.
    Script {
        /// What carries the scripts.
        base: Box<Tex>,
        /// `_…`
        sub: Option<Box<Tex>>,
        /// `^…` (primes are counted apart)
        sup: Option<Box<Tex>>,
        /// How many `'` follow the base.
        primes: usize,
    },
    /// `\left( … \right)`; delimiters as written (those of `\big` and its kin are plain symbols) (`(`, `.`, `\{`, `|`, `\|`, `\langle`).
    Fenced {
        /// The opening delimiter.
        open: String,
        /// The closing delimiter.
        close: String,
        /// `\middle` parts are `Command("middle|")` and so on.
        body: Vec<Tex>,
    },
    /// `\begin{name} … \end{name}`, rows at `\\`, cells at `&`.
    Env {
        /// Name with star.
        name: String,
        /// The column specification or other brace argument right after `\begin{name}`.
        option: Option<String>,
        /// Rows of cells of nodes.
        rows: Vec<Row>,
    },
    /// `\\` outside of any environment (rows without environment).
    Break,
    /// `&` outside of any environment.
    Align,
    /// Space commands: `\,`, `\quad`, `~`, `\ `; the name without backslash.
    Space(String),
    /// `\label{…}`, `\tag{…}`, a definition of a macro (`\newcommand…`) and the like: no mathematics.
    Label {
        /// `label`, `tag`, …; the name of the command without backslash.
        name: String,
        /// The text; of a definition all that follows the command.
        text: String,
    },
    /// What could not be read, with the reason as a message key (`tex-unbalanced`, `tex-depth`, …).
    Error(&'static str),
}

/// A row of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The cells; each a list of nodes.
    pub cells: Vec<Vec<Tex>>,
    /// The row's span, without the `\\` that ends it.
    pub span: Span,
}

impl Tex {
    /// A node.
    pub fn new(kind: TexKind, span: Span) -> Tex {
        Tex { kind, span }
    }

    /// The nodes of a group, or the node itself as a list of one.
    pub fn list(&self) -> &[Tex] {
        match &self.kind {
            TexKind::Group(list) => list,
            _ => std::slice::from_ref(self),
        }
    }

    /// The nodes right below, in the order of the fields (a script's superscript last, also where it was written first).
    pub fn children(&self) -> Vec<&Tex> {
        match &self.kind {
            TexKind::Group(list) | TexKind::Fenced { body: list, .. } => list.iter().collect(),
            TexKind::Call { option, args, .. } => option.iter().map(|o| &**o).chain(args).collect(),
            TexKind::Script { base, sub, sup, .. } => {
                [Some(base), sub.as_ref(), sup.as_ref()].into_iter().flatten().map(|part| &**part).collect()
            }
            TexKind::Env { rows, .. } => rows.iter().flat_map(|row| row.cells.iter().flatten()).collect(),
            _ => Vec::new(),
        }
    }
}
