//! Symbolic products: of positive factors the exponential of a sum of logarithms.

use num_traits::One;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::sum::short_range;
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::sign::Sign;
use crate::expr::{Binder, Domain, Expr, Symbol};
use crate::num::Rational;

impl Work<'_, '_> {
    /// Π over a domain.
    pub fn product_binder(&mut self, whole: &Expr, domain: &Domain, body: &Expr) -> Done<Poly> {
        let Some(domain) = self.finite_domain(domain)? else { return self.atom(whole.clone()) };
        if body.has_opaque() {
            return self.atom(whole.clone());
        }
        if let Some(values) = short_range(&domain) {
            let mut product = Poly::int(1);
            for value in values {
                let factor = self.poly_of(&body.instantiated(&value))?;
                product = self.mul(&product, &factor)?;
            }
            return Ok(product);
        }
        let inner = domain.clone();
        self.under(&domain, |w, symbol| {
            let p = w.poly_of(&body.instantiated(&Expr::sym(symbol.clone())))?;
            w.product_of(symbol, &inner, &p)
        })
    }

    fn product_of(&mut self, symbol: &Symbol, domain: &Domain, p: &Poly) -> Done<Poly> {
        let stuck =
            |factor: Expr| Expr::bind(Binder::Product, domain.clone(), factor.abstracted(symbol, symbol.sort.clone()));
        if p.as_constant().is_some_and(|c| c.is_one()) {
            return Ok(Poly::int(1));
        }
        let count = match domain {
            Domain::Range(..) => self.without_variable(symbol, |w| w.count(domain))?,
            _ => None,
        };
        let (Some(count), Some((c, mono, primitive))) = (count, self.factored(p)?) else {
            return self.atom(stuck(p.to_expr()));
        };
        let count = count.to_expr();
        let mut result = Poly::int(1);
        if !c.is_one() {
            let power = self.power(&Expr::num(c), &count)?;
            result = self.mul(&result, &power)?;
        }
        let mut parts: Vec<(Expr, Rational)> = mono.factors().map(|(k, e)| (k.clone(), e.clone())).collect();
        if primitive.as_constant().is_none() {
            parts.push((primitive.to_expr(), Rational::one()));
        }
        for (k, e) in parts {
            let factor = if self.sign(&k) == Sign::POSITIVE {
                let log = self.log_kernel(&k)?.scaled(&e);
                let mut sum = Poly::zero();
                for (m, c) in log.terms() {
                    let term = self.sum_term(vec![(symbol.clone(), domain.clone())], m.clone())?;
                    sum.add_scaled(&term, c);
                }
                self.exponential(&sum)?
            } else if !k.mentions(symbol) {
                self.power(&k.pow(Expr::num(e)), &count)?
            } else if e.is_integer() {
                let kernel = self.atom(stuck(k))?;
                match kernel.single() {
                    Some((m, one)) if one.is_one() => self.reduced(m.raised(&e))?,
                    _ => return self.atom(stuck(p.to_expr())),
                }
            } else {
                let power = Mono::power(k, e).to_expr();
                self.atom(stuck(power))?
            };
            result = self.mul(&result, &factor)?;
        }
        Ok(result)
    }
}
