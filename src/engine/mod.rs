//! Engines: a claim becomes evidence.
//!
//! An engine never gives a verdict; it returns findings, from which [`crate::verdict::decide`] makes one.

mod attained;
mod certificate;
mod critical;
mod deduce;
mod directions;
mod enclose;
mod exact;
mod fewer;
mod fractions;
mod induction;
mod plausible;
mod rest;
pub mod rewrite;
pub mod sample;
mod settle;
mod sizes;
mod textbook;
mod universal;
mod value;

use crate::expr::Expr;
use crate::verdict::Evidence;

pub use attained::{EXTREMUM_NOT_ATTAINED, unattained};
pub use plausible::plausible;
pub use settle::{Effort, proof, settle};
pub use textbook::{KNOWN_OBJECT, contradictions};

/// What an engine is asked: a relation, and what may be assumed.
pub struct Question<'a> {
    /// The relation, definitions unfolded.
    pub relation: &'a Expr,
    /// The same with derivatives carried out, arrays entry by entry; `None` where one has no rule.
    pub carried_out: Option<&'a Expr>,
    /// What may be assumed.
    pub givens: &'a [Expr],
}

/// What an engine answers.
#[derive(Default)]
pub struct Answer {
    /// Evidence that [`crate::verdict::replay`] accepts, if it has any.
    pub evidence: Option<Evidence>,
    /// Left minus right where canonical forms differ (no evidence of anything).
    pub difference: Option<Expr>,
}

impl From<Option<Evidence>> for Answer {
    fn from(evidence: Option<Evidence>) -> Answer {
        Answer { evidence, difference: None }
    }
}

/// An engine that can prove, a row each.
pub struct Engine {
    /// The name that reports use.
    pub name: &'static str,
    /// What it settles.
    pub settles: &'static str,
    /// Whether its evidence can prove; the others only support or refute, and are called by [`settle`] itself.
    pub prove: Option<fn(&Question) -> Answer>,
}

/// The engines, cheapest first. The first whose proof owes nothing decides; else the first that owes conditions.
pub const ENGINES: &[Engine] = &[
    Engine {
        name: "exact",
        settles: "identities by canonical form: rational, exponential, logarithmic, sums with symbolic ends, derivatives",
        prove: Some(exact::identity),
    },
    Engine { name: "sign", settles: "inequalities that follow from the signs of the parts", prove: Some(exact::sign) },
    Engine {
        name: "fractions",
        settles: "inequalities between fractions of polynomials in one variable, exactly, by the roots of all parts",
        prove: Some(fractions::prove),
    },
    Engine {
        name: "enclose",
        settles: "inequalities over boxes of few variables, by outward-rounded intervals",
        prove: Some(enclose::prove),
    },
    Engine {
        name: "certificate",
        settles: "definiteness and inequalities for every size: Gram forms, variances, Gibbs, Jensen, Cauchy–Schwarz",
        prove: Some(certificate::prove),
    },
    Engine {
        name: "induction",
        settles: "sums and products with a symbolic end: closed forms, telescoping, bounds",
        prove: Some(induction::prove),
    },
    Engine {
        name: "deduce",
        settles: "implications, equivalences, sets of extremal places, cases over finitely many values, step by step",
        prove: Some(deduce::prove),
    },
    Engine {
        name: "value",
        settles: "limits, integrals, suprema, infima, extrema: their values are put in",
        prove: None,
    },
    Engine {
        name: "rewrite",
        settles: "equations of inverses, determinants and expectations, by equality saturation with the rule books",
        prove: Some(rewrite::prove),
    },
    Engine { name: "sizes", settles: "identities at sizes 1, 2, 3, 5 by canonical form", prove: None },
    Engine { name: "sample", settles: "support by numbers, certified counterexamples", prove: None },
];
