//! The JSON contract.

use serde_json::Value;

use super::sample::sample;
use crate::report::{Run, format};

fn json() -> Value {
    let documents = [sample()];
    serde_json::from_str(&(format("json").unwrap().render)(&Run::new(&documents)).unwrap()).unwrap()
}

#[test]
fn a_refuted_statement_looks_like_this() {
    let all = json();
    let statements = all["documents"][0]["statements"].as_array().unwrap();
    let slip = statements.iter().find(|s| s["id"] == "slip").unwrap();
    let expected = r#"{
  "id": "slip",
  "kind": "claim",
  "relation": "=",
  "latex": "\\frac{1}{a} + \\frac{1}{b} = \\frac{2}{a+b}",
  "read": "slip as read",
  "lines": [
    43,
    43
  ],
  "span": [
    START,
    END
  ],
  "verdict": "refuted",
  "expected": "refuted",
  "engine": "",
  "reason": "",
  "sizes": null,
  "givens": [],
  "conditions": [],
  "axioms": [],
  "counterexample": {
    "at": {
      "a": "1",
      "b": "1"
    },
    "left": "2",
    "right": "1"
  },
  "suggestion": null,
  "checkers": []
}"#;
    let source = sample().source;
    let start = source.text.find(r"\frac{1}{a}").unwrap();
    let end = start + r"\frac{1}{a} + \frac{1}{b} = \frac{2}{a+b}".len();
    let expected = expected.replace("START", &start.to_string()).replace("END", &end.to_string());
    let line = source.line(start);
    let expected = expected.replace("43", &line.to_string());
    assert_eq!(serde_json::to_string_pretty(slip).unwrap(), expected);
}

#[test]
fn the_top_level_has_the_fields_of_the_contract_in_their_order() {
    let all = json();
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&all), ["schema", "tool", "documents", "summary"]);
    assert_eq!(all["schema"], "rederive/1");
    assert_eq!(all["tool"]["name"], "rederive");
    assert_eq!(keys(&all["documents"][0]), ["path", "statements", "findings"]);
    let finding = &all["documents"][0]["findings"][0];
    assert_eq!(keys(finding)[..6], ["id", "code", "severity", "message", "lines", "span"]);
    assert_eq!(
        keys(&all["summary"]),
        [
            "documents",
            "statements",
            "proved",
            "conditional",
            "confirmed",
            "refuted",
            "undecided",
            "unread",
            "none",
            "expected_refuted",
            "seconds"
        ]
    );
    let summary = &all["summary"];
    assert_eq!(
        (&summary["statements"], &summary["refuted"], &summary["expected_refuted"]),
        (&13.into(), &3.into(), &1.into())
    );
}

#[test]
fn sizes_are_all_or_a_list_or_null() {
    let all = json();
    let size = |id: &str| {
        let statements = all["documents"][0]["statements"].as_array().unwrap();
        statements.iter().find(|s| s["id"] == id).unwrap()["sizes"].clone()
    };
    assert_eq!(size("softmax.gradient"), "all");
    assert_eq!(size("entropy.bound"), serde_json::json!([1, 2, 3, 5]));
    assert_eq!(size("softplus"), Value::Null);
}

#[test]
fn only_the_seconds_differ_between_runs() {
    let documents = [sample()];
    let render = |seconds| (format("json").unwrap().render)(&Run { seconds, ..Run::new(&documents) }).unwrap();
    let (one, two) = (render(1.5), render(2.5));
    let differing: Vec<_> = one.lines().zip(two.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(differing.len(), 1);
    assert!(differing[0].0.contains("\"seconds\": 1.5"));
}

#[test]
fn jsonl_has_a_line_a_document_and_the_summary_last() {
    let documents = [sample(), sample()];
    let out = (format("jsonl").unwrap().render)(&Run::new(&documents)).unwrap();
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[..2].iter().all(|l| l["path"] == "notes/softmax.md" && l["statements"].is_array()));
    assert_eq!(lines[2]["summary"]["documents"], 2);
}
