//! Entropies and divergences of densities as the integrals and sums that define them (Cover & Thomas, Elements of Information
//! Theory, 2 and 8): `h(X)` beside `∫_𝒳 f_X(x) \log f_X(x) dx`, `KL[f ‖ g]` beside `Σ_{x ∈ 𝒳} f(x) \log g(x)`.

use std::collections::BTreeMap;

use crate::algebra::canon::is_identity;
use crate::elaborate::conditional::is_measure;
use crate::elaborate::information::{Part, divergence, entropy_at};
use crate::elaborate::space::Law;
use crate::expr::{Binder, Domain, Expr, Node, Symbol, fun};
use crate::notation::BOUND;

/// What is used where one is written as its integral or sum.
const DEFINED: &str = "entropy and KL divergence of densities over all that they live on";

/// A density under an integral or a sum over everything: the binder, its range, and the value at [`VARIABLE`].
type Density = (Binder, Domain, Expr);

/// The variable of all ranges.
const VARIABLE: &str = "\\functional";

/// The equation with every entropy and divergence of what its integrals and sums are about written as such; `None` where it
/// is no identity then.
pub(super) fn law(relation: &Expr) -> Option<Law> {
    relation.as_app(fun::EQ)?;
    let densities = densities(relation)?;
    let natural = Expr::int(1);
    let bases = bases(relation);
    std::iter::once(&natural).chain(&bases).find_map(|base| {
        let written = relation.transform(&mut |x, _| defined(x, &densities, base));
        let [l, r] = written.as_app(fun::EQ)? else { return None };
        (written != *relation && is_identity(l, r)).then(|| Law {
            relation: written.clone(),
            facts: vec![],
            known: DEFINED,
        })
    })
}

/// Logarithms that others are divided by.
fn bases(relation: &Expr) -> Vec<Expr> {
    let mut out: Vec<Expr> = vec![];
    relation.any(&mut |x| {
        if let Some([of]) = x.as_app("log")
            && (of.as_symbol().is_some() || of.as_int().is_some())
            && !out.contains(x)
        {
            out.push(x.clone());
        }
        false
    });
    out
}

/// All that stands under an integral or a sum over a whole set, by name; `None` where there is none, or one over two sets.
fn densities(relation: &Expr) -> Option<BTreeMap<String, Density>> {
    let mut out: BTreeMap<String, Density> = BTreeMap::new();
    let mut once = true;
    relation.any(&mut |x| {
        let Node::Bind { binder: binder @ (Binder::Integral | Binder::Sum), domain, body } = x.node() else {
            return false;
        };
        if !is_whole(domain) {
            return false;
        }
        let variable = Symbol::new(VARIABLE, domain.variable_sort());
        let body = body.instantiated(&Expr::sym(variable.clone()));
        body.any(&mut |y| {
            if let Some(name) = density(y, &variable) {
                let new = (*binder, domain.clone(), y.clone());
                once &= out.get(&name).is_none_or(|known| *known == new);
                out.insert(name, new);
            }
            false
        });
        false
    });
    (once && !out.is_empty()).then_some(out)
}

/// A named set, or the whole line.
fn is_whole(domain: &Domain) -> bool {
    let Domain::Over(set) = domain else { return false };
    named(set).is_some() || set.as_app("reals").is_some()
}

/// The name of a set.
fn named(set: &Expr) -> Option<&Symbol> {
    set.as_app("region").and_then(<[Expr]>::first).unwrap_or(set).as_symbol()
}

/// The name of `f(x)`, `f_X(x)`, and of `p(x)` that is read as a list or a family of numbers.
fn density(e: &Expr, variable: &Symbol) -> Option<String> {
    let is_variable = |a: &Expr| a.as_symbol().is_some_and(|s| s.same(variable));
    if let Node::Call(f, args) = e.node() {
        return (args.len() == 1 && args.iter().all(is_variable) && !f.is_notation()).then(|| bare(&f.name));
    }
    let [family, at] = e.as_app(fun::INDEX)? else { return None };
    let family = family.as_symbol().filter(|_| is_variable(at))?;
    if family.name.chars().all(char::is_alphanumeric) {
        return Some(family.name.to_string());
    }
    let (measure, inner) = family.name.split_once('(').filter(|(m, _)| is_measure(m) || *m == "f")?;
    let value = inner.strip_suffix(')')?.strip_suffix(BOUND)?;
    value.chars().all(char::is_alphabetic).then(|| bare(measure))
}

/// A name without the brackets around its label.
fn bare(name: &str) -> String {
    name.replace(['{', '}'], "")
}

/// What an entropy or a divergence is by definition, where its densities are among these.
fn defined(e: &Expr, densities: &BTreeMap<String, Density>, base: &Expr) -> Option<Expr> {
    let log = |x: Expr| {
        let natural = Expr::apply("log", vec![x]);
        if base.as_int() == Some(1) { natural } else { natural.over(base) }
    };
    if let Some((a, b)) = divergence(e) {
        let (_, (binder, domain, f)) = of_function(&a, densities)?;
        let (_, (_, other, g)) = of_function(&b, densities).filter(|(_, (kind, ..))| kind == binder)?;
        return (domain == other).then(|| closed(*binder, domain, &(f.clone() * log(f.clone().over(g)))));
    }
    let (small, part) = entropy_at(e)?;
    let (binder, domain, f) = of_variable(&part, densities).or_else(|| Some(of_function(&part, densities)?.1))?;
    let kind = if small { Binder::Integral } else { Binder::Sum };
    (*binder == kind).then(|| Expr::int(-1) * closed(kind, domain, &(f.clone() * log(f.clone()))))
}

/// Whether it is an entropy or a divergence.
pub(super) fn is_measure_of_information(e: &Expr) -> bool {
    divergence(e).is_some() || entropy_at(e).is_some()
}

/// The integral or sum of an expression in the variable.
fn closed(binder: Binder, domain: &Domain, body: &Expr) -> Expr {
    let sort = domain.variable_sort();
    Expr::bind(binder, domain.clone(), body.abstracted(&Symbol::new(VARIABLE, sort.clone()), sort))
}

/// The density that `f(x)`, `f`, or the capital letter of its distribution names.
fn of_function<'a>(part: &Part, densities: &'a BTreeMap<String, Density>) -> Option<(String, &'a Density)> {
    let name = match part {
        Part::Text(text) => bare(text.split_once('(').map_or(*text, |(f, _)| f)),
        Part::Of(e) => match e.node() {
            Node::Sym(s) => bare(s.name.split_once('(').map_or(&*s.name, |(f, _)| f)),
            Node::Call(f, _) => bare(&f.name),
            Node::App(f, args) if f.name == fun::INDEX => {
                let [array, at] = args.as_slice() else { return None };
                format!("{}_{}", array.as_symbol()?.name, at.as_int()?)
            }
            _ => return None,
        },
    };
    let found = |name: String| densities.get(&name).map(|d| (name, d));
    // `KL[P ‖ Q]` of distributions with the densities p and q.
    found(name.clone()).or_else(|| found(name.to_lowercase()).filter(|_| name.starts_with(['P', 'Q'])))
}

/// The density of a random variable: `f_X` or `p_X`, or the only one that there is. It lives on the set of that letter, if
/// on one that is called by a letter.
fn of_variable<'a>(part: &Part, densities: &'a BTreeMap<String, Density>) -> Option<&'a Density> {
    let Part::Of(e) = part else { return None };
    let variable = e.as_symbol().map(|s| bare(&s.name)).filter(|n| n.starts_with(char::is_uppercase))?;
    let letter = variable.chars().next()?;
    let labelled = ["f", "p"].iter().find_map(|f| densities.get(&format!("{f}_{variable}")));
    let alone = || ["f", "p"].iter().find_map(|f| densities.get(*f).filter(|_| densities.len() == 1));
    let own = |d: &&Density| match &d.1 {
        Domain::Over(set) => named(set).is_none_or(|s| match s.name.strip_prefix("\\mathcal{") {
            Some(of) => of.trim_end_matches('}').starts_with(letter),
            None => false,
        }),
        _ => false,
    };
    labelled.or_else(alone).filter(own)
}
