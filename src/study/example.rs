//! A claim in small numbers.

use crate::algebra::eval::{Env, Point, Value, evaluate};
use crate::claim::Claim;
use crate::engine::sample::small_points;
use crate::expr::Expr;
use crate::num::{Minus, short};
use crate::study::Drawn;
use crate::verdict::{Step, evaluations};

/// Sizes of an example: three classes, three points, …
const SIZES: [i64; 2] = [3, 2];

/// Work for one value.
const FUEL: u64 = 50_000;

/// Longest line that is shown, in characters.
const LONGEST: usize = 400;

/// Both sides of a claim at a point, step by step.
#[derive(Clone, Debug)]
pub struct Example {
    /// The point.
    pub point: Point,
    /// What the notes define, at the point: name and value.
    pub values: Vec<(String, String)>,
    /// Left and right side: the values put in, then line by line.
    pub sides: Vec<Vec<Step>>,
}

/// A claim in small numbers; `None` if no point was found that the givens allow, or nothing short can be said there.
pub fn example(claim: &Claim) -> Option<Example> {
    let drawn = Drawn::new(claim)?;
    let point = small_points(&drawn.problem(0, 1, &SIZES)).into_iter().next()?;
    let mut sides = evaluations(&drawn.relation, &point);
    sides.iter_mut().for_each(|lines| lines.retain(|step| step.text.chars().count() <= LONGEST));
    sides.retain(|lines| !lines.is_empty());
    (sides.len() == 2).then(|| Example { values: values(claim, &point), point, sides })
}

/// The values at a point of what the notes define by name.
fn values(claim: &Claim, point: &Point) -> Vec<(String, String)> {
    let plain = || claim.definitions.iter().filter(|d| d.params.is_empty() && d.indices.is_empty());
    let unfolded = |body: &Expr| {
        let once = |e: Expr| plain().fold(e, |e, d| e.substituted(&d.head, &d.body));
        (0..4).fold(body.clone(), |e, _| once(e))
    };
    plain()
        .filter_map(|d| {
            let value = evaluate::<f64>(&unfolded(&d.body), &Env::at(point), &mut FUEL.clone());
            Some((Expr::sym(d.head.clone()).to_string(), shown(&value)?))
        })
        .collect()
}

/// Three digits are enough to follow by hand.
fn rounded(x: f64) -> String {
    short((x * 1000.0).round() / 1000.0, Minus::Unicode)
}

fn shown(value: &Value<f64>) -> Option<String> {
    let finite = |x: &f64| x.is_finite().then(|| rounded(*x));
    match value {
        Value::Scalar(x) => finite(x),
        Value::Array(a) if a.entries.len() <= 9 => {
            let all: Option<Vec<String>> = a.entries.iter().map(finite).collect();
            let rows: Vec<String> = all?.chunks(a.width().max(1)).map(|row| row.join(", ")).collect();
            Some(match a.columns {
                None => format!("({})", rows.join(", ")),
                Some(_) => format!("[{}]", rows.join("; ")),
            })
        }
        _ => None,
    }
}
