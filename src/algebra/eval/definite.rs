//! Definiteness of symmetric matrices.

use super::linear::quadratic_form;
use super::system::System;
use super::value::Array;
use crate::num::{Rational, Ternary};

/// What is known of a matrix A.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definiteness {
    /// A = Aᵀ.
    pub symmetric: Ternary,
    /// Symmetric with zᵀAz ≥ 0 for all z.
    pub semidefinite: Ternary,
    /// Symmetric with zᵀAz > 0 for all z ≠ 0.
    pub definite: Ternary,
}

/// Whether A is symmetric, positive semidefinite, positive definite, by LDLᵀ with diagonal pivoting (Golub & Van Loan,
/// Matrix Computations, 4.2.8). Exact numbers decide, enclosures are certain or unknown, floats decide up to rounding.
/// `None` if A is not square.
pub fn definiteness<N: System>(a: &Array<N>) -> Option<Definiteness> {
    let n = a.square()?;
    let scale = a.entries.iter().map(|x| f64::abs(x.value())).fold(0.0, f64::max);
    let mut symmetric = Ternary::True;
    for i in 0..n {
        for j in 0..i {
            let (x, y) = (a.get(i, j)?, a.get(j, i)?);
            let close = N::rounds() && (x.clone() - y.clone()).negligible(scale);
            symmetric = symmetric.and(if close { Ternary::True } else { x.equals(y) });
        }
    }
    let (semidefinite, definite) = pivots(a, n, scale).unwrap_or((Ternary::Unknown, Ternary::Unknown));
    Some(Definiteness { symmetric, semidefinite: symmetric.and(semidefinite), definite: symmetric.and(definite) })
}

fn pivots<N: System>(a: &Array<N>, n: usize, scale: f64) -> Option<(Ternary, Ternary)> {
    let mut m: Vec<Vec<N>> = a.entries.chunks(n.max(1)).map(<[N]>::to_vec).collect();
    let mut left: Vec<usize> = (0..n).collect();
    let mut definite = Ternary::True;
    while !left.is_empty() {
        let entry = |i: usize, j: usize| m.get(i).and_then(|r| r.get(j)).cloned().unwrap_or_else(N::undefined);
        let zero = |i: usize, j: usize| entry(i, j).negligible(scale);
        if left.iter().any(|i| !zero(*i, *i) && entry(*i, *i).less(&N::zero()).certainly()) {
            return Some((Ternary::False, Ternary::False));
        }
        let place = left
            .iter()
            .enumerate()
            .filter(|(_, i)| !zero(**i, **i) && N::zero().less(&entry(**i, **i)).certainly())
            .max_by(|(_, i), (_, j)| entry(**i, **i).value().total_cmp(&entry(**j, **j).value()))
            .map(|(place, _)| place);
        let Some(place) = place else {
            // Every diagonal entry left is 0 or in doubt; a 0 beside an entry that is not makes the form indefinite.
            let diagonal = left.iter().all(|i| zero(*i, *i));
            let pairs = || left.iter().flat_map(|i| left.iter().map(move |j| (*i, *j)));
            let indefinite = pairs()
                .any(|(i, j)| i != j && zero(i, i) && !zero(i, j) && entry(i, j).equals(&N::zero()) == Ternary::False);
            if indefinite {
                return Some((Ternary::False, Ternary::False));
            }
            let all_zero = diagonal && pairs().all(|(i, j)| zero(i, j));
            let definite = if left.iter().any(|i| zero(*i, *i)) { Ternary::False } else { Ternary::Unknown };
            return Some((if all_zero { Ternary::True } else { Ternary::Unknown }, definite));
        };
        let k = left.swap_remove(place);
        if left.iter().any(|i| zero(*i, *i)) {
            definite = Ternary::False;
        }
        let pivot = entry(k, k);
        let column: Vec<(usize, N)> = left.iter().map(|i| (*i, entry(*i, k))).collect();
        for (i, x) in &column {
            for (j, y) in &column {
                let cell = m.get_mut(*i)?.get_mut(*j)?;
                *cell = cell.clone() - (x.clone() * y.clone()).divide(&pivot);
            }
        }
    }
    Some((Ternary::True, definite))
}

/// A vector z of small integers or simple fractions with zᵀAz < 0 (with `strict`, ≤ 0 and z ≠ 0) by the floats of A; the
/// caller certifies it. Tries unit vectors, sums and differences of two, then the eigenvector of the least eigenvalue.
pub fn indefinite_direction(a: &Array<f64>, strict: bool) -> Option<Vec<Rational>> {
    let n = a.square().filter(|n| *n > 0)?;
    let bad = |z: &[f64]| {
        quadratic_form(a, z).is_some_and(|q| if strict { q <= 0.0 } else { q < 0.0 }) && z.iter().any(|x| *x != 0.0)
    };
    let mut trial = Vec::new();
    for i in 0..n {
        trial.push(unit(n, &[(i, 1.0)]));
        for j in 0..i {
            trial.push(unit(n, &[(i, 1.0), (j, 1.0)]));
            trial.push(unit(n, &[(i, 1.0), (j, -1.0)]));
        }
    }
    trial.push(vec![1.0; n]);
    if let Some((_, vector)) = least_eigenpair(a) {
        let top = vector.iter().copied().map(f64::abs).fold(f64::MIN_POSITIVE, f64::max);
        for grain in [2.0, 4.0, 10.0, 100.0, 65536.0] {
            trial.push(vector.iter().map(|x| (x / top * grain).round()).collect());
        }
    }
    let found = trial.into_iter().find(|z| bad(z))?;
    found.into_iter().map(Rational::from_f64).collect()
}

/// The least eigenvalue of the symmetric part (A + Aᵀ)/2, in floats; `None` if A is not square or has no finite entries.
pub fn least_eigenvalue(a: &Array<f64>) -> Option<f64> {
    least_eigenpair(a).map(|(value, _)| value)
}

fn least_eigenpair(a: &Array<f64>) -> Option<(f64, Vec<f64>)> {
    let n = a.square().filter(|n| *n > 0 && a.entries.iter().all(|x| x.is_finite()))?;
    let matrix = nalgebra::DMatrix::from_row_slice(n, n, &a.entries);
    let even = (&matrix + matrix.transpose()) * 0.5;
    let eigen = nalgebra::SymmetricEigen::try_new(even, f64::EPSILON, 1000)?;
    let (place, value) = eigen.eigenvalues.iter().copied().enumerate().min_by(|(_, x), (_, y)| x.total_cmp(y))?;
    Some((value, eigen.eigenvectors.column(place).iter().copied().collect()))
}

fn unit(n: usize, places: &[(usize, f64)]) -> Vec<f64> {
    (0..n).map(|i| places.iter().find(|(p, _)| *p == i).map_or(0.0, |(_, x)| *x)).collect()
}
