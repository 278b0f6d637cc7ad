//! What makes a run fail: verdicts and findings that are not expected, and too few settled claims.

use crate::claim::Verdict;
use crate::diag::Severity;
use crate::message::Message;
use crate::report::{Counts, is_expected, unmet};
use crate::verdict::DocumentResult;

/// The demands on a run.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Verdicts and severities, by their words; a severity stands for the graver ones too.
    pub fail_on: Vec<String>,
    /// The least share of claims that are proved, conditional, confirmed or refuted, in percent.
    pub min_coverage: f64,
}

impl Default for Gate {
    fn default() -> Gate {
        let words = [Verdict::Refuted.word(), Severity::Error.word()];
        Gate { fail_on: words.map(str::to_owned).to_vec(), min_coverage: 0.0 }
    }
}

impl Gate {
    /// What is not met, in words; nothing: the run is as it should be. An expectation of the notes always has to be met.
    pub fn failures(&self, documents: &[DocumentResult]) -> Vec<Message> {
        let mut out = vec![];
        let missed = documents.iter().map(|d| unmet(d).len()).sum();
        let mut counted = |what: &str, count: usize| {
            if count > 0 {
                out.push(Message::new("gate-count").with("what", what).with("count", count));
            }
        };
        counted("unmet", missed);
        for word in &self.fail_on {
            counted(word, documents.iter().map(|d| unexpected(d, word)).sum());
        }
        let counts = Counts::of(documents);
        let settled = counts.proved + counts.conditional + counts.confirmed + counts.refuted;
        if (settled * 100) as f64 + 1e-9 < self.min_coverage * counts.checkable() as f64 {
            let share = format!("{:.1}", (settled * 100) as f64 / counts.checkable() as f64);
            let message = Message::new("gate-coverage").with("share", share);
            out.push(
                message.with("least", self.min_coverage).with("settled", settled).with("claims", counts.checkable()),
            );
        }
        out
    }
}

/// How many statements or findings of that word there are that the author does not expect.
fn unexpected(document: &DocumentResult, word: &str) -> usize {
    if let Some(verdict) = Verdict::from_word(word) {
        let expected = |e: &crate::claim::Expectation| e.verdict == verdict;
        let counts = |j: &&crate::verdict::Judged| {
            j.judgement.verdict == verdict && !j.statement.expected.as_ref().is_some_and(expected)
        };
        return document.statements.iter().filter(counts).count();
    }
    let least = [Severity::Note, Severity::Warning, Severity::Error].into_iter().find(|s| s.word() == word);
    let grave = |f: &&crate::diag::Diagnostic| least.is_some_and(|l| f.severity >= l) && !is_expected(document, f);
    document.findings.iter().filter(grave).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn what_is_expected_fails_nothing_and_what_is_not_met_always_fails() {
        let failing = |text: &str, words: &[&str], min_coverage| {
            let documents = [crate::check(Source::new("a.md", text), &crate::Options::default())];
            let fail_on = words.iter().map(|w| (*w).to_owned()).collect();
            Gate { fail_on, min_coverage }.failures(&documents).len()
        };
        let wrong = "For all real $x$: $(x+1)^2 = x^2 + 1$.\n";
        let on_purpose = "<!-- rederive let: x \\in \\mathbb{R} -->\n<!-- rederive next: expect refuted -->\n$$(x+1)^2 = x^2 + 1$$\n";
        assert_eq!((failing(wrong, &["refuted"], 0.0), failing(wrong, &["undecided"], 0.0)), (1, 0));
        assert_eq!(failing(on_purpose, &["refuted", "error"], 0.0), 0);
        let unmet = "<!-- rederive next: expect refuted -->\n\n$$1 + 1 = 2$$\n";
        assert_eq!(failing(unmet, &[], 0.0), 1);
        assert_eq!((failing(wrong, &[], 100.0), failing("no claims", &[], 100.0)), (0, 0));
        let open = "For all real $x$: $f(x) \\leq g(x)$.\n\nFor all real $y$: $y + y = 2y$.\n";
        assert_eq!((failing(open, &[], 50.0), failing(open, &[], 50.1), failing(open, &["undecided"], 0.0)), (0, 1, 1));
    }
}
