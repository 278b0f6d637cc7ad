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
    /// The same in order, each once.
    known: Vec<Sign>,
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

    /// What an edit costs, and by how much it makes the line more like its neighbours: both rest on the same comparisons.
    pub(super) fn cost_and_gain(&self, edit: &Edit, completes: bool) -> (i64, i64) {
        let new = self.signs(edit);
        let (from, to) = self.touched(edit);
        let best = if edit.kind == COPIED { None } else { self.best(&new, from, to) };
        (self.cost_of(edit, completes, (&new, from, to), best), self.gain_of(edit, (&new, from, to), best))
    }

    /// The longest that a common subsequence with a neighbour gets longer.
    fn best(&self, new: &[Sign], from: usize, to: usize) -> Option<i64> {
        let most = i64::try_from(new.len()).unwrap_or(i64::MAX);
        let mut best = None;
        for n in &self.neighbours {
            best = best.max(Some(n.gain(new, from, to)));
            // No sign of a line counts twice.
            if best >= Some(most) {
                break;
            }
        }
        best
    }

    /// How many signs the edit changes, less twice those by which the line gets to have more in common with the
    /// neighbour that it suits best; what is copied gets that only where it completes what was there.
    fn cost_of(&self, edit: &Edit, completes: bool, (new, from, to): Place, best: Option<i64>) -> i64 {
        let old = self.replaced(from, to);
        let changed = i64::try_from(old.len().max(new.len())).unwrap_or(0) - common(&old, new);
        if completes {
            return -changed;
        }
        if edit.kind == COPIED {
            return changed;
        }
        changed - 2 * best.unwrap_or(0)
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
    fn gain_of(&self, edit: &Edit, (new, from, to): Place, best: Option<i64>) -> i64 {
        if edit.kind == COPIED {
            let old = self.replaced(from, to);
            return i64::try_from(old.len() + new.len()).unwrap_or(0) - 2 * common(&old, new);
        }
        let longer = i64::try_from(new.len()).unwrap_or(0) - i64::try_from(to - from).unwrap_or(0);
        best.map_or(-longer, |best| 2 * best - longer)
    }

    /// By how much an edit makes the line more like its neighbours.
    pub(super) fn gain(&self, edit: &Edit) -> i64 {
        self.cost_and_gain(edit, false).1
    }
}

/// The signs that an edit puts in, and the place of those that it replaces.
type Place<'a> = (&'a [Sign], usize, usize);

fn neighbour(own: &[Sign], signs: Vec<Sign>) -> Neighbour {
    let mut heads = vec![vec![0; signs.len() + 1]];
    for sign in own {
        let mut row = heads.last().cloned().unwrap_or_default();
        extend(&mut row, *sign, &signs);
        heads.push(row);
    }
    let backwards: Vec<Sign> = signs.iter().rev().copied().collect();
    let mut tails = vec![vec![0; signs.len() + 1]];
    for sign in own.iter().rev() {
        let mut row = tails.last().cloned().unwrap_or_default();
        extend(&mut row, *sign, &backwards);
        tails.push(row);
    }
    let mut known = signs.clone();
    known.sort_unstable();
    known.dedup();
    Neighbour { signs, known, heads, tails }
}

/// The length of the longest common subsequence. What both begin and end with belongs to it.
fn common(a: &[Sign], b: &[Sign]) -> i64 {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or(&[]), b.get(head..).unwrap_or(&[]));
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - tail).unwrap_or(&[]), b.get(..b.len() - tail).unwrap_or(&[]));
    let mut row = vec![0; b.len() + 1];
    a.iter().for_each(|sign| extend(&mut row, *sign, b));
    row.last().copied().unwrap_or(0) + i64::try_from(head + tail).unwrap_or(0)
}

/// The next row of the table of common subsequences in place of the one above it. Before the first place where the sign
/// stands they are the same.
fn extend(row: &mut [i64], sign: Sign, signs: &[Sign]) {
    let Some(first) = signs.iter().position(|other| *other == sign) else { return };
    let mut left = row.get(first).copied().unwrap_or(0);
    let mut diagonal = left;
    for (other, slot) in signs.iter().zip(row.iter_mut().skip(1)).skip(first) {
        let up = *slot;
        *slot = if *other == sign { diagonal + 1 } else { up.max(left) };
        (left, diagonal) = (*slot, up);
    }
}

impl Neighbour {
    fn common(&self) -> i64 {
        self.heads.last().and_then(|row| row.last()).copied().unwrap_or(0)
    }

    /// How much longer the common subsequence gets if the line's signs `from..to` are replaced.
    fn gain(&self, new: &[Sign], from: usize, to: usize) -> i64 {
        let before = self.common();
        let head = self.heads.get(from);
        let tail = self.tails.get(self.tails.len().saturating_sub(1 + to));
        let met = |row: &[i64]| tail.and_then(|tail| row.iter().zip(tail.iter().rev()).map(|(a, b)| a + b).max());
        let after = match new.iter().any(|sign| self.known.binary_search(sign).is_ok()) {
            true => {
                let mut row = head.cloned().unwrap_or_default();
                new.iter().for_each(|sign| extend(&mut row, *sign, &self.signs));
                met(&row)
            }
            false => head.and_then(|row| met(row)),
        };
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
