//! Spectra of matrices, and errors of floats.

use nalgebra::DMatrix;

use crate::algebra::eval::{Env, Point, Value, evaluate};
use crate::claim::Verdict;
use crate::engine::sample::{points, small_points};
use crate::expr::{Expr, Node, fun};
use crate::message::{Lang, Message};
use crate::report::plot::axis::{Axis, datum, figure};
use crate::report::plot::{Bar, Plot, Tick};
use crate::study::Drawn;
use crate::verdict::{Evidence, Judged};

/// Work for one value.
const FUEL: u64 = 200_000;
/// Points of which errors are taken.
const POINTS: usize = 64;
/// Eigenvalues that differ from 0 by rounding alone are shown as 0.
const ZERO: f64 = 1e-9;
/// The decades of errors that are counted, the greatest last; what is smaller counts in the first.
const DECADES: std::ops::RangeInclusive<i32> = -17..=-8;

/// The eigenvalues of a matrix that is claimed to be (semi)definite, at a point: the counterexample, or one in small
/// numbers.
pub fn of_spectrum(judged: &Judged, lang: Lang) -> Option<Plot> {
    let found = Drawn::new(judged.statement.claim.as_ref()?)?;
    let Node::App(f, sides) = found.relation.node() else { return None };
    let [left, right] = sides.as_slice() else { return None };
    if !f.name.starts_with("loewner") {
        return None;
    }
    let point = match &judged.judgement.evidence {
        Some(Evidence::Counterexample { point, .. }) => point.clone(),
        _ => small_points(&found.problem(0, 1, &[3, 2])).into_iter().next()?,
    };
    let values = eigenvalues(left, right, &point)?;
    let shown = Message::new("plot-spectrum-at").with("point", &point).text(lang);
    let mut plot = Plot::new(Message::new("plot-spectrum").text(lang), shown);
    let label = |k: usize| format!("λ{}", k + 1);
    bars(&mut plot, &values, &(0..values.len()).map(label).collect::<Vec<_>>());
    plot.heads = vec!["λ".to_owned(), Message::new("plot-value").text(lang)];
    plot.rows = values.iter().enumerate().map(|(k, v)| vec![label(k), datum(*v)]).collect();
    Some(plot)
}

/// The eigenvalues of the difference of two symmetric matrices, the least first.
fn eigenvalues(left: &Expr, right: &Expr, point: &Point) -> Option<Vec<f64>> {
    let array = |e: &Expr| evaluate::<f64>(e, &Env::at(point), &mut FUEL.clone());
    let Value::Array(a) = array(left) else { return None };
    let n = a.columns.filter(|n| *n == a.rows && (1..=8).contains(n))?;
    let entries: Vec<f64> = match array(right) {
        Value::Array(b) if b.entries.len() == a.entries.len() => {
            a.entries.iter().zip(&b.entries).map(|(x, y)| x - y).collect()
        }
        Value::Scalar(0.0) => a.entries.clone(),
        _ => return None,
    };
    let matrix = DMatrix::from_row_slice(n, n, &entries);
    let symmetric = (&matrix + matrix.transpose()) * 0.5;
    if !symmetric.iter().all(|x| x.is_finite()) {
        return None;
    }
    let mut values: Vec<f64> =
        symmetric.symmetric_eigenvalues().iter().map(|v| if v.abs() < ZERO { 0.0 } else { *v }).collect();
    values.sort_by(f64::total_cmp);
    Some(values)
}

/// How far both sides of an equation are apart in floats, over points drawn for it.
pub fn of_errors(judged: &Judged, lang: Lang) -> Option<Plot> {
    let settled = matches!(judged.judgement.verdict, Verdict::Proved | Verdict::Confirmed);
    let claim = judged.statement.claim.as_ref().filter(|_| settled && !judged.judgement.checkers.is_empty())?;
    let found = Drawn::new(claim)?;
    let [left, right] = found.relation.as_app(fun::EQ)? else { return None };
    let errors: Vec<f64> =
        points(&found.problem(0, POINTS, &[3, 2, 5])).iter().filter_map(|p| error(left, right, p)).collect();
    if errors.len() < POINTS / 2 {
        return None;
    }
    let decade = |e: f64| DECADES.clone().find(|d| e <= 10f64.powi(*d)).unwrap_or(*DECADES.end());
    let count = |d: i32| errors.iter().filter(|e| decade(**e) == d).count();
    let counts: Vec<(i32, usize)> = DECADES.clone().map(|d| (d, count(d))).collect();
    let last = counts.iter().rposition(|(_, n)| *n > 0)?;
    let counts = counts.get(..=last.max(3))?;
    let description = Message::new("plot-errors-of").with("count", errors.len()).text(lang);
    let mut plot = Plot::new(Message::new("plot-errors").text(lang), description);
    let heights: Vec<f64> = counts.iter().map(|(_, n)| f64::from(u32::try_from(*n).unwrap_or(0))).collect();
    let labels: Vec<String> = counts
        .iter()
        .map(|(d, _)| if *d == *DECADES.start() { "≤1e−17".to_owned() } else { format!("1e−{}", -d) })
        .collect();
    bars(&mut plot, &heights, &labels);
    plot.along = Message::new("plot-error").text(lang);
    plot.heads = vec![plot.along.clone(), Message::new("plot-points").text(lang)];
    plot.rows = labels.iter().zip(counts).map(|(l, (_, n))| vec![l.clone(), n.to_string()]).collect();
    Some(plot)
}

/// The greatest relative difference of both sides at a point.
fn error(left: &Expr, right: &Expr, point: &Point) -> Option<f64> {
    let [l, r] = [left, right].map(|e| evaluate::<f64>(e, &Env::at(point), &mut FUEL.clone()));
    let (l, r) = (l.numbers(), r.numbers());
    if l.is_empty() || l.len() != r.len() || !l.iter().chain(r).all(|x| x.is_finite()) {
        return None;
    }
    Some(l.iter().zip(r).map(|(x, y)| (x - y).abs() / x.abs().max(1.0)).fold(0.0, f64::max))
}

/// Bars from 0 with a label below each.
fn bars(plot: &mut Plot, heights: &[f64], labels: &[String]) {
    let Some(up) = Axis::over(heights.iter().copied().chain([0.0]), plot.frame.bottom, plot.frame.top) else { return };
    let room = (plot.frame.right - plot.frame.left) / f64::from(u32::try_from(heights.len().max(1)).unwrap_or(1));
    let base = up.place(0.0);
    let mut x = plot.frame.left;
    for (h, label) in heights.iter().zip(labels) {
        let y = up.place(*h);
        // A bar of no height still shows where it stands.
        plot.bars.push(Bar {
            x: figure(x + room * 0.2),
            y: figure(y.min(base) - 1.0),
            width: figure(room * 0.6),
            height: figure((y - base).abs() + 2.0),
        });
        plot.ticks_x.push(Tick { at: figure(x + room / 2.0), label: label.clone() });
        x += room;
    }
    plot.ticks_y = up.ticks();
}
