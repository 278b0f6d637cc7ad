//! What reading a text yields: a flat stream of headings, prose, formulas, directives and code, in document order.

use crate::notation::tex::Macros;
use crate::source::{Extract, Source, Span};

/// How many blocks `before` and `after` look at most; keeps a query about one formula bounded in a file of any size.
const NEIGHBOUR_BLOCKS: usize = 64;

/// The longest line, in characters, that can be a title.
const TITLE_CHARS: usize = 60;

/// A text as read. Reading cannot fail: what is not understood stays prose, what is torn is a [`ReadProblem`].
#[derive(Clone, Debug)]
pub struct Document {
    /// The text itself; every span below points into it.
    pub source: Source,
    /// What matters for meaning, in document order. A formula inside a heading follows the heading.
    pub blocks: Vec<Block>,
    /// The sections; number 0 is the whole document, the others start at headings.
    pub sections: Vec<Section>,
    /// What looked torn or misplaced, in document order.
    pub problems: Vec<ReadProblem>,
    /// The author's own commands.
    pub macros: Macros,
    /// The text as Markdown, where the text itself is none.
    pub markdown: Option<Markdown>,
    /// The front matter, fences included: words about the notes, and none of theirs.
    pub front: Option<Span>,
}

/// A text as Markdown that has each word at the byte where the text has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Markdown {
    /// As many bytes as the text.
    pub text: String,
    /// What is no words and no formulas, to be left out; in order, disjoint.
    pub hidden: Vec<Span>,
}

/// One element of the stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A Markdown heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text without markup; formulas stand in it as they are written, with delimiters.
        text: String,
        /// The whole heading in the source.
        span: Span,
        /// The section that it opens.
        section: usize,
    },
    /// Words between formulas.
    Prose(Prose),
    /// A formula, inline or display.
    Formula(Formula),
    /// An annotation for this program.
    Directive(Directive),
    /// A code block, fenced or indented.
    Code {
        /// The whole block with its fences.
        span: Span,
        /// The first word after the opening fence, without braces; empty if there is none.
        language: String,
    },
}

impl Block {
    /// Where the block stands in the source.
    pub fn span(&self) -> Span {
        match self {
            Block::Heading { span, .. } | Block::Code { span, .. } => *span,
            Block::Prose(p) => p.span,
            Block::Formula(f) => f.span,
            Block::Directive(d) => d.span,
        }
    }

    fn ends_a_context(&self) -> bool {
        matches!(self, Block::Heading { .. }) || matches!(self, Block::Formula(f) if f.display)
    }
}

/// In what kind of place a formula or a run of words stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Place {
    /// A paragraph of the running text (or of a block quote).
    #[default]
    Paragraph,
    /// A list item.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// A heading.
    Heading,
    /// Raw HTML; only formulas are read there.
    Html,
}

/// A run of words between formulas, markup removed, entities decoded, line ends kept as `\n`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Prose {
    /// The words. White space at the ends is kept, for a formula may touch the word next to it.
    pub text: String,
    /// Runs `(offset in text, offset in source)` as in [`Extract::runs`].
    pub runs: Vec<(usize, usize)>,
    /// From the first to the last character, markup between them included.
    pub span: Span,
    /// The number of its paragraph (list item, cell) in the document.
    pub paragraph: usize,
    /// Its section.
    pub section: usize,
    /// Where it stands.
    pub place: Place,
    /// Whether it is the only thing in its paragraph, on a single line (a numbered list of one item counts).
    pub alone: bool,
}

impl Prose {
    /// Whether this looks like a title that was not marked as a heading: a short lone line without a sentence's end.
    pub fn is_title_like(&self) -> bool {
        const SENTENCE_END: [char; 12] = ['.', '?', '!', ':', ',', ';', '。', '，', '：', '；', '？', '！'];
        const KOREAN_END: [char; 6] = ['다', '요', '함', '음', '됨', '임'];
        /// What comes next goes on with the sentence: particles, endings and adverbs that no title ends in.
        const KOREAN_OPEN: [&str; 14] = [
            "는",
            "를",
            "하면",
            "되면",
            "이면",
            "이고",
            "이며",
            "므로",
            "지로",
            "그리고",
            "따라서",
            "그러면",
            "여기서",
            "또한",
        ];
        const BULLET: [char; 8] = ['•', '→', '-', '*', '·', '–', '▼', '|'];
        let line = self.text.trim();
        self.alone
            && !line.contains('\n')
            && line.chars().count() <= TITLE_CHARS
            && line.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
            && !line.starts_with(BULLET)
            && !line.ends_with(SENTENCE_END)
            && !line.ends_with(KOREAN_END)
            && !KOREAN_OPEN.iter().any(|word| line.ends_with(word))
    }

    /// The words with their map back to the source.
    pub fn extract(&self) -> Extract {
        Extract { text: self.text.clone(), runs: self.runs.clone() }
    }
}

/// How a formula was marked in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// `$…$`
    Dollar,
    /// `$$…$$`
    DoubleDollar,
    /// `\(…\)`, also `\\(…\\)`
    Parenthesis,
    /// `\[…\]`, also `\\[…\\]`
    Bracket,
    /// A bare `\begin{align}…\end{align}` (or another mathematical environment); the extract holds all of it.
    Environment,
    /// A fenced block ```` ```math ````.
    MathFence,
    /// A MyST directive ```` ```{math} ```` or `:::{math}`.
    MystFence,
    /// GitHub's `` $`…`$ ``.
    DollarBacktick,
    /// A tag of Liquid: `{% math %}…{% endmath %}`.
    Liquid,
    /// The MyST role `` {math}`…` ``.
    MystRole,
    /// A directive `.. math::` of reStructuredText, or a part of one between blank lines.
    RstDirective,
    /// The role `` :math:`…` `` of reStructuredText.
    RstRole,
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The TeX without delimiters, trimmed, with the prefixes of quotes and lists removed. Each byte equals the byte of
    /// the source that it maps to, except that `&lt;`, `&gt;` and `&amp;` are decoded (to the place of their `&`); in
    /// table cells `\|` is `|`.
    pub extract: Extract,
    /// The formula with its delimiters.
    pub span: Span,
    /// Whether it is a display. `$$…$$` is one wherever it stands.
    pub display: bool,
    /// How it was marked.
    pub carrier: Carrier,
    /// The number of its paragraph in the document.
    pub paragraph: usize,
    /// Its section.
    pub section: usize,
    /// A name given by the notes: `{#eq-x}`, MyST `(x)=` above or `(x)` after, `:label:`, or its only `\label{x}`.
    pub label: Option<String>,
    /// The environment's name, if the carrier is a bare environment.
    pub env: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// An HTML comment `<!-- rederive … -->` on its own line; see [`super::directive`] for what it can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Directive {
    /// What follows the word `rederive`, trimmed.
    pub text: String,
    /// Runs `(offset in text, offset in source)` as in [`Extract::runs`].
    pub runs: Vec<(usize, usize)>,
    /// The whole comment.
    pub span: Span,
    /// The line, from 1, on which it begins.
    pub line: usize,
    /// Its section.
    pub section: usize,
}

/// A part of the document under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading's text; empty for the document as a whole.
    pub title: String,
    /// 1 to 6; 0 for the document as a whole.
    pub level: u8,
    /// The section that it belongs to; none only for the document as a whole.
    pub parent: Option<usize>,
    /// From the heading to the next heading of the same or a higher rank.
    pub span: Span,
    /// A name given by the notes: `{#sec-x}` or MyST `(x)=`.
    pub label: Option<String>,
}

/// What can be wrong with a text while everything else of it is still read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadProblemKind {
    /// A display that is opened and not closed; the opening is ignored.
    UnclosedMath,
    /// `<!--` without `-->`; the opening is ignored.
    UnclosedComment,
    /// A code fence that runs to the end of the file, so all after it is code.
    UnclosedFence,
    /// A `rederive` comment that shares its line with other text; it is ignored.
    MisplacedDirective,
    /// A comment whose first word is nearly `rederive`; it is ignored.
    MisspeltDirective,
    /// The text is longer than [`super::MAX_INPUT`]; nothing of it is read.
    InputTooLarge,
    /// A notebook that is no JSON or has other fields; nothing of it is read.
    BrokenNotebook,
}

impl ReadProblemKind {
    /// The stable name, as diagnostics show it.
    pub fn code(self) -> &'static str {
        match self {
            ReadProblemKind::UnclosedMath => "unclosed-math",
            ReadProblemKind::UnclosedComment => "unclosed-comment",
            ReadProblemKind::UnclosedFence => "unclosed-fence",
            ReadProblemKind::MisplacedDirective => "misplaced-directive",
            ReadProblemKind::MisspeltDirective => "misspelt-directive",
            ReadProblemKind::InputTooLarge => "input-too-large",
            ReadProblemKind::BrokenNotebook => "broken-notebook",
        }
    }
}

/// Something torn or misplaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadProblem {
    /// What it is.
    pub kind: ReadProblemKind,
    /// The offending delimiter or comment.
    pub span: Span,
}

impl Document {
    /// The formulas with their positions in `blocks`, in document order.
    pub fn formulas(&self) -> impl Iterator<Item = (usize, &Formula)> {
        self.blocks.iter().enumerate().filter_map(|(i, b)| match b {
            Block::Formula(f) => Some((i, f)),
            _ => None,
        })
    }

    /// The words just before block `i`, in document order, back to the nearest display or heading; for an inline
    /// formula only those of its own paragraph. Empty if `i` is out of range.
    pub fn before(&self, i: usize) -> Vec<&Prose> {
        let mut prose = self.words(i, self.blocks.get(..i).unwrap_or(&[]).iter().rev());
        prose.reverse();
        prose
    }

    /// The words just after block `i`, up to the nearest display or heading; for an inline formula only those of its
    /// own paragraph. Empty if `i` is out of range.
    pub fn after(&self, i: usize) -> Vec<&Prose> {
        self.words(i, self.blocks.get(i + 1..).unwrap_or(&[]).iter())
    }

    fn words<'a>(&self, i: usize, blocks: impl Iterator<Item = &'a Block>) -> Vec<&'a Prose> {
        let own = match self.blocks.get(i) {
            Some(Block::Formula(f)) if !f.display => Some(f.paragraph),
            Some(_) => None,
            None => return Vec::new(),
        };
        blocks
            .take(NEIGHBOUR_BLOCKS)
            .take_while(|b| !b.ends_a_context())
            .filter_map(|b| match b {
                Block::Prose(p) if own.is_none_or(|own| own == p.paragraph) => Some(p),
                _ => None,
            })
            .collect()
    }

    /// Where the paragraph of block `i` begins in `blocks`. Blocks of one paragraph stand together; what belongs to none
    /// may stand among them.
    pub fn paragraph_start(&self, i: usize) -> usize {
        let number = |i: usize| match self.blocks.get(i) {
            Some(Block::Prose(p)) => Some(p.paragraph),
            Some(Block::Formula(f)) => Some(f.paragraph),
            _ => None,
        };
        let own = number(i);
        let together = (0..i).rev().take_while(|b| number(*b).is_none_or(|n| Some(n) == own));
        together.filter(|b| number(*b).is_some()).last().unwrap_or(i)
    }

    /// The section `section` and all that hold it, innermost first.
    pub fn sections_of(&self, section: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut at = Some(section);
        while let Some(s) = at.filter(|&s| s < self.sections.len() && chain.len() <= 7) {
            chain.push(s);
            at = self.sections.get(s).and_then(|s| s.parent);
        }
        chain
    }
}
