//! Letters that need not commute by words or marks, whatever their case: elements of a group or a ring, operators of
//! quantum mechanics, Pauli matrices, entrywise products, cycles.

use crate::elaborate::commuting::{mixed, named, transposed};
use crate::elaborate::ordered::holds_in_order;
use crate::elaborate::vocabulary::Vocabulary;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::notation::is_upper;

/// Words of notes, and which letters need not commute there.
struct Row {
    /// Whether its own section has to say so: elsewhere other letters are numbers.
    near: bool,
    words: &'static [&'static str],
    letters: fn(&str) -> bool,
}

const ROWS: &[Row] = &[
    Row {
        near: true,
        words: &[
            "be a group",
            "in a group",
            "be a ring",
            "in a ring",
            "a ring $",
            "monoid",
            "semigroup",
            "over the alphabet",
            "abelian group",
            "nonabelian",
            "noncommutative",
            "non-commutative",
            "군이라",
            "환 $",
            "비가환",
        ],
        letters: |_| true,
    },
    Row {
        near: false,
        words: &[
            "annihilation",
            "creation operator",
            "ladder operator",
            "momentum operator",
            "position operator",
            "position and momentum",
            "생성 연산자",
            "소멸 연산자",
            "운동량 연산자",
        ],
        letters: |_| true,
    },
    Row {
        near: false,
        words: &["pauli", "dirac matri", "gamma matri", "spin matri", "clifford", "파울리"],
        letters: |name| {
            ["\\sigma", "\\tau", "\\gamma", "\\alpha", "\\beta"].iter().any(|letter| name.starts_with(letter))
        },
    },
];

/// Words of notes in which a superscript H is a transpose.
const CONJUGATE: &[&str] = &["conjugate transpose", "hermitian", "켤레전치", "켤레 전치", "에르미트"];
/// Words of notes in which digits in brackets are cycles.
const CYCLES: &[&str] = &["permutation", "cycle", "symmetric group", "transposition", "$s_n$", "순열", "치환"];

/// A name by which an equation is left open that takes it to commute, with the words of the notes and of its section.
pub(super) fn noncommuting(
    relation: &Expr,
    latex: &str,
    [words, section]: [&Vocabulary; 2],
    is_number: &dyn Fn(&Symbol) -> bool,
) -> Option<String> {
    if let Some(found) = transposed(relation, latex, is_number) {
        return Some(found);
    }
    relation.as_app(fun::EQ)?;
    let permutes = || words.says_any(CYCLES) || (2..=9).any(|n| words.says(&format!("$s_{n}$")));
    if is_of_cycles(latex) && permutes() || holds_spaced_digits(latex) {
        return Some("( )".to_owned());
    }
    let symbols = relation.symbols();
    let letters = || symbols.iter().filter(|s| s.sort.is_scalar() && !is_number(s));
    if ["^H", "^{H}"].iter().any(|sign| latex.contains(sign)) && words.says_any(CONJUGATE) {
        return letters().find(|s| is_upper(&s.name)).map(|s| s.name.to_string());
    }
    let arrays = relation.any(&mut |x| matches!(x.node(), Node::Array { .. }));
    if !arrays && entrywise(relation, latex) && symbols.iter().all(|s| s.sort.is_scalar()) {
        return Some("⊙".to_owned());
    }
    let said: Vec<&Row> =
        ROWS.iter().filter(|row| if row.near { section } else { words }.says_any(row.words)).collect();
    let marked: Vec<String> =
        letters().filter(|s| s.name.contains("\\dagger")).map(|s| base(&s.name).to_owned()).collect();
    if said.is_empty() && marked.is_empty() {
        return None;
    }
    let numbers: Vec<String> = symbols.iter().filter(|s| is_number(s)).map(|s| s.name.to_string()).collect();
    let told = |name: &str| {
        let own = said.iter().any(|row| (row.letters)(name)) || marked.iter().any(|m| m == base(name));
        own && !numbers.iter().any(|n| n == name)
    };
    let free = |e: &Expr| named(e, &told).is_empty();
    let found = mixed(relation, &told)?;
    (!holds_in_order(relation, &free)).then_some(found)
}

/// A name without its marks.
fn base(name: &str) -> &str {
    name.split(['^', '_']).next().unwrap_or(name)
}

/// Whether products stand in it beside those that are written as entrywise ones.
fn entrywise(relation: &Expr, latex: &str) -> bool {
    let written = latex.matches("\\odot").count();
    fn products(e: &Expr) -> usize {
        let own = e.as_app(fun::MUL).map_or(0, |factors| factors.iter().filter(|f| f.as_num().is_none()).count());
        own.saturating_sub(1) + e.children().into_iter().map(products).sum::<usize>()
    }
    written > 0 && products(relation) > written
}

/// Whether brackets with two digits or more stand beside each other: `(12)(23)`.
fn is_of_cycles(latex: &str) -> bool {
    let digits =
        |inner: &str| inner.len() > 1 && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\\' | ','));
    let plain: String = latex.chars().filter(|c| !c.is_whitespace()).collect();
    let pieces: Vec<&str> = plain.split(")(").collect();
    let first = |p: &str| p.rsplit('(').next().is_some_and(digits);
    let last = |p: &str| p.split(')').next().is_some_and(digits);
    pieces.windows(2).any(|w| matches!(w, [a, b] if first(a) && last(b)))
}

/// Whether a bracket holds single digits parted by spaces: a cycle, and no product.
fn holds_spaced_digits(latex: &str) -> bool {
    let spaces = ["\\,", "\\;", "\\:", "\\ ", "~"];
    latex.split('(').skip(1).filter_map(|rest| rest.split_once(')')).any(|(inner, _)| {
        let parted = spaces.iter().fold(inner.to_owned(), |text, space| text.replace(space, " "));
        let digits: Vec<&str> = parted.split_whitespace().collect();
        digits.len() > 1 && digits.iter().all(|d| d.len() == 1 && d.chars().all(|c| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_brackets_beside_each_other_are_cycles() {
        assert!(is_of_cycles("(12)(23) = (23)(12)") && is_of_cycles("(1\\,2)(3 4) = e"));
        assert!(holds_spaced_digits("(1\\;2\\;3)^{-1}") && !holds_spaced_digits("(1, 2)(12)(x y)"));
        assert!(!is_of_cycles("(1+2)(3+4) = 21") && !is_of_cycles("(12) = 12") && !is_of_cycles("f(2)(x)"));
    }
}
