//! Fences that open in one row and close in another, and bars that stand alone.
//!
//! TeX wants each `\left` closed in its row, so a bracket over two rows is `\left[ a \right.` and `\left. b \right]`, and a
//! bar between two things is `\left. a \right| b`. Both are signs like any other here.

use crate::notation::reader::is_noise;
use crate::notation::tex::{Row, Tex, TexKind};
use crate::source::Span;

/// The nodes of a formula with halves of brackets as signs, where there are as many that open as that close, and with
/// lone bars as signs.
pub(super) fn unfenced(nodes: &[Tex]) -> Vec<Tex> {
    let (mut opened, mut closed) = (0, 0);
    nodes.iter().for_each(|n| count(n, &mut opened, &mut closed));
    list(nodes, opened > 0 && opened == closed)
}

fn is_bar(delimiter: &str) -> bool {
    matches!(delimiter, "|" | "\\vert" | "\\lvert" | "\\rvert")
}

/// `\left\{ … \right.` around nothing but rows is a definition by cases.
fn is_cases(open: &str, body: &[Tex]) -> bool {
    let kept = |n: &&Tex| !matches!(n.kind, TexKind::Space(_));
    matches!(open, "\\{" | "\\lbrace") && body.iter().filter(kept).all(|n| matches!(n.kind, TexKind::Env { .. }))
}

/// What only keeps space free is no half of a bracket: `\hphantom{\exp \left[ \right.}`.
fn count(node: &Tex, opened: &mut usize, closed: &mut usize) {
    if is_noise(node) {
        return;
    }
    if let TexKind::Fenced { open, close, body } = &node.kind {
        *opened += usize::from(close == "." && !is_bar(open) && !is_cases(open, body));
        *closed += usize::from(open == "." && !is_bar(close));
    }
    node.children().into_iter().for_each(|n| count(n, opened, closed));
}

fn list(nodes: &[Tex], halves: bool) -> Vec<Tex> {
    nodes.iter().flat_map(|n| one(n, halves)).collect()
}

fn sign(delimiter: &str, span: Span) -> Option<Tex> {
    let kind = match delimiter.strip_prefix('\\') {
        _ if delimiter == "." => return None,
        Some(name) => TexKind::Command(name.to_owned()),
        None => TexKind::Char(delimiter.chars().next()?),
    };
    Some(Tex::new(kind, span))
}

/// What a node becomes.
fn one(node: &Tex, halves: bool) -> Vec<Tex> {
    let part = |n: &Tex| {
        let mut nodes = one(n, halves);
        match nodes.len() {
            1 => nodes.remove(0),
            _ => Tex::new(TexKind::Group(nodes), n.span),
        }
    };
    let boxed = |n: &Option<Box<Tex>>| n.as_deref().map(|n| Box::new(part(n)));
    let same = |kind: TexKind| vec![Tex::new(kind, node.span)];
    match &node.kind {
        TexKind::Fenced { open, close, body } => {
            let inner = list(body, halves);
            let open_alone = close == "." && (is_bar(open) || halves && !is_cases(open, body));
            let close_alone = open == "." && (is_bar(close) || halves);
            if open_alone || close_alone {
                let (before, after) = (sign(open, node.span), sign(close, node.span));
                return before.into_iter().chain(inner).chain(after).collect();
            }
            same(TexKind::Fenced { open: open.clone(), close: close.clone(), body: inner })
        }
        // The scripts belong to the closing half. Behind a bar they say where the value is taken.
        TexKind::Script { base, sub, sup, primes } => {
            let (sub, sup, primes) = (boxed(sub), boxed(sup), *primes);
            match &base.kind {
                TexKind::Fenced { open, close, body } if open == "." && halves && !is_bar(close) => {
                    let mut inner = list(body, halves);
                    inner.extend(
                        sign(close, base.span).map(|base| {
                            Tex::new(TexKind::Script { base: Box::new(base), sub, sup, primes }, node.span)
                        }),
                    );
                    inner
                }
                TexKind::Fenced { open, close, body } => {
                    let body = list(body, halves);
                    let kind = TexKind::Fenced { open: open.clone(), close: close.clone(), body };
                    same(TexKind::Script { base: Box::new(Tex::new(kind, base.span)), sub, sup, primes })
                }
                _ => same(TexKind::Script { base: Box::new(part(base)), sub, sup, primes }),
            }
        }
        TexKind::Group(nodes) => same(TexKind::Group(list(nodes, halves))),
        TexKind::Call { name, option, args } => {
            same(TexKind::Call { name: name.clone(), option: option.clone(), args: args.iter().map(part).collect() })
        }
        TexKind::Env { name, option, rows } => {
            let rows = rows
                .iter()
                .map(|r| Row { cells: r.cells.iter().map(|c| list(c, halves)).collect(), span: r.span })
                .collect();
            same(TexKind::Env { name: name.clone(), option: option.clone(), rows })
        }
        _ => vec![node.clone()],
    }
}
