//! Values for the free symbols of an expression.

use std::sync::Arc;

use super::point::{Key, Point, PointValue};
use super::system::System;
use super::value::{SetValue, Value};
use super::work;
use crate::expr::Symbol;
use crate::num::{Exact, Number};

/// Values in the order of the symbols' identities.
type Values<N> = Arc<Vec<(Key, Value<N>)>>;

/// Where a symbol stands in such a list, or would stand.
fn place_of<N>(list: &[(Key, Value<N>)], symbol: &Symbol) -> Result<usize, usize> {
    list.binary_search_by(|((name, version), _)| (**name).cmp(&*symbol.name).then(version.cmp(&symbol.version)))
}

/// Values of the free symbols in one number system, and the exact ones beside them for indices, sizes and exponents.
#[derive(Clone, Debug)]
pub struct Env<N> {
    values: Values<N>,
    exact: Values<Exact>,
    functions: Option<u64>,
    tolerance: f64,
}

impl Env<Exact> {
    /// The exact values of a point.
    pub fn exactly_at(point: &Point) -> Env<Exact> {
        work::count(point.len());
        let values: Values<Exact> = Arc::new(point.by_key().map(|(key, v)| (key.clone(), in_system(v))).collect());
        Env { values: Arc::clone(&values), exact: values, functions: None, tolerance: 0.0 }
    }
}

impl<N: System> Env<N> {
    /// The values of a point.
    pub fn at(point: &Point) -> Env<N> {
        Env::beside(&Env::exactly_at(point), point)
    }

    /// The values of a point of which the exact ones are known.
    pub fn beside(exact: &Env<Exact>, point: &Point) -> Env<N> {
        work::count(point.len());
        let values = Arc::new(point.by_key().map(|(key, v)| (key.clone(), in_system(v))).collect());
        Env { values, exact: Arc::clone(&exact.exact), functions: None, tolerance: 0.0 }
    }

    /// With a symbol set to a value that need not be exact, a box for example.
    pub fn with(mut self, symbol: &Symbol, value: Value<N>) -> Env<N> {
        let values = Arc::make_mut(&mut self.values);
        let entry = (Point::key(symbol), value);
        match place_of(values, symbol) {
            Ok(at) => values.splice(at..=at, [entry]).for_each(drop),
            Err(at) => values.insert(at, entry),
        }
        if let Ok(at) = place_of(&self.exact, symbol) {
            Arc::make_mut(&mut self.exact).remove(at);
        }
        self
    }

    /// With smooth functions, chosen by the seed, standing for function symbols that have no formula. Without, calls of
    /// those are not known to have a value.
    pub fn with_functions(mut self, seed: u64) -> Env<N> {
        self.functions = Some(seed);
        self
    }

    /// With a relative tolerance for relations: equal within it counts as equal, and strict or weak inequality within
    /// it as unknown. For floats; conditions of cases are compared exactly.
    pub fn with_tolerance(mut self, tolerance: f64) -> Env<N> {
        self.tolerance = tolerance;
        self
    }

    /// The value of a symbol.
    pub fn get(&self, symbol: &Symbol) -> Option<&Value<N>> {
        place_of(&self.values, symbol).ok().and_then(|at| self.values.get(at)).map(|(_, v)| v)
    }

    pub(super) fn exact(&self, symbol: &Symbol) -> Option<&Value<Exact>> {
        place_of(&self.exact, symbol).ok().and_then(|at| self.exact.get(at)).map(|(_, v)| v)
    }

    pub(super) fn functions(&self) -> Option<u64> {
        self.functions
    }

    pub(super) fn tolerance(&self) -> f64 {
        self.tolerance
    }

    /// The exact values alone.
    pub(super) fn exactly(&self) -> Env<Exact> {
        Env { values: self.exact.clone(), exact: self.exact.clone(), functions: self.functions, tolerance: 0.0 }
    }

    /// The exact values in another system; what has none there is not known.
    pub(super) fn in_numbers<M: System>(&self) -> Env<M> {
        let number = |x: &Exact| x.rational().map_or_else(M::undefined, M::from_rational);
        Env {
            values: Arc::new(self.exact.iter().map(|(k, v)| (k.clone(), v.map(&mut |x: &Exact| number(x)))).collect()),
            exact: self.exact.clone(),
            functions: None,
            tolerance: 0.0,
        }
    }

    /// All values as constants one order of derivative up.
    pub(super) fn lifted(&self) -> Env<N::Higher> {
        let lift = |v: &Value<N>| v.map(&mut |x: &N| x.higher_constant());
        Env {
            values: Arc::new(self.values.iter().map(|(k, v)| (k.clone(), lift(v))).collect()),
            exact: self.exact.clone(),
            functions: self.functions,
            tolerance: self.tolerance,
        }
    }
}

fn in_system<N: Number>(value: &PointValue) -> Value<N> {
    match value {
        PointValue::Scalar(q) => Value::Scalar(N::from_rational(q)),
        PointValue::Array(a) => Value::Array(a.map(N::from_rational)),
        PointValue::Members(m) => Value::Set(SetValue::Range(1, i64::try_from(*m).unwrap_or(i64::MAX))),
    }
}
