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
use crate::source::{Source, Span};

/// Edits that are tried for one statement.
const CANDIDATES: usize = 320;

/// Edits of one kind that are tried.
const OF_A_KIND: usize = 64;

/// Proved repairs that are compared.
const PROVED: usize = 6;

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

/// The best repair of `statements[at]`, if one is found: it is proved, and so is every other relation of its derivation
/// that was judged. Of several the one that looks most like its neighbours is taken, then the commonest kind of mistake.
pub fn repair(source: &Source, statements: &[Statement], at: usize, effort: Effort) -> Option<Repair> {
    let wrong = statements.get(at)?;
    let text = wrong.latex.as_str();
    if text.len() > LONGEST.0 || source.text.len() > LONGEST.1 || source.slice(wrong.span) != text {
        return None;
    }
    let nearby: Vec<&str> = statements.iter().filter(|s| is_near(s, wrong)).map(|s| s.latex.as_str()).collect();
    let place = Place::new(text, &nearby);
    let familiar = familiar(statements, wrong);
    let mut seen: BTreeSet<Expr> = wrong.claim.iter().map(|c| c.unfolded.clone()).collect();
    let mut best: Option<(i64, Repair)> = None;
    let mut found = 0;
    let candidates = KINDS.iter().flat_map(|kind| edits(kind, &place).into_iter().take(OF_A_KIND)).take(CANDIDATES);
    for edit in candidates {
        let latex = edit.apply(text);
        let Some((tried, members)) = replaced(source, wrong, &latex) else { continue };
        let Some(claim) = &tried.claim else { continue };
        if tried.kind != Kind::Claim || is_trivial(&claim.relation) || !seen.insert(claim.unfolded.clone()) {
            continue;
        }
        if !plausible(claim, Effort { cases: LOOK, ..effort }) || !holds(&tried, &members, effort) {
            continue;
        }
        let score = likeness(&claim.relation, &familiar);
        if best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((score, Repair { latex, edit }));
        }
        found += 1;
        if found >= PROVED {
            break;
        }
    }
    best.map(|(_, repair)| repair)
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
    let Span { start, end } = wrong.span;
    let text = format!("{}{latex}{}", source.text.get(..start)?, source.text.get(end..)?);
    let statements = elaborate(&read(Source::new(source.path.clone(), text))).statements;
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

/// The parts of the neighbouring lines.
fn familiar(statements: &[Statement], wrong: &Statement) -> BTreeSet<Expr> {
    let mut out = BTreeSet::new();
    for s in statements.iter().filter(|s| is_near(s, wrong)) {
        if let Some((left, right)) = &s.sides {
            parts(left, &mut out);
            parts(right, &mut out);
        }
    }
    out
}

fn parts(e: &Expr, out: &mut BTreeSet<Expr>) {
    e.any(&mut |x| {
        if x.size() > 2 {
            out.insert(x.clone());
        }
        false
    });
}

/// How many parts of the relation stand in the neighbouring lines, less how many don't.
fn likeness(relation: &Expr, familiar: &BTreeSet<Expr>) -> i64 {
    let mut own = BTreeSet::new();
    parts(relation, &mut own);
    let known = own.iter().filter(|p| familiar.contains(p)).count();
    2 * i64::try_from(known).unwrap_or(0) - i64::try_from(own.len()).unwrap_or(0)
}
