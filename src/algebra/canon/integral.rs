//! Integrals and sums without an end: one form for the same body, factors that do not depend on the variable in front,
//! terms apart where that both converge may be owed.

use std::cmp::Ordering;

use num_traits::One;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::sum::split;
use crate::algebra::canon::work::{Done, Owed, Work};
use crate::algebra::limit::infinite;
use crate::algebra::sign::Sign;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol};
use crate::num::Rational;

impl Work<'_, '_> {
    /// ∫ over an interval, or Σ over all integers from one on; a kernel as it is where more would be owed than that parts
    /// converge and factors are not 0.
    pub fn endless(&mut self, whole: &Expr, binder: Binder, domain: &Domain, body: &Expr) -> Done<Poly> {
        let Some(domain) = self.without_ends(domain)? else { return self.atom(whole.clone()) };
        if body.has_opaque() || !body.sort().is_scalar() {
            return self.atom(whole.clone());
        }
        // Between ends in the wrong order the variable lies outside of them.
        let forward = self.forward(&domain);
        let scope = if forward { domain.clone() } else { Domain::All(Sort::Real) };
        let owed = self.owed.clone();
        let form = self.under(&scope, |w, symbol| {
            let p = w.poly_of(&body.instantiated(&Expr::sym(symbol.clone())))?;
            let over = Over { binder, domain: domain.clone(), symbol: symbol.clone() };
            if w.assume { w.terms_apart(&over, &p) } else { w.in_front(&over, &p) }
        })?;
        let bound = |o: &Owed| matches!(o.condition.node(), Node::Bind { binder: Binder::ForAll, .. });
        let new = self.owed.iter().filter(|o| !owed.contains(o));
        // Over a set without a meaning all that is owed is that parts converge, also for every value of a variable around.
        let region = matches!(&domain, Domain::Over(set) if set.as_app("region").is_some());
        if !region && new.into_iter().any(|o| bound(o) && !(o.natural && forward)) {
            self.owed = owed;
            return self.atom(whole.clone());
        }
        Ok(form)
    }

    /// The domain with canonical ends, which belong to it or not: that changes no integral.
    fn without_ends(&mut self, domain: &Domain) -> Done<Option<Domain>> {
        let mut end = |e: &Expr| if far(e) { Ok(e.clone()) } else { self.expr_of(e) };
        Ok(match domain {
            Domain::Range(a, b) if infinite(b) == Some(Ordering::Greater) && !far(a) => {
                Some(Domain::Range(end(a)?, b.clone()))
            }
            Domain::Over(set) if set.as_app("reals").is_some() || set.as_app("region").is_some() => {
                Some(domain.clone())
            }
            Domain::Over(set) => {
                let kinds = ["open_interval", "closed_interval", "left_open", "right_open"];
                match kinds.iter().find_map(|kind| set.as_app(kind)) {
                    // From ∞, or to −∞: the variable does not lie where the ends seem to say.
                    Some([a, b]) if infinite(a) == Some(Ordering::Greater) || infinite(b) == Some(Ordering::Less) => {
                        None
                    }
                    Some([a, b]) => Some(Domain::Over(Expr::apply("open_interval", vec![end(a)?, end(b)?]))),
                    _ => None,
                }
            }
            _ => None,
        })
    }

    fn forward(&mut self, domain: &Domain) -> bool {
        match domain {
            Domain::Over(set) => match set.as_app("open_interval") {
                Some([a, b]) if !far(a) && !far(b) => self.prover.not_below_now(&(b.clone() - a.clone())),
                _ => true,
            },
            _ => true,
        }
    }

    /// Common factors that are free of the variable and certainly not 0, in front.
    fn in_front(&mut self, over: &Over, p: &Poly) -> Done<Poly> {
        let Some((c, common, rest)) = self.factored(p)? else { return Ok(Poly::zero()) };
        let (inside, free) = split(&common, |k| k.mentions(&over.symbol));
        if rest.as_constant().is_some_and(|c| c.is_one())
            && over.binder == Binder::Integral
            && let Some(value) = self.known_integral(&over.domain, &over.symbol, &inside)?
        {
            return self.mul(&value, &Poly::term(c, free));
        }
        let (mut inside, mut outside) = (inside, Mono::one());
        for (k, e) in free.factors() {
            let known = !self.sign(k).may_be(Sign::ZERO);
            if known { &mut outside } else { &mut inside }.multiply_by(k.clone(), e);
        }
        let body = Expr::apply("mul", vec![inside.to_expr(), rest.to_expr()]);
        let body = if rest.as_constant().is_some_and(|c| c.is_one()) { inside.to_expr() } else { body };
        let kernel = self.kernel(over, &body)?;
        self.mul(&kernel, &Poly::term(c, outside))
    }

    /// Term by term; that each has a value, and that what stands in front is not 0, is owed.
    fn terms_apart(&mut self, over: &Over, p: &Poly) -> Done<Poly> {
        let mut sum = Poly::zero();
        for (m, c) in p.terms() {
            let (inside, outside) = split(m, |k| k.mentions(&over.symbol));
            let value = match over.binder {
                Binder::Integral => self.known_integral(&over.domain, &over.symbol, &inside)?,
                _ => None,
            };
            let known = value.is_some();
            let kernel = match value {
                Some(value) => value,
                None => self.kernel(over, &inside.to_expr())?,
            };
            let zeros = outside.factors().any(|(k, _)| self.sign(k).may_be(Sign::ZERO));
            // Any number may stand in front of what converges.
            let region = matches!(&over.domain, Domain::Over(set) if set.as_app("region").is_some());
            if (p.len() > 1 || region && zeros) && !known {
                let whole = over.of(&inside.to_expr());
                let condition = Expr::relate("lt", Expr::apply("abs", vec![whole]), Expr::apply("infinity", vec![]));
                let owed = Owed { condition, natural: false };
                if !self.owed.contains(&owed) {
                    self.owed.push(owed);
                }
            }
            for (k, _) in outside.factors().filter(|_| !region) {
                if self.sign(k).may_be(Sign::ZERO) {
                    self.owe("ne", k, false)?;
                }
            }
            let term = self.mul(&kernel, &Poly::term(c.clone(), outside))?;
            sum.add_scaled(&term, &Rational::one());
        }
        Ok(sum)
    }

    fn kernel(&mut self, over: &Over, body: &Expr) -> Done<Poly> {
        // ∫ₐᵇ 1 = b − a, whichever is greater.
        if let (Binder::Integral, Domain::Over(set)) = (over.binder, &over.domain)
            && body.as_int() == Some(1)
            && let Some([a, b]) = set.as_app("open_interval")
            && !far(a)
            && !far(b)
        {
            return Ok(self.poly_of(b)?.minus(&self.poly_of(a)?));
        }
        self.atom(over.of(body))
    }
}

/// ∞ or −∞, not a number in which an integral without an end stands.
pub(super) fn far(e: &Expr) -> bool {
    infinite(e).is_some()
}

/// What is integrated or summed over.
struct Over {
    binder: Binder,
    domain: Domain,
    symbol: Symbol,
}

impl Over {
    fn of(&self, body: &Expr) -> Expr {
        Expr::bind(self.binder, self.domain.clone(), body.abstracted(&self.symbol, self.symbol.sort.clone()))
    }
}
