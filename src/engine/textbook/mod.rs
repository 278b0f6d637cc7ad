//! Statements that contradict the textbook object that they name: an entropy with the wrong sign, Bayes' theorem with
//! prior and evidence exchanged.
//!
//! Notes may define a name as they like, so none of this refutes anything. It is told where a name, the words beside it
//! and the kind of formula agree on what is meant, and the formula has other values; as a question, for another object
//! may be meant.

mod density;
mod distribution;
mod information;
mod mass;
mod moment;
mod object;
mod probability;
mod statistic;

use crate::claim::{Kind, Statement, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::read::Document;
use crate::verdict::Judgement;

/// A formula that has other values than the object whose name it bears.
pub static KNOWN_OBJECT: Code = Code {
    name: "known-object",
    what: "a formula has other values than the textbook object that it names: entropy, divergence, a density, a rule of probability",
    why: "a sign, an argument or a condition is probably wrong; if another object is meant, a word should say so",
    example: "The entropy of $p$ is $$ H(p) = \\sum_i p_i \\log p_i $$",
};

/// What a formula should have been, and where it is not.
struct Contradiction {
    /// The textbook's formula, if it has a short one.
    object: Option<String>,
    /// Where the two differ.
    point: String,
    /// The value of the notes' formula there.
    found: String,
    /// The textbook's value there.
    value: String,
}

/// Words of notes that speak of events of which more holds than of all.
const EVENTS: &[&str] = &[
    "subset",
    "\\implies",
    "equally likely",
    "equiprobable",
    "same probability",
    "equal prior",
    "same prior",
    "if and only if",
    "iff",
    "disjoint",
    "exclusive",
    "부분집합",
    "배반",
];

/// Words of notes that speak of special random variables, of which more holds than of all.
const SPECIAL: &[&str] = &[
    "indicator",
    "bernoulli",
    "binary",
    "poisson",
    "exponential",
    "standard normal",
    "gaussian",
    "constant",
    "degenerate",
    "deterministic",
    "uniform",
    "$0$ and $1$",
    "0 and 1",
    "0 or 1",
    "zero and one",
    "dispersion",
    "지시",
    "베르누이",
    "포아송",
    "푸아송",
    "지수분포",
    "표준정규",
    "상수",
    "균등",
];

/// A warning for each equation that is no claim (a definition, a condition) and contradicts what it names.
pub fn contradictions<'a>(
    document: &Document,
    judged: impl Iterator<Item = (&'a Statement, &'a Judgement)>,
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = vec![];
    for (s, j) in judged.filter(|(s, _)| s.relation == "=" && s.expected.is_none()) {
        let open = match j.verdict {
            Verdict::None => matches!(s.kind, Kind::Definition | Kind::Condition | Kind::Given | Kind::Other),
            Verdict::Refuted => s.otherwise.or(s.loose).is_some(),
            Verdict::Undecided => s.otherwise.or(s.loose).is_some() || j.fails_at.is_some(),
            _ => false,
        };
        let Some((left, right)) = s.sides.as_ref().filter(|_| open) else { continue };
        let near = document.before(s.block).into_iter().chain(document.after(s.block));
        let words = near.map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        let says = |list: &[&str]| {
            let text = document.source.under_heading(s.span).to_lowercase();
            list.iter().any(|w| text.contains(w))
        };
        let lead = lead(document, s);
        let contradiction = object::contradiction(left, right, &words)
            .or_else(|| information::contradiction(left, right, &words))
            .or_else(|| statistic::contradiction(left, right, &lead, display(document, s)))
            .or_else(|| mass::contradiction(left, right, &lead))
            .or_else(|| probability::contradiction(left, right, &words).filter(|_| !says(EVENTS)))
            .or_else(|| density::contradiction(left, right, &lead, display(document, s)))
            .or_else(|| moment::contradiction(s, j).filter(|_| !says(SPECIAL)))
            .or_else(|| distribution::contradiction(s, j, &words));
        if let Some(c) = contradiction {
            let message = match c.object {
                Some(object) => Message::new("finding-known-object").with("object", object),
                None => Message::new("finding-known-object-special"),
            };
            let message = message.with("point", c.point).with("found", c.found).with("value", c.value);
            let mut d = Diagnostic::new(&KNOWN_OBJECT, Severity::Warning, s.span, message);
            d.statement = Some(s.id.clone());
            found.push(d);
        }
    }
    found
}

/// The sentence that leads to a formula, with the formulas in it and in small letters.
fn lead(document: &Document, s: &Statement) -> String {
    let start = document.blocks.get(s.block).map_or(0, |b| b.span().start);
    let mut before = document.source.text.get(..start).unwrap_or("").trim_end_matches(['$', '\\', '[']).trim_end();
    // An annotation between the sentence and its formula says nothing of it.
    while let Some((text, _)) = before.strip_suffix("-->").and_then(|comment| comment.rsplit_once("<!--")) {
        before = text.trim_end();
    }
    let paragraph = before.rsplit("\n\n").next().unwrap_or(before);
    sentence(paragraph).to_lowercase()
}

/// The formula as it is written, with what stands beside it.
fn display<'a>(document: &'a Document, s: &Statement) -> &'a str {
    document.blocks.get(s.block).map_or("", |b| document.source.slice(b.span()))
}

/// The last sentence of a text.
fn sentence(text: &str) -> &str {
    text.rsplit(". ").next().unwrap_or(text)
}

/// Whether two numbers are the same up to rounding.
fn same(a: f64, b: f64) -> bool {
    f64::abs(a - b) <= 1e-9 * f64::max(1.0, f64::max(f64::abs(a), f64::abs(b)))
}
