//! The edits of a line that may mend it, the likeliest first.

use std::collections::BTreeSet;

use crate::claim::{Kind, Statement};
use crate::edit::{COPIED, Edit, KINDS, MENDS, Place, cancels, edits, tokens, top_terms};
use crate::repair::likeness::Likeness;
use crate::source::Span;

/// Signs between sides, and those of them that bound.
const RELATIONS: &[&str] = &["=", "\\approx", "\\Rightarrow", "\\Leftrightarrow", "\\iff", "\\in"];
const BOUNDS: &[&str] = &["<", ">", "\\leq", "\\geq", "\\le", "\\ge", "\\lt", "\\gt", "≤", "≥"];

/// Blocks before and behind whose formulas are around.
const AROUND: usize = 8;

/// Most edits of one line.
const MOST: usize = 400;

/// What speaks against a kind at first sight, in quarters of a sign: the more it may put in, the more.
const DOUBTS: &[(&str, i64)] = &[
    ("copied", 8),
    ("part", 12),
    ("denominator", 8),
    ("last-factor", 6),
    ("extra-term", 8),
    ("extra-factor", 8),
    ("extra-denominator", 4),
    ("dropped", 4),
    ("bracketed", 4),
    ("coefficient", 4),
    ("order", 4),
    ("prime", 4),
    ("inverse", 4),
    ("wrapped", 8),
    ("lost-term", 4),
    ("lost-factor", 4),
];

/// Kinds that make a line like another whatever they put in.
const UNLIKE: &[&str] = &[COPIED, "part"];

/// What speaks against another bound, and against a number that becomes nothing: either may make a line true that says
/// little.
const WEAKENED: i64 = 160;

/// An edit that may mend a line.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The edit.
    pub edit: Edit,
    /// What it changes, less what that makes the line have in common with its neighbours: of two edits that mend the
    /// line the one that costs less is better.
    pub cost: i64,
}

/// The edits of `statements[at]`, likeliest first: of every kind the ones that make the line most like its neighbours
/// and its sides most like each other; the first of each kind, then the second of each.
pub fn candidates(statements: &[Statement], at: usize) -> Vec<Candidate> {
    likeliest(statements, at).collect()
}

/// The same, one after the other.
pub(super) fn likeliest(statements: &[Statement], at: usize) -> impl Iterator<Item = Candidate> {
    let text = statements.get(at).map_or("", |s| s.latex.as_str());
    let (cancelled, repeats) = (cancels(text), repeated(text));
    let meant = move |c: &Candidate| {
        let new = c.edit.apply(text);
        (cancelled || !cancels(&new)) && (repeats || !repeated(&new))
    };
    ranked(statements, at).into_iter().take(MOST).filter(meant)
}

/// All edits, likeliest first.
fn ranked(statements: &[Statement], at: usize) -> Vec<Candidate> {
    let Some(wrong) = statements.get(at) else { return vec![] };
    let text = wrong.latex.as_str();
    let mut near: Vec<(u8, &str)> =
        statements.iter().filter_map(|s| Some((nearness(s, wrong)?, s.latex.as_str()))).collect();
    near.sort_by_key(|(rank, _)| *rank);
    let nearby: Vec<&str> = near.into_iter().map(|(_, latex)| latex).collect();
    let place = Place::wide(text, &nearby);
    let (sides, bounds) = sides(text);
    let (around, within) = (Likeness::new(text, &nearby), Likeness::new(text, &sides));
    let beside: BTreeSet<(Span, String)> = KINDS
        .iter()
        .filter(|kind| kind.name == COPIED)
        .flat_map(|kind| edits(kind, &place))
        .filter(|e| around.only_adds(e))
        .map(|e| (e.span, e.text))
        .collect();
    let mut seen = BTreeSet::new();
    let mut ranked: Vec<(i64, Candidate)> = vec![];
    for kind in KINDS.iter().chain(MENDS) {
        let doubt = DOUBTS.iter().find(|(name, _)| *name == kind.name).map_or(0, |(_, d)| *d);
        let new = edits(kind, &place).into_iter().filter(|e| seen.insert((e.span, e.text.clone())));
        let mut own: Vec<Likely> = new
            .map(|edit| {
                // What a neighbour has in this very place beside what stands here was lost.
                let completes = beside.contains(&(edit.span, edit.text.clone()));
                let (cost, gain) = around.cost_and_gain(&edit, completes);
                Likely { gain, inner: within.gain(&edit), cost, completes, edit }
            })
            .collect();
        own.sort_by_key(|l| -l.gain - l.inner);
        for (round, Likely { gain, inner, cost, completes, edit }) in own.into_iter().enumerate() {
            let likely = match completes || !UNLIKE.contains(&kind.name) {
                true => (gain - 4).max(0) / 3,
                false => 0,
            };
            let shown = 4 * (gain.min(4) + likely) + 2 * inner.clamp(-3, 2);
            let weak = is_weaker(text, &edit, &sides, bounds);
            let round = i64::try_from(round).unwrap_or(i64::MAX / 16);
            let weakened = if weak { WEAKENED } else { 0 };
            let number = if kind.name == "coefficient" { 1 } else { 0 };
            let cost = cost + number + weakened;
            let rank = if completes { cost } else { 4 * round + doubt - shown + weakened };
            ranked.push((rank, Candidate { edit, cost }));
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank); // stable: the order of the kinds stays
    ranked.into_iter().map(|(_, c)| c).collect()
}

/// An edit with what it costs, how much it makes the line like its neighbours and its sides like each other, and whether
/// it puts back what a neighbour has in its place.
struct Likely {
    gain: i64,
    inner: i64,
    cost: i64,
    completes: bool,
    edit: Edit,
}

/// Whether the edit changes a bound that is a number, or puts a zero beside something.
fn is_weaker(text: &str, edit: &Edit, sides: &[&str], bounds: bool) -> bool {
    let side = sides.iter().find(|side| {
        let start = (side.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        start <= edit.span.start && edit.span.end <= start + side.len()
    });
    let fixed = side.is_some_and(|s| is_number(s));
    fixed && bounds && !BOUNDS.contains(&edit.text.as_str()) || !fixed && edit.text == "0"
}

/// Whether one side stands on the other as a term: `ℓ < ℓ + 1` says nothing of ℓ.
fn repeated(text: &str) -> bool {
    let (sides, _) = sides(text);
    sides
        .iter()
        .enumerate()
        .any(|(i, a)| sides.iter().enumerate().any(|(k, b)| i != k && top_terms(b).iter().any(|t| *t == a.trim())))
}

fn is_number(side: &str) -> bool {
    tokens(side).iter().all(|(_, t)| {
        matches!(*t, "\\frac" | "\\sqrt" | "-" | "/" | "." | "\\dfrac" | "\\tfrac")
            || t.chars().all(|c| c.is_ascii_digit())
    })
}

/// The sides of a relation as texts, and whether one bounds the other.
fn sides(text: &str) -> (Vec<&str>, bool) {
    let mut out = vec![];
    let (mut start, mut bounds) = (0, false);
    for (span, sign) in tokens(text) {
        if RELATIONS.contains(&sign) || BOUNDS.contains(&sign) {
            bounds |= BOUNDS.contains(&sign);
            out.push(text.get(start..span.start).unwrap_or(""));
            start = span.end;
        }
    }
    out.push(text.get(start..).unwrap_or(""));
    out.retain(|s| !s.trim().is_empty());
    (out, bounds)
}

/// What may be put in comes from the same derivation, from the definitions just before it, and from the formulas
/// around.
fn nearness(s: &Statement, wrong: &Statement) -> Option<u8> {
    let own = s.link.chain == wrong.link.chain && s.id != wrong.id;
    let before = s.kind == Kind::Definition && s.span.start < wrong.span.start;
    match wrong.block.abs_diff(s.block) {
        _ if own => Some(0),
        0 => None,
        1..12 if before => Some(1),
        1..=AROUND => Some(2),
        _ => None,
    }
}
