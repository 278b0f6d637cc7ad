//! Circular functions and their inverses: addition theorems, and the values at multiples of π/6 and π/4.

use num_traits::{One, Zero};

use crate::algebra::canon::fuel::Stop;
use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::sign::Sign;
use crate::expr::Expr;
use crate::num::Rational;

/// Angles of the first quadrant in twelfths of π: the squares of their sines, as fractions (DLMF 4.17, table 4.17.1).
const SINES: &[(i64, (i64, i64))] = &[(0, (0, 1)), (2, (1, 4)), (3, (1, 2)), (4, (3, 4)), (6, (1, 1))];

/// The same for tangents.
const TANGENTS: &[(i64, (i64, i64))] = &[(0, (0, 1)), (2, (1, 3)), (3, (1, 1)), (4, (3, 1))];

/// sin(kπ/12) where the table has it.
fn sine_of(twelfths: i64) -> Option<Expr> {
    let k = twelfths.rem_euclid(24);
    let (k, negative) = if k >= 12 { (k - 12, true) } else { (k, false) };
    let k = if k > 6 { 12 - k } else { k };
    let (_, (n, d)) = SINES.iter().find(|(at, _)| *at == k)?;
    let root = Expr::apply("sqrt", vec![Expr::int(*n).over(&Expr::int(*d))]);
    Some(if negative { -root } else { root })
}

impl Work<'_, '_> {
    /// arcsin, arccos and arctan: a multiple of π where the table has the argument, and arccos x = π/2 − arcsin x
    /// (DLMF 4.23.19).
    pub fn inverse_circular(&mut self, name: &str, x: &Expr) -> Done<Poly> {
        let z = self.poly_of(x)?;
        let turn = |twelfths: i64| {
            let part = Expr::int(twelfths).over(&Expr::int(12));
            Poly::plain(&(part * Expr::apply("pi", vec![])))
        };
        if name == "arccos" {
            let sine = self.inverse_circular("arcsin", x)?;
            return Ok(turn(6).minus(&sine));
        }
        let square = self.mul(&z, &z)?;
        let table = if name == "arcsin" { SINES } else { TANGENTS };
        if let Some(square) = square.as_constant()
            && let Some((k, _)) = table.iter().find(|(_, (n, d))| Rational::new(*n, *d) == Some(square.clone()))
        {
            match self.sign(&z.to_expr()) {
                Sign::ZERO => return Ok(Poly::zero()),
                Sign::POSITIVE => return Ok(turn(*k)),
                Sign::NEGATIVE => return Ok(turn(-*k)),
                _ => {}
            }
        }
        self.atom(Expr::apply(name, vec![z.to_expr()]))
    }

    /// Sine and cosine by the addition theorems, DLMF 4.21.2: over the terms (p/q)·m of the argument, with kernels
    /// sin(m/q) and cos(m/q).
    pub fn circular(&mut self, z: &Poly) -> Done<(Poly, Poly)> {
        let (mut sine, mut cosine) = (Poly::zero(), Poly::int(1));
        for (m, c) in z.terms() {
            let (s, k) = self.circular_term(m, c)?;
            (sine, cosine) = self.angle_sum(&sine, &cosine, &s, &k)?;
        }
        Ok((sine, cosine))
    }

    fn angle_sum(&mut self, s: &Poly, c: &Poly, t: &Poly, d: &Poly) -> Done<(Poly, Poly)> {
        let sine = self.mul(s, d)?.plus(&self.mul(c, t)?);
        let cosine = self.mul(c, d)?.minus(&self.mul(s, t)?);
        Ok((sine, cosine))
    }

    fn circular_term(&mut self, m: &Mono, c: &Rational) -> Done<(Poly, Poly)> {
        const MOST: i64 = 8;
        let is_pi = m.as_kernel().is_some_and(|k| k.as_app("pi").is_some());
        if is_pi
            && let Some(twelfths) = (c * &Rational::from(12)).to_i64()
            && let (Some(s), Some(k)) = (sine_of(twelfths), sine_of(twelfths.wrapping_add(6)))
        {
            return Ok((self.poly_of(&s)?, self.poly_of(&k)?));
        }
        let (times, below) = c.parts();
        let times = times.to_i64().filter(|n| n.abs() <= MOST);
        let (unit, times) = match times {
            Some(n) => (Rational::one().checked_div(&below), n),
            None => (Some(c.abs()), if *c < Rational::zero() { -1 } else { 1 }),
        };
        let angle = Poly::term(unit.ok_or(Stop::Undefined)?, m.clone()).to_expr();
        let s = self.atom(Expr::apply("sin", vec![angle.clone()]))?;
        let k = self.atom(Expr::apply("cos", vec![angle]))?;
        let s = if times < 0 { s.scaled(&Rational::from(-1)) } else { s };
        let (mut sine, mut cosine) = (Poly::zero(), Poly::int(1));
        for _ in 0..times.unsigned_abs() {
            (sine, cosine) = self.angle_sum(&sine, &cosine, &s, &k)?;
        }
        Ok((sine, cosine))
    }
}
