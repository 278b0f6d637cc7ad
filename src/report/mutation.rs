//! What `rederive mutate` prints: the rates at which planted errors are found.

use serde::Serialize;

use crate::claim::Verdict;
use crate::message::{Lang, Message};
use crate::mutate::{Fate, Mutant, Outcome, Rates, Row};
use crate::report::catalogue::word;
use crate::report::escape;
use crate::report::html::policy;
use crate::report::templates::{RenderError, STYLE, render};
use crate::verdict::DocumentResult;

/// The schema's name.
pub const SCHEMA: &str = "rederive-mutate/1";

/// A run of planted errors.
#[derive(Clone, Copy, Debug)]
pub struct Planting<'a> {
    /// The notes as they stand.
    pub documents: &'a [DocumentResult],
    /// What became of the errors.
    pub rates: &'a Rates,
    /// The language of all words.
    pub lang: Lang,
    /// Whether every mutant gets a line, not only the survivors.
    pub verbose: bool,
}

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    kinds: Vec<KindRow>,
    survivors: Vec<Survivor>,
    false_alarms: usize,
    total: Counts,
}

#[derive(Serialize)]
struct KindRow {
    kind: &'static str,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Clone, Copy, Serialize)]
struct Counts {
    planted: usize,
    equivalent: usize,
    refuted: usize,
    found: usize,
    blamed: usize,
    marked: usize,
    mark_length: f64,
    repaired: usize,
    survived: usize,
}

impl From<Row> for Counts {
    fn from(r: Row) -> Counts {
        let Row { planted, equivalent, refuted, found, blamed, marked, length, repaired, survived } = r;
        let mark_length = mean_length(length, refuted);
        Counts { planted, equivalent, refuted, found, blamed, marked, mark_length, repaired, survived }
    }
}

/// The mean share of a statement that is marked, to three places.
fn mean_length(sum: usize, count: usize) -> f64 {
    (sum as f64 / count.max(1) as f64).round() / 1000.0
}

#[derive(Serialize)]
struct Survivor {
    id: String,
    kind: &'static str,
    latex: String,
    mutant: String,
    path: String,
    line: usize,
    verdict: &'static str,
    command: String,
}

impl Planting<'_> {
    fn path(&self, mutant: &Mutant) -> &str {
        self.documents.get(mutant.document).map_or("", |d| d.source.path.as_str())
    }

    fn line(&self, mutant: &Mutant) -> usize {
        self.documents.get(mutant.document).map_or(0, |d| d.source.line(mutant.span.start))
    }

    fn command(&self, mutant: &Mutant) -> String {
        let path = escape::shell(self.path(mutant));
        format!("rederive mutate {path} --only {} | rederive check -v -", mutant.key)
    }

    fn survivors(&self) -> Vec<Survivor> {
        let survivor = |o: &Outcome| Survivor {
            id: o.mutant.id.clone(),
            kind: o.mutant.kind,
            latex: o.mutant.latex.clone(),
            mutant: o.mutant.mutant.clone(),
            path: self.path(&o.mutant).to_owned(),
            line: self.line(&o.mutant),
            verdict: match o.fate {
                Fate::Survived(verdict) => verdict.word(),
                _ => "",
            },
            command: self.command(&o.mutant),
        };
        self.rates.survivors().map(survivor).collect()
    }
}

/// The rates as one JSON object, schema [`SCHEMA`].
pub fn json(planting: &Planting) -> String {
    let rows = planting.rates.rows();
    let report = Report {
        schema: SCHEMA,
        kinds: rows.into_iter().map(|(kind, row)| KindRow { kind, counts: row.into() }).collect(),
        survivors: planting.survivors(),
        false_alarms: planting.rates.false_alarms,
        total: planting.rates.total().into(),
    };
    // String keys and whole numbers only, so serialising cannot fail.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

const HEADS: [&str; 8] = [
    "mutate-planted",
    "mutate-equivalent",
    "mutate-refuted",
    "mutate-found",
    "mutate-blamed",
    "mutate-marked",
    "mutate-repaired",
    "mutate-survived",
];

fn cells(r: &Row) -> [usize; 8] {
    [r.planted, r.equivalent, r.refuted, r.found, r.blamed, r.marked, r.repaired, r.survived]
}

/// Shares of the errors, in words: noticed of all that are errors; blamed of the noticed; repaired of the refuted.
fn shares(planting: &Planting) -> String {
    let t = planting.rates.total();
    let share = |part: usize, of: usize| format!("{:.1}", 100.0 * part as f64 / of.max(1) as f64);
    let noticed = t.refuted + t.found;
    Message::new("mutate-shares")
        .with("noticed", share(noticed, t.planted - t.equivalent))
        .with("blamed", share(t.blamed, noticed))
        .with("repaired", share(t.repaired, noticed))
        .with("marked", share(t.marked, t.refuted))
        .with("length", format!("{:.0}", 100.0 * mean_length(t.length, t.refuted)))
        .with("alarms", planting.rates.false_alarms)
        .text(planting.lang)
}

/// A table for a terminal, the shares, and the survivors, each with the command that shows it.
pub fn text(planting: &Planting) -> String {
    let lang = planting.lang;
    let heads = HEADS.map(|h| Message::new(h).text(lang));
    let mut rows: Vec<(String, Row)> =
        planting.rates.rows().into_iter().map(|(kind, row)| (kind.to_owned(), row)).collect();
    rows.push((Message::new("mutate-total").text(lang), planting.rates.total()));
    let width = |s: &str| s.chars().count();
    let first = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let mut out = format!("{:first$}", "");
    heads.iter().for_each(|h| out.push_str(&format!("  {h}")));
    for (name, row) in &rows {
        out.push_str(&format!("\n{name:first$}"));
        for (count, head) in cells(row).iter().zip(&heads) {
            out.push_str(&format!("  {count:>w$}", w = width(head)));
        }
    }
    out.push_str(&format!("\n\n{}\n", shares(planting)));
    for o in &planting.rates.outcomes {
        if planting.verbose || matches!(o.fate, Fate::Survived(_)) {
            out.push_str(&one(planting, o));
        }
    }
    out
}

/// What became of one mutant.
fn one(planting: &Planting, o: &Outcome) -> String {
    let m = &o.mutant;
    let fate = match o.fate {
        Fate::Equivalent => Message::new("mutate-is-equivalent").text(planting.lang),
        Fate::Refuted => word(Verdict::Refuted, planting.lang),
        Fate::Found => Message::new("mutate-is-found").text(planting.lang),
        Fate::Survived(verdict) => {
            Message::new("mutate-is-survivor").with("verdict", word(verdict, planting.lang)).text(planting.lang)
        }
    };
    let reason = o.reason.as_ref().map(|r| format!(", {}", r.text(planting.lang))).unwrap_or_default();
    let mut lines = vec![
        format!("{}:{}: {} {}: {fate}{}", planting.path(m), planting.line(m), m.key, m.id, reason),
        format!("  - {}", m.latex),
        format!("  + {}", m.mutant),
    ];
    if planting.verbose && matches!(o.fate, Fate::Refuted | Fate::Found) {
        let blamed = if o.blamed { "mutate-is-blamed" } else { "mutate-is-not-blamed" };
        let repair = match (&o.repair, o.repaired) {
            (None, _) => "mutate-is-not-repaired",
            (_, true) => "mutate-is-repaired",
            (_, false) => "mutate-is-repaired-otherwise",
        };
        let mark = match o.marked {
            None => None,
            Some((true, _)) => Some("mutate-is-marked"),
            Some((false, _)) => Some("mutate-is-not-marked"),
        };
        let words = [Some(blamed), mark, Some(repair)].into_iter().flatten();
        let words: Vec<String> = words.map(|key| Message::new(key).text(planting.lang)).collect();
        lines.push(format!("  {}", words.join("; ")));
        lines.extend(o.repair.iter().map(|r| format!("  > {r}")));
    } else {
        lines.push(format!("  {}", planting.command(m)));
    }
    lines.iter().map(|l| escape::terminal(l) + "\n").collect()
}

#[derive(Serialize)]
struct Page {
    lang: &'static str,
    version: &'static str,
    title: String,
    shares: String,
    heads: Vec<String>,
    rows: Vec<PageRow>,
    survivors_title: String,
    survivors: Vec<Survivor>,
    policy: String,
    style_html: &'static str,
}

#[derive(Serialize)]
struct PageRow {
    kind: String,
    about: String,
    cells: Vec<usize>,
}

/// The same as a page.
pub fn html(planting: &Planting) -> Result<String, RenderError> {
    let about = |name: &str| {
        let kind = crate::edit::KINDS.iter().find(|k| k.name == name);
        kind.map(|k| crate::message::row(planting.lang, &format!("edit-{}", k.name), k.about)).unwrap_or_default()
    };
    let rows = planting.rates.rows();
    let row =
        |(kind, row): (&str, Row)| PageRow { kind: kind.to_owned(), about: about(kind), cells: cells(&row).to_vec() };
    let total = PageRow {
        kind: Message::new("mutate-total").text(planting.lang),
        about: String::new(),
        cells: cells(&planting.rates.total()).to_vec(),
    };
    render(
        "mutate.html",
        &Page {
            lang: planting.lang.tag(),
            version: env!("CARGO_PKG_VERSION"),
            title: Message::new("mutate-title").text(planting.lang),
            shares: shares(planting),
            heads: HEADS.map(|h| Message::new(h).text(planting.lang)).to_vec(),
            rows: rows.into_iter().map(row).chain([total]).collect(),
            survivors_title: Message::new("mutate-survivors").text(planting.lang),
            survivors: planting.survivors(),
            policy: policy(STYLE),
            style_html: STYLE,
        },
    )
}
