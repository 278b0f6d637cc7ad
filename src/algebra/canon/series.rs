//! Infinite series in closed form: Σ iᵈ zⁱ and its relatives (DLMF 4.6.1, 26.8.35), Σ iᵈ zⁱ/i! (DLMF 4.2.19, 26.7.5 with
//! Touchard's polynomials), those of sin, cos, sinh and cosh, ζ at 2, 4, 6 and 8 (DLMF 25.6.1).

use num_traits::{One, Zero};

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::canon::power_sum::binomials;
use crate::algebra::canon::progression::Progression;
use crate::algebra::canon::work::{Done, Work};
use crate::algebra::sign::Sign;
use crate::algebra::terms::{product, sum};
use crate::expr::{Expr, Memo, Symbol};
use crate::num::{Rational, Ternary};

/// Greatest power of the index.
const HIGHEST: i64 = 8;
/// Greatest start: the terms before it are subtracted.
const LATEST: i64 = 16;

/// ζ(s)/πˢ.
const ZETA: &[(i64, i64)] = &[(2, 6), (4, 90), (6, 945), (8, 9450)];

impl Work<'_, '_> {
    /// Σ of a term from an integer on to ∞, where it is known; that it converges is owed.
    pub fn known_series(&mut self, low: &Expr, symbol: &Symbol, inside: &Mono) -> Done<Option<Poly>> {
        let Some(from) = low.as_int().filter(|a| (0..=LATEST).contains(a)) else { return Ok(None) };
        let Some(term) = Progression::of(inside, symbol).filter(|t| t.tops.is_empty()) else { return Ok(None) };
        let z = term.ratio(|_| true);
        match term.factorials.as_slice() {
            [] => {
                let front = product(term.parts.iter().map(|p| p.to(&p.offset)).collect());
                let Some(value) = self.power_series(from, term.degree, &z)? else { return Ok(None) };
                let front = self.poly_of(&front)?;
                self.mul(&front, &value).map(Some)
            }
            [(argument, -1)] if self.is_every_other(argument, symbol) => {
                let i = Poly::plain(&Expr::sym(symbol.clone()));
                let shift =
                    argument.clone().minus(&i.scaled(&Rational::from(2))).as_constant().and_then(|c| c.to_i64());
                match (shift, from, term.degree) {
                    (Some(shift @ (0 | 1)), 0, 0) => self.every_other(&term, shift),
                    _ => Ok(None),
                }
            }
            [(argument, -1)] => {
                let i = Poly::plain(&Expr::sym(symbol.clone()));
                let shift = argument.clone().minus(&i).as_constant().and_then(|c| c.to_i64());
                let (Some(shift), 0..=HIGHEST) = (shift.filter(|c| c.abs() <= LATEST), term.degree) else {
                    return Ok(None);
                };
                // With j = i + shift.
                let start = from + shift;
                if start < 0 {
                    return Ok(None);
                }
                let exponent = |slope: i64, offset: &Poly| offset.clone().minus(&Poly::int(slope * shift));
                let front = product(term.parts.iter().map(|p| p.to(&exponent(p.slope, &p.offset))).collect());
                let value = self.exponential_series(start, term.degree, shift, &z)?;
                let front = self.poly_of(&front)?;
                self.mul(&front, &value).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Σ iᵈ zⁱ from i = `from` on.
    fn power_series(&mut self, from: i64, degree: i64, z: &Expr) -> Done<Option<Poly>> {
        let one = Expr::int(1);
        let beyond = one.clone() - z.clone();
        let whole = match degree {
            0..=HIGHEST => {
                if !self.within_one(z)? {
                    return Ok(None);
                }
                // Σ iᵈ zⁱ = Σₘ S(d, m) m! zᵐ/(1 − z)ᵐ⁺¹
                let terms = (0_i64..).zip(stirling(degree)).map(|(m, s)| {
                    let factorial: i64 = (1..=m).product();
                    Expr::num(s * Rational::from(factorial)) * z.pow(Expr::int(m)) * beyond.pow(Expr::int(-m - 1))
                });
                sum(terms.collect())
            }
            -1 if from >= 1 => {
                let alternating = z.as_int() == Some(-1);
                if !alternating && !self.within_one(z)? {
                    return Ok(None);
                }
                -Expr::apply("log", vec![beyond])
            }
            _ if from >= 1 && self.poly_of(z)?.as_constant().is_some_and(|z| z.is_one()) => {
                let Some((s, divisor)) = ZETA.iter().find(|(s, _)| *s == -degree) else { return Ok(None) };
                Expr::apply("pi", vec![]).pow(Expr::int(*s)).over(&Expr::int(*divisor))
            }
            _ => return Ok(None),
        };
        let first = i64::from(degree < 0);
        let before = (first..from).map(|i| Expr::int(i).pow(Expr::int(degree)) * z.pow(Expr::int(i)));
        // 1 − z ≠ 0 (or > 0) is nothing new; apart from what is remembered, for elsewhere it may be.
        let owed = self.owed.clone();
        self.memo.push(Memo::default());
        let value = self.poly_of(&(whole - sum(before.collect())));
        self.memo.pop();
        self.owed = owed;
        value.map(Some)
    }

    /// Whether a factorial is that of 2i + c.
    fn is_every_other(&self, argument: &Poly, symbol: &Symbol) -> bool {
        argument.coefficient(&Mono::power(Expr::sym(symbol.clone()), Rational::one())) == Rational::from(2)
    }

    /// Σ zⁱ/(2i)! and Σ zⁱ/(2i + 1)! for z = ±r²: cos r and sin r/r, cosh r and sinh r/r (DLMF 4.19.1, 4.19.2, 4.33.1, 4.33.2).
    fn every_other(&mut self, term: &Progression, shift: i64) -> Done<Option<Poly>> {
        let number = term.ratio(|p| p.base.as_int().is_some());
        let names = match (number.as_int(), shift) {
            (Some(-1), 0) => "cos",
            (Some(-1), _) => "sin",
            (Some(1), 0) => "cosh",
            (Some(1), _) => "sinh",
            _ => return Ok(None),
        };
        let free = || term.parts.iter().filter(|p| p.base.as_int().is_none());
        if free().any(|p| p.slope % 2 != 0) {
            return Ok(None);
        }
        let root = product(free().map(|p| p.to(&Poly::int(p.slope / 2))).collect());
        let front = product(term.parts.iter().map(|p| p.to(&p.offset)).collect());
        let front = if shift == 0 { front } else { front * root.pow(Expr::int(-1)) };
        let front = self.poly_of(&front)?;
        let value = self.poly_of(&Expr::apply(names, vec![root]))?;
        self.mul(&front, &value).map(Some)
    }

    /// Σ (j − shift)ᵈ zʲ/j! from j = `start` on.
    fn exponential_series(&mut self, start: i64, degree: i64, shift: i64, z: &Expr) -> Done<Poly> {
        let powers = (0_i64..).zip(binomials(degree)).map(|(t, c)| {
            // jᵗ gives Touchard's Tₜ(z) = Σₘ S(t, m) zᵐ.
            let power = Expr::int(-shift).pow(Expr::int(degree - t));
            let touchard = sum((0_i64..).zip(stirling(t)).map(|(m, s)| Expr::num(s) * z.pow(Expr::int(m))).collect());
            Expr::num(c) * power * touchard
        });
        let before = (0..start).map(|j| {
            let factorial: i64 = (1..=j).product();
            Expr::int(j - shift).pow(Expr::int(degree)) * z.pow(Expr::int(j)).over(&Expr::int(factorial))
        });
        let value = Expr::apply("exp", vec![z.clone()]) * sum(powers.collect()) - sum(before.collect());
        self.poly_of(&value)
    }

    /// Whether |z| < 1, or that may be owed.
    fn within_one(&mut self, z: &Expr) -> Done<bool> {
        let size = Expr::apply("abs", vec![z.clone()]);
        let size = self.expr_of(&size)?;
        let left = self.sign(&(Expr::int(1) - size.clone()));
        let condition = Expr::relate("lt", size, Expr::int(1));
        if left == Sign::POSITIVE || self.prover.holds(&condition) == Ternary::True {
            return Ok(true);
        }
        if !self.assumes() || !left.may_be(Sign::POSITIVE) {
            return Ok(false);
        }
        self.owe_condition(condition, false)?;
        Ok(true)
    }
}

/// Stirling numbers of the second kind S(d, 0), …, S(d, d): xᵈ = Σ S(d, m) x(x − 1)⋯(x − m + 1) (DLMF 26.8.10).
pub(super) fn stirling(degree: i64) -> Vec<Rational> {
    let mut row = vec![Rational::one()];
    for _ in 0..degree {
        let mut next = vec![Rational::zero(); row.len() + 1];
        for (m, s) in row.iter().enumerate() {
            let m_ = Rational::from(i64::try_from(m).unwrap_or_default());
            if let Some(slot) = next.get_mut(m) {
                *slot += s.clone() * m_;
            }
            if let Some(slot) = next.get_mut(m + 1) {
                *slot += s.clone();
            }
        }
        row = next;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::canon::series_value;
    use crate::algebra::facts::Facts;
    use crate::expr::{Binder, Domain, Sort};

    /// Σ from `from` on, in closed form: a rational number.
    fn closed(from: i64, summand: Expr) -> Option<f64> {
        let ends = Domain::Range(Expr::int(from), Expr::apply("infinity", vec![]));
        let value = series_value(&Expr::bind(Binder::Sum, ends, summand), &Facts::new(&[]))?;
        value.as_num().map(|q| q.to_string()).and_then(|q| match q.split_once('/') {
            Some((n, d)) => Some(n.parse::<f64>().ok()? / d.parse::<f64>().ok()?),
            None => q.parse().ok(),
        })
    }

    #[test]
    fn closed_forms_are_what_the_terms_add_up_to() {
        let i = || Expr::bound(0, Sort::Integer);
        let mut cases = 0;
        for (n, d) in [(1, 2), (-1, 3), (3, 5), (-3, 4)] {
            for degree in 0..=4 {
                for from in 0..=3 {
                    let z = Expr::num(Rational::new(n, d).unwrap());
                    let value = closed(from, i().pow(Expr::int(degree)) * z.pow(i())).unwrap();
                    let z = n as f64 / d as f64;
                    let sum: f64 = (from..400).map(|k| (k as f64).powi(degree as i32) * z.powi(k as i32)).sum();
                    assert!((value - sum).abs() < 1e-9 * (1.0 + sum.abs()), "{n}/{d} {degree} {from}: {value}, {sum}");
                    cases += 1;
                }
            }
        }
        assert_eq!(cases, 80);
        // What does not converge has no closed form.
        assert_eq!(closed(0, Expr::int(2).pow(i())), None);
        assert_eq!(closed(0, Expr::int(-1).pow(i())), None);
        assert_eq!(closed(1, i().recip()), None);
    }

    #[test]
    fn powers_are_sums_of_falling_factorials() {
        for degree in 0..=HIGHEST {
            for x in 0..12_i64 {
                let falling = |m: i64| (0..m).map(|t| x - t).product::<i64>();
                let terms = (0_i64..).zip(stirling(degree)).map(|(m, s)| s * Rational::from(falling(m)));
                let total = terms.fold(Rational::zero(), |a, b| a + b);
                assert_eq!(total, Rational::from(x.pow(u32::try_from(degree).unwrap())), "{x}^{degree}");
            }
        }
    }
}
