//! What the fuzz targets share: how bytes become notes, and what must hold of every result.
#![forbid(unsafe_code)]

use rederive::claim::Verdict;
use rederive::read::FORMATS;
use rederive::source::Source;
use rederive::verdict::DocumentResult;

/// Notes from bytes: the first says the format, the others are the text.
pub fn notes(data: &[u8]) -> Source {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let format = &FORMATS[usize::from(*first) % FORMATS.len()];
    let extension = format.extensions.first().copied().unwrap_or("md");
    Source::new(format!("fuzz.{extension}"), String::from_utf8_lossy(rest).into_owned())
}

/// Every place is one of the text, and what is not settled has a reason.
pub fn examine(result: &DocumentResult) {
    let text = &result.source.text;
    let places = result.findings.iter().map(|f| f.span).chain(result.statements.iter().map(|s| s.statement.span));
    for span in places {
        assert!(text.get(span.range()).is_some(), "no place of the text: {span:?}");
    }
    for judged in &result.statements {
        let j = &judged.judgement;
        let open = matches!(j.verdict, Verdict::Undecided | Verdict::Unread);
        assert!(!open || j.reason.is_some(), "no reason: {}", judged.statement.latex);
    }
}
