//! Given equations as rewritings.

use std::collections::BTreeSet;

use num_traits::{One, Zero};

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::facts::Hole;
use crate::expr::{Expr, Node, Sort, Symbol};
use crate::num::Rational;

/// A given equation as a rewriting of one kernel.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub holes: Vec<Hole>,
    pub pattern: Expr,
    pub value: Expr,
    /// The given itself and the givens used in solving it.
    pub sources: BTreeSet<usize>,
}

/// `p = 0` solved for a kernel in which it is linear and which occurs nowhere else in it.
pub(super) fn solved(p: &Poly, preferred: &Expr, holes: &[Hole]) -> Option<(Expr, Expr)> {
    let mut candidates: Vec<Expr> = vec![preferred.clone()];
    let mut others: Vec<Expr> = p.kernels().into_iter().collect();
    others.sort_by_key(|k| (std::cmp::Reverse(k.size()), k.clone()));
    candidates.extend(others);
    for kernel in candidates {
        let mono = Mono::power(kernel.clone(), Rational::one());
        let c = p.coefficient(&mono);
        if c.is_zero() || matches!(kernel.node(), Node::Num(_)) || is_hole(&kernel, holes) {
            continue;
        }
        let mut rest = p.clone();
        rest.accumulate(mono, &-c.clone());
        let rest = rest.scaled(&-Rational::one().checked_div(&c)?).to_expr();
        let heads: BTreeSet<Symbol> = if holes.is_empty() { BTreeSet::new() } else { kernel.symbols() };
        let recurs = rest.any(&mut |x| *x == kernel)
            || rest.symbols().iter().any(|s| heads.contains(s) && !holes.iter().any(|h| h.symbol == *s));
        let covers = holes.iter().all(|h| kernel.mentions(&h.symbol));
        // A symbol would also have to be replaced inside other kernels' sorts and ranges: only numbers are.
        let plain_integer = kernel.as_symbol().is_some_and(|s| s.sort == Sort::Integer);
        if !recurs && covers && !plain_integer {
            return Some((kernel, rest));
        }
    }
    None
}

fn is_hole(e: &Expr, holes: &[Hole]) -> bool {
    e.as_symbol().is_some_and(|s| holes.iter().any(|h| h.symbol == *s))
}
