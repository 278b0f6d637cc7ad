//! Statements of notes, and claims with all that may be used to settle them.

use serde::{Deserialize, Serialize};

use crate::algebra::digits::are_written;
use crate::expr::{Expr, Symbol};
use crate::message::Message;
use crate::source::Span;

/// What a statement is in the notes (words of the JSON contract).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// To be settled.
    Claim,
    /// Introduces its left side.
    Definition,
    /// Declares what may be assumed.
    Given,
    /// Holds at some points and fails at others: a case, or an equation to solve.
    Condition,
    /// A formula without a relation.
    Expression,
    /// Update rule, model, data, optimisation problem.
    Other,
    /// Mathematics in words.
    Prose,
}

impl Kind {
    /// The word of the JSON contract.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Claim => "claim",
            Kind::Definition => "definition",
            Kind::Given => "given",
            Kind::Condition => "condition",
            Kind::Expression => "expression",
            Kind::Other => "other",
            Kind::Prose => "prose",
        }
    }
}

/// A verdict (words of the JSON contract; design §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Holds at every point of the givens, for all sizes.
    Proved,
    /// Proved under conditions that the notes don't give.
    Conditional,
    /// Every numeric check agreed; no proof for all sizes.
    Confirmed,
    /// False: a certified counterexample in the allowed values.
    Refuted,
    /// Read, but not settled.
    Undecided,
    /// Not understood.
    Unread,
    /// Nothing to check.
    None,
}

impl Verdict {
    /// All verdicts, in the order of summaries.
    pub const ALL: [Verdict; 7] = [
        Verdict::Proved,
        Verdict::Conditional,
        Verdict::Confirmed,
        Verdict::Refuted,
        Verdict::Undecided,
        Verdict::Unread,
        Verdict::None,
    ];

    /// The word of the JSON contract.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Proved => "proved",
            Verdict::Conditional => "conditional",
            Verdict::Confirmed => "confirmed",
            Verdict::Refuted => "refuted",
            Verdict::Undecided => "undecided",
            Verdict::Unread => "unread",
            Verdict::None => "none",
        }
    }

    /// The verdict with this word.
    pub fn from_word(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.word() == word)
    }
}

/// Why a claim is open whose line only fits by itself, its symbols having other shapes elsewhere.
pub const APART: &str = "reason-apart";

/// Why a line that alone says how large an array is is no claim.
pub const OWN_SIZES: &str = "reason-own-sizes";

/// Something the notes let one assume.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Given {
    /// The assumption as a truth value; `None` for what only fixes a sort (already part of the symbols).
    #[serde(skip)]
    pub fact: Option<Expr>,
    /// As shown to people.
    pub text: String,
    /// The line (from 1) where the notes say it; `None` for what follows from a notation alone.
    pub line: Option<usize>,
}

impl Given {
    /// What a notation or the standard meaning of a name says, on no line of the notes.
    pub(crate) fn meant(fact: Expr) -> Given {
        Given { text: fact.to_string(), fact: Some(fact), line: None }
    }
}

/// A definition in scope: `head(params) := body`, or `head := body` without parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Definition {
    /// What is defined. An entry `p_1` of an array is defined with `indices`.
    pub head: Symbol,
    /// Numbers of the entry that is defined, if it is one entry of an array.
    pub indices: Vec<Expr>,
    /// Parameters of a function; in `body` they are these free symbols.
    pub params: Vec<Symbol>,
    /// The meaning.
    pub body: Expr,
    /// As shown to people.
    pub text: String,
    /// The line where it stands; `None` for a known object.
    pub line: Option<usize>,
}

/// A claim: a relation with all it may use.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// The relation as read, definitions not unfolded.
    pub relation: Expr,
    /// The relation with the definitions in reach unfolded: what the engines see.
    pub unfolded: Expr,
    /// The relation unfolded, except for values that symbols have in examples (`x = 1`): what holds for all values holds
    /// for them too. `None` where that is nothing else.
    pub general: Option<Expr>,
    /// What may be assumed about the symbols that occur.
    pub givens: Vec<Given>,
    /// The definitions that were unfolded.
    pub definitions: Vec<Definition>,
    /// Equations of the notes that the line names, definitions unfolded: a proof may rest on them, and says so.
    pub cited: Vec<Given>,
    /// Equations before it in notes without annotations, nearest first, definitions unfolded: a proof may rest on those that
    /// can hold together, and says so.
    pub earlier: Vec<Given>,
    /// Why it must not be refuted (a symbol that nothing introduces, a condition not understood); `None`: closed.
    pub open: Option<Message>,
    /// Symbols whose sort was assumed, not inferred.
    pub assumed: Vec<String>,
    /// Known objects that supplied a definition the notes lack.
    pub known: Vec<String>,
    /// Whether the notes say for which values it is claimed (∀, a given on its symbols).
    pub domain_stated: bool,
    /// What else the notes say of just these symbols nearby: a point that contradicts it is no counterexample to what
    /// they mean.
    pub context: Vec<Expr>,
    /// The unfolded relation with its own decimals as printed, where it has some or is one of `≈`.
    pub printed: Option<Expr>,
}

impl Claim {
    /// The same claim about another relation, which may have decimals as printed.
    pub fn about(&self, printed: &Expr) -> Claim {
        Claim { unfolded: printed.exact(), printed: are_written(printed).then(|| printed.clone()), ..self.clone() }
    }
}

/// Where a statement stands in a derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Link {
    /// Number of the derivation in the document.
    pub chain: usize,
    /// Number of the relation in it, from 1.
    pub step: usize,
}

/// What the author expects (a directive).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Expectation {
    /// The verdict.
    pub verdict: Verdict,
    /// The line of the directive.
    pub line: usize,
}

/// A statement of the notes: one relation of a formula, or a formula without one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Statement {
    /// Stable, unique in the document.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The relation sign as the JSON contract shows it (`=`, `<`, `\leq`, …); empty for an expression.
    pub relation: String,
    /// The relation in LaTeX: left, sign, right.
    pub latex: String,
    /// As read, for people.
    pub read: String,
    /// Place in the source: the row of an aligned block, else the relation.
    pub span: Span,
    /// Number of the block (formula) in the document.
    pub block: usize,
    /// Place in its derivation.
    pub link: Link,
    /// What is to be settled; `None` if there is nothing to check or it was not read.
    #[serde(skip)]
    pub claim: Option<Claim>,
    /// Left and right side as read, definitions not unfolded (for chains); `None` if not read.
    #[serde(skip)]
    pub sides: Option<(Expr, Expr)>,
    /// Why it was not read, or why nothing can settle it.
    pub problem: Option<(Verdict, Message)>,
    /// What it is if it does not turn out to hold: a case (`a > 0`), or a redefinition of its left side.
    pub otherwise: Option<Kind>,
    /// What it is if nothing settles it: an equation alone, without a cue of a claim, that fails for some values of what
    /// nothing is said of is a condition; a membership says what its left side is.
    pub loose: Option<Kind>,
    /// What the author expects of it.
    pub expected: Option<Expectation>,
    /// Checker modules bound to it.
    pub checkers: Vec<String>,
    /// Whether an annotation asks for a verdict on it: gives it an id or a checker, or says that it is a claim.
    pub asked: bool,
    /// Whether its LaTeX may be read in two ways: then nothing is refuted by the one.
    #[serde(skip)]
    pub unclear: bool,
    /// Whether words say that it follows, where it restates what its left side is.
    #[serde(skip)]
    pub concluded: bool,
    /// Whether the sentence that it stands in asserts it: then a law that fails is no condition.
    #[serde(skip)]
    pub asserted: bool,
    /// Whether it may say where its letters lie, so that failing somewhere refutes nothing.
    #[serde(skip)]
    pub curve: bool,
}
