//! Derivatives by dual numbers.

use super::evaluator::{Evaluator, Slot};
use super::system::System;
use super::value::{Array, Value};
use crate::expr::{Domain, Expr};
use crate::num::{Number, Ternary};

impl<N: System> Evaluator<'_, N> {
    /// ∂ body / ∂ variable at a point: the body is evaluated one order up, once for each entry of the direction.
    pub(super) fn derivative(&mut self, domain: &Domain, body: &Expr) -> Value<N> {
        let Domain::At(point, indices) = domain else { return Value::undefined() };
        if !N::LIFTS {
            return Value::undefined();
        }
        match self.eval(point) {
            Value::Scalar(x) if indices.is_empty() => {
                let seeded = Value::Scalar(x.higher_variable());
                let values = self.lifted(vec![seeded], body);
                values.into_iter().next().unwrap_or_else(Value::undefined)
            }
            Value::Array(a) => self.partials(&a, indices, body),
            _ => Value::undefined(),
        }
    }

    /// The partial derivatives by the entries that the indices name.
    fn partials(&mut self, a: &Array<N>, indices: &[Expr], body: &Expr) -> Value<N> {
        let mut places: Vec<i64> = Vec::new();
        for i in indices {
            match self.integer(i) {
                Some(i) => places.push(i),
                None => return Value::undefined(),
            }
        }
        let place = |i: i64, size: usize| usize::try_from(i).ok().filter(|i| (1..=size).contains(i)).map(|i| i - 1);
        let all: Vec<usize> = (0..a.entries.len()).collect();
        let (chosen, rows, columns) = match (places.as_slice(), a.columns) {
            ([], _) => (all, Some(a.rows), a.columns),
            ([i], None) => match place(*i, a.rows) {
                Some(i) => (vec![i], None, None),
                None => return Value::nothing(),
            },
            ([i], Some(n)) => match place(*i, a.rows) {
                Some(i) => ((i * n..(i + 1) * n).collect(), Some(n), None),
                None => return Value::nothing(),
            },
            ([i, j], Some(n)) => match (place(*i, a.rows), place(*j, n)) {
                (Some(i), Some(j)) => (vec![i * n + j], None, None),
                _ => return Value::nothing(),
            },
            _ => return Value::undefined(),
        };
        if !self.spend(chosen.len()) {
            return Value::undefined();
        }
        let seeded = chosen.iter().map(|k| {
            let entries = a.entries.iter().enumerate();
            let lifted =
                entries.map(|(i, x)| if i == *k { x.higher_variable() } else { x.higher_constant() }).collect();
            Value::Array(Array { rows: a.rows, columns: a.columns, entries: lifted })
        });
        let seeded = seeded.collect();
        let parts = self.lifted(seeded, body);
        let Some(rows) = rows else { return parts.into_iter().next().unwrap_or_else(Value::undefined) };
        arranged(parts, rows, columns)
    }

    /// The ε-parts of the body for each value of its variable.
    fn lifted(&mut self, variables: Vec<Value<N::Higher>>, body: &Expr) -> Vec<Value<N>> {
        let env = self.env.lifted();
        let mut inner = Evaluator::<N::Higher>::new(&env, self.fuel);
        inner.tolerance = self.tolerance;
        inner.stack = self
            .stack
            .iter()
            .map(|s| Slot { value: s.value.map(&mut |x: &N| x.higher_constant()), exact: s.exact.clone() })
            .collect();
        let mut parts = Vec::with_capacity(variables.len());
        for value in variables {
            let result = inner.under(Slot { value, exact: None }, body);
            parts.push(match result {
                // Without a value there is no derivative, whatever the ε-part says.
                Value::Scalar(_) | Value::Array(_) => result.map(&mut |x: &N::Higher| {
                    if x.is_undefined() == Ternary::False { N::higher_part(x) } else { N::undefined() }
                }),
                _ => Value::undefined(),
            });
        }
        parts
    }
}

/// Partial derivatives arranged in the shape of the body, then of the variable; at most two sizes in all.
fn arranged<N: System>(parts: Vec<Value<N>>, rows: usize, columns: Option<usize>) -> Value<N> {
    if let Some(entries) = parts.iter().map(|p| p.scalar().cloned()).collect::<Option<Vec<N>>>() {
        return Value::Array(Array { rows, columns, entries });
    }
    let vectors: Option<Vec<&Array<N>>> = parts
        .iter()
        .map(|p| match p {
            Value::Array(v) if v.columns.is_none() => Some(v),
            _ => None,
        })
        .collect();
    match (vectors, columns) {
        (Some(vectors), None) => {
            let height = vectors.first().map_or(0, |v| v.rows);
            if vectors.iter().any(|v| v.rows != height) {
                return Value::undefined();
            }
            Value::Array(Array::from_fn(height, rows, |i, j| {
                vectors.get(j).and_then(|v| v.entries.get(i)).cloned().unwrap_or_else(N::undefined)
            }))
        }
        _ => Value::undefined(),
    }
}
