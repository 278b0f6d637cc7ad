//! Guesses at antiderivatives. Nothing rests on them: whoever uses one differentiates it.

use num_traits::{One, Zero};

use crate::algebra::canon::poly::Poly;
use crate::algebra::canon::{Fuel, canonical, ratio};
use crate::algebra::facts::Facts;
use crate::algebra::integral::monomial::{Term, by_powers};
use crate::algebra::integral::{FUEL, slope};
use crate::algebra::sign::{Sign, sign};
use crate::algebra::terms;
use crate::expr::{Expr, Node, Symbol, fun};
use crate::num::Rational;

/// Most parts of the integrand whose multiples are tried.
const PARTS: usize = 24;

/// Antiderivatives to try: multiples of parts of the integrand (f = c · g′), then term by term.
pub(super) fn candidates(f: &Expr, variable: &Symbol, facts: &Facts) -> Vec<Expr> {
    let parts = multiples(f, variable, facts);
    let form = canonical(f, facts, &mut Fuel::new(FUEL)).map(|c| c.poly().clone());
    let by_terms =
        form.iter().chain([&Poly::plain(f)]).filter_map(|p| of_terms(p, variable, facts)).collect::<Vec<_>>();
    parts.into_iter().chain(by_terms).collect()
}

/// c · g where c = f / g′ is free of the variable, g a part of f, its logarithm, a power of it, or a sine for a cosine.
fn multiples(f: &Expr, variable: &Symbol, facts: &Facts) -> Vec<Expr> {
    let mut parts: Vec<Expr> = vec![];
    let mut todo = vec![f.clone()];
    while let Some(e) = todo.pop() {
        if !e.mentions(variable) || !e.is_closed() || !e.sort().is_scalar() || parts.len() >= PARTS {
            continue;
        }
        todo.extend(e.children().into_iter().cloned());
        match e.as_app(fun::POW) {
            Some([base, n]) if n.as_int() == Some(-1) => parts.push(logarithm(base, facts)),
            Some([base, n]) if !n.mentions(variable) => {
                parts.push(logarithm(base, facts));
                parts.push(base.pow(n.clone() + Expr::int(1)));
            }
            _ => parts.push(e.pow(Expr::int(2))),
        }
        match (e.as_app("sin"), e.as_app("cos")) {
            (Some(of), _) => parts.push(Expr::apply("cos", of.to_vec())),
            (_, Some(of)) => parts.push(Expr::apply("sin", of.to_vec())),
            _ => {}
        }
        if matches!(e.node(), Node::App(..)) {
            parts.push(e);
        }
    }
    let constant = |g: &Expr| {
        let (d, _) = slope(g, variable)?;
        let c = ratio(f, &d, facts, &mut Fuel::new(FUEL)).ok()?;
        (!c.mentions(variable)).then(|| c * g.clone())
    };
    parts.iter().filter_map(constant).collect()
}

/// log g, or log |g| where the sign of g is open.
fn logarithm(g: &Expr, facts: &Facts) -> Expr {
    let of = if sign(g, facts) == Sign::POSITIVE { g.clone() } else { Expr::apply("abs", vec![g.clone()]) };
    Expr::apply("log", vec![of])
}

/// Term by term.
fn of_terms(p: &Poly, variable: &Symbol, facts: &Facts) -> Option<Expr> {
    let each = p.terms().map(|(m, c)| {
        let term = Term::new(m, c, variable)?;
        Some(term.constant.clone() * of_term(&term, variable, facts)?)
    });
    each.collect::<Option<Vec<Expr>>>().map(terms::sum)
}

/// Of a term without its constant.
fn of_term(term: &Term, variable: &Symbol, facts: &Facts) -> Option<Expr> {
    let x = Expr::sym(variable.clone());
    let [free, linear, square] = term.exponent.as_slice() else { return None };
    let zero = |e: &Expr| e.as_num().is_some_and(Zero::is_zero);
    if !zero(square) {
        return None;
    }
    let height = Expr::apply("exp", vec![free.clone()]);
    match (term.others.as_slice(), zero(linear)) {
        ([], true) => Some(height * power(&x, &term.power, facts)),
        ([], false) => Some(height * exponential(&x, linear, term.degree()?)),
        ([(k, q)], true) if *q == Rational::from(2) && term.power.is_zero() => Some(height * of_square(k, variable)?),
        ([(k, q)], true) if q.is_one() => Some(height * by_parts(k, term, variable)?),
        _ => None,
    }
}

/// ∫ sin² = x/2 − sin cos/(2a), ∫ cos² = x/2 + sin cos/(2a), of angles ax + b (DLMF 4.26.5, 4.26.6).
fn of_square(g: &Expr, variable: &Symbol) -> Option<Expr> {
    let Node::App(f, args) = g.node() else { return None };
    let [of] = args.as_slice() else { return None };
    let coefficients = by_powers(&Poly::plain(of), variable)?;
    let [_, a, square] = coefficients.as_slice() else { return None };
    if square.as_int() != Some(0) || !matches!(f.name, "sin" | "cos") {
        return None;
    }
    let [sin, cos] = ["sin", "cos"].map(|name| Expr::apply(name, vec![of.clone()]));
    let waves = (sin * cos).over(&(Expr::int(2) * a.clone()));
    let half = Expr::sym(variable.clone()).over(&Expr::int(2));
    Some(if f.name == "sin" { half - waves } else { half + waves })
}

/// ∫ xᵠ.
fn power(x: &Expr, q: &Rational, facts: &Facts) -> Expr {
    let next = q.clone() + Rational::one();
    if next.is_zero() { logarithm(x, facts) } else { x.pow(Expr::num(next.clone())).over(&Expr::num(next)) }
}

/// ∫ xᵏ e^{ax} = e^{ax} Σⱼ (−1)ʲ k!/(k − j)! xᵏ⁻ʲ / aʲ⁺¹.
fn exponential(x: &Expr, a: &Expr, k: u32) -> Expr {
    let mut factor = Expr::int(1).over(a);
    let mut sum = vec![];
    for j in 0..=k {
        let left = i64::from(k - j);
        sum.push(factor.clone() * x.pow(Expr::int(left)));
        factor = Expr::int(-left) * factor.over(a);
    }
    terms::sum(sum) * Expr::apply("exp", vec![a.clone() * x.clone()])
}

/// ∫ xᵏ g for a logarithm, a sine or a cosine g of the variable.
fn by_parts(g: &Expr, term: &Term, variable: &Symbol) -> Option<Expr> {
    let x = Expr::sym(variable.clone());
    let Node::App(f, args) = g.node() else { return None };
    let [of] = args.as_slice() else { return None };
    match f.name {
        "log" if *of == x => {
            let next = Expr::num(term.power.clone() + Rational::one());
            Some(x.pow(next.clone()) * (g.over(&next) - next.pow(Expr::int(-2))))
        }
        "sin" | "cos" => {
            let coefficients = by_powers(&Poly::plain(of), variable)?;
            let [_, a, square] = coefficients.as_slice() else { return None };
            if square.as_int() != Some(0) {
                return None;
            }
            let [sin, cos] = ["sin", "cos"].map(|name| Expr::apply(name, vec![of.clone()]));
            // d/dx sin = a cos, d/dx cos = −a sin
            let mut turn = if f.name == "sin" { 0_usize } else { 1 };
            let (mut sum, mut factor) = (vec![], Expr::int(1).over(a));
            for left in (0..=i64::from(term.degree()?)).rev() {
                let primitive = match turn % 4 {
                    0 => terms::neg(cos.clone()),
                    1 => sin.clone(),
                    2 => cos.clone(),
                    _ => terms::neg(sin.clone()),
                };
                sum.push(factor.clone() * x.pow(Expr::int(left)) * primitive);
                factor = Expr::int(-left) * factor.over(a);
                // ∫ −cos = −sin, ∫ sin = −cos, ∫ cos = sin, ∫ −sin = cos
                turn = match turn % 4 {
                    0 => 3,
                    1 => 0,
                    2 => 1,
                    _ => 2,
                };
            }
            Some(terms::sum(sum))
        }
        _ => None,
    }
}
