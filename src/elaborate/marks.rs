//! Marks that may give the letters of a formula another meaning: superscripts, differentials, bars, arrows, norms.

use crate::elaborate::operation::has_norm;
use crate::elaborate::signs::{behind_group, is_letter};

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
