//! Points: exact values for free symbols.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::value::Array;
use crate::expr::{Expr, Symbol};
use crate::num::Rational;

/// A symbol's identity: name and version.
pub type Key = (Arc<str>, u32);

/// An exact value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PointValue {
    /// A number; sizes and indices are integers.
    Scalar(Rational),
    /// An array of numbers.
    Array(Array<Rational>),
    /// A finite set, by its number of members, which are 1, 2, …
    Members(usize),
}

impl PointValue {
    /// The numbers in it.
    pub fn numbers(&self) -> &[Rational] {
        match self {
            PointValue::Scalar(q) => std::slice::from_ref(q),
            PointValue::Array(a) => &a.entries,
            PointValue::Members(_) => &[],
        }
    }
}

/// Exact values for symbols, in the order in which they were set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    entries: Vec<(Symbol, PointValue)>,
    places: BTreeMap<Key, usize>,
}

impl Point {
    /// A point without values.
    pub fn new() -> Point {
        Point::default()
    }

    /// The identity of a symbol.
    pub fn key(symbol: &Symbol) -> Key {
        (symbol.name.clone(), symbol.version)
    }

    /// Sets a value; a symbol that has one keeps its place.
    pub fn set(&mut self, symbol: &Symbol, value: PointValue) {
        let next = self.entries.len();
        let at = *self.places.entry(Point::key(symbol)).or_insert(next);
        match self.entries.get_mut(at) {
            Some(entry) => entry.1 = value,
            None => self.entries.push((symbol.clone(), value)),
        }
    }

    /// [`Point::set`] with a number.
    pub fn with_scalar(mut self, symbol: &Symbol, value: Rational) -> Point {
        self.set(symbol, PointValue::Scalar(value));
        self
    }

    /// [`Point::set`] with an array.
    pub fn with_array(mut self, symbol: &Symbol, value: Array<Rational>) -> Point {
        self.set(symbol, PointValue::Array(value));
        self
    }

    /// The value of a symbol.
    pub fn get(&self, symbol: &Symbol) -> Option<&PointValue> {
        self.places.get(&Point::key(symbol)).and_then(|i| self.entries.get(*i)).map(|(_, v)| v)
    }

    /// Symbols and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Symbol, &PointValue)> {
        self.entries.iter().map(|(s, v)| (s, v))
    }

    /// How many symbols have a value.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Values in the order of the symbols' identities.
    pub(super) fn by_key(&self) -> impl Iterator<Item = (&Key, &PointValue)> {
        self.places.iter().filter_map(|(key, at)| Some((key, &self.entries.get(*at)?.1)))
    }

    /// Name and value of each symbol as people read them: `("s", "(0, 0, 0)")`.
    pub fn shown(&self) -> Vec<(String, String)> {
        self.iter().map(|(s, v)| (Expr::sym(s.clone()).to_string(), v.to_string())).collect()
    }
}

impl fmt::Display for PointValue {
    /// `1/2`, `(1, 0)`, `[1, 0; 0, 1]`, `{1, …, 3}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |q: &Rational| Expr::num(q.clone()).to_string();
        let list = |row: &[Rational]| row.iter().map(number).collect::<Vec<_>>().join(", ");
        match self {
            PointValue::Scalar(q) => f.write_str(&number(q)),
            PointValue::Array(a) => match a.columns {
                None => write!(f, "({})", list(&a.entries)),
                Some(n) => {
                    let rows: Vec<String> = a.entries.chunks(n.max(1)).map(list).collect();
                    write!(f, "[{}]", rows.join("; "))
                }
            },
            PointValue::Members(m) => match m {
                0 => f.write_str("∅"),
                1 => f.write_str("{1}"),
                2 => f.write_str("{1, 2}"),
                m => write!(f, "{{1, …, {m}}}"),
            },
        }
    }
}

impl fmt::Display for Point {
    /// `s = (0, 0, 0), y = (1, 0, 0)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.shown().into_iter().map(|(name, value)| format!("{name} = {value}")).collect();
        f.write_str(&parts.join(", "))
    }
}
