//! Annotations of a document: what they let, expect and name.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Severity};
use crate::elaborate::convention::{self, Declared};
use crate::elaborate::raw::{RawLine, annotation};
use crate::message::Message;
use crate::notation::Names;
use crate::notation::line::{Line, lines};
use crate::notation::tex::{self, Macros};
use crate::read::directive::{DirectiveKind, Expectation, LetItem, NextKind};
use crate::read::{Block, Document};
use crate::source::Span;

/// A word of an annotation that is none.
pub static MISSPELT: Code = Code {
    name: "misspelt-directive",
    what: "an annotation holds a word that is not one of its words",
    why: "an annotation that is not understood would silently do nothing",
    example: "<!-- rederive let: y one-hat -->",
};

/// An annotation without effect.
pub static UNUSED: Code = Code {
    name: "unused-directive",
    what: "an annotation has nothing to act on",
    why: "it is probably in the wrong place",
    example: "<!-- rederive next: id a -->",
};

/// What annotations say about one formula.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attached {
    pub(crate) id: Option<String>,
    pub(crate) checkers: Vec<String>,
    /// Expectation, relation it is about, line of the annotation.
    pub(crate) expect: Vec<(Expectation, usize)>,
    pub(crate) definition: bool,
    pub(crate) claim: bool,
}

/// All annotations of a document.
#[derive(Default)]
pub(crate) struct Directives {
    /// By formula block.
    pub(crate) attached: BTreeMap<usize, Attached>,
    /// Lines to be added to the document's lines, with the section they hold in.
    pub(crate) lines: Vec<RawLine>,
    /// Blocks that are switched off.
    pub(crate) off: Vec<usize>,
    /// Where `0 log 0 = 0` is declared.
    pub(crate) zero_log_zero: Vec<Declared>,
    pub(crate) findings: Vec<Diagnostic>,
    /// Expected findings: code and formula block.
    pub(crate) expected_findings: Vec<(String, usize)>,
}

/// The mathematics of all annotations, cut into lines: names are used there as they are in the notes.
pub(crate) fn formulas(document: &Document) -> Vec<Vec<Line>> {
    let directives = document.blocks.iter().filter_map(|b| if let Block::Directive(d) = b { Some(d) } else { None });
    let items = directives.flat_map(|d| d.parse().0).flat_map(|instruction| match instruction.kind {
        DirectiveKind::Let(items) => items,
        DirectiveKind::Next(clauses) => clauses
            .into_iter()
            .flat_map(|c| if let NextKind::Assume(items) = c.kind { items } else { vec![] })
            .collect(),
        _ => vec![],
    });
    items.map(|item| lines(&tex::parse_with(&item.math.text, &document.macros))).collect()
}

/// Collects the annotations.
pub(crate) fn directives(document: &Document, names: &Names) -> Directives {
    let names = (names, &document.macros);
    let mut out = Directives::default();
    let mut off = false;
    for (at, block) in document.blocks.iter().enumerate() {
        let Block::Directive(directive) = block else {
            if off && matches!(block, Block::Formula(_)) {
                out.off.push(at);
            }
            continue;
        };
        let (instructions, problems) = directive.parse();
        for p in problems {
            let mut message = Message::new("finding-misspelt").with("word", &p.word);
            if let Some(s) = p.suggestion {
                message = Message::new("finding-misspelt-suggest").with("word", &p.word).with("suggestion", s);
            }
            out.findings.push(Diagnostic::new(&MISSPELT, Severity::Error, p.span, message));
        }
        for instruction in instructions {
            match instruction.kind {
                DirectiveKind::Let(items) => {
                    for item in items {
                        out.item(&item, names, at, false);
                    }
                }
                DirectiveKind::Next(clauses) => {
                    let target = following(document, at);
                    let Some(target) = target else {
                        out.unused(instruction.span);
                        continue;
                    };
                    for clause in clauses {
                        out.clause(clause.kind, target, directive.line, names);
                    }
                }
                DirectiveKind::Expect(list) => match preceding(document, at) {
                    Some(target) => out.expect(list, target, directive.line),
                    None => out.unused(instruction.span),
                },
                DirectiveKind::Id(id) => match following(document, at) {
                    Some(target) => out.attached.entry(target).or_default().id = Some(id),
                    None => out.unused(instruction.span),
                },
                DirectiveKind::Off { .. } => off = true,
                DirectiveKind::On => off = false,
                DirectiveKind::File(_) | DirectiveKind::Unknown { .. } => {}
            }
        }
    }
    out
}

impl Directives {
    fn unused(&mut self, span: Span) {
        self.findings.push(Diagnostic::new(&UNUSED, Severity::Warning, span, Message::new("finding-unused-directive")));
    }

    fn expect(&mut self, list: Vec<Expectation>, target: usize, line: usize) {
        for e in list {
            match e {
                Expectation::Finding(code) => self.expected_findings.push((code, target)),
                e => self.attached.entry(target).or_default().expect.push((e, line)),
            }
        }
    }

    fn item(&mut self, item: &LetItem, names: (&Names, &Macros), block: usize, next: bool) {
        if convention::declares(&item.math.text) {
            self.zero_log_zero.push(Declared { block, alone: next });
            return;
        }
        self.lines.extend(annotation(&item.math, item.adjective, names, block, next));
    }

    fn clause(&mut self, kind: NextKind, target: usize, line: usize, names: (&Names, &Macros)) {
        let attached = self.attached.entry(target).or_default();
        match kind {
            NextKind::Id(id) => attached.id = Some(id),
            NextKind::Checker(name) => attached.checkers.push(name),
            NextKind::Definition => attached.definition = true,
            NextKind::Claim => attached.claim = true,
            NextKind::Expect(list) => self.expect(list, target, line),
            NextKind::Assume(items) => {
                for item in items {
                    self.item(&item, names, target, true);
                }
            }
        }
    }
}

/// The next display, or the next inline formula if one comes first on the following line.
fn following(document: &Document, at: usize) -> Option<usize> {
    let directive = document.blocks.get(at)?;
    let line = document.source.row(directive.span().end.saturating_sub(1));
    let mut formulas = document.blocks.iter().enumerate().skip(at + 1).filter_map(|(i, b)| match b {
        Block::Formula(f) => Some((i, f)),
        _ => None,
    });
    let first = formulas.next()?;
    if first.1.display || document.source.row(first.1.span.start) <= line + 1 {
        return Some(first.0);
    }
    formulas.find(|(_, f)| f.display).map(|(i, _)| i)
}

/// The formula right before an annotation that stands under it.
fn preceding(document: &Document, at: usize) -> Option<usize> {
    document.blocks.get(..at)?.iter().rposition(|b| matches!(b, Block::Formula(_)))
}
