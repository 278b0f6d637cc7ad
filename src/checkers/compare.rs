//! A claim's sides beside the value of a checker.

use super::approach;
use super::instance::Instance;
use crate::algebra::eval::{Array, Env, SetValue, Value, truth};
use crate::expr::{Expr, Node, fun};
use crate::num::{Rational, Ternary};

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

/// Work for one truth value.
const FUEL: u64 = 4_000_000;

/// Difference up to which the sides of a premise are equal.
const PREMISE: f64 = 1e-9;

/// Compares the sides of a relation at a point with the value that the checker computed.
pub(super) fn compare(relation: &Expr, env: &Env<f64>, value: &Value<f64>, instance: &Instance) -> Found {
    let Node::App(f, args) = relation.node() else { return Found::Unsupported };
    let [l, r] = args.as_slice() else { return Found::Unsupported };
    match f.name {
        "implies" => return implied(l, r, env, value, instance),
        "iff" => return equivalent(l, r, env, value),
        _ => {}
    }
    let (left, right) = like(approach::value(l, env), approach::value(r, env));
    if no_value(&left) || no_value(&right) && f.name != "member" {
        return Found::Undefined;
    }
    let tolerance = instance.tolerance;
    let of = |side: &Value<f64>, digits: Option<f64>| {
        error(side, value).filter(|e| *e <= digits.unwrap_or(0.0).max(tolerance)).map(|e| e.min(tolerance))
    };
    match f.name {
        fun::EQ | "approx" => {
            // A decimal stands for one unit of its last digit around it (design, §3).
            let unit = |e: &Expr| (!instance.exact).then(|| last_digit(e)).flatten();
            match (of(&left, unit(l)), of(&right, unit(r))) {
                (Some(a), Some(b)) => Found::Agrees(a.max(b)),
                (None, _) => Found::Differs { side: left },
                (_, None) => Found::Differs { side: right },
            }
        }
        "lt" | "le" | "gt" | "ge" => {
            let Some(matched) = of(&left, None).or(of(&right, None)) else { return Found::Differs { side: left } };
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
        "ne" => match (of(&left, None).or(of(&right, None)), error(&left, &right)) {
            (None, _) => Found::Differs { side: left },
            (Some(e), Some(gap)) if gap <= tolerance => Found::Tied(e),
            (Some(e), _) => Found::Agrees(e),
        },
        "member" => match (of(&left, None), truth(relation, env, &mut FUEL.clone())) {
            (None, _) => Found::Differs { side: left },
            (_, Ternary::False) => Found::Fails { left, right },
            (_, Ternary::Unknown) => Found::Undefined,
            (Some(e), Ternary::True) => Found::Agrees(e),
        },
        "loewner_ge" | "loewner_gt" => definite(f.name == "loewner_gt", left, right, value, instance),
        _ => Found::Unsupported,
    }
}

/// `premise ⇒ conclusion`: where the premise holds, the conclusion by its own law; elsewhere it says nothing.
fn implied(premise: &Expr, conclusion: &Expr, env: &Env<f64>, value: &Value<f64>, instance: &Instance) -> Found {
    match holds(premise, env) {
        Ternary::True => compare(conclusion, env, value, instance),
        Ternary::False => Found::Tied(0.0),
        Ternary::Unknown => Found::Undefined,
    }
}

/// `a ⇔ b`: both truths are the one that the checker computed.
fn equivalent(l: &Expr, r: &Expr, env: &Env<f64>, value: &Value<f64>) -> Found {
    let (left, right) = (Value::Truth(holds(l, env)), Value::Truth(holds(r, env)));
    if no_value(&left) || no_value(&right) {
        return Found::Undefined;
    }
    match (error(&left, value), error(&right, value)) {
        (Some(0.0), Some(0.0)) => Found::Agrees(0.0),
        (Some(0.0), _) => Found::Differs { side: right },
        _ => Found::Differs { side: left },
    }
}

/// Whether a premise holds; equations up to rounding.
fn holds(premise: &Expr, env: &Env<f64>) -> Ternary {
    match premise.node() {
        Node::App(f, args) if f.name == "and" => args.iter().fold(Ternary::True, |t, a| t.and(holds(a, env))),
        Node::App(f, args) if f.name == fun::EQ && args.len() == 2 => {
            let mut sides = args.iter().map(|a| approach::value(a, env));
            let (Some(l), Some(r)) = (sides.next(), sides.next()) else { return Ternary::Unknown };
            let (l, r) = like(l, r);
            if no_value(&l) || no_value(&r) {
                return Ternary::Unknown;
            }
            error(&l, &r).map_or(Ternary::Unknown, |e| (e <= PREMISE).into())
        }
        _ => truth(premise, env, &mut FUEL.clone()),
    }
}

/// A 0 beside an array is the array of zeros; a set of one number beside a number is that number.
fn like(left: Value<f64>, right: Value<f64>) -> (Value<f64>, Value<f64>) {
    match (&left, &right) {
        (Value::Array(a), Value::Scalar(0.0)) => {
            let zeros = Value::Array(a.map(|_| 0.0));
            (left, zeros)
        }
        (Value::Scalar(0.0), Value::Array(a)) => (Value::Array(a.map(|_| 0.0)), right),
        (Value::Set(_), Value::Scalar(_)) => {
            let set = Value::Set(SetValue::Finite(vec![right]));
            (left, set)
        }
        (Value::Scalar(_), Value::Set(_)) => (Value::Set(SetValue::Finite(vec![left])), right),
        _ => (left, right),
    }
}

/// One unit of the last digit of a decimal that is no integer, relative like [`error`].
fn last_digit(e: &Expr) -> Option<f64> {
    let q = e.as_num().filter(|q| !q.is_integer())?;
    let ten = Rational::from(10);
    let mut scaled = q.clone();
    for digits in 1..=18 {
        scaled *= ten.clone();
        if scaled.is_integer() {
            return Some(10f64.powi(-digits) * (1.0 + 1e-9) / q.to_f64().abs().max(1.0));
        }
    }
    None
}

/// `left ⪰ right` where left − right is what the checker computed: its least eigenvalue (nalgebra) is not negative.
fn definite(strict: bool, left: Value<f64>, right: Value<f64>, value: &Value<f64>, instance: &Instance) -> Found {
    let tolerance = instance.tolerance;
    let zero = right.numbers().iter().all(|x| *x == 0.0);
    let Some(e) = error(&left, value).filter(|e| *e <= tolerance && zero) else { return Found::Differs { side: left } };
    let Value::Array(a) = value else { return Found::Unsupported };
    let (Some(least), Some(most)) = eigenvalue_range(a) else { return Found::Unsupported };
    let bound = tolerance * most.abs().max(least.abs()).max(1.0);
    if least < -bound || strict && instance.singular && least <= bound {
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
    let (a, b) = like(a.clone(), b.clone());
    let ((rows, columns, x), (m, n, y)) = (flat(&a)?, flat(&b)?);
    if (rows, columns) != (m, n) || x.len() != y.len() {
        return None;
    }
    let errors: Vec<f64> = x.iter().zip(&y).map(|(x, y)| (x - y).abs() / scale(*x, *y)).collect();
    errors.iter().all(|e| e.is_finite()).then(|| errors.iter().copied().fold(0.0, f64::max))
}

/// Rows, columns and numbers; sets have 0 rows and columns, so that they equal sets only.
pub(super) fn flat(v: &Value<f64>) -> Option<(usize, usize, Vec<f64>)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::eval::Point;

    fn at(relation: &Expr, value: f64) -> Found {
        compare(relation, &Env::at(&Point::new()), &Value::Scalar(value), &instance())
    }

    fn instance() -> Instance {
        Instance::new(Value::Scalar(0.0)).within(1e-9)
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

    fn judged(name: &str, d: [i64; 4], singular: bool) -> Found {
        let matrix = Expr::matrix(2, 2, d.iter().map(|x| Expr::int(*x)).collect());
        let value = Value::Array(Array { rows: 2, columns: Some(2), entries: d.map(|x| x as f64).to_vec() });
        let relation = Expr::relate(name, matrix, Expr::int(0));
        compare(&relation, &Env::at(&Point::new()), &value, &Instance { singular, ..instance() })
    }

    #[test]
    fn an_implication_is_judged_by_its_conclusion_where_the_premise_holds() {
        let imply = |a: Expr, b: Expr| Expr::relate("implies", a, b);
        assert_eq!(at(&imply(relation("lt", 1, 2), relation("lt", 3, 4)), 3.0), Found::Agrees(0.0));
        assert!(matches!(at(&imply(relation("lt", 1, 2), relation("gt", 3, 4)), 3.0), Found::Fails { .. }));
        assert!(matches!(at(&imply(relation("lt", 1, 2), relation("lt", 3, 4)), 5.0), Found::Differs { .. }));
        assert_eq!(at(&imply(relation("eq", 1, 2), relation("gt", 3, 4)), 3.0), Found::Tied(0.0));
        let truth = |holds: bool| {
            let iff = Expr::relate("iff", relation("lt", 1, 2), relation("lt", 3, 4));
            compare(&iff, &Env::at(&Point::new()), &Value::Truth(holds.into()), &instance())
        };
        assert_eq!(truth(true), Found::Agrees(0.0));
        assert!(matches!(truth(false), Found::Differs { .. }));
    }

    #[test]
    fn decimals_agree_to_the_digits_written() {
        let check = |exact: bool, sign: &str, value: f64, shown: i64| {
            let written = Expr::num(Rational::new(shown, 100).unwrap_or(Rational::from(0)));
            let relation = Expr::relate(sign, written.clone(), written);
            compare(&relation, &Env::at(&Point::new()), &Value::Scalar(value), &Instance { exact, ..instance() })
        };
        assert!(matches!(check(false, "approx", 1.4473, 144), Found::Agrees(_)));
        assert!(matches!(check(false, "approx", 1.4473, 145), Found::Agrees(_)));
        assert!(matches!(check(false, "approx", 1.4473, 143), Found::Differs { .. }));
        assert!(matches!(check(true, "eq", 1.44, 144), Found::Agrees(_)));
        assert!(matches!(check(true, "eq", 1.4473, 144), Found::Differs { .. }));
        // No decimal, no leniency.
        assert!(matches!(at(&relation("approx", 3, 3), 3.4), Found::Differs { .. }));
    }

    #[test]
    fn definiteness_is_judged_by_eigenvalues() {
        let check = |name: &str, d: [i64; 4]| judged(name, d, false);
        assert!(matches!(judged("loewner_gt", [1, 1, 1, 1], true), Found::Fails { .. }));
        assert_eq!(judged("loewner_ge", [1, 1, 1, 1], true), Found::Agrees(0.0));
        assert_eq!(check("loewner_ge", [1, 1, 1, 1]), Found::Agrees(0.0));
        assert_eq!(check("loewner_gt", [1, 1, 1, 1]), Found::Tied(0.0));
        assert_eq!(check("loewner_gt", [2, 1, 1, 2]), Found::Agrees(0.0));
        assert!(matches!(check("loewner_ge", [1, 2, 2, 1]), Found::Fails { .. }));
    }
}
