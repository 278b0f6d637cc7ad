//! Named statistics, a row each, compared on data: a residual sum of squares without the square, a standard deviation
//! without the root.
//!
//! What a statistic is divided by differs between books, so only the shape counts: where the notes' formula is a multiple of
//! the textbook's on all data of a size, nothing is said.

use super::{Contradiction, same};
use crate::algebra::eval::{Array, Env, Point, PointValue, evaluate};
use crate::elaborate::supply;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::num::{Minus, Rational, short};

/// A statistic of data and of what was predicted for them.
struct Statistic {
    /// Words in the sentence that leads to the formula, of which one must stand there.
    words: &'static [&'static str],
    /// Left sides, without fonts, braces and spaces.
    names: &'static [&'static str],
    /// Whether it compares observations with what was predicted.
    predicts: bool,
    /// As it is shown.
    object: &'static str,
    /// Its values, in the conventions that books have.
    values: fn(&Data) -> Vec<f64>,
}

const STATISTICS: &[Statistic] = &[
    Statistic {
        words: &[
            "residual sum of squares",
            "sum of squared residuals",
            "sum of squared errors",
            "sum of squares of the residuals",
            "잔차제곱합",
            "잔차 제곱합",
        ],
        names: &["RSS", "SSE", "SSR", "SS_res"],
        predicts: true,
        object: "RSS = Σᵢ (yᵢ − ŷᵢ)²",
        values: |d| vec![residual(d)],
    },
    Statistic {
        words: &[
            "mean squared error",
            "mean square error",
            "mean-squared error",
            "mse",
            "평균제곱오차",
            "평균 제곱 오차",
        ],
        names: &["MSE"],
        predicts: true,
        object: "MSE = (1/n) Σᵢ (yᵢ − ŷᵢ)²",
        values: |d| vec![residual(d) / d.count()],
    },
    Statistic {
        words: &["root mean square", "root-mean-square", "rmse"],
        names: &["RMSE"],
        predicts: true,
        object: "RMSE = √((1/n) Σᵢ (yᵢ − ŷᵢ)²)",
        values: |d| vec![(residual(d) / d.count()).sqrt()],
    },
    Statistic {
        words: &["mean absolute error", "mae", "평균절대오차", "평균 절대 오차"],
        names: &["MAE"],
        predicts: true,
        object: "MAE = (1/n) Σᵢ |yᵢ − ŷᵢ|",
        values: |d| vec![d.y.iter().zip(&d.predicted).map(|(y, p)| f64::abs(y - p)).sum::<f64>() / d.count()],
    },
    Statistic {
        words: &["total sum of squares"],
        names: &["TSS", "SST", "SS_tot"],
        predicts: false,
        object: "TSS = Σᵢ (yᵢ − ȳ)²",
        values: |d| vec![spread(&d.y, &d.y)],
    },
    Statistic {
        words: &["coefficient of determination", "r-squared", "r squared", "결정계수"],
        names: &["R^2", "r^2"],
        predicts: true,
        object: "R² = 1 − Σᵢ (yᵢ − ŷᵢ)²/Σᵢ (yᵢ − ȳ)²",
        values: |d| {
            let total = spread(&d.y, &d.y);
            let (mean, own) = (d.y.iter().sum::<f64>() / d.count(), spread(&d.predicted, &d.predicted));
            let explained = d.predicted.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>();
            let both = spread(&d.y, &d.predicted);
            vec![1.0 - residual(d) / total, explained / total, own / total, both * both / (own * total)]
        },
    },
    Statistic {
        words: &["sample variance", "variance of the sample", "표본분산", "표본 분산"],
        names: &["s^2", "S^2", "hatsigma^2", "s_n^2", "s_x^2", "s_y^2", "S_n^2", "widehatsigma^2"],
        predicts: false,
        object: "s² = (1/(n − 1)) Σᵢ (yᵢ − ȳ)²",
        values: |d| vec![spread(&d.y, &d.y) / (d.count() - 1.0)],
    },
    Statistic {
        words: &["standard deviation", "표준편차", "표준 편차"],
        names: &["s", "SD", "sd", "hatsigma", "s_x", "s_y", "s_n", "widehatsigma"],
        predicts: false,
        object: "s = √((1/(n − 1)) Σᵢ (yᵢ − ȳ)²)",
        values: |d| vec![(spread(&d.y, &d.y) / (d.count() - 1.0)).sqrt()],
    },
];

/// Words of sentences about something else.
const OTHER: &[&str] = &[
    "adjust",
    "weight",
    "estimat",
    "range",
    "uncorrected",
    "raw ",
    "penal",
    "regulari",
    "robust",
    "trimmed",
    "pooled",
    "expected",
    "expectation",
    "approx",
    "instead",
    "unlike",
    "gradient",
    "derivative",
    "minimi",
    "log",
    "relative",
    "median",
    "wrong",
    "mistake",
    "not ",
    "pseudo",
    "shortcut",
    "cross",
    "scaled",
    "standardi",
    "normali",
    "틀린",
];

/// Observations, what was predicted for each.
struct Data {
    y: Vec<f64>,
    predicted: Vec<f64>,
}

impl Data {
    fn count(&self) -> f64 {
        self.y.len() as f64
    }
}

fn residual(d: &Data) -> f64 {
    d.y.iter().zip(&d.predicted).map(|(y, p)| (y - p) * (y - p)).sum()
}

/// The sum of the products of the deviations from the means.
fn spread(a: &[f64], b: &[f64]) -> f64 {
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let (p, q) = (mean(a), mean(b));
    a.iter().zip(b).map(|(x, y)| (x - p) * (y - q)).sum()
}

/// Observations and predictions of a size.
const DATA: [([i64; 4], [i64; 4]); 3] =
    [([1, 4, 2, 7], [2, 3, 2, 5]), ([3, -2, 5, 1], [1, -1, 2, 2]), ([2, 9, 4, -1], [3, 7, 1, 4])];

/// Letters of observations; e and r are residuals themselves.
const OBSERVED: &[&str] = &["x", "y", "z", "X", "Y", "Z", "t"];

/// Fuel for one evaluation.
const FUEL: u64 = 10_000;

/// The statistic that the left side and the sentence name, if the right side is another function of the data.
pub(super) fn contradiction(left: &Expr, right: &Expr, sentence: &str, latex: &str) -> Option<Contradiction> {
    let name = plain(latex.split('=').next()?);
    let said = |list: &[&str]| list.iter().any(|w| sentence.contains(w));
    let statistic = STATISTICS.iter().find(|s| s.names.contains(&name.as_str()) && said(s.words))?;
    if said(OTHER) {
        return None;
    }
    let names: Vec<Symbol> = left.symbols().into_iter().collect();
    let right = &of_predictions(&supply(right, &[]).1);
    let sums = right.any(&mut |e| matches!(e.node(), Node::Bind { binder: Binder::Sum, .. }));
    let predicted = right.symbols().iter().any(|s| !s.sort.is_scalar() && mark(&s.name).is_some());
    if !sums || predicted != statistic.predicts {
        return None;
    }
    if right.has_opaque()
        || right.any(&mut |e| matches!(e.node(), Node::Call(..)))
        || names.iter().any(|s| right.mentions(s))
    {
        return None;
    }
    let mut ratios: Vec<Vec<f64>> = vec![];
    let mut first = None;
    for (y, predicted) in DATA {
        let floats = |v: [i64; 4]| v.iter().map(|x| *x as f64).collect();
        let data = Data { y: floats(y), predicted: floats(predicted) };
        let point = point(right, &y, &predicted)?;
        let found = number(right, &point).or_else(|| divides_by_zero(right, &point).then_some(f64::INFINITY))?;
        let values = (statistic.values)(&data);
        ratios.push(values.iter().map(|value| found / value).collect());
        if let (None, Some(value)) = (&first, values.first()) {
            first = Some((point, found, *value));
        }
    }
    let (start, others) = ratios.split_first()?;
    let multiple = start.iter().enumerate().any(|(k, ratio)| {
        ratio.is_finite() && *ratio > 0.0 && others.iter().all(|r| r.get(k).is_some_and(|other| same(*other, *ratio)))
    });
    let (point, found, value) = first.filter(|_| !multiple)?;
    let arrays = point.iter().filter(|(_, v)| matches!(v, PointValue::Array(_)));
    Some(Contradiction {
        object: Some(statistic.object.to_owned()),
        point: arrays.map(|(s, v)| format!("{} = {v}", Expr::sym(s.clone()))).collect::<Vec<_>>().join(", "),
        found: if found.is_finite() { short(found, Minus::Unicode) } else { "∞".to_owned() },
        value: short(value, Minus::Unicode),
    })
}

fn number(e: &Expr, point: &Point) -> Option<f64> {
    evaluate::<f64>(e, &Env::at(point), &mut FUEL.clone()).scalar().copied().filter(|x| x.is_finite())
}

/// Whether something that vanishes on the data is divided by, as the sum of the deviations from the mean is.
fn divides_by_zero(e: &Expr, point: &Point) -> bool {
    e.any(&mut |x| match x.as_app(fun::POW) {
        Some([base, n]) if n.as_num().is_some_and(|n| *n < Rational::from(0)) => {
            number(base, point).is_some_and(|value| f64::abs(value) < 1e-12)
        }
        _ => false,
    })
}

/// Every symbol with its value by its name: `\hat y` is predicted, `\bar y` a mean; arrays of one letter only.
fn point(e: &Expr, y: &[i64], predicted: &[i64]) -> Option<Point> {
    let sizes: Vec<Symbol> = sizes(e);
    let all = e.symbols();
    let arrays: Vec<&Symbol> = all.iter().filter(|s| !s.sort.is_scalar()).collect();
    let own = arrays.iter().find(|s| mark(&s.name).is_none()).map(|s| letter(&s.name).to_owned())?;
    let observed = OBSERVED.contains(&own.as_str());
    if !observed || arrays.iter().any(|s| s.sort.sizes().len() != 1 || letter(&s.name) != own) {
        return None;
    }
    let mean = Rational::new(y.iter().sum(), y.len() as i64)?;
    let array = |v: &[i64]| PointValue::Array(Array::vector(v.iter().map(|x| Rational::from(*x)).collect()));
    let mut point = Point::new();
    for s in &all {
        let value = match (s.sort.is_scalar(), mark(&s.name)) {
            (false, None) => array(y),
            (false, Some("\\hat" | "\\widehat")) => array(predicted),
            (false, Some(_)) => return None,
            (true, Some("\\bar" | "\\overline")) if letter(&s.name) == own => PointValue::Scalar(mean.clone()),
            _ if sizes.contains(s) => PointValue::Scalar(Rational::from(y.len() as i64)),
            _ => return None,
        };
        point.set(s, value);
    }
    for s in sizes {
        point.set(&s, PointValue::Scalar(Rational::from(y.len() as i64)));
    }
    Some(point)
}

/// The symbols that count the data: sizes of arrays, ends of sums.
fn sizes(e: &Expr) -> Vec<Symbol> {
    let mut out: Vec<Symbol> =
        e.symbols().iter().flat_map(|s| s.sort.sizes().to_vec()).flat_map(|n| n.symbols()).collect();
    e.any(&mut |x| {
        if let Node::Bind { binder: Binder::Sum, domain: Domain::Range(_, high), .. } = x.node() {
            out.extend(high.symbols());
        }
        false
    });
    out
}

/// Predictions `f(x_i)` as the entries of an array.
fn of_predictions(e: &Expr) -> Expr {
    let mut observed: Option<Symbol> = None;
    e.any(&mut |x| {
        if let Some([array, _]) = x.as_app(fun::INDEX) {
            observed = observed.take().or_else(|| array.as_symbol().filter(|s| letter(&s.name) == "y").cloned());
        }
        false
    });
    let Some(y) = observed else { return e.clone() };
    e.transform(&mut |x, _| {
        let Node::Call(f, args) = x.node() else { return None };
        let [of] = args.as_slice() else { return None };
        let [array, at] = of.as_app(fun::INDEX)? else { return None };
        let predicts = matches!(&*f.name, "f" | "\\hat{f}" | "h") && array.as_symbol().is_some_and(|s| &*s.name == "x");
        let hat = Symbol::new(&format!("\\hat{{{}}}", y.name), Sort::clone(&y.sort));
        predicts.then(|| Expr::sym(hat).index(vec![at.clone()]))
    })
}

/// The accent of a letter.
fn mark(name: &str) -> Option<&str> {
    name.split_once('{').map(|(mark, _)| mark).filter(|mark| mark.starts_with('\\'))
}

/// The letter below an accent, without its subscript.
fn letter(name: &str) -> &str {
    let inner = name.split_once('{').map_or(name, |(_, inner)| inner);
    inner.split(['}', '_']).next().unwrap_or(inner).trim()
}

/// The left side as it is written, without fonts, braces, backslashes and spaces.
fn plain(latex: &str) -> String {
    let bare = latex.rsplit("$").next().unwrap_or(latex);
    let fonts = ["\\mathrm", "\\text", "\\operatorname", "\\mathit", "\\textrm", "\\textit", "&"];
    let bare = fonts.iter().fold(bare.to_owned(), |text, font| text.replace(font, ""));
    bare.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}' | '\\')).collect()
}
