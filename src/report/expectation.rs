//! What the author said to expect, against what was found.

use crate::claim::Verdict;
use crate::diag::{Diagnostic, Severity};
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
        /// The line, from 1, where the author expects it.
        line: usize,
    },
}

/// Whether the author expects this finding: a directive names its code at its line, or at a line of the same formula.
pub fn is_expected(document: &DocumentResult, finding: &Diagnostic) -> bool {
    document.expected_findings.iter().any(|(code, line)| meets(document, finding, code, *line))
}

fn meets(document: &DocumentResult, finding: &Diagnostic, code: &str, line: usize) -> bool {
    let (first, last) = document.source.lines(finding.span);
    let (from, to) = formula_lines(document, line);
    finding.code.name == code && first <= to && from <= last
}

/// The lines of the formula that holds line `line`; the line alone if no statement stands there.
fn formula_lines(document: &DocumentResult, line: usize) -> (usize, usize) {
    let lines = |j: &Judged| document.source.lines(j.statement.span);
    let here = document.statements.iter().find(|&j| {
        let (first, last) = lines(j);
        first <= line && line <= last
    });
    let Some(here) = here else { return (line, line) };
    document
        .statements
        .iter()
        .filter(|j| j.statement.block == here.statement.block)
        .map(lines)
        .fold((line, line), |(from, to), (first, last)| (from.min(first), to.max(last)))
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
        .filter(|(code, line)| !document.findings.iter().any(|f| meets(document, f, code, *line)))
        .map(|(code, line)| Unmet::Finding { code, line: *line });
    verdicts.chain(findings).collect()
}

/// Whether a document has no unexpected refutation, no unexpected error finding and no unmet expectation.
pub fn is_clean(document: &DocumentResult) -> bool {
    unmet(document).is_empty()
        && !document.statements.iter().any(Judged::is_unexpected)
        && !document.findings.iter().any(|f| f.severity == Severity::Error && !is_expected(document, f))
}
