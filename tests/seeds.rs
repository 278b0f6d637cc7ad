//! What the tool says of five real files of lecture notes, which are not part of this repository.
//!
//! They are looked for in `shared/seeds` beside the repository; where they are missing, the tests say so and hold
//! nothing. They pin what matters most: the one wrong line is found, and there is no other alarm.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rederive::claim::Verdict;
use rederive::diag::Severity;
use rederive::read::{Formula, read};
use rederive::source::Source;
use rederive::verdict::{DocumentResult, Judged};
use rederive::{Options, check};

const FILES: [&str; 5] = ["000.txt", "001.txt", "002.txt", "003.txt", "004.txt"];

/// Files whose displays are counted; 001 is prose.
const WITH_DISPLAYS: [&str; 4] = ["000.txt", "002.txt", "003.txt", "004.txt"];

/// Displays in them.
const DISPLAYS: usize = 64;

/// Displays that must be read in every relation.
const READ: usize = 50;

/// The folder of the files, or `None` (said on the terminal) where this machine has none.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared").join("seeds");
    let found = folder.is_dir();
    if !found {
        println!("skipped: there is no folder ../shared/seeds; nothing was tested");
    }
    found.then_some(folder)
}

fn source(folder: &Path, name: &str) -> Source {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Source::new(name, text)
}

/// The files with what is said of them.
fn checked(folder: &Path) -> BTreeMap<&'static str, DocumentResult> {
    FILES.into_iter().map(|name| (name, check(source(folder, name), &Options::default()))).collect()
}

fn with(result: &DocumentResult, verdict: Verdict) -> Vec<&Judged> {
    result.statements.iter().filter(|s| s.judgement.verdict == verdict).collect()
}

/// The statement's place, for failures.
fn place(result: &DocumentResult, judged: &Judged) -> String {
    let line = result.source.line(judged.statement.span.start);
    format!("{}:{line}: {} {}", result.source.path, judged.statement.id, judged.statement.latex)
}

#[test]
fn the_wrong_line_is_found_and_nothing_else_is_alarmed() {
    let Some(folder) = folder() else { return };
    let results = checked(&folder);
    let refuted: Vec<(&DocumentResult, &Judged)> =
        results.values().flat_map(|r| with(r, Verdict::Refuted).into_iter().map(move |s| (r, s))).collect();
    let places: Vec<String> = refuted.iter().map(|(r, s)| place(r, s)).collect();
    let [(result, judged)] = refuted.as_slice() else { panic!("one slip, one alarm; refuted are: {places:#?}") };
    assert_eq!(result.source.path, "003.txt", "{places:?}");
    assert_eq!(result.source.lines(judged.statement.span), (41, 41), "{places:?}");
    assert_eq!(judged.statement.link.step, 2, "{places:?}");
    let shown = judged.judgement.counterexample.as_ref().expect("a refutation shows a counterexample");
    assert_eq!((shown.left.as_str(), shown.right.as_str()), ("−2/3", "−2/9"), "at {:?}", shown.at);
    // The denominator of the line before stands in the same place, with the sum that was lost.
    let mended = judged.judgement.suggestion.as_deref().unwrap_or_default();
    let denominator = r"^2}}{\frac{e^{s_1}}{e^{s_1} + e^{s_2} + e^{s_3}}}";
    assert!(mended.trim_end_matches([' ', '\\']).ends_with(denominator), "{mended}");
}

#[test]
fn the_missing_transpose_is_found() {
    let Some(folder) = folder() else { return };
    let results = checked(&folder);
    let found: Vec<(&str, &str, usize)> = results
        .iter()
        .flat_map(|(name, r)| r.findings.iter().map(|f| (*name, f.code.name, r.source.line(f.span.start))))
        .filter(|(_, code, _)| *code == "shape-mismatch")
        .collect();
    assert_eq!(found, [("004.txt", "shape-mismatch", 48)]);
    let errors: Vec<String> = results
        .iter()
        .flat_map(|(name, r)| r.findings.iter().filter(|f| f.severity == Severity::Error).map(move |f| (name, r, f)))
        .map(|(name, r, f)| format!("{name}:{}: {}", r.source.line(f.span.start), f.code.name))
        .collect();
    assert!(errors.is_empty(), "no error among the findings is right: {errors:#?}");
}

#[test]
fn most_displays_are_read_in_every_relation() {
    let Some(folder) = folder() else { return };
    let (mut all, mut unread) = (0, Vec::new());
    for name in WITH_DISPLAYS {
        let document = read(source(&folder, name));
        let result = check(source(&folder, name), &Options::default());
        for formula in document.formulas().map(|(_, f)| f).filter(|f| f.display) {
            all += 1;
            let bad = with(&result, Verdict::Unread).into_iter().find(|s| is_in(s, formula));
            let silent = !result.statements.iter().any(|s| is_in(s, formula));
            if let Some(judged) = bad {
                unread.push(place(&result, judged));
            } else if silent {
                unread.push(format!("{name}:{}: no statement", result.source.line(formula.span.start)));
            }
        }
    }
    assert_eq!(all, DISPLAYS, "displays found");
    assert!(all - unread.len() >= READ, "{} of {all} displays read; these are not: {unread:#?}", all - unread.len());
}

fn is_in(judged: &Judged, formula: &Formula) -> bool {
    formula.span.overlaps(judged.statement.span)
}
