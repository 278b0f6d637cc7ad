//! What a line takes for granted without saying so: that two indices of one array differ, that a covariance is symmetric.
//!
//! A point at which that fails is no counterexample to what is meant; nothing is proved by it.

use std::collections::BTreeSet;

use crate::claim::Claim;
use crate::elaborate::build::Builder;
use crate::expr::{Domain, Expr, Node, Symbol, fun};

impl Builder<'_> {
    /// What a counterexample to a claim may not contradict.
    pub(super) fn meant(&self, claim: &Claim, block: usize) -> Vec<Expr> {
        if self.has_annotations {
            return vec![];
        }
        let symbols: BTreeSet<Symbol> = claim.unfolded.symbols().into_iter().chain(claim.relation.symbols()).collect();
        let mut out = self.symmetric_by_role(&symbols, block);
        out.extend(different(claim));
        out
    }
}

/// That two letters differ which stand at one place of an array in a line that says nothing of the case that they are the
/// same.
fn different(claim: &Claim) -> Vec<Expr> {
    // Under a derivative the array is bound, and may be any.
    let mut places: BTreeSet<(Option<Symbol>, usize, Symbol)> = BTreeSet::new();
    let mut same = false;
    for e in [&claim.relation, &claim.unfolded] {
        e.any(&mut |x| {
            let (array, indices) = match x.node() {
                Node::App(f, args) if f.name == fun::INDEX => match args.split_first() {
                    Some((array, indices)) => (array, indices),
                    None => return false,
                },
                Node::Bind { domain: Domain::At(point, indices), .. } => (point, indices.as_slice()),
                Node::App(f, _) if f.name == "delta" => {
                    same = true;
                    return false;
                }
                _ => return false,
            };
            let array = array.as_symbol();
            let letters = indices.iter().enumerate().filter_map(|(at, i)| Some((at, i.as_symbol()?)));
            places.extend(letters.map(|(at, i)| (array.cloned(), at, i.clone())));
            false
        });
    }
    if same {
        return vec![];
    }
    let mut out: Vec<Expr> = vec![];
    for (array, at, i) in &places {
        for (other, there, j) in &places {
            let alike = array == other || array.is_none() || other.is_none();
            if alike && at == there && i < j {
                let fact = Expr::relate("ne", Expr::sym(i.clone()), Expr::sym(j.clone()));
                if !out.contains(&fact) {
                    out.push(fact);
                }
            }
        }
    }
    out
}
