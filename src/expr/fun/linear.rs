//! Arrays: entries, transpose, inverse, trace, determinant, norms, special matrices.

use super::{Arity, Row, no_conditions, real_sort};
use crate::expr::{Expr, Sort};

const fn row(
    name: &'static str,
    tex: &'static [&'static str],
    count: usize,
    sort: fn(&[Expr]) -> Sort,
    reference: &'static str,
) -> Row {
    Row {
        name,
        tex,
        arity: Arity::Exactly(count),
        sort,
        domain: no_conditions,
        derivative: None,
        kernel: None,
        reference,
    }
}

pub(super) const ROWS: &[Row] = &[
    Row {
        arity: Arity::AtLeast(1),
        ..row(
            super::INDEX,
            &[],
            2,
            |a| a.split_first().map_or(Sort::Unknown, |(x, i)| x.sort().indexed(i.len())),
            "entry or row of an array, from 1",
        )
    },
    row("transpose", &[], 1, transpose_sort, "(Aᵀ)ᵢⱼ = Aⱼᵢ; of a vector the 1 × n row; of a number the number"),
    Row {
        domain: |a| a.iter().map(|x| Expr::relate("ne", Expr::apply("det", vec![x.clone()]), Expr::int(0))).collect(),
        ..row(
            "inverse",
            &[],
            1,
            |a| a.first().map_or(Sort::Unknown, |x| x.sort().clone()),
            "A A⁻¹ = A⁻¹ A = I; Horn & Johnson, Matrix Analysis, 0.5",
        )
    },
    row("trace", &["tr", "trace", "Tr"], 1, real_sort, "Σᵢ Aᵢᵢ"),
    row("det", &["det"], 1, real_sort, "Horn & Johnson, Matrix Analysis, 0.3"),
    row("diag", &["diag"], 1, diag_sort, "of a vector the diagonal matrix, of a matrix the vector of its diagonal"),
    row("dot", &[], 2, real_sort, "Σᵢ aᵢ bᵢ of two arrays of one shape"),
    row("hadamard", &[], 2, |a| a.first().map_or(Sort::Unknown, |x| x.sort().clone()), "the entrywise product"),
    row("norm", &[], 1, real_sort, "the Euclidean norm √(Σ xᵢ²); of a matrix the Frobenius norm"),
    row("norm1", &[], 1, real_sort, "Σ |xᵢ|"),
    row("identity", &[], 1, |a| a.first().map_or(Sort::Unknown, |n| Sort::matrix(n.clone(), n.clone())), "δᵢⱼ"),
    row("ones", &[], 1, |a| a.first().map_or(Sort::Unknown, |n| Sort::vector(n.clone())), "the vector of ones"),
    row("zeros", &[], 1, |a| a.first().map_or(Sort::Unknown, |n| Sort::vector(n.clone())), "the zero vector"),
    row("zero_matrix", &[], 2, |a| Sort::Array(a.to_vec()), "the zero matrix"),
    row(
        "unit",
        &["onehot", "one_hot"],
        2,
        |a| a.first().map_or(Sort::Unknown, |n| Sort::vector(n.clone())),
        "the unit vector: size, place",
    ),
    row("entrywise_sum", &[], 1, real_sort, "the sum of all entries of an array"),
];

fn transpose_sort(a: &[Expr]) -> Sort {
    match a {
        [x] => match x.sort().sizes() {
            [n] => Sort::Array(vec![Expr::int(1), n.clone()]),
            [m, n] if m.as_int() == Some(1) => Sort::Array(vec![n.clone()]),
            [m, n] => Sort::Array(vec![n.clone(), m.clone()]),
            _ if x.sort().is_scalar() => x.sort().clone(),
            _ => Sort::Unknown,
        },
        _ => Sort::Unknown,
    }
}

fn diag_sort(a: &[Expr]) -> Sort {
    match a {
        [x] => match x.sort().sizes() {
            [n] => Sort::matrix(n.clone(), n.clone()),
            [m, _] => Sort::vector(m.clone()),
            _ => Sort::Unknown,
        },
        _ => Sort::Unknown,
    }
}
