//! How much a changed line looks like the lines around it: the longest common subsequence of their signs.

use std::collections::HashMap;

use crate::edit::{COPIED, Edit, tokens};
use crate::source::Span;

/// A line among its neighbours.
pub(super) struct Likeness<'a> {
    numbers: HashMap<&'a str, Sign>,
    line: Vec<(Span, Sign)>,
    neighbours: Vec<Neighbour>,
}

/// A sign by its number among those of the line and its neighbours.
type Sign = u32;

/// The number of every other sign, which only an edit puts in.
const NEW: Sign = Sign::MAX;

/// A neighbour with the longest common subsequences of its heads and the line's heads, of its tails and the line's tails.
struct Neighbour {
    signs: Vec<Sign>,
    heads: Vec<Vec<i64>>,
    tails: Vec<Vec<i64>>,
}

impl<'a> Likeness<'a> {
    /// A line with its neighbours.
    pub(super) fn new(line: &'a str, neighbours: &[&'a str]) -> Likeness<'a> {
        let mut numbers = HashMap::new();
        let mut numbered = |text: &'a str| -> Vec<(Span, Sign)> {
            let mut number = |sign| {
                let next = Sign::try_from(numbers.len()).unwrap_or(NEW);
                *numbers.entry(sign).or_insert(next)
            };
            tokens(text).into_iter().map(|(span, sign)| (span, number(sign))).collect()
        };
        let line = numbered(line);
        let own: Vec<Sign> = line.iter().map(|(_, s)| *s).collect();
        let signs = |list: Vec<(Span, Sign)>| list.into_iter().map(|(_, s)| s).collect();
        let neighbours = neighbours.iter().map(|n| neighbour(&own, signs(numbered(n)))).collect();
        Likeness { numbers, line, neighbours }
    }

    fn signs(&self, edit: &Edit) -> Vec<Sign> {
        tokens(&edit.text).iter().map(|(_, sign)| self.numbers.get(sign).copied().unwrap_or(NEW)).collect()
    }

    fn replaced(&self, from: usize, to: usize) -> Vec<Sign> {
        self.line.get(from..to).unwrap_or(&[]).iter().map(|(_, s)| *s).collect()
    }

    /// How many signs the edit changes, less twice those by which the line gets to have more in common with the
    /// neighbour that it suits best; what is copied gets that only where it completes what was there.
    pub(super) fn cost(&self, edit: &Edit, completes: bool) -> i64 {
        let new = self.signs(edit);
        let (from, to) = self.touched(edit);
        let old = self.replaced(from, to);
        let changed = i64::try_from(old.len().max(new.len())).unwrap_or(0) - common(&old, &new);
        if completes {
            return -changed;
        }
        if edit.kind == COPIED {
            return changed;
        }
        changed - 2 * self.neighbours.iter().map(|n| n.gain(&new, from, to)).max().unwrap_or(0)
    }

    /// Whether the edit keeps all signs that it replaces, and adds some.
    pub(super) fn only_adds(&self, edit: &Edit) -> bool {
        let new = self.signs(edit);
        let (from, to) = self.touched(edit);
        let old = self.replaced(from, to);
        let kept = common(&old, &new);
        old.len() < new.len() && !old.is_empty() && i64::try_from(old.len()).is_ok_and(|n| n == kept)
    }

    fn touched(&self, edit: &Edit) -> (usize, usize) {
        let from = self.line.iter().position(|(s, _)| s.start >= edit.span.start).unwrap_or(self.line.len());
        let to = self.line.iter().rposition(|(s, _)| s.end <= edit.span.end).map_or(0, |i| i + 1).max(from);
        (from, to)
    }

    /// By how much the edit makes the line more like the neighbour that it suits best: signs in common count twice,
    /// and the signs that are there once against it. What is copied is compared with what stood in its own place only.
    pub(super) fn gain(&self, edit: &Edit) -> i64 {
        let new = self.signs(edit);
        let (from, to) = self.touched(edit);
        if edit.kind == COPIED {
            let old = self.replaced(from, to);
            return i64::try_from(old.len() + new.len()).unwrap_or(0) - 2 * common(&old, &new);
        }
        let longer = i64::try_from(new.len()).unwrap_or(0) - i64::try_from(to - from).unwrap_or(0);
        self.neighbours.iter().map(|n| 2 * n.gain(&new, from, to) - longer).max().unwrap_or(-longer)
    }
}

fn neighbour(own: &[Sign], signs: Vec<Sign>) -> Neighbour {
    let mut heads = vec![vec![0; signs.len() + 1]];
    for sign in own {
        let row = heads.last().map(|above| extended(above, *sign, &signs)).unwrap_or_default();
        heads.push(row);
    }
    let backwards: Vec<Sign> = signs.iter().rev().copied().collect();
    let mut tails = vec![vec![0; signs.len() + 1]];
    for sign in own.iter().rev() {
        let row = tails.last().map(|above| extended(above, *sign, &backwards)).unwrap_or_default();
        tails.push(row);
    }
    Neighbour { signs, heads, tails }
}

/// The length of the longest common subsequence. What both begin and end with belongs to it.
fn common(a: &[Sign], b: &[Sign]) -> i64 {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or(&[]), b.get(head..).unwrap_or(&[]));
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - tail).unwrap_or(&[]), b.get(..b.len() - tail).unwrap_or(&[]));
    let row = a.iter().fold(vec![0; b.len() + 1], |row, sign| extended(&row, *sign, b));
    row.last().copied().unwrap_or(0) + i64::try_from(head + tail).unwrap_or(0)
}

/// The next row of the table of common subsequences.
fn extended(above: &[i64], sign: Sign, signs: &[Sign]) -> Vec<i64> {
    let mut row = Vec::with_capacity(signs.len() + 1);
    row.push(0);
    for (other, pair) in signs.iter().zip(above.windows(2)) {
        let (diagonal, up) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
        let left = row.last().copied().unwrap_or(0);
        row.push(if *other == sign { diagonal + 1 } else { up.max(left) });
    }
    row
}

impl Neighbour {
    fn common(&self) -> i64 {
        self.heads.last().and_then(|row| row.last()).copied().unwrap_or(0)
    }

    /// How much longer the common subsequence gets if the line's signs `from..to` are replaced.
    fn gain(&self, new: &[Sign], from: usize, to: usize) -> i64 {
        let before = self.common();
        let mut row = self.heads.get(from).cloned().unwrap_or_default();
        for sign in new {
            row = extended(&row, *sign, &self.signs);
        }
        let tail = self.tails.get(self.tails.len().saturating_sub(1 + to));
        let after = tail.and_then(|tail| row.iter().zip(tail.iter().rev()).map(|(a, b)| a + b).max());
        after.unwrap_or(before) - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_neighbour_has_counts_for_an_edit_and_what_it_lacks_against_it() {
        let l = Likeness::new("a + b", &["a - b"]);
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned(), kind: "" };
        assert_eq!(l.gain(&edit(2, 3, "-")), 2);
        assert_eq!(l.gain(&edit(4, 4, "- ")), 1);
        assert_eq!(l.gain(&edit(4, 5, "c")), -2);
        assert_eq!(l.gain(&edit(0, 3, "")), -1 + 1);
        assert_eq!(Likeness::new("a", &[]).gain(&edit(1, 1, " b")), -1);
    }
}
