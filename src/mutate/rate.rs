//! What became of the planted errors.

use std::collections::BTreeMap;

use crate::claim::{Kind, Verdict};
use crate::edit::KINDS;
use crate::mutate::plant::Mutant;
use crate::source::Source;
use crate::verdict::{DocumentResult, Judged};

/// What became of a mutant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// It is proved: the edit did not make it wrong.
    pub equivalent: bool,
    /// A relation of its formula is refuted.
    pub refuted: bool,
    /// Not refuted, but an alarm stands at its formula: a finding, or it cannot be read any more.
    pub found: bool,
    /// The refuted relation is the one with the error, or the alarm stands at it.
    pub blamed: bool,
    /// The proposed repair is the original, or proved equal to it.
    pub repaired: bool,
}

/// Counts of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Mutants planted.
    pub planted: usize,
    /// Proved equal to what stood there.
    pub equivalent: usize,
    /// Refuted.
    pub refuted: usize,
    /// Found otherwise.
    pub found: usize,
    /// Blamed on the right relation.
    pub blamed: usize,
    /// Repaired to the original.
    pub repaired: usize,
    /// Neither refuted nor found.
    pub survived: usize,
}

/// A mutant that nothing noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survivor {
    /// Path of the notes.
    pub path: String,
    /// The statement.
    pub id: String,
    /// The kind of error.
    pub kind: &'static str,
    /// What stood there.
    pub latex: String,
    /// What was planted.
    pub mutant: String,
    /// The verdict it got.
    pub verdict: Verdict,
}

/// The rates over all notes.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    /// Counts by kind.
    pub kinds: BTreeMap<&'static str, Row>,
    /// The survivors, in order.
    pub survivors: Vec<Survivor>,
    /// Alarms on the notes as they stand.
    pub false_alarms: usize,
}

impl Rates {
    /// The kinds in the order of the table, with their counts.
    pub fn rows(&self) -> Vec<(&'static str, Row)> {
        KINDS.iter().map(|k| (k.name, self.kinds.get(k.name).cloned().unwrap_or_default())).collect()
    }

    /// The sum of all rows.
    pub fn total(&self) -> Row {
        self.kinds.values().fold(Row::default(), |a, r| Row {
            planted: a.planted + r.planted,
            equivalent: a.equivalent + r.equivalent,
            refuted: a.refuted + r.refuted,
            found: a.found + r.found,
            blamed: a.blamed + r.blamed,
            repaired: a.repaired + r.repaired,
            survived: a.survived + r.survived,
        })
    }

    /// Adds the fates of a document's mutants.
    pub fn add(&mut self, original: &DocumentResult, mutant: &Mutant, result: &DocumentResult) {
        let fate = fate(original, mutant, result);
        let row = self.kinds.entry(mutant.edit.kind).or_default();
        row.planted += 1;
        row.equivalent += usize::from(fate.equivalent);
        row.refuted += usize::from(fate.refuted);
        row.found += usize::from(fate.found);
        row.blamed += usize::from(fate.blamed);
        row.repaired += usize::from(fate.repaired);
        if !fate.equivalent && !fate.refuted && !fate.found {
            row.survived += 1;
            let verdict = of(result, &mutant.id).map_or(Verdict::None, |j| j.judgement.verdict);
            self.survivors.push(Survivor {
                path: original.source.path.clone(),
                id: mutant.id.clone(),
                kind: mutant.edit.kind,
                latex: mutant.latex.clone(),
                mutant: mutant.mutant.clone(),
                verdict,
            });
        }
    }
}

fn of<'a>(document: &'a DocumentResult, id: &str) -> Option<&'a Judged> {
    document.statements.iter().find(|j| j.statement.id == id)
}

/// Plants the mutant in the notes; `None` if the statement is not found there.
pub fn measure(original: &DocumentResult, mutant: &Mutant) -> Option<Source> {
    let span = of(original, &mutant.id)?.statement.span;
    let text = &original.source.text;
    let planted = format!("{}{}{}", text.get(..span.start)?, mutant.mutant, text.get(span.end..)?);
    Some(Source::new(original.source.path.clone(), planted))
}

fn fate(original: &DocumentResult, mutant: &Mutant, result: &DocumentResult) -> Fate {
    let mut fate = Fate::default();
    let Some(before) = of(original, &mutant.id) else { return fate };
    let block = before.statement.block;
    let now: Vec<&Judged> = result.statements.iter().filter(|j| j.statement.block == block).collect();
    let target = now.iter().find(|j| j.statement.id == mutant.id);
    let refuted = now.iter().find(|j| j.judgement.verdict == Verdict::Refuted && j.statement.expected.is_none());
    if let Some(r) = refuted {
        fate.refuted = true;
        fate.blamed = r.statement.id == mutant.id;
        fate.repaired = r.judgement.suggestion.as_deref().is_some_and(|s| squeezed(s) == squeezed(&mutant.latex));
        return fate;
    }
    let at_block = |f: &&crate::diag::Diagnostic| now.iter().any(|j| j.statement.span.overlaps(f.span));
    let fresh = |f: &&crate::diag::Diagnostic| {
        !original.findings.iter().any(|o| o.code.name == f.code.name && o.message == f.message)
    };
    if let Some(finding) = result.findings.iter().filter(at_block).find(fresh) {
        fate.found = true;
        fate.blamed = target.is_none_or(|t| t.statement.span.overlaps(finding.span));
        return fate;
    }
    let proved = |j: &&&Judged| matches!(j.judgement.verdict, Verdict::Proved | Verdict::Conditional);
    let all_hold = now.iter().filter(|j| j.statement.kind == Kind::Claim).all(|j| proved(&j));
    fate.equivalent = target.is_some_and(|t| proved(&t)) && all_hold;
    fate
}

/// A text without white space and braces around single characters.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}')).collect()
}
