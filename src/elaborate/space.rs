//! Quantities that are linear in others: the vector that each is in coordinates of which nothing is known, and the
//! quantities in terms of as few of them as there are independent ones.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::algebra::facts::Facts;
use crate::algebra::sign::holds;
use crate::expr::{Expr, fun};
use crate::num::{Rational, Ternary};

/// A linear combination of coordinates, by their names; those that are 0 are absent.
pub(crate) type Vector = BTreeMap<String, Rational>;

/// A law of the standard meaning of names: the relation in terms of independent quantities, what is known of these, and
/// what the names are taken to mean.
pub(super) struct Law {
    pub(super) relation: Expr,
    pub(super) facts: Vec<Expr>,
    pub(super) known: &'static str,
}

impl Law {
    /// An inequality that follows from these facts, with no more of them than it takes.
    pub(super) fn of(relation: Expr, mut facts: Vec<Expr>, known: &'static str) -> Option<Law> {
        let follows = |facts: &[Expr]| holds(&relation, &Facts::new(facts)) == Ternary::True;
        facts.dedup();
        if !follows(&facts) {
            return None;
        }
        let mut at = 0;
        while at < facts.len() {
            let fact = facts.remove(at);
            if !follows(&facts) {
                facts.insert(at, fact);
                at += 1;
            }
        }
        Some(Law { relation, facts, known })
    }
}

/// Adds a multiple of a vector.
pub(super) fn add(to: &mut Vector, other: &Vector, factor: &Rational) {
    for (key, value) in other {
        let sum = to.get(key).cloned().unwrap_or_else(Rational::zero) + value.clone() * factor.clone();
        if sum.is_zero() {
            to.remove(key);
        } else {
            to.insert(key.clone(), sum);
        }
    }
}

/// Independent quantities, each a symbol (or a number), and what is spanned by them.
#[derive(Default)]
pub(super) struct Space {
    symbols: Vec<Expr>,
    rows: Vec<Row>,
}

/// A vector that is 1 at its pivot, as a combination of the symbols.
struct Row {
    pivot: String,
    vector: Vector,
    of: BTreeMap<usize, Rational>,
}

impl Space {
    /// The quantity in terms of those that came before it, else as a new one of this name.
    pub(super) fn quantity(&mut self, vector: &Vector, name: &Expr) -> Expr {
        let mut rest = vector.clone();
        let mut of: BTreeMap<usize, Rational> = BTreeMap::new();
        for row in &self.rows {
            let Some(factor) = rest.get(&row.pivot).cloned() else { continue };
            add(&mut rest, &row.vector, &-factor.clone());
            for (k, value) in &row.of {
                *of.entry(*k).or_insert_with(Rational::zero) += value.clone() * factor.clone();
            }
        }
        let lead = rest.iter().next();
        let lead = lead.and_then(|(k, v)| Some((k.clone(), Rational::one().checked_div(v)?)));
        let Some((pivot, by)) = lead else {
            let terms = of.iter().filter(|(_, q)| !q.is_zero());
            let scaled = |s: &Expr, q: &Rational| if q.is_one() { s.clone() } else { Expr::num(q.clone()) * s.clone() };
            let terms: Vec<Expr> = terms.filter_map(|(k, q)| Some(scaled(self.symbols.get(*k)?, q))).collect();
            return match terms.as_slice() {
                [] => Expr::int(0),
                [one] => one.clone(),
                _ => Expr::apply(fun::ADD, terms),
            };
        };
        let mut row = Row { pivot, vector: Vector::new(), of: BTreeMap::new() };
        add(&mut row.vector, &rest, &by);
        of.values_mut().for_each(|q| *q = -q.clone() * by.clone());
        of.insert(self.symbols.len(), by);
        row.of = of;
        self.symbols.push(name.clone());
        self.rows.push(row);
        name.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(entries: &[(&str, i64)]) -> Vector {
        entries.iter().map(|(k, v)| ((*k).to_owned(), Rational::from(*v))).collect()
    }

    #[test]
    fn a_dependent_quantity_is_a_combination_of_those_before_it() {
        let mut space = Space::default();
        space.quantity(&vector(&[("a", 1), ("b", 1)]), &Expr::real("s"));
        space.quantity(&vector(&[("b", 2)]), &Expr::real("t"));
        let half = space.quantity(&vector(&[("a", 2), ("b", 1)]), &Expr::real("u"));
        assert_eq!(half.to_string(), "2·s − (1/2)·t");
        assert_eq!(space.quantity(&vector(&[("c", 1)]), &Expr::real("v")), Expr::real("v"));
        assert_eq!(space.quantity(&Vector::new(), &Expr::real("w")), Expr::int(0));
    }
}
