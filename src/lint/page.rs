//! What lints look at: the trees of all formulas, and how often each letter is written.

use std::collections::BTreeMap;

pub(super) use super::tree::{DEPTH, base, char_of, command, count, each, has_words, is_blank, letter, letters, lists};

use super::restated::{Restated, restated};
use super::units::Units;
use crate::notation::line::{Line, lines};
use crate::notation::tex::{Tex, TexKind, parse_with, to_latex};
use crate::read::directive::DirectiveKind;
use crate::read::{Block, Document, Formula};

/// Longest formula that is looked at, in bytes: what is longer is a table.
const LONGEST: usize = 6_000;

/// Longest sentence in front of a formula, in bytes; of a longer one, its end.
const LEAD: usize = 1_000;

/// A formula with its tree.
pub(super) struct Sheet<'a> {
    pub(super) formula: &'a Formula,
    pub(super) nodes: Vec<Tex>,
    pub(super) lines: Vec<Line>,
    /// The sentence that leads to it, as far as it is words.
    pub(super) lead: String,
}

/// A document's formulas.
pub(super) struct Page<'a> {
    pub(super) sheets: Vec<Sheet<'a>>,
    /// How often each letter is written in formulas.
    pub(super) letters: BTreeMap<String, usize>,
    /// All scripted letters as written: `x_{t + 1}`.
    pub(super) scripted: BTreeMap<String, usize>,
    /// What stands by itself in the notes.
    pub(super) units: Units,
    /// The long equations of displays.
    pub(super) restated: Restated,
}

impl<'a> Page<'a> {
    pub(super) fn new(document: &'a Document) -> Page<'a> {
        let mut on = true;
        let mut sheets = vec![];
        let mut lead = String::new();
        for block in &document.blocks {
            match block {
                Block::Prose(prose) => lead = sentence(&lead, prose.text.as_str()),
                Block::Heading { .. } => lead.clear(),
                _ => {}
            }
            match block {
                Block::Directive(d) => {
                    for instruction in d.parse().0 {
                        match instruction.kind {
                            DirectiveKind::Off { .. } => on = false,
                            DirectiveKind::On => on = true,
                            _ => {}
                        }
                    }
                }
                Block::Formula(formula) if on && formula.extract.text.len() <= LONGEST => {
                    let nodes = parse_with(&formula.extract.text, &document.macros);
                    let lines = lines(&nodes);
                    sheets.push(Sheet { formula, nodes, lines, lead: lead.clone() });
                    if formula.display {
                        lead.clear();
                    }
                }
                _ => {}
            }
        }
        let (mut letters, mut scripted) = (BTreeMap::new(), BTreeMap::new());
        for sheet in &sheets {
            each(&sheet.nodes, &mut |n| {
                if let Some(l) = letter(n) {
                    *letters.entry(l).or_insert(0) += 1;
                }
                if matches!(n.kind, TexKind::Script { .. }) {
                    *scripted.entry(to_latex(std::slice::from_ref(n))).or_insert(0) += 1;
                }
            });
        }
        let units = Units::new(sheets.iter().map(|s| (s.nodes.as_slice(), s.lines.as_slice())));
        let restated = restated(sheets.iter());
        Page { sheets, letters, scripted, units, restated }
    }
}

/// The words since the last end of a sentence.
fn sentence(before: &str, words: &str) -> String {
    let mut whole = format!("{before} {words}");
    if whole.len() > LEAD {
        let from = (whole.len() - LEAD..).find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        whole.drain(..from);
    }
    let end = [". ", ".\n", "\n\n", "? ", "! "].iter().filter_map(|e| whole.rfind(e).map(|at| at + e.len())).max();
    end.and_then(|at| whole.get(at..)).unwrap_or(&whole).to_owned()
}
