//! What became of the planted errors.

use crate::claim::{Claim, Kind, Verdict};
use crate::diag::{Diagnostic, Edit, Severity};
use crate::edit::KINDS;
use crate::edit::difference::difference;
use crate::elaborate::elaborate;
use crate::engine::proof;
use crate::expr::{Expr, Node, fun};
use crate::message::Message;
use crate::mutate::plant::Mutant;
use crate::read::read;
use crate::source::{Source, Span};
use crate::verdict::{DocumentResult, Judged};

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its formula is proved as it stands: the edit made no error.
    Equivalent,
    /// A relation is refuted that was not before.
    Refuted,
    /// Not refuted, but a finding says that something is wrong.
    Found,
    /// Nothing noticed it; the verdict that it got.
    Survived(Verdict),
}

/// The fate of a mutant with how well it was explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The mutant.
    pub mutant: Mutant,
    /// Its fate.
    pub fate: Fate,
    /// What is refuted, or where the finding stands, has the error in it, and nothing else is refuted.
    pub blamed: bool,
    /// Of what is refuted: whether the part that is marked has the error in it, and its share of the statement's text in
    /// thousandths.
    pub marked: Option<(bool, usize)>,
    /// The repair that was proposed, as the statement's text.
    pub repair: Option<String>,
    /// The repair gives the original, or proved equal sides.
    pub repaired: bool,
    /// Why nothing settled it, of a survivor.
    pub reason: Option<Message>,
}

/// Counts of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Mutants planted.
    pub planted: usize,
    /// Proved as they stand.
    pub equivalent: usize,
    /// Refuted.
    pub refuted: usize,
    /// Found otherwise.
    pub found: usize,
    /// Blamed on the right line.
    pub blamed: usize,
    /// Refuted with a mark that has the error in it.
    pub marked: usize,
    /// The marks' shares of their statements' texts, summed over the refuted, in thousandths.
    pub length: usize,
    /// Repaired to the original or an equal form.
    pub repaired: usize,
    /// Neither equivalent nor noticed.
    pub survived: usize,
}

/// The rates over all notes.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    /// What became of each mutant, in the order of planting.
    pub outcomes: Vec<Outcome>,
    /// Alarms on the notes as they stand.
    pub false_alarms: usize,
}

impl Rates {
    /// Rates of documents in which nothing is planted yet.
    pub fn new(documents: &[DocumentResult]) -> Rates {
        Rates { outcomes: vec![], false_alarms: documents.iter().map(alarms).sum() }
    }

    /// Adds what became of a mutant.
    pub fn add(&mut self, original: &DocumentResult, mutant: &Mutant, result: &DocumentResult) {
        self.outcomes.push(outcome(original, mutant, result));
    }

    /// The kinds in the order of the table, with their counts.
    pub fn rows(&self) -> Vec<(&'static str, Row)> {
        let row = |name| count(self.outcomes.iter().filter(|o| o.mutant.kind == name));
        KINDS.iter().map(|k| (k.name, row(k.name))).collect()
    }

    /// The counts of all kinds together.
    pub fn total(&self) -> Row {
        count(self.outcomes.iter())
    }

    /// What nothing noticed.
    pub fn survivors(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|o| matches!(o.fate, Fate::Survived(_)))
    }
}

fn count<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Row {
    outcomes.fold(Row::default(), |r, o| Row {
        planted: r.planted + 1,
        equivalent: r.equivalent + usize::from(o.fate == Fate::Equivalent),
        refuted: r.refuted + usize::from(o.fate == Fate::Refuted),
        found: r.found + usize::from(o.fate == Fate::Found),
        blamed: r.blamed + usize::from(o.blamed),
        marked: r.marked + usize::from(o.marked.is_some_and(|(has_it, _)| has_it)),
        length: r.length + o.marked.map_or(0, |(_, share)| share),
        repaired: r.repaired + usize::from(o.repaired),
        survived: r.survived + usize::from(matches!(o.fate, Fate::Survived(_))),
    })
}

/// Refutations and error findings that the author does not expect.
fn alarms(document: &DocumentResult) -> usize {
    let refuted = document.statements.iter().filter(|j| is_refuted(j)).count();
    let expected = |f: &Diagnostic| {
        document.expected_findings.iter().any(|(code, at)| f.code.name == code && f.span.overlaps(*at))
    };
    refuted + document.findings.iter().filter(|f| f.severity == Severity::Error && !expected(f)).count()
}

fn is_refuted(judged: &Judged) -> bool {
    judged.judgement.verdict == Verdict::Refuted && judged.statement.expected.is_none()
}

fn of<'a>(document: &'a DocumentResult, id: &str) -> Option<&'a Judged> {
    document.statements.iter().find(|j| j.statement.id == id)
}

fn outcome(original: &DocumentResult, mutant: &Mutant, result: &DocumentResult) -> Outcome {
    let mut out = Outcome {
        mutant: mutant.clone(),
        fate: Fate::Equivalent,
        blamed: false,
        marked: None,
        repair: None,
        repaired: false,
        reason: None,
    };
    let place = mutant.place();
    let has_it = |span: Span| span.start <= place.start && place.end <= span.end;
    let before = |j: &&Judged| original.statements.iter().any(|o| is_refuted(o) && o.statement.id == j.statement.id);
    let refuted: Vec<&Judged> = result.statements.iter().filter(|j| is_refuted(j) && !before(j)).collect();
    if !refuted.is_empty() {
        out.fate = Fate::Refuted;
        out.blamed = refuted.iter().all(|j| has_it(j.statement.span));
        out.marked = refuted.first().map(|j| mark(j, mutant, original, &result.source));
        if let Some((judged, new)) = refuted.iter().find_map(|j| Some((*j, j.judgement.suggestion.clone()?))) {
            out.repaired = is_mended(original, mutant, result.source.replaced(judged.statement.span, &new));
            out.repair = Some(new);
        }
        return out;
    }
    let known = |f: &Diagnostic| original.findings.iter().any(|o| o.code == f.code && o.message == f.message);
    if let Some(finding) = result.findings.iter().find(|f| !known(f)) {
        out.fate = Fate::Found;
        let about = finding.statement.as_deref().and_then(|id| of(result, id));
        out.blamed = has_it(finding.span) || about.is_some_and(|j| has_it(j.statement.span));
        let new = result.findings.iter().filter(|f| !known(f));
        if let Some(edit) = new.filter_map(|f| f.edit.as_ref()).next() {
            let mended = result.source.replaced(edit.span, &edit.replacement);
            out.repair = Some(about.map_or(edit.replacement.clone(), |j| changed(j, edit)));
            out.repaired = is_mended(original, mutant, mended);
        }
        return out;
    }
    // Where white space at the end is what is left of a part, no statement has it: the one that it stood in counts.
    let touched: Vec<&Judged> = result.statements.iter().filter(|j| has_it(j.statement.span)).collect();
    let touched = if touched.is_empty() { of(result, &mutant.id).into_iter().collect() } else { touched };
    let proved = |j: &&&Judged| j.statement.kind == Kind::Claim && j.judgement.verdict == Verdict::Proved;
    match touched.iter().find(|j| !proved(j)) {
        Some(judged) => {
            out.fate = Fate::Survived(judged.judgement.verdict);
            out.reason = judged.judgement.reason.clone();
        }
        None if touched.is_empty() => out.fate = Fate::Survived(Verdict::None),
        None => {}
    }
    out
}

/// Whether the marked part has all that differs from the notes as they were, white space at its ends aside, and its share of the statement's text.
fn mark(judged: &Judged, mutant: &Mutant, original: &DocumentResult, source: &Source) -> (bool, usize) {
    let meant = original.source.slice(mutant.span);
    let changed = difference(&mutant.text, meant).map_or(0..mutant.text.len(), |d| d.old);
    let error = Span::new(mutant.span.start + changed.start, mutant.span.start + changed.end);
    let place = judged.place();
    let text = source.slice(error);
    let start = error.start + text.len() - text.trim_start().len();
    let end = (error.end + text.trim_end().len()).saturating_sub(text.len()).max(start);
    let blank =
        |from: usize, to: usize| source.text.get(from..to).is_some_and(|t| t.trim_matches([' ', '{', '}']).is_empty());
    let inside = (place.start <= start || blank(start, place.start)) && (end <= place.end || blank(place.end, end));
    let share = 1000 * place.range().len() / judged.statement.span.range().len().max(1);
    (inside, share)
}

/// The statement's text with an edit of the notes.
fn changed(judged: &Judged, edit: &Edit) -> String {
    let s = &judged.statement;
    let (start, end) = (edit.span.start.checked_sub(s.span.start), edit.span.end.checked_sub(s.span.start));
    let before = start.and_then(|start| s.latex.get(..start));
    let after = end.and_then(|end| s.latex.get(end..));
    match (before, after) {
        (Some(before), Some(after)) => format!("{before}{}{after}", edit.replacement),
        _ => edit.replacement.clone(),
    }
}

/// Whether mended notes are the original notes, or the mended relation has proved equal sides.
fn is_mended(original: &DocumentResult, mutant: &Mutant, source: Source) -> bool {
    if squeezed(&source.text) == squeezed(&original.source.text) {
        return true;
    }
    let Some(meant) = of(original, &mutant.id).and_then(|j| j.statement.claim.as_ref()) else { return false };
    let statements = elaborate(&read(source)).statements;
    let now = statements.iter().find(|s| s.id == mutant.id).and_then(|s| s.claim.as_ref());
    now.is_some_and(|now| are_equal(meant, now))
}

/// Whether two claims have the same relation and proved equal sides.
fn are_equal(a: &Claim, b: &Claim) -> bool {
    let (Node::App(f, of_a), Node::App(g, of_b)) = (a.unfolded.node(), b.unfolded.node()) else { return false };
    let same = |x: &Expr, y: &Expr| {
        let claim = Claim { unfolded: Expr::relate(fun::EQ, x.clone(), y.clone()), ..a.clone() };
        x == y || x.sort() == y.sort() && proof(&claim).is_some()
    };
    f.name == g.name && of_a.len() == of_b.len() && of_a.iter().zip(of_b).all(|(x, y)| same(x, y))
}

/// A text without white space and braces.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}')).collect()
}
