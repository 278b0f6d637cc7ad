//! Evidence: what an engine has to show for a claim, in a form that the kernel can go through again without it.

use crate::algebra::enclose::{self, Enclosed};
use crate::algebra::eval::{Env, Point, truth};
use crate::algebra::univariate::{self, Samples};
use crate::algebra::value::{self, Valued};
use crate::algebra::{differentiate, limit};
use crate::expr::Expr;
use crate::num::{Exact, Interval, Precise, Ternary};
use crate::verdict::Induction;
use crate::verdict::certificate::Certificate;
use crate::verdict::deduction::{self, Deduction};
use crate::verdict::identity::{Shown, show};
use crate::verdict::rewriting::{self, Rewriting};
use crate::verdict::substituted::{Use, put_in};

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
    /// An equation for every size, by rules of the rule books.
    Rewritten {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// The steps.
        proof: Box<Rewriting>,
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
    /// Shown by induction on the end of a sum or product.
    Induction {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// The start and the step.
        proof: Box<Induction>,
    },
    /// Proved by exact arithmetic on fractions of polynomials in one variable.
    Fractions {
        /// The relation, derivatives carried out.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// The points between the roots that decide.
        samples: Samples,
    },
    /// Proved or refuted after the values of limits and extrema are put in.
    Valued {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// What was put in.
        valued: Valued,
        /// What is shown about the relation between the values.
        inner: Box<Evidence>,
        /// What is owed for it, and for the values.
        owed: Vec<Expr>,
    },
    /// Proved in each of the three cases of a sign: below 0, 0, above 0; in two where it is owed that it is not 0.
    Cases {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// Whose sign.
        on: Expr,
        /// The proofs of the relation, under the givens and one case each.
        parts: Vec<Evidence>,
        /// What is owed for them.
        owed: Vec<Expr>,
    },
    /// Refuted within a case: a counterexample that fulfils more than the givens is one.
    Within {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// What else holds in the case.
        case: Expr,
        /// The refutation, under the givens and the case.
        inner: Box<Evidence>,
    },
    /// Shown step by step, owing conditions.
    Deduced {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// The steps.
        deduction: Deduction,
        /// The conditions owed.
        owed: Vec<Expr>,
    },
    /// Proved after equations of the givens are put in, one after another.
    Substituted {
        /// The relation.
        relation: Expr,
        /// What may be assumed.
        givens: Vec<Expr>,
        /// What is put in.
        uses: Vec<Use>,
        /// The proof of what comes out, under the same givens.
        inner: Box<Evidence>,
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
            | Evidence::Rewritten { relation, .. }
            | Evidence::Enclosed { relation, .. }
            | Evidence::Deduced { relation, .. }
            | Evidence::Certificate { relation, .. }
            | Evidence::Fractions { relation, .. }
            | Evidence::Induction { relation, .. }
            | Evidence::Valued { relation, .. }
            | Evidence::Cases { relation, .. }
            | Evidence::Within { relation, .. }
            | Evidence::Substituted { relation, .. }
            | Evidence::Counterexample { relation, .. } => relation,
        }
    }

    /// What it assumes.
    pub fn givens(&self) -> &[Expr] {
        match self {
            Evidence::Identity { givens, .. }
            | Evidence::Rewritten { givens, .. }
            | Evidence::Enclosed { givens, .. }
            | Evidence::Deduced { givens, .. }
            | Evidence::Certificate { givens, .. }
            | Evidence::Fractions { givens, .. }
            | Evidence::Induction { givens, .. }
            | Evidence::Valued { givens, .. }
            | Evidence::Cases { givens, .. }
            | Evidence::Within { givens, .. }
            | Evidence::Substituted { givens, .. }
            | Evidence::Counterexample { givens, .. } => givens,
        }
    }

    /// The conditions that it owes beside the givens.
    pub fn owed(&self) -> &[Expr] {
        match self {
            Evidence::Identity { shown, .. } => &shown.conditions,
            Evidence::Deduced { owed, .. } => owed,
            Evidence::Rewritten { proof, .. } => &proof.owed,
            Evidence::Induction { proof, .. } => &proof.owed,
            Evidence::Certificate { certificate, .. } => &certificate.conditions,
            Evidence::Valued { owed, .. } | Evidence::Cases { owed, .. } => owed,
            Evidence::Substituted { inner, .. } => inner.owed(),
            Evidence::Enclosed { .. }
            | Evidence::Fractions { .. }
            | Evidence::Within { .. }
            | Evidence::Counterexample { .. } => &[],
        }
    }

    /// Whether it shows that the relation fails, not that it holds.
    pub fn refutes(&self) -> bool {
        match self {
            Evidence::Counterexample { .. } | Evidence::Within { .. } => true,
            Evidence::Valued { inner, .. } => inner.refutes(),
            Evidence::Identity { .. }
            | Evidence::Enclosed { .. }
            | Evidence::Certificate { .. }
            | Evidence::Fractions { .. }
            | Evidence::Induction { .. }
            | Evidence::Rewritten { .. }
            | Evidence::Deduced { .. }
            | Evidence::Substituted { .. }
            | Evidence::Cases { .. } => false,
        }
    }

    /// Whether its relation is the claim's with derivatives carried out, not the claim's own.
    pub fn is_carried_out(&self) -> bool {
        matches!(self, Evidence::Enclosed { .. } | Evidence::Fractions { .. } | Evidence::Counterexample { .. })
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
        Evidence::Rewritten { relation, givens, proof } => rewriting::replay(relation, givens, proof),
        Evidence::Enclosed { relation, givens, cover } => enclose::replay(relation, givens, cover),
        Evidence::Certificate { relation, givens, certificate } => certificate.holds(relation, givens),
        Evidence::Induction { relation, givens, proof } => proof.holds(relation, givens),
        Evidence::Fractions { relation, givens, samples } => {
            univariate::prove(relation, givens).as_ref() == Some(samples)
        }
        Evidence::Valued { relation, givens, valued, inner, owed } => {
            value::reduce(relation, givens).as_ref() == Ok(valued)
                && inner.owed().iter().chain(&valued.owed).all(|c| owed.contains(c))
                && (valued.owed.is_empty() || !inner.refutes())
                && *inner.relation() == carried_out_like(inner, &valued.relation)
                && inner.givens() == givens
                && replay(inner)
        }
        Evidence::Cases { relation, givens, on, parts, owed } => {
            let mut cases = limit::cases(on).to_vec();
            if owed.contains(&Expr::relate("ne", on.clone(), Expr::int(0))) {
                cases.retain(|case| case.as_app("eq").is_none());
            }
            if owed.contains(&Expr::relate("gt", on.clone(), Expr::int(0))) {
                cases.retain(|case| case.as_app("gt").is_some());
            }
            parts.len() == cases.len()
                && parts.iter().zip(&cases).all(|(part, case)| {
                    !part.refutes()
                        && part.owed().iter().all(|c| owed.contains(c))
                        && *part.relation() == carried_out_like(part, relation)
                        && in_case(part.givens(), givens, case)
                        && replay(part)
                })
        }
        Evidence::Within { relation, givens, case, inner } => {
            inner.refutes()
                && *inner.relation() == carried_out_like(inner, relation)
                && in_case(inner.givens(), givens, case)
                && replay(inner)
        }
        Evidence::Substituted { relation, givens, uses, inner } => {
            let reached = uses
                .iter()
                .try_fold(relation.clone(), |e, used| put_in(&e, used).filter(|_| givens.contains(&used.equation)));
            !uses.is_empty()
                && !inner.refutes()
                && reached.as_ref() == Some(inner.relation())
                && inner.givens() == givens
                && replay(inner)
        }
        Evidence::Deduced { relation, givens, deduction, owed } => {
            deduction::owed(relation, givens, deduction).is_some_and(|again| again.iter().all(|c| owed.contains(c)))
        }
        Evidence::Counterexample { relation, givens, point } => {
            givens.iter().all(|g| certain(g, point) == Ternary::True) && certain(relation, point) == Ternary::False
        }
    }
}

/// The relation that evidence of this kind has to be about: with derivatives carried out, if it is.
fn carried_out_like(evidence: &Evidence, relation: &Expr) -> Expr {
    match differentiate(relation) {
        Ok((carried, _)) if evidence.is_carried_out() && evidence.relation() != relation => carried,
        _ => relation.clone(),
    }
}

/// Whether the assumptions are the givens and the case, no more.
fn in_case(assumed: &[Expr], givens: &[Expr], case: &Expr) -> bool {
    assumed.split_last().is_some_and(|(last, rest)| last == case && rest == givens)
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
    use std::cmp::Ordering;

    use super::*;
    use crate::expr::{Binder, Domain, Sort, Symbol};

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

    #[test]
    fn a_limit_owes_that_its_function_is_smooth() {
        let (x, h) = (Expr::real("x"), Symbol::new("h", Sort::Real));
        let f = |at: Expr| Expr::new(crate::expr::Node::Call(Symbol::new("f", Sort::Function), vec![at]));
        let towards = Domain::Towards(Expr::int(0), Ordering::Equal);
        let moved = f(x.clone() + Expr::sym(h.clone())).abstracted(&h, Sort::Real);
        let relation = Expr::relate("eq", Expr::bind(Binder::Limit, towards, moved), f(x));
        let valued = value::reduce(&relation, &[]).unwrap();
        let inner = Box::new(proof(&valued.relation, &[]));
        let evidence = |owed: &[Expr]| Evidence::Valued {
            relation: relation.clone(),
            givens: vec![],
            valued: valued.clone(),
            inner: inner.clone(),
            owed: owed.to_vec(),
        };
        assert!(!valued.owed.is_empty());
        assert!(replay(&evidence(&valued.owed)));
        assert!(!replay(&evidence(&[])), "what is owed hushed");
    }

    fn proof(relation: &Expr, givens: &[Expr]) -> Evidence {
        let shown = show(relation, givens).unwrap();
        Evidence::Identity { relation: relation.clone(), givens: givens.to_vec(), shown }
    }

    #[test]
    fn values_that_are_tampered_with_are_rejected() {
        let (x, zero) = (Expr::real("x"), Expr::int(0));
        let far = Domain::Towards(Expr::apply("infinity", vec![]), Ordering::Equal);
        let symbol = Symbol::new("x", Sort::Real);
        let limit = Expr::bind(Binder::Limit, far, x.recip().abstracted(&symbol, Sort::Real));
        let relation = Expr::relate("eq", limit.clone(), zero.clone());
        let valued = value::reduce(&relation, &[]).unwrap();
        let inner = proof(&valued.relation, &[]);
        let evidence = |relation: &Expr, valued: &Valued, inner: &Evidence| Evidence::Valued {
            relation: relation.clone(),
            givens: vec![],
            valued: valued.clone(),
            inner: Box::new(inner.clone()),
            owed: vec![],
        };
        assert!(replay(&evidence(&relation, &valued, &inner)));
        let false_one = Expr::relate("eq", limit, Expr::int(1));
        assert!(!replay(&evidence(&false_one, &valued, &inner)), "another relation");
        let one = Expr::relate("eq", Expr::int(1), Expr::int(1));
        assert!(!replay(&evidence(&false_one, &valued, &proof(&one, &[]))), "another inner relation");
        let forged = Valued { relation: one.clone(), ..valued };
        assert!(!replay(&evidence(&false_one, &forged, &proof(&one, &[]))), "another value");
    }

    #[test]
    fn cases_that_are_tampered_with_are_rejected() {
        let (x, zero) = (Expr::real("x"), Expr::int(0));
        let relation = Expr::relate("ge", x.pow(Expr::int(2)), zero.clone());
        let parts: Vec<Evidence> = limit::cases(&x).iter().map(|c| proof(&relation, std::slice::from_ref(c))).collect();
        let cases = |on: &Expr, parts: &[Evidence]| Evidence::Cases {
            relation: relation.clone(),
            givens: vec![],
            on: on.clone(),
            parts: parts.to_vec(),
            owed: vec![],
        };
        assert!(replay(&cases(&x, &parts)));
        assert!(!replay(&cases(&x, parts.get(..2).unwrap())), "a case is left out");
        assert!(!replay(&cases(&-x.clone(), &parts)), "other cases");
        let twice = [parts[0].clone(), parts[0].clone(), parts[2].clone()];
        assert!(!replay(&cases(&x, &twice)), "one case twice");
        let point = Point::new().with_scalar(&Symbol::new("x", Sort::Real), crate::num::Rational::from(-1));
        let positive = Expr::relate("gt", x.clone(), zero.clone());
        let below = Expr::relate("lt", x.clone(), zero);
        let refuting = |given: &Expr| Evidence::Counterexample {
            relation: positive.clone(),
            givens: vec![given.clone()],
            point: point.clone(),
        };
        let within = |case: &Expr, inner: Evidence| Evidence::Within {
            relation: positive.clone(),
            givens: vec![],
            case: case.clone(),
            inner: Box::new(inner),
        };
        assert!(replay(&within(&below, refuting(&below))));
        assert!(!replay(&within(&positive, refuting(&below))));
        let other = Evidence::Counterexample {
            relation: Expr::relate("gt", x.clone(), Expr::int(5)),
            givens: vec![below.clone()],
            point: point.clone(),
        };
        assert!(!replay(&within(&below, other)), "another relation fails there");
        assert!(!replay(&within(&below, proof(&relation, std::slice::from_ref(&below)))), "a proof refutes nothing");
    }

    #[test]
    fn fractions_that_are_tampered_with_are_rejected() {
        let x = Expr::real("x");
        let quarter = Expr::num(crate::num::Rational::new(1, 4).unwrap());
        let relation = |r: &str| Expr::relate(r, x.clone() - x.pow(Expr::int(2)), quarter.clone());
        let samples = univariate::prove(&relation("le"), &[]).unwrap();
        let fractions = |relation: Expr, samples: &Samples| Evidence::Fractions {
            relation,
            givens: vec![],
            samples: samples.clone(),
        };
        assert!(replay(&fractions(relation("le"), &samples)));
        assert!(!replay(&fractions(relation("lt"), &samples)));
        assert!(!replay(&fractions(relation("le"), &Samples(vec![]))));
    }
}
