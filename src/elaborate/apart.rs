//! One letter for several things: `\mu_i - \mu` has a family and a number, and lines that fit only by themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::elaborate::loose::{LOOSER, LOOSER_BLOCKS, Looser, OPEN_BLOCKS, set_apart, without_side};
use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::sorts::Inference;
use crate::expr::{Expr, Sort, Symbol, fun};

/// Whether the shapes of a line fit, whatever stands elsewhere.
fn fits(line: &RawLine) -> bool {
    fit_together(&[line])
}

/// Whether the shapes of lines fit together, whatever stands elsewhere.
pub(super) fn fit_together(lines: &[&RawLine]) -> bool {
    let mut alone = Inference::default();
    let constraints: Vec<Expr> = lines.iter().map(|l| l.constraint()).collect();
    constraints.iter().for_each(|c| alone.evidence(c));
    constraints.iter().enumerate().all(|(at, c)| alone.statement(at, c).is_ok()) && alone.default_all().is_empty()
}

/// Symbols that stand in a line with an index and without.
fn both_ways(line: &RawLine) -> BTreeSet<(String, u32)> {
    let (mut bare, mut indexed) = (BTreeSet::new(), BTreeSet::new());
    fn walk(e: &Expr, bare: &mut BTreeSet<(String, u32)>, indexed: &mut BTreeSet<(String, u32)>) {
        let rest = match e.as_app(fun::INDEX).and_then(<[Expr]>::split_first) {
            Some((array, indices)) if array.as_symbol().is_some() => {
                indexed.extend(array.as_symbol().map(|s| (s.name.to_string(), s.version)));
                indices.iter().collect()
            }
            _ => {
                bare.extend(e.as_symbol().map(|s| (s.name.to_string(), s.version)));
                e.children()
            }
        };
        rest.into_iter().for_each(|c| walk(c, bare, indexed));
    }
    walk(&line.constraint(), &mut bare, &mut indexed);
    bare.intersection(&indexed).cloned().collect()
}

/// Gives the entries of a name a name of their own, which is shown alike.
fn rename_entries(line: &mut RawLine, name: &str, version: u32) {
    line.map(&mut |e| {
        e.transform(&mut |x, _| {
            let (array, indices) = x.as_app(fun::INDEX)?.split_first()?;
            let s = array.as_symbol().filter(|s| *s.name == *name && s.version == version)?;
            Some(Expr::sym(Symbol { name: format!("{name}\u{2060}").into(), ..s.clone() }).index(indices.to_vec()))
        })
    });
}

/// A letter that fits with its entries in no line where both stand is a name of its own: `\delta_i = \mu_i - \mu`.
pub(super) fn split(lines: &mut [RawLine]) {
    let (mut together, mut apart) = (BTreeSet::new(), BTreeSet::new());
    for line in lines.iter().filter(|l| matches!(l.origin, Origin::Formula { .. })) {
        let names = both_ways(line);
        if names.is_empty() {
            continue;
        }
        if fits(line) {
            together.extend(names);
            continue;
        }
        let mut renamed = line.clone();
        names.iter().for_each(|(name, version)| rename_entries(&mut renamed, name, *version));
        if !fits(&renamed) {
            continue;
        }
        // Only those that are needed.
        for (name, version) in &names {
            let mut without = line.clone();
            names
                .iter()
                .filter(|(n, v)| (n, v) != (name, version))
                .for_each(|(n, v)| rename_entries(&mut without, n, *v));
            if !fits(&without) {
                apart.insert((name.clone(), *version));
            }
        }
    }
    for (name, version) in apart.difference(&together) {
        for line in lines.iter_mut() {
            rename_entries(line, name, *version);
        }
    }
}

/// The line with as little left open as makes it fit: first one way of writing at a time, then all up to one, then a side
/// of a chain, which leaves the relations between the others.
fn loosened(line: &RawLine) -> Option<RawLine> {
    let with = |line: &RawLine, looser: &Looser| {
        let mut loose = line.clone();
        looser(&mut loose);
        loose
    };
    let open: Vec<Looser> = LOOSER.iter().copied().chain([OPEN_BLOCKS]).collect();
    let mut whole = vec![(line.clone(), false)];
    for (rows, in_turn, left_open) in
        [(LOOSER, false, false), (LOOSER_BLOCKS, true, false), (open.as_slice(), false, true)]
    {
        let mut all = line.clone();
        let mut tried = vec![all.clone()];
        for looser in rows {
            // A matrix is left open only after what can be carried out.
            if !in_turn {
                tried.push(with(line, looser));
            }
            all = with(&all, looser);
            tried.push(all.clone());
        }
        if let Some(mut found) = tried.into_iter().find(fits) {
            set_apart(&mut found, left_open);
            return Some(found);
        }
        whole.push((all, left_open));
    }
    if line.sides.len() < 3 || line.signs.iter().any(|p| p.sign.name != "eq") {
        return None;
    }
    whole.iter().find_map(|(line, left_open)| {
        let mut found = (0..line.sides.len()).rev().map(|i| without_side(line, i)).find(fits)?;
        set_apart(&mut found, *left_open);
        Some(found)
    })
}

/// Makes the symbols of a line its own, if it fits by itself: blocks in matrices and rows beside columns are left open.
pub(super) fn apart(line: &mut RawLine, latest_versions: &mut BTreeMap<String, u32>) -> bool {
    if !fits(line) {
        let mut entries = line.clone();
        for (name, version) in both_ways(line) {
            rename_entries(&mut entries, &name, version);
        }
        let Some(loose) = loosened(&entries) else { return false };
        *line = loose;
    }
    for s in line.constraint().symbols() {
        if s.sort == Sort::Integer && s.name.starts_with('|') {
            continue;
        }
        let latest = latest_versions.entry(s.name.to_string()).or_insert(APART);
        *latest = (*latest).max(APART) + 1;
        line.bump(&s.name, s.version, *latest);
    }
    line.apart = true;
    true
}

/// Versions of names in lines that are read by themselves begin here.
const APART: u32 = 1 << 20;
