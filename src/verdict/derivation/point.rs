//! Counterexamples worked out: both sides at the point, from the inside to the outside.

use std::collections::BTreeMap;

use crate::algebra::canon::{Equality, Fuel, equal};
use crate::algebra::eval::{Env, Point, PointValue, evaluate};
use crate::algebra::facts::Facts;
use crate::algebra::{at_sizes, relation_entries, scalarise};
use crate::claim::Claim;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::message::Message;
use crate::num::{Exact, Minus, Ternary, short};
use crate::verdict::Step;
use crate::verdict::derivation::chain::written;
use crate::verdict::derivation::inequality::{brought_about, unfolded};
use crate::verdict::evidence::certain;

/// Work for one value.
const FUEL: u64 = 50_000;

/// Most terms of a sum that is written out.
const TERMS: u64 = 200;

/// Most lines for one side.
const LINES: usize = 10;

/// The derivation: the relation, the point, each side there, and that the relation fails.
pub(super) fn derivation(claim: &Claim, relation: &Expr, point: &Point) -> Vec<Step> {
    let mut out = unfolded(claim, &claim.unfolded);
    let carried =
        Step { rule: brought_about(claim).to_owned(), sign: "⇔", ..written(Some(&claim.unfolded), relation) };
    if *relation != claim.unfolded && out.last().is_none_or(|last| last.text != carried.text) {
        out.push(carried);
    }
    let words = Some(Message::new("derivation-point").with("point", point));
    out.push(Step { rule: "counterexample".to_owned(), words, ..Step::default() });
    let Some(inserted) = inserted(relation, point) else { return out };
    let Some(failing) = failing(&inserted) else { return out };
    if let Node::App(_, sides) = failing.node() {
        for (k, side) in sides.iter().enumerate().filter(|(_, s)| s.sort().is_scalar()) {
            let mut steps = values(side);
            if let Some(first) = steps.first_mut() {
                let key = if k == 0 { "derivation-left" } else { "derivation-right" };
                first.words = Some(Message::new(key));
                first.rule = "values".to_owned();
            }
            out.append(&mut steps);
        }
    }
    out
}

/// Each side of a relation between numbers worked out at a point: the side with the values put in, then `= …` or `≈ …`
/// from the inside to the outside. Of arrays the first entries that fail.
pub fn worked(relation: &Expr, point: &Point) -> Vec<Vec<String>> {
    let failing = inserted(relation, point).and_then(|e| failing(&e));
    let sides = failing.as_ref().map(Expr::children).unwrap_or_default();
    let lines = |side: &Expr| values(side).into_iter().map(|s| format!("{} {}", s.sign, s.text).trim().to_owned());
    match sides.iter().all(|s| s.sort().is_scalar()) {
        true => sides.iter().map(|s| lines(s).collect()).collect(),
        false => vec![],
    }
}

/// Both sides of a relation between numbers or arrays at a point, whether or not it holds there: each with the values put
/// in, then `= …` or `≈ …` from the inside to the outside. Of arrays the first entries.
pub fn evaluations(relation: &Expr, point: &Point) -> Vec<Vec<Step>> {
    let Some(inserted) = inserted(relation, point) else { return vec![] };
    let whole = relation_entries(&inserted, &[]).map(|(_, _, e)| e).unwrap_or(inserted);
    let first = whole.as_app("and").and_then(|parts| parts.first().cloned()).unwrap_or(whole);
    match first.node() {
        Node::App(_, sides) if sides.len() == 2 && sides.iter().all(|s| s.sort().is_scalar()) => {
            sides.iter().map(values).collect()
        }
        _ => vec![],
    }
}

/// The relation with the point's values in it, sums written out.
fn inserted(relation: &Expr, point: &Point) -> Option<Expr> {
    let mut sizes: BTreeMap<Symbol, u64> = BTreeMap::new();
    for (s, v) in point.iter() {
        if let PointValue::Scalar(q) = v
            && s.sort == crate::expr::Sort::Integer
            && let Some(n) = q.to_i64().and_then(|n| u64::try_from(n).ok())
        {
            sizes.insert(s.clone(), n);
        }
    }
    let mut e = at_sizes(relation, &sizes, TERMS)?;
    for (s, v) in point.iter() {
        let numbers = || v.numbers().iter().cloned().map(Expr::num).collect::<Vec<_>>();
        let value = match v {
            PointValue::Scalar(q) => Expr::num(q.clone()),
            PointValue::Array(a) => match a.columns {
                None => Expr::vector(numbers()),
                Some(n) => Expr::matrix(a.entries.len().checked_div(n)?, n, numbers()),
            },
            PointValue::Members(_) => return None,
        };
        e = e.substituted(s, &value);
    }
    Some(picked(&e))
}

/// Entries of literal arrays read off.
fn picked(e: &Expr) -> Expr {
    let e = e.transform(&mut |x, _| {
        let [array, indices @ ..] = x.as_app(fun::INDEX)? else { return None };
        crate::algebra::entry(array, indices)
    });
    scalarise(&e)
}

/// The relation, or the first of its parts that fails.
fn failing(relation: &Expr) -> Option<Expr> {
    let entries = relation_entries(relation, &[]).map(|(_, _, e)| e);
    let whole = entries.unwrap_or_else(|| relation.clone());
    let parts = whole.as_app("and").map_or_else(|| vec![whole.clone()], <[Expr]>::to_vec);
    parts.into_iter().find(|p| certain(p, &Point::new()) == Ternary::False)
}

/// A closed expression and its value, level by level.
fn values(e: &Expr) -> Vec<Step> {
    let mut out = vec![written(None, e)];
    let mut current = e.clone();
    let mut before = e.clone();
    for _ in 0..LINES {
        let next = folded(&current);
        if next == current {
            break;
        }
        let step = written(Some(&before), &next);
        if out.last().is_none_or(|last| last.text != step.text) && same(&before, &next) {
            out.push(Step { sign: "=", rule: "evaluate".to_owned(), ..step });
            before = next.clone();
        }
        current = next;
    }
    if current.as_num().is_none() {
        let value = evaluate::<f64>(&current, &Env::at(&Point::new()), &mut FUEL.clone());
        if let Some(x) = value.scalar().copied().filter(|x| x.is_finite()) {
            let text = short(x, Minus::Unicode);
            let latex = short(x, Minus::Ascii);
            out.push(Step { sign: "≈", rule: "evaluate".to_owned(), text, latex, ..Step::default() });
        }
    }
    out
}

fn same(a: &Expr, b: &Expr) -> bool {
    let equality = equal(a, b, &Facts::default(), &mut Fuel::new(FUEL));
    matches!(equality, Equality::Equal { conditions, .. } if conditions.is_empty())
}

/// The expression with its innermost operations on numbers carried out, where the value is rational.
fn folded(e: &Expr) -> Expr {
    let children = e.children();
    let number = |c: &&Expr| c.as_num().is_some();
    // A quotient of numbers is one operation, though it is a product with a power inside.
    let quotient = |c: &&Expr| number(c) || c.as_app(fun::POW).is_some_and(|p| p.iter().all(|x| x.as_num().is_some()));
    let is_product = e.as_app(fun::MUL).is_some();
    if !children.is_empty() && (children.iter().all(number) || (is_product && children.iter().all(quotient))) {
        let value = evaluate::<Exact>(e, &Env::at(&Point::new()), &mut FUEL.clone());
        return value.scalar().and_then(Exact::rational).map_or_else(|| e.clone(), |q| Expr::num(q.clone()));
    }
    if matches!(e.node(), Node::Bind { .. }) {
        return e.clone();
    }
    let next: Vec<Expr> = children.iter().map(|c| folded(c)).collect();
    if next.iter().zip(&children).any(|(a, b)| a != *b) {
        return rebuilt(e, next);
    }
    // Nothing left to do inside: the numbers of a sum or product among what has no rational value.
    match e.node() {
        Node::App(f, args) if matches!(f.name, fun::ADD | fun::MUL) => {
            let (numbers, mut rest): (Vec<Expr>, Vec<Expr>) = args.iter().cloned().partition(|a| a.as_num().is_some());
            if numbers.len() < 2 {
                return e.clone();
            }
            rest.insert(0, folded(&Expr::new(Node::App(*f, numbers))));
            Expr::app(*f, rest)
        }
        _ => e.clone(),
    }
}

/// The node over other children, one operation at a time: a sum of numbers stays a sum until the next line.
fn rebuilt(e: &Expr, children: Vec<Expr>) -> Expr {
    match e.node() {
        Node::App(f, _) => Expr::new(Node::App(*f, children)),
        _ => e.with_children(children),
    }
}
