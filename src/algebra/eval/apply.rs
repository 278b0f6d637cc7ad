//! Rows of the function table applied.

use super::evaluator::{Evaluator, Slot};
use super::linear;
use super::probability;
use super::system::System;
use super::value::{Array, Value, indicator};
use crate::expr::{Binder, Domain, Expr, Fun, Node, Sort, fun};
use crate::num::{Number, Rational, Ternary};

/// Largest power of a matrix.
const MATRIX_POWER_CAP: u64 = 64;

/// What elimination costs: n³ operations, and exact numbers and enclosures grow with every row.
fn elimination<N: System>(n: usize) -> usize {
    n.saturating_pow(3).saturating_mul(if N::rounds() { 1 } else { 1 + n / 4 })
}

impl<N: System> Evaluator<'_, N> {
    pub(super) fn application(&mut self, e: &Expr, f: Fun, args: &[Expr]) -> Value<N> {
        if !f.arity.admits(args.len()) {
            return Value::undefined();
        }
        if fun::is_relation(f.name) || fun::is_connective(f.name) {
            return Value::Truth(self.relation(f.name, args));
        }
        match (f.name, args) {
            (fun::ADD, _) => {
                let values = self.all(args);
                self.sum(values)
            }
            (fun::MUL, _) => self.product(args),
            (fun::POW, [base, exponent]) => self.power(base, exponent),
            (fun::INDEX, [array, indices @ ..]) => self.index(array, indices),
            ("cases", _) => self.cases(args),
            ("delta", [a, b]) => self.delta(a, b),
            ("factorial", [n]) => match self.rational(n) {
                Some(q) if q.is_integer() && q < Rational::from(0) => Value::nothing(),
                q => number(q.and_then(|q| q.factorial_exact())),
            },
            ("binomial", [n, k]) => {
                let (n, k) = (self.rational(n), self.rational(k));
                number(n.zip(k).and_then(|(n, k)| n.binomial_exact(&k)))
            }
            ("infinity", _) => Value::undefined(),
            ("identity" | "ones" | "zeros" | "zero_matrix" | "unit", _) => self.special(f.name, args),
            _ => match f.kernel {
                Some(kernel) => {
                    let values = self.all(args);
                    self.entrywise(f.name, N::kernel(&kernel), values)
                }
                None => self.of_arrays(e, f.name, args),
            },
        }
    }

    /// Sum of scalars, or of arrays of one shape.
    pub(super) fn sum(&mut self, values: Vec<Value<N>>) -> Value<N> {
        values.into_iter().reduce(|a, b| self.plus(a, b)).unwrap_or_else(|| Value::Scalar(N::zero()))
    }

    pub(super) fn plus(&mut self, a: Value<N>, b: Value<N>) -> Value<N> {
        match (a, b) {
            (Value::Scalar(x), Value::Scalar(y)) => Value::Scalar(x + y),
            (Value::Array(x), Value::Array(y)) => {
                self.spend(x.entries.len());
                x.zip(&y, |x, y| x.clone() + y.clone()).map_or_else(Value::undefined, Value::Array)
            }
            (a, b) => neither(&a, &b),
        }
    }

    /// Scalars scale, neighbouring arrays multiply as matrices; the sorts tell a 1 × 1 product from a number.
    fn product(&mut self, args: &[Expr]) -> Value<N> {
        let mut result: Option<(Value<N>, Sort)> = None;
        for a in args {
            let value = self.eval(a);
            let next = (value, a.sort().clone());
            result = Some(match result {
                None => next,
                Some(left) => self.times(left, next),
            });
        }
        result.map_or_else(Value::undefined, |(v, _)| v)
    }

    pub(super) fn times(&mut self, left: (Value<N>, Sort), right: (Value<N>, Sort)) -> (Value<N>, Sort) {
        if [&left.0, &right.0].iter().any(|v| v.is_undefined() == Ternary::True) {
            return (Value::nothing(), Sort::Unknown);
        }
        let undefined = || (Value::undefined(), Sort::Unknown);
        match (left, right) {
            ((Value::Scalar(x), s), (Value::Scalar(y), t)) => {
                let sort = if s == Sort::Integer { t } else { s };
                (Value::Scalar(x * y), sort)
            }
            ((Value::Scalar(x), _), (Value::Array(a), s)) | ((Value::Array(a), s), (Value::Scalar(x), _)) => {
                self.spend(a.entries.len());
                (Value::Array(a.map(|y| x.clone() * y.clone())), s)
            }
            ((Value::Array(a), s), (Value::Array(b), t)) => {
                let operations = a.entries.len().saturating_mul(b.width());
                if !self.spend(operations) {
                    return undefined();
                }
                self.toil(operations);
                let Some(m) = linear::product(&a, &b) else { return undefined() };
                let one = |sizes: Option<Expr>, dynamic: usize| sizes.map_or(dynamic == 1, |n| n.as_int() == Some(1));
                let rows = s.rows_columns().map(|(m, _)| m);
                let columns = t.rows_columns().map(|(_, n)| n);
                let row = one(rows.clone(), a.rows) && a.columns.is_some();
                let column = one(columns.clone(), b.width());
                if row && column && m.entries.len() == 1 {
                    return (m.entries.into_iter().next().map_or_else(Value::undefined, Value::Scalar), Sort::Real);
                }
                let vector = column && b.columns.is_none();
                let sort = match (rows, columns) {
                    (Some(m), _) if vector => Sort::vector(m),
                    (Some(m), Some(n)) => Sort::matrix(m, n),
                    _ => Sort::Unknown,
                };
                (Value::Array(if vector { Array { columns: None, ..m } } else { m }), sort)
            }
            _ => undefined(),
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) -> Value<N> {
        let integral = exponent.as_num().is_some() || *exponent.sort() == Sort::Integer;
        let n = if integral { self.integer(exponent) } else { None };
        match (self.eval(base), n) {
            (Value::Scalar(x), Some(n)) => Value::Scalar(x.powi(n)),
            (Value::Scalar(x), None) if self.spend(2 * N::FUNCTION) => Value::Scalar(x.powf(&self.scalar(exponent))),
            (Value::Array(a), Some(n)) if a.square().is_some() && n.unsigned_abs() <= MATRIX_POWER_CAP => {
                let size = a.rows;
                let start = if n < 0 { linear::inverse(&a) } else { Some(a) };
                let Some(start) = start else { return Value::undefined() };
                let mut power = linear::identity::<N>(size);
                for _ in 0..n.unsigned_abs() {
                    let enough = self.spend(size * size * size);
                    match linear::product(&power, &start) {
                        Some(next) if enough => power = next,
                        _ => return Value::undefined(),
                    }
                }
                Value::Array(power)
            }
            _ => Value::undefined(),
        }
    }

    /// An entry of a free array is looked up without copying the array.
    fn index(&mut self, array: &Expr, indices: &[Expr]) -> Value<N> {
        if let Node::Sym(s) = array.node() {
            let env = self.env;
            return match env.get(s) {
                Some(Value::Array(a)) => self.indexed(a, indices),
                _ => Value::undefined(),
            };
        }
        if let (Node::Bind { binder: Binder::Lambda, domain: Domain::Range(low, high), body }, [first, rest @ ..]) =
            (array.node(), indices)
            && let (Some(low), Some(high), Some(place)) = (self.integer(low), self.integer(high), self.integer(first))
        {
            let places: Option<Vec<i64>> = rest.iter().map(|i| self.integer(i)).collect();
            return match places {
                Some(places) => self.entry_at(body, (low, high), place, &places),
                None => self.entry_of(body, (low, high), place, rest),
            };
        }
        match self.eval(array) {
            Value::Array(a) => self.indexed(&a, indices),
            _ => Value::undefined(),
        }
    }

    /// An entry of a comprehension, without the others.
    fn entry_of(&mut self, body: &Expr, range: (i64, i64), place: i64, rest: &[Expr]) -> Value<N> {
        let slot = match self.variable_at(range, place) {
            Ok(slot) => slot,
            Err(value) => return value,
        };
        self.stack.push(slot);
        let inner: Vec<Expr> = rest.iter().map(|i| i.shifted(1, 0)).collect();
        let value = self.index(body, &inner);
        self.stack.pop();
        value
    }

    /// The same where all places are known.
    fn entry_at(&mut self, body: &Expr, range: (i64, i64), place: i64, rest: &[i64]) -> Value<N> {
        let slot = match self.variable_at(range, place) {
            Ok(slot) => slot,
            Err(value) => return value,
        };
        if rest.is_empty() {
            return self.under(slot, body);
        }
        self.stack.push(slot);
        let value = self.at(body, rest);
        self.stack.pop();
        value
    }

    fn at(&mut self, array: &Expr, places: &[i64]) -> Value<N> {
        let env = self.env;
        match (array.node(), places) {
            (Node::Sym(s), _) => match env.get(s) {
                Some(Value::Array(a)) => Self::picked(a, places),
                _ => Value::undefined(),
            },
            (Node::Bind { binder: Binder::Lambda, domain: Domain::Range(low, high), body }, [first, rest @ ..])
                if let (Some(low), Some(high)) = (self.integer(low), self.integer(high)) =>
            {
                self.entry_at(body, (low, high), *first, rest)
            }
            _ => match self.eval(array) {
                Value::Array(a) => Self::picked(&a, places),
                _ => Value::undefined(),
            },
        }
    }

    /// The variable of a comprehension over a range at a place of it; else the value that there is.
    fn variable_at(&mut self, (low, high): (i64, i64), place: i64) -> Result<Slot<N>, Value<N>> {
        let at = low.checked_add(place).and_then(|i| i.checked_sub(1));
        let at = at.filter(|at| place >= 1 && *at <= high).ok_or_else(Value::nothing)?;
        if !self.spend(1) {
            return Err(Value::undefined());
        }
        let q = Rational::from(at);
        Ok(Slot { value: Value::Scalar(N::from_rational(&q)), exact: Some(q) })
    }

    /// The first value whose condition certainly holds, if the conditions before it certainly fail.
    fn cases(&mut self, args: &[Expr]) -> Value<N> {
        let tolerance = std::mem::replace(&mut self.tolerance, 0.0);
        let mut chosen = None;
        for pair in args.chunks(2) {
            match pair {
                [condition, value] => match self.truth(condition) {
                    Ternary::True => {
                        chosen = Some(value);
                        break;
                    }
                    Ternary::False => {}
                    Ternary::Unknown => {
                        self.tolerance = tolerance;
                        return Value::undefined();
                    }
                },
                [otherwise] => chosen = Some(otherwise),
                _ => {}
            }
        }
        self.tolerance = tolerance;
        chosen.map_or_else(Value::nothing, |v| self.eval(v))
    }

    fn delta(&mut self, a: &Expr, b: &Expr) -> Value<N> {
        if let (Some(x), Some(y)) = (self.rational(a), self.rational(b)) {
            return Value::Scalar(indicator(x == y));
        }
        let (x, y) = (self.scalar(a), self.scalar(b));
        match x.equals(&y) {
            Ternary::Unknown => Value::undefined(),
            equal => Value::Scalar(indicator(equal.certainly())),
        }
    }

    /// A scalar function of arrays entry by entry; scalars beside arrays stand for every entry.
    fn entrywise(&mut self, name: &str, kernel: fn(&[N]) -> N, values: Vec<Value<N>>) -> Value<N> {
        let first = values.iter().find_map(|v| match v {
            Value::Array(a) => Some(a),
            _ => None,
        });
        let Some(shape) = first else {
            let scalars: Option<Vec<N>> = values.iter().map(|v| v.scalar().cloned()).collect();
            return match scalars {
                Some(x) if self.spend(N::FUNCTION) => Value::Scalar(kernel(&x)),
                _ => Value::undefined(),
            };
        };
        // |v| and max v of an array have other readings; the entrywise one is not taken for granted.
        let fits = values.iter().all(|v| match v {
            Value::Array(a) => a.same_shape(shape),
            v => v.scalar().is_some(),
        });
        if !fits
            || matches!((name, values.len()), ("abs", _) | ("max" | "min", 1))
            || !self.spend(shape.entries.len().saturating_mul(N::FUNCTION + 1))
        {
            return Value::undefined();
        }
        let entry = |k: usize| {
            let arguments = values.iter().map(|v| match v {
                Value::Array(a) => a.entries.get(k).cloned().unwrap_or_else(N::undefined),
                v => v.scalar().cloned().unwrap_or_else(N::undefined),
            });
            kernel(&arguments.collect::<Vec<N>>())
        };
        let entries = (0..shape.entries.len()).map(entry).collect();
        Value::Array(Array { rows: shape.rows, columns: shape.columns, entries })
    }

    /// Identity, ones, zeros, unit vectors.
    fn special(&mut self, name: &str, args: &[Expr]) -> Value<N> {
        let sizes = match name {
            "unit" => args.get(..1),
            _ => Some(args),
        };
        let Some(sizes) = sizes.and_then(|s| s.iter().map(|n| self.size(n)).collect::<Option<Vec<usize>>>()) else {
            return Value::undefined();
        };
        let filled = |n: usize, x: fn() -> N| Value::Array(Array::vector((0..n).map(|_| x()).collect()));
        match (name, sizes.as_slice()) {
            ("identity", [n]) if self.spend(n.saturating_mul(*n)) => Value::Array(linear::identity(*n)),
            ("ones", [n]) => filled(*n, N::one),
            ("zeros", [n]) => filled(*n, N::zero),
            ("zero_matrix", [m, n]) if self.spend(m.saturating_mul(*n)) => {
                Value::Array(Array::from_fn(*m, *n, |_, _| N::zero()))
            }
            ("unit", [n]) => match args.get(1).and_then(|place| self.integer(place)) {
                Some(place) if usize::try_from(place).is_ok_and(|p| (1..=*n).contains(&p)) => {
                    Value::Array(Array::vector(probability::unit(*n, place)))
                }
                Some(_) => Value::nothing(),
                None => Value::undefined(),
            },
            _ => Value::undefined(),
        }
    }

    /// Functions of whole arrays.
    fn of_arrays(&mut self, e: &Expr, name: &str, args: &[Expr]) -> Value<N> {
        if let Some(value) = self.set_function(name, args) {
            return value;
        }
        let values = self.all(args);
        let cost: usize = values.iter().map(|v| v.numbers().len()).sum();
        if !self.spend(cost) {
            return Value::undefined();
        }
        let scalar = |x: Option<N>| x.map_or_else(Value::undefined, Value::Scalar);
        match (name, values.as_slice()) {
            ("transpose", [Value::Scalar(x)]) => Value::Scalar(x.clone()),
            ("transpose", [Value::Array(a)]) => {
                let m = linear::transpose(a);
                let vector = match e.sort().sizes().len() {
                    1 => true,
                    2 => false,
                    _ => m.columns == Some(1) && a.columns.is_some(),
                };
                Value::Array(if vector && m.columns == Some(1) { Array { columns: None, ..m } } else { m })
            }
            ("inverse", [Value::Scalar(x)]) => Value::Scalar(x.recip()),
            ("inverse", [Value::Array(a)]) => {
                let enough = self.spend(elimination::<N>(a.rows));
                self.toil(elimination::<N>(a.rows));
                enough.then(|| linear::inverse(a)).flatten().map_or_else(Value::undefined, Value::Array)
            }
            ("trace" | "det", [Value::Scalar(x)]) => Value::Scalar(x.clone()),
            ("trace", [Value::Array(a)]) => scalar(linear::trace(a)),
            ("det", [Value::Array(a)]) => {
                let enough = self.spend(elimination::<N>(a.rows));
                self.toil(elimination::<N>(a.rows));
                scalar(enough.then(|| linear::determinant(a)).flatten())
            }
            ("diag", [Value::Array(a)]) => match a.columns {
                None => Value::Array(Array::from_fn(a.rows, a.rows, |i, j| {
                    a.entries.get(i).filter(|_| i == j).cloned().unwrap_or_else(N::zero)
                })),
                Some(n) => {
                    Value::Array(Array::vector((0..a.rows.min(n)).filter_map(|i| a.get(i, i).cloned()).collect()))
                }
            },
            ("dot", [Value::Scalar(x), Value::Scalar(y)]) => Value::Scalar(x.clone() * y.clone()),
            ("dot", [Value::Array(a), Value::Array(b)]) if a.same_shape(b) => {
                Value::Scalar(linear::dot(&a.entries, &b.entries))
            }
            ("hadamard", [Value::Array(a), Value::Array(b)]) => {
                a.zip(b, |x, y| x.clone() * y.clone()).map_or_else(Value::undefined, Value::Array)
            }
            ("norm" | "norm1", [Value::Scalar(x)]) => Value::Scalar(x.abs()),
            ("norm", [Value::Array(a)]) => Value::Scalar(a.entries.iter().fold(N::zero(), |s, x| s + x.powi(2)).sqrt()),
            ("norm1", [Value::Array(a)]) => Value::Scalar(a.entries.iter().fold(N::zero(), |s, x| s + x.abs())),
            ("entrywise_sum", [Value::Scalar(x)]) => Value::Scalar(x.clone()),
            ("entrywise_sum", [Value::Array(a)]) => {
                Value::Scalar(a.entries.iter().fold(N::zero(), |s, x| s + x.clone()))
            }
            ("softmax", [Value::Array(a)]) => Value::Array(probability::softmax(a)),
            ("log_softmax", [Value::Array(a)]) => Value::Array(probability::log_softmax(a)),
            ("logsumexp", [Value::Array(a)]) if a.columns.is_none() => {
                Value::Scalar(probability::logsumexp(&a.entries))
            }
            ("entropy", [Value::Array(p)]) => Value::Scalar(probability::cross_entropy(&p.entries, &p.entries)),
            ("cross_entropy", [Value::Array(p), Value::Array(q)]) if p.same_shape(q) => {
                Value::Scalar(probability::cross_entropy(&p.entries, &q.entries))
            }
            ("kl", [Value::Array(p), Value::Array(q)]) if p.same_shape(q) => {
                Value::Scalar(probability::kl(&p.entries, &q.entries))
            }
            _ => match self.predicate(name, &values) {
                Some(t) => Value::Truth(t),
                None => Value::undefined(),
            },
        }
    }
}

/// A rational as a value; none is not known.
fn number<N: Number>(q: Option<Rational>) -> Value<N> {
    q.map_or_else(Value::undefined, |q| Value::Scalar(N::from_rational(&q)))
}

/// What two values of different kinds have in common: nothing, if one of them certainly has no value.
fn neither<N: System>(a: &Value<N>, b: &Value<N>) -> Value<N> {
    let without = [a, b].iter().any(|v| v.is_undefined() == Ternary::True);
    if without { Value::nothing() } else { Value::undefined() }
}
