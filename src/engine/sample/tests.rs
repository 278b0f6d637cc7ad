use super::*;
use crate::algebra::eval::{Array, PointValue};
use crate::expr::{Binder, Domain, Node, Sort, Symbol};
use crate::num::Rational;

fn q(n: i64, d: i64) -> Rational {
    Rational::new(n, d).unwrap()
}

fn x() -> Expr {
    Expr::real("x")
}

fn app(name: &str, args: Vec<Expr>) -> Expr {
    Expr::apply(name, args)
}

fn eq(a: Expr, b: Expr) -> Expr {
    Expr::relate("eq", a, b)
}

fn int(i: i64) -> Expr {
    Expr::int(i)
}

fn size(name: &str) -> Symbol {
    Symbol::new(name, Sort::Integer)
}

fn vector(name: &str, n: &str) -> Expr {
    Expr::sym(Symbol::new(name, Sort::vector(Expr::size_symbol(n))))
}

fn matrix(name: &str, m: &str, n: &str) -> Expr {
    Expr::sym(Symbol::new(name, Sort::matrix(Expr::size_symbol(m), Expr::size_symbol(n))))
}

fn t(e: Expr) -> Expr {
    app("transpose", vec![e])
}

fn sum(i: &str, n: &str, body: Expr) -> Expr {
    Expr::sum_over(&size(i), int(1), Expr::size_symbol(n), &body)
}

fn at(v: &Expr, i: &str) -> Expr {
    v.index(vec![Expr::size_symbol(i)])
}

fn tried(relation: &Expr, givens: &[Expr], cases: usize) -> Search {
    search(&Problem { cases, ..Problem::new(relation, givens) })
}

/// The claim is refuted by a certified, replayable counterexample.
fn refuted(relation: &Expr, givens: &[Expr]) -> Counterexample {
    let found = tried(relation, givens, 64);
    let c = found.counterexample.unwrap_or_else(|| panic!("no counterexample to {relation}"));
    assert!(replay(relation, givens, &c.point), "{relation}: {}", c.point);
    c
}

/// No point contradicts the claim, and some satisfy it.
fn supported(relation: &Expr, givens: &[Expr], cases: usize) -> Search {
    let found = tried(relation, givens, cases);
    assert!(found.counterexample.is_none(), "{relation}: {:?}", found.counterexample);
    assert!(found.doubtful.is_none(), "{relation}: doubtful at {}", found.doubtful.unwrap());
    assert!(found.agreed > cases / 3, "{relation}: {} of {}", found.agreed, found.accepted);
    found
}

fn one_hot() -> Vec<Expr> {
    vec![app("one_hot", vec![vector("y", "C")])]
}

fn derivative(body: &Expr, by: &Expr, places: Vec<Expr>) -> Expr {
    let s = by.as_symbol().unwrap();
    Expr::bind(Binder::Derivative, Domain::At(by.clone(), places), body.abstracted(s, s.sort.clone()))
}

#[test]
fn false_scalar_identities_get_small_counterexamples() {
    let c = refuted(&eq(x().pow(int(2)), x()), &[]);
    assert!(!c.degenerate);
    assert!(c.point.to_string().chars().count() <= 6, "{}", c.point);
    let (a, b) = (Expr::real("a"), Expr::real("b"));
    let log = |e: Expr| app("log", vec![e]);
    let c = refuted(&eq(log(a.clone() + b.clone()), log(a) + log(b)), &[]);
    assert!(!c.degenerate && c.violation.enclosures.is_some());
    let c = refuted(&eq(app("sqrt", vec![x().pow(int(2))]), x()), &[]);
    assert_eq!(c.point.to_string(), "x = −1");
    assert_eq!((c.violation.left.as_str(), c.violation.right.as_str()), ("1", "−1"));
}

#[test]
fn givens_narrow_the_search() {
    let root = eq(app("sqrt", vec![x().pow(int(2))]), x());
    let found = supported(&root, &[Expr::relate("ge", x(), int(0))], 200);
    assert_eq!(found.accepted, 200);
    let bounded = app("open_interval", vec![int(0), int(1)]);
    supported(&Expr::relate("lt", x().pow(int(2)), x()), &[Expr::relate("member", x(), bounded)], 200);
    let order = [Expr::relate("lt", Expr::real("a"), Expr::real("b"))];
    supported(&Expr::relate("gt", Expr::real("b") - Expr::real("a"), int(0)), &order, 200);
}

#[test]
fn true_identities_survive_thousands_of_cases() {
    let (a, b) = (Expr::real("a"), Expr::real("b"));
    let square = (a.clone() + b.clone()).pow(int(2));
    let expanded = a.pow(int(2)) + int(2) * a.clone() * b.clone() + b.pow(int(2));
    let found = supported(&eq(square.clone(), expanded.clone()), &[], 2000);
    assert!(found.worst_relative_error < 1e-9);
    // Large values that nearly cancel.
    let big = [Expr::relate("gt", a.clone(), int(100_000_000)), Expr::relate("lt", a.clone(), int(100_000_010))];
    let difference = square - expanded + Expr::num(q(1, 1000)) * b.clone();
    supported(&eq(difference, Expr::num(q(1, 1000)) * b.clone()), &big, 1000);
    let shifted = app("exp", vec![a.clone()]) - app("exp", vec![b.clone()]);
    let product = app("exp", vec![b.clone()]) * (app("exp", vec![a.clone() - b]) - int(1));
    supported(&eq(shifted, product), &[], 2000);
    let circle = app("sin", vec![a.clone()]).pow(int(2)) + app("cos", vec![a]).pow(int(2)) - int(1);
    supported(&eq(circle, int(0)), &[], 300);
}

#[test]
fn the_gradient_of_the_loss_is_p_minus_y_and_not_the_other_way_round() {
    let (s, y) = (vector("s", "C"), vector("y", "C"));
    let p = app("softmax", vec![s.clone()]);
    let loss = -sum("k", "C", at(&y, "k") * app("log", vec![at(&p, "k")]));
    let entry = derivative(&loss, &s, vec![Expr::size_symbol("i")]);
    let right = at(&p, "i") - at(&y, "i");
    let found = supported(&eq(entry.clone(), right.clone()), &one_hot(), 300);
    assert!(found.sizes.iter().copied().eq([1, 2, 3, 5, 8]));
    // The wrong sign: enclosures need the derivative carried out.
    let wrong = -right.clone();
    let claim = eq(entry.clone(), wrong.clone());
    let found = tried(&claim, &one_hot(), 64);
    assert!(found.counterexample.is_none() && found.doubtful.is_some());
    let symbolic = eq(right, wrong);
    let givens = one_hot();
    let found = search(&Problem { symbolic: Some(&symbolic), ..Problem::new(&claim, &givens) });
    let c = found.counterexample.unwrap();
    assert!(!c.degenerate && replay(&symbolic, &givens, &c.point));
    assert!(!replay(&claim, &givens, &c.point), "a derivative cannot be replayed by enclosures");
    let zeros = |v: &PointValue| v.numbers().iter().all(|n| *n == q(0, 1));
    assert!(c.point.get(s.as_symbol().unwrap()).is_some_and(zeros), "{}", c.point);
}

#[test]
fn a_wrong_symbolic_derivative_is_told_from_a_wrong_claim() {
    let right = eq(derivative(&x().pow(int(2)), &x(), vec![]), int(2) * x());
    let wrong = eq(int(3) * x(), int(2) * x());
    let found = search(&Problem { symbolic: Some(&wrong), ..Problem::new(&right, &[]) });
    assert!(found.counterexample.is_none(), "floats agree with the relation as written");
    let swapped = search(&Problem {
        symbolic: Some(&eq(int(2) * x(), int(2) * x())),
        ..Problem::new(&eq(derivative(&x().pow(int(2)), &x(), vec![]), int(3) * x()), &[])
    });
    assert!(swapped.counterexample.is_none() && swapped.agreed > 0);
}

#[test]
fn logistic_outputs_do_not_sum_to_one() {
    let s = vector("s", "C");
    let total = sum("c", "C", app("sigmoid", vec![at(&s, "c")]));
    let c = refuted(&eq(total, int(1)), &[]);
    assert!(!c.degenerate);
    let total = sum("c", "C", at(&app("softmax", vec![s]), "c"));
    supported(&eq(total, int(1)), &[], 500);
}

#[test]
fn matrix_identities_with_and_without_the_transpose() {
    let (a, b) = (matrix("A", "m", "n"), matrix("B", "n", "m"));
    let right = eq(t(a.clone() * b.clone()), t(b.clone()) * t(a.clone()));
    supported(&right, &[], 300);
    let square = |name: &str| matrix(name, "n", "n");
    let wrong = eq(t(square("A") * square("B")), t(square("A")) * t(square("B")));
    let c = refuted(&wrong, &[]);
    assert!(!c.degenerate && c.point.to_string().contains("n = 2"), "{}", c.point);
    let symmetric = [app("symmetric", vec![square("A")]), app("symmetric", vec![square("B")])];
    refuted(&wrong.with_children(vec![square("A") * square("B"), t(square("A") * square("B"))]), &symmetric);
    let invertible = [app("positive_definite", vec![square("A")])];
    let inverse = app("inverse", vec![square("A")]);
    supported(&eq(inverse.clone() * square("A"), app("identity", vec![Expr::size_symbol("n")])), &invertible, 100);
    supported(&eq(t(inverse.clone()), inverse), &invertible, 100);
}

#[test]
fn semidefiniteness_fails_with_a_direction() {
    let s = vector("s", "C");
    let p = app("softmax", vec![s]);
    let hessian = app("diag", vec![p.clone()]) - p.clone() * t(p.clone());
    supported(&Expr::relate("loewner_ge", hessian.clone(), int(0)), &[], 100);
    let minus = Expr::int(-1) * hessian.clone();
    let c = refuted(&Expr::relate("loewner_ge", minus, int(0)), &[]);
    assert!(c.violation.direction.is_some() && !c.degenerate);
    // Semidefinite, never definite: 1 is in the kernel.
    let found = tried(&Expr::relate("loewner_gt", hessian, int(0)), &[], 32);
    assert!(found.agreed == 0);
    let a = matrix("A", "n", "n");
    // Nothing is said of A, and the square matrices of notes are often definite ones.
    let c = refuted(&Expr::relate("loewner_ge", a.clone(), int(0)), &[]);
    assert!(c.degenerate, "{c:?}");
    let gram = Expr::relate("loewner_ge", t(a.clone()) * a, int(0));
    supported(&gram, &[], 100);
}

#[test]
fn what_fails_only_in_special_cases_is_marked() {
    // |x| > 0 fails at 0 alone.
    let found = tried(&Expr::relate("gt", app("abs", vec![x()]), int(0)), &[], 200);
    assert!(found.counterexample.unwrap().degenerate);
    // Σᵢ pᵢ² < 1 on the simplex fails at its corners (and at size 1) alone.
    let p = vector("p", "n");
    let givens = [app("distribution", vec![p.clone()])];
    let found = tried(&Expr::relate("lt", sum("i", "n", at(&p, "i").pow(int(2))), int(1)), &givens, 200);
    assert!(found.counterexample.is_none_or(|c| c.degenerate && c.generic.is_none()));
    // n ≥ 2 fails at size 1 alone.
    let claim = Expr::relate("ge", sum("i", "n", app("exp", vec![int(0) * at(&p, "i")])), int(2));
    assert!(tried(&claim, &[], 100).counterexample.unwrap().degenerate);
}

#[test]
fn undefined_points_are_no_disagreement() {
    let log = app("log", vec![x()]);
    let found = tried(&eq(log.clone() - log.clone(), int(0) * log), &[], 200);
    assert!(found.counterexample.is_none() && found.undefined > 20 && found.agreed > 20);
    // log(x²) = 2 log x: one side is undefined for x < 0.
    let claim = eq(app("log", vec![x().pow(int(2))]), int(2) * app("log", vec![x()]));
    let found = tried(&claim, &[], 200);
    assert!(found.counterexample.is_none() && found.one_sided > 20 && found.agreed > 20);
    assert!(found.one_sided_at.is_some());
}

#[test]
fn contradictory_givens_are_vacuous() {
    let givens = [Expr::relate("gt", x(), int(1)), Expr::relate("lt", x(), int(0))];
    let found = tried(&eq(x(), x() + int(1)), &givens, 50);
    assert!(found.accepted == 0 && found.counterexample.is_none());
    let opaque = Expr::new(Node::Opaque { text: "?".into(), depends: vec![x()] });
    assert_eq!(tried(&eq(x(), x() + int(1)), &[opaque], 50).accepted, 0, "unknown is never true");
}

#[test]
fn functions_without_a_formula_are_never_refuted() {
    let f = |e: Expr| Expr::new(Node::Call(Symbol::new("f", Sort::Function), vec![e]));
    let found = tried(&eq(f(x() + int(1)), f(x()) + int(1)), &[], 64);
    assert!(found.counterexample.is_none() && found.doubtful.is_some());
    let chain = eq(derivative(&f(x().pow(int(2))), &x(), vec![]), {
        let u = Expr::real("u");
        let inner = derivative(&f(u.clone()), &u, vec![]);
        inner.substituted(u.as_symbol().unwrap(), &x().pow(int(2))) * int(2) * x()
    });
    assert!(tried(&chain, &[], 64).counterexample.is_none());
}

#[test]
fn quantifiers_and_hypotheses_are_opened() {
    let body = Expr::relate("ge", x().pow(int(2)), x()).abstracted(&Symbol::new("x", Sort::Real), Sort::Real);
    let claim = Expr::bind(Binder::ForAll, Domain::Over(app("reals", vec![])), body);
    let found = search(&Problem { domain_stated: true, ..Problem::new(&claim, &[]) });
    let c = found.counterexample.unwrap();
    assert!(replay(&claim, &[], &c.point) && c.point.to_string().starts_with("t = "), "{}", c.point);
    let claim = Expr::relate("implies", eq(x(), int(2)), eq(x().pow(int(2)), int(4)));
    supported(&claim, &[], 10);
    refuted(
        &Expr::relate("implies", Expr::relate("gt", x().pow(int(2)), int(4)), Expr::relate("gt", x(), int(2))),
        &[],
    );
    refuted(&Expr::relate("iff", Expr::relate("gt", x(), int(0)), Expr::relate("gt", x().pow(int(2)), int(0))), &[]);
}

#[test]
fn not_equal_means_not_identically_equal() {
    let claim = Expr::relate("ne", x().pow(int(2)), x());
    assert!(tried(&claim, &[], 64).counterexample.is_none());
    let found = search(&Problem { domain_stated: true, cases: 400, ..Problem::new(&claim, &[]) });
    let c = found.counterexample.unwrap();
    assert!(replay(&claim, &[], &c.point));
}

#[test]
fn replay_rejects_tampered_points() {
    let claim = eq(x().pow(int(2)), x());
    let givens = [Expr::relate("gt", x(), int(0))];
    let c = refuted(&claim, &givens);
    let with = |v: PointValue| {
        let mut p = c.point.clone();
        p.set(&Symbol::new("x", Sort::Real), v);
        replay(&claim, &givens, &p)
    };
    assert!(with(PointValue::Scalar(q(2, 1))));
    assert!(!with(PointValue::Scalar(q(1, 1))), "holds there");
    assert!(!with(PointValue::Scalar(q(-2, 1))), "violates a given");
    assert!(!with(PointValue::Array(Array::vector(vec![q(2, 1)]))), "wrong sort");
    assert!(!replay(&claim, &givens, &Point::new()));
    let s = sum("i", "n", Expr::size_symbol("i"));
    let triangle = eq(s, Expr::num(q(1, 2)) * Expr::size_symbol("n") * (Expr::size_symbol("n") + int(1)));
    supported(&triangle, &[], 50);
    let below = Point::new().with_scalar(&size("n"), q(-3, 1));
    assert!(!replay(&triangle, &[], &below), "a size is at least 1");
    let p = vector("p", "n");
    let wrong =
        Point::new().with_scalar(&size("n"), q(3, 1)).with_array(p.as_symbol().unwrap(), Array::vector(vec![q(1, 1)]));
    assert!(!replay(&eq(sum("i", "n", at(&p, "i")), int(7)), &[], &wrong), "the shape is not that of the sort");
}

#[test]
fn the_search_is_deterministic() {
    let claim = eq(x().pow(int(3)), x());
    let (a, b) = (tried(&claim, &[], 64), tried(&claim, &[], 64));
    assert_eq!(a.counterexample.unwrap().point, b.counterexample.unwrap().point);
    assert_eq!((a.accepted, a.agreed), (b.accepted, b.agreed));
}
