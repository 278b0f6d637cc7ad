//! What stands in an expression, as far as kinds and scopes ask: atoms, heads, index ranges.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::algebra::canon::is_identity;
use crate::algebra::moment::inside_and_outside;
use crate::claim::{Expectation, Given, Verdict};
use crate::elaborate::definitions::Head;
use crate::elaborate::directives::Attached;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::read::directive::Expectation as Expected;

/// Names that something introduced, each in the version that it was introduced in; with the first block that said more of
/// it than a value.
#[derive(Default)]
pub(crate) struct Introduced {
    all: BTreeMap<(Arc<str>, u32), Option<usize>>,
    /// The block that is looked at.
    block: usize,
}

impl Introduced {
    /// What follows is introduced by this block.
    pub(crate) fn at(&mut self, block: usize) {
        self.block = block;
    }

    pub(crate) fn insert(&mut self, s: &Symbol) {
        let block = self.block;
        self.all.entry((s.name.clone(), s.version)).or_default().get_or_insert(block);
    }

    /// The same, or, of a letter that got a value, that it did: that of an example says nothing of the letter elsewhere.
    pub(crate) fn insert_as(&mut self, s: &Symbol, value: bool) {
        if value {
            self.all.entry((s.name.clone(), s.version)).or_default();
        } else {
            self.insert(s);
        }
    }

    pub(crate) fn contains(&self, s: &Symbol) -> bool {
        self.all.contains_key(&(s.name.clone(), s.version))
    }

    /// The first block that said what a name is, and not only gave it a value.
    pub(crate) fn meaning(&self, s: &Symbol) -> Option<usize> {
        self.all.get(&(s.name.clone(), s.version)).copied().flatten()
    }
}

/// An index that nothing binds stands for every place of the array it is used on: `∂L/∂s_i = p_i − y_i`.
pub(crate) fn index_ranges(e: &Expr, introduced: &Introduced) -> Vec<Given> {
    let mut out: Vec<Given> = vec![];
    e.any(&mut |x| {
        let (array, indices) = match x.node() {
            Node::App(f, args) if f.name == fun::INDEX => match args.split_first() {
                Some((array, indices)) => (array.clone(), indices.to_vec()),
                None => return false,
            },
            Node::Bind { domain: Domain::At(point, indices), .. } => (point.clone(), indices.clone()),
            _ => return false,
        };
        for (index, size) in indices.iter().zip(array.sort().sizes()) {
            if index == size || !size.is_closed() || !bounded_by_size(index, size, introduced) {
                continue;
            }
            let facts =
                [Expr::relate("le", Expr::int(1), index.clone()), Expr::relate("le", index.clone(), size.clone())];
            for fact in facts.into_iter().filter(|f| !f.symbols().is_empty()) {
                if !out.iter().any(|g| g.fact.as_ref() == Some(&fact)) {
                    out.push(Given { text: fact.to_string(), fact: Some(fact), line: None });
                }
            }
        }
        false
    });
    out
}

/// Whether an index stays within a size because nothing else says so: a letter that nothing introduces, the letter and a
/// number, `x_{t+1}`, or the number of an entry where only a name says how many there are.
fn bounded_by_size(index: &Expr, size: &Expr, introduced: &Introduced) -> bool {
    if let Some(at) = index.as_int() {
        return at > 1 && size.as_symbol().is_some();
    }
    let plus = |e: &Expr| e.as_int().is_some() || e.as_symbol().is_some();
    let moved = index.as_symbol().is_some() || index.as_app(fun::ADD).is_some_and(|terms| terms.iter().all(plus));
    let letters: Vec<Symbol> = index.symbols().into_iter().collect();
    match letters.as_slice() {
        [letter] => moved && !introduced.contains(letter) && !size.mentions(letter),
        _ => false,
    }
}

/// Entries that sums end at, `\sum_{j=1}^{n_i}`, are counts.
pub(crate) fn counts(e: &Expr) -> Vec<Given> {
    let mut out: Vec<Given> = vec![];
    e.any(&mut |x| {
        let Node::Bind { binder: Binder::Sum | Binder::Product, domain: Domain::Range(low, high), .. } = x.node()
        else {
            return false;
        };
        let array = high.as_app(fun::INDEX).and_then(<[Expr]>::first).filter(|a| a.as_symbol().is_some());
        let (Some(array), Some(1)) = (array, low.as_int()) else { return false };
        let sizes = array.sort().sizes();
        let places =
            (0..sizes.len()).rev().filter_map(|i| u32::try_from(i).ok()).map(|i| Expr::bound(i, Sort::Integer));
        let count = Expr::relate("member", array.index(places.collect()), Expr::apply("naturals", vec![]));
        let all = |fact: Expr, n: &Expr| Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), n.clone()), fact);
        let fact = sizes.iter().rev().fold(count, all);
        if !out.iter().any(|g| g.fact.as_ref() == Some(&fact)) {
            out.push(Given { text: fact.to_string(), fact: Some(fact), line: None });
        }
        false
    });
    out
}

/// Names of sizes: they need no introduction.
pub(crate) fn size_names(e: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    e.any(&mut |x| {
        for size in x.sort().sizes() {
            names.extend(size.symbols().iter().map(|s| s.name.to_string()));
        }
        if let Node::Bind { domain, .. } = x.node() {
            for part in domain.parts() {
                names.extend(part.symbols().iter().filter(|s| s.sort == Sort::Integer).map(|s| s.name.to_string()));
            }
        }
        false
    });
    names
}

pub(crate) fn sign_text(spelling: &str) -> String {
    if spelling.chars().next().is_some_and(|c| c.is_ascii_alphabetic()) {
        format!("\\{spelling}")
    } else {
        spelling.to_owned()
    }
}

/// A symbol, or an entry of an array symbol at numbers.
pub(crate) fn atom(e: &Expr) -> bool {
    match e.node() {
        Node::Sym(s) => s.sort.is_scalar() || !s.sort.sizes().is_empty(),
        Node::App(f, args) => {
            f.name == fun::INDEX
                && args
                    .split_first()
                    .is_some_and(|(a, i)| a.as_symbol().is_some() && i.iter().all(|n| n.as_num().is_some()))
        }
        _ => false,
    }
}

/// Symbols and entries of arrays at numbers, an entry's array not counted apart.
pub(crate) fn outer_atoms(e: &Expr, out: &mut Vec<Expr>) {
    if atom(e) {
        if !out.contains(e) {
            out.push(e.clone());
        }
        return;
    }
    for c in e.children() {
        outer_atoms(c, out);
    }
}

pub(crate) fn occurrences(e: &Expr, target: &Expr) -> usize {
    if e == target {
        return 1;
    }
    e.children().into_iter().map(|c| occurrences(c, target)).sum()
}

/// Whether an equation is one of numbers alone with something to reckon: `784 \\cdot 256 = 200704`. Such a one is no case
/// among others.
pub(crate) fn is_reckoned(left: &Expr, right: &Expr) -> bool {
    let number = |e: &Expr| e.symbols().is_empty() && e.is_closed() && !e.has_opaque() && e.sort().is_scalar();
    number(left) && number(right) && left.as_num().is_none() && right.as_num().is_some()
}

pub(crate) fn found_symbol(e: &Expr) -> Option<Symbol> {
    match e.node() {
        Node::Sym(s) => Some(s.clone()),
        Node::App(f, args) if f.name == fun::INDEX => args.first().and_then(|a| a.as_symbol().cloned()),
        _ => None,
    }
}

pub(crate) fn mentions_head(e: &Expr, h: &Head) -> bool {
    if h.indices.is_empty() {
        return e.mentions(&h.symbol);
    }
    let entry = Expr::sym(h.symbol.clone()).index(h.indices.clone());
    let whole = Expr::sym(h.symbol.clone());
    e.any(&mut |x| *x == entry || x.children().contains(&&whole) && x.as_app(fun::INDEX).is_none())
}

/// `x = x`, or a claim about a symbol by itself such as `A = A^T`: every occurrence on the right is linear in it.
pub(crate) fn same_head_everywhere(e: &Expr, h: &Head) -> bool {
    matches!(e.node(), Node::App(f, _) if f.name == "transpose") && e.mentions(&h.symbol)
}

pub(crate) fn is_limit(e: &Expr) -> bool {
    e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Limit, .. }))
}

/// What is expected of relation `local` (from 1) of a formula; what names the relation goes before what is said of all.
pub(crate) fn expectation(attached: &Attached, local: usize) -> Option<Expectation> {
    let said = |place: Option<usize>| {
        attached.expect.iter().find_map(|(e, line)| match e {
            Expected::Verdict { verdict, at } if *at == place => {
                Some(Expectation { verdict: Verdict::from_word(verdict.word())?, line: *line })
            }
            _ => None,
        })
    };
    said(Some(local)).or_else(|| said(None))
}

/// Whether an equation holds whatever its names stand for.
pub(super) fn whatever(relation: &Expr) -> bool {
    match relation.as_app(fun::EQ) {
        Some([l, r]) => is_identity(l, r),
        _ => false,
    }
}

/// What is used where small letters beside capital ones in a mean are numbers.
pub(super) const CONSTANTS: &str = "constants: small letters beside random variables";

/// That the small letters beside capital ones in the moments of a relation are constants, where they stand nowhere else.
pub(super) fn small_letters(relation: &Expr) -> Vec<Expr> {
    let (inside, outside) = inside_and_outside(relation);
    let scalars = || inside.iter().filter(|s| s.sort.is_scalar() && !outside.contains(*s));
    let small =
        |s: &Symbol| matches!(&*s.name, "a" | "b" | "c" | "d" | "k" | "\\alpha" | "\\beta" | "\\gamma" | "\\lambda");
    let random = |s: &Symbol| matches!(&*s.name, "X" | "Y" | "Z" | "U" | "V" | "W");
    if !scalars().any(random) || !scalars().any(small) || whatever(relation) {
        return vec![];
    }
    scalars().filter(|s| small(s)).map(|s| Expr::apply("constant", vec![Expr::sym(s.clone())])).collect()
}
