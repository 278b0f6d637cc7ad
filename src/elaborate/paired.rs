//! Products of what is no number, by the signs of a formula: paired vectors, crossed ones, bras and kets.

use crate::elaborate::operation::is_pair;
use crate::elaborate::signs::{is_digit, is_letter, split};

/// Whether one sign stands twice in a formula with a bracket: it need not be associative.
pub(super) fn regroups(signs: &[String], sign: &str) -> bool {
    let twice = split(signs, &["="]).iter().any(|side| side.iter().filter(|s| *s == sign).count() > 1);
    twice && signs.iter().any(|s| s == "(")
}

/// Whether a letter that is paired with another on one side, `⟨u, v⟩` or with `dots` `u \cdot v`, stands alone on the other,
/// and one that stands alone there is paired here: of vectors `(u \cdot v) w` is no `u (v \cdot w)`.
pub(super) fn changes_pairs(signs: &[String], dots: bool) -> bool {
    let sides = split(signs, &["="]);
    let [left, right] = sides.as_slice() else { return false };
    let plain = |s: &String| is_letter(s) && !s.starts_with('\\') || matches!(s.as_str(), "(" | ")" | "\\cdot" | "=");
    if dots && !signs.iter().all(plain) {
        return false;
    }
    let parted = |side: &[String]| {
        let (mut paired, mut alone): (Vec<String>, Vec<String>) = (vec![], vec![]);
        let mut depth = 0;
        for (i, s) in side.iter().enumerate() {
            match s.as_str() {
                "⟨" if depth > 0 || is_pair(side, i, "⟨", "⟩") => depth += 1,
                "⟩" if depth > 0 => depth -= 1,
                letter if is_letter(letter) => {
                    let dot = |at: Option<&String>| dots && at.is_some_and(|s| s == "\\cdot");
                    let beside = dot(side.get(i + 1)) || i.checked_sub(1).is_some_and(|at| dot(side.get(at)));
                    let list = if depth > 0 || beside { &mut paired } else { &mut alone };
                    list.push(letter.to_owned());
                }
                _ => {}
            }
        }
        (paired, alone)
    };
    let ((p, a), (q, b)) = (parted(left), parted(right));
    let shared = |x: &[String], y: &[String]| x.iter().any(|s| y.contains(s));
    shared(&p, &b) && shared(&a, &q)
}

/// Whether a bra and a ket stand in it, `⟨ψ|A|φ⟩` or `⟨m|n⟩`: one letter or digit before the first bar, one behind the last.
fn is_bracket(inside: &[String]) -> bool {
    let bar = |s: &String| matches!(s.as_str(), "|" | "\\vert" | "\\mid");
    let one = |part: &[String]| part.first().is_some_and(|s| is_letter(s) || is_digit(s)) && part.len() < 5;
    let (first, last) = (inside.iter().position(bar), inside.iter().rposition(bar));
    matches!((first, last), (Some(a), Some(b)) if one(inside.get(..a).unwrap_or(&[])) && one(inside.get(b + 1..).unwrap_or(&[])))
        && !inside.iter().any(|s| s == ",")
}

/// Whether a bra or a ket stands in a formula.
pub(super) fn has_ket(signs: &[String]) -> bool {
    let closes = |from: usize| signs.iter().skip(from).position(|s| s == "⟩").map(|at| from + at);
    let pairs = (0..signs.len()).filter(|&i| signs.get(i).is_some_and(|s| s == "⟨"));
    pairs.filter_map(|i| signs.get(i + 1..closes(i)?)).any(is_bracket)
}
