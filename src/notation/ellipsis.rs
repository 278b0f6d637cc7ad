//! Dots: `1 + 2 + \cdots + n`, `x_1 x_2 \cdots x_n`, `(x_1, \ldots, x_n)`.
//!
//! The parts beside the dots are compared: where they differ by one number, and by the same in every place, the dots are a
//! sum, product or array over a range. Parts written before have to be of that pattern. What has no such pattern stays
//! open.

use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};
use crate::notation::endless::series;
use crate::notation::reader::Reader;
use crate::notation::set::as_integer;

/// The general part g(k) between two parts, with the ends of k.
struct Pattern {
    variable: Symbol,
    body: Expr,
    low: i64,
    high: Expr,
    /// The parts differ as wholes: `2 + \cdots + n`.
    bare: bool,
}

/// What the general part is, if two parts differ in one number only.
fn pattern(first: &Expr, last: &Expr) -> Option<Pattern> {
    let variable = Symbol::new("k\u{2060}", Sort::Integer);
    let mut pairs = vec![];
    let body = merged(first, last, &Expr::sym(variable.clone()), &mut pairs)?;
    pairs.dedup();
    let [(a, b)] = pairs.as_slice() else { return None };
    let bare = body.as_symbol().is_some();
    // `t - 1, …, t - p` runs from 1 to p.
    let (low, high, body) = match (a.as_int()?, b) {
        (n, _) if n < 0 => {
            let variable = Expr::sym(variable.clone());
            (-n, negated(b), merged(first, last, &-variable, &mut vec![])?)
        }
        (n, b) => (n, b.clone(), body),
    };
    let plain = |e: &Expr| e.as_symbol().is_some() || e.as_num().is_some();
    let end = plain(&high) || matches!(high.as_app(fun::ADD), Some(args) if args.iter().all(plain));
    let low_enough = high.as_int().is_none_or(|h| low < h);
    (end && low_enough).then(|| Pattern { variable, body, low, high: as_integer(&high), bare })
}

/// `1 + 3 + \cdots + (2n - 1)`: numbers in equal steps up to one that is a step times a number from another: k from 1 on.
fn stepped(before: &[Expr], last: &Expr) -> Option<Pattern> {
    let numbers: Vec<i64> = before.iter().map(Expr::as_int).collect::<Option<_>>()?;
    let ([first, second, ..], variable) = (numbers.as_slice(), Symbol::new("k\u{2060}", Sort::Integer)) else {
        return None;
    };
    let step = second.checked_sub(*first)?;
    let even = numbers.windows(2).all(|w| matches!(w, [a, b] if b.checked_sub(*a) == Some(step)));
    let names = last.symbols();
    let mut names = names.iter();
    let (Some(n), None) = (names.next(), names.next()) else { return None };
    let at = |k: i64| whole(&last.substituted(n, &Expr::int(k)));
    let body = last.substituted(n, &Expr::sym(variable.clone()));
    let matching = (1_i64..).zip(&numbers).all(|(k, value)| at(k) == Some(*value));
    let high = as_integer(&Expr::sym(n.clone()));
    (step.abs() > 1 && even && matching).then_some(Pattern { variable, body, low: 1, high, bare: true })
}

/// The value of sums and products of whole numbers.
fn whole(e: &Expr) -> Option<i64> {
    let parts = || e.children().into_iter().map(whole);
    match e.node() {
        Node::App(f, _) if f.name == fun::ADD => parts().try_fold(0_i64, |all, x| all.checked_add(x?)),
        Node::App(f, _) if f.name == fun::MUL => parts().try_fold(1_i64, |all, x| all.checked_mul(x?)),
        _ => e.as_int(),
    }
}

/// Both expressions with `variable` in the places where they differ; `None` if they differ in more than leaves.
fn merged(a: &Expr, b: &Expr, variable: &Expr, pairs: &mut Vec<(Expr, Expr)>) -> Option<Expr> {
    if a == b {
        return Some(a.clone());
    }
    if let Some((base, low, high)) = powers(a, b) {
        let pair = (low, high);
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
        return Some(base.pow(variable.clone()));
    }
    let alike = match (a.node(), b.node()) {
        (Node::App(f, x), Node::App(g, y)) => f == g && x.len() == y.len(),
        (Node::Call(f, x), Node::Call(g, y)) => f.same(g) && x.len() == y.len(),
        _ => false,
    };
    if alike && !a.children().is_empty() {
        let children = a.children().into_iter().zip(b.children()).map(|(x, y)| merged(x, y, variable, pairs));
        return Some(a.with_children(children.collect::<Option<Vec<_>>>()?));
    }
    let pair = (a.clone(), b.clone());
    if !pairs.contains(&pair) {
        pairs.push(pair);
    }
    (a.as_int().is_some()).then(|| variable.clone())
}

fn negated(e: &Expr) -> Expr {
    match e.as_app(fun::MUL) {
        Some([sign, rest]) if sign.as_int() == Some(-1) => rest.clone(),
        _ => -e.clone(),
    }
}

/// Base and exponents of two powers of which the first is written without its exponent, 0 or 1: `1, …, x^n` and
/// `x, …, x^n`.
fn powers(a: &Expr, b: &Expr) -> Option<(Expr, Expr, Expr)> {
    let [base, high] = b.as_app(fun::POW)? else { return None };
    let low = if a == base {
        1
    } else if a.as_int() == Some(1) {
        0
    } else {
        return None;
    };
    high.as_num().is_none().then(|| (base.clone(), Expr::int(low), high.clone()))
}

impl Pattern {
    fn at(&self, k: i64) -> Expr {
        let e = self.body.substituted(&self.variable, &Expr::int(k));
        e.transform(&mut |x, _| match x.as_app(fun::POW) {
            Some([base, n]) if whole(n) == Some(1) => Some(base.clone()),
            Some([_, n]) if whole(n) == Some(0) => Some(Expr::int(1)),
            _ => None,
        })
    }

    /// Takes in the parts before the dots, last one first, as far as they are of the pattern; `None` if the nearest is not.
    fn extended(mut self, before: &[Expr]) -> Option<(Pattern, usize)> {
        let fitting = before.iter().rev().take_while(|part| {
            let next = self.at(self.low - 1);
            let fits = next == **part;
            self.low -= i64::from(fits);
            fits
        });
        let taken = fitting.count();
        (taken > 0 || before.is_empty() && !self.bare).then_some((self, taken))
    }

    fn over(&self, binder: Binder) -> Expr {
        let range = Domain::Range(Expr::int(self.low), self.high.clone());
        Expr::bind(binder, range, self.body.abstracted(&self.variable, Sort::Integer))
    }
}

/// The general part of a row or a column between dots, and the range of its variable: all parts before the dots are of
/// the pattern. Without a range: all parts are the same.
pub(super) fn along(before: &[Expr], last: &Expr, variable: &Symbol) -> Option<(Option<Domain>, Expr)> {
    if before.iter().all(|part| part == last) {
        return Some((None, last.clone()));
    }
    let (nearest, earlier) = before.split_last()?;
    let (found, taken) = pattern(nearest, last)?.extended(earlier)?;
    let body = found.body.substituted(&found.variable, &Expr::sym(variable.clone()));
    (taken == earlier.len()).then_some((Some(Domain::Range(Expr::int(found.low), found.high)), body))
}

impl Reader<'_> {
    /// Parts, dots after `dots` of them, and parts, put together: by a binder with what is left over, or open.
    pub(crate) fn with_dots(&mut self, parts: &[Expr], dots: usize, binder: Binder) -> Expr {
        let (before, after) = parts.split_at(dots.min(parts.len()));
        if let ([last], Binder::Sum) = (after, binder)
            && let Some(steps) = stepped(before, last)
        {
            return steps.over(binder);
        }
        if let ([], Binder::Sum) = (after, binder)
            && let Some(endless) = series(before)
        {
            return endless;
        }
        let found = match (before.split_last(), after.first()) {
            (Some((first, earlier)), Some(last)) => {
                pattern(first, last).and_then(|p| p.extended(earlier)).map(|(p, taken)| {
                    (p.over(binder), earlier.get(..earlier.len() - taken).unwrap_or(&[]), after.get(1..).unwrap_or(&[]))
                })
            }
            _ => None,
        };
        let row = match binder {
            Binder::Sum => fun::ADD,
            Binder::Product => fun::MUL,
            _ => "",
        };
        match found {
            Some((e, [], [])) => e,
            Some((e, earlier, later)) if !row.is_empty() => {
                Expr::apply(row, earlier.iter().cloned().chain([e]).chain(later.iter().cloned()).collect())
            }
            _ => {
                let (open, sign, close) = match binder {
                    Binder::Sum => ("(", " + ", ")"),
                    Binder::Product => ("(", " · ", ")"),
                    _ => ("(", ", ", ")"),
                };
                let place = PLACE.to_string();
                let mut places: Vec<&str> = vec![place.as_str(); parts.len()];
                places.insert(dots.min(parts.len()), "⋯");
                let name = format!("{open}{}{close}", places.join(sign));
                self.fixed(&name, parts.to_vec(), &[])
            }
        }
    }
}
