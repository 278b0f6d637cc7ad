//! Formats for machines, held against what those who read them publish.
//!
//! `sarif-2.1.0.json` is the schema of OASIS (<https://github.com/oasis-tcs/sarif-spec>), as the crate serde-sarif has it.

mod schema;

use std::collections::BTreeSet;
use std::process::Command;

use rederive::report::{Run, format};
use rederive::source::Source;
use rederive::verdict::DocumentResult;
use rederive::{Options, check};
use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

use schema::violations;

/// A refutation with its repair, findings, an unmet expectation, what is unread, and text that no format may obey.
const NOTES: &str = "# 제곱 😀 ]]> & \"quoted\" \u{1b}[31m\u{202e}::error::x

For all real $x$ and $y$ we have

$$
\\begin{aligned}
(x + y)^2 &= x^2 + 3xy + y^2 \\\\
&= (x + y)(x + y)
\\end{aligned}
$$

<!-- rederive next: id <b>&\"x\"; expect refuted -->
$$ 1 + 1 = 2 $$

<!-- rederive nxt: id none -->
<!-- rederive next: id heart; claim -->
$$ x \\heartsuit y = y \\heartsuit x \\text{]]>\u{7}::set-output name=a::b,c:d%0A} $$

For all real $z$: $z^10 = z^{10}$ and $z + z = 3z$, \u{202e}$z + z = 4z$.
";

fn documents() -> Vec<DocumentResult> {
    let of = |path: &str, text: &str| check(Source::new(path, text), &Options::default());
    let notebook = json!({
        "nbformat": 4, "nbformat_minor": 5, "metadata": {},
        "cells": [{ "cell_type": "markdown", "id": "a", "metadata": {}, "source": ["For all real $x$\n", "we have $x + x = 3x$.\n"] }]
    });
    vec![of("a b/notes,1:2%.md", NOTES), of("book.ipynb", &notebook.to_string()), of("right.md", "We have $1 = 1$.\n")]
}

fn made(name: &str, documents: &[DocumentResult]) -> String {
    (format(name).unwrap().render)(&Run::new(documents)).unwrap()
}

fn sarif_schema() -> Value {
    serde_json::from_str(include_str!("sarif-2.1.0.json")).unwrap()
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let schema = sarif_schema();
    let log: Value = serde_json::from_str(&made("sarif", &documents())).unwrap();
    assert_eq!(violations(&schema, &log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let fixed = results.iter().filter(|r| r.get("fixes").is_some()).count();
    assert!(results.len() > 5 && fixed > 0, "{results:#?}");
    let empty: Value = serde_json::from_str(&made("sarif", &[])).unwrap();
    assert_eq!(violations(&schema, &empty), Vec::<String>::new());
}

#[test]
fn what_is_no_sarif_violates_the_schema() {
    let schema = sarif_schema();
    let log: Value = serde_json::from_str(&made("sarif", &documents())).unwrap();
    let region = "/runs/0/results/0/locations/0/physicalLocation/region";
    for (place, wrong) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/results/0/level", json!("fatal")),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/ruleIndex", json!(-2)),
        ("/runs/0/results/0/partialFingerprints", json!({ "a": 1 })),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("a b.md")),
        ("/runs/0/columnKind", json!("bytes")),
        ("/runs/0/tool", json!({})),
        (region, json!({ "startLine": 0 })),
        (region, json!({ "startLine": 1.5 })),
        (region, json!({ "line": 1 })),
    ] {
        let mut changed = log.clone();
        *changed.pointer_mut(place).unwrap_or_else(|| panic!("nothing at {place}")) = wrong.clone();
        assert!(!violations(&schema, &changed).is_empty(), "{place} as {wrong}");
    }
}

#[test]
fn sarif_places_are_in_order_and_rules_are_there() {
    let log: Value = serde_json::from_str(&made("sarif", &documents())).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |key: &str| region[key].as_u64();
        assert!(number("startLine") <= number("endLine"), "{region}");
        assert!(number("startLine") < number("endLine") || number("startColumn") <= number("endColumn"), "{region}");
    }
}

/// Name, attributes that have to be there, attributes that may be, children.
type Element = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Attributes and children that readers of JUnit XML know (<https://github.com/testmoapp/junitxml>), with those that
/// have to be there.
const JUNIT: &[Element] = &[
    ("testsuites", &["name"], &["name", "tests", "failures", "errors", "skipped", "time"], &["testsuite"]),
    (
        "testsuite",
        &["name", "tests", "failures", "errors"],
        &["name", "tests", "failures", "errors", "skipped", "disabled", "time", "file"],
        &["testcase"],
    ),
    (
        "testcase",
        &["name", "classname"],
        &["name", "classname", "time", "file", "line"],
        &["failure", "skipped", "system-out"],
    ),
    ("failure", &["type", "message"], &["type", "message"], &[]),
    ("skipped", &[], &["message"], &[]),
    ("system-out", &[], &[], &[]),
];

#[test]
fn junit_holds_to_the_format_and_counts_right() {
    let xml = made("junit", &documents());
    let tree = roxmltree::Document::parse(&xml).unwrap();
    assert_eq!(tree.root_element().tag_name().name(), "testsuites");
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let (_, needed, allowed, children) =
            JUNIT.iter().find(|row| row.0 == name).unwrap_or_else(|| panic!("<{name}>"));
        let attributes: BTreeSet<&str> = node.attributes().map(|a| a.name()).collect();
        assert!(needed.iter().all(|a| attributes.contains(a)), "<{name}> lacks one of {needed:?}: {attributes:?}");
        assert!(attributes.iter().all(|a| allowed.contains(a)), "<{name}>: {attributes:?}");
        let inside: Vec<&str> =
            node.children().filter(roxmltree::Node::is_element).map(|c| c.tag_name().name()).collect();
        assert!(inside.iter().all(|c| children.contains(c)), "<{name}> with {inside:?}");
        let of = |n: &roxmltree::Node, key: &str| n.attribute(key).and_then(|v| v.parse::<usize>().ok());
        let count = |what: &str| node.descendants().filter(|d| d.has_tag_name(what)).count();
        if name.starts_with("testsuite") {
            assert_eq!((of(&node, "tests"), of(&node, "failures")), (Some(count("testcase")), Some(count("failure"))));
            assert_eq!(of(&node, "errors"), Some(0));
        }
        if name == "testsuite" && attributes.contains("skipped") {
            assert_eq!(of(&node, "skipped"), Some(count("skipped")));
        }
        if name == "testcase" {
            assert!(of(&node, "line").is_some_and(|l| l >= 1));
        }
    }
    let failures = tree.descendants().filter(|n| n.has_tag_name("failure")).count();
    assert!(failures >= 3, "{xml}");
}

#[test]
fn gitlab_has_what_a_code_quality_report_needs() {
    let report: Value = serde_json::from_str(&made("gitlab", &documents())).unwrap();
    let entries = report.as_array().unwrap();
    let mut marks = BTreeSet::new();
    for entry in entries {
        let text = |path: &str| entry.pointer(path).and_then(Value::as_str).filter(|t| !t.is_empty());
        assert!(text("/description").is_some() && text("/check_name").is_some(), "{entry}");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text("/severity").unwrap()), "{entry}");
        assert!(!text("/location/path").unwrap().starts_with("./"), "relative to the repository, without ./");
        let line = |key: &str| entry["location"]["lines"][key].as_u64().unwrap();
        assert!(line("begin") >= 1 && line("begin") <= line("end"), "{entry}");
        assert!(marks.insert(text("/fingerprint").unwrap().to_owned()), "{entry}: the mark is another problem's");
    }
    assert!(entries.len() > 5);
}

/// Names and values.
type Properties = Vec<(String, String)>;

/// A workflow command as GitHub's runner reads it: the command, its properties, its message.
fn command(line: &str) -> Option<(&str, Properties, String)> {
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let plain = |t: &str| t.replace("%0D", "\r").replace("%0A", "\n");
    let value = |t: &str| plain(t).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
    let pairs = properties.split(',').filter_map(|p| p.split_once('='));
    Some((name, pairs.map(|(k, v)| (k.to_owned(), value(v))).collect(), plain(message).replace("%25", "%")))
}

#[test]
fn github_commands_are_what_its_runner_reads() {
    let all = documents();
    let out = made("github", &all);
    let mut kinds = vec![];
    for line in out.lines().filter(|l| l.starts_with("::")) {
        let (name, properties, message) = command(line).unwrap_or_else(|| panic!("{line}"));
        kinds.push(["error", "warning", "notice"].iter().position(|k| *k == name).unwrap_or_else(|| panic!("{line}")));
        let of = |key: &str| properties.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
        assert!(all.iter().any(|d| of("file") == Some(d.source.path.as_str())), "{line}");
        let number = |key: &str| of(key).map(|v| v.parse::<usize>().unwrap());
        assert!(number("line").unwrap() >= 1 && number("line") <= number("endLine"), "{line}");
        assert!(of("col").is_none() || number("line") == number("endLine"), "columns are for one line: {line}");
        assert!(of("title").is_some() && !message.is_empty(), "{line}");
        let known = ["file", "line", "endLine", "col", "endColumn", "title"];
        assert!(properties.iter().all(|(k, _)| known.contains(&k.as_str())), "{line}");
    }
    assert!(kinds.is_sorted() && kinds.len() > 5, "errors first: {kinds:?}");
    // What the notes say can be no command: each stands at the beginning of a line of ours.
    assert!(!out.lines().any(|l| l.starts_with("::set-output") || l.starts_with("::error::")), "{out}");
}

#[test]
fn jsonl_is_a_document_a_line() {
    let out = made("jsonl", &documents());
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 4, "three documents and the summary");
}

/// A configuration as JSON.
fn configuration(text: &str) -> Value {
    fn value(v: &DeValue) -> Value {
        match v {
            DeValue::String(s) => Value::from(s.as_ref()),
            DeValue::Integer(i) => Value::from(i64::from_str_radix(i.as_str(), i.radix()).unwrap()),
            DeValue::Float(f) => Value::from(f.as_str().parse::<f64>().unwrap()),
            DeValue::Boolean(b) => Value::from(*b),
            DeValue::Array(a) => a.iter().map(|v| value(v.get_ref())).collect(),
            DeValue::Table(t) => table(t),
            DeValue::Datetime(d) => Value::from(d.to_string()),
        }
    }
    fn table(t: &DeTable) -> Value {
        t.iter().map(|(k, v)| (k.get_ref().to_string(), value(v.get_ref()))).collect()
    }
    table(DeTable::parse(text).unwrap().get_ref())
}

#[test]
fn the_schema_of_the_configuration_takes_what_the_program_takes() {
    let schema: Value = serde_json::from_str(&rederive::project::schema()).unwrap();
    let readme = include_str!("../../README.md");
    let shown = readme.split("```toml\n").find(|t| t.starts_with("paths = ")).unwrap().split("```").next().unwrap();
    let is_key = |line: &&str| rederive::project::KEYS.iter().any(|k| line.starts_with(&format!("{} = ", k.name)));
    let starter = rederive::project::starter(rederive::message::Lang::En);
    let keys: Vec<&str> = starter.lines().filter_map(|l| l.strip_prefix("# ")).filter(is_key).collect();
    assert_eq!(keys.len(), rederive::project::KEYS.len(), "{starter}");
    let starter = keys.join("\n");
    for right in ["", shown, &starter] {
        assert_eq!(violations(&schema, &configuration(right)), Vec::<String>::new(), "{right}");
        assert!(is_taken(right), "{right}");
    }
    for wrong in [
        "alow = []",
        "allow = [\"no-such-code\"]",
        "allow = \"unused-index\"",
        "min-coverage = 120",
        "min-coverage = \"50\"",
        "fail-on = [\"proved\"]",
        "seed = -1",
        "seed = 1.5",
        "lang = \"xx\"",
        "cache = \"yes\"",
        "[macros]\nE = \"x\"",
        "[macros]\n'\\E' = 1",
        "paths = [1]",
    ] {
        assert!(!violations(&schema, &configuration(wrong)).is_empty(), "the schema takes {wrong}");
        assert!(!is_taken(wrong), "the program takes {wrong}");
    }
}

/// Whether `rederive` itself takes a configuration.
fn is_taken(text: &str) -> bool {
    let name = format!("rederive-configuration-{}-{}", std::process::id(), text.len());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("rederive.toml"), text).unwrap();
    let shown = Command::new(env!("CARGO_BIN_EXE_rederive")).current_dir(&folder).args(["config", "--show"]).output();
    let _ = std::fs::remove_dir_all(&folder);
    shown.unwrap().status.success()
}
