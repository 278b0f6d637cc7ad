//! A line of a printed derivation.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::message::{Message, Word};

/// A line of a printed derivation: an expression, and how it follows from the line before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The rule's name (`derivative.log`, `definition`, `sum.delta`, …).
    pub rule: String,
    /// How it relates to the line before: `=`, `⇒`, …; empty where a line stands for itself.
    #[serde(deserialize_with = "crate::message::word")]
    pub sign: Word,
    /// What it arrives at, for people.
    pub text: String,
    /// The same in LaTeX.
    pub latex: String,
    /// The parts of `text` that the step changed, in bytes.
    pub changed: Vec<Range<usize>>,
    /// The parts of `latex` that the step changed, in bytes.
    pub changed_latex: Vec<Range<usize>>,
    /// The line of the notes that it uses.
    pub line: Option<usize>,
    /// What has to hold for it, and why it does.
    pub conditions: Vec<Condition>,
    /// What there is to say in words.
    pub words: Option<Message>,
}

/// A condition of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// For people.
    pub text: String,
    /// The same in LaTeX.
    pub latex: String,
    /// What it rests on.
    pub ground: Ground,
}

/// What a condition rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ground {
    /// On signs of the parts alone: sums of squares, exponentials.
    Signs,
    /// On these givens, with their lines.
    Givens(Vec<(String, Option<usize>)>),
    /// On nothing: where it fails, neither side of the claim has a value, so nothing is claimed.
    Values,
    /// It is owed: the notes don't give it.
    Owed,
}
