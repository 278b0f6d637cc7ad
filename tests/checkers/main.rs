//! Each checker beside a small note: it confirms the claim as read, and disagrees with the claim once an error is
//! planted in it.

mod classification;
mod information;
mod regression;
mod training;

use classification::SOFTMAX;
use rederive::checkers::{CHECKERS, Draw, by_name, run};
use rederive::claim::{Claim, Verdict};
use rederive::elaborate::elaborate;
use rederive::message::Lang;
use rederive::read::read;
use rederive::source::Source;
use rederive::verdict::{CheckerOutcome, Judged};
use rederive::{Options, check};

const SEED: u64 = 20_260;
const INSTANCES: u64 = 200;

/// The claims of the last display of a note.
fn claims(note: &str) -> Result<Vec<Claim>, String> {
    let document = read(Source::new("note.md".to_owned(), note.to_owned()));
    let statements = elaborate(&document).statements;
    let block = statements.iter().map(|s| s.block).max().expect("the note has a formula");
    let last = statements.into_iter().filter(|s| s.block == block);
    last.map(|s| s.claim.ok_or(format!("no claim in {}: {:?}", s.latex, s.problem))).collect()
}

fn outcomes(checker: &str, note: &str) -> Vec<CheckerOutcome> {
    tried(checker, note).unwrap_or_else(|complaint| panic!("{complaint}"))
}

fn tried(checker: &str, note: &str) -> Result<Vec<CheckerOutcome>, String> {
    let checker = by_name(checker).ok_or(format!("no checker {checker}"))?;
    Ok(claims(note)?.iter().map(|c| run(checker, c, INSTANCES, SEED)).collect())
}

fn told(outcome: &CheckerOutcome) -> String {
    outcome.disagreement.as_ref().map(|m| m.text(Lang::En)).unwrap_or_default()
}

/// A note without its last display, and the display, with one place that is right and what spoils it.
struct Case {
    checker: &'static str,
    preamble: &'static str,
    display: &'static str,
    /// What is replaced, and by what: each replacement alone must make the checker disagree.
    planted: &'static [(&'static str, &'static str)],
    /// The sizes that it is checked at.
    sizes: &'static [u64],
}

const ALL: &[u64] = &[1, 2, 3, 5, 8];
const NONE: &[u64] = &[];

fn cases() -> impl Iterator<Item = &'static Case> {
    [classification::CASES, information::CASES, regression::CASES, training::CASES].into_iter().flatten()
}

fn note(preamble: &str, display: &str) -> String {
    format!("# Note\n\n{preamble}\nThis is to be shown:\n\n{display}\n")
}

/// What is not as it should be with the outcome of a right claim.
fn complaint(case: &Case, o: &CheckerOutcome, number: u64) -> Option<String> {
    let same = by_name(case.checker).is_some_and(|c| c.instance(&mut Draw::new(0), 2).constant);
    let (count, least) = if same { (1, 1) } else { (number, number / 10) };
    let complete = o.instances + o.apart == count && o.instances >= least;
    let right = o.verdict == Verdict::Confirmed && complete && o.worst < 1e-5 && o.sizes == case.sizes;
    (!right).then(|| format!("{}: {} {o:?}", case.checker, told(o)))
}

#[test]
fn every_checker_confirms_its_claim_as_read() {
    let mut complaints = vec![];
    for case in cases() {
        match tried(case.checker, &note(case.preamble, case.display)) {
            Ok(outcomes) => complaints.extend(outcomes.iter().filter_map(|o| complaint(case, o, INSTANCES))),
            Err(why) => complaints.push(why),
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn every_checker_disagrees_with_a_planted_error() {
    let mut complaints = vec![];
    for case in cases() {
        assert!(!case.planted.is_empty());
        for (right, wrong) in case.planted {
            let display = case.display.replacen(right, wrong, 1);
            assert_ne!(display, case.display, "{}: nothing planted for {right}", case.checker);
            let found = match tried(case.checker, &note(case.preamble, &display)) {
                Ok(found) => found,
                Err(why) => {
                    complaints.push(why);
                    continue;
                }
            };
            if !found.iter().any(|o| o.verdict == Verdict::Refuted && !told(o).is_empty()) {
                let all: Vec<String> = found.iter().map(|o| format!("{:?} {}", o.verdict, told(o))).collect();
                complaints.push(format!("{} did not see {right} → {wrong} in {display}: {all:?}", case.checker));
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn every_checker_has_a_case() {
    let covered = |name: &str| cases().any(|c| c.checker == name);
    let missing: Vec<&str> = CHECKERS.iter().map(|c| c.name()).filter(|n| !covered(n)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_symbol_that_the_checker_does_not_know_is_never_confirmed() {
    let text = note(SOFTMAX, r"$$\frac{\partial L}{\partial s_i} + b = p_i - y_i + b$$");
    for o in outcomes("softmax_gradient", &text) {
        assert_eq!((o.verdict, o.instances), (Verdict::Undecided, 0));
        assert!(told(&o).contains('b'), "{}", told(&o));
    }
}

#[test]
fn a_checker_of_another_quantity_disagrees_or_says_nothing() {
    let text = note(SOFTMAX, r"$$\frac{\partial L}{\partial s_i} = p_i - y_i$$");
    for c in CHECKERS.iter().filter(|c| c.name() != "softmax_gradient") {
        for o in outcomes(c.name(), &text) {
            assert_ne!(o.verdict, Verdict::Confirmed, "{}", c.name());
        }
    }
}

#[test]
fn instances_outside_of_the_givens_do_not_count() {
    let preamble = r"<!-- rederive let: z \in \mathbb{R}, z > 0 -->

$$\sigma(z) = \frac{1}{1 + e^{-z}}$$
";
    for o in outcomes("sigmoid", &note(preamble, r"$$\sigma(z) > \frac{1}{2}$$")) {
        assert_eq!(o.verdict, Verdict::Confirmed, "{}", told(&o));
    }
    let empty = r"<!-- rederive let: z \in \mathbb{R}, z > 9 -->

$$\sigma(z) = \frac{1}{1 + e^{-z}}$$
";
    for o in outcomes("sigmoid", &note(empty, r"$$\sigma(z) > \frac{1}{2}$$")) {
        assert_eq!((o.verdict, o.instances), (Verdict::Undecided, 0));
    }
}

#[test]
fn the_same_seed_gives_the_same_outcome() {
    let text = note(SOFTMAX, r"$$\frac{\partial L}{\partial s_i} = p_i - y_i$$");
    assert_eq!(outcomes("softmax_gradient", &text), outcomes("softmax_gradient", &text));
}

/// The notes of the course: each bound checker is known, and says of what the engines settled what they say.
#[test]
fn the_lectures_agree_with_their_checkers() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("notes");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("notes").map(|e| e.expect("entry").path()).collect();
    paths.sort();
    let (mut agreed, mut complaints) = (0, vec![]);
    for path in paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a lecture");
        for Judged { statement: s, judgement: j } in
            check(Source::new(name.clone(), text), &Options::default()).statements
        {
            for unknown in s.checkers.iter().filter(|c| by_name(c).is_none()) {
                complaints.push(format!("{name}: {}: no checker {unknown}", s.id));
            }
            // A wrong example is refuted by its checker too: two witnesses.
            let expected = match j.verdict {
                Verdict::Proved | Verdict::Confirmed => Verdict::Confirmed,
                Verdict::Refuted if s.expected.is_some() => Verdict::Refuted,
                _ => continue,
            };
            agreed += j.checkers.iter().filter(|c| c.verdict == expected).count();
            // One that says nothing is told by `tests/material.rs`.
            let wrong = j.checkers.iter().filter(|c| c.verdict != expected && c.verdict != Verdict::Undecided);
            complaints.extend(wrong.map(|c| format!("{name}: {}: {} {}", s.id, c.verdict.word(), told(c))));
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
    assert!(agreed >= 60, "{agreed}");
}
