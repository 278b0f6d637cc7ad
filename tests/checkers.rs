//! Each checker beside a small note: it confirms the claim as read, and disagrees with the claim once an error is
//! planted in it.

use rederive::checkers::{CHECKERS, SIZES, by_name, run};
use rederive::claim::{Claim, Verdict};
use rederive::elaborate::elaborate;
use rederive::message::Lang;
use rederive::read::read;
use rederive::source::Source;
use rederive::verdict::CheckerOutcome;

const SEED: u64 = 20_260;

/// The claims of the last display of a note.
fn claims(note: &str) -> Vec<Claim> {
    let document = read(Source::new("note.md".to_owned(), note.to_owned()));
    let statements = elaborate(&document).statements;
    let block = statements.iter().map(|s| s.block).max().expect("the note has a formula");
    let last = statements.into_iter().filter(|s| s.block == block);
    last.map(|s| s.claim.unwrap_or_else(|| panic!("no claim in {}: {:?}", s.latex, s.problem))).collect()
}

fn outcomes(checker: &str, note: &str) -> Vec<CheckerOutcome> {
    let checker = by_name(checker).unwrap_or_else(|| panic!("no checker {checker}"));
    claims(note).iter().map(|c| run(checker, c, 400, SEED)).collect()
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
    /// Whether sizes are names in it.
    sized: bool,
}

const SOFTMAX: &str = r"<!-- rederive let: \mathbf{s} \in \mathbb{R}^C, \mathbf{y} one-hot -->

$$p_i = \frac{e^{s_i}}{\sum_{k=1}^{C} e^{s_k}}, \qquad L = -\sum_{j=1}^{C} y_j \log p_j$$
";

const THREE: &str = r"<!-- rederive let: \mathbf{s} \in \mathbb{R}^3 -->

$$p_1 = \frac{e^{s_1}}{e^{s_1} + e^{s_2} + e^{s_3}}, \qquad p_2 = \frac{e^{s_2}}{e^{s_1} + e^{s_2} + e^{s_3}}, \qquad p_3 = \frac{e^{s_3}}{e^{s_1} + e^{s_2} + e^{s_3}}$$

$$L = -\log p_1$$
";

const PREDICTION: &str = r"<!-- rederive let: y \in \{0, 1\}, \hat{y} \in (0, 1) -->

$$L = (\hat{y} - y)^2$$
";

const SIGMOID: &str = r"<!-- rederive let: z \in \mathbb{R}, s \in \mathbb{R}, t \in \{0, 1\} -->

$$\sigma(z) = \frac{1}{1 + e^{-z}}$$
";

const PAIR: &str = r"<!-- rederive let: P distribution, Q distribution, P(x) > 0, Q(x) > 0 -->

$$H(P) = -\sum_{x \in X} P(x) \log P(x), \qquad H(P, Q) = -\sum_{x \in X} P(x) \log Q(x)$$
";

const DATA: &str = r"<!-- rederive let: w \in \mathbb{R}^d, x_n \in \mathbb{R}^d, t_n \in \{0, 1\} -->

$$y_n = \sigma(w^T x_n)$$

$$L = -\sum_{n=1}^{N} \left( t_n \log y_n + (1 - t_n) \log (1 - y_n) \right)$$
";

const CASES: &[Case] = &[
    Case {
        checker: "mse",
        preamble: PREDICTION,
        display: r"$$(\hat{y} - y)^2 < 1$$",
        planted: &[("- y", "+ y"), ("^2", "^3"), ("< 1", "> 1"), ("< 1", r"< \frac{1}{4}")],
        sized: false,
    },
    Case {
        checker: "mse_gradient",
        preamble: PREDICTION,
        display: r"$$\frac{\partial L}{\partial \hat{y}} = 2(\hat{y} - y)$$",
        planted: &[("= 2", "= "), ("- y", "+ y"), ("= 2", "= -2")],
        sized: false,
    },
    Case {
        checker: "mse_gradient_size",
        preamble: PREDICTION,
        display: r"$$\left| \frac{\partial L}{\partial \hat{y}} \right| = |2(\hat{y} - y)|$$",
        planted: &[("|2", "|3"), ("- y", "+ y")],
        sized: false,
    },
    Case {
        checker: "mse_sigmoid_gradient",
        preamble: SIGMOID,
        display: r"$$\frac{\partial}{\partial s} (\sigma(s) - t)^2 = 2 (\sigma(s) - t) \sigma(s) (1 - \sigma(s))$$",
        planted: &[("= 2", "= "), ("(1 - ", "(1 + "), (r"t) \sigma(s)", "t)")],
        sized: false,
    },
    Case {
        checker: "mse_sigmoid_size",
        preamble: SIGMOID,
        display: r"$$\left| 2 (\sigma(s) - t) \sigma(s) (1 - \sigma(s)) \right| \leq \frac{8}{27}$$",
        planted: &[("{8}", "{7}"), (r"\leq", r"\geq"), ("| 2", "| 4")],
        sized: false,
    },
    Case {
        checker: "sigmoid",
        preamble: SIGMOID,
        display: r"$$\sigma(z) < 1$$",
        planted: &[("< 1", r"< \frac{1}{2}"), ("<", ">"), ("(z)", "(-z)")],
        sized: false,
    },
    Case {
        checker: "sigmoid_mirrored",
        preamble: SIGMOID,
        display: r"$$\sigma(-z) = 1 - \sigma(z)$$",
        planted: &[("1 -", "1 +"), ("= 1 -", "= -")],
        sized: false,
    },
    Case {
        checker: "sigmoid_derivative",
        preamble: SIGMOID,
        display: r"$$\frac{d}{dz} \sigma(z) = \sigma(z) (1 - \sigma(z))$$",
        planted: &[("1 -", "1 +"), (r"= \sigma(z)", r"= \sigma(z)^2")],
        sized: false,
    },
    Case {
        checker: "softmax",
        preamble: SOFTMAX,
        display: r"$$\frac{e^{s_i + 2}}{\sum_{k=1}^{C} e^{s_k + 2}} = p_i$$",
        planted: &[("{s_i + 2}", "{s_i + 3}"), ("{s_i + 2}", "{-s_i + 2}"), ("= p_i", "= 2 p_i")],
        sized: true,
    },
    Case {
        checker: "softmax_total",
        preamble: SOFTMAX,
        display: r"$$\sum_{i=1}^{C} p_i = 1$$",
        planted: &[("= 1$", "= 2$"), ("p_i", "p_i^2"), ("i=1", "i=2")],
        sized: true,
    },
    Case {
        checker: "softmax_jacobian",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial \mathbf{p}}{\partial \mathbf{s}} = \operatorname{diag}(\mathbf{p}) - \mathbf{p} \mathbf{p}^T$$",
        planted: &[("- ", "+ "), (r"- \mathbf{p}", r"- 2 \mathbf{p}")],
        sized: true,
    },
    Case {
        checker: "softmax_order",
        preamble: SOFTMAX,
        display: r"$$s_i < s_j \Leftrightarrow p_i < p_j$$",
        planted: &[("s_i < s_j", "s_j < s_i"), ("p_i < p_j", r"p_i > p_j")],
        sized: true,
    },
    Case {
        checker: "softmax_argmax",
        preamble: SOFTMAX,
        display: r"$$\arg\max_{j} p_j = \arg\max_{j} s_j$$",
        planted: &[(r"= \arg\max", r"= \arg\min")],
        sized: true,
    },
    Case {
        checker: "entropy",
        preamble: PAIR,
        display: r"$$H(P, P) = H(P)$$",
        planted: &[("= H(P)", "= H(Q)"), ("= H(P)", "= 2 H(P)")],
        sized: true,
    },
    Case {
        checker: "cross_entropy",
        preamble: PAIR,
        display: r"$$H(P, Q) \geq H(P)$$",
        planted: &[(r"\geq", r"\leq"), ("H(P, Q)", "H(Q, P)")],
        sized: true,
    },
    Case {
        checker: "kl_divergence",
        preamble: PAIR,
        display: r"$$-\sum_{x \in X} P(x) \log \frac{Q(x)}{P(x)} = H(P, Q) - H(P)$$",
        planted: &[
            ("$$-", "$$"),
            ("- H(P)", "+ H(P)"),
            ("H(P, Q)", "H(Q, P)"),
            (r"\frac{Q(x)}{P(x)}", r"\frac{P(x)}{Q(x)}"),
        ],
        sized: true,
    },
    Case {
        checker: "cross_entropy_one_hot",
        preamble: r"<!-- rederive let: \mathbf{y} one-hot, q_c > 0 -->
",
        display: r"$$-\sum_{c=1}^{C} y_c \log q_c = -\log \sum_{c=1}^{C} y_c q_c$$",
        planted: &[("= -", "= "), ("c=1", "c=2")],
        sized: true,
    },
    Case {
        checker: "entropy_one_hot",
        preamble: "<!-- rederive let: \\mathbf{y} one-hot -->\n",
        display: r"$$H(\mathbf{y}) \leq 0$$",
        planted: &[(r"\leq 0", r"\geq 1"), ("$$H", "$$1 + H")],
        sized: true,
    },
    Case {
        checker: "softmax_loss",
        preamble: SOFTMAX,
        display: r"$$L = \log \sum_{k=1}^{C} e^{s_k} - \sum_{j=1}^{C} y_j s_j$$",
        planted: &[(r"- \sum", r"+ \sum"), ("y_j s_j", "s_j"), ("e^{s_k}", "e^{-s_k}")],
        sized: true,
    },
    Case {
        checker: "softmax_gradient",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial L}{\partial s_i} = p_i - y_i$$",
        planted: &[("- y_i", "+ y_i"), ("p_i -", "2 p_i -"), ("= p_i", "= p_1"), (r"\partial s_i", r"\partial s_1")],
        sized: true,
    },
    Case {
        checker: "softmax_gradient",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial L}{\partial \mathbf{s}} = \mathbf{p} - \mathbf{y}$$",
        planted: &[("- ", "+ "), (r"= \mathbf{p}", r"= 3 \mathbf{p}")],
        sized: true,
    },
    Case {
        checker: "softmax_gradient_1",
        preamble: THREE,
        display: r"$$\frac{\partial L}{\partial s_1} = -\frac{e^{s_2} + e^{s_3}}{e^{s_1} + e^{s_2} + e^{s_3}} = p_1 - 1$$",
        planted: &[("= -", "= "), ("p_1", "p_2"), (r"\partial s_1", r"\partial s_2"), ("{e^{s_1} + ", "{")],
        sized: false,
    },
    Case {
        checker: "softmax_gradient_2",
        preamble: THREE,
        display: r"$$\frac{\partial L}{\partial s_2} = p_2 - 0$$",
        planted: &[("- 0", "- 1"), ("p_2", "p_3")],
        sized: false,
    },
    Case {
        checker: "softmax_gradient_3",
        preamble: THREE,
        display: r"$$\frac{\partial L}{\partial s_3} = p_3$$",
        planted: &[("= p_3", "= -p_3"), ("= p_3", "= p_1")],
        sized: false,
    },
    Case {
        checker: "softmax_weight_gradient",
        preamble: r"<!-- rederive let: W \in \mathbb{R}^{C \times d}, \mathbf{x} \in \mathbb{R}^d, \mathbf{y} one-hot -->

$$\mathbf{p} = \operatorname{softmax}(W \mathbf{x}), \qquad L = -\sum_{j=1}^{C} y_j \log p_j$$
",
        display: r"$$\frac{\partial L}{\partial W} = (\mathbf{p} - \mathbf{y}) \mathbf{x}^T$$",
        planted: &[("- ", "+ "), ("= (", "= -(")],
        sized: true,
    },
    Case {
        checker: "softmax_hessian",
        preamble: SOFTMAX,
        display: r"$$\frac{\partial^2 L}{\partial \mathbf{s}^2} = \operatorname{diag}(\mathbf{p}) - \mathbf{p} \mathbf{p}^T$$",
        planted: &[("- ", "+ ")],
        sized: true,
    },
    Case {
        checker: "bce_gradient",
        preamble: SIGMOID,
        display: r"$$\frac{\partial}{\partial s} \left( -\log \frac{1}{1 + e^{-s}} \right) = -\frac{e^{-s}}{1 + e^{-s}}$$",
        planted: &[("= -", "= "), (r"{1 + e^{-s}}$$", r"{1 - e^{-s}}$$"), (r"( -\log", r"( \log")],
        sized: false,
    },
    Case {
        checker: "logistic_zero_logit",
        preamble: SIGMOID,
        display: r"$$\frac{e^s}{e^s + e^0} = \frac{1}{1 + e^{-s}} = \sigma(s)$$",
        planted: &[("e^0", "e^1"), ("e^{-s}", "e^{s}"), (r"= \sigma(s)", r"= 1 - \sigma(s)")],
        sized: false,
    },
    Case {
        checker: "logistic_zero_logit_loss",
        preamble: SIGMOID,
        display: r"$$-\log \left( \frac{e^s}{e^s + e^0} \right) = \log (1 + e^{-s})$$",
        planted: &[("$$-", "$$"), ("e^{-s}", "e^{s}")],
        sized: false,
    },
    Case {
        checker: "logistic_bce",
        preamble: r"<!-- rederive let: y_1 \in \{0, 1\}, p_1 \in (0, 1) -->

$$y_2 = 1 - y_1, \qquad p_2 = 1 - p_1$$
",
        display: r"$$-\sum_{c=1}^{2} y_c \log p_c = -y_1 \log p_1 - (1 - y_1) \log (1 - p_1)$$",
        planted: &[("- (1 - y_1)", "+ (1 - y_1)"), ("-y_1", "-y_2"), (r"\log p_c", r"\log p_1")],
        sized: false,
    },
    Case {
        checker: "logistic_likelihood",
        preamble: r"<!-- rederive let: t_n \in \{0, 1\}, y_n \in (0, 1) -->
",
        display: r"$$\log \prod_{n=1}^{N} y_n^{t_n} (1 - y_n)^{1 - t_n} = \sum_{n=1}^{N} \left( t_n \log y_n + (1 - t_n) \log (1 - y_n) \right)$$",
        planted: &[(r"= \sum", r"= -\sum"), (r"+ (1 - t_n)", r"- (1 - t_n)"), ("y_n^{t_n}", "y_n")],
        sized: true,
    },
    Case {
        checker: "logistic_loss_gradient",
        preamble: DATA,
        display: r"$$\nabla_w L = \sum_{n=1}^{N} (y_n - t_n) x_n$$",
        planted: &[("y_n - t_n", "t_n - y_n"), ("x_n$$", "x_1$$"), (r"= \sum", r"= 2 \sum")],
        sized: true,
    },
    Case {
        checker: "logistic_hessian",
        preamble: DATA,
        display: r"$$\nabla_w^2 L = \sum_{n=1}^{N} y_n (1 - y_n) x_n x_n^T$$",
        planted: &[("1 - y_n", "1 + y_n"), (r"= \sum", r"= -\sum"), ("x_n^T", "x_1^T")],
        sized: true,
    },
    Case {
        checker: "logistic_hessian",
        preamble: DATA,
        display: r"$$\sum_{n=1}^{N} y_n (1 - y_n) x_n x_n^T \succeq 0$$",
        planted: &[("1 - y_n", "y_n - 1"), ("n=1", "n=2"), ("y_n (1", "(1")],
        sized: true,
    },
];

fn note(preamble: &str, display: &str) -> String {
    format!("# Note\n\n{preamble}\nThis is to be shown:\n\n{display}\n")
}

#[test]
fn every_checker_confirms_its_claim_as_read() {
    for case in CASES {
        for o in outcomes(case.checker, &note(case.preamble, case.display)) {
            assert_eq!(o.verdict, Verdict::Confirmed, "{}: {}", case.checker, told(&o));
            assert!(o.instances + o.apart == 400 && o.instances > 200, "{}: {o:?}", case.checker);
            assert!(o.worst < 1e-10 && o.disagreement.is_none(), "{}: {o:?}", case.checker);
            let all: Vec<u64> = SIZES.iter().map(|n| *n as u64).collect();
            assert_eq!(o.sizes, if case.sized { all } else { vec![] }, "{}", case.checker);
        }
    }
}

#[test]
fn every_checker_disagrees_with_a_planted_error() {
    for case in CASES {
        assert!(!case.planted.is_empty());
        for (right, wrong) in case.planted {
            let display = case.display.replacen(right, wrong, 1);
            assert_ne!(display, case.display, "{}: nothing planted for {right}", case.checker);
            let found = outcomes(case.checker, &note(case.preamble, &display));
            let refuted = found.iter().any(|o| o.verdict == Verdict::Refuted && !told(o).is_empty());
            let all: Vec<String> = found.iter().map(|o| format!("{:?} {}", o.verdict, told(o))).collect();
            assert!(refuted, "{} did not see {right} → {wrong} in {display}: {all:?}", case.checker);
        }
    }
}

#[test]
fn every_checker_has_a_case() {
    let covered = |name: &str| CASES.iter().any(|c| c.checker == name);
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

/// The notes of the course: each bound checker is known, and confirms what it is bound to.
#[test]
fn the_lectures_agree_with_their_checkers() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("notes");
    let mut bound = 0;
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("notes").map(|e| e.expect("entry").path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a lecture");
        for s in elaborate(&read(Source::new(name.clone(), text))).statements {
            for checker in &s.checkers {
                let checker = by_name(checker).unwrap_or_else(|| panic!("{name}: no checker {checker}"));
                let claim = s.claim.as_ref().unwrap_or_else(|| panic!("{name}: {} is no claim: {:?}", s.id, s.problem));
                assert!(claim.open.is_none(), "{name}: {} is open: {:?}", s.id, claim.open);
                let o = run(checker, claim, 200, SEED);
                assert_eq!(o.verdict, Verdict::Confirmed, "{name}: {}: {}", s.id, told(&o));
                bound += 1;
            }
        }
    }
    assert!(bound >= 20, "{bound}");
}
