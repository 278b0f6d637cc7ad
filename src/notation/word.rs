//! Plain-word functions and names: `log(y)`, `exp(…)`, `max_{i}`, `Loss` typed as letters become single nodes.

use crate::expr::fun;
use crate::notation::reader::closing;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// Words that are functions or operators when typed as plain letters.
const OPERATORS: &[&str] = &["max", "min", "argmax", "argmin", "sup", "inf", "lim", "det", "log", "exp"];

/// The nodes with runs of letters that spell a known function replaced by the command, and capitalised words of four
/// letters and more (`Loss`, `LogLikelihood`) by one upright name. Other runs of letters stay products.
pub fn joined(nodes: &[Tex]) -> Vec<Tex> {
    let mut out = Vec::with_capacity(nodes.len());
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        if let Some(word) = arg_of(nodes, at) {
            out.push(word);
            at += 2;
            continue;
        }
        let run = letter_run(nodes, at);
        let taken = if run >= 2 { word_at(nodes, at, run) } else { None };
        match taken {
            Some((word, count)) => {
                out.push(word);
                at += count;
            }
            None if run >= 2 => {
                let end = at + run;
                out.extend(nodes.get(at..end).unwrap_or(&[]).iter().cloned());
                at = end;
            }
            None => {
                out.push(node.clone());
                at += 1;
            }
        }
    }
    out
}

/// `\arg\max_x` → `\argmax_x`, where `\arg` is followed by `\max` or `\min`.
fn arg_of(nodes: &[Tex], at: usize) -> Option<Tex> {
    let TexKind::Command(arg) = &nodes.get(at)?.kind else { return None };
    let next = nodes.get(at + 1)?;
    let base = match &next.kind {
        TexKind::Script { base, .. } => base,
        _ => next,
    };
    let TexKind::Command(extremum) = &base.kind else { return None };
    (arg == "arg" && matches!(extremum.as_str(), "max" | "min"))
        .then(|| command(nodes.get(at..at + 2).unwrap_or(&[]), TexKind::Command(format!("arg{extremum}"))))
}

/// How many nodes from `at` are letters without a gap; a script on a letter ends the run.
pub(super) fn letter_run(nodes: &[Tex], at: usize) -> usize {
    let mut count = 0;
    let mut end = None;
    for node in nodes.get(at..).unwrap_or(&[]) {
        if end.is_some_and(|e| e != node.span.start) || letter(node).is_none() {
            break;
        }
        count += 1;
        if matches!(node.kind, TexKind::Script { .. }) {
            break;
        }
        end = Some(node.span.end);
    }
    count
}

/// The letter that a node is, also under scripts.
pub(super) fn letter(node: &Tex) -> Option<char> {
    match &node.kind {
        TexKind::Char(c) if c.is_ascii_alphabetic() => Some(*c),
        TexKind::Script { base, .. } => match base.kind {
            TexKind::Char(c) if c.is_ascii_alphabetic() => Some(c),
            _ => None,
        },
        _ => None,
    }
}

/// The longest known word at the start of the run (a function), or the whole run as a name.
fn word_at(nodes: &[Tex], at: usize, run: usize) -> Option<(Tex, usize)> {
    let list = nodes.get(at..at + run)?;
    let text: String = list.iter().filter_map(letter).collect();
    let whole_is_function = fun::by_tex(&text).is_some() || OPERATORS.contains(&text.as_str());
    if whole_is_function {
        return Some((command(list, TexKind::Command(text)), run));
    }
    let mut chars = text.chars();
    let name_like = text.len() >= 4
        && chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && chars.filter(|c| c.is_ascii_lowercase()).count() * 2 > text.len();
    // `range(X)`, `accuracy`: no product of its letters. Products have their letters in another order or other letters.
    let vowels = text.chars().filter(|c| "aeiou".contains(*c)).count();
    let word_like = text.len() >= 4
        && text.chars().all(|c| c.is_ascii_lowercase())
        && vowels > 0
        && vowels < text.len()
        && (1..run).all(|skip| {
            text.get(skip..)
                .is_none_or(|tail| tail.len() < 3 || fun::by_tex(tail).is_none() && !OPERATORS.contains(&tail))
        });
    let name_like = name_like || word_like || text == "KL" && divides(nodes, at + run);
    if name_like {
        let last_plain = list.iter().map(|n| Tex::new(TexKind::Char(letter(n).unwrap_or(' ')), base_span(n))).collect();
        let span = list.iter().map(base_span).reduce(Span::join)?;
        let group = Tex::new(TexKind::Group(last_plain), span);
        return Some((command(list, TexKind::Call { name: "mathrm".into(), option: None, args: vec![group] }), run));
    }
    // `xlog(y)`: a product whose tail is a function.
    (1..run).find_map(|skip| {
        let tail = text.get(skip..)?;
        (tail.len() >= 3 && (fun::by_tex(tail).is_some() || OPERATORS.contains(&tail)) && skip == 1)
            .then(|| (list.first().cloned(), 1))
            .and_then(|(first, n)| Some((first?, n)))
    })
}

/// Whether brackets open here with a double bar between what stands in them.
fn divides(nodes: &[Tex], at: usize) -> bool {
    let inner = match nodes.get(at).map(|n| &n.kind) {
        Some(TexKind::Fenced { body, .. }) => body.as_slice(),
        Some(TexKind::Char('(' | '[')) => closing(nodes, at).and_then(|end| nodes.get(at + 1..end)).unwrap_or(&[]),
        _ => &[],
    };
    let double = |n: &Tex| match &n.kind {
        TexKind::Char(c) => matches!(c, '∥' | '‖'),
        TexKind::Command(c) => matches!(c.as_str(), "|" | "parallel" | "Vert"),
        _ => false,
    };
    let bar = |n: &Tex| matches!(n.kind, TexKind::Char('|'));
    inner.iter().any(double) || inner.windows(2).any(|w| w.iter().all(bar))
}

fn base_span(node: &Tex) -> Span {
    match &node.kind {
        TexKind::Script { base, .. } => base.span,
        _ => node.span,
    }
}

/// The word as one node; scripts of its last letter become scripts of the word.
fn command(list: &[Tex], kind: TexKind) -> Tex {
    let inner = list.iter().map(base_span).reduce(Span::join).unwrap_or_default();
    let word = Tex::new(kind, inner);
    match list.last() {
        Some(Tex { kind: TexKind::Script { sub, sup, primes, .. }, span }) => Tex::new(
            TexKind::Script { base: Box::new(word), sub: sub.clone(), sup: sup.clone(), primes: *primes },
            inner.join(*span),
        ),
        _ => word,
    }
}
