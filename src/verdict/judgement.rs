//! What is said about a statement, with what it rests on.

use serde::{Deserialize, Serialize};

use crate::claim::{Given, Statement, Verdict};
use crate::diag::Diagnostic;
use crate::expr::Expr;
use crate::message::{Message, Word};
use crate::rules;
use crate::source::{Source, Span};
use crate::verdict::Evidence;
use crate::verdict::step::Step;

/// For which sizes a verdict holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sizes {
    /// For every size, or there are no sizes in it.
    All,
    /// For the sizes tried.
    Tried(Vec<u64>),
    /// The verdict says nothing about sizes.
    Silent,
}

/// A counterexample as shown: values of the symbols in order of first use, and both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Symbol and value, `("s", "(0, 0, 0)")`.
    pub at: Vec<(String, String)>,
    /// The left side's value.
    pub left: String,
    /// The right side's value.
    pub right: String,
}

/// What a checker module found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckerOutcome {
    /// The module.
    pub name: String,
    /// `Confirmed` or `Refuted`; `Undecided` where it could not evaluate the note's expression.
    pub verdict: Verdict,
    /// Instances tried.
    pub instances: u64,
    /// Sizes tried.
    pub sizes: Vec<u64>,
    /// Worst relative error seen.
    #[serde(with = "bits")]
    pub worst: f64,
    /// Seed of the instances.
    pub seed: u64,
    /// Saturated or tied points, counted apart.
    pub apart: u64,
    /// What disagreed.
    pub disagreement: Option<Message>,
}

/// A number by its bits: exactly, infinite ones too.
mod bits {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(x: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(x.to_bits())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        u64::deserialize(from).map(f64::from_bits)
    }
}

/// Why a claim is undecided that fails for some values of a function without a formula: with the function's name.
pub const UNDEFINED_FUNCTION: &str = "reason-undefined-function";

/// What is said about a statement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The engine whose evidence decided.
    #[serde(deserialize_with = "crate::message::word_option")]
    pub engine: Option<Word>,
    /// Why no more can be said, or what the verdict rests on beside proof.
    pub reason: Option<Message>,
    /// For which sizes.
    pub sizes: Sizes,
    /// Conditions owed, for people.
    pub conditions: Vec<String>,
    /// The counterexample of a refutation.
    pub counterexample: Option<Shown>,
    /// A point at which it certainly fails as it was read, though it is not refuted: not all of it was understood.
    pub fails_at: Option<Shown>,
    /// A repair, in LaTeX, of the statement's source text.
    pub suggestion: Option<String>,
    /// The part of the statement's text that is wrong, in bytes of it, where it is known better than the whole.
    pub part: Option<Span>,
    /// Givens and definitions it used.
    pub used: Vec<Given>,
    /// The relation that was judged, where it is not the one written: a line after a wrong one is held against the
    /// last good line.
    #[serde(skip)]
    pub against: Option<Expr>,
    /// What the verdict rests on: the accepted proof, or the counterexample.
    #[serde(skip)]
    pub evidence: Option<Evidence>,
    /// The axioms that the proof rests on, where the evidence itself was not kept ([`Judgement::axioms`] has both).
    #[serde(skip)]
    pub rests_on: Vec<String>,
    /// The derivation, where it was asked for ([`Evidence::derivation`]).
    pub steps: Vec<Step>,
    /// Further lines for a diagnostic: values of the neighbours, which lines agree, how the sides differ.
    pub notes: Vec<Message>,
    /// The checkers' outcomes.
    pub checkers: Vec<CheckerOutcome>,
}

impl Judgement {
    /// A judgement with nothing but its verdict.
    pub fn new(verdict: Verdict) -> Judgement {
        Judgement {
            verdict,
            engine: None,
            reason: None,
            sizes: Sizes::Silent,
            conditions: vec![],
            counterexample: None,
            fails_at: None,
            suggestion: None,
            part: None,
            used: vec![],
            against: None,
            evidence: None,
            rests_on: vec![],
            steps: vec![],
            notes: vec![],
            checkers: vec![],
        }
    }

    /// The axioms of the rule books that the proof rests on, each with its reference.
    pub fn axioms(&self) -> Vec<String> {
        let Some(Evidence::Rewritten { proof, .. }) = &self.evidence else { return self.rests_on.clone() };
        let named = |r: &rules::Rule| match &r.status {
            rules::Status::Axiom { reference } => format!("{}: {reference}", r.id),
            _ => r.id.clone(),
        };
        rules::axioms(&proof.rules()).into_iter().map(named).collect()
    }

    /// Whether nothing settles it (`anything`), or it fails for some values of what nothing is said of.
    pub fn leaves_open(&self, anything: bool) -> bool {
        let reason = self.reason.as_ref().map(|r| r.key);
        let fails =
            reason == Some("reason-unknown-symbol") && self.fails_at.is_some() || reason == Some(UNDEFINED_FUNCTION);
        self.verdict == Verdict::Undecided && (anything || fails)
    }

    /// The same with a reason.
    pub fn because(mut self, reason: Message) -> Judgement {
        self.reason = Some(reason);
        self
    }
}

/// A statement with its judgement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judged {
    /// The statement.
    pub statement: Statement,
    /// What is said about it.
    pub judgement: Judgement,
}

impl Judged {
    /// Whether an expectation of the author is not met.
    pub fn is_unexpected(&self) -> bool {
        match &self.statement.expected {
            Some(e) => e.verdict != self.judgement.verdict,
            None => self.judgement.verdict == Verdict::Refuted,
        }
    }
}

impl Judged {
    /// Where in the notes a refuted statement is wrong: its wrong part, or the statement.
    pub fn place(&self) -> Span {
        let whole = self.statement.span;
        self.judgement.part.map_or(whole, |p| Span::new(whole.start + p.start, whole.start + p.end))
    }
}

/// All that was found in a document.
#[derive(Clone, Debug)]
pub struct DocumentResult {
    /// The text, with path.
    pub source: Source,
    /// Statements in document order.
    pub statements: Vec<Judged>,
    /// Findings in document order.
    pub findings: Vec<Diagnostic>,
    /// Codes of findings that a directive expects, with their formulas; a finding there is no alarm.
    pub expected_findings: Vec<(String, Span)>,
}
