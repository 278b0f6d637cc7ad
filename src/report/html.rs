//! The verified notes as pages: one for each document, and an index.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::claim::Verdict;
use crate::diag::Severity;
use crate::message::{Lang, Message};
use crate::notation::tex::MATHML_CSS;
use crate::read::{Block, Document, Formula};
use crate::report::Run;
use crate::report::card::{self, Card};
use crate::report::catalogue::severity;
use crate::report::compare::Change;
use crate::report::diagnostic::{Problem, problems};
use crate::report::digest::source_expression;
use crate::report::edition::{Translation, translations};
use crate::report::escape;
use crate::report::expectation::is_expected;
use crate::report::link::Links;
use crate::report::splice::{Entry, Parts, Piece, splice};
use crate::report::templates::{RenderError, SCRIPT, STYLE, render};
use crate::report::typeset::{Place, plain, typeset};
use crate::report::view::{self, Summary};
use crate::source::Span;
use crate::verdict::DocumentResult;

/// What is the same on every page of a report.
pub struct Site<'a> {
    /// The run.
    pub run: &'a Run<'a>,
    /// The words of the templates.
    pub words: BTreeMap<&'static str, String>,
    /// Path of notes → path of their page from the root of the report.
    pub pages: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Page<'v> {
    lang: &'static str,
    version: &'static str,
    title: String,
    path: &'v str,
    words: &'v BTreeMap<&'static str, String>,
    summary: Summary,
    body_html: &'v str,
    contents: &'v [Entry],
    problems: &'v [Listed],
    statements: &'v [Card],
    source: Vec<Line>,
    student: bool,
    changes: Vec<Change>,
    translations: Vec<Translation>,
    command: String,
    index: String,
    policy: String,
    style_html: String,
    script_html: &'static str,
}

/// A problem in the list of a page.
#[derive(Serialize)]
pub struct Listed {
    severity: &'static str,
    level: String,
    code: &'static str,
    title: String,
    line: usize,
    /// Where on the page.
    anchor: String,
    notes: Vec<String>,
    help: Option<String>,
    /// Where in the source.
    #[serde(skip)]
    span: Span,
}

#[derive(Serialize)]
struct Line {
    number: usize,
    text: String,
    verdict: &'static str,
    mark: &'static str,
}

/// The page of one document.
pub fn page(site: &Site, result: &DocumentResult, notes: &Document, name: &str) -> Result<String, RenderError> {
    let run = site.run;
    let cards = card::cards(result, run.lang, card::Extras { plots: true, study: run.student })?;
    let root = "../".repeat(name.matches('/').count());
    let links = Links { from: result.source.path.clone(), root: root.clone(), pages: site.pages.clone() };
    let problems: Vec<Listed> = problems(result, run.lang).iter().map(|p| listed(result, p, run.lang)).collect();
    let sheet = Sheet { site, result, notes, cards: &cards, problems: &problems };
    let mut pieces = vec![];
    for (_, formula) in notes.formulas() {
        pieces.push(sheet.piece(formula)?);
    }
    let image = Message::new("report-image").with("text", "").text(run.lang);
    let titles: BTreeSet<String> = titles(notes).map(str::to_owned).collect();
    let parts = Parts { pieces: &pieces, links: &links, pictures: run.pictures, image: image.trim(), titles: &titles };
    let body = splice(notes, &parts);
    let summary = view::summary(run, std::slice::from_ref(result));
    let style_html = style(&summary);
    let view = Page {
        lang: run.lang.tag(),
        version: env!("CARGO_PKG_VERSION"),
        title: heading(notes).unwrap_or_else(|| result.source.path.clone()),
        path: &result.source.path,
        words: &site.words,
        summary,
        body_html: &body.html,
        contents: &body.contents,
        problems: &problems,
        statements: &cards,
        source: lines(result),
        student: run.student,
        changes: run.previous.map(|p| p.changes(result, run.lang)).unwrap_or_default(),
        translations: translations(run.editions, name, &root, "html"),
        command: format!("rederive check {}", escape::shell(&result.source.path)),
        index: format!("{root}index.html"),
        policy: policy(&style_html),
        style_html,
        script_html: SCRIPT,
    };
    render("report.html", &view)
}

/// The style sheet with the widths of the bar, so that no `style` attribute is needed.
pub fn style(summary: &Summary) -> String {
    let shares = summary.shares.iter().map(|s| format!(".seg.v-{}{{flex-grow:{}}}", s.verdict, s.count));
    format!("{STYLE}{MATHML_CSS}{}", shares.collect::<String>())
}

/// Nothing is loaded, and only our own style and script count.
pub fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; img-src data:; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        source_expression(style),
        source_expression(SCRIPT)
    )
}

/// What the formulas of a document are set from.
struct Sheet<'v> {
    site: &'v Site<'v>,
    result: &'v DocumentResult,
    notes: &'v Document,
    cards: &'v [Card],
    problems: &'v [Listed],
}

impl Sheet<'_> {
    fn piece(&self, formula: &Formula) -> Result<Piece, RenderError> {
        let (mut places, mut shown) = (vec![], vec![]);
        let within = |span: Span| formula.span.start <= span.start && span.start < formula.span.end;
        for (judged, card) in self.result.statements.iter().zip(self.cards) {
            if !within(judged.statement.span) {
                continue;
            }
            if formula.display || card::has_inline_mark(judged) {
                let verdict = judged.judgement.verdict;
                let wrong = judged.judgement.part.map(|_| judged.place());
                places.push(Place {
                    span: judged.statement.span,
                    verdict,
                    mark: mark(card),
                    inside: inside(card),
                    wrong,
                });
            }
            if card.checkable {
                shown.push(card);
            }
        }
        let told = |p: &&Listed| p.code != "refuted" && p.code != "unmet-expectation" && p.span.overlaps(formula.span);
        let findings: Vec<&Listed> = self.problems.iter().filter(told).collect();
        let cards = render("cards.html", &Cards { cards: &shown, findings: &findings, words: &self.site.words })?;
        let set = typeset(&formula.extract, &self.notes.macros, formula.display, &places);
        let marks: String = set.loose.iter().filter_map(|&i| places.get(i)).map(|p| p.mark.as_str()).collect();
        let figure = if formula.display {
            render("figure.html", &Figure { math_html: &set.math, marks_html: &marks, cards_html: &cards })?
        } else {
            String::new()
        };
        Ok(Piece {
            span: formula.span,
            block: formula.display,
            figure,
            inline: in_sentence(&set.math, &marks, &places),
            bare: plain(&formula.extract.text, &self.notes.macros, false),
            cards: cards.trim().to_owned(),
        })
    }
}

#[derive(Serialize)]
struct Cards<'v> {
    cards: &'v [&'v Card],
    findings: &'v [&'v Listed],
    words: &'v BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Figure<'v> {
    math_html: &'v str,
    marks_html: &'v str,
    cards_html: &'v str,
}

/// A formula with its marks close behind it; the style sheet keeps a line break from parting them.
fn in_sentence(math: &str, marks: &str, places: &[Place]) -> String {
    let verdicts: BTreeSet<&str> = places.iter().map(|p| p.verdict.word()).collect();
    let classes: String = verdicts.iter().map(|v| format!(" v-{v}")).collect();
    let marks = if marks.is_empty() { String::new() } else { format!("<span class=\"marks\">{marks}</span>") };
    format!("<span class=\"formula{classes}\">{math}{marks}</span>")
}

/// The mark of a statement inside of a formula. What is in a formula is read as one thing, so it is no link; the script
/// leads from it to the card, which stands below the formula anyway.
fn inside(card: &Card) -> String {
    format!(
        "<span class=\"mark v-{}\" data-card=\"{}\" title=\"{}\">{}</span>",
        card.verdict,
        escape::html(&card.anchor),
        escape::html(&card.word),
        card.mark
    )
}

/// The mark of a statement: a link to its card.
fn mark(card: &Card) -> String {
    format!(
        "<a class=\"mark v-{}\" href=\"#{}\" title=\"{}\"><span aria-hidden=\"true\">{}</span><span class=\"word\">{}</span></a>",
        card.verdict,
        escape::html(&card.anchor),
        escape::html(&card.word),
        card.mark,
        escape::html(&card.word)
    )
}

fn listed(result: &DocumentResult, problem: &Problem, lang: Lang) -> Listed {
    let line = result.source.row(problem.span.start);
    Listed {
        severity: problem.severity.word(),
        level: severity(problem.severity, lang),
        code: problem.code,
        title: problem.title.clone(),
        line,
        anchor: match &problem.statement {
            Some(id) if result.statements.iter().any(|j| j.statement.id == *id) => {
                format!("claim-{}", escape::anchor(id))
            }
            _ => format!("L{line}"),
        },
        notes: problem.notes.iter().map(|(label, text)| format!("{label}: {text}")).collect(),
        help: problem.help.clone(),
        span: problem.span,
    }
}

/// The lines of the source, each with the gravest verdict on it.
fn lines(result: &DocumentResult) -> Vec<Line> {
    let mut worst: BTreeMap<usize, Verdict> = BTreeMap::new();
    let mut note = |span: Span, verdict: Verdict| {
        let (first, last) = (result.source.row(span.start), result.source.row(span.end.max(span.start + 1) - 1));
        for line in first..=last {
            let slot = worst.entry(line).or_insert(verdict);
            if gravity(verdict) > gravity(*slot) {
                *slot = verdict;
            }
        }
    };
    for judged in &result.statements {
        note(judged.statement.span, judged.judgement.verdict);
    }
    for finding in result.findings.iter().filter(|f| f.severity == Severity::Error && !is_expected(result, f)) {
        note(finding.span, Verdict::Refuted);
    }
    let last = result.source.line_count();
    let last = if result.source.line_text(last).is_empty() { last - 1 } else { last };
    (1..=last)
        .map(|number| {
            let verdict = worst.get(&number).copied();
            Line {
                number,
                text: result.source.line_text(number).to_owned(),
                verdict: verdict.map_or("", Verdict::word),
                mark: verdict.map_or("", crate::report::catalogue::mark),
            }
        })
        .collect()
}

fn gravity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::None => 0,
        Verdict::Proved => 1,
        Verdict::Confirmed => 2,
        Verdict::Conditional => 3,
        Verdict::Unread => 4,
        Verdict::Undecided => 5,
        Verdict::Refuted => 6,
    }
}

#[derive(Serialize)]
struct Index<'v> {
    lang: &'static str,
    version: &'static str,
    words: &'v BTreeMap<&'static str, String>,
    summary: Summary,
    documents: Vec<Entered>,
    translations: Vec<Translation>,
    policy: String,
    style_html: String,
    script_html: &'static str,
}

/// A document in the index.
#[derive(Serialize)]
pub struct Entered {
    /// Its heading.
    pub title: String,
    /// Its path.
    pub path: String,
    /// Its page from the root, without extension.
    pub name: String,
    /// Its counts.
    pub summary: Summary,
    /// Its problems.
    pub problems: Vec<Listed>,
    /// What changed since the previous run.
    pub changes: Vec<Change>,
}

/// The documents as the indices list them. `names` and `notes` go with the documents.
pub fn entered(site: &Site, notes: &[Document], names: &[String]) -> Vec<Entered> {
    let documents = site.run.documents.iter().zip(notes).zip(names);
    documents
        .map(|((result, notes), name)| Entered {
            title: heading(notes).unwrap_or_else(|| result.source.path.clone()),
            path: result.source.path.clone(),
            name: name.clone(),
            summary: view::summary(site.run, std::slice::from_ref(result)),
            problems: problems(result, site.run.lang).iter().map(|p| listed(result, p, site.run.lang)).collect(),
            changes: site.run.previous.map(|p| p.changes(result, site.run.lang)).unwrap_or_default(),
        })
        .collect()
}

/// The first heading, or else the first line that looks like a title.
fn heading(notes: &Document) -> Option<String> {
    let headings = notes.sections.iter().map(|s| s.title.trim()).filter(|t| !t.is_empty());
    headings.chain(titles(notes)).next().map(str::to_owned)
}

/// Lines that are titles without being marked as headings; notes that mark theirs have none, but short lines before
/// displays.
fn titles(notes: &Document) -> impl Iterator<Item = &str> {
    let marked = notes.blocks.iter().any(|b| matches!(b, Block::Heading { .. }));
    notes.blocks.iter().filter(move |_| !marked).filter_map(|block| match block {
        Block::Prose(prose) if prose.is_title_like() => Some(prose.text.trim()),
        _ => None,
    })
}

/// The page that lists all documents.
pub fn index(site: &Site, documents: Vec<Entered>) -> Result<String, RenderError> {
    let summary = view::summary(site.run, site.run.documents);
    let style_html = style(&summary);
    render(
        "index.html",
        &Index {
            lang: site.run.lang.tag(),
            version: env!("CARGO_PKG_VERSION"),
            words: &site.words,
            summary,
            documents,
            translations: translations(site.run.editions, "index", "", "html"),
            policy: policy(&style_html),
            style_html,
            script_html: SCRIPT,
        },
    )
}
