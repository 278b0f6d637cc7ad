//! What a sentence names without assuming it: "we do not assume that $x > 0$", "show that $x > 0$", "$x > 0$ or $x < 0$",
//! "suppose for contradiction that $x > 0$". None of these is given in what follows.

use crate::elaborate::build::Builder;
use crate::elaborate::measure::law;
use crate::elaborate::sentence::{Piece, backward, forward, has, near, word};
use crate::elaborate::understood::plain;
use crate::elaborate::vocabulary::Vocabulary;
use crate::elaborate::waiting::TypedLine;
use crate::expr::Expr;
use crate::read::Block;

/// Words by which it is denied that something is assumed.
const DENIALS: &[&str] =
    &["not", "don", "cannot", "never", "without", "longer", "needn", "neither", "nor", "drop", "dropping"];
/// Words by which it is still to be shown, or asked.
const GOALS: &[&str] = &[
    "show",
    "prove",
    "proves",
    "verify",
    "check",
    "want",
    "wish",
    "goal",
    "whether",
    "claim",
    "conclude",
    "deduce",
    "follows",
    "implies",
    "decide",
    "establish",
    "suffices",
];
/// Words by which it is assumed to be shown false.
const ABSURD: &[&str] = &["contradiction", "contrary", "absurd", "모순", "모순이"];
/// Words between what may hold.
const OR: &[&str] = &["or", "또는", "이거나", "거나", "혹은"];
/// Beginnings of what stands behind it in Korean where it is denied, or to be shown.
const BEHIND: &[&str] =
    &["하지 않", "할 수 없", "임을 보", "임을 증명", "을 보이", "를 보이", "을 증명", "를 증명", "모순"];
/// How far into the words behind it these may stand.
const NEAR: usize = 16;

/// Names of hypotheses that a test is about, without braces.
const TESTED: &[&str] =
    &["H_0", "H_1", "H_a", "H_A", "H_o", "\\mathcal H_0", "\\mathcal H_1", "\\mathrmH_0", "\\mathrmH_1"];

impl Builder<'_> {
    /// Whether a formula is a hypothesis that is tested, `H_0\colon \theta = 1`: it is no fact of the notes.
    pub(super) fn is_under_test(&self, block: usize) -> bool {
        let formula = |at: usize| match self.document.blocks.get(at) {
            Some(Block::Formula(f)) => plain(&f.extract.text),
            _ => String::new(),
        };
        let text = formula(block);
        // The name in a formula of its own: `$H_0$: $\theta = 1$`.
        let named = block.checked_sub(2).map(formula).unwrap_or_default();
        let colon = block.checked_sub(1).and_then(|at| self.document.blocks.get(at));
        if matches!(colon, Some(Block::Prose(p)) if p.text.trim() == ":") && TESTED.iter().any(|n| plain(n) == named) {
            return true;
        }
        let label = |name: &&str| -> bool {
            let rest = text.strip_prefix(&plain(name));
            rest.is_some_and(|r| {
                r.starts_with(':') && !r.starts_with(":=") || r.starts_with("\\colon") || r.starts_with("\\;:")
            })
        };
        TESTED.iter().any(label)
    }

    /// Whether the sentence of a relation between words, of one that it lets or assumes, only speaks of it.
    pub(super) fn is_only_named(&self, line: &TypedLine, assumes: bool) -> bool {
        if self.has_annotations {
            return false;
        }
        let block = line.raw.block;
        let (before, after) = (backward(self.document, block), forward(self.document, block));
        let unassumed = || self.is_unassumed(block) || has(near(&before), GOALS);
        let absurd = || has(&before, ABSURD) || has(&after, ABSURD);
        is_alternative(line, &before, &after) || assumes && (unassumed() || absurd())
    }

    /// Whether the sentence denies that a relation is assumed.
    pub(super) fn is_unassumed(&self, block: usize) -> bool {
        let before = backward(self.document, block);
        // "Without loss of generality" is an assumption.
        let denied = has(near(&before), DENIALS) && !has(&before, &["loss"]);
        let behind: String = self.words_behind(block).chars().take(NEAR).collect();
        denied || BEHIND.iter().any(|w| behind.contains(w))
    }
}

/// Words by which a law of an equation's kind does not hold here, with what its name has within.
const DENYING: &[(&str, &[&str])] = &[
    (
        "independent",
        &[
            "not independent",
            "n't independent",
            "not necessarily independent",
            "not be independent",
            "are dependent",
            "be dependent",
            "is dependent",
            "are correlated",
            "be correlated",
            "conditionally independent",
            "독립이 아니",
            "독립이 아닌",
            "종속",
        ],
    ),
    ("Jensen", &["not convex", "nonconvex", "non-convex", "be arbitrary", "any function", "볼록하지 않", "볼록이 아"]),
];
/// Words of a sentence that says that it holds in general.
const GENERALLY: &[&str] = &[
    "in general",
    "in the general case",
    "for general",
    "in full generality",
    "generally",
    "always",
    "reinserting",
    "restoring",
    "일반적으로",
    "일반적인 경우",
    "항상",
];

impl Builder<'_> {
    /// Whether the sentence of a formula says that it holds in general.
    pub(super) fn is_general(&self, block: usize) -> bool {
        let before = self.sentence(block).0;
        GENERALLY.iter().any(|w| before.contains(w))
    }

    /// The words that reach into a section.
    pub(super) fn words_of(&self, section: usize) -> &Vocabulary<'_> {
        let words = self.sections.get(section);
        words.map_or(&self.vocabulary, |w| w.get_or_init(|| Vocabulary::of_section(self.document, section)))
    }

    /// What makes the relation a law of what its names stand for where the notes do not say.
    pub(super) fn law_of(&self, block: usize, relation: &Expr) -> Option<&'static str> {
        let near = self.words_of(self.section(block));
        let law = if self.has_annotations { None } else { law(relation, &self.definitions, &self.vocabulary, near) };
        law.map(|l| l.known).filter(|known| !self.denies(block, known))
    }

    /// Whether the words around a formula deny what a law supposes, or say that it holds without.
    pub(super) fn denies(&self, block: usize, known: &str) -> bool {
        let near = self.document.before(block).into_iter().chain(self.document.after(block));
        let near = near.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        let rows = || DENYING.iter().filter(|(law, _)| known.contains(law));
        rows().any(|(_, words)| words.iter().any(|w| near.contains(w)) || self.is_general(block))
    }

    /// "The Taylor series about `r = 0`": where something is looked at, and no value of the name.
    pub(super) fn is_neighbourhood(&self, block: usize) -> bool {
        let before = backward(self.document, block);
        has(before.last().map_or(&[], std::slice::from_ref), &["about", "around", "near", "nearby", "근방", "주위"])
    }

    /// "Under `H_0`", "at `t = 0`", "if `a` were": whether a sentence tells of one situation.
    pub(super) fn is_situation(&self, block: usize) -> bool {
        let before = backward(self.document, block);
        has(near(&before).last().map_or(&[], std::slice::from_ref), &["at", "time"])
            || has(&before, &["under", "initially", "counterexample", "were", "counter-example"])
    }
}

/// `x > 0` or `x < 0`: one of the two holds. What is equivalent is said twice.
fn is_alternative(line: &TypedLine, before: &[Piece], after: &[Piece]) -> bool {
    let value = |e: &Expr| e.as_num().is_some();
    let named = line.raw.signs.first().is_some_and(|s| s.sign.name == "eq") && !line.sides.get(1).is_some_and(value);
    let or = |p: Option<&Piece>| p.and_then(word).is_some_and(|w| OR.contains(&w));
    let again = after.get(1).and_then(word).is_some_and(|w| w.starts_with("equivalent"));
    !named && (or(before.last()) || or(after.first()) && !again)
}
