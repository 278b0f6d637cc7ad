//! Equations between probabilities, on joint distributions of two to four binary variables.
//!
//! An equation that fails on some of them, and on all that have an independence that notes may assume silently, is no
//! rule: `P(A | B) = P(B | A) P(B) / P(A)`.

use super::{Contradiction, same};
use crate::elaborate::Probability;
use crate::expr::{Expr, Node, fun};
use crate::num::{Minus, short};

/// Letters that stand for other things often enough: a second distribution, a policy.
const OTHERS: &[&str] = &["Q", "q", "\\pi"];

/// Words that say that an equation is meant up to a factor, or for a special case.
const LOOSE: &[&str] = &[
    "proportional",
    "normali",
    "up to",
    "ignor",
    "constant",
    "drop",
    "if ",
    "assum",
    "independen",
    "uniform",
    "wrong",
    "mistake",
    "incorrect",
    "not true",
    "confus",
    "비례",
    "무시",
    "독립",
    "가정",
    "틀린",
];

/// Most variables.
const VARIABLES: usize = 4;

/// The rule of probability that the two sides contradict.
pub(super) fn contradiction(left: &Expr, right: &Expr, words: &str) -> Option<Contradiction> {
    let mut variables: Vec<String> = vec![];
    let mut measures: Vec<String> = vec![];
    let mut conditional = false;
    for side in [left, right] {
        let before = measures.len();
        collect(side, &mut |p| {
            conditional |= !p.given.is_empty();
            measures.push(p.measure);
            variables.extend(p.of.into_iter().chain(p.given));
        })?;
        // A number is data: `P(D | H) = 0.4`.
        if measures.len() == before {
            return None;
        }
    }
    variables.sort();
    variables.dedup();
    measures.sort();
    measures.dedup();
    let count = variables.len();
    // `P(EF)` is about E and F, for who writes so.
    let joint = |v: &String| {
        let of = |c: char| variables.iter().any(|other| other.chars().eq([c]));
        v.chars().count() > 1 && v.chars().all(char::is_alphabetic) && v.chars().any(of)
    };
    if variables.iter().any(joint) {
        return None;
    }
    if !conditional
        || measures.len() != 1
        || !(2..=VARIABLES).contains(&count)
        || LOOSE.iter().any(|w| words.contains(w))
    {
        return None;
    }
    let holds = |joint: &[f64]| {
        let (a, b) = (value(left, &variables, joint)?, value(right, &variables, joint)?);
        // What is impossible on both sides says nothing.
        Some(same(a, b) && a != 0.0)
    };
    let joint = generic(count);
    if holds(&joint)? || special(count).iter().any(|joint| holds(joint) != Some(false)) {
        return None;
    }
    let (a, b) = (value(left, &variables, &joint)?, value(right, &variables, &joint)?);
    Some(Contradiction {
        object: Some(rule(left)?),
        point: shown(&variables, &joint),
        found: short(b, Minus::Unicode),
        value: short(a, Minus::Unicode),
    })
}

/// What the left side is by definition, for people.
fn rule(left: &Expr) -> Option<String> {
    let p = probability(left)?;
    let of = named(&p.of);
    Some(match p.given.as_slice() {
        [] => format!("P({of}) = P({of} | x) P(x) + P({of} | ¬x) P(¬x)"),
        given => format!("P({of} | {0}) = P({of}, {0}) / P({0})", named(given)),
    })
}

/// Names as people see them.
fn named(variables: &[String]) -> String {
    variables.iter().map(|v| Expr::real(v).to_string()).collect::<Vec<_>>().join(", ")
}

/// The probabilities of each variable and of all together.
fn shown(variables: &[String], joint: &[f64]) -> String {
    let one = |v: &[String]| format!("P({}) = {}", named(v), short(together(v, variables, joint), Minus::Unicode));
    let each = variables.iter().map(|v| one(std::slice::from_ref(v)));
    each.chain([one(variables)]).collect::<Vec<_>>().join(", ")
}

/// Calls `found` with each probability; `None` if something else stands in it.
fn collect(e: &Expr, found: &mut impl FnMut(Probability)) -> Option<()> {
    if let Some(p) = probability(e) {
        found(p);
        return Some(());
    }
    match e.node() {
        Node::Num(_) => Some(()),
        Node::App(f, args) if matches!(f.name, fun::ADD | fun::MUL | fun::POW) => {
            args.iter().try_for_each(|a| collect(a, found))
        }
        _ => None,
    }
}

/// `P(A, B | C)` of events that are names, which is read as a name.
fn probability(e: &Expr) -> Option<Probability> {
    let plain = |v: &String| !v.contains(['=', ' ']);
    let p = Probability::named(e.as_symbol()?)?;
    (!OTHERS.contains(&p.measure.as_str()) && p.of.iter().chain(&p.given).all(plain)).then_some(p)
}

/// The value of an expression of probabilities; the joint distribution is over all subsets of the variables that are 1.
fn value(e: &Expr, variables: &[String], joint: &[f64]) -> Option<f64> {
    if let Some(p) = probability(e) {
        let all: Vec<String> = p.of.iter().chain(&p.given).cloned().collect();
        return Some(together(&all, variables, joint) / together(&p.given, variables, joint));
    }
    let each = |args: &[Expr]| args.iter().map(|a| value(a, variables, joint)).collect::<Option<Vec<f64>>>();
    match e.node() {
        Node::Num(q) => Some(q.to_f64()),
        Node::App(f, args) => match (f.name, each(args)?.as_slice()) {
            (fun::ADD, parts) => Some(parts.iter().sum()),
            (fun::MUL, parts) => Some(parts.iter().product()),
            (fun::POW, [base, exponent]) => Some(base.powf(*exponent)),
            _ => None,
        },
        _ => None,
    }
}

/// The probability that all of these are 1.
fn together(names: &[String], variables: &[String], joint: &[f64]) -> f64 {
    let mask = names.iter().filter_map(|n| variables.iter().position(|v| v == n)).fold(0, |m, at| m | 1 << at);
    joint.iter().enumerate().filter(|(outcome, _)| outcome & mask == mask).map(|(_, p)| p).sum()
}

fn normalised(weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / total).collect()
}

/// A joint distribution without symmetries or independences.
pub(super) fn generic(count: usize) -> Vec<f64> {
    match count {
        2 => vec![0.1, 0.3, 0.2, 0.4],
        _ => normalised((0..1_usize << count).map(|k| ((k * k * 7 + k * 3) % 23 + 2) as f64).collect()),
    }
}

/// Joint distributions with the independences that notes assume silently, and those in which some of the variables are the
/// cases of which exactly one occurs: those of a law of total probability.
fn special(count: usize) -> Vec<Vec<f64>> {
    let joint = generic(count);
    let cases = (1..joint.len()).filter(|part| part.count_ones() > 1).map(|part| {
        let one = |(k, p): (usize, &f64)| if (k & part).count_ones() == 1 { *p } else { 0.0 };
        normalised(joint.iter().enumerate().map(one).collect())
    });
    cases.chain(independent(count)).collect()
}

/// Joint distributions with independences: of two variables, given the others or not; of one from all others; of all.
pub(super) fn independent(count: usize) -> Vec<Vec<f64>> {
    let joint = generic(count);
    let sum =
        |fits: &dyn Fn(usize) -> bool| (0..joint.len()).filter(|k| fits(*k)).filter_map(|k| joint.get(k)).sum::<f64>();
    let bit = |k: usize, at: usize| k >> at & 1;
    let mut found = vec![];
    let single = |k: usize, at: usize| sum(&|o| bit(o, at) == bit(k, at));
    found.push((0..joint.len()).map(|k| (0..count).map(|at| single(k, at)).product()).collect());
    for a in 0..count {
        for b in 0..a {
            let others = |o: usize, k: usize| (0..count).all(|at| at == a || at == b || bit(o, at) == bit(k, at));
            let given = |k: usize| sum(&|o| others(o, k));
            let of = |k: usize, at: usize| sum(&|o| others(o, k) && bit(o, at) == bit(k, at));
            // Independent given all others.
            found.push((0..joint.len()).map(|k| of(k, a) * of(k, b) / given(k)).collect());
            // Independent, and the others depend on both.
            let pair = |k: usize| sum(&|o| bit(o, a) == bit(k, a) && bit(o, b) == bit(k, b));
            let at = |k: usize| joint.get(k).copied().unwrap_or(0.0);
            found.push((0..joint.len()).map(|k| at(k) * single(k, a) * single(k, b) / pair(k)).collect());
        }
        // Independent of all others.
        let rest = |k: usize| sum(&|o| (0..count).all(|at| at == a || bit(o, at) == bit(k, at)));
        found.push((0..joint.len()).map(|k| rest(k) * single(k, a)).collect());
    }
    found
}
