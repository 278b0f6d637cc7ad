//! Simplification of sums and products rule by rule; the second half of [`crate::algebra::stepwise`].

use crate::algebra::stepwise::{Rule, everywhere, product, sum};
use crate::algebra::terms::{has_variable, power};
use crate::expr::{Binder, Domain, Expr, Node, fun};

/// The rules of simplification.
pub const SIMPLIFICATION: &[Rule] = &[
    Rule {
        name: "sum.delta",
        says: "Σ_k f_k δ_kj = f_j, j in the range",
        reference: "Graham, Knuth & Patashnik, Concrete Mathematics, 2.4",
    },
    Rule {
        name: "sum.expand",
        says: "a (b + c) = a b + a c, under Σ",
        reference: "Graham, Knuth & Patashnik, Concrete Mathematics, 2.3",
    },
    Rule {
        name: "sum.split",
        says: "Σ_k (f_k + g_k) = Σ_k f_k + Σ_k g_k",
        reference: "Graham, Knuth & Patashnik, Concrete Mathematics, 2.3",
    },
    Rule {
        name: "sum.factor",
        says: "Σ_k c f_k = c Σ_k f_k",
        reference: "Graham, Knuth & Patashnik, Concrete Mathematics, 2.3",
    },
    Rule {
        name: "sum.one",
        says: "Σ_k y_k = 1 for a one-hot vector or a distribution",
        reference: "the definition of the given",
    },
    Rule { name: "log.exp", says: "log eᵘ = u", reference: "DLMF 4.2" },
    Rule { name: "log.product", says: "log(a b) = log a + log b, log aⁿ = n log a, a, b > 0", reference: "DLMF 4.8" },
    Rule { name: "log.one", says: "log 1 = 0", reference: "DLMF 4.2" },
    Rule { name: "cancel", says: "a / a = 1, a ≠ 0", reference: "DLMF 1.2" },
];

/// The first rule that applies, at every place where it does.
pub(super) fn step(e: &Expr, givens: &[Expr]) -> Option<(&'static str, Expr)> {
    let mut chosen = None;
    let next = everywhere(e, &mut chosen, &mut |x| match x.node() {
        Node::Bind { binder: Binder::Sum, domain, body } => in_sum(domain, body, givens),
        Node::App(f, args) if f.name == fun::MUL => cancelled(args).map(|e| ("cancel", e)),
        _ => None,
    });
    chosen.map(|name| (name, next))
}

/// Logarithms of products, powers and exponentials taken apart.
pub(super) fn logarithms(e: &Expr) -> Option<(&'static str, Expr)> {
    let mut chosen = None;
    let next = everywhere(e, &mut chosen, &mut |x| logarithm(x.as_app("log")?.first()?));
    chosen.map(|name| (name, next))
}

/// log of a product, a power or an exponential.
fn logarithm(u: &Expr) -> Option<(&'static str, Expr)> {
    let log = |x: &Expr| Expr::apply("log", vec![x.clone()]);
    match u.node() {
        Node::Num(q) if *q == crate::num::Rational::from(1) => Some(("log.one", Expr::int(0))),
        Node::App(f, args) => match (f.name, args.as_slice()) {
            ("exp", [x]) => Some(("log.exp", x.clone())),
            (fun::MUL, _) => {
                let term = |a: &Expr| match a.as_app(fun::POW) {
                    Some([b, n]) if n.as_num().is_some() => product(vec![n.clone(), log(b)]),
                    _ => log(a),
                };
                Some(("log.product", sum(args.iter().map(term).collect())))
            }
            (fun::POW, [b, n]) if n.as_num().is_some() => Some(("log.product", product(vec![n.clone(), log(b)]))),
            _ => None,
        },
        _ => None,
    }
}

fn factors(e: &Expr) -> Vec<Expr> {
    e.as_app(fun::MUL).map_or_else(|| vec![e.clone()], <[Expr]>::to_vec)
}

/// The index that a δ of the summation variable fixes.
fn fixed_by(delta: &Expr) -> Option<Expr> {
    let [a, b] = delta.as_app("delta")? else { return None };
    let is_variable = |e: &Expr| matches!(e.node(), Node::Bound { index: 0, .. });
    let other = if is_variable(a) { b } else { a };
    ((is_variable(a) || is_variable(b)) && !has_variable(other, 0)).then(|| other.clone())
}

fn has_delta(e: &Expr) -> bool {
    e.any(&mut |x| x.as_app("delta").is_some())
}

fn in_sum(domain: &Domain, body: &Expr, givens: &[Expr]) -> Option<(&'static str, Expr)> {
    let again = |body: Expr| Expr::bind(Binder::Sum, domain.clone(), body);
    let list = factors(body);
    if let Some((at, place)) = list.iter().enumerate().find_map(|(i, f)| Some((i, fixed_by(f)?))) {
        let rest = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, f)| f.clone()).collect();
        return Some(("sum.delta", product(rest).instantiated(&lowered(&place))));
    }
    if let Some(terms) = body.as_app(fun::ADD)
        && (terms.iter().any(has_delta) || terms.iter().any(|t| weighted(t, domain, givens)))
    {
        return Some(("sum.split", sum(terms.iter().map(|t| again(t.clone())).collect())));
    }
    if let Some((at, terms)) = list.iter().enumerate().find_map(|(i, f)| Some((i, f.as_app(fun::ADD)?)))
        && (terms.iter().any(has_delta) || spreads(&list, at, terms, domain, givens))
    {
        let spread = terms.iter().map(|t| {
            product(list.iter().enumerate().map(|(i, f)| if i == at { t.clone() } else { f.clone() }).collect())
        });
        return Some(("sum.expand", again(sum(spread.collect()))));
    }
    if is_one(domain, body, givens) {
        return Some(("sum.one", Expr::int(1)));
    }
    let (varying, constant): (Vec<Expr>, Vec<Expr>) = list.into_iter().partition(|f| has_variable(f, 0));
    if !constant.is_empty() && !varying.is_empty() {
        let mut out: Vec<Expr> = constant.iter().map(lowered).collect();
        out.push(again(Expr::apply(fun::MUL, varying)));
        return Some(("sum.factor", product(out)));
    }
    None
}

/// Whether a term is a constant times the entries of a vector that sums to one.
fn weighted(term: &Expr, domain: &Domain, givens: &[Expr]) -> bool {
    let (varying, constant): (Vec<Expr>, Vec<Expr>) = factors(term).into_iter().partition(|f| has_variable(f, 0));
    !constant.is_empty() && matches!(varying.as_slice(), [y] if is_one(domain, y, givens))
}

/// Whether to multiply out `y_k (a_k + c)`: the weights sum to one, and a term is constant.
fn spreads(list: &[Expr], at: usize, terms: &[Expr], domain: &Domain, givens: &[Expr]) -> bool {
    let others = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, f)| f);
    let varying: Vec<&Expr> = others.filter(|f| has_variable(f, 0)).collect();
    matches!(varying.as_slice(), [y] if is_one(domain, y, givens)) && terms.iter().any(|t| !has_variable(t, 0))
}

/// An expression that does not mention the variable, outside of its binder.
fn lowered(e: &Expr) -> Expr {
    e.instantiated(&Expr::int(0))
}

/// Whether it is the sum over all entries of a vector that the givens make one.
fn is_one(domain: &Domain, body: &Expr, givens: &[Expr]) -> bool {
    let (Domain::Range(low, high), Some([array, at])) = (domain, body.as_app(fun::INDEX)) else { return false };
    let array = lowered(array);
    let whole = low.as_int() == Some(1) && array.sort().sizes() == std::slice::from_ref(high);
    whole
        && array.is_closed()
        && matches!(at.node(), Node::Bound { index: 0, .. })
        && givens
            .iter()
            .any(|g| ["one_hot", "distribution"].iter().any(|t| g.as_app(t) == Some(std::slice::from_ref(&array))))
}

/// The product with what stands above and below the line taken out.
fn cancelled(args: &[Expr]) -> Option<Expr> {
    let mut parts: Vec<(Expr, i64)> = vec![];
    for f in args {
        match f.as_app(fun::POW) {
            Some([base, n]) if n.as_int().is_some() => {
                let n = n.as_int()?;
                parts.extend(factors(base).into_iter().map(|b| (b, n)));
            }
            _ => parts.push((f.clone(), 1)),
        }
    }
    let mut joined: Vec<(Expr, i64)> = vec![];
    let mut met = false;
    for (base, n) in parts {
        match joined.iter_mut().find(|(b, _)| *b == base && b.as_num().is_none()) {
            Some(old) => {
                met |= (old.1 < 0) != (n < 0);
                old.1 = old.1.checked_add(n)?;
            }
            None => joined.push((base, n)),
        }
    }
    met.then(|| product(joined.into_iter().map(|(b, n)| power(&b, Expr::int(n))).collect()))
}
