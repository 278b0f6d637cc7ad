//! Slopes of scalar expressions by the chain rule over the function rows.

use crate::expr::{Expr, Memo, Node, Symbol, fun};
use crate::num::Rational;

/// Largest slope expression that is built.
const SIZE_CAP: u64 = 20_000;

/// ∂e/∂x where every function on the way has a derivative row; `None` for binders, arrays, cases and what has no row.
/// It holds wherever e is differentiable along the rows, that is where the slope itself has a value.
pub(crate) fn slope(e: &Expr, by: &Symbol) -> Option<Expr> {
    go(e, by, &mut Memo::default()).filter(|d| d.size() <= SIZE_CAP)
}

fn go(e: &Expr, by: &Symbol, done: &mut Memo<Expr, Option<Expr>>) -> Option<Expr> {
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

fn chained(f: fun::Fun, args: &[Expr], by: &Symbol, done: &mut Memo<Expr, Option<Expr>>) -> Option<Expr> {
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

/// The numbers of a sum or product, or of the exponent of a power, put together, so that x^(2 − 1) is x.
trait Simplified {
    fn simplified(&self) -> Expr;
}

impl Simplified for Expr {
    fn simplified(&self) -> Expr {
        match self.node() {
            Node::App(f, args) if f.name == fun::ADD || f.name == fun::MUL => {
                let sum = f.name == fun::ADD;
                let neutral = Rational::from(i64::from(!sum));
                let (numbers, mut rest): (Vec<&Expr>, Vec<&Expr>) = args.iter().partition(|a| a.as_num().is_some());
                let put = |x: Rational, q: &Rational| if sum { &x + q } else { &x * q };
                // 0 · e keeps e, which may be undefined.
                let number = Expr::num(numbers.iter().filter_map(|a| a.as_num()).fold(neutral.clone(), put));
                if rest.is_empty() || number.as_num() != Some(&neutral) {
                    rest.insert(0, &number);
                }
                Expr::app(*f, rest.into_iter().cloned().collect())
            }
            Node::App(f, args) if f.name == fun::POW => match args.as_slice() {
                [base, n] if n.as_app(fun::ADD).is_some() => base.pow(n.simplified()),
                _ => self.clone(),
            },
            _ => self.clone(),
        }
    }
}
