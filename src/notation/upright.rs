//! Operators whose names are set as words: `\text{tr}(A)`, `\text{Var}(X)`, `\mathsf{E}[X]`, `{\rm tr}(A)` are what
//! `\operatorname` makes of the same name.
//!
//! Words stand between formulas too. An operator is a name of a table that has an argument right behind it: a bracket, or
//! what a function takes without one. `x_{\text{max}}`, `5 \text{ min}` and `\text{if } x` have none.

use crate::notation::binder;
use crate::notation::composed::is_function_name;
use crate::notation::letter::is_letter_command;
use crate::notation::normal;
use crate::notation::relation::plain_text;
use crate::notation::tex::{Tex, TexKind};

/// Fonts of names, beside those of words, in which no other name is meant.
const FONTS: &[&str] = &["mathsf", "mathtt", "mathit"];

/// Fonts in which a name is an operator already; only what stands around them is in the way.
const UPRIGHT: &[&str] = &["mathrm", "operatorname", "operatorname*"];

/// Operators that no row of a table has.
const OTHERS: &[&str] = &["Pr", "arg min"];

/// Names that are units of time as well: behind a number they are those.
const UNITS: &[&str] = &["min", "sec"];

/// The list with such names as `\operatorname{…}`. Below a sign an operator has a bracket behind it.
pub(super) fn operators(nodes: &[Tex], below: bool) -> Vec<Tex> {
    let mut out = nodes.to_vec();
    // From the end, so that an operator behind another one is one already.
    for at in (0..out.len()).rev() {
        let respelt = out.get(at).and_then(|node| {
            let before = out.iter().take(at).rfind(|n| !matches!(n.kind, TexKind::Space(_)));
            let gap = out.iter().skip(at + 1).take_while(|n| is_narrow(n)).count();
            operator(node, before, out.get(at + 1 + gap)?, below)
        });
        if let (Some(respelt), Some(node)) = (respelt, out.get_mut(at)) {
            *node = respelt;
        }
    }
    out
}

fn operator(node: &Tex, before: Option<&Tex>, behind: &Tex, below: bool) -> Option<Tex> {
    let base = match &node.kind {
        TexKind::Script { base, primes: 0, .. } => base,
        _ => node,
    };
    let written = word(base, true)?;
    let name = written.trim();
    if !is_operator(name) {
        return None;
    }
    let counted = before.is_some_and(|n| matches!(n.kind, TexKind::Number(_)));
    let applied = opens(behind) && !(counted && written.starts_with(char::is_whitespace));
    let loose = !below
        && name.chars().count() > 1
        && begins(behind)
        && !(counted && (UNITS.contains(&name) || written.starts_with(char::is_whitespace)));
    if !applied && !loose {
        return None;
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).map(|c| Tex::new(TexKind::Char(c), base.span)).collect();
    let group = Tex::new(TexKind::Group(letters), base.span);
    let call = Tex::new(TexKind::Call { name: "operatorname".into(), option: None, args: vec![group] }, base.span);
    Some(match &node.kind {
        TexKind::Script { sub, sup, primes, .. } => {
            let kind = TexKind::Script { base: Box::new(call), sub: sub.clone(), sup: sup.clone(), primes: *primes };
            Tex::new(kind, node.span)
        }
        _ => call,
    })
}

/// The word that a node sets, also in braces; an upright one only where something stands `outermost` around it.
fn word(node: &Tex, outermost: bool) -> Option<String> {
    match &node.kind {
        TexKind::Text(text) => Some(text.clone()),
        TexKind::Group(list) => match list.as_slice() {
            [one] => word(one, false),
            _ => None,
        },
        TexKind::Call { name, args, .. } => match args.as_slice() {
            [arg] if name == "mathop" => match arg.list() {
                [one] => word(one, false),
                _ => None,
            },
            [arg] if FONTS.contains(&name.as_str()) || !outermost && UPRIGHT.contains(&name.as_str()) => {
                let letter = |n: &Tex| matches!(n.kind, TexKind::Char(c) if c.is_alphabetic());
                arg.list().iter().all(letter).then(|| plain_text(arg))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether a table has an operator of this name that is applied to something.
fn is_operator(name: &str) -> bool {
    let binds = !matches!(name, "sum" | "prod") && binder::OPERATORS.iter().any(|(word, _)| *word == name);
    let spelt = name.chars().all(|c| c.is_alphabetic() || c == ' ');
    spelt && (binds || is_function_name(name) || normal::OPERATORS.contains(&name) || OTHERS.contains(&name))
}

/// A space that keeps an operator and its argument together.
fn is_narrow(node: &Tex) -> bool {
    matches!(&node.kind, TexKind::Space(s) if !matches!(s.as_str(), "quad" | "qquad" | "enspace" | "hfill"))
}

/// Whether a bracket opens here.
fn opens(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char(c) => matches!(c, '(' | '['),
        TexKind::Command(c) => matches!(c.as_str(), "{" | "lbrace" | "lbrack"),
        TexKind::Fenced { open, .. } => matches!(open.as_str(), "(" | "[" | "\\{" | "\\lbrace" | "\\lbrack"),
        TexKind::Script { base, .. } => matches!(base.kind, TexKind::Fenced { .. }) && opens(base),
        _ => false,
    }
}

/// Whether an argument without brackets begins here.
fn begins(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char(c) => c.is_alphabetic() || *c == '|',
        TexKind::Number(_) => true,
        TexKind::Command(c) => is_letter_command(c) || is_function_name(c) || matches!(c.as_str(), "lvert" | "vert"),
        TexKind::Fenced { open, .. } => matches!(open.as_str(), "|" | "\\lvert" | "\\vert"),
        TexKind::Script { base, .. } => begins(base),
        TexKind::Call { name, .. } => !matches!(name.as_str(), "phantom" | "hphantom" | "vphantom"),
        _ => false,
    }
}
