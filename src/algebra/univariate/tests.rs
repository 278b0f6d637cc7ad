use super::*;

fn x() -> Expr {
    Expr::real("x")
}

fn q(n: i64, d: i64) -> Expr {
    Expr::num(Rational::new(n, d).unwrap())
}

fn within(a: Expr, b: Expr) -> Vec<Expr> {
    vec![Expr::apply("member", vec![x(), Expr::apply("open_interval", vec![a, b])])]
}

fn le(a: Expr, b: Expr) -> Expr {
    Expr::relate("le", a, b)
}

#[test]
fn the_parabola() {
    let hill = x() - x().pow(Expr::int(2));
    assert!(prove(&le(hill.clone(), q(1, 4)), &[]).is_some());
    assert!(prove(&Expr::relate("lt", hill.clone(), q(1, 4)), &[]).is_none(), "attained at 1/2");
    assert!(prove(&le(hill.clone(), q(24, 100)), &[]).is_none());
    let third = within(Expr::int(0), q(1, 3));
    assert!(prove(&Expr::relate("lt", hill.clone(), q(2, 9)), &third).is_some());
    assert!(prove(&Expr::relate("lt", hill, q(1, 5)), &third).is_none());
}

#[test]
fn the_slope_through_the_sigmoid() {
    let (s, y) = (Expr::apply("sigmoid", vec![Expr::real("z")]), Expr::real("y"));
    let bits = Expr::apply("member", vec![y.clone(), Expr::apply("set", vec![Expr::int(0), Expr::int(1)])]);
    let slope = Expr::int(2) * (s.clone() - y) * s.clone() * (Expr::int(1) - s);
    let size = Expr::apply("abs", vec![slope]);
    assert!(prove(&le(size.clone(), q(8, 27)), std::slice::from_ref(&bits)).is_some());
    assert!(prove(&le(size.clone(), q(8, 28)), std::slice::from_ref(&bits)).is_none());
    assert!(prove(&le(size, q(8, 27)), &[]).is_none(), "any y");
}

#[test]
fn irrational_roots() {
    // x³ − 2 changes its sign at ∛2; its square does not, but is 0 there.
    let cube = x().pow(Expr::int(3)) - Expr::int(2);
    let ge = |e: Expr| Expr::relate("ge", e, Expr::int(0));
    assert!(prove(&ge(cube.clone()), &[]).is_none());
    assert!(prove(&ge(cube.pow(Expr::int(2))), &[]).is_some());
    assert!(prove(&Expr::relate("gt", cube.pow(Expr::int(2)), Expr::int(0)), &[]).is_none());
    assert!(prove(&ge(cube.pow(Expr::int(-2))), &[]).is_none(), "no value at ∛2");
    assert!(prove(&ge(cube.clone()), &within(q(13, 10), Expr::int(9))).is_some());
    assert!(prove(&ge(cube), &within(q(12, 10), Expr::int(9))).is_none());
    assert!(prove(&ge(x().recip().pow(Expr::int(2))), &[]).is_none(), "no value at 0");
}

#[test]
fn absolute_values_and_greatest() {
    let (n, abs) = (Expr::int, |e: Expr| Expr::apply("abs", vec![e]));
    assert!(prove(&le(x(), abs(x())), &[]).is_some());
    assert!(prove(&le(abs(x()), x()), &[]).is_none());
    let greatest = Expr::apply("max", vec![x(), n(1) - x()]);
    assert!(prove(&Expr::relate("ge", greatest.clone(), q(1, 2)), &[]).is_some());
    assert!(prove(&Expr::relate("gt", greatest, q(1, 2)), &[]).is_none());
    assert!(prove(&le(abs(x() + n(1)), abs(x()) + n(1)), &[]).is_some());
}

/// Against values at many points: what is shown holds there, and what fails somewhere is not shown.
#[test]
fn agrees_with_values() {
    let (mut shown, mut not) = (0, 0);
    for a in -3..=3i64 {
        for b in -3..=3i64 {
            for c in -2..=2i64 {
                let e = Expr::int(a) * x().pow(Expr::int(3)) + Expr::int(b) * x() + Expr::int(c);
                for strict in [false, true] {
                    let relation = Expr::relate(if strict { "gt" } else { "ge" }, e.clone(), Expr::int(0));
                    let proved = prove(&relation, &within(Expr::int(-1), Expr::int(2))).is_some();
                    let value = |t: f64| a as f64 * t.powi(3) + b as f64 * t + c as f64;
                    let low = (1..3000).map(|k| value(-1.0 + f64::from(k) / 1000.0)).fold(f64::INFINITY, f64::min);
                    assert!(!proved || low > -1e-9, "{e}");
                    assert!(proved || low < 1e-2, "{e} {strict}");
                    *(if proved { &mut shown } else { &mut not }) += 1;
                }
            }
        }
    }
    assert!(shown > 20 && not > 20);
}

#[test]
fn samples_that_are_tampered_with_differ() {
    let relation = le(x() - x().pow(Expr::int(2)), q(1, 4));
    let samples = prove(&relation, &[]).unwrap();
    assert_eq!(prove(&relation, &[]), Some(samples.clone()));
    assert_ne!(prove(&relation, &[]), Some(Samples(vec![])));
    assert!(samples.0.iter().all(|s| s.len() >= 2), "a point on both sides of the root at least");
}
