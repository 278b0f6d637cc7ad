//! What a checker supplies: values for the symbols of a claim, and a value of its own for the quantity.

use nalgebra::{DMatrix, DVector};

use super::draw::Draw;
use crate::algebra::eval::{Array, SetValue, Value};

/// A checker module's entry: a quantity of the course with a route to its value that never sees a note.
pub trait Checker: Sync {
    /// The name that annotations bind it by.
    fn name(&self) -> &'static str;

    /// The quantity, in a sentence.
    fn about(&self) -> &'static str;

    /// Where the route stands.
    fn reference(&self) -> &'static str;

    /// Values for the symbols and the value of the quantity there. `size` is the main size (classes, outcomes,
    /// samples); a scalar quantity ignores it.
    fn instance(&self, draw: &mut Draw, size: usize) -> Instance;
}

/// Values for the symbols that a claim may have, and the quantity's value there by the checker's own route.
///
/// Law for `=`: both sides have the value. For an order relation: one side has it, and the relation holds. For `⪰`:
/// the left side has it, the right side is 0, and the least eigenvalue of the value is not negative. For `⇒`: the same
/// of the conclusion, where the premise holds. For `⇔`: both truths are the value.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Values by plain name (`s` stands for `\mathbf{s}` and `\vec{s}` too); more than the claim needs. A name may stand
    /// for a number, a vector and a matrix: the symbol's sort chooses.
    pub symbols: Vec<(&'static str, Value<f64>)>,
    /// Names whose values are determined by the others: the notes say in words what they are (the mean length of a
    /// Huffman code), so that only the checker can settle a claim about them.
    pub determined: Vec<&'static str>,
    /// The value. An array beside a scalar claim with free indices holds its values at all indices.
    pub value: Value<f64>,
    /// Error that counts as agreement, relative to the greater of 1 and the values.
    pub tolerance: f64,
    /// Saturated or tied: counted apart.
    pub apart: bool,
    /// The value is a matrix that is singular by construction: a least eigenvalue near 0 is 0.
    pub singular: bool,
    /// Decimals of the notes are meant to the last digit, not one unit around it.
    pub exact: bool,
    /// Every instance is the same: one is enough.
    pub constant: bool,
    /// The main size, where it is not the one that was asked for.
    pub size: Option<usize>,
}

/// Rounding of well-conditioned sums and products of a few dozen terms.
const TOLERANCE: f64 = 1e-11;

impl Instance {
    /// An instance without symbols.
    pub fn new(value: Value<f64>) -> Instance {
        Instance {
            symbols: vec![],
            determined: vec![],
            value,
            tolerance: TOLERANCE,
            apart: false,
            singular: false,
            exact: false,
            constant: false,
            size: None,
        }
    }

    /// An instance that is always the same.
    pub fn constant(value: Value<f64>) -> Instance {
        Instance { constant: true, ..Instance::new(value) }
    }

    /// With a number for a symbol.
    pub fn number(mut self, name: &'static str, x: f64) -> Instance {
        self.symbols.push((name, Value::Scalar(x)));
        self
    }

    /// With a vector for a symbol.
    pub fn vector(mut self, name: &'static str, v: &DVector<f64>) -> Instance {
        self.symbols.push((name, vector(v)));
        self
    }

    /// With a matrix for a symbol (or with a family of vectors, a row each).
    pub fn matrix(mut self, name: &'static str, m: &DMatrix<f64>) -> Instance {
        self.symbols.push((name, matrix(m)));
        self
    }

    /// With a value for each of several names.
    pub fn named(mut self, names: &[&'static str], value: &Value<f64>) -> Instance {
        self.symbols.extend(names.iter().map(|n| (*n, value.clone())));
        self
    }

    /// With a value that the others determine.
    pub fn determined(mut self, name: &'static str, value: Value<f64>) -> Instance {
        self.determined.push(name);
        self.symbols.push((name, value));
        self
    }

    /// With another error that counts as agreement.
    pub fn within(mut self, tolerance: f64) -> Instance {
        self.tolerance = tolerance;
        self
    }

    /// Counted apart if `apart`.
    pub fn counted_apart(mut self, apart: bool) -> Instance {
        self.apart = apart;
        self
    }
}

/// A number as a value.
pub(super) fn number(x: f64) -> Value<f64> {
    Value::Scalar(x)
}

/// A vector as a value.
pub(super) fn vector(v: &DVector<f64>) -> Value<f64> {
    Value::Array(Array::vector(v.iter().copied().collect()))
}

/// A matrix as a value.
pub(super) fn matrix(m: &DMatrix<f64>) -> Value<f64> {
    Value::Array(Array::from_fn(m.nrows(), m.ncols(), |i, j| m[(i, j)]))
}

/// A set of places, counted from 1, as a value.
pub(super) fn places(list: impl IntoIterator<Item = usize>) -> Value<f64> {
    let member = |i: usize| Value::Scalar(f64::from(u32::try_from(i + 1).unwrap_or(u32::MAX)));
    Value::Set(SetValue::Finite(list.into_iter().map(member).collect()))
}

/// A checker that is a row: name, quantity, reference, instances.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) reference: &'static str,
    pub(super) instance: fn(&mut Draw, usize) -> Instance,
}

impl Checker for Row {
    fn name(&self) -> &'static str {
        self.name
    }
    fn about(&self) -> &'static str {
        self.about
    }
    fn reference(&self) -> &'static str {
        self.reference
    }
    fn instance(&self, draw: &mut Draw, size: usize) -> Instance {
        (self.instance)(draw, size)
    }
}
