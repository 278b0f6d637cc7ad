//! What the tool consists of, read off its tables: engines, functions, notation, rules, checkers, codes; each with its
//! own status, and with how often it was used in a run.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::algebra::stepwise;
use crate::checkers::CHECKERS;
use crate::claim::Verdict;
use crate::engine::ENGINES;
use crate::expr::{Expr, Node, fun};
use crate::message::{Lang, Message, row};
use crate::notation;
use crate::report::Run;
use crate::report::catalogue::decade;
use crate::report::codes::{codes as all_codes, what, why};
use crate::report::derivation::says;
use crate::rules;
use crate::verdict::CheckerOutcome;

/// A thing of a table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What it is or does.
    pub about: String,
    /// Where it stands in the literature or in the project.
    pub reference: String,
    /// How it is held to what it says.
    pub status: String,
    /// What it did in the run; empty without one.
    pub used: String,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// The word of `rederive list`.
    pub name: &'static str,
    /// Its name for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What stands in it.
    pub about: String,
    /// Its rows.
    pub items: Vec<Item>,
}

/// The tables that `rederive list` knows, and the codes.
pub const SECTIONS: &[&str] = &["engines", "rules", "functions", "notation", "checkers", "codes"];

/// A table with what a run made of it.
pub fn section(name: &str, run: Option<&Run>, lang: Lang) -> Option<Section> {
    let used = run.map(Used::of);
    let used = used.as_ref();
    let said = |key| Message::new(key).text(lang);
    let (name, title, about, items) = match name {
        "engines" => ("engines", "list-engines", "list-engines-about", engines(used, lang)),
        "rules" => ("rules", "list-rules", "list-rules-about", rules(used, lang)),
        "functions" => ("functions", "list-functions", "list-functions-about", functions(used, lang)),
        "notation" => ("notation", "list-notation", "list-notation-about", notation_rows(lang)),
        "checkers" => ("checkers", "list-checkers", "list-checkers-about", checkers(used, lang)),
        "codes" => ("codes", "list-codes", "list-codes-about", codes(used, lang)),
        _ => return None,
    };
    Some(Section { name, title: said(title), about: said(about), items })
}

impl Section {
    /// A table as lines of text.
    pub fn text(&self) -> String {
        let width = self.items.iter().map(|i| i.name.chars().count()).max().unwrap_or(0).min(32);
        let mut out = String::new();
        for i in &self.items {
            let parts = [&i.about, &i.reference, &i.status].into_iter().filter(|p| !p.is_empty());
            let rest = parts.cloned().collect::<Vec<_>>().join(" · ");
            out.push_str(&format!("{:width$}  {rest}\n", i.name));
        }
        out
    }

    /// A table as JSON, schema `rederive-list/1`.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct List<'s> {
            schema: &'static str,
            #[serde(flatten)]
            section: &'s Section,
        }
        // Strings only, so serialising cannot fail.
        let mut text =
            serde_json::to_string_pretty(&List { schema: "rederive-list/1", section: self }).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// What a run used how often.
struct Used<'r> {
    engines: BTreeMap<&'r str, usize>,
    rules: BTreeMap<&'r str, usize>,
    functions: BTreeMap<&'static str, usize>,
    codes: BTreeMap<&'r str, usize>,
    checkers: BTreeMap<&'r str, Vec<&'r CheckerOutcome>>,
}

impl<'r> Used<'r> {
    fn of(run: &Run<'r>) -> Used<'r> {
        let mut used = Used {
            engines: BTreeMap::new(),
            rules: BTreeMap::new(),
            functions: BTreeMap::new(),
            codes: BTreeMap::new(),
            checkers: BTreeMap::new(),
        };
        for d in run.documents {
            for f in &d.findings {
                *used.codes.entry(f.code.name).or_default() += 1;
            }
            for j in &d.statements {
                let judgement = &j.judgement;
                if let Some(engine) = judgement.engine {
                    *used.engines.entry(engine).or_default() += 1;
                }
                if judgement.verdict == Verdict::Refuted {
                    *used.codes.entry("refuted").or_default() += 1;
                }
                for step in &judgement.steps {
                    *used.rules.entry(&step.rule).or_default() += 1;
                }
                for outcome in &judgement.checkers {
                    used.checkers.entry(&outcome.name).or_default().push(outcome);
                }
                let Some(claim) = &j.statement.claim else { continue };
                let mut met = std::collections::BTreeSet::new();
                claim.unfolded.any(&mut |e| {
                    if let Node::App(f, _) = e.node() {
                        met.insert(f.name);
                    }
                    false
                });
                met.into_iter().for_each(|name| *used.functions.entry(name).or_default() += 1);
            }
        }
        used
    }
}

fn times(count: Option<&usize>) -> String {
    count.map_or_else(|| "–".to_owned(), usize::to_string)
}

fn engines(used: Option<&Used>, lang: Lang) -> Vec<Item> {
    let item = |e: &crate::engine::Engine| Item {
        name: e.name.to_owned(),
        about: row(lang, &format!("engine-{}", e.name), e.settles),
        reference: "ARCHITECTURE.md".to_owned(),
        status: Message::new(if e.prove.is_some() { "list-status-proves" } else { "list-status-supports" }).text(lang),
        used: used.map(|u| times(u.engines.get(e.name))).unwrap_or_default(),
    };
    ENGINES.iter().map(item).collect()
}

fn rules(used: Option<&Used>, lang: Lang) -> Vec<Item> {
    let item = |r: &stepwise::Rule| Item {
        name: r.name.to_owned(),
        about: says(r, lang),
        reference: row(lang, &format!("rule-{}-reference", r.name), r.reference),
        status: Message::new("list-status-printed").text(lang),
        used: used.map(|u| times(u.rules.get(r.name))).unwrap_or_default(),
    };
    let book = |r: &rules::Rule| {
        let (status, reference) = match &r.status {
            rules::Status::DerivedBy(engine) => (
                Message::new("list-status-derived-by").with("engine", engine),
                Message::new("list-engines-alone").text(lang),
            ),
            rules::Status::DerivedFrom(from) => (
                Message::new("list-status-derived"),
                Message::new("list-derived-from").with("rules", from.join(", ")).text(lang),
            ),
            rules::Status::Axiom { reference } => {
                (Message::new("list-status-axiom"), row(lang, &format!("axiom-{}", r.id), reference))
            }
        };
        Item {
            name: r.id.clone(),
            about: Expr::relate(fun::EQ, r.left().clone(), r.right().clone()).to_string(),
            reference,
            status: status.text(lang),
            used: used.map(|u| times(u.rules.get(r.id.as_str()))).unwrap_or_default(),
        }
    };
    rules::all().iter().map(book).chain(stepwise::rules().map(item)).collect()
}

fn functions(used: Option<&Used>, lang: Lang) -> Vec<Item> {
    fun::rows()
        .map(|f| {
            let spelt = f.tex.iter().map(|t| format!("\\{t}")).collect::<Vec<_>>().join(" ");
            let mut laws = vec![];
            if f.kernel.is_some() {
                laws.push("list-status-kernel");
            }
            if f.derivative.is_some() {
                laws.push("list-status-dual");
            }
            if laws.is_empty() {
                laws.push("list-status-case");
            }
            Item {
                name: f.name.to_owned(),
                about: spelt,
                reference: row(lang, &format!("function-{}", f.name), f.reference),
                status: laws.into_iter().map(|law| Message::new(law).text(lang)).collect::<Vec<_>>().join("; "),
                used: used.map(|u| times(u.functions.get(f.name))).unwrap_or_default(),
            }
        })
        .collect()
}

fn notation_rows(lang: Lang) -> Vec<Item> {
    let rows = notation::rows();
    rows.into_iter()
        .map(|r| Item {
            name: r.spelling,
            about: r.meaning,
            status: row(lang, &format!("notation-{}", r.kind), r.kind),
            ..Item::default()
        })
        .collect()
}

fn checkers(used: Option<&Used>, lang: Lang) -> Vec<Item> {
    CHECKERS
        .iter()
        .map(|c| {
            let outcomes = used.and_then(|u| u.checkers.get(c.name())).map_or(&[][..], Vec::as_slice);
            Item {
                name: c.name().to_owned(),
                about: row(lang, &format!("checker-{}", c.name()), c.about()),
                reference: c.reference().to_owned(),
                status: Message::new("list-status-planted").text(lang),
                used: used.map(|_| outcome(outcomes, lang)).unwrap_or_default(),
            }
        })
        .collect()
}

/// Statements confirmed and not, instances, worst error.
fn outcome(outcomes: &[&CheckerOutcome], lang: Lang) -> String {
    if outcomes.is_empty() {
        return "–".to_owned();
    }
    let confirmed = outcomes.iter().filter(|o| o.verdict == Verdict::Confirmed).count();
    let instances: u64 = outcomes.iter().map(|o| o.instances).sum();
    let worst = outcomes.iter().filter(|o| o.verdict == Verdict::Confirmed).map(|o| o.worst).fold(0.0, f64::max);
    let worst = decade(worst).unwrap_or_default();
    let message = Message::new("list-outcome").with("confirmed", confirmed).with("all", outcomes.len());
    message.with("instances", instances).with("worst", worst).text(lang)
}

fn codes(used: Option<&Used>, lang: Lang) -> Vec<Item> {
    let item = |c: &&'static crate::diag::Code| Item {
        name: c.name.to_owned(),
        about: what(c, lang),
        reference: why(c, lang),
        status: Message::new("list-status-example").text(lang),
        used: used.map(|u| times(u.codes.get(c.name))).unwrap_or_default(),
    };
    all_codes().iter().map(item).collect()
}
