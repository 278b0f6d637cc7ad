//! What is taken back after a document has been judged.

use std::collections::BTreeMap;

use super::GOOD_LINE;
use super::arithmetic::elsewhere;
use super::convention::{excused, noted};
use super::fallen::fallen;
use super::inside::inside;
use super::unit::with_unit;
use super::usual::unusual;
use super::whole::whole_elsewhere;
use crate::claim::{Statement, Verdict};
use crate::diag::Diagnostic;
use crate::engine::Effort;
use crate::message::Message;
use crate::source::Source;
use crate::verdict::Judgement;

/// Why a refuted statement may be right as its author means it: in another arithmetic, with the unit behind it, with brackets
/// that are left out, at the values that its letters have as a rule.
fn taken_back_by(source: &Source, statement: &Statement, judgement: &Judgement, effort: Effort) -> Option<Message> {
    elsewhere(source, statement)
        .or_else(|| with_unit(source, statement).filter(|_| statement.expected.is_none()))
        .or_else(|| inside(statement))
        .or_else(|| unusual(source, statement, judgement, effort))
}

/// Takes back refutations of what holds by a convention that the notes leave open, where a note stands instead; of what may
/// be right in another arithmetic or at usual values; proofs by a line that follows from nothing, or for whole numbers alone where
/// nothing says that they are meant; and those of what was judged
/// against the lines before a refutation that is taken back, for nothing is wrong in that line any more.
pub fn excuse(
    source: &Source,
    statements: &[Statement],
    effort: Effort,
    judged: &mut [(Judgement, bool)],
) -> Vec<Diagnostic> {
    let verdicts: Vec<Verdict> = judged.iter().map(|(j, _)| j.verdict).collect();
    let unshown: Vec<bool> = verdicts.iter().map(|v| matches!(v, Verdict::Refuted | Verdict::Undecided)).collect();
    let (mut notes, mut taken_back) = (vec![], BTreeMap::new());
    for (at, (statement, (judgement, _))) in statements.iter().zip(judged).enumerate() {
        if let Some(reason) = excused(source, statements, &verdicts, at) {
            notes.push(noted(statement, &reason));
            taken_back.insert(statement.link.chain, reason.clone());
            let used = std::mem::take(&mut judgement.used);
            *judgement = Judgement { used, ..Judgement::new(Verdict::Undecided).because(reason) };
        } else if judgement.verdict == Verdict::Refuted
            && let Some(reason) = taken_back_by(source, statement, judgement, effort)
        {
            taken_back.insert(statement.link.chain, reason.clone());
            let (used, fails_at) = (std::mem::take(&mut judgement.used), judgement.counterexample.take());
            *judgement = Judgement { used, fails_at, ..Judgement::new(Verdict::Undecided).because(reason) };
        } else if matches!(judgement.verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed)
            && let Some(reason) = fallen(source, statements, &unshown, at).or_else(|| whole_elsewhere(statement))
        {
            *judgement = Judgement::new(Verdict::Undecided).because(reason);
        } else if judgement.reason.as_ref().is_some_and(|r| r.key == GOOD_LINE)
            && let Some(reason) = taken_back.get(&statement.link.chain)
        {
            *judgement = Judgement::new(Verdict::Undecided).because(reason.clone());
        }
    }
    notes
}
