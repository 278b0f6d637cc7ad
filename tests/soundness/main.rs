//! What the verdicts rest on, tried from the tables: a new row of functions is tested with nobody remembering, and the
//! engines are tried against claims that a generator knows to be true or false.

mod certificates;
mod claims;
mod draw;
#[path = "../draws/mod.rs"]
mod draws;
mod engines;
mod kernel;
mod tamper;
mod values;

use std::collections::BTreeMap;

use rederive::algebra::differentiate;
use rederive::algebra::eval::{Env, Point, Value, evaluate};
use rederive::claim::{Kind, Verdict};
use rederive::expr::{Binder, Domain, Expr, Sort, fun, latex};
use rederive::num::{Interval, Number, Precise, Rational, Ternary};
use rederive::source::Source;
use rederive::{Options, check};

use draw::{Draw, expression, rewritten, spoilt, variables};

/// Boxes per function and system.
const BOXES: usize = 600;

/// Claims of each kind.
const CLAIMS: usize = 150;

fn float_at(e: &Expr, x: f64, y: f64) -> f64 {
    let [a, b] = variables();
    let mut env = Env::<f64>::at(&Point::new());
    for (name, value) in [(a, x), (b, y)] {
        env = env.with(name.as_symbol().expect("a symbol"), Value::Scalar(value));
    }
    evaluate(e, &env, &mut 1_000_000).scalar().copied().unwrap_or(f64::NAN)
}

/// The rows that have values of one or two numbers, with how many.
fn scalar_rows() -> impl Iterator<Item = (&'static fun::Row, fun::Kernel, usize)> {
    let arity = |row: &fun::Row| [1, 2].into_iter().find(|n| row.arity.admits(*n));
    fun::rows().filter_map(move |row| Some((row, row.kernel?, arity(row)?)))
}

fn enclosed(lo: f64, hi: f64) -> (Interval, Precise) {
    let wide = |x: f64| Precise::from_rational(&Rational::from_f64(x).expect("finite"));
    (Interval::new(lo, hi), wide(lo).hull(&wide(hi)))
}

#[test]
fn every_function_row_encloses_its_values() {
    let mut draw = Draw::new(1);
    let mut figures: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (row, kernel, arity) in scalar_rows() {
        for _ in 0..BOXES {
            let members: Vec<_> = (0..arity).map(|_| draw.member()).collect();
            if members.iter().any(|(lo, _, hi)| !(lo.is_finite() && hi.is_finite())) {
                continue;
            }
            let at = |pick: fn(&(f64, f64, f64)) -> f64| members.iter().map(pick).collect::<Vec<f64>>();
            let boxes: Vec<(Interval, Precise)> = members.iter().map(|(lo, _, hi)| enclosed(*lo, *hi)).collect();
            let points: Vec<(Interval, Precise)> = members.iter().map(|(_, x, _)| enclosed(*x, *x)).collect();
            let near = (kernel.interval)(&boxes.iter().map(|b| b.0).collect::<Vec<_>>());
            let point = (kernel.interval)(&points.iter().map(|b| b.0).collect::<Vec<_>>());
            let wide = (kernel.precise)(&points.iter().map(|b| b.1.clone()).collect::<Vec<_>>());
            let float = (kernel.float)(&at(|m| m.1));
            let place = || format!("{} at {members:?}: {near:?}, {point:?}, {wide:?}, {float}", row.name);
            let counts = figures.entry(row.name).or_default();
            counts.0 += 1;
            // What is undefined is nowhere said to be defined, and the other way round.
            assert!(!(point.defined() == Ternary::False && wide.defined() == Ternary::True), "{}", place());
            assert!(!(point.defined() == Ternary::True && wide.defined() == Ternary::False), "{}", place());
            assert!(!(near.defined() == Ternary::True && point.defined() == Ternary::False), "{}", place());
            assert!(!(near.defined() == Ternary::False && point.defined() == Ternary::True), "{}", place());
            if point.defined() == Ternary::True && near.defined() == Ternary::True {
                counts.1 += 1;
                // A narrower box has the narrower image, up to the rounding of one more place on each side.
                assert!(near.lo().next_down() <= *point.lo() && *point.hi() <= near.hi().next_up(), "{}", place());
                if float.is_finite() {
                    let slack = 1e-9 * float.abs().max(1e-290);
                    assert!(near.lo() - slack <= float && float <= near.hi() + slack, "{}", place());
                }
                // Both enclose one number, so they meet.
                if wide.defined() == Ternary::True && point.lo().is_finite() && point.hi().is_finite() {
                    assert!(!wide.disjoint(&enclosed(*point.lo(), *point.hi()).1), "{}", place());
                }
            }
        }
    }
    println!("function: boxes, with values all over");
    figures.iter().for_each(|(name, (all, defined))| println!("{name}: {all}, {defined}"));
    assert!(figures.len() > 20, "the table has fewer rows than that: {}", figures.len());
}

#[test]
fn every_derivative_row_gives_what_dual_numbers_give() {
    let mut draw = Draw::new(2);
    let mut figures: BTreeMap<&str, usize> = BTreeMap::new();
    let variables = variables();
    for (row, _, arity) in scalar_rows().filter(|(row, ..)| row.derivative.is_some()) {
        let e = Expr::apply(row.name, variables[..arity].to_vec());
        for by in &variables[..arity] {
            let body = e.abstracted(by.as_symbol().expect("a symbol"), Sort::Real);
            let dual = Expr::bind(Binder::Derivative, Domain::At(by.clone(), vec![]), body);
            let Ok((symbolic, _)) = differentiate(&dual) else { continue };
            for _ in 0..100 {
                let (x, y) = ((draw.share() - 0.5) * 6.0, (draw.share() - 0.5) * 6.0);
                let (a, b) = (float_at(&symbolic, x, y), float_at(&dual, x, y));
                if a.is_finite() && b.is_finite() {
                    *figures.entry(row.name).or_default() += 1;
                    let close = (a - b).abs() <= 1e-8 * a.abs().max(b.abs()).max(1e-3);
                    assert!(close, "∂{} at ({x}, {y}): by its row {a}, by dual numbers {b}", row.name);
                }
            }
        }
    }
    println!("derivative: points");
    figures.iter().for_each(|(name, n)| println!("{name}: {n}"));
    assert!(figures.len() > 15, "{figures:?}");
}

/// The statements of a claim about all real x and y.
fn notes(relations: &[String]) -> Source {
    let one = |r: &String| format!("## Claim\n\nFor all real $x$ and $y$:\n\n$$\n{r}\n$$\n\n");
    Source::new("drawn.md", relations.iter().map(one).collect::<String>())
}

/// Points at which drawn expressions are compared.
const POINTS: [(f64, f64); 6] = [(0.3, 0.7), (-0.4, 1.1), (1.3, -0.6), (0.9, 0.2), (-1.2, -0.8), (0.0, 0.5)];

/// Whether the floats of two expressions are the same up to rounding at all points; `None` if they are too close to
/// tell, or too large.
fn agree(a: &Expr, b: &Expr) -> Option<bool> {
    let mut all = true;
    for (x, y) in POINTS {
        let (p, q) = (float_at(a, x, y), float_at(b, x, y));
        let scale = p.abs().max(q.abs()).max(1.0);
        let apart = (p - q).abs() / scale;
        if !apart.is_finite() || scale > 1e12 || (1e-9..1e-3).contains(&apart) {
            return None;
        }
        all &= apart < 1e-9;
    }
    Some(all)
}

#[test]
fn what_is_printed_is_read_again() {
    let mut draw = Draw::new(3);
    let drawn: Vec<Expr> = (0..3 * CLAIMS).map(|k| expression(&mut draw, 1 + k % 4)).collect();
    let relations: Vec<String> = drawn.iter().map(|e| format!("{} = 7 x y", latex(e))).collect();
    let result = check(notes(&relations), &Options { instances: 1, repairs: false, ..Options::default() });
    let read: Vec<_> = result.statements.iter().filter(|s| s.statement.relation == "=").collect();
    assert_eq!(read.len(), drawn.len());
    for (e, judged) in drawn.iter().zip(read) {
        let (left, _) = judged.statement.sides.as_ref().unwrap_or_else(|| panic!("not read: {}", latex(e)));
        assert_eq!(latex(left), latex(e), "printed, read and printed again");
        let plain = |s: &Expr| {
            let [x, y] = variables();
            let names = [("x", x), ("y", y)];
            s.transform(&mut |part, _| {
                names.iter().find(|(n, _)| part.as_symbol().is_some_and(|s| *s.name == **n)).map(|(_, v)| v.clone())
            })
        };
        assert!(agree(&plain(left), e) != Some(false), "another value: {}", latex(e));
    }
    println!("{} expressions", drawn.len());
}

/// The verdicts of relations, each in notes of its own: a false line would be one that others may follow from.
fn verdicts(relations: &[String]) -> Vec<(String, Verdict)> {
    let options = Options { instances: 12, repairs: false, ..Options::default() };
    let mut out = vec![];
    for some in relations {
        let result = check(notes(std::slice::from_ref(some)), &options);
        let claims =
            result.statements.iter().filter(|s| !s.statement.relation.is_empty() && s.statement.relation != "\\in");
        out.extend(claims.map(|s| {
            let verdict = if s.statement.kind == Kind::Claim { s.judgement.verdict } else { Verdict::None };
            (s.statement.latex.clone(), verdict)
        }));
    }
    out
}

#[test]
fn no_false_claim_is_proved_and_no_true_one_is_refuted() {
    let mut draw = Draw::new(4);
    let (mut right, mut wrong) = (vec![], vec![]);
    let mut tries = 0;
    while (right.len() < CLAIMS || wrong.len() < CLAIMS) && tries < 20 * CLAIMS {
        tries += 1;
        let steps = 1 + draw.below(3);
        let depth = 1 + draw.below(3);
        let e = expression(&mut draw, depth);
        let same = rewritten(&mut draw, &e, steps);
        if right.len() < CLAIMS && latex(&same) != latex(&e) && agree(&e, &same) == Some(true) {
            right.push(format!("{} = {}", latex(&e), latex(&same)));
        }
        let other = spoilt(&mut draw, &same);
        if wrong.len() < CLAIMS && agree(&e, &other) == Some(false) {
            wrong.push(format!("{} = {}", latex(&e), latex(&other)));
        }
    }
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut faults = vec![];
    for (kind, relations) in [("true", &right), ("false", &wrong)] {
        for (text, verdict) in verdicts(relations) {
            *counts.entry((kind, verdict.word())).or_default() += 1;
            let fault = match kind {
                "true" => verdict == Verdict::Refuted,
                _ => matches!(verdict, Verdict::Proved | Verdict::Conditional | Verdict::Confirmed),
            };
            if fault {
                faults.push(format!("{kind}, and {}: {text}", verdict.word()));
            }
        }
    }
    println!("{counts:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // The generator asks what the engines can do: else the test would hold of an engine that does nothing.
    let of = |kind, verdict| counts.get(&(kind, verdict)).copied().unwrap_or(0);
    assert!(of("true", "proved") * 2 > right.len() && of("false", "refuted") * 2 > wrong.len(), "{counts:?}");
}

#[test]
fn no_false_inequality_is_proved_and_no_true_one_is_refuted() {
    let mut draw = Draw::new(5);
    let (mut right, mut wrong) = (vec![], vec![]);
    for _ in 0..CLAIMS {
        let depth = 1 + draw.below(2);
        let (e, f) = (expression(&mut draw, depth), expression(&mut draw, 1));
        let square = rewritten(&mut draw, &(e.clone() - f.clone()).pow(Expr::int(2)), 1);
        right.push(format!("{} \\geq 0", latex(&square)));
        right.push(format!(
            "{} \\geq {}",
            latex(&(e.clone().pow(Expr::int(2)) + f.clone().pow(Expr::int(2)))),
            latex(&(Expr::int(2) * e.clone() * f.clone()))
        ));
        let values: Vec<f64> = POINTS.iter().map(|(x, y)| float_at(&e, *x, *y) - float_at(&f, *x, *y)).collect();
        if values.iter().any(|v| *v < -1e-3) {
            wrong.push(format!("{} \\geq {}", latex(&e), latex(&f)));
        }
        if values.iter().any(|v| *v > 1e-3) {
            wrong.push(format!("{} \\leq {}", latex(&e), latex(&f)));
        }
    }
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut faults = vec![];
    for (kind, relations) in [("true", &right), ("false", &wrong)] {
        for (text, verdict) in verdicts(relations) {
            *counts.entry((kind, verdict.word())).or_default() += 1;
            let proved = matches!(verdict, Verdict::Proved | Verdict::Conditional);
            if (kind == "true" && verdict == Verdict::Refuted) || (kind == "false" && proved) {
                faults.push(format!("{kind}, and {}: {text}", verdict.word()));
            }
        }
    }
    println!("{counts:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let of = |kind, verdict| counts.get(&(kind, verdict)).copied().unwrap_or(0);
    assert!(of("true", "proved") * 4 > right.len() && of("false", "refuted") * 10 > wrong.len(), "{counts:?}");
}
