//! The letter that a function is differentiated by is that of its definition: `x` in `\frac{df}{dx}` beside `f(x) = x^2`
//! is a number in notes whose data are `x_i`, too.

use std::sync::Arc;

use crate::elaborate::raw::{Origin, RawLine};
use crate::elaborate::sorts::Inference;
use crate::expr::{Expr, Node, Symbol, fun};

/// The symbols that a line defines a function at: `x` and `y` of `f(x, y) = …`.
fn definition(line: &RawLine) -> Option<(&Symbol, Vec<&Symbol>)> {
    let defines = matches!(line.origin, Origin::Formula { .. }) && line.signs.first()?.sign.name == "eq";
    let Node::Call(head, args) = line.sides.first()?.node() else { return None };
    let letters: Vec<&Symbol> = args.iter().filter_map(Expr::as_symbol).collect();
    (defines && !letters.is_empty() && letters.len() == args.len()).then_some((head, letters))
}

/// What a line differentiates: functions, and letters they are differentiated by (`None` for a prime).
fn derivatives(line: &RawLine) -> Vec<(Symbol, Option<Symbol>)> {
    let mut found = vec![];
    let functions = |e: &Expr| -> Vec<Symbol> {
        let mut heads = vec![];
        e.any(&mut |x| {
            heads.extend(x.as_symbol().cloned());
            if let Node::Call(head, _) = x.node() {
                heads.push(head.clone());
            }
            false
        });
        heads
    };
    line.constraint().any(&mut |x| {
        if let Some([body, place]) = x.as_app("partial") {
            let by = place.as_symbol().cloned();
            found.extend(by.into_iter().flat_map(|by| functions(body).into_iter().map(move |f| (f, Some(by.clone())))));
        }
        if let Some([function, _]) = x.as_app("prime") {
            found.extend(functions(function).into_iter().map(|f| (f, None)));
        }
        false
    });
    found
}

/// Whether a line has entries of a name, or of what is shown alike.
fn has_entries(line: &RawLine, name: &Symbol) -> bool {
    line.constraint().any(&mut |x| {
        let array = x.as_app(fun::INDEX).and_then(<[Expr]>::first).and_then(Expr::as_symbol);
        array.is_some_and(|s| s.name.trim_end_matches('\u{2060}') == &*name.name)
    })
}

/// Whether two lines fit together, whatever stands elsewhere.
fn fit(first: &RawLine, second: &RawLine) -> bool {
    let mut both = Inference::default();
    let parts = [first.constraint(), second.constraint()];
    parts.iter().for_each(|c| both.evidence(c));
    parts.iter().enumerate().all(|(at, c)| both.statement(at, c).is_ok()) && both.default_all().is_empty()
}

/// The line with every symbol of the names in the version that stands beside; `None` where it has entries of a letter.
fn renamed(line: &RawLine, names: &[(Arc<str>, u32)], function: &Symbol) -> Option<RawLine> {
    let mut line = line.clone();
    for s in line.constraint().symbols() {
        let Some((_, version)) = names.iter().find(|(name, version)| *name == s.name && *version != s.version) else {
            continue;
        };
        if s.name != function.name && has_entries(&line, &s) {
            return None;
        }
        line.bump(&s.name, s.version, *version);
    }
    let calls = |l: &RawLine| {
        let mut found = vec![];
        l.constraint().any(&mut |x| {
            found.extend(if let Node::Call(f, _) = x.node() { Some(f.clone()) } else { None });
            false
        });
        found
    };
    for f in calls(&line) {
        if let Some((_, version)) = names.iter().find(|(name, version)| *name == f.name && *version != f.version) {
            line.bump(&f.name, f.version, *version);
        }
    }
    Some(line)
}

/// Gives a letter one version where a function is defined at it and in the lines after that differentiate the function, if
/// they fit together so: that of the definition, or else a new one, where `fits` says that the line fits into the document, the
/// function apart. Whether anything changed.
pub(super) fn follow(lines: &mut [RawLine], fits: &dyn Fn(&RawLine, &str) -> bool) -> bool {
    let mut changed = false;
    for at in 0..lines.len() {
        let Some(line) = lines.get(at).filter(|l| matches!(l.origin, Origin::Formula { .. })) else { continue };
        for (function, by) in derivatives(line) {
            let Some(line) = lines.get(at).cloned() else { continue };
            let of = |l: &RawLine| definition(l).filter(|(head, _)| head.name == function.name).is_some();
            let Some(place) = lines.get(..at).unwrap_or(&[]).iter().rposition(of) else { continue };
            let Some(known) = lines.get(place).cloned() else { continue };
            let Some((head, letters)) = definition(&known) else { continue };
            let here = line.constraint().symbols();
            let differs = |l: &&Symbol| here.iter().any(|s| s.name == l.name && s.version != l.version);
            let meant = by.is_none_or(|by| letters.iter().any(|l| l.name == by.name));
            if !meant || function.version == head.version && !letters.iter().any(differs) {
                continue;
            }
            let mut names: Vec<(Arc<str>, u32)> = letters.iter().map(|l| (l.name.clone(), l.version)).collect();
            names.push((head.name.clone(), head.version));
            if let Some(line) = renamed(&line, &names, &function).filter(|l| fits(l, &function.name) && fit(&known, l))
            {
                lines.get_mut(at).into_iter().for_each(|slot| *slot = line.clone());
                changed = true;
                continue;
            }
            let latest = |name: &str| {
                let versions = lines.iter().flat_map(|l| l.constraint().symbols()).filter(|s| *s.name == *name);
                versions.map(|s| s.version).max().unwrap_or(0)
            };
            for (name, version) in &mut names {
                if **name != *head.name {
                    *version = latest(name) + 1;
                }
            }
            let both = (renamed(&known, &names, &function), renamed(&line, &names, &function));
            let (Some(new), Some(line)) = both else { continue };
            if !fit(&new, &line) {
                continue;
            }
            // What is defined so more than once is one thing.
            let again = |l: &RawLine| definition(l).is_some_and(|d| d == (head, letters.clone()));
            for slot in lines.get_mut(..at).unwrap_or(&mut []).iter_mut().filter(|l| again(l)) {
                *slot = renamed(slot, &names, &function).unwrap_or_else(|| slot.clone());
            }
            lines.get_mut(at).into_iter().for_each(|slot| *slot = line.clone());
            changed = true;
        }
    }
    changed
}
