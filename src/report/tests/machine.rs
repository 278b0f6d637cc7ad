//! Formats for machines, read again by readers that are not ours.

use std::collections::BTreeSet;

use serde_json::Value;

use super::hostile::everywhere;
use crate::report::{Run, format};
use crate::source::Source;
use crate::verdict::DocumentResult;
use crate::{Options, check};

const WRONG: &str = "For all real $x$ we have $(x + 1)^2 = x^2 + 1$.\n\nFor all real $y$ we have $y + y = 2 y$.\n";

fn checked(notes: &str) -> DocumentResult {
    check(Source::new("a b/notes.md", notes), &Options { repairs: false, ..Options::default() })
}

fn made(name: &str, documents: &[DocumentResult]) -> String {
    (format(name).unwrap().render)(&Run::new(documents)).unwrap()
}

fn parsed(name: &str, documents: &[DocumentResult]) -> Value {
    serde_json::from_str(&made(name, documents)).unwrap()
}

#[test]
fn a_sarif_result_names_its_rule_and_its_place() {
    let log = parsed("sarif", &[checked(WRONG)]);
    let run = &log["runs"][0];
    let [result] = run["results"].as_array().unwrap().as_slice() else { panic!("{log:#}") };
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!((&result["ruleId"], &rule["id"]), (&"refuted".into(), &"refuted".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/notes.md");
    let at = place["region"]["byteOffset"].as_u64().unwrap() as usize;
    let length = place["region"]["byteLength"].as_u64().unwrap() as usize;
    assert!(WRONG[at..at + length].contains("x^2 + 1"), "{place:#}");
    assert_eq!(place["region"]["startLine"], 1);
}

#[test]
fn marks_stay_when_lines_move_and_change_with_the_formula() {
    let mark =
        |notes: &str, format: &str, path: &str| parsed(format, &[checked(notes)]).pointer(path).cloned().unwrap();
    for (format, path) in [("sarif", "/runs/0/results/0/partialFingerprints"), ("gitlab", "/0/fingerprint")] {
        let before = mark(WRONG, format, path);
        assert_eq!(mark(&format!("# A title\n\nWords.\n\n{WRONG}"), format, path), before);
        assert_ne!(mark(&WRONG.replace("x^2 + 1", "x^2 + 2"), format, path), before);
    }
}

#[test]
fn equal_problems_have_different_marks() {
    let entries = parsed("gitlab", &[checked(&format!("{WRONG}\n{WRONG}"))]);
    let entries = entries.as_array().unwrap();
    let marks: BTreeSet<&str> = entries.iter().filter_map(|e| e["fingerprint"].as_str()).collect();
    assert_eq!((entries.len(), marks.len()), (2, 2));
}

#[test]
fn junit_has_a_case_for_each_claim() {
    let xml = made("junit", &[checked(WRONG)]);
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let named = |name: &str| tree.descendants().filter(|n| n.has_tag_name(name)).count();
    assert_eq!((named("testsuite"), named("testcase"), named("failure")), (1, 2, 1), "{xml}");
    let failure = tree.descendants().find(|n| n.has_tag_name("failure")).unwrap();
    assert_eq!(failure.attribute("type"), Some("refuted"));
}

#[test]
fn github_gets_no_more_than_it_shows() {
    let notes: String = (1..=13).map(|n| format!("For all real $x$ we have $(x + {n})^2 = x^2$.\n\n")).collect();
    let out = made("github", &[checked(&notes)]);
    assert_eq!(out.lines().filter(|l| l.starts_with("::error ")).count(), 10);
    assert!(out.contains("+3 more errors"), "{out}");
}

#[test]
fn hostile_notes_are_text_in_every_format() {
    let documents = [everywhere()];
    for name in ["sarif", "gitlab", "jsonl", "junit", "github", "json"] {
        let out = made(name, &documents);
        let raw =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let within: Vec<char> = out.chars().filter(|c| raw(*c)).collect();
        assert!(within.is_empty(), "{name}: {within:?}");
    }
    let xml = made("junit", &documents);
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let tags: BTreeSet<&str> = tree.descendants().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect();
    let ours = BTreeSet::from(["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"]);
    assert!(tags.is_subset(&ours), "{tags:?}");
}
