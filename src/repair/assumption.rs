//! The assumption under which a refuted claim is true as written: one word about one of its symbols.
//!
//! Each candidate is given to the engines as one more assumption. It is proposed only if they then prove the claim and
//! a point is found at which all givens hold, so that nothing follows from a contradiction.

use crate::claim::{Claim, Given, Verdict};
use crate::engine::{Effort, proof, settle};
use crate::expr::{Binder, Domain, Expr, Sort, Symbol};
use crate::message::Message;
use crate::verdict::{Judgement, decide};

/// An assumption in words: the message that says it, for which sorts, and the fact.
struct Word {
    key: &'static str,
    fact: fn(&Symbol) -> Option<Expr>,
}

/// Weaker ones first.
const WORDS: &[Word] = &[
    Word { key: "note-true-if-full-column-rank", fact: |s| of_matrix(s, "full_column_rank", false) },
    Word { key: "note-true-if-symmetric", fact: |s| of_matrix(s, "symmetric", true) },
    Word { key: "note-true-if-positive-semidefinite", fact: |s| of_matrix(s, "positive_semidefinite", true) },
    Word { key: "note-true-if-positive-definite", fact: |s| of_matrix(s, "positive_definite", true) },
    Word { key: "note-true-if-nonnegative", fact: |s| of_numbers(s, "ge") },
    Word { key: "note-true-if-not-zero", fact: |s| of_numbers(s, "ne") },
    Word { key: "note-true-if-positive", fact: |s| of_numbers(s, "gt") },
    Word {
        key: "note-true-if-distribution",
        fact: |s| (s.sort.sizes().len() == 1).then(|| Expr::apply("distribution", vec![Expr::sym(s.clone())])),
    },
];

/// Most candidates that are tried for one claim.
const MOST: usize = 24;

/// Largest relation that is looked at, in nodes.
const LARGEST: u64 = 400;

/// Points that must satisfy the givens with the assumption.
const WITNESSES: usize = 8;

/// The judgement of a refuted claim with the assumption under which it would be true, if one is found.
pub fn noted(claim: &Claim, mut judgement: Judgement, effort: Effort) -> Judgement {
    if judgement.verdict == Verdict::Refuted
        && claim.unfolded.size() <= LARGEST
        && let Some(message) = found(claim, effort)
    {
        judgement.notes.push(message);
    }
    judgement
}

fn found(claim: &Claim, effort: Effort) -> Option<Message> {
    let known: Vec<&Expr> = claim.givens.iter().filter_map(|g| g.fact.as_ref()).collect();
    let symbols = claim.unfolded.symbols();
    let candidates = WORDS.iter().flat_map(|w| symbols.iter().filter_map(move |s| Some((w, s, (w.fact)(s)?))));
    let new = candidates.filter(|(_, _, fact)| !known.contains(&fact));
    new.take(MOST).find_map(|(word, symbol, fact)| {
        let mut assuming = claim.clone();
        assuming.givens.push(Given { text: fact.to_string(), fact: Some(fact), line: None });
        proof(&assuming)?;
        let findings = settle(&assuming, Effort { cases: WITNESSES, ..effort });
        let proved = decide(&assuming, &findings).verdict == Verdict::Proved;
        proved.then(|| Message::new(word.key).with("symbol", Expr::sym(symbol.clone())))
    })
}

fn of_matrix(s: &Symbol, name: &'static str, square: bool) -> Option<Expr> {
    match s.sort.sizes() {
        [m, n] if !square || m == n => Some(Expr::apply(name, vec![Expr::sym(s.clone())])),
        _ => None,
    }
}

/// `x ⋈ 0`, of a vector for every entry.
fn of_numbers(s: &Symbol, relation: &'static str) -> Option<Expr> {
    let x = Expr::sym(s.clone());
    match (&s.sort, s.sort.sizes()) {
        (Sort::Real, _) => Some(Expr::relate(relation, x, Expr::int(0))),
        (_, [n]) => {
            let entry = x.index(vec![Expr::bound(0, Sort::Integer)]);
            let range = Domain::Range(Expr::int(1), n.clone());
            Some(Expr::bind(Binder::ForAll, range, Expr::relate(relation, entry, Expr::int(0))))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Verdict;
    use crate::message::Lang;
    use crate::source::Source;
    use crate::{Options, check};

    /// What is proposed for the one claim of these notes, which must be refuted.
    fn proposed(givens: &str, claim: &str) -> Vec<String> {
        let text = format!("<!-- rederive let: {givens} -->\n\n<!-- rederive next: id t -->\n$$\n{claim}\n$$\n");
        let result = check(Source::new("notes.md", &text), &Options::default());
        let judged = result.statements.last().map(|s| s.judgement.clone()).unwrap();
        assert_eq!(judged.verdict, Verdict::Refuted, "{claim}: {:?}", judged.reason);
        let notes = judged.notes.iter().map(|m| m.text(Lang::En));
        notes.filter(|n| n.starts_with("true if")).collect()
    }

    #[test]
    fn a_gram_matrix_is_definite_if_the_columns_are_independent() {
        let b = "B \\in \\mathbb{R}^{m \\times n}";
        assert_eq!(proposed(b, "B^T B \\succ 0"), ["true if B has full column rank"]);
        assert!(proposed(b, "B B^T \\succ 0").is_empty(), "it takes independent rows");
        assert!(proposed(b, "-B^T B \\succ 0").is_empty(), "false for every B");
    }

    #[test]
    fn a_sign_may_be_what_is_missing() {
        assert_eq!(proposed("a \\in \\mathbb{R}", "a^3 + a \\geq 0"), ["true if a is nonnegative"]);
        assert_eq!(proposed("a \\in \\mathbb{R}", "a^3 + a > 0"), ["true if a is positive"]);
        assert!(proposed("a \\in \\mathbb{R}", "a^3 - a \\geq 0").is_empty());
    }
}
