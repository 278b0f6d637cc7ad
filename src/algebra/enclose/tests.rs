use super::*;
use crate::algebra::eval::{Env, Point, evaluate};
use crate::expr::{Sort, Symbol};
use crate::num::Ternary;

const FUEL: usize = 4000;

fn q(n: i64, d: i64) -> Rational {
    Rational::new(n, d).unwrap()
}

fn real(name: &str) -> Expr {
    Expr::real(name)
}

fn app(name: &str, args: Vec<Expr>) -> Expr {
    Expr::apply(name, args)
}

fn int(i: i64) -> Expr {
    Expr::int(i)
}

fn within(x: &Expr, set: &str, a: i64, b: i64) -> Expr {
    Expr::relate("member", x.clone(), app(set, vec![int(a), int(b)]))
}

fn label(y: &Expr) -> Expr {
    Expr::relate("member", y.clone(), app("set", vec![int(0), int(1)]))
}

fn proved(relation: &Expr, givens: &[Expr]) -> Enclosed {
    let evidence = prove(relation, givens, FUEL).unwrap_or_else(|| panic!("not proved: {relation}"));
    assert!(replay(relation, givens, &evidence), "{relation}");
    evidence
}

fn not_proved(relation: &Expr, givens: &[Expr]) {
    assert!(prove(relation, givens, FUEL).is_none(), "{relation}");
}

#[test]
fn open_ends_are_strict() {
    let (p, y) = (real("p"), real("y"));
    let givens = [within(&p, "open_interval", 0, 1), label(&y)];
    let error = p.clone() - y.clone();
    let square = Expr::relate("lt", error.pow(int(2)), int(1));
    let e = proved(&square, &givens);
    assert!(!e.parts[0].attained);
    proved(&Expr::relate("lt", app("abs", vec![int(2) * error.clone()]), int(2)), &givens);
    let closed = [within(&p, "closed_interval", 0, 1), label(&y)];
    not_proved(&square, &closed);
    let e = proved(&Expr::relate("le", error.pow(int(2)), int(1)), &closed);
    assert!(e.parts[0].attained);
    not_proved(&Expr::relate("lt", error.pow(int(2)), Expr::num(q(99, 100))), &givens);
    let half = [within(&p, "left_open", 0, 1), label(&y)];
    not_proved(&square, &half);
}

#[test]
fn inner_extremes_are_found_exactly() {
    let p = real("p");
    let variance = p.clone() * (int(1) - p.clone());
    let unit = [within(&p, "open_interval", 0, 1)];
    let quarter = Expr::num(q(1, 4));
    let e = proved(&Expr::relate("le", variance.clone(), quarter.clone()), &unit);
    assert!(e.parts[0].attained);
    not_proved(&Expr::relate("lt", variance.clone(), quarter), &unit);
    proved(&Expr::relate("gt", variance, int(0)), &unit);
    let x = real("x");
    proved(&Expr::relate("ge", x.pow(int(2)) + int(1), int(2) * x.clone()), &[within(&x, "closed_interval", -10, 10)]);
    proved(
        &Expr::relate("ge", app("exp", vec![x.clone()]), int(1) + x.clone()),
        &[within(&x, "closed_interval", -3, 3)],
    );
    let s = app("sigmoid", vec![x.clone()]);
    let slope = s.clone() * (int(1) - s);
    proved(&Expr::relate("le", slope, Expr::num(q(1, 4))), &[]);
}

#[test]
fn what_is_undefined_inside_is_not_proved() {
    let x = real("x");
    let unit = [within(&x, "open_interval", 0, 1)];
    let log = app("log", vec![x.clone()]);
    proved(&Expr::relate("gt", -log.clone(), int(0)), &unit);
    not_proved(&Expr::relate("gt", -log.clone(), int(0)), &[within(&x, "right_open", 0, 1)]);
    not_proved(&Expr::relate("lt", log.clone(), int(10)), &[within(&x, "open_interval", -1, 1)]);
    let logit = log - app("log", vec![int(1) - x.clone()]);
    not_proved(&Expr::relate("gt", logit, int(0)), &unit);
    proved(&Expr::relate("gt", x.recip(), int(1)), &unit);
    not_proved(&Expr::relate("ge", x.over(&x), int(1)), &[within(&x, "closed_interval", -1, 1)]);
}

#[test]
fn two_symbols_and_small_integers() {
    let (x, y) = (real("x"), real("y"));
    let box2 = [within(&x, "closed_interval", 1, 2), within(&y, "closed_interval", 3, 4)];
    proved(&Expr::relate("lt", x.clone() * y.clone(), x.clone() + y.pow(int(2))), &box2);
    proved(&Expr::relate("ne", x.clone(), y.clone()), &box2);
    proved(&Expr::relate("member", x.over(&y), app("open_interval", vec![int(0), int(1)])), &box2);
    not_proved(&Expr::relate("lt", x.clone() * y.clone(), int(8)), &box2);
    proved(&Expr::relate("le", x * y, int(8)), &box2);
    let n = Expr::size_symbol("n");
    let small = [Expr::relate("ge", n.clone(), int(1)), Expr::relate("le", n.clone(), int(9))];
    proved(&Expr::relate("ge", int(2).pow(n.clone()), int(2) * n.clone()), &small);
    not_proved(&Expr::relate("gt", int(2).pow(n.clone()), int(2) * n.clone()), &small);
    assert!(prove(&Expr::relate("ge", n, int(1)), &[], FUEL).is_none(), "integers without ends are not enumerated");
    proved(&Expr::relate("lt", app("euler", vec![]), int(3)), &[]);
}

#[test]
fn a_region_without_points_proves_nothing() {
    let x = real("x");
    let none = [Expr::relate("gt", x.clone(), int(1)), Expr::relate("lt", x.clone(), int(0))];
    not_proved(&Expr::relate("lt", x.clone(), int(0)), &none);
    not_proved(&Expr::relate("lt", x.clone(), int(0)), &[within(&x, "open_interval", 1, 1)]);
}

#[test]
fn tampered_evidence_is_rejected() {
    let (p, y) = (real("p"), real("y"));
    let givens = [within(&p, "open_interval", 0, 1), label(&y)];
    let relation = Expr::relate("lt", (p.clone() - y).pow(int(2)), int(1));
    let good = proved(&relation, &givens);
    assert!(good.parts[0].boxes.len() > 2);
    for k in 0..good.parts[0].boxes.len() {
        let mut bad = good.clone();
        bad.parts[0].boxes.remove(k);
        assert!(!replay(&relation, &givens, &bad), "a box is missing");
    }
    let mut bad = good.clone();
    bad.parts[0].boxes[0].method = Method::Convex(q(0, 1));
    assert!(!replay(&relation, &givens, &bad), "another method");
    let mut bad = good.clone();
    bad.parts[0].strict = false;
    assert!(!replay(&relation, &givens, &bad), "another inequality");
    let mut bad = good.clone();
    bad.parts[0].attained = true;
    assert!(!replay(&relation, &givens, &bad), "attained it is not");
    let mut bad = good.clone();
    bad.parts.clear();
    assert!(!replay(&relation, &givens, &bad), "nothing proved");
    let wider = [within(&p, "closed_interval", 0, 1), givens[1].clone()];
    assert!(!replay(&relation, &wider, &good), "another region");
    let other = Expr::relate("lt", p, Expr::num(q(1, 2)));
    assert!(!replay(&other, &givens, &good), "another claim");
}

#[test]
fn the_supremum_and_whether_it_is_attained() {
    let (p, y) = (real("p"), real("y"));
    let region = |givens: &[Expr], e: &Expr| Region::from_givens([e], givens).unwrap();
    let error = (p.clone() - y.clone()).pow(int(2));
    let open = region(&[within(&p, "open_interval", 0, 1), label(&y)], &error);
    let r = range(&error, &open, FUEL).unwrap();
    assert_eq!((r.supremum, r.attained), (Some(q(1, 1)), Some(false)));
    let closed = region(&[within(&p, "closed_interval", 0, 1), label(&y)], &error);
    let r = range(&error, &closed, FUEL).unwrap();
    assert_eq!((r.supremum, r.attained), (Some(q(1, 1)), Some(true)));
    assert!(*r.enclosure.hi() >= 1.0 && *r.enclosure.hi() < 1.1);
    let variance = p.clone() * (int(1) - p.clone());
    let r = range(&variance, &region(&[within(&p, "open_interval", 0, 1)], &variance), FUEL).unwrap();
    assert_eq!((r.supremum, r.attained), (Some(q(1, 4)), Some(true)));
    let log = app("log", vec![p.clone()]);
    let r = range(&log, &region(&[within(&p, "open_interval", 0, 1)], &log), FUEL).unwrap();
    assert_eq!((r.supremum, r.attained), (Some(q(0, 1)), Some(false)));
    let slope = int(2) * app("abs", vec![p.clone() - y.clone()]);
    let r = range(&slope, &region(&[within(&p, "open_interval", 0, 1), label(&y)], &slope), FUEL).unwrap();
    assert_eq!((r.supremum, r.attained), (Some(q(2, 1)), Some(false)));
}

#[test]
fn slopes_of_the_rows_agree_with_dual_numbers() {
    use crate::expr::{Binder, Domain};
    let x = Symbol::new("x", Sort::Real);
    let v = Expr::sym(x.clone());
    let bodies = [
        v.pow(int(3)) - int(2) * v.clone(),
        app("exp", vec![v.pow(int(2))]).over(&(int(1) + v.clone())),
        app("log", vec![app("sigmoid", vec![v.clone()])]),
        app("sqrt", vec![int(1) + app("abs", vec![v.clone()])]),
        app("tanh", vec![v.clone()]) * app("softplus", vec![-v.clone()]),
        int(2).pow(v.clone()),
    ];
    for e in bodies {
        let d = slope::slope(&e, &x).unwrap();
        let dual = Expr::bind(Binder::Derivative, Domain::At(v.clone(), vec![]), e.abstracted(&x, Sort::Real));
        for k in [-7i64, -2, 1, 5] {
            let p = Point::new().with_scalar(&x, q(k, 4));
            let value = |e: &Expr| *evaluate::<f64>(e, &Env::at(&p), &mut 100_000).scalar().unwrap();
            let (a, b) = (value(&d), value(&dual));
            assert!((a - b).abs() < 1e-12 * (1.0 + b.abs()), "{e}: {a} ≠ {b}");
        }
    }
    assert_eq!(slope::slope(&app("floor", vec![v.clone()]), &x), None);
    assert_eq!(slope::slope(&app("max", vec![int(0), v]), &x), None);
}

#[test]
fn proofs_hold_at_points_of_the_region() {
    // Whatever is proved is true at every rational point tried.
    let x = real("x");
    let s = Symbol::new("x", Sort::Real);
    let givens = [within(&x, "open_interval", -1, 2)];
    let bodies = [
        x.pow(int(2)),
        app("exp", vec![x.clone()]),
        app("sin", vec![x.clone()]) * x.clone(),
        app("abs", vec![x.clone()]) - x.pow(int(3)),
    ];
    let mut count = 0;
    for e in bodies {
        for bound in -8..=16 {
            let relation = Expr::relate("lt", e.clone(), Expr::num(q(bound, 2)));
            if prove(&relation, &givens, 500).is_none() {
                continue;
            }
            count += 1;
            for k in -99..200 {
                let p = Point::new().with_scalar(&s, q(k, 100));
                let t = crate::algebra::eval::truth::<Interval>(&relation, &Env::at(&p), &mut 10_000);
                assert_ne!(t, Ternary::False, "{relation} at {p}");
            }
        }
    }
    assert!(count > 10);
}
