//! The lists of siblings of a TeX tree.

use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// Deepest nesting that is edited.
const DEPTH: usize = 48;

/// All lists of siblings, outermost first. The contents of a node that stands alone (`x` in `\hat{x}`) are lists too;
/// verbatim words are none.
pub(super) fn lists(nodes: &[Tex]) -> Vec<Vec<Tex>> {
    let mut out = vec![];
    collect(nodes, &mut out, 0, true);
    out
}

/// Those of the lists that have a value: not `\partial L` above or `\partial x` below the line of a derivative.
pub(super) fn values(nodes: &[Tex]) -> Vec<Vec<Tex>> {
    let mut out = vec![];
    collect(nodes, &mut out, 0, false);
    out
}

fn collect(nodes: &[Tex], out: &mut Vec<Vec<Tex>>, depth: usize, all: bool) {
    if depth > DEPTH || nodes.is_empty() {
        return;
    }
    out.push(nodes.to_vec());
    bracketed(nodes).into_iter().filter(|list| !list.is_empty()).for_each(|list| out.push(list.to_vec()));
    for node in nodes {
        inside(node, out, depth, all);
    }
}

/// What stands between plain brackets, at every depth; these are signs among their siblings.
fn bracketed(nodes: &[Tex]) -> Vec<&[Tex]> {
    let mut open = vec![];
    let mut out = vec![];
    for (i, node) in nodes.iter().enumerate() {
        if matches!(char_of(node), Some('(' | '[')) {
            open.push(i + 1);
        } else if matches!(char_of(base(node)), Some(')' | ']'))
            && let Some(start) = open.pop()
        {
            out.extend(nodes.get(start..i));
        }
    }
    out
}

/// Whether a node is `\frac{\partial …}{\partial …}` or `\frac{d…}{d…}`.
pub(super) fn is_derivative(node: &Tex) -> bool {
    let TexKind::Call { name, args, .. } = &base(node).kind else { return false };
    let led = |a: &Tex| {
        a.list().first().is_some_and(|n| match &base(n).kind {
            TexKind::Command(c) => c == "partial" || c == "nabla",
            TexKind::Char(c) => *c == 'd',
            _ => false,
        })
    };
    name.ends_with("frac") && args.len() == 2 && args.iter().all(led)
}

fn inside(node: &Tex, out: &mut Vec<Vec<Tex>>, depth: usize, all: bool) {
    if !all && is_derivative(node) {
        return;
    }
    match &node.kind {
        TexKind::Group(list) | TexKind::Fenced { body: list, .. } => collect(list, out, depth + 1, all),
        TexKind::Call { name, args, .. } if !is_name(name) => {
            args.iter().for_each(|a| collect(a.list(), out, depth + 1, all));
        }
        TexKind::Script { base, sup, .. } => {
            inside(base, out, depth + 1, all);
            if let Some(sup) = sup {
                collect(sup.list(), out, depth + 1, all);
            }
        }
        TexKind::Env { rows, .. } => {
            rows.iter().flat_map(|r| &r.cells).for_each(|cell| collect(cell, out, depth + 1, all));
        }
        _ => {}
    }
}

/// The scripts that have no braces.
pub(super) fn bare(lists: &[Vec<Tex>], text: &str) -> Vec<Span> {
    let mut out = vec![];
    for node in lists.iter().flatten() {
        if let TexKind::Script { sub, sup, .. } = &node.kind {
            let scripts = sub.iter().chain(sup).map(|s| s.span);
            out.extend(
                scripts.filter(|s| !s.range().is_empty() && !text.get(s.range()).unwrap_or("").starts_with('{')),
            );
        }
    }
    out
}

/// The superscripts.
pub(super) fn raised(lists: &[Vec<Tex>]) -> Vec<Span> {
    let of = |n: &Tex| match &n.kind {
        TexKind::Script { sup: Some(sup), .. } => Some(sup.span),
        _ => None,
    };
    lists.iter().flatten().filter_map(of).collect()
}

/// The upper ends of sums, products, integrals.
pub(super) fn limits(lists: &[Vec<Tex>]) -> Vec<Span> {
    let of = |n: &Tex| match &n.kind {
        TexKind::Script { sup: Some(sup), .. } if is_big(n) => Some(sup.span),
        _ => None,
    };
    lists.iter().flatten().filter_map(of).collect()
}

/// Operators with a range or a place below them.
pub(super) fn is_big(node: &Tex) -> bool {
    matches!(&base(node).kind, TexKind::Command(c) if matches!(c.as_str(), "sum" | "prod" | "int" | "lim" | "max" | "min" | "sup" | "inf" | "bigcup"))
}

/// A list that is nothing but the sign of a transpose.
pub(super) fn is_mark(list: &[Tex]) -> bool {
    matches!(list, [one] if char_of(one) == Some('T') || matches!(&one.kind, TexKind::Command(c) if c == "top"))
}

/// Fonts and accents: what they stand on is a name.
pub(super) fn is_name(call: &str) -> bool {
    !matches!(call, "frac" | "dfrac" | "tfrac" | "cfrac" | "sqrt" | "binom" | "underbrace" | "overbrace" | "boxed")
}

/// Spaces, labels and alignment marks carry no meaning.
pub(crate) fn is_space(node: &Tex) -> bool {
    matches!(node.kind, TexKind::Space(_) | TexKind::Label { .. } | TexKind::Align | TexKind::Break)
}

/// The node under scripts.
pub(crate) fn base(node: &Tex) -> &Tex {
    match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    }
}

/// The character of a node that is one, without scripts.
pub(crate) fn char_of(node: &Tex) -> Option<char> {
    match node.kind {
        TexKind::Char(c) => Some(c),
        _ => None,
    }
}

/// `+` and `-` as written.
pub(super) fn is_sign(node: &Tex) -> bool {
    matches!(char_of(node), Some('+' | '-' | '−'))
}

/// A relation, a separator, or a bracket: where a side or a factor ends.
pub(super) fn is_border(node: &Tex) -> bool {
    match &base(node).kind {
        TexKind::Char(c) => {
            matches!(c, '=' | '<' | '>' | '≤' | '≥' | '≈' | ',' | ';' | '(' | ')' | '[' | ']' | '|' | ':')
        }
        TexKind::Command(c) => matches!(
            c.as_str(),
            "leq"
                | "le"
                | "geq"
                | "ge"
                | "neq"
                | "ne"
                | "approx"
                | "equiv"
                | "in"
                | "to"
                | "Rightarrow"
                | "Leftrightarrow"
                | "iff"
                | "implies"
                | "succeq"
                | "succ"
                | "mid"
                | "parallel"
                | "propto"
                | "sim"
                | "{"
                | "}"
                | "|"
                | "quad"
        ),
        TexKind::Text(_) | TexKind::Space(_) | TexKind::Align | TexKind::Break => {
            !matches!(&base(node).kind, TexKind::Space(s) if s != "quad" && s != "qquad")
        }
        _ => false,
    }
}

/// The nodes between borders and signs, with their span: the terms of a list.
pub(crate) fn terms(list: &[Tex]) -> Vec<(usize, usize, Span)> {
    let mut out = vec![];
    let mut start: Option<usize> = None;
    let mut depth = 0usize;
    for (i, node) in list.iter().enumerate() {
        let opens = matches!(char_of(node), Some('(' | '[')) || matches!(&node.kind, TexKind::Command(c) if c == "{");
        let closes = matches!(char_of(base(node)), Some(')' | ']'))
            || matches!(&base(node).kind, TexKind::Command(c) if c == "}");
        if opens {
            depth += 1;
        }
        let ends = depth == 0 && (is_sign(node) || is_border(node));
        if closes {
            depth = depth.saturating_sub(1);
        }
        match (ends, start) {
            (true, Some(s)) => {
                push(list, s, i, &mut out);
                start = None;
            }
            (false, None) if !is_space(node) => start = Some(i),
            _ => {}
        }
    }
    if let Some(s) = start {
        push(list, s, list.len(), &mut out);
    }
    out
}

fn push(list: &[Tex], start: usize, end: usize, out: &mut Vec<(usize, usize, Span)>) {
    let nodes = list.get(start..end).unwrap_or(&[]);
    let nodes: Vec<&Tex> = nodes.iter().filter(|n| !is_space(n)).collect();
    if let (Some(first), Some(last)) = (nodes.first(), nodes.last()) {
        out.push((start, end, first.span.join(last.span)));
    }
}

/// The signs of a text: commands, numbers, single characters.
pub(super) fn signs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let c = rest.chars().next()?;
        let mut length = c.len_utf8();
        if c == '\\' {
            let name = rest.get(1..).unwrap_or("");
            let letters = name.len() - name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            length += if letters > 0 { letters } else { name.chars().next().map_or(0, char::len_utf8) };
        } else if c.is_ascii_digit() {
            length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        }
        let (sign, after) = rest.split_at(length);
        rest = after;
        Some(sign)
    })
}

/// The signs that carry meaning, with their places: no braces, white space or alignment.
pub fn tokens(text: &str) -> Vec<(Span, &str)> {
    let mut at = 0;
    let placed = signs(text).map(|sign| {
        at += sign.len();
        (Span::new(at - sign.len(), at), sign)
    });
    let idle = |sign: &str| {
        sign.trim().is_empty() || matches!(sign, "{" | "}" | "&" | "\\," | "\\;" | "\\\\" | "\\left" | "\\right")
    };
    placed.filter(|(_, sign)| !idle(sign)).collect()
}
