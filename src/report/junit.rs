//! JUnit XML: a case for each claim, for what shows test results.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::claim::{Kind, Verdict};
use crate::diag::Severity;
use crate::message::Lang;
use crate::report::Run;
use crate::report::catalogue::word;
use crate::report::diagnostic::{Problem, problems};
use crate::report::escape::visible;
use crate::report::templates::RenderError;
use crate::verdict::{DocumentResult, Judged};

/// A suite for each document. A claim passes unless something is wrong with it; what is undecided or unread is skipped,
/// with the reason. Times are left out: equal notes give equal bytes.
///
/// # Errors
/// If the XML cannot be written.
pub fn junit(run: &Run) -> Result<String, RenderError> {
    let mut report = Report::new(env!("CARGO_PKG_NAME"));
    report.add_test_suites(run.documents.iter().map(|d| suite(d, run.lang)));
    report.to_string().map_err(|e| RenderError { template: "junit", reason: e.to_string() })
}

fn suite(document: &DocumentResult, lang: Lang) -> TestSuite {
    let mut suite = TestSuite::new(visible(&document.source.path));
    let (wrong, rest): (Vec<Problem>, Vec<Problem>) = problems(document, lang)
        .into_iter()
        .filter(|p| p.severity == Severity::Error)
        .partition(|p| p.statement.as_ref().is_some_and(|id| is_case(document, id)));
    for j in document.statements.iter().filter(|j| counts(j)) {
        let id = &j.statement.id;
        let of_it: Vec<&Problem> = wrong.iter().filter(|p| p.statement.as_ref() == Some(id)).collect();
        let status = match (of_it.first(), j.judgement.verdict) {
            (Some(p), _) => failure(p.code, &of_it),
            (None, verdict @ (Verdict::Undecided | Verdict::Unread)) if j.statement.expected.is_none() => {
                let mut status = TestCaseStatus::skipped();
                let reason = j.judgement.reason.as_ref().map(|r| r.text(lang)).unwrap_or_default();
                status.set_message(visible(&format!("{}: {reason}", word(verdict, lang))));
                status
            }
            _ => TestCaseStatus::success(),
        };
        let mut case = case(document, id, document.source.file_lines(j.statement.span).0, status);
        case.set_system_out(visible(&format!("{}: {}", word(j.judgement.verdict, lang), j.statement.read)));
        suite.add_test_case(case);
    }
    for p in &rest {
        let line = document.source.file_lines(p.span).0;
        suite.add_test_case(case(document, &format!("{} at line {line}", p.code), line, failure(p.code, &[p])));
    }
    suite
}

fn counts(j: &Judged) -> bool {
    j.statement.kind == Kind::Claim && j.judgement.verdict != Verdict::None
}

fn is_case(document: &DocumentResult, id: &str) -> bool {
    document.statements.iter().any(|j| j.statement.id == id && counts(j))
}

fn case(document: &DocumentResult, name: &str, line: usize, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(visible(name), status);
    case.set_classname(visible(&document.source.path));
    case.extra.insert("file".into(), visible(&document.source.path).into());
    case.extra.insert("line".into(), line.to_string().into());
    case
}

fn failure(code: &str, problems: &[&Problem]) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(code);
    let titles: Vec<String> = problems.iter().map(|p| visible(&p.title)).collect();
    status.set_message(titles.join("; "));
    let lines = problems.iter().flat_map(|p| p.notes.iter().map(|(label, text)| visible(&format!("{label}: {text}"))));
    status.set_description(lines.collect::<Vec<_>>().join("\n"));
    status
}
