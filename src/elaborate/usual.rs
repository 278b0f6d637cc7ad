//! Functions that the words beside a formula call by their usual names: "where `\Gamma(x)` is the gamma function". What is
//! known of them then is no guess from a letter.

use crate::algebra::facts::Facts;
use crate::algebra::sign;
use crate::claim::Given;
use crate::elaborate::build::Builder;
use crate::elaborate::called::Called;
use crate::elaborate::known::{BETA_FUNCTION, DIGAMMA, GAMMA_FUNCTION};
use crate::elaborate::sentence::{Piece, backward, forward, has, near, verb, word};
use crate::expr::Expr;
use crate::num::Ternary;
use crate::read::Document;

/// Letters, what they are called, and the known object.
struct Row(&'static [&'static str], &'static [&'static str], &'static str);

const ROWS: &[Row] = &[
    Row(&["\\Gamma"], &["gamma function", "감마 함수", "감마함수"], GAMMA_FUNCTION),
    Row(&["\\psi"], &["digamma function", "디감마 함수", "디감마함수"], DIGAMMA),
    Row(&["\\mathrm{B}", "B"], &["beta function", "베타 함수", "베타함수"], BETA_FUNCTION),
];

/// What may stand before the name without making it that of another function: "the ordinary gamma function", "Euler's
/// gamma function", but not "the incomplete gamma function".
const PLAIN: &[&str] = &[
    "the",
    "a",
    "and",
    "of",
    "euler",
    "s",
    "usual",
    "ordinary",
    "standard",
    "complete",
    "classical",
    "well-known",
    "familiar",
    "so-called",
    "called",
    "as",
    "오일러",
    "오일러의",
    "바로",
];
/// Words of a sentence that tells of something else.
const OTHERWISE: &[&str] = &[
    "not",
    "isn",
    "unlike",
    "confused",
    "than",
    "instead",
    "like",
    "similar",
    "다른",
    "아닌",
    "아니라",
    "달리",
    "같은",
];

/// The known objects that the words of a document call so, with their sections. Where a letter is called otherwise too,
/// it is none of them.
pub(super) fn usual(document: &Document, called: &[Called]) -> Vec<(usize, &'static str)> {
    let mut out = vec![];
    for (at, formula) in document.formulas() {
        let tex = &formula.extract.text;
        let rows = ROWS.iter().filter(|row| row.0.iter().any(|letter| applies(tex, letter, formula.display)));
        for Row(letters, names, known) in rows {
            let other =
                |c: &Called| letters.contains(&&*c.name) && !matches!(c.noun, "function" | "함수") && c.block <= at;
            let (before, after) = (backward(document, at), forward(document, at));
            let (ahead, behind) = (is_ahead(&before, names), !formula.display && is_behind(&after, names));
            if (ahead || behind) && !has(&before, OTHERWISE) && !called.iter().any(other) {
                out.push((formula.section, *known));
            }
        }
    }
    out
}

impl Builder<'_> {
    /// The known objects that the words in reach of a block call by their names.
    pub(super) fn usual_at(&self, block: usize) -> Vec<&'static str> {
        let reach = self.document.sections_of(self.section(block));
        self.usual.iter().filter(|(at, _)| reach.contains(at)).map(|(_, object)| *object).collect()
    }
}

/// Whether Γ and ψ are taken of what the notes say is positive: what is known of them here holds of nothing else.
pub(super) fn takes_positive(e: &Expr, givens: &[Given]) -> bool {
    let facts: Vec<Expr> = givens.iter().filter_map(|g| g.fact.clone()).collect();
    let facts = Facts::new(&facts);
    let positive = |x: &Expr| sign::holds(&Expr::relate("gt", x.clone(), Expr::int(0)), &facts) == Ternary::True;
    let of =
        |x: &Expr| x.as_app("gamma").or_else(|| x.as_app("digamma")).is_some_and(|args| !args.iter().all(positive));
    !e.any(&mut |x| of(x))
}

/// Whether a formula is the letter or its value; of a display, whether it has one.
fn applies(tex: &str, letter: &str, display: bool) -> bool {
    let opens = |rest: &str| {
        let rest = rest.trim_start();
        rest.starts_with('(') || rest.starts_with("\\left(") || rest.starts_with("\\left (")
    };
    match display {
        true => tex.match_indices(letter).any(|(at, found)| tex.get(at + found.len()..).is_some_and(opens)),
        false => tex.trim().strip_prefix(letter).is_some_and(|rest| rest.is_empty() || opens(rest)),
    }
}

/// "The gamma function `\Gamma(x)`", "with the definition of the gamma function as".
fn is_ahead(before: &[Piece], names: &[&str]) -> bool {
    let words: Vec<&str> = near(before).iter().filter_map(word).collect();
    let words = words.strip_suffix(&["as"]).unwrap_or(&words);
    names.iter().any(|name| {
        let parts: Vec<&str> = name.split(' ').collect();
        let from = words.len().checked_sub(parts.len());
        from.is_some_and(|from| {
            let (front, own) = words.split_at(from);
            is_name(own, &parts) && front.last().is_none_or(|w| PLAIN.contains(w))
        })
    })
}

/// "`\Gamma(x)` is the gamma function".
fn is_behind(after: &[Piece], names: &[&str]) -> bool {
    let Some(rest) = verb(after) else { return false };
    let words: Vec<&str> = rest.iter().map_while(word).collect();
    names.iter().any(|name| {
        let parts: Vec<&str> = name.split(' ').collect();
        let at = words.windows(parts.len()).position(|own| is_name(own, &parts));
        at.and_then(|at| words.get(..at)).is_some_and(|front| front.iter().all(|w| PLAIN.contains(w)))
    })
}

/// Whether the words are the name, in Korean with a particle or an ending: `감마 함수이다`, but not `감마 함수가 아니다`.
fn is_name(words: &[&str], parts: &[&str]) -> bool {
    let (Some((last, front)), Some((end, rest))) = (words.split_last(), parts.split_last()) else { return false };
    let ending = || last.strip_prefix(end).is_some_and(|tail| ENDINGS.contains(&tail));
    front == rest && (last == end || !end.is_ascii() && ending())
}

/// Endings of a Korean name that is given.
const ENDINGS: &[&str] =
    &["이다", "이고", "이며", "라", "라고", "라고도", "로", "를", "인", "입니다", "의", "는", "다"];
