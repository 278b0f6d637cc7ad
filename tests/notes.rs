//! The course as tests: each claim of `notes/` is a line, named `notes/file.md::id`.

use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};
use rederive::claim::{Kind, Verdict};
use rederive::message::Lang;
use rederive::report::is_expected;
use rederive::source::Source;
use rederive::verdict::{Judged, Sizes};
use rederive::{Options, check};

/// Displays that do not hold yet (see tests/material.rs).
const MISSING: &str = include_str!("missing.txt");

/// Instances that each checker tries here; under `check` it is 64.
const INSTANCES: u64 = 4_000;

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notes");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .map(|entries| entries.filter_map(Result::ok).map(|e| e.path()).collect())
        .unwrap_or_default();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md"));
    paths.sort();
    let mut trials = vec![];
    for path in paths {
        let name = format!("notes/{}", path.file_name().unwrap_or_default().to_string_lossy());
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let result = check(Source::new(name.clone(), text), &Options { instances: INSTANCES, ..Options::default() });
        for f in &result.findings {
            let listed = result.statements.iter().any(|j| is_missing(j) && j.statement.span.overlaps(f.span));
            let expected = is_expected(&result, f) || listed;
            let message = f.message.text(Lang::En);
            let title = format!("{name}::{}", f.code.name);
            trials.push(Trial::test(title, move || if expected { Ok(()) } else { Err(Failed::from(message)) }));
        }
        for judged in result.statements {
            if judged.statement.kind != Kind::Claim && judged.statement.expected.is_none() {
                continue;
            }
            if is_missing(&judged) {
                continue;
            }
            // A formula that is wrong on purpose need not be understood where a finding about it is expected.
            let flawed = result.expected_findings.iter().any(|(_, at)| at.overlaps(judged.statement.span));
            if flawed && judged.judgement.verdict == Verdict::Unread {
                continue;
            }
            let title = format!("{name}::{}", judged.statement.id);
            let kind = summary(&judged);
            trials.push(Trial::test(title, move || verdict(&judged)).with_kind(kind));
        }
    }
    // A folder without claims is a broken course.
    let found = trials.len();
    trials.push(Trial::test("notes::hold-claims", move || {
        if found >= 40 { Ok(()) } else { Err(Failed::from(format!("only {found} claims found"))) }
    }));
    libtest_mimic::run(&arguments, trials).exit();
}

/// Whether the statement is one of a row that does not hold yet.
fn is_missing(judged: &Judged) -> bool {
    let id = &judged.statement.id;
    MISSING.lines().filter(|l| !l.is_empty()).any(|row| id.strip_prefix(row).is_some_and(|k| k.starts_with('.')))
}

/// `proved, exact, every size; checker softmax_gradient: 4000 instances`
fn summary(judged: &Judged) -> String {
    let j = &judged.judgement;
    let mut parts = vec![j.verdict.word().to_owned()];
    parts.extend(j.engine.map(str::to_owned));
    match &j.sizes {
        Sizes::All => parts.push("every size".into()),
        Sizes::Tried(sizes) => parts.push(format!("sizes {sizes:?}")),
        Sizes::Silent => {}
    }
    parts.extend(j.checkers.iter().map(|c| format!("checker {}: {} instances", c.name, c.instances)));
    parts.join(", ")
}

fn verdict(judged: &Judged) -> Result<(), Failed> {
    let (s, j) = (&judged.statement, &judged.judgement);
    let reason = j.reason.as_ref().map(|r| r.text(Lang::En)).unwrap_or_default();
    if judged.is_unexpected() {
        let expected = s.expected.as_ref().map_or("no refutation", |e| e.verdict.word());
        return Err(Failed::from(format!("{}: {}, expected {expected}. {reason}", s.read, j.verdict.word())));
    }
    if j.verdict == Verdict::Unread {
        return Err(Failed::from(format!("{}: not understood. {reason}", s.read)));
    }
    for checker in &j.checkers {
        if checker.verdict != Verdict::Confirmed && s.expected.is_none() {
            let why = checker.disagreement.as_ref().map(|m| m.text(Lang::En)).unwrap_or_default();
            return Err(Failed::from(format!(
                "{}: the checker {} says {}. {why}",
                s.read,
                checker.name,
                checker.verdict.word()
            )));
        }
    }
    Ok(())
}
