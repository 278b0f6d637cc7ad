//! Certificates that are tampered with, part by part, and claims that must not get one.

use super::found;
use crate::expr::{Binder, Domain, Expr, Sort, Symbol};
use crate::num::Rational;
use crate::verdict::certificate::{Atom, Certificate};
use crate::verdict::{Evidence, replay};

fn n() -> Expr {
    Expr::size_symbol("n")
}

fn vector(name: &str) -> Expr {
    Expr::sym(Symbol::new(name, Sort::vector(n())))
}

fn matrix(name: &str) -> Expr {
    Expr::sym(Symbol::new(name, Sort::matrix(Expr::size_symbol("m"), n())))
}

fn app(name: &str, args: &[&Expr]) -> Expr {
    Expr::apply(name, args.iter().map(|a| (*a).clone()).collect())
}

fn transpose(e: &Expr) -> Expr {
    app("transpose", &[e])
}

fn semidefinite(e: Expr) -> Expr {
    Expr::relate("loewner_ge", e, Expr::int(0))
}

fn accepted(relation: &Expr, givens: &[Expr], certificate: &Certificate) -> bool {
    replay(&Evidence::Certificate {
        relation: relation.clone(),
        givens: givens.to_vec(),
        certificate: Box::new(certificate.clone()),
    })
}

/// diag(p) − ppᵀ ⪰ 0 for a distribution p.
fn variance() -> (Expr, Vec<Expr>, Certificate) {
    let p = vector("p");
    let relation = semidefinite(app("diag", &[&p]) - p.clone() * transpose(&p));
    let givens = vec![app("distribution", &[&p])];
    let certificate = found(&relation, &givens).unwrap();
    (relation, givens, certificate)
}

#[test]
fn a_variance_is_certified_and_every_part_of_it_is_needed() {
    let (relation, givens, good) = variance();
    assert!(accepted(&relation, &givens, &good));
    assert!(!accepted(&relation, &[], &good), "p must be a distribution");
    let tampered = |change: &dyn Fn(&mut Certificate)| {
        let mut bad = good.clone();
        change(&mut bad);
        assert_ne!(bad, good);
        assert!(!accepted(&relation, &givens, &bad), "{bad:?}");
    };
    tampered(&|c| c.parts[0].weight = c.parts[0].weight.clone() * Expr::int(2));
    tampered(&|c| c.parts[0].weight = -c.parts[0].weight.clone());
    tampered(&|c| c.parts[0].binders.clear());
    tampered(&|c| c.parts[0].binders[0].1 = Domain::Range(Expr::int(2), n()));
    tampered(&|c| c.parts[0].binders[0].1 = Domain::Range(Expr::int(1), n() - Expr::int(1)));
    tampered(&|c| c.parts[0].atom = Atom::One);
    tampered(&|c| {
        let Atom::Square(form) = &c.parts[0].atom else { return };
        c.parts[0].atom = Atom::Square(form.clone() + Expr::num(Rational::new(1, 2).unwrap()));
    });
    tampered(&|c| c.parts.clear());
    tampered(&|c| c.direction = None);
    tampered(&|c| c.direction = Some(Symbol::new("p", Sort::vector(n()))));
    tampered(&|c| c.direction = Some(Symbol::new("z", Sort::vector(n() + Expr::int(1)))));
    let strict = Expr::relate("loewner_gt", relation.children()[0].clone(), Expr::int(0));
    let mut positive = good.clone();
    positive.positive = Some(0);
    assert!(!accepted(&strict, &givens, &positive), "1 is in its kernel");
    let twice = semidefinite(relation.children()[0].clone() - Expr::apply("identity", vec![n()]));
    assert!(!accepted(&twice, &givens, &good), "about another matrix");
}

#[test]
fn a_negative_weight_beside_a_positive_one_is_rejected() {
    // 0 = z² − z², with a weight −1.
    let z = Symbol::new("z", Sort::vector(n()));
    let zero = Expr::apply("zero_matrix", vec![n(), n()]);
    let relation = semidefinite(zero);
    let certificate = found(&semidefinite(app("identity", &[&n()])), &[]).unwrap();
    let mut parts = certificate.parts.clone();
    parts.extend(certificate.parts.iter().cloned().map(|mut p| {
        p.weight = Expr::int(-1);
        p
    }));
    let bad = Certificate { direction: Some(z), parts, positive: None, conditions: vec![] };
    assert!(!accepted(&relation, &[], &bad));
}

#[test]
fn a_matrix_that_is_not_symmetric_gets_none() {
    let (u, v) = (vector("u"), vector("v"));
    let skew = u.clone() * transpose(&v) - v.clone() * transpose(&u);
    assert!(found(&semidefinite(skew.clone()), &[]).is_none());
    assert!(found(&semidefinite(skew + app("identity", &[&n()])), &[]).is_none());
    assert!(found(&semidefinite(u.clone() * transpose(&v)), &[]).is_none());
}

#[test]
fn full_column_rank_makes_a_gram_matrix_definite() {
    let x = matrix("X");
    let gram = transpose(&x) * x.clone();
    let strict = Expr::relate("loewner_gt", gram.clone(), Expr::int(0));
    let rank = app("full_column_rank", &[&x]);
    assert!(found(&semidefinite(gram), &[]).is_some());
    assert!(found(&strict, &[]).is_none());
    assert!(found(&strict, &[app("full_column_rank", &[&matrix("Y")])]).is_none());
    let certificate = found(&strict, std::slice::from_ref(&rank)).unwrap();
    assert!(accepted(&strict, std::slice::from_ref(&rank), &certificate));
    assert!(!accepted(&strict, &[], &certificate));
    let rows = Expr::relate("loewner_gt", x.clone() * transpose(&x), Expr::int(0));
    assert!(found(&rows, &[rank]).is_none(), "columns, not rows");
}

#[test]
fn a_definite_matrix_stays_so_under_squares_and_inverse() {
    let square = |name: &str| Expr::sym(Symbol::new(name, Sort::matrix(n(), n())));
    let (a, b, v) = (square("A"), square("B"), vector("v"));
    let given = [app("positive_definite", &[&a])];
    let outer = v.clone() * transpose(&v);
    let strictly = |e: Expr| Expr::relate("loewner_gt", e, Expr::int(0));
    assert!(found(&strictly(a.clone() + outer.clone()), &given).is_some());
    assert!(found(&strictly(app("inverse", &[&a])), &given).is_some());
    assert!(found(&strictly(a.clone() - outer.clone()), &given).is_none());
    assert!(found(&strictly(b.clone() + outer.clone()), &given).is_none());
    assert!(found(&strictly(a.clone() * a.clone()), &given).is_none(), "not seen, though true");
    assert!(found(&semidefinite(a.clone() * b.clone()), &given).is_none());
    let weak = [app("positive_semidefinite", &[&a])];
    assert!(found(&semidefinite(a.clone() + outer.clone()), &weak).is_some());
    assert!(found(&strictly(a + outer), &weak).is_none());
}

#[test]
fn squares_of_monomials() {
    let (a, b) = (Expr::real("a"), Expr::real("b"));
    let two = Expr::int(2);
    let squares = a.pow(two.clone()) + b.pow(two.clone());
    let times = |k: i64| Expr::relate("ge", squares.clone(), Expr::int(k) * a.clone() * b.clone());
    let good = found(&times(2), &[]).unwrap();
    assert!(accepted(&times(2), &[], &good));
    assert!(!accepted(&times(1), &[], &good), "another claim");
    assert!(found(&times(3), &[]).is_none());
    let strict = Expr::relate("gt", squares, two * a * b);
    assert!(found(&strict, &[]).is_none(), "equal at a = b");
}

fn entry(a: &Expr, k: u32) -> Expr {
    a.shifted(k + 1, 0).index(vec![Expr::bound(k, Sort::Integer)])
}

fn for_all(body: Expr) -> Expr {
    Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), n()), body)
}

/// p, q distributions with supp p ⊆ supp q.
fn supported() -> (Expr, Expr, Vec<Expr>) {
    let (p, q) = (vector("p"), vector("q"));
    let not_zero = |a: &Expr| Expr::relate("ne", entry(a, 0), Expr::int(0));
    let support = for_all(Expr::relate("implies", not_zero(&p), not_zero(&q)));
    let givens = vec![app("distribution", &[&p]), app("distribution", &[&q]), support];
    (p, q, givens)
}

#[test]
fn the_divergence_is_not_negative_and_every_part_of_it_is_needed() {
    let (p, q, givens) = supported();
    let relation = Expr::relate("ge", app("kl", &[&p, &q]), Expr::int(0));
    let good = found(&relation, &givens).unwrap();
    assert!(good.conditions.is_empty(), "{:?}", good.conditions);
    assert!(accepted(&relation, &givens, &good));
    for k in 0..givens.len() {
        let mut fewer = givens.clone();
        fewer.remove(k);
        assert!(!accepted(&relation, &fewer, &good), "given {k} is needed");
    }
    let tampered = |change: &dyn Fn(&mut Certificate)| {
        let mut bad = good.clone();
        change(&mut bad);
        assert_ne!(bad, good);
        assert!(!accepted(&relation, &givens, &bad), "{bad:?}");
    };
    tampered(&|c| {
        let Atom::Gap(a, b) = c.parts[0].atom.clone() else { return };
        c.parts[0].atom = Atom::Gap(b, a);
    });
    tampered(&|c| {
        let Atom::Gap(a, b) = c.parts[0].atom.clone() else { return };
        c.parts[0].atom = Atom::Gap(a, b * Expr::int(2));
    });
    tampered(&|c| c.parts[0].weight = Expr::int(2));
    tampered(&|c| c.parts.clear());
    let back = Expr::relate("ge", app("kl", &[&q, &p]), Expr::int(0));
    assert!(!accepted(&back, &givens, &good));
    assert!(found(&back, &givens).is_none_or(|c| !c.conditions.is_empty()), "the supports lie the other way round");
    let tenth = Expr::num(Rational::new(1, 10).unwrap());
    assert!(found(&Expr::relate("ge", app("kl", &[&p, &q]), tenth), &givens).is_none());
    assert!(found(&Expr::relate("gt", app("kl", &[&p, &q]), Expr::int(0)), &givens).is_none(), "p = q");
}

#[test]
fn no_distribution_is_less_certain_than_the_uniform_one() {
    let (p, _, givens) = supported();
    let bound = |size: Expr| Expr::relate("le", app("entropy", &[&p]), app("log", &[&size]));
    let good = found(&bound(n()), &givens).unwrap();
    assert!(accepted(&bound(n()), &givens, &good));
    assert!(!accepted(&bound(n()), &[], &good));
    assert!(found(&bound(n() - Expr::int(1)), &givens).is_none());
    assert!(found(&Expr::relate("lt", app("entropy", &[&p]), app("log", &[&n()])), &givens).is_none());
    let other = Expr::relate("ge", app("entropy", &[&p]), app("log", &[&n()]));
    assert!(found(&other, &givens).is_none());
}

#[test]
fn what_gives_more_to_all_that_can_happen_is_less_surprised() {
    let (p, a, b) = (vector("p"), vector("a"), vector("b"));
    let above = |x: Expr, y: Expr| Expr::relate("gt", x, y);
    let order = |strict: bool| {
        let first = Expr::relate(if strict { "gt" } else { "ge" }, entry(&a, 0), entry(&b, 0));
        let both = Expr::apply("and", vec![first, above(entry(&b, 0), Expr::int(0))]);
        for_all(Expr::relate("implies", above(entry(&p, 0), Expr::int(0)), both))
    };
    let claim = |name: &str, x: &Expr, y: &Expr| {
        Expr::relate(name, app("cross_entropy", &[&p, x]), app("cross_entropy", &[&p, y]))
    };
    let givens = |strict| vec![app("distribution", &[&p]), order(strict)];
    let good = found(&claim("lt", &a, &b), &givens(true)).unwrap();
    assert!(good.conditions.is_empty(), "{:?}", good.conditions);
    assert!(accepted(&claim("lt", &a, &b), &givens(true), &good));
    assert!(!accepted(&claim("lt", &a, &b), &givens(false), &good), "the order must be strict");
    assert!(!accepted(&claim("lt", &a, &b), &givens(true)[1..], &good), "the weights must sum to 1");
    assert!(!accepted(&claim("lt", &b, &a), &givens(true), &good));
    assert!(found(&claim("lt", &b, &a), &givens(true)).is_none());
    assert!(found(&claim("le", &a, &b), &givens(false)).is_some());
}
