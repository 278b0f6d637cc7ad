//! Determinants and adjugates of small matrices given by their entries.

use crate::algebra::terms;
use crate::expr::Expr;

/// The determinant of the `n` × `n` matrix with these entries (row by row), by expansion along its first row
/// (Horn & Johnson, Matrix Analysis, 0.3.1). `None` if the entries don't fill it or `n` is above 4.
pub(crate) fn determinant(entries: &[Expr], n: usize) -> Option<Expr> {
    if entries.len() != n * n || n > 4 {
        return None;
    }
    if n == 0 {
        return Some(Expr::int(1));
    }
    let mut sum = Vec::with_capacity(n);
    for (column, head) in entries.iter().take(n).enumerate() {
        let minor = determinant(&without(entries, n, 0, column), n - 1)?;
        let sign = Expr::int(if column % 2 == 0 { 1 } else { -1 });
        sum.push(terms::product(vec![sign, head.clone(), minor]));
    }
    Some(terms::sum(sum))
}

/// The entries of the inverse, row by row, by the adjugate (Horn & Johnson, 0.8.2). `None` as for [`determinant`],
/// and above 3 × 3.
pub(crate) fn inverse(entries: &[Expr], n: usize) -> Option<Vec<Expr>> {
    if n > 3 {
        return None;
    }
    let scale = terms::recip(&determinant(entries, n)?);
    let mut result = Vec::with_capacity(n * n);
    for i in 0..n {
        for j in 0..n {
            let minor = determinant(&without(entries, n, j, i), n - 1)?;
            let sign = Expr::int(if (i + j) % 2 == 0 { 1 } else { -1 });
            result.push(terms::product(vec![sign, minor, scale.clone()]));
        }
    }
    Some(result)
}

fn without(entries: &[Expr], n: usize, row: usize, column: usize) -> Vec<Expr> {
    let kept = entries.iter().enumerate().filter(|(place, _)| place / n != row && place % n != column);
    kept.map(|(_, e)| e.clone()).collect()
}
