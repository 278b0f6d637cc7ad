//! Sums and products up to the laws that notation takes for granted: brackets, the order of terms, scalars in front.

use crate::algebra::entry::DEPTH_CAP;
use crate::expr::{Expr, Node, fun};
use crate::num::Rational;

/// One form for all ways to set brackets in sums and products, to order terms, and to place scalars among matrices.
///
/// Sums and products are flat; terms are in order; a product has a number first, then its scalars in order, then its
/// arrays as they come. Where a run of factors makes a number, as `xᵀ y` does, it is a product of its own among the
/// scalars. Two expressions of one form that are both well sorted ([`well_sorted`]) have one value: `+` is associative
/// and commutative, the matrix product is associative, scalars commute with everything, 1 is neutral.
pub fn regroup(e: &Expr) -> Expr {
    if e.depth() > DEPTH_CAP {
        return e.clone();
    }
    let children: Vec<Expr> = e.children().into_iter().map(regroup).collect();
    match e.node() {
        Node::App(f, _) if f.name == fun::ADD => sum(*f, children),
        Node::App(f, _) if f.name == fun::MUL => product(*f, children).unwrap_or_else(|| e.clone()),
        Node::App(f, _) if f.name == fun::POW => power(&children).unwrap_or_else(|| Expr::new(Node::App(*f, children))),
        Node::App(f, _) => Expr::new(Node::App(*f, children)),
        _ => e.with_children(children),
    }
}

/// Whether every part has a sort, and what asks for a matrix has one.
pub fn well_sorted(e: &Expr) -> bool {
    !e.any(&mut |x| match x.node() {
        Node::App(f, args) => {
            let square = matches!(f.name, "trace" | "det" | "inverse");
            *x.sort() == crate::expr::Sort::Unknown || square && !args.iter().all(is_square)
        }
        Node::Sym(_) | Node::Opaque { .. } => *x.sort() == crate::expr::Sort::Unknown,
        _ => false,
    })
}

/// Whether it is a matrix with as many rows as columns.
pub(crate) fn is_square(e: &Expr) -> bool {
    matches!(e.sort().sizes(), [m, n] if m == n)
}

/// The scalars and the arrays of a product, brackets dissolved; of anything else, itself alone.
pub(crate) fn factors(e: &Expr) -> (Vec<Expr>, Vec<Expr>) {
    let all = match e.as_app(fun::MUL) {
        Some(args) => args.to_vec(),
        None => vec![e.clone()],
    };
    all.into_iter().partition(|f| f.sort().is_scalar())
}

/// A small power of a number or of a square matrix as a product.
fn power(args: &[Expr]) -> Option<Expr> {
    let [base, exponent] = args else { return None };
    let n = exponent.as_int().filter(|n| (2..=4).contains(n) && (is_square(base) || base.sort().is_scalar()))?;
    product(fun::by_name(fun::MUL)?, vec![base.clone(); usize::try_from(n).ok()?])
}

fn sum(add: fun::Fun, terms: Vec<Expr>) -> Expr {
    let mut flat = vec![];
    for term in terms {
        match term.as_app(fun::ADD) {
            Some(inner) => flat.extend(inner.iter().cloned()),
            None => flat.push(term),
        }
    }
    flat.sort();
    match flat.len() {
        1 => flat.swap_remove(0),
        _ => Expr::new(Node::App(add, flat)),
    }
}

fn product(mul: fun::Fun, given: Vec<Expr>) -> Option<Expr> {
    let mut flat = vec![];
    for factor in given {
        match factor.as_app(fun::MUL) {
            Some(inner) if !is_group(&factor) => flat.extend(inner.iter().cloned()),
            _ => flat.push(factor),
        }
    }
    let (mut number, mut scalars, mut runs): (Rational, Vec<Expr>, Vec<Vec<Expr>>) =
        (Rational::from(1), vec![], vec![]);
    for factor in flat {
        if let Some(q) = factor.as_num() {
            number *= q.clone();
        } else if factor.sort().is_scalar() {
            scalars.push(factor);
        } else {
            let (rows, _) = factor.sort().rows_columns()?;
            let narrow = runs.last().is_some_and(|r: &Vec<Expr>| r.last().is_some_and(is_narrow));
            match runs.last_mut() {
                Some(run) if !(narrow && rows.as_int() == Some(1)) => run.push(factor),
                _ => runs.push(vec![factor]),
            }
            if runs.last().is_some_and(|r| r.len() > 1 && group(mul, r).sort().is_scalar()) {
                scalars.extend(runs.pop().map(|r| group(mul, &r)));
            }
        }
    }
    scalars.sort();
    let one = number == Rational::from(1);
    let mut all: Vec<Expr> = if one { vec![] } else { vec![Expr::num(number)] };
    all.append(&mut scalars);
    all.extend(runs.into_iter().flatten());
    Some(match all.len() {
        0 => Expr::int(1),
        1 => all.swap_remove(0),
        _ => Expr::new(Node::App(mul, all)),
    })
}

/// A product of arrays that is a number.
fn is_group(e: &Expr) -> bool {
    e.sort().is_scalar() && e.as_app(fun::MUL).is_some_and(|f| f.iter().all(|x| !x.sort().sizes().is_empty()))
}

fn group(mul: fun::Fun, run: &[Expr]) -> Expr {
    Expr::new(Node::App(mul, run.to_vec()))
}

fn is_narrow(e: &Expr) -> bool {
    e.sort().rows_columns().is_some_and(|(_, columns)| columns.as_int() == Some(1))
}
