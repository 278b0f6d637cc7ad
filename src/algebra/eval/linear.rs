//! Arrays by their own route.

use super::system::System;
use super::value::{Array, nothing};
use crate::num::Ternary;

/// Largest matrix that is inverted or has its determinant taken.
const ORDER_CAP: usize = 64;

/// Σ aₖ bₖ.
pub(super) fn dot<N: System>(a: &[N], b: &[N]) -> N {
    a.iter().zip(b).fold(N::zero(), |s, (x, y)| s + x.clone() * y.clone())
}

/// Matrix product, vectors being columns; always a matrix. `None` if the inner sizes differ.
pub(super) fn product<N: System>(a: &Array<N>, b: &Array<N>) -> Option<Array<N>> {
    let inner = a.width();
    if inner != b.rows {
        return None;
    }
    Some(Array::from_fn(a.rows, b.width(), |i, j| {
        (0..inner).fold(N::zero(), |s, k| match (a.get(i, k), b.get(k, j)) {
            (Some(x), Some(y)) => s + x.clone() * y.clone(),
            _ => N::undefined(),
        })
    }))
}

/// The transpose as a matrix.
pub(super) fn transpose<N: System>(a: &Array<N>) -> Array<N> {
    Array::from_fn(a.width(), a.rows, |i, j| a.get(j, i).cloned().unwrap_or_else(N::undefined))
}

/// The identity matrix.
pub(super) fn identity<N: System>(n: usize) -> Array<N> {
    Array::from_fn(n, n, |i, j| if i == j { N::one() } else { N::zero() })
}

/// Σᵢ Aᵢᵢ of a square matrix.
pub(super) fn trace<N: System>(a: &Array<N>) -> Option<N> {
    let n = a.square()?;
    (0..n).try_fold(N::zero(), |s, i| Some(s + a.get(i, i)?.clone()))
}

/// Gaussian elimination with partial pivoting on `[A | B]`.
struct Elimination<N> {
    rows: Vec<Vec<N>>,
    /// The product of the pivots with the sign of the permutation.
    determinant: N,
}

/// What stops an elimination.
enum Stuck {
    /// No entry of the column is certainly different from 0.
    Doubtful,
    /// A column is 0: the matrix is singular.
    Singular,
}

impl<N: System> Elimination<N> {
    /// Reduces the first `n` columns: to the identity, of which only what stands behind them is made, or, `below` only, to a
    /// triangle. Columns that are done are not looked at again, and stay as they are.
    fn reduce(mut rows: Vec<Vec<N>>, n: usize, below: bool) -> Result<Elimination<N>, Stuck> {
        let mut determinant = N::one();
        for k in 0..n {
            let column: Vec<N> = rows.iter().skip(k).filter_map(|r| r.get(k).cloned()).collect();
            let best = column
                .iter()
                .enumerate()
                .filter(|(_, x)| x.equals(&N::zero()) == Ternary::False)
                .max_by(|(_, x), (_, y)| f64::abs(x.value()).total_cmp(&f64::abs(y.value())))
                .map(|(i, x)| (i + k, x.clone()));
            let Some((place, pivot)) = best else {
                let zero = column.iter().all(|x| x.equals(&N::zero()).certainly());
                return Err(if zero { Stuck::Singular } else { Stuck::Doubtful });
            };
            if place != k {
                rows.swap(place, k);
                determinant = -determinant;
            }
            determinant = determinant * pivot.clone();
            let Some(pivot_row) = rows.get_mut(k) else { return Err(Stuck::Doubtful) };
            for x in pivot_row.iter_mut().skip(k + 1) {
                *x = x.divide(&pivot);
            }
            let pivot_row: Vec<N> = pivot_row.iter().skip(k + 1).cloned().collect();
            for row in rows.iter_mut().enumerate().filter(|(i, _)| if below { *i > k } else { *i != k }).map(|(_, r)| r)
            {
                let Some(factor) = row.get(k).cloned().filter(|f| !f.is_zero()) else { continue };
                let defined = factor.is_undefined() == Ternary::False;
                for (x, p) in row.iter_mut().skip(k + 1).zip(&pivot_row) {
                    if !(defined && p.is_zero()) {
                        *x = x.clone() - factor.clone() * p.clone();
                    }
                }
            }
        }
        Ok(Elimination { rows, determinant })
    }
}

/// The inverse of a square matrix: undefined entries if it is (or may be) singular; `None` if it is not square.
pub(super) fn inverse<N: System>(a: &Array<N>) -> Option<Array<N>> {
    let n = a.square().filter(|n| *n <= ORDER_CAP)?;
    let unit = identity::<N>(n);
    let rows = a.entries.chunks(n.max(1)).zip(unit.entries.chunks(n.max(1))).map(|(l, r)| [l, r].concat()).collect();
    Some(match Elimination::reduce(rows, n, false) {
        Ok(done) => {
            let entries = done.rows.into_iter().flat_map(|r| r.into_iter().skip(n)).collect();
            Array { rows: n, columns: Some(n), entries }
        }
        Err(Stuck::Singular) => a.map(|_| nothing()),
        Err(Stuck::Doubtful) => a.map(|_| N::undefined()),
    })
}

/// The determinant of a square matrix: by cofactors up to order 4 (no pivot is needed, so that an enclosure may hold 0),
/// by elimination above.
pub(super) fn determinant<N: System>(a: &Array<N>) -> Option<N> {
    let n = a.square().filter(|n| *n <= ORDER_CAP)?;
    let rows: Vec<Vec<N>> = a.entries.chunks(n.max(1)).map(<[N]>::to_vec).collect();
    if n <= 4 {
        return Some(cofactors(&rows));
    }
    Some(match Elimination::reduce(rows, n, true) {
        Ok(done) => done.determinant,
        Err(Stuck::Singular) => N::zero(),
        Err(Stuck::Doubtful) => N::undefined(),
    })
}

fn cofactors<N: System>(rows: &[Vec<N>]) -> N {
    let Some((first, rest)) = rows.split_first() else { return N::one() };
    first.iter().enumerate().fold(N::zero(), |sum, (j, x)| {
        let minor: Vec<Vec<N>> = rest
            .iter()
            .map(|r| r.iter().enumerate().filter(|(k, _)| *k != j).map(|(_, y)| y.clone()).collect())
            .collect();
        let term = x.clone() * cofactors(&minor);
        if j % 2 == 0 { sum + term } else { sum - term }
    })
}

/// zᵀAz; `None` if the sizes differ.
pub fn quadratic_form<N: System>(a: &Array<N>, z: &[N]) -> Option<N> {
    let n = a.square().filter(|n| *n == z.len())?;
    let rows: Vec<N> = a.entries.chunks(n.max(1)).map(|row| dot(row, z)).collect();
    Some(dot(&rows, z))
}
