//! Certain truth at a point, by exact and interval arithmetic.

use super::open::{Claim, sides};
use crate::algebra::eval::{
    Array, Env, Point, PointValue, System, Value, evaluate, indefinite_direction, quadratic_form, truth, weigh, work,
};
use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::num::{Exact, Interval, Minus, Number, Precise, Rational, Ternary, short};

/// Fuel for one evaluation.
pub(super) const FUEL: u64 = 300_000;

/// Relative difference of sides that no rounding explains.
const APART: f64 = 1e-5;

/// The same that rounding explains.
const SAME: f64 = 1e-12;

/// Deepest part that is looked for.
const DEPTH: usize = 64;

/// How a claim fails at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The left side: exact if it is known to be rational, else a decimal.
    pub left: String,
    /// The right side.
    pub right: String,
    /// Enclosures of both sides, if they are numbers.
    pub enclosures: Option<(Interval, Interval)>,
    /// For `A ⪰ B`: z with zᵀ(A − B)z < 0, or ≤ 0 for `≻`; none if A − B is not symmetric.
    pub direction: Option<Vec<Rational>>,
}

/// Truth of a Bool expression at a point: by narrow enclosures, which cost least, exactly, by wide ones.
pub fn holds(e: &Expr, point: &Point) -> Ternary {
    let near = truth::<Interval>(e, &Env::at(point), &mut FUEL.clone());
    if near != Ternary::Unknown {
        return near;
    }
    let exact = truth::<Exact>(e, &Env::at(point), &mut FUEL.clone());
    if exact != Ternary::Unknown {
        return exact;
    }
    truth::<Precise>(e, &Env::at(point), &mut FUEL.clone())
}

/// What the givens say of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// It certainly satisfies all of them.
    Admitted,
    /// It fails one of them.
    Fails,
    /// One of them is not known to hold there.
    Open,
}

/// Whether the point has a value of the right kind for every symbol and satisfies every given, certainly.
pub(super) fn admitted(claim: &Claim, point: &Point) -> bool {
    admission(claim, point) == Admission::Admitted
}

/// [`admitted`], and what a point that is not lacks. Cheap answers first: most points fail some given.
pub(super) fn admission(claim: &Claim, point: &Point) -> Admission {
    let exact = Env::exactly_at(point);
    if !claim.symbols().iter().all(|s| fits(s, point, &exact, claim)) {
        return Admission::Open;
    }
    if claim.givens.is_empty() {
        // As much work as if it had been asked of floats and enclosures.
        work::count(2 * point.iter().count());
        return Admission::Admitted;
    }
    let floats = Env::<f64>::beside(&exact, point);
    if claim.givens.iter().any(|g| sides_are_apart(g, &floats)) {
        return Admission::Fails;
    }
    let near = Env::<Interval>::beside(&exact, point);
    let near = |g: &Expr| truth(g, &near, &mut FUEL.clone());
    let exact = |g: &Expr| truth(g, &exact, &mut FUEL.clone());
    let Some(left) = open(claim.givens.iter().collect(), &near).and_then(|left| open(left, &exact)) else {
        return Admission::Fails;
    };
    // Wider numbers tell sides apart, they don't show that they are equal.
    let equation = |g: &&Expr| g.as_app(fun::EQ).is_some();
    let holds = |g: &Expr| truth::<Precise>(g, &Env::at(point), &mut FUEL.clone()).certainly();
    if left.iter().any(equation) || !left.into_iter().all(holds) {
        return Admission::Open;
    }
    Admission::Admitted
}

/// Whether the sides of an equation differ in floats by far more than rounding may leave. Only turns points away, and
/// most of those that are turned away: certain arithmetic on matrices costs a hundred times as much.
fn sides_are_apart(given: &Expr, floats: &Env<f64>) -> bool {
    let Some([a, b]) = given.as_app(fun::EQ) else { return false };
    let (x, y, _) = weigh(given, (a, b), floats, FUEL);
    let (x, y) = (x.numbers(), y.numbers());
    let finite = x.iter().chain(y).all(|v| v.is_finite());
    let apart = |(x, y): (&f64, &f64)| f64::abs(x - y) > APART * 1f64.max(f64::abs(*x)).max(f64::abs(*y));
    finite && x.len() == y.len() && x.iter().zip(y).any(apart)
}

/// Whether the sides of an equation differ in floats; `None` where a side is not finite, or rounding may decide.
pub(super) fn apart_in_floats(relation: &Expr, point: &Point) -> Option<bool> {
    let [a, b] = relation.as_app(fun::EQ)? else { return None };
    let (x, y, _) = weigh(relation, (a, b), &Env::<f64>::at(point), FUEL);
    let (x, y) = (x.numbers(), y.numbers());
    if x.is_empty() || x.len() != y.len() || !x.iter().chain(y).all(|v| v.is_finite()) {
        return None;
    }
    let by = |(x, y): (&f64, &f64)| f64::abs(x - y) / 1f64.max(f64::abs(*x)).max(f64::abs(*y));
    let greatest = x.iter().zip(y).map(by).fold(0.0, f64::max);
    (!(SAME..=APART).contains(&greatest)).then_some(greatest > APART)
}

/// The givens that the truth leaves open; `None` if one is false.
fn open<'g>(givens: Vec<&'g Expr>, truth: &dyn Fn(&Expr) -> Ternary) -> Option<Vec<&'g Expr>> {
    let mut left = vec![];
    for g in givens {
        match truth(g) {
            Ternary::True => {}
            Ternary::False => return None,
            Ternary::Unknown => left.push(g),
        }
    }
    Some(left)
}

/// Whether the value of a symbol is of its sort: sizes agree, integers are integers, and those that no given speaks of
/// are at least 1, ends of ranges what proofs take them to be at least.
fn fits(s: &Symbol, point: &Point, exact: &Env<Exact>, claim: &Claim) -> bool {
    let size = |n: &Expr| {
        let value = evaluate(n, exact, &mut FUEL.clone());
        value.scalar().and_then(Exact::rational).and_then(Rational::to_i64).and_then(|n| usize::try_from(n).ok())
    };
    match (&s.sort, point.get(s)) {
        (Sort::Real, Some(PointValue::Scalar(_))) => true,
        (Sort::Integer, Some(PointValue::Scalar(q))) => {
            let least = claim.least(s);
            let told = || least == 1 && claim.givens.iter().any(|g| g.mentions(s));
            q.is_integer() && (*q >= Rational::from(least) || told())
        }
        (Sort::Set, Some(PointValue::Members(m))) => *m >= 1,
        (Sort::Array(sizes), Some(PointValue::Array(a))) => match sizes.as_slice() {
            [n] => a.columns.is_none() && size(n) == Some(a.rows),
            [m, n] => size(m) == Some(a.rows) && a.columns.is_some() && size(n) == a.columns,
            _ => false,
        },
        // A function without a formula has no value; whatever needs it stays undefined.
        (Sort::Function, None) => true,
        _ => false,
    }
}

/// Whether the claim certainly fails at the point; both sides are certainly defined then.
pub(super) fn violated(claim: &Claim, point: &Point) -> bool {
    let relation = &claim.symbolic;
    let Some((name, a, b)) = sides(relation) else { return holds(relation, point) == Ternary::False };
    let decided = fails::<Interval>(relation, (a, b), point)
        .or_else(|| fails::<Exact>(relation, (a, b), point))
        .or_else(|| fails::<Precise>(relation, (a, b), point));
    decided.unwrap_or_else(|| indefinite(name, a, b, point).is_some())
}

/// How the claim certainly fails at the point, if it does.
pub(super) fn violation(claim: &Claim, point: &Point) -> Option<Violation> {
    if !violated(claim, point) {
        return None;
    }
    let Some((name, a, b)) = sides(&claim.symbolic) else {
        return Some(Violation { left: "false".into(), right: "true".into(), enclosures: None, direction: None });
    };
    let direction = indefinite(name, a, b, point);
    let enclosure = |e: &Expr| evaluate::<Interval>(e, &Env::at(point), &mut FUEL.clone()).scalar().copied();
    let enclosures = enclosure(a).zip(enclosure(b));
    Some(Violation { left: shown(a, point), right: shown(b, point), enclosures, direction })
}

/// Whether the relation is false, if the number system can tell: both sides must be certainly defined for a failure, and
/// a side that certainly is not settles that there is none.
fn fails<N: System>(relation: &Expr, sides: (&Expr, &Expr), point: &Point) -> Option<bool> {
    let env = Env::<N>::at(point);
    let (x, y, truth) = weigh(relation, sides, &env, FUEL);
    match x.is_undefined().or(y.is_undefined()) {
        Ternary::True => Some(false),
        Ternary::Unknown => None,
        Ternary::False => truth.decided().map(|holds| !holds),
    }
}

/// The smallest part of an expression that certainly has no value at a point, outside of what binds a variable.
pub(super) fn undefined_part(e: &Expr, point: &Point) -> Option<Expr> {
    let undefined = |x: &Expr| {
        let value = evaluate::<Interval>(x, &Env::at(point), &mut FUEL.clone());
        *x.sort() != Sort::Bool && value.is_undefined() == Ternary::True
    };
    let mut part = e.clone();
    for _ in 0..DEPTH {
        let closed = !matches!(part.node(), Node::Bind { .. });
        match part.children().into_iter().find(|c| closed && undefined(c)).cloned() {
            Some(child) => part = child,
            None => break,
        }
    }
    (part != *e).then_some(part)
}

/// A direction in which A − B is certainly negative (for `≻`: not positive).
fn indefinite(name: &str, a: &Expr, b: &Expr, point: &Point) -> Option<Vec<Rational>> {
    let strict = match name {
        "loewner_ge" => false,
        "loewner_gt" => true,
        _ => return None,
    };
    let matrix = difference::<f64>(a, b, point)?;
    // Where a matrix is only semidefinite its null vector has to be met exactly: often all ones.
    let ones = strict.then(|| vec![Rational::from(1); matrix.rows]);
    let certain = |z: &Vec<Rational>| {
        negative::<Exact>(a, b, point, z, strict).is_some_and(Ternary::certainly)
            || negative::<Interval>(a, b, point, z, strict).is_some_and(Ternary::certainly)
            || negative::<Precise>(a, b, point, z, strict).is_some_and(Ternary::certainly)
    };
    indefinite_direction(&matrix, strict).into_iter().chain(ones).find(certain)
}

fn negative<N: System>(a: &Expr, b: &Expr, point: &Point, z: &[Rational], strict: bool) -> Option<Ternary> {
    let matrix = difference::<N>(a, b, point)?;
    if matrix.entries.iter().any(|x| x.is_undefined() != Ternary::False) || z.iter().all(|q| *q == Rational::from(0)) {
        return None;
    }
    let z: Vec<N> = z.iter().map(N::from_rational).collect();
    let form = quadratic_form(&matrix, &z)?;
    Some(if strict { form.at_most(&N::zero()) } else { form.less(&N::zero()) })
}

pub(super) fn difference<N: System>(a: &Expr, b: &Expr, point: &Point) -> Option<Array<N>> {
    let env = Env::<N>::at(point);
    match (evaluate(a, &env, &mut FUEL.clone()), evaluate(b, &env, &mut FUEL.clone())) {
        (Value::Array(x), Value::Array(y)) => x.zip(&y, |x, y| x.clone() - y.clone()),
        (Value::Array(x), Value::Scalar(zero)) if zero.is_zero() => Some(x),
        (Value::Scalar(zero), Value::Array(y)) if zero.is_zero() => Some(y.map(|y| -y.clone())),
        _ => None,
    }
}

/// The value of an expression at a point for people: exact where it is known to be rational and short.
pub(super) fn shown(e: &Expr, point: &Point) -> String {
    let exact = evaluate::<Exact>(e, &Env::at(point), &mut FUEL.clone());
    let near = evaluate::<Interval>(e, &Env::at(point), &mut FUEL.clone());
    let number = |k: usize, x: &Interval| match exact.numbers().get(k).and_then(Exact::rational) {
        Some(q) if q.bit_len() <= 24 => Expr::num(q.clone()).to_string(),
        _ => short(x.value(), Minus::Unicode),
    };
    let list = |from: usize, row: &[Interval]| {
        row.iter().enumerate().map(|(k, x)| number(from + k, x)).collect::<Vec<_>>().join(", ")
    };
    match &near {
        Value::Scalar(x) => number(0, x),
        Value::Array(a) => match a.columns {
            None => format!("({})", list(0, &a.entries)),
            Some(n) => {
                let rows = a.entries.chunks(n.max(1)).enumerate();
                format!("[{}]", rows.map(|(i, row)| list(i * n, row)).collect::<Vec<_>>().join("; "))
            }
        },
        Value::Truth(t) => t.to_string(),
        Value::Set(_) => e.to_string(),
    }
}
