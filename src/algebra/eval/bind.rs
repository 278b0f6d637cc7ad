//! Binders over finite ranges and sets.

use super::evaluator::{Evaluator, Slot};
use super::system::System;
use super::value::{Array, SetValue, Value};
use crate::expr::{Binder, Domain, Expr, Sort};
use crate::num::{Exact, Rational, Ternary};

/// Longest range that is walked.
const RANGE_CAP: i64 = 1 << 16;

impl<N: System> Evaluator<'_, N> {
    pub(super) fn binding(&mut self, e: &Expr, binder: Binder, domain: &Domain, body: &Expr) -> Value<N> {
        match binder {
            Binder::Integral => return self.integral(domain, body),
            Binder::Limit => return Value::undefined(),
            Binder::Derivative => return self.derivative(domain, body),
            _ => {}
        }
        let Some(members) = self.members(domain) else {
            return match binder {
                Binder::ForAll | Binder::Exists => Value::Truth(Ternary::Unknown),
                Binder::ArgMax | Binder::ArgMin => Value::Set(SetValue::Unknown),
                _ => Value::undefined(),
            };
        };
        match binder {
            Binder::ForAll | Binder::Exists => {
                let (start, decisive) = match binder {
                    Binder::ForAll => (Ternary::True, Ternary::False),
                    _ => (Ternary::False, Ternary::True),
                };
                let mut result = start;
                for m in members {
                    let Value::Truth(t) = self.under(m, body) else { return Value::Truth(Ternary::Unknown) };
                    result = if decisive == Ternary::False { result.and(t) } else { result.or(t) };
                    if result == decisive {
                        break;
                    }
                }
                Value::Truth(result)
            }
            Binder::ArgMax | Binder::ArgMin => {
                let values: Vec<(Value<N>, Value<N>)> =
                    members.into_iter().map(|m| (m.value.clone(), self.under(m, body))).collect();
                Value::Set(extreme_places(&values, binder == Binder::ArgMax))
            }
            _ => {
                let mut values = Vec::with_capacity(members.len().min(1024));
                for m in members {
                    values.push(self.under(m, body));
                }
                self.folded(e, binder, values)
            }
        }
    }

    /// Sum, product, extremes, or array of the values in order.
    fn folded(&mut self, e: &Expr, binder: Binder, values: Vec<Value<N>>) -> Value<N> {
        if values.is_empty() {
            return match binder {
                Binder::Sum => self.empty_sum(e.sort()),
                Binder::Product => Value::Scalar(N::one()),
                Binder::Lambda => Value::undefined(),
                _ => Value::nothing(),
            };
        }
        match binder {
            Binder::Sum => self.sum(values),
            Binder::Product => {
                let factors = values.into_iter().map(|v| (v, e.sort().clone()));
                let product = factors.reduce(|a, b| self.times(a, b));
                product.map_or_else(Value::undefined, |(v, _)| v)
            }
            Binder::Max | Binder::Sup => extreme(&values, N::max),
            Binder::Min | Binder::Inf => extreme(&values, N::min),
            Binder::Lambda => stacked(values),
            _ => Value::undefined(),
        }
    }

    fn empty_sum(&mut self, sort: &Sort) -> Value<N> {
        let sizes: Option<Vec<usize>> = sort.sizes().iter().map(|n| self.size(n)).collect();
        match sizes.as_deref() {
            Some([]) => Value::Scalar(N::zero()),
            Some([n]) => Value::Array(Array::vector(vec![N::zero(); *n])),
            Some([m, n]) if self.spend(m.saturating_mul(*n)) => Value::Array(Array::from_fn(*m, *n, |_, _| N::zero())),
            _ => Value::undefined(),
        }
    }

    /// The values of the bound variable in order, if there are finitely many.
    fn members(&mut self, domain: &Domain) -> Option<Vec<Slot<N>>> {
        match domain {
            Domain::Range(a, b) => {
                let (a, b) = (self.integer(a)?, self.integer(b)?);
                self.integers(a, b)
            }
            Domain::Over(set) => match self.set(set) {
                SetValue::Range(a, b) => self.integers(a, b),
                SetValue::Finite(members) => {
                    let exact: Vec<Option<Rational>> = match self.exact(set) {
                        Value::Set(SetValue::Finite(exact)) if exact.len() == members.len() => {
                            exact.iter().map(|v| v.scalar().and_then(Exact::rational).cloned()).collect()
                        }
                        _ => vec![None; members.len()],
                    };
                    Some(members.into_iter().zip(exact).map(|(value, exact)| Slot { value, exact }).collect())
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn integers(&mut self, a: i64, b: i64) -> Option<Vec<Slot<N>>> {
        let count = b.checked_sub(a)?.checked_add(1)?.max(0);
        if count > RANGE_CAP || !self.spend(usize::try_from(count).ok()?) {
            return None;
        }
        let slot = |i: i64| {
            let q = Rational::from(i);
            Slot { value: Value::Scalar(N::from_rational(&q)), exact: Some(q) }
        };
        Some((a..=b).map(slot).collect())
    }
}

fn extreme<N: System>(values: &[Value<N>], better: fn(&N, &N) -> N) -> Value<N> {
    let mut best: Option<N> = None;
    for v in values {
        let Value::Scalar(x) = v else { return Value::undefined() };
        best = Some(match best {
            None => x.clone(),
            Some(b) => better(&b, x),
        });
    }
    best.map_or_else(Value::nothing, Value::Scalar)
}

/// A vector of scalars, or a matrix whose rows are vectors.
fn stacked<N: System>(values: Vec<Value<N>>) -> Value<N> {
    if let Some(entries) = values.iter().map(|v| v.scalar().cloned()).collect::<Option<Vec<N>>>() {
        return Value::Array(Array::vector(entries));
    }
    let rows = values.len();
    let mut width = None;
    let mut entries = Vec::new();
    for v in values {
        match v {
            Value::Array(a) if a.columns.is_none() && width.is_none_or(|w| w == a.rows) => {
                width = Some(a.rows);
                entries.extend(a.entries);
            }
            _ => return Value::undefined(),
        }
    }
    Value::Array(Array { rows, columns: width, entries })
}

/// The members whose value is greatest (or least); not known as soon as one comparison is in doubt.
fn extreme_places<N: System>(values: &[(Value<N>, Value<N>)], greatest: bool) -> SetValue<N> {
    let mut places = Vec::new();
    for (member, value) in values {
        let Value::Scalar(x) = value else { return SetValue::Unknown };
        let mut best = Ternary::True;
        for (_, other) in values {
            let Value::Scalar(y) = other else { return SetValue::Unknown };
            if std::ptr::eq(x, y) {
                best = best.and(!x.is_undefined());
                continue;
            }
            best = best.and(if greatest { y.at_most(x) } else { x.at_most(y) });
        }
        match best {
            Ternary::True => places.push(member.clone()),
            Ternary::False => {}
            Ternary::Unknown => return SetValue::Unknown,
        }
    }
    SetValue::Finite(places)
}
