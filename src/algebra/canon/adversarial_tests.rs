//! Attempts to have something false called equal.

use super::tests::{
    all, at, at2, bind, delta, differs, f, gt0, holds_given, index, int, matrix, owes, product, ratio_of, real, rel,
    size, sum, vector,
};
use super::*;
use crate::algebra::sign::{Sign, holds, sign};
use crate::expr::{Binder, Domain, Sort, Symbol};
use crate::num::Ternary;

#[test]
fn a_count_of_a_range_that_may_be_empty_is_no_difference() {
    let (a, b, n) = (size("a"), size("b"), size("n"));
    let count = b.clone() - a.clone() + int(1);
    differs(bind(Binder::Sum, a.clone(), &b, |_| int(1)), count.clone(), &[]);
    differs(bind(Binder::Sum, a.clone(), &b, |k| k.over(k)), count.clone(), &[rel("ge", &a, int(1))]);
    // Not even where the variable's own range, if it had a member, would say so.
    let v = vector("v", &n);
    let given = [bind(Binder::ForAll, a.clone(), &b, |k| rel("ge", k, a.clone()))];
    differs(
        bind(Binder::Sum, a.clone(), &b, |k| at(&v, k) * k.pow(int(0)) + int(1)),
        bind(Binder::Sum, a.clone(), &b, |k| at(&v, k)) + count.clone(),
        &given,
    );
    holds_given(bind(Binder::Sum, a.clone(), &b, |_| int(1)), count, &[rel("le", &a, b.clone())]);
    // δ is not eliminated because a member of the range would lie in the range.
    owes(bind(Binder::Sum, a.clone(), &b, |k| delta(k, &a)), int(1), &[], &["a ≤ b"]);
}

#[test]
fn sizes_are_one_at_least_unless_given_otherwise() {
    let n = size("n");
    let x = real("x");
    holds_given(sum(&n, |_| x.clone()), n.clone() * x.clone(), &[]);
    holds_given(sum(&n, |_| x.clone()), n.clone() * x.clone(), &[rel("ge", &n, int(0))]);
    let mean = sum(&n, |_| x.clone()).over(&n);
    holds_given(mean.clone(), x.clone(), &[]);
    owes(mean, x.clone(), &[rel("ge", &n, int(0))], &["n ≠ 0"]);
    assert_eq!(sign(&sum(&n, |_| int(1)), &Facts::new(&[rel("ge", &n, int(0))])), Sign::NONNEGATIVE);
    assert_eq!(sign(&sum(&n, |_| int(1)), &Facts::default()), Sign::POSITIVE);
    // 0 ≤ n where a range starts from 0
    differs(bind(Binder::Sum, int(0), &n, |_| n.over(&n)), n.clone() + int(2), &[]);
}

#[test]
fn binders_capture_nothing() {
    let n = size("n");
    let (a, x) = (vector("a", &n), matrix("X", &n, &n));
    for binder in [Binder::Sum, Binder::Product] {
        // Q_i Q_j X_ij against Q_i Q_j X_ji, X_ii, X_jj
        let of = |entry: &dyn Fn(&Expr, &Expr) -> Expr| {
            bind(binder, int(1), &n, |i| bind(binder, int(1), &n, |j| entry(i, j)))
        };
        differs(of(&|i, j| at2(&x, i, j)), of(&|i, _| at2(&x, i, i)), &[]);
        differs(of(&|i, j| at2(&x, i, j)), of(&|_, j| at2(&x, j, j)), &[]);
        let inner = |i: &Expr| bind(binder, int(1), &n, |j| (at2(&x, i, j) + at(&a, j)).pow(int(2)));
        let wrong = |i: &Expr| bind(binder, int(1), &n, |j| (at2(&x, i, j) + at(&a, i)).pow(int(2)));
        differs(bind(binder, int(1), &n, inner), bind(binder, int(1), &n, wrong), &[]);
    }
    // Other binders are atoms: equal to themselves with a renamed variable, not to a changed body.
    for binder in [Binder::Max, Binder::Min, Binder::Sup, Binder::Inf, Binder::Integral] {
        let of = |g: &dyn Fn(&Expr) -> Expr| bind(binder, int(1), &n, g);
        holds_given(int(2) * of(&|i| at(&a, i)) - of(&|k| at(&a, k)), of(&|j| at(&a, j)), &[]);
        differs(of(&|i| at(&a, i)), of(&|i| at2(&x, i, i)), &[]);
        // A variable of an outer sum inside of an atom is not pulled out.
        let (i, c) = (size("i"), real("c"));
        let of_row = |r: &Expr| bind(binder, int(1), &n, |k| at2(&x, r, k));
        differs(sum(&n, |r| c.clone() * of_row(r)), n.clone() * c.clone() * of_row(&i), &[]);
    }
    // A free symbol with the name that a binder shows is not the binder's variable.
    let k = size("k");
    differs(sum(&n, |i| at(&a, i) * at(&a, &k)), sum(&n, |i| at(&a, i).pow(int(2))), &[]);
    holds_given(sum(&n, |i| at(&a, i) * at(&a, &k)), at(&a, &k) * sum(&n, |i| at(&a, i)), &[]);
}

#[test]
fn opaque_parts_cross_no_binder() {
    let n = size("n");
    let opaque = |d: Expr| Expr::new(crate::expr::Node::Opaque { text: "mystery".into(), depends: vec![d] });
    let x = real("x");
    let across = equal(
        &sum(&n, |_| opaque(x.clone())),
        &(n.clone() * opaque(x.clone())),
        &Facts::default(),
        &mut Fuel::default(),
    );
    assert!(!matches!(across, Equality::Equal { .. }));
    holds_given(opaque(x.clone()) + opaque(x.clone()), int(2) * opaque(x.clone()), &[]);
    let stopped = equal(
        &(opaque(x.clone()) * opaque(n.clone())),
        &(opaque(n) * opaque(x)),
        &Facts::default(),
        &mut Fuel::default(),
    );
    assert_eq!(stopped, Equality::Stopped(Stop::Sort));
}

#[test]
fn one_hot_says_nothing_more_than_it_says() {
    let n = size("C");
    let (y, p, i, j) = (vector("y", &n), vector("p", &n), size("i"), size("j"));
    let hot = [f("one_hot", y.clone())];
    holds_given(at(&y, &i).pow(int(2)), at(&y, &i), &hot);
    differs(at(&y, &i).pow(int(2)), at(&y, &i), &[f("distribution", y.clone())]);
    holds_given(at(&y, &i) * at(&y, &j), delta(&i, &j) * at(&y, &i), &hot);
    differs(at(&y, &i) * at(&y, &j), int(0), &hot);
    differs(at(&y, &i), int(1), &hot);
    holds_given(sum(&n, |k| at(&y, k).pow(int(2))), int(1), &hot);
    differs(sum(&n, |k| at(&p, k)), int(1), &hot);
    let part = bind(Binder::Sum, int(2), &n, |k| at(&y, k));
    differs(part, int(1), &hot);
    // Rows of a matrix: each sums to 1, columns do not, and different rows have nothing to do with one another.
    let m = size("N");
    let labels = matrix("Y", &m, &n);
    let rows = [all(&m, |r| f("one_hot", at(&labels, r))), index(&i, &m), index(&j, &m)];
    holds_given(sum(&n, |k| at2(&labels, &i, k)), int(1), &rows);
    holds_given(sum(&n, |k| sum(&m, |r| at2(&labels, r, k))), m.clone(), &rows);
    differs(sum(&m, |r| at2(&labels, r, &j)), int(1), &rows);
    differs(sum(&n, |k| at2(&labels, &i, k) * at2(&labels, &j, k)), int(1), &rows);
}

#[test]
fn signs_are_not_guessed() {
    let (x, y, n) = (real("x"), real("y"), size("n"));
    let s = vector("s", &n);
    let sign_of = |e: &Expr, given: &[Expr]| sign(e, &Facts::new(given));
    let open = rel("member", &x, Expr::apply("open_interval", vec![int(0), int(1)]));
    assert_eq!(sign_of(&(int(1) - x.clone()), std::slice::from_ref(&open)), Sign::POSITIVE);
    assert_eq!(sign_of(&(int(1) - x.pow(int(2))), std::slice::from_ref(&open)), Sign::POSITIVE);
    assert_eq!(sign_of(&f("log", x.clone()), &[open]), Sign::NEGATIVE);
    assert_eq!(sign_of(&x, &[]), Sign::ANY);
    assert_eq!(sign_of(&x.pow(int(2)), &[]), Sign::NONNEGATIVE);
    assert_eq!(sign_of(&(x.pow(int(2)) - int(1)), &[]), Sign::ANY);
    assert_eq!(sign_of(&(int(1) - f("sigmoid", x.clone())), &[]), Sign::POSITIVE);
    assert_eq!(sign_of(&(f("exp", x.clone()) - int(1)), &[]), Sign::ANY);
    assert_eq!(sign_of(&(f("exp", x.clone()) - int(1) - x.clone()), &[]), Sign::NONNEGATIVE);
    let z = sum(&n, |k| f("exp", at(&s, k)));
    assert_eq!(sign_of(&z, &[]), Sign::POSITIVE);
    let i = size("i");
    let p = f("exp", at(&s, &i)).over(&z);
    assert_eq!(sign_of(&(int(1) - p.clone()), &[index(&i, &n)]), Sign::NONNEGATIVE);
    assert!(sign_of(&(int(1) - p), &[]).may_be(Sign::NEGATIVE));
    assert_eq!(sign_of(&(x.clone() - y.clone()), &[rel("gt", &x, y.clone())]), Sign::POSITIVE);
    assert_eq!(sign_of(&(x.clone() * y.clone()), &[gt0(&x), rel("lt", &y, int(0))]), Sign::NEGATIVE);
    assert_eq!(sign_of(&at(&s, &i), &[f("distribution", s.clone())]), Sign::NONNEGATIVE);
    let truth = |c: Expr, given: &[Expr]| holds(&c, &Facts::new(given));
    assert_eq!(truth(gt0(&x), &[]), Ternary::Unknown);
    assert_eq!(truth(gt0(&x), &[rel("lt", &x, int(-1))]), Ternary::False);
    assert_eq!(truth(gt0(&x), &[rel("ge", &x, int(0))]), Ternary::Unknown);
    assert_eq!(truth(gt0(&x), &[rel("ge", &x, int(0)), rel("ne", &x, int(0))]), Ternary::True);
    assert_eq!(truth(all(&n, |k| gt0(&at(&s, k))), &[]), Ternary::Unknown);
    assert_eq!(truth(gt0(&at(&s, &i)), &[all(&n, |k| gt0(&at(&s, k)))]), Ternary::True);
    let short = bind(Binder::ForAll, int(2), &n, |k| gt0(&at(&s, k)));
    assert_eq!(truth(gt0(&at(&s, &i)), &[short]), Ternary::Unknown);
}

#[test]
fn givens_in_another_form_are_recognised() {
    let (x, y) = (real("x"), real("y"));
    let below = int(2) - f("exp", -x.clone());
    holds_given(f("abs", below.clone()), below.clone(), &[gt0(&below)]);
    holds_given(
        f("log", below.clone() * y.clone()),
        f("log", below.clone()) + f("log", y.clone()),
        &[gt0(&below), gt0(&y)],
    );
    differs(f("abs", below.clone()), below, &[gt0(&(int(3) - f("exp", -x)))]);
}

#[test]
fn what_one_side_alone_needs_is_owed() {
    let (x, y) = (real("x"), real("y"));
    owes((x.clone() * y.clone()).over(&x), y.clone(), &[], &["x ≠ 0"]);
    owes(x.pow(int(-1)).pow(int(-1)), x.clone(), &[], &["x ≠ 0"]);
    owes(int(0) * f("log", x.clone()), int(0), &[], &["x > 0"]);
    owes(
        f("log", x.clone()) - f("log", -x.clone()),
        f("log", x.clone()) - f("log", -x.clone()) + y.over(&y) - int(1),
        &[],
        &["y ≠ 0"],
    );
    let n = size("n");
    let a = vector("a", &n);
    owes(sum(&n, |k| at(&a, k).over(&at(&a, k))), n.clone(), &[], &["∀_(i=1..n) (aᵢ ≠ 0)"]);
    owes(sum(&n, |_| x.over(&x)), n, &[], &["x ≠ 0"]);
}

#[test]
fn integer_powers_of_zero_are_respected() {
    let (x, n, m) = (real("x"), size("n"), size("m"));
    differs(x.pow(n.clone() - m.clone()) * x.pow(m.clone()), x.pow(n.clone()), &[]);
    holds_given(x.pow(n.clone() - m.clone()) * x.pow(m.clone()), x.pow(n.clone()), &[gt0(&x)]);
    let natural = [rel("ge", &n, int(0)), rel("ge", &m, int(0))];
    holds_given(x.pow(n.clone() + m.clone()), x.pow(n.clone()) * x.pow(m.clone()), &natural);
    differs(x.pow(n.clone() * m.clone()), x.pow(n.clone()) * x.pow(m.clone()), &natural);
    holds_given(int(-1).pow(int(2) * n.clone()), int(1), &[]);
    differs(int(-1).pow(n.clone()), int(1), &[]);
    holds_given(int(2).pow(n.clone() + int(1)), int(2) * int(2).pow(n.clone()), &[]);
    differs((-x.clone()).pow(n.clone()), -x.pow(n.clone()), &[]);
    holds_given((-x.clone()).pow(int(2) * n.clone()), x.pow(int(2) * n), &natural);
}

#[test]
fn givens_are_used_where_they_apply_only() {
    let n = size("n");
    let (a, b, i) = (vector("a", &n), vector("b", &n), size("i"));
    let equation = [all(&n, |k| rel("eq", &at(&a, k), at(&b, k) + int(1)))];
    holds_given(sum(&n, |k| at(&a, k)), sum(&n, |k| at(&b, k)) + n.clone(), &equation);
    differs(at(&a, &i), at(&b, &i), &equation);
    let other = bind(Binder::ForAll, int(2), &n, |k| rel("eq", &at(&a, k), int(0)));
    differs(at(&a, &i), int(0), &[other.clone(), index(&i, &n)]);
    holds_given(at(&a, &i), int(0), &[other, rel("ge", &i, int(2)), rel("le", &i, n.clone())]);
    // x = x + … and circles are no rules, and no loop.
    let (x, y) = (real("x"), real("y"));
    let circle = [rel("eq", &x, y.clone() + int(1)), rel("eq", &y, x.clone() - int(1))];
    holds_given(x.clone() - y.clone(), int(1), &circle);
    let step = [all(&n, |k| rel("eq", &at(&a, k), at(&a, &(k.clone() + int(1)))))];
    differs(at(&a, &int(1)), at(&b, &int(1)), &step);
    let Equality::Equal { used, .. } =
        equal(&x, &(y.clone() + int(1)), &Facts::new(&[gt0(&y), circle[0].clone()]), &mut Fuel::default())
    else {
        panic!("given")
    };
    assert_eq!(used, [1]);
    let hot = [gt0(&y), f("one_hot", a.clone()), f("one_hot", b.clone())];
    let total = sum(&n, |k| at(&a, k) + at(&b, k)) - sum(&n, |k| at(&b, k));
    let Equality::Equal { used, .. } = equal(&total, &int(1), &Facts::new(&hot), &mut Fuel::default()) else {
        panic!("one-hot")
    };
    assert!(used.contains(&1) && !used.contains(&0));
    let Equality::Equal { used, .. } =
        equal(&(at(&a, &i) * int(2)), &(at(&a, &i) + at(&a, &i)), &Facts::new(&hot), &mut Fuel::default())
    else {
        panic!("arithmetic")
    };
    assert!(used.is_empty());
}

#[test]
fn huge_and_deep_input_stops() {
    let (x, y) = (real("x"), real("y"));
    let at_all = |e: Expr| canonical(&e, &Facts::default(), &mut Fuel::default()).map(|c| c.poly.len());
    assert_eq!(at_all(int(7).pow(int(7).pow(int(7).pow(int(7))))), Err(Stop::Bits));
    assert_eq!(at_all((x.clone() + y.clone()).pow(int(1_000_000))), Err(Stop::Terms));
    assert_eq!(at_all(f("factorial", int(1_000_000))), Err(Stop::Bits));
    assert_eq!(at_all(int(1).over(&(x.clone() - x.clone()))), Err(Stop::Undefined));
    assert_eq!(at_all(Expr::apply("infinity", vec![])), Err(Stop::Sort));
    assert_eq!(at_all(Expr::sym(Symbol::new("A", Sort::matrix(int(2), int(2))))), Err(Stop::Sort));
    let deep = |g: fn(Expr) -> Expr| {
        std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(move || {
                let e = (0..80).fold(Expr::real("x"), |e, _| g(e));
                let n = size("n");
                let nested = (0..60).fold(e.clone(), |e, _| sum(&n, |k| e.clone() * k.clone()));
                let _ = equal(&e, &Expr::real("y"), &Facts::default(), &mut Fuel::default());
                let _ = equal(&nested, &Expr::real("y"), &Facts::default(), &mut Fuel::default());
            })
            .unwrap()
            .join()
            .unwrap();
    };
    deep(|e| f("exp", e));
    deep(|e| f("log", e + int(1)));
    deep(|e| f("sigmoid", e));
    deep(|e| Expr::int(1).over(&(e + int(1))));
    deep(|e| f("abs", e - int(1)));
    let factors = (0..40).fold(int(1), |p, k| p * (real(&format!("x_{k}")) + int(1)));
    assert!(matches!(at_all(factors), Err(Stop::Terms | Stop::Fuel)));
}

#[test]
fn exact_values_are_exact() {
    assert_eq!(constant_value(&(ratio_of(1, 3) + ratio_of(1, 6))), Rational::new(1, 2));
    assert_eq!(constant_value(&f("exp", f("log", int(3)))), Some(Rational::from(3)));
    assert_eq!(constant_value(&f("sqrt", ratio_of(9, 4))), Rational::new(3, 2));
    assert_eq!(constant_value(&f("sqrt", int(2))), None);
    assert_eq!(constant_value(&f("factorial", int(5))), Some(Rational::from(120)));
    assert_eq!(constant_value(&f("log", int(-1))), None);
    assert_eq!(constant_value(&real("x").over(&real("x"))), None);
    let n = size("n");
    let sum_over = |domain: Domain| Expr::bind(Binder::Sum, domain, int(1));
    assert_eq!(constant_value(&sum_over(Domain::Range(int(1), Expr::apply("infinity", vec![])))), None);
    assert_eq!(constant_value(&product(&n, |_| int(1))), Some(Rational::from(1)));
}

#[test]
fn gamma_steps_down_and_up() {
    let x = real("x");
    let g = |by: i64| f("gamma", x.clone() + int(by));
    let far = [rel("gt", &x, int(4))];
    for by in -4..=4_i64 {
        let steps = |from: i64, to: i64| (from..to).fold(int(1), |p, k| p * (x.clone() + int(k)));
        let (up, down) = (steps(0, by), steps(by, 0));
        holds_given(g(by) * down.clone(), g(0) * up.clone(), &far);
        if by != 0 {
            differs(g(by), g(0), &far);
            differs(g(by) * up, g(0) * down, &far);
        }
    }
    differs(g(-1), g(1), &far);
}

#[test]
fn factorials_and_cases_follow_their_definitions() {
    let (n, x) = (size("n"), real("x"));
    let natural = [rel("ge", &n, int(1))];
    holds_given(f("factorial", n.clone()), n.clone() * f("factorial", n.clone() - int(1)), &natural);
    // At 0 the right side has no value: nothing is said there, and that is owed.
    let stepped = n.clone() * f("factorial", n.clone() - int(1));
    match equal(&f("factorial", n.clone()), &stepped, &Facts::new(&[]), &mut Fuel::default()) {
        Equality::Equal { conditions, .. } => assert_eq!(conditions, [rel("ge", &(n.clone() - int(1)), int(0))]),
        other => panic!("{other:?}"),
    }
    differs(f("factorial", n.clone()), (n.clone() + int(1)) * f("factorial", n.clone() - int(1)), &[]);
    differs(f("factorial", n.clone()), (n.clone() - int(1)) * f("factorial", n.clone() - int(1)), &natural);
    let (i, j) = (size("i"), size("j"));
    let case = Expr::apply("cases", vec![rel("eq", &i, j.clone()), int(1), int(0)]);
    holds_given(case, delta(&i, &j), &[]);
    let relu = Expr::apply("cases", vec![gt0(&x), x.clone(), int(0)]);
    holds_given(relu.clone(), x.clone(), &[gt0(&x)]);
    differs(relu.clone(), x.clone(), &[]);
    // A value that exists in its case only is not computed with outside of it.
    let guarded = Expr::apply("cases", vec![rel("eq", &i, j.clone()), int(1), int(1).over(&(i.clone() - j.clone()))]);
    differs(guarded.clone(), int(1), &[]);
    holds_given(guarded.clone() + guarded.clone(), int(2) * guarded, &[]);
}
