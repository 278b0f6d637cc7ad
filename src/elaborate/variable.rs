//! The letter that a function is differentiated by is that of its definition: `x` in `\frac{df}{dx}` beside `f(x) = x^2`
//! is a number in notes whose data are `x_i`, too.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::elaborate::apart::fit_together;
use crate::elaborate::raw::{Origin, RawLine};
use crate::expr::{Expr, Node, Symbol, fun};

/// The version that each name is to have.
type Versions = BTreeMap<Arc<str>, u32>;

/// A function, and the symbols that a line defines it at: `x` and `y` of `f(x, y) = …`.
fn definition(line: &RawLine) -> Option<(&Symbol, Vec<&Symbol>)> {
    let defines = matches!(line.origin, Origin::Formula { .. }) && line.signs.first()?.sign.name == "eq";
    let Node::Call(head, args) = line.sides.first()?.node() else { return None };
    let letters: Vec<&Symbol> = args.iter().filter_map(Expr::as_symbol).collect();
    (defines && !letters.is_empty() && letters.len() == args.len()).then_some((head, letters))
}

/// The symbols of an expression, those that stand before arguments too.
fn names(e: &Expr) -> Vec<Symbol> {
    let mut found = e.symbols().into_iter().collect::<Vec<_>>();
    e.any(&mut |x| {
        found.extend(if let Node::Call(head, _) = x.node() { Some(head.clone()) } else { None });
        false
    });
    found
}

/// What a line differentiates, and the letters by which (`None` for a prime).
fn derivatives(line: &RawLine) -> Vec<(Symbol, Option<Symbol>)> {
    let mut found = vec![];
    line.constraint().any(&mut |x| {
        let (inside, by) = match (x.as_app("partial"), x.as_app("prime")) {
            (Some([body, place]), _) if place.as_symbol().is_some() => (names(body), place.as_symbol().cloned()),
            (_, Some([function, _])) => (names(function), None),
            _ => return false,
        };
        found.extend(inside.into_iter().map(|function| (function, by.clone())));
        false
    });
    found
}

/// Whether a line has entries of a name, or of what is shown alike.
fn has_entries(line: &RawLine, name: &str) -> bool {
    line.constraint().any(&mut |x| {
        let array = x.as_app(fun::INDEX).and_then(<[Expr]>::first).and_then(Expr::as_symbol);
        array.is_some_and(|s| s.name.trim_end_matches('\u{2060}') == name)
    })
}

/// The line with its names in these versions.
fn in_versions(line: &RawLine, versions: &Versions) -> RawLine {
    let mut line = line.clone();
    for s in names(&line.constraint()) {
        versions.get(&s.name).into_iter().for_each(|to| line.bump(&s.name, s.version, *to));
    }
    line
}

/// Gives a letter one version where a function is defined at it and in the lines after that differentiate the function, if
/// they fit together so: that of the definition, or else a new one, where `fits` says that the line fits into the document,
/// the function apart. Whether anything changed.
pub(super) fn follow(lines: &mut [RawLine], fits: &dyn Fn(&RawLine, &str) -> bool) -> bool {
    let mut changed = false;
    for at in 0..lines.len() {
        let Some(line) = lines.get(at).filter(|l| matches!(l.origin, Origin::Formula { .. })) else { continue };
        for (function, by) in derivatives(line) {
            changed |= joined(lines, at, &function, by.as_ref(), fits).is_some();
        }
    }
    changed
}

/// Gives a line that differentiates a function, and the definition before it, one version of each letter; `None` where that
/// changes nothing, or they do not fit together so.
fn joined(
    lines: &mut [RawLine],
    at: usize,
    function: &Symbol,
    by: Option<&Symbol>,
    fits: &dyn Fn(&RawLine, &str) -> bool,
) -> Option<()> {
    let line = lines.get(at)?.clone();
    let of = |l: &RawLine| definition(l).is_some_and(|(head, _)| head.name == function.name);
    let known = lines.get(..at)?.iter().rfind(|l| of(l))?.clone();
    let (head, letters) = definition(&known)?;
    let here = line.constraint().symbols();
    let differs = |l: &&Symbol| here.iter().any(|s| s.name == l.name && s.version != l.version);
    let meant = by.is_none_or(|by| letters.iter().any(|l| l.name == by.name));
    let same = function.version == head.version && !letters.iter().any(differs);
    if !meant || same || letters.iter().any(|l| has_entries(&line, &l.name)) {
        return None;
    }
    let mut versions: Versions = letters.iter().map(|l| (l.name.clone(), l.version)).collect();
    versions.insert(head.name.clone(), head.version);
    let renamed = in_versions(&line, &versions);
    if fits(&renamed, &function.name) && fit_together(&[&known, &renamed]) {
        lines.get_mut(at).into_iter().for_each(|slot| *slot = renamed.clone());
        return Some(());
    }
    if letters.iter().any(|l| has_entries(&known, &l.name)) {
        return None;
    }
    for l in letters.iter().filter(|l| l.name != head.name) {
        let all = lines.iter().flat_map(|other| other.constraint().symbols()).filter(|s| s.name == l.name);
        versions.insert(l.name.clone(), all.map(|s| s.version).max().unwrap_or(0) + 1);
    }
    let renamed = in_versions(&line, &versions);
    if !fit_together(&[&in_versions(&known, &versions), &renamed]) {
        return None;
    }
    // What is defined so more than once is one thing.
    let again = |l: &RawLine| definition(l).is_some_and(|d| d == (head, letters.clone()));
    for slot in lines.get_mut(..at)?.iter_mut().filter(|l| again(l)) {
        *slot = in_versions(slot, &versions);
    }
    lines.get_mut(at).into_iter().for_each(|slot| *slot = renamed.clone());
    Some(())
}
