//! Inequalities with a logarithm: `q log u + r > 0` says the same as `u > e^{−r/q}` for positive u and q.

use crate::algebra::canon::{Fuel, canonical, poly::Poly};
use crate::algebra::facts::Facts;
use crate::algebra::sign::{Sign, sign};
use crate::algebra::{sign::holds, terms};
use crate::expr::{Expr, Node};
use crate::num::Rational;

/// Work for a canonical form.
const FUEL: u64 = 20_000;

/// Whether an inequality holds because it holds with a logarithm in it taken away, wherever its sides have values.
pub(crate) fn holds_exponentiated(relation: &Expr, facts: &Facts) -> bool {
    let Node::App(f, args) = relation.node() else { return false };
    let [left, right] = args.as_slice() else { return false };
    let (above, strict) = match f.name {
        "gt" => (left.clone() - right.clone(), true),
        "ge" => (left.clone() - right.clone(), false),
        "lt" => (right.clone() - left.clone(), true),
        "le" => (right.clone() - left.clone(), false),
        _ => return false,
    };
    if !above.sort().is_scalar() || above.size() > 500 {
        return false;
    }
    let difference = Poly::plain(&above);
    let wanted = if strict { Sign::POSITIVE } else { Sign::NONNEGATIVE };
    difference.terms().any(|(mono, coefficient)| {
        let one = Rational::from(1);
        let mut logs = mono.factors().filter(|(k, e)| k.as_app("log").is_some() && **e == one);
        let Some((kernel, _)) = logs.next() else { return false };
        let Some([u]) = kernel.as_app("log") else { return false };
        let factor = terms::product(vec![Expr::num(coefficient.clone()), mono.without(kernel).to_expr()]);
        let rest = difference.clone().minus(&Poly::term(coefficient.clone(), mono.clone())).to_expr();
        // q log u + r ≥ 0 ⇔ u ≥ e^{−r/q} for q > 0, and u ≤ e^{−r/q} for q < 0.
        let rises = match sign(&factor, facts) {
            Sign::POSITIVE => true,
            Sign::NEGATIVE => false,
            _ => return false,
        };
        if !holds(&Expr::relate("gt", u.clone(), Expr::int(0)), facts).certainly() {
            return false;
        }
        let Some(exponent) = tidy(terms::neg(rest).over(&factor), facts) else { return false };
        let gap = u.clone() - Expr::apply("exp", vec![exponent]);
        let Some(gap) = tidy(if rises { gap } else { terms::neg(gap) }, facts) else { return false };
        sign(&gap, facts).is(wanted)
    })
}

/// The canonical form, if it owes nothing.
fn tidy(e: Expr, facts: &Facts) -> Option<Expr> {
    let form = canonical(&e, facts, &mut Fuel::new(FUEL)).ok()?;
    form.conditions().is_empty().then(|| form.to_expr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logarithm_of_a_sum_is_above_its_parts() {
        let (a, b) = (Expr::real("a"), Expr::real("b"));
        let exp = |e: &Expr| Expr::apply("exp", vec![e.clone()]);
        let soft = Expr::apply("log", vec![exp(&a) + exp(&b)]);
        let free = Facts::default();
        assert!(holds_exponentiated(&Expr::relate("gt", soft.clone(), a.clone()), &free));
        assert!(holds_exponentiated(&Expr::relate("lt", b.clone(), soft.clone()), &free));
        assert!(!holds_exponentiated(&Expr::relate("lt", soft.clone(), a.clone()), &free));
        assert!(!holds_exponentiated(&Expr::relate("gt", soft.clone(), a.clone() + b), &free));
        let scale = Expr::real("s");
        let scaled = Expr::relate("ge", scale.clone() * soft.clone(), scale.clone() * a.clone());
        assert!(!holds_exponentiated(&scaled, &free), "s may be negative");
        let zero = Expr::int(0);
        assert!(holds_exponentiated(&scaled, &Facts::new(&[Expr::relate("gt", scale.clone(), zero.clone())])));
        assert!(!holds_exponentiated(&scaled, &Facts::new(&[Expr::relate("lt", scale, zero)])));
        let open = Expr::relate("ge", Expr::apply("log", vec![a.clone()]), a);
        assert!(!holds_exponentiated(&open, &free), "no value below 0");
    }
}
