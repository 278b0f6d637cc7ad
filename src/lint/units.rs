//! Expressions of the notes that stand by themselves, and what stands in their place elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::flat::{applications, flat, pairs, span_of, terms, text};
use super::tree::{char_of, letter, lists};
use crate::notation::line::Line;
use crate::notation::tex::{Tex, TexKind};
use crate::source::Span;

/// Expressions of a document that stand by themselves: formulas, sides, contents of brackets, summands, applications.
pub(super) struct Units {
    /// Each unit of a formula as the texts of its parts.
    pub(super) frames: BTreeMap<String, BTreeSet<String>>,
    /// How often each unit stands in the notes, by its text.
    pub(super) whole: BTreeMap<String, usize>,
    /// How often each scripted or bare name is written.
    pub(super) names: BTreeMap<String, usize>,
}

/// A unit: its parts in order.
type Unit = Vec<Tex>;

/// The units of a formula; a summand that is a whole side comes twice.
pub(super) fn units(nodes: &[Tex], lines: &[Line]) -> Vec<Unit> {
    let mut out: Vec<Unit> = vec![];
    for list in lists(nodes) {
        let list = flat(&list);
        for a in applications(&list) {
            out.push(list.get(a.range.clone()).unwrap_or(&[]).to_vec());
        }
        for (at, end) in pairs(&list) {
            out.push(list.get(at + 1..end).unwrap_or(&[]).to_vec());
        }
    }
    for line in lines {
        for side in &line.sides {
            let side = flat(side);
            out.extend(terms(&side).into_iter().map(|(_, t)| t.to_vec()));
            out.push(side);
        }
    }
    out.push(flat(nodes));
    out
}

/// The names in a unit, each with its place. The letters of a word spelled out (`diag(x)`) are none.
pub(super) fn names(unit: &[Tex]) -> Vec<(String, Span)> {
    fn down(list: &[&Tex], depth: usize, out: &mut Vec<(String, Span)>) {
        let plain = |n: &Tex| matches!(n.kind, TexKind::Char(c) if c.is_alphabetic());
        let mut word = 0;
        for (at, node) in list.iter().enumerate() {
            let run = list.iter().skip(at).take_while(|n| plain(n)).count();
            let applied = list.get(at + run).is_some_and(|n| char_of(n) == Some('('));
            if word == 0 && run >= 3 && applied {
                word = run;
            }
            if word > 0 {
                word -= 1;
                continue;
            }
            let lowered = matches!(&node.kind, TexKind::Script { base, sub: Some(_), .. } if letter(base).is_some());
            if lowered || letter(node).is_some() {
                out.push((text(std::slice::from_ref(node)), node.span));
            }
            let name = matches!(&node.kind, TexKind::Call { name, .. } if !(name.ends_with("frac") || name == "sqrt"));
            if depth < 64 && !lowered && !name {
                match &node.kind {
                    TexKind::Script { .. } | TexKind::Call { .. } => {
                        node.children().iter().for_each(|c| down(&[c], depth + 1, out));
                    }
                    _ => down(&node.children(), depth + 1, out),
                }
            }
        }
    }
    let mut out: Vec<(String, Span)> = vec![];
    down(&unit.iter().collect::<Vec<_>>(), 0, &mut out);
    out
}

/// The unit with the node at `span` taken out.
pub(super) fn frame(unit: &[Tex], span: Span) -> String {
    fn put(node: &Tex, span: Span) -> Tex {
        if node.span == span {
            return Tex::new(TexKind::Char('□'), span);
        }
        let mut node = node.clone();
        match &mut node.kind {
            TexKind::Group(list) | TexKind::Fenced { body: list, .. } => {
                list.iter_mut().for_each(|n| *n = put(n, span));
            }
            TexKind::Call { args, .. } => args.iter_mut().for_each(|n| *n = put(n, span)),
            TexKind::Script { base, sub, sup, .. } => {
                **base = put(base, span);
                [sub, sup].into_iter().flatten().for_each(|s| **s = put(s, span));
            }
            _ => {}
        }
        node
    }
    text(&unit.iter().map(|n| put(n, span)).collect::<Vec<_>>())
}

impl Units {
    pub(super) fn new<'a>(formulas: impl Iterator<Item = (&'a [Tex], &'a [Line])>) -> Units {
        let mut out = Units { frames: BTreeMap::new(), whole: BTreeMap::new(), names: BTreeMap::new() };
        for (nodes, lines) in formulas {
            for (name, _) in names(nodes) {
                *out.names.entry(name).or_insert(0) += 1;
            }
            let mut seen = BTreeSet::new();
            for unit in units(nodes, lines).into_iter().filter(|u| (3..=24).contains(&u.len())) {
                let span = span_of(&unit).unwrap_or_default();
                if !seen.insert((span.start, span.end, unit.len())) {
                    continue;
                }
                *out.whole.entry(text(&unit)).or_insert(0) += 1;
                for (name, span) in names(&unit) {
                    out.frames.entry(frame(&unit, span)).or_default().insert(name);
                }
            }
        }
        out
    }
}
