//! Trees as flat lists: what is only layout is left out, fences are brackets; sides, terms and applications in them.

use super::tree::{base, char_of, command, is_blank, letter};
use crate::notation::line::Line;
use crate::notation::tex::{Tex, TexKind, to_latex};
use crate::source::Span;

/// The nodes without spaces, alignment and labels; `\left( … \right)` as plain brackets, `\mid` as a bar.
pub(super) fn flat(nodes: &[Tex]) -> Vec<Tex> {
    let mut out = vec![];
    spread(nodes, 0, &mut out);
    while out.last().is_some_and(|n| matches!(char_of(n), Some('.' | ',' | ';'))) {
        out.pop();
    }
    out
}

fn spread(nodes: &[Tex], depth: usize, out: &mut Vec<Tex>) {
    for node in nodes {
        match &node.kind {
            _ if is_blank(node) => {}
            TexKind::Align | TexKind::Label { .. } | TexKind::Break => {}
            TexKind::Command(c) if SIZES.contains(&c.as_str()) => {}
            TexKind::Command(c) if c == "mid" || c == "vert" => out.push(Tex::new(TexKind::Char('|'), node.span)),
            TexKind::Fenced { open, close, body } if depth < 64 => {
                out.extend(delimiter(open, Span::new(node.span.start, node.span.start)));
                spread(body, depth + 1, out);
                out.extend(delimiter(close, Span::new(node.span.end, node.span.end)));
            }
            TexKind::Script { base, sub, sup, primes } if depth < 64 => match &base.kind {
                TexKind::Fenced { open, close, body } => {
                    out.extend(delimiter(open, Span::new(node.span.start, node.span.start)));
                    spread(body, depth + 1, out);
                    let close = delimiter(close, Span::new(base.span.end, base.span.end));
                    let base = Box::new(close.unwrap_or_else(|| Tex::new(TexKind::Group(vec![]), base.span)));
                    let kind = TexKind::Script { base, sub: sub.clone(), sup: sup.clone(), primes: *primes };
                    out.push(Tex::new(kind, Span::new(node.span.end, node.span.end)));
                }
                _ => out.push(node.clone()),
            },
            TexKind::Group(list) if depth < 64 => spread(list, depth + 1, out),
            _ => out.push(node.clone()),
        }
    }
}

/// A fence as the sign that stands there; none for `.`.
fn delimiter(text: &str, span: Span) -> Option<Tex> {
    let kind = match (text, text.strip_prefix('\\')) {
        ("." | "", _) => return None,
        (_, Some("lbrace")) => TexKind::Command("{".to_owned()),
        (_, Some("rbrace")) => TexKind::Command("}".to_owned()),
        (_, Some("vert" | "lvert" | "rvert")) => TexKind::Char('|'),
        (_, Some(command)) => TexKind::Command(command.to_owned()),
        (_, None) => TexKind::Char(text.chars().next()?),
    };
    Some(Tex::new(kind, span))
}

const SIZES: &[&str] = &[
    "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "limits", "left",
    "right",
];

/// One text for all ways to write the same: no spaces, no braces around one sign.
pub(super) fn text(nodes: &[Tex]) -> String {
    let nodes = flat(nodes);
    let mut out = to_latex(&nodes);
    if out.contains('\\') {
        for layout in ["\\left", "\\right", "\\,", "\\;", "\\!", "\\:", "\\displaystyle", "\\limits"] {
            out = remove_command(out, layout);
        }
        for bar in ["\\mid", "\\lvert", "\\rvert"] {
            if out.contains(bar) {
                out = out.replace(bar, "|");
            }
        }
    }
    out.split_whitespace().collect()
}

/// Without the command, where it isn't the beginning of a longer one.
fn remove_command(text: String, command: &str) -> String {
    if !text.contains(command) {
        return text;
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(command) {
        let (before, behind) = (rest.get(..at).unwrap_or(""), rest.get(at + command.len()..).unwrap_or(""));
        out.push_str(before);
        let word = command.ends_with(char::is_alphabetic) && behind.starts_with(char::is_alphabetic);
        out.push_str(if word { command } else { " " });
        rest = behind;
    }
    out + rest
}

/// +1 for an opening bracket, −1 for a closing one; scripts on it do not matter.
pub(super) fn step(node: &Tex) -> i32 {
    match (char_of(base(node)), command(node)) {
        (Some('(' | '['), _) | (_, Some("{" | "lbrace" | "langle" | "lfloor" | "lceil")) => 1,
        (Some(')' | ']'), _) | (_, Some("}" | "rbrace" | "rangle" | "rfloor" | "rceil")) => -1,
        _ => 0,
    }
}

/// Splits a flat list outside of brackets at the nodes that `ends` names; the separators in front of each part.
pub(super) fn split<'a>(nodes: &'a [Tex], ends: &dyn Fn(&Tex) -> bool) -> Vec<(Option<&'a Tex>, &'a [Tex])> {
    let mut out = vec![];
    let (mut depth, mut from, mut sign) = (0, 0, None);
    for (at, n) in nodes.iter().enumerate() {
        depth += step(n);
        if depth == 0 && step(n) == 0 && ends(n) {
            out.push((sign, nodes.get(from..at).unwrap_or(&[])));
            (from, sign) = (at + 1, Some(n));
        }
    }
    out.push((sign, nodes.get(from..).unwrap_or(&[])));
    out
}

/// The summands of a flat list, each with whether a minus stands in front.
pub(super) fn terms(nodes: &[Tex]) -> Vec<(bool, &[Tex])> {
    let parts = split(nodes, &|n| matches!(char_of(n), Some('+' | '-' | '−')));
    let signed = parts.into_iter().map(|(sign, part)| (matches!(sign.and_then(char_of), Some('-' | '−')), part));
    signed.filter(|(_, part)| !part.is_empty()).collect()
}

/// The index of the bracket that closes the one at `open`.
pub(super) fn partner(nodes: &[Tex], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, n) in nodes.iter().enumerate().skip(open) {
        depth += step(n);
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The brackets of a flat list with those that close them, in order.
pub(super) fn pairs(nodes: &[Tex]) -> Vec<(usize, usize)> {
    let (mut open, mut out) = (vec![], vec![]);
    for (at, n) in nodes.iter().enumerate() {
        match step(n) {
            1 => open.push(at),
            -1 => out.extend(open.pop().map(|from| (from, at))),
            _ => {}
        }
    }
    out.sort_unstable();
    out
}

/// `f(x, y | z)`.
pub(super) struct Application {
    /// The head with its scripts.
    pub(super) head: Tex,
    /// What stands between commas, semicolons and bars.
    pub(super) arguments: Vec<Vec<Tex>>,
    /// How many of the arguments stand in front of a bar or semicolon; all, if there is none.
    pub(super) given: usize,
    /// From the head to the closing bracket.
    pub(super) span: Span,
    /// Where it begins and ends in the flat list.
    pub(super) range: std::ops::Range<usize>,
}

impl Application {
    /// The arguments as text.
    pub(super) fn texts(&self) -> Vec<String> {
        self.arguments.iter().map(|a| text(a)).collect()
    }
}

/// The applications of a flat list, outer ones first.
pub(super) fn applications(nodes: &[Tex]) -> Vec<Application> {
    let mut out = vec![];
    for (at, pair) in nodes.windows(2).enumerate() {
        let [head, open] = pair else { continue };
        if !matches!(char_of(open), Some('(' | '[')) || !is_name(head) {
            continue;
        }
        let Some(close) = partner(nodes, at + 1) else { continue };
        let inner = nodes.get(at + 2..close).unwrap_or(&[]);
        let parts = split(inner, &|n| matches!(char_of(n), Some(',' | ';' | '|' | ':')));
        let given =
            parts.iter().position(|(s, _)| matches!(s.and_then(char_of), Some('|' | ';'))).unwrap_or(parts.len());
        let arguments = parts.into_iter().map(|(_, p)| p.to_vec()).collect();
        let span = head.span.join(nodes.get(close).map_or(open.span, |n| n.span));
        out.push(Application { head: head.clone(), arguments, given, span, range: at..close + 1 });
    }
    out
}

/// A letter, a word or `\mathcal{N}`, with or without scripts.
pub(super) fn is_name(node: &Tex) -> bool {
    let inner = base(node);
    letter(inner).is_some()
        || matches!(&inner.kind, TexKind::Call { name, args, .. }
            if args.len() == 1 && (name.starts_with("math") || name.starts_with("operatorname") || ACCENTS.contains(&name.as_str())))
        || matches!(&inner.kind, TexKind::Text(_))
        || matches!(&inner.kind, TexKind::Command(c) if c == "Pr")
}

const ACCENTS: &[&str] = &["hat", "bar", "tilde", "widehat", "bm", "boldsymbol", "overline", "dot", "vec", "rm", "bf"];

/// The flat sides that are set equal, over all lines of a formula that go on from one another.
pub(super) fn chains(lines: &[Line]) -> Vec<Vec<Vec<Tex>>> {
    let mut out: Vec<Vec<Vec<Tex>>> = vec![];
    for line in lines {
        let equal = !line.signs.is_empty() && line.signs.iter().all(|s| s.sign.name == "eq");
        let sides = line.sides.iter().map(|s| flat(s)).filter(|s| !s.is_empty());
        match out.last_mut() {
            Some(last) if equal && line.continues() && !last.is_empty() => last.extend(sides),
            _ if equal => out.push(sides.collect()),
            _ => out.push(vec![]),
        }
    }
    out.retain(|c| c.len() > 1);
    out
}

/// Where a flat list stands.
pub(super) fn span_of(nodes: &[Tex]) -> Option<Span> {
    nodes.iter().map(|n| n.span).reduce(Span::join)
}
