//! The verified notes as Markdown: the notes unchanged, a badge after each formula that leads to a footnote with the
//! evidence, the summary on top.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::read::{Document, Formula, Place, ReadProblemKind};
use crate::report::Run;
use crate::report::card;
use crate::report::catalogue::severity;
use crate::report::diagnostic::{evidence, problems};
use crate::report::edition::{Translation, translations};
use crate::report::html::{Entered, Site};
use crate::report::templates::{RenderError, render};
use crate::report::terminal::place;
use crate::report::view::{self, Summary};
use crate::verdict::DocumentResult;

#[derive(Serialize)]
struct Notes<'v> {
    words: BTreeMap<&'static str, String>,
    version: &'static str,
    summary: Summary,
    problems: Vec<Listed>,
    front_md: &'v str,
    body_md: String,
    footnotes: Vec<Footnote>,
}

#[derive(Serialize)]
struct Listed {
    severity: String,
    code: &'static str,
    title: String,
    place: String,
    statement: Option<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Footnote {
    label_md: String,
    mark: &'static str,
    word: String,
    id: String,
    engine: Option<&'static str>,
    sizes: Option<String>,
    notes: Vec<(String, String)>,
    checkers: Vec<(String, String)>,
    repair: Option<String>,
}

/// The notes of one document with their badges.
pub fn notes(run: &Run, result: &DocumentResult, notes: &Document) -> Result<String, RenderError> {
    let cards = card::cards(result, run.lang, card::Extras::default())?;
    let text = result.source.text.as_str();
    // It must stay first, with the end of its last line.
    let front = notes.front.map_or(0, |f| f.end + text.get(f.end..).map_or(0, line_end));
    let mut labels = Labels { text, taken: BTreeSet::new() };
    let (mut body, mut from, mut footnotes) = (String::new(), front, vec![]);
    for (_, formula) in notes.formulas() {
        let mut badges = String::new();
        for (judged, card) in result.statements.iter().zip(&cards) {
            let start = judged.statement.span.start;
            if !card.checkable || start < formula.span.start || start >= formula.span.end {
                continue;
            }
            let label = labels.label(&card.id);
            badges.push_str(&format!(" {}[^{label}]", card.mark));
            footnotes.push(Footnote {
                label_md: label,
                mark: card.mark,
                word: card.word.clone(),
                id: card.id.clone(),
                engine: card.engine,
                sizes: card.sizes.clone(),
                notes: evidence(judged, run.lang),
                checkers: card.checkers.iter().map(|c| (c.name.clone(), c.figures.clone())).collect(),
                repair: card.repair.as_ref().map(|r| r.latex.clone()),
            });
        }
        if badges.is_empty() || formula.span.end < from {
            continue;
        }
        body.push_str(text.get(from..formula.span.end).unwrap_or(""));
        body.push_str(&beside(text, formula, &badges));
        from = formula.span.end;
    }
    body.push_str(text.get(from..).unwrap_or(""));
    body.push_str(&closing(result, notes));
    let view = Notes {
        words: view::words(run.lang),
        version: env!("CARGO_PKG_VERSION"),
        summary: view::summary(run, std::slice::from_ref(result)),
        problems: listed(run, result),
        front_md: text.get(..front).unwrap_or(""),
        body_md: body,
        footnotes,
    };
    render("notes.md", &view)
}

/// The badges in a sentence, or for a display on lines of its own as a paragraph below it.
fn beside(text: &str, formula: &Formula, badges: &str) -> String {
    let before = text.get(..formula.span.start).and_then(|t| t.rsplit('\n').next()).unwrap_or("");
    let after = text.get(formula.span.end..).and_then(|t| t.split('\n').next()).unwrap_or("");
    let prefix_only = before.chars().all(|c| " \t>-+*.)".contains(c) || c.is_ascii_digit());
    if !formula.display || !after.trim().is_empty() || !prefix_only || formula.place == Place::TableCell {
        return badges.to_owned();
    }
    let prefix: String = before.chars().map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect();
    let prefix = prefix.trim_end_matches(' ').len().max(if prefix.contains('>') { 0 } else { prefix.len() });
    let lead: String = before.chars().take(prefix).map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect();
    let gap = if lead.ends_with('>') { " " } else { "" };
    format!("\n{}\n{lead}{gap}{}\n{}", lead.trim_end_matches(' '), badges.trim_start(), lead.trim_end_matches(' '))
}

/// The bytes of the end of a line that a text begins with.
fn line_end(text: &str) -> usize {
    ["\r\n", "\n"].into_iter().find(|end| text.starts_with(end)).map_or(0, str::len)
}

/// What ends an open code fence or comment, so that the footnotes are not swallowed.
fn closing(result: &DocumentResult, notes: &Document) -> String {
    let mut out = String::new();
    if !result.source.text.ends_with('\n') {
        out.push('\n');
    }
    for problem in &notes.problems {
        match problem.kind {
            ReadProblemKind::UnclosedFence => {
                let opened = result.source.slice(problem.span).trim_start();
                let c = opened.chars().next().filter(|c| "`~:".contains(*c)).unwrap_or('`');
                let length = opened.chars().take_while(|o| *o == c).count().max(3);
                out.push_str(&format!("{}\n", c.to_string().repeat(length)));
            }
            ReadProblemKind::UnclosedComment => out.push_str("-->\n"),
            _ => {}
        }
    }
    out
}

/// Labels of footnotes that neither the notes nor one another use.
struct Labels<'t> {
    text: &'t str,
    taken: BTreeSet<String>,
}

impl Labels<'_> {
    fn label(&mut self, id: &str) -> String {
        let safe: String =
            id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' }).collect();
        let free = |label: &String| !self.taken.contains(label) && !self.text.contains(&format!("[^{label}]"));
        let base = format!("re-{}", safe.to_lowercase());
        let label =
            (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") }).find(free).unwrap_or(base.clone());
        self.taken.insert(label.clone());
        label
    }
}

fn listed(run: &Run, result: &DocumentResult) -> Vec<Listed> {
    let all = problems(result, run.lang);
    all.into_iter()
        .map(|p| Listed {
            severity: severity(p.severity, run.lang),
            code: p.code,
            place: place(&result.source, p.span),
            title: p.title,
            statement: p.statement,
            notes: p.notes.iter().map(|(label, text)| format!("{label}: {text}")).chain(p.help).collect(),
        })
        .collect()
}

/// The problems of all documents and the counts, as Markdown.
pub fn check(run: &Run) -> Result<String, RenderError> {
    #[derive(Serialize)]
    struct Check {
        words: BTreeMap<&'static str, String>,
        summary: Summary,
        problems: Vec<Listed>,
    }
    let problems = run.documents.iter().flat_map(|d| listed(run, d)).collect();
    render("check.md", &Check { words: view::words(run.lang), summary: view::summary(run, run.documents), problems })
}

/// The list of all documents, as Markdown.
pub fn index(site: &Site, documents: &[Entered]) -> Result<String, RenderError> {
    #[derive(Serialize)]
    struct Index<'v> {
        words: &'v BTreeMap<&'static str, String>,
        summary: Summary,
        documents: &'v [Entered],
        translations: Vec<Translation>,
    }
    let translations = translations(site.run.editions, "index", "", "md");
    let summary = view::summary(site.run, site.run.documents);
    render("index.md", &Index { words: &site.words, summary, documents, translations })
}
