//! What the notes need to hold: repairs of what is refuted, and of what a finding says is wrong.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::claim::{Statement, Verdict};
use crate::diag::{Diagnostic, Edit};
use crate::message::Message;
use crate::repair::line::{Repair, Search, repair};
use crate::source::{Source, Span};
use crate::verdict::{DocumentResult, Judged};

/// Findings that say that a statement is wrong, and don't say what is right.
const WRONG: &[&str] = &[
    "checker-disagrees",
    "checker-idle",
    "shape-mismatch",
    "unknown-symbol",
    "no-value",
    "partly-undefined",
    "unread-claim",
];

/// Whether there is something to repair in notes that were checked without repairs.
pub fn is_due(document: &DocumentResult) -> bool {
    let refuted = |j: &Judged| j.judgement.verdict == Verdict::Refuted && j.is_unexpected();
    document.statements.iter().any(refuted) || document.findings.iter().any(is_repairable)
}

fn is_repairable(f: &Diagnostic) -> bool {
    f.edit.is_none() && WRONG.contains(&f.code.name)
}

/// Repairs of the statements that are refuted, as far as they are wanted, and of those that a finding is about that is
/// not `meant`. The one stands in the judgement, the other in the finding.
pub fn propose(
    source: &Source,
    judged: &mut [Judged],
    wanted: &[bool],
    findings: &mut [Diagnostic],
    meant: &dyn Fn(&Diagnostic) -> bool,
    search: Search,
) {
    let refuted = |j: &Judged| j.statement.otherwise.is_none() && j.judgement.verdict == Verdict::Refuted;
    let about = |f: &&mut Diagnostic| is_repairable(f) && !meant(f);
    let anything = judged.iter().zip(wanted).any(|(j, wanted)| *wanted && refuted(j));
    if !anything && !findings.iter_mut().any(|f| about(&f)) {
        return;
    }
    let statements: Vec<Statement> = judged.iter().map(|j| j.statement.clone()).collect();
    let wrong = judged.iter().zip(wanted).enumerate().filter(|(_, (j, wanted))| **wanted && refuted(j));
    let wrong: Vec<usize> = wrong.map(|(at, _)| at).collect();
    let mend = |at: usize, vouched: bool| repair(source, &statements, at, Search { vouched, ..search });
    let found: Vec<_> = wrong.into_par_iter().with_max_len(1).map(|at| (at, mend(at, false))).collect();
    for (at, found) in found {
        if let (Some(j), Some(found)) = (judged.get_mut(at), found.filter(|f| f.proved)) {
            j.judgement.notes.extend(found.other.map(other));
            j.judgement.suggestion = Some(found.latex);
        }
    }
    let mut places: Vec<(usize, usize)> = vec![];
    for (k, f) in findings.iter_mut().enumerate().filter(|(_, f)| about(f)) {
        let named = f.statement.as_ref().and_then(|id| statements.iter().position(|s| s.id == *id));
        let Some(at) = named.or_else(|| statements.iter().position(|s| covers(s.span, f.span))) else { continue };
        let settled = judged.get(at).is_none_or(|j| j.judgement.verdict == Verdict::Refuted);
        if !settled && places.iter().all(|(_, known)| *known != at) {
            places.push((k, at));
        }
    }
    let found: Vec<_> = places.into_par_iter().with_max_len(1).map(|(k, at)| (k, at, mend(at, true))).collect();
    for (k, at, found) in found {
        if let (Some(f), Some(s), Some(found)) = (findings.get_mut(k), statements.get(at), found) {
            attach(f, s, found);
        }
    }
}

fn attach(finding: &mut Diagnostic, statement: &Statement, found: Repair) {
    let start = statement.span.start;
    let span = Span::new(start + found.edit.span.start, start + found.edit.span.end);
    finding.edit = Some(Edit { span, replacement: found.edit.text });
    let checked = !statement.checkers.is_empty();
    finding.help = Some(Message::new(match (found.proved, checked) {
        (true, true) => "help-repair-proved-checked",
        (true, false) => "help-repair-proved",
        (false, _) => "help-repair-confirmed",
    }));
    finding.notes.extend(found.other.map(other));
}

fn other(latex: String) -> Message {
    Message::new("note-repair-other").with("latex", latex)
}

fn covers(whole: Span, part: Span) -> bool {
    whole.start <= part.start && part.end <= whole.end
}
