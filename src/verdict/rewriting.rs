//! Proofs by rewriting, replayed step by step without the search that found them.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{conditions, follows, regroup, well_sorted};
use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::rules::{self, Rule};
use crate::verdict::identity::{Shown, show};

/// Longest derivation of one side.
const STEPS: usize = 200;
/// Greatest size of a side on the way.
const LARGEST: u64 = 4_000;

/// One rule used at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewrite {
    /// The id of the rule.
    pub rule: String,
    /// Whether its right side becomes its left.
    pub backward: bool,
    /// The side before, equal to where the last step arrived up to [`regroup`].
    pub before: Expr,
    /// The way down to the place, by number of child.
    pub path: Vec<usize>,
    /// What the rule's variables and sizes stand for.
    pub substitution: BTreeMap<Symbol, Expr>,
    /// The side after.
    pub after: Expr,
}

/// A square matrix that both sides are multiplied by before anything else.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiplier {
    /// Whether from the left.
    pub on_left: bool,
    /// An invertible matrix: the sides are equal exactly if their products with it are.
    pub by: Expr,
}

/// An equation proved by rewriting both sides until they are the same, or until the kernel shows the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewriting {
    /// What both sides are multiplied by first.
    pub multipliers: Vec<Multiplier>,
    /// From the left side on.
    pub left: Vec<Rewrite>,
    /// From the right side on.
    pub right: Vec<Rewrite>,
    /// What the kernel shows of the sides arrived at, if they are not the same.
    pub rest: Option<Shown>,
    /// Conditions owed beside the givens.
    pub owed: Vec<Expr>,
}

impl Rewriting {
    /// The equation that the rewriting of `relation` ends at.
    pub fn end(&self, relation: &Expr) -> Option<Expr> {
        let relation = multiplied(relation, &self.multipliers)?;
        let [left, right] = relation.as_app(fun::EQ)? else { return None };
        let last = |steps: &[Rewrite], start: &Expr| steps.last().map_or(start.clone(), |s| s.after.clone());
        Some(Expr::relate(fun::EQ, regroup(&last(&self.left, left)), regroup(&last(&self.right, right))))
    }

    /// The rules used, in order of first use.
    pub fn rules(&self) -> Vec<&str> {
        let mut out: Vec<&str> = vec![];
        for step in self.left.iter().chain(&self.right) {
            if !out.contains(&step.rule.as_str()) {
                out.push(&step.rule);
            }
        }
        out
    }

    /// The equation after each step, with the step's rule: the printed derivation.
    pub fn lines(&self, relation: &Expr) -> Vec<(String, Expr)> {
        let start = multiplied(relation, &self.multipliers);
        let Some([left, right]) = start.as_ref().and_then(|s| s.as_app(fun::EQ)) else { return vec![] };
        let (mut l, mut r) = (left.clone(), right.clone());
        let mut out = vec![];
        if !self.multipliers.is_empty() {
            out.push(("matrix.multiply".to_owned(), Expr::relate(fun::EQ, regroup(&l), regroup(&r))));
        }
        for (side, steps) in [(true, &self.left), (false, &self.right)] {
            for step in steps {
                let now = regroup(&step.after);
                if side {
                    l = now
                } else {
                    r = now
                }
                out.push((step.rule.clone(), Expr::relate(fun::EQ, l.clone(), r.clone())));
            }
        }
        out
    }
}

/// Whether the rewriting proves the relation under the givens and the conditions that it owes. Whatever cannot be
/// checked is rejected.
pub(super) fn replay(relation: &Expr, givens: &[Expr], proof: &Rewriting) -> bool {
    let assumed = assumed(relation, givens);
    let invertible = |m: &Multiplier| follows(&Expr::apply("invertible", vec![m.by.clone()]), &assumed);
    if proof.left.len() > STEPS
        || proof.right.len() > STEPS
        || proof.multipliers.len() > 2
        || !well_sorted(relation)
        || !proof.multipliers.iter().all(invertible)
    {
        return false;
    }
    let start = multiplied(relation, &proof.multipliers).filter(well_sorted);
    let Some([left, right]) = start.as_ref().and_then(|s| s.as_app(fun::EQ)) else { return false };
    let Some(l) = arrive(left, &proof.left, &assumed) else { return false };
    let Some(r) = arrive(right, &proof.right, &assumed) else { return false };
    let owed = match (regroup(&l) == regroup(&r), &proof.rest) {
        (true, None) => owed(relation, givens),
        (_, Some(shown)) => {
            let end = Expr::relate(fun::EQ, regroup(&l), regroup(&r));
            let Ok(again) = show(&end, &assumed) else { return false };
            if again.lowered != shown.lowered {
                return false;
            }
            let mut owed = owed(relation, givens);
            owed.extend(again.conditions.into_iter().filter(|c| !follows(c, &assumed)));
            owed
        }
        (false, None) => return false,
    };
    owed.iter().all(|c| proof.owed.contains(c))
}

/// The equation with both sides multiplied.
pub fn multiplied(relation: &Expr, by: &[Multiplier]) -> Option<Expr> {
    let mul = fun::by_name(fun::MUL)?;
    let mut sides = relation.as_app(fun::EQ)?.to_vec();
    for m in by {
        for side in &mut sides {
            let pair = if m.on_left { [m.by.clone(), side.clone()] } else { [side.clone(), m.by.clone()] };
            *side = Expr::new(Node::App(mul, pair.to_vec()));
        }
    }
    Some(Expr::apply(fun::EQ, sides))
}

/// What may be assumed on the way: the givens, and that both sides have values ([`owed`] says what that costs).
pub fn assumed(relation: &Expr, givens: &[Expr]) -> Vec<Expr> {
    let mut all = givens.to_vec();
    for side in relation.children() {
        all.extend(conditions(side));
    }
    all
}

/// The conditions under which one side has a value and the other does not follow to have one.
pub fn owed(relation: &Expr, givens: &[Expr]) -> Vec<Expr> {
    let sides: Vec<Vec<Expr>> = relation.children().into_iter().map(conditions).collect();
    let [left, right] = sides.as_slice() else { return vec![] };
    let one_way = |needed: &[Expr], there: &[Expr]| {
        let known: Vec<Expr> = givens.iter().chain(there).cloned().collect();
        needed.iter().filter(|c| !follows(c, &known)).cloned().collect::<Vec<_>>()
    };
    let mut out = one_way(left, right);
    out.extend(one_way(right, left));
    out
}

/// Where the steps lead from a side on, each checked; `None` if one is not right.
fn arrive(start: &Expr, steps: &[Rewrite], assumed: &[Expr]) -> Option<Expr> {
    let mut now = start.clone();
    for step in steps {
        let small = step.before.size() <= LARGEST && step.after.size() <= LARGEST;
        if !small || !well_sorted(&step.before) || regroup(&step.before) != regroup(&now) {
            return None;
        }
        let rule = rules::by_id(&step.rule)?;
        let (from, to) = if step.backward { (rule.right(), rule.left()) } else { (rule.left(), rule.right()) };
        if !fits(rule, &step.substitution) {
            return None;
        }
        let open = step.substitution.values().any(|v| !v.is_closed());
        let holds = |c: &Expr| !open && follows(&instantiated(c, &step.substitution), assumed);
        if !rule.conditions.iter().all(holds) {
            return None;
        }
        let place = at(&step.before, &step.path)?;
        let (from, to) = (instantiated(from, &step.substitution), instantiated(to, &step.substitution));
        if !well_sorted(&from) || !well_sorted(&to) || regroup(place) != regroup(&from) || !alike(&from, &to) {
            return None;
        }
        now = replaced(&step.before, &step.path, &to)?;
        if now != step.after || !well_sorted(&now) || !alike(&now, start) {
            return None;
        }
    }
    Some(now)
}

/// Whether the sorts allow one to stand for the other.
fn alike(a: &Expr, b: &Expr) -> bool {
    a.sort() == b.sort() || a.sort().is_scalar() && b.sort().is_scalar()
}

/// The variables of a rule: its free symbols, and those in the sizes of their sorts.
pub fn variables(rule: &Rule) -> BTreeSet<Symbol> {
    let parts = [rule.left(), rule.right()].into_iter().chain(&rule.conditions);
    let mut all: BTreeSet<Symbol> = parts.flat_map(Expr::symbols).collect();
    let sizes: Vec<Symbol> = all.iter().flat_map(|s| s.sort.sizes()).flat_map(Expr::symbols).collect();
    all.extend(sizes);
    all
}

/// Whether each variable of the rule stands for an expression of its sort, sizes included.
fn fits(rule: &Rule, substitution: &BTreeMap<Symbol, Expr>) -> bool {
    variables(rule).iter().all(|v| {
        let Some(value) = substitution.get(v) else { return false };
        match &v.sort {
            Sort::Real => value.sort().is_scalar(),
            Sort::Integer => *value.sort() == Sort::Integer,
            Sort::Array(sizes) => {
                let sizes: Vec<Expr> = sizes.iter().map(|n| regroup(&instantiated(n, substitution))).collect();
                match sizes.as_slice() {
                    [n] => matches!(value.sort().sizes(), [k] if regroup(k) == *n),
                    [m, n] => value.sort().rows_columns().is_some_and(|(r, c)| regroup(&r) == *m && regroup(&c) == *n),
                    _ => false,
                }
            }
            _ => false,
        }
    })
}

/// The expression with variables replaced all at once, capture-free, brackets kept.
pub fn instantiated(e: &Expr, substitution: &BTreeMap<Symbol, Expr>) -> Expr {
    fill(e, substitution, 0)
}

fn fill(e: &Expr, substitution: &BTreeMap<Symbol, Expr>, depth: u32) -> Expr {
    match e.node() {
        Node::Sym(s) => substitution.get(s).map_or_else(|| e.clone(), |v| v.shifted(depth, 0)),
        Node::App(f, args) => Expr::new(Node::App(*f, args.iter().map(|a| fill(a, substitution, depth)).collect())),
        Node::Bind { domain, .. } => {
            let outside = domain.parts().len();
            let children = e.children().into_iter().enumerate();
            let filled = children.map(|(i, c)| fill(c, substitution, if i < outside { depth } else { depth + 1 }));
            e.with_children(filled.collect())
        }
        _ => e.with_children(e.children().into_iter().map(|c| fill(c, substitution, depth)).collect()),
    }
}

/// The part at the end of a way down.
pub fn at<'e>(e: &'e Expr, path: &[usize]) -> Option<&'e Expr> {
    match path {
        [] => Some(e),
        [first, rest @ ..] => at(e.children().get(*first)?, rest),
    }
}

/// The expression with another part at the end of a way down, brackets kept.
pub fn replaced(e: &Expr, path: &[usize], part: &Expr) -> Option<Expr> {
    let [first, rest @ ..] = path else { return Some(part.clone()) };
    let mut children: Vec<Expr> = e.children().into_iter().cloned().collect();
    let slot = children.get_mut(*first)?;
    *slot = replaced(slot, rest, part)?;
    Some(match e.node() {
        Node::App(f, _) => Expr::new(Node::App(*f, children)),
        _ => e.with_children(children),
    })
}
