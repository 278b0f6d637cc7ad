//! Baselines: refutations and findings that were accepted, with reasons; and the marks by which they are known again
//! when lines have moved.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::claim::{Expectation, Verdict};
use crate::diag::Severity;
use crate::project::ProjectError;
use crate::report::{Fingerprints, is_expected};
use crate::source::{Source, Span};
use crate::verdict::DocumentResult;

/// An accepted refutation or finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accepted {
    /// The path of the notes, seen from the baseline's folder.
    pub path: String,
    /// The code of the finding, or `refuted`.
    pub code: String,
    /// What it is known again by: code, formula, and which of several equal ones it is.
    pub fingerprint: String,
    /// The formula, for people.
    pub formula: String,
    /// Why it is accepted.
    pub reason: String,
}

/// The accepted refutations and findings of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// In the order of the file.
    pub accepted: Vec<Accepted>,
}

/// What can be accepted, with its place in a document.
enum Place {
    Statement(usize),
    Finding(usize),
}

const HEAD: &str = "\
# Accepted findings of `rederive check`, written by --write-baseline. Fill in the reasons: they are kept when the file is
# written again. Lines may move; a formula that changes has to be accepted anew.
";

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// If the file cannot be read or is none.
    pub fn read(path: &Path) -> Result<Baseline, ProjectError> {
        let shown = path.to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|source| ProjectError::Read { path: shown.clone(), source })?;
        let source = Source::new(shown, &*text);
        let wrong = |at: usize, what: &str| ProjectError::Configuration {
            path: source.path.clone(),
            line: source.line(at),
            column: source.column(at),
            what: what.trim().replace('\n', "; "),
        };
        let table = DeTable::parse(&text).map_err(|e| wrong(e.span().map_or(0, |s| s.start), e.message()))?;
        let mut accepted = vec![];
        for (name, value) in table.get_ref() {
            let list = value.get_ref().as_array().filter(|_| name.get_ref() == "accepted");
            for entry in list.ok_or_else(|| wrong(name.span().start, "expected entries [[accepted]]"))? {
                let fields = |v: &DeValue| v.as_table().and_then(read_entry);
                let entry = fields(entry.get_ref()).ok_or_else(|| {
                    wrong(entry.span().start, "an entry has the texts path, code, fingerprint, formula and reason")
                })?;
                accepted.push(entry);
            }
        }
        Ok(Baseline { accepted })
    }

    /// The baseline that accepts all that is unexpected in the documents; reasons are taken from `before`.
    pub fn of(documents: &[DocumentResult], path: &Path, before: &Baseline) -> Baseline {
        let reasons: BTreeMap<(&str, &str), &str> =
            before.accepted.iter().map(|a| ((a.path.as_str(), a.fingerprint.as_str()), a.reason.as_str())).collect();
        let mut accepted: Vec<Accepted> = documents
            .iter()
            .flat_map(|d| {
                let name = seen_from(path, &d.source.path);
                marks(d).into_iter().map(move |(_, code, fingerprint, formula)| Accepted {
                    path: name.clone(),
                    code,
                    fingerprint,
                    formula,
                    reason: String::new(),
                })
            })
            .collect();
        for a in &mut accepted {
            let reason = reasons.get(&(a.path.as_str(), a.fingerprint.as_str()));
            a.reason = reason.map_or_else(String::new, |r| (*r).to_owned());
        }
        Baseline { accepted }
    }

    /// Marks what is accepted as expected; returns the entries for these documents that no longer occur.
    pub fn accept<'a>(&'a self, documents: &mut [DocumentResult], path: &Path) -> Vec<&'a Accepted> {
        let mut stale = vec![];
        for document in documents {
            let name = seen_from(path, &document.source.path);
            let mut open: BTreeMap<&str, &Accepted> = BTreeMap::new();
            open.extend(self.accepted.iter().filter(|a| a.path == name).map(|a| (a.fingerprint.as_str(), a)));
            for (place, code, fingerprint, _) in marks(document) {
                if open.remove(fingerprint.as_str()).is_none() {
                    continue;
                }
                match place {
                    Place::Statement(at) => {
                        let line =
                            document.statements.get(at).map_or(1, |j| document.source.line(j.statement.span.start));
                        if let Some(j) = document.statements.get_mut(at) {
                            j.statement.expected = Some(Expectation { verdict: Verdict::Refuted, line });
                        }
                    }
                    Place::Finding(at) => {
                        let span = document.findings.get(at).map(|f| f.span);
                        document.expected_findings.extend(span.map(|span| (code, span)));
                    }
                }
            }
            stale.extend(open.into_values());
        }
        stale
    }

    /// The file.
    pub fn text(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut out = HEAD.to_owned();
        for a in &self.accepted {
            let fields = [
                ("path", &a.path),
                ("code", &a.code),
                ("fingerprint", &a.fingerprint),
                ("formula", &a.formula),
                ("reason", &a.reason),
            ];
            out.push_str("\n[[accepted]]\n");
            for (name, value) in fields {
                out.push_str(&format!("{name} = {}\n", quoted(value)));
            }
        }
        out
    }
}

fn read_entry(table: &DeTable) -> Option<Accepted> {
    let text = |name: &str| table.get(name).and_then(|v| v.get_ref().as_str()).map(str::to_owned);
    (table.len() == 5).then_some(())?;
    Some(Accepted {
        path: text("path")?,
        code: text("code")?,
        fingerprint: text("fingerprint")?,
        formula: text("formula")?,
        reason: text("reason")?,
    })
}

/// The path of notes as seen from the folder of a baseline, if they lie below it; else as given.
fn seen_from(baseline: &Path, notes: &str) -> String {
    let folder = baseline.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let inside = || -> Option<PathBuf> { Some(real(Path::new(notes))?.strip_prefix(real(folder)?).ok()?.to_owned()) };
    inside().map_or_else(|| notes.to_owned(), |path| path.to_string_lossy().replace('\\', "/"))
}

/// What in a document is unexpected and can be accepted: place, code, fingerprint, formula.
fn marks(document: &DocumentResult) -> Vec<(Place, String, String, String)> {
    let statements = document.statements.iter().enumerate();
    let refuted = statements.filter(|(_, j)| j.judgement.verdict == Verdict::Refuted && j.statement.expected.is_none());
    let refuted = refuted.map(|(at, j)| (Place::Statement(at), "refuted".to_owned(), j.statement.latex.clone()));
    let findings = document.findings.iter().enumerate();
    let findings = findings.filter(|(_, f)| f.severity >= Severity::Warning && !is_expected(document, f));
    let findings = findings.map(|(at, f)| (Place::Finding(at), f.code.name.to_owned(), around(document, f.span)));
    // The path is an entry of its own.
    let mut marks = Fingerprints::new("");
    let marked = |(place, code, formula): (Place, String, String)| {
        let fingerprint = marks.mark(&code, &formula);
        let words = formula.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
        let formula: String = words.collect::<Vec<_>>().join(" ").chars().take(200).collect();
        (place, code, fingerprint, formula)
    };
    refuted.chain(findings).map(marked).collect()
}

/// The statements that a span touches, or its own text if there are none.
fn around(document: &DocumentResult, span: Span) -> String {
    let touched = document.statements.iter().map(|j| &j.statement).filter(|s| s.span.overlaps(span));
    let formulas: Vec<&str> = touched.map(|s| s.latex.as_str()).collect();
    if formulas.is_empty() { document.source.slice(span).to_owned() } else { formulas.join(" \\\\ ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, check};

    const WRONG: &str = "For all real $x$: $(x+1)^2 = x^2 + 1$.\n";

    fn checked(text: &str) -> Vec<DocumentResult> {
        vec![check(Source::new("a.md", text), &Options::default())]
    }

    #[test]
    fn accepted_findings_are_known_again_when_lines_move() {
        let path = Path::new("baseline.toml");
        let mut written = Baseline::of(&checked(WRONG), path, &Baseline::default());
        assert_eq!(written.accepted.len(), 1);
        written.accepted[0].reason = "a \"joke\" \\".to_owned();
        let file = std::env::temp_dir().join(format!("rederive-baseline-{}.toml", std::process::id()));
        std::fs::write(&file, written.text()).unwrap();
        let read = Baseline::read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(read, written);
        let clean = |text: &str| {
            let mut documents = checked(text);
            let stale = read.accept(&mut documents, path).len();
            (crate::report::Run::new(&documents).is_clean(), stale)
        };
        assert_eq!(clean(WRONG), (true, 0));
        assert_eq!(clean(&format!("# New\n\nWords.\n\n{}", WRONG.replace(" = ", "  =\n"))), (true, 0));
        assert_eq!(clean(&format!("{WRONG}\n{WRONG}")), (false, 0), "only one of them is accepted");
        assert_eq!(clean(&WRONG.replace("+ 1$", "+ 3$")), (false, 1), "another formula is another finding");
        assert_eq!(clean("Nothing.\n"), (true, 1));
        let again = Baseline::of(&checked(&format!("\n\n{WRONG}")), path, &read);
        assert_eq!(again.accepted[0].reason, "a \"joke\" \\", "reasons are kept");
    }

    #[test]
    fn a_torn_baseline_is_an_error_with_its_line() {
        let file = std::env::temp_dir().join(format!("rederive-torn-{}.toml", std::process::id()));
        for text in [
            "x = 1",
            "[[accepted]]\npath = \"a\"",
            "[[accepted]\n",
            "accepted = 3",
            "[[accepted]]\npath = 1\ncode = \"\"\nfingerprint = \"\"\nformula = \"\"\nreason = \"\"",
        ] {
            std::fs::write(&file, text).unwrap();
            assert!(matches!(Baseline::read(&file), Err(ProjectError::Configuration { .. })), "{text}");
        }
        std::fs::remove_file(&file).unwrap();
    }
}
