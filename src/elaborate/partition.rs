//! Sums over a partition, or over all values of a variable: `Σᵢ P(B | Aᵢ) P(Aᵢ)` is P(B), and `Σₓ P(X = x)` is 1
//! (Billingsley, Probability and Measure, 4). That what is summed over is one is what such a formula means.

use std::collections::BTreeSet;

use crate::algebra::canon::is_identity;
use crate::elaborate::conditional::{Probability, written_out};
use crate::elaborate::space::Law;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// What is used where probabilities are summed over such events.
const PARTITION: &str = "probability, for sums over a partition or over all values of a variable";

/// A family of probabilities that is summed over, with its range.
struct Family {
    symbol: Expr,
    events: BTreeSet<String>,
    /// The one that is bound.
    bound: Vec<String>,
    measure: String,
    range: (Expr, Expr),
}

/// The equation with every probability as a sum over the partition that it stands beside, if that makes it an identity.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    relation.as_app(fun::EQ)?;
    let joint = written_out(relation).unwrap_or_else(|| relation.clone());
    let mut families: Vec<Family> = vec![];
    summed(&joint, &mut families);
    if families.is_empty() {
        return None;
    }
    let total = |f: &Family| {
        let at = Symbol::new("i", Sort::Integer);
        Expr::sum_over(&at, f.range.0.clone(), f.range.1.clone(), &f.symbol.index(vec![Expr::sym(at.clone())]))
    };
    let mut changed = false;
    let written = joint.transform(&mut |x, _| {
        if let Some(f) = families.iter().find(|f| of_one_variable(f) && *x == total(f)) {
            changed |= f.events.len() == 1;
            return Some(Expr::int(1));
        }
        let symbol = match x.node() {
            Node::App(f, _) if f.name == fun::INDEX => return Some(x.clone()),
            Node::Sym(s) if s.sort.is_scalar() => s,
            _ => return None,
        };
        let p = Probability::named(symbol).filter(|p| p.given.is_empty())?;
        let of: BTreeSet<String> = p.of.into_iter().collect();
        let beyond = |f: &&Family| {
            let mut others = f.events.difference(&of).filter(|e| f.bound.is_empty() || f.bound.contains(e));
            let alone = f.events.difference(&of).count() == 1;
            let other = others.next().and_then(|e| index(e)).filter(|_| alone);
            let apart = other.is_some_and(|i| !of.iter().any(|e| e.contains(i)));
            apart && f.measure == p.measure && f.events.is_superset(&of)
        };
        let family = families.iter().find(beyond)?;
        changed = true;
        Some(total(family))
    });
    let [l, r] = written.as_app(fun::EQ)? else { return None };
    let same = changed && is_identity(l, r);
    same.then_some(Law { relation: written.clone(), facts: vec![], known: PARTITION })
}

/// The letter that an event runs over: of `A_i`, `X = x` and `x`.
fn index(event: &str) -> Option<char> {
    let behind = event.rsplit(['_', '=']).next().unwrap_or(event).trim().trim_matches(['{', '}']);
    let mut letters = behind.chars();
    letters.next().filter(|c| c.is_lowercase() && letters.next().is_none())
}

/// `P(X = x)` and `p(x)`: the values of one variable.
fn of_one_variable(f: &Family) -> bool {
    let letter = |v: &str| v.chars().count() == 1 && v.chars().all(char::is_lowercase);
    let Some(event) = f.events.iter().next().filter(|_| f.events.len() == 1) else { return false };
    match event.split_once('=') {
        Some((variable, value)) => {
            let variable = variable.trim();
            variable.chars().count() == 1 && variable.chars().all(char::is_uppercase) && letter(value.trim())
        }
        None => letter(event),
    }
}

/// The families of joint probabilities that stand under a sum at its variable.
fn summed(e: &Expr, out: &mut Vec<Family>) {
    if let Node::Bind { binder: Binder::Sum, domain: Domain::Range(low, high), body } = e.node() {
        body.any(&mut |x| {
            let Some([array, at]) = x.as_app(fun::INDEX) else { return false };
            let family = array.as_symbol().filter(|_| *at == Expr::bound(0, Sort::Integer));
            if let Some(p) = family.and_then(Probability::named).filter(|p| p.given.is_empty()) {
                let events = p.of.iter().cloned().collect();
                let range = (low.clone(), high.clone());
                out.push(Family { symbol: array.clone(), events, bound: p.bound, measure: p.measure, range });
            }
            false
        });
    }
    e.children().into_iter().for_each(|c| summed(c, out));
}
