//! The words and marks that all outputs share.

use crate::claim::{Kind, Verdict};
use crate::diag::Severity;
use crate::message::{Lang, Message};
use crate::verdict::{CheckerOutcome, Judgement, Sizes};

/// The mark of a verdict: a shape, so that nothing rests on colour.
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proved => "✓",
        Verdict::Conditional => "◇",
        Verdict::Confirmed => "≈",
        Verdict::Refuted => "✗",
        Verdict::Undecided => "?",
        Verdict::Unread => "·",
        Verdict::None => "–",
    }
}

/// The word of a verdict for people.
pub fn word(verdict: Verdict, lang: Lang) -> String {
    Message::new(match verdict {
        Verdict::Proved => "verdict-proved",
        Verdict::Conditional => "verdict-conditional",
        Verdict::Confirmed => "verdict-confirmed",
        Verdict::Refuted => "verdict-refuted",
        Verdict::Undecided => "verdict-undecided",
        Verdict::Unread => "verdict-unread",
        Verdict::None => "verdict-none",
    })
    .text(lang)
}

/// The word of a severity for people.
pub fn severity(severity: Severity, lang: Lang) -> String {
    Message::new(match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Note => "severity-note",
    })
    .text(lang)
}

/// The word of a kind of statement for people.
pub fn kind(kind: Kind, lang: Lang) -> String {
    Message::new(match kind {
        Kind::Claim => "kind-claim",
        Kind::Definition => "kind-definition",
        Kind::Given => "kind-given",
        Kind::Condition => "kind-condition",
        Kind::Expression => "kind-expression",
        Kind::Other => "kind-other",
        Kind::Prose => "kind-prose",
    })
    .text(lang)
}

/// For which sizes a verdict holds, in words; `None` if it says nothing about sizes.
pub fn sizes(sizes: &Sizes, lang: Lang) -> Option<String> {
    match sizes {
        Sizes::All => Some(Message::new("report-every-size").text(lang)),
        Sizes::Tried(list) => Some(Message::new("report-sizes-tried").with("sizes", numbers(list)).text(lang)),
        Sizes::Silent => None,
    }
}

/// The engine that settled a statement, and for which sizes; `None` if none did.
pub fn first_witness(judgement: &Judgement, lang: Lang) -> Option<String> {
    let engine = judgement.engine?;
    let engine = Message::new("report-by-engine").with("name", engine).text(lang);
    let sizes = sizes(&judgement.sizes, lang);
    Some(std::iter::once(engine).chain(sizes).collect::<Vec<_>>().join(" · "))
}

/// The figures of a checker in one line.
pub fn checker(outcome: &CheckerOutcome, lang: Lang) -> String {
    let mut parts = vec![word(outcome.verdict, lang)];
    // What it says of a wrong line is the disagreement; there are no figures beside it.
    if outcome.instances == 0 && outcome.disagreement.is_some() {
        parts.extend(outcome.disagreement.as_ref().map(|d| d.text(lang)));
        return parts.join(" · ");
    }
    parts.push(Message::new("report-checker-instances").with("count", outcome.instances).text(lang));
    if !outcome.sizes.is_empty() {
        parts.push(Message::new("report-checker-sizes").with("sizes", numbers(&outcome.sizes)).text(lang));
    }
    if let Some(worst) = decade(outcome.worst) {
        parts.push(Message::new("report-checker-worst").with("worst", worst).text(lang));
    }
    parts.push(Message::new("report-checker-seed").with("seed", outcome.seed).text(lang));
    if outcome.apart > 0 {
        parts.push(Message::new("report-checker-apart").with("count", outcome.apart).text(lang));
    }
    if let Some(disagreement) = &outcome.disagreement {
        parts.push(disagreement.text(lang));
    }
    parts.join(" · ")
}

fn numbers(list: &[u64]) -> String {
    list.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}

/// The smallest power of ten that is at least `error`, as `1e-12`; `0` for none, `None` if it is no finite number ≥ 0.
/// Only the decade is shown, for the last digits of an error are not the same on every machine.
pub fn decade(error: f64) -> Option<String> {
    if !error.is_finite() || error < 0.0 {
        return None;
    }
    if error == 0.0 {
        return Some("0".to_owned());
    }
    let shown = format!("{error:e}");
    let (mantissa, exponent) = shown.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    Some(format!("1e{}", if mantissa == "1" { exponent } else { exponent + 1 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_round_up() {
        assert_eq!(decade(9.3e-13).as_deref(), Some("1e-12"));
        assert_eq!(decade(1e-12).as_deref(), Some("1e-12"));
        assert_eq!(decade(0.0).as_deref(), Some("0"));
        assert_eq!(decade(2.0).as_deref(), Some("1e1"));
        assert_eq!(decade(f64::NAN), None);
    }

    #[test]
    fn marks_differ_in_shape() {
        let marks: std::collections::BTreeSet<_> = Verdict::ALL.into_iter().map(mark).collect();
        assert_eq!(marks.len(), Verdict::ALL.len());
    }
}
