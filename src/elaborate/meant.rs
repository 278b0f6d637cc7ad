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

/// That letters differ which stand at places of arrays, in a line that says nothing of the case that they are the same.
fn different(claim: &Claim) -> Vec<Expr> {
    let mut letters: BTreeSet<Symbol> = BTreeSet::new();
    let mut same = false;
    for e in [&claim.relation, &claim.unfolded] {
        e.any(&mut |x| {
            let places = match x.node() {
                Node::App(f, args) if f.name == fun::INDEX => args.get(1..).unwrap_or(&[]),
                Node::Bind { domain: Domain::At(_, indices), .. } => indices.as_slice(),
                _ => &[],
            };
            same |= x.as_app("delta").is_some();
            letters.extend(places.iter().filter_map(Expr::as_symbol).cloned());
            false
        });
    }
    let all: Vec<Expr> = letters.into_iter().filter(|_| !same).map(Expr::sym).collect();
    let pairs = all.iter().enumerate().flat_map(|(at, i)| all.iter().skip(at + 1).map(move |j| (i, j)));
    pairs.map(|(i, j)| Expr::relate("ne", i.clone(), j.clone())).collect()
}
