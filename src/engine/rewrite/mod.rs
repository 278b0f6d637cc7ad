//! Equality saturation with the rule books: both sides of an equation grow in one e-graph by all rules at once.
//!
//! If they meet, the explanation is the proof; if not, the simplest form of each is compared by canonical form. The
//! search is not trusted: its steps go through [`crate::verdict::rewriting`] again without it.

mod rule;
mod term;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use egg::{CostFunction, Extractor, Id, RecExpr, Runner};

use super::sample::{Problem, fails_at_first_look};
use super::{Answer, Question};
use crate::algebra::moment::{has_moments, on_finite_space};
use crate::algebra::{follows, regroup, well_sorted};
use crate::expr::{Expr, Seen, fun};
use crate::rules::{self, Rule};
use crate::verdict::rewriting::{
    Multiplier, Rewrite, Rewriting, assumed, at, instantiated, multiplied, owed, replaced, variables,
};
use crate::verdict::{Evidence, show};
use rule::{BACKWARD, REGROUP, bound, laws, rewrites, sized};
use term::{Examples, Op, Term, expression, nested, rewritten, said, term};

/// Nodes of the e-graph at most.
const NODES: usize = 1_500;
/// Rounds of rewriting at most.
const ROUNDS: usize = 8;
/// Greatest size of an equation that is looked at.
const LARGEST: u64 = 120;
/// Ways to multiply both sides that are tried.
const MULTIPLIED: usize = 6;
/// Points of a first look, and the sizes there.
const LOOK: usize = 4;
const SMALL: [i64; 2] = [2, 3];
/// Books whose rules are searched with; what the others say is decided by canonical forms.
const SEARCHED: &[&str] = &["matrix", "expectation"];
/// Those of them that have rules about numbers alone: every rule of the others is about an array.
const OF_NUMBERS_TOO: &[&str] = &["expectation"];
/// Functions that rules say more about than canonical forms do.
const WANTED: &[&str] = &["inverse", "det", "expectation", "variance", "covariance"];

/// Most searches that are remembered.
const MOST: usize = 256;

/// The rewrites of the e-graph.
type Rewrites = Vec<egg::Rewrite<Term, Examples>>;

thread_local! {
    /// Equations, and what was supposed of them, that all rules together came to nothing with of late: engines ask the same
    /// again. What was found is never remembered.
    static IN_VAIN: RefCell<Seen<(Expr, Vec<Expr>)>> = RefCell::default();
    /// The rewrites of all rules, and of those that may say something where there is no array, each made once.
    static ALL: Rewrites = with_rules(SEARCHED, &|_| true);
    static OF_NUMBERS: Rewrites = with_rules(OF_NUMBERS_TOO, &|_| true);
}

/// The laws of brackets and order, and the rewrites of the rules of these books that are usable.
fn with_rules(books: &[&str], usable: &dyn Fn(&Rule) -> bool) -> Rewrites {
    let mut all = laws();
    all.extend(books.iter().flat_map(|book| rules::of(book)).filter(|r| usable(r)).flat_map(rewrites));
    all
}

/// Equations by the rules of the books.
pub(super) fn prove(question: &Question) -> Answer {
    by_all(question.relation, question.givens).into()
}

/// A proof with all rules.
pub(super) fn by_all(relation: &Expr, givens: &[Expr]) -> Option<Evidence> {
    let known = promising(relation, givens)?;
    let asked = (relation.clone(), known);
    if IN_VAIN.with_borrow(|vain| vain.contains(&asked)) {
        return None;
    }
    let array = |e: &Expr| e.any(&mut |x| !x.sort().sizes().is_empty());
    let rewrites = if array(relation) || asked.1.iter().any(array) { &ALL } else { &OF_NUMBERS };
    let found = rewrites.with(|rules| among(relation, givens, &asked.1, rules));
    if found.is_none() {
        IN_VAIN.with_borrow_mut(|vain| {
            if vain.len() >= MOST {
                vain.clear();
            }
            vain.insert(asked);
        });
    }
    found
}

/// A proof with those rules only that `usable` admits.
pub fn search(relation: &Expr, givens: &[Expr], usable: &dyn Fn(&Rule) -> bool) -> Option<Evidence> {
    among(relation, givens, &promising(relation, givens)?, &with_rules(SEARCHED, usable))
}

/// What may be supposed of an equation that rules may say something of; `None` of others, and of those that fail somewhere.
fn promising(relation: &Expr, givens: &[Expr]) -> Option<Vec<Expr>> {
    let wanted = relation.any(&mut |e| WANTED.iter().any(|w| e.as_app(w).is_some()));
    let orthogonal = givens.iter().filter_map(|g| g.as_app("orthogonal")?.first()?.as_symbol());
    let wanted = wanted || orthogonal.into_iter().any(|q| relation.mentions(q));
    if !wanted || relation.size() > LARGEST || !well_sorted(relation) || !relation.is_closed() {
        return None;
    }
    // Saturation takes longer than anything else: what fails at a point is not worth it.
    let look = Problem { cases: LOOK, sizes: &SMALL, ties: false, ..Problem::new(relation, givens) };
    if fails_at_first_look(&look) {
        return None;
    }
    // Moments have values on finite probability spaces; of what is given of moments these say nothing.
    if has_moments(relation) && !givens.iter().any(has_moments) {
        let (on_space, facts) = on_finite_space(relation, givens);
        if fails_at_first_look(&Problem { relation: &on_space, givens: &facts, ..look }) {
            return None;
        }
    }
    Some(assumed(relation, givens))
}

/// A proof by these rewrites.
fn among(relation: &Expr, givens: &[Expr], known: &[Expr], rules: &Rewrites) -> Option<Evidence> {
    let mut tries = vec![vec![]];
    tries.extend(multipliers(relation));
    let (proof, mut conditions) = tries.into_iter().find_map(|m| saturate(relation, m, known, rules))?;
    let mut owed = owed(relation, givens);
    conditions.retain(|c| !owed.contains(c) && !follows(c, known));
    owed.append(&mut conditions);
    let proof = Box::new(Rewriting { owed, ..proof });
    Some(Evidence::Rewritten { relation: relation.clone(), givens: givens.to_vec(), proof })
}

/// The sums that are inverted somewhere in the equation, from the left and from the right, where the sizes allow it.
fn multipliers(relation: &Expr) -> Vec<Vec<Multiplier>> {
    let mut sums: Vec<Expr> = vec![];
    relation.any(&mut |e| {
        if let Some([m]) = e.as_app("inverse")
            && m.as_app(fun::ADD).is_some()
            && !sums.contains(m)
        {
            sums.push(m.clone());
        }
        false
    });
    sums.truncate(3);
    let Some((rows, columns)) = relation.children().first().and_then(|side| side.sort().rows_columns()) else {
        return vec![];
    };
    let ends = |on_left: bool, size: &Expr| -> Vec<Option<Multiplier>> {
        let fits = sums.iter().filter(|m| m.sort().sizes().first() == Some(size));
        std::iter::once(None).chain(fits.map(|m| Some(Multiplier { on_left, by: m.clone() }))).collect()
    };
    let (left, right) = (ends(true, &rows), ends(false, &columns));
    let pairs = left.iter().flat_map(|l| right.iter().map(move |r| l.iter().chain(r).cloned().collect::<Vec<_>>()));
    pairs.filter(|p| !p.is_empty()).take(MULTIPLIED).collect()
}

/// A rewriting of the equation with both sides multiplied, and the conditions that its end owes.
fn saturate(
    relation: &Expr,
    multipliers: Vec<Multiplier>,
    known: &[Expr],
    rules: &[egg::Rewrite<Term, Examples>],
) -> Option<(Rewriting, Vec<Expr>)> {
    let start = multiplied(relation, &multipliers)?;
    let [left, right] = start.as_app(fun::EQ)? else { return None };
    let (l, r) = (term(&nested(left)), term(&nested(right)));
    let grown = |explained: bool| {
        let runner = Runner::<Term, Examples>::new(Examples { assumed: known.to_vec(), asked: BTreeMap::new() });
        let runner = if explained { runner.with_explanations_enabled() } else { runner };
        runner
            .with_iter_limit(ROUNDS)
            .with_node_limit(NODES)
            // Verdicts do not depend on the machine: the limits above end the search, never the time.
            .with_time_limit(Duration::MAX)
            .with_expr(&l)
            .with_expr(&r)
            .with_hook(|runner| match runner.roots.as_slice() {
                [a, b] if runner.egraph.find(*a) == runner.egraph.find(*b) => Err("met".into()),
                _ => Ok(()),
            })
            .run(rules)
    };
    // Most searches find nothing, and explanations are most of what they cost.
    if !leads_on(&grown(false), [&l, &r], known) {
        return None;
    }
    let mut runner = grown(true);
    let [a, b] = runner.roots.clone().try_into().ok()?;
    let mut proof = Rewriting { multipliers, left: vec![], right: vec![], rest: None, owed: vec![] };
    if runner.egraph.find(a) == runner.egraph.find(b) {
        proof.left = steps(&mut runner, &l, &r)?;
        return Some((proof, vec![]));
    }
    let (x, y) = (simplest(&runner, a), simplest(&runner, b));
    proof.left = steps(&mut runner, &l, &x)?;
    proof.right = steps(&mut runner, &r, &y)?;
    if proof.left.is_empty() && proof.right.is_empty() {
        return None;
    }
    let end = proof.end(relation)?;
    let [x, y] = end.as_app(fun::EQ)? else { return None };
    if x == y {
        return Some((proof, vec![]));
    }
    let shown = show(&end, known).ok()?;
    let conditions = shown.conditions.clone();
    proof.rest = Some(shown);
    Some((proof, conditions))
}

/// Whether the sides met, or the kernel shows the rest.
fn leads_on(runner: &Runner<Term, Examples>, start: [&RecExpr<Term>; 2], known: &[Expr]) -> bool {
    let [a, b] = runner.roots.as_slice() else { return false };
    if runner.egraph.find(*a) == runner.egraph.find(*b) {
        return true;
    }
    let ends = [simplest(runner, *a), simplest(runner, *b)];
    if ends.iter().eq(start) {
        return false;
    }
    let [Some(x), Some(y)] = ends.map(|e| said(&e)) else { return false };
    let (x, y) = (regroup(&x), regroup(&y));
    x == y || show(&Expr::relate(fun::EQ, x, y), known).is_ok()
}

fn simplest(runner: &Runner<Term, Examples>, class: Id) -> RecExpr<Term> {
    Extractor::new(&runner.egraph, Weight).find_best(class).1
}

/// What canonical forms cannot look into weighs much, and more the more stands in it; so does a product with a sum,
/// that inverses may meet what they cancel.
struct Weight;

/// A weight, and whether it is a sum's.
#[derive(Clone, Copy, Debug)]
struct Cost {
    weight: f64,
    sum: bool,
}

impl PartialEq for Cost {
    fn eq(&self, other: &Cost) -> bool {
        self.weight == other.weight
    }
}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Cost) -> Option<std::cmp::Ordering> {
        self.weight.partial_cmp(&other.weight)
    }
}

impl CostFunction<Term> for Weight {
    type Cost = Cost;

    fn cost<C: FnMut(Id) -> Cost>(&mut self, node: &Term, mut costs: C) -> Cost {
        let children: Vec<Cost> = node.children.iter().map(|c| costs(*c)).collect();
        let total: f64 = children.iter().map(|c| c.weight).sum();
        let over_sum = children.iter().any(|c| c.sum);
        match &node.op {
            Op::App(f) if WANTED.contains(&f.name) => {
                Cost { weight: 10.0 + 2.0 * (1.0 + total).powi(2) + if over_sum { 50.0 } else { 0.0 }, sum: false }
            }
            Op::App(f) if f.name == fun::ADD => Cost { weight: total, sum: true },
            Op::App(_) => Cost { weight: 1.0 + 1.1 * total + if over_sum { 1_000.0 } else { 0.0 }, sum: false },
            Op::Leaf(_) => Cost { weight: 1.0, sum: false },
        }
    }
}

/// The rules that lead from one term to another of its class.
fn steps(runner: &mut Runner<Term, Examples>, from: &RecExpr<Term>, to: &RecExpr<Term>) -> Option<Vec<Rewrite>> {
    if from == to {
        return Some(vec![]);
    }
    let mut explanation = runner.egraph.explain_equivalence(from, to);
    let lines = explanation.make_flat_explanation();
    let mut out = vec![];
    for pair in lines.windows(2) {
        let [last, line] = pair else { continue };
        let (path, name, led_back) = rewritten(line)?;
        if name.starts_with(REGROUP) {
            continue;
        }
        let marked = name.strip_prefix(BACKWARD);
        let rule = rules::by_id(marked.unwrap_or(&name))?;
        let backward = marked.is_some() != led_back;
        let (from, to) = if backward { (rule.right(), rule.left()) } else { (rule.left(), rule.right()) };
        let (before, target) = (expression(last), expression(line));
        // Where the rule led back, its right side does not name all variables; its left side does.
        let mut substitution = BTreeMap::new();
        let all = variables(rule);
        if !bound(&nested(from), at(&before, &path)?, &all, &mut substitution)
            || !bound(&nested(to), at(&target, &path)?, &all, &mut substitution)
            || !sized(&mut substitution)
        {
            return None;
        }
        let after = replaced(&before, &path, &instantiated(to, &substitution))?;
        out.push(Rewrite { rule: rule.id.clone(), backward, before, path, substitution, after });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_where_there_is_no_array_is_about_arrays() {
        let array = |e: &Expr| e.any(&mut |x| !x.sort().sizes().is_empty());
        let others = SEARCHED.iter().filter(|book| !OF_NUMBERS_TOO.contains(book)).flat_map(|book| rules::of(book));
        let plain: Vec<&str> =
            others.filter(|r| !array(r.left()) || !array(r.right())).map(|r| r.id.as_str()).collect();
        // A side without one may stand anywhere: it says nothing of what there is then.
        assert_eq!(plain, ["matrix.det-identity"]);
    }
}
