//! Names with the number of the data at their foot: `a_n` after n observations is a number of its own, no entry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::elaborate::raw::{Origin, RawLine};
use crate::expr::{Domain, Expr, Node, Symbol, fun};

/// A name in one of its versions.
type Name = (Arc<str>, u32);

/// Gives `a_n` a name of its own, which is shown alike, where n is the end of a range, or beside `a_0` a number that also
/// stands elsewhere, and is at the foot of a wherever a has an index, numbers up to 0 apart. Where something says what a is
/// at another index, `a_n` is its entry.
pub(super) fn names(lines: &mut [RawLine]) {
    // Annotations say themselves what is an array.
    if lines.iter().any(|l| matches!(l.origin, Origin::Let { .. } | Origin::Assume { .. })) {
        return;
    }
    let mut ends: BTreeSet<Name> = BTreeSet::new();
    let mut running: BTreeSet<Name> = BTreeSet::new();
    let mut alone: BTreeSet<Name> = BTreeSet::new();
    let mut begins: BTreeSet<Name> = BTreeSet::new();
    let mut feet: BTreeMap<Name, BTreeSet<Option<Name>>> = BTreeMap::new();
    for line in lines.iter() {
        let whole = line.constraint();
        numbers(&whole, &mut alone);
        whole.any(&mut |e| {
            if let Node::Bind { domain: Domain::Range(_, high), .. } = e.node() {
                ends.extend(high.as_symbol().map(name));
            }
            ends.extend(e.as_app("real_space").into_iter().flatten().filter_map(|n| n.as_symbol().map(name)));
            // `n = 1, \dots, N`: an index.
            if let Some([member, set]) = e.as_app("member")
                && set.as_app("range_set").or(set.as_app("set")).is_some()
            {
                running.extend(member.as_symbol().map(name));
            }
            if let Some((array, at)) = e.as_app(fun::INDEX).and_then(<[Expr]>::split_first)
                && let Some(s) = array.as_symbol()
            {
                if matches!(at, [one] if one.as_int().is_some_and(|i| i <= 0)) {
                    begins.insert(name(s));
                    return false;
                }
                let foot = match at {
                    [one] if one.is_closed() => one.as_symbol().map(name),
                    _ => None,
                };
                feet.entry(name(s)).or_default().insert(foot);
            }
            false
        });
    }
    // What is an index of some array is one everywhere.
    let others = feet.values().filter(|feet| feet.len() > 1).flatten().flatten().cloned();
    running.extend(others.collect::<Vec<_>>());
    // `I_n` is the identity.
    feet.retain(|array, feet| {
        let size = |n: &Name| ends.contains(n) || alone.contains(n) && begins.contains(array);
        let own = feet.iter().all(|foot| foot.as_ref().is_some_and(|n| size(n) && !running.contains(n)));
        own && feet.len() == 1 && &*array.0 != "I"
    });
    if feet.is_empty() {
        return;
    }
    for line in lines {
        line.map(&mut |e| {
            e.transform(&mut |x, _| {
                let [array, at] = x.as_app(fun::INDEX)? else { return None };
                let (s, n) = (array.as_symbol()?, at.as_symbol()?);
                let own = feet.contains_key(&name(s)) && feet.values().any(|f| f.contains(&Some(name(n))));
                own.then(|| Expr::sym(Symbol { name: format!("{}_{{{}}}", s.name, n.name).into(), ..s.clone() }))
            })
        });
    }
}

/// The symbols that stand in an expression other than as indices.
fn numbers(e: &Expr, out: &mut BTreeSet<Name>) {
    out.extend(e.as_symbol().map(name));
    let parts = e.children();
    let kept = if e.as_app(fun::INDEX).is_some() { parts.get(..1).unwrap_or(&[]) } else { &parts };
    kept.iter().for_each(|part| numbers(part, out));
}

fn name(s: &Symbol) -> Name {
    (s.name.clone(), s.version)
}
