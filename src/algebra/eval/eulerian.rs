//! Integrals that are values of Γ: Euler's, with the parameters that they have at a point.

use std::cmp::Ordering;

use super::evaluator::Evaluator;
use super::system::System;
use super::value::Value;
use crate::expr::fun::interval_ends;
use crate::expr::{Domain, Expr, Node, fun};

/// The factors of an integrand c · t^power · (1 − t)^other · e^(rate·t), whose exponents are sums; all without t.
#[derive(Default)]
struct Factors {
    scale: Vec<Expr>,
    power: Vec<Expr>,
    other: Vec<Expr>,
    rate: Vec<Expr>,
}

impl<N: System> Evaluator<'_, N> {
    /// ∫ tˢ⁻¹ e^(−rt) over (0, ∞) is Γ(s)/rˢ for s, r > 0, ∫ tˢ⁻¹ (1 − t)ᵘ⁻¹ over (0, 1) is Γ(s)Γ(u)/Γ(s + u) for
    /// s, u > 0 (DLMF 5.9.1, 5.12.1), also times a constant; they diverge elsewhere. `None` for others.
    pub(super) fn eulerian(&mut self, domain: &Domain, body: &Expr) -> Option<Value<N>> {
        let Domain::Over(set) = domain else { return None };
        let (_, high) = interval_ends(set).filter(|(low, _)| low.as_int() == Some(0))?;
        let half_line = high.as_app("infinity").is_some();
        if !half_line && high.as_int() != Some(1) {
            return None;
        }
        let mut factors = Factors::default();
        if !factors.take(body) {
            return None;
        }
        let formed = match half_line {
            true => !factors.rate.is_empty() && factors.other.is_empty(),
            false => factors.rate.is_empty(),
        };
        if !formed {
            return None;
        }
        if !self.spend(4 * N::FUNCTION) {
            return Some(Value::undefined());
        }
        let s = self.sum_of(&factors.power) + N::one();
        let value = if half_line {
            let rate = -self.sum_of(&factors.rate);
            if rate.compare(&N::zero()) != Some(Ordering::Greater) {
                return Some(Value::undefined());
            }
            let scaled = rate.powf(&-s.clone());
            s.gamma() * scaled
        } else {
            let u = self.sum_of(&factors.other) + N::one();
            (s.gamma() * u.gamma()).divide(&(s + u).gamma())
        };
        let scale = factors.scale.iter().fold(N::one(), |product, factor| product * self.scalar(factor));
        Some(Value::Scalar(value * scale))
    }

    fn sum_of(&mut self, terms: &[Expr]) -> N {
        terms.iter().fold(N::zero(), |sum, term| sum + self.scalar(term))
    }
}

impl Factors {
    /// Adds a factor of the integrand; whether it is of that form.
    fn take(&mut self, e: &Expr) -> bool {
        if let Some(free) = without_variable(e) {
            self.scale.push(free);
            return e.sort().is_scalar();
        }
        if is_variable(e) {
            self.power.push(Expr::int(1));
            return true;
        }
        if let Some(factors) = e.as_app(fun::MUL) {
            return factors.iter().all(|factor| self.take(factor));
        }
        if let Some([exponent]) = e.as_app("exp") {
            return self.grows_by(exponent);
        }
        let Some([base, exponent]) = e.as_app(fun::POW) else { return false };
        if base.as_app("euler").is_some() {
            return self.grows_by(exponent);
        }
        let place = if is_variable(base) {
            &mut self.power
        } else if is_rest(base) {
            &mut self.other
        } else {
            return false;
        };
        let free = without_variable(exponent);
        let fits = free.is_some();
        place.extend(free);
        fits
    }

    /// The factor e^x of an x that is linear in the variable.
    fn grows_by(&mut self, exponent: &Expr) -> bool {
        let factors = exponent.as_app(fun::MUL).unwrap_or(std::slice::from_ref(exponent));
        let (variables, others): (Vec<&Expr>, Vec<&Expr>) = factors.iter().partition(|e| is_variable(e));
        let free: Option<Vec<Expr>> = others.into_iter().map(without_variable).collect();
        match free {
            Some(free) if variables.len() == 1 => {
                let one = Expr::int(1);
                self.rate.push(free.into_iter().fold(one, |product, factor| product * factor));
                true
            }
            _ => false,
        }
    }
}

fn is_variable(e: &Expr) -> bool {
    matches!(e.node(), Node::Bound { index: 0, .. })
}

/// Whether it is 1 − t.
fn is_rest(e: &Expr) -> bool {
    let t = Expr::real("\u{1}t");
    let at = e.instantiated(&t);
    at == Expr::int(1) - t.clone() || at == -t + Expr::int(1)
}

/// The expression outside of the integral, if the variable does not stand in it.
fn without_variable(e: &Expr) -> Option<Expr> {
    let outside = e.instantiated(&Expr::int(0));
    (outside == e.instantiated(&Expr::int(1))).then_some(outside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::eval::{Env, Point, evaluate};
    use crate::expr::{Binder, Sort};
    use crate::num::{Exact, Rational};

    fn over(high: Expr, body: impl Fn(&Expr) -> Expr) -> Expr {
        let t = Expr::real("t");
        let inner = body(&t).abstracted(t.as_symbol().unwrap(), Sort::Real);
        let set = Expr::apply("open_interval", vec![Expr::int(0), high]);
        Expr::bind(Binder::Integral, Domain::Over(set), inner)
    }

    fn float(e: &Expr) -> f64 {
        evaluate::<f64>(e, &Env::at(&Point::new()), &mut 10_000).scalar().copied().unwrap_or(f64::NAN)
    }

    /// By the midpoint rule.
    fn sum(high: f64, f: impl Fn(f64) -> f64) -> f64 {
        let steps = 200_000;
        let width = high / f64::from(steps);
        (0..steps).map(|k| f((f64::from(k) + 0.5) * width)).sum::<f64>() * width
    }

    fn q(n: i64, d: i64) -> Expr {
        Expr::num(Rational::new(n, d).unwrap())
    }

    #[test]
    fn integrals_of_euler_are_those_that_sums_give() {
        let exp = |e: Expr| Expr::apply("exp", vec![e]);
        let infinity = Expr::apply("infinity", vec![]);
        let decay = over(infinity.clone(), |t| q(2, 3) * t.pow(q(5, 2)) * exp(-(q(3, 2) * t.clone())));
        assert!((float(&decay) - sum(60.0, |t| 2.0 / 3.0 * t.powf(2.5) * (-1.5 * t).exp())).abs() < 1e-8);
        let powers = over(Expr::int(1), |t| t.pow(q(3, 2)) * (Expr::int(1) - t.clone()).pow(q(7, 2)));
        assert!((float(&powers) - sum(1.0, |t| t.powf(1.5) * (1.0 - t).powf(3.5))).abs() < 1e-8);
        // 4!, and 1/12 = B(2, 3).
        let exact = |e: &Expr| evaluate::<Exact>(e, &Env::at(&Point::new()), &mut 10_000).scalar().cloned();
        let whole = over(infinity.clone(), |t| t.pow(Expr::int(4)) * exp(-t.clone()));
        assert_eq!(exact(&whole), Some(Exact::Value(Rational::from(24))));
        let square = |t: &Expr| t.clone() * (Expr::int(1) - t.clone()).pow(Expr::int(2));
        assert_eq!(exact(&over(Expr::int(1), square)), Some(Exact::Value(Rational::new(1, 12).unwrap())));
        // What diverges has no value.
        let diverging = over(infinity.clone(), |t| t.recip() * exp(-t.clone()));
        let growing = over(infinity.clone(), |t| t.pow(Expr::int(4)) * exp(t.clone()));
        let gaussian = over(infinity.clone(), |t| exp(-t.pow(Expr::int(2))));
        let half = over(q(1, 2), square);
        let shifted = over(infinity, |t| (t.clone() + Expr::int(1)).pow(Expr::int(2)) * exp(-t.clone()));
        for e in [diverging, growing, gaussian, half, shifted] {
            assert!(float(&e).is_nan(), "{e}");
        }
    }
}
