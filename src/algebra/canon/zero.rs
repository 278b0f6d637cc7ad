//! Whether a canonical form is 0: denominators cleared, sums over one range merged, logarithms gathered.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::sum::split;
use crate::algebra::canon::work::{Done, Work, is_finite};
use crate::expr::{Binder, Domain, Expr, Node, fun};
use crate::num::Rational;

const DEPTH: u32 = 4;

impl Work<'_, '_> {
    /// Whether `p` is certainly 0 where it has a value. `false` says nothing.
    pub fn vanishes(&mut self, p: &Poly) -> Done<bool> {
        self.vanishes_within(p, DEPTH)
    }

    fn vanishes_within(&mut self, p: &Poly, depth: u32) -> Done<bool> {
        if p.is_zero() {
            return Ok(true);
        }
        if depth == 0 {
            return Ok(false);
        }
        let cleared = self.without_denominators(p)?;
        if cleared.is_zero() {
            return Ok(true);
        }
        let merged = self.sums_merged(p, depth)?;
        if merged.is_zero() {
            return Ok(true);
        }
        let gathered = self.logs_gathered(&merged, depth)?;
        if gathered.is_zero() {
            return Ok(true);
        }
        if gathered.len() < p.len() { self.vanishes_within(&gathered, depth - 1) } else { Ok(false) }
    }

    /// `p` times its denominators, multiplied out.
    fn without_denominators(&mut self, p: &Poly) -> Done<Poly> {
        let divides = |(k, e): (&Expr, &Rational)| k.as_app(fun::ADD).is_some() && *e < Rational::zero();
        if !p.terms().any(|(m, _)| m.factors().any(divides)) {
            return Ok(p.clone());
        }
        let mut up = Mono::one();
        for (k, least) in p.least_exponents() {
            if k.as_app(fun::ADD).is_some() && least < Rational::zero() {
                up.multiply_by(k, &-least);
            }
        }
        let mut out = Poly::zero();
        for (m, c) in p.terms() {
            let cleared = self.cleared(&m.times(&up))?;
            out.add_scaled(&cleared, c);
            self.check(&out)?;
        }
        Ok(out)
    }

    /// Terms with one sum over the same domain as one sum, dropped if its body vanishes.
    fn sums_merged(&mut self, p: &Poly, depth: u32) -> Done<Poly> {
        let mut groups: BTreeMap<Domain, Poly> = BTreeMap::new();
        for (m, c) in p.terms() {
            for (k, e) in m.factors() {
                if let Node::Bind { binder: Binder::Sum, domain, .. } = k.node()
                    && e.is_one()
                    && is_finite(domain)
                    && !k.has_opaque()
                {
                    groups.entry(domain.clone()).or_default().accumulate(m.clone(), c);
                    break;
                }
            }
        }
        let mut left = p.clone();
        for (domain, terms) in groups {
            if terms.len() < 2 {
                continue;
            }
            let zero = self.under(&domain, |w, symbol| {
                let mut body = Poly::zero();
                for (m, c) in terms.terms() {
                    let mut factors = vec![];
                    let mut open = true;
                    for (k, e) in m.factors() {
                        match k.node() {
                            Node::Bind { binder: Binder::Sum, domain: d, body }
                                if open && *d == domain && e.is_one() && !k.has_opaque() =>
                            {
                                open = false;
                                factors.push(body.instantiated(&Expr::sym(symbol.clone())));
                            }
                            _ => factors.push(k.pow(Expr::num(e.clone()))),
                        }
                    }
                    let term = w.poly_of(&Expr::apply(fun::MUL, factors))?;
                    body.add_scaled(&term, c);
                }
                w.vanishes_within(&body, depth - 1)
            })?;
            if zero {
                left = left.minus(&terms);
            }
        }
        Ok(left)
    }

    /// Σ qᵢ log Pᵢ with common factor M is 0 if Π Pᵢ^(n qᵢ) = ±1.
    fn logs_gathered(&mut self, p: &Poly, depth: u32) -> Done<Poly> {
        let is_log = |k: &Expr| k.as_app("log").is_some();
        let mut groups: BTreeMap<Mono, Vec<(Mono, Expr, Rational)>> = BTreeMap::new();
        for (m, c) in p.terms() {
            let (logs, rest) = split(m, is_log);
            if let Some([inside]) = logs.as_kernel().and_then(|k| k.as_app("log")) {
                groups.entry(rest).or_default().push((m.clone(), inside.clone(), c.clone()));
            }
        }
        let mut left = p.clone();
        for terms in groups.into_values() {
            if terms.len() < 2 {
                continue;
            }
            let common = terms.iter().fold(Rational::one(), |n, (_, _, c)| {
                let (_, d) = (c * &n).parts();
                &n * &d
            });
            let (mut above, mut below) = (Poly::int(1), Poly::int(1));
            let mut small = true;
            for (_, inside, c) in &terms {
                let Some(n) = (c * &common).to_i64().filter(|n| n.abs() <= 8) else {
                    small = false;
                    break;
                };
                let inside = inside.as_app("abs").and_then(|a| a.first()).unwrap_or(inside);
                let base = Poly::plain(inside);
                let side = if n > 0 { &mut above } else { &mut below };
                let power = self.natural_power(&base, n.unsigned_abs())?;
                *side = self.mul(side, &power)?;
            }
            if !small {
                continue;
            }
            let same = self.vanishes_within(&above.clone().minus(&below), depth - 1)?;
            if same || self.vanishes_within(&above.plus(&below), depth - 1)? {
                for (m, _, c) in &terms {
                    left.accumulate(m.clone(), &-c.clone());
                }
            }
        }
        Ok(left)
    }
}
