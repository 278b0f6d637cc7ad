//! Values and points of instances, for people.

use super::compare::flat;
use crate::algebra::eval::{Point, PointValue, Value};
use crate::expr::{Expr, Symbol};
use crate::num::Rational;

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

/// `s = (0.5, −1), C = 2`.
pub(super) fn written(point: &Point) -> String {
    let one = |(symbol, value): (&Symbol, &PointValue)| {
        let text = match value {
            PointValue::Scalar(q) => shown(&Value::Scalar(q.to_f64())),
            PointValue::Array(a) => shown(&Value::Array(a.map(Rational::to_f64))),
            PointValue::Members(_) => value.to_string(),
        };
        format!("{} = {text}", Expr::sym(symbol.clone()))
    };
    point.iter().map(one).collect::<Vec<_>>().join(", ")
}
