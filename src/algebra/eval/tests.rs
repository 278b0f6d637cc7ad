use std::sync::Arc;

use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

use super::*;
use crate::expr::{Binder, Domain, Node, Sort, Symbol};
use crate::num::{Exact, Interval, Number, Precise, Rational};

const FUEL: u64 = 1_000_000;

pub(super) fn q(n: i64, d: i64) -> Rational {
    Rational::new(n, d).unwrap()
}

pub(super) fn real(name: &str) -> Symbol {
    Symbol::new(name, Sort::Real)
}

pub(super) fn vector(name: &str, n: &str) -> Symbol {
    Symbol::new(name, Sort::vector(Expr::size_symbol(n)))
}

pub(super) fn matrix(name: &str, m: &str, n: &str) -> Symbol {
    Symbol::new(name, Sort::matrix(Expr::size_symbol(m), Expr::size_symbol(n)))
}

pub(super) fn size(name: &str) -> Symbol {
    Symbol::new(name, Sort::Integer)
}

pub(super) fn sym(s: &Symbol) -> Expr {
    Expr::sym(s.clone())
}

pub(super) fn app(name: &str, args: Vec<Expr>) -> Expr {
    Expr::apply(name, args)
}

fn float(e: &Expr, p: &Point) -> Value<f64> {
    evaluate(e, &Env::at(p), &mut FUEL.clone())
}

fn number(e: &Expr, p: &Point) -> f64 {
    *float(e, p).scalar().unwrap()
}

fn exact(e: &Expr, p: &Point) -> Exact {
    evaluate::<Exact>(e, &Env::at(p), &mut FUEL.clone()).scalar().unwrap().clone()
}

fn rationals(list: &[i64]) -> Vec<Rational> {
    list.iter().map(|i| Rational::from(*i)).collect()
}

fn assert_close(got: &Value<f64>, want: &DMatrix<f64>) {
    let Value::Array(a) = got else { panic!("{got:?}") };
    assert_eq!((a.rows, a.width()), want.shape());
    for i in 0..a.rows {
        for j in 0..a.width() {
            let (x, y) = (*a.get(i, j).unwrap(), want[(i, j)]);
            assert!((x - y).abs() <= 1e-9 * (1.0 + y.abs()), "({i}, {j}): {x} ≠ {y}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn matrix_functions_agree_with_nalgebra(entries in prop::collection::vec(-9i64..=9, 25), n in 1usize..=5) {
        let (a, b) = (matrix("A", "n", "n"), vector("b", "n"));
        let list = rationals(&entries[..n * n]);
        let column = rationals(&entries[20..20 + n]);
        let p = Point::new()
            .with_scalar(&size("n"), Rational::from(n as i64))
            .with_array(&a, Array::matrix(n, n, list).unwrap())
            .with_array(&b, Array::vector(column));
        let m = DMatrix::from_row_iterator(n, n, entries[..n * n].iter().map(|x| *x as f64));
        let v = DVector::from_iterator(n, entries[20..20 + n].iter().map(|x| *x as f64));
        let (a, b) = (sym(&a), sym(&b));
        let t = app("transpose", vec![a.clone()]);
        assert_close(&float(&(a.clone() * a.clone()), &p), &(&m * &m));
        assert_close(&float(&(t.clone() * b.clone()), &p), &DMatrix::from_column_slice(n, 1, (m.transpose() * &v).as_slice()));
        assert_close(&float(&(b.clone() * app("transpose", vec![b.clone()])), &p), &(&v * v.transpose()));
        assert_close(&float(&a.pow(Expr::int(3)), &p), &(&m * &m * &m));
        let det = m.determinant();
        prop_assert!((number(&app("det", vec![a.clone()]), &p) - det).abs() <= 1e-7 * (1.0 + det.abs()));
        prop_assert!((number(&app("trace", vec![a.clone()]), &p) - m.trace()).abs() < 1e-9);
        prop_assert!((number(&app("norm", vec![a.clone()]), &p) - m.norm()).abs() < 1e-9);
        prop_assert!((number(&(app("transpose", vec![b.clone()]) * a.clone() * b), &p) - v.dot(&(&m * &v))).abs() < 1e-6);
        let inverse = app("inverse", vec![a.clone()]);
        match exact(&app("det", vec![a.clone()]), &p) {
            Exact::Value(d) if d == Rational::from(0) => {
                let entry = inverse.index(vec![Expr::int(1), Expr::int(1)]);
                prop_assert_eq!(exact(&entry, &p), Exact::Undefined);
            }
            _ => {
                let one = evaluate::<Exact>(&(inverse * a), &Env::at(&p), &mut FUEL.clone());
                let unit = evaluate::<Exact>(&app("identity", vec![Expr::size_symbol("n")]), &Env::at(&p), &mut FUEL.clone());
                prop_assert_eq!(one, unit);
            }
        }
    }

    #[test]
    fn enclosures_contain_the_exact_and_the_float_value(x in -40i64..40, y in -40i64..40, pick in 0usize..9) {
        let (a, b) = (Expr::real("x"), Expr::real("y"));
        let e = [
            a.pow(Expr::int(3)) - b.clone() * a.clone(),
            app("exp", vec![a.clone()]) * app("sin", vec![b.clone()]),
            app("sigmoid", vec![a.clone() - b.clone()]).over(&(Expr::int(1) + app("exp", vec![b.clone()]))),
            app("max", vec![a.clone(), b.clone()]) + app("abs", vec![a.clone()]),
            app("softmax", vec![Expr::vector(vec![a.clone(), b.clone(), Expr::int(1)])]).index(vec![Expr::int(2)]),
            app("logsumexp", vec![Expr::vector(vec![a.clone(), b.clone()])]),
            app("det", vec![Expr::matrix(2, 2, vec![a.clone(), b.clone(), b.clone(), a.clone()])]),
            app("norm", vec![Expr::vector(vec![a.clone(), b.clone()])]),
            app("log", vec![Expr::int(1) + a.pow(Expr::int(2))]).pow(Expr::int(2)),
        ][pick].clone();
        let p = Point::new().with_scalar(&real("x"), q(x, 8)).with_scalar(&real("y"), q(y, 8));
        let f = number(&e, &p);
        let i = evaluate::<Interval>(&e, &Env::at(&p), &mut FUEL.clone()).scalar().copied().unwrap();
        prop_assert!(i.defined().certainly() && f >= i.lo() - 1e-9 * f.abs() && f <= i.hi() + 1e-9 * f.abs(), "{e}: {f} {i:?}");
        if let Exact::Value(v) = exact(&e, &p) {
            prop_assert!(i.contains_rational(&v));
        }
        let wide = evaluate::<Precise>(&e, &Env::at(&p), &mut FUEL.clone()).scalar().cloned().unwrap();
        prop_assert!((wide.value() - f).abs() <= 1e-9 * (1.0 + f.abs()));
        // Over a box the enclosure holds the value at every point of the box.
        let boxed = Env::<Interval>::at(&p).with(&real("x"), Value::Scalar(Interval::new(x as f64 / 8.0 - 0.5, x as f64 / 8.0 + 0.25)));
        let over = evaluate(&e, &boxed, &mut FUEL.clone()).scalar().copied().unwrap();
        prop_assert!(over.contains(&f) || !over.disjoint(&i));
    }
}

#[test]
fn sums_products_and_extremes_run_over_their_range() {
    let p = Point::new().with_scalar(&size("n"), Rational::from(4));
    let over = |binder, body: Expr| {
        let body = body.abstracted(&size("i"), Sort::Integer);
        Expr::bind(binder, Domain::Range(Expr::int(1), Expr::size_symbol("n")), body)
    };
    let square = Expr::size_symbol("i").pow(Expr::int(2));
    assert_eq!(number(&over(Binder::Sum, square.clone()), &p), 30.0);
    assert_eq!(number(&over(Binder::Product, Expr::size_symbol("i")), &p), 24.0);
    assert_eq!(number(&over(Binder::Max, -square.clone()), &p), -1.0);
    assert_eq!(
        float(&over(Binder::Lambda, square.clone()), &p),
        Value::Array(Array::vector(vec![1.0, 4.0, 9.0, 16.0]))
    );
    assert_eq!(exact(&app("factorial", vec![Expr::size_symbol("n")]), &p), Exact::Value(q(24, 1)));
    assert_eq!(exact(&app("binomial", vec![Expr::size_symbol("n"), Expr::int(2)]), &p), Exact::Value(q(6, 1)));
    let none = Expr::bind(Binder::Sum, Domain::Range(Expr::int(3), Expr::int(2)), Expr::real("x"));
    assert_eq!(number(&none, &p), 0.0);
    let nowhere = Expr::bind(Binder::Max, Domain::Range(Expr::int(3), Expr::int(2)), Expr::int(1));
    assert_eq!(exact(&nowhere, &p), Exact::Undefined);
    let all = over(Binder::ForAll, Expr::relate("le", Expr::size_symbol("i"), Expr::size_symbol("n")));
    assert_eq!(truth::<Exact>(&all, &Env::at(&p), &mut FUEL.clone()), Ternary::True);
    let some = over(Binder::Exists, Expr::relate("gt", Expr::size_symbol("i"), Expr::size_symbol("n")));
    assert_eq!(truth::<Exact>(&some, &Env::at(&p), &mut FUEL.clone()), Ternary::False);
    let place = over(Binder::ArgMax, (Expr::size_symbol("i") - Expr::int(2)).pow(Expr::int(2)));
    let claim = Expr::relate("eq", place, app("set", vec![Expr::int(4)]));
    assert_eq!(truth::<Exact>(&claim, &Env::at(&p), &mut FUEL.clone()), Ternary::True);
}

#[test]
fn a_column_times_one_number_stays_a_vector() {
    let (w, x) = (matrix("W", "C", "d"), vector("x", "d"));
    let p = Point::new()
        .with_scalar(&size("C"), q(1, 1))
        .with_scalar(&size("d"), q(2, 1))
        .with_array(&w, Array::matrix(1, 2, rationals(&[1, 2])).unwrap())
        .with_array(&x, Array::vector(rationals(&[3, 4])));
    assert_eq!(float(&(sym(&w) * sym(&x)), &p), Value::Array(Array::vector(vec![11.0])));
    let dot = app("transpose", vec![sym(&x)]) * sym(&x);
    assert_eq!(float(&dot, &p), Value::Scalar(25.0));
    assert_eq!(p.to_string(), "C = 1, d = 2, W = [1, 2], x = (3, 4)");
}

#[test]
fn entropies_take_zero_log_zero_as_zero() {
    let (s, t) = (vector("p", "n"), vector("q", "n"));
    let at = |p: &[i64], q: &[i64]| {
        let halves = |v: &[i64]| Array::vector(v.iter().map(|i| super::tests::q(*i, 2)).collect());
        Point::new().with_array(&s, halves(p)).with_array(&t, halves(q))
    };
    let point = at(&[2, 0], &[1, 1]);
    assert_eq!(number(&app("entropy", vec![sym(&s)]), &point), 0.0);
    assert!((number(&app("kl", vec![sym(&s), sym(&t)]), &point) - 2f64.ln()).abs() < 1e-15);
    let swapped = app("cross_entropy", vec![sym(&t), sym(&s)]);
    assert_eq!(exact(&swapped, &point), Exact::Undefined);
}

#[test]
fn undefined_is_not_false() {
    let x = real("x");
    let at = |n| Point::new().with_scalar(&x, q(n, 1));
    let log = app("log", vec![sym(&x)]);
    assert_eq!(exact(&log, &at(-1)), Exact::Undefined);
    assert_eq!(
        truth::<Exact>(&Expr::relate("ge", log, Expr::int(0)), &Env::at(&at(-1)), &mut FUEL.clone()),
        Ternary::Unknown
    );
    let beyond = Expr::vector(vec![Expr::int(1), Expr::int(2)]).index(vec![sym(&x)]);
    assert_eq!(exact(&beyond, &at(3)), Exact::Undefined);
    assert_eq!(exact(&beyond, &at(2)), Exact::Value(q(2, 1)));
    assert_eq!(exact(&sym(&x).pow(Expr::int(0)), &at(0)), Exact::Value(q(1, 1)));
    let opaque = Expr::new(Node::Opaque { text: Arc::from("?"), depends: vec![sym(&x)] });
    assert!(number(&opaque, &at(1)).is_nan());
    let f = Expr::new(Node::Call(Symbol::new("f", Sort::Function), vec![sym(&x)]));
    assert!(number(&f, &at(1)).is_nan());
    let some = evaluate::<f64>(&f, &Env::at(&at(1)).with_functions(1), &mut FUEL.clone());
    assert!(some.scalar().unwrap().is_finite());
    assert!(evaluate::<f64>(&(sym(&x) + Expr::int(1)), &Env::at(&at(1)), &mut 1).scalar().unwrap().is_nan(), "no fuel");
}

#[test]
fn definiteness_is_decided_exactly_and_never_guessed() {
    let of = |n: usize, list: &[i64]| {
        let a = Array::matrix(n, n, list.iter().map(|i| Exact::Value(Rational::from(*i))).collect()).unwrap();
        let d = definiteness(&a).unwrap();
        (d.symmetric, d.semidefinite, d.definite)
    };
    use Ternary::{False, True};
    assert_eq!(of(2, &[2, 1, 1, 2]), (True, True, True));
    assert_eq!(of(2, &[1, 1, 1, 1]), (True, True, False));
    assert_eq!(of(2, &[0, 1, 1, 0]), (True, False, False));
    assert_eq!(of(2, &[0, 1, 1, 5]), (True, False, False));
    assert_eq!(of(2, &[1, 2, 2, 1]), (True, False, False));
    assert_eq!(of(2, &[1, 2, 0, 1]), (False, False, False));
    assert_eq!(of(3, &[0, 0, 0, 0, 1, 1, 0, 1, 1]), (True, True, False));
    let indefinite = Array::matrix(2, 2, vec![1.0, 2.0, 2.0, 1.0]).unwrap();
    let z = indefinite_direction(&indefinite, false).unwrap();
    let z: Vec<f64> = z.iter().map(Rational::to_f64).collect();
    assert!(quadratic_form(&indefinite, &z).unwrap() < 0.0);
    assert_eq!(indefinite_direction(&Array::matrix(2, 2, vec![2.0, 1.0, 1.0, 2.0]).unwrap(), true), None);
}

#[test]
fn deep_expressions_are_refused_not_overflowed() {
    let mut e = Expr::real("x");
    for _ in 0..2000 {
        e = app("sin", vec![e]);
    }
    let p = Point::new().with_scalar(&real("x"), q(1, 1));
    assert!(number(&e, &p).is_nan());
}

#[test]
fn the_deepest_expression_fits_a_small_stack() {
    let x = real("x");
    let p = Point::new().with_scalar(&x, q(1, 1)).with_scalar(&size("n"), q(1, 1));
    let run = move || {
        let mut e = sym(&x);
        for k in 0..120 {
            let body = app("sin", vec![e]) + Expr::int(0) * Expr::size_symbol("i");
            e = if k == 40 || k == 80 {
                Expr::bind(Binder::Derivative, Domain::At(sym(&x), vec![]), body.abstracted(&x, Sort::Real))
            } else {
                app("sqrt", vec![app("exp", vec![body])])
            };
            if e.depth() > 240 {
                break;
            }
        }
        let e = Expr::sum_over(&size("i"), Expr::int(1), Expr::size_symbol("n"), &e);
        assert!(e.depth() > 230 && e.depth() <= DEPTH_CAP);
        let _ = number(&e, &p);
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}
