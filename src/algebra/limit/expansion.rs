//! Expressions → asymptotic series, as the symbol grows without bound.

use std::cmp::Ordering;

use super::Stuck;
use super::ground::Ground;
use super::scale::Monomial;
use super::series::Series;
use crate::algebra::enclose::slope;
use crate::algebra::terms;
use crate::algebra::unwritten::{is_differentiable, slope_of};
use crate::expr::{Expr, Memo, Node, Sort, Symbol, fun};
use crate::num::Rational;

/// Deepest expression looked at.
const DEPTH: u32 = 64;

/// An expansion to an order, in a symbol.
pub(super) struct Expansion<'g, 'f> {
    pub(super) variable: &'g Symbol,
    pub(super) ground: &'g mut Ground<'f>,
    pub(super) order: i64,
    pub(super) known: Memo<Expr, Series>,
}

impl Expansion<'_, '_> {
    /// The series of an expression; it then has a value for all large values of the symbol.
    pub(super) fn of(&mut self, e: &Expr) -> Result<Series, Stuck> {
        if let Some(known) = self.known.get(e) {
            return Ok(known.clone());
        }
        if e.depth() > DEPTH {
            return Err(Stuck::Fuel);
        }
        let series = if e.mentions(self.variable) {
            match e.node() {
                Node::Sym(_) => Series::monomial(Monomial::Log(0)),
                Node::App(f, args) => self.application(f.name, args, e)?,
                Node::Call(f, args) => self.call(f, args, e)?,
                _ => return Err(Stuck::Unknown(e.clone())),
            }
        } else {
            Series::constant(self.ground.constant(e)?)
        };
        self.known.insert(e.clone(), series.clone());
        Ok(series)
    }

    fn application(&mut self, name: &str, args: &[Expr], e: &Expr) -> Result<Series, Stuck> {
        if args.iter().any(|a| !a.sort().is_scalar()) {
            return Err(Stuck::Unknown(e.clone()));
        }
        let order = self.order;
        match (name, args) {
            (fun::ADD, _) => {
                let mut sum = Series::constant(Expr::int(0));
                for a in args {
                    let term = self.of(a)?;
                    sum = sum.plus(&term, self.ground)?;
                }
                Ok(sum)
            }
            (fun::MUL, _) => {
                let mut product = Series::constant(Expr::int(1));
                for a in args {
                    let factor = self.of(a)?;
                    product = product.times(&factor, self.ground)?;
                }
                Ok(product)
            }
            (fun::POW, [base, exponent]) if !exponent.mentions(self.variable) => {
                let q = self.ground.constant(exponent)?;
                self.of(base)?.power(&q, order, self.ground)
            }
            // A real power is that of a positive base: exp(y log x).
            (fun::POW, [base, exponent]) => {
                let log = self.of(base)?.log(order, self.ground)?;
                self.of(exponent)?.times(&log, self.ground)?.exp(order, self.ground)
            }
            ("sqrt", [x]) => {
                let half = Rational::new(1, 2).map(Expr::num).ok_or(Stuck::Fuel)?;
                match self.of(x)? {
                    zero if zero.is_zero() => Ok(zero),
                    s => s.power(&half, order, self.ground),
                }
            }
            ("exp", [x]) => self.of(x)?.exp(order, self.ground),
            ("log", [x]) => match self.of(x)?.log(order, self.ground) {
                Err(Stuck::Zero) => Err(Stuck::Undefined),
                other => other,
            },
            ("abs", [x]) => {
                let s = self.of(x)?;
                Ok(match self.eventual(&s)? {
                    Ordering::Less => s.scaled(&Expr::int(-1), self.ground),
                    _ => s,
                })
            }
            ("sign", [x]) => {
                let s = self.of(x)?;
                Ok(Series::constant(Expr::int(self.eventual(&s)? as i64)))
            }
            ("max" | "min", [first, others @ ..]) => {
                let mut best = self.of(first)?;
                for other in others {
                    let s = self.of(other)?;
                    let difference = s.plus(&best.scaled(&Expr::int(-1), self.ground), self.ground)?;
                    let order = self.eventual(&difference)?;
                    if order == (if name == "max" { Ordering::Greater } else { Ordering::Less }) {
                        best = s;
                    }
                }
                Ok(best)
            }
            ("xlogy", [x, y]) => {
                let s = self.of(x)?;
                if s.is_zero() {
                    return Ok(s);
                }
                let log = self.of(y)?.log(order, self.ground)?;
                s.times(&log, self.ground)
            }
            ("sin" | "cos", [x]) => {
                let s = self.of(x)?;
                let values = Ground::new(self.ground.facts);
                // sin, cos, −sin, −cos, sin, …
                let turned = |c: &Expr, k: i64| {
                    let k = if name == "sin" { k } else { k + 1 };
                    let f = values.apply(if k % 2 == 0 { "sin" } else { "cos" }, c);
                    Some(if k % 4 < 2 { f } else { terms::neg(f) })
                };
                s.taylor(order, &turned, self.ground)
            }
            ("arctan", [x]) => self.arctan(x),
            _ => match rewritten(name, args) {
                Some(other) => self.of(&other),
                None => Err(Stuck::Unknown(e.clone())),
            },
        }
    }

    /// Taylor's theorem for a function without a formula, one of whose arguments moves; whoever asks owes that it is smooth.
    fn call(&mut self, f: &Symbol, args: &[Expr], e: &Expr) -> Result<Series, Stuck> {
        let moving: Vec<usize> =
            (0..args.len()).filter(|k| args.get(*k).is_some_and(|a| a.mentions(self.variable))).collect();
        let unknown = || Stuck::Unknown(e.clone());
        let ([k], true) = (moving.as_slice(), is_differentiable(e)) else { return Err(unknown()) };
        let at = |c: &Expr, order: i64| {
            let slope = (0..order).fold(f.clone(), |g, _| slope_of(&g, *k, args.len()));
            let mut there = args.to_vec();
            *there.get_mut(*k)? = c.clone();
            Some(Expr::new(Node::Call(slope, there)))
        };
        self.of(args.get(*k).ok_or_else(unknown)?)?.taylor(self.order, &at, self.ground)
    }

    /// arctan y = ±π/2 − arctan(1/y) for large y; its derivatives at a point by 1/(1 + c²).
    fn arctan(&mut self, x: &Expr) -> Result<Series, Stuck> {
        let s = self.of(x)?;
        let order = self.order;
        let symbol = Symbol::new("\u{3}c", Sort::Real);
        let mut rows = vec![Expr::apply("arctan", vec![Expr::sym(symbol.clone())])];
        for _ in 1..order {
            let slope = rows.last().and_then(|r| slope(r, &symbol));
            rows.push(slope.ok_or_else(|| Stuck::Unknown(x.clone()))?);
        }
        let at = |c: &Expr, k: i64| Some(rows.get(usize::try_from(k).ok()?)?.substituted(&symbol, c));
        if s.parted(self.ground)?.0.is_empty() {
            return s.taylor(order, &at, self.ground);
        }
        let minus = Expr::int(-1);
        let quarter = terms::product(vec![
            Expr::int(self.eventual(&s)? as i64),
            Expr::apply("pi", vec![]),
            terms::recip(&Expr::int(2)),
        ]);
        let inner = s.power(&minus, order, self.ground)?.taylor(order, &at, self.ground)?;
        Series::constant(quarter).plus(&inner.scaled(&minus, self.ground), self.ground)
    }

    /// The sign for all large values of the symbol.
    fn eventual(&mut self, s: &Series) -> Result<Ordering, Stuck> {
        match s.leading(self.ground) {
            Ok(lead) => Ok(lead.sign),
            Err(Stuck::Zero) => Ok(Ordering::Equal),
            Err(other) => Err(other),
        }
    }
}

/// The functions that are made of exponentials, by their definitions (the references of their rows).
fn rewritten(name: &str, args: &[Expr]) -> Option<Expr> {
    let [x] = args else { return None };
    let one = Expr::int(1);
    let exp = |e: Expr| Expr::apply("exp", vec![e]);
    let half = || terms::recip(&Expr::int(2));
    Some(match name {
        "sigmoid" => (one + exp(terms::neg(x.clone()))).recip(),
        "softplus" => Expr::apply("log", vec![one + exp(x.clone())]),
        "sinh" => half() * (exp(x.clone()) - exp(terms::neg(x.clone()))),
        "cosh" => half() * (exp(x.clone()) + exp(terms::neg(x.clone()))),
        "tanh" => (one.clone() - exp(terms::product(vec![Expr::int(-2), x.clone()])))
            .over(&(one + exp(terms::product(vec![Expr::int(-2), x.clone()])))),
        "tan" => Expr::apply("sin", vec![x.clone()]).over(&Expr::apply("cos", vec![x.clone()])),
        _ => return None,
    })
}
