//! Letters in subscripts that name things instead of counting them: the cold `T_c` and the hot `T_h`, the weights `w_{xh}`.
//!
//! Letters of a range may stand for the same place; letters that nothing runs over and that tell things apart may not.

use std::collections::{BTreeMap, BTreeSet};

use crate::notation::base_name;
use crate::notation::relation::plain_text;
use crate::notation::tex::{Tex, TexKind};

/// The subscripts of a base name.
#[derive(Default)]
pub(super) struct Subscripts {
    /// Those that are nothing but letters.
    texts: BTreeSet<String>,
    letters: BTreeSet<String>,
    /// Whether one is a number, or an expression: `x_1`, `x_{i+1}`.
    counted: bool,
}

impl Subscripts {
    /// Notes one of them.
    pub(super) fn note(&mut self, list: &[Tex]) {
        let separator = |n: &Tex| matches!(n.kind, TexKind::Char(',' | ';'));
        let letters: Vec<String> = list.iter().filter(|n| !separator(n)).filter_map(base_name).collect();
        self.counted |= letters.len() != list.iter().filter(|n| !separator(n)).count();
        self.texts.insert(list.iter().map(plain_text).collect());
        self.letters.extend(letters);
    }

    /// Takes in what was seen elsewhere.
    pub(super) fn add(&mut self, other: Subscripts) {
        self.texts.extend(other.texts);
        self.letters.extend(other.letters);
        self.counted |= other.counted;
    }
}

/// What is seen of a name beside its subscripts.
pub(super) struct Seen<'a> {
    pub(super) subscripts: &'a Subscripts,
    /// It stands without a subscript.
    pub(super) bare: bool,
    /// It stands before brackets.
    pub(super) applied: bool,
    /// It is bound, or ends a range.
    pub(super) counts: bool,
}

/// Letters that are counted by where they stand alone, by custom.
const COUNTING: &[&str] = &["i", "j", "k", "l", "m", "n"];
/// Letters that always count.
const ALWAYS: &[&str] = &["i", "j"];
/// Letters of directions, which are variables by themselves, too.
const AXES: &[&str] = &["x", "y", "z"];

/// The names whose subscripts are labels: several of letters alone over which nothing runs anywhere. `other_array` says
/// whether another name of the notes has the entries of this one.
pub(super) fn labelled(names: &BTreeMap<&str, Seen>, other_array: &dyn Fn(&str) -> bool) -> BTreeSet<String> {
    let customary = |letters: &BTreeSet<String>| {
        letters.iter().any(|l| ALWAYS.contains(&l.as_str())) || letters.iter().all(|l| COUNTING.contains(&l.as_str()))
    };
    let seen = |letter: &str| names.get(letter);
    let mut running: BTreeSet<String> = names
        .iter()
        .filter(|(name, s)| s.counts || s.bare && !AXES.contains(name))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let entries: Vec<(&str, &Seen)> =
        names.iter().filter(|(_, s)| !s.subscripts.letters.is_empty()).map(|(name, s)| (*name, s)).collect();
    let mut indexed: BTreeSet<&str> = BTreeSet::new();
    // A letter that counts somewhere counts everywhere, and so do those beside it.
    loop {
        let counted = |(name, s): &(&str, &Seen)| {
            let under = s.subscripts;
            under.counted
                || s.bare
                || s.applied
                || *name == "\\delta"
                || other_array(name)
                || customary(&under.letters)
                || under.letters.iter().any(|l| running.contains(l))
        };
        let new: Vec<(&str, &Seen)> =
            entries.iter().filter(|(name, _)| !indexed.contains(name)).filter(|e| counted(e)).copied().collect();
        if new.is_empty() {
            break;
        }
        for (name, s) in new {
            indexed.insert(name);
            let axis = |l: &&String| AXES.contains(&l.as_str()) && !seen(l).is_some_and(|s| s.counts);
            running.extend(s.subscripts.letters.iter().filter(|l| !axis(l)).cloned());
        }
    }
    let free = || entries.iter().filter(|(name, _)| !indexed.contains(name));
    let several = free().filter(|(_, s)| s.subscripts.texts.len() > 1);
    let labels: BTreeSet<&String> = several.flat_map(|(_, s)| &s.subscripts.letters).collect();
    let all = free().filter(|(_, s)| s.subscripts.letters.iter().all(|l| labels.contains(l)));
    all.map(|(name, _)| (*name).to_owned()).collect()
}
