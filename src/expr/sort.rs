//! Sorts: what kind of thing an expression is, with symbolic sizes.

use crate::expr::Expr;

/// The sort of an expression. Sizes are integer expressions ≥ 1: a number, a name (`C`), or arithmetic on those.
///
/// `Array` of one size is a column vector, of two sizes a matrix (a 1 × n matrix is a row vector). Indexing a matrix
/// with one index gives that row as a vector, so a family `x_1, …, x_N` of vectors is an N × d array. A vector of
/// size 1 is not a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Sort {
    /// A truth value.
    Bool,
    /// An integer.
    Integer,
    /// A real number.
    Real,
    /// An array of reals with the given sizes.
    Array(Vec<Expr>),
    /// A set of reals, labels or points.
    Set,
    /// A function without a formula.
    Function,
    /// Nothing is known yet.
    #[default]
    Unknown,
}

impl Sort {
    /// The sort of vectors of length `n`.
    #[inline]
    pub fn vector(n: Expr) -> Sort {
        Sort::Array(vec![n])
    }

    /// The sort of `m` × `n` matrices.
    #[inline]
    pub fn matrix(m: Expr, n: Expr) -> Sort {
        Sort::Array(vec![m, n])
    }

    /// Whether it is a number (integer or real).
    #[inline]
    pub fn is_scalar(&self) -> bool {
        matches!(self, Sort::Integer | Sort::Real)
    }

    /// The sizes of an array; none for everything else.
    #[inline]
    pub fn sizes(&self) -> &[Expr] {
        match self {
            Sort::Array(sizes) => sizes,
            _ => &[],
        }
    }

    /// The sort after `count` indices: an array with all indices given is a real.
    pub fn indexed(&self, count: usize) -> Sort {
        match self {
            Sort::Array(sizes) if count == 0 => Sort::Array(sizes.clone()),
            Sort::Array(sizes) if count == sizes.len() => Sort::Real,
            Sort::Array(sizes) if count < sizes.len() => Sort::Array(sizes.get(count..).unwrap_or(&[]).to_vec()),
            Sort::Function => Sort::Real,
            _ => Sort::Unknown,
        }
    }

    /// Rows and columns as factors of a matrix product see them: a vector is a column, a scalar is neither.
    pub fn rows_columns(&self) -> Option<(Expr, Expr)> {
        match self.sizes() {
            [n] => Some((n.clone(), Expr::int(1))),
            [m, n] => Some((m.clone(), n.clone())),
            _ => None,
        }
    }
}
