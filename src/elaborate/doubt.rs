//! Relations that fix what their symbols are, or hold some of them fixed, and do not say so.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::claim::{Claim, Definition};
use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};
use crate::message::Message;

/// What is given of arrays whose entries have a known sum.
const SUMS: &[&str] = &["distribution", "one_hot"];

/// What leaves open what a claim says: a symbol is normalised here, may be meant to stay fixed, or
/// factors a matrix.
pub(super) fn doubtful(claim: &Claim) -> Option<Message> {
    let about = |key, s: Symbol| Message::new(key).with("symbol", Expr::sym(s));
    let normalised = normalised(claim).map(|s| about("reason-normalised", s));
    let factored = || factored(claim).map(|s| about("reason-factored", s));
    normalised.or_else(|| held_fixed(claim).map(|s| about("reason-held-fixed", s))).or_else(factored)
}

/// Letters of numbers of things.
const COUNTS: &[&str] = &["n", "N", "m", "M", "k", "K", "T", "C", "d", "D"];

/// `\sum_i (x_i - \bar{x})^2 = \sum_i x_i^2 - n \bar{x}^2`: a number of terms that nothing names, beside a number that may be
/// it.
pub(super) fn uncounted(claim: &Claim, written: &BTreeSet<Arc<str>>) -> Option<Symbol> {
    let mut unnamed = None;
    claim.unfolded.any(&mut |x| {
        if let Node::Bind { domain: Domain::Range(_, high), .. } = x.node() {
            unnamed = unnamed.take().or_else(|| high.as_symbol().filter(|s| !written.contains(&s.name)).cloned());
        }
        unnamed.is_some()
    });
    let count = |s: &Symbol| s.sort.is_scalar() && COUNTS.contains(&&*s.name) && written.contains(&s.name);
    unnamed.filter(|_| claim.unfolded.symbols().iter().any(count))
}

/// A size of arrays that a definition gives a value: `d = 3` of an example, and vectors of length d.
pub(super) fn sized(claim: &Claim) -> Option<&Definition> {
    let sizes: Vec<Expr> = claim.unfolded.symbols().iter().flat_map(|s| s.sort.sizes().to_vec()).collect();
    claim.definitions.iter().find(|d| sizes.iter().any(|size| size.mentions(&d.head)))
}

/// The matrix around what a definition factors, `Σ = U Λ Uᵀ`, where nothing says what it is: by custom it is orthogonal.
fn factored(claim: &Claim) -> Option<Symbol> {
    let declared =
        |s: &Symbol| claim.givens.iter().any(|g| g.line.is_some() && g.fact.as_ref().is_some_and(|f| f.mentions(s)));
    let around = |e: &Expr| match e.as_app(fun::MUL) {
        Some([first, .., last]) => {
            let turned = last.as_app("transpose").and_then(<[Expr]>::first);
            let matrix = first.as_symbol().filter(|s| s.sort.sizes().len() == 2 && Some(first) == turned);
            matrix.filter(|s| !declared(s)).cloned()
        }
        _ => None,
    };
    let mut found = None;
    let bodies = claim.definitions.iter().map(|d| &d.body);
    bodies.into_iter().any(|body| {
        body.any(&mut |e| {
            found = found.take().or_else(|| around(e));
            found.is_some()
        })
    });
    found
}

/// The array in `Σ f(x) = 1` of whose sum nothing is given: the equation says what it is.
fn normalised(claim: &Claim) -> Option<Symbol> {
    let [left, right] = claim.unfolded.as_app(fun::EQ)? else { return None };
    let sum = match (left.as_int(), right.as_int()) {
        (None, Some(1)) => left,
        (Some(1), None) => right,
        _ => return None,
    };
    let mut body = sum;
    while let Node::Bind { binder: Binder::Sum, body: inner, .. } = body.node() {
        body = inner;
    }
    let array = body.as_app(fun::INDEX).filter(|_| body != sum)?.first()?.as_symbol()?;
    let has_sum = |e: &Expr| e.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Sum, .. }));
    let told = |fact: &Expr| fact.mentions(array) && (SUMS.iter().any(|s| fact.as_app(s).is_some()) || has_sum(fact));
    let given = claim.givens.iter().filter_map(|g| g.fact.as_ref()).any(told);
    (!given).then(|| array.clone())
}

/// `d/dμ (y − μ)²` where y = μ + ε: who writes both may mean that y, which was observed, stays as it is.
fn held_fixed(claim: &Claim) -> Option<Symbol> {
    let mut found = None;
    claim.relation.any(&mut |e| {
        if let Some([body, place]) = e.as_app("partial") {
            let variable = place.as_app(fun::INDEX).and_then(<[Expr]>::first).unwrap_or(place).as_symbol();
            let depends = |v: &Symbol| {
                let both = claim.definitions.iter().filter(|d| d.params.is_empty() && body.mentions(&d.head));
                both.filter(|d| d.body.mentions(v)).map(|d| d.head.clone()).next()
            };
            found = variable.filter(|v| says(body, v)).and_then(depends);
        }
        found.is_some()
    });
    found
}

/// Whether a symbol stands in an expression, and not only behind a derivative as what it is by.
fn says(e: &Expr, symbol: &Symbol) -> bool {
    match e.as_app("partial") {
        Some([body, _]) => says(body, symbol),
        _ => e.as_symbol().is_some_and(|s| s.same(symbol)) || e.children().into_iter().any(|c| says(c, symbol)),
    }
}

/// Letters of probabilities and weights.
pub(super) fn is_weight(name: &str) -> bool {
    let plain = name.trim_start_matches("\\hat{").trim_start_matches("\\mathbf{").trim_end_matches('}');
    matches!(plain, "p" | "q" | "P" | "Q" | "\\pi" | "w" | "\\alpha" | "\\lambda")
}

/// Functions of an array that are linear in it, or depend on its length alone.
const LENGTHS: &[&str] = &[fun::EQ, fun::ADD, fun::MUL, "transpose", "dot", "norm", "gradient", "partial", "inverse"];

/// Whether it may matter for a relation that the entries of an array add up to 1: it adds them up, bounds something, or
/// takes more of the array than products and lengths.
pub(super) fn may_add_up(relation: &Expr, array: &Symbol) -> bool {
    let adds = |x: &Expr| match x.node() {
        Node::Bind { binder: Binder::Derivative, .. } => false,
        Node::Bind { body, .. } => body.mentions(array),
        Node::App(f, _) if f.name == "ones" => true,
        Node::App(f, args) => !LENGTHS.contains(&f.name) && args.iter().any(|a| !a.sort().is_scalar()),
        Node::Call(..) | Node::Opaque { .. } => x.mentions(array),
        _ => false,
    };
    relation.as_app(fun::EQ).is_none() || relation.any(&mut |x| adds(x))
}

/// Whether a factor stands behind a product, `\prod_i y_i\, c`: who writes so may mean it in the product.
pub(super) fn stands_behind(e: &Expr) -> bool {
    e.any(&mut |x| {
        let product = |f: &Expr| matches!(f.node(), Node::Bind { binder: Binder::Product, .. });
        let first = x.as_app(fun::MUL).and_then(|factors| Some((factors, factors.iter().position(product)?)));
        first.is_some_and(|(factors, at)| factors.iter().skip(at + 1).any(|f| !product(f)))
    })
}
