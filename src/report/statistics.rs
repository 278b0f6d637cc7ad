//! `--statistics`: what was found how often.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use crate::claim::Verdict;
use crate::message::Message;
use crate::report::Run;
use crate::report::catalogue::{kind, word};
use crate::report::count::Counts;
use crate::report::escape;

/// Tables of verdicts by document, engines that decided, kinds of statements and codes of findings.
pub fn statistics(run: &Run) -> String {
    let mut out = table(
        &title("report-stat-document", run),
        &Verdict::ALL.map(|v| word(v, run.lang)),
        run.documents.iter().map(|d| {
            let counts = Counts::of([d]);
            (escape::terminal(&d.source.path), Verdict::ALL.map(|v| counts.get(v)).to_vec())
        }),
    );
    let statements = || run.documents.iter().flat_map(|d| &d.statements);
    let engines = tally(statements().filter_map(|j| j.judgement.engine));
    let kinds = tally(statements().map(|j| kind(j.statement.kind, run.lang)));
    let codes = tally(run.documents.iter().flat_map(|d| &d.findings).map(|f| f.code.name));
    let owned =
        |counts: BTreeMap<&'static str, usize>| counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
    let tables: [(_, BTreeMap<String, usize>); 3] =
        [("report-stat-engine", owned(engines)), ("report-stat-kind", kinds), ("report-stat-code", owned(codes))];
    for (key, counts) in tables {
        if !counts.is_empty() {
            let rows = counts.into_iter().map(|(name, n)| (name, vec![n]));
            out.push('\n');
            out.push_str(&table(&title(key, run), &[title("report-stat-count", run)], rows));
        }
    }
    out
}

fn title(key: &'static str, run: &Run) -> String {
    Message::new(key).text(run.lang)
}

fn tally<N: Ord>(names: impl Iterator<Item = N>) -> BTreeMap<N, usize> {
    let mut counts = BTreeMap::new();
    names.for_each(|n| *counts.entry(n).or_default() += 1);
    counts
}

fn table(first: &str, heads: &[String], rows: impl Iterator<Item = (String, Vec<usize>)>) -> String {
    let rows: Vec<_> = rows.collect();
    let width = |s: &str| s.width();
    let padded = |s: &str, to: usize| format!("{s}{}", " ".repeat(to.saturating_sub(width(s))));
    let name = rows.iter().map(|r| width(&r.0)).chain([width(first)]).max().unwrap_or(0);
    let mut out = padded(first, name);
    heads.iter().for_each(|h| out.push_str(&format!("  {h}")));
    out.push('\n');
    for (label, counts) in rows {
        out.push_str(&padded(&label, name));
        for (count, head) in counts.iter().zip(heads) {
            out.push_str(&format!("  {count:>w$}", w = width(head)));
        }
        out.push('\n');
    }
    out
}
