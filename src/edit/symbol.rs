//! Symbols, numbers, functions and relations.

use super::Place;
use super::walk::{base, is_border, is_mark};
use crate::notation::base_name;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

type Emit<'a> = &'a mut dyn FnMut(Span, String);

/// Most symbols that are kept.
const MOST: usize = 16;

/// Functions that are taken for each other.
const EXCHANGED: &[(&str, &str)] = &[
    ("log", "exp"),
    ("ln", "exp"),
    ("exp", "log"),
    ("sin", "cos"),
    ("cos", "sin"),
    ("max", "min"),
    ("min", "max"),
    ("argmax", "argmin"),
    ("argmin", "argmax"),
    ("sup", "inf"),
    ("inf", "sup"),
    ("sum", "prod"),
    ("prod", "sum"),
];

/// Relations that are taken for each other.
const TURNED: &[(&str, &str)] = &[
    ("leq", "\\geq"),
    ("le", "\\ge"),
    ("geq", "\\leq"),
    ("ge", "\\le"),
    ("lt", ">"),
    ("gt", "<"),
    ("succeq", "\\preceq"),
    ("succ", "\\prec"),
    ("Rightarrow", "\\Leftarrow"),
];

/// Names of a list: letters and words, without scripts.
pub(super) fn collect(text: &str, list: &[Tex], out: &mut Vec<String>) {
    for node in list {
        let mut names = vec![base(node)];
        if let TexKind::Script { sub: Some(sub), .. } = &node.kind {
            names.extend(sub.list());
        }
        for name in names {
            let spelled = text.get(name.span.range()).unwrap_or("").trim();
            if is_symbol(name) && out.len() < MOST && !out.iter().any(|s| s == spelled) {
                out.push(spelled.to_owned());
            }
        }
    }
}

fn is_symbol(node: &Tex) -> bool {
    let named = match &node.kind {
        TexKind::Char(c) => c.is_alphabetic(),
        TexKind::Command(_) | TexKind::Call { .. } => true,
        _ => false,
    };
    named && !is_border(node) && base_name(node).is_some_and(|n| n != "e" && n != "d")
}

/// Another symbol of the neighbourhood under the same scripts.
pub(super) fn symbols(place: &Place, emit: Emit) {
    for node in place.lists.iter().filter(|list| !is_mark(list)).flatten() {
        let name = base(node);
        if is_symbol(name) {
            for other in &place.symbols {
                emit(name.span, other.clone());
            }
        }
    }
}

/// A number one more or less, a decimal's last digit changed. A number that is an exponent is none of these.
pub(super) fn numbers(place: &Place, emit: Emit) {
    let alone = place.lists.iter().flatten().filter_map(|n| match &n.kind {
        TexKind::Script { sup: Some(sup), .. } => match sup.list() {
            [only] => Some(only.span),
            _ => None,
        },
        _ => None,
    });
    let exponents: Vec<Span> = alone.collect();
    for node in place.lists.iter().flatten().filter(|n| !exponents.contains(&n.span)) {
        let TexKind::Number(n) = &base(node).kind else { continue };
        match n.parse::<i64>() {
            Ok(n) => {
                emit(base(node).span, (n + 1).to_string());
                emit(base(node).span, (n - 1).max(0).to_string());
            }
            // The last digit of a decimal.
            Err(_) => {
                let digits = n.as_bytes();
                if let Some(last) = digits.last().filter(|d| d.is_ascii_digit()) {
                    let head = n.get(..n.len() - 1).unwrap_or("");
                    emit(base(node).span, format!("{head}{}", (last - b'0' + 3) % 10));
                    emit(base(node).span, format!("{head}{}", (last - b'0' + 7) % 10));
                }
            }
        }
    }
}

/// A function for the one it is taken for.
pub(super) fn functions(place: &Place, emit: Emit) {
    for node in place.lists.iter().flatten() {
        if let TexKind::Command(c) = &base(node).kind {
            for (_, other) in EXCHANGED.iter().filter(|(name, _)| name == c) {
                emit(base(node).span, format!("\\{other}"));
            }
        }
    }
}

/// A relation turned round.
pub(super) fn relations(place: &Place, emit: Emit) {
    for node in place.lists.iter().flatten() {
        match &node.kind {
            TexKind::Char('<') => emit(node.span, ">".to_owned()),
            TexKind::Char('>') => emit(node.span, "<".to_owned()),
            TexKind::Char('≤') => emit(node.span, "≥".to_owned()),
            TexKind::Char('≥') => emit(node.span, "≤".to_owned()),
            TexKind::Command(c) => {
                for (_, other) in TURNED.iter().filter(|(name, _)| name == c) {
                    emit(node.span, (*other).to_owned());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KINDS, Place, edits};

    #[test]
    fn symbols_keep_their_scripts() {
        let place = Place::new(r"p_i - y_i", &[]);
        let kind = KINDS.iter().find(|k| k.name == "symbol").unwrap();
        let all: Vec<String> = edits(kind, &place).iter().map(|e| e.apply(r"p_i - y_i")).collect();
        assert!(all.contains(&"y_i - y_i".to_owned()) && all.contains(&"p_i - p_i".to_owned()), "{all:?}");
    }
}
