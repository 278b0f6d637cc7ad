//! One note in every format: the same verdicts in each, at the places where they stand.

use std::path::Path;

use rederive::diag::Severity;
use rederive::read::{FORMATS, format_of};
use rederive::source::{Source, Span};
use rederive::{Options, check};

fn notes() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let entries = std::fs::read_dir(&folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let named = |p: &std::path::PathBuf| format!("tests/formats/{}", p.file_name().unwrap().to_string_lossy());
    paths.iter().map(|p| (named(p), std::fs::read_to_string(p).expect("text"))).collect()
}

/// The statements that something is said about: verdict, section and the text of the file at its span.
fn judged(path: &str, text: &str) -> Vec<(String, String)> {
    let result = check(Source::new(path, text), &Options::default());
    let told = |severity| severity != Severity::Note;
    let findings: Vec<_> = result.findings.iter().filter(|f| told(f.severity)).map(|f| f.code.name).collect();
    let open: &[&str] = if path.ends_with(".ipynb") { &["unclosed"] } else { &[] };
    assert_eq!(findings, open, "{path}");
    let said = result.statements.iter().filter(|j| j.judgement.verdict.word() != "none");
    said.map(|j| {
        let span: Span = result.source.in_file(j.statement.span);
        (j.judgement.verdict.word().to_owned(), text[span.range()].to_owned())
    })
    .collect()
}

#[test]
fn every_format_has_a_note() {
    for format in FORMATS {
        assert!(notes().iter().any(|(path, _)| format_of(path).name == format.name), "{}", format.name);
    }
}

#[test]
fn the_same_notes_have_the_same_verdicts() {
    for (path, text) in notes() {
        let found = judged(&path, &text);
        let verdicts: Vec<&str> = found.iter().map(|f| f.0.as_str()).collect();
        assert_eq!(verdicts, ["proved", "proved", "proved", "proved", "unread", "refuted"], "{path}: {found:?}");
        let parts = ["(x + y)^2", "(x + 1)(x - 1)", "= x^2 - 1", "sq{x}", "unknown{x} + 1", "- 1"];
        for ((_, written), part) in found.iter().zip(parts) {
            assert!(written.contains(part), "{path}: {written:?} holds no {part:?}");
        }
    }
}

#[test]
fn places_are_those_of_the_file() {
    for (path, text) in notes() {
        let result = check(Source::new(path.as_str(), text.as_str()), &Options::default());
        let wrong = result.statements.iter().find(|j| j.judgement.verdict.word() == "refuted").expect("one is wrong");
        let span = wrong.statement.span;
        let row = 1 + text.lines().position(|l| l.contains("- 1)^2 =")).expect("it is there");
        assert_eq!(result.source.file_lines(span), (row, row), "{path}");
        let (line, cell) = (result.source.line(span.start), result.source.cell(span.start));
        if path.ends_with(".ipynb") {
            assert_eq!((line, cell), (6, Some(5)));
        } else {
            assert_eq!((line, cell), (row, None), "{path}");
            let column = text.lines().nth(row - 1).and_then(|l| l.find('(')).expect("it begins with a bracket") + 1;
            assert_eq!(result.source.column(span.start), column, "{path}");
        }
    }
}

#[test]
fn an_unknown_macro_is_named_and_nothing_else_is_unread() {
    for (path, text) in notes() {
        let result = check(Source::new(path.as_str(), text), &Options::default());
        let unread = result.statements.iter().filter(|j| j.judgement.verdict.word() == "unread");
        let reasons: Vec<String> =
            unread.filter_map(|j| Some(j.judgement.reason.as_ref()?.text(rederive::message::Lang::En))).collect();
        assert_eq!(reasons, [r"unknown macro \unknown"], "{path}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    for (path, text) in notes().into_iter().filter(|n| !n.0.ends_with(".ipynb")) {
        let verdicts = |text: &str| judged(&path, text).into_iter().map(|f| f.0).collect::<Vec<_>>();
        let plain = verdicts(&text);
        assert_eq!(verdicts(&text.replace('\n', "\r\n")), plain, "{path}");
        assert_eq!(verdicts(&format!("\u{feff}{text}")), plain, "{path}");
    }
}

/// Every prefix, and the text without any one of its lines: nothing panics, and what is found lies in the file.
#[test]
fn torn_files_are_read_without_a_panic() {
    for (path, text) in notes() {
        let ends = (0..text.len()).filter(|i| text.is_char_boundary(*i)).step_by(7);
        let prefixes = ends.map(|i| text[..i].to_owned());
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let without = (0..lines.len()).map(|k| [&lines[..k], &lines[k + 1..]].concat().concat());
        let zeros = std::iter::once(text.replace("x", "\0"));
        for torn in prefixes.chain(without).chain(zeros) {
            let document = rederive::read::read(Source::new(path.as_str(), torn.as_str()));
            for block in &document.blocks {
                let span = document.source.in_file(block.span());
                assert!(span.end <= torn.len().max(span.start), "{path}: {span:?}");
            }
        }
    }
}
