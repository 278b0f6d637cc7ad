//! What to draw at given sizes.

use std::rc::Rc;

use proptest::prelude::*;

use super::arrays::array;
use super::facts::Knowledge;
use super::judge::Judge;
use super::numbers::{integer, number};
use super::open::Claim;
use crate::algebra::eval::{Array, Env, Point, PointValue, Value, evaluate};
use crate::expr::{Expr, Sort, Symbol};
use crate::num::{Exact, Rational};

/// Drawn values, in the order of the plan.
pub(super) type Draft = Vec<PointValue>;

/// Most entries of one array.
const ENTRIES: usize = 4096;

/// Fuel for sizes and equations.
const FUEL: u64 = 100_000;

/// Sizes, and a strategy for every other symbol that no equation gives.
pub(super) struct Plan {
    /// All symbols in order of first use.
    order: Vec<Symbol>,
    sized: Point,
    drawn: Vec<(Symbol, BoxedStrategy<PointValue>)>,
    pub(super) knowledge: Rc<Knowledge>,
    /// Whether what the notes say nothing about is drawn as usual: positive numbers, positive definite square matrices.
    pub(super) ordinary: bool,
}

impl Plan {
    /// A plan for each tuple of sizes: equal sizes first, then mixed ones, the size 1 last.
    pub(super) fn all(claim: &Claim, sizes: &[i64], cases: usize) -> Vec<Plan> {
        let knowledge = Rc::new(Knowledge::of(claim));
        let order = claim.symbols();
        let symbols: Vec<Symbol> = order
            .iter()
            .filter(|s| knowledge.sizes.iter().any(|t| t.same(s)))
            .filter(|s| !knowledge.assigned.iter().any(|(t, _)| t.same(s)))
            .cloned()
            .collect();
        let tuples = tuples(&symbols, &knowledge, sizes, cases);
        // What nothing is said about is drawn in two ways in turn; a counterexample among the ordinary ones is no matter
        // of a convention that the notes leave out.
        let silent = order.iter().any(|s| knowledge.is_silent(s));
        let ways: &[bool] = if silent { &[true, false] } else { &[true] };
        tuples
            .into_iter()
            .flat_map(|tuple| ways.iter().map(move |way| (tuple.clone(), *way)))
            .filter_map(|(tuple, ordinary)| Plan::at(&symbols, &tuple, order, &knowledge, ordinary))
            .collect()
    }

    fn at(
        sizes: &[Symbol],
        tuple: &[i64],
        order: &[Symbol],
        knowledge: &Rc<Knowledge>,
        ordinary: bool,
    ) -> Option<Plan> {
        let mut sized = Point::new();
        for (s, n) in sizes.iter().zip(tuple) {
            sized.set(s, size_value(s, *n));
        }
        for (s, e) in &knowledge.assigned {
            if s.sort == Sort::Integer
                && let Some(n) = value(e, &sized).and_then(|v| v.scalar()?.rational().cloned())
            {
                sized.set(s, PointValue::Scalar(n));
            }
        }
        let mut drawn = Vec::new();
        for s in order {
            let given = sized.get(s).is_some() || knowledge.assigned.iter().any(|(t, _)| t.same(s));
            if !given && let Some(strategy) = strategy(s, knowledge, &sized, ordinary)? {
                drawn.push((s.clone(), strategy));
            }
        }
        Some(Plan { order: order.to_vec(), sized, drawn, knowledge: Rc::clone(knowledge), ordinary })
    }

    pub(super) fn strategy(&self) -> impl Strategy<Value = Draft> + use<> {
        self.drawn.iter().map(|(_, s)| s.clone()).collect::<Vec<_>>()
    }

    /// The symbols that a draft has values of, in its order.
    pub(super) fn drawn_symbols(&self) -> impl Iterator<Item = &Symbol> {
        self.drawn.iter().map(|(s, _)| s)
    }

    /// The values of the size symbols.
    pub(super) fn sizes(&self) -> impl Iterator<Item = i64> {
        self.sized.iter().filter_map(|(_, v)| match v {
            PointValue::Scalar(q) => q.to_i64(),
            PointValue::Members(m) => i64::try_from(*m).ok(),
            PointValue::Array(_) => None,
        })
    }

    /// The point of a draft; `None` if an equation does not give a rational value.
    pub(super) fn point(&self, draft: &Draft) -> Option<Point> {
        let mut values = self.sized.clone();
        for ((s, _), v) in self.drawn.iter().zip(draft) {
            values.set(s, v.clone());
        }
        for (s, e) in &self.knowledge.assigned {
            values.set(s, exact_value(&value(e, &values)?)?);
        }
        let mut point = Point::new();
        for s in &self.order {
            if let Some(v) = values.get(s) {
                point.set(s, v.clone());
            }
        }
        Some(point)
    }

    /// Whether the draft is a counterexample, for shrinking: unless `degenerate` not one at an edge of the domain.
    pub(super) fn fails(&self, judge: &mut Judge, draft: &Draft, degenerate: bool) -> bool {
        self.point(draft).is_some_and(|p| {
            judge.admits(&p) && judge.fails(&p) && (degenerate || !super::generic::at_edge(&self.knowledge, &p))
        })
    }
}

fn size_value(s: &Symbol, n: i64) -> PointValue {
    match s.sort {
        Sort::Set => PointValue::Members(usize::try_from(n).unwrap_or(1)),
        _ => PointValue::Scalar(Rational::from(n)),
    }
}

fn value(e: &Expr, point: &Point) -> Option<Value<Exact>> {
    Some(evaluate::<Exact>(e, &Env::at(point), &mut FUEL.clone()))
}

fn exact_value(v: &Value<Exact>) -> Option<PointValue> {
    match v {
        Value::Scalar(x) => Some(PointValue::Scalar(x.rational()?.clone())),
        Value::Array(a) => {
            let entries: Option<Vec<Rational>> = a.entries.iter().map(|x| x.rational().cloned()).collect();
            Some(PointValue::Array(Array { rows: a.rows, columns: a.columns, entries: entries? }))
        }
        _ => None,
    }
}

/// Sizes to try, at most as many tuples as cases.
fn tuples(symbols: &[Symbol], knowledge: &Knowledge, sizes: &[i64], cases: usize) -> Vec<Vec<i64>> {
    let allowed: Vec<Vec<i64>> = symbols
        .iter()
        .map(|s| {
            let facts = knowledge.facts(s);
            let fits = |n: &i64| {
                let q = Rational::from(*n);
                facts.lo.as_ref().is_none_or(|(lo, closed)| q > *lo || (*closed && q == *lo))
                    && facts.hi.as_ref().is_none_or(|(hi, closed)| q < *hi || (*closed && q == *hi))
                    && facts.values.as_ref().is_none_or(|v| v.contains(&q))
            };
            let mut list: Vec<i64> = sizes.iter().copied().filter(fits).collect();
            if facts.lo == Some((Rational::from(0), true)) && !list.contains(&0) {
                list.extend(Some(0).filter(fits));
            }
            if list.is_empty()
                && let Some(lo) = facts.lo.as_ref().and_then(|(q, _)| q.floor().to_i64())
            {
                list.extend((lo..lo.saturating_add(4)).filter(fits));
            }
            list
        })
        .collect();
    let longest = allowed.iter().map(Vec::len).max().unwrap_or(0);
    if symbols.is_empty() {
        return vec![vec![]];
    }
    if allowed.iter().any(Vec::is_empty) {
        return vec![];
    }
    let pick = |k: usize, turn: usize| allowed.get(k).and_then(|l| l.get(turn % l.len())).copied().unwrap_or(1);
    let mut list: Vec<Vec<i64>> = Vec::new();
    let mut push = |tuple: Vec<i64>| {
        if !list.contains(&tuple) && list.len() < cases.max(1) {
            list.push(tuple);
        }
    };
    for turn in 0..longest.min(3) {
        push((0..symbols.len()).map(|k| pick(k, turn)).collect());
        // Different sizes beside each other tell a matrix from its transpose.
        push((0..symbols.len()).map(|k| pick(k, turn + k)).collect());
        push((0..symbols.len()).map(|k| pick(k, turn + symbols.len() - 1 - k)).collect());
        push((0..symbols.len()).map(|k| pick(k, turn + 2 * (k % 2))).collect());
    }
    for turn in 3..longest {
        push((0..symbols.len()).map(|k| pick(k, turn)).collect());
        push((0..symbols.len()).map(|k| pick(k, turn + k)).collect());
    }
    list
}

/// How to draw a symbol; `Some(None)` for what has no values (functions), `None` if its shape is not known.
fn strategy(
    s: &Symbol,
    knowledge: &Knowledge,
    sized: &Point,
    ordinary: bool,
) -> Option<Option<BoxedStrategy<PointValue>>> {
    let mut facts = knowledge.facts(s);
    if ordinary && knowledge.is_silent(s) {
        match s.sort.sizes() {
            [m, n] if m == n => facts.definite = true,
            _ => facts.lo = Some((Rational::from(0), false)),
        }
    }
    let whole = |e: &Expr| value(e, sized).and_then(|v| v.scalar()?.rational()?.to_i64());
    let range = facts.range.as_ref().and_then(|(a, b)| Some((whole(a)?, whole(b)?)));
    let scalar = |facts: &super::facts::Facts| match range {
        Some((a, b)) => integer(a, b),
        None => number(facts),
    };
    Some(match &s.sort {
        Sort::Integer => {
            if facts.lo.is_none() && facts.hi.is_none() && !facts.integer {
                facts.lo = Some((Rational::from(1), true));
            }
            facts.integer = true;
            Some(scalar(&facts).prop_map(PointValue::Scalar).boxed())
        }
        Sort::Real => Some(scalar(&facts).prop_map(PointValue::Scalar).boxed()),
        Sort::Array(sizes) => {
            let sizes: Option<Vec<usize>> = sizes.iter().map(|n| usize::try_from(whole(n)?).ok()).collect();
            let (rows, columns) = match sizes?.as_slice() {
                [n] => (*n, None),
                [m, n] => (*m, Some(*n)),
                _ => return None,
            };
            if rows.saturating_mul(columns.unwrap_or(1)) > ENTRIES {
                return None;
            }
            Some(array(rows, columns, &facts, &scalar(&facts)).prop_map(PointValue::Array).boxed())
        }
        _ => None,
    })
}
