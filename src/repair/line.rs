//! The smallest edit of a line under which its whole derivation holds.
//!
//! The edits are those of [`crate::edit`]. Each is tried in the notes themselves: read, elaborated and judged again, so
//! a repair is proposed only where the engines prove the line that it gives.

use std::collections::BTreeSet;

use crate::claim::{Kind, Statement, Verdict};
use crate::edit::{Edit, KINDS, Place, edits};
use crate::elaborate::elaborate;
use crate::engine::{Effort, plausible};
use crate::expr::Expr;
use crate::localise::derivation;
use crate::read::read;
use crate::repair::likeness::Likeness;
use crate::source::Source;

/// Edits that are tried for one statement, and how many of them may need a closer look.
const CANDIDATES: usize = 400;
const LOOKED_AT: usize = 60;

/// Longest statement and longest notes in which a repair is searched, in bytes.
const LONGEST: (usize, usize) = (1_500, 60_000);

/// Points for a first look, and for a derivation.
const LOOK: usize = 4;
const JUDGE: usize = 12;

/// An edit that mends a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The statement's text, mended.
    pub latex: String,
    /// What changed, in the statement's text.
    pub edit: Edit,
}

/// The best repair of `statements[at]`, if one is found: it is proved, and every other relation of its derivation that
/// was judged holds. All are one edit; of these the ones that make the line most like its neighbours are tried first,
/// then the commonest kinds of mistake.
pub fn repair(source: &Source, statements: &[Statement], at: usize, effort: Effort) -> Option<Repair> {
    let wrong = statements.get(at)?;
    let text = wrong.latex.as_str();
    if text.len() > LONGEST.0 || source.text.len() > LONGEST.1 || source.slice(wrong.span) != text {
        return None;
    }
    let nearby: Vec<&str> = statements.iter().filter(|s| is_near(s, wrong)).map(|s| s.latex.as_str()).collect();
    let place = Place::new(text, &nearby);
    let likeness = Likeness::new(text, &nearby);
    let mut candidates: Vec<(i64, Edit)> = vec![];
    for edit in KINDS.iter().flat_map(|kind| edits(kind, &place)) {
        candidates.push((-likeness.gain(&edit), edit));
    }
    candidates.sort_by_key(|(gain, _)| *gain); // stable: the order of the kinds stays
    let mut seen: BTreeSet<Expr> = wrong.claim.iter().map(|c| c.unfolded.clone()).collect();
    let mut looks = 0;
    for (_, edit) in candidates.into_iter().take(CANDIDATES) {
        let latex = edit.apply(text);
        let Some((tried, members)) = replaced(source, wrong, &latex) else { continue };
        let Some(claim) = &tried.claim else { continue };
        let empty = members.iter().filter_map(|m| m.claim.as_ref()).any(|c| is_trivial(&c.relation));
        if tried.kind != Kind::Claim || empty || !seen.insert(claim.unfolded.clone()) {
            continue;
        }
        looks += 1;
        if plausible(claim, Effort { cases: LOOK, ..effort }) && holds(&tried, &members, effort) {
            return Some(Repair { latex, edit });
        }
        if looks >= LOOKED_AT {
            return None;
        }
    }
    None
}

/// What may be put in comes from the same derivation, and from the definitions just before it.
fn is_near(s: &Statement, wrong: &Statement) -> bool {
    let own = s.link.chain == wrong.link.chain && s.id != wrong.id;
    let before =
        s.kind == Kind::Definition && s.span.start < wrong.span.start && wrong.block - s.block.min(wrong.block) < 12;
    own || before
}

/// The statement with another text, and its derivation, in notes that are the same otherwise.
fn replaced(source: &Source, wrong: &Statement, latex: &str) -> Option<(Statement, Vec<Statement>)> {
    let statements = elaborate(&read(source.replaced(wrong.span, latex))).statements;
    let tried = statements.iter().find(|s| s.id == wrong.id)?.clone();
    let members = statements.into_iter().filter(|s| s.link.chain == tried.link.chain).collect();
    Some((tried, members))
}

/// Whether the statement is proved and its derivation has no other fault.
fn holds(tried: &Statement, members: &[Statement], effort: Effort) -> bool {
    let list: Vec<&Statement> = members.iter().collect();
    let judged = derivation(&list, Effort { cases: JUDGE, ..effort });
    list.iter().zip(&judged).all(|(s, j)| match j.verdict {
        Verdict::Proved => true,
        Verdict::None | Verdict::Conditional | Verdict::Confirmed => s.id != tried.id,
        _ => false,
    })
}

/// `x = x` holds, but mends nothing.
fn is_trivial(relation: &Expr) -> bool {
    matches!(relation.children().as_slice(), [a, b] if a == b)
}
