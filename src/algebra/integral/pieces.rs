//! Integrals of functions that are given by cases: each piece between the places where the cases change.

use std::cmp::Ordering;

use super::ends::{inside, ordered};
use crate::algebra::extremum::certain;
use crate::algebra::facts::Facts;
use crate::algebra::limit::{Limit, infinite};
use crate::expr::fun::interval_ends;
use crate::expr::{Expr, Node, Symbol, fun};

/// Whether it is given by cases of the variable.
pub(crate) fn has_pieces(f: &Expr, variable: &Symbol) -> bool {
    !breaks(f, variable).is_empty()
}

/// The integral of a function without cases between two ends.
type Plain<'a> = &'a dyn Fn(&Expr, &Expr, &Expr) -> Option<Limit>;

/// The integral piece by piece, between places that are not used yet; `None` where a case is neither sure nor excluded between the ends.
pub(super) fn by_pieces(
    f: &Expr,
    variable: &Symbol,
    (low, high): (&Expr, &Expr),
    givens: &[Expr],
    (places, plain): (&[Expr], Plain),
) -> Option<Limit> {
    let inner = between(variable, (low, high), givens, &breaks(f, variable));
    let facts = Facts::new(&inner);
    if let Some(f) = decided(f, variable, &inner, &facts) {
        return plain(&f, low, high);
    }
    let within = |p: &Expr| p != low && p != high && ordered(low, p, givens) && ordered(p, high, givens);
    let at = places.iter().position(within)?;
    let place = places.get(at)?;
    let others: Vec<Expr> = places.iter().filter(|p| *p != place).cloned().collect();
    let before = by_pieces(f, variable, (low, place), givens, (&others, plain))?;
    let behind = by_pieces(f, variable, (place, high), givens, (&others, plain))?;
    match (before, behind) {
        (Limit::Finite(a), Limit::Finite(b)) => Some(Limit::Finite(a + b)),
        (Limit::Infinite(a), Limit::Infinite(b)) => (a == b).then_some(Limit::Infinite(a)),
        (Limit::Infinite(sign), Limit::Finite(_)) | (Limit::Finite(_), Limit::Infinite(sign)) => {
            Some(Limit::Infinite(sign))
        }
    }
}

/// What has to have a sign, so that an end is before or behind each place where the cases change.
pub(crate) fn open_order(f: &Expr, variable: &Symbol, (low, high): (&Expr, &Expr), givens: &[Expr]) -> Option<Expr> {
    let places = breaks(f, variable);
    let ends = [high, low].into_iter().filter(|e| infinite(e).is_none());
    let open = |e: &Expr, p: &Expr| e != p && !ordered(e, p, givens) && !ordered(p, e, givens);
    ends.flat_map(|e| places.iter().map(move |p| (e, p))).find(|(e, p)| open(e, p)).map(|(e, p)| e.clone() - p.clone())
}

/// The places at which the cases change.
pub(super) fn breaks(f: &Expr, variable: &Symbol) -> Vec<Expr> {
    let mut found = vec![];
    f.any(&mut |x| {
        for (i, condition) in x.as_app("cases").unwrap_or(&[]).iter().enumerate() {
            if i % 2 == 0 {
                comparisons(condition, variable, &mut found);
            }
        }
        false
    });
    found.retain(|p| infinite(p).is_none());
    found
}

fn comparisons(condition: &Expr, variable: &Symbol, found: &mut Vec<Expr>) {
    let is_it = |e: &Expr| e.as_symbol().is_some_and(|s| s.same(variable));
    let mut add = |e: &Expr| {
        if !e.mentions(variable) && !found.contains(e) {
            found.push(e.clone());
        }
    };
    match condition.node() {
        Node::App(f, args) if matches!(f.name, "and" | "or" | "not") => {
            args.iter().for_each(|a| comparisons(a, variable, found));
        }
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("lt" | "le" | "gt" | "ge" | "ne" | fun::EQ, [a, b]) if is_it(a) => add(b),
            ("lt" | "le" | "gt" | "ge" | "ne" | fun::EQ, [a, b]) if is_it(b) => add(a),
            ("member", [a, set]) if is_it(a) => {
                if let Some((low, high)) = interval_ends(set) {
                    add(low);
                    add(high);
                }
            }
            _ => {}
        },
        _ => {}
    }
}

/// What is known of a point between the ends, by the places that are certainly not between them, too.
fn between(variable: &Symbol, (low, high): (&Expr, &Expr), givens: &[Expr], places: &[Expr]) -> Vec<Expr> {
    let mut all = inside(variable, low, high, givens);
    let x = Expr::sym(variable.clone());
    for place in places {
        if infinite(low).is_none() && ordered(place, low, givens) {
            all.push(Expr::relate("gt", x.clone(), place.clone()));
        }
        if infinite(high).is_none() && ordered(high, place, givens) {
            all.push(Expr::relate("lt", x.clone(), place.clone()));
        }
    }
    all
}

/// The function with each of its cases decided; `None` where one is open.
fn decided(f: &Expr, variable: &Symbol, inner: &[Expr], facts: &Facts) -> Option<Expr> {
    let mut open = false;
    let plain = f.transform(&mut |x, _| {
        let args = x.as_app("cases")?;
        let mut rest = args;
        while let [condition, value, behind @ ..] = rest {
            match holds(condition, variable, inner, facts) {
                Some(Ordering::Greater) => return Some(value.clone()),
                Some(_) => rest = behind,
                None => break,
            }
        }
        let [otherwise] = rest else {
            open = true;
            return None;
        };
        Some(otherwise.clone())
    });
    (!open).then_some(plain)
}

/// Whether a condition holds for all points between the ends (`Greater`) or for none (`Less`), single points apart.
fn holds(condition: &Expr, variable: &Symbol, inner: &[Expr], facts: &Facts) -> Option<Ordering> {
    let sure = |c: &Expr| certain(c, inner, facts);
    let Node::App(f, args) = condition.node() else { return None };
    match (f.name, args.as_slice()) {
        ("and", parts) => {
            let all: Vec<_> = parts.iter().map(|p| holds(p, variable, inner, facts)).collect();
            match () {
                () if all.contains(&Some(Ordering::Less)) => Some(Ordering::Less),
                () if all.iter().all(|p| *p == Some(Ordering::Greater)) => Some(Ordering::Greater),
                () => None,
            }
        }
        ("member", [x, set]) => {
            let (low, high) = interval_ends(set)?;
            let both = [Expr::relate("gt", x.clone(), low.clone()), Expr::relate("lt", x.clone(), high.clone())];
            let finite = [infinite(low), infinite(high)];
            let needed = both.iter().zip(finite).filter(|(_, end)| end.is_none()).map(|(c, _)| c.clone()).collect();
            holds(&Expr::apply("and", needed), variable, inner, facts)
        }
        (fun::EQ, [a, b]) => {
            let point = |a: &Expr, b: &Expr| a.as_symbol().is_some_and(|s| s.same(variable)) && !b.mentions(variable);
            (point(a, b) || point(b, a)).then_some(Ordering::Less)
        }
        (name @ ("lt" | "le" | "gt" | "ge"), [a, b]) => {
            let opposite = match name {
                "lt" => "ge",
                "le" => "gt",
                "gt" => "le",
                _ => "lt",
            };
            if sure(condition) {
                return Some(Ordering::Greater);
            }
            sure(&Expr::relate(opposite, a.clone(), b.clone())).then_some(Ordering::Less)
        }
        _ => None,
    }
}
