//! A relation between arrays as a relation between their entries at fresh indices.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::algebra::entry::{Lowering, has_literal};
use crate::algebra::fixed::size_symbols;
use crate::algebra::logic;
use crate::expr::{Expr, Sort, Symbol, fun};

/// Relations between arrays of numeric sizes are written out up to this many entries, where one side is given by its
/// entries.
const WRITTEN_OUT: i64 = 64;

/// For `=, ≈, <, ≤, >, ≥` between arrays of one shape (n × 1 counts as a vector): fresh integer index symbols, their
/// ranges `1 ≤ i`, `i ≤ n`, and the relation between the entries there. The relation holds if and only if the scalar
/// one holds at all indices in range. Where a side is given by its entries the answer is the conjunction over all
/// places, without symbols. `None` for other relations, other shapes, and where an entry has no rule.
///
/// The indices are fresh `beside` other expressions, too: what a given says of `Y_{ij}` for the i of the notes is said of no
/// entry here.
pub fn relation_entries(relation: &Expr, beside: &[Expr]) -> Option<(Vec<Symbol>, Vec<Expr>, Expr)> {
    let crate::expr::Node::App(f, args) = relation.node() else { return None };
    let (fun::EQ | "approx" | "lt" | "le" | "gt" | "ge", [left, right]) = (f.name, args.as_slice()) else {
        return None;
    };
    let (rows, columns) = left.sort().rows_columns()?;
    if right.sort().rows_columns()? != (rows.clone(), columns.clone()) {
        return None;
    }
    let mut lowering = Lowering::new();
    let mut at = |i: &Expr, j: &Expr| -> Option<Expr> {
        let mut side = |e: &Expr| match e.sort().sizes() {
            [_] => lowering.entry(e, std::slice::from_ref(i)),
            _ => lowering.entry(e, &[i.clone(), j.clone()]),
        };
        Some(Expr::relate(f.name, side(left)?, side(right)?))
    };
    if let (Some(m), Some(n)) = (rows.as_int(), columns.as_int())
        && m.checked_mul(n).is_some_and(|places| places <= WRITTEN_OUT)
        && (has_literal(left) || has_literal(right))
    {
        let places = (1..=m).flat_map(|i| (1..=n).map(move |j| (i, j)));
        let all = places.map(|(i, j)| at(&Expr::int(i), &Expr::int(j))).collect::<Option<Vec<_>>>()?;
        return Some((vec![], vec![], logic::all_of(all)));
    }
    let all = || beside.iter().chain([relation]);
    let mut taken: BTreeSet<Arc<str>> = all().flat_map(Expr::symbols).map(|s| s.name).collect();
    taken.extend(all().flat_map(size_symbols).map(|s| s.name));
    let (mut symbols, mut facts) = (vec![], vec![]);
    let mut index = |size: &Expr| {
        if size.as_int() == Some(1) {
            return Expr::int(1);
        }
        let symbol = fresh(&taken);
        taken.insert(symbol.name.clone());
        let i = Expr::sym(symbol.clone());
        facts.push(Expr::relate("le", Expr::int(1), i.clone()));
        facts.push(Expr::relate("le", i.clone(), size.clone()));
        symbols.push(symbol);
        i
    };
    let (i, j) = (index(&rows), index(&columns));
    let scalar = at(&i, &j)?;
    Some((symbols, facts, scalar))
}

/// An integer symbol with a name not taken: `i`, `j`, … then `i_{1}`, `i_{2}`, …
fn fresh(taken: &BTreeSet<Arc<str>>) -> Symbol {
    let letters = ["i", "j", "k", "l", "m", "r", "t"].into_iter().map(str::to_owned);
    let numbered = (1u32..).map(|n| format!("i_{{{n}}}"));
    let free = letters.chain(numbered).find(|name| !taken.contains(name.as_str()));
    Symbol::new(free.as_deref().unwrap_or("i"), Sort::Integer)
}
