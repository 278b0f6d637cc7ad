//! The gamma function, and the integrals that it and the Gaussian are the values of (DLMF 5.2.1, 5.9.1, 5.12.1, 7.2.2).

use std::cmp::Ordering;

use num_traits::One;

use crate::algebra::canon::integral::far;
use crate::algebra::canon::poly::{Mono, Poly, half};
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::facts::is_integral;
use crate::algebra::limit::infinite;
use crate::algebra::sign::Sign;
use crate::expr::{Domain, Expr, Symbol};
use crate::num::Rational;

/// Most steps of Γ(x + 1) = x Γ(x).
const MOST: i64 = 8;

/// Of an integrand t^power · (1 − t)^other · e^{linear·t + square·t²}.
#[derive(Default)]
struct Powers {
    power: Poly,
    other: Poly,
    linear: Poly,
    square: Poly,
    /// Whether it is the negative of that.
    negative: bool,
}

impl Work<'_, '_> {
    /// Γ of a positive number: factorials, √π, and Γ(x + 1) = x Γ(x) down, or up, to an argument without a whole part.
    pub fn gamma(&mut self, x: &Expr) -> Done<Poly> {
        self.owe("gt", x, true)?;
        let p = self.poly_of(x)?;
        // Γ(n) = (n − 1)!
        if p.as_constant().is_none() && is_integral(&p) {
            return self.factorial(&p.minus(&Poly::int(1)).to_expr());
        }
        let whole = p.coefficient(&Mono::one()).floor().to_i64().unwrap_or(0).clamp(-MOST, MOST);
        let constant = p.as_constant().is_some();
        let steps = if constant { whole - i64::from(p.coefficient(&Mono::one()).is_integer()) } else { whole };
        let base = p.clone().minus(&Poly::int(steps));
        let start = if steps > 0 && !self.positive(&base)? { p.clone() } else { base.clone() };
        let mut value = match start.as_constant() {
            Some(c) if c.is_one() => Poly::int(1),
            Some(c) if c == half() => self.root(&Expr::apply("pi", vec![]), &half())?,
            _ => self.atom(Expr::apply("gamma", vec![start.to_expr()]))?,
        };
        if start == base {
            for t in 0..steps.max(0) {
                value = self.mul(&value, &base.clone().plus(&Poly::int(t)))?;
            }
            for t in 0..(-steps).max(0) {
                let divisor = self.inverse(&p.clone().plus(&Poly::int(t)))?;
                value = self.mul(&value, &divisor)?;
            }
        }
        Ok(value)
    }

    /// Whether it is positive, or that may be owed.
    fn positive(&mut self, p: &Poly) -> Done<bool> {
        let e = p.to_expr();
        let known = self.sign(&e) == Sign::POSITIVE;
        if !known && self.assumes() {
            self.owe("gt", &e, false)?;
        }
        Ok(known || self.assumes())
    }

    /// ∫ tˢ⁻¹ between 0 and a positive number, or between a positive number and ∞ (DLMF 4.10(i)); that it converges is owed.
    fn power_integral(&mut self, low: &Expr, high: &Expr, s: &Poly) -> Done<Option<Poly>> {
        let positive = |w: &mut Self, e: &Expr| !far(e) && w.sign(e) == Sign::POSITIVE;
        let (end, s_sign) = match (low.as_int(), far(high)) {
            (Some(0), false) if positive(self, high) => (high, 1),
            (_, true) if positive(self, low) => (low, -1),
            _ => return Ok(None),
        };
        let size = s.scaled(&Rational::from(s_sign));
        if !self.positive(&size)? {
            return Ok(None);
        }
        self.poly_of(&end.pow(s.to_expr()).over(&size.to_expr())).map(Some)
    }

    /// ∫ of a product of powers over (0, ∞), (0, 1) or the whole line, where it is known; that it converges is owed.
    pub fn known_integral(&mut self, domain: &Domain, symbol: &Symbol, inside: &Mono) -> Done<Option<Poly>> {
        let Domain::Over(set) = domain else { return Ok(None) };
        let Some(powers) = powers(inside, symbol) else { return Ok(None) };
        let one = Poly::int(1);
        let none = |p: &Poly| p.is_zero();
        if set.as_app("reals").is_some() || set.as_app("open_interval").is_some_and(|e| e.iter().all(far)) {
            let plain = none(&powers.power) && none(&powers.other) && !none(&powers.square);
            let a = powers.square.scaled(&Rational::from(-1));
            if !plain || !self.positive(&a)? {
                return Ok(None);
            }
            // √(π/A) e^{B²/(4A)}
            let a = a.to_expr();
            let root = Expr::apply("sqrt", vec![Expr::apply("pi", vec![]).over(&a)]);
            let height = powers.linear.to_expr().pow(Expr::int(2)).over(&(Expr::int(4) * a));
            return self.poly_of(&(root * Expr::apply("exp", vec![height]))).map(Some);
        }
        let Some([low, high]) = set.as_app("open_interval") else { return Ok(None) };
        // ∫ e^{−At²} over half of the line is √(π/A)/2.
        let half_line = low.as_int() == Some(0) && infinite(high) == Some(Ordering::Greater)
            || high.as_int() == Some(0) && infinite(low) == Some(Ordering::Less);
        if half_line && none(&powers.power) && none(&powers.other) && none(&powers.linear) && !none(&powers.square) {
            let a = powers.square.scaled(&Rational::from(-1));
            if !self.positive(&a)? {
                return Ok(None);
            }
            let root = Expr::apply("sqrt", vec![Expr::apply("pi", vec![]).over(&a.to_expr())]);
            return Ok(Some(self.poly_of(&root)?.scaled(&half())));
        }
        if none(&powers.square) && none(&powers.linear) && none(&powers.other) && powers.power.as_constant().is_none() {
            return self.power_integral(low, high, &powers.power.plus(&one));
        }
        if low.as_int() != Some(0) || !none(&powers.square) {
            return Ok(None);
        }
        let s = powers.power.clone().plus(&one);
        if far(high) && none(&powers.other) && !none(&powers.linear) {
            let rate = powers.linear.scaled(&Rational::from(-1));
            if !self.positive(&s)? || !self.positive(&rate)? {
                return Ok(None);
            }
            let gamma = Expr::apply("gamma", vec![s.to_expr()]);
            return self.poly_of(&(gamma * rate.to_expr().pow(-s.to_expr()))).map(Some);
        }
        let r = powers.other.clone().plus(&one);
        if high.as_int() == Some(1) && none(&powers.linear) && !(none(&powers.power) && none(&powers.other)) {
            if !self.positive(&s)? || !self.positive(&r)? {
                return Ok(None);
            }
            let gamma = |p: &Poly| Expr::apply("gamma", vec![p.to_expr()]);
            let value = (gamma(&s) * gamma(&r)).over(&gamma(&s.clone().plus(&r)));
            let sign = Rational::from(if powers.negative { -1 } else { 1 });
            return Ok(Some(self.poly_of(&value)?.scaled(&sign)));
        }
        Ok(None)
    }
}

/// The powers of an integrand, if it has nothing else.
fn powers(inside: &Mono, symbol: &Symbol) -> Option<Powers> {
    let t = Expr::sym(symbol.clone());
    let rest = Poly::int(1).minus(&Poly::plain(&t));
    let mut found = Powers::default();
    for (k, q) in inside.factors() {
        if *k == t {
            found.power.add_scaled(&Poly::int(1), q);
        } else if Poly::plain(k) == rest || k.as_app("abs").is_some_and(|x| x.iter().any(|x| is_rest(x, &rest))) {
            found.other.add_scaled(&Poly::int(1), q);
        } else if is_rest(k, &rest) && q.is_integer() {
            found.other.add_scaled(&Poly::int(1), q);
            found.negative ^= q.to_i64()? % 2 != 0;
        } else if let Some([argument]) = k.as_app("exp") {
            for (m, c) in Poly::plain(argument).terms() {
                let c = c.clone() * q.clone();
                let (free, own): (Vec<_>, Vec<_>) = m.factors().partition(|(k, _)| !k.mentions(symbol));
                let [(kernel, e)] = own.as_slice() else { return None };
                let mut coefficient = Mono::one();
                free.into_iter().for_each(|(k, e)| coefficient.multiply_by(k.clone(), e));
                let of = |e: &Expr| kernel.as_app("log").and_then(<[Expr]>::first) == Some(e);
                let slot = match kernel {
                    _ if of(&t) && e.is_one() => &mut found.power,
                    k if e.is_one()
                        && k.as_app("log").is_some_and(|a| a.first().is_some_and(|a| is_rest(a, &rest))) =>
                    {
                        &mut found.other
                    }
                    k if *k == &t && e.is_one() => &mut found.linear,
                    k if *k == &t && **e == Rational::from(2) => &mut found.square,
                    _ => return None,
                };
                slot.add_scaled(&Poly::term(Rational::one(), coefficient), &c);
            }
        } else {
            return None;
        }
    }
    Some(found)
}

/// 1 − t or t − 1, or the absolute value of one under a logarithm.
fn is_rest(e: &Expr, rest: &Poly) -> bool {
    let plain = Poly::plain(e.as_app("abs").and_then(<[Expr]>::first).unwrap_or(e));
    plain == *rest || plain == rest.scaled(&Rational::from(-1))
}
