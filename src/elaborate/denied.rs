//! Formulas that a sentence denies, asks for or wishes: they are no claims of their author, and nothing follows from them.

use crate::elaborate::build::Builder;
use crate::elaborate::understood::plain;
use crate::expr::{Expr, Node};
use crate::read::Block;

/// Words of the sentence up to the formula.
const BEFORE: &[&str] = &[
    "common mistake",
    "mistake is",
    "mistake to",
    "mistakenly",
    "is wrong",
    "are wrong",
    "wrong to",
    "wrong:",
    "wrongly",
    "is false",
    "are false",
    "false that",
    "true or false",
    "false:",
    "incorrect:",
    "incorrectly",
    "incorrect step",
    "incorrect to",
    "is incorrect",
    "are incorrect",
    "erroneously",
    "fallacy",
    "tempting",
    "naively",
    "might think",
    "may think",
    "might expect",
    "would think",
    "not true",
    "untrue",
    "not the case",
    "fails to hold",
    "does not hold",
    "do not hold",
    "don't write",
    "do not write",
    "never have",
    "nice to have",
    "would be nice if",
    "would like to have",
    "is it true",
    "is it possible",
    "may happen",
    "whether",
    "find all",
    "might guess",
    "be tempted",
    "students believe",
    "students write",
    "students claim",
    "student claims",
    "student writes",
    "bob claims",
    "alice claims",
    "beginners write",
    "the naive formula",
    "myth:",
    "pitfall:",
    "bad:",
    "typo:",
    "misprint",
    "never use",
    "never write",
    "beware of",
    "prove or disprove",
    "which of the following",
    "counterexample to",
    "is not correct",
    "correct the following",
    "fix the error",
    "find the error",
    "find the mistake",
    "we do not have",
    "hypothetically",
    "originally i wrote",
    "originally we wrote",
    "틀린",
    "잘못된",
    "잘못 ",
    "흔한 실수",
    "거짓인",
    "다음은 틀",
    "거짓이다",
    "오답:",
    "오류:",
    "하는 실수는",
    "참/거짓",
    "참 거짓",
];
/// What the words right before it end with.
const RIGHT_BEFORE: &[&str] = &[
    "instead of",
    "instead of writing",
    "instead of saying",
    "rather than",
    "rather than writing",
    "misconception is",
    "misconception is that",
    "slip is",
    "slip is to write",
    "answered",
    "we require",
    "we require that",
    "we want",
    "wrongly wrote",
];
/// What a formula is called behind it: "is a typical slip".
const SLIPS: &[&str] = &["slip", "mistake", "misconception", "fallacy", "blunder", "pitfall"];
/// What the words right behind the formula begin with.
const BEHIND: &[&str] = &[
    "?",
    "is false",
    "are false",
    "is wrong",
    "are wrong",
    "is not true",
    "is incorrect",
    "which is false",
    "which is wrong",
    "which is not true",
    "which is incorrect",
    "does not hold",
    "doesn't hold",
    "do not hold",
    "cannot hold",
    "may fail",
    "may not hold",
    "need not hold",
    "need not be true",
    "is not always true",
    "does not always hold",
    "fails in general",
    "fails",
    "but this is not true",
    "but this is wrong",
    "but this is false",
    "but that is wrong",
    "but that is false",
    "absurd",
    "is absurd",
    "which is absurd",
    "an absurdity",
    "nonsense",
    "is nonsense",
    "which is nonsense",
    "impossible",
    "is impossible",
    "which is impossible",
    "which cannot be",
    "contradiction",
    "a contradiction",
    "is a contradiction",
    "which is a contradiction",
    "a clear contradiction",
    "contradictory",
    "which contradicts",
    "contradicting",
    "is vacuously",
    "is vacuous",
    "holds vacuously",
    "모순",
    "라는 모순",
    "이라는 모순",
    "는 모순",
    "은 모순",
    "이 되어 모순",
    "가 되어 모순",
    "이므로 모순",
    "인데 이는 모순",
    "이 되는데 이는 모순",
    "는 불가능",
    "은 불가능",
    "는 성립하지 않",
    "은 성립하지 않",
    "는 거짓",
    "은 거짓",
    "는 틀",
    "은 틀",
    "가 아니",
    "이 아니",
    "는 아니",
    "은 아니",
    "가 아닌",
    "이 아닌",
];
/// Words of a sentence whose relations follow from what it refuses: "the system has no solution: subtracting gives 0 = 1".
const REFUSED: &[&str] = &[
    "absurd",
    "contradict",
    "inconsistent",
    "no solution",
    "no real solution",
    "no integer solution",
    "has no root",
    "impossible",
    "nonsense",
    "vacuous",
    "would give",
    "would imply",
    "would mean",
    "would be",
    "would have",
    "would follow",
    "모순",
    "불가능",
    "해가 없",
    "해는 없",
    "해를 갖지 않",
];
/// What they begin with where the formula holds in some cases only.
const CASES: &[&str] = &["only if", "only when", "if", "iff", "unless", "whenever", "when", "provided", "as long as"];
/// Words by which a distribution has other parameters than those of its row.
struct Parametrisation {
    /// What its name has within.
    families: &'static [&'static str],
    /// Words of its paragraph.
    near: &'static [&'static str],
    /// Words anywhere in the notes.
    anywhere: &'static [&'static str],
    /// Whether that matters only where the second parameter is a name.
    bare: bool,
}

const PARAMETRISATIONS: &[Parametrisation] = &[
    Parametrisation {
        families: &["Gam", "Exp", "Erlang"],
        near: &["scale", "with mean", "척도", "평균이"],
        anywhere: &["scale parameter", "and scale", "(scale", "shape-scale", "scale $", "척도"],
        bare: false,
    },
    Parametrisation {
        families: &["Geo", "NB", "Neg"],
        near: &["failure", "실패"],
        anywhere: &["failures", "number of tails", "실패 횟수"],
        bare: false,
    },
    Parametrisation {
        families: &["N", "Normal"],
        near: &["standard deviation", "precision", "표준편차", "정밀도"],
        anywhere: &["precision $", "precision parameter"],
        bare: true,
    },
];
/// Words of a sentence that gives another value for other cases.
const OTHERWISE: &[&str] = &["otherwise", "elsewhere", "else", "outside", "그 외"];

impl Builder<'_> {
    /// Whether the sentence of a formula says that it does not hold, or asks whether it does.
    pub(super) fn is_denied(&self, block: usize) -> bool {
        let (before, behind) = self.sentence(block);
        let ends = |w: &str| before.strip_suffix(w).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
        BEFORE.iter().any(|w| before.contains(w))
            || RIGHT_BEFORE.iter().any(|w| ends(w))
            || BEHIND.iter().any(|w| begins(&behind, w))
            || is_slip(&behind)
            || self.is_disowned(block)
            || self.is_under_test(block)
    }

    /// A word of the sentence by which its relations follow from what it refuses.
    pub(super) fn refused(&self, block: usize) -> Option<&'static str> {
        let (before, behind) = self.sentence(block);
        let rest = rest_of_sentence(&behind);
        REFUSED.iter().copied().find(|w| before.contains(w) || rest.contains(w))
    }

    /// Whether the sentence says that the formula holds in some cases only.
    pub(super) fn is_of_cases(&self, block: usize) -> bool {
        let (_, behind) = self.sentence(block);
        let sentence = rest_of_sentence(&behind);
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        CASES.iter().any(|w| begins(&behind, w)) || words.iter().any(|w| OTHERWISE.contains(w))
    }

    /// Whether the notes use another parametrisation of a distribution than its row: a scale where that has a rate, a
    /// number of failures for one of trials, a deviation or a precision for a variance.
    pub(super) fn is_parametrised_otherwise(&self, block: usize, distribution: &Expr) -> bool {
        let near = self.document.before(block).into_iter().chain(self.document.after(block));
        let near = near.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        let Node::Call(family, parameters) = distribution.node() else { return false };
        PARAMETRISATIONS.iter().any(|row| {
            row.families.iter().any(|f| family.name.contains(f))
                && (row.near.iter().any(|w| near.contains(w))
                    || self.vocabulary.says_any(row.anywhere)
                    || row.families.contains(&"Exp") && self.is_divided_by(parameters.first()))
                && (!row.bare || parameters.get(1).is_some_and(|p| p.as_symbol().is_some()))
        })
    }

    /// Whether the notes write `\frac{1}{β} e^{…}`, the density with a scale.
    fn is_divided_by(&self, parameter: Option<&Expr>) -> bool {
        let Some(s) = parameter.and_then(Expr::as_symbol) else { return false };
        let name = plain(&s.name);
        ["\\frac1", "\\dfrac1", "\\tfrac1"].iter().any(|one| {
            let behind = |e: &str| self.understood.formulas.iter().any(|(_, f)| f.contains(&format!("{one}{name}{e}")));
            ["e^", "\\exp", "\\,e^", "\\,\\exp"].into_iter().any(behind)
        })
    }

    /// What stands behind a formula in its paragraph.
    pub(super) fn words_behind(&self, block: usize) -> String {
        self.sentence(block).1
    }

    /// The words of the sentence before a formula, and what follows it in its paragraph.
    pub(super) fn sentence(&self, block: usize) -> (String, String) {
        let display = self.is_display(block);
        let text = |list: Vec<&crate::read::Prose>| list.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
        let mut before = text(self.document.before(block)).to_lowercase();
        if !display {
            before = within(self, block);
        }
        let at = before.rfind(['.', ';', '!', '?', '。']).map_or(0, |i| i + 1);
        let last = before.get(at..).unwrap_or("").trim().replace('’', "'");
        let behind = text(self.document.after(block)).to_lowercase().replace('’', "'");
        (last, behind.trim_start_matches([',', ' ', '\n']).to_owned())
    }
}

/// Whether the words behind a formula call it a slip: "is a typical slip".
fn is_slip(behind: &str) -> bool {
    let said = ["is a", "is an", "is the", "was a", "would be a"].iter().any(|w| begins(behind, w));
    let end = behind.find(['.', ',', ';', ':', '!', '?', '。']).unwrap_or(behind.len());
    let words = behind.get(..end).unwrap_or("").split_whitespace().take(NEAR);
    said && words.into_iter().any(|w| SLIPS.contains(&w))
}

/// How many words behind a formula say what it is.
const NEAR: usize = 5;

/// The words of the paragraph before an inline formula.
fn within(builder: &Builder<'_>, block: usize) -> String {
    let blocks = builder.document.blocks.get(builder.document.paragraph_start(block)..block).unwrap_or(&[]);
    let words = blocks.iter().filter_map(|b| if let Block::Prose(p) = b { Some(p.text.as_str()) } else { None });
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What stands behind a formula in its sentence.
pub(super) fn rest_of_sentence(behind: &str) -> &str {
    let end = behind.find(['.', ';', '!', '?', '。']).unwrap_or(behind.len());
    behind.get(..end).unwrap_or("")
}

pub(super) fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| !words.is_ascii() || words == "?" || !rest.starts_with(|c: char| c.is_alphanumeric()))
}
