//! Equations in running text that can only be meant as laws: by their form, and because their sentence asserts them.
//!
//! An equation between words is mostly a condition on its letters, a value or one to be solved, so that one which fails is
//! no claim. `\log(ab) = \log a \log b` behind "we have" is: both sides have the same letters, and its left side works out
//! what its right side says with the same operation of the parts.

use crate::claim::{Kind, Statement};
use crate::elaborate::build::Builder;
use crate::elaborate::denied::{begins, rest_of_sentence};
use crate::elaborate::form::{is_curve, is_law, is_of_numbers};
use crate::elaborate::waiting::TypedLine;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::read::Block;

/// Words of the sentence up to the formula that assert it.
const ASSERTS: &[&str] = &[
    "we have",
    "one has",
    "it holds",
    "holds that",
    "we know",
    "we find",
    "we obtain",
    "we get",
    "recall",
    "note that",
    "notice that",
    "observe that",
    "remember that",
    "well known",
    "well-known",
    "rule",
    "identity",
    "formula",
    "law ",
    "theorem",
    "property that",
    "derivative",
    "gradient",
    "gives",
    "yields",
    "equals",
    "in general",
    "trace satisfies",
    "determinant satisfies",
    "transpose satisfies",
    "inverse satisfies",
    "logarithm satisfies",
    "exponential satisfies",
    "function satisfies",
    "for any",
    "for every",
    "for all",
    "it follows",
    "법칙",
    "공식",
    "규칙",
    "성질",
    "도함수",
    "임의의",
    "모든",
];

/// Words of the sentence up to a display that call it an identity.
const IDENTITIES: &[&str] = &[
    "identit",
    "expand",
    "factor",
    "simplif",
    "rewrit",
    "for any",
    "for every",
    "for all",
    "always",
    "rule",
    "law",
    "formula",
    "theorem",
    "lemma",
    "항등식",
    "전개",
    "인수분해",
    "모든",
    "임의의",
    "공식",
    "법칙",
];

/// Words of the sentence by which the formula may be something else: a condition, a definition, an equation to be solved, a
/// case, or wrong.
const HEDGES: &[&str] = &[
    "setting",
    "set ",
    "solv",
    "solution",
    "equation",
    "satisfy",
    "satisfying",
    "satisfied",
    "which satisf",
    "that satisf",
    "want",
    "wish",
    "need",
    "requir",
    "would",
    "could",
    "should",
    "might",
    "let ",
    "for which",
    "those",
    "only",
    "exactly",
    "commut",
    "called",
    "defin",
    "denot",
    "not ",
    "n't",
    "never",
    "cannot",
    "no ",
    "neither",
    "wrong",
    "false",
    "mistak",
    "error",
    "fail",
    "unlike",
    "special",
    "case",
    "condition",
    "property of",
    "linear if",
    "homomorphism",
    "additive",
    "approximat",
    "optim",
    "equilibrium",
    "steady",
    "fixed point",
    "becomes",
    "reduces",
    "simplif",
    "sometimes",
    "ring",
    "field",
    "modulo",
    "character",
    "tropical",
    "here ",
    "this ",
    "these ",
    "such ",
    "our ",
    "만족",
    "정의",
    "경우",
    "조건",
    "아니",
    "않",
    "틀린",
    "잘못",
    "방정식",
    "만약",
    "이때",
];

/// What the words right before an assertion end with.
const IS: &[&str] = &[" is", " are", " is:", " are:", " reads", " says", " has"];

/// What the words right behind an assertion begin with.
const HOLDS: &[&str] =
    &["holds", "is true", "always holds", "가 성립한", "이 성립한", "이다", "입니다", "가 항상", "이 항상"];

/// Words of a sentence that takes values for an example.
const EXAMPLES: &[&str] =
    &["example", "instance", "suppose", "take", "say", "with", "for", "let", "when", "if", "예를"];
/// Words of one that speaks of what stands before it.
const ABOVE: &[&str] =
    &["here", "above", "throughout", "used", "recall", "where", "formula", "this", "these", "여기서", "위의"];

/// How the words behind a law of matrices begin that may say which are meant.
const SIZED: &[&str] = &["for", "in", "if", "when", "where", "on", "with"];

/// Verbs behind which "that" introduces a known fact, not an assumption.
const FACTS: &[&str] = &["recall", "note", "notice", "observe", "remember", "know", "known", "see", "show", "verify"];

/// Whether a letter is the vector of zeros in a font of its own.
fn is_zero(s: &Symbol) -> bool {
    matches!(&*s.name, "\\mathbf{0}" | "\\boldsymbol{0}" | "\\bm{0}" | "\\vec{0}")
}

impl Builder<'_> {
    /// Marks the laws of running text that their sentences assert, and equations of numbers: a condition is no reading of
    /// them.
    pub(super) fn mark_asserted(&mut self) {
        for i in 0..self.statements.len() {
            let Some(s) = self.statements.get(i) else { continue };
            let condition = |kind: Option<Kind>| kind.is_none_or(|k| k == Kind::Condition);
            let loose = s.otherwise.is_some() || s.loose.is_some();
            if !(loose && condition(s.otherwise) && condition(s.loose)) {
                continue;
            }
            let display = self.is_display(s.block);
            let of = |e: &Expr| match e.node() {
                Node::App(f, sides) if matches!(f.name, fun::EQ | "approx") => {
                    <[Expr; 2]>::try_from(sides.clone()).ok()
                }
                _ => None,
            };
            let numbers = s.claim.as_ref().and_then(|c| of(&c.relation)).is_some_and(|[l, r]| is_of_numbers(&l, &r));
            let sides = s.claim.as_ref().and_then(|c| c.unfolded.as_app(fun::EQ));
            let law = !display && matches!(sides, Some([left, right]) if is_law(left, right));
            // "for `1 × 1` matrices": what sizes are meant is not read.
            let arrays = |s: &Statement| {
                s.claim.as_ref().is_some_and(|c| c.unfolded.symbols().iter().any(|x| !x.sort.is_scalar()))
            };
            let sized = |s: &Statement| {
                let (_, behind) = self.sentence(s.block);
                arrays(s) && SIZED.iter().any(|w| begins(&behind, w))
            };
            if (law && self.is_asserted(s.block) && !sized(s) || numbers && !self.is_hedged(s.block))
                && let Some(s) = self.statements.get_mut(i)
            {
                (s.asserted, s.otherwise) = (s.otherwise.is_some(), None);
            }
        }
    }

    /// Whether a formula gives an example in a paragraph behind another: "for instance, with `n = 20`". It says nothing of
    /// what holds for all.
    pub(super) fn is_later_example(&self, at: usize, block: usize) -> bool {
        let paragraph = |i: usize| match self.document.blocks.get(i) {
            Some(Block::Formula(f)) => Some(f.paragraph),
            _ => None,
        };
        let (before, _) = self.sentence(at);
        let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).collect();
        let says = |list: &[&str]| words.iter().any(|w| list.contains(w));
        at > block && paragraph(at) != paragraph(block) && says(EXAMPLES) && !says(ABOVE)
    }

    /// Whether no sentence ends between two formulas of a paragraph.
    pub(super) fn is_one_sentence(&self, at: usize, block: usize) -> bool {
        self.document.blocks.get(at + 1..block).unwrap_or(&[]).iter().all(|b| match b {
            Block::Prose(p) => ![". ", ".\n", "! ", "? ", "。", "다. "].iter().any(|end| p.text.contains(end)),
            Block::Formula(f) => !f.display,
            _ => false,
        }) && self.document.paragraph_start(at) == self.document.paragraph_start(block)
    }

    /// Whether a block is a display.
    pub(super) fn is_display(&self, block: usize) -> bool {
        matches!(self.document.blocks.get(block), Some(Block::Formula(f)) if f.display)
    }

    /// Marks the displays that may be curves, constraints or equations to be solved, and that no word calls more.
    pub(super) fn mark_curves(&mut self) {
        if self.has_annotations {
            return;
        }
        for i in 0..self.statements.len() {
            let Some(s) = self.statements.get(i) else { continue };
            let alone = self.by_chain.get(&s.link.chain).is_some_and(|c| c.len() == 1);
            let claim =
                s.claim.as_ref().filter(|c| alone && !s.asked && s.expected.is_none() && c.definitions.is_empty());
            let sides =
                claim.filter(|_| s.relation == "=" && s.otherwise.is_none()).and_then(|c| c.relation.as_app(fun::EQ));
            // What follows from equations about its letters is no condition on them.
            let follows = claim.is_some_and(|c| {
                c.givens
                    .iter()
                    .any(|g| g.line.is_some() && g.fact.as_ref().is_some_and(|f| f.as_app(fun::EQ).is_some()))
            });
            let curve = matches!(sides, Some([left, right]) if !follows && is_curve(left, right));
            let curve = curve && self.is_display(s.block) && !self.is_identity(s.block) || self.is_stationary(i);
            if curve && let Some(s) = self.statements.get_mut(i) {
                s.curve = true;
            }
        }
    }

    /// Whether a statement is the end `= 0` of a chain that begins with a derivative: it says where that vanishes.
    fn is_stationary(&self, i: usize) -> bool {
        let Some(s) = self.statements.get(i).filter(|s| s.relation == "=" && !s.asked && s.expected.is_none()) else {
            return false;
        };
        let ends = s.sides.as_ref().is_some_and(|(_, right)| {
            right.as_int() == Some(0) || right.as_app("zeros").is_some() || right.as_symbol().is_some_and(is_zero)
        });
        let chain = self.by_chain.get(&s.link.chain).filter(|c| c.len() > 1 && c.last() == Some(&i));
        let first = chain.and_then(|c| self.statements.get(*c.first()?)).and_then(|s| s.sides.as_ref());
        let derives = |e: &Expr| ["partial", "gradient", "prime"].iter().any(|d| e.as_app(d).is_some());
        ends && first.is_some_and(|(left, _)| derives(left))
    }

    /// Whether the sentence of a formula says that it holds for all that it is about.
    fn is_identity(&self, block: usize) -> bool {
        let (before, behind) = self.sentence(block);
        IDENTITIES.iter().any(|w| before.contains(w) || behind.starts_with(w))
    }

    /// Whether the sentence of a formula says that it may be something else.
    fn is_hedged(&self, block: usize) -> bool {
        let (before, behind) = self.sentence(block);
        let hedged = |text: &str| HEDGES.iter().any(|w| text.contains(w));
        hedged(&format!("{before} ")) || hedged(&format!("{} ", rest_of_sentence(&behind)))
    }

    /// Whether the sentence of a formula asserts it.
    fn is_asserted(&self, block: usize) -> bool {
        let (before, behind) = self.sentence(block);
        let said = ASSERTS.iter().any(|w| before.contains(w))
            || IS.iter().any(|w| before.ends_with(w))
            || before.ends_with(':')
            || HOLDS.iter().any(|w| behind.starts_with(w));
        said && !self.is_hedged(block)
    }

    /// Whether a formula behind "recall that" is a law by its form: it is to be shown, and nothing is assumed with it.
    pub(super) fn is_recalled(&self, line: &TypedLine) -> bool {
        let [left, right] = line.sides.as_slice() else { return false };
        let (before, _) = self.sentence(line.raw.block);
        let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let told = matches!(words.as_slice(), [.., verb, "that"] if FACTS.contains(verb));
        told && self.is_asserted(line.raw.block) && is_law(left, right)
    }
}
