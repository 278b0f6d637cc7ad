//! Densities whose total is not 1, whatever their parameters and wherever they live.
//!
//! What a density is over is seldom written, and its parameters have domains that the notes leave to the reader. So its
//! integral is taken over all supports that its family may have, at several parameters: if it is 1 over one of them, or
//! none has a value, nothing is said.

use super::Contradiction;
use crate::algebra::eval::{Env, Point, PointValue, Value, evaluate};
use crate::elaborate::supply;
use crate::expr::{Expr, Node, Sort, Symbol, fun};
use crate::num::{Minus, Rational, short};

/// Names of densities.
const NAMES: &[&str] = &["f", "p", "q", "g"];

/// Words that the sentence before the formula says of it.
const DENSITY: &[&str] = &["density", "densities", "pdf", "밀도"];

/// Words of which one says that the density is that of a random variable, and none of a gas or of people.
pub(super) const PROBABLE: &[&str] = &[
    "probability",
    "distribution",
    "distributed",
    "random",
    "variable",
    "pdf",
    "density function",
    "normal",
    "gaussian",
    "beta",
    "gamma",
    "\\sim",
    "law",
    "trial",
    "pmf",
    "확률",
    "분포",
];

/// Words with which such a sentence leads to its formula.
const LEADING: &[&str] =
    &["is", "by", "as", "has", "with", "density", "function", "pdf", "reads", "becomes", "given", "밀도는", "함수는"];

/// Words of what is no density by itself, or only up to a factor.
pub(super) const OTHER: &[&str] = &[
    "proportional",
    "kernel",
    "normaliz",
    "normalis",
    "joint",
    "likelihood",
    "cumulative",
    "log-",
    "logarithm",
    "posterior",
    "constant",
    "truncated",
    "improper",
    "energy",
    "wrong",
    "mistake",
    "spectral",
    "current",
    "charge",
    "moment",
    "characteristic",
    "survival",
    "hazard",
    "not a ",
    "비례",
];

/// Functions in which a formula is that of a family and not a curve with free constants.
const FAMILIES: &[&str] = &["exp", "gamma", "factorial", "pi"];

/// Values of parameters, in the order of their names, over these units. No two are the same, and none is 1, where wrong
/// formulas agree with right ones.
const PARAMETERS: [[i64; 4]; 4] = [[3, 5, 13, 7], [8, 5, 14, 10], [2, 7, 3, 8], [13, 27, 8, 21]];
const UNIT: [i64; 4] = [2, 3, 10, 10];
/// The same of whole numbers; a number of dimensions may be 1.
pub(super) const WHOLE: [[i64; 4]; 4] = [[3, 5, 4, 7], [8, 6, 12, 9], [2, 7, 3, 8], [1, 1, 1, 1]];

/// Fuel for one evaluation.
const FUEL: u64 = 2_000;
/// How near two totals are the same, and one is 1.
const NEAR: f64 = 1e-4;
const ONE: f64 = 1e-3;
/// Parts of a step in the variable of the double exponential rule, and how far it goes to both sides.
const STEPS: i32 = 16;
const REACH: i32 = 4;

/// Where the total of a density is not 1. `sentence`: the words of the sentence up to the formula.
/// `latex`: the formula as it is written, where `;` and `|` part the variable from parameters, and a range may stand.
pub(super) fn contradiction(left: &Expr, right: &Expr, sentence: &str, latex: &str) -> Option<Contradiction> {
    let Node::Call(head, arguments) = left.node() else { return None };
    let written = latex.split('=').next().unwrap_or(latex);
    let parted = [";", "|", "\\mid"].iter().any(|bar| written.contains(bar));
    let (x, rest) = arguments.split_first()?;
    // `f(x, \mu, \sigma)`: Greek letters are parameters.
    let parameter = |p: &Expr| p.as_symbol().is_some_and(|s| parted || s.name.starts_with('\\'));
    if !rest.iter().all(parameter) {
        return None;
    }
    let right = &entries_apart(&supply(right, &[]).1);
    let x = x.as_symbol().filter(|x| x.sort == Sort::Real)?;
    let base = head.name.split('_').next().unwrap_or(&head.name);
    if !NAMES.contains(&base) || !is_said(sentence) || !is_of_family(right) || !right.mentions(x) {
        return None;
    }
    // Of an angle that the formula does not have it is the density too: `f(r, \theta)`.
    if rest.iter().any(|p| !right.symbols().iter().any(|s| p.as_symbol() == Some(s))) {
        return None;
    }
    // `0 < x < \ln 2`
    if ["\\ln", "\\log"].iter().any(|log| latex.contains(log)) && !right.any(&mut |e| e.as_app("log").is_some()) {
        return None;
    }
    let density = Density::of(right, x)?;
    let parameters: Vec<Symbol> = right.symbols().into_iter().filter(|s| s != x).collect();
    if parameters.len() > 4 || parameters.iter().any(|s| !s.sort.is_scalar()) {
        return None;
    }
    let mut first = None;
    let mut counted = 0;
    for ((row, unit), whole) in PARAMETERS.iter().zip(UNIT).zip(WHOLE) {
        let mut point = Point::new();
        for ((s, value), whole) in parameters.iter().zip(row).zip(whole) {
            let integer = s.sort == Sort::Integer;
            let value = if integer { Rational::from(whole) } else { Rational::new(*value, unit)? };
            point.set(s, PointValue::Scalar(value));
        }
        let env: Env<f64> = Env::at(&point);
        if parameters.iter().any(|s| density.has_factor(s, &env)) {
            return None;
        }
        let mut met = false;
        let values: Vec<f64> = parameters.iter().filter_map(|s| env.get(s)?.scalar().copied()).collect();
        for (low, high) in supports(&values, right) {
            let Some(total) = total(&|at| density.at(&env, at), low, high) else { continue };
            if f64::abs(total - 1.0) < ONE {
                return None;
            }
            let over = match (low.is_infinite(), high.is_infinite()) {
                (true, true) => "ℝ",
                (false, true) if low == 0.0 => "(0, ∞)",
                // Between 0 and 1 what has no total over longer ranges.
                (false, false) if low == 0.0 && high == 1.0 && !met => "(0, 1)",
                _ => continue,
            };
            met = true;
            first.get_or_insert((format!("{point}, {} ∈ {over}", Expr::sym(x.clone())), total));
        }
        counted += usize::from(met);
    }
    let (point, found) = first.filter(|_| counted >= 2)?;
    Some(Contradiction {
        object: Some(format!("∫ {left} d{x} = 1", x = Expr::sym(x.clone()))),
        point: point.trim_start_matches(", ").to_owned(),
        found: short(found, Minus::Unicode),
        value: short(1.0, Minus::Unicode),
    })
}

/// The formula with numbers of their own for the entries that stand in it, `d_1` and `d_2`.
fn entries_apart(e: &Expr) -> Expr {
    e.transform(&mut |x, _| {
        let (array, indices) = x.as_app(fun::INDEX)?.split_first()?;
        let entry = array.as_symbol().is_some() && indices.iter().all(|i| i.as_int().is_some());
        entry.then(|| Expr::real(&x.to_string()))
    })
}

/// Whether a sentence says that the formula it leads to is a density.
fn is_said(sentence: &str) -> bool {
    let last = sentence.trim_end().trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = last.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let said = |list: &[&str]| list.iter().any(|w| sentence.contains(w));
    // A Korean word ends with what leads on: `확률밀도함수는`.
    let leads = LEADING.iter().any(|w| word == *w || !w.is_ascii() && word.ends_with(w));
    said(DENSITY) && said(PROBABLE) && leads && !said(OTHER)
}

/// Whether a formula has a function that the densities of families have, and none without values.
fn is_of_family(e: &Expr) -> bool {
    let unknown = e.has_opaque() || e.any(&mut |x| matches!(x.node(), Node::Call(..) | Node::Bind { .. }));
    !unknown && e.any(&mut |x| FAMILIES.iter().any(|name| x.as_app(name).is_some()))
}

/// A density, the Γ in which are of its parameters alone.
struct Density<'a> {
    formula: &'a Expr,
    x: &'a Symbol,
}

impl Density<'_> {
    /// `None` where Γ is taken of what depends on the variable.
    fn of<'a>(formula: &'a Expr, x: &'a Symbol) -> Option<Density<'a>> {
        let varies = formula.any(&mut |e| e.as_app("gamma").is_some_and(|of| of.iter().any(|of| of.mentions(x))));
        (!varies).then_some(Density { formula, x })
    }

    fn at(&self, env: &Env<f64>, x: f64) -> Option<f64> {
        let env = env.clone().with(self.x, Value::Scalar(x));
        evaluate::<f64>(self.formula, &env, &mut FUEL.clone()).scalar().copied()
    }

    /// Whether a parameter is only a factor, as a constant is that is still to be found.
    fn has_factor(&self, parameter: &Symbol, env: &Env<f64>) -> bool {
        let Some(value) = env.get(parameter).and_then(|v| v.scalar().copied()) else { return true };
        let ratio = |at: f64| {
            let of = |value: f64| self.at(&env.clone().with(parameter, Value::Scalar(value)), at);
            Some(of(2.0 * value)? / of(value)?)
        };
        let ratios: Vec<f64> = [0.3, 0.6, 0.9, 1.7].into_iter().filter_map(ratio).filter(|r| r.is_finite()).collect();
        ratios.first().is_none_or(|r| ratios.iter().all(|other| f64::abs(r - other) < 1e-9 * f64::abs(*r)))
    }
}

/// What a density may be over: the line, halves of it, between numbers that parameters have.
fn supports(parameters: &[f64], formula: &Expr) -> Vec<(f64, f64)> {
    let (line, half) = ((f64::NEG_INFINITY, f64::INFINITY), (0.0, f64::INFINITY));
    let turn = std::f64::consts::PI;
    let mut all = vec![line, half, (0.0, 1.0), (-1.0, 1.0), (1.0, f64::INFINITY), (f64::NEG_INFINITY, 0.0)];
    all.extend([(-turn, turn), (0.0, 2.0 * turn), (0.0, turn), (-turn / 2.0, turn / 2.0), (0.0, turn / 2.0)]);
    let written = |n: &i32| formula.any(&mut |x| x.as_int() == Some(i64::from(*n)));
    all.extend((2..=10).filter(written).map(|n| (0.0, f64::from(n))));
    for (k, a) in parameters.iter().enumerate() {
        all.extend([(*a, f64::INFINITY), (f64::NEG_INFINITY, *a), (0.0, *a), (-*a, *a), (*a, 1.0), (1.0, *a)]);
        all.extend([(-*a, f64::INFINITY), (1.0 / a, f64::INFINITY), (0.0, 1.0 / a), (a - 1.0, a + 1.0)]);
        all.extend(parameters.iter().skip(k + 1).flat_map(|b| [(a.min(*b), a.max(*b)), (*a, a + b), (a - b, a + b)]));
    }
    all.retain(|(low, high)| low < high);
    all
}

/// The integral, by the double exponential rule (Takahasi and Mori 1974); `None` where halving the step changes it.
fn total(density: &dyn Fn(f64) -> Option<f64>, low: f64, high: f64) -> Option<f64> {
    let sum = |steps: i32| {
        let h = 1.0 / f64::from(steps);
        let mut sum = 0.0;
        for k in -REACH * steps..=REACH * steps {
            let t = f64::from(k) * h;
            let (u, du) = (std::f64::consts::FRAC_PI_2 * t.sinh(), std::f64::consts::FRAC_PI_2 * t.cosh());
            let (x, dx) = match (low.is_finite(), high.is_finite()) {
                (true, true) => {
                    let half = (high - low) / 2.0;
                    (low + half * (1.0 + u.tanh()), half * du / (u.cosh() * u.cosh()))
                }
                (true, false) => (low + u.exp(), u.exp() * du),
                (false, true) => (high - u.exp(), u.exp() * du),
                (false, false) => (u.sinh(), u.cosh() * du),
            };
            // At the very ends a point is no longer apart from the end, or beyond what floats hold.
            let inside = x.is_finite() && dx.is_finite() && low < x && x < high;
            match density(x).map(|y| y * dx).filter(|y| inside && y.is_finite()) {
                Some(y) => sum += y,
                None if f64::abs(t) > 2.0 => {}
                None => return None,
            }
        }
        Some(sum * h)
    };
    let (rough, fine) = (sum(STEPS)?, sum(2 * STEPS)?);
    (f64::abs(rough - fine) < NEAR * f64::max(1.0, f64::abs(fine))).then_some(fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_of_known_densities_are_one() {
        let normal = |x: f64| Some((-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt());
        let exponential = |x: f64| Some(3.0 * (-3.0 * x).exp());
        let arcsine = |x: f64| Some(1.0 / (std::f64::consts::PI * (x * (1.0 - x)).sqrt()));
        let line = total(&normal, f64::NEG_INFINITY, f64::INFINITY);
        let near = |t: Option<f64>, to: f64| t.is_some_and(|t| f64::abs(t - to) < 1e-6);
        assert!(near(line, 1.0) && near(total(&exponential, 0.0, f64::INFINITY), 1.0), "{line:?}");
        assert!(near(total(&arcsine, 0.0, 1.0), 1.0) && near(total(&normal, 0.0, f64::INFINITY), 0.5));
        assert!(total(&|x| Some(1.0 / x), 0.0, f64::INFINITY).is_none(), "no value");
    }

    #[test]
    fn a_sentence_has_to_speak_of_the_formula() {
        assert!(is_said("the probability density function of the normal distribution is:"));
        assert!(is_said("the variable has density"));
        assert!(is_said("정규분포의 확률밀도함수는"));
        assert!(!is_said("the density of the gas is"));
        assert!(!is_said("let p be a density and"));
        assert!(!is_said("the density is proportional to the kernel, which is"));
    }
}
