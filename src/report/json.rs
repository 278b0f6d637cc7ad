//! JSON: the contract `rederive/1`. Fields may be added, never removed; strings that have nothing to say are empty.

use serde::{Serialize, Serializer};

use crate::message::Lang;
use crate::report::Run;
use crate::report::count::Counts;
use crate::report::derivation;
use crate::report::diagnostic::repaired;
use crate::report::expectation::is_expected;
use crate::source::Span;
use crate::verdict::{DocumentResult, Judged, Sizes};

/// The schema's name.
pub const SCHEMA: &str = "rederive/1";

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    tool: Tool,
    documents: Vec<Document>,
    summary: Summary,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
struct Document {
    path: String,
    statements: Vec<Statement>,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Statement {
    id: String,
    kind: &'static str,
    relation: String,
    latex: String,
    read: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<usize>,
    lines: [usize; 2],
    span: [usize; 2],
    verdict: &'static str,
    expected: Option<&'static str>,
    engine: &'static str,
    reason: String,
    sizes: SizesField,
    givens: Vec<Given>,
    conditions: Vec<String>,
    axioms: Vec<String>,
    counterexample: Option<Counterexample>,
    suggestion: Option<Suggestion>,
    /// The wrong part of a refuted statement, in bytes of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<[usize; 2]>,
    /// What else is known: values line by line, how the sides differ, both sides worked out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    checkers: Vec<Checker>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derivation: Vec<DerivationStep>,
}

/// A line of a derivation, where one was asked for.
#[derive(Serialize)]
struct DerivationStep {
    rule: String,
    sign: &'static str,
    text: String,
    latex: String,
    why: String,
    line: Option<usize>,
    conditions: Vec<String>,
}

enum SizesField {
    All,
    Tried(Vec<u64>),
    Silent,
}

/// `"all"`, a list of sizes, or `null`.
impl Serialize for SizesField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            SizesField::All => serializer.serialize_str("all"),
            SizesField::Tried(sizes) => sizes.serialize(serializer),
            SizesField::Silent => serializer.serialize_none(),
        }
    }
}

#[derive(Serialize)]
struct Given {
    text: String,
    line: Option<usize>,
}

#[derive(Serialize)]
struct Counterexample {
    at: serde_json::Map<String, serde_json::Value>,
    left: String,
    right: String,
}

#[derive(Serialize)]
struct Suggestion {
    latex: String,
    #[serde(flatten)]
    fix: Option<Fix>,
}

/// The change of the notes that makes it.
#[derive(Serialize)]
struct Fix {
    span: [usize; 2],
    replacement: String,
}

#[derive(Serialize)]
struct Checker {
    name: String,
    verdict: &'static str,
    instances: u64,
    sizes: Vec<u64>,
    seed: u64,
    worst: Option<String>,
}

#[derive(Serialize)]
struct Finding {
    id: Option<String>,
    code: &'static str,
    severity: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<usize>,
    lines: [usize; 2],
    span: [usize; 2],
    expected: bool,
    fix: Option<Fix>,
}

#[derive(Serialize)]
struct Summary {
    #[serde(flatten)]
    counts: Counts,
    seconds: f64,
}

/// The whole run as one JSON object, indented.
pub fn json(run: &Run) -> String {
    let documents = run.documents.iter().map(|d| document(d, run.lang)).collect();
    let report = Report { schema: SCHEMA, tool: TOOL, documents, summary: summary(run) };
    line(serde_json::to_string_pretty(&report))
}

/// A line with a JSON object for each document, and a last one with the summary.
pub fn jsonl(run: &Run) -> String {
    #[derive(Serialize)]
    struct Line {
        schema: &'static str,
        #[serde(flatten)]
        document: Document,
    }
    #[derive(Serialize)]
    struct Last {
        schema: &'static str,
        tool: Tool,
        summary: Summary,
    }
    let mut out: String = run
        .documents
        .iter()
        .map(|d| line(serde_json::to_string(&Line { schema: SCHEMA, document: document(d, run.lang) })))
        .collect();
    out.push_str(&line(serde_json::to_string(&Last { schema: SCHEMA, tool: TOOL, summary: summary(run) })));
    out
}

/// These types have string keys and finite numbers only, so serialising cannot fail.
fn line(text: serde_json::Result<String>) -> String {
    let mut text = text.unwrap_or_default();
    text.push('\n');
    text
}

fn summary(run: &Run) -> Summary {
    let seconds = if run.seconds.is_finite() { run.seconds } else { 0.0 };
    Summary { counts: Counts::of(run.documents), seconds }
}

fn document(d: &DocumentResult, lang: Lang) -> Document {
    Document {
        path: d.source.path.clone(),
        statements: d.statements.iter().map(|s| statement(d, s, lang)).collect(),
        findings: d
            .findings
            .iter()
            .map(|f| {
                let (first, last) = d.source.lines(f.span);
                Finding {
                    id: f.statement.clone(),
                    code: f.code.name,
                    severity: f.severity.word(),
                    message: f.message.text(lang),
                    cell: d.source.cell(f.span.start),
                    lines: [first, last],
                    span: bytes(d, f.span),
                    expected: is_expected(d, f),
                    fix: f.edit.as_ref().map(|e| Fix { span: bytes(d, e.span), replacement: e.replacement.clone() }),
                }
            })
            .collect(),
    }
}

/// The bytes of the file; in a notebook those of the string that holds the text.
fn bytes(d: &DocumentResult, span: Span) -> [usize; 2] {
    let span = d.source.in_file(span);
    [span.start, span.end]
}

fn statement(d: &DocumentResult, judged: &Judged, lang: Lang) -> Statement {
    let (s, j) = (&judged.statement, &judged.judgement);
    let (first, last) = d.source.lines(s.span);
    Statement {
        id: s.id.clone(),
        kind: s.kind.word(),
        relation: s.relation.clone(),
        latex: s.latex.clone(),
        read: s.read.clone(),
        cell: d.source.cell(s.span.start),
        lines: [first, last],
        span: bytes(d, s.span),
        verdict: j.verdict.word(),
        expected: s.expected.as_ref().map(|e| e.verdict.word()),
        engine: j.engine.unwrap_or(""),
        reason: j.reason.as_ref().map(|r| r.text(lang)).unwrap_or_default(),
        sizes: match &j.sizes {
            Sizes::All => SizesField::All,
            Sizes::Tried(sizes) => SizesField::Tried(sizes.clone()),
            Sizes::Silent => SizesField::Silent,
        },
        givens: j.used.iter().map(|g| Given { text: g.text.clone(), line: g.line }).collect(),
        conditions: j.conditions.clone(),
        axioms: j.axioms(),
        counterexample: j.counterexample.as_ref().map(|c| Counterexample {
            at: c.at.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect(),
            left: c.left.clone(),
            right: c.right.clone(),
        }),
        suggestion: j.suggestion.as_ref().map(|latex| Suggestion {
            latex: latex.clone(),
            fix: repaired(&d.source, s.span, latex)
                .map(|(span, replacement)| Fix { span: bytes(d, span), replacement }),
        }),
        part: j.part.map(|_| judged.place()).map(|p| [p.start, p.end]),
        notes: j.notes.iter().map(|n| n.text(lang)).collect(),
        checkers: j
            .checkers
            .iter()
            .map(|c| Checker {
                name: c.name.clone(),
                verdict: c.verdict.word(),
                instances: c.instances,
                sizes: c.sizes.clone(),
                seed: c.seed,
                worst: crate::report::catalogue::decade(c.worst),
            })
            .collect(),
        derivation: j
            .steps
            .iter()
            .map(|step| DerivationStep {
                rule: step.rule.clone(),
                sign: step.sign,
                text: step.text.clone(),
                latex: step.latex.clone(),
                why: derivation::why(step, lang),
                line: step.line,
                conditions: step.conditions.iter().map(|c| derivation::needed(c, lang)).collect(),
            })
            .collect(),
    }
}
