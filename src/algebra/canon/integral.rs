//! Integrals and sums without an end: one form for the same body, factors that do not depend on the variable in front,
//! terms apart where that both converge may be owed.

use std::cmp::Ordering;

use num_traits::One;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::sum::split;
use crate::algebra::canon::work::{Done, Owed, Work};
use crate::algebra::continuity::continuous;
use crate::algebra::limit::infinite;
use crate::algebra::sign::Sign;
use crate::algebra::unwritten::smooth;
use crate::expr::fun::interval_ends;
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
            if w.assumes() { w.terms_apart(&over, &p) } else { w.in_front(&over, &p) }
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
                match interval_ends(set) {
                    // From ∞, or to −∞: the variable does not lie where the ends seem to say.
                    Some((a, b)) if infinite(a) == Some(Ordering::Greater) || infinite(b) == Some(Ordering::Less) => {
                        None
                    }
                    Some((a, b)) => Some(Domain::Over(Expr::apply("open_interval", vec![end(a)?, end(b)?]))),
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
        if let Some(value) = self.all_known(over, p)? {
            return Ok(value);
        }
        let Some((c, common, rest)) = self.factored(p)? else { return Ok(Poly::zero()) };
        let (inside, free) = split(&common, |k| k.mentions(&over.symbol));
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

    /// The value of a factor that depends on the variable, where there is a closed form.
    fn known(&mut self, over: &Over, inside: &Mono) -> Done<Option<Poly>> {
        match (over.binder, &over.domain) {
            (Binder::Integral, _) => self.known_integral(&over.domain, &over.symbol, inside),
            (Binder::Sum, Domain::Range(low, _)) => self.known_series(low, &over.symbol, inside),
            _ => Ok(None),
        }
    }

    /// Term by term where all of them have closed forms.
    fn all_known(&mut self, over: &Over, p: &Poly) -> Done<Option<Poly>> {
        let mut sum = Poly::zero();
        for (m, c) in p.terms() {
            let (inside, outside) = split(m, |k| k.mentions(&over.symbol));
            let Some(value) = self.known(over, &inside)? else { return Ok(None) };
            let term = self.mul(&value, &Poly::term(c.clone(), outside))?;
            sum.add_scaled(&term, &Rational::one());
        }
        Ok(Some(sum))
    }

    /// Term by term; that each has a value, and that what stands in front is not 0, is owed.
    fn terms_apart(&mut self, over: &Over, p: &Poly) -> Done<Poly> {
        let mut sum = Poly::zero();
        for (m, c) in p.terms() {
            let (inside, outside) = split(m, |k| k.mentions(&over.symbol));
            let value = self.known(over, &inside)?;
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
            // What converges does so times 0 too.
            for (k, _) in outside.factors().filter(|_| !region && !known) {
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
        if let Some(parts) = self.split_at_zero(over, body)? {
            return Ok(parts);
        }
        match self.turned(over, body)? {
            Some(value) => Ok(value),
            None => self.atom(over.of(body)),
        }
    }

    /// ∫₀⁻ᵇ f(t) dt = −∫₀ᵇ f(−t) dt, of two such ends the one whose leading term is positive.
    fn turned(&mut self, over: &Over, body: &Expr) -> Done<Option<Poly>> {
        let Domain::Over(set) = &over.domain else { return Ok(None) };
        let Some([a, b]) = set.as_app("open_interval").filter(|_| over.binder == Binder::Integral) else {
            return Ok(None);
        };
        if a.as_int() != Some(0) || far(b) {
            return Ok(None);
        }
        let end = self.poly_of(b)?;
        if end.leading().is_none_or(|(_, c)| !c.numer_is_negative()) {
            return Ok(None);
        }
        let minus = Rational::from(-1);
        let domain = Domain::Over(Expr::apply("open_interval", vec![Expr::int(0), end.scaled(&minus).to_expr()]));
        let back = Over { binder: Binder::Integral, domain, symbol: over.symbol.clone() };
        let variable = Expr::sym(over.symbol.clone());
        let body = body.substituted(&over.symbol, &(Expr::int(-1) * variable));
        Ok(Some(self.poly_of(&back.of(&body))?.scaled(&minus)))
    }

    /// ∫ₐᵇ = ∫₀ᵇ − ∫₀ᵃ for an integrand that is continuous everywhere; that functions without a formula are smooth is owed.
    /// If the whole has a value, so have both parts.
    fn split_at_zero(&mut self, over: &Over, body: &Expr) -> Done<Option<Poly>> {
        let Domain::Over(set) = &over.domain else { return Ok(None) };
        let Some([a, b]) = set.as_app("open_interval").filter(|_| over.binder == Binder::Integral) else {
            return Ok(None);
        };
        if let Some(f) = slope_at(body, &over.symbol).filter(|_| self.assumes() && !far(a) && !far(b)) {
            // ∫ f′ = f(b) − f(a), DLMF 1.4.16.
            self.owe_condition(smooth(&f), false)?;
            let at = |x: &Expr| Expr::new(Node::Call(f.clone(), vec![x.clone()]));
            return self.poly_of(&(at(b) - at(a))).map(Some);
        }
        let whole = far(a) && far(b) || a.as_int() == Some(0) || far(a) && b.as_int() == Some(0);
        let Some(functions) = continuous(body).filter(|f| !whole && (f.is_empty() || self.assumes())) else {
            return Ok(None);
        };
        for f in functions {
            self.owe_condition(smooth(&f), false)?;
        }
        let mut sum = Poly::zero();
        for (end, sign) in [(b, 1), (a, -1)] {
            if end.as_int() == Some(0) {
                continue;
            }
            // ∫ from −∞ to 0 is the kernel, and the negative of ∫ from 0 to −∞.
            let below = infinite(end) == Some(Ordering::Less);
            let ends = if below { vec![end.clone(), Expr::int(0)] } else { vec![Expr::int(0), end.clone()] };
            let domain = Domain::Over(Expr::apply("open_interval", ends));
            let part = Over { binder: Binder::Integral, domain, symbol: over.symbol.clone() };
            let known = match Poly::plain(body).single() {
                Some((m, c)) if c.is_one() => self.known(&part, m)?,
                _ => None,
            };
            let value = match known {
                Some(value) => value,
                None => match self.turned(&part, body)? {
                    Some(value) => value,
                    None => self.atom(part.of(body))?,
                },
            };
            sum.add_scaled(&value, &Rational::from(if below { -sign } else { sign }));
        }
        Ok(Some(sum))
    }
}

/// f of f′(x), the derivative of a function without a formula.
fn slope_at(e: &Expr, variable: &Symbol) -> Option<Symbol> {
    let Node::Call(slope, args) = e.node() else { return None };
    let name = slope.name.strip_suffix('\'').filter(|_| !slope.is_notation())?;
    let alone = matches!(args.as_slice(), [x] if x.as_symbol() == Some(variable));
    alone.then(|| Symbol { name: name.into(), ..slope.clone() })
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
