//! What changed since a previous run, whose result is a file that `check --format json` wrote.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::claim::Verdict;
use crate::message::{Lang, Message};
use crate::report::catalogue::{mark, word};
use crate::report::escape;
use crate::report::json::SCHEMA;
use crate::verdict::{DocumentResult, Judged};

/// The verdicts of a previous run: path and id of each statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previous {
    verdicts: BTreeMap<(String, String), Verdict>,
}

/// A file that is no result of a run.
#[derive(Debug, thiserror::Error)]
#[error("not a result of `rederive check --format json` ({SCHEMA}): {0}")]
pub struct NoResult(String);

#[derive(Deserialize)]
struct Report {
    schema: String,
    documents: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    path: String,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
struct Statement {
    id: String,
    verdict: String,
}

impl Previous {
    /// Reads the JSON of a run.
    ///
    /// # Errors
    /// If it is none, or of another schema.
    pub fn read(json: &str) -> Result<Previous, NoResult> {
        let report: Report = serde_json::from_str(json).map_err(|e| NoResult(e.to_string()))?;
        if report.schema != SCHEMA {
            return Err(NoResult(report.schema));
        }
        let mut verdicts = BTreeMap::new();
        for document in report.documents {
            for s in document.statements {
                let verdict = Verdict::from_word(&s.verdict).ok_or_else(|| NoResult(s.verdict.clone()))?;
                verdicts.insert((document.path.clone(), s.id), verdict);
            }
        }
        Ok(Previous { verdicts })
    }

    /// What is new in a document: false now, mended, not settled any more.
    pub fn changes(&self, document: &DocumentResult, lang: Lang) -> Vec<Change> {
        let changed = |judged: &Judged| {
            let key = (document.source.path.clone(), judged.statement.id.clone());
            let (was, now) = (*self.verdicts.get(&key)?, judged.judgement.verdict);
            let kind = KINDS.iter().find(|k| (k.is)(was, now))?;
            Some(Change {
                kind: kind.name,
                label: Message::new(kind.key).text(lang),
                id: judged.statement.id.clone(),
                anchor: format!("claim-{}", escape::anchor(&judged.statement.id)),
                was: format!("{} {}", mark(was), word(was, lang)),
                now: format!("{} {}", mark(now), word(now, lang)),
            })
        };
        let mut all: Vec<Change> = document.statements.iter().filter_map(changed).collect();
        all.sort_by_key(|c| KINDS.iter().position(|k| k.name == c.kind));
        all
    }
}

/// A statement on which the verdict is another than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// A class in the page.
    pub kind: &'static str,
    /// The kind for people.
    pub label: String,
    /// The statement.
    pub id: String,
    /// Its card.
    pub anchor: String,
    /// Its verdict before.
    pub was: String,
    /// Its verdict now.
    pub now: String,
}

struct ChangeKind {
    name: &'static str,
    key: &'static str,
    is: fn(Verdict, Verdict) -> bool,
}

/// Kinds of changes, the gravest first.
const KINDS: &[ChangeKind] = &[
    ChangeKind { name: "false", key: "compare-false", is: |was, now| was != now && now == Verdict::Refuted },
    ChangeKind { name: "open", key: "compare-open", is: |was, now| is_settled(was) && is_open(now) },
    ChangeKind { name: "fixed", key: "compare-fixed", is: |was, now| was == Verdict::Refuted && now != was },
    ChangeKind { name: "settled", key: "compare-settled", is: |was, now| is_open(was) && is_settled(now) },
];

fn is_settled(v: Verdict) -> bool {
    matches!(v, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed)
}

fn is_open(v: Verdict) -> bool {
    matches!(v, Verdict::Undecided | Verdict::Unread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Run;
    use crate::report::tests::sample;

    #[test]
    fn what_became_of_a_statement_is_told_by_its_id() {
        let now = sample();
        let json = crate::report::json::json(&Run::new(std::slice::from_ref(&now)));
        assert_eq!(Previous::read(&json).unwrap().changes(&now, Lang::En), []);
        let before = json.replace("\"verdict\": \"refuted\"", "\"verdict\": \"proved\"");
        let before = before.replace("\"verdict\":\"refuted\"", "\"verdict\":\"proved\"");
        assert_ne!(before, json);
        let changes = Previous::read(&before).unwrap().changes(&now, Lang::En);
        assert!(!changes.is_empty() && changes.iter().all(|c| c.kind == "false"));
        assert!(Previous::read("{}").is_err());
        assert!(Previous::read("{\"schema\":\"rederive/0\",\"documents\":[]}").is_err());
    }
}
