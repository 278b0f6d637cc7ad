//! What stands on one side of an equation only.

use super::Slip;
use super::flat::{Application, applications, chains, flat, span_of, text};
use super::index::all_sums;
use super::page::{Page, Sheet, char_of, command, count, each, letter, letters};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// `\sum_i \sum_j a_{ij} - \sum_i a_{ij}`.
pub(super) static UNBOUND_INDEX: Code = Code {
    name: "unbound-index",
    what: "an index that a sum of the equation binds is free in another sum, and the other side does not have it",
    why: "the two sides depend on different things; the index was probably meant to be another",
    example: "$$ f = \\sum_{i} \\sum_{j} a_{ij} x_i - \\sum_{i} b_{ij} x_i $$",
};

/// `p(y | m, s) = N(x; m, s) = (y - m) / s`.
pub(super) static OTHER_ARGUMENT: Code = Code {
    name: "other-argument",
    what: "two sides are a function of the same arguments but for one, which stands nowhere else in the equation",
    why: "the sides depend on different things; the argument was probably meant to be the same",
    example: "$$ p(y | m, s) = g(x; m, s) = e^{-s(y - m)} $$",
};

/// `p(y | m, s) = \prod_i p(y_i | m) = s^n …`.
pub(super) static LOST_CONDITION: Code = Code {
    name: "lost-condition",
    what: "what a probability is conditioned on is missing on one side of the equation",
    why: "the sides depend on different things",
    example: "$$ p(y | m, s) = \\prod_{i} p(y_i | m) = s^n \\prod_{i} e^{-s(y_i - m)} $$",
};

/// Whether a node carries the index in a script.
fn is_index_of(node: &Tex, index: &str) -> bool {
    let scripts = match &node.kind {
        TexKind::Script { sub, sup, .. } => [sub, sup],
        _ => return false,
    };
    scripts.into_iter().flatten().any(|s| s.list().iter().any(|n| letter(n).as_deref() == Some(index)))
}

/// An index that another sum binds stands free in the body of a sum, while some other side does not have it free.
pub(super) fn unbound_index(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found: Vec<Slip> = vec![];
    if sheet.lines.iter().any(|l| !l.qualifiers.is_empty()) {
        return found;
    }
    for chain in chains(&sheet.lines) {
        let mut bound: Vec<String> = vec![];
        chain.iter().for_each(|side| all_sums(side, &mut |s| bound.push(s.index.clone())));
        bound.sort();
        bound.dedup();
        for index in bound {
            let free: Vec<Vec<Span>> = chain.iter().map(|side| free_places(side, &index)).collect();
            let anywhere = |side: &Vec<Tex>| free_anywhere(side, &index);
            if chain.iter().all(anywhere) {
                continue;
            }
            for (side, places) in chain.iter().zip(&free) {
                // `\sum_j a_j + b_j` often means `\sum_j (a_j + b_j)`; in the body of a sum over another index it can't.
                let mut inside = vec![];
                all_sums(side, &mut |s| {
                    if s.index != index && !s.body.is_empty() {
                        inside.extend(span_of(&s.body));
                    }
                });
                let within = |p: &Span| inside.iter().any(|b| b.start <= p.start && p.end <= b.end);
                let binds = {
                    let mut some = false;
                    all_sums(side, &mut |s| some |= s.index == index);
                    some
                };
                if let Some(place) = places.iter().find(|p| within(p)).filter(|_| binds)
                    && !found.iter().any(|f| f.span == *place)
                {
                    found.push(Slip::new(*place, Message::new("finding-unbound-index").with("index", &index)));
                }
            }
        }
    }
    found
}

/// Where the index stands as one outside of the sums over it.
fn free_places(side: &[Tex], index: &str) -> Vec<Span> {
    let covered = covered(side, index);
    let mut out = vec![];
    each(side, &mut |n| {
        let big = matches!(command(n), Some("sum" | "prod" | "max" | "min" | "argmax" | "argmin" | "int" | "lim"));
        if !big && is_index_of(n, index) && !covered.iter().any(|c| c.start <= n.span.start && n.span.end <= c.end) {
            out.push(n.span);
        }
    });
    out
}

/// Whether the letter stands anywhere outside of the sums over it.
fn free_anywhere(side: &[Tex], index: &str) -> bool {
    let covered = covered(side, index);
    let mut free = false;
    each(side, &mut |n| {
        free |= letter(n).as_deref() == Some(index)
            && !covered.iter().any(|c| c.start <= n.span.start && n.span.end <= c.end);
    });
    free
}

fn covered(side: &[Tex], index: &str) -> Vec<Span> {
    let mut out = vec![];
    all_sums(side, &mut |s| {
        if s.index == index {
            out.push(s.body.iter().map(|n| n.span).fold(s.sign.span, Span::join));
        }
    });
    out
}

/// Whole sides `f(a, b, c)`.
fn whole(side: &[Tex]) -> Option<Application> {
    applications(side).into_iter().next().filter(|a| a.range == (0..side.len()))
}

/// Two sides are applications to the same but for one argument; a further side has that of the first alone.
pub(super) fn other_argument(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for chain in chains(&sheet.lines).iter().filter(|c| c.len() > 2) {
        let Some(first) = chain.first().and_then(|s| whole(s)) else { continue };
        for (at, side) in chain.iter().enumerate().skip(1) {
            let Some(other) = whole(side) else { continue };
            let (a, b) = (first.texts(), other.texts());
            let only = |x: &[String], y: &[String]| x.iter().filter(|t| !y.contains(t)).cloned().collect::<Vec<_>>();
            let (lost, new) = (only(&a, &b), only(&b, &a));
            let ([lost], [new]) = (lost.as_slice(), new.as_slice()) else { continue };
            let stranger = other.arguments.iter().find(|x| text(x) == *new);
            let [node] = stranger.map_or(&[][..], |s| s) else { continue };
            let Some(name) = letter(node) else { continue };
            let further: Vec<&Vec<Tex>> =
                chain.iter().enumerate().filter(|(i, _)| *i != 0 && *i != at).map(|(_, s)| s).collect();
            let known = further.iter().any(|s| text(s).contains(lost.as_str()));
            if a.len() == b.len() && a.len() > 2 && count(&sheet.nodes, &name) == 1 && known {
                let message = Message::new("finding-other-argument").with("written", &name).with("meant", lost);
                found.push(Slip { span: node.span, message, repair: None });
            }
        }
    }
    found
}

/// What stands behind the bar of `p(y | a, b)`.
fn conditions(a: &Application) -> Vec<String> {
    a.texts().split_off(a.given.min(a.arguments.len()))
}

/// All applications below, of probabilities.
fn probabilities(side: &[Tex]) -> Vec<Application> {
    let mut out = vec![];
    let lists = super::page::lists(side);
    for list in lists {
        out.extend(applications(&flat(&list)));
    }
    out.retain(|a| {
        matches!(letter(super::page::base(&a.head)).as_deref(), Some("p" | "P" | "q"))
            || text(std::slice::from_ref(&a.head)).contains("Pr")
    });
    out
}

/// `p(y | a, b) = \prod p(y_i | a)`, where a further side has b; and `P(y) = \prod P(y_i | c)`.
pub(super) fn lost_condition(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found: Vec<Slip> = vec![];
    for chain in chains(&sheet.lines) {
        let Some((left, rest)) = chain.split_first() else { continue };
        let has_product = |s: &[Tex]| {
            let mut some = false;
            each(s, &mut |n| some |= matches!(command(n), Some("prod" | "sum")));
            some
        };
        let lefts = probabilities(left);
        let [whole] = lefts.as_slice() else { continue };
        let head = text(std::slice::from_ref(&whole.head));
        let outer = conditions(whole);
        for (at, side) in rest.iter().enumerate().filter(|(_, s)| has_product(s)) {
            let inner: Vec<Application> =
                probabilities(side).into_iter().filter(|a| text(std::slice::from_ref(&a.head)) == head).collect();
            let further = rest.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, s)| s);
            let missing = outer.iter().find(|c| {
                let lost = inner.iter().all(|a| {
                    let own = conditions(a);
                    !own.is_empty() && own.iter().all(|o| outer.contains(o)) && !own.contains(c)
                });
                lost && !inner.is_empty()
                    && !text(side).contains(c.as_str())
                    && further.clone().any(|s| text(s).contains(c.as_str()))
            });
            if let (Some(lost), Some(place)) = (missing, inner.first()) {
                let message = Message::new("finding-lost-condition").with("condition", lost);
                found.push(Slip::new(place.span, message));
            }
            if let Some(c) = only_conditioned(left, side, &inner, rest.len()) {
                let span = span_of(left).unwrap_or(whole.span);
                found.push(Slip::new(span, Message::new("finding-lost-condition").with("condition", c)));
            }
        }
    }
    found
}

/// A letter behind the bar of every factor and nowhere else in the equation, neither in front of a bar nor bound.
fn only_conditioned(left: &[Tex], side: &[Tex], inner: &[Application], sides: usize) -> Option<String> {
    if sides != 1 || inner.is_empty() {
        return None;
    }
    let in_conditions = |a: &Application| {
        let behind = a.arguments.get(a.given..).unwrap_or(&[]).to_vec();
        let alone = behind.into_iter().filter_map(|c| match c.as_slice() {
            [one] if char_of(one).is_some() || matches!(one.kind, TexKind::Call { .. }) => Some(text(&c)),
            _ => None,
        });
        alone.collect::<Vec<_>>()
    };
    let mut shared = in_conditions(inner.first()?);
    inner.iter().skip(1).for_each(|a| {
        let own = in_conditions(a);
        shared.retain(|c| own.contains(c));
    });
    // A chain rule conditions on the earlier ones and on this: there is more behind the bar.
    shared.retain(|c| {
        let everywhere = text(side).matches(c.as_str()).count();
        everywhere == inner.len() && !text(left).contains(c.as_str())
    });
    let chained = inner.iter().all(|a| a.arguments.len() > a.given + 1);
    let bound = {
        let mut b = vec![];
        all_sums(side, &mut |s| b.push(s.index.clone()));
        b
    };
    let names = letters(left);
    shared.into_iter().find(|c| chained && !bound.contains(c) && !names.contains(c))
}
