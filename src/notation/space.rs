//! Wide spaces: what stands on the two sides of one are two formulas.

use crate::notation::continuation::is_operator;
use crate::notation::relation::sign_at;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// Whether a node is a space of a quad or more: `\quad`, `\hspace{0.5in}`, `\hskip 2em`.
pub(crate) fn is_wide(node: &Tex) -> bool {
    let TexKind::Space(s) = &node.kind else { return false };
    if matches!(s.as_str(), "quad" | "qquad") {
        return true;
    }
    length(s).is_some_and(|l| l >= 1.0)
}

/// The length in em that a space is told to have.
fn length(space: &str) -> Option<f64> {
    let horizontal = ["hspace*", "hspace", "mspace", "hskip", "mskip", "kern", "mkern"];
    let length = horizontal.iter().find_map(|name| space.strip_prefix(name))?;
    ems(length.trim_matches(|c: char| c == '{' || c == '}' || c.is_whitespace()))
}

/// The nodes, with spaces in a row that are as wide together as two letters for one wide space: `\;\;\;`, `~~~`,
/// `\hspace{5mm}`, `\hfill`. Not beside a sign, where they set it off.
pub(super) fn widened(nodes: &[Tex]) -> Vec<Tex> {
    let sign = |n: &Tex| sign_at(std::slice::from_ref(n), 0).is_some() || is_operator(n);
    let mut out: Vec<Tex> = vec![];
    let mut rest = nodes;
    while let Some((node, after)) = rest.split_first() {
        let run = rest.iter().take_while(|n| width(n).is_some()).count();
        let (spaces, behind) = rest.split_at(run);
        let beside = out.last().is_none_or(sign) || behind.first().is_none_or(sign);
        match spaces.iter().filter_map(width).sum::<f64>() {
            total if total >= WIDE && !beside && !spaces.iter().any(is_wide) => {
                let span = spaces.iter().map(|n| n.span).reduce(Span::join).unwrap_or_default();
                out.push(Tex::new(TexKind::Space("quad".into()), span));
                rest = behind;
            }
            _ if run > 0 => {
                out.extend_from_slice(spaces);
                rest = behind;
            }
            _ => {
                out.push(node.clone());
                rest = after;
            }
        }
    }
    out
}

/// Width in em from which on spaces part two formulas: more than the widest single one between factors.
const WIDE: f64 = 0.49;

/// The width of a space in em (TeXbook, chapter 18: 3, 4 and 5 mu; a space between words is a third); `None` of what is no
/// space.
fn width(node: &Tex) -> Option<f64> {
    match &node.kind {
        TexKind::Space(name) => Some(match name.as_str() {
            "," | "thinspace" => 3.0 / 18.0,
            ":" | ">" | "medspace" => 4.0 / 18.0,
            ";" | "thickspace" => 5.0 / 18.0,
            "!" | "negthinspace" => -3.0 / 18.0,
            " " | "~" | "nobreakspace" | "space" => 1.0 / 3.0,
            "enspace" | "enskip" => 0.5,
            "quad" => 1.0,
            "qquad" => 2.0,
            "hfill" | "hfil" => 1.0,
            other => length(other).unwrap_or(0.0),
        }),
        TexKind::Group(list) if !list.is_empty() => list.iter().map(width).sum(),
        _ => None,
    }
}

/// A length in em, for letters of ten points.
fn ems(length: &str) -> Option<f64> {
    let unit = length.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = length.split_at_checked(unit)?;
    let points = match unit.get(..2)? {
        "em" => 10.0,
        "ex" => 4.3,
        "mu" => 10.0 / 18.0,
        "pt" | "bp" => 1.0,
        "pc" => 12.0,
        "px" => 0.75,
        "in" => 72.27,
        "cm" => 28.45,
        "mm" => 2.845,
        _ => return None,
    };
    Some(number.trim().parse::<f64>().ok()? * points / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quad_or_more_is_wide() {
        let space = |s: &str| is_wide(&Tex::new(TexKind::Space(s.into()), Span::default()));
        for wide in ["quad", "qquad", "hspace{0.5in}", "hspace*{1cm}", "hskip2em", "mspace{36mu}", "hspace{ 20pt }"] {
            assert!(space(wide), "{wide}");
        }
        for narrow in [",", ";", "hspace{2pt}", "hspace{-1in}", "kern3mu", "vspace{1cm}", "hspace{\\fill}", "hspace{}"]
        {
            assert!(!space(narrow), "{narrow}");
        }
    }
}
