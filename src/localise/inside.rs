//! Sums and derivatives without brackets: "`\sum_{k=1}^n 2k - 1 = n^2`", "`\frac{d}{dx} x^2 + 3x`". By the rules the last
//! terms stand outside, but who writes so may mean them inside.

use crate::claim::Statement;
use crate::engine::{Effort, plausible};
use crate::expr::{Binder, Domain, Expr, Node, fun};
use crate::message::Message;
use crate::num::Ternary;

/// Points of a look at the other reading.
const LOOK: Effort = Effort { cases: 12, seed: 0 };

/// What takes in the terms behind it, by how it is written and shown.
const SIGNS: &[(&str, &str)] =
    &[("\\sum", "Σ"), ("\\frac{d}", "d/dx"), ("\\frac d", "d/dx"), ("\\frac{\\partial}", "∂/∂x")];

/// Why a refuted equation is excused that holds with the terms behind a sum or a derivative inside of it, if it is: brackets
/// around neither say otherwise.
pub fn inside(statement: &Statement) -> Option<Message> {
    let claim = statement.claim.as_ref().filter(|_| statement.expected.is_none())?;
    let (_, shown) = SIGNS.iter().find(|(sign, _)| is_open(&statement.latex, sign))?;
    let [left, right] = claim.unfolded.as_app(fun::EQ)? else { return None };
    let (l, r) = (taken_in(left), taken_in(right));
    let pairs = [(l.as_ref(), Some(right)), (Some(left), r.as_ref()), (l.as_ref(), r.as_ref())];
    let holds = pairs.into_iter().any(|(a, b)| {
        let relation = a.zip(b).map(|(a, b)| Expr::relate(fun::EQ, a.clone(), b.clone()));
        relation.is_some_and(|relation| plausible(&claim.about(&relation), LOOK) == Ternary::True)
    });
    holds.then(|| Message::new("reason-inside").with("what", *shown))
}

/// Whether the sign stands somewhere without a bracket before it and around what it is of.
fn is_open(latex: &str, sign: &str) -> bool {
    let bare: String = latex.replace("\\left", "").replace("\\right", "").replace("\\limits", "");
    bare.match_indices(sign).any(|(at, _)| {
        let (before, behind) = (bare.get(..at).unwrap_or("").trim_end(), bare.get(at + sign.len()..).unwrap_or(""));
        // Its bounds, or its denominator.
        let mut rest = behind.trim_start();
        while rest.starts_with(['_', '^', '{']) {
            let group = rest.trim_start_matches(['_', '^']);
            let end = if group.starts_with('{') {
                closing(group, '{', '}')
            } else {
                group.chars().next().map(char::len_utf8)
            };
            rest = end.and_then(|end| group.get(end..)).unwrap_or("").trim_start();
        }
        let around = rest.starts_with('(').then(|| closing(rest, '(', ')')).flatten();
        let behind = around.and_then(|end| rest.get(end..)).map(str::trim_start);
        !before.ends_with(['(', '[']) && !behind.is_some_and(|b| b.starts_with(['+', '-']))
    })
}

/// The place behind the bracket that closes the one at the start.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        depth += i32::from(c == open) - i32::from(c == close);
        (depth == 0).then_some(at + c.len_utf8())
    })
}

/// A sum of terms in which the first sum or derivative among them takes in all that stand behind it.
fn taken_in(side: &Expr) -> Option<Expr> {
    let terms = side.as_app(fun::ADD)?;
    let (at, _) = terms.iter().enumerate().find(|(_, t)| with(t, &Expr::int(0)).is_some())?;
    let (before, rest) = terms.split_at_checked(at)?;
    let (term, behind) = rest.split_first().filter(|(_, behind)| !behind.is_empty())?;
    let behind = behind.iter().cloned().reduce(|a, b| a + b)?;
    Some(before.iter().cloned().fold(with(term, &behind)?, |sum, t| t + sum))
}

/// The sum or derivative, perhaps with factors before it, of what it is of and more.
fn with(term: &Expr, more: &Expr) -> Option<Expr> {
    match term.node() {
        Node::App(f, factors) if f.name == fun::MUL => {
            let (last, before) = factors.split_last()?;
            Some(before.iter().cloned().fold(with(last, more)?, |product, factor| factor * product))
        }
        Node::App(f, args) if f.name == "partial" => match args.as_slice() {
            [body, by] => Some(Expr::apply("partial", vec![body.clone() + more.clone(), by.clone()])),
            _ => None,
        },
        Node::Bind { binder: Binder::Sum, domain, body } => {
            Some(Expr::bind(Binder::Sum, domain.clone(), body.clone() + more.clone()))
        }
        Node::Bind { binder: Binder::Derivative, domain: Domain::At(at, places), body } if places.is_empty() => {
            let by = at.as_symbol()?;
            let more = more.abstracted(by, by.sort.clone());
            Some(Expr::bind(Binder::Derivative, Domain::At(at.clone(), vec![]), body.clone() + more))
        }
        _ => None,
    }
}
