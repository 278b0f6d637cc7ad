//! What templates see: plain data, words already in their language. A field whose name ends in `_html` holds markup that
//! we made ourselves; everything else is text, and templates escape it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::claim::Verdict;
use crate::message::{Lang, Message};
use crate::report::Run;
use crate::report::catalogue::{mark, word};
use crate::report::count::Counts;
use crate::verdict::DocumentResult;

/// Counts and the sentence that says them.
#[derive(Serialize)]
pub struct Summary {
    pub sentence: String,
    pub statements: usize,
    pub shares: Vec<Share>,
    pub clean: bool,
    /// How many relations of the notes are settled one way or the other.
    pub coverage: String,
    pub seed: u64,
}

/// A verdict's part of the whole.
#[derive(Serialize)]
pub struct Share {
    pub verdict: &'static str,
    pub word: String,
    pub mark: &'static str,
    pub count: usize,
    /// Count and word.
    pub counted: String,
}

/// The words of the templates: name there and key of the catalogue.
const WORDS: &[(&str, &str)] = &[
    ("about", "report-about"),
    ("all", "report-all"),
    ("at", "report-at-label"),
    ("axiom", "report-axiom"),
    ("because", "report-because"),
    ("bare", "report-bare"),
    ("changes", "report-changes"),
    ("checked", "report-checked"),
    ("checker", "report-checker-label"),
    ("contents", "report-contents"),
    ("copied", "report-copied"),
    ("copy", "report-copy"),
    ("coverage", "report-coverage-label"),
    ("counterexample", "report-counterexample"),
    ("data", "report-data"),
    ("derivation", "report-derivation"),
    ("document", "report-stat-document"),
    ("engine", "report-engine"),
    ("evidence", "report-evidence"),
    ("example", "study-example"),
    ("expected", "report-expected"),
    ("finding", "report-stat-code"),
    ("given", "report-given-label"),
    ("hint", "study-hint"),
    ("hint_rules", "study-hint-rules"),
    ("hint_givens", "study-hint-givens"),
    ("index", "report-index"),
    ("close", "report-close"),
    ("key_help", "report-key-help"),
    ("key_next", "report-key-next"),
    ("key_open", "report-key-open"),
    ("key_search", "report-key-search"),
    ("keys", "report-keys"),
    ("latex", "report-latex"),
    ("kind", "report-stat-kind"),
    ("line_by_line", "study-line-by-line"),
    ("left", "report-left"),
    ("line", "report-line-label"),
    ("next_line", "study-next-line"),
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
    ("seed", "report-seed"),
    ("settled", "report-settled"),
    ("show", "report-show"),
    ("sizes", "report-sizes"),
    ("skip", "report-skip"),
    ("solution", "study-solution"),
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
    ("try_it", "study-try"),
    ("try_how", "study-try-how"),
    ("unmet", "report-unmet"),
    ("was", "report-was"),
    ("verdict", "report-verdict"),
    ("version", "report-version"),
    ("written", "report-written"),
];

/// All words of the templates in a language.
pub fn words(lang: Lang) -> BTreeMap<&'static str, String> {
    WORDS.iter().map(|(name, key)| (*name, Message::new(key).text(lang))).collect()
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
        .map(|v| {
            let (count, word) = (counts.get(v), word(v, lang));
            let counted = Message::new("report-count").with("count", count).with("word", &word).text(lang);
            Share { verdict: v.word(), word, mark: mark(v), count, counted }
        })
        .collect();
    let clean = documents.iter().all(crate::report::expectation::is_clean);
    let coverage = Message::new("report-coverage")
        .with("settled", counts.settled())
        .with("relations", counts.relations)
        .with("share", (100 * counts.settled()).checked_div(counts.relations).unwrap_or(0))
        .text(lang);
    Summary { sentence, statements: counts.statements, shares, clean, coverage, seed: run.seed }
}
