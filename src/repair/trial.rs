//! Notes in which one statement has another text.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::claim::{Claim, Kind, Statement};
use crate::elaborate::{Reading, Setting, elaborate, elaborate_around};
use crate::read::{Block, Document, Prose, read};
use crate::source::Source;

/// A statement in its notes, whose text may be exchanged.
pub(super) struct Trial<'a> {
    source: &'a Source,
    statements: &'a [Statement],
    wrong: &'a Statement,
    /// Its place among the statements of its formula.
    place: usize,
    /// Where most texts can be read by themselves.
    setting: Option<Setting>,
    /// The blocks that say what the statement and its derivation mean: enough for a first look at the others.
    kept: OnceCell<Option<Kept>>,
}

/// What is left of notes for a first look.
struct Kept {
    /// The formulas.
    formulas: BTreeSet<usize>,
    /// The words and annotations; all, if it is not said.
    others: Option<BTreeSet<usize>>,
}

/// A statement as it reads with another text, and its derivation.
pub(super) struct Tried {
    pub(super) statement: Statement,
    pub(super) members: Vec<Statement>,
}

impl<'a> Trial<'a> {
    /// A trial of `statements[at]`.
    pub(super) fn new(source: &'a Source, statements: &'a [Statement], at: usize) -> Option<Trial<'a>> {
        let wrong = statements.get(at)?;
        let place = statements.get(..at)?.iter().filter(|s| s.block == wrong.block).count();
        let setting = elaborate_around(&read(source.clone()), Some((wrong.block, place))).1;
        Some(Trial { source, statements, wrong, place, setting, kept: OnceCell::new() })
    }

    /// What the statement says with this text, if the text changes nothing but it.
    pub(super) fn glance(&mut self, latex: &str) -> Reading {
        self.setting.as_mut().map_or(Reading::Unsure, |s| s.reading(latex))
    }

    /// The smallest part of the notes in which the derivation is what it is; `None` if it takes all.
    fn least(&self) -> Option<Kept> {
        let document = read(self.source.clone());
        let chain = self.wrong.link.chain;
        let members: Vec<&Statement> = self.statements.iter().filter(|s| s.link.chain == chain).collect();
        let read_at_all = members.iter().all(|s| s.claim.is_some());
        for (all, narrow) in [(false, true), (false, false), (true, false)] {
            let (formulas, lines) = spoken_of(&document, self.statements, &members, all || !read_at_all);
            let others = narrow.then(|| around(&document, &formulas, &lines));
            let kept = Kept { formulas, others };
            let tried = self.tried(&self.reduced(&self.wrong.latex, Some(&kept)));
            if tried.is_some_and(|t| same_claims(&t.members, &members, narrow)) {
                return Some(kept);
            }
        }
        None
    }

    /// The statement with this text, as far as the formulas that concern it tell.
    pub(super) fn first_look(&self, latex: &str) -> Option<Tried> {
        let kept = self.kept.get_or_init(|| self.least());
        self.tried(&self.reduced(latex, kept.as_ref()))
    }

    /// The notes with this text, all blank but what is kept.
    fn reduced(&self, latex: &str, kept: Option<&Kept>) -> Document {
        let mut document = read(self.spliced(latex));
        if let Some(kept) = kept {
            for (at, block) in document.blocks.iter_mut().enumerate() {
                let spoken = kept.others.as_ref().is_none_or(|others| others.contains(&at));
                match block {
                    Block::Formula(f) if !kept.formulas.contains(&at) => {
                        f.extract.text.clear();
                        f.extract.runs.clear();
                    }
                    Block::Prose(_) | Block::Directive(_) if !spoken => {
                        *block = Block::Prose(Prose { span: block.span(), ..Prose::default() });
                    }
                    _ => {}
                }
            }
        }
        document
    }

    /// The statement with this text in its notes.
    pub(super) fn closer_look(&self, latex: &str) -> Option<Tried> {
        self.tried(&read(self.spliced(latex)))
    }

    fn tried(&self, document: &Document) -> Option<Tried> {
        let statements = elaborate(document).statements;
        let statement = statements.iter().filter(|s| s.block == self.wrong.block).nth(self.place)?.clone();
        let members = statements.into_iter().filter(|s| s.link.chain == statement.link.chain).collect();
        Some(Tried { statement, members })
    }

    fn spliced(&self, latex: &str) -> Source {
        self.source.replaced(self.wrong.span, latex)
    }
}

/// Blocks before and behind a formula whose words may concern it.
const BESIDE: usize = 6;

/// The formulas of a derivation and those where its claims' givens and definitions stand; with `all`, also every other
/// one that defines or assumes something, and all of the same section.
fn spoken_of(
    document: &Document,
    statements: &[Statement],
    members: &[&Statement],
    all: bool,
) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let claims: Vec<&Claim> = members.iter().filter_map(|s| s.claim.as_ref()).collect();
    let givens = claims.iter().flat_map(|c| &c.givens).filter_map(|g| g.line);
    let lines: BTreeSet<usize> =
        claims.iter().flat_map(|c| &c.definitions).filter_map(|d| d.line).chain(givens).collect();
    let mut kept: BTreeSet<usize> = members.iter().map(|s| s.block).collect();
    for s in statements {
        let (first, last) = document.source.lines(s.span);
        let introduces = matches!(s.kind, Kind::Definition | Kind::Given);
        let section = |block: usize| match document.blocks.get(block) {
            Some(Block::Formula(f)) => Some(f.section),
            _ => None,
        };
        let beside = members.iter().any(|m| section(m.block) == section(s.block));
        if lines.range(first..=last).next().is_some() || all && (introduces || beside) {
            kept.insert(s.block);
        }
    }
    (kept, lines)
}

/// The words and annotations beside formulas, those on one of the lines, and settings of the file.
fn around(document: &Document, formulas: &BTreeSet<usize>, lines: &BTreeSet<usize>) -> BTreeSet<usize> {
    let is_kept = |at: usize, block: &Block| {
        let beside = formulas.range(at.saturating_sub(BESIDE)..=at + BESIDE).next().is_some();
        let (first, last) = document.source.lines(block.span());
        let setting = || matches!(block, Block::Directive(_)) && document.source.slice(block.span()).contains("file");
        beside || lines.range(first..=last).next().is_some() || setting()
    };
    document.blocks.iter().enumerate().filter(|(at, b)| is_kept(*at, b)).map(|(at, _)| at).collect()
}

/// Whether a derivation is what it was; where words are left out (`narrow`), also in the shapes of its symbols.
fn same_claims(now: &[Statement], before: &[&Statement], narrow: bool) -> bool {
    // A name may be another version of itself.
    let facts = |c: &Claim| c.givens.iter().filter_map(|g| Some(g.fact.as_ref()?.to_string())).collect::<BTreeSet<_>>();
    let sorts = |c: &Claim| c.unfolded.symbols().into_iter().map(|s| (s.name, s.sort)).collect::<Vec<_>>();
    let same = |a: &Statement, b: &Statement| match (&a.claim, &b.claim) {
        (Some(a), Some(b)) => {
            a.unfolded.to_string() == b.unfolded.to_string()
                && facts(a) == facts(b)
                && (!narrow || sorts(a) == sorts(b))
        }
        (a, b) => a.is_none() && b.is_none(),
    };
    now.len() == before.len() && now.iter().zip(before).all(|(a, b)| same(a, b))
}
