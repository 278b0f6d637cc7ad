//! The table of the author's own commands.

use std::collections::BTreeMap;

/// A command that the author defined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Macro {
    /// How many arguments it takes, 0 to 9, the optional one included.
    pub arity: usize,
    /// What stands for the first argument where the call gives none in brackets; `None`: the first argument is not optional.
    pub default: Option<String>,
    /// What it stands for; `#1` … `#9` are the arguments.
    pub body: String,
}

/// Names (without backslash) and what they stand for. A name defined again has the later meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Macros {
    table: BTreeMap<String, Macro>,
}

impl Macros {
    /// No macros.
    pub fn new() -> Macros {
        Macros::default()
    }

    /// Adds a macro, or changes one.
    pub fn define(&mut self, name: impl Into<String>, meaning: Macro) {
        self.table.insert(name.into(), meaning);
    }

    /// Adds others; what is defined in both has their meaning.
    pub fn extend(&mut self, others: Macros) {
        self.table.extend(others.table);
    }

    /// The definitions in TeX, such that reading them gives the same table.
    pub fn definitions(&self) -> String {
        let one = |(name, m): (&String, &Macro)| {
            let default = m.default.as_ref().map_or(String::new(), |d| format!("[{d}]"));
            format!("\\newcommand{{\\{name}}}[{}]{default}{{{}}}\n", m.arity, m.body)
        };
        self.table.iter().map(one).collect()
    }

    /// The macro of that name (without backslash).
    pub fn get(&self, name: &str) -> Option<&Macro> {
        self.table.get(name)
    }

    /// The names with their meanings, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Macro)> {
        self.table.iter().map(|(name, meaning)| (name.as_str(), meaning))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }
}
