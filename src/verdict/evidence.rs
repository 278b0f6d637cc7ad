//! Evidence: what an engine has to show for a claim, in a form that the kernel can go through again without it.

use crate::algebra::enclose::{self, Enclosed};
use crate::algebra::eval::{Env, Point, truth};
use crate::expr::Expr;
use crate::num::{Exact, Interval, Precise, Ternary};
use crate::verdict::certificate::Certificate;
use crate::verdict::identity::{Shown, show};

/// What an engine shows for a relation under givens.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// Shown for every size by canonical form or sign, owing conditions.
    Identity {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// What the kernel found.
        shown: Shown,
    },
    /// Proved over a box by enclosures.
    Enclosed {
        /// The relation, derivatives carried out.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// The cells with their methods.
        cover: Box<Enclosed>,
    },
    /// An order relation shown by parts that are not negative and add up to the difference of the sides.
    Certificate {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// The parts.
        certificate: Box<Certificate>,
    },
    /// Certainly false at a point at which all givens certainly hold.
    Counterexample {
        /// The relation, derivatives carried out.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// The point.
        point: Point,
    },
}

impl Evidence {
    /// The relation that it is about.
    pub fn relation(&self) -> &Expr {
        match self {
            Evidence::Identity { relation, .. }
            | Evidence::Enclosed { relation, .. }
            | Evidence::Certificate { relation, .. }
            | Evidence::Counterexample { relation, .. } => relation,
        }
    }

    /// What it assumes.
    pub fn givens(&self) -> &[Expr] {
        match self {
            Evidence::Identity { givens, .. }
            | Evidence::Enclosed { givens, .. }
            | Evidence::Certificate { givens, .. }
            | Evidence::Counterexample { givens, .. } => givens,
        }
    }

    /// The conditions that it owes beside the givens.
    pub fn owed(&self) -> &[Expr] {
        match self {
            Evidence::Identity { shown, .. } => &shown.conditions,
            Evidence::Certificate { certificate, .. } => &certificate.conditions,
            Evidence::Enclosed { .. } | Evidence::Counterexample { .. } => &[],
        }
    }

    /// Whether its relation is the claim's with derivatives carried out, not the claim's own.
    pub fn is_carried_out(&self) -> bool {
        matches!(self, Evidence::Enclosed { .. } | Evidence::Counterexample { .. })
    }
}

/// Fuel for one evaluation.
const FUEL: u64 = 300_000;

/// Goes through the evidence again on the kernel alone. Anything that cannot be checked is rejected.
pub fn replay(evidence: &Evidence) -> bool {
    match evidence {
        Evidence::Identity { relation, givens, shown } => show(relation, givens).is_ok_and(|again| {
            again.conditions.iter().all(|c| shown.conditions.contains(c)) && again.lowered == shown.lowered
        }),
        Evidence::Enclosed { relation, givens, cover } => enclose::replay(relation, givens, cover),
        Evidence::Certificate { relation, givens, certificate } => certificate.holds(relation, givens),
        Evidence::Counterexample { relation, givens, point } => {
            givens.iter().all(|g| certain(g, point) == Ternary::True) && certain(relation, point) == Ternary::False
        }
    }
}

/// Truth at a point by exact arithmetic, then by enclosures of growing width.
pub fn certain(e: &Expr, point: &Point) -> Ternary {
    let exact = truth::<Exact>(e, &Env::at(point), &mut FUEL.clone());
    if exact != Ternary::Unknown {
        return exact;
    }
    let near = truth::<Interval>(e, &Env::at(point), &mut FUEL.clone());
    if near != Ternary::Unknown {
        return near;
    }
    truth::<Precise>(e, &Env::at(point), &mut FUEL.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tampered_evidence_is_rejected() {
        let x = Expr::real("x");
        let relation = Expr::relate("eq", x.over(&x), Expr::int(1));
        let shown = show(&relation, &[]).unwrap();
        assert!(!shown.conditions.is_empty(), "x/x owes x ≠ 0");
        let good = Evidence::Identity { relation: relation.clone(), givens: vec![], shown: shown.clone() };
        assert!(replay(&good));
        let hushed = Shown { conditions: vec![], ..shown.clone() };
        assert!(!replay(&Evidence::Identity { relation, givens: vec![], shown: hushed }));
        let other = Expr::relate("eq", x.clone() + Expr::int(1), x.clone());
        assert!(!replay(&Evidence::Identity { relation: other, givens: vec![], shown }));
    }
}
