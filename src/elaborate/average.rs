//! `\bar{x}` beside entries `x_i`: their mean, where the notes do not say what it is.

use std::collections::BTreeMap;

use crate::expr::{Binder, Domain, Expr, Sort, Symbol};

/// What is used where a bar is read so.
pub(super) const AVERAGE: &str = "a bar for the mean of all entries";

/// The numbers under a bar whose letter is a vector, with the means of its entries.
pub(super) struct Averages(BTreeMap<Symbol, Expr>);

impl Averages {
    /// Those of a relation; `None` where there are none.
    pub(super) fn of(relation: &Expr) -> Option<Averages> {
        let symbols = relation.symbols();
        let vector = |letter: &str| symbols.iter().find(|s| *s.name == *letter && s.sort.sizes().len() == 1);
        let means: BTreeMap<Symbol, Expr> = symbols
            .iter()
            .filter(|s| s.sort.is_scalar())
            .filter_map(|s| {
                let letter = s.name.strip_prefix("\\bar{")?.strip_suffix('}')?;
                Some((s.clone(), mean(vector(letter)?)?))
            })
            .collect();
        (!means.is_empty()).then_some(Averages(means))
    }

    /// The means put in.
    pub(super) fn put_in(&self, e: &Expr) -> Expr {
        let mean = |x: &Expr| x.as_symbol().and_then(|s| self.0.get(s));
        e.transform(&mut |x, depth| mean(x).map(|m| m.shifted(depth, 0)))
    }
}

fn mean(vector: &Symbol) -> Option<Expr> {
    let [size] = vector.sort.sizes() else { return None };
    let index = Symbol::new("\\index", Sort::Integer);
    let entry = Expr::sym(vector.clone()).index(vec![Expr::sym(index.clone())]);
    let range = Domain::Range(Expr::int(1), size.clone());
    Some(Expr::bind(Binder::Sum, range, entry.abstracted(&index, Sort::Integer)).over(size))
}
