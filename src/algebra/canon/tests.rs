//! True identities, and beside each of them neighbours that are false.

use super::*;
use crate::expr::{Binder, Domain, Sort, Symbol};

pub(super) fn real(name: &str) -> Expr {
    Expr::real(name)
}

pub(super) fn size(name: &str) -> Expr {
    Expr::size_symbol(name)
}

pub(super) fn int(i: i64) -> Expr {
    Expr::int(i)
}

pub(super) fn ratio_of(p: i64, q: i64) -> Expr {
    Expr::num(Rational::new(p, q).unwrap())
}

pub(super) fn f(name: &str, x: Expr) -> Expr {
    Expr::apply(name, vec![x])
}

pub(super) fn vector(name: &str, n: &Expr) -> Expr {
    Expr::sym(Symbol::new(name, Sort::vector(n.clone())))
}

pub(super) fn matrix(name: &str, m: &Expr, n: &Expr) -> Expr {
    Expr::sym(Symbol::new(name, Sort::matrix(m.clone(), n.clone())))
}

pub(super) fn at(a: &Expr, i: &Expr) -> Expr {
    a.index(vec![i.clone()])
}

pub(super) fn at2(a: &Expr, i: &Expr, j: &Expr) -> Expr {
    a.index(vec![i.clone(), j.clone()])
}

pub(super) fn bind(binder: Binder, from: Expr, to: &Expr, body: impl Fn(&Expr) -> Expr) -> Expr {
    // A fresh name per nesting: bodies close over earlier ones.
    thread_local!(static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) });
    let n = COUNT.with(|c| {
        c.set(c.get() + 1);
        c.get()
    });
    let k = Symbol::new(&format!("test{n}"), Sort::Integer);
    let body = body(&Expr::sym(k.clone()));
    Expr::bind(binder, Domain::Range(from, to.clone()), body.abstracted(&k, Sort::Integer))
}

pub(super) fn sum(to: &Expr, body: impl Fn(&Expr) -> Expr) -> Expr {
    bind(Binder::Sum, int(1), to, body)
}

pub(super) fn product(to: &Expr, body: impl Fn(&Expr) -> Expr) -> Expr {
    bind(Binder::Product, int(1), to, body)
}

pub(super) fn all(to: &Expr, body: impl Fn(&Expr) -> Expr) -> Expr {
    bind(Binder::ForAll, int(1), to, body)
}

pub(super) fn delta(i: &Expr, j: &Expr) -> Expr {
    Expr::apply("delta", vec![i.clone(), j.clone()])
}

pub(super) fn rel(name: &str, a: &Expr, b: Expr) -> Expr {
    Expr::relate(name, a.clone(), b)
}

pub(super) fn gt0(a: &Expr) -> Expr {
    rel("gt", a, int(0))
}

/// 1 ≤ i ≤ n.
pub(super) fn index(i: &Expr, n: &Expr) -> Expr {
    Expr::apply("and", vec![rel("le", &int(1), i.clone()), rel("le", i, n.clone())])
}

pub(super) fn decide(l: &Expr, r: &Expr, given: &[Expr]) -> Equality {
    equal(l, r, &Facts::new(given), &mut Fuel::default())
}

#[track_caller]
pub(super) fn holds_given(l: Expr, r: Expr, given: &[Expr]) {
    match decide(&l, &r, given) {
        Equality::Equal { conditions, .. } if conditions.is_empty() => {}
        other => panic!("{l}  =  {r}\n  {other:?}"),
    }
}

#[track_caller]
pub(super) fn owes(l: Expr, r: Expr, given: &[Expr], expected: &[&str]) {
    match decide(&l, &r, given) {
        Equality::Equal { conditions, .. } => {
            let shown: Vec<String> = conditions.iter().map(Expr::to_string).collect();
            assert_eq!(shown, expected, "{l}  =  {r}");
        }
        other => panic!("{l}  =  {r}\n  {other:?}"),
    }
}

#[track_caller]
pub(super) fn differs(l: Expr, r: Expr, given: &[Expr]) {
    match decide(&l, &r, given) {
        Equality::Different { .. } => {}
        other => panic!("{l}  =  {r}\n  {other:?}"),
    }
}

#[test]
fn field_identities_hold() {
    let (x, y) = (real("x"), real("y"));
    let square = (x.clone() + y.clone()).pow(int(2));
    holds_given(square.clone(), x.pow(int(2)) + int(2) * x.clone() * y.clone() + y.pow(int(2)), &[]);
    differs(square, x.pow(int(2)) + y.pow(int(2)), &[]);
    holds_given(
        (x.pow(int(2)) - int(1)).over(&(x.clone() - int(1))),
        (x.pow(int(2)) - int(1)) * (x.clone() - int(1)).recip(),
        &[],
    );
    owes((x.pow(int(2)) - int(1)).over(&(x.clone() - int(1))), x.clone() + int(1), &[], &["x − 1 ≠ 0"]);
    owes(x.over(&x), int(1), &[], &["x ≠ 0"]);
    holds_given(x.over(&x), int(1), &[gt0(&x)]);
    holds_given(x.pow(int(0)), int(1), &[]);
    holds_given(int(1).over(&x) + int(1).over(&x), int(2).over(&x), &[]);
    let partial = int(1).over(&x) - int(1).over(&(x.clone() + int(1)));
    holds_given(partial, int(1).over(&(x.clone() * (x.clone() + int(1)))), &[]);
}

#[test]
fn exponentials_and_logarithms_obey_their_laws() {
    let (x, y) = (real("x"), real("y"));
    let e = |x: Expr| f("exp", x);
    holds_given(e(x.clone()) * e(y.clone()), e(x.clone() + y.clone()), &[]);
    differs(e(x.clone() * y.clone()), e(x.clone() + y.clone()), &[]);
    holds_given(f("log", e(x.clone())), x.clone(), &[]);
    owes(e(f("log", x.clone())), x.clone(), &[], &["x > 0"]);
    holds_given(f("log", x.clone() * y.clone()), f("log", x.clone()) + f("log", y.clone()), &[gt0(&x), gt0(&y)]);
    owes(f("log", x.clone() * y.clone()), f("log", x.clone()) + f("log", y.clone()), &[], &["x > 0", "y > 0"]);
    differs(f("log", x.clone() + y.clone()), f("log", x.clone()) + f("log", y.clone()), &[gt0(&x), gt0(&y)]);
    owes(f("log", x.pow(int(2))), int(2) * f("log", x.clone()), &[], &["x > 0"]);
    holds_given(f("log", int(8)), int(3) * f("log", int(2)), &[]);
    differs(f("log", int(8)), int(2) * f("log", int(2)), &[]);
    holds_given(x.pow(y.clone()), e(y.clone() * f("log", x.clone())), &[]);
    holds_given(f("log", (x.clone() + int(1)).pow(int(2)).recip()), int(-2) * f("log", x.clone() + int(1)), &[gt0(&x)]);
    // log(1 − x²) = log(1 − x) + log(1 + x) on (−1, 1), though the factors are found only by multiplying out
    let inside = rel("member", &x, Expr::apply("open_interval", vec![int(-1), int(1)]));
    let split = f("log", int(1) - x.clone()) + f("log", int(1) + x.clone());
    holds_given(f("log", int(1) - x.pow(int(2))), split, &[inside]);
}

#[test]
fn roots_are_not_negative() {
    let (x, y) = (real("x"), real("y"));
    holds_given(f("sqrt", x.pow(int(2))), f("abs", x.clone()), &[]);
    differs(f("sqrt", x.pow(int(2))), x.clone(), &[]);
    differs(x.pow(int(2)).pow(ratio_of(1, 2)), x.clone(), &[]);
    holds_given(f("sqrt", x.pow(int(2))), x.clone(), &[gt0(&x)]);
    owes(f("sqrt", x.clone()) * f("sqrt", x.clone()), x.clone(), &[], &["x ≥ 0"]);
    owes(f("sqrt", x.clone() * y.clone()), f("sqrt", x.clone()) * f("sqrt", y.clone()), &[], &["x ≥ 0", "y ≥ 0"]);
    holds_given(f("sqrt", int(8)), int(2) * f("sqrt", int(2)), &[]);
    let s = f("sqrt", int(1) + x.pow(int(2)));
    holds_given(s.clone() * s.clone(), int(1) + x.pow(int(2)), &[]);
    holds_given(x.over(&s), x.clone() * s.clone() * (int(1) + x.pow(int(2))).recip(), &[]);
    differs(s.clone(), int(1) + x.clone(), &[]);
    let relu = |x: &Expr| Expr::apply("max", vec![int(0), x.clone()]);
    holds_given(relu(&x) - relu(&-x.clone()), x.clone(), &[]);
    holds_given(relu(&x) + relu(&-x.clone()), f("abs", x.clone()), &[]);
    differs(relu(&x), x.clone(), &[]);
    holds_given(f("abs", x.clone()) * f("sign", x.clone()), x.clone(), &[]);
}

#[test]
fn the_logistic_family_is_one() {
    let z = real("z");
    let s = |z: Expr| f("sigmoid", z);
    holds_given(s(-z.clone()), int(1) - s(z.clone()), &[]);
    differs(s(-z.clone()), s(z.clone()), &[]);
    holds_given(s(z.clone()) * (int(1) - s(z.clone())), s(z.clone()) * s(-z.clone()), &[]);
    holds_given(s(z.clone()), f("exp", z.clone()).over(&(int(1) + f("exp", z.clone()))), &[]);
    holds_given(f("tanh", z.clone()), int(2) * s(int(2) * z.clone()) - int(1), &[]);
    differs(f("tanh", z.clone()), int(2) * s(z.clone()) - int(1), &[]);
    holds_given(f("softplus", z.clone()) - f("softplus", -z.clone()), z.clone(), &[]);
    holds_given(f("log", s(z.clone())), z.clone() - f("softplus", z.clone()), &[]);
    holds_given(-f("log", int(1) - s(z.clone())), f("softplus", z.clone()), &[]);
    holds_given(f("cosh", z.clone()).pow(int(2)) - f("sinh", z.clone()).pow(int(2)), int(1), &[]);
    let logit = f("log", s(z.clone()).over(&(int(1) - s(z.clone()))));
    holds_given(logit, z.clone(), &[]);
}

#[test]
fn circular_functions_obey_the_addition_theorems() {
    let (x, y) = (real("x"), real("y"));
    let (s, c) = (|x: Expr| f("sin", x), |x: Expr| f("cos", x));
    holds_given(s(x.clone()).pow(int(2)) + c(x.clone()).pow(int(2)), int(1), &[]);
    holds_given(s(int(2) * x.clone()), int(2) * s(x.clone()) * c(x.clone()), &[]);
    differs(s(int(2) * x.clone()), int(2) * s(x.clone()), &[]);
    holds_given(c(x.clone() - y.clone()), c(x.clone()) * c(y.clone()) + s(x.clone()) * s(y.clone()), &[]);
    holds_given(s(x.clone() + Expr::apply("pi", vec![]) * ratio_of(1, 2)), c(x.clone()), &[]);
    holds_given(s(-x.clone()), -s(x), &[]);
}

#[test]
fn the_softmax_gradient_holds_for_every_number_of_classes() {
    let n = size("C");
    let (s, y, j) = (vector("s", &n), vector("y", &n), size("j"));
    let z = sum(&n, |k| f("exp", at(&s, k)));
    let p = |i: &Expr| f("exp", at(&s, i)).over(&z);
    let given = [f("one_hot", y.clone()), index(&j, &n)];
    // ∂/∂s_j of −Σ y_k (s_k − log Z)
    let lowered = -sum(&n, |k| at(&y, k) * delta(k, &j)) + sum(&n, |k| at(&y, k)) * p(&j);
    holds_given(lowered.clone(), p(&j) - at(&y, &j), &given);
    differs(lowered.clone(), at(&y, &j) - p(&j), &given);
    differs(lowered.clone(), p(&j), &given);
    differs(lowered.clone(), p(&j) - at(&y, &j), &[index(&j, &n)]);
    // With the derivative inside the sum.
    let inside = -sum(&n, |k| at(&y, k) * (delta(k, &j) - p(&j)));
    holds_given(inside, p(&j) - at(&y, &j), &given);
    // Probabilities add up to 1, and their derivatives to 0.
    holds_given(sum(&n, p), int(1), &[]);
    holds_given(sum(&n, |i| p(i) * (delta(i, &j) - p(&j))), int(0), &[index(&j, &n)]);
    differs(sum(&n, |i| p(i).pow(int(2))), int(1), &[]);
    // Without y one-hot, but a distribution, the gradient is the same; with Σ y given as an equation too.
    holds_given(lowered.clone(), p(&j) - at(&y, &j), &[f("distribution", y.clone()), index(&j, &n)]);
    holds_given(lowered, p(&j) - at(&y, &j), &[rel("eq", &sum(&n, |k| at(&y, k)), int(1)), index(&j, &n)]);
}

#[test]
fn an_index_out_of_range_eliminates_no_delta() {
    let n = size("C");
    let (y, j) = (vector("y", &n), size("j"));
    let sum_of = sum(&n, |k| at(&y, k) * delta(k, &j));
    owes(sum_of.clone(), at(&y, &j), &[], &["1 ≤ j", "j ≤ C"]);
    owes(sum_of.clone(), at(&y, &j), &[rel("le", &int(1), j.clone())], &["j ≤ C"]);
    holds_given(sum_of, at(&y, &j), &[index(&j, &n)]);
    owes(sum(&n, |k| delta(k, &int(0))), int(0), &[], &[]);
    owes(sum(&n, |k| delta(k, &int(1))), int(1), &[], &[]);
    let shifted = sum(&n, |k| delta(k, &(n.clone() + int(1))) * at(&y, k));
    owes(shifted, int(0), &[], &[]);
    owes(sum(&n, |k| delta(k, &int(2))), int(1), &[], &["2 ≤ C"]);
}

#[test]
fn cross_entropy_of_softmax_is_logsumexp_minus_score() {
    let n = size("C");
    let (s, y, t) = (vector("s", &n), vector("y", &n), size("t"));
    let z = sum(&n, |k| f("exp", at(&s, k)));
    let loss = -sum(&n, |k| at(&y, k) * f("log", f("exp", at(&s, k)).over(&z)));
    let score = sum(&n, |k| at(&y, k) * at(&s, k));
    holds_given(loss.clone(), f("log", z.clone()) - score.clone(), &[f("one_hot", y.clone())]);
    differs(loss.clone(), f("log", z.clone()) - score.clone(), &[]);
    differs(loss.clone(), f("log", z.clone()) + score, &[f("one_hot", y.clone())]);
    let given = [index(&t, &n), all(&n, |k| rel("eq", &at(&y, k), delta(k, &t)))];
    holds_given(loss, f("log", z) - at(&s, &t), &given);
}

#[test]
fn the_divergence_splits_where_both_are_positive() {
    let n = size("n");
    let (p, q) = (vector("P", &n), vector("Q", &n));
    let kl = sum(&n, |x| at(&p, x) * f("log", at(&p, x).over(&at(&q, x))));
    let split = sum(&n, |x| at(&p, x) * f("log", at(&p, x))) - sum(&n, |x| at(&p, x) * f("log", at(&q, x)));
    let given = [all(&n, |x| gt0(&at(&p, x))), all(&n, |x| gt0(&at(&q, x)))];
    holds_given(kl.clone(), split.clone(), &given);
    differs(kl.clone(), -split.clone(), &given);
    let Equality::Equal { conditions, .. } = decide(&kl, &split, &[]) else { panic!("splits under conditions") };
    assert!(!conditions.is_empty());
    // Uniform Q: D = log n − H(P) for a distribution P.
    let uniform = sum(&n, |x| at(&p, x) * f("log", at(&p, x) * n.clone()));
    let entropy = -sum(&n, |x| at(&p, x) * f("log", at(&p, x)));
    let given = [all(&n, |x| gt0(&at(&p, x))), f("distribution", p.clone())];
    holds_given(uniform, f("log", n) - entropy, &given);
}

#[test]
fn quadratic_forms_use_symmetry_where_it_is_given() {
    let d = size("d");
    let (x, m) = (vector("x", &d), vector("\\mu", &d));
    let sigma = matrix("\\Sigma", &d, &d);
    let a = f("inverse", sigma.clone());
    let form =
        |u: &dyn Fn(&Expr) -> Expr, v: &dyn Fn(&Expr) -> Expr| sum(&d, |i| sum(&d, |j| u(i) * at2(&a, i, j) * v(j)));
    let apart = |i: &Expr| at(&x, i) - at(&m, i);
    let (of_x, of_m) = (|i: &Expr| at(&x, i), |i: &Expr| at(&m, i));
    let left = form(&apart, &apart);
    let right = form(&of_x, &of_x) - int(2) * form(&of_m, &of_x) + form(&of_m, &of_m);
    holds_given(left.clone(), right.clone(), &[f("symmetric", sigma.clone())]);
    holds_given(left.clone(), right.clone(), &[f("positive_definite", sigma.clone())]);
    differs(left.clone(), right, &[]);
    differs(left, form(&of_x, &of_x) + form(&of_m, &of_m), &[f("symmetric", sigma)]);
    // The trace of a product does not depend on the order.
    let b = matrix("B", &d, &d);
    let c = matrix("A", &d, &d);
    let trace = |a: &Expr, b: &Expr| sum(&d, |i| sum(&d, |j| at2(a, i, j) * at2(b, j, i)));
    holds_given(trace(&b, &c), trace(&c, &b), &[]);
    differs(trace(&b, &c), sum(&d, |i| sum(&d, |j| at2(&b, i, j) * at2(&c, i, j))), &[]);
    // zᵀ(A − Aᵀ)z = 0
    let z = vector("z", &d);
    holds_given(sum(&d, |i| sum(&d, |j| at(&z, i) * (at2(&c, i, j) - at2(&c, j, i)) * at(&z, j))), int(0), &[]);
}

#[test]
fn the_logistic_gradient_holds_for_all_samples() {
    let (n, d) = (size("N"), size("d"));
    let (x, w, y, j) = (matrix("x", &n, &d), vector("w", &d), vector("y", &n), size("j"));
    let z = |i: &Expr| sum(&d, |k| at(&w, k) * at2(&x, i, k));
    let s = |i: &Expr| f("sigmoid", z(i));
    let raw = -sum(&n, |i| {
        (at(&y, i) * s(i).recip() - (int(1) - at(&y, i)) * (int(1) - s(i)).recip())
            * s(i)
            * (int(1) - s(i))
            * at2(&x, i, &j)
    });
    let good = sum(&n, |i| (s(i) - at(&y, i)) * at2(&x, i, &j));
    holds_given(raw.clone(), good.clone(), &[]);
    differs(raw.clone(), -good.clone(), &[]);
    differs(raw, sum(&n, |i| (s(i) + at(&y, i)) * at2(&x, i, &j)), &[]);
    // Fractions combine under the sum.
    let e = |i: &Expr| f("exp", z(i));
    let a = |i: &Expr| at(&y, i);
    let parts = sum(&n, |i| a(i).over(&(int(1) + e(i)))) + sum(&n, |i| a(i) * e(i).over(&(int(1) + e(i))));
    holds_given(parts, sum(&n, a), &[]);
}

#[test]
fn sums_are_linear_and_their_binders_commute() {
    let (n, m) = (size("n"), size("m"));
    let (a, b, x) = (vector("a", &n), vector("b", &n), matrix("X", &n, &m));
    let c = real("c");
    holds_given(
        sum(&n, |i| c.clone() * at(&a, i) + at(&b, i)),
        c.clone() * sum(&n, |i| at(&a, i)) + sum(&n, |i| at(&b, i)),
        &[],
    );
    holds_given(sum(&n, |i| sum(&m, |j| at2(&x, i, j))), sum(&m, |j| sum(&n, |i| at2(&x, i, j))), &[]);
    differs(sum(&n, |i| at(&a, i) * at(&b, i)), sum(&n, |i| at(&a, i)) * sum(&n, |i| at(&b, i)), &[]);
    differs(sum(&n, |i| at(&a, i).pow(int(2))), sum(&n, |i| at(&a, i)).pow(int(2)), &[]);
    holds_given(sum(&n, |i| sum(&n, |j| at(&a, i) * at(&b, j))), sum(&n, |i| at(&a, i)) * sum(&n, |i| at(&b, i)), &[]);
    holds_given(sum(&n, |_| c.clone()), n.clone() * c.clone(), &[]);
    holds_given(sum(&n, |i| at(&a, i) - sum(&n, |k| at(&a, k)).over(&n)), int(0), &[]);
    differs(sum(&n, |i| at(&a, i) - sum(&n, |k| at(&a, k))), int(0), &[]);
    // The variance two ways, with the mean unfolded.
    let mean = sum(&n, |k| at(&a, k)).over(&n);
    let variance = sum(&n, |i| (at(&a, i) - mean.clone()).pow(int(2))).over(&n);
    holds_given(variance, sum(&n, |i| at(&a, i).pow(int(2))).over(&n) - mean.pow(int(2)), &[]);
    // A triangular double sum keeps its order.
    let lower = sum(&n, |i| bind(Binder::Sum, int(1), i, |j| at(&a, i) * at(&b, j)));
    let upper = sum(&n, |i| bind(Binder::Sum, int(1), i, |j| at(&a, j) * at(&b, i)));
    differs(lower, upper, &[]);
}

#[test]
fn short_sums_are_written_out() {
    let p = vector("p", &int(3));
    let entries = (1..=3).map(|i| at(&p, &int(i))).fold(int(0), |a, b| a + b);
    holds_given(sum(&int(3), |c| at(&p, c)), entries.clone(), &[]);
    holds_given(entries.clone(), int(1), &[f("distribution", p.clone())]);
    holds_given(entries.clone(), int(1), &[f("one_hot", p.clone())]);
    holds_given(entries.clone(), int(1), &[rel("eq", &entries, int(1))]);
    differs(entries, int(1), &[]);
    holds_given(bind(Binder::Sum, int(3), &int(1), |i| i.clone()), int(0), &[]);
    holds_given(bind(Binder::Product, int(3), &int(1), |i| i.clone()), int(1), &[]);
    holds_given(bind(Binder::Sum, int(1), &int(4), |i| i.pow(int(2))), int(30), &[]);
    let n = size("n");
    holds_given(bind(Binder::Sum, n.clone(), &(n.clone() + int(2)), |i| i.clone()), int(3) * n.clone() + int(3), &[]);
}

#[test]
fn products_of_positive_factors_are_exponentials_of_sums() {
    let n = size("n");
    let (p, y) = (vector("p", &n), vector("y", &n));
    let positive = all(&n, |i| gt0(&at(&p, i)));
    let likelihood = product(&n, |i| at(&p, i).pow(at(&y, i)));
    let log = sum(&n, |i| at(&y, i) * f("log", at(&p, i)));
    holds_given(f("log", likelihood.clone()), log.clone(), std::slice::from_ref(&positive));
    holds_given(likelihood, f("exp", log), std::slice::from_ref(&positive));
    holds_given(product(&n, |i| f("exp", at(&y, i))), f("exp", sum(&n, |i| at(&y, i))), &[]);
    holds_given(product(&n, |i| int(2) * at(&y, i)), int(2).pow(n.clone()) * product(&n, |i| at(&y, i)), &[]);
    differs(product(&n, |i| int(2) * at(&y, i)), int(2) * product(&n, |i| at(&y, i)), &[]);
    differs(product(&n, |i| at(&y, i) + int(1)), product(&n, |i| at(&y, i)) + int(1), &[]);
    holds_given(product(&n, |i| at(&p, i) * at(&y, i)), product(&n, |i| at(&p, i)) * product(&n, |i| at(&y, i)), &[]);
}

#[test]
fn a_lost_factor_in_a_chain_is_not_lost_on_us() {
    // −(∂p₁/∂s₁)/p₁ for three classes, and the same with the denominator of p₁ forgotten
    let e = |i: i64| f("exp", real(&format!("s_{i}")));
    let z = e(1) + e(2) + e(3);
    let slope = (e(1) * z.clone() - e(1) * e(1)).over(&z.pow(int(2)));
    let first = -slope.over(&e(1).over(&z));
    let second = -slope.over(&e(1));
    let third = -(e(2) + e(3)).over(&z);
    differs(first.clone(), second.clone(), &[]);
    differs(second.clone(), third.clone(), &[]);
    holds_given(first.clone(), third, &[]);
    holds_given(first.clone(), e(1).over(&z) - int(1), &[]);
    differs(first.clone(), e(1).over(&z), &[]);
    let shown = ratio(&first, &second, &Facts::default(), &mut Fuel::default()).unwrap();
    assert!(decide(&shown, &z, &[]) == Equality::Equal { conditions: vec![], used: vec![] }, "{shown}");
}
