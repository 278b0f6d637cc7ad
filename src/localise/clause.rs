//! The parts of a formula that have a value of their own: terms with their signs, factors, arguments, scripts, entries.

use crate::edit::{base, char_of, is_space};
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// A part of a formula.
#[derive(Clone)]
pub(super) struct Clause {
    /// Where it stands, its sign with it.
    pub(super) span: Span,
    /// What it consists of, without the sign.
    pub(super) list: Vec<Tex>,
    /// Whether a sign stands between it and what is before it.
    pub(super) signed: bool,
}

/// The parts right below a list of nodes: terms if there are several, else factors, else what the one node is made of.
pub(super) fn clauses(list: &[Tex]) -> Vec<Clause> {
    let list: Vec<Tex> = list.iter().filter(|n| !is_space(n)).cloned().collect();
    let depths = depths(&list);
    let relation = |(n, d): &(&Tex, &usize)| **d == 0 && char_of(n) == Some('=');
    if let Some(at) = list.iter().zip(&depths).position(|p| relation(&p)) {
        // The range's start in `i = 1` below a sum.
        return clause(list.get(at + 1..).unwrap_or(&[]), None).into_iter().collect();
    }
    let terms = terms(&list, &depths);
    if terms.len() > 1 || terms.first().is_some_and(|t| t.list.len() < list.len()) {
        return terms;
    }
    match list.as_slice() {
        [node] => inside(node),
        _ => factors(&list, &depths),
    }
}

fn clause(list: &[Tex], sign: Option<&Tex>) -> Option<Clause> {
    let span = sign.into_iter().chain(list).map(|n| n.span).reduce(Span::join)?;
    (!list.is_empty()).then(|| Clause { span, list: list.to_vec(), signed: false })
}

/// How many brackets are open at each node.
fn depths(list: &[Tex]) -> Vec<usize> {
    let mut depth = 0usize;
    let of = |n: &Tex| {
        if opens(n) {
            depth += 1;
            return depth;
        }
        let here = depth;
        if closes(n) {
            depth = depth.saturating_sub(1);
        }
        here
    };
    list.iter().map(of).collect()
}

fn opens(n: &Tex) -> bool {
    matches!(char_of(n), Some('(' | '[')) || matches!(&n.kind, TexKind::Command(c) if c == "{")
}

fn closes(n: &Tex) -> bool {
    matches!(char_of(base(n)), Some(')' | ']')) || matches!(&base(n).kind, TexKind::Command(c) if c == "}")
}

fn is_sign(n: &Tex) -> bool {
    matches!(char_of(n), Some('+' | '-' | '−'))
}

/// The terms of a sum, each with the sign before it.
fn terms(list: &[Tex], depths: &[usize]) -> Vec<Clause> {
    let mut out: Vec<Clause> = vec![];
    let mut sign: Option<&Tex> = None;
    let mut start = 0;
    let mut flush = |from: usize, to: usize, sign: Option<&Tex>| {
        let made = clause(list.get(from..to).unwrap_or(&[]), sign);
        let signed = !out.is_empty();
        out.extend(made.map(|c| Clause { signed, ..c }));
    };
    for (i, (node, depth)) in list.iter().zip(depths).enumerate() {
        if *depth == 0 && is_sign(node) {
            flush(start, i, sign);
            (sign, start) = (Some(node), i + 1);
        }
    }
    flush(start, list.len(), sign);
    out
}

/// The factors of a term: nodes and brackets; behind an operator also all that follows it.
fn factors(list: &[Tex], depths: &[usize]) -> Vec<Clause> {
    let mut out = vec![];
    let mut i = 0;
    while let Some(node) = list.get(i) {
        let end = match opens(node) {
            true => (i + 1..list.len()).find(|k| depths.get(*k) == Some(&1) && list.get(*k).is_some_and(closes)),
            false => Some(i),
        };
        let Some(end) = end else { return out };
        let bracket = end > i;
        if bracket && char_of(list.get(end).unwrap_or(node)).is_some() {
            let whole = clause(list.get(i..=end).unwrap_or(&[]), None);
            let inner = list.get(i + 1..end).unwrap_or(&[]).to_vec();
            out.extend(whole.map(|c| Clause { list: inner, ..c }));
        } else if bracket {
            out.extend(clause(list.get(i + 1..end).unwrap_or(&[]), None));
        } else if !is_operator(node) {
            out.extend(clause(std::slice::from_ref(node), None));
        }
        let takes_rest = matches!(&base(node).kind, TexKind::Command(c) if TAKES_REST.contains(&c.as_str()));
        if takes_rest && i + 2 < list.len() {
            out.extend(clause(list.get(i + 1..).unwrap_or(&[]), None));
        }
        i = end + 1;
    }
    out
}

/// Operators that what follows belongs to.
const TAKES_REST: &[&str] = &["sum", "prod", "log", "ln", "exp", "sin", "cos", "tan", "max", "min", "int"];

fn is_operator(node: &Tex) -> bool {
    match &node.kind {
        TexKind::Char(c) => !c.is_alphanumeric(),
        TexKind::Command(c) => {
            TAKES_REST.contains(&c.as_str())
                || matches!(c.as_str(), "cdot" | "times" | "partial" | "nabla" | "odot" | "circ" | "ast" | "div")
        }
        _ => false,
    }
}

/// The parts of one node.
fn inside(node: &Tex) -> Vec<Clause> {
    let of = |list: &[Tex]| clause(list, None);
    match &node.kind {
        TexKind::Group(list) | TexKind::Fenced { body: list, .. } => clauses(list),
        TexKind::Call { name, args, .. } if is_compound(name) => args.iter().filter_map(|a| of(a.list())).collect(),
        TexKind::Script { base, sub, sup, .. } => {
            let own = (!is_operator(base)).then(|| of(std::slice::from_ref(base))).flatten();
            let scripts = [sub, sup].into_iter().flatten().filter_map(|s| of(s.list()));
            own.into_iter().chain(scripts).collect()
        }
        TexKind::Env { rows, .. } => rows.iter().flat_map(|r| &r.cells).filter_map(|cell| of(cell)).collect(),
        _ => vec![],
    }
}

/// Fonts, accents and words are no parts.
fn is_compound(name: &str) -> bool {
    matches!(name, "frac" | "dfrac" | "tfrac" | "cfrac" | "sqrt" | "binom" | "underbrace" | "overbrace" | "boxed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::tex::parse;

    fn of(text: &str) -> Vec<&str> {
        clauses(&parse(text)).iter().map(|c| &text[c.span.range()]).collect()
    }

    #[test]
    fn terms_come_with_their_signs() {
        assert_eq!(of("a - b c + d"), ["a", "- b c", "+ d"]);
        assert_eq!(of("-a"), ["-a"]);
        assert_eq!(of("(a - b) c"), ["(a - b)", "c"]);
    }

    #[test]
    fn factors_arguments_and_scripts() {
        assert_eq!(of(r"2 \log x"), ["2", "x"]);
        assert_eq!(of(r"\frac{a + b}{c}"), ["a + b", "c"]);
        assert_eq!(of("x_i^2"), ["x", "i", "2"]);
        assert_eq!(of("i = 1"), ["1"]);
        assert_eq!(of(r"\sum_{i=1}^{n} x_i y_i"), [r"\sum_{i=1}^{n}", "x_i y_i", "x_i", "y_i"]);
        assert!(of(r"\hat{x}").is_empty());
    }
}
