//! What is written in several ways, in one: before any reading.
//!
//! `...` is `\ldots`, `\underset{x}{\max}` is `\max_x`, `\bar{y_i}` is `\bar{y}_i`, `{\mathbf{v}}_i` is `\mathbf{v}_i`,
//! `20{,}000` is `20000`, `1 .\ 2` stays, `{\sum_j}` is `\sum_j`, `n^{'}` is `n'`, `_{\substack{i < n \\ j}}` is `_{i < n, j}`.

use crate::notation::reader::char_of;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// Accents that may stand over a name with its scripts.
const ACCENTS: &[&str] = &[
    "hat",
    "widehat",
    "bar",
    "overline",
    "tilde",
    "widetilde",
    "vec",
    "dot",
    "ddot",
    "mathbf",
    "boldsymbol",
    "bm",
    "mathrm",
];

/// The nodes in their normal form, at this level of brackets.
pub(crate) fn normal(nodes: &[Tex]) -> Vec<Tex> {
    let mut out: Vec<Tex> = Vec::with_capacity(nodes.len());
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        if let Some(taken) = three_dots(nodes, at) {
            let span =
                nodes.get(at..at + taken).unwrap_or(&[]).iter().map(|n| n.span).reduce(Span::join).unwrap_or(node.span);
            out.push(Tex::new(TexKind::Command("ldots".into()), span));
            at += taken;
            continue;
        }
        if let Some((number, taken)) = grouped_number(nodes, at) {
            out.push(number);
            at += taken;
            continue;
        }
        if let Some(difference) = difference(nodes, at) {
            out.push(difference);
            at += 2;
            continue;
        }
        if let Some((argument, taken)) = operated(nodes, at) {
            out.extend([one(node), argument]);
            at += taken;
            continue;
        }
        out.push(one(node));
        at += 1;
    }
    out
}

/// The nodes with commas in rows of numbers that only space keeps apart: `[1\ 2\ 3]` is `[1, 2, 3]`; and with groups of
/// digits put together.
pub(crate) fn with_commas(nodes: &[Tex]) -> Vec<Tex> {
    let mut out: Vec<Tex> = Vec::with_capacity(nodes.len());
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        let found = grouped_number(nodes, at).or_else(|| row_of_numbers(nodes, at));
        let (node, taken) = found.unwrap_or_else(|| (node.clone(), 1));
        out.push(node);
        at += taken;
    }
    out
}

/// Upright words that are operators, whatever they are applied to; with a letter behind them they are no factors.
pub(super) const OPERATORS: &[&str] = &[
    "E", "Var", "var", "Cov", "cov", "Corr", "corr", "Std", "std", "div", "grad", "curl", "rot", "Im", "Re", "rank",
    "rk", "sgn", "sign", "sech", "csch", "arsinh", "arcosh", "artanh", "arcsinh", "arccosh", "arctanh", "tr", "Tr",
    "dim", "ker", "span", "deg", "ord", "adj", "vec", "diag", "erf", "erfc",
];

/// `\text{rank} A^T A` is `\text{rank}(A^T A)`: the letters behind an operator in brackets, and the nodes taken.
fn operated(nodes: &[Tex], at: usize) -> Option<(Tex, usize)> {
    let word = match &nodes.get(at)?.kind {
        TexKind::Text(t) => t.trim().to_owned(),
        TexKind::Call { name, args, .. }
            if matches!(name.as_str(), "text" | "mathrm" | "operatorname" | "mathsf" | "mathop") =>
        {
            args.iter().flat_map(Tex::list).map(super::relation::plain_text).collect()
        }
        _ => return None,
    };
    if !OPERATORS.contains(&word.as_str()) {
        return None;
    }
    let gap = nodes.get(at + 1..)?.iter().take_while(|n| matches!(n.kind, TexKind::Space(_))).count();
    let rest = nodes.get(at + 1 + gap..)?;
    let letter = |n: &&Tex| match &n.kind {
        TexKind::Script { base, .. } => base_name(base).is_some(),
        _ => base_name(n).is_some(),
    };
    // Words are read as names of one letter too.
    let worded = |n: &Tex| {
        matches!(&n.kind, TexKind::Text(_))
            || matches!(&n.kind, TexKind::Call { name, .. } if matches!(name.as_str(), "text" | "operatorname"))
    };
    let run: Vec<Tex> = rest.iter().take_while(|n| letter(n) && !worded(n)).cloned().collect();
    let span = run.iter().map(|n| n.span).reduce(Span::join)?;
    let taken = 1 + gap + run.len();
    let body = TexKind::Fenced { open: "(".into(), close: ")".into(), body: run };
    Some((Tex::new(body, span), taken))
}

/// A row of numbers with nothing but space between them, which are no product, and the nodes taken.
fn row_of_numbers(nodes: &[Tex], at: usize) -> Option<(Tex, usize)> {
    let node = nodes.get(at)?;
    let (body, close, taken) = match &node.kind {
        TexKind::Char('[') => {
            let length = nodes.get(at + 1..)?.iter().position(|n| matches!(char_of(n), Some(']' | '[')))?;
            (nodes.get(at + 1..at + 1 + length)?, nodes.get(at + 1 + length)?, length + 2)
        }
        TexKind::Fenced { open, close, body }
            if matches!(open.as_str(), "[" | "\\lbrack") && matches!(close.as_str(), "]" | "\\rbrack") =>
        {
            (body.as_slice(), node, 1)
        }
        _ => return None,
    };
    let space = |n: &Tex| matches!(n.kind, TexKind::Space(_));
    let number = |n: &Tex| {
        matches!(n.kind, TexKind::Number(_)) || matches!(&n.kind, TexKind::Call { name, .. } if name.ends_with("frac"))
    };
    // Letters with a thin space between them may be factors.
    let thin = body.iter().any(|n| matches!(&n.kind, TexKind::Space(s) if matches!(s.as_str(), "," | "!" | ":" | ">")));
    let member = |n: &Tex| number(n) || !thin && base_name(n).is_some();
    let pieces: Vec<&[Tex]> = body.split(space).filter(|p| !p.is_empty()).collect();
    let entry = |p: &[Tex]| match p {
        [one] => member(one),
        [sign, one] => matches!(char_of(sign), Some('-' | '−' | '+')) && member(one),
        _ => false,
    };
    if pieces.len() < 2 || !pieces.iter().all(|p| entry(p)) {
        return None;
    }
    let comma = Tex::new(TexKind::Char(','), close.span);
    let row = pieces.join(&comma);
    let fenced =
        Tex::new(TexKind::Fenced { open: "[".into(), close: "]".into(), body: row }, node.span.join(close.span));
    Some(match &close.kind {
        TexKind::Script { sub, sup, primes, .. } => {
            let kind = TexKind::Script { base: Box::new(fenced), sub: sub.clone(), sup: sup.clone(), primes: *primes };
            (Tex::new(kind, node.span.join(close.span)), taken)
        }
        _ => (fenced, taken),
    })
}

/// How many nodes a run of three or more dots takes.
fn three_dots(nodes: &[Tex], at: usize) -> Option<usize> {
    let run = nodes.get(at..)?.iter().take_while(|n| matches!(n.kind, TexKind::Char('.'))).count();
    (run >= 3).then_some(run)
}

/// `\Delta x` is a name of its own: a difference of x.
fn difference(nodes: &[Tex], at: usize) -> Option<Tex> {
    let delta = nodes.get(at).filter(|n| matches!(&n.kind, TexKind::Command(c) if c == "Delta"))?;
    let next = nodes.get(at + 1)?;
    let (name, scripts) = match &next.kind {
        TexKind::Script { base, sub, sup, primes } => (&**base, Some((sub, sup, primes))),
        _ => (next, None),
    };
    let letter = matches!(name.kind, TexKind::Char(c) if c.is_alphabetic())
        || matches!(&name.kind, TexKind::Command(_) | TexKind::Call { .. }) && base_name(name).is_some();
    if !letter {
        return None;
    }
    let args = vec![name.clone()];
    let call = TexKind::Call { name: "Delta".into(), option: None, args };
    let span = delta.span.join(next.span);
    let base = Tex::new(call, delta.span.join(name.span));
    Some(match scripts {
        Some((sub, sup, primes)) => Tex::new(
            TexKind::Script { base: Box::new(base), sub: sub.clone(), sup: sup.clone(), primes: *primes },
            span,
        ),
        None => base,
    })
}

/// `50{,}000`, `1\,048\,576`: digits in groups of three, with the number of nodes. Bare numbers beside each other are
/// never a product.
fn grouped_number(nodes: &[Tex], at: usize) -> Option<(Tex, usize)> {
    let first = nodes.get(at)?;
    let TexKind::Number(digits) = &first.kind else { return None };
    let (mut all, mut span, mut taken) = (digits.clone(), first.span, 1);
    while let (Some(separator), Some(next)) = (nodes.get(at + taken), nodes.get(at + taken + 1)) {
        let comma = matches!(&separator.kind, TexKind::Group(list) if matches!(list.as_slice(), [one] if char_of(one) == Some(',')));
        let (group, scripts) = match &next.kind {
            TexKind::Script { base, sub, sup, primes } => (&base.kind, Some((sub, sup, primes))),
            kind => (kind, None),
        };
        let TexKind::Number(group) = group else { break };
        let fits = match all.split_once('.') {
            // Behind the point the last group may be shorter.
            Some((_, fraction)) => {
                is_thin(separator) && fraction.len() % 3 == 0 && group.len() <= 3 && !group.contains('.')
            }
            None => {
                let grouped = group.split('.').next().is_some_and(|g| g.len() == 3);
                grouped && (comma || is_thin(separator) && digits.len() <= 3 && !digits.starts_with('0'))
            }
        };
        if !fits {
            break;
        }
        all.push_str(group);
        span = span.join(next.span);
        taken += 2;
        if let Some((sub, sup, primes)) = scripts {
            let base = Box::new(Tex::new(TexKind::Number(all), span));
            let kind = TexKind::Script { base, sub: sub.clone(), sup: sup.clone(), primes: *primes };
            return Some((Tex::new(kind, span), taken));
        }
    }
    (taken > 1).then(|| (Tex::new(TexKind::Number(all), span), taken))
}

/// A small space, in braces or not.
fn is_thin(node: &Tex) -> bool {
    let small = |n: &Tex| matches!(&n.kind, TexKind::Space(s) if matches!(s.as_str(), "," | ";" | ":" | ">" | " " | "~" | "thinspace"));
    small(node) || matches!(&node.kind, TexKind::Group(list) if matches!(list.as_slice(), [one] if small(one)))
}

fn one(node: &Tex) -> Tex {
    let respelt = with_plain_scripts(node);
    let node = respelt.as_ref().unwrap_or(node);
    match &node.kind {
        TexKind::Text(t) if t == "-" || t == "+" => {
            Tex::new(TexKind::Char(if t == "-" { '-' } else { '+' }), node.span)
        }
        TexKind::Group(list) => bare_operator(list).unwrap_or_else(|| node.clone()),
        TexKind::Call { name, args, .. } => match (name.as_str(), args.as_slice()) {
            ("underset", [mark, base]) => scripted(base, mark, node).unwrap_or_else(|| node.clone()),
            ("mathop", [arg]) => bare_operator(arg.list()).unwrap_or_else(|| node.clone()),
            ("overset", [_, base]) if is_operator(base) || base_name(base).is_some() => {
                base.list().first().filter(|_| base.list().len() == 1).cloned().unwrap_or_else(|| base.clone())
            }
            (accent, [arg]) if ACCENTS.contains(&accent) => over_scripts(node, arg).unwrap_or_else(|| node.clone()),
            _ => node.clone(),
        },
        // `{\mathbf{v}}_i`
        TexKind::Script { base, sub, sup, primes } => match &base.kind {
            TexKind::Group(list) => match list.as_slice() {
                [inner] if base_name(inner).is_some() || binds(inner) => {
                    let base = Box::new(inner.clone());
                    Tex::new(TexKind::Script { base, sub: sub.clone(), sup: sup.clone(), primes: *primes }, node.span)
                }
                // `{g^{[l]}}'`
                [Tex { kind: TexKind::Script { base: name, sub: under, sup: over, primes: 0 }, .. }]
                    if sub.is_none() && sup.is_none() && *primes > 0 && base_name(name).is_some() =>
                {
                    let kind =
                        TexKind::Script { base: name.clone(), sub: under.clone(), sup: over.clone(), primes: *primes };
                    Tex::new(kind, node.span)
                }
                // `{x_i}^2`
                [Tex { kind: TexKind::Script { base: name, sub: Some(index), sup: None, primes: 0 }, .. }]
                    if sub.is_none() && sup.is_some() && base_name(name).is_some() =>
                {
                    let kind = TexKind::Script {
                        base: name.clone(),
                        sub: Some(index.clone()),
                        sup: sup.clone(),
                        primes: *primes,
                    };
                    Tex::new(kind, node.span)
                }
                _ => node.clone(),
            },
            TexKind::Call { name, args, .. } => match (name.as_str(), args.as_slice()) {
                ("mathop", [inner]) => match bare_operator(inner.list()) {
                    Some(base) => Tex::new(
                        TexKind::Script { base: Box::new(base), sub: sub.clone(), sup: sup.clone(), primes: *primes },
                        node.span,
                    ),
                    None => node.clone(),
                },
                ("underset", [mark, inner]) if sub.is_none() => match scripted(inner, mark, node) {
                    Some(Tex { kind: TexKind::Script { base, sub, .. }, .. }) => {
                        Tex::new(TexKind::Script { base, sub, sup: sup.clone(), primes: *primes }, node.span)
                    }
                    _ => node.clone(),
                },
                _ => node.clone(),
            },
            _ => node.clone(),
        },
        _ => node.clone(),
    }
}

/// A node with its primes in braces as primes and the rows of a stack below it as a list; `None` where it has neither.
fn with_plain_scripts(node: &Tex) -> Option<Tex> {
    let TexKind::Script { base, sub, sup, primes } = &node.kind else { return None };
    let list = sub.as_deref().and_then(unstacked);
    let marks = sup.as_deref().filter(|_| *primes == 0).and_then(|s| match s.list() {
        [Tex { kind: TexKind::Script { base, sub: None, sup: None, primes }, .. }] if base.list().is_empty() => {
            Some(*primes)
        }
        _ => None,
    });
    if list.is_none() && marks.is_none() {
        return None;
    }
    let kind = TexKind::Script {
        base: base.clone(),
        sub: list.map(Box::new).or_else(|| sub.clone()),
        sup: sup.clone().filter(|_| marks.is_none()),
        primes: marks.unwrap_or(*primes),
    };
    Some(Tex::new(kind, node.span))
}

/// The rows of `\substack{…}` with commas between.
fn unstacked(sub: &Tex) -> Option<Tex> {
    let [Tex { kind: TexKind::Env { name, rows, .. }, span }] = sub.list() else { return None };
    let stack = matches!(name.as_str(), "substack" | "subarray");
    let rows: Vec<Vec<Tex>> = rows.iter().map(|r| r.cells.concat()).filter(|r| !r.is_empty()).collect();
    (stack && !rows.is_empty()).then(|| {
        let comma = Tex::new(TexKind::Char(','), *span);
        Tex::new(TexKind::Group(rows.join(&comma)), *span)
    })
}

/// Whether a node is a sign that takes what follows it, with scripts or without.
fn binds(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Script { base, .. } => binds(base),
        TexKind::Command(c) => matches!(c.as_str(), "sum" | "prod" | "int" | "lim") || is_extremum(c),
        TexKind::Call { name, args, .. } => {
            let word: String = args.iter().flat_map(Tex::list).map(super::relation::plain_text).collect();
            matches!(name.as_str(), "mathrm" | "operatorname" | "operatorname*") && is_extremum(&word)
        }
        _ => false,
    }
}

fn is_extremum(word: &str) -> bool {
    matches!(word, "max" | "min" | "sup" | "inf" | "argmax" | "argmin")
}

/// The one operator that stands in braces.
fn bare_operator(list: &[Tex]) -> Option<Tex> {
    let kept: Vec<&Tex> = list.iter().filter(|n| !matches!(n.kind, TexKind::Space(_))).collect();
    match kept.as_slice() {
        [inner] if binds(inner) => Some(one(inner)),
        _ => None,
    }
}

/// Words and signs that may have their variable below.
fn is_operator(base: &Tex) -> bool {
    match base.list() {
        [Tex { kind: TexKind::Group(list), .. }] if list.len() == 1 => list.iter().all(is_operator),
        [one] => match &one.kind {
            TexKind::Command(c) => super::symbol::is_operator_word(c) || matches!(c.as_str(), "arg" | "Pr"),
            TexKind::Call { name, args, .. } => {
                name.starts_with("operatorname")
                    || matches!(name.as_str(), "mathbb" | "mathrm")
                        && args.first().is_some_and(|a| !matches!(a.list(), []))
            }
            TexKind::Char('E') => true,
            _ => false,
        },
        letters if is_word(letters) => true,
        [.., last] => is_operator(last),
        [] => false,
    }
}

fn word(letters: &[Tex]) -> Option<String> {
    letters.iter().map(|n| if let TexKind::Char(c) = n.kind { Some(c) } else { None }).collect()
}

fn is_word(letters: &[Tex]) -> bool {
    word(letters).is_some_and(|w| matches!(w.as_str(), "argmax" | "argmin" | "max" | "min" | "sup" | "inf" | "lim"))
}

/// `\underset{x}{\max}` as `\max_x`.
fn scripted(base: &Tex, mark: &Tex, node: &Tex) -> Option<Tex> {
    if !is_operator(base) {
        return None;
    }
    let mut base = base;
    while let [Tex { kind: TexKind::Group(_), .. }] = base.list() {
        base = base.list().first()?;
    }
    let list: Vec<&Tex> = base.list().iter().filter(|n| !matches!(n.kind, TexKind::Space(_))).collect();
    let inner = match list.as_slice() {
        [one] => (*one).clone(),
        _ if is_word(base.list()) => Tex::new(TexKind::Command(word(base.list())?), base.span),
        [Tex { kind: TexKind::Command(arg), .. }, Tex { kind: TexKind::Command(c), span }] if arg == "arg" => {
            Tex::new(TexKind::Command(format!("arg{c}")), *span)
        }
        _ => return None,
    };
    let below = unstacked(mark).unwrap_or_else(|| mark.clone());
    let kind = TexKind::Script { base: Box::new(inner), sub: Some(Box::new(below)), sup: None, primes: 0 };
    Some(Tex::new(kind, node.span))
}

/// `\bar{y_i}` as `\bar{y}_i`.
fn over_scripts(node: &Tex, arg: &Tex) -> Option<Tex> {
    let [Tex { kind: TexKind::Script { base, sub, sup, primes }, span }] = arg.list() else { return None };
    base_name(base)?;
    let TexKind::Call { name, option, .. } = &node.kind else { return None };
    let accent = TexKind::Call { name: name.clone(), option: option.clone(), args: vec![(**base).clone()] };
    let base = Box::new(Tex::new(accent, base.span.join(*span)));
    Some(Tex::new(TexKind::Script { base, sub: sub.clone(), sup: sup.clone(), primes: *primes }, node.span))
}
