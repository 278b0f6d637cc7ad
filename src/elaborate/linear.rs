//! Means and integrals that are read as a whole: constant factors stand before them, and those of a sum are sums.
//!
//! `\int c f(x) \, dx`, `\langle a x + b \rangle_{p(x)}`, E[A X Xᵀ Aᵀ] with a random vector X. What each is stays open; that
//! it is linear is all that is used (Billingsley, Probability and Measure, 16 and 21), where the parts have values.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::moment::inside_and_outside;
use crate::algebra::regroup;
use crate::elaborate::sorts::{array_mean, mean};
use crate::elaborate::support::product;
use crate::expr::{Expr, Node, PLACE, Sort, Symbol, fun};

/// What is used where a mean or an integral is taken apart.
pub(super) const LINEAR: &str = "means and integrals as linear operators, where the parts have values";

/// Most terms that one body is multiplied out to.
const TERMS: usize = 48;

/// What is constant for an operator.
enum Held {
    /// All but these variables.
    But(Vec<Symbol>),
    /// What stands outside of every mean of the relation, too.
    Outside,
}

/// The relation with every such mean and integral taken apart; `None` where that changes nothing. What the words call
/// random is no constant, wherever it stands.
pub(super) fn taken_apart(relation: &Expr, random: &dyn Fn(&str) -> bool) -> Option<Expr> {
    if !relation.any(&mut |x| operator(x).is_some()) {
        return None;
    }
    let outside: BTreeSet<Symbol> = outside(relation).into_iter().filter(|s| !random(&s.name)).collect();
    let result = named(&apart(&defined(relation), &outside));
    (result != *relation).then_some(result)
}

/// The operator with its body.
fn operator(e: &Expr) -> Option<(&Symbol, &Expr, Held)> {
    let Node::Call(f, args) = e.node() else { return None };
    let (body, rest) = args.split_first()?;
    let name = &*f.name;
    if name == array_mean() {
        return Some((f, body, Held::Outside));
    }
    let symbols = || rest.iter().filter_map(|a| a.as_symbol().cloned());
    let integral = ["\\int", "\\iint", "\\iiint"].iter().any(|sign| name.starts_with(sign));
    if integral && name.contains(&format!(" {PLACE} d{PLACE}")) {
        let count = name.matches(&format!(" d{PLACE}")).count();
        return Some((f, body, Held::But(symbols().take(count).collect())));
    }
    let bound = |s: &Symbol| s.name.ends_with('\u{2060}');
    if name.starts_with("\\mathbb{E}_{")
        && (name.ends_with(&format!("[{PLACE}]")) || name.ends_with(&format!("({PLACE})")))
    {
        let variables: Vec<Symbol> = body.symbols().into_iter().filter(bound).collect();
        return (!variables.is_empty()).then_some((f, body, Held::But(variables)));
    }
    let average = name.starts_with(&format!("\\langle {PLACE} \\rangle_"));
    (average && rest.iter().any(|a| a.as_symbol().is_some_and(bound)))
        .then(|| (f, body, Held::But(symbols().filter(bound).collect())))
}

/// Covariance matrices by their definition.
fn defined(e: &Expr) -> Expr {
    let children: Vec<Expr> = e.children().into_iter().map(defined).collect();
    let e = if children.is_empty() { e.clone() } else { e.with_children(children) };
    let Node::Call(f, args) = e.node() else { return e };
    let named = ["Cov", "\\mathrm{Cov}", "\\mathrm{Var}", "\\operatorname{Cov}"]
        .iter()
        .any(|name| [["(", ")"], ["[", "]"]].iter().any(|[a, b]| *f.name == *format!("{name}{a}{PLACE}{b}")));
    match args.as_slice() {
        [x] if named && x.sort().sizes().len() == 1 => {
            let gap = x.clone() - mean(x);
            mean(&(gap.clone() * Expr::apply("transpose", vec![gap])))
        }
        _ => e,
    }
}

/// Symbols outside of all means.
fn outside(relation: &Expr) -> BTreeSet<Symbol> {
    let shut = relation.transform(&mut |x, _| match operator(x) {
        Some((.., Held::Outside)) => Some(Expr::int(0)),
        _ => None,
    });
    inside_and_outside(&shut).1
}

fn apart(e: &Expr, outside: &BTreeSet<Symbol>) -> Expr {
    let children: Vec<Expr> = e.children().into_iter().map(|c| apart(c, outside)).collect();
    let e = if children.is_empty() { e.clone() } else { e.with_children(children) };
    let Some((f, body, held)) = operator(&e) else { return e };
    if !body.is_closed() {
        return e;
    }
    let still = |s: &Symbol| match &held {
        _ if s.sort == Sort::Integer => true,
        // `p(x, y)` may depend on anything.
        _ if s.name.contains('(') && !s.is_notation() => false,
        Held::But(variables) => !variables.iter().any(|v| v.same(s)),
        Held::Outside => outside.contains(s),
    };
    let constant = |x: &Expr| is_constant(x, &still);
    let Some(parts) = terms(body) else { return e };
    let again = |core: &Expr| -> Option<Expr> {
        match held {
            Held::Outside => Some(mean(core)),
            Held::But(_) => {
                let Node::Call(_, args) = e.node() else { return None };
                let rest = args.iter().skip(1).cloned();
                Some(Expr::new(Node::Call(f.clone(), std::iter::once(core.clone()).chain(rest).collect())))
            }
        }
    };
    let unit = matches!(held, Held::Outside);
    let taken: Option<Vec<Expr>> = parts.iter().map(|t| term(t, unit, &constant, &again)).collect();
    taken.map_or(e, |t| Expr::apply(fun::ADD, t))
}

/// Whether nothing in it varies; a mean does not.
fn is_constant(x: &Expr, still: &dyn Fn(&Symbol) -> bool) -> bool {
    if matches!(operator(x), Some((.., Held::Outside))) || x.as_app("expectation").is_some() {
        return true;
    }
    match x.node() {
        Node::Sym(s) => still(s),
        Node::Call(f, args) => (still(f) || f.is_notation()) && args.iter().all(|a| is_constant(a, still)),
        _ => x.children().into_iter().all(|c| is_constant(c, still)),
    }
}

/// Means of arrays as names: whatever else they are, they are arrays.
fn named(e: &Expr) -> Expr {
    let mut names: BTreeMap<Expr, Symbol> = BTreeMap::new();
    e.transform(&mut |x, _| {
        let (.., body, Held::Outside) = operator(x).filter(|_| x.is_closed())? else { return None };
        let new = || {
            let mut name = format!("\\mathrm{{E}}[{body}]");
            while names.values().any(|s| *s.name == *name) {
                name.push('\u{2032}');
            }
            Symbol::new(&name, x.sort().clone())
        };
        let symbol = names.get(x).cloned().unwrap_or_else(new);
        names.insert(x.clone(), symbol.clone());
        Some(Expr::sym(symbol))
    })
}

/// One term: its constant factors, and the operator on the others; on 1 it is 1 if it is a `unit` of constants.
fn term(
    factors: &[Expr],
    unit: bool,
    constant: &dyn Fn(&Expr) -> bool,
    again: &dyn Fn(&Expr) -> Option<Expr>,
) -> Option<Expr> {
    let (scalars, row): (Vec<Expr>, Vec<Expr>) = factors.iter().cloned().partition(|x| x.sort().is_scalar());
    let (mut out, mut within): (Vec<Expr>, Vec<Expr>) = scalars.into_iter().partition(constant);
    let from = row.iter().position(|x| !constant(x)).unwrap_or(row.len());
    let to = row.iter().rposition(|x| !constant(x)).map_or(from, |at| at + 1);
    let (front, middle, back) = (row.get(..from)?, row.get(from..to)?, row.get(to..)?);
    let fits = row.windows(2).all(|w| match w {
        [a, b] => a.sort().rows_columns().zip(b.sort().rows_columns()).is_some_and(|((_, c), (r, _))| c == r),
        _ => true,
    });
    if !fits {
        return None;
    }
    within.extend(middle.iter().cloned());
    out.extend(front.iter().cloned());
    let core = regroup(&product(within.clone()));
    // The mean of a constant is the constant; an integral of 1 stays one.
    match (within.is_empty(), core.sort().is_scalar()) {
        (true, _) if unit => {}
        // Of a matrix and its transpose, one stands for both.
        (false, false) if core.sort().sizes().len() == 2 => {
            let other = regroup(&turned(&core));
            let transposed = other < core;
            let inner = again(if transposed { &other } else { &core })?;
            out.push(if transposed { Expr::apply("transpose", vec![inner]) } else { inner });
        }
        _ => out.push(again(&core)?),
    }
    out.extend(back.iter().cloned());
    Some(product(out))
}

/// The transpose of a product, carried to its factors.
fn turned(e: &Expr) -> Expr {
    match terms(&Expr::apply("transpose", vec![e.clone()])).as_deref() {
        Some([one]) => product(one.clone()),
        _ => Expr::apply("transpose", vec![e.clone()]),
    }
}

/// The terms of a sum multiplied out, each by its factors in order; `None` where there are too many.
fn terms(e: &Expr) -> Option<Vec<Vec<Expr>>> {
    let Node::App(f, args) = e.node() else { return Some(vec![vec![e.clone()]]) };
    let found = match (f.name, args.as_slice()) {
        (fun::ADD, _) => args.iter().map(terms).collect::<Option<Vec<_>>>()?.concat(),
        (fun::MUL, _) => {
            let mut all: Vec<Vec<Expr>> = vec![vec![]];
            for factor in args {
                let next = terms(factor)?;
                all = all.iter().flat_map(|a| next.iter().map(|b| [a.as_slice(), b].concat())).collect();
                if all.len() > TERMS {
                    return None;
                }
            }
            all
        }
        (fun::POW, [base, n])
            if n.as_int() == Some(2) && base.sort().is_scalar() && base.as_app(fun::ADD).is_some() =>
        {
            terms(&Expr::apply(fun::MUL, vec![base.clone(), base.clone()]))?
        }
        ("transpose", [m]) => {
            let turn = |t: Vec<Expr>| -> Vec<Expr> { t.iter().rev().map(transposed).collect() };
            terms(m)?.into_iter().map(turn).collect()
        }
        _ => vec![vec![e.clone()]],
    };
    (found.len() <= TERMS).then_some(found)
}

fn transposed(factor: &Expr) -> Expr {
    match factor.as_app("transpose") {
        _ if factor.sort().is_scalar() => factor.clone(),
        Some([inner]) => inner.clone(),
        _ => Expr::apply("transpose", vec![factor.clone()]),
    }
}
