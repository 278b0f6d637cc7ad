//! The claims that the course stands on, with the verdicts they must reach.

use std::path::Path;

use rederive::claim::Verdict;
use rederive::source::Source;
use rederive::verdict::{Judged, Sizes};
use rederive::{Options, check};

fn statement(file: &str, id: &str) -> Judged {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("notes").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let result = check(Source::new(file, text), &Options::default());
    result
        .statements
        .into_iter()
        .find(|j| j.statement.id == id)
        .unwrap_or_else(|| panic!("no statement {id} in {file}"))
}

fn proved_for_every_size(file: &str, id: &str) {
    let j = statement(file, id);
    assert_eq!(j.judgement.verdict, Verdict::Proved, "{id}: {:?}", j.judgement.reason);
    assert_eq!(j.judgement.sizes, Sizes::All, "{id}");
    assert!(j.judgement.checkers.iter().all(|c| c.verdict == Verdict::Confirmed), "{id}");
    assert!(!j.judgement.checkers.is_empty(), "{id} has a second witness");
}

#[test]
fn the_softmax_gradient_is_p_minus_y_for_every_number_of_classes() {
    proved_for_every_size("softmax-gradient.md", "softmax.gradient.1");
}

#[test]
fn the_squared_error_has_a_bounded_gradient() {
    proved_for_every_size("squared-error.md", "mse.gradient-bound.2");
    proved_for_every_size("squared-error.md", "mse.loss-bound.1");
}

#[test]
fn logistic_regression_is_the_softmax_with_a_zero_logit() {
    proved_for_every_size("logistic-regression.md", "logistic.zero-logit.1");
}

#[test]
fn the_divergence_splits_line_by_line() {
    proved_for_every_size("cross-entropy.md", "ce.kl.2");
    for id in ["ce.kl.1", "ce.kl.3"] {
        let verdict = statement("cross-entropy.md", id).judgement.verdict;
        assert!(matches!(verdict, Verdict::Proved | Verdict::Confirmed), "{id}: {verdict:?}");
    }
}

#[test]
fn the_logistic_hessian_is_shown_and_its_definiteness_supported() {
    proved_for_every_size("logistic-hessian.md", "logistic.hessian.1");
    let psd = statement("logistic-hessian.md", "logistic.hessian-psd.1");
    assert!(matches!(psd.judgement.verdict, Verdict::Proved | Verdict::Confirmed));
    assert!(psd.judgement.checkers.iter().all(|c| c.verdict == Verdict::Confirmed));
}

#[test]
fn the_misprinted_line_is_refuted_and_only_it() {
    let wrong = statement("softmax-gradient-chain.md", "softmax.gradient-chain-as-printed.2");
    assert_eq!(wrong.judgement.verdict, Verdict::Refuted);
    let after = statement("softmax-gradient-chain.md", "softmax.gradient-chain-as-printed.3");
    assert_eq!(after.judgement.verdict, Verdict::Proved);
}

#[test]
fn a_planted_sign_is_refuted() {
    let notes = "<!-- rederive let: s \\in \\mathbb{R}^C, y one-hot -->\n\n$$L = -\\sum_{c=1}^{C} y_c \\log \\frac{e^{s_c}}{\\sum_{k=1}^{C} e^{s_k}}$$\n\n$$\\frac{\\partial L}{\\partial s_i} = \\frac{e^{s_i}}{\\sum_{k=1}^{C} e^{s_k}} + y_i$$\n";
    let result = check(Source::new("a.md", notes), &Options::default());
    let verdicts: Vec<Verdict> = result.statements.iter().map(|j| j.judgement.verdict).collect();
    assert_eq!(verdicts, [Verdict::None, Verdict::Refuted]);
}
