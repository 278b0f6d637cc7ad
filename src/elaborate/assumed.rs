//! What a claim assumes of its symbols: the givens in reach that concern it, and what its notation says.

use std::collections::BTreeSet;

use crate::algebra::moment::has_moments;
use crate::claim::{Claim, Given};
use crate::elaborate::content::{Introduced, counts, index_ranges};
use crate::elaborate::random::random_symbols;
use crate::expr::{Expr, Node, Sort, Symbol, fun};

/// Gives a claim what it assumes: those givens in reach that concern it, and what its notation says.
pub(super) fn assume(claim: &mut Claim, mut givens: Vec<Given>, introduced: &Introduced) {
    if claim.unfolded.as_app(fun::EQ).is_some() && !has_moments(&claim.unfolded) {
        givens.retain(|g| !g.fact.as_ref().is_some_and(is_of_a_law));
    }
    claim.givens = concerning(&claim.unfolded.symbols(), givens);
    claim.givens.extend(index_ranges(&claim.unfolded, introduced));
    claim.givens.extend(counts(&claim.unfolded));
    claim.givens.dedup();
    if has_moments(&claim.unfolded) {
        random_symbols(claim);
    }
}

/// Whether a given says one moment of a random variable, `E[X_i] = \mu`, `Var(X) < ∞`: it restricts the law of X, and neither
/// what X is in an equation without moments nor the letter, which X may have as its mean.
fn is_of_a_law(fact: &Expr) -> bool {
    let moment = |e: &Expr| ["expectation", "variance"].iter().any(|m| e.as_app(m).is_some());
    let named =
        |e: &Expr| e.as_symbol().is_some() || e.symbols().is_empty() || e.as_app(fun::POW).is_some_and(is_letter);
    match fact.node() {
        Node::App(f, args) if matches!(f.name, fun::EQ | "lt") => {
            matches!(args.as_slice(), [a, b] if moment(a) && named(b) || f.name == fun::EQ && moment(b) && named(a))
        }
        _ => false,
    }
}

/// A power of a letter: `\sigma^2`.
fn is_letter(power: &[Expr]) -> bool {
    matches!(power, [base, n] if base.as_symbol().is_some() && n.as_int().is_some())
}

/// The givens about these symbols, and about the symbols that those givens relate them to.
fn concerning(mentioned: &BTreeSet<Symbol>, givens: Vec<Given>) -> Vec<Given> {
    let about = |g: &Given, symbols: &BTreeSet<Symbol>| {
        g.fact.as_ref().is_some_and(|f| f.symbols().iter().any(|x| symbols.iter().any(|m| m.same(x))))
    };
    let mut reached = mentioned.clone();
    loop {
        let related = givens.iter().filter(|g| about(g, &reached)).filter_map(|g| g.fact.as_ref());
        // Sizes are shared by things that have nothing else in common.
        let new: BTreeSet<Symbol> = related
            .flat_map(Expr::symbols)
            .filter(|s| !matches!(s.sort, Sort::Integer | Sort::Set) && !reached.iter().any(|r| r.same(s)))
            .collect();
        if new.is_empty() {
            return givens.into_iter().filter(|g| about(g, &reached)).collect();
        }
        reached.extend(new);
    }
}
