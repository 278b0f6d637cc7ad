//! Numbers whose digits stand in another base than ten, as the words next to them say.

use crate::elaborate::signs::{is_digit, split};
use crate::expr::Expr;

/// Bases of numbers: words next to a formula.
const BASES: &[(&str, u32)] = &[
    ("in binary", 2),
    ("binary number", 2),
    ("binary arithmetic", 2),
    ("binary addition", 2),
    ("base two", 2),
    ("base three", 3),
    ("ternary", 3),
    ("base four", 4),
    ("base five", 5),
    ("base six", 6),
    ("base seven", 7),
    ("octal", 8),
    ("base eight", 8),
    ("base nine", 9),
    ("base twelve", 12),
    ("hexadecimal", 16),
    ("base sixteen", 16),
    ("이진", 2),
    ("삼진법", 3),
    ("오진법", 5),
    ("팔진", 8),
    ("십육진", 16),
];
/// What stands before or behind the number of a base.
const BEFORE_BASE: &[&str] = &["base ", "base-"];
const BEHIND_BASE: &[&str] = &["진법", "진수"];

/// Words by which "in binary" speaks of something else.
const OTHERWISE: &[&str] = &["classif", "cross-entropy", "outcome"];

/// The base that words next to a claim name: in letters, in digits, in a formula behind the word.
fn base(near: &str, beside: &dyn Fn() -> Vec<Vec<String>>) -> Option<u32> {
    let other = |all: &mut dyn Iterator<Item = u32>| all.filter(|b| *b != 10).max();
    let classes = OTHERWISE.iter().any(|word| near.contains(word));
    let spelt = || BASES.iter().find(|(word, _)| !classes && near.contains(word)).map(|row| row.1);
    let leading = |t: &str| t.split(|c: char| !c.is_ascii_digit()).next().and_then(|d| d.parse().ok());
    let before = || {
        let places = BEFORE_BASE.iter().flat_map(|word| near.match_indices(word));
        other(&mut places.filter_map(|(at, word)| leading(near.get(at + word.len()..)?)))
    };
    let trailing = |t: &str| t.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|d| d.parse().ok());
    let behind = || {
        let places = BEHIND_BASE.iter().flat_map(|word| near.match_indices(word));
        other(&mut places.filter_map(|(at, _)| trailing(near.get(..at)?)))
    };
    // "base `2`"
    let said = near.contains("base  ") || BEHIND_BASE.iter().any(|word| near.contains(&format!(" {word}")));
    let formula = || if said { other(&mut beside().iter().filter_map(|f| f.concat().parse().ok())) } else { None };
    before().or_else(behind).or_else(spelt).or_else(formula).filter(|b| (2..=36).contains(b))
}

/// The base in which the numbers of a side are written, if words next to it name one: a side all of whose digits it has,
/// with a number of two of them.
pub(super) fn in_another_base(
    relation: &Expr,
    signs: &[String],
    near: &dyn Fn() -> String,
    beside: &dyn Fn() -> Vec<Vec<String>>,
) -> Option<String> {
    if !relation.symbols().is_empty()
        || signs
            .iter()
            .any(|s| s == "^" || s == "_" || s.starts_with('\\') && !matches!(s.as_str(), "\\cdot" | "\\times"))
    {
        return None;
    }
    let first = base(&near(), beside)?;
    let fits = |side: &[String]| {
        let own =
            side.iter().filter(|s| is_digit(s)).all(|s| s.chars().all(|c| c.to_digit(10).is_some_and(|d| d < first)));
        let long = side.windows(2).any(|p| p.iter().all(|s| is_digit(s)));
        own && (long || side.iter().any(|s| is_digit(s)) && side.len() > 1)
    };
    let sides = split(signs, &["=", "<", ">"]);
    sides.iter().any(|s| fits(s)).then(|| "0 1 2 …".to_owned())
}
