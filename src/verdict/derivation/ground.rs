//! What the conditions of a line rest on.

use std::collections::BTreeSet;

use crate::algebra::canon::{Equality, Fuel, equal};
use crate::algebra::facts::Facts;
use crate::algebra::sign::Prover;
use crate::algebra::{conditions, differentiate};
use crate::claim::{Claim, Given};
use crate::expr::{Expr, latex};
use crate::verdict::{Condition, Ground};

/// Work for one comparison of neighbouring lines.
const FUEL: u64 = 40_000;

/// What may be used between the lines of a derivation, best reasons first.
pub(super) struct Grounds {
    /// The givens of the claim and the ranges of its indices.
    given: Facts,
    /// The same with what the proof owes and with what the sides need to have values.
    all: Facts,
    given_count: usize,
    owed_count: usize,
    shown: Vec<(String, Option<usize>)>,
}

impl Grounds {
    /// From the claim's givens, the ranges of indices that entries brought in, what the evidence owes, and the sides.
    pub(super) fn new(claim: &Claim, ranges: &[Expr], owed: &[Expr], sides: &[&Expr]) -> Grounds {
        let facts = claim.givens.iter().filter_map(|g: &Given| Some((g.fact.clone()?, (g.text.clone(), g.line))));
        let (mut list, mut shown): (Vec<Expr>, Vec<_>) = facts.unzip();
        list.extend(ranges.iter().cloned());
        shown.extend(ranges.iter().map(|r| (r.to_string(), None)));
        let given_count = list.len();
        let given = Facts::new(&list);
        list.extend(owed.iter().cloned());
        list.extend(sides.iter().flat_map(|s| conditions(s)));
        Grounds { given, all: Facts::new(&list), given_count, owed_count: owed.len(), shown }
    }

    /// The givens as facts.
    pub(super) fn givens(&self) -> &[Expr] {
        self.given.given()
    }

    /// All that may be used.
    pub(super) fn facts(&self) -> &Facts {
        &self.all
    }

    /// Why a condition holds; `None` if nothing here shows it.
    pub(super) fn why(&self, condition: &Expr) -> Option<Ground> {
        let proved = |facts: &Facts| {
            let mut prover = Prover::new(facts, &[condition]);
            prover.holds(condition).certainly().then_some(prover.used)
        };
        let used = match proved(&self.given) {
            Some(used) => used,
            None => proved(&self.all)?,
        };
        Some(self.named(&used))
    }

    /// The reason that places in the list of facts stand for.
    pub(super) fn named(&self, used: &BTreeSet<usize>) -> Ground {
        let owed = self.given_count..self.given_count + self.owed_count;
        if used.iter().any(|i| owed.contains(i)) {
            return Ground::Owed;
        }
        if used.iter().any(|i| *i >= owed.end) {
            return Ground::Values;
        }
        let givens: Vec<_> = used.iter().filter_map(|i| self.shown.get(*i).cloned()).collect();
        if givens.is_empty() { Ground::Signs } else { Ground::Givens(givens) }
    }

    /// The condition with its reason.
    pub(super) fn condition(&self, condition: &Expr) -> Option<Condition> {
        let ground = self.why(condition)?;
        Some(Condition { text: condition.to_string(), latex: latex(condition), ground })
    }

    /// Whether two lines are equal for the kernel, wherever the claim says anything, and the second one has a value
    /// there. Both with their derivatives carried out.
    pub(super) fn same(&self, before: &Expr, after: &Expr) -> bool {
        match equal(before, after, &self.all, &mut Fuel::new(FUEL)) {
            Equality::Equal { conditions, .. } => conditions.iter().all(|c| self.why(c).is_some()),
            _ => false,
        }
    }

    /// The conditions under which an expression has a value, if each is known to hold.
    pub(super) fn defined(&self, e: &Expr) -> Option<Vec<Expr>> {
        let needed = conditions(e);
        needed.iter().all(|c| self.why(c).is_some()).then_some(needed)
    }

    /// The expression with its derivatives carried out, if it has any and all of what that needs holds.
    pub(super) fn carried_out(&self, e: &Expr) -> Option<Expr> {
        let (carried, owed) = differentiate(e).ok()?;
        owed.iter().all(|c| self.why(c).is_some()).then_some(carried)
    }
}
