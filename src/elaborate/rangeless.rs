//! Sums and products that name no index: `\sum (y_i - \hat{y}_i)^2` runs over the one letter at the feet of its body.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::elaborate::raw::RawLine;
use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, fun};

/// The notation of an operator without a range, and what it is with one.
const RANGELESS: &[(&str, Binder)] = &[("\\sum", Binder::Sum), ("\\prod", Binder::Product)];

/// The operator and the body, if no range is written.
fn rangeless(e: &Expr) -> Option<(Binder, &Expr)> {
    let Node::Call(f, args) = e.node() else { return None };
    let sign = f.name.strip_suffix(PLACE)?.trim_end();
    let (_, binder) = RANGELESS.iter().find(|(name, _)| *name == sign)?;
    args.first().filter(|_| args.len() == 1).map(|body| (*binder, body))
}

/// The letters that stand at the foot of a name; with `outside`, none of those in what names no index.
fn feet(e: &Expr, outside: bool, found: &mut BTreeSet<Arc<str>>) {
    if outside && rangeless(e).is_some() {
        return;
    }
    if let Some((_, indices)) = e.as_app(fun::INDEX).and_then(<[Expr]>::split_first) {
        found.extend(indices.iter().flat_map(Expr::symbols).map(|s| s.name));
    }
    e.children().into_iter().for_each(|c| feet(c, outside, found));
}

/// Gives sums and products without a range the one letter at the feet of their bodies, where it stands at no foot elsewhere
/// in the line: `a_i = \sum w_{ij}` may speak of one i.
pub(super) fn ranged(lines: &mut [RawLine]) {
    for line in lines {
        if !line.sides.iter().any(|s| s.any(&mut |x| rangeless(x).is_some())) {
            continue;
        }
        let mut elsewhere = BTreeSet::new();
        line.sides.iter().chain(line.qualifiers.iter().flatten()).for_each(|s| feet(s, true, &mut elsewhere));
        line.map(&mut |side| {
            side.transform(&mut |x, _| {
                let (binder, body) = rangeless(x)?;
                let mut inside = BTreeSet::new();
                feet(body, false, &mut inside);
                let letter = inside.iter().next().filter(|l| inside.len() == 1 && !elsewhere.contains(*l))?;
                let variable = body
                    .symbols()
                    .into_iter()
                    .find(|s| s.name == *letter && !body.any(&mut |y| rangeless(y).is_some()))?;
                let range = Domain::Range(Expr::int(1), Expr::size_symbol(&format!("|{letter}|")));
                Some(Expr::bind(binder, range, body.abstracted(&variable, Sort::Integer)))
            })
        });
    }
}
