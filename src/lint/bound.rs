//! Sides that name the wrong letter.

use super::Slip;
use super::page::{Page, Sheet, base, char_of, count, is_blank, letter, letters};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::tex::{Tex, TexKind, to_latex};
use crate::source::Span;

/// `-\theta/2 < \theta < \pi/2`.
pub(super) static BOUND_BY_ITSELF: Code = Code {
    name: "bound-by-itself",
    what: "a letter between two bounds stands in one of them",
    why: "a bound is meant to be known; one of its letters is probably another",
    example: "$$ -\\frac{t}{2} < t < \\frac{a}{2} $$",
};

/// `f(x) = y^2`.
pub(super) static LOST_ARGUMENT: Code = Code {
    name: "lost-argument",
    what: "an argument on the left is nowhere on the right, which has a letter that stands nowhere else in the notes",
    why: "one of the two was probably meant to be the other",
    example: "Let $x$ be the input. $$ f(x) = 3 z^2 + 1 $$",
};

/// In `a < b < c` the atom b stands in exactly one of a and c.
pub(super) fn by_itself(_: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for line in &sheet.lines {
        let [low, middle, high] = line.sides.as_slice() else { continue };
        let names: Vec<&str> = line.signs.iter().map(|s| s.sign.name).collect();
        if !matches!(names.as_slice(), ["lt" | "le", "lt" | "le"] | ["gt" | "ge", "gt" | "ge"]) {
            continue;
        }
        let inner: Vec<&Tex> = middle.iter().filter(|n| !is_blank(n)).collect();
        let [atom] = inner.as_slice() else { continue };
        let Some(name) = letter(atom) else { continue };
        let side = match (count(low, &name), count(high, &name)) {
            (1.., 0) => low,
            (0, 1..) => high,
            _ => continue,
        };
        if let Some(span) = side.iter().map(|n| n.span).reduce(Span::join) {
            found.push(Slip::new(span, Message::new("finding-bound-by-itself").with("symbol", &name)));
        }
    }
    found
}

/// `f(x, y) = …`: an argument is lost, and a letter on the right is known from nowhere.
pub(super) fn lost_argument(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    let mut found = vec![];
    for line in sheet.lines.iter().filter(|l| l.sides.len() == 2) {
        let [left, right] = line.sides.as_slice() else { continue };
        if !line.signs.iter().all(|s| s.sign.name == "eq") || !matches!(line.qualifiers.as_slice(), []) {
            continue;
        }
        let Some(arguments) = arguments(left) else { continue };
        // The entropy of a random variable is one of its parameters.
        if arguments.iter().any(|a| a.chars().all(char::is_uppercase)) {
            continue;
        }
        // `y_1 y_2' - y_1' y_2`: what has a prime depends on the argument.
        if crate::notation::tex::to_latex(right).contains('\'') {
            continue;
        }
        // `f(x) = c` is a constant.
        if right.iter().filter(|n| !is_blank(n)).count() < 2 {
            continue;
        }
        let used = letters(right);
        // Where the right side has more letters, one of them may hide the argument: `L(w) = Σ t_n log y_n`.
        if used.len() != 1 {
            continue;
        }
        let Some(lost) = arguments.iter().find(|a| !used.contains(a)) else { continue };
        let strangers: Vec<&String> = used
            .iter()
            .filter(|l| !arguments.contains(l) && count(left, l) == 0)
            .filter(|l| page.letters.get(*l) == Some(&count(right, l)))
            .collect();
        if let ([stranger], true) = (strangers.as_slice(), arguments.iter().filter(|a| !used.contains(a)).count() == 1)
            && let Some(span) = right.iter().map(|n| n.span).reduce(Span::join)
        {
            let message = Message::new("finding-lost-argument").with("argument", lost).with("stranger", *stranger);
            found.push(Slip::new(span, message));
        }
    }
    found
}

/// The letters of `f(x, y)` where that is the whole side.
fn arguments(side: &[Tex]) -> Option<Vec<String>> {
    let side: Vec<&Tex> = side.iter().filter(|n| !is_blank(n)).collect();
    let (f, rest) = side.split_first()?;
    letter(base(f))?;
    let (open, rest) = rest.split_first()?;
    let (close, inner) = rest.split_last()?;
    if char_of(open) != Some('(') || char_of(close) != Some(')') {
        return None;
    }
    let mut out = vec![];
    for node in inner {
        match (&node.kind, letter(node)) {
            (_, Some(l)) => out.push(l),
            (TexKind::Char(','), _) => {}
            _ => return None,
        }
    }
    (!out.is_empty() && !to_latex(&inner.iter().map(|n| (*n).clone()).collect::<Vec<_>>()).is_empty()).then_some(out)
}
