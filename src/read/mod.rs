//! From text to a [`Document`]: finds the formulas, the words between them, the headings and the annotations.
//!
//! Reading cannot fail. It takes two passes. The first (`scan`) finds mathematics, code and comments in the raw text,
//! for Markdown alone would tear a display that holds a blank line or a row that begins with `+`. The second
//! (`markdown`) gives the text to a CommonMark parser with each formula replaced by an inert word of as many bytes, so
//! that every offset stays true. Both are linear in the text.

use std::collections::BTreeMap;

use crate::notation::tex::Macros;
use crate::source::{Source, Span};

mod admonition;
mod comment;
mod delimiter;
pub mod directive;
mod document;
mod extract;
mod fence;
mod find;
mod format;
mod item;
mod label;
mod likeness;
mod lines;
mod liquid;
mod list;
mod markdown;
mod region;
mod scan;
pub mod suggest;

#[cfg(test)]
mod tests;

use region::RegionKind;

pub use document::{
    Block, Carrier, Directive, Document, Formula, Markdown, Place, Prose, ReadProblem, ReadProblemKind, Section,
};
pub use format::{FORMATS, Format, encoded, format_of};

/// The words that a definition of a command begins with.
const DEFINERS: [&str; 6] =
    ["\\newcommand", "\\renewcommand", "\\providecommand", "\\def\\", "\\gdef", "\\DeclareMathOperator"];

/// The longest text that is read, in bytes (8 MiB; a long book's Markdown is below 4).
pub const MAX_INPUT: usize = 8 << 20;

/// Reads a text in the format that its path's extension says; plain text is read as Markdown.
pub fn read(source: Source) -> Document {
    if source.text.len() > MAX_INPUT {
        let span = Span::new(0, 0);
        let problems = vec![ReadProblem { kind: ReadProblemKind::InputTooLarge, span }];
        let sections = vec![whole(&source)];
        return Document {
            source,
            blocks: vec![],
            sections,
            problems,
            macros: Macros::new(),
            markdown: None,
            front: None,
        };
    }
    let view = (format_of(&source.path).view)(source);
    let (mut source, mut found) = (view.source, view.scan);
    let base = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    found.regions.sort_by_key(|r| r.span);
    let masked = region::mask(view.markdown.as_deref().unwrap_or(&source.text), &found.regions);
    let masked = admonition::quoted(masked);
    let rendered = markdown::render(&source.text, &masked, base, &found.regions);
    let mut blocks = rendered.blocks;
    blocks.extend(found.code.into_iter().map(|(span, language)| Block::Code { span, language }));
    blocks.extend(found.directives.into_iter().map(Block::Directive));
    // A heading comes before the formulas in it, for it begins earlier.
    blocks.sort_by_key(|b| (b.span().start, !matches!(b, Block::Heading { .. })));
    part(&mut blocks);
    for block in &mut blocks {
        if let Block::Heading { level, span, .. } = block {
            *level = found.levels.get(&span.start).copied().unwrap_or(*level);
        }
    }
    let mut labels: BTreeMap<usize, String> = rendered.labels.into_iter().collect();
    labels.extend(found.targets.into_iter().map(|(name, at)| (at, name)));
    let sections = divide(&source, &mut blocks, &labels);
    let mut problems = found.problems;
    problems.sort_by_key(|p| (p.span, p.kind));
    let macros = macros(&source, &view.macros, &blocks);
    source.macros = macros.definitions();
    let hidden = || found.regions.iter().filter(|r| r.kind == RegionKind::Hidden).map(|r| r.span).collect();
    let blank = |text: String| {
        let all: Vec<_> = found.regions.iter().filter(|r| r.kind == RegionKind::Blank).cloned().collect();
        region::mask(&text, &all)
    };
    let markdown = view.markdown.map(|text| Markdown { text: blank(text), hidden: hidden() });
    Document { source, blocks, sections, problems, macros, markdown, front: found.front }
}

/// The author's own commands: those that hold from the beginning, then those of the document in its order. They hold
/// in the whole document, as MathJax has it.
fn macros(source: &Source, outside: &str, blocks: &[Block]) -> Macros {
    let mut macros = Macros::read(&source.macros);
    macros.extend(Macros::read(outside));
    let defines = |text: &str| DEFINERS.iter().any(|d| text.contains(d));
    for block in blocks {
        match block {
            Block::Formula(f) if defines(&f.extract.text) => macros.extend(Macros::read(&f.extract.text)),
            Block::Prose(p) if defines(&p.text) => macros.extend(Macros::read(source.slice(p.span))),
            _ => {}
        }
    }
    macros
}

/// Lets each block end before the next begins: indented code goes on over a blank stretch that was a directive. The
/// formulas of a heading lie inside it.
fn part(blocks: &mut [Block]) {
    let starts: Vec<usize> = blocks.iter().skip(1).map(|b| b.span().start).collect();
    for (block, next) in blocks.iter_mut().zip(starts) {
        if let Block::Code { span, .. } = block {
            span.end = span.end.min(next).max(span.start);
        }
    }
}

fn whole(source: &Source) -> Section {
    let span = Span::new(0, source.text.len());
    Section { title: String::new(), level: 0, parent: None, span, label: None }
}

/// Divides the document at its headings and tells each block its section.
fn divide(source: &Source, blocks: &mut [Block], labels: &BTreeMap<usize, String>) -> Vec<Section> {
    let mut sections = vec![whole(source)];
    // The open sections, ranks growing: at most seven.
    let mut open = vec![0_usize];
    for block in blocks {
        let now = open.last().copied().unwrap_or(0);
        match block {
            Block::Heading { level, text, span, section } => {
                while let Some(&top) = open.last().filter(|_| open.len() > 1)
                    && sections.get(top).is_some_and(|s| s.level >= *level)
                {
                    if let Some(s) = sections.get_mut(top) {
                        s.span.end = span.start;
                    }
                    open.pop();
                }
                let label = labels.range(span.range()).next().map(|l| l.1.clone());
                *section = sections.len();
                sections.push(Section {
                    title: text.clone(),
                    level: *level,
                    parent: open.last().copied(),
                    span: Span::new(span.start, source.text.len()),
                    label,
                });
                open.push(*section);
            }
            Block::Prose(p) => p.section = now,
            Block::Formula(f) => f.section = now,
            Block::Directive(d) => d.section = now,
            Block::Code { .. } => {}
        }
    }
    sections
}
