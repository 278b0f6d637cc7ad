//! Expressions as fractions of polynomials in one of their parts, case by case where |·|, max and min stand in them.

use super::polynomial::Polynomial;
use crate::expr::{Expr, Node, fun};
use crate::num::Rational;

/// Largest degree.
const DEGREE: usize = 24;
/// Longest coefficient in bits.
const BITS: u64 = 2_048;
/// Most cases of the signs in |·|, max and min.
const CASES: usize = 32;

/// A quotient. Its denominator is the product of all that is divided by, so that it is 0 wherever something is.
#[derive(Clone, Debug)]
pub(super) struct Fraction {
    pub(super) above: Polynomial,
    pub(super) below: Polynomial,
}

impl Fraction {
    fn constant(q: Rational) -> Fraction {
        Fraction { above: Polynomial::constant(q), below: Polynomial::constant(Rational::from(1)) }
    }

    fn capped(self) -> Option<Fraction> {
        let fits = |p: &Polynomial| p.degree() <= DEGREE && p.bits() <= BITS;
        (fits(&self.above) && fits(&self.below)).then_some(self)
    }

    fn plus(&self, other: &Fraction) -> Option<Fraction> {
        let above = self.above.times(&other.below).plus(&other.above.times(&self.below));
        Fraction { above, below: self.below.times(&other.below) }.capped()
    }

    fn times(&self, other: &Fraction) -> Option<Fraction> {
        Fraction { above: self.above.times(&other.above), below: self.below.times(&other.below) }.capped()
    }

    fn power(&self, n: i64) -> Option<Fraction> {
        let (mut power, times) = (Fraction::constant(Rational::from(1)), usize::try_from(n.unsigned_abs()).ok()?);
        if times > DEGREE {
            return None;
        }
        for _ in 0..times {
            power = power.times(self)?;
        }
        if n >= 0 {
            return Some(power);
        }
        // 1/(a/b) = b/a; what was divided by before stays in the denominator.
        let (above, below) = (power.below.times(&power.below), power.above.times(&power.below));
        (!below.is_zero()).then_some(Fraction { above, below })?.capped()
    }
}

/// The fraction that an expression is in `part`, without |·|, max and min.
pub(super) fn fraction(e: &Expr, part: &Expr) -> Option<Fraction> {
    if e == part {
        let below = Polynomial::constant(Rational::from(1));
        return Some(Fraction { above: Polynomial::variable(), below });
    }
    match e.node() {
        Node::Num(q) => Some(Fraction::constant(q.clone())),
        Node::App(f, args) => match (f.name, args.as_slice()) {
            (fun::ADD, _) => {
                args.iter().try_fold(Fraction::constant(Rational::from(0)), |sum, a| sum.plus(&fraction(a, part)?))
            }
            (fun::MUL, _) => {
                args.iter().try_fold(Fraction::constant(Rational::from(1)), |all, a| all.times(&fraction(a, part)?))
            }
            (fun::POW, [base, n]) => fraction(base, part)?.power(n.as_int()?),
            _ => None,
        },
        _ => None,
    }
}

/// The one part that an expression is made of by arithmetic with numbers, |·|, max and min; `None` if there are others.
pub(crate) fn only_part(e: &Expr) -> Option<Expr> {
    let mut found: Option<Expr> = None;
    let mut todo = vec![e];
    while let Some(e) = todo.pop() {
        match e.node() {
            Node::Num(_) => continue,
            Node::App(f, args) if matches!(f.name, fun::ADD | fun::MUL | "abs" | "max" | "min") => {
                todo.extend(args);
                continue;
            }
            Node::App(f, args) if f.name == fun::POW && args.get(1).is_some_and(|n| n.as_int().is_some()) => {
                todo.extend(args.first());
                continue;
            }
            _ => {}
        }
        if found.as_ref().is_some_and(|old| old != e) || !e.sort().is_scalar() {
            return None;
        }
        found = Some(e.clone());
    }
    found
}

/// An expression in each case of the signs in its |·|, max and min; and what changes its sign between the cases.
pub(super) fn resolved(e: &Expr, switches: &mut Vec<Expr>) -> Option<Vec<Expr>> {
    let Node::App(f, args) = e.node() else { return Some(vec![e.clone()]) };
    if !matches!(f.name, fun::ADD | fun::MUL | fun::POW | "abs" | "max" | "min") {
        return Some(vec![e.clone()]);
    }
    let each: Vec<Vec<Expr>> = args.iter().map(|a| resolved(a, switches)).collect::<Option<_>>()?;
    let cases = match f.name {
        "abs" => {
            let inner = each.first()?.clone();
            switches.extend(inner.iter().cloned());
            inner.iter().flat_map(|t| [t.clone(), -t.clone()]).collect()
        }
        "max" | "min" => {
            let all: Vec<Expr> = each.into_iter().flatten().collect();
            for (i, a) in all.iter().enumerate() {
                switches.extend(all.iter().skip(i + 1).map(|b| a.clone() - b.clone()));
            }
            all
        }
        _ => {
            let mut lists: Vec<Vec<Expr>> = vec![vec![]];
            for choices in each {
                lists = lists
                    .iter()
                    .flat_map(|l| choices.iter().map(move |c| [l.as_slice(), std::slice::from_ref(c)].concat()))
                    .collect();
                if lists.len() > CASES {
                    return None;
                }
            }
            lists.into_iter().map(|args| Expr::app(*f, args)).collect::<Vec<Expr>>()
        }
    };
    (cases.len() <= CASES && switches.len() <= CASES * CASES).then_some(cases)
}
