//! A search for deductions: implications, equivalences, sets of extremal places, finite splits.

use std::collections::BTreeSet;

use super::{Answer, Question};
use crate::algebra::facts::Facts;
use crate::algebra::{enclose, finite_values};
use crate::expr::{Binder, Expr, Node, fun};
use crate::verdict::{Deduction, Evidence, NotShown, Rule, owed, reduce, show, show_soon};

/// Rules applied one after another.
const DEPTH: u32 = 8;
/// Goals looked at in one search.
const GOALS: u32 = 120;
/// Parts that are tried for a split at one goal.
const SPLITS: usize = 4;
/// Cells of one cover.
const CELLS: usize = 500;

/// A deduction, as long as one owes nothing or none that owes less is found.
pub(super) fn prove(question: &Question) -> Answer {
    let mut search = Search { goals: GOALS };
    let (relation, givens) = (question.relation, question.givens);
    let found = search.step(relation, givens, DEPTH).and_then(|deduction| {
        let owed = owed(relation, givens, &deduction)?;
        Some(Evidence::Deduced { relation: relation.clone(), givens: givens.to_vec(), deduction, owed })
    });
    found.into()
}

struct Search {
    goals: u32,
}

impl Search {
    /// A deduction of a goal; what other engines show at once only below a rule.
    fn step(&mut self, goal: &Expr, facts: &[Expr], depth: u32) -> Option<Deduction> {
        if depth == 0 {
            return None;
        }
        self.first(rules(goal, facts), goal, facts, depth)
    }

    fn goal(&mut self, goal: &Expr, facts: &[Expr], depth: u32) -> Option<Deduction> {
        if self.goals == 0 {
            return None;
        }
        self.goals -= 1;
        let shown = show_soon(goal, facts).ok();
        let bare = |d: &Deduction| owed(goal, facts, d).is_some_and(|list| list.is_empty());
        let at_once = shown.map(Deduction::Shown);
        if at_once.as_ref().is_some_and(bare) {
            return at_once;
        }
        if let Some(cover) = enclose::prove(goal, facts, CELLS) {
            return Some(Deduction::Enclosed(Box::new(cover)));
        }
        let further = self.step(goal, facts, depth);
        match further {
            Some(d) if at_once.is_none() || bare(&d) => Some(d),
            _ => at_once,
        }
    }

    /// The first that owes nothing, else the first.
    fn first(&mut self, rules: Vec<Rule>, goal: &Expr, facts: &[Expr], depth: u32) -> Option<Deduction> {
        let mut best = None;
        for rule in rules {
            let Some(reduction) = reduce(&rule, goal, facts) else { continue };
            let parts: Option<Vec<Deduction>> =
                reduction.premises.iter().map(|p| self.goal(&p.goal, &p.facts, depth - 1)).collect();
            let Some(parts) = parts else { continue };
            let deduction = Deduction::Step(rule, parts);
            match owed(goal, facts, &deduction) {
                Some(list) if list.is_empty() => return Some(deduction),
                Some(_) => best = best.or(Some(deduction)),
                None => {}
            }
        }
        best
    }
}

/// The rules that may apply to a goal, the likeliest first.
fn rules(goal: &Expr, facts: &[Expr]) -> Vec<Rule> {
    let Node::App(f, args) = goal.node() else {
        return match goal.node() {
            Node::Bind { binder: Binder::ForAll, .. } => vec![Rule::Generalise],
            _ => vec![],
        };
    };
    let mut list = match (f.name, args.as_slice()) {
        ("and", _) => return vec![Rule::Each],
        ("implies", _) => vec![Rule::Assume, Rule::Contrapose],
        ("iff", _) => vec![Rule::SameDifference, Rule::Both],
        (fun::EQ, [l, r]) => match (l.node(), r.node()) {
            (Node::Bind { .. }, Node::Bind { .. }) => vec![Rule::SameOrder, Rule::TermByTerm],
            (Node::App(..), Node::App(..)) => vec![Rule::Congruence],
            _ => vec![],
        },
        _ => vec![],
    };
    match f.name {
        "implies" | "iff" => list.extend(simpler(goal, facts)),
        _ => list.extend(few_valued(goal, facts).into_iter().map(Rule::Split)),
    }
    list
}

/// Sums of a goal, each with its canonical form in place of it if that has no sum any more (`Σ δ(i, k) f(i)` is f(k)).
fn simpler(goal: &Expr, facts: &[Expr]) -> Vec<Rule> {
    let is_sum = |e: &Expr| matches!(e.node(), Node::Bind { binder: Binder::Sum, .. });
    let mut sums = BTreeSet::new();
    goal.any(&mut |e| {
        if is_sum(e) && e.is_closed() && e.sort().is_scalar() {
            sums.insert(e.clone());
        }
        false
    });
    let canonical = |sum: &Expr| match show(&Expr::relate(fun::EQ, sum.clone(), Expr::int(0)), facts) {
        Err(NotShown::Differs(value)) if !value.any(&mut |x| is_sum(x)) => Some(value),
        _ => None,
    };
    sums.into_iter().filter_map(|sum| canonical(&sum).map(|value| Rule::Replace(sum, value))).take(SPLITS).collect()
}

/// Parts of a goal that have finitely many values.
fn few_valued(goal: &Expr, facts: &[Expr]) -> Vec<Expr> {
    let mut candidates = BTreeSet::new();
    goal.any(&mut |e| {
        if e.is_closed() && (e.as_symbol().is_some() || e.as_app(fun::INDEX).is_some()) {
            candidates.insert(e.clone());
        }
        false
    });
    let ground = Facts::new(facts);
    candidates.into_iter().filter(|e| finite_values(e, &ground).is_some()).take(SPLITS).collect()
}
