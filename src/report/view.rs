//! What templates see: plain data, words already in their language. A field whose name ends in `_html` holds markup that
//! we made ourselves; everything else is text, and templates escape it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::claim::{Kind, Verdict};
use crate::message::{Lang, Message};
use crate::notation::tex::Macros;
use crate::report::Run;
use crate::report::catalogue::{checker, first_witness, mark, sizes, word};
use crate::report::count::Counts;
use crate::report::derivation;
use crate::report::diagnostic::{point, tidy};
use crate::report::escape;
use crate::report::typeset::{changed, plain};
use crate::verdict::{DocumentResult, Judged};

/// A statement with all its evidence.
#[derive(Serialize)]
pub struct Card {
    pub id: String,
    pub anchor: String,
    /// The contract's word, a class in the page.
    pub verdict: &'static str,
    pub word: String,
    pub mark: &'static str,
    pub kind: &'static str,
    /// Which relation of its formula, `None` if it is the only one.
    pub step: Option<String>,
    pub checkable: bool,
    pub read: String,
    pub written: String,
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
    pub counterexample: Option<Sides>,
    pub notes: Vec<String>,
    pub repair: Option<Repair>,
    pub command: String,
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

/// Both sides at a point.
#[derive(Serialize)]
pub struct Sides {
    pub at: String,
    pub left: String,
    pub right: String,
}

/// What is written, and what would be right.
#[derive(Serialize)]
pub struct Repair {
    pub old: String,
    pub new: String,
    pub math_html: String,
}

/// Counts and the sentence that says them.
#[derive(Serialize)]
pub struct Summary {
    pub sentence: String,
    pub statements: usize,
    pub shares: Vec<Share>,
    pub clean: bool,
}

/// A verdict's part of the whole.
#[derive(Serialize)]
pub struct Share {
    pub verdict: &'static str,
    pub word: String,
    pub mark: &'static str,
    pub count: usize,
}

/// The words of the templates: name there and key of the catalogue.
const WORDS: &[(&str, &str)] = &[
    ("about", "report-about"),
    ("all", "report-all"),
    ("at", "report-at-label"),
    ("axiom", "report-axiom"),
    ("because", "report-because"),
    ("bare", "report-bare"),
    ("checked", "report-checked"),
    ("checker", "report-checker-label"),
    ("contents", "report-contents"),
    ("counterexample", "report-counterexample"),
    ("derivation", "report-derivation"),
    ("document", "report-stat-document"),
    ("engine", "report-engine"),
    ("expected", "report-expected"),
    ("finding", "report-stat-code"),
    ("given", "report-given-label"),
    ("index", "report-index"),
    ("keys", "report-keys"),
    ("kind", "report-stat-kind"),
    ("left", "report-left"),
    ("line", "report-line-label"),
    ("name", "report-name"),
    ("no_problems", "report-no-problems"),
    ("note", "report-note"),
    ("notes", "report-notes"),
    ("problems", "report-problems"),
    ("provided", "report-provided"),
    ("read_as", "report-read-as"),
    ("repair", "report-repair"),
    ("reference", "report-reference"),
    ("reproduce", "report-reproduce"),
    ("right", "report-right"),
    ("search", "report-search"),
    ("show", "report-show"),
    ("sizes", "report-sizes"),
    ("skip", "report-skip"),
    ("source", "report-source"),
    ("statement", "report-statement-label"),
    ("statements", "report-statements-label"),
    ("status", "report-status"),
    ("trust", "report-trust"),
    ("trust_what", "report-trust-what"),
    ("used", "report-used"),
    ("first_witness", "report-first-witness"),
    ("no_second", "report-no-second"),
    ("second_witness", "report-second-witness"),
    ("unmet", "report-unmet"),
    ("verdict", "report-verdict"),
    ("written", "report-written"),
];

/// All words of the templates in a language.
pub fn words(lang: Lang) -> BTreeMap<&'static str, String> {
    WORDS.iter().map(|(name, key)| (*name, Message::new(key).text(lang))).collect()
}

/// The cards of a document, in the order of its statements.
pub fn cards(document: &DocumentResult, lang: Lang) -> Vec<Card> {
    let macros = Macros::read(&document.source.macros);
    let mut relations: BTreeMap<usize, usize> = BTreeMap::new();
    document.statements.iter().for_each(|j| *relations.entry(j.statement.block).or_default() += 1);
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    document
        .statements
        .iter()
        .map(|judged| {
            let block = judged.statement.block;
            let number = seen.entry(block).or_default();
            *number += 1;
            let several = relations.get(&block).is_some_and(|n| *n > 1);
            let step = several.then(|| Message::new("report-step").with("number", *number).text(lang));
            card(document, judged, step, &macros, lang)
        })
        .collect()
}

fn card(document: &DocumentResult, judged: &Judged, step: Option<String>, macros: &Macros, lang: Lang) -> Card {
    let (s, j) = (&judged.statement, &judged.judgement);
    let span = tidy(&document.source, s.span);
    let written = document.source.slice(span).to_owned();
    Card {
        id: s.id.clone(),
        anchor: format!("claim-{}", escape::anchor(&s.id)),
        verdict: j.verdict.word(),
        word: word(j.verdict, lang),
        mark: mark(j.verdict),
        kind: s.kind.word(),
        step,
        checkable: j.verdict != Verdict::None || judged.is_unexpected(),
        read: s.read.clone(),
        math_html: plain(&s.latex, macros, false),
        line: document.source.row(span.start),
        expected: s.expected.as_ref().map(|e| word(e.verdict, lang)),
        met: !judged.is_unexpected(),
        engine: j.engine,
        sizes: sizes(&j.sizes, lang),
        witness: first_witness(j, lang),
        reason: j.reason.as_ref().map(|r| r.text(lang)),
        conditions: j.conditions.clone(),
        axioms: j.axioms(),
        givens: j.used.iter().map(|g| Given { text: g.text.clone(), line: g.line }).collect(),
        steps: j
            .steps
            .iter()
            .map(|step| Step {
                sign: step.sign,
                text: step.text.clone(),
                math_html: (!step.latex.is_empty()).then(|| changed(&step.latex, &step.changed_latex)),
                why: derivation::reason(step, lang),
                line: step.line,
                conditions: step.conditions.iter().map(|c| derivation::needed(c, lang)).collect(),
            })
            .collect(),
        checkers: j.checkers.iter().map(|c| Outcome { name: c.name.clone(), figures: checker(c, lang) }).collect(),
        counterexample: j.counterexample.as_ref().map(|c| Sides {
            at: point(&c.at, lang),
            left: c.left.clone(),
            right: c.right.clone(),
        }),
        notes: j.notes.iter().map(|n| n.text(lang)).collect(),
        repair: j.suggestion.as_ref().map(|new| Repair {
            old: written.clone(),
            new: new.clone(),
            math_html: plain(new, macros, false),
        }),
        command: format!("rederive explain {} {}", escape::shell(&s.id), escape::shell(&document.source.path)),
        written,
    }
}

/// Whether a statement has a mark of its own beside an inline formula: a bare expression in a sentence has none.
pub fn has_inline_mark(judged: &Judged) -> bool {
    judged.statement.kind != Kind::Expression || judged.judgement.verdict != Verdict::None
}

/// The summary of some documents.
pub fn summary(run: &Run, documents: &[DocumentResult]) -> Summary {
    let counts = Counts::of(documents);
    let lang = run.lang;
    let assumptions: usize = documents
        .iter()
        .map(|d| {
            let used = d.statements.iter().flat_map(|j| &j.judgement.used);
            used.map(|g| (&g.text, g.line)).collect::<std::collections::BTreeSet<_>>().len()
        })
        .sum();
    let wrong = counts.refuted - counts.expected_refuted;
    let refuted = match wrong {
        0 => Message::new("report-none-refuted"),
        n => Message::new("report-some-refuted").with("count", n),
    };
    let mut sentence = Message::new("report-sentence")
        .with("proved", counts.proved)
        .with("total", counts.checkable())
        .with("refuted", refuted.text(lang))
        .text(lang);
    for (count, key) in [(assumptions, "report-assumptions-used"), (counts.expected_refuted, "report-wrong-on-purpose")]
    {
        if count > 0 {
            sentence.push_str(&Message::new(key).with("count", count).text(lang));
        }
    }
    let shares = Verdict::ALL
        .into_iter()
        .filter(|v| counts.get(*v) > 0)
        .map(|v| Share { verdict: v.word(), word: word(v, lang), mark: mark(v), count: counts.get(v) })
        .collect();
    let clean = documents.iter().all(crate::report::expectation::is_clean);
    Summary { sentence, statements: counts.statements, shares, clean }
}
