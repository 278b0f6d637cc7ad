//! The course against its table: each row of `tests/material.tsv` is a test, named by the row's id.
//!
//! A row has one display or several: `X`, `X.name`, …; each of them must reach the row's verdict. What is proved or
//! refuted has two witnesses, an engine and a checker module. Rows that do not hold yet stand in `tests/missing.txt`,
//! which only shrinks: a row there that holds fails until it is taken off.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use rederive::claim::{Kind, Verdict};
use rederive::report::{Run, is_expected};
use rederive::source::Source;
use rederive::verdict::{DocumentResult, Judged, Sizes};
use rederive::{Options, check};

const TABLE: &str = include_str!("material.tsv");
const MISSING: &str = include_str!("missing.txt");

/// What a row must reach.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Each relation is proved; for every size, where the row is about sizes.
    Proved { all: bool },
    /// Each relation is confirmed by a checker module that settles it.
    Confirmed,
    /// One relation of each display is refuted, as expected; the others are proved.
    Refuted,
    /// The display has this finding, as expected.
    Finding(&'static str),
    /// It is told in words.
    Told,
}

struct Row {
    id: &'static str,
    wanted: Wanted,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [id, verdict, sizes] = cells[..] else { panic!("three cells a row: {line}") };
            let wanted = match (verdict, verdict.strip_prefix("finding ")) {
                (_, Some(code)) => Wanted::Finding(code),
                ("proved", _) => Wanted::Proved { all: sizes == "all" },
                ("confirmed", _) => Wanted::Confirmed,
                ("refuted", _) => Wanted::Refuted,
                ("told", _) => Wanted::Told,
                _ => panic!("no verdict: {line}"),
            };
            Row { id, wanted }
        })
        .collect()
}

fn main() {
    let arguments = Arguments::from_args();
    let course = Arc::new(course());
    let missing: BTreeSet<&str> = MISSING.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    let mut trials: Vec<Trial> = rows()
        .into_iter()
        .map(|row| {
            let (course, open) = (Arc::clone(&course), missing.contains(row.id));
            Trial::test(row.id, move || match (holds(&course, &row), open) {
                (Ok(()), true) => Err(Failed::from("it holds: take it off tests/missing.txt")),
                (Err(_), true) => Ok(()),
                (told, false) => told.map_err(Failed::from),
            })
        })
        .collect();
    let ids: BTreeSet<&str> = rows().iter().map(|r| r.id).collect();
    trials.push(Trial::test("course::wrong-only-where-said", {
        let course = Arc::clone(&course);
        let missing: BTreeSet<String> = missing.iter().map(|m| (*m).to_owned()).collect();
        move || alarms(&course, &missing)
    }));
    trials.push(Trial::test("course::table-is-whole", move || {
        if ids.len() == 78 { Ok(()) } else { Err(Failed::from(format!("{} rows", ids.len()))) }
    }));
    libtest_mimic::run(&arguments, trials).exit();
}

/// The documents of `notes/`, checked.
fn course() -> Vec<DocumentResult> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notes");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = format!("notes/{}", path.file_name().unwrap_or_default().to_string_lossy());
            let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{name}: {e}"));
            check(Source::new(name, text), &Options::default())
        })
        .collect()
}

/// Whether a statement's id is relation K of display `X` or `X.name`.
fn is_of(judged: &Judged, row: &str) -> bool {
    judged.statement.id.strip_prefix(row).is_some_and(|rest| rest.starts_with('.'))
}

fn holds(course: &[DocumentResult], row: &Row) -> Result<(), String> {
    let found: Vec<(&DocumentResult, &Judged)> =
        course.iter().flat_map(|d| d.statements.iter().filter(|j| is_of(j, row.id)).map(move |j| (d, j))).collect();
    if found.is_empty() {
        return Err("the notes do not state it".into());
    }
    let mut blocks: BTreeSet<(&str, usize)> = BTreeSet::new();
    for (document, judged) in &found {
        relation(document, judged, row).map_err(|why| format!("{}: {why}", judged.statement.id))?;
        if judged.judgement.verdict == Verdict::Refuted {
            blocks.insert((document.source.path.as_str(), judged.statement.block));
        }
    }
    let displays: BTreeSet<(&str, usize)> =
        found.iter().map(|(d, j)| (d.source.path.as_str(), j.statement.block)).collect();
    match row.wanted {
        Wanted::Refuted if blocks != displays => Err("a display without its refutation".into()),
        _ => Ok(()),
    }
}

/// One relation of a row's displays.
fn relation(document: &DocumentResult, judged: &Judged, row: &Row) -> Result<(), String> {
    let (s, j) = (&judged.statement, &judged.judgement);
    let verdict = |wanted: Verdict| match s.kind == Kind::Claim && j.verdict == wanted {
        true => Ok(()),
        false => Err(format!("{} ({}), {:?}", j.verdict.word(), s.kind.word(), j.reason)),
    };
    let witness = |wanted: Verdict| {
        let agree = !j.checkers.is_empty() && j.checkers.iter().all(|c| c.verdict == wanted);
        if agree && j.engine.is_some() { Ok(()) } else { Err(format!("no second witness: {:?}", j.checkers)) }
    };
    match row.wanted {
        Wanted::Proved { all } => {
            verdict(Verdict::Proved)?;
            witness(Verdict::Confirmed)?;
            if all && j.sizes != Sizes::All { Err(format!("only for {:?}", j.sizes)) } else { Ok(()) }
        }
        Wanted::Confirmed => {
            verdict(Verdict::Confirmed)?;
            witness(Verdict::Confirmed)
        }
        Wanted::Refuted if s.expected.as_ref().is_some_and(|e| e.verdict == Verdict::Refuted) => {
            verdict(Verdict::Refuted)?;
            witness(Verdict::Refuted)
        }
        Wanted::Refuted => verdict(Verdict::Proved),
        Wanted::Finding(code) => {
            let here = document.findings.iter().filter(|f| f.span.overlaps(s.span));
            let codes: Vec<&str> = here.filter(|f| is_expected(document, f)).map(|f| f.code.name).collect();
            let settled = matches!(j.verdict, Verdict::Proved | Verdict::Confirmed | Verdict::Refuted);
            if codes == [code] && !settled { Ok(()) } else { Err(format!("{codes:?}, {}", j.verdict.word())) }
        }
        Wanted::Told => Ok(()),
    }
}

/// The course exits with 0: no alarm but the expected ones, and those only in rows that are wrong.
fn alarms(course: &[DocumentResult], missing: &BTreeSet<String>) -> Result<(), Failed> {
    let rows = rows();
    let wrong = |j: &Judged| rows.iter().any(|r| r.wanted == Wanted::Refuted && is_of(j, r.id));
    let open = |j: &Judged| missing.iter().any(|id| is_of(j, id));
    for document in course {
        for judged in document.statements.iter().filter(|j| j.judgement.verdict == Verdict::Refuted) {
            if !wrong(judged) && !open(judged) {
                return Err(Failed::from(format!("{} is refuted", judged.statement.id)));
            }
        }
        let unexpected = document.findings.iter().find(|f| !is_expected(document, f));
        if let (Some(finding), true) = (unexpected, missing.is_empty()) {
            let line = document.source.line(finding.span.start);
            return Err(Failed::from(format!("{}:{line}: {}", document.source.path, finding.code.name)));
        }
    }
    if missing.is_empty() && !Run::new(course).is_clean() {
        return Err(Failed::from("an expectation of the course is not met"));
    }
    Ok(())
}
