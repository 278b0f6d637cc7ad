//! Boxes and colours: they change how a formula looks and nothing of what it says.

use crate::notation::line::{ROWED, has_sign, is_filler};
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// Commands that show their last argument in a frame or a colour, or tie something to it.
const BOXES: &[&str] = &[
    "boxed",
    "bbox",
    "color",
    "textcolor",
    "colorbox",
    "fcolorbox",
    "href",
    "cssclass",
    "cssId",
    "class",
    "style",
    "ensuremath",
];

/// Commands that do so where a relation stands in them, and are accents of names otherwise.
const LINES: &[&str] = &["underline"];

/// The list without its boxes: what is a line, or stands alone, as it is; anything else as a group.
pub(super) fn opened(nodes: &[Tex]) -> Vec<Tex> {
    let alone = nodes.iter().filter(|n| !is_filler(n)).count() == 1;
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        if let TexKind::Script { base, sub, sup, primes } = &node.kind
            && let Some(inner) = contents(base)
        {
            let base = Box::new(Tex::new(TexKind::Group(inner.to_vec()), base.span));
            let kind = TexKind::Script { base, sub: sub.clone(), sup: sup.clone(), primes: *primes };
            out.push(Tex::new(kind, node.span));
            continue;
        }
        match contents(node) {
            Some(inner) if alone || is_line(inner) => out.extend(inner.iter().cloned()),
            Some(inner) => out.push(Tex::new(TexKind::Group(inner.to_vec()), node.span)),
            None => out.push(node.clone()),
        }
    }
    out
}

fn is_line(nodes: &[Tex]) -> bool {
    let rows = |n: &Tex| match &n.kind {
        TexKind::Env { name, .. } => ROWED.contains(&name.as_str()),
        kind => matches!(kind, TexKind::Break),
    };
    has_sign(nodes) || nodes.iter().any(rows)
}

/// What stands in a box; `None` for anything else.
fn contents(node: &Tex) -> Option<&[Tex]> {
    match &node.kind {
        TexKind::Call { name, args, .. } if BOXES.contains(&name.as_str()) => Some(args.last()?.list()),
        TexKind::Call { name, args, .. } if LINES.contains(&name.as_str()) => {
            args.last().map(Tex::list).filter(|inner| is_line(inner))
        }
        // `{\color{red} x = 3}`
        TexKind::Group(list) => match list.as_slice() {
            [Tex { kind: TexKind::Label { name, .. }, .. }, rest @ ..] if name == "color" && is_line(rest) => {
                Some(rest)
            }
            _ => None,
        },
        _ => None,
    }
}

/// The span with the boxes that it cuts: `x = \boxed{y` up to the brace, `y} = z` from the command on.
pub(crate) fn whole(text: &str, span: Span) -> Span {
    let (mut open, mut unopened) = (0_usize, 0_usize);
    let mut escaped = false;
    for b in text.get(span.range()).unwrap_or("").bytes() {
        match b {
            b'{' if !escaped => open += 1,
            b'}' if !escaped && open > 0 => open -= 1,
            b'}' if !escaped => unopened += 1,
            _ => {}
        }
        escaped = b == b'\\' && !escaped;
    }
    let (mut start, mut end) = (span.start, span.end);
    for _ in 0..open {
        let behind = text.get(end..).unwrap_or("");
        let Some(at) = behind.find(|c: char| !c.is_whitespace() && !matches!(c, ',' | '.' | ';')) else { break };
        if !behind.get(at..).is_some_and(|b| b.starts_with('}')) {
            break;
        }
        end += at + 1;
    }
    for _ in 0..unopened {
        let Some(at) = command_before(text, start) else { break };
        start = at;
    }
    Span::new(start, end)
}

/// Where the command begins whose last argument opens before a place, with nothing but space between.
fn command_before(text: &str, at: usize) -> Option<usize> {
    let mut before = text.get(..at)?.trim_end().strip_suffix('{')?;
    while let Some(argument) = before.strip_suffix('}') {
        before = argument.get(..argument.rfind('{')?)?;
    }
    let name = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    name.ends_with('\\').then(|| name.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_takes_in_the_boxes_that_it_cuts() {
        let whole_of = |text: &str, part: &str| {
            let at = text.find(part).unwrap();
            let span = whole(text, Span::new(at, at + part.len()));
            text.get(span.range()).unwrap().to_owned()
        };
        assert_eq!(whole_of(r"x = \boxed{y}", r"x = \boxed{y"), r"x = \boxed{y}");
        assert_eq!(whole_of(r"\textcolor{red}{y = z} = w", "y = z} = w"), r"\textcolor{red}{y = z} = w");
        assert_eq!(whole_of(r"\boxed{\boxed{x = 1 }.} + 2", r"\boxed{\boxed{x = 1"), r"\boxed{\boxed{x = 1 }.}");
        assert_eq!(whole_of(r"\{ x \} = 2", r"\{ x \}"), r"\{ x \}");
        assert_eq!(whole_of(r"a + {b", r"a + {b"), r"a + {b");
    }
}
