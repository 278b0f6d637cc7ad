//! Products of arrays and sums over all entries, as sums over indices.

use crate::algebra::entry::{LITERAL_CAP, Lowering, has_literal};
use crate::algebra::terms;
use crate::expr::{Expr, Sort, fun};

/// Most factors of one product that are lowered.
const CHAIN_CAP: usize = 32;

type MakeAt<'a> = &'a mut dyn FnMut(&mut Lowering, &[Expr], &[Expr]) -> Option<Expr>;
type Make<'a> = &'a mut dyn FnMut(&mut Lowering, &[Expr], &Expr) -> Option<Expr>;

impl Lowering {
    /// The entry of a product of numbers and arrays; no indices where the product is a number. Neighbouring arrays
    /// multiply as matrices from the left, a 1 × 1 product is a number: `A B C` at `i, j` is
    /// `Σₖ A_{ik} Σₗ B_{kl} C_{lj}`.
    pub(crate) fn product(&mut self, args: &[Expr], indices: &[Expr]) -> Option<Expr> {
        if args.len() > CHAIN_CAP {
            return None;
        }
        let mut factors = Vec::new();
        let mut chain: Vec<Expr> = Vec::new();
        let one = Expr::int(1);
        for x in args {
            if x.sort().is_scalar() {
                factors.push(self.scalar(x));
                continue;
            }
            if x.sort().sizes().is_empty() {
                return None;
            }
            chain.push(x.clone());
            match Expr::apply(fun::MUL, chain.clone()).sort() {
                Sort::Array(_) => {}
                s if s.is_scalar() => {
                    factors.push(self.chain(&chain, &one, &one)?);
                    chain.clear();
                }
                _ => return None,
            }
        }
        match (chain.is_empty(), indices) {
            (true, []) => {}
            (false, [i]) => factors.push(self.chain(&chain, i, &one)?),
            (false, [i, j]) => factors.push(self.chain(&chain, i, j)?),
            _ => return None,
        }
        Some(terms::product(factors))
    }

    /// Row `i`, column `j` of a matrix product; a vector is a column.
    fn chain(&mut self, chain: &[Expr], i: &Expr, j: &Expr) -> Option<Expr> {
        match chain {
            [] => None,
            [a] => self.cell(a, i, j),
            [a, rest @ ..] => {
                let (_, inner) = a.sort().rows_columns()?;
                let operands: Vec<Expr> = [i, j, a].into_iter().chain(rest).cloned().collect();
                self.contract(&inner, &operands, &mut |this, operands, k| match operands {
                    [i, j, a, rest @ ..] => {
                        let left = this.cell(a, i, k)?;
                        Some(terms::product(vec![left, this.chain(rest, k, j)?]))
                    }
                    _ => None,
                })
            }
        }
    }

    /// The entry in row `i` and column `j` of a vector (a column) or matrix.
    fn cell(&mut self, a: &Expr, i: &Expr, j: &Expr) -> Option<Expr> {
        match a.sort().sizes() {
            [_] => self.entry(a, std::slice::from_ref(i)),
            [_, _] => self.entry(a, &[i.clone(), j.clone()]),
            _ => None,
        }
    }

    /// Σ over `1 ≤ k ≤ n` of what `make` gives for the operands and `k`, both under the same binders. Written out
    /// where an operand is given by its entries.
    fn contract(&mut self, n: &Expr, operands: &[Expr], make: Make) -> Option<Expr> {
        let one = Expr::int(1);
        if n.as_int() == Some(1) {
            return make(self, operands, &one);
        }
        if let Some(range) = terms::numeric_range(&one, n, LITERAL_CAP)
            && operands.iter().any(has_literal)
        {
            let parts = range.map(|k| make(self, operands, &Expr::int(k))).collect::<Option<Vec<_>>>()?;
            return Some(terms::sum(parts));
        }
        let inner: Vec<Expr> = operands.iter().map(|o| o.shifted(1, 0)).collect();
        let body = make(self, &inner, &Expr::bound(0, Sort::Integer))?;
        Some(terms::sigma(one, n.clone(), body))
    }

    /// Σ over all places of arrays of the given sizes; `make` gets the operands and the indices.
    pub(crate) fn over_entries(&mut self, sizes: &[Expr], operands: &[&Expr], make: MakeAt) -> Option<Expr> {
        let operands: Vec<Expr> = operands.iter().map(|o| (*o).clone()).collect();
        match sizes {
            [n] => self.contract(n, &operands, &mut |this, operands, k| make(this, operands, std::slice::from_ref(k))),
            [m, n] => self.contract(m, &operands, &mut |this, operands, i| {
                let mut all: Vec<Expr> = operands.to_vec();
                all.push(i.clone());
                this.contract(n, &all, &mut |this, operands, j| {
                    let (i, operands) = operands.split_last()?;
                    make(this, operands, &[i.clone(), j.clone()])
                })
            }),
            _ => None,
        }
    }

    /// Σ over all entries of an array, each through `f`.
    pub(crate) fn each_entry(&mut self, a: &Expr, f: impl Fn(Expr) -> Expr) -> Option<Expr> {
        self.over_entries(a.sort().sizes(), &[a], &mut |this, operands, at| Some(f(this.entry(operands.first()?, at)?)))
    }
}
