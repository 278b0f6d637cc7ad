//! Implications and equivalences, tried where their premises hold.

use std::collections::BTreeSet;

use crate::algebra::eval::{Point, PointValue};
use crate::algebra::size_symbols;
use crate::engine::sample::Search;
use crate::expr::{Expr, Node, fun};
use crate::num::Rational;
use crate::verdict::Support;

/// The implications of `A ⇒ B` and `A ⇔ B`, which are tried where their premises hold; none of other relations.
pub(super) fn directions(relation: &Expr) -> Vec<Expr> {
    match (relation.as_app("implies"), relation.as_app("iff")) {
        (_, Some([a, b])) => {
            vec![Expr::relate("implies", a.clone(), b.clone()), Expr::relate("implies", b.clone(), a.clone())]
        }
        (Some(_), _) => vec![relation.clone()],
        _ => vec![],
    }
}

/// The same with a premise that is not strict where it is an equation, which no draw would meet.
pub(super) fn on_edge(implication: &Expr) -> Option<Expr> {
    let [a, b] = implication.as_app("implies")? else { return None };
    let Node::App(f, sides) = a.node() else { return None };
    let [left, right] = sides.as_slice() else { return None };
    matches!(f.name, "le" | "ge").then(|| {
        let edge = Expr::relate(fun::EQ, left.clone(), right.clone());
        Expr::relate("implies", edge, b.clone())
    })
}

/// The sizes without 1, which stands last.
pub(super) fn plural(sizes: &[i64]) -> &[i64] {
    match sizes {
        [plural @ .., 1] => plural,
        _ => sizes,
    }
}

/// `⇒` and `⇔`: the sides say for which values they are claimed, ties and edges among them.
pub(super) fn is_connective(relation: &Expr) -> bool {
    relation.as_app("implies").is_some() || relation.as_app("iff").is_some()
}

/// Whether every symbolic size is 2 at least.
pub(super) fn is_plural(relation: &Expr, point: &Point) -> bool {
    size_symbols(relation).iter().all(|n| match point.get(n) {
        Some(PointValue::Scalar(q)) => *q > Rational::from(1),
        Some(PointValue::Members(m)) => *m > 1,
        _ => false,
    })
}

/// What the searches of all directions say together. No direction is supported by points of another, but a witness
/// of one, at which premise and conclusion hold, is one of the whole.
pub(super) fn support(tried: &[Search], relation: &Expr, proved: bool) -> Support {
    let sum = |of: fn(&Search) -> usize| tried.iter().map(of).sum::<usize>();
    let untried = tried.iter().any(|s| s.accepted == 0);
    let first = |of: fn(&Search) -> Option<&Point>| tried.iter().find_map(of).map(ToString::to_string);
    let sizes: BTreeSet<i64> = tried.iter().flat_map(|s| s.sizes.iter().copied()).collect();
    Support {
        accepted: sum(|s| s.accepted),
        agreed: if untried && !proved { 0 } else { sum(|s| s.agreed) },
        undefined: sum(|s| s.undefined),
        one_sided: sum(|s| s.one_sided),
        unsettled: sum(Search::open),
        worst: tried.iter().map(|s| s.worst_relative_error).fold(0.0, f64::max),
        sizes: sizes.into_iter().filter_map(|s| u64::try_from(s).ok()).collect(),
        symbolic_sizes: !size_symbols(relation).is_empty(),
        doubtful: first(|s| s.doubtful.as_ref()),
        ordinary: sum(|s| s.ordinary),
        one_sided_at: first(|s| s.one_sided_at.as_ref()),
        undefined_at: first(|s| s.undefined_at.as_ref()),
        undefined_part: tried.iter().find_map(|s| s.undefined_part.as_ref()).map(ToString::to_string),
        different: tried.iter().map(|s| s.different.len()).min().unwrap_or(0),
        gap: tried
            .iter()
            .find_map(|s| s.gap.as_ref())
            .map(|(point, part)| (point.to_string(), part.as_ref().map(ToString::to_string).unwrap_or_default())),
        witnesses_differ: first(|s| s.witnesses_differ.as_ref()),
        presumed: vec![],
    }
}
