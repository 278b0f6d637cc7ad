//! What a student is asked about a statement, and shown: question, hints, an example in small numbers, an exercise.

use serde::Serialize;

use crate::claim::Verdict;
use crate::message::{Lang, Message};
use crate::notation::tex::Macros;
use crate::report::card::{Step, Worked, shown};
use crate::report::derivation::says;
use crate::report::diagnostic::point;
use crate::report::escape;
use crate::report::typeset::plain;
use crate::study::{example, exercise};
use crate::verdict::{DocumentResult, Judged};

/// A statement for a student.
#[derive(Serialize)]
pub struct Study {
    pub question: String,
    /// What the question is about.
    pub math_html: String,
    /// The rules that the derivation uses, in order.
    pub rules: Vec<String>,
    pub example: Option<Example>,
    pub exercise: Option<Exercise>,
}

/// A claim in small numbers.
#[derive(Serialize)]
pub struct Example {
    pub at: String,
    /// `p = (0.665, 0.245, 0.09)`
    pub values: Vec<String>,
    pub sides: Vec<Worked>,
}

/// A line to be found again.
#[derive(Serialize)]
pub struct Exercise {
    pub math_html: String,
    pub command: String,
    pub solution_html: String,
}

/// The statement of a document for a student.
pub fn study(document: &DocumentResult, at: usize, macros: &Macros, lang: Lang) -> Study {
    let Some(judged) = document.statements.get(at) else {
        let (question, math_html) = (String::new(), String::new());
        return Study { question, math_html, rules: vec![], example: None, exercise: None };
    };
    let hidden = exercise(document, at);
    let refuted = judged.judgement.verdict == Verdict::Refuted;
    let key = match &hidden {
        Some(_) => "study-what",
        None if refuted => "study-wrong",
        None => "study-why",
    };
    let shown = hidden.as_ref().map_or(judged.statement.latex.as_str(), |e| e.shown.as_str());
    Study {
        question: Message::new(key).text(lang),
        math_html: plain(shown, macros, false),
        rules: rules(judged, lang),
        example: if refuted { None } else { judged.statement.claim.as_ref().and_then(|c| worked(&example(c)?, lang)) },
        exercise: hidden.map(|e| {
            let (id, path) = (escape::shell(&e.id), escape::shell(&document.source.path));
            Exercise {
                math_html: plain(&e.shown, macros, false),
                command: format!("rederive answer {id} '…' {path}"),
                solution_html: plain(&e.hidden, macros, false),
            }
        }),
    }
}

/// The names of the rules in a derivation, each once.
fn rules(judged: &Judged, lang: Lang) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for step in &judged.judgement.steps {
        let named = crate::algebra::stepwise::rule_named(&step.rule).map(|r| says(r, lang));
        out.extend(named.filter(|n| !out.contains(n)));
    }
    out
}

fn worked(example: &crate::study::Example, lang: Lang) -> Option<Example> {
    let names = ["report-left", "report-right"].map(|key| Message::new(key).text(lang));
    let side = |(name, steps): (String, &Vec<crate::verdict::Step>)| {
        let lines: Vec<Step> = steps.iter().map(|s| Step { why: String::new(), ..shown(s, lang) }).collect();
        Some(Worked { name, value: lines.last()?.text.clone(), lines })
    };
    let at = point(&example.point.shown(), lang);
    let values = example.values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let sides: Option<Vec<Worked>> = names.into_iter().zip(&example.sides).map(side).collect();
    Some(Example { at, values, sides: sides? })
}
