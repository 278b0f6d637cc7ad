//! The smallest place where two formulas differ, in TeX tokens, so that an underline never cuts a command in two.

use std::ops::Range;

use super::walk::signs;

/// A replacement that turns one text into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The bytes of the old text that change.
    pub old: Range<usize>,
    /// What stands there in the new text.
    pub new: String,
}

/// The difference of two formulas; `None` if they are equal.
pub fn difference(old: &str, new: &str) -> Option<Difference> {
    if old == new {
        return None;
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (signs(old).collect(), signs(new).collect());
    let mut head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let limit = a.len().min(b.len()) - head;
    let mut tail = a.iter().rev().zip(b.iter().rev()).take(limit).take_while(|(x, y)| x == y).count();
    // White space at the ends of the change belongs to what stays.
    while tail > 0 && head > 0 && a.len() - tail == head && a.get(head - 1) == Some(&" ") {
        head -= 1;
    }
    if b.len() - tail < head {
        tail = b.len() - head;
    }
    // A change never holds one brace of a pair without the other.
    loop {
        let (open, close) = unmatched(a.get(head..a.len() - tail)?);
        let (new_open, new_close) = unmatched(b.get(head..b.len() - tail)?);
        if close.max(new_close) > 0 && head > 0 {
            head -= 1;
        } else if open.max(new_open) > 0 && tail > 0 {
            tail -= 1;
        } else {
            break;
        }
    }
    let length = |part: &[&str]| part.iter().map(|t| t.len()).sum::<usize>();
    let (front, back) = (length(a.get(..head)?), length(a.get(a.len() - tail..)?));
    let new_back = length(b.get(b.len() - tail..)?);
    Some(Difference { old: front..old.len() - back, new: new.get(front..new.len() - new_back)?.to_owned() })
}

/// How many braces of a list are opened in it and not closed, and closed and not opened.
fn unmatched(part: &[&str]) -> (usize, usize) {
    part.iter().fold((0, 0), |(open, close), token| match (*token, open) {
        ("{", _) => (open + 1, close),
        ("}", 0) => (0, close + 1),
        ("}", _) => (open - 1, close),
        _ => (open, close),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(old: &str, d: &Difference) -> String {
        format!("{}{}{}", &old[..d.old.start], d.new, &old[d.old.end..])
    }

    #[test]
    fn only_what_differs_is_marked() {
        let d = difference(r"a = \frac{x}{y}", r"a = \frac{x}{z}").unwrap();
        assert_eq!((d.old.clone(), d.new.as_str()), (13..14, "z"));
        let d = difference(r"\mu_1 + b", r"\muu_1 + b").unwrap();
        assert_eq!((d.old, d.new.as_str()), (0..3, r"\muu"));
        let d = difference(r"\frac{a}{e^{s}}", r"\frac{a}{\frac{e^{s}}{e^{t}}}").unwrap();
        assert_eq!((d.old, d.new.as_str()), (9..14, r"\frac{e^{s}}{e^{t}}"), "no brace without its other");
        assert_eq!(difference("x", "x"), None);
    }

    #[test]
    fn applying_the_difference_gives_the_new_text() {
        let texts = [
            "",
            "{x}{y}",
            "{x{y}}",
            "}{",
            "x}{",
            "x",
            "x x",
            "x  x",
            "-x",
            r"\frac{1}{2}",
            r"\\ a",
            "값 x",
            "값은 x",
            "12",
            "1",
            "aa",
            "aaa",
            " ",
        ];
        for old in texts {
            for new in texts {
                if let Some(d) = difference(old, new) {
                    assert_eq!(apply(old, &d), new, "{old:?} → {new:?}");
                } else {
                    assert_eq!(old, new);
                }
            }
        }
    }
}
