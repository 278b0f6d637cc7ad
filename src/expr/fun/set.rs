//! Sets.

use super::{Arity, Row, no_conditions};
use crate::expr::{Expr, Node, Sort};

const fn row(name: &'static str, arity: Arity, reference: &'static str) -> Row {
    Row { name, tex: &[], arity, sort: |_| Sort::Set, domain: no_conditions, derivative: None, kernel: None, reference }
}

pub(super) const ROWS: &[Row] = &[
    row("reals", Arity::Exactly(0), "ℝ"),
    row("integers", Arity::Exactly(0), "ℤ"),
    row("naturals", Arity::Exactly(0), "ℕ, from 1"),
    row("real_space", Arity::AtLeast(1), "ℝⁿ, or ℝ^{m×n}: the arrays of the given sizes"),
    row("open_interval", Arity::Exactly(2), "(a, b)"),
    row("closed_interval", Arity::Exactly(2), "[a, b]"),
    row("left_open", Arity::Exactly(2), "(a, b]"),
    row("right_open", Arity::Exactly(2), "[a, b)"),
    row("region", Arity::Exactly(1), "a set of numbers that the notes only name"),
    row("set", Arity::AtLeast(0), "a finite set of the given members"),
    row("range_set", Arity::Exactly(2), "the integers from the first to the second"),
    row("power_set", Arity::Exactly(2), "the arrays of a size with entries in a set: S^n"),
    row("simplex", Arity::Exactly(1), "the distributions on that many points: entries ≥ 0 with sum 1"),
    Row { tex: &["supp"], ..row("support", Arity::Exactly(1), "the places where an array is not 0") },
    Row { sort: |_| Sort::Integer, ..row("cardinality", Arity::Exactly(1), "the number of members of a finite set") },
    Row {
        sort: |_| Sort::Integer,
        ..row("only_member", Arity::Exactly(1), "the member of a set that has one; of others it has no value")
    },
];

/// The sort of the members of a set. A named finite set is an index range: its members are numbered from 1.
pub fn element_sort(set: &Expr) -> Sort {
    match set.node() {
        Node::App(f, args) => match f.name {
            "integers" | "naturals" | "range_set" => Sort::Integer,
            "real_space" => Sort::Array(args.clone()),
            "simplex" => Sort::Array(args.clone()),
            "power_set" => args.get(1).map_or(Sort::Unknown, |n| Sort::vector(n.clone())),
            "set" => match args.first().map(Expr::sort) {
                Some(sort) if args.iter().all(|a| a.sort() == sort) => sort.clone(),
                Some(_) if args.iter().all(|a| a.sort().is_scalar()) => Sort::Real,
                _ => Sort::Unknown,
            },
            _ => Sort::Real,
        },
        Node::Sym(_) => Sort::Integer,
        _ => Sort::Unknown,
    }
}

/// The ends of an interval of whichever kind that is given by two of them.
pub fn interval_ends(set: &Expr) -> Option<(&Expr, &Expr)> {
    match set.node() {
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("open_interval" | "closed_interval" | "left_open" | "right_open", [a, b]) => Some((a, b)),
            _ => None,
        },
        _ => None,
    }
}
