//! The assumption under which a refuted claim is true as written: one word about one of its symbols.
//!
//! Each candidate is given to the engines as one more assumption. It is proposed only if they then prove the claim and
//! a point is found at which all givens hold, so that nothing follows from a contradiction.

use crate::algebra::moment::inside_and_outside;
use crate::claim::{Claim, Given, Verdict};
use crate::engine::{Effort, plausible, proof, settle};
use crate::expr::{Binder, Domain, Expr, Sort, Symbol, fun};
use crate::message::Message;
use crate::num::Ternary;
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
    Word { key: "note-true-if-invertible", fact: |s| of_matrix(s, "invertible", true) },
    Word { key: "note-true-if-positive-semidefinite", fact: |s| of_matrix(s, "positive_semidefinite", true) },
    Word { key: "note-true-if-positive-definite", fact: |s| of_matrix(s, "positive_definite", true) },
    Word { key: "note-true-if-nonnegative", fact: |s| of_numbers(s, "ge") },
    Word { key: "note-true-if-not-zero", fact: |s| of_numbers(s, "ne") },
    Word { key: "note-true-if-positive", fact: |s| of_numbers(s, "gt") },
    Word { key: "note-true-if-nonpositive", fact: |s| of_numbers(s, "le") },
    Word { key: "note-true-if-integer", fact: integer },
    Word { key: "note-true-if-sum-one", fact: sum_one },
    Word {
        key: "note-true-if-distribution",
        fact: |s| (s.sort.sizes().len() == 1).then(|| Expr::apply("distribution", vec![Expr::sym(s.clone())])),
    },
];

/// An assumption about two symbols.
struct Pair {
    key: &'static str,
    fact: fn(&Symbol, &Symbol) -> Option<Expr>,
}

/// The same of two symbols.
const PAIRS: &[Pair] = &[
    Pair { key: "note-true-if-at-most", fact: |a, b| of_pair(a, b, "le") },
    Pair { key: "note-true-if-less", fact: |a, b| of_pair(a, b, "lt") },
    Pair { key: "note-true-if-different", fact: |a, b| of_pair(a, b, "ne").filter(|_| a.name < b.name) },
];

/// Most candidates that are tried for one claim.
const MOST: usize = 48;

/// Points of a first look.
const LOOK: usize = 4;

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
    let shown = |s: &Symbol| Expr::sym(s.clone());
    let words = WORDS.iter().flat_map(|w| {
        symbols.iter().filter_map(move |s| Some((Message::new(w.key).with("symbol", shown(s)), (w.fact)(s)?)))
    });
    let pairs = PAIRS.iter().flat_map(|w| {
        let all = symbols.iter().flat_map(|a| symbols.iter().map(move |b| (a, b))).filter(|(a, b)| !a.same(b));
        all.filter_map(move |(a, b)| {
            let message = Message::new(w.key).with("symbol", shown(a)).with("other", shown(b));
            Some((message, (w.fact)(a, b)?))
        })
    });
    let independent: Vec<Expr> = inside_and_outside(&claim.unfolded).0.into_iter().map(Expr::sym).collect();
    let together = (independent.len() > 1)
        .then(|| (Message::new("note-true-if-independent"), Expr::apply("independent", independent)));
    let new = words.chain(pairs).chain(together).filter(|(_, fact)| !known.contains(&fact));
    new.take(MOST).find_map(|(message, fact)| {
        let mut assuming = claim.clone();
        assuming.givens.push(Given { text: fact.to_string(), fact: Some(fact), line: None });
        if plausible(&assuming, Effort { cases: LOOK, ..effort }) == Ternary::False {
            return None;
        }
        proof(&assuming)?;
        let findings = settle(&assuming, Effort { cases: WITNESSES, ..effort });
        (decide(&assuming, &findings).verdict == Verdict::Proved).then_some(message)
    })
}

fn integer(s: &Symbol) -> Option<Expr> {
    let set = Expr::apply("integers", vec![]);
    (s.sort == Sort::Real).then(|| Expr::relate("member", Expr::sym(s.clone()), set))
}

/// The entries of a vector add up to 1.
fn sum_one(s: &Symbol) -> Option<Expr> {
    let [n] = s.sort.sizes() else { return None };
    let entry = Expr::sym(s.clone()).index(vec![Expr::bound(0, Sort::Integer)]);
    let sum = Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), n.clone()), entry);
    Some(Expr::relate(fun::EQ, sum, Expr::int(1)))
}

fn of_pair(a: &Symbol, b: &Symbol, relation: &'static str) -> Option<Expr> {
    let numbers = a.sort == Sort::Real && b.sort == Sort::Real;
    numbers.then(|| Expr::relate(relation, Expr::sym(a.clone()), Expr::sym(b.clone())))
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

    #[test]
    fn what_is_missing_is_named_and_holds() {
        let square = "A \\in \\mathbb{R}^{n \\times n}";
        assert_eq!(proposed(square, "A + A^T = 2 A"), ["true if A is symmetric"]);
        let p = "p \\in \\mathbb{R}^n";
        assert_eq!(proposed(p, "\\sum_{i=1}^{n} 2 p_i = 2"), ["true if the entries of p sum to 1"]);
        let ab = "a \\in \\mathbb{R}, b \\in \\mathbb{R}";
        assert_eq!(proposed(ab, "b - a \\geq 0"), ["true if a ≤ b"]);
        assert_eq!(proposed(ab, "\\sqrt{a^2} + b = a + b"), ["true if a is nonnegative"]);
        assert_eq!(proposed("a \\in \\mathbb{R}", "a^3 \\leq 0"), ["true if a is not positive"]);
    }

    #[test]
    fn what_no_word_makes_true_gets_none() {
        let square = "A \\in \\mathbb{R}^{n \\times n}";
        assert!(proposed(square, "A + A^T = 3 A").is_empty());
        assert!(proposed("p \\in \\mathbb{R}^n", "\\sum_{i=1}^{n} p_i = 2").is_empty());
        assert!(proposed("a \\in \\mathbb{R}, b \\in \\mathbb{R}", "(a - b)^2 > (a + b)^2 + 1").is_empty());
    }
}
