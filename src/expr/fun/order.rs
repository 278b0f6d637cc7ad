//! Relations and connectives.

use super::{Arity, Row, bool_sort, no_conditions};

const fn row(name: &'static str, arity: Arity, reference: &'static str) -> Row {
    Row { name, tex: &[], arity, sort: bool_sort, domain: no_conditions, derivative: None, kernel: None, reference }
}

pub(super) const ROWS: &[Row] = &[
    row(super::EQ, Arity::Exactly(2), "equality; of arrays entry by entry; of sets as sets"),
    row("ne", Arity::Exactly(2), "not equal"),
    row("lt", Arity::Exactly(2), "less"),
    row("le", Arity::Exactly(2), "less or equal"),
    row("gt", Arity::Exactly(2), "greater"),
    row("ge", Arity::Exactly(2), "greater or equal"),
    row("approx", Arity::Exactly(2), "equal to the digits written"),
    row("proportional", Arity::Exactly(2), "the ratio is free of the variable"),
    row("member", Arity::Exactly(2), "member of a set"),
    row("subset", Arity::Exactly(2), "subset of a set, or equal"),
    row(
        "loewner_ge",
        Arity::Exactly(2),
        "A − B positive semidefinite: symmetric and zᵀ(A − B)z ≥ 0 for all z; Horn & Johnson, 7.7",
    ),
    row("loewner_gt", Arity::Exactly(2), "A − B positive definite: symmetric and zᵀ(A − B)z > 0 for all z ≠ 0"),
    row("implies", Arity::Exactly(2), "if … then"),
    row("iff", Arity::Exactly(2), "if and only if"),
    row("and", Arity::AtLeast(1), "all of them"),
    row("or", Arity::AtLeast(1), "one of them at least"),
    row("not", Arity::Exactly(1), "negation"),
    row("true", Arity::Exactly(0), "always"),
    row("one_hot", Arity::Exactly(1), "one entry is 1, all others are 0"),
    row("distribution", Arity::Exactly(1), "entries ≥ 0 with sum 1"),
    row("symmetric", Arity::Exactly(1), "A = Aᵀ"),
    row("positive_definite", Arity::Exactly(1), "symmetric with zᵀAz > 0 for all z ≠ 0; Horn & Johnson, 7.1"),
    row("positive_semidefinite", Arity::Exactly(1), "symmetric with zᵀAz ≥ 0 for all z"),
    row("orthogonal", Arity::Exactly(1), "AᵀA = I"),
    row("invertible", Arity::Exactly(1), "square with det A ≠ 0"),
    row("full_column_rank", Arity::Exactly(1), "the columns are linearly independent"),
    row("independent", Arity::AtLeast(1), "independent random variables"),
    row("random", Arity::Exactly(1), "a random variable: its value depends on the outcome"),
    row("constant", Arity::Exactly(1), "the same for all outcomes"),
    row("smooth", Arity::Exactly(1), "the function has all its derivatives, in all its arguments"),
    row("has_value", Arity::Exactly(1), "the series or integral converges, the limit exists, the extremum is attained"),
    row("tends", Arity::Exactly(2), "the left side tends to the right, the limit point being in its domain"),
];

/// Whether the name is one of a relation between two sides.
pub fn is_relation(name: &str) -> bool {
    matches!(
        name,
        "eq" | "ne"
            | "lt"
            | "le"
            | "gt"
            | "ge"
            | "approx"
            | "proportional"
            | "member"
            | "subset"
            | "loewner_ge"
            | "loewner_gt"
            | "tends"
    )
}

/// Whether the name is one of a connective between truth values.
pub fn is_connective(name: &str) -> bool {
    matches!(name, "implies" | "iff" | "and" | "or" | "not")
}
