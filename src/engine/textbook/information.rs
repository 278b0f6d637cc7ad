//! Equations between measures of information, in the entropies of variables with a joint distribution or of two
//! distributions: `H(X | Y) = H(X, Y) − H(X)`.

use std::collections::{BTreeMap, BTreeSet};

use super::probability::{generic, independent};
use super::{Contradiction, same};
use crate::elaborate::in_entropies;
use crate::expr::Expr;
use crate::num::{Minus, Rational, short};

/// Words by which an equation is meant for a special case, or is shown as wrong.
const LOOSE: &[&str] = &[
    "independen",
    "assum",
    "if ",
    "when ",
    "uniform",
    "function of",
    "determin",
    "invertible",
    "biject",
    "same entropy",
    "approx",
    "wrong",
    "mistake",
    "incorrect",
    "confus",
    "not equal",
    "constant",
    "독립",
    "가정",
    "틀린",
];

/// Two distributions on three outcomes.
const PAIR: [[f64; 3]; 2] = [[0.1, 0.3, 0.6], [0.5, 0.2, 0.3]];

/// Most variables.
const VARIABLES: usize = 3;

/// How keys of cross entropies and of several variables are put together.
const CROSS: &str = " × ";
const TOGETHER: &str = ", ";

/// A combination of entropies.
type Combination = BTreeMap<String, Rational>;

/// The measure of information that the two sides contradict: the left side is one, and the equation holds neither for
/// dependent variables nor for those with an independence that notes assume silently.
pub(super) fn contradiction(left: &Expr, right: &Expr, words: &str) -> Option<Contradiction> {
    if LOOSE.iter().any(|w| words.contains(w)) {
        return None;
    }
    let (a, b) = in_entropies(left, right)?;
    if a.is_empty() || b.is_empty() || left.as_app("add").is_some() {
        return None;
    }
    let crossed = a.keys().chain(b.keys()).any(|k| k.contains(CROSS));
    let names: BTreeSet<&str> =
        a.keys().chain(b.keys()).flat_map(|k| k.split(if crossed { CROSS } else { TOGETHER })).collect();
    let names: Vec<&str> = names.into_iter().collect();
    // What stands on the right side alone is tied to the others: `I(X; Y) = H(Y) - H(N)` behind Y = X + N.
    let own = |name: &&str| a.keys().any(|k| k.split(if crossed { CROSS } else { TOGETHER }).any(|n| n == *name));
    if !names.iter().all(own) || !crossed && !names.iter().all(|name| is_variable(name, left)) {
        return None;
    }
    let (point, found, value) = match crossed {
        true => of_pair(&a, &b, &names)?,
        false => of_joint(&a, &b, &names)?,
    };
    Some(Contradiction {
        object: shown(&a).map(|value| format!("{} = {value}", left.to_string().replace(" \\mid", " | "))),
        point,
        found: short(found, Minus::Unicode),
        value: short(value, Minus::Unicode),
    })
}

/// Whether a name is one of a random variable: `H(1/3)` is of a number, `H(y, \hat y)` may be a cross entropy.
fn is_variable(name: &str, left: &Expr) -> bool {
    let small = left.to_string().starts_with('h');
    let letter = name.trim_start_matches("\\mathbf{").trim_start_matches("\\mathrm{").chars().next();
    letter.is_some_and(|c| c.is_uppercase() || small && c.is_alphabetic())
}

fn of_joint(a: &Combination, b: &Combination, names: &[&str]) -> Option<(String, f64, f64)> {
    if !(2..=VARIABLES).contains(&names.len()) {
        return None;
    }
    let at = |of: &Combination, joint: &[f64]| value(of, &|key| entropy(&marginal(key, names, joint)));
    let agrees = |joint: &[f64]| {
        let (x, y) = (at(a, joint), at(b, joint));
        // What vanishes on both sides says nothing.
        same(x, y) && f64::abs(x) > 1e-9
    };
    let joint = generic(names.len());
    if agrees(&joint) || independent(names.len()).iter().any(|joint| agrees(joint)) {
        return None;
    }
    let (x, y) = (at(a, &joint), at(b, &joint));
    let one = |key: &str, p: f64| format!("P({}) = {}", key, short(p, Minus::Unicode));
    let ones = |key: &str| marginal(key, names, &joint).last().copied().unwrap_or(0.0);
    let all = names.iter().map(|v| format!("{v} = 1")).collect::<Vec<_>>().join(TOGETHER);
    let each = names.iter().map(|v| one(&format!("{v} = 1"), ones(v)));
    let point = each.chain([one(&all, ones(&names.join(TOGETHER)))]).collect::<Vec<_>>().join(", ");
    (!same(x, y)).then_some((point, y, x))
}

/// Of two distributions; where it holds with the two exchanged, the order of a cross entropy is another one.
fn of_pair(a: &Combination, b: &Combination, names: &[&str]) -> Option<(String, f64, f64)> {
    let [p, q] = PAIR;
    if names.len() != 2 {
        return None;
    }
    let at = |of: &Combination, first: &[f64], second: &[f64], turned: bool| {
        let law = |name: &str| if names.first() == Some(&name) { first } else { second };
        value(of, &|key| match key.split_once(CROSS) {
            Some((x, y)) if turned => cross(law(y), law(x)),
            Some((x, y)) => cross(law(x), law(y)),
            None => entropy(law(key)),
        })
    };
    for turned in [false, true] {
        if same(at(a, &p, &q, false), at(b, &p, &q, turned)) {
            return None;
        }
    }
    let (equal, other) = (at(a, &p, &p, false), at(b, &p, &p, false));
    if same(equal, other) && f64::abs(equal) > 1e-9 {
        return None;
    }
    let list = |v: &[f64]| v.iter().map(|x| short(*x, Minus::Unicode)).collect::<Vec<_>>().join(", ");
    let point = names.iter().zip([p, q]).map(|(n, v)| format!("{n} = ({})", list(&v))).collect::<Vec<_>>().join(", ");
    Some((point, at(b, &p, &q, false), at(a, &p, &q, false)))
}

/// The value of a combination by that of each entropy.
fn value(of: &Combination, each: &dyn Fn(&str) -> f64) -> f64 {
    of.iter().map(|(key, factor)| factor.to_f64() * each(key)).sum()
}

/// The probabilities of the outcomes of some of the variables.
fn marginal(key: &str, names: &[&str], joint: &[f64]) -> Vec<f64> {
    let places: Vec<usize> = key.split(TOGETHER).filter_map(|v| names.iter().position(|n| *n == v)).collect();
    let mut out = vec![0.0; 1 << places.len()];
    for (outcome, p) in joint.iter().enumerate() {
        let cell = places.iter().enumerate().fold(0, |cell, (k, at)| cell | (outcome >> at & 1) << k);
        if let Some(sum) = out.get_mut(cell) {
            *sum += p;
        }
    }
    out
}

fn entropy(p: &[f64]) -> f64 {
    cross(p, p)
}

fn cross(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).filter(|(p, _)| **p > 0.0).map(|(p, q)| -p * q.ln()).sum()
}

/// `H(X, Y) − H(Y)`; of what is but one entropy, what it is made of.
fn shown(of: &Combination) -> Option<String> {
    if let (1, Some((key, _))) = (of.len(), of.iter().next()) {
        return match (key.split_once(CROSS), key.split_once(TOGETHER)) {
            (Some((p, q)), _) => Some(format!("H({p}) + D({p} ‖ {q})")),
            (_, Some((x, y))) => Some(format!("H({x}) + H({y} | {x})")),
            _ => None,
        };
    }
    let name = |key: &str| Expr::real(&format!("H({})", key.replace(CROSS, TOGETHER)));
    let mut terms: Vec<(&String, &Rational)> = of.iter().collect();
    terms.sort_by_key(|(_, factor)| factor.to_f64() < 0.0);
    let terms = terms.into_iter().map(|(key, factor)| Expr::num(factor.clone()) * name(key));
    Some(Expr::apply("add", terms.collect()).to_string())
}
