//! Entries before the first: arrays begin at 1, so `x_0` and `y_{-1}` are names of their own.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::elaborate::raw::{Origin, RawLine};
use crate::expr::{Domain, Expr, Node, Symbol, fun};

/// A name in one of its versions.
type Name = (Arc<str>, u32);

/// Gives `x_0` a name of its own, which is shown alike, where nothing says what x is at every index: an annotation, an
/// equation for `x_t`, a sum over it from 0 on. Only those that `asked` wants; whether there is any.
pub(super) fn names(lines: &mut [RawLine], asked: &dyn Fn(&Name) -> bool) -> bool {
    let mut found: BTreeSet<Name> = BTreeSet::new();
    let mut families: BTreeSet<Name> = BTreeSet::new();
    let (mut rows, mut indexed): (BTreeSet<Name>, BTreeSet<Name>) = (BTreeSet::new(), BTreeSet::new());
    for line in lines.iter() {
        let whole = line.constraint();
        whole.any(&mut |e| {
            match zeroth(e) {
                Some((s, _)) => drop(found.insert((s.name.clone(), s.version))),
                None => indexed.extend(entry_of(e)),
            }
            rows.extend(row(e));
            false
        });
        families.extend(from_zero(&whole));
        match line.origin {
            Origin::Let { .. } | Origin::Assume { .. } => {
                families.extend(whole.symbols().into_iter().map(|s| (s.name, s.version)));
            }
            Origin::Formula { .. } => families.extend(defined(line)),
            Origin::Told { .. } => {}
        }
    }
    // An array with `w_0^T` alone is named by it.
    families.extend(rows.intersection(&indexed).cloned());
    found.retain(|name| !families.contains(name) && asked(name));
    if found.is_empty() {
        return false;
    }
    for line in lines {
        line.map(&mut |e| {
            e.transform(&mut |x, _| {
                let (s, at) = zeroth(x).filter(|(s, _)| found.contains(&(s.name.clone(), s.version)))?;
                Some(Expr::sym(Symbol { name: format!("{}_{{{at}}}", s.name).into(), ..s.clone() }))
            })
        });
    }
    true
}

/// `x_0`, `y_{-1}`: the array and the number.
fn zeroth(e: &Expr) -> Option<(&Symbol, i64)> {
    let [array, at] = e.as_app(fun::INDEX)? else { return None };
    let at = at.as_int().filter(|at| *at <= 0)?;
    Some((array.as_symbol()?, at))
}

/// `x_t = 2t + 1`: the array that an equation gives at every index.
fn defined(line: &RawLine) -> Option<Name> {
    let (head, rest) = line.sides.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let (array, at) = head.as_app(fun::INDEX)?.split_first()?;
    let s = array.as_symbol()?;
    let general = at.iter().any(|i| i.as_int().is_none()) && !rest.iter().any(|e| e.mentions(s));
    general.then(|| (s.name.clone(), s.version))
}

/// `w_0^T`: the array whose entry is one itself.
fn row(e: &Expr) -> Option<Name> {
    let [entry] = e.as_app("transpose")? else { return None };
    entry_of(entry)
}

/// The array that an entry is of.
fn entry_of(e: &Expr) -> Option<Name> {
    let s = e.as_app(fun::INDEX)?.first()?.as_symbol()?;
    Some((s.name.clone(), s.version))
}

/// The arrays that stand under a variable which runs from 0 on.
fn from_zero(e: &Expr) -> BTreeSet<Name> {
    let mut names = BTreeSet::new();
    e.any(&mut |x| {
        if let Node::Bind { domain: Domain::Range(low, _), body, .. } = x.node()
            && low.as_int().is_some_and(|low| low <= 0)
        {
            body.any(&mut |y| {
                if let Some((array, at)) = y.as_app(fun::INDEX).and_then(<[Expr]>::split_first)
                    && at.iter().any(|i| !i.is_closed())
                {
                    names.extend(array.as_symbol().map(|s| (s.name.clone(), s.version)));
                }
                false
            });
        }
        false
    });
    names
}
