//! The walk over an expression.

use super::env::Env;
use super::smooth::smooth;
use super::system::System;
use super::value::{Array, SetValue, Value};
use super::work;
use crate::expr::{Binder, Expr, Memo, Node, Sort, Symbol, fun};
use crate::num::{Exact, Rational, Ternary};

/// The value of a bound variable, and the exact one where it is known.
#[derive(Clone, Debug)]
pub(super) struct Slot<N> {
    pub(super) value: Value<N>,
    pub(super) exact: Option<Rational>,
}

/// Evaluates one expression; keeps the values of closed subexpressions, which don't depend on bound variables.
pub(super) struct Evaluator<'a, N: System> {
    pub(super) env: &'a Env<N>,
    /// Values of the bound variables, the nearest binder's last.
    pub(super) stack: Vec<Slot<N>>,
    pub(super) fuel: &'a mut u64,
    /// Relative tolerance of relations.
    pub(super) tolerance: f64,
    closed: Memo<Expr, Value<N>>,
    /// Values of sums and the like that don't depend on the nearest binder's variable, by the numbers that the others
    /// of their variables have.
    steady: Memo<(Expr, Vec<i64>), Value<N>>,
}

/// Closed subexpressions of at least this size are kept.
const KEEP_SIZE: u64 = 4;

/// Most kept values of one evaluation.
const KEEP_CAP: usize = 4096;

impl<'a, N: System> Evaluator<'a, N> {
    pub(super) fn new(env: &'a Env<N>, fuel: &'a mut u64) -> Self {
        Evaluator {
            env,
            stack: Vec::new(),
            fuel,
            tolerance: env.tolerance(),
            closed: Memo::default(),
            steady: Memo::default(),
        }
    }

    /// Takes `cost` units of fuel; `false` if there is not that much left (then there is none left).
    pub(super) fn spend(&mut self, cost: usize) -> bool {
        work::count(cost);
        let cost = u64::try_from(cost).unwrap_or(u64::MAX);
        let enough = *self.fuel >= cost;
        *self.fuel = self.fuel.saturating_sub(cost);
        enough
    }

    /// Counts what so many operations cost a search more than they take of the fuel.
    pub(super) fn toil(&self, operations: usize) {
        work::count(operations.saturating_mul(N::OPERATION - 1));
    }

    /// The value with that much fuel, whatever was spent before.
    pub(super) fn eval_with(&mut self, e: &Expr, fuel: u64) -> Value<N> {
        *self.fuel = fuel;
        self.eval(e)
    }

    pub(super) fn eval(&mut self, e: &Expr) -> Value<N> {
        if e.depth() > super::DEPTH_CAP || !self.spend(1) {
            return Value::undefined();
        }
        match e.node() {
            Node::Num(q) => Value::Scalar(N::from_rational(q)),
            Node::Sym(s) => self.env.get(s).cloned().unwrap_or_else(Value::undefined),
            Node::Bound { index, .. } => self.slot(*index).map_or_else(Value::undefined, |s| s.value.clone()),
            Node::Opaque { .. } => Value::undefined(),
            _ if e.is_closed() && e.size() >= KEEP_SIZE => {
                if let Some(known) = self.closed.get(e) {
                    return known.clone();
                }
                let value = self.compound(e);
                if *self.fuel > 0 && self.closed.len() < KEEP_CAP {
                    self.closed.insert(e.clone(), value.clone());
                }
                value
            }
            Node::Bind { binder: Binder::Sum | Binder::Product | Binder::Max | Binder::Min, .. } => self.steadily(e),
            _ => self.compound(e),
        }
    }

    /// The value of a sum inside of another binder. Exact numbers of the variables determine their values in any system.
    fn steadily(&mut self, e: &Expr) -> Value<N> {
        let Some(key) = self.numbers_of(e).map(|numbers| (e.clone(), numbers)) else { return self.compound(e) };
        if let Some(known) = self.steady.get(&key) {
            return known.clone();
        }
        let value = self.compound(e);
        if *self.fuel > 0 && self.steady.len() < KEEP_CAP {
            self.steady.insert(key, value.clone());
        }
        value
    }

    /// The numbers of the variables that an expression depends on; `None` where the nearest is among them, or one is no
    /// exact integer.
    fn numbers_of(&self, e: &Expr) -> Option<Vec<i64>> {
        let levels = e.levels().filter(|levels| levels & 1 == 0)?;
        let used = (1..e.loose()).filter(|level| levels >> level & 1 == 1);
        used.map(|level| self.slot(level)?.exact.as_ref()?.to_i64()).collect()
    }

    fn compound(&mut self, e: &Expr) -> Value<N> {
        match e.node() {
            Node::App(f, args) => self.application(e, *f, args),
            Node::Call(s, args) => self.call(s, args),
            Node::Bind { binder, domain, body } => self.binding(e, *binder, domain, body),
            Node::Array { rows, columns, entries } => self.array(*rows, *columns, entries),
            _ => Value::undefined(),
        }
    }

    /// The value of the variable bound `index` levels up.
    fn slot(&self, index: u32) -> Option<&Slot<N>> {
        let place = self.stack.len().checked_sub(1)?.checked_sub(usize::try_from(index).ok()?)?;
        self.stack.get(place)
    }

    /// The value with one more bound variable.
    pub(super) fn under(&mut self, slot: Slot<N>, body: &Expr) -> Value<N> {
        self.stack.push(slot);
        let value = self.eval(body);
        self.stack.pop();
        value
    }

    pub(super) fn scalar(&mut self, e: &Expr) -> N {
        match self.eval(e) {
            Value::Scalar(x) => x,
            _ => N::undefined(),
        }
    }

    pub(super) fn all(&mut self, args: &[Expr]) -> Vec<Value<N>> {
        args.iter().map(|a| self.eval(a)).collect()
    }

    /// The exact value of an expression: `Exact::Unknown` where it is not known to be rational.
    pub(super) fn exact(&mut self, e: &Expr) -> Value<Exact> {
        let unknown = || Value::Scalar(Exact::Unknown);
        match e.node() {
            Node::Num(q) => Value::Scalar(Exact::Value(q.clone())),
            Node::Sym(s) => self.env.exact(s).cloned().unwrap_or_else(unknown),
            Node::Bound { index, .. } => {
                self.slot(*index).and_then(|s| s.exact.clone()).map_or_else(unknown, |q| Value::Scalar(Exact::Value(q)))
            }
            _ => {
                let env = self.env.exactly();
                let mut inner = Evaluator::<Exact>::new(&env, self.fuel);
                inner.stack = self
                    .stack
                    .iter()
                    .map(|s| Slot {
                        value: Value::Scalar(s.exact.clone().map_or(Exact::Unknown, Exact::Value)),
                        exact: s.exact.clone(),
                    })
                    .collect();
                inner.eval(e)
            }
        }
    }

    /// The exact rational value of a scalar.
    pub(super) fn rational(&mut self, e: &Expr) -> Option<Rational> {
        self.exact(e).scalar().and_then(Exact::rational).cloned()
    }

    /// The value of an index, size or integer exponent.
    pub(super) fn integer(&mut self, e: &Expr) -> Option<i64> {
        match e.node() {
            Node::Num(q) => q.to_i64(),
            Node::Sym(s) => self.env.exact(s)?.scalar()?.rational()?.to_i64(),
            Node::Bound { index, .. } => self.slot(*index)?.exact.as_ref()?.to_i64(),
            Node::App(f, args) if f.name == fun::ADD => match self.total(args) {
                Some(total) => Some(total),
                None => self.rational(e)?.to_i64(),
            },
            _ => self.rational(e)?.to_i64(),
        }
    }

    /// The sum of what is plainly integers: `i + 1`.
    fn total(&mut self, terms: &[Expr]) -> Option<i64> {
        let leaf = |e: &Expr| matches!(e.node(), Node::Num(_) | Node::Sym(_) | Node::Bound { .. });
        if !terms.iter().all(leaf) || !self.spend(1 + terms.len()) {
            return None;
        }
        terms.iter().try_fold(0i64, |sum, e| sum.checked_add(self.integer(e)?))
    }

    /// A size: an integer from 0 that the fuel bears.
    pub(super) fn size(&mut self, e: &Expr) -> Option<usize> {
        let n = usize::try_from(self.integer(e)?).ok()?;
        self.spend(n).then_some(n)
    }

    fn call(&mut self, symbol: &Symbol, args: &[Expr]) -> Value<N> {
        if let Some(value) = self.env.get(symbol).cloned() {
            return match value {
                Value::Array(a) => self.indexed(&a, args),
                _ => Value::undefined(),
            };
        }
        let Some(seed) = self.env.functions().filter(|_| matches!(symbol.sort, Sort::Function | Sort::Unknown)) else {
            return Value::undefined();
        };
        let values = self.all(args);
        if values.iter().any(|v| !matches!(v, Value::Scalar(_) | Value::Array(_))) {
            return Value::undefined();
        }
        let flat: Vec<N> = values.iter().flat_map(|v| v.numbers().iter().cloned()).collect();
        Value::Scalar(smooth(symbol, seed, &flat))
    }

    /// What an array has at an index that isn't known to be an integer: certainly nothing, if it certainly is none.
    fn no_place(&mut self, index: &Expr) -> Value<N> {
        let i = self.scalar(index);
        let integral = match i.is_undefined() {
            Ternary::False => i.equals(&i.floor()),
            undefined => !undefined,
        };
        if integral == Ternary::False { Value::nothing() } else { Value::undefined() }
    }

    /// Entry or row of an array; an index out of range has no value.
    pub(super) fn indexed(&mut self, a: &Array<N>, indices: &[Expr]) -> Value<N> {
        let mut places = Vec::with_capacity(indices.len());
        for i in indices {
            match self.integer(i) {
                Some(i) => places.push(i),
                None => return self.no_place(i),
            }
        }
        Self::picked(a, &places)
    }

    /// Entry or row of an array at places counted from 1.
    pub(super) fn picked(a: &Array<N>, places: &[i64]) -> Value<N> {
        let place = |i: i64, size: usize| usize::try_from(i).ok().filter(|i| (1..=size).contains(i)).map(|i| i - 1);
        match (places, a.columns) {
            ([], _) => Value::Array(a.clone()),
            ([i], None) => place(*i, a.rows)
                .and_then(|i| a.entries.get(i))
                .map_or_else(Value::nothing, |x| Value::Scalar(x.clone())),
            ([i], Some(n)) => match place(*i, a.rows).and_then(|i| a.entries.get(i * n..(i + 1) * n)) {
                Some(row) => Value::Array(Array::vector(row.to_vec())),
                None => Value::nothing(),
            },
            ([i, j], Some(n)) => match (place(*i, a.rows), place(*j, n)) {
                (Some(i), Some(j)) => a.get(i, j).map_or_else(Value::nothing, |x| Value::Scalar(x.clone())),
                _ => Value::nothing(),
            },
            _ => Value::undefined(),
        }
    }

    fn array(&mut self, rows: usize, columns: Option<usize>, entries: &[Expr]) -> Value<N> {
        if rows.checked_mul(columns.unwrap_or(1)) != Some(entries.len()) {
            return Value::undefined();
        }
        let mut numbers = Vec::with_capacity(entries.len());
        for e in entries {
            match self.eval(e) {
                Value::Scalar(x) => numbers.push(x),
                _ => return Value::undefined(),
            }
        }
        Value::Array(Array { rows, columns, entries: numbers })
    }

    /// The named finite set's or other set expression's value.
    pub(super) fn set(&mut self, e: &Expr) -> SetValue<N> {
        match self.eval(e) {
            Value::Set(s) => s,
            _ => SetValue::Unknown,
        }
    }

    pub(super) fn truth(&mut self, e: &Expr) -> Ternary {
        match self.eval(e) {
            Value::Truth(t) => t,
            _ => Ternary::Unknown,
        }
    }
}
