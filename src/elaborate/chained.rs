//! The chain rule between letters that nothing defines: `\frac{dy}{dx} = \frac{dy}{du} \frac{du}{dx}`, and the sum of such
//! products over all that is between: `\frac{dz}{dt} = \frac{\partial z}{\partial x} \frac{dx}{dt} + …`.

use std::fmt::Display;

use crate::elaborate::space::Law;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// What is used of what depends on what.
const KNOWN: &str = "the chain rule, where each of its letters depends on the last through the next one only";

/// The same of a sum.
const THROUGH: &str =
    "the chain rule, where the first letter depends on the last through those between only, each counted once";

/// The rule that an equation is, by its pattern: one derivative, and a product of derivatives that lead from its
/// numerator to its denominator, or a sum of such products. Differentials stand for what is compared, as Leibniz wrote it.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    let [left, right] = relation.as_app(fun::EQ)? else { return None };
    [(left, right), (right, left)].into_iter().find_map(|(whole, other)| {
        let ends = slope(whole)?;
        if let Some(sum) = through_all(other, ends) {
            let relation = Expr::relate(fun::EQ, sum.clone(), sum);
            return Some(Law { relation, known: THROUGH, facts: vec![] });
        }
        let passed = path(other, ends)?;
        let quotient = |e: &Expr| {
            e.transform(&mut |x, _| slope(x).map(|(above, below)| differential(above).over(&differential(below))))
        };
        let zero = Expr::int(0);
        let facts = passed.iter().map(|x| Expr::relate("ne", differential(x), zero.clone())).collect();
        Some(Law { relation: Expr::relate(fun::EQ, quotient(left), quotient(right)), known: KNOWN, facts })
    })
}

/// The letters that a product of derivatives passes from a numerator to a denominator, these with them.
fn path<'e>(product: &'e Expr, ends: (&'e Expr, &Expr)) -> Option<Vec<&'e Expr>> {
    let mut links = product.as_app(fun::MUL)?.iter().map(slope).collect::<Option<Vec<_>>>()?;
    let mut passed = vec![ends.0];
    while let Some(at) = links.iter().position(|(above, _)| passed.last() == Some(above)) {
        let (_, below) = links.swap_remove(at);
        if passed.contains(&below) {
            return None;
        }
        passed.push(below);
    }
    (links.is_empty() && passed.len() > 2 && passed.last() == Some(&ends.1)).then_some(passed)
}

/// A sum of two products or more, each through letters of its own, or over the entries of one array, with each derivative
/// as a number without a name of its own.
fn through_all(sum: &Expr, ends: (&Expr, &Expr)) -> Option<Expr> {
    if let Some(terms) = sum.as_app(fun::ADD) {
        let mut seen: Vec<&Expr> = vec![];
        for term in terms {
            let passed = path(term, ends)?;
            let between = passed.get(1..passed.len() - 1)?;
            // Entries that a letter names may be the same one.
            let apart =
                |a: &Expr, b: &Expr| array(a) != array(b) || place(a).is_some_and(|i| place(b).is_some_and(|j| i != j));
            if between.iter().any(|b| seen.iter().any(|s| !apart(s, b))) {
                return None;
            }
            seen.extend(between);
        }
        return Some(sum.transform(&mut |x, _| slope(x).map(|(above, below)| named(above, below, Sort::Real))));
    }
    let Node::Bind { binder: Binder::Sum, domain: domain @ Domain::Range(low, high), body } = sum.node() else {
        return None;
    };
    // What stands outside knows nothing of the index.
    let (first, last) = (ends.0.shifted(1, 0), ends.1.shifted(1, 0));
    let passed = path(body, (&first, &last)).filter(|p| p.len() == 3)?;
    let [array, index] = passed.get(1)?.as_app(fun::INDEX)? else { return None };
    let all = low.as_int() == Some(1) && array.sort().sizes() == std::slice::from_ref(high);
    if !all || !matches!(index.node(), Node::Bound { index: 0, .. }) || first.mentions(array.as_symbol()?) {
        return None;
    }
    let entry = |above: &Expr, below: &Expr| {
        named(above, below, Sort::vector(high.clone())).index(vec![Expr::bound(0, Sort::Integer)])
    };
    let product = entry(ends.0, array) * entry(array, ends.1);
    Some(Expr::bind(Binder::Sum, domain.clone(), product))
}

/// A derivative as a quantity without a formula.
pub(super) fn named(above: &dyn Display, below: &dyn Display, sort: Sort) -> Expr {
    Expr::sym(Symbol::new(&format!("\\partial {above}/\\partial {below}"), sort))
}

/// Numerator and denominator of a derivative of one number by another.
fn slope(e: &Expr) -> Option<(&Expr, &Expr)> {
    match e.as_app("partial")? {
        [above, below] if [above, below].into_iter().all(is_letter) => Some((above, below)),
        _ => None,
    }
}

fn array(e: &Expr) -> &Expr {
    e.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(e)
}

/// The number of an entry.
fn place(e: &Expr) -> Option<Vec<i64>> {
    e.as_app(fun::INDEX)?.iter().skip(1).map(Expr::as_int).collect()
}

/// A letter, or an entry.
fn is_letter(e: &Expr) -> bool {
    array(e).as_symbol().is_some() && e.sort().is_scalar()
}

fn differential(of: &Expr) -> Expr {
    Expr::sym(Symbol::new(&format!("\\mathrm{{d}}{of}"), Sort::Real))
}
