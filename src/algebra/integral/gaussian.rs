//! ∫ over ℝ of polynomials times e^{−Ax² + Bx + D}: moments of the normal distribution (DLMF 7.2.2, 7.7.4).

use crate::algebra::canon::{Fuel, canonical};
use crate::algebra::extremum::certain;
use crate::algebra::facts::Facts;
use crate::algebra::integral::FUEL;
use crate::algebra::integral::monomial::Term;
use crate::algebra::terms;
use crate::expr::{Expr, Symbol};

/// Σ c · √(π/A) · e^{D + B²/(4A)} · Mₖ over the terms, with Mₖ = m Mₖ₋₁ + (k − 1) v Mₖ₋₂, m = B/(2A), v = 1/(2A). Each
/// A has to be positive.
pub(super) fn over_the_line(f: &Expr, variable: &Symbol, givens: &[Expr]) -> Option<Expr> {
    let facts = Facts::new(givens);
    let form = canonical(f, &facts, &mut Fuel::new(FUEL)).ok()?;
    if !form.conditions().iter().all(|c| certain(c, givens, &facts)) {
        return None;
    }
    let mut sum = vec![];
    for (m, c) in form.poly().terms() {
        let term = Term::new(m, c, variable)?;
        let [free, linear, square] = term.exponent.as_slice() else { return None };
        let a = terms::neg(square.clone());
        if !term.others.is_empty() || !certain(&Expr::relate("gt", a.clone(), Expr::int(0)), givens, &facts) {
            return None;
        }
        let twice = Expr::int(2) * a.clone();
        let (mean, variance) = (linear.over(&twice), twice.recip());
        let (mut before, mut moment) = (Expr::int(0), Expr::int(1));
        for k in 1..=term.degree()? {
            let next = mean.clone() * moment.clone() + Expr::int(i64::from(k) - 1) * variance.clone() * before;
            before = std::mem::replace(&mut moment, next);
        }
        let root = Expr::apply("sqrt", vec![Expr::apply("pi", vec![]).over(&a)]);
        let height = Expr::apply("exp", vec![free.clone() + linear.pow(Expr::int(2)).over(&(Expr::int(4) * a))]);
        sum.push(terms::product(vec![term.constant, root, height, moment]));
    }
    Some(terms::sum(sum))
}
