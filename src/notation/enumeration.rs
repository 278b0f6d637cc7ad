//! Lines about several names, `x, y > 0` and `t = 0, 1, \ldots, T`, and what stands before a line: `H_0\colon`, `\Rightarrow`.

use crate::notation::joining::is_joining;
use crate::notation::line::{Line, Placed};
use crate::notation::reader::{parts, significant};
use crate::notation::relation::{Role, SIGNS, sign_at};
use crate::notation::set::is_dots;
use crate::notation::symbol::base_name;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// The line as lines about one thing each: `x, y > 0` says that of both, and a list of values is a set that the left
/// side is from. Other lines as they are.
pub(super) fn one_by_one(mut line: Line) -> Vec<Line> {
    let equates = line.signs.iter().all(|p| p.sign.name == "eq");
    line.sides.iter_mut().for_each(|side| *side = grouped(side, equates));
    let [left, right] = line.sides.as_slice() else { return vec![line] };
    let [placed] = line.signs.as_slice() else { return vec![line] };
    let right = inside(right);
    let (heads, values) = (list(left), list(right));
    match (heads.len(), values.len()) {
        // `x_i, i = 1, \ldots, n` says of i which it is.
        (2..=12, 2..)
            if placed.sign.name == "eq"
                && is_list_of_values(&values)
                && heads.last().is_some_and(|h| is_name(h))
                && !heads.iter().any(|h| is_dotted(h)) =>
        {
            let index = heads.last().cloned().unwrap_or_default();
            one_by_one(Line { sides: vec![index, right.to_vec()], ..line })
        }
        (1, 2..) if placed.sign.name == "eq" && is_list_of_values(&values) && is_name(left) => {
            let Some(member) = SIGNS.iter().find(|s| s.name == "member") else { return vec![line] };
            let (open, close) = (brace("{", right), brace("}", right));
            let set: Vec<Tex> = std::iter::once(open).chain(joined(&values)).chain([close]).collect();
            let sides = vec![left.clone(), set];
            vec![Line { sides, signs: vec![Placed { sign: member, span: placed.span }], ..line }]
        }
        (2..=12, 1) if placed.sign.role == Role::Relation && heads.iter().all(|h| is_name(h) || is_dotted(h)) => {
            let lone = heads.iter().filter(|h| !is_dotted(h));
            let one = |head: &Vec<Tex>| Line { sides: vec![head.clone(), right.to_vec()], ..line.clone() };
            lone.map(one).collect()
        }
        _ => vec![line],
    }
}

/// Whether names before a line, `\alpha, \quad \beta > 0`, are in a list with the one that it begins with. An equation
/// is about that one alone.
pub(super) fn lists_names(before: &[Tex], line: &[Tex]) -> bool {
    let sign = (0..line.len()).find_map(|i| sign_at(line, i).map(|(sign, _)| (i, sign.name)));
    let Some((at, _)) = sign.filter(|(_, name)| *name != "eq") else { return false };
    let heads = list(before).into_iter().chain(list(line.get(..at).unwrap_or_default()));
    heads.into_iter().all(|h| is_name(&h) || is_dotted(&h))
}

/// What stands in `{0, 1}`: the braces only group.
fn inside(side: &[Tex]) -> &[Tex] {
    match side {
        [one] => match &one.kind {
            TexKind::Group(list) if parts(&significant(list)).len() > 1 => list,
            _ => side,
        },
        _ => side,
    }
}

/// `20,000` is one number: three digits right behind the comma. `x = 100,200` may be two.
fn grouped(side: &[Tex], equates: bool) -> Vec<Tex> {
    let mut out: Vec<Tex> = vec![];
    let mut rest = side;
    let mut depth = 0_i32;
    while let Some((node, after)) = rest.split_first() {
        rest = after;
        match node.kind {
            TexKind::Char('(' | '[') => depth += 1,
            TexKind::Char(')' | ']') => depth -= 1,
            _ => {}
        }
        let TexKind::Number(first) = &node.kind else {
            out.push(node.clone());
            continue;
        };
        let (mut digits, mut span, mut tail) = (first.clone(), node.span, after);
        while let [comma, group, further @ ..] = tail {
            let TexKind::Number(text) = &group.kind else { break };
            let close = matches!(comma.kind, TexKind::Char(','))
                && comma.span.start == span.end
                && group.span.start == comma.span.end;
            let whole = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
            if !close || text.len() != 3 || !whole(text) || first.len() > 3 || !whole(first) || first.starts_with('0') {
                break;
            }
            digits.push_str(text);
            (span, tail) = (span.join(group.span), further);
        }
        let sure = !equates || digits.ends_with("000") || digits.len() > 6 || side.len() > 4;
        if digits.len() > first.len() && sure && depth == 0 {
            out.push(Tex::new(TexKind::Number(digits), span));
            rest = tail;
        } else {
            out.push(node.clone());
        }
    }
    out
}

/// The parts between commas, empty ones left out; what stands beside dots without a comma is a part of its own.
fn list(nodes: &[Tex]) -> Vec<Vec<Tex>> {
    let all = significant(nodes);
    let mut out: Vec<Vec<Tex>> = vec![];
    for part in parts(&all) {
        let open =
            |n: &Tex| matches!(n.kind, TexKind::Char('(' | '[')) || matches!(&n.kind, TexKind::Command(c) if c == "{");
        let at = part.iter().position(is_dots).filter(|at| !part.iter().take(*at).any(open) && !operates(part, *at));
        let pieces = match at {
            Some(at) => vec![part.get(..at), part.get(at..=at), part.get(at + 1..)],
            None => vec![Some(part)],
        };
        out.extend(pieces.into_iter().flatten().filter(|p| !p.is_empty()).map(<[Tex]>::to_vec));
    }
    out
}

/// Whether the dots at a place stand beside a sign of arithmetic: they are those of a sum.
fn operates(part: &[Tex], at: usize) -> bool {
    let sign = |n: &Tex| matches!(n.kind, TexKind::Char('+' | '*' | '·'));
    let before = at.checked_sub(1).and_then(|i| part.get(i));
    before.is_some_and(sign) || part.get(at + 1).is_some_and(sign)
}

fn is_dotted(part: &[Tex]) -> bool {
    matches!(part, [one] if is_dots(one))
}

fn is_name(part: &[Tex]) -> bool {
    match significant(part).as_slice() {
        [one] => match &one.kind {
            TexKind::Script { base, .. } => base_name(base).is_some(),
            _ => base_name(one).is_some(),
        },
        _ => false,
    }
}

/// With dots, or numbers only.
fn is_list_of_values(values: &[Vec<Tex>]) -> bool {
    let number = |v: &Vec<Tex>| v.iter().all(|n| matches!(n.kind, TexKind::Number(_) | TexKind::Char('-')));
    values.iter().any(|v| is_dotted(v)) || values.iter().all(number)
}

fn brace(which: &str, near: &[Tex]) -> Tex {
    let span = near.first().map_or(Span::default(), |n| Span::new(n.span.start, n.span.start));
    Tex::new(TexKind::Command(which.into()), span)
}

fn joined(values: &[Vec<Tex>]) -> Vec<Tex> {
    let mut out: Vec<Tex> = vec![];
    for value in values {
        if let Some(last) = out.last() {
            let span = Span::new(last.span.end, last.span.end);
            out.push(Tex::new(TexKind::Char(','), span));
        }
        out.extend(value.iter().cloned());
    }
    out
}

/// `(x > 0)` behind a wide space: for which values the line is meant.
pub(super) fn condition_in_brackets(piece: &[Tex]) -> Option<Vec<Tex>> {
    let list: Vec<&Tex> = piece.iter().filter(|n| !matches!(n.kind, TexKind::Space(_)) && !is_end(n)).collect();
    let inner: Vec<Tex> = match list.as_slice() {
        [Tex { kind: TexKind::Fenced { open, body, .. }, .. }] if open == "(" => body.clone(),
        [first, inner @ .., last]
            if matches!(first.kind, TexKind::Char('(')) && matches!(last.kind, TexKind::Char(')')) =>
        {
            inner.iter().map(|n| (*n).clone()).collect()
        }
        _ => return None,
    };
    let related = (0..inner.len()).any(|i| sign_at(&inner, i).is_some_and(|(s, _)| s.role == Role::Relation));
    let closed = !inner.iter().any(|n| matches!(n.kind, TexKind::Char('(' | ')')));
    (related && closed).then_some(inner)
}

/// `(\text{by M-step})`: words in brackets and nothing else.
pub(super) fn is_said_in_brackets(piece: &[Tex]) -> bool {
    let list: Vec<&Tex> = piece.iter().filter(|n| !matches!(n.kind, TexKind::Space(_)) && !is_end(n)).collect();
    let words = |n: &Tex| matches!(&n.kind, TexKind::Text(t) if t.split_whitespace().count() > 1);
    match list.as_slice() {
        [Tex { kind: TexKind::Fenced { body, .. }, .. }] => matches!(body.as_slice(), [one] if words(one)),
        [first, one, last] => {
            matches!(first.kind, TexKind::Char('(')) && matches!(last.kind, TexKind::Char(')')) && words(one)
        }
        _ => false,
    }
}

/// `(2.3)`, `[2.5]`, `(1-2)`, `--- (1)`, `(3a)` behind a wide space: the number of an equation, typed by hand.
pub(super) fn is_number_of_equation(piece: &[Tex]) -> bool {
    let list: Vec<&Tex> = piece.iter().filter(|n| !matches!(n.kind, TexKind::Space(_)) && !is_end(n)).collect();
    let dash = |n: &&&Tex| matches!(n.kind, TexKind::Char('-' | '–' | '—')) || is_dots(n);
    let list = list.get(list.iter().take_while(dash).count()..).unwrap_or(&[]);
    let inner: Vec<&Tex> = match list {
        [Tex { kind: TexKind::Fenced { open, close, body, .. }, .. }]
            if matches!((open.as_str(), close.as_str()), ("(", ")") | ("[", "]")) =>
        {
            body.iter().collect()
        }
        [first, inner @ .., last] => match (&first.kind, &last.kind) {
            (TexKind::Char('('), TexKind::Char(')')) | (TexKind::Char('['), TexKind::Char(']')) => inner.to_vec(),
            _ => return false,
        },
        _ => return false,
    };
    let part = |n: &&Tex| match &n.kind {
        TexKind::Number(_) | TexKind::Char('.' | '-' | '–' | '*') => true,
        TexKind::Char(c) => c.is_ascii_alphabetic() && inner.len() > 1,
        _ => false,
    };
    let letters = inner.iter().filter(|n| matches!(n.kind, TexKind::Char(c) if c.is_ascii_alphabetic())).count();
    let first =
        inner.first().is_some_and(|n| matches!(n.kind, TexKind::Number(_) | TexKind::Char('*')) || letters == 1);
    first && letters < 2 && inner.iter().all(part)
}

/// Words with a colon in front of a line, and the line.
pub(super) fn labelled(piece: &[Tex]) -> Option<(Vec<Tex>, Vec<Tex>)> {
    let at = piece.iter().position(|n| !matches!(n.kind, TexKind::Space(_) | TexKind::Align))?;
    let label = matches!(&piece.get(at)?.kind, TexKind::Text(t) if t.trim().ends_with(':') && !is_joining(t.trim().trim_end_matches(':')));
    label.then(|| (piece.get(at..=at).unwrap_or(&[]).to_vec(), piece.get(at + 1..).unwrap_or(&[]).to_vec()))
}

/// The cells of a row; before one that begins with words there is a gap.
pub(super) fn with_gaps(cells: &[Vec<Tex>]) -> Vec<Tex> {
    let words = |n: &&Tex| !matches!(n.kind, TexKind::Space(_));
    let said = |c: &Vec<Tex>| c.iter().find(words).is_some_and(|n| matches!(n.kind, TexKind::Text(_)));
    let gap = |c: &Vec<Tex>| {
        c.iter().find(words).filter(|_| said(c)).map(|n| Tex::new(TexKind::Space("quad".into()), n.span))
    };
    let parted = cells.iter().enumerate().map(|(i, c)| (gap(c).filter(|_| i > 0), c));
    parted.flat_map(|(gap, c)| gap.into_iter().chain(c.iter().cloned())).collect()
}

/// `X | Z = z`: a variable where another has a value is no relation. The bar stands alone before the one sign.
pub(super) fn is_conditioned(nodes: &[Tex], sign: usize) -> bool {
    if !sign_at(nodes, sign).is_some_and(|(s, _)| s.role == Role::Relation) {
        return false;
    }
    let bar = |n: &Tex| {
        matches!(n.kind, TexKind::Char('|' | '∣'))
            || matches!(&n.kind, TexKind::Command(c) if c == "mid" || c == "vert")
    };
    let places: Vec<usize> = (0..nodes.len()).filter(|i| nodes.get(*i).is_some_and(bar)).collect();
    let name = |n: &Tex| match &n.kind {
        TexKind::Script { base, .. } => base_name(base).is_some(),
        _ => base_name(n).is_some(),
    };
    let before = nodes.iter().take(sign).filter(|n| !matches!(n.kind, TexKind::Space(_)) && !bar(n));
    matches!(places.as_slice(), [one] if *one > 0 && *one < sign)
        && before.count() == 2
        && nodes.iter().take(sign).all(|n| bar(n) || name(n) || matches!(n.kind, TexKind::Space(_)))
}

fn is_end(node: &Tex) -> bool {
    matches!(node.kind, TexKind::Char('.' | ',' | ';'))
}

/// Takes `H_0\colon` and `\Rightarrow` off the front of a line.
pub(super) fn without_label(nodes: &mut Vec<Tex>) {
    let space = |n: &Tex| matches!(n.kind, TexKind::Space(_) | TexKind::Align);
    let first = nodes.iter().position(|n| !space(n));
    if let Some(at) = first
        && sign_at(nodes, at).is_some_and(|(s, _)| s.role == Role::Connective && matches!(s.name, "implies" | "iff"))
        && nodes.len() > at + 1
    {
        nodes.drain(..=at);
        return without_label(nodes);
    }
    let Some(first) = first else { return };
    let mut rest = nodes.iter().enumerate().skip(first + 1).filter(|(_, n)| !space(n));
    let colon =
        |n: &Tex| matches!(n.kind, TexKind::Char(':')) || matches!(&n.kind, TexKind::Command(c) if c == "colon");
    let Some((at, _)) = rest.next().filter(|(_, n)| colon(n)) else { return };
    let relations = (at + 1..nodes.len()).filter_map(|i| sign_at(nodes, i));
    let related = relations.map(|(s, _)| s.role).collect::<Vec<_>>();
    let defines = sign_at(nodes, at).is_some();
    // `f: X \to Y` says what f is.
    if !defines && !related.contains(&Role::Arrow) && nodes.get(first..=first).is_some_and(is_name) {
        nodes.drain(..=at);
    }
}
