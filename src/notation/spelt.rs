//! Names of several letters: `SS` of a sum of squares, `AB` of the segment from A to B.

use std::collections::BTreeSet;

use crate::notation::tex::{Row, Tex, TexKind};
use crate::notation::word::{letter, letter_run};
use crate::source::Span;

/// Deepest nesting that is looked at.
const DEPTH: usize = 64;

/// Which runs of letters are names in a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spelt {
    /// Names as they are written.
    pub names: BTreeSet<String>,
    /// Letters of points: two of them beside each other are what lies between.
    pub points: BTreeSet<char>,
    /// Whether every capital is one.
    pub all_points: bool,
}

impl Spelt {
    /// The nodes with such runs as single upright names.
    pub fn joined(&self, nodes: Vec<Tex>) -> Vec<Tex> {
        if self.names.is_empty() && self.points.is_empty() && !self.all_points {
            return nodes;
        }
        self.join(super::plain::plain(&nodes), 0)
    }

    fn join(&self, nodes: Vec<Tex>, depth: usize) -> Vec<Tex> {
        if depth > DEPTH {
            return nodes;
        }
        let mut out: Vec<Tex> = Vec::with_capacity(nodes.len());
        let mut rest = nodes.as_slice();
        while let Some((first, behind)) = rest.split_first() {
            let run = letter_run(rest, 0);
            match rest.split_at_checked(run).filter(|_| run > 1) {
                Some((letters, behind)) => {
                    match self.word(letters) {
                        Some(word) => out.push(self.below(word, depth)),
                        None => out.extend(letters.iter().cloned().map(|n| self.below(n, depth))),
                    }
                    rest = behind;
                }
                None => {
                    out.push(self.below(first.clone(), depth));
                    rest = behind;
                }
            }
        }
        out
    }

    /// The run as one name, with the scripts of its last letter.
    fn word(&self, letters: &[Tex]) -> Option<Tex> {
        let text: String = letters.iter().filter_map(letter).collect();
        let point = |c: char| c.is_ascii_uppercase() && (self.all_points || self.points.contains(&c));
        let between = letters.len() == 2 && text.chars().all(point) && text.chars().next() != text.chars().last();
        if !self.names.contains(&text) && !between {
            return None;
        }
        let bases: Vec<Tex> = letters.iter().map(|n| base(n).clone()).collect();
        let span = bases.iter().map(|n| n.span).reduce(Span::join)?;
        let group = Tex::new(TexKind::Group(bases), span);
        let word = Tex::new(TexKind::Call { name: "mathrm".into(), option: None, args: vec![group] }, span);
        Some(match letters.last().map(|n| (&n.kind, n.span)) {
            Some((TexKind::Script { sub, sup, primes, .. }, whole)) => Tex::new(
                TexKind::Script { base: Box::new(word), sub: sub.clone(), sup: sup.clone(), primes: *primes },
                span.join(whole),
            ),
            _ => word,
        })
    }

    /// The same in the parts of a node. Upright words have no letters of their own, nor has a numerator over a differential.
    fn below(&self, node: Tex, depth: usize) -> Tex {
        let list = |l: Vec<Tex>| self.join(l, depth + 1);
        let one = |b: Box<Tex>| Box::new(self.part(*b, depth));
        let kind = match node.kind {
            TexKind::Group(l) => TexKind::Group(list(l)),
            TexKind::Fenced { open, close, body } => TexKind::Fenced { open, close, body: list(body) },
            TexKind::Script { base, sub, sup, primes } => {
                TexKind::Script { base: one(base), sub: sub.map(one), sup: sup.map(one), primes }
            }
            TexKind::Call { name, option, args } if name.ends_with("frac") => {
                let differential = |a: &Tex| matches!(a.list(), [d, ..] if matches!(base(d).kind, TexKind::Char('d')));
                let slope = args.len() == 2 && args.iter().all(differential);
                let args = if slope { args } else { args.into_iter().map(|a| self.part(a, depth)).collect() };
                TexKind::Call { name, option, args }
            }
            TexKind::Call { name, option, args } if name.ends_with("sqrt") || name == "left" => {
                TexKind::Call { name, option, args: args.into_iter().map(|a| self.part(a, depth)).collect() }
            }
            TexKind::Env { name, option, rows } => {
                let cells = |row: Row| Row { cells: row.cells.into_iter().map(list).collect(), ..row };
                TexKind::Env { name, option, rows: rows.into_iter().map(cells).collect() }
            }
            other => other,
        };
        Tex::new(kind, node.span)
    }

    fn part(&self, node: Tex, depth: usize) -> Tex {
        if depth > DEPTH { node } else { self.below(node, depth + 1) }
    }
}

fn base(node: &Tex) -> &Tex {
    match &node.kind {
        TexKind::Script { base, .. } => base,
        _ => node,
    }
}
