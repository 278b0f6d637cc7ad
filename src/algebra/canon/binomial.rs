//! The binomial theorem, and the moments of binomial coefficients: Σ iᵈ C(n, i) aⁱ bⁿ⁻ⁱ (DLMF 1.2.2, 26.3.4).

use num_traits::{One, Zero};

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::progression::{Part, Progression};
use crate::algebra::canon::series::stirling;
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::facts::is_integral;
use crate::algebra::sign::Sign;
use crate::algebra::terms::{product, sum};
use crate::expr::{Domain, Expr, Symbol};
use crate::num::Rational;

/// Greatest power of the index.
const HIGHEST: i64 = 4;

impl Work<'_, '_> {
    /// C(n, k): a number between numbers, C(n, 0) = 1 and C(n, 1) = n (DLMF 1.2.6).
    pub fn binomial(&mut self, whole: &Expr, n: &Expr, k: &Expr) -> Done<Poly> {
        let (top, bottom) = (self.poly_of(n)?, self.poly_of(k)?);
        let value = match (top.as_constant(), bottom.as_constant()) {
            (Some(n), Some(k)) => n.binomial_exact(&k).map(Poly::constant),
            (None, Some(k)) if k.is_zero() => Some(Poly::int(1)),
            (None, Some(k)) if k.is_one() => Some(top.clone()),
            _ => None,
        };
        match value {
            Some(value) => Ok(value),
            None => self.atom(whole.with_children(vec![top.to_expr(), bottom.to_expr()])),
        }
    }

    /// Σ over 0, …, n of a term with C(n, i), or with 1/(i!(n − i)!), in closed form.
    pub fn binomial_sum(&mut self, domain: &Domain, symbol: &Symbol, inside: &Mono) -> Done<Option<Poly>> {
        let Domain::Range(low, high) = domain else { return Ok(None) };
        if low.as_int() != Some(0) || !inside.any_kernel(|k| k.as_app("binomial").or(k.as_app("factorial")).is_some()) {
            return Ok(None);
        }
        let Some(term) = Progression::of(inside, symbol) else { return Ok(None) };
        let n = self.poly_of(high)?;
        let i = Poly::plain(&Expr::sym(symbol.clone()));
        let rest = n.clone().minus(&i);
        let coefficient = match (term.tops.as_slice(), term.factorials.as_slice()) {
            ([top], []) => *top == n,
            ([], [(a, -1), (b, -1)]) => *a == i && *b == rest || *a == rest && *b == i,
            _ => false,
        };
        if !coefficient || !is_integral(&n) || !(0..=HIGHEST).contains(&term.degree) {
            return Ok(None);
        }
        let whole = n.to_expr();
        if !self.sign(&whole).is(Sign::NONNEGATIVE) {
            if !self.assumes() {
                return Ok(None);
            }
            self.owe("ge", &whole, false)?;
        }
        let rising = |p: &Part| p.slope > 0;
        let a = term.ratio(rising);
        let falling = term.parts.iter().filter(|p| !rising(p));
        let b = product(falling.map(|p| p.to(&Poly::int(-p.slope))).collect());
        // base^(slope·i + offset) = (base^−slope)^(n − i) · base^(offset + slope·n)
        let constants = term.parts.iter().map(|p| {
            let falls = if rising(p) { 0 } else { p.slope };
            p.to(&p.offset.clone().plus(&n.scaled(&Rational::from(falls))))
        });
        let front = product(constants.collect());
        let both = a.clone() + b;
        // i(i − 1)⋯(i − m + 1) C(n, i) sums up to n(n − 1)⋯(n − m + 1) aᵐ (a + b)ⁿ⁻ᵐ.
        let moments = (0_i64..).zip(stirling(term.degree)).map(|(m, s)| {
            let falling = product((0..m).map(|t| whole.clone() - Expr::int(t)).collect());
            let power = both.pow(whole.clone() - Expr::int(m));
            Expr::num(s) * falling * a.pow(Expr::int(m)) * power
        });
        let mut value = sum(moments.collect());
        if term.tops.is_empty() {
            value = value.over(&Expr::apply("factorial", vec![whole]));
        }
        if term.degree > 0 && !self.poly_of(&both)?.as_constant().is_some_and(|c| c.is_one()) {
            // Where n < m the product before it is 0, whatever the power is; the power has a value if its base is not 0.
            self.owe("ne", &both, false)?;
        }
        self.poly_of(&(front * value)).map(Some)
    }
}
