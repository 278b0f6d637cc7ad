//! Signs by which the letters of a formula are more than numbers: vectors that are paired or multiplied crosswise, bras and
//! kets, differentials apart from derivatives, superscripts that may count, wide bars, steps of an evaluation.

use crate::elaborate::operation::{has_norm, is_pair};
use crate::elaborate::signs::{behind_group, is_digit, is_letter, split};

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

/// Whether an exponent begins with a letter that may count: neither a transpose nor a prime.
pub(super) fn raises_by(first: &str, next: &str) -> bool {
    let letter = if first == "{" { next } else { first };
    letter.chars().all(char::is_alphabetic) && letter != "T"
}

/// A differential that stands in no derivative and under no integral: of what Brownian motion drives it has a second-order
/// part (Itô's formula).
pub(super) fn has_differential(signs: &[String]) -> bool {
    let apart = |i: &usize| {
        let before = |k: usize| i.checked_sub(k).and_then(|at| signs.get(at)).map(String::as_str);
        let upright = before(1) == Some("{") && before(2).is_some_and(|s| s.starts_with("\\math"));
        let opens = if upright { before(4) } else { before(2) };
        !opens.is_some_and(|s| s.ends_with("frac")) && before(1) != Some("/") && before(1) != Some("_")
    };
    let d: Vec<usize> = (0..signs.len()).filter(|&i| signs.get(i).is_some_and(|s| s == "d")).filter(apart).collect();
    d.len() > 1 && !signs.iter().any(|s| s == "\\int")
}

/// A bar over more than a letter with a subscript.
pub(super) fn has_wide_bar(signs: &[String]) -> bool {
    signs.iter().enumerate().any(|(i, s)| {
        if s != "\\overline" && s != "\\bar" {
            return false;
        }
        let inner = signs.get(i + 2..behind_group(signs, i + 1).saturating_sub(1)).unwrap_or(&[]);
        let power = inner.iter().any(|s| s == "^");
        let letters = inner.iter().take_while(|s| *s != "_").filter(|s| is_letter(s)).count();
        power || letters > 1
    })
}

/// Whether a formula has the signs right behind a sign.
pub(super) fn follows(formula: &[String], sign: &str, signs: &[String]) -> bool {
    let behind = |i: usize| formula.get(i + 1..).is_some_and(|rest| rest.starts_with(signs));
    formula.iter().enumerate().any(|(i, s)| s == sign && behind(i))
}

/// "the `\ell_1` norm": the letter beside the word names the norm that stands there without a subscript.
pub(super) fn is_of_ones(near: &str, beside: &[Vec<String>]) -> bool {
    let letter = |f: &Vec<String>| {
        let text = f.concat();
        let text = text.replace(['{', '}'], "");
        [
            "\\ell_1",
            "\\ell_\\infty",
            "\\ell^1",
            "\\ell^\\infty",
            "L_1",
            "L^1",
            "L_\\infty",
            "L^\\infty",
            "\\ell_p",
            "L^p",
            "1",
            "\\infty",
        ]
        .contains(&text.as_str())
    };
    near.contains("norm") && beside.iter().any(letter) && beside.iter().any(|f| has_norm(f))
}
