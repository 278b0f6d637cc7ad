//! The card of a statement: all its evidence as plain data for the templates.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::claim::{Kind, Verdict};
use crate::edit::difference::difference;
use crate::message::{Lang, Message};
use crate::notation::tex::Macros;
use crate::report::catalogue::{checker, first_witness, kind, mark, sizes, word};
use crate::report::derivation;
use crate::report::diagnostic::{point, tidy};
use crate::report::escape;
use crate::report::plot::{Plot, plot};
use crate::report::reading::reading;
use crate::report::study::{self, Study};
use crate::report::templates::{RenderError, render};
use crate::report::typeset::{changed, marked, plain};
use crate::report::view;
use crate::source::Span;
use crate::verdict::{self, DocumentResult, Judged};

/// A statement with all its evidence.
#[derive(Serialize)]
pub struct Card {
    pub id: String,
    pub anchor: String,
    /// The contract's word, a class in the page.
    pub verdict: &'static str,
    pub word: String,
    pub mark: &'static str,
    pub kind: String,
    /// Which relation of its formula, `None` if it is the only one.
    pub step: Option<String>,
    pub checkable: bool,
    pub read: String,
    pub written: String,
    /// The statement alone, to be copied.
    pub latex: String,
    pub math_html: String,
    pub line: usize,
    pub expected: Option<String>,
    pub met: bool,
    pub engine: Option<&'static str>,
    pub sizes: Option<String>,
    /// Engine and sizes in a line.
    pub witness: Option<String>,
    pub reason: Option<String>,
    pub conditions: Vec<String>,
    /// Rules taken over without proof.
    pub axioms: Vec<String>,
    pub givens: Vec<Given>,
    pub steps: Vec<Step>,
    pub checkers: Vec<Outcome>,
    pub counterexample: Option<Counterexample>,
    pub notes: Vec<String>,
    pub repair: Option<Repair>,
    pub command: String,
    /// A picture of the claim, on pages.
    pub plot_html: Option<String>,
    /// What a student is asked and shown, on pages for students.
    pub study: Option<Study>,
}

/// What goes on the cards beside the evidence.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras {
    /// Pictures.
    pub plots: bool,
    /// Questions, examples and exercises.
    pub study: bool,
}

/// Something assumed, with its line.
#[derive(Serialize)]
pub struct Given {
    pub text: String,
    pub line: Option<usize>,
}

/// A step of a derivation.
#[derive(Serialize)]
pub struct Step {
    pub sign: &'static str,
    pub text: String,
    pub math_html: Option<String>,
    /// The rule and what it says.
    pub why: String,
    /// The line of the notes that it uses.
    pub line: Option<usize>,
    pub conditions: Vec<String>,
}

/// What a checker found.
#[derive(Serialize)]
pub struct Outcome {
    pub name: String,
    pub figures: String,
}

/// Both sides at a point, each from the values put in to its value.
#[derive(Serialize)]
pub struct Counterexample {
    pub at: String,
    pub sides: Vec<Worked>,
}

/// A side worked out.
#[derive(Serialize)]
pub struct Worked {
    pub name: String,
    pub value: String,
    pub lines: Vec<Step>,
}

/// What is written, and what would be right: the change with a little of what stands around it.
#[derive(Serialize)]
pub struct Repair {
    pub before: String,
    pub old: String,
    pub new: String,
    pub after: String,
    pub latex: String,
    pub math_html: String,
}

/// The cards of a document, in the order of its statements.
pub fn cards(document: &DocumentResult, lang: Lang, extras: Extras) -> Result<Vec<Card>, RenderError> {
    let macros = Macros::read(&document.source.macros);
    let mut relations: BTreeMap<usize, usize> = BTreeMap::new();
    document.statements.iter().for_each(|j| *relations.entry(j.statement.block).or_default() += 1);
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    document
        .statements
        .iter()
        .enumerate()
        .map(|(at, judged)| {
            let block = judged.statement.block;
            let number = seen.entry(block).or_default();
            *number += 1;
            let several = relations.get(&block).is_some_and(|n| *n > 1);
            let step = several.then(|| Message::new("report-step").with("number", *number).text(lang));
            let mut card = card(document, judged, step, &macros, lang);
            let drawn = if extras.plots && card.checkable { plot(judged, lang) } else { None };
            card.plot_html = drawn.map(|p| render("plot.html", &Pictured::new(&card.anchor, &p, lang))).transpose()?;
            card.study = (extras.study && card.checkable).then(|| study::study(document, at, &macros, lang));
            Ok(card)
        })
        .collect()
}

fn card(document: &DocumentResult, judged: &Judged, step: Option<String>, macros: &Macros, lang: Lang) -> Card {
    let (s, j) = (&judged.statement, &judged.judgement);
    let span = tidy(&document.source, s.span);
    let written = document.source.slice(span).to_owned();
    let (before, after) = j.steps.split_at(j.steps.iter().position(is_point).unwrap_or(j.steps.len()));
    let sides = j.counterexample.as_ref().map(|c| worked(c, after, lang)).unwrap_or_default();
    Card {
        id: s.id.clone(),
        anchor: format!("claim-{}", escape::anchor(&s.id)),
        verdict: j.verdict.word(),
        word: word(j.verdict, lang),
        mark: mark(j.verdict),
        kind: kind(s.kind, lang),
        step,
        checkable: j.verdict != Verdict::None || judged.is_unexpected(),
        read: reading(&s.read, lang),
        math_html: marked(&s.latex, macros, wrong_part(document, judged), "wrong"),
        line: document.source.row(span.start),
        expected: s.expected.as_ref().map(|e| word(e.verdict, lang)),
        met: !judged.is_unexpected(),
        engine: j.engine,
        sizes: sizes(&j.sizes, lang),
        witness: first_witness(j, lang),
        reason: j.reason.as_ref().map(|r| r.text(lang)),
        conditions: j.conditions.iter().map(|c| reading(c, lang)).collect(),
        axioms: j.axioms(),
        givens: j.used.iter().map(|g| Given { text: reading(&g.text, lang), line: g.line }).collect(),
        steps: before.iter().map(|step| shown(step, lang)).collect(),
        checkers: j.checkers.iter().map(|c| Outcome { name: c.name.clone(), figures: checker(c, lang) }).collect(),
        notes: j.notes.iter().filter(|n| sides.is_empty() || !is_worked(n)).map(|n| n.text(lang)).collect(),
        counterexample: j.counterexample.as_ref().map(|c| Counterexample { at: point(&c.at, lang), sides }),
        repair: j.suggestion.as_ref().map(|new| repair(&written, new, macros)),
        latex: s.latex.clone(),
        command: format!("rederive explain {} {}", escape::shell(&s.id), escape::shell(&document.source.path)),
        written,
        plot_html: None,
        study: None,
    }
}

/// A picture with the words around it.
#[derive(Serialize)]
struct Pictured<'v> {
    anchor: &'v str,
    plot: &'v Plot,
    words: BTreeMap<&'static str, String>,
}

impl<'v> Pictured<'v> {
    fn new(anchor: &'v str, plot: &'v Plot, lang: Lang) -> Pictured<'v> {
        Pictured { anchor, plot, words: view::words(lang) }
    }
}

/// A step as the page shows it.
pub fn shown(step: &verdict::Step, lang: Lang) -> Step {
    Step {
        sign: step.sign,
        text: step.text.clone(),
        math_html: (!step.latex.is_empty()).then(|| changed(&step.latex, &step.changed_latex)),
        why: derivation::reason(step, lang),
        line: step.line,
        conditions: step.conditions.iter().map(|c| derivation::needed(c, lang)).collect(),
    }
}

/// Whether the values of a counterexample are put in from this step on.
fn is_point(step: &verdict::Step) -> bool {
    step.rule == "counterexample"
}

/// Whether a note says in a line what [`worked`] shows.
fn is_worked(note: &Message) -> bool {
    matches!(note.key, "note-left-worked" | "note-right-worked")
}

/// Both sides of a relation at its counterexample, with the lines of their evaluation among `steps`.
fn worked(c: &verdict::Shown, steps: &[verdict::Step], lang: Lang) -> Vec<Worked> {
    let starts: Vec<usize> = (0..steps.len()).filter(|i| steps.get(*i).is_some_and(|s| s.rule == "values")).collect();
    let ends = starts.iter().skip(1).copied().chain([steps.len()]);
    let mut lines: Vec<Vec<Step>> = starts
        .iter()
        .zip(ends)
        .map(|(from, to)| {
            steps.get(*from..to).unwrap_or(&[]).iter().map(|s| Step { why: String::new(), ..shown(s, lang) })
        })
        .map(Iterator::collect)
        .collect();
    lines.resize_with(2, Vec::new);
    let names = [("report-left", &c.left), ("report-right", &c.right)];
    let side = |((key, value), lines): ((&'static str, &String), Vec<Step>)| Worked {
        name: Message::new(key).text(lang),
        value: value.clone(),
        // A line that only says the value again says nothing.
        lines: if lines.len() > 1 { lines } else { vec![] },
    };
    names.into_iter().zip(lines).map(side).collect()
}

/// The wrong part of a refuted statement in its text.
fn wrong_part(document: &DocumentResult, judged: &Judged) -> Option<Span> {
    let s = &judged.statement;
    judged.judgement.part.filter(|_| document.source.slice(s.span) == s.latex)
}

/// So much of a line is shown before and behind what changes, in characters.
const AROUND: usize = 24;

fn repair(written: &str, new: &str, macros: &Macros) -> Repair {
    let new = new.trim();
    let Some(d) = difference(written, new) else {
        let (before, after) = (String::new(), String::new());
        let math_html = plain(new, macros, false);
        return Repair {
            before,
            old: written.to_owned(),
            new: new.to_owned(),
            after,
            latex: new.to_owned(),
            math_html,
        };
    };
    let (head, tail) = (written.get(..d.old.start).unwrap_or(""), written.get(d.old.end..).unwrap_or(""));
    let from = head.char_indices().rev().nth(AROUND).map(|(i, _)| i);
    let to = tail.char_indices().nth(AROUND).map(|(i, _)| i);
    let place = Span::new(d.old.start, d.old.start + d.new.len());
    Repair {
        before: from.map_or_else(|| head.to_owned(), |i| format!("…{}", head.get(i..).unwrap_or(""))),
        old: written.get(d.old.clone()).unwrap_or("").to_owned(),
        after: to.map_or_else(|| tail.to_owned(), |i| format!("{}…", tail.get(..i).unwrap_or(""))),
        latex: new.to_owned(),
        math_html: marked(new, macros, Some(place).filter(|p| !p.range().is_empty()), "mended"),
        new: d.new,
    }
}

/// Whether a statement has a mark of its own beside an inline formula: a bare expression in a sentence has none.
pub fn has_inline_mark(judged: &Judged) -> bool {
    judged.statement.kind != Kind::Expression || judged.judgement.verdict != Verdict::None
}
