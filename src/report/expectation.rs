//! What the author said to expect, against what was found.

use crate::claim::Verdict;
use crate::diag::{Diagnostic, Severity};
use crate::source::Span;
use crate::verdict::{DocumentResult, Judged};

/// An expectation that is not met.
#[derive(Clone, Copy, Debug)]
pub enum Unmet<'a> {
    /// A statement has another verdict than the one expected.
    Verdict {
        /// The statement.
        judged: &'a Judged,
        /// The verdict that the author expects.
        expected: Verdict,
    },
    /// A finding that should be there is not.
    Finding {
        /// The code of the missing finding.
        code: &'a str,
        /// The line, from 1, of the formula where the author expects it.
        line: usize,
    },
}

/// Whether the author expects this finding: a directive names its code at its formula.
pub fn is_expected(document: &DocumentResult, finding: &Diagnostic) -> bool {
    document.expected_findings.iter().any(|(code, at)| meets(finding, code, *at))
}

fn meets(finding: &Diagnostic, code: &str, at: Span) -> bool {
    finding.code.name == code && finding.span.overlaps(at)
}

/// The expectations of a document that are not met, statements first.
pub fn unmet(document: &DocumentResult) -> Vec<Unmet<'_>> {
    let verdicts = document.statements.iter().filter_map(|judged| {
        let expected = judged.statement.expected.as_ref()?.verdict;
        (expected != judged.judgement.verdict).then_some(Unmet::Verdict { judged, expected })
    });
    let findings = document
        .expected_findings
        .iter()
        .filter(|(code, at)| !document.findings.iter().any(|f| meets(f, code, *at)))
        .map(|(code, at)| Unmet::Finding { code, line: document.source.row(at.start) });
    verdicts.chain(findings).collect()
}

/// Whether a document has no unexpected refutation, no unexpected error finding and no unmet expectation.
pub fn is_clean(document: &DocumentResult) -> bool {
    unmet(document).is_empty()
        && !document.statements.iter().any(Judged::is_unexpected)
        && !document.findings.iter().any(|f| f.severity == Severity::Error && !is_expected(document, f))
}
