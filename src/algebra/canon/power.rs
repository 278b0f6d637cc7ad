//! Powers, roots, reciprocals, absolute values.

use num_traits::{One, Zero};

use crate::algebra::canon::fuel::Stop;
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::facts::is_integral;
use crate::algebra::sign::Sign;
use crate::expr::{Expr, Sort, fun};
use crate::num::Rational;

impl Work<'_, '_> {
    /// `base ^ exponent`, DLMF 4.2(iv): integer exponents for every base, others for a positive one.
    pub fn power(&mut self, base: &Expr, exponent: &Expr) -> Done<Poly> {
        let e = self.poly_of(exponent)?;
        match e.as_constant() {
            Some(q) => match q.to_i64() {
                Some(n) => self.integer_power(base, n),
                None if q.is_integer() => Err(Stop::Bits),
                None => self.root(base, &q),
            },
            None if *exponent.sort() == Sort::Integer => self.symbolic_integer_power(base, &e),
            None => {
                self.owe("gt", base, true)?;
                self.exponential_of_log(base, &e)
            }
        }
    }

    /// exp(e·log|base|).
    fn exponential_of_log(&mut self, base: &Expr, e: &Poly) -> Done<Poly> {
        let log = self.log_abs(base)?;
        let argument = self.mul(e, &log)?;
        self.exponential(&argument)
    }

    fn integer_power(&mut self, base: &Expr, n: i64) -> Done<Poly> {
        if n == 0 {
            return Ok(Poly::int(1));
        }
        // Denominators stay factored.
        if n < 0
            && let Some(args) = base.as_app(fun::MUL)
        {
            let mut product = Poly::int(1);
            for a in args {
                let factor = self.integer_power(a, n)?;
                product = self.mul(&product, &factor)?;
            }
            return Ok(product);
        }
        if let Some([inner, m]) = base.as_app(fun::POW)
            && let Some(m) = m.as_int()
            && let Some(both) = m.checked_mul(n)
        {
            if m < 0 {
                self.owe("ne", inner, true)?;
            }
            return self.integer_power(inner, both);
        }
        let p = self.poly_of(base)?;
        if n > 0 {
            return self.natural_power(&p, n.unsigned_abs());
        }
        let inverse = self.inverse(&p)?;
        self.natural_power(&inverse, n.unsigned_abs())
    }

    /// 1/p; owes that no factor of p is 0.
    pub fn inverse(&mut self, p: &Poly) -> Done<Poly> {
        let Some((c, mono, primitive)) = self.factored(p)? else { return Err(Stop::Undefined) };
        for (k, e) in mono.factors() {
            if *e > Rational::zero() {
                self.owe("ne", &k.clone(), true)?;
            }
        }
        let c = Rational::one().checked_div(&c).ok_or(Stop::Undefined)?;
        let minus = Rational::from(-1);
        let mut below = mono.raised(&minus);
        let mut result = Poly::constant(c);
        if primitive.as_constant().is_none() {
            let e = primitive.to_expr();
            self.owe("ne", &e, true)?;
            below = below.times(&Mono::power(e, minus));
        }
        let below = self.reduced(below)?;
        result = self.mul(&result, &below)?;
        Ok(result)
    }

    /// `number · monomial · primitive polynomial`, denominators in the monomial; `None` for 0. A denominator that
    /// cancels against the numerator in this form may be left standing.
    pub fn factored(&mut self, p: &Poly) -> Done<Option<(Rational, Mono, Poly)>> {
        let mut below = Mono::one();
        for (k, least) in p.least_exponents() {
            if least < Rational::zero() {
                below.multiply_by(k, &least);
            }
        }
        let mut numerator = Poly::zero();
        let up = below.raised(&Rational::from(-1));
        for (m, c) in p.terms() {
            let cleared = self.cleared(&m.times(&up))?;
            numerator.add_scaled(&cleared, c);
            self.check(&numerator)?;
        }
        Ok(numerator.content().map(|(c, mono, primitive)| (c, mono.times(&below), primitive)))
    }

    /// A monomial whose polynomial kernels have exponents ≥ 0, multiplied out.
    pub fn cleared(&mut self, m: &Mono) -> Done<Poly> {
        let mut plain = Mono::one();
        let mut product = Poly::int(1);
        for (k, e) in m.factors() {
            if k.as_app(fun::ADD).is_some() && *e > Rational::zero() {
                let n = e.to_i64().and_then(|n| u64::try_from(n).ok()).ok_or(Stop::Bits)?;
                let power = self.natural_power(&Poly::plain(k), n)?;
                product = self.mul(&product, &power)?;
            } else {
                plain.multiply_by(k.clone(), e);
            }
        }
        let plain = self.reduced(plain)?;
        self.mul(&product, &plain)
    }

    /// `base ^ q` for a rational q that is no integer: owes base ≥ 0, or > 0 under a negative exponent.
    pub fn root(&mut self, base: &Expr, q: &Rational) -> Done<Poly> {
        self.owe(if *q > Rational::zero() { "ge" } else { "gt" }, base, true)?;
        self.abs_power(base, q)
    }

    /// |e|^q.
    pub fn abs_power(&mut self, e: &Expr, q: &Rational) -> Done<Poly> {
        if let Some(args) = e.as_app(fun::MUL) {
            let mut product = Poly::int(1);
            for a in args {
                let factor = self.abs_power(a, q)?;
                product = self.mul(&product, &factor)?;
            }
            return Ok(product);
        }
        if let Some([base, n]) = e.as_app(fun::POW)
            && let Some(n) = n.as_num()
            && n.is_integer()
            && !n.is_zero()
        {
            if *n < Rational::zero() {
                self.owe("ne", base, true)?;
            }
            return self.abs_power(base, &(n * q));
        }
        if let Some([inner]) = e.as_app("abs") {
            return self.abs_power(inner, q);
        }
        let p = self.poly_of(e)?;
        self.abs_power_of(&p, q)
    }

    /// |p|^q.
    pub fn abs_power_of(&mut self, p: &Poly, q: &Rational) -> Done<Poly> {
        let Some((c, mono, primitive)) = self.factored(p)? else {
            return if *q > Rational::zero() { Ok(Poly::zero()) } else { Err(Stop::Undefined) };
        };
        let mut result = self.number_power(&c.abs(), q)?;
        for (k, e) in mono.factors() {
            let factor = self.abs_kernel_power(k, &(e * q))?;
            result = self.mul(&result, &factor)?;
        }
        if primitive.as_constant().is_none() {
            let factor = self.abs_kernel_power(&primitive.to_expr(), q)?;
            result = self.mul(&result, &factor)?;
        }
        Ok(result)
    }

    /// |k|^r of a kernel or a primitive polynomial.
    pub fn abs_kernel_power(&mut self, k: &Expr, r: &Rational) -> Done<Poly> {
        let even = r.to_i64().is_some_and(|n| n % 2 == 0);
        let sign = self.sign(k);
        if let Some([inner]) = k.as_app("abs") {
            return self.abs_kernel_power(inner, r);
        }
        let is_sum = k.as_app(fun::ADD).is_some();
        if even || (sign.is(Sign::NONNEGATIVE) && (r.is_integer() || !is_sum)) {
            return self.reduced(Mono::power(k.clone(), r.clone()));
        }
        if sign.is(Sign::NONPOSITIVE) && r.is_integer() {
            return Ok(self.reduced(Mono::power(k.clone(), r.clone()))?.scaled(&Rational::from(-1)));
        }
        if is_sum && sign.is(Sign::NONNEGATIVE) {
            let (above, below) = r.parts();
            let root = Rational::one().checked_div(&below).ok_or(Stop::Undefined)?;
            return self.reduced(Mono::power(k.pow(Expr::num(root)), above));
        }
        self.reduced(Mono::power(Expr::apply("abs", vec![k.clone()]), r.clone()))
    }

    /// c^q for c > 0: prime factors become kernels.
    fn number_power(&mut self, c: &Rational, q: &Rational) -> Done<Poly> {
        if c.is_one() {
            return Ok(Poly::int(1));
        }
        if let Some(n) = q.to_i64() {
            return c.pow_int(n).map(Poly::constant).ok_or(Stop::Bits);
        }
        let mut mono = Mono::one();
        for (p, n) in prime_powers(c) {
            mono.multiply_by(Expr::num(p), &(&Rational::from(n) * q));
        }
        self.reduced(mono)
    }

    /// `base ^ e` for a symbolic integer exponent.
    fn symbolic_integer_power(&mut self, base: &Expr, e: &Poly) -> Done<Poly> {
        let p = self.poly_of(base)?;
        let Some((c, mut m, primitive)) = self.factored(&p)? else {
            return self.atom(Expr::int(0).pow(e.to_expr()));
        };
        if primitive.as_constant().is_none() {
            m.multiply_by(primitive.to_expr(), &Rational::one());
        }
        let mut result = Poly::int(1);
        if c < Rational::zero() {
            result = self.kernel_to(&Expr::int(-1), e)?;
        }
        let c = c.abs();
        if !c.is_one() {
            let log = self.log_number(&c)?;
            let argument = self.mul(e, &log)?;
            let factor = self.exponential(&argument)?;
            result = self.mul(&result, &factor)?;
        }
        for (k, n) in m.factors() {
            // A root of what may be negative has no value there, and one of 0 none to every exponent.
            if !n.is_integer() && self.sign(k) != Sign::POSITIVE {
                return self.atom(p.to_expr().pow(e.to_expr()));
            }
            let factor = self.kernel_to(k, &e.scaled(n))?;
            result = self.mul(&result, &factor)?;
        }
        Ok(result)
    }

    /// k^e for a kernel (or −1, or a polynomial) and an integer e; split over the terms of e where no 0^negative
    /// can arise in one part only.
    fn kernel_to(&mut self, k: &Expr, e: &Poly) -> Done<Poly> {
        let sign = self.sign(k);
        if sign == Sign::POSITIVE {
            let log = self.log_kernel(k)?;
            let argument = self.mul(e, &log)?;
            return self.exponential(&argument);
        }
        let nonzero = !sign.may_be(Sign::ZERO);
        let whole = k.pow(e.to_expr());
        if !is_integral(e) {
            return self.atom(whole);
        }
        let mut parts = vec![];
        for (m, c) in e.terms() {
            let natural = *c > Rational::zero() && self.sign(&m.to_expr()).is(Sign::NONNEGATIVE);
            if !natural && !nonzero {
                return self.atom(whole);
            }
            parts.push((m.clone(), c.clone()));
        }
        let mut result = Poly::int(1);
        for (m, c) in parts {
            let factor = if m.is_one() {
                self.integer_power(k, c.to_i64().ok_or(Stop::Bits)?)?
            } else {
                let kernel = self.atom(k.pow(m.to_expr()))?;
                match kernel.single() {
                    Some((mono, one)) if one.is_one() => self.reduced(mono.raised(&c))?,
                    _ => return self.atom(whole),
                }
            };
            result = self.mul(&result, &factor)?;
        }
        Ok(result)
    }

    /// The sign function: multiplicative.
    pub fn signum(&mut self, x: &Expr) -> Done<Poly> {
        let p = self.poly_of(x)?;
        let Some((c, mono, primitive)) = self.factored(&p)? else { return Ok(Poly::zero()) };
        let mut result = Poly::int(if c < Rational::zero() { -1 } else { 1 });
        let mut parts: Vec<(Expr, bool)> = vec![];
        for (k, e) in mono.factors() {
            let even = e.to_i64().is_some_and(|n| n % 2 == 0);
            parts.push((k.clone(), even));
        }
        if primitive.as_constant().is_none() {
            parts.push((primitive.to_expr(), false));
        }
        for (k, even) in parts {
            let factor = match self.sign(&k) {
                Sign::POSITIVE => Poly::int(1),
                Sign::NEGATIVE => Poly::int(if even { 1 } else { -1 }),
                _ => {
                    let kernel = Expr::apply("sign", vec![k]);
                    Poly::term(Rational::one(), Mono::power(kernel, Rational::from(if even { 2 } else { 1 })))
                }
            };
            result = self.mul(&result, &factor)?;
        }
        Ok(result)
    }

    /// The greatest of the arguments; of two, (a + b + |a − b|)/2.
    pub fn greatest(&mut self, args: &[Expr]) -> Done<Poly> {
        let mut polys: Vec<Poly> = args.iter().map(|a| self.poly_of(a)).collect::<Done<_>>()?;
        polys.sort();
        polys.dedup();
        match polys.as_slice() {
            [] => Err(Stop::Undefined),
            [a] => Ok(a.clone()),
            [a, b] => {
                let distance = self.abs_power_of(&a.clone().minus(b), &Rational::one())?;
                Ok(a.clone().plus(b).plus(&distance).scaled(&super::poly::half()))
            }
            _ => self.atom(Expr::apply("max", polys.iter().map(Poly::to_expr).collect())),
        }
    }
}

/// The prime powers of a positive number, exponents of the denominator negative. A part without small prime factors
/// stays whole.
pub(super) fn prime_powers(c: &Rational) -> Vec<(Rational, i64)> {
    const LARGEST: i64 = 1_000;
    let mut out = vec![];
    let (above, below) = c.parts();
    for (mut rest, sign) in [(above, 1), (below, -1)] {
        let mut p = 2;
        while p <= LARGEST && rest > Rational::one() {
            let prime = Rational::from(p);
            let mut n = 0;
            while let Some(q) = rest.checked_div(&prime)
                && q.is_integer()
            {
                rest = q;
                n += 1;
            }
            if n > 0 {
                out.push((prime, sign * n));
            }
            p += if p == 2 { 1 } else { 2 };
        }
        if rest > Rational::one() {
            out.push((rest, sign));
        }
    }
    out
}
