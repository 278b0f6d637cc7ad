//! Means of sums are sums of means, covariances are linear in each variable, and of independent variables they are 0
//! (Billingsley, Probability and Measure, 21): `Var(X̄) = σ²/n`, `E[Σ X_i] = Σ E[X_i]`.

use crate::algebra::canon::is_identity;
use crate::elaborate::definitions::Definitions;
use crate::elaborate::space::Law;
use crate::elaborate::support::product;
use crate::elaborate::unfold::unfold;
use crate::elaborate::vocabulary::Vocabulary;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};

/// What is used where moments of sums are taken apart.
const SUMS: &str = "means and covariances of sums, where the parts have values";
pub(super) const INDEPENDENT: &str =
    "means and covariances of random variables, independent ones where several stand beside each other";
pub(super) const SAMPLE: &str =
    "means and covariances of random variables that are independent and have the same mean and variance";

/// Words of notes that speak of independent random variables.
const APART: &[&str] = &["independen", "i.i.d", "iid", "uncorrelated", "독립"];

/// Letters of constants beside random variables.
const CONSTANTS: &[&str] = &[
    "a", "b", "c", "d", "k", "n", "m", "N", "M", "\\alpha", "\\beta", "\\gamma", "\\lambda", "\\mu", "\\sigma",
    "\\theta",
];

/// Words by which variables are not.
const TOGETHER: &[&str] =
    &["not independent", "not necessarily independent", "not be independent", "aren't independent", "독립이 아"];

/// What is known of the random variables of a relation.
struct Known {
    independent: bool,
    mean: Option<Expr>,
    variance: Option<Expr>,
}

/// A term that is linear in a random variable: its factor, and the variable; under a sum with its range, both at the index.
struct Term {
    over: Option<Domain>,
    factor: Expr,
    variable: Option<Expr>,
}

/// The equation with its moments as combinations of those of single variables, if it is an identity then. `text` is what the
/// notes say.
pub(super) fn law(relation: &Expr, definitions: &Definitions, text: &Vocabulary) -> Option<Law> {
    relation.as_app(fun::EQ)?;
    let moments = |e: &Expr| ["expectation", "variance", "covariance"].iter().any(|m| e.as_app(m).is_some());
    if !relation.any(&mut |x| moments(x)) {
        return None;
    }
    let unfolded = unfold(relation, definitions).ok()?.expr;
    let same = |e: &Expr| match e.as_app(fun::EQ) {
        Some([l, r]) => is_identity(l, r),
        _ => false,
    };
    if same(&unfolded) || unfolded.size() > 120 {
        return None;
    }
    let beside = is_beside_covariance(relation);
    let independent = text.says_any(APART) && !text.says_any(TOGETHER) && !beside;
    let said = |noun: &str| said(text, noun, &unfolded);
    let (mean, variance) = (said("mean").or_else(|| said("expectation")), said("variance"));
    let plain = Known { independent: false, mean: None, variance: None };
    let apart = Known { independent, mean: None, variance: None };
    let sample = Known { independent, mean, variance };
    let families = unfolded.symbols().iter().filter(|s| is_random(&s.name)).count();
    let told = families == 1 && !beside && (sample.mean.is_some() || sample.variance.is_some());
    let sums = unfolded.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Sum, .. }));
    let tries = [(sums, plain, SUMS), (independent, apart, INDEPENDENT), (told, sample, SAMPLE)];
    tries.into_iter().filter(|(apply, ..)| *apply).find_map(|(_, known, what)| {
        let relation = written(&unfolded, &known)?;
        same(&relation).then(|| Law { relation, facts: vec![], known: what })
    })
}

/// Whether a covariance of two variables stands beside other moments, as it does where they may depend on each other.
fn is_beside_covariance(relation: &Expr) -> bool {
    let two = |e: &Expr| e.as_app("covariance").is_some_and(|args| args.first() != args.last());
    let alone = relation.as_app(fun::EQ).is_some_and(|sides| sides.iter().any(|s| s.as_num().is_some()));
    !alone && relation.any(&mut |x| two(x))
}

/// What stands behind "mean" and "variance" in the notes: a symbol of the relation, its square, 0 or 1.
fn said(text: &Vocabulary, noun: &str, relation: &Expr) -> Option<Expr> {
    if text.says(&format!("zero {noun}")) {
        return Some(Expr::int(0));
    }
    if text.says(&format!("unit {noun}")) {
        return Some(Expr::int(1));
    }
    let symbols = relation.symbols();
    text.behind(noun).iter().find_map(|formula| {
        let (name, square) = formula
            .strip_suffix("^2")
            .or_else(|| formula.strip_suffix("^{2}"))
            .map_or((formula.as_str(), false), |n| (n, true));
        if let Ok(number) = name.parse::<i64>() {
            return Some(Expr::int(number)).filter(|_| !square);
        }
        let symbol = symbols.iter().find(|s| *s.name == *name && s.sort.is_scalar())?;
        let e = Expr::sym(symbol.clone());
        Some(if square { e.pow(Expr::int(2)) } else { e })
    })
}

/// Whether a letter is a random variable: a capital one, with or without a mark over it.
fn is_random(name: &str) -> bool {
    let inner =
        ["\\bar{", "\\hat{", "\\tilde{", "\\overline{"].iter().find_map(|m| name.strip_prefix(m)?.strip_suffix('}'));
    let letter = inner.unwrap_or(name);
    matches!(letter, "\\epsilon" | "\\varepsilon" | "\\xi" | "\\eta")
        || letter.len() == 1 && letter.chars().all(|c| c.is_ascii_uppercase()) && !CONSTANTS.contains(&letter)
}

/// Whether nothing in it is random; `None` for a letter that may be either.
fn constant(e: &Expr) -> Option<bool> {
    let mut all = true;
    for s in e.symbols() {
        if is_random(&s.name) {
            all = false;
        } else if !matches!(s.sort, Sort::Integer | Sort::Function) && !CONSTANTS.contains(&&*s.name) {
            return None;
        }
    }
    Some(all || e.as_app("expectation").is_some() || e.as_app("variance").is_some())
}

/// A random variable, an entry of a family, or a function of one of these.
fn variable(e: &Expr) -> bool {
    let mut random: Vec<String> =
        e.symbols().iter().filter(|s| is_random(&s.name)).map(|s| s.name.to_string()).collect();
    random.dedup();
    random.len() == 1 && !e.any(&mut |x| matches!(x.node(), Node::Bind { .. } | Node::Array { .. }))
}

/// A body as a sum of terms, each linear in one variable.
fn terms(e: &Expr) -> Option<Vec<Term>> {
    if constant(e)? {
        return Some(vec![Term { over: None, factor: e.clone(), variable: None }]);
    }
    if let Some(list) = e.as_app(fun::ADD) {
        return list.iter().map(terms).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect());
    }
    if let Node::Bind { binder: Binder::Sum, domain: domain @ Domain::Range(..), body } = e.node() {
        let inner = terms(body)?;
        let under = |t: Term| t.over.is_none().then(|| Term { over: Some(domain.clone()), ..t });
        return inner.into_iter().map(under).collect();
    }
    if let Some(list) = e.as_app(fun::MUL) {
        let mut still = vec![];
        let mut random = vec![];
        for x in list {
            if constant(x)? { still.push(x.clone()) } else { random.push(x.clone()) }
        }
        if let [one] = random.as_slice() {
            let scaled = |t: Term| {
                let factor = match t.over {
                    Some(_) => product(still.iter().map(|s| s.shifted(1, 0)).collect()),
                    None => product(still.clone()),
                };
                Term { factor: factor * t.factor, ..t }
            };
            return Some(terms(one)?.into_iter().map(scaled).collect());
        }
        let e = product(random);
        return variable(&e).then(|| vec![Term { over: None, factor: product(still), variable: Some(e) }]);
    }
    variable(e).then(|| vec![Term { over: None, factor: Expr::int(1), variable: Some(e.clone()) }])
}

/// The relation with all moments written out.
fn written(e: &Expr, known: &Known) -> Option<Expr> {
    match (e.as_app("expectation"), e.as_app("variance"), e.as_app("covariance")) {
        (Some([x]), ..) => mean(x, known),
        (_, Some([x]), _) => covariance(x, x, known),
        (.., Some([x, y])) => covariance(x, y, known),
        _ if e.children().is_empty() => Some(e.clone()),
        _ => Some(e.with_children(e.children().into_iter().map(|c| written(c, known)).collect::<Option<_>>()?)),
    }
}

fn mean(e: &Expr, known: &Known) -> Option<Expr> {
    // A product of independent variables.
    if let Some(list) = e.as_app(fun::MUL).filter(|_| known.independent) {
        let random: Vec<&Expr> = list.iter().filter(|x| constant(x) == Some(false)).collect();
        let apart = |x: &&Expr, y: &&Expr| !x.symbols().iter().any(|s| is_random(&s.name) && y.mentions(s));
        let all = random.iter().enumerate().all(|(i, x)| random.iter().skip(i + 1).all(|y| apart(x, y)));
        if random.len() > 1 && all {
            return list.iter().map(|x| mean(x, known)).collect::<Option<_>>().map(product);
        }
    }
    let each = terms(e)?.into_iter().map(|t| {
        let value = match &t.variable {
            Some(v) => t.factor.clone() * first(v, known),
            None => t.factor.clone(),
        };
        summed(t.over.as_ref(), value)
    });
    Some(added(each.collect()))
}

fn covariance(x: &Expr, y: &Expr, known: &Known) -> Option<Expr> {
    let (xs, ys) = (terms(x)?, terms(y)?);
    let mut out = vec![];
    for s in &xs {
        for t in &ys {
            let (Some(a), Some(b)) = (&s.variable, &t.variable) else { continue };
            let shared = a.symbols().iter().any(|v| is_random(&v.name) && b.mentions(v));
            out.push(match (&s.over, &t.over) {
                (None, None) if a == b => s.factor.clone() * t.factor.clone() * second(a, a, known),
                (None, None) if known.independent => {
                    let at = |e: &Expr| e.as_app(fun::INDEX).and_then(|args| args.get(1)?.as_int());
                    // Different entries of one family are independent, too.
                    if shared && at(a).zip(at(b)).is_none_or(|(i, j)| i == j) {
                        return None;
                    }
                    Expr::int(0)
                }
                (None, None) => s.factor.clone() * t.factor.clone() * second(a, b, known),
                (Some(d), Some(c)) if known.independent && d == c && a == b => {
                    summed(Some(d), s.factor.clone() * t.factor.clone() * second(a, a, known))
                }
                _ if known.independent => {
                    if shared {
                        return None;
                    }
                    Expr::int(0)
                }
                (Some(d), None) => {
                    summed(Some(d), s.factor.clone() * t.factor.shifted(1, 0) * second(a, &b.shifted(1, 0), known))
                }
                (None, Some(c)) => {
                    summed(Some(c), s.factor.shifted(1, 0) * t.factor.clone() * second(&a.shifted(1, 0), b, known))
                }
                (Some(d), Some(c)) => {
                    let value = s.factor.shifted(1, 0) * t.factor.clone() * second(&a.shifted(1, 0), b, known);
                    let inner = match c {
                        Domain::Range(low, high) => Domain::Range(low.shifted(1, 0), high.shifted(1, 0)),
                        _ => return None,
                    };
                    summed(Some(d), summed(Some(&inner), value))
                }
            });
        }
    }
    Some(added(out))
}

fn summed(over: Option<&Domain>, body: Expr) -> Expr {
    match over {
        Some(domain) => Expr::bind(Binder::Sum, domain.clone(), body),
        None => body,
    }
}

fn added(list: Vec<Expr>) -> Expr {
    match list.as_slice() {
        [] => Expr::int(0),
        [one] => one.clone(),
        _ => Expr::apply(fun::ADD, list),
    }
}

/// A number that belongs to one or two variables, at their indices.
fn named(what: &str, of: &[&Expr]) -> Expr {
    let mut indices = vec![];
    let mut sizes = vec![];
    let mut texts = vec![];
    for e in of {
        let shown = e.transform(&mut |x, _| {
            let [array, at] = x.as_app(fun::INDEX)? else { return None };
            indices.push(at.clone());
            sizes.extend(array.sort().sizes().first().cloned());
            Some(Expr::sym(Symbol::new(&array.to_string(), Sort::Real)))
        });
        texts.push(shown.to_string());
    }
    let name = format!("{what}[{}]", texts.join(", "));
    match (indices.len(), sizes.as_slice()) {
        (1, [n]) => Expr::sym(Symbol::new(&name, Sort::vector(n.clone()))).index(indices),
        (2, [n, m]) => Expr::sym(Symbol::new(&name, Sort::matrix(n.clone(), m.clone()))).index(indices),
        _ => Expr::real(&format!("{what}[{}]", of.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))),
    }
}

/// Whether it is one of the variables whose mean and variance notes say.
fn is_said(v: &Expr) -> bool {
    let array = v.as_app(fun::INDEX).and_then(|args| args.first()).unwrap_or(v);
    array.as_symbol().is_some_and(|s| matches!(&*s.name, "X" | "Y" | "Z" | "\\epsilon" | "\\varepsilon"))
}

/// The mean of a variable.
fn first(v: &Expr, known: &Known) -> Expr {
    known.mean.clone().filter(|_| is_said(v)).unwrap_or_else(|| named("E", &[v]))
}

/// The covariance of two variables; of one with itself, its variance.
fn second(a: &Expr, b: &Expr, known: &Known) -> Expr {
    match a == b {
        true => known.variance.clone().filter(|_| is_said(a)).unwrap_or_else(|| named("Var", &[a])),
        false if a.to_string() <= b.to_string() => named("Cov", &[a, b]),
        false => named("Cov", &[b, a]),
    }
}
