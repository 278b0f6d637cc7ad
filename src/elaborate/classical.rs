//! The classical inequalities of moments: of Cauchy and Schwarz, Jensen, Markov and Chebyshev (Billingsley, Probability and
//! Measure, 5 and 21).

use crate::algebra::canon::is_identity;
use crate::elaborate::conditional::is_measure;
use crate::elaborate::interval::{Sign, comparisons};
use crate::elaborate::space::Law;
use crate::elaborate::vocabulary::Vocabulary;
use crate::expr::{Expr, Node, Symbol, fun};

/// What is used for each.
const SQUARES: &str = "moments of random variables with finite variances, whose squares have no negative mean";
const CORRELATION: &str = "correlation";
const CONVEX: &str = "Jensen's inequality for a convex function, where both means exist";
const CONCAVE: &str = "Jensen's inequality for a concave function, where both means exist";
const MARKOV: &str = "Markov's inequality, for random variables that are not negative";
const CHEBYSHEV: &str = "Chebyshev's inequality, for a random variable with this mean and variance";

/// Names of correlations.
const CORRELATIONS: &[&str] = &["\\rho", "\\mathrm{Corr}", "Corr", "corr", "\\mathrm{corr}", "\\operatorname{Corr}"];

/// Functions with the sign of their curvature.
const CURVED: &[(&str, bool)] = &[("log", false), ("sqrt", false), ("exp", true), ("abs", true)];

/// The inequality as one of moments that the classical ones give; `text` is what the notes say.
pub(super) fn law(relation: &Expr, text: &Vocabulary) -> Option<Law> {
    let Node::App(f, sides) = relation.node() else { return None };
    let (small, great) = match (f.name, sides.as_slice()) {
        ("le" | "lt", [l, r]) | ("ge" | "gt", [r, l]) => (l, r),
        _ => return None,
    };
    if matches!(f.name, "le" | "ge") {
        if let Some(law) = curved(small, great, text) {
            return Some(law);
        }
        if let Some(law) = tail(small, great) {
            return Some(law);
        }
    }
    squares(small, great, f.name).or_else(|| correlation(relation, text))
}

/// Names for both sides, and what is known of them where these numbers are positive.
fn between(small: &Expr, great: &Expr, positive: &[Expr], known: &'static str) -> Law {
    let (a, b) = (Expr::real(&small.to_string()), Expr::real(&great.to_string()));
    let fact = Expr::relate("le", a, b);
    let positive = positive.iter().map(|x| Expr::relate("gt", x.clone(), Expr::int(0)));
    Law { relation: fact.clone(), facts: positive.chain([fact.clone()]).collect(), known }
}

/// `f(E[X]) ≤ E[f(X)]` for a convex function.
fn curved(small: &Expr, great: &Expr, text: &Vocabulary) -> Option<Law> {
    let (of_mean, mean_of, convex) = match (great.as_app("expectation"), small.as_app("expectation")) {
        (Some([body]), _) => (small, body, true),
        (_, Some([body])) => (great, body, false),
        _ => return None,
    };
    let (inner, fits) = match (of_mean.node(), mean_of.node()) {
        (Node::App(f, a), Node::App(g, b)) if f.name == g.name => {
            let square = f.name == fun::POW && a.get(1) == b.get(1) && a.get(1).and_then(Expr::as_int) == Some(2);
            let fits = CURVED.contains(&(f.name, convex)) || square && convex;
            ((a.first()?, b.first()?), fits)
        }
        (Node::Call(f, a), Node::Call(g, b)) if f.same(g) && a.len() == 1 && b.len() == 1 => {
            // Where both words stand, either may be said of this function.
            let (up, down) = (text.says_any(&["convex", "볼록"]), text.says_any(&["concave", "오목"]));
            let fits = up != down && convex == up;
            ((a.first()?, b.first()?), fits)
        }
        _ => return None,
    };
    let [x] = inner.0.as_app("expectation")? else { return None };
    (fits && x == inner.1).then(|| between(small, great, &[], if convex { CONVEX } else { CONCAVE }))
}

/// `P(X ≥ a) ≤ E[X]/a`, `P(|X − μ| ≥ k σ) ≤ 1/k²`.
fn tail(small: &Expr, great: &Expr) -> Option<Law> {
    let (measure, rest) = small.as_symbol()?.name.split_once('(')?;
    let inner: String = rest.strip_suffix(')').filter(|_| is_measure(measure))?.split_whitespace().collect();
    let inner = inner.replace("\\left", "").replace("\\right", "").replace("\\lvert", "|").replace("\\rvert", "|");
    let list = comparisons(&inner, false)?;
    let (variable, bound) = match list.as_slice() {
        [(u, Sign::AtLeast | Sign::Greater, v)] | [(v, Sign::AtMost | Sign::Less, u)] => (u.as_str(), v.as_str()),
        _ => return None,
    };
    let symbols = great.symbols();
    let find = |name: &str| symbols.iter().find(|s| *s.name == *name && s.sort.is_scalar()).cloned().map(Expr::sym);
    let same = |e: &Expr| is_identity(great, e);
    let square = |e: Expr| e.pow(Expr::int(2));
    if let Some(x) = find(variable) {
        let mean = Expr::apply("expectation", vec![x]);
        return find(bound).filter(|a| same(&mean.over(a))).map(|a| between(small, great, &[a], MARKOV));
    }
    let gap = variable.strip_prefix('|')?.strip_suffix('|')?;
    let (x, centre) = gap.split_once('-')?;
    let mean = ["\\mu", "\\mu_X"].contains(&centre)
        || ["\\mathbb{E}", "\\mathrm{E}", "E", "\\operatorname{E}"].iter().any(|e| {
            [["[", "]"], ["(", ")"], ["", ""]].iter().any(|[open, close]| centre == format!("{e}{open}{x}{close}"))
        });
    if !mean {
        return None;
    }
    let given = bound.strip_suffix("\\sigma").filter(|k| !k.is_empty());
    if let Some(k) = given.and_then(find) {
        let positive = [k.clone(), Expr::real("\\sigma")];
        return same(&square(k).recip()).then(|| between(small, great, &positive, CHEBYSHEV));
    }
    let bound = find(bound)?;
    let t = square(bound.clone());
    let variances = [find(x).map(|x| Expr::apply("variance", vec![x])), find("\\sigma").map(square)];
    let fits = variances.into_iter().flatten().any(|v| same(&v.over(&t)));
    fits.then(|| between(small, great, &[bound], CHEBYSHEV))
}

/// `|ρ(X, Y)| ≤ 1`.
fn correlation(relation: &Expr, text: &Vocabulary) -> Option<Law> {
    if !text.says_any(&["correlation", "상관"]) {
        return None;
    }
    let mut facts = vec![];
    let written = relation.transform(&mut |x, _| {
        let Node::Call(f, args) = x.node() else { return None };
        let random = |e: &Expr| e.as_symbol().is_some_and(|s| s.name.chars().next().is_some_and(char::is_uppercase));
        if !CORRELATIONS.contains(&&*f.name) || args.len() != 2 || !args.iter().all(random) {
            return None;
        }
        let e = Expr::real(&x.to_string());
        facts.push(Expr::relate("le", Expr::int(-1), e.clone()));
        facts.push(Expr::relate("le", e.clone(), Expr::int(1)));
        Some(e)
    });
    if facts.is_empty() { None } else { Law::of(written, facts, CORRELATION) }
}

/// Inequalities that follow from `E[X²] ≥ 0` and that of Cauchy and Schwarz.
fn squares(small: &Expr, great: &Expr, name: &str) -> Option<Law> {
    let (small, great) = match (small.as_app("abs"), great.as_app("sqrt")) {
        // `|E[XY]| ≤ √(E[X²] E[Y²])`
        (Some([x]), Some([y])) => (x.pow(Expr::int(2)), y.clone()),
        _ => (small.clone(), great.clone()),
    };
    let unsigned = |e: &Expr| {
        e.transform(&mut |x, _| match x.as_app(fun::POW)? {
            [base, two] if two.as_int() == Some(2) => Some(base.as_app("abs")?.first()?.pow(Expr::int(2))),
            _ => None,
        })
    };
    let (small, great) = (unsigned(&small), unsigned(&great));
    let relation = Expr::relate(if name == "lt" || name == "gt" { "lt" } else { "le" }, small, great);
    let centred = relation.any(&mut |x| x.as_app("variance").is_some() || x.as_app("covariance").is_some());
    let mut variables: Vec<Symbol> = vec![];
    let mut fits = true;
    let mut note = |e: &Expr| match e.as_symbol() {
        Some(s) if variables.contains(s) => {}
        Some(s) => variables.push(s.clone()),
        None => fits = false,
    };
    let name = |what: &str, of: &[&Expr]| {
        let mut of: Vec<String> = of.iter().map(ToString::to_string).collect();
        of.sort();
        Expr::real(&format!("{what}[{}]", of.join("·")))
    };
    let square = |e: Expr| e.pow(Expr::int(2));
    let mut found = false;
    let spread = |x: &Expr, y: &Expr| match (x == y, centred) {
        (true, true) => name("Var", &[x]),
        (false, true) => name("Cov", &[x, y]),
        _ => name("E", &[x, y]),
    };
    let written = relation.transform(&mut |e, _| {
        let (x, y) = match (e.as_app("expectation"), e.as_app("variance"), e.as_app("covariance")) {
            (Some([body]), ..) => match (body.as_app(fun::MUL), body.as_app(fun::POW)) {
                (Some([x, y]), _) => (x.clone(), y.clone()),
                (_, Some([x, two])) if two.as_int() == Some(2) => (x.clone(), x.clone()),
                _ => {
                    note(body);
                    return Some(name("E", &[body]));
                }
            },
            (_, Some([x]), _) => {
                note(x);
                found = true;
                return Some(name("Var", &[x]));
            }
            (.., Some([x, y])) => {
                note(x);
                note(y);
                found = true;
                return Some(spread(x, y));
            }
            _ => return None,
        };
        note(&x);
        note(&y);
        found = true;
        let means = name("E", &[&x]) * name("E", &[&y]);
        Some(if centred { spread(&x, &y) + means } else { spread(&x, &y) })
    });
    if !fits || !found || variables.len() > 3 {
        return None;
    }
    let symbols: Vec<Expr> = variables.into_iter().map(Expr::sym).collect();
    let mut facts = vec![];
    for (i, x) in symbols.iter().enumerate() {
        facts.push(Expr::relate("ge", spread(x, x), Expr::int(0)));
        if !centred {
            facts.push(Expr::relate("ge", spread(x, x), square(name("E", &[x]))));
        }
        for y in symbols.iter().skip(i + 1) {
            facts.push(Expr::relate("le", square(spread(x, y)), spread(x, x) * spread(y, y)));
        }
    }
    Law::of(written, facts, SQUARES)
}
