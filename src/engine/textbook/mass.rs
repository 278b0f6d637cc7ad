//! Mass functions whose total is not 1, whatever their parameters and wherever they live.
//!
//! As for densities, what is summed over is seldom written: a formula of a named law has to add up to 1 over one of the
//! supports that such laws have, or to nothing that has a value.

use super::Contradiction;
use super::density::{OTHER, PROBABLE, WHOLE};
use crate::algebra::eval::{Env, Point, PointValue, evaluate};
use crate::elaborate::supply;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::num::{Minus, Rational, short};

/// Words of a sentence that leads to a mass function.
const SAID: &[&str] = &[
    "mass function",
    "pmf",
    "poisson",
    "binomial",
    "geometric",
    "bernoulli",
    "pascal",
    "질량",
    "포아송",
    "푸아송",
    "이항",
    "기하분포",
    "베르누이",
];

/// Words of sentences about other things of these laws.
const OTHERS: &[&str] =
    &["inflat", "conjugate", "prior", "regression", "series", "coefficient", "theorem", "generating", "loss", "mean"];

/// Values of parameters that are no whole numbers: of probabilities and of rates.
const PARAMETERS: [[(i64, i64); 4]; 3] =
    [[(3, 10), (2, 5), (7, 10), (3, 5)], [(1, 5), (7, 10), (3, 5), (1, 2)], [(3, 5), (1, 4), (2, 5), (4, 5)]];

/// Names of parameters that are whole numbers.
const WHOLES: &[&str] = &["n", "N", "m", "M", "K", "r"];

/// Terms of a sum without an end, and how small the last has to be.
const TERMS: i64 = 200;
const LAST: f64 = 1e-12;

/// How near 1 a total is 1.
const ONE: f64 = 1e-6;

/// Fuel for one evaluation.
const FUEL: u64 = 2_000;

/// Where the total of a mass function is not 1.
pub(super) fn contradiction(left: &Expr, right: &Expr, sentence: &str) -> Option<Contradiction> {
    let said = |list: &[&str]| list.iter().any(|w| sentence.contains(w));
    if !said(SAID) || !said(PROBABLE) || said(OTHER) || said(OTHERS) {
        return None;
    }
    let right = &supply(right, &[]).1;
    let x = &variable(left, right)?;
    let unknown = right.has_opaque() || right.any(&mut |e| matches!(e.node(), Node::Call(..) | Node::Bind { .. }));
    if unknown || !is_of_family(right, x) {
        return None;
    }
    let parameters: Vec<Symbol> = right.symbols().into_iter().filter(|s| s != x).collect();
    if parameters.len() > 4 || parameters.iter().any(|s| !s.sort.is_scalar() || s.name.contains('(')) {
        return None;
    }
    let mut first = None;
    for (row, whole) in PARAMETERS.iter().zip(WHOLE) {
        let mut point = Point::new();
        let mut counts = vec![];
        for ((s, (a, b)), whole) in parameters.iter().zip(row).zip(whole) {
            let count = WHOLES.contains(&&*s.name);
            counts.extend(count.then_some(whole));
            point.set(s, PointValue::Scalar(if count { Rational::from(whole) } else { Rational::new(*a, *b)? }));
        }
        // Beside p, q is the probability of failure.
        let named = |name: &str| parameters.iter().find(|s| *s.name == *name);
        if let (Some(p), Some(q)) = (named("p"), named("q"))
            && let Some([value]) = point.get(p).map(PointValue::numbers)
        {
            let rest = Rational::from(1) - value.clone();
            point.set(q, PointValue::Scalar(rest));
        }
        let at = |k: i64| {
            let env = Env::at(&point.clone().with_scalar(x, Rational::from(k)));
            evaluate::<f64>(right, &env, &mut FUEL.clone()).scalar().copied().filter(|y| y.is_finite())
        };
        let mut met = false;
        for (low, high) in supports(&counts) {
            let Some(total) = total(&at, low, high) else { continue };
            if f64::abs(total - 1.0) < ONE {
                return None;
            }
            if !met {
                met = true;
                let end = high.map_or_else(|| "∞".to_owned(), |n| n.to_string());
                first.get_or_insert((format!("{point}, {} = {low}, …, {end}", Expr::sym(x.clone())), total));
            }
        }
        if !met {
            return None;
        }
    }
    let (point, found) = first?;
    Some(Contradiction {
        object: Some(format!("Σ {left} = 1")),
        point: point.trim_start_matches(", ").to_owned(),
        found: short(found, Minus::Unicode),
        value: short(1.0, Minus::Unicode),
    })
}

/// The variable of `p(x)`, `p(x | n, p)` and `P(X = x)`.
fn variable(left: &Expr, right: &Expr) -> Option<Symbol> {
    let letters = |name: &str| right.symbols().into_iter().find(|s| *s.name == *name && s.sort.is_scalar());
    match left.node() {
        Node::Call(_, arguments) => arguments.first()?.as_symbol().and_then(|x| letters(&x.name)),
        Node::Sym(s) => {
            let inner = s.name.split_once('(')?.1.strip_suffix(')')?;
            let event = inner.split([';', '|']).next().unwrap_or(inner).split(" \\mid").next().unwrap_or(inner);
            let (random, value) = event.split_once('=')?;
            let plain = |side: &str| side.trim().chars().all(char::is_alphabetic) && !side.trim().is_empty();
            (plain(random) && plain(value)).then(|| letters(value.trim()))?
        }
        _ => None,
    }
}

/// Whether a formula has what the mass functions of named laws have: factorials, binomials, powers with the variable.
fn is_of_family(e: &Expr, x: &Symbol) -> bool {
    e.any(&mut |part| {
        let of = |name: &str| part.as_app(name).is_some_and(|of| of.iter().any(|of| of.mentions(x)));
        of("factorial")
            || of("binomial")
            || part.as_app(fun::POW).is_some_and(|p| p.iter().skip(1).any(|e| e.mentions(x)))
    })
}

/// What a mass function may be over: from 0, 1 or a whole parameter on, to the end or to one.
fn supports(counts: &[i64]) -> Vec<(i64, Option<i64>)> {
    let ends = |low: i64| counts.iter().filter(move |n| **n >= low).map(move |n| (low, Some(*n)));
    let mut all: Vec<(i64, Option<i64>)> = ends(0).collect();
    all.push((0, None));
    all.extend(ends(1).collect::<Vec<_>>());
    all.extend([(1, None), (0, Some(1))]);
    all.extend(counts.iter().map(|n| (*n, None)));
    all
}

fn total(at: &dyn Fn(i64) -> Option<f64>, low: i64, high: Option<i64>) -> Option<f64> {
    let end = high.unwrap_or(low + TERMS);
    let terms: Vec<f64> = (low..=end).map(at).collect::<Option<_>>()?;
    let converges = high.is_some() || terms.last().is_some_and(|last| f64::abs(*last) < LAST);
    converges.then(|| terms.iter().sum())
}
