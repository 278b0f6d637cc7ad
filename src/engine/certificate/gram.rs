//! The entry of a symmetric matrix as a sum of products, and these as squares.

use std::collections::BTreeMap;

use super::tools::{Binders, Tools};
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::sign::Sign;
use crate::expr::{Binder, Domain, Expr, Node, Symbol};
use crate::num::Rational;
use num_traits::One;

/// Most sums that are opened around one product.
const BINDERS: usize = 3;

/// Mᵢⱼ = δᵢⱼ dᵢ + Σ over groups of Σ over binders of w a(i) b(j).
pub(super) struct Entry {
    row: (Symbol, Domain),
    diagonal: Poly,
    groups: BTreeMap<Vec<Domain>, Group>,
    binders: BTreeMap<Vec<Domain>, Binders>,
}

type Group = BTreeMap<(Expr, Expr), Poly>;

/// Squares with their weights: Σ over binders of weight · (Σᵢ vector(i) yᵢ)².
pub(super) struct Square {
    pub(super) binders: Binders,
    pub(super) weight: Expr,
    /// The vector as an expression in the row's symbol.
    pub(super) vector: Expr,
}

/// The squares of a quadratic form, those with a negative weight apart.
pub(super) struct Squares {
    /// dᵢ, the weight of yᵢ².
    pub(super) diagonal: Expr,
    pub(super) positive: Vec<Square>,
    pub(super) negative: Vec<Square>,
}

impl Entry {
    /// Reads the canonical form of the entry at `row`, `column`. `None` where a term is no such product.
    pub(super) fn of(poly: &Poly, row: &(Symbol, Domain), column: &Symbol, level: usize) -> Option<Entry> {
        let (i, j) = (Expr::sym(row.0.clone()), Expr::sym(column.clone()));
        let mut entry =
            Entry { row: row.clone(), diagonal: Poly::zero(), groups: BTreeMap::new(), binders: BTreeMap::new() };
        for (mono, c) in poly.terms() {
            let delta = mono.factors().find_map(|(k, _)| match k.as_app("delta") {
                Some([x, r]) if (x == &i && r == &j) || (x == &j && r == &i) => Some(k.clone()),
                _ => None,
            });
            if let Some(delta) = delta {
                let weight = mono.without(&delta).to_expr().substituted(column, &i);
                entry.diagonal.add_scaled(&Poly::plain(&weight), c);
                continue;
            }
            let (binders, mono, c) = opened(mono, c, &row.0, column, level)?;
            let (mut a, mut b, mut w) = (Mono::one(), Mono::one(), Mono::one());
            for (k, e) in mono.factors() {
                let side = if k.mentions(&row.0) {
                    &mut a
                } else if k.mentions(column) {
                    &mut b
                } else {
                    &mut w
                };
                side.multiply_by(k.clone(), e);
            }
            let domains: Vec<Domain> = binders.iter().map(|(_, d)| d.clone()).collect();
            let key = (a.to_expr(), b.to_expr().substituted(column, &i));
            let group = entry.groups.entry(domains.clone()).or_default();
            group.entry(key).or_insert_with(Poly::zero).accumulate(w, &c);
            entry.binders.insert(domains, binders);
        }
        Some(entry)
    }

    /// The products as squares, by LDLᵀ group by group.
    pub(super) fn squares(self, tools: &Tools) -> Option<Squares> {
        let mut out = Squares { diagonal: self.diagonal.to_expr(), positive: vec![], negative: vec![] };
        for (domains, group) in &self.groups {
            let binders = self.binders.get(domains)?;
            eliminate(&tools.under(binders), binders, group, &mut out)?;
        }
        let row = tools.under(std::slice::from_ref(&self.row));
        out.diagonal = row.simplified(&out.diagonal)?;
        Some(out)
    }
}

/// The sums that hold both places together, opened.
fn opened(mono: &Mono, c: &Rational, row: &Symbol, column: &Symbol, level: usize) -> Option<(Binders, Mono, Rational)> {
    let (mut mono, mut c, mut binders) = (mono.clone(), c.clone(), vec![]);
    loop {
        let joint = mono.factors().find(|(k, _)| k.mentions(row) && k.mentions(column));
        let Some((kernel, exponent)) = joint.map(|(k, e)| (k.clone(), e.clone())) else {
            return Some((binders, mono, c));
        };
        let Node::Bind { binder: Binder::Sum, domain, body } = kernel.node() else { return None };
        if !exponent.is_one() || binders.len() >= BINDERS {
            return None;
        }
        let symbol = Symbol::new(&format!("\u{6}n{level}.{}", binders.len()), domain.variable_sort());
        let inner = Poly::plain(&body.instantiated(&Expr::sym(symbol.clone())));
        let (m, d) = inner.single()?;
        mono = mono.without(&kernel).times(m);
        c = &c * d;
        binders.push((symbol, domain.clone()));
    }
}

/// C as Σ of pivots times squares (Golub & Van Loan, 4.2.8): Cₖₖ (fₖ + Σ Cₖₗ/Cₖₖ fₗ)², and the rest.
fn eliminate(tools: &Tools, binders: &Binders, group: &Group, out: &mut Squares) -> Option<()> {
    let mut left: Vec<Expr> = group.keys().flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    left.sort();
    left.dedup();
    let mut c: BTreeMap<(usize, usize), Expr> = BTreeMap::new();
    for (k, a) in left.iter().enumerate() {
        for (l, b) in left.iter().enumerate() {
            let w = group.get(&(a.clone(), b.clone())).map_or(Expr::int(0), Poly::to_expr);
            c.insert((k, l), tools.simplified(&w)?);
        }
    }
    let zero = |e: &Expr| e.as_int() == Some(0);
    if c.iter().any(|((k, l), e)| c.get(&(*l, *k)) != Some(e)) {
        return None;
    }
    let vectors = left.clone();
    let mut open: Vec<usize> = (0..left.len()).collect();
    while !open.is_empty() {
        let at = |k: usize, l: usize| c.get(&(k, l)).cloned().unwrap_or_else(|| Expr::int(0));
        let alone = |k: usize| open.iter().all(|l| *l == k || zero(&at(k, *l)));
        let rank = |k: usize| match tools.sign(&at(k, k)) {
            _ if zero(&at(k, k)) && alone(k) => 0,
            Sign::POSITIVE => 1,
            s if s.is(Sign::NONNEGATIVE) && alone(k) => 2,
            _ if alone(k) => 3,
            _ => 4,
        };
        let (place, k) = open.iter().copied().enumerate().min_by_key(|(_, k)| rank(*k))?;
        let pivot = at(k, k);
        let kind = rank(k);
        open.remove(place);
        if kind == 0 {
            continue;
        }
        let row: Vec<(usize, Expr)> = open.iter().map(|l| (*l, at(k, *l))).filter(|(_, e)| !zero(e)).collect();
        let mut vector = vectors.get(k)?.clone();
        if kind == 4 {
            return None;
        }
        for (l, e) in &row {
            vector = vector + tools.simplified(&e.over(&pivot))? * vectors.get(*l)?.clone();
        }
        for (l, e) in &row {
            for (m, f) in &row {
                let less = c.get(&(*l, *m))?.clone() - (e.clone() * f.clone()).over(&pivot);
                c.insert((*l, *m), tools.simplified(&less)?);
            }
        }
        // A weight of unknown sign is for the kernel to judge; only a negative one can be absorbed.
        let negative = tools.sign(&pivot).is(Sign::NONPOSITIVE);
        let square = Square { binders: binders.clone(), weight: pivot, vector };
        if negative { out.negative.push(square) } else { out.positive.push(square) }
    }
    Some(())
}
