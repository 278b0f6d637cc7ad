//! Functions over a line through a point.

use crate::algebra::eval::{Env, Point, PointValue, evaluate};
use crate::claim::Verdict;
use crate::engine::sample::small_points;
use crate::expr::{Binder, Domain, Expr, Node, Sort, Symbol, fun};
use crate::message::{Lang, Message};
use crate::num::{Rational, Ternary};
use crate::report::plot::axis::{Axis, datum, figure};
use crate::report::plot::{Curve, Dot, Plot};
use crate::study::Drawn;
use crate::verdict::{Evidence, Judged, carried_out, certain, derives};

/// Steps to each side of the point.
const STEPS: i64 = 24;
/// Steps to a unit.
const FINE: i64 = 8;
/// Fewest places of a curve at which the givens hold.
const FEWEST: usize = 13;
/// Work for one value.
const FUEL: u64 = 30_000;
/// Sizes of what is drawn.
const SIZES: [i64; 2] = [3, 2];

/// A way through a point: the place `t` on it, exactly.
struct Way {
    /// What varies, for people.
    name: String,
    places: Vec<(f64, Point)>,
    /// Where the point itself lies.
    at: f64,
}

/// Both sides of a refuted claim along a line through its counterexample.
pub fn of_counterexample(judged: &Judged, lang: Lang) -> Option<Plot> {
    let Some(Evidence::Counterexample { relation, givens, point }) = &judged.judgement.evidence else { return None };
    let (left, right) = sides(relation)?;
    let named = ["report-left", "report-right"].map(|key| Message::new(key).text(lang));
    let [left_name, right_name] = named;
    let title = Message::new("plot-counterexample").text(lang);
    drawn(title, &[(left_name, left), (right_name, right)], givens, point, true, lang)
}

/// The sides of an inequality that is shown.
pub fn of_bound(judged: &Judged, lang: Lang) -> Option<Plot> {
    if !matches!(judged.judgement.verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed) {
        return None;
    }
    let found = Drawn::new(judged.statement.claim.as_ref()?)?;
    let (left, right) = match found.relation.node() {
        Node::App(f, _) if ["lt", "le", "gt", "ge"].contains(&f.name) => sides(&found.relation)?,
        _ => return None,
    };
    let point = small_points(&found.problem(0, 1, &SIZES)).into_iter().next()?;
    let names = judged.statement.sides.as_ref().map(|(l, r)| (l.to_string(), r.to_string()))?;
    let title = Message::new("plot-bound").text(lang);
    drawn(title, &[(names.0, left), (names.1, right)], found.givens(), &point, false, lang)
}

/// A function and its derivative where a claim says what the derivative is.
pub fn of_gradient(judged: &Judged, lang: Lang) -> Option<Plot> {
    if !matches!(judged.judgement.verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed) {
        return None;
    }
    let claim = judged.statement.claim.as_ref()?;
    let Some([left, _]) = claim.unfolded.as_app(fun::EQ) else { return None };
    let Node::Bind { binder: Binder::Derivative, domain: Domain::At(at, indices), body } = left.node() else {
        return None;
    };
    let variable = at.as_symbol().filter(|s| s.sort == Sort::Real && indices.is_empty())?;
    let loss = carried_out(&body.instantiated(at)).filter(|e| !derives(e) && e.sort().is_scalar())?;
    let found = Drawn::new(claim)?;
    let (slope, _) = sides(&found.relation)?;
    let point = small_points(&found.problem(0, 1, &SIZES)).into_iter().next()?;
    let title = Message::new("plot-gradient").text(lang);
    let [function, derivative] = ["plot-function", "plot-derivative"].map(|key| Message::new(key).text(lang));
    let way = along(variable, None, found.givens(), &point)?;
    pictured(title, &[(function, loss), (derivative, slope)], &way, false, lang)
}

/// The sides of a relation between numbers.
fn sides(relation: &Expr) -> Option<(Expr, Expr)> {
    match relation.node() {
        Node::App(f, args) if ["eq", "lt", "le", "gt", "ge", "ne"].contains(&f.name) => match args.as_slice() {
            [l, r] if l.sort().is_scalar() && r.sort().is_scalar() => Some((l.clone(), r.clone())),
            _ => None,
        },
        _ => None,
    }
}

/// The picture along the first way on which enough of the curves lies and something varies.
fn drawn(
    title: String,
    curves: &[(String, Expr)],
    givens: &[Expr],
    point: &Point,
    marked: bool,
    lang: Lang,
) -> Option<Plot> {
    let varies = |s: &Symbol| curves.iter().any(|(_, e)| e.mentions(s));
    let symbols: Vec<Symbol> = point.iter().map(|(s, _)| s.clone()).filter(varies).collect();
    let ways = symbols.iter().flat_map(|s| {
        let arrays = [Some((0, None)), Some((0, Some(1)))];
        let directions: Vec<_> =
            if matches!(point.get(s), Some(PointValue::Array(_))) { arrays.to_vec() } else { vec![None] };
        directions.into_iter().map(move |d| (s, d))
    });
    ways.filter_map(|(s, d)| along(s, d, givens, point))
        .find_map(|way| pictured(title.clone(), curves, &way, marked, lang))
}

/// The way through a point on which a number, an entry, or one entry against another varies. Only places stay where no
/// given certainly fails.
fn along(symbol: &Symbol, entries: Option<(usize, Option<usize>)>, givens: &[Expr], point: &Point) -> Option<Way> {
    let (name, at) = match (point.get(symbol)?, entries) {
        (PointValue::Scalar(q), None) if symbol.sort == Sort::Real => {
            (Expr::sym(symbol.clone()).to_string(), q.clone())
        }
        (PointValue::Array(a), Some((i, _))) => {
            let columns = a.width().max(1);
            let index = |k: usize| Expr::int(i64::try_from(k + 1).unwrap_or(1));
            let indices =
                if a.columns.is_some() { vec![index(i / columns), index(i % columns)] } else { vec![index(i)] };
            (Expr::sym(symbol.clone()).index(indices).to_string(), a.entries.get(i)?.clone())
        }
        _ => return None,
    };
    // Entries that keep their sum stay between 0 and 1 more often than not.
    let fine = if matches!(entries, Some((_, Some(_)))) { 2 * STEPS } else { FINE };
    let fine = Rational::from(1).checked_div(&Rational::from(fine))?;
    let moved = |k: i64| {
        let by = &Rational::from(k) * &fine;
        let mut p = point.clone();
        match (point.get(symbol)?, entries) {
            (PointValue::Array(a), Some((i, other))) => {
                let mut a = a.clone();
                *a.entries.get_mut(i)? = a.entries.get(i)? + &by;
                if let Some(j) = other {
                    *a.entries.get_mut(j)? = a.entries.get(j)? - &by;
                }
                p.set(symbol, PointValue::Array(a));
            }
            (PointValue::Scalar(q), _) => p.set(symbol, PointValue::Scalar(q + &by)),
            _ => return None,
        }
        let allowed = givens.iter().all(|g| certain(g, &p) != Ternary::False);
        allowed.then(|| ((&at + &by).to_f64(), p))
    };
    let places: Vec<(f64, Point)> = (-STEPS..=STEPS).filter_map(moved).collect();
    (places.len() >= FEWEST).then(|| Way { name, places, at: at.to_f64() })
}

/// The curves along a way; `None` if too few values are known, or nothing varies.
fn pictured(title: String, curves: &[(String, Expr)], way: &Way, marked: bool, lang: Lang) -> Option<Plot> {
    let value = |e: &Expr, p: &Point| {
        let found = evaluate::<f64>(e, &Env::at(p), &mut FUEL.clone());
        found.scalar().copied().filter(|x| x.is_finite()).unwrap_or(f64::NAN)
    };
    let values: Vec<Vec<f64>> =
        curves.iter().map(|(_, e)| way.places.iter().map(|(_, p)| value(e, p)).collect()).collect();
    let known = |list: &Vec<f64>| list.iter().filter(|v| v.is_finite()).count() >= FEWEST;
    let varies = |list: &Vec<f64>| {
        let (low, high) = list.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
        high - low > 1e-9
    };
    if !values.iter().all(known) || !values.iter().any(varies) {
        return None;
    }
    let names = curves.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let description = Message::new("plot-along").with("curves", names.join(" · ")).with("name", &way.name).text(lang);
    let mut plot = Plot::new(title, description);
    let xs: Vec<f64> = way.places.iter().map(|(x, _)| *x).collect();
    let across = Axis::exact(*xs.first()?, *xs.last()?, plot.frame.left, plot.frame.right);
    let up = Axis::over(values.iter().flatten().copied(), plot.frame.bottom, plot.frame.top)?;
    for (style, (name, list)) in names.iter().zip(&values).enumerate() {
        let mut d = String::new();
        let mut pen = 'M';
        for (x, y) in xs.iter().zip(list) {
            if y.is_finite() {
                d.push_str(&format!("{pen}{} {}", figure(across.place(*x)), figure(up.place(*y))));
                pen = 'L';
            } else {
                pen = 'M';
            }
        }
        plot.paths.push(Curve { name: name.clone(), d, style });
    }
    if marked {
        let here = xs.iter().position(|x| *x == way.at)?;
        let at = |list: &Vec<f64>| list.get(here).copied().filter(|y| y.is_finite());
        let dots = values.iter().enumerate().filter_map(|(style, list)| Some((style, at(list)?)));
        plot.dots =
            dots.map(|(style, y)| Dot { x: figure(across.place(way.at)), y: figure(up.place(y)), style }).collect();
    }
    (plot.ticks_x, plot.ticks_y) = (across.ticks(), up.ticks());
    plot.along = way.name.clone();
    plot.heads = std::iter::once(way.name.clone()).chain(names).collect();
    let row = |(k, x): (usize, &f64)| {
        std::iter::once(datum(*x))
            .chain(values.iter().map(|list| list.get(k).map_or(String::new(), |y| datum(*y))))
            .collect()
    };
    plot.rows = xs.iter().enumerate().step_by(4).map(row).collect();
    Some(plot)
}
