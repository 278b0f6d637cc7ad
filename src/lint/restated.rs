//! Long formulas that stand twice in the notes, once with another sign: the end of a proof and its theorem.

use std::collections::BTreeMap;

use super::Slip;
use super::flat::span_of;
use super::page::{Page, Sheet};
use crate::diag::Code;
use crate::message::Message;
use crate::notation::line::Line;
use crate::notation::tex::{Tex, to_latex};
use crate::source::Span;

/// `R = a + \log b - c` in the theorem, `R = a - \log b - c` at the end of its proof.
pub(super) static RESTATED_OTHERWISE: Code = Code {
    name: "restated-otherwise",
    what: "a long formula that stands elsewhere in the notes, of the same left side, with one other sign",
    why: "one of the two is a slip; where both hold, they are of different cases, which words should say",
    example: "$$ R = \\frac{1}{2} \\log p_1 + \\frac{1}{2} \\log p_2 - \\log a_1 + \\log a_2 + a_1 \\log b_1 - a_2 \\log b_2 $$\n\nHence\n\n$$ R = \\frac{1}{2} \\log p_1 + \\frac{1}{2} \\log p_2 - \\log a_1 - \\log a_2 + a_1 \\log b_1 - a_2 \\log b_2 $$",
};

/// Fewest tokens of a side: shorter ones differ by a sign because they are of two cases, roots or bounds.
const FEWEST: usize = 40;

/// Words of a sentence by which its formula is of one case, of another example or of another solution.
const CASES: &[&str] = &[
    "if ",
    "when",
    "case",
    "creasing",
    "other",
    "second",
    "respectively",
    "positive",
    "negative",
    "next",
    "instead",
    "example",
    "replac",
    "substitut",
    "opposite",
    "reverse",
    "wrong",
    "mistake",
    "경우",
    "반대",
    "예를",
    "틀린",
];

/// What is no token of a formula: spaces and sizes, and what ends it.
const LAYOUT: &[&str] = &[
    "\\left",
    "\\right",
    "\\,",
    "\\;",
    "\\:",
    "\\!",
    "\\quad",
    "\\qquad",
    "\\big",
    "\\Big",
    "\\bigg",
    "\\Bigg",
    "\\bigl",
    "\\bigr",
    "\\Bigl",
    "\\Bigr",
    "\\displaystyle",
    "&",
    "~",
    "\\ ",
];

/// The sides of the equations of a document, by the text of their left sides.
pub(super) type Restated = BTreeMap<String, Vec<Vec<String>>>;

/// The equations of displays whose sentences tell no case.
pub(super) fn restated<'s>(sheets: impl Iterator<Item = &'s Sheet<'s>>) -> Restated {
    let mut all = Restated::new();
    for sheet in sheets.filter(|s| counts(s)) {
        for (head, tokens, _) in sheet.lines.iter().flat_map(equations) {
            all.entry(head).or_default().push(tokens);
        }
    }
    all
}

/// Whether a formula is a display of no case.
fn counts(sheet: &Sheet) -> bool {
    let lead = sheet.lead.to_lowercase();
    sheet.formula.display && !CASES.iter().any(|w| lead.contains(w))
}

/// The left side of a line, with each long side that is equal to it.
fn equations(line: &Line) -> Vec<(String, Vec<String>, Span)> {
    let Some((first, sides)) = line.sides.split_first() else { return vec![] };
    let equal = line.signs.iter().all(|s| s.sign.name == "eq") && line.qualifiers.is_empty() && line.prefix.is_none();
    let head = tokens(first).concat();
    if !equal || head.is_empty() {
        return vec![];
    }
    let side = |side: &Vec<Tex>| {
        let tokens = tokens(side);
        let long = tokens.len() >= FEWEST && !tokens.iter().any(|t| t == "\\pm" || t == "\\mp");
        long.then_some((head.clone(), tokens, span_of(side)?))
    };
    sides.iter().filter_map(side).collect()
}

/// A side that stands elsewhere with one other sign, more often or before.
pub(super) fn restated_otherwise(page: &Page, sheet: &Sheet) -> Vec<Slip> {
    if !counts(sheet) {
        return vec![];
    }
    let mut found: Vec<Slip> = vec![];
    for (head, own, span) in sheet.lines.iter().flat_map(equations) {
        let Some(all) = page.restated.get(&head) else { continue };
        let times = |tokens: &[String]| all.iter().filter(|t| t.as_slice() == tokens).count();
        let first = |tokens: &[String]| all.iter().position(|t| t.as_slice() == tokens);
        // The rarer one; of two that are as frequent, the later.
        let told = |other: &[String]| (times(other), first(&own)) > (times(&own), first(other));
        let other = all.iter().find(|other| one_sign(&own, other) && told(other));
        if other.is_some() && !found.iter().any(|f| f.span == span) {
            found.push(Slip::new(span, Message::new("finding-restated-otherwise").with("head", head)));
        }
    }
    found
}

/// Whether two sides are the same but for one plus that is a minus in the other.
fn one_sign(a: &[String], b: &[String]) -> bool {
    let mut differ = a.iter().zip(b).filter(|(x, y)| x != y);
    let sign = |(x, y): (&String, &String)| matches!((x.as_str(), y.as_str()), ("+", "-") | ("-", "+"));
    a.len() == b.len() && differ.next().is_some_and(sign) && differ.next().is_none()
}

/// A side in tokens: commands, letters, digits, signs.
fn tokens(side: &[Tex]) -> Vec<String> {
    let text = to_latex(side);
    let mut out: Vec<String> = vec![];
    let mut rest = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';'));
    while let Some(c) = rest.chars().next() {
        let command = rest.get(1..).map_or(0, |r| r.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(r.len()));
        let length = match c {
            '\\' if command > 0 => 1 + command,
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        let (token, more) = rest.split_at(length);
        if !c.is_whitespace() && !matches!(c, '{' | '}') && !LAYOUT.contains(&token) {
            out.push(token.to_owned());
        }
        rest = more;
    }
    while out.last().is_some_and(|t| matches!(t.as_str(), "." | "," | ";")) {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sign_is_told_from_another_formula() {
        let list = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        assert!(one_sign(&list("a+b-c"), &list("a-b-c")));
        assert!(!one_sign(&list("a+b-c"), &list("a+b-c")) && !one_sign(&list("a+b-c"), &list("a-b+c")));
        assert!(!one_sign(&list("a+b"), &list("a+c")) && !one_sign(&list("a+b"), &list("a+b-c")));
    }
}
