//! Products of kernels: the algebraic relations between kernels, as rewriting of monomials.

use std::rc::Rc;

use num_traits::{One, Zero};

use crate::algebra::canon::fuel::{Fuel, Stop};
use crate::algebra::canon::lead::Lead;
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::facts::{Trait, matches};
use crate::expr::{Expr, fun};
use crate::num::Rational;

impl Work<'_, '_> {
    /// The product.
    pub fn mul(&mut self, a: &Poly, b: &Poly) -> Done<Poly> {
        for (number, other) in [(a, b), (b, a)] {
            if let Some(q) = number.as_constant() {
                return Ok(if q.is_one() { other.clone() } else { other.scaled(&q) });
            }
        }
        let mut out = Poly::zero();
        for (m, c) in a.terms() {
            for (n, d) in b.terms() {
                self.reduce_into(m.times(n), c * d, &mut out)?;
            }
        }
        self.check(&out)?;
        Ok(out)
    }

    /// A monomial in normal form.
    pub fn reduced(&mut self, m: Mono) -> Done<Poly> {
        let mut out = Poly::zero();
        self.reduce_into(m, Rational::one(), &mut out)?;
        Ok(out)
    }

    /// The n-th power, n ≥ 0.
    pub fn natural_power(&mut self, p: &Poly, n: u64) -> Done<Poly> {
        if let Some((m, c)) = p.single() {
            let exponent = i64::try_from(n).map_err(|_| Stop::Bits)?;
            let c = c.pow_int(exponent).ok_or(Stop::Bits)?;
            let mut out = Poly::zero();
            self.reduce_into(m.raised(&Rational::from(exponent)), c, &mut out)?;
            return Ok(out);
        }
        if p.is_zero() {
            return Ok(if n == 0 { Poly::int(1) } else { Poly::zero() });
        }
        if n > 32 {
            return Err(Stop::Terms);
        }
        let mut result = Poly::int(1);
        for _ in 0..n {
            result = self.mul(&result, p)?;
        }
        Ok(result)
    }

    fn reduce_into(&mut self, m: Mono, c: Rational, out: &mut Poly) -> Done<()> {
        let mut todo = vec![(m, c)];
        while let Some((m, c)) = todo.pop() {
            self.fuel.spend(1)?;
            match self.step(&m)? {
                // Only this coefficient has changed.
                None if out.accumulate(m, &c) > Fuel::BITS => return Err(Stop::Bits),
                None if out.len() > Fuel::TERMS => return Err(Stop::Terms),
                None => {}
                Some(p) => todo.extend(p.terms().map(|(n, d)| (n.clone(), d * &c))),
            }
        }
        Ok(())
    }

    /// One rewriting of a monomial; the result may need more of them. `None` in normal form.
    fn step(&mut self, m: &Mono) -> Done<Option<Poly>> {
        for (k, e) in m.factors() {
            if let Some(p) = self.step_of_kernel(m, k, e)? {
                return Ok(Some(p));
            }
        }
        for (k, e) in m.factors() {
            if let Some([i, j]) = k.as_app("delta")
                && *e >= Rational::one()
                && let Some(p) = self.under_delta(m, k, i, j)?
            {
                return Ok(Some(p));
            }
        }
        self.step_of_one_hot(m)
    }

    fn step_of_kernel(&mut self, m: &Mono, k: &Expr, e: &Rational) -> Done<Option<Poly>> {
        let one = Rational::one();
        let rest = || m.without(k);
        let with = |mono: Mono| Some(Poly::term(Rational::one(), mono));
        if let Some(q) = k.as_num() {
            let whole = e.floor();
            if whole.is_zero() {
                return Ok(None);
            }
            let number = whole.to_i64().and_then(|n| q.pow_int(n)).ok_or(Stop::Bits)?;
            let mut mono = rest();
            mono.multiply_by(k.clone(), &(e - &whole));
            return Ok(Some(Poly::term(number, mono)));
        }
        if k.as_app(fun::ADD).is_some() {
            if *e >= one {
                let n = u64::try_from(e.to_i64().ok_or(Stop::Bits)?).map_err(|_| Stop::Bits)?;
                let expanded = self.natural_power(&Poly::plain(k), n)?;
                return Ok(Some(expanded.shifted(&rest())));
            }
            let lead = self.leads.entry(k.clone()).or_insert_with(|| Lead::of(k).map(Rc::new)).clone();
            return Ok(lead.and_then(|lead| lead.partial_fraction(m, k, e)));
        }
        if let Some([base, exponent]) = k.as_app(fun::POW) {
            if let Some(root) = exponent.as_num() {
                // k = P^(1/b): k^b = P.
                let Some(b) = one.checked_div(root) else { return Ok(None) };
                let whole = e.checked_div(&b).unwrap_or_else(Rational::zero).floor();
                if whole.is_zero() || !b.is_integer() || !e.is_integer() {
                    return Ok(None);
                }
                let mut mono = rest();
                mono.multiply_by(k.clone(), &(e - &(&whole * &b)));
                mono.multiply_by(base.clone(), &whole);
                return Ok(with(mono));
            }
            if base.as_int() == Some(-1) && e.is_integer() && !e.is_one() {
                let odd = e.to_i64().is_some_and(|n| n % 2 != 0);
                let mut mono = rest();
                if odd {
                    mono.multiply_by(k.clone(), &one);
                }
                return Ok(with(mono));
            }
            return Ok(None);
        }
        if let Some([x]) = k.as_app("cos")
            && *e >= Rational::from(2)
            && e.is_integer()
        {
            let mut mono = rest();
            mono.multiply_by(k.clone(), &(e - &Rational::from(2)));
            let sine = Mono::power(Expr::apply("sin", vec![x.clone()]), Rational::from(2));
            return Ok(Some(Poly::term(one, mono.clone()).minus(&Poly::term(Rational::one(), mono.times(&sine)))));
        }
        // Over a cosine sin² = 1 − cos²: so 1 + tan² is 1/cos².
        if let Some([x]) = k.as_app("sin")
            && *e >= Rational::from(2)
            && e.is_integer()
            && m.exponent(&Expr::apply("cos", vec![x.clone()])) < Rational::from(0)
        {
            let mut mono = rest();
            mono.multiply_by(k.clone(), &(e - &Rational::from(2)));
            let cosine = Mono::power(Expr::apply("cos", vec![x.clone()]), Rational::from(2));
            return Ok(Some(Poly::term(one, mono.clone()).minus(&Poly::term(Rational::one(), mono.times(&cosine)))));
        }
        if let Some([x]) = k.as_app("abs") {
            return self.step_of_abs(m, k, e, x);
        }
        if let Some([_]) = k.as_app("sign")
            && e.is_integer()
            && *e >= Rational::from(3)
        {
            let mut mono = rest();
            mono.multiply_by(k.clone(), &(e - &Rational::from(2)));
            return Ok(with(mono));
        }
        // 1 log 1 = 0 log 0 = 0.
        if let Some([inside]) = k.as_app("log") {
            let bit = inside.as_app("abs").and_then(|a| a.first()).unwrap_or(inside);
            if m.exponent(bit) >= one && self.is_bit(bit) {
                return Ok(Some(Poly::zero()));
            }
        }
        // Of 0 and 1 only 1 has negative powers.
        if e.is_integer() && !e.is_one() && (k.as_app("delta").is_some() || self.is_bit(k)) {
            let mut mono = rest();
            mono.multiply_by(k.clone(), &one);
            return Ok(with(mono));
        }
        Ok(None)
    }

    /// |x|² = x²: the exponent of |x| comes into [0, 2); |x| sign x = x.
    fn step_of_abs(&mut self, m: &Mono, k: &Expr, e: &Rational, x: &Expr) -> Done<Option<Poly>> {
        let two = Rational::from(2);
        let pairs = e.checked_div(&two).unwrap_or_else(Rational::zero).floor();
        if !pairs.is_zero() {
            let mut mono = m.without(k);
            mono.multiply_by(k.clone(), &(e - &(&pairs * &two)));
            mono.multiply_by(x.clone(), &(&pairs * &two));
            return Ok(Some(Poly::term(Rational::one(), mono)));
        }
        let sign = Expr::apply("sign", vec![x.clone()]);
        if e.is_one() && m.exponent(&sign) >= Rational::one() {
            let mut mono = m.without(k);
            mono.multiply_by(sign, &Rational::from(-1));
            mono.multiply_by(x.clone(), &Rational::one());
            return Ok(Some(Poly::term(Rational::one(), mono)));
        }
        Ok(None)
    }

    /// δ(x, r)·f(x) = δ(x, r)·f(r) for a symbol x.
    fn under_delta(&mut self, m: &Mono, delta: &Expr, x: &Expr, r: &Expr) -> Done<Option<Poly>> {
        let Some(symbol) = x.as_symbol() else { return Ok(None) };
        let others = m.without(delta);
        let concerned = others.any_kernel(|k| k.mentions(symbol) && !k.has_opaque());
        if !concerned {
            return Ok(None);
        }
        let mut replaced = Poly::term(Rational::one(), Mono::power(delta.clone(), m.exponent(delta)));
        for (k, e) in others.factors() {
            let factor = if k.mentions(symbol) && !k.has_opaque() {
                let k = k.substituted(symbol, r);
                self.artificially(|w| w.poly_of(&k.pow(Expr::num(e.clone()))))?
            } else {
                Poly::term(Rational::one(), Mono::power(k.clone(), e.clone()))
            };
            replaced = replaced.unreduced_product(&factor);
            self.fuel.spend(replaced.len() as u64)?;
        }
        Ok(Some(replaced))
    }

    /// Whether a given says that a kernel is 0 or 1.
    pub fn is_bit(&mut self, k: &Expr) -> bool {
        let facts = self.prover.facts;
        for fact in &facts.bits {
            let mut found = std::collections::BTreeMap::new();
            if matches(&fact.what, k, &fact.holes, &mut found)
                && self.prover.holes_in_range(&fact.holes, &found, &fact.what)
            {
                self.prover.used.insert(fact.source);
                return true;
            }
        }
        self.entry_with(k, &[Trait::OneHot, Trait::Bits]).is_some()
    }

    /// Array, leading indices and last index of an entry of a vector with one of these traits, and the given.
    fn entry_with(&mut self, k: &Expr, traits: &[Trait]) -> Option<(Vec<Expr>, Expr)> {
        let [array, indices @ ..] = k.as_app(fun::INDEX)? else { return None };
        let (last, leading) = indices.split_last()?;
        let facts = self.prover.facts;
        for fact in facts.arrays.iter().filter(|f| traits.contains(&f.what.0)) {
            let rest = self.prover.entry_of(&fact.what.1, &fact.holes, array, indices, false);
            if rest.is_some_and(|r| r.len() == 1) {
                self.prover.used.insert(fact.source);
                let row = std::iter::once(array.clone()).chain(leading.iter().cloned()).collect();
                return Some((row, last.clone()));
            }
        }
        None
    }

    /// yᵢ yⱼ = δᵢⱼ yᵢ for the entries of a one-hot vector.
    fn step_of_one_hot(&mut self, m: &Mono) -> Done<Option<Poly>> {
        let facts = self.prover.facts;
        if !facts.arrays.iter().any(|f| f.what.0 == Trait::OneHot) {
            return Ok(None);
        }
        let mut seen: Vec<(Vec<Expr>, Expr, Expr)> = vec![];
        for (k, e) in m.factors() {
            if !e.is_one() {
                continue;
            }
            let Some((row, i)) = self.entry_with(k, &[Trait::OneHot]) else { continue };
            if let Some((_, j, first)) = seen.iter().find(|(r, _, _)| *r == row) {
                let delta = self.delta(&i, j)?;
                let kept = Poly::term(Rational::one(), m.without(k).without(first))
                    .shifted(&Mono::power(first.clone(), Rational::one()));
                return Ok(Some(delta.unreduced_product(&kept)));
            }
            seen.push((row, i, k.clone()));
        }
        Ok(None)
    }
}
