//! Letters of constants that the notes give another meaning: `e = y - \hat{y}` is an error, `\pi` a policy; and how letters
//! stand before brackets.

use std::collections::BTreeSet;

use crate::notation::line::Line;
use crate::notation::relation::plain_text;
use crate::notation::tex::{Tex, TexKind};
use crate::notation::{base_name, significant};

/// Letters of constants.
const CONSTANTS: &[&str] = &["e", "\\pi"];

/// Letters by which sums, limits and integrals run: with them alone a line tells of the number.
const RUNNING: &[&str] = &["n", "k", "i", "j", "m", "N", "x", "h", "t", "e", "\\pi", "\\infty"];

/// The constant that a line gives another meaning: `e = y - \hat{y}`, `e \in E`, `\pi = \pi P`.
pub(super) fn redeclared(line: &Line) -> Option<String> {
    let ([first, second, ..], Some(sign)) = (line.sides.as_slice(), line.signs.first()) else { return None };
    let first = significant(first);
    let [one] = first.as_slice() else { return None };
    let letter = base_name(one).filter(|n| CONSTANTS.contains(&n.as_str()))?;
    let mut used = BTreeSet::new();
    names(second, &mut used, 0);
    let raised = || significant(second).iter().any(|n| matches!(n.kind, TexKind::Script { sup: Some(_), .. }));
    let declares = match sign.sign.name {
        "eq" => used.iter().any(|name| !RUNNING.contains(&name.as_str())),
        "member" => raised() || used.iter().any(|name| name.starts_with(|c: char| c.is_ascii_uppercase())),
        _ => false,
    };
    declares.then_some(letter)
}

/// The names in a list of nodes.
fn names(nodes: &[Tex], out: &mut BTreeSet<String>, depth: usize) {
    if depth > 64 {
        return;
    }
    for node in significant(nodes) {
        if let Some(name) = base_name(&node) {
            out.insert(name);
            continue;
        }
        let mut look = |inner: &[Tex]| names(inner, out, depth + 1);
        match &node.kind {
            TexKind::Script { base, sub, sup, .. } => {
                look(std::slice::from_ref(base));
                [sub, sup].into_iter().flatten().for_each(|s| look(s.list()));
            }
            TexKind::Group(l) => look(l),
            TexKind::Call { args, option, .. } => args.iter().chain(option.as_deref()).for_each(|a| look(a.list())),
            TexKind::Fenced { body, .. } => look(body),
            _ => {}
        }
    }
}

/// Whether a bracket opens with a node.
pub(super) fn is_open(node: &Tex) -> bool {
    matches!(&node.kind, TexKind::Char('(')) || matches!(&node.kind, TexKind::Fenced { open, .. } if open == "(")
}

/// The bracket behind a place of a list without scripts: what stands in it, and the place behind it.
fn bracket(list: &[Tex], at: usize) -> Option<(&[Tex], usize)> {
    match &list.get(at)?.kind {
        TexKind::Fenced { open, close, body } if open == "(" && close == ")" => Some((body, at + 1)),
        TexKind::Char('(') => {
            let rest = list.get(at + 1..)?;
            let end = rest.iter().position(|n| matches!(n.kind, TexKind::Char('(' | ')')))?;
            matches!(rest.get(end)?.kind, TexKind::Char(')')).then_some((rest.get(..end)?, at + end + 2))
        }
        _ => None,
    }
}

/// The letters of a side that are whole terms with one number or letter in brackets behind them, `\pi(3) + \pi(q)`, and
/// stand no other way in it: who multiplies writes no brackets there.
pub(super) fn applied_alone(side: &[Tex]) -> Vec<String> {
    let list = significant(side);
    let sign = |n: Option<&Tex>| n.is_none_or(|n| matches!(n.kind, TexKind::Char('+' | '-' | '−' | ',' | '.')));
    let (mut found, mut otherwise) = (vec![], BTreeSet::new());
    for (at, node) in list.iter().enumerate() {
        let Some(name) = base_name(node) else { continue };
        let atom = |inner: &[Tex]| {
            let inner = significant(inner);
            matches!(inner.as_slice(), [one] if matches!(one.kind, TexKind::Number(_) | TexKind::Script { .. }) || base_name(one).is_some())
        };
        match bracket(&list, at + 1) {
            Some((inner, end))
                if atom(inner) && sign(list.get(end)) && sign(at.checked_sub(1).and_then(|i| list.get(i))) =>
            {
                found.push(name);
            }
            _ => {
                otherwise.insert(name);
            }
        }
    }
    found.retain(|name| !otherwise.contains(name));
    found
}

/// Whether a letter stands in brackets behind itself: `y(1 - y)` is a product.
pub(super) fn holds_itself(side: &[Tex], name: &str) -> bool {
    let list = significant(side);
    let is_it = |n: &Tex| base_name(n).as_deref() == Some(name);
    (0..list.len()).any(|at| {
        list.get(at).is_some_and(is_it)
            && bracket(&list, at + 1).is_some_and(|(inner, _)| significant(inner).iter().any(is_it))
    })
}

/// Whether a line equates a constant with digits that are far from it: `\pi = 0.3`, `e = 1.6 \times 10^{-19}`.
pub(super) fn has_another_value(line: &Line, name: &str) -> bool {
    let standing = match name {
        "\\pi" => std::f64::consts::PI,
        _ => std::f64::consts::E,
    };
    let equal = line.signs.first().is_some_and(|s| s.sign.name == "eq");
    let alone =
        |side: &Vec<Tex>| matches!(significant(side).as_slice(), [one] if base_name(one).as_deref() == Some(name));
    let Some([first, second]) = line.sides.get(..2).filter(|_| equal) else { return false };
    let value = if alone(first) { digits(second) } else { None };
    value.is_some_and(|v| (v / standing - 1.0).abs() > 0.05)
}

/// The value of digits, of a fraction of digits, of digits times a power of ten.
fn digits(side: &[Tex]) -> Option<f64> {
    let list: Vec<Tex> =
        significant(side).into_iter().filter(|n| !matches!(n.kind, TexKind::Char('.' | ','))).collect();
    let number = |n: &Tex| plain_text(n).trim().parse::<f64>().ok();
    match list.as_slice() {
        [one] => match &one.kind {
            TexKind::Call { name, args, .. } if name.ends_with("frac") => match args.as_slice() {
                [a, b] => Some(number(a)? / number(b)?),
                _ => None,
            },
            _ => number(one),
        },
        [one, times, ten] if plain_text(times).contains("times") || plain_text(times).contains('×') => {
            let TexKind::Script { base, sup: Some(sup), .. } = &ten.kind else { return None };
            let power: f64 = plain_text(sup).trim().replace('−', "-").parse().ok()?;
            (number(base)? == 10.0).then_some(number(one)? * 10f64.powf(power))
        }
        _ => None,
    }
}
