//! A claim's sides beside the value of a checker.

use crate::algebra::eval::{Array, Env, SetValue, Value, evaluate, truth};
use crate::expr::{Expr, Node, fun};
use crate::num::Ternary;

/// How one point of a claim compares with the checker's value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// It agrees, with this error.
    Agrees(f64),
    /// A strict relation between sides that are equal up to the error: says nothing.
    Tied(f64),
    /// A side that should have the value has another one.
    Differs {
        /// What it evaluates to.
        side: Value<f64>,
    },
    /// The sides have values, but the relation does not hold.
    Fails {
        /// The left side.
        left: Value<f64>,
        /// The right side.
        right: Value<f64>,
    },
    /// A side has no value in floats.
    Undefined,
    /// The relation is none that values can settle.
    Unsupported,
}

/// Work for one side.
const FUEL: u64 = 4_000_000;

/// Compares the sides of a relation at a point with the value that the checker computed.
pub(super) fn compare(relation: &Expr, env: &Env<f64>, value: &Value<f64>, tolerance: f64) -> Found {
    let Node::App(f, args) = relation.node() else { return Found::Unsupported };
    let [l, r] = args.as_slice() else { return Found::Unsupported };
    let (left, right) = (evaluate(l, env, &mut FUEL.clone()), evaluate(r, env, &mut FUEL.clone()));
    if no_value(&left) || no_value(&right) && f.name != "member" {
        return Found::Undefined;
    }
    let (of_left, of_right) = (error(&left, value), error(&right, value));
    let close = |e: Option<f64>| e.filter(|e| *e <= tolerance);
    match f.name {
        fun::EQ | "iff" | "implies" => match (close(of_left), close(of_right)) {
            (Some(a), Some(b)) => Found::Agrees(a.max(b)),
            (None, _) => Found::Differs { side: left },
            (_, None) => Found::Differs { side: right },
        },
        "lt" | "le" | "gt" | "ge" => {
            let Some(matched) = close(of_left).or(close(of_right)) else { return Found::Differs { side: left } };
            let Some(pairs) = pairs(&left, &right) else { return Found::Differs { side: left } };
            let gap = |(a, b): (f64, f64)| {
                let (low, high) = if matches!(f.name, "lt" | "le") { (a, b) } else { (b, a) };
                (low - high) / scale(a, b)
            };
            let worst = pairs.into_iter().map(gap).fold(f64::NEG_INFINITY, f64::max);
            if worst > tolerance {
                Found::Fails { left, right }
            } else if worst >= -tolerance && matches!(f.name, "lt" | "gt") {
                Found::Tied(matched)
            } else {
                Found::Agrees(matched)
            }
        }
        "member" => match (close(of_left), truth(relation, env, &mut FUEL.clone())) {
            (None, _) => Found::Differs { side: left },
            (_, Ternary::False) => Found::Fails { left, right },
            (_, Ternary::Unknown) => Found::Undefined,
            (Some(e), Ternary::True) => Found::Agrees(e),
        },
        "loewner_ge" | "loewner_gt" => definite(f.name == "loewner_gt", left, right, value, tolerance),
        _ => Found::Unsupported,
    }
}

/// `left ⪰ right` where left − right is what the checker computed: its least eigenvalue (nalgebra) is not negative.
fn definite(strict: bool, left: Value<f64>, right: Value<f64>, value: &Value<f64>, tolerance: f64) -> Found {
    let zero = right.numbers().iter().all(|x| *x == 0.0);
    let Some(e) = error(&left, value).filter(|e| *e <= tolerance && zero) else { return Found::Differs { side: left } };
    let Value::Array(a) = value else { return Found::Unsupported };
    let (Some(least), Some(most)) = eigenvalue_range(a) else { return Found::Unsupported };
    let bound = tolerance * most.abs().max(least.abs()).max(1.0);
    if least < -bound {
        Found::Fails { left, right }
    } else if strict && least <= bound {
        Found::Tied(e)
    } else {
        Found::Agrees(e)
    }
}

/// The least and the greatest eigenvalue of a symmetric matrix.
pub(super) fn eigenvalue_range(a: &Array<f64>) -> (Option<f64>, Option<f64>) {
    let Some(n) = a.square().filter(|n| *n > 0) else { return (None, None) };
    let matrix = nalgebra::DMatrix::from_row_slice(n, n, &a.entries);
    if matrix.iter().any(|x| !x.is_finite()) {
        return (None, None);
    }
    let eigen = nalgebra::SymmetricEigen::try_new(matrix, f64::EPSILON, 10_000);
    let values: Vec<f64> = eigen.map(|e| e.eigenvalues.iter().copied().collect()).unwrap_or_default();
    (values.iter().copied().reduce(f64::min), values.iter().copied().reduce(f64::max))
}

fn no_value(v: &Value<f64>) -> bool {
    match v {
        Value::Truth(t) => t.decided().is_none(),
        Value::Set(SetValue::Unknown) => true,
        _ => v.numbers().iter().any(|x| !x.is_finite()),
    }
}

fn scale(a: f64, b: f64) -> f64 {
    a.abs().max(b.abs()).max(1.0)
}

/// The greatest error of an entry, relative to the greater of 1 and the entries; `None` if the shapes differ. A vector
/// is an n × 1 matrix here, truths are 1 and 0, finite sets are compared member by member in order of size.
fn error(a: &Value<f64>, b: &Value<f64>) -> Option<f64> {
    let ((rows, columns, x), (m, n, y)) = (flat(a)?, flat(b)?);
    if (rows, columns) != (m, n) || x.len() != y.len() {
        return None;
    }
    let errors: Vec<f64> = x.iter().zip(&y).map(|(x, y)| (x - y).abs() / scale(*x, *y)).collect();
    errors.iter().all(|e| e.is_finite()).then(|| errors.iter().copied().fold(0.0, f64::max))
}

/// Rows, columns and numbers; sets have 0 rows and columns, so that they equal sets only.
fn flat(v: &Value<f64>) -> Option<(usize, usize, Vec<f64>)> {
    Some(match v {
        Value::Scalar(x) => (1, 1, vec![*x]),
        Value::Truth(t) => (1, 1, vec![f64::from(u8::from(t.decided()?))]),
        Value::Array(a) => (a.rows, a.width(), a.entries.clone()),
        Value::Set(SetValue::Finite(members)) => {
            let numbers: Option<Vec<f64>> = members.iter().map(|m| m.scalar().copied()).collect();
            let mut numbers = numbers?;
            numbers.sort_by(f64::total_cmp);
            (0, 0, numbers)
        }
        Value::Set(_) => return None,
    })
}

/// The sides entry by entry; a number stands beside every entry of an array.
fn pairs(a: &Value<f64>, b: &Value<f64>) -> Option<Vec<(f64, f64)>> {
    match (a, b) {
        (Value::Scalar(x), Value::Array(b)) => Some(b.entries.iter().map(|y| (*x, *y)).collect()),
        (Value::Array(a), Value::Scalar(y)) => Some(a.entries.iter().map(|x| (*x, *y)).collect()),
        _ => {
            let ((m, n, x), (k, l, y)) = (flat(a)?, flat(b)?);
            ((m, n) == (k, l) && x.len() == y.len()).then(|| x.into_iter().zip(y).collect())
        }
    }
}

/// A value for people: six significant digits, at most 64 entries.
pub(super) fn shown(v: &Value<f64>) -> String {
    let number = |x: &f64| {
        let text = format!("{x:.5e}").parse::<f64>().unwrap_or(*x).to_string();
        text.replace('-', "−")
    };
    let list = |row: &[f64]| row.iter().take(64).map(number).collect::<Vec<_>>().join(", ");
    match v {
        Value::Scalar(x) => number(x),
        Value::Truth(t) => t.decided().map_or_else(|| "unknown".to_owned(), |t| t.to_string()),
        Value::Array(a) => match a.columns {
            None => format!("({})", list(&a.entries)),
            Some(n) => {
                let rows: Vec<String> = a.entries.chunks(n.max(1)).take(64).map(list).collect();
                format!("[{}]", rows.join("; "))
            }
        },
        Value::Set(_) => match flat(v) {
            Some((_, _, members)) => format!("{{{}}}", list(&members)),
            None => "a set".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::eval::Point;

    fn at(relation: &Expr, value: f64) -> Found {
        compare(relation, &Env::at(&Point::new()), &Value::Scalar(value), 1e-9)
    }

    fn relation(name: &str, a: i64, b: i64) -> Expr {
        Expr::relate(name, Expr::int(a), Expr::int(b))
    }

    #[test]
    fn both_sides_of_an_equation_must_have_the_value() {
        assert_eq!(at(&relation("eq", 2, 2), 2.0), Found::Agrees(0.0));
        assert!(matches!(at(&relation("eq", 2, 2), 3.0), Found::Differs { .. }));
        assert!(matches!(at(&relation("eq", 2, 3), 2.0), Found::Differs { side: Value::Scalar(3.0) }));
        assert!(matches!(at(&relation("eq", 3, 2), 2.0), Found::Differs { side: Value::Scalar(3.0) }));
    }

    #[test]
    fn an_order_needs_one_side_and_the_relation() {
        assert_eq!(at(&relation("lt", 1, 2), 1.0), Found::Agrees(0.0));
        assert_eq!(at(&relation("lt", 1, 2), 2.0), Found::Agrees(0.0));
        assert!(matches!(at(&relation("lt", 1, 2), 5.0), Found::Differs { .. }));
        assert!(matches!(at(&relation("lt", 2, 1), 2.0), Found::Fails { .. }));
        assert_eq!(at(&relation("lt", 2, 2), 2.0), Found::Tied(0.0));
        assert_eq!(at(&relation("le", 2, 2), 2.0), Found::Agrees(0.0));
    }

    #[test]
    fn other_relations_and_missing_values_never_agree() {
        assert_eq!(at(&relation("proportional", 1, 1), 1.0), Found::Unsupported);
        assert_eq!(at(&Expr::relate("eq", Expr::real("x"), Expr::int(1)), 1.0), Found::Undefined);
    }

    #[test]
    fn definiteness_is_judged_by_eigenvalues() {
        let matrix = |d: [i64; 4]| Expr::matrix(2, 2, d.iter().map(|x| Expr::int(*x)).collect());
        let check = |name: &str, d: [i64; 4]| {
            let value = Value::Array(Array { rows: 2, columns: Some(2), entries: d.map(|x| x as f64).to_vec() });
            let relation = Expr::relate(name, matrix(d), Expr::int(0));
            compare(&relation, &Env::at(&Point::new()), &value, 1e-9)
        };
        assert_eq!(check("loewner_ge", [1, 1, 1, 1]), Found::Agrees(0.0));
        assert_eq!(check("loewner_gt", [1, 1, 1, 1]), Found::Tied(0.0));
        assert_eq!(check("loewner_gt", [2, 1, 1, 2]), Found::Agrees(0.0));
        assert!(matches!(check("loewner_ge", [1, 2, 2, 1]), Found::Fails { .. }));
    }
}
