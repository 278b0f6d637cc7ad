//! `--show-inferred`: what the formulas and the words of notes were taken to say, and how many claims rest on it.

use std::collections::BTreeMap;

use crate::message::Message;
use crate::report::{Run, escape};
use crate::verdict::DocumentResult;

/// A line for each definition and each given that no annotation states, in the order of the notes. It needs the claims
/// themselves, which no cache keeps.
pub fn inferred(run: &Run) -> String {
    run.documents.iter().map(|d| of_document(d, run)).collect()
}

fn of_document(document: &DocumentResult, run: &Run) -> String {
    let source = &document.source;
    let mut said: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let mut claims = 0;
    for judged in &document.statements {
        let Some(claim) = &judged.statement.claim else { continue };
        claims += 1;
        let givens = claim.givens.iter().map(|g| (g.line, &g.text));
        let definitions = claim.definitions.iter().map(|d| (d.line, &d.text));
        let mut own: Vec<(usize, &String)> =
            givens.chain(definitions).filter_map(|(line, text)| Some((line?, text))).collect();
        own.sort_unstable();
        own.dedup();
        for (row, text) in own {
            if !source.line_text(row).contains("<!-- rederive") {
                *said.entry((row, text.clone())).or_default() += 1;
            }
        }
    }
    let line = |((row, text), count): ((usize, String), usize)| {
        let place = format!("{}:{}", escape::terminal(&source.path), source.line_of_row(row));
        let uses = Message::new("report-inferred").with("count", count).with("claims", claims).text(run.lang);
        format!("{place}: {} ({uses})\n", escape::terminal(&text))
    };
    said.into_iter().map(line).collect()
}
