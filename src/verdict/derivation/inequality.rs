//! Inequalities shown by signs: the relation unfolded, the signs of its parts, and what follows.

use std::collections::BTreeSet;

use crate::algebra::canon::{Fuel, difference};
use crate::algebra::scalarise;
use crate::algebra::sign::{Prover, Sign};
use crate::claim::Claim;
use crate::elaborate::{meaning, stages};
use crate::expr::{Binder, Expr, Node, fun};
use crate::message::Message;
use crate::verdict::derivation::chain::written;
use crate::verdict::derivation::ground::Grounds;
use crate::verdict::{Ground, Step};

/// Most parts whose signs are told.
const PARTS: usize = 8;

/// Greatest size of a difference that is shown.
const SIMPLE: u64 = 60;

/// The derivation of a relation that is no equation; `lowered` is what the kernel compared.
pub(super) fn derivation(claim: &Claim, relation: &Expr, lowered: &[Expr], owed: &[Expr]) -> Vec<Step> {
    let mut out: Vec<Step> = unfolded(claim, relation);
    let mut before = relation.clone();
    for e in lowered {
        let step = Step { rule: "entries".to_owned(), sign: "⇔", ..written(Some(&before), e) };
        if out.last().is_none_or(|last| last.text != step.text) {
            out.push(step);
        }
        before = e.clone();
        out.extend(signs(claim, e, owed));
    }
    out
}

/// The rule by which the relation of the evidence comes from the claim's.
pub(super) fn brought_about(claim: &Claim) -> &'static str {
    if claim.printed.is_some() { "digits" } else { "derivative" }
}

/// The relation as read, then one definition more in each line.
pub(super) fn unfolded(claim: &Claim, relation: &Expr) -> Vec<Step> {
    if *relation != claim.unfolded {
        return vec![Step { rule: "as read".to_owned(), ..written(None, relation) }];
    }
    let mut out = vec![Step { rule: "as read".to_owned(), ..written(None, &claim.relation) }];
    let mut before = claim.relation.clone();
    let whole = scalarise(&claim.unfolded);
    for stage in stages(claim) {
        if meaning(&stage.relation.exact(), claim).is_none_or(|e| scalarise(&e) != whole) {
            continue;
        }
        let line = stage.definitions.iter().find_map(|d| d.line);
        let words = stage.definitions.first().map(|d| Expr::sym(d.head.clone()));
        let words = words.map(|s| Message::new("derivation-definition").with("symbol", s));
        let step = written(Some(&before), &stage.relation);
        if out.last().is_none_or(|last| last.text != step.text) {
            out.push(Step { rule: "definition".to_owned(), sign: "⇔", line, words, ..step });
        }
        before = stage.relation;
    }
    out
}

/// The signs that an order relation follows from, the relation itself last.
fn signs(claim: &Claim, relation: &Expr, owed: &[Expr]) -> Vec<Step> {
    let sides: Vec<&Expr> = relation.children();
    let grounds = Grounds::new(claim, &[], owed, &sides);
    let mut parts = vec![];
    let order = matches!(relation.node(), Node::App(f, _) if matches!(f.name, "lt" | "le" | "gt" | "ge" | "ne"));
    if order {
        sides.iter().for_each(|s| collect(s, &mut parts));
    }
    let mut out: Vec<Step> = parts.iter().filter_map(|e| sign(e, &grounds)).collect();
    out.dedup_by(|a, b| a.text == b.text);
    out.truncate(PARTS);
    if let (Node::App(f, _), [l, r], true) = (relation.node(), sides.as_slice(), order)
        && l.as_int() != Some(0)
        && r.as_int() != Some(0)
    {
        let (less, more) = if matches!(f.name, "gt" | "ge") { (r, l) } else { (l, r) };
        if let Ok(d) = difference(more, less, grounds.facts(), &mut Fuel::new(20_000))
            && d.size() <= SIMPLE
            && d.size() < relation.size()
        {
            let shown = Expr::relate(fun::EQ, (*more).clone() - (*less).clone(), d);
            out.push(Step { rule: "canonical form".to_owned(), ..written(None, &shown) });
        }
    }
    let mut prover = Prover::new(grounds.facts(), &[relation]);
    if prover.holds(relation).certainly() {
        let words = by(&grounds, &prover.used);
        out.push(Step { rule: "sign".to_owned(), sign: "⇒", words, ..written(None, relation) });
    }
    out
}

/// Parts whose sign is worth telling, inner ones first: closed, and no names or numbers.
fn collect(e: &Expr, out: &mut Vec<Expr>) {
    let told = match e.node() {
        Node::App(f, _) => {
            matches!(f.name, fun::MUL | fun::POW | "exp" | "log" | "sigmoid" | "abs" | "sqrt") && e.as_num().is_none()
        }
        Node::Bind { binder, .. } => matches!(binder, Binder::Sum | Binder::Product),
        _ => false,
    };
    e.children().into_iter().for_each(|c| collect(c, out));
    let reciprocal = e.as_app(fun::POW).is_some_and(|a| a.get(1).and_then(Expr::as_int).is_some_and(|n| n < 0));
    if told && !reciprocal && e.is_closed() && e.sort().is_scalar() && !out.contains(e) && out.len() < 4 * PARTS {
        out.push(e.clone());
    }
}

fn sign(e: &Expr, grounds: &Grounds) -> Option<Step> {
    let mut prover = Prover::new(grounds.facts(), &[e]);
    let found = prover.sign(e);
    let zero = Expr::int(0);
    let name = [
        (Sign::ZERO, fun::EQ),
        (Sign::POSITIVE, "gt"),
        (Sign::NEGATIVE, "lt"),
        (Sign::NONNEGATIVE, "ge"),
        (Sign::NONPOSITIVE, "le"),
        (Sign::NONZERO, "ne"),
    ];
    let (_, name) = name.into_iter().find(|(s, _)| found == *s)?;
    let rule = match e.node() {
        Node::Bind { .. } => "sign.sum",
        Node::App(f, _) if f.name == fun::MUL => "sign.product",
        _ => "sign",
    };
    let words = by(grounds, &prover.used);
    Some(Step { rule: rule.to_owned(), words, ..written(None, &Expr::relate(name, e.clone(), zero)) })
}

/// The givens used, in words.
fn by(grounds: &Grounds, used: &BTreeSet<usize>) -> Option<Message> {
    match grounds.named(used) {
        Ground::Givens(list) => {
            let texts: Vec<String> = list.into_iter().map(|(text, _)| text).collect();
            Some(Message::new("derivation-by").with("givens", texts.join(", ")))
        }
        Ground::Owed => Some(Message::new("derivation-owed")),
        _ => None,
    }
}
