//! What a name stands for at a place: declarations of other shapes make other names of one letter.
//!
//! A declaration holds from its place to the end of its section (of an annotation for one formula: in that formula), a
//! where-clause also in the display before it. Declarations that fit together are of one name.

use std::collections::BTreeMap;

use crate::elaborate::content::found_symbol;
use crate::elaborate::directives::Attached;
use crate::elaborate::prose::{Cue, cue, is_where, words};
use crate::elaborate::raw::{Origin, RawLine};
use crate::expr::{Expr, Node, Symbol, fun};
use crate::notation::is_ones;
use crate::notation::relation::Role;
use crate::read::{Block, Document};

/// Where a declaration holds.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    Section(usize),
    Formula(usize),
}

/// A line that says what shape a name has.
struct Declared {
    /// The sizes as far as they are said.
    sizes: Vec<Option<Expr>>,
    /// Both sizes are the same, whatever they are.
    square: bool,
    /// It speaks of the entries: `x_n \in \mathbb{R}^d`.
    entries: bool,
    /// The first line that it holds in, and its own.
    from: usize,
    line: usize,
    reach: Reach,
    version: u32,
}

/// The declarations of all names of a document.
pub(crate) struct Declarations<'a> {
    document: &'a Document,
    by_name: BTreeMap<String, Vec<Declared>>,
}

impl<'a> Declarations<'a> {
    /// Collects the declarations, and gives every occurrence of a name the version that is meant at its place.
    pub(crate) fn settle(
        document: &'a Document,
        attached: &BTreeMap<usize, Attached>,
        lines: &mut [RawLine],
    ) -> Declarations<'a> {
        let mut all = Declarations { document, by_name: BTreeMap::new() };
        for at in 0..lines.len() {
            if let Some((name, declared)) = declaration(document, attached, lines, at) {
                all.add(name, declared);
            }
        }
        for (at, line) in lines.iter_mut().enumerate() {
            for (name, list) in &all.by_name {
                if list.iter().any(|d| d.version > 0) {
                    let version = |entries| all.meant(list, at, line.block, entries).map_or(0, |d| d.version);
                    rename(line, name, version(false), version(true));
                }
            }
        }
        all
    }

    /// A declaration is of the latest name that it fits.
    fn add(&mut self, name: String, mut declared: Declared) {
        let list = self.by_name.entry(name).or_default();
        let fresh = list.iter().map(|d| d.version + 1).max().unwrap_or(0);
        declared.version = list.iter().rev().find(|d| fits(d, &declared)).map_or(fresh, |d| d.version);
        list.push(declared);
    }

    /// The greatest version of a name.
    pub(crate) fn latest(&self, name: &str) -> u32 {
        self.by_name.get(name).into_iter().flatten().map(|d| d.version).max().unwrap_or(0)
    }

    /// Whether the shape of a name is declared at a line, which does not declare or define it anew itself.
    pub(crate) fn hold(&self, lines: &[RawLine], at: usize, name: &str) -> bool {
        let Some(line) = lines.get(at) else { return false };
        let list = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let subject = line.sides.first().and_then(found_symbol).is_some_and(|s| *s.name == *name);
        let anew = subject && line.signs.first().is_some_and(|p| matches!(p.sign.name, "eq" | "member"));
        !anew && list.iter().any(|d| d.line != at && self.reaches(d, at, line.block).is_some())
    }

    /// How far out a declaration stands that holds at a line; `None` if it does not hold there.
    fn reaches(&self, d: &Declared, line: usize, block: usize) -> Option<usize> {
        let here = match self.document.blocks.get(block) {
            Some(Block::Formula(f)) => f.section,
            Some(Block::Directive(d)) => d.section,
            _ => 0,
        };
        match d.reach {
            _ if d.from > line => None,
            Reach::Formula(formula) => (formula == block).then_some(0),
            Reach::Section(section) => {
                let chain = self.document.sections_of(here);
                let out = chain.iter().position(|s| *s == section).or((section == 0).then_some(chain.len()));
                out.map(|n| n + 1)
            }
        }
    }

    /// The declaration that an occurrence of the name is of: the nearest that holds here, else the latest before, else
    /// the first. The entries of a declared family are meant by an index, and by the name alone what was declared alone.
    fn meant<'d>(&self, list: &'d [Declared], at: usize, block: usize, entries: bool) -> Option<&'d Declared> {
        let holding = list.iter().filter_map(|d| Some((self.reaches(d, at, block)?, d)));
        let nearest = match entries {
            true => holding.min_by_key(|(out, d)| (*out, !d.entries, std::cmp::Reverse(d.line))),
            false => holding.min_by_key(|(out, d)| (d.entries, *out, std::cmp::Reverse(d.line))),
        };
        let before = || list.iter().filter(|d| d.from <= at).max_by_key(|d| (d.entries == entries, d.line));
        nearest.map(|(_, d)| d).or_else(before).or(list.first())
    }
}

/// What a line declares: `x \in \mathbb{R}^n`, `x_n \in \mathbb{R}^d`, `A symmetric`.
fn declaration(
    document: &Document,
    attached: &BTreeMap<usize, Attached>,
    lines: &[RawLine],
    at: usize,
) -> Option<(String, Declared)> {
    let line = lines.get(at)?;
    let subject = line.sides.first()?;
    let symbol = found_symbol(subject).filter(|s| !is_ones(s))?;
    let (mut from, mut reach) = (at, Reach::Section(section(document, line.block)));
    match line.origin {
        Origin::Let { .. } => {}
        Origin::Assume { .. } => reach = Reach::Formula(line.block),
        Origin::Told { .. } => return None,
        Origin::Formula { display } => {
            let (before, after) = words(document, line.block, display);
            let claimed = attached.get(&line.block).is_some_and(|a| a.claim);
            if line.before > 0 || line.continued || claimed || cue(&before, &after) == Cue::Claim {
                return None;
            }
            if !display && is_where(&before) {
                from = lines.get(..at)?.iter().position(|l| l.block >= explained(document, line.block)).unwrap_or(at);
            }
        }
    }
    let places = subject.as_app(fun::INDEX).map_or(0, |args| args.len() - 1);
    let (sizes, square) = match (line.fact(), line.signs.first()) {
        (Some(fact), _) => match fact.node() {
            Node::App(f, _) => match f.name {
                "one_hot" | "distribution" => (vec![None], false),
                "full_column_rank" => (vec![None, None], false),
                "symmetric" | "positive_definite" | "positive_semidefinite" | "orthogonal" | "invertible" => {
                    (vec![None, None], true)
                }
                "member" | "gt" | "ge" => (vec![], false),
                _ => return None,
            },
            _ => return None,
        },
        (None, Some(sign)) if sign.sign.name == "member" && sign.sign.role == Role::Relation => {
            (member_sizes(line.sides.get(1)?)?, false)
        }
        _ => return None,
    };
    let sizes = std::iter::repeat_n(None, places).chain(sizes).collect();
    let name = symbol.name.to_string();
    Some((name, Declared { sizes, square, entries: places > 0, from, line: at, reach, version: 0 }))
}

/// The sizes of the members of a set.
fn member_sizes(set: &Expr) -> Option<Vec<Option<Expr>>> {
    let Node::App(f, args) = set.node() else { return None };
    match f.name {
        "real_space" | "simplex" => Some(args.iter().cloned().map(Some).collect()),
        "power_set" => Some(vec![args.get(1).cloned()]),
        "reals" | "integers" | "naturals" | "range_set" | "open_interval" | "closed_interval" | "left_open"
        | "right_open" => Some(vec![]),
        "set" if args.iter().all(|a| a.as_num().is_some()) => Some(vec![]),
        _ => None,
    }
}

fn section(document: &Document, block: usize) -> usize {
    match document.blocks.get(block) {
        Some(Block::Formula(f)) => f.section,
        Some(Block::Directive(d)) => d.section,
        _ => 0,
    }
}

/// The display that a where-clause explains.
fn explained(document: &Document, clause: usize) -> usize {
    let before = document.blocks.get(..clause).unwrap_or(&[]).iter().enumerate().rev();
    let mut near = before.take_while(|(_, b)| !matches!(b, Block::Heading { .. }));
    near.find(|(_, b)| matches!(b, Block::Formula(f) if f.display)).map_or(clause, |(i, _)| i)
}

/// Whether two declarations can be of one array.
fn fits(a: &Declared, b: &Declared) -> bool {
    let alike = |x: &Option<Expr>, y: &Option<Expr>| x.is_none() || y.is_none() || x == y;
    let square = |d: &Declared| match d.sizes.as_slice() {
        [m, n] => alike(m, n),
        _ => false,
    };
    a.sizes.len() == b.sizes.len()
        && a.sizes.iter().zip(&b.sizes).all(|(x, y)| alike(x, y))
        && (!a.square || square(b))
        && (!b.square || square(a))
}

/// Gives the name, alone and with an index, its versions.
fn rename(line: &mut RawLine, name: &str, alone: u32, entries: u32) {
    let named = |e: &Expr, version| match e.node() {
        Node::Sym(s) if *s.name == *name => Some(Expr::sym(Symbol { version, ..s.clone() })),
        _ => None,
    };
    line.map(&mut |e| {
        e.transform(&mut |x, _| match x.as_app(fun::INDEX).and_then(<[Expr]>::split_first) {
            Some((array, indices)) => Some(named(array, entries)?.index(indices.to_vec())),
            None => named(x, alone),
        })
    });
}
