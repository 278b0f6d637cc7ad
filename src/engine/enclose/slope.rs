//! Slopes of scalar expressions by the chain rule over the function rows.

use std::collections::HashMap;

use crate::expr::{Expr, Node, Symbol, fun};

/// Largest slope expression that is built.
const SIZE_CAP: u64 = 20_000;

/// ∂e/∂x where every function on the way has a derivative row; `None` for binders, arrays, cases and what has no row.
/// It holds wherever e is differentiable along the rows, that is where the slope itself has a value.
pub(super) fn slope(e: &Expr, by: &Symbol) -> Option<Expr> {
    go(e, by, &mut HashMap::new()).filter(|d| d.size() <= SIZE_CAP)
}

fn go(e: &Expr, by: &Symbol, done: &mut HashMap<Expr, Option<Expr>>) -> Option<Expr> {
    if !e.mentions(by) {
        return (e.sort().is_scalar()).then(|| Expr::int(0));
    }
    if let Some(known) = done.get(e) {
        return known.clone();
    }
    let result = match e.node() {
        Node::Sym(s) if s.same(by) => Some(Expr::int(1)),
        Node::App(f, args) if args.iter().all(|a| a.sort().is_scalar()) => match (f.name, args.as_slice()) {
            (fun::POW, [base, n]) if n.as_num().is_some() => {
                go(base, by, done).map(|d| n.clone() * base.pow(n.clone() + Expr::int(-1)).simplified() * d)
            }
            _ => chained(*f, args, by, done),
        },
        _ => None,
    };
    done.insert(e.clone(), result.clone());
    result
}

fn chained(f: fun::Fun, args: &[Expr], by: &Symbol, done: &mut HashMap<Expr, Option<Expr>>) -> Option<Expr> {
    let row = f.derivative?;
    let mut terms = Vec::new();
    for (k, a) in args.iter().enumerate() {
        let inner = go(a, by, done)?;
        if inner.as_int() != Some(0) {
            terms.push(row(args, k)?.simplified() * inner);
        }
    }
    Some(Expr::apply(fun::ADD, terms).simplified())
}

/// Numbers in sums, products and powers put together, so that x^(2 − 1) is x.
trait Simplified {
    fn simplified(&self) -> Expr;
}

impl Simplified for Expr {
    fn simplified(&self) -> Expr {
        match self.node() {
            Node::App(f, args) if f.name == fun::ADD || f.name == fun::MUL => {
                let neutral = i64::from(f.name == fun::MUL);
                let mut number = crate::num::Rational::from(neutral);
                let mut rest = Vec::new();
                for a in args {
                    match a.simplified().as_num() {
                        Some(q) if f.name == fun::ADD => number = &number + q,
                        Some(q) => number = &number * q,
                        None => rest.push(a.simplified()),
                    }
                }
                let zero = crate::num::Rational::from(0);
                // 0 · e keeps e, which may be undefined.
                if number != crate::num::Rational::from(neutral) || rest.is_empty() || number == zero && f.name == fun::MUL {
                    rest.insert(0, Expr::num(number));
                }
                Expr::app(*f, rest)
            }
            Node::App(f, args) if f.name == fun::POW => match args.as_slice() {
                [base, n] => base.pow(n.simplified()),
                _ => self.clone(),
            },
            _ => self.clone(),
        }
    }
}
