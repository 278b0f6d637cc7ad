//! Stable names of statements: given, or made from heading and position.

use std::collections::BTreeMap;

use crate::read::{Block, Document};

/// Hands out unique ids.
pub(crate) struct Ids {
    formulas: BTreeMap<usize, String>,
    taken: BTreeMap<String, usize>,
}

impl Ids {
    pub(crate) fn new(_: &Document) -> Ids {
        Ids { formulas: BTreeMap::new(), taken: BTreeMap::new() }
    }

    /// The id of relation `local` of a formula: the formula's id and the relation's number.
    pub(crate) fn statement(&mut self, document: &Document, block: usize, given: Option<&str>, local: usize) -> String {
        let base = match self.formulas.get(&block) {
            Some(base) => base.clone(),
            None => {
                let base = self.formula(document, block, given);
                self.formulas.insert(block, base.clone());
                base
            }
        };
        format!("{base}.{local}")
    }

    fn formula(&mut self, document: &Document, block: usize, given: Option<&str>) -> String {
        let label = match document.blocks.get(block) {
            Some(Block::Formula(f)) => f.label.clone(),
            _ => None,
        };
        if let Some(name) = given.map(str::to_owned).or(label) {
            return self.unique(name);
        }
        let (section, display) = match document.blocks.get(block) {
            Some(Block::Formula(f)) => (f.section, f.display),
            _ => (0, true),
        };
        let title = document.sections.get(section).map_or("", |s| s.title.as_str());
        let slug = slug(title);
        let kind = if display { "eq" } else { "in" };
        let stem = if slug.is_empty() { kind.to_owned() } else { format!("{slug}.{kind}") };
        let number = self.taken.entry(format!("#{stem}")).or_default();
        *number += 1;
        let name = format!("{stem}{number}");
        self.unique(name)
    }

    fn unique(&mut self, name: String) -> String {
        let count = self.taken.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}-{count}") }
    }
}

/// Letters and digits of a heading, in lower case, joined by hyphens.
fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(4)
        .map(str::to_owned)
        .collect();
    words.join("-")
}
