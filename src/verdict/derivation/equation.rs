//! Equations shown by canonical form: from the left side, rule by rule, to the right side.

use crate::algebra::{relation_entries, scalarise};
use crate::claim::Claim;
use crate::elaborate::{Stage, meaning, stages};
use crate::expr::{Expr, fun};
use crate::message::Message;
use crate::verdict::Step;
use crate::verdict::derivation::chain::{Chain, printed, written};
use crate::verdict::derivation::ground::Grounds;
use crate::verdict::derivation::inequality::unfolded;

/// Most entries of arrays given by their entries that are derived one by one.
const ENTRIES: usize = 3;

/// The derivation of an equation; `None` where the chain does not close, and for other relations.
pub(super) fn derivation(claim: &Claim, relation: &Expr, owed: &[Expr]) -> Option<Vec<Step>> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    let as_claimed = *relation == claim.unfolded;
    let stages = if as_claimed { stages(claim) } else { vec![] };
    if left.sort().is_scalar() && right.sort().is_scalar() {
        let grounds = Grounds::new(claim, &[], owed, &[left, right]);
        let start = if as_claimed { &claim.relation } else { relation };
        return scalar(claim, &grounds, start, &stages, relation, &mut vec![]);
    }
    entries(claim, relation, owed)
}

/// One chain: left side as read, definitions, rules, and back from the right side.
fn scalar(
    claim: &Claim,
    grounds: &Grounds,
    start: &Expr,
    stages: &[Stage],
    relation: &Expr,
    told: &mut Vec<Expr>,
) -> Option<Vec<Step>> {
    let side = |k: usize| -> Option<Chain> {
        let of = |e: &Expr| e.as_app(fun::EQ)?.get(k).cloned();
        let last = of(relation)?;
        let means = |e: &Expr| if stages.is_empty() { Some(last.clone()) } else { meaning(e, claim) };
        let first = of(start)?;
        let mut chain = Chain::new(grounds, &first, &means(&first)?)?;
        for stage in stages {
            let next = of(&stage.relation)?;
            let line = stage.definitions.iter().find_map(|d| d.line);
            let head = stage.definitions.first().map(|d| Expr::sym(d.head.clone()));
            let words = head.map(|s| Message::new("derivation-definition").with("symbol", s));
            chain.push(&next, &means(&next)?, "definition", line, words);
        }
        chain.rewrite(&last);
        Some(chain)
    };
    let (left, right) = (side(0)?, side(1)?);
    let links = left.joined(&right, "canonical form")?;
    Some(printed(&links, grounds, told))
}

/// Arrays: the relation as read and unfolded, then each entry (one for all places where sizes are symbolic).
fn entries(claim: &Claim, relation: &Expr, owed: &[Expr]) -> Option<Vec<Step>> {
    let (_, ranges, entry) = relation_entries(relation, &[])?;
    let mut out = unfolded(claim, relation);
    let whole = Step { rule: "definition".to_owned(), sign: "⇔", ..written(None, relation) };
    if out.last().is_none_or(|last| last.text != whole.text) && out.len() < 2 {
        out.push(whole);
    }
    let parts = entry.as_app("and").map_or_else(|| vec![entry.clone()], <[Expr]>::to_vec);
    let (left, right) = match relation.as_app(fun::EQ)? {
        [l, r] => (l, r),
        _ => return None,
    };
    let grounds = Grounds::new(claim, &ranges, owed, &[left, right]);
    let range = ranges.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut told = vec![];
    for (k, part) in parts.iter().enumerate().take(ENTRIES) {
        let part = scalarise(part);
        let words = match parts.len() {
            1 => Message::new("derivation-entry").with("range", &range),
            n => Message::new("derivation-entry-of").with("number", k + 1).with("count", n),
        };
        let mut steps = match part.as_app(fun::EQ) {
            Some([l, r]) if l == r => vec![Step { rule: "entries".to_owned(), ..written(None, &part) }],
            _ => scalar(claim, &grounds, &part, &[], &part, &mut told)?,
        };
        if let Some(first) = steps.first_mut() {
            first.words = Some(words);
            first.rule = "entries".to_owned();
        }
        out.append(&mut steps);
    }
    if parts.len() > ENTRIES {
        out.push(Step { words: Some(Message::new("derivation-likewise")), ..Step::default() });
    }
    Some(out)
}
