//! Signs of differences by strictly monotone functions: f(a) − f(b) has the sign of a − b.

use std::cmp::Ordering;

use num_traits::{One, Zero};

use crate::algebra::canon::poly::{Mono, Poly};
use crate::algebra::sign::{Prover, Sign};
use crate::expr::{Expr, Node};
use crate::num::Rational;

/// A function that is strictly increasing on the whole of its domain, which is an interval.
struct Increasing {
    name: &'static str,
    /// Where a value stands against the range, and the argument that has it if it lies within.
    inverse: fn(&Rational) -> Inverse,
}

enum Inverse {
    /// All values of the function are greater.
    Below,
    /// All values of the function are less.
    Above,
    /// It is the value at this argument.
    At(Expr),
    /// No argument is known.
    Unknown,
}

/// The table (Abramowitz & Stegun, 4.1, 4.2, 4.5).
const INCREASING: &[Increasing] = &[
    Increasing { name: "exp", inverse: |q| positive(q, || log(q)) },
    Increasing { name: "log", inverse: |q| Inverse::At(if q.is_zero() { Expr::int(1) } else { exp(q) }) },
    Increasing { name: "sqrt", inverse: |q| not_negative(q, || Expr::num(q * q)) },
    Increasing { name: "sigmoid", inverse: logit },
    Increasing { name: "softplus", inverse: |q| positive(q, || Expr::apply("log", vec![exp(q) - Expr::int(1)])) },
    Increasing { name: "tanh", inverse: odd },
    Increasing { name: "sinh", inverse: odd },
    Increasing { name: "arctan", inverse: odd },
    Increasing { name: "arcsin", inverse: odd },
];

fn log(q: &Rational) -> Expr {
    if q.is_one() { Expr::int(0) } else { Expr::apply("log", vec![Expr::num(q.clone())]) }
}

fn exp(q: &Rational) -> Expr {
    Expr::apply("exp", vec![Expr::num(q.clone())])
}

fn positive(q: &Rational, argument: impl Fn() -> Expr) -> Inverse {
    if *q > Rational::zero() { Inverse::At(argument()) } else { Inverse::Below }
}

fn not_negative(q: &Rational, argument: impl Fn() -> Expr) -> Inverse {
    if *q < Rational::zero() { Inverse::Below } else { Inverse::At(argument()) }
}

fn odd(q: &Rational) -> Inverse {
    if q.is_zero() { Inverse::At(Expr::int(0)) } else { Inverse::Unknown }
}

fn logit(q: &Rational) -> Inverse {
    if *q >= Rational::one() {
        return Inverse::Above;
    }
    match q.checked_div(&(Rational::one() - q)) {
        Some(odds) => positive(&odds, || log(&odds)),
        None => Inverse::Unknown,
    }
}

impl Prover<'_> {
    /// The sign of a polynomial that is a known factor times the difference of two values of one strictly monotone
    /// function, or of such a value and a number; the sign of the other factor where only a common one can be taken
    /// out.
    pub(super) fn by_order(&mut self, p: &Poly) -> Sign {
        let Some((number, common, rest)) = p.content() else { return Sign::ANY };
        let outer = Sign::of(number.cmp(&Rational::zero())) * self.of_mono(&common);
        let [(m, c), (n, d)] = rest.terms().collect::<Vec<_>>()[..] else {
            return if common.is_one() { Sign::ANY } else { outer * self.find(&rest.to_expr()) };
        };
        let Some(q) = d.checked_div(c).map(|q| -q) else { return Sign::ANY };
        let inner = match (m.is_one(), n.is_one()) {
            (false, true) => self.against(m, &q),
            (true, false) => match Rational::one().checked_div(&q) {
                Some(q) => {
                    self.against(n, &q) * Sign::of(c.cmp(&Rational::zero())) * Sign::of(d.cmp(&Rational::zero()))
                }
                None => Sign::ANY,
            },
            (false, false) if q.is_one() => self.of_difference(m, n),
            _ => Sign::ANY,
        };
        let inner = match inner {
            Sign::ANY if !common.is_one() => self.find(&rest.to_expr()),
            inner => inner * Sign::of(c.cmp(&Rational::zero())),
        };
        outer * inner
    }

    /// The sign of `m − n`.
    fn of_difference(&mut self, m: &Mono, n: &Mono) -> Sign {
        if let (Some(a), Some(b)) = (exponent(m), exponent(n)) {
            return self.find(&(a - b));
        }
        let ([(k, e)], [(l, f)]) = (&m.factors().collect::<Vec<_>>()[..], &n.factors().collect::<Vec<_>>()[..]) else {
            return Sign::ANY;
        };
        if e != f {
            return Sign::ANY;
        }
        let Some(direction) = self.direction(e, &[k, l]) else { return Sign::ANY };
        let of_bases = match (argument(k), argument(l)) {
            (Some((f, a)), Some((g, b))) if f == g => self.find(&(a.clone() - b.clone())),
            _ if e.is_one() => Sign::ANY,
            _ => self.find(&((*k).clone() - (*l).clone())),
        };
        direction * of_bases
    }

    /// The sign of `m − q`.
    fn against(&mut self, m: &Mono, q: &Rational) -> Sign {
        if let Some(a) = exponent(m) {
            return match positive(q, || a.clone() - log(q)) {
                Inverse::At(difference) => self.find(&difference),
                _ => Sign::POSITIVE,
            };
        }
        let [(k, e)] = m.factors().collect::<Vec<_>>()[..] else { return Sign::ANY };
        if e.is_one() {
            let Some((row, a)) = argument(k) else { return Sign::ANY };
            let inverse = INCREASING.iter().find(|r| r.name == row).map_or(Inverse::Unknown, |r| (r.inverse)(q));
            return match inverse {
                Inverse::Below => Sign::POSITIVE,
                Inverse::Above => Sign::NEGATIVE,
                Inverse::At(b) => self.find(&(a.clone() - b)),
                Inverse::Unknown => Sign::ANY,
            };
        }
        let value = if *e > Rational::zero() { Some(q.clone()) } else { Rational::one().checked_div(q) };
        let root = match e.to_i64().and_then(|e| u32::try_from(e.unsigned_abs()).ok()) {
            Some(1) => value,
            Some(n) => value.and_then(|q| q.root_exact(n)),
            None => q.is_one().then(Rational::one),
        };
        let Some(root) = root.filter(|r| *r > Rational::zero()) else { return Sign::ANY };
        let root = Expr::num(root);
        match self.direction(e, &[k, &root]) {
            Some(direction) => direction * self.find(&(k.clone() - root)),
            None => Sign::ANY,
        }
    }

    /// Whether `x ↦ x^e` strictly increases (positive) or decreases (negative) where all of the bases lie.
    fn direction(&mut self, e: &Rational, bases: &[&Expr]) -> Option<Sign> {
        let odd = e.to_i64().is_some_and(|n| n % 2 != 0);
        match e.cmp(&Rational::zero()) {
            Ordering::Greater if odd => Some(Sign::POSITIVE),
            Ordering::Greater => bases.iter().all(|b| self.find(b).is(Sign::NONNEGATIVE)).then_some(Sign::POSITIVE),
            Ordering::Less => bases.iter().all(|b| self.find(b) == Sign::POSITIVE).then_some(Sign::NEGATIVE),
            Ordering::Equal => None,
        }
    }
}

/// `a` of a product of powers of exponentials that is `eᵃ`.
fn exponent(m: &Mono) -> Option<Expr> {
    let parts: Option<Vec<Expr>> = m
        .factors()
        .map(|(k, e)| match k.as_app("exp") {
            Some([x]) => Some(x.clone() * Expr::num(e.clone())),
            _ => None,
        })
        .collect();
    parts.filter(|p| !p.is_empty()).map(|p| Expr::apply(crate::expr::fun::ADD, p))
}

/// The name and argument of a function of the table.
fn argument(k: &Expr) -> Option<(&'static str, &Expr)> {
    let Node::App(f, args) = k.node() else { return None };
    let [x] = args.as_slice() else { return None };
    (x.sort().is_scalar() && INCREASING.iter().any(|r| r.name == f.name)).then_some((f.name, x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::facts::Facts;
    use crate::algebra::sign::holds;
    use crate::num::Ternary;

    fn f(name: &str, x: &Expr) -> Expr {
        Expr::apply(name, vec![x.clone()])
    }

    fn rel(name: &str, a: &Expr, b: &Expr) -> Expr {
        Expr::relate(name, a.clone(), b.clone())
    }

    fn truth(claim: &Expr, given: &[Expr]) -> Ternary {
        holds(claim, &Facts::new(given))
    }

    #[test]
    fn increasing_functions_keep_the_order() {
        let (x, y) = (Expr::real("x"), Expr::real("y"));
        let below = [rel("lt", &x, &y)];
        for row in INCREASING {
            let (a, b) = (f(row.name, &x), f(row.name, &y));
            assert_eq!(truth(&rel("lt", &a, &b), &below), Ternary::True, "{}", row.name);
            assert_eq!(truth(&rel("ge", &a, &b), &below), Ternary::False, "{}", row.name);
            assert_eq!(truth(&rel("lt", &a, &b), &[rel("le", &x, &y)]), Ternary::Unknown, "{}", row.name);
            assert_eq!(truth(&rel("lt", &f(row.name, &-x.clone()), &f(row.name, &-y.clone())), &below), Ternary::False);
        }
    }

    #[test]
    fn a_common_factor_counts_with_its_sign() {
        let (x, y, a) = (Expr::real("x"), Expr::real("y"), Expr::real("a"));
        let (l, r) = (a.clone() * f("exp", &x), a.clone() * f("exp", &y));
        let zero = Expr::int(0);
        let lt = rel("lt", &x, &y);
        assert_eq!(truth(&rel("lt", &l, &r), std::slice::from_ref(&lt)), Ternary::Unknown);
        assert_eq!(truth(&rel("lt", &l, &r), &[lt.clone(), rel("gt", &a, &zero)]), Ternary::True);
        assert_eq!(truth(&rel("gt", &l, &r), &[lt, rel("lt", &a, &zero)]), Ternary::True);
    }

    #[test]
    fn values_stand_against_numbers_by_the_inverse() {
        let x = Expr::real("x");
        let half = Expr::num(Rational::new(1, 2).unwrap());
        let (zero, one) = (Expr::int(0), Expr::int(1));
        assert_eq!(truth(&rel("gt", &f("sigmoid", &x), &half), &[rel("gt", &x, &zero)]), Ternary::True);
        assert_eq!(truth(&rel("gt", &f("sigmoid", &x), &half), &[rel("gt", &x, &-one.clone())]), Ternary::Unknown);
        assert_eq!(truth(&rel("lt", &f("exp", &x), &one), &[rel("lt", &x, &zero)]), Ternary::True);
        assert_eq!(truth(&rel("gt", &half, &f("sigmoid", &x)), &[rel("lt", &x, &zero)]), Ternary::True);
        assert_eq!(truth(&rel("lt", &f("sqrt", &x), &Expr::int(2)), &[rel("lt", &x, &Expr::int(4))]), Ternary::True);
        assert_eq!(truth(&rel("lt", &f("sqrt", &x), &Expr::int(-2)), &[]), Ternary::False);
    }

    #[test]
    fn powers_keep_the_order_only_where_they_are_monotone() {
        let (x, y) = (Expr::real("x"), Expr::real("y"));
        let (square, cube) = (Expr::int(2), Expr::int(3));
        let lt = rel("lt", &x, &y);
        let of = |n: &Expr| rel("lt", &x.pow(n.clone()), &y.pow(n.clone()));
        assert_eq!(truth(&of(&square), std::slice::from_ref(&lt)), Ternary::Unknown);
        assert_eq!(truth(&of(&cube), std::slice::from_ref(&lt)), Ternary::True);
        assert_eq!(truth(&of(&square), &[lt.clone(), rel("ge", &x, &Expr::int(0))]), Ternary::True);
        assert_eq!(truth(&of(&Expr::int(-1)), std::slice::from_ref(&lt)), Ternary::Unknown);
        assert_eq!(truth(&of(&Expr::int(-1)), &[lt, rel("gt", &x, &Expr::int(0))]), Ternary::False);
    }

    #[test]
    fn a_root_may_be_zero() {
        let root = |q: i64| not_negative(&Rational::from(q), || Expr::int(0));
        assert!(matches!(root(0), Inverse::At(_)) && matches!(root(2), Inverse::At(_)));
        assert!(matches!(root(-1), Inverse::Below));
    }
}
