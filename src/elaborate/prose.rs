//! What the words around a formula say about it: cues of givens, conditions and claims, English and Korean.

use crate::notation::Names;
use crate::read::{Block, Document, Prose};

/// What a formula's neighbouring words make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// "let", "assume", "where", "가정", "라 하자": may be assumed from here on.
    Given,
    /// "if", "when", "경우", "일 때": a case.
    Condition,
    /// "for all", "always", "hence", "항상", "따라서": to be shown.
    Claim,
    /// Nothing in particular.
    Plain,
}

const GIVEN_BEFORE: &[&str] = &[
    "let",
    "assume",
    "suppose",
    "where",
    "with",
    "given",
    "denote",
    "denoting",
    "take",
    "fix",
    "writing",
    "write",
    "여기서",
    "단",
    "set",
    "consider",
    "for",
    "assuming",
    "that",
    "choose",
];
const CONDITION_BEFORE: &[&str] = &["if", "when", "whenever", "unless", "provided", "만약", "in case", "once"];
const CLAIM_BEFORE: &[&str] = &[
    "hence",
    "thus",
    "therefore",
    "so",
    "then",
    "always",
    "따라서",
    "그러므로",
    "그러면",
    "그래서",
    "항상",
    "언제나",
    "즉",
    "it follows",
    "we get",
    "gives",
    "conclude",
];
const GIVEN_AFTER: &[&str] = &[
    "이라 가정",
    "라 가정",
    "라고 가정",
    "를 가정",
    "을 가정",
    "가정",
    "라 하자",
    "이라 하자",
    "라고 하자",
    "이라고 하자",
    "라 합시다",
    "이라 합시다",
    "라고 합시다",
    "이라고 합시다",
    "로 두",
    "으로 두",
    "로 둡",
    "으로 둡",
    "로 놓",
    "으로 놓",
    "라 하면",
    "이라 하면",
    "라 두",
    "이라 두",
    "로 쓰면",
    "으로 쓰면",
    "로 쓸 때",
    "로 정의",
    "으로 정의",
    "라 부르",
    "이라 부르",
    "be ",
    "denote",
    "is given",
    "are given",
];
const CONDITION_AFTER: &[&str] = &[
    "일 때",
    "인 경우",
    "에서만",
    "인 한",
    "이면",
    "면 ",
    "경우",
    "일때",
    "is the case",
    "holds only",
    "인 점",
    "과 같다면",
];

/// The cue of a formula from the words right before and right after it (in its paragraph).
pub(crate) fn cue(before: &str, after: &str) -> Cue {
    let after = after.trim_start();
    if GIVEN_AFTER.iter().any(|w| after.starts_with(w)) {
        return Cue::Given;
    }
    if CONDITION_AFTER.iter().any(|w| after.starts_with(w)) {
        return Cue::Condition;
    }
    let lower = before.to_lowercase();
    let last_clause = lower.rsplit(['.', '。', ';', '!', '?']).next().unwrap_or("");
    let words: Vec<&str> = last_clause.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let tail = words.iter().rev().take(3);
    for word in tail {
        if CONDITION_BEFORE.contains(word) {
            return Cue::Condition;
        }
        if GIVEN_BEFORE.contains(word) {
            return Cue::Given;
        }
        if CLAIM_BEFORE.contains(word) {
            return Cue::Claim;
        }
    }
    if words.iter().any(|w| CLAIM_BEFORE.contains(w) || *w == "all") {
        return Cue::Claim;
    }
    Cue::Plain
}

/// Whether the sentence up to a formula says that it follows: "we get", "this gives".
pub(crate) fn concludes(before: &str) -> bool {
    const GETS: &[&str] =
        &["we get", "we obtain", "it follows", "follows that", "this gives", "which gives", "we find", "얻는다"];
    let lower = before.to_lowercase();
    let sentence = lower.rsplit(['.', '。', ';', '!', '?']).next().unwrap_or("");
    GETS.iter().any(|w| sentence.contains(w))
}

/// Whether the sentence up to a formula says that it defines something: "the variance of X is defined as".
pub(crate) fn defines(before: &str) -> bool {
    let lower = before.to_lowercase();
    let sentence = lower.rsplit(". ").next().unwrap_or("");
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let pair = |a: &str, b: &str| match a {
        "defined" => matches!(b, "as" | "by" | "to"),
        "we" | "let" | "us" => b == "define",
        "definition" => matches!(b, "is" | "reads"),
        _ => false,
    };
    // "as defined by (3)" speaks of another place.
    let told = words.windows(3).any(|w| matches!(w, [before, a, b] if pair(a, b) && *before != "as"));
    told || words.first() == Some(&"define") || sentence.contains("로 정의") || sentence.contains("정의는")
}

/// Whether the clause up to a formula assumes what it says: "suppose that".
pub(crate) fn assumes(before: &str) -> bool {
    let lower = before.to_lowercase();
    let clause = lower.rsplit(['.', '。', ';', '!', '?']).next().unwrap_or("");
    let words: Vec<&str> = clause.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let denied = words.iter().any(|w| matches!(*w, "not" | "t" | "without" | "never" | "no" | "cannot"));
    let last = match words.as_slice() {
        [.., verb, "that"] => verb,
        [.., verb] => verb,
        [] => return false,
    };
    !denied && matches!(*last, "assume" | "assuming" | "suppose" | "let")
}

/// Words of notes in which `E[X]` is the mean of X.
const MEANS: &[&str] =
    &["expectation", "expected", "random variable", "variance", "기댓값", "기대값", "확률변수", "분산"];

/// Formulas by which `E[X]` is a mean, whatever else is called E: those of variances and covariances.
const SPREADS: &[&str] = &["{var}", "\\var", "var(", "var[", "{cov}", "\\cov", "cov("];
/// Means of random variables in square brackets.
const BRACKETED: &[&str] = &["E[X", "E[Y", "E[Z", "E[(X", "E[(Y", "E\\left[X", "E\\left[(X", "E\\left[Y"];

/// Whether a plain `E[…]` is a mean: the notes speak of means, and have neither another meaning for the letter nor an
/// upright E beside one that stands alone.
pub(crate) fn mean_by_letter(document: &Document, names: &Names) -> bool {
    let says = |text: &str| {
        let text = text.to_lowercase();
        MEANS.iter().any(|w| text.contains(w))
    };
    let written = names.means && ["EX", "EY", "EZ"].iter().any(|w| document.source.text.contains(w));
    let text = document.source.text.to_lowercase();
    let sure = SPREADS.iter().any(|w| text.contains(w)) && BRACKETED.iter().any(|w| document.source.text.contains(w));
    let told = written || sure || document.blocks.iter().any(|b| matches!(b, Block::Prose(p) if says(&p.text)));
    // `E_{x \sim P}` has no entries.
    let entries = names.families.contains_key("E") && !document.source.text.contains("\\sim");
    let other = entries && !sure || names.declared.contains("E");
    let upright =
        || ["\\mathbb{E}", "\\mathrm{E}", "\\operatorname{E}"].iter().any(|w| document.source.text.contains(w));
    told && !other && (names.applied.contains("E") || !upright())
}

/// The words before and after a formula; of an inline one only those right next to it, up to the next formula.
pub(crate) fn words(document: &Document, block: usize, display: bool) -> (String, String) {
    let Some(Block::Formula(_)) = document.blocks.get(block) else { return Default::default() };
    let join = |list: Vec<&Prose>| list.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
    let next_to = |at: Option<usize>| match at.and_then(|i| document.blocks.get(i)) {
        Some(Block::Prose(p)) => p.text.clone(),
        _ => String::new(),
    };
    match display {
        false => (next_to(block.checked_sub(1)), next_to(Some(block + 1))),
        true => (join(document.before(block)), join(document.after(block))),
    }
}

/// Whether the words before a formula make it explain the display before it.
pub(crate) fn is_where(before: &str) -> bool {
    let lower = before.to_lowercase();
    let clause = lower.rsplit(['.', '。', ';', '!', '?']).next().unwrap_or("");
    clause
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| matches!(w, "where" | "with" | "here" | "since" | "because" | "여기서" | "단"))
}

/// Words of a condition that is not read from prose; a claim near one is not refuted.
const CONDITION_WORDS: &[&str] = &[
    "one-hot",
    "one hot",
    "onehot",
    "independent",
    "i.i.d",
    "iid",
    "symmetric",
    "orthogonal",
    "orthonormal",
    "positive definite",
    "invertible",
    "if ",
    "when ",
    "assume",
    "assuming",
    "suppose",
    "unless",
    "provided",
    "whenever",
    "in case",
    "zero mean",
    "zero-mean",
    "standardi",
    "second order",
    "second-order",
    "linearis",
    "lineariz",
    "asymptotic",
    "in the limit",
    "for large",
    "formally",
    "given that",
    "only for",
    "where ",
    "subject to",
    "such that",
    "modulo",
    "mod ",
    "congruen",
    "boolean",
    "finite field",
    "characteristic 2",
    "binary",
    "hexadecimal",
    "floating",
    "원-핫",
    "가정",
    "경우",
    "일 때",
    "일때",
    "독립",
    "대칭",
    "직교",
    "작은 ",
    "작을 때",
    "1차",
    "만약",
    "이면",
    "제외",
    "한정",
    "고정",
    "하에서",
    "에 한해",
];

/// Words of notes in which numbers stand for their residues, or add and multiply otherwise.
pub(crate) const MODULAR: &[&str] = &[
    "modulo",
    "modular arithmetic",
    "clock arithmetic",
    "hour clock",
    "xor",
    "dual number",
    "field with two elements",
    "field of two elements",
    "gf(2)",
    "finite field",
    "법 2",
    "binary field",
    "binary arithmetic",
    "characteristic 2",
    "characteristic two",
    "residue class",
    "congruence class",
    "합동식",
    "유한체",
];

/// Words that loosen a relation, one between numbers too.
const LOOSENING: &[&str] = &[
    "approximat",
    "small enough",
    "be small",
    "is small",
    "are small",
    "for small",
    "very small",
    "first order",
    "first-order",
    "leading order",
    "leading-order",
    "negligible",
    "roughly",
    "sufficiently",
    "convention",
    "ignoring",
    "neglect",
    "up to",
    "normalized",
    "normalised",
    "for tiny",
    "lowest order",
    "near the origin",
    "near equilibrium",
    "near the equilibrium",
    "neighbourhood of",
    "neighborhood of",
    "higher powers",
    "essentially",
    "practical purposes",
    "heuristic",
    "paraxial",
    "linear regime",
    "weak-field",
    "weak field",
    "far field",
    "small amplitude",
    "shallow angle",
    "high temperature",
    "low temperature",
    "small angle",
    "small-angle",
    "with an error of",
    "the error is of",
    "long times",
    "long-time",
    "at late times",
    "deep in",
    "saturat",
    "근사",
    "무시",
    "충분히",
];

/// Words by which arrays of a document are restricted.
pub(crate) const ARRAY_WORDS: &[&str] = &[
    "one-hot",
    "one hot",
    "sum to one",
    "sums to one",
    "sum to 1",
    "sums to 1",
    "simplex",
    "probability vector",
    "orthonormal",
    "unit vector",
    "stochastic matri",
    "원-핫",
    "합이 1",
    "합은 1",
    "확률벡터",
    "확률 벡터",
    "단위벡터",
    "단위 벡터",
    "정규직교",
];

/// The condition words in a text; of a statement `about_numbers` alone those that loosen it.
pub(crate) fn condition_words(text: &str, about_numbers: bool) -> impl Iterator<Item = &'static str> {
    let lower = text.to_lowercase();
    let more = if about_numbers { &[][..] } else { CONDITION_WORDS };
    // "everywhere" holds no "where".
    let inside = |before: &str| before.ends_with(|c: char| c.is_ascii_alphabetic());
    let says = move |w: &&&'static str| lower.match_indices(**w).any(|(at, _)| !lower.get(..at).is_some_and(inside));
    more.iter().chain(LOOSENING).filter(says).map(|w| w.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_seen_before_and_after() {
        assert_eq!(cue("Let", ""), Cue::Given);
        assert_eq!(cue("정답", "이라 가정"), Cue::Given);
        assert_eq!(cue("가능도를", "라 합시다. 가장"), Cue::Given);
        assert_eq!(cue("수를", "로 둡시다."), Cue::Given);
        assert_eq!(cue("", "인 경우에 Class 1을"), Cue::Condition);
        assert_eq!(cue("Hence we have", ""), Cue::Claim);
        assert_eq!(cue("The loss is", ""), Cue::Plain);
    }

    #[test]
    fn what_is_defined_is_told_in_its_sentence() {
        assert!(defines("Then, the entropy of X is defined as the average of the logarithms:"));
        assert!(defines("Define the scatter matrix as"));
        assert!(!defines("The entropy is defined as above. The variance of X is"));
        assert!(!defines("In the case as defined by (3), we have"));
    }

    #[test]
    fn what_is_assumed_is_told_right_before() {
        assert!(assumes("The noise is small. Suppose that") && assumes("Let") && assumes("We assume"));
        assert!(!assumes("We do not assume that") && !assumes("Without assuming it we get") && !assumes("Let us show"));
    }

    #[test]
    fn conditions_in_prose_are_noticed() {
        let first = |text: &str, numbers: bool| condition_words(text, numbers).next();
        assert_eq!(first("where the label is one-hot", false), Some("one-hot"));
        assert_eq!(first("the gradient of the loss", false), None);
        assert_eq!(first("it lies everywhere above", false), None);
        assert_eq!(first("where the label is one-hot", true), None);
        assert_eq!(first("if the rest is ignored, approximately", true), Some("approximat"));
    }
}
