//! Fences: code, mathematics, and MyST directives whose content is Markdown; and the front matter.

use crate::source::Span;

use super::lines::{Fence, Lines};

/// What a fence with this info string opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    /// Code in this language.
    Code(String),
    /// GitHub's `math`.
    Math,
    /// MyST's `{math}`.
    MystMath,
    /// A directive whose content is Markdown.
    Markdown,
}

/// MyST and Quarto directives whose content is running text.
const MARKDOWN_DIRECTIVES: [&str; 32] = [
    "admonition",
    "attention",
    "axiom",
    "card",
    "caution",
    "conjecture",
    "corollary",
    "danger",
    "definition",
    "dropdown",
    "epigraph",
    "error",
    "example",
    "exercise",
    "exercise-start",
    "hint",
    "important",
    "lemma",
    "margin",
    "note",
    "proof",
    "proposition",
    "remark",
    "seealso",
    "sidebar",
    "solution",
    "solution-start",
    "tab-item",
    "tab-set",
    "theorem",
    "tip",
    "topic",
];

/// Reads the info string behind a fence of `mark`s.
pub(super) fn opens(mark: u8, info: &str) -> Opens {
    let info = info.trim();
    let braced = info.strip_prefix('{').and_then(|i| i.split_once('}')).map(|(name, _)| name.trim());
    let word = braced.unwrap_or_else(|| info.split([' ', '\t', ',', '{']).next().unwrap_or(""));
    let bare = word.strip_prefix("prf:").unwrap_or(word);
    match (braced, word) {
        (Some(_), "math") => Opens::MystMath,
        (None, "math") if mark != b':' => Opens::Math,
        (Some(_), _) if word.starts_with("prf:") || bare == "warning" || MARKDOWN_DIRECTIVES.contains(&bare) => {
            Opens::Markdown
        }
        _ if mark == b':' => Opens::Markdown,
        _ => Opens::Code(word.trim_start_matches('.').to_owned()),
    }
}

/// Where a fenced block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Close {
    /// The end of the content: the start of the line that closes it.
    pub content: usize,
    /// The end of the block, behind the closing fence.
    pub end: usize,
    /// Whether there is a closing fence or the quote ends; else the file ends.
    pub closed: bool,
}

/// Finds the end of the fenced block that line `open` opens.
pub(super) fn close(text: &str, lines: &Lines, open: usize, fence: Fence) -> Close {
    let quotes = lines.get(open).map_or(0, |l| l.quotes);
    let mut before = lines.get(open).map_or(0, |l| l.end as usize);
    for (_, line) in lines.from(open + 1) {
        if line.quotes < quotes {
            return Close { content: before, end: before, closed: true };
        }
        before = line.end as usize;
        let Some(f) = line.fence.filter(|f| f.mark == fence.mark && f.length >= fence.length) else { continue };
        let rest = text.get(line.content as usize + f.length as usize..line.end as usize).unwrap_or("");
        if line.marker.is_none() && rest.trim().is_empty() {
            return Close { content: line.start as usize, end: line.end as usize, closed: true };
        }
    }
    Close { content: text.len(), end: text.len(), closed: false }
}

/// How many lines a front matter may have.
const FRONT_MATTER_LINES: usize = 1000;

/// The front matter (`---` YAML or `+++` TOML) that begins at byte `start`, fences included.
pub(super) fn front_matter(text: &str, lines: &Lines, start: usize) -> Option<Span> {
    let line = |i: usize| lines.get(i).and_then(|l| text.get((l.start as usize).max(start)..l.end as usize));
    let mark = line(0).map(str::trim_end).filter(|l| matches!(*l, "---" | "+++"))?;
    let first = line(1)?.trim();
    if !(first == mark || first.contains([':', '=']) || first.starts_with(['#', '-'])) {
        return None;
    }
    (1..lines.len().min(FRONT_MATTER_LINES))
        .find(|&i| line(i).is_some_and(|l| l.trim_end() == mark || (mark == "---" && l.trim_end() == "...")))
        .and_then(|i| lines.get(i))
        .map(|l| Span::new(start, l.end as usize))
}
