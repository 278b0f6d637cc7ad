//! An equation solved for what occurs once in it.

use crate::algebra::entry::DEPTH_CAP;
use crate::algebra::terms;
use crate::expr::{Expr, Node, Sort, fun};

/// Largest side, in nodes, shared ones counted as often as they stand.
const SIZE_CAP: u64 = 10_000;

/// What `target` (a symbol, or an entry of an array) is by the equation `left = right`, if it occurs just once in it,
/// under invertible steps only: sums, products, reciprocals, odd powers, `√`, `exp`, `log`, `σ`, powers of a number.
/// Equal outer functions `exp`, `log` and equal factors are cancelled first, so that `−log p₁ = −log(a/b)` gives
/// `p₁ = a/b`.
///
/// Where the equation holds and the answer is defined the target has that value; conversely where `√` was undone the
/// other side must be ≥ 0. `None` if the target occurs twice, never, under a binder, or possibly under another name:
/// as a whole array beside an entry of it, or at an index that is no number.
pub fn isolate(left: &Expr, right: &Expr, target: &Expr) -> Option<Expr> {
    if left.depth().max(right.depth()) > DEPTH_CAP || left.size().max(right.size()) > SIZE_CAP {
        return None;
    }
    let (mut left, mut right) = (left.clone(), right.clone());
    match (occurrences(&left, target), occurrences(&right, target)) {
        (1, 0) => {}
        (0, 1) => std::mem::swap(&mut left, &mut right),
        _ => return None,
    }
    if aliased(&left, target) || aliased(&right, target) {
        return None;
    }
    while left != *target {
        (left, right) = match cancelled(&left, &right) {
            Some(smaller) => smaller,
            None => step(&left, &right, target)?,
        };
    }
    Some(right)
}

/// How often the target occurs, counting shared parts as often as they stand; under a binder as often as twice.
fn occurrences(e: &Expr, target: &Expr) -> u32 {
    if e == target {
        return 1;
    }
    let weight = if matches!(e.node(), Node::Bind { .. } | Node::Opaque { .. }) { 2 } else { 1 };
    e.children()
        .into_iter()
        .fold(0u32, |sum, c| sum.saturating_add(occurrences(c, target).saturating_mul(weight)))
        .min(2)
}

/// Whether an array of which the target is an entry occurs beside other numeric entries of it, or the target's own
/// indices are no numbers.
fn aliased(e: &Expr, target: &Expr) -> bool {
    let Some([array, at @ ..]) = target.as_app(fun::INDEX) else {
        return target.as_symbol().is_none();
    };
    let Some(symbol) = array.as_symbol() else { return true };
    if e == target || !e.mentions(symbol) {
        return false;
    }
    if let Some([own, indices @ ..]) = e.as_app(fun::INDEX)
        && own.as_symbol().is_some_and(|s| s.same(symbol))
    {
        let numeric = |at: &[Expr]| at.iter().all(|i| i.as_int().is_some());
        return !numeric(indices) || !numeric(at) || indices.len() != at.len();
    }
    match e.node() {
        Node::Sym(_) | Node::Opaque { .. } => true,
        Node::Call(s, _) if s.same(symbol) => true,
        _ => e.children().into_iter().any(|c| aliased(c, target)),
    }
}

/// Both sides without an equal outermost `exp` or `log`, or equal numeric factors.
fn cancelled(left: &Expr, right: &Expr) -> Option<(Expr, Expr)> {
    for name in ["exp", "log"] {
        if let (Some([a]), Some([b])) = (left.as_app(name), right.as_app(name)) {
            return Some((a.clone(), b.clone()));
        }
    }
    let (a, b) = (left.as_app(fun::MUL)?, right.as_app(fun::MUL)?);
    let (first, second) = (a.first()?, b.first()?);
    if first == second && first.as_num().is_some() && first.as_int() != Some(0) {
        let rest = |args: &[Expr]| terms::product(args.iter().skip(1).cloned().collect());
        return Some((rest(a), rest(b)));
    }
    None
}

/// The outermost function of the left side undone on both.
fn step(left: &Expr, right: &Expr, target: &Expr) -> Option<(Expr, Expr)> {
    let Node::App(f, args) = left.node() else { return None };
    let place = args.iter().position(|a| occurrences(a, target) > 0)?;
    let inner = args.get(place)?.clone();
    if !inner.sort().is_scalar() && *inner.sort() != Sort::Unknown || !right.sort().is_scalar() {
        return (f.name == fun::ADD && inner.sort() == right.sort()).then(|| (inner, moved(args, place, right)));
    }
    let others = || args.iter().enumerate().filter(|(k, _)| *k != place).map(|(_, a)| a.clone());
    let result = match (f.name, args.as_slice()) {
        (fun::ADD, _) => moved(args, place, right),
        (fun::MUL, _) => {
            if others().any(|o| o.as_int() == Some(0) || !o.sort().is_scalar()) {
                return None;
            }
            let mut factors = vec![right.clone()];
            factors.extend(others().map(|o| terms::recip(&o)));
            terms::product(factors)
        }
        (fun::POW, [_, exponent]) if place == 0 => odd_root(right, exponent.as_int()?)?,
        (fun::POW, [base, _]) => {
            let q = base.as_num()?;
            if *q <= crate::num::Rational::from(0) || base.as_int() == Some(1) {
                return None;
            }
            log(right).over(&log(base))
        }
        ("exp", _) => log(right),
        ("log", _) => exp(right),
        ("sqrt", _) => terms::power(right, Expr::int(2)),
        ("sigmoid", _) => {
            let rest = terms::sum(vec![Expr::int(1), terms::neg(right.clone())]);
            log(&terms::product(vec![right.clone(), terms::recip(&rest)]))
        }
        _ => return None,
    };
    Some((inner, result))
}

/// `right` minus all terms but one.
fn moved(args: &[Expr], place: usize, right: &Expr) -> Expr {
    let mut sum = vec![right.clone()];
    for (_, term) in args.iter().enumerate().filter(|(k, _)| *k != place) {
        sum.push(terms::neg(term.clone()));
    }
    terms::sum(sum)
}

/// The number whose `n`-th power it is, for odd `n`: `sign(y)·|y|^{1/n}`.
fn odd_root(y: &Expr, n: i64) -> Option<Expr> {
    match n {
        1 => Some(y.clone()),
        -1 => Some(terms::recip(y)),
        _ if n % 2 != 0 => {
            let root = Expr::num(crate::num::Rational::new(1, n)?);
            let size = Expr::apply("abs", vec![y.clone()]).pow(root);
            Some(terms::product(vec![Expr::apply("sign", vec![y.clone()]), size]))
        }
        _ => None,
    }
}

fn log(x: &Expr) -> Expr {
    match x.as_app("exp") {
        Some([inner]) => inner.clone(),
        _ => Expr::apply("log", vec![x.clone()]),
    }
}

fn exp(x: &Expr) -> Expr {
    match x.as_app("log") {
        Some([inner]) => inner.clone(),
        _ => Expr::apply("exp", vec![x.clone()]),
    }
}
