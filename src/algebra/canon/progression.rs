//! A summand as powers of its variable times powers with the variable in the exponent, factorials and binomial
//! coefficients: what the closed forms of series and of binomial sums are about.

use num_traits::One;

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::terms::product;
use crate::expr::{Expr, Symbol, fun};
use crate::num::Rational;

/// base^(slope·i + offset).
pub(super) struct Part {
    pub base: Expr,
    pub slope: i64,
    pub offset: Poly,
}

impl Part {
    /// The power of the base with an exponent that is free of the variable.
    pub fn to(&self, exponent: &Poly) -> Expr {
        if exponent.is_zero() { Expr::int(1) } else { self.base.pow(exponent.to_expr()) }
    }
}

/// i^degree · Π base^(slope·i + offset) · Π (argument)!^exponent · Π C(top, i).
#[derive(Default)]
pub(super) struct Progression {
    pub degree: i64,
    pub parts: Vec<Part>,
    pub factorials: Vec<(Poly, i64)>,
    pub tops: Vec<Poly>,
}

impl Progression {
    /// The summand, if it is nothing else. Its kernels mention the variable.
    pub fn of(inside: &Mono, symbol: &Symbol) -> Option<Progression> {
        let i = Expr::sym(symbol.clone());
        let mut found = Progression::default();
        let mut steps: Vec<(Poly, i64)> = vec![];
        for (k, q) in inside.factors() {
            let times = q.to_i64().filter(|_| q.is_integer());
            if *k == i {
                found.degree = times?;
            } else if let Some([argument]) = k.as_app("exp") {
                let argument = Poly::plain(argument);
                let (m, c) = argument.single()?;
                let rest = m.without(&i);
                if !m.exponent(&i).is_one() || rest.any_kernel(|k| k.mentions(symbol)) {
                    return None;
                }
                let base = Expr::apply("exp", vec![Poly::term(c * q, rest).to_expr()]);
                found.parts.push(Part { base, slope: 1, offset: Poly::zero() });
            } else if let Some([base, exponent]) = k.as_app(fun::POW) {
                let (slope, offset) = linear(exponent, symbol)?;
                if base.mentions(symbol) {
                    return None;
                }
                let (slope, offset) = (slope.checked_mul(times?)?, offset.scaled(q));
                found.parts.push(Part { base: base.clone(), slope, offset });
            } else if let Some([argument]) = k.as_app("factorial") {
                found.factorials.push((Poly::plain(argument), times?));
            } else if let Some([top, bottom]) = k.as_app("binomial") {
                if *bottom != i || top.mentions(symbol) || !q.is_one() {
                    return None;
                }
                found.tops.push(Poly::plain(top));
            } else {
                steps.push((Poly::plain(k), times?));
            }
        }
        // (n + 1) n! = (n + 1)!
        for (argument, times) in &mut found.factorials {
            let above = argument.clone().plus(&Poly::int(1));
            if let Some(at) = steps.iter().position(|s| *s == (above.clone(), *times)) {
                steps.swap_remove(at);
                *argument = above;
            }
        }
        steps.is_empty().then_some(found)
    }

    /// Π base^slope over the parts that the test picks.
    pub fn ratio(&self, picked: impl Fn(&Part) -> bool) -> Expr {
        product(self.parts.iter().filter(|p| picked(p)).map(|p| p.to(&Poly::int(p.slope))).collect())
    }
}

/// e = slope · symbol + offset.
fn linear(e: &Expr, symbol: &Symbol) -> Option<(i64, Poly)> {
    let i = Mono::power(Expr::sym(symbol.clone()), Rational::one());
    let p = Poly::plain(e);
    let slope = p.coefficient(&i);
    let offset = p.minus(&Poly::term(slope.clone(), i));
    let free = !offset.kernels().iter().any(|k| k.mentions(symbol));
    (free && slope.is_integer()).then(|| slope.to_i64()).flatten().map(|slope| (slope, offset))
}
