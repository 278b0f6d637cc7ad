//! Wide spaces: what stands on the two sides of one are two formulas.

use crate::notation::tex::{Tex, TexKind};

/// Whether a node is a space of a quad or more: `\quad`, `\hspace{0.5in}`, `\hskip 2em`.
pub(crate) fn is_wide(node: &Tex) -> bool {
    let TexKind::Space(s) = &node.kind else { return false };
    if matches!(s.as_str(), "quad" | "qquad") {
        return true;
    }
    let horizontal = ["hspace*", "hspace", "mspace", "hskip", "mskip", "kern", "mkern"];
    let length = horizontal.iter().find_map(|name| s.strip_prefix(name));
    length
        .and_then(|l| ems(l.trim_matches(|c: char| c == '{' || c == '}' || c.is_whitespace())))
        .is_some_and(|l| l >= 1.0)
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
    use crate::source::Span;

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
