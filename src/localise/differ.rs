//! How the sides of a wrong equation differ: by a factor, a number, a sign, a transposition. What is said is shown by the
//! engines, with nothing owed.

use std::collections::BTreeSet;

use crate::algebra::canon::{Fuel, canonical, difference, ratio};
use crate::algebra::differentiate;
use crate::algebra::eval::{Env, Point, Value, evaluate};
use crate::algebra::facts::Facts;
use crate::claim::Claim;
use crate::engine::proof;
use crate::expr::{Expr, Sort, fun};
use crate::message::Message;
use crate::num::{Exact, Rational};

/// Greatest size of a quotient or difference that is worth showing.
const SIMPLE: u64 = 40;

/// Parts of a line that are looked at, and those of them that are shown to be the quotient.
const PARTS: usize = 200;
const PROOFS: usize = 4;

/// Work for one quotient.
const FUEL: u64 = 100_000;

/// How the sides of an equation differ, if that is simple and shown; `lines` are their numbers in a derivation, and at
/// the point both have values.
pub(super) fn difference_of(
    claim: &Claim,
    left: &Expr,
    right: &Expr,
    lines: Option<(usize, usize)>,
    point: &Point,
) -> Option<Message> {
    let said = match left.sort().is_scalar() && right.sort().is_scalar() {
        true => of_numbers(claim, left, right, lines, point),
        false => None,
    };
    said.or_else(|| transposed(claim, left, right).then(|| Message::new("note-transposed")))
}

fn of_numbers(
    claim: &Claim,
    left: &Expr,
    right: &Expr,
    lines: Option<(usize, usize)>,
    point: &Point,
) -> Option<Message> {
    let facts: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    let facts = Facts::new(&facts);
    let (l, r) = (carried(left)?, carried(right)?);
    let q = [
        ratio(&l, &r, &facts, &mut Fuel::new(FUEL)).ok(),
        canonical(&l.over(&r), &facts, &mut Fuel::new(FUEL)).ok().map(|c| c.to_expr()),
    ];
    let q = q.into_iter().flatten().min_by_key(Expr::size);
    let d = difference(&l, &r, &facts, &mut Fuel::new(FUEL)).ok();
    let times = |q: &Expr| is_shown(claim, left, &(q.clone() * right.clone()));
    let plus = |d: &Expr| is_shown(claim, left, &(d.clone() + right.clone()));
    if let Some(c) = q.as_ref().and_then(Expr::as_num).filter(|c| **c != Rational::from(0))
        && times(&Expr::num(c.clone()))
    {
        return Some(factor(c));
    }
    if let Some(c) = d.as_ref().filter(|d| d.as_num().is_some() && plus(d)) {
        return Some(Message::new("note-constant").with("constant", c));
    }
    // Beside a number the quotient is the other side again.
    if l.as_num().is_some() || r.as_num().is_some() {
        return None;
    }
    let size = |e: &Option<Expr>| e.as_ref().map_or(u64::MAX, Expr::size);
    let fits = |e: &&Expr| e.size() <= SIMPLE && e.as_int() != Some(0);
    // A factor or a denominator that was lost stands in the other line.
    let part = lost(&l, &r, point).into_iter().find(&times).filter(|p| p.size() < size(&q).min(size(&d)));
    let quotient = |q: &Expr| match is_size(q) {
        true => Message::new("note-up-to-size").with("ratio", q),
        false => named("note-ratio", "note-ratio-alone", lines).with("ratio", q),
    };
    if let Some(q) = part {
        return Some(quotient(&q));
    }
    let by_ratio = || q.as_ref().filter(fits).filter(|q| times(q)).map(quotient);
    let by_difference = || {
        let d = d.as_ref().filter(fits).filter(|d| plus(d))?;
        Some(named("note-difference", "note-difference-alone", lines).with("difference", d))
    };
    if size(&d) < size(&q) { by_difference().or_else(by_ratio) } else { by_ratio().or_else(by_difference) }
}

/// The parts of two expressions, and their inverses, that at the point have the value of the quotient; smallest first.
fn lost(left: &Expr, right: &Expr, point: &Point) -> Vec<Expr> {
    let at = |e: &Expr| {
        let value = evaluate::<f64>(e, &Env::at(point), &mut FUEL.clone());
        value.scalar().copied().filter(|x| x.is_finite() && *x != 0.0)
    };
    let Some(wanted) = at(left).zip(at(right)).map(|(l, r)| l / r) else { return vec![] };
    let mut parts: BTreeSet<Expr> = BTreeSet::new();
    for side in [left, right] {
        side.any(&mut |e| {
            let fits = e.sort().is_scalar() && e.is_closed() && e.as_num().is_none() && e.size() <= SIMPLE;
            if fits && parts.len() < PARTS {
                parts.insert(e.clone());
            }
            false
        });
    }
    let both = parts.into_iter().flat_map(|p| [p.recip(), p]);
    let near = |e: &Expr| at(e).is_some_and(|x| f64::abs(x - wanted) <= 1e-9 * f64::abs(wanted));
    let mut found: Vec<Expr> = both.filter(near).collect();
    found.sort_by_key(Expr::size);
    found.truncate(PROOFS);
    found
}

/// A message about two lines by their numbers, or about the sides of a relation that stands alone.
fn named(of_lines: &'static str, alone: &'static str, lines: Option<(usize, usize)>) -> Message {
    match lines {
        Some((left, right)) => Message::new(of_lines).with("left", left).with("right", right),
        None => Message::new(alone),
    }
}

/// A size or a power of one.
fn is_size(q: &Expr) -> bool {
    let base = q.as_app(fun::POW).and_then(<[Expr]>::first).unwrap_or(q);
    base.as_symbol().is_some_and(|s| s.sort == Sort::Integer)
}

/// The size, or power of one, that the left side is the right side times.
pub(super) fn up_to_size(claim: &Claim, left: &Expr, right: &Expr) -> Option<Expr> {
    let facts: Vec<Expr> = claim.givens.iter().filter_map(|g| g.fact.clone()).collect();
    let (l, r) = (carried(left)?, carried(right)?);
    let q = ratio(&l, &r, &Facts::new(&facts), &mut Fuel::new(FUEL)).ok().filter(is_size)?;
    is_shown(claim, left, &(q.clone() * right.clone())).then_some(q)
}

/// `left = c right` in words.
fn factor(c: &Rational) -> Message {
    if *c == Rational::from(-1) {
        return Message::new("note-opposite");
    }
    let inverse = Rational::from(1).checked_div(c).filter(|i| i.is_integer() && !c.is_integer());
    Message::new("note-factor")
        .with("factor", Expr::num(inverse.unwrap_or_else(|| c.clone())))
        .with("ratio", Expr::num(c.clone()))
}

/// Whether the left side is the right side transposed.
pub(super) fn transposed(claim: &Claim, left: &Expr, right: &Expr) -> bool {
    let matrices = left.sort().sizes().len() == 2 && left.sort() == right.sort();
    matrices && is_shown(claim, left, &Expr::apply("transpose", vec![right.clone()]))
}

/// The same of arrays: the left side is a number times the right side.
pub(super) fn multiple(claim: &Claim, left: &Expr, right: &Expr, point: &Point) -> Option<Message> {
    let at = |e: &Expr| evaluate::<Exact>(e, &Env::at(point), &mut FUEL.clone());
    let (Value::Array(a), Value::Array(b)) = (at(left), at(right)) else { return None };
    let pairs: Vec<(&Rational, &Rational)> =
        a.entries.iter().zip(&b.entries).map(|(x, y)| Some((x.rational()?, y.rational()?))).collect::<Option<_>>()?;
    let zero = Rational::from(0);
    let c = pairs.iter().find(|(_, y)| **y != zero).and_then(|(x, y)| x.checked_div(y))?;
    let times = c != zero && is_shown(claim, left, &(Expr::num(c.clone()) * right.clone()));
    times.then(|| factor(&c))
}

/// Whether the engines prove the equation and owe nothing.
pub(super) fn is_shown(claim: &Claim, left: &Expr, right: &Expr) -> bool {
    holds(claim, &Expr::relate(fun::EQ, left.exact(), right.exact()))
}

/// The same of a relation.
pub(super) fn holds(claim: &Claim, relation: &Expr) -> bool {
    let about = claim.about(relation);
    proof(&about).is_some_and(|p| crate::verdict::replay(&p.evidence))
}

fn carried(e: &Expr) -> Option<Expr> {
    differentiate(&e.exact()).ok().map(|(d, _)| d)
}

#[cfg(test)]
mod tests {
    use crate::message::Lang;
    use crate::source::Source;
    use crate::{Options, check};

    fn said(claim: &str) -> Vec<String> {
        let text = format!("For all real $x$ and $y$\n\n$$\n{claim}\n$$\n");
        let result = check(Source::new("notes.md", &text), &Options { repairs: false, ..Options::default() });
        let notes = result.statements.iter().flat_map(|j| &j.judgement.notes).map(|n| n.text(Lang::En));
        let worked = |n: &String| n.starts_with("left: ") || n.starts_with("right: ");
        notes.filter(|n| !worked(n)).collect()
    }

    #[test]
    fn simple_differences_are_named() {
        assert_eq!(said("x y + x y = x y"), ["differs by the factor 2: left / right = 2"]);
        assert_eq!(said("x y = x y + x y"), ["differs by the factor 2: left / right = 1/2"]);
        assert_eq!(said("(x + 1)^2 = x^2 + 2x"), ["differs by a constant: left − right = 1"]);
        assert_eq!(said("(x - y)^2 = 2xy - x^2 - y^2"), ["opposite sign: left = −right"]);
        assert_eq!(said("(x - y)(x + y) = x^2 + y^2"), ["left − right = (−2)·y²"]);
    }

    #[test]
    fn a_lost_denominator_or_factor_is_named() {
        let sum = "e^x + e^y + 1";
        for right in
            [format!("\\frac{{e^y + 1}}{{({sum})^2}}"), format!("\\frac{{e^x ({sum}) - e^x e^x}}{{({sum})^2 e^x}}")]
        {
            let lost = said(&format!("\\frac{{e^y + 1}}{{{sum}}} = {right}"));
            assert_eq!(lost, ["left / right = eˣ + eʸ + 1"], "{right}");
        }
        assert!(said("x + y^2 = x^2 + y").iter().all(|n| !n.contains("left / right")));
    }

    #[test]
    fn a_sum_for_a_mean_is_named() {
        let text = "<!-- rederive let: x \\in \\mathbb{R}^n -->\n\n<!-- rederive next: id t; claim -->\n$$\n\\frac{1}{n} \\sum_{i=1}^{n} x_i = \\sum_{i=1}^{n} x_i\n$$\n";
        let result = check(Source::new("notes.md", text), &Options { repairs: false, ..Options::default() });
        let notes: Vec<String> =
            result.statements.iter().flat_map(|j| &j.judgement.notes).map(|n| n.text(Lang::En)).collect();
        assert!(notes.iter().any(|n| n.starts_with("equal up to the factor 1/n")), "{notes:?}");
    }

    #[test]
    fn what_is_no_multiple_is_not_called_one() {
        assert!(said("x + y = 2 x + 3 y").iter().all(|n| !n.contains("factor")));
    }
}
