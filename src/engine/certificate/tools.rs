//! Canonical forms and signs under the facts of a search.

use crate::algebra::canon::poly::Poly;
use crate::algebra::canon::{Fuel, canonical};
use crate::algebra::facts::Facts;
use crate::algebra::sign::{Sign, sign};
use crate::algebra::{binder_facts, differentiate};
use crate::expr::{Binder, Domain, Expr, Symbol};

/// Work for one canonical form.
const FUEL: u64 = 40_000;

/// Variables with their ranges, outermost first.
pub(super) type Binders = Vec<(Symbol, Domain)>;

/// The facts of a search, with those of the binders around.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) facts: Vec<Expr>,
}

impl Tools {
    pub(super) fn new(facts: &[Expr]) -> Tools {
        Tools { facts: facts.to_vec() }
    }

    /// With the ranges of these variables.
    pub(super) fn under(&self, binders: &[(Symbol, Domain)]) -> Tools {
        let mut facts = self.facts.clone();
        facts.extend(binders.iter().filter_map(|(s, d)| binder_facts(s, d)).flatten());
        Tools { facts }
    }

    /// The canonical form of a number, derivatives carried out.
    pub(super) fn poly(&self, e: &Expr) -> Option<Poly> {
        let (e, _) = differentiate(e).ok()?;
        Some(canonical(&e, &Facts::new(&self.facts), &mut Fuel::new(FUEL)).ok()?.poly().clone())
    }

    /// The same if nothing is owed for it.
    pub(super) fn unconditional(&self, e: &Expr) -> Option<Expr> {
        let canon = canonical(e, &Facts::new(&self.facts), &mut Fuel::new(FUEL)).ok()?;
        canon.conditions().is_empty().then(|| canon.poly().to_expr())
    }

    /// The canonical form as an expression.
    pub(super) fn simplified(&self, e: &Expr) -> Option<Expr> {
        self.poly(e).map(|p| p.to_expr())
    }

    pub(super) fn sign(&self, e: &Expr) -> Sign {
        sign(e, &Facts::new(&self.facts))
    }
}

/// Σ over the binders of a body.
pub(super) fn enclosed(binders: &[(Symbol, Domain)], body: Expr) -> Expr {
    let sum = |e: Expr, (s, d): &(Symbol, Domain)| Expr::bind(Binder::Sum, d.clone(), e.abstracted(s, s.sort.clone()));
    binders.iter().rev().fold(body, sum)
}

/// The first name that is not taken.
pub(super) fn fresh(names: &[&str], taken: impl Fn(&str) -> bool) -> String {
    let numbered = (1u32..).map(|k| format!("{}_{{{k}}}", names.first().unwrap_or(&"z")));
    let all = names.iter().map(|n| (*n).to_owned()).chain(numbered);
    all.into_iter().find(|n| !taken(n)).unwrap_or_default()
}

/// The quotient if one is a rational multiple of the other.
pub(super) fn proportion(p: &Poly, q: &Poly) -> Option<crate::num::Rational> {
    let (m, c) = q.leading()?;
    let factor = p.coefficient(m).checked_div(c)?;
    (q.scaled(&factor) == *p).then_some(factor)
}
