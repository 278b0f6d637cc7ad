//! What an expression evaluates to.

use crate::num::{Number, Ternary};

/// An array of numbers, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Array<N> {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns; `None` for a (column) vector.
    pub columns: Option<usize>,
    /// The entries, row by row: `rows · columns` of them.
    pub entries: Vec<N>,
}

impl<N: Clone> Array<N> {
    /// A column vector.
    #[inline]
    pub fn vector(entries: Vec<N>) -> Array<N> {
        Array { rows: entries.len(), columns: None, entries }
    }

    /// A matrix whose entries are given row by row; `None` if their number is not `rows · columns`.
    #[inline]
    pub fn matrix(rows: usize, columns: usize, entries: Vec<N>) -> Option<Array<N>> {
        (rows.checked_mul(columns)? == entries.len()).then_some(Array { rows, columns: Some(columns), entries })
    }

    /// The matrix with entry `f(i, j)`, from 0.
    pub fn from_fn(rows: usize, columns: usize, mut f: impl FnMut(usize, usize) -> N) -> Array<N> {
        let mut entries = Vec::with_capacity(rows.saturating_mul(columns));
        for i in 0..rows {
            for j in 0..columns {
                entries.push(f(i, j));
            }
        }
        Array { rows, columns: Some(columns), entries }
    }

    /// Number of columns, 1 for a vector.
    #[inline]
    pub fn width(&self) -> usize {
        self.columns.unwrap_or(1)
    }

    /// Entry (i, j), from 0.
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> Option<&N> {
        if i < self.rows && j < self.width() { self.entries.get(i * self.width() + j) } else { None }
    }

    /// Whether both have the same rows and columns; a vector is not an n × 1 matrix.
    #[inline]
    pub fn same_shape<M>(&self, other: &Array<M>) -> bool {
        self.rows == other.rows && self.columns == other.columns
    }

    /// The size, if it is a square matrix.
    #[inline]
    pub fn square(&self) -> Option<usize> {
        (self.columns == Some(self.rows)).then_some(self.rows)
    }

    /// The same shape with `f` of each entry.
    #[inline]
    pub fn map<M>(&self, f: impl FnMut(&N) -> M) -> Array<M> {
        Array { rows: self.rows, columns: self.columns, entries: self.entries.iter().map(f).collect() }
    }

    /// Entry by entry; `None` if the shapes differ.
    pub fn zip<M: Clone, R>(&self, other: &Array<M>, mut f: impl FnMut(&N, &M) -> R) -> Option<Array<R>> {
        self.same_shape(other).then(|| Array {
            rows: self.rows,
            columns: self.columns,
            entries: self.entries.iter().zip(&other.entries).map(|(a, b)| f(a, b)).collect(),
        })
    }
}

/// A set of scalars or arrays.
#[derive(Clone, Debug, PartialEq)]
pub enum SetValue<N> {
    /// ℝ.
    Reals,
    /// ℤ.
    Integers,
    /// The integers from 1.
    Naturals,
    /// All arrays of this shape.
    Space(usize, Option<usize>),
    /// An interval; a missing end is infinite; `true` where the end is a member.
    Interval(Option<N>, bool, Option<N>, bool),
    /// A finite set.
    Finite(Vec<Value<N>>),
    /// The integers from the first to the second.
    Range(i64, i64),
    /// Vectors of this length with entries in the set.
    Power(Box<SetValue<N>>, usize),
    /// Distributions on that many points.
    Simplex(usize),
    /// Not known.
    Unknown,
}

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<N> {
    /// A number; undefined values of every sort are undefined scalars.
    Scalar(N),
    /// An array.
    Array(Array<N>),
    /// A truth value.
    Truth(Ternary),
    /// A set.
    Set(SetValue<N>),
}

impl<N: Number> Value<N> {
    /// Not known to have a value.
    #[inline]
    pub fn undefined() -> Value<N> {
        Value::Scalar(N::undefined())
    }

    /// Certainly without a value.
    #[inline]
    pub fn nothing() -> Value<N> {
        Value::Scalar(nothing())
    }

    /// The number, if it is a scalar.
    #[inline]
    pub fn scalar(&self) -> Option<&N> {
        match self {
            Value::Scalar(x) => Some(x),
            _ => None,
        }
    }

    /// The numbers in it: one, or the entries of an array.
    pub fn numbers(&self) -> &[N] {
        match self {
            Value::Scalar(x) => std::slice::from_ref(x),
            Value::Array(a) => &a.entries,
            _ => &[],
        }
    }

    /// Whether a number in it is undefined; `Unknown` for an undecided truth value or set.
    pub fn is_undefined(&self) -> Ternary {
        match self {
            Value::Truth(t) => t.decided().map_or(Ternary::Unknown, |_| Ternary::False),
            Value::Set(SetValue::Unknown) => Ternary::Unknown,
            _ => self.numbers().iter().fold(Ternary::False, |t, x| t.or(x.is_undefined())),
        }
    }

    /// The value with every number mapped into another system.
    pub fn map<M: Number>(&self, f: &mut dyn FnMut(&N) -> M) -> Value<M> {
        match self {
            Value::Scalar(x) => Value::Scalar(f(x)),
            Value::Array(a) => Value::Array(a.map(f)),
            Value::Truth(t) => Value::Truth(*t),
            Value::Set(s) => Value::Set(map_set(s, f)),
        }
    }
}

fn map_set<N: Number, M: Number>(set: &SetValue<N>, f: &mut dyn FnMut(&N) -> M) -> SetValue<M> {
    match set {
        SetValue::Reals => SetValue::Reals,
        SetValue::Integers => SetValue::Integers,
        SetValue::Naturals => SetValue::Naturals,
        SetValue::Space(m, n) => SetValue::Space(*m, *n),
        SetValue::Interval(a, ca, b, cb) => SetValue::Interval(a.as_ref().map(&mut *f), *ca, b.as_ref().map(f), *cb),
        SetValue::Finite(v) => SetValue::Finite(v.iter().map(|x| x.map(f)).collect()),
        SetValue::Range(a, b) => SetValue::Range(*a, *b),
        SetValue::Power(s, n) => SetValue::Power(Box::new(map_set(s, f)), *n),
        SetValue::Simplex(n) => SetValue::Simplex(*n),
        SetValue::Unknown => SetValue::Unknown,
    }
}

/// 1/0: certainly undefined in the systems that can tell.
pub(super) fn nothing<N: Number>() -> N {
    N::one().divide(&N::zero())
}

/// `1` and `0` as numbers of the system.
pub(super) fn indicator<N: Number>(holds: bool) -> N {
    if holds { N::one() } else { N::zero() }
}
