//! Definitions of the known objects of classification and information theory as expressions.

use crate::algebra::terms;
use crate::expr::{Binder, Domain, Expr, Sort};

/// The definition of the known object `name` at `args`, with natural logarithms: a number for `logsumexp`, `entropy`,
/// `cross_entropy`, `kl`; the array of its entries for `softmax` and `log_softmax` (of a matrix row by row). `None`
/// for other names and where the arguments are no vectors (or 1 × n rows) of one size.
///
/// The entropies are written with the row `xlogy` (0 where its first argument is 0), so that a point without mass
/// counts 0 and asks nothing of the other distribution: Cover & Thomas, 2.1, 2.3.
pub fn expand(name: &str, args: &[Expr]) -> Option<Expr> {
    match (name, args) {
        ("softmax", [s]) => rows_of(s, |row, i| {
            let total = over(&row, |k| exp(row.at(k)))?;
            Some(terms::product(vec![exp(row.at(i)), terms::recip(&total)]))
        }),
        ("log_softmax", [s]) => {
            rows_of(s, |row, i| Some(terms::sum(vec![row.at(i), terms::neg(log(over(&row, |k| exp(row.at(k)))?))])))
        }
        ("logsumexp", [s]) => {
            let row = Entries::of(s)?;
            Some(log(over(&row, |k| exp(row.at(k)))?))
        }
        ("entropy", [p]) => {
            let p = Entries::of(p)?;
            Some(terms::neg(over(&p, |k| xlogy(p.at(k), p.at(k)))?))
        }
        ("cross_entropy", [p, q]) => {
            let (p, q) = pair(p, q)?;
            Some(terms::neg(over(&p, |k| xlogy(p.at(k), q.at(k)))?))
        }
        ("kl", [p, q]) => {
            let (p, q) = pair(p, q)?;
            over(&p, |k| xlogy(p.at(k), p.at(k).over(&q.at(k))))
        }
        _ => None,
    }
}

fn exp(x: Expr) -> Expr {
    Expr::apply("exp", vec![x])
}

fn log(x: Expr) -> Expr {
    Expr::apply("log", vec![x])
}

fn xlogy(x: Expr, y: Expr) -> Expr {
    Expr::apply("xlogy", vec![x, y])
}

/// The entries of an array along one index, the indices before it given.
struct Entries {
    array: Expr,
    before: Vec<Expr>,
    size: Expr,
}

impl Entries {
    /// Of a vector or a 1 × n row.
    fn of(array: &Expr) -> Option<Entries> {
        let (before, size) = match array.sort().sizes() {
            [n] => (vec![], n.clone()),
            [one, n] if one.as_int() == Some(1) => (vec![Expr::int(1)], n.clone()),
            _ => return None,
        };
        Some(Entries { array: array.clone(), before, size })
    }

    /// The entry at an index, which stands under as many binders more than the array as its second part says.
    fn at(&self, (k, under): (&Expr, u32)) -> Expr {
        let mut indices: Vec<Expr> = self.before.iter().map(|i| i.shifted(under, 0)).collect();
        indices.push(k.clone());
        self.array.shifted(under, 0).index(indices)
    }
}

fn pair(p: &Expr, q: &Expr) -> Option<(Entries, Entries)> {
    let (p, q) = (Entries::of(p)?, Entries::of(q)?);
    (p.size == q.size).then_some((p, q))
}

/// Σₖ of `term` at the places of the entries.
fn over(entries: &Entries, term: impl Fn((&Expr, u32)) -> Expr) -> Option<Expr> {
    let k = Expr::bound(0, Sort::Integer);
    Some(terms::sigma(Expr::int(1), entries.size.clone(), term((&k, 1))))
}

/// The array of `entry(row, place)` over the places of a vector, or of every row of a matrix.
fn rows_of(array: &Expr, entry: impl Fn(Entries, (&Expr, u32)) -> Option<Expr>) -> Option<Expr> {
    let sizes = array.sort().sizes();
    let lambda = |size: &Expr, body| Expr::bind(Binder::Lambda, Domain::Range(Expr::int(1), size.clone()), body);
    let variable = |index| Expr::bound(index, Sort::Integer);
    match sizes {
        [n] => {
            let row = Entries { array: array.shifted(1, 0), before: vec![], size: n.clone() };
            Some(lambda(n, entry(row, (&variable(0), 0))?))
        }
        [m, n] => {
            let row = Entries { array: array.shifted(2, 0), before: vec![variable(1)], size: n.clone() };
            Some(lambda(m, lambda(n, entry(row, (&variable(0), 0))?)))
        }
        _ => None,
    }
}
