//! A small document with a judgement of every kind.

use crate::claim::{Expectation, Given, Kind, Link, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::source::{Source, Span};
use crate::verdict::{CheckerOutcome, DocumentResult, Judged, Judgement, Shown, Sizes, Step};

pub const NOTES: &str = r#"# The gradient of the softmax classifier

Let $s \in \mathbb{R}^C$ be the scores and $p = \operatorname{softmax}(s)$; the label $y$ is one-hot. The loss is

$$
L = -\sum_{i=1}^{C} y_i \log p_i .
$$

Its gradient is as simple as one could wish, $\partial L/\partial s_i = p_i - y_i$, and the entries sum to zero.

<!-- rederive next: id softmax.chain -->

$$
\begin{aligned}
\frac{\partial L}{\partial s_1} &= -\frac{1}{p_1}\,\frac{\partial p_1}{\partial s_1} \\
&= -\frac{e^{s_1}(e^{s_2}+e^{s_3})}{(e^{s_1}+e^{s_2}+e^{s_3})^2}\cdot\frac{1}{e^{s_1}} \\
&= p_1 - 1
\end{aligned}
$$

## 확률과 로그

정답 클래스의 확률은 $p_1 + 1 = 2$ 이다. 여기서 **로그**는 $\log(gh) = \log g + \log h$ 를 만족하고, $\Phi(x) = 3$ 은 아직 정의되지 않았다.

- The entropy is largest for the uniform distribution: $H(p) \leq \log C$.
- A saturated score loses digits:
  $$
  \log(1 + e^{x}) \approx x
  $$

> It is instructive to try small numbers, $s = (2, 1, 0)$.

| quantity | value |
|:--|--:|
| the largest probability | $p_1 = 0.665$ |

```python
p = np.exp(s) / np.exp(s).sum()
```

<!-- rederive next: expect refuted -->

A common slip is $\frac{1}{a} + \frac{1}{b} = \frac{2}{a+b}$.
"#;

pub static SHAPES: Code = Code { name: "shape-mismatch", what: "w", why: "y", example: "e" };

/// The statement written as `part` (its first occurrence).
pub fn judged(source: &Source, id: &str, part: &str, judgement: Judgement) -> Judged {
    let start = source.text.find(part).expect("the sample holds its statements");
    let statement = Statement {
        id: id.to_owned(),
        kind: if judgement.verdict == Verdict::None { Kind::Definition } else { Kind::Claim },
        relation: "=".to_owned(),
        latex: part.replace('&', "").trim_end_matches("\\\\").trim().to_owned(),
        read: format!("{id} as read"),
        span: Span::new(start, start + part.len()),
        block: start,
        link: Link { chain: start, step: 1 },
        claim: None,
        sides: None,
        problem: None,
        otherwise: None,
        loose: None,
        expected: None,
        checkers: vec![],
        asked: false,
        unclear: false,
        concluded: false,
        asserted: false,
        curve: false,
    };
    Judged { statement, judgement }
}

fn proved() -> Judgement {
    let given = |text: &str, line| Given { fact: None, text: text.to_owned(), line };
    let step = |rule: &str, latex: &str| Step {
        rule: rule.to_owned(),
        text: latex.to_owned(),
        latex: latex.to_owned(),
        ..Step::default()
    };
    Judgement {
        engine: Some("derivative"),
        sizes: Sizes::All,
        used: vec![given("L = −Σᵢ yᵢ log pᵢ", Some(6)), given("y one-hot", Some(3)), given("C ≥ 1", None)],
        steps: vec![
            step(
                "definition",
                r"\frac{\partial L}{\partial s_i} = -\sum_{j} y_j \frac{\partial \log p_j}{\partial s_i}",
            ),
            step("derivative.softmax", r"\frac{\partial L}{\partial s_i} = -\sum_j y_j (\delta_{ij} - p_i)"),
            step("sum.one-hot", r"\frac{\partial L}{\partial s_i} = p_i - y_i"),
        ],
        checkers: vec![CheckerOutcome {
            name: "softmax_gradient".to_owned(),
            verdict: Verdict::Confirmed,
            instances: 64,
            sizes: vec![1, 2, 3, 5, 8],
            worst: 3.1e-13,
            seed: 7,
            apart: 2,
            disagreement: None,
        }],
        ..Judgement::new(Verdict::Proved)
    }
}

/// The sample with its judgements.
pub fn sample() -> DocumentResult {
    let source = Source::new("notes/softmax.md", NOTES);
    let row = |from: &str, to: &str| {
        let start = NOTES.find(from).expect("row");
        &NOTES[start..start + NOTES[start..].find(to).expect("row end") + to.len()]
    };
    let mut refuted = Judgement {
        engine: Some("sample"),
        counterexample: Some(Shown {
            at: vec![("s".into(), "(0, 0, 0)".into())],
            left: "−2/3".into(),
            right: "−2/9".into(),
        }),
        suggestion: Some(
            r"&= -\frac{e^{s_1}(e^{s_2}+e^{s_3})}{(e^{s_1}+e^{s_2}+e^{s_3})^2}\cdot\frac{1}{p_1}".to_owned(),
        ),
        notes: vec![Message::new("reason-good-line").with("line", 16)],
        ..Judgement::new(Verdict::Refuted)
    };
    refuted.used = proved().used;
    let chain = [
        (row("\\frac{\\partial L}{\\partial s_1} &=", "{\\partial s_1} \\\\"), proved()),
        (row("&= -\\frac{e^{s_1}(", "{e^{s_1}} \\\\"), refuted),
        (row("&= p_1 - 1", "1"), proved()),
    ];
    let mut statements = vec![
        judged(&source, "softmax.1", r"p = \operatorname{softmax}(s)", Judgement::new(Verdict::None)),
        judged(&source, "softmax.2", r"L = -\sum_{i=1}^{C} y_i \log p_i .", Judgement::new(Verdict::None)),
        judged(&source, "softmax.gradient", r"\partial L/\partial s_i = p_i - y_i", proved()),
    ];
    for (i, (part, judgement)) in chain.into_iter().enumerate() {
        let mut step = judged(&source, &format!("softmax.chain.{}", i + 1), part, judgement);
        step.statement.block = 1_000_000;
        step.statement.link = Link { chain: 1_000_000, step: i + 1 };
        statements.push(step);
    }
    let because = |v, m| Judgement::new(v).because(m);
    statements.extend([
        judged(
            &source,
            "확률.1",
            "p_1 + 1 = 2",
            Judgement {
                counterexample: Some(Shown {
                    at: vec![("p_1".into(), "1/2".into())],
                    left: "3/2".into(),
                    right: "2".into(),
                }),
                ..Judgement::new(Verdict::Refuted)
            },
        ),
        judged(
            &source,
            "확률.2",
            r"\log(gh) = \log g + \log h",
            Judgement {
                conditions: vec!["g > 0".into(), "h > 0".into()],
                engine: Some("exact"),
                sizes: Sizes::All,
                ..Judgement::new(Verdict::Conditional)
            },
        ),
        judged(
            &source,
            "확률.3",
            r"\Phi(x) = 3",
            because(Verdict::Unread, Message::new("reason-unknown-command").with("what", "\\Phi")),
        ),
        judged(
            &source,
            "entropy.bound",
            r"H(p) \leq \log C",
            Judgement {
                engine: Some("sample"),
                sizes: Sizes::Tried(vec![1, 2, 3, 5]),
                ..because(Verdict::Confirmed, Message::new("reason-samples-agree").with("count", 400))
            },
        ),
        judged(
            &source,
            "softplus",
            r"\log(1 + e^{x}) \approx x",
            because(Verdict::Undecided, Message::new("reason-no-engine")),
        ),
        judged(&source, "table.1", "p_1 = 0.665", proved()),
        judged(
            &source,
            "slip",
            r"\frac{1}{a} + \frac{1}{b} = \frac{2}{a+b}",
            Judgement {
                counterexample: Some(Shown {
                    at: vec![("a".into(), "1".into()), ("b".into(), "1".into())],
                    left: "2".into(),
                    right: "1".into(),
                }),
                ..Judgement::new(Verdict::Refuted)
            },
        ),
    ]);
    if let Some(slip) = statements.last_mut() {
        slip.statement.expected = Some(Expectation { verdict: Verdict::Refuted, line: 47 });
    }
    let at = NOTES.find("softmax}(s)").expect("place");
    let mut finding = Diagnostic::new(
        &SHAPES,
        Severity::Warning,
        Span::new(at, at + 11),
        Message::new("reason-sorts").with("what", "d × 1 times d × d"),
    );
    finding.help = Some(Message::new("report-help-edit"));
    DocumentResult { source, statements, findings: vec![finding], expected_findings: vec![] }
}
