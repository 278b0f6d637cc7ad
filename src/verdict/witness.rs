//! What the checkers that the notes bind add to a judgement.

use super::judgement::{CheckerOutcome, Judgement, Sizes};
use crate::claim::Verdict;
use crate::message::Message;

/// The judgement with the outcomes of the bound checkers.
///
/// A checker that disagrees with what was verified is a bug of ours or a misread note: then nothing is verified. Where
/// the engines know nothing of a kind of statement, or the notes leave to a checker what a symbol is (`determined`:
/// the mean length of a code, a step that is small enough), the checkers alone can confirm, never prove; a
/// counterexample that gives such a symbol a value which it hasn't is none.
pub fn witnessed(mut judgement: Judgement, outcomes: Vec<CheckerOutcome>, determined: bool) -> Judgement {
    let verified = matches!(judgement.verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed);
    let refuting = outcomes.iter().find(|o| o.verdict == Verdict::Refuted);
    if let Some(outcome) = refuting.filter(|_| verified) {
        judgement.verdict = Verdict::Undecided;
        judgement.reason = Some(Message::new("reason-checker-disagrees").with("checker", &outcome.name));
    } else if let Some(outcome) = refuting.filter(|_| determined) {
        judgement = undecided(judgement, outcome.disagreement.clone());
    } else if !outcomes.is_empty() && outcomes.iter().all(|o| o.verdict == Verdict::Confirmed) {
        if leaves_to_checkers(&judgement, determined) {
            judgement = confirmed(judgement, &outcomes);
        }
    } else if determined && judgement.verdict == Verdict::Refuted {
        let why = outcomes.iter().find_map(|o| o.disagreement.clone());
        judgement = undecided(judgement, why);
    }
    judgement.checkers.extend(outcomes);
    judgement
}

/// Whether the engines settled nothing that a checker contradicts or repeats; what they found odd stays so.
fn leaves_to_checkers(judgement: &Judgement, determined: bool) -> bool {
    let reason = judgement.reason.as_ref().map(|r| r.key);
    match judgement.verdict {
        Verdict::Refuted => determined,
        Verdict::Undecided if determined => !matches!(reason, Some("reason-bug" | "reason-witnesses-differ")),
        Verdict::Undecided => matches!(reason, Some("reason-no-engine" | "reason-few-points")),
        _ => false,
    }
}

fn confirmed(judgement: Judgement, outcomes: &[CheckerOutcome]) -> Judgement {
    let count: u64 = outcomes.iter().map(|o| o.instances).sum();
    let mut sizes: Vec<u64> = outcomes.iter().flat_map(|o| o.sizes.iter().copied()).collect();
    sizes.sort_unstable();
    sizes.dedup();
    Judgement {
        engine: Some("checker"),
        sizes: if sizes.is_empty() { Sizes::Silent } else { Sizes::Tried(sizes) },
        used: judgement.used,
        ..Judgement::new(Verdict::Confirmed).because(Message::new("reason-checkers-agree").with("count", count))
    }
}

fn undecided(judgement: Judgement, reason: Option<Message>) -> Judgement {
    let reason = reason.or(judgement.reason);
    Judgement { used: judgement.used, reason, ..Judgement::new(Verdict::Undecided) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Shown;

    fn outcome(verdict: Verdict) -> CheckerOutcome {
        CheckerOutcome {
            name: "entropy_coding".into(),
            verdict,
            instances: 64,
            sizes: vec![1, 2],
            worst: 0.0,
            seed: 0,
            apart: 0,
            disagreement: (verdict != Verdict::Confirmed).then(|| Message::new("checker-vacuous")),
        }
    }

    fn judged(verdict: Verdict, reason: &'static str) -> Judgement {
        Judgement::new(verdict).because(Message::new(reason))
    }

    fn verdict(judgement: Judgement, outcomes: &[Verdict], determined: bool) -> Verdict {
        witnessed(judgement, outcomes.iter().map(|v| outcome(*v)).collect(), determined).verdict
    }

    const AGREE: Verdict = Verdict::Confirmed;
    const DISAGREE: Verdict = Verdict::Refuted;
    const SILENT: Verdict = Verdict::Undecided;

    #[test]
    fn checkers_never_prove_and_never_refute() {
        for v in Verdict::ALL {
            for o in [AGREE, DISAGREE, SILENT] {
                for determined in [false, true] {
                    let after = verdict(judged(v, "reason-no-engine"), &[o], determined);
                    assert!(after == v || matches!(after, Verdict::Confirmed | Verdict::Undecided), "{v:?} {after:?}");
                }
            }
        }
    }

    #[test]
    fn a_disagreement_verifies_nothing() {
        for v in [Verdict::Proved, Verdict::Conditional, Verdict::Confirmed] {
            assert_eq!(verdict(Judgement::new(v), &[AGREE, DISAGREE], false), Verdict::Undecided);
            assert_eq!(verdict(Judgement::new(v), &[AGREE, SILENT], false), v);
        }
        assert_eq!(verdict(judged(Verdict::Undecided, "reason-open"), &[DISAGREE], true), Verdict::Undecided);
    }

    #[test]
    fn what_only_a_checker_knows_rests_on_it() {
        let found = Judgement {
            counterexample: Some(Shown { at: vec![("ℓ".into(), "9".into())], left: "9".into(), right: "1".into() }),
            ..Judgement::new(Verdict::Refuted)
        };
        let after = witnessed(found.clone(), vec![outcome(AGREE)], true);
        assert_eq!((after.verdict, after.engine, &after.counterexample), (Verdict::Confirmed, Some("checker"), &None));
        assert_eq!(after.sizes, Sizes::Tried(vec![1, 2]));
        assert_eq!(verdict(found.clone(), &[DISAGREE], true), Verdict::Undecided);
        assert_eq!(verdict(found.clone(), &[SILENT], true), Verdict::Undecided);
        assert_eq!(verdict(found, &[AGREE], false), Verdict::Refuted);
    }

    #[test]
    fn what_the_engines_found_odd_stays_undecided() {
        for reason in ["reason-bug", "reason-witnesses-differ"] {
            assert_eq!(verdict(judged(Verdict::Undecided, reason), &[AGREE], true), Verdict::Undecided);
        }
        assert_eq!(verdict(judged(Verdict::Undecided, "reason-doubtful"), &[AGREE], false), Verdict::Undecided);
        assert_eq!(verdict(judged(Verdict::Undecided, "reason-no-engine"), &[AGREE], false), Verdict::Confirmed);
        assert_eq!(
            verdict(judged(Verdict::Undecided, "reason-no-engine"), &[AGREE, SILENT], false),
            Verdict::Undecided
        );
    }
}
