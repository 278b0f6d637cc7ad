use std::collections::BTreeMap;

use super::oracle::Oracle;
use super::*;
use crate::expr::{Binder, Domain, Expr, Sort, Symbol};

fn n(name: &str) -> Expr {
    Expr::size_symbol(name)
}

fn vector(name: &str, size: &str) -> Symbol {
    Symbol::new(name, Sort::vector(n(size)))
}

fn matrix(name: &str, rows: &str, columns: &str) -> Symbol {
    Symbol::new(name, Sort::matrix(n(rows), n(columns)))
}

fn app(name: &str, args: &[&Expr]) -> Expr {
    Expr::apply(name, args.iter().map(|a| (*a).clone()).collect())
}

fn t(e: &Expr) -> Expr {
    app("transpose", &[e])
}

fn symbols() -> Vec<Symbol> {
    vec![
        vector("x", "C"),
        vector("y", "C"),
        vector("z", "D"),
        matrix("A", "C", "C"),
        matrix("B", "C", "C"),
        matrix("W", "C", "D"),
        matrix("X", "N", "C"),
        Symbol::new("a", Sort::Real),
        Symbol::new("r", Sort::matrix(Expr::int(1), n("C"))),
    ]
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs())
}

/// Expressions over the symbols above, of every shape.
fn specimens() -> Vec<Expr> {
    let s = |name: &str| Expr::sym(symbols().into_iter().find(|s| s.name.as_ref() == name).unwrap());
    let (x, y, z, a, b, w, xs, k) = (s("x"), s("y"), s("z"), s("A"), s("B"), s("W"), s("X"), s("a"));
    let r = s("r");
    let c = n("C");
    let ones = app("ones", &[&c]);
    let row = |m: &Expr| m.shifted(1, 0).index(vec![Expr::bound(0, Sort::Integer)]);
    let over = |body: Expr| Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), n("N")), body);
    let literal = Expr::matrix(2, 2, vec![k.clone(), Expr::int(2), Expr::int(3), k.clone() * k.clone() + Expr::int(7)]);
    let pair = Expr::vector(vec![k.clone(), Expr::int(0)]);
    vec![
        t(&x) * y.clone(),
        t(&x) * a.clone() * y.clone(),
        t(&ones) * x.clone(),
        x.clone() * t(&y),
        x.clone() * t(&y) * x.clone(),
        a.clone() * b.clone(),
        t(&(a.clone() * b.clone())),
        t(&x) * y.clone() * x.clone(),
        k.clone() * a.clone() * x.clone() + y.clone() * k.clone(),
        app("dot", &[&x, &y]) * app("dot", &[&w, &w]),
        app("norm", &[&x]) + app("norm", &[&w]) + app("norm1", &[&w]),
        app("trace", &[&(a.clone() * b.clone())]) * app("entrywise_sum", &[&w]),
        app("hadamard", &[&x, &y]),
        app("diag", &[&x]) - x.clone() * t(&x),
        app("diag", &[&a]),
        app("identity", &[&c]) * a.clone() + app("identity", &[&c]),
        app("unit", &[&c, &Expr::int(1)]) - x.clone(),
        app("softmax", &[&x]),
        app("softmax", &[&xs]),
        app("log_softmax", &[&(w.clone() * z.clone())]),
        app("logsumexp", &[&x]) + app("entropy", &[&x]),
        app("cross_entropy", &[&x, &y]) - app("kl", &[&x, &y]),
        app("logsumexp", &[&r]) + r.clone() * x.clone(),
        t(&r) + x.clone(),
        r.clone() * a.clone(),
        app("exp", &[&(w.clone() * z.clone())]),
        app("sigmoid", &[&w]),
        app("xlogy", &[&x, &y]),
        a.pow(Expr::int(3)),
        a.pow(Expr::int(0)) + a.clone(),
        w.clone() * z.clone(),
        t(&w) * x.clone(),
        t(&(w.clone() * z.clone())),
        xs.index(vec![Expr::int(1)]) + x.clone(),
        over(row(&xs) * t(&row(&xs))),
        over(t(&row(&xs)) * y.clone() * row(&xs)),
        over(app("log", &[&(t(&row(&xs)) * y.clone())])),
        xs.clone() * y.clone(),
        literal.clone() * pair.clone(),
        app("inverse", &[&literal]) * literal.clone(),
        app("inverse", &[&literal]),
        app("det", &[&literal]) * app("trace", &[&literal]),
        literal.pow(Expr::int(-1)),
        app("softmax", &[&pair]),
        app("logsumexp", &[&pair]),
        Expr::bind(
            Binder::Lambda,
            Domain::Range(Expr::int(2), n("N") + Expr::int(1)),
            x.shifted(1, 0) * Expr::bound(0, Sort::Integer),
        ),
        app("cases", &[&Expr::relate("gt", k.clone(), Expr::int(0)), &x, &y]),
    ]
}

#[test]
fn entries_and_sums_are_those_of_the_arrays() {
    for e in specimens() {
        assert_ne!(*e.sort(), Sort::Unknown, "{e}");
        for (case, (c, d, rows)) in [(1, 2, 1), (2, 3, 2), (3, 1, 4)].into_iter().enumerate() {
            let mut oracle = Oracle::random(&[("C", c), ("D", d), ("N", rows)], &symbols(), case as u64 + 1);
            for (expected, lowered) in oracle.entry_pairs(&e) {
                let value = oracle.eval(&lowered).get();
                assert!(close(expected, value), "{e} at C = {c}: {expected} is not {value} of {lowered}");
                let fixed = at_sizes(&lowered, &oracle.sizes(&lowered), 10_000).unwrap();
                let value = oracle.eval(&fixed).get();
                assert!(close(expected, value), "{e} at C = {c}: {expected} is not {value} of {fixed}");
                let over_numbers = |x: &Expr| match x.node() {
                    crate::expr::Node::Bind { .. } => false,
                    crate::expr::Node::Sym(s) => s.sort != Sort::Integer,
                    _ => x.as_app("transpose").is_none() && x.as_app("softmax").is_none(),
                };
                assert!(!fixed.any(&mut |x| !over_numbers(x)), "{fixed}");
            }
        }
    }
}

#[test]
fn entries_at_symbolic_indices_are_the_entries() {
    for e in specimens().into_iter().filter(|e| !e.sort().sizes().is_empty()) {
        let mut oracle = Oracle::random(&[("C", 2), ("D", 3), ("N", 4)], &symbols(), 5);
        let indices: Vec<Expr> = ["i", "j"].iter().take(e.sort().sizes().len()).map(|i| n(i)).collect();
        let lowered = entry(&e, &indices).unwrap();
        let whole = oracle.eval(&e);
        for (place, expected) in oracle.places(e.sort()).into_iter().zip(whole.data) {
            for (name, i) in ["i", "j"].iter().zip(&place) {
                oracle.env.insert((*name).to_owned(), super::oracle::Value::scalar(*i as f64));
            }
            let value = oracle.eval(&lowered).get();
            assert!(close(expected, value), "{e} at {place:?}: {expected}, {value} of {lowered}");
        }
    }
}

#[test]
fn lowered_scalars_have_no_array_operations() {
    for e in specimens().into_iter().filter(|e| e.sort().is_scalar()) {
        let lowered = scalarise(&e);
        let scalar = |x: &Expr| x.sort().sizes().is_empty() || x.as_symbol().is_some();
        assert!(!lowered.any(&mut |x| !scalar(x)), "{lowered}");
        assert_eq!(scalarise(&lowered), lowered, "lowering twice changes nothing");
    }
}

#[test]
fn entries_are_taken_without_capture() {
    // Σ_{k=1}^{C} (xᵀA)_k… with the outer variable used as an index inside the inner sum.
    let (x, a) = (Expr::sym(vector("x", "C")), Expr::sym(matrix("A", "C", "C")));
    let k = Expr::bound(0, Sort::Integer);
    let body = (a.clone() * x.clone()).index(vec![k.clone()]) * (t(&a) * x.clone()).index(vec![k]);
    let e = Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), n("C")), body);
    let mut oracle = Oracle::random(&[("C", 3)], &[vector("x", "C"), matrix("A", "C", "C")], 7);
    let lowered = scalarise(&e);
    assert!(lowered.is_closed());
    let (left, right) = (oracle.eval(&e).get(), oracle.eval(&lowered).get());
    assert!(close(left, right), "{left} {right} {lowered}");
    // An entry at a loose variable keeps it loose, and the same one.
    let open = entry(&(a * x), &[Expr::bound(2, Sort::Integer)]).unwrap();
    assert_eq!(open.loose(), 3);
}

#[test]
fn empty_ranges_are_neutral() {
    let m = Symbol::new("m", Sort::Integer);
    let body = Expr::sym(vector("x", "C")).index(vec![Expr::bound(0, Sort::Integer)]);
    let over =
        |binder| Expr::bind(binder, Domain::Range(Expr::int(1), Expr::sym(m.clone()) - Expr::int(1)), body.clone());
    let sizes = BTreeMap::from([(m.clone(), 1)]);
    assert_eq!(at_sizes(&over(Binder::Sum), &sizes, 10), Some(Expr::int(0)));
    assert_eq!(at_sizes(&over(Binder::Product), &sizes, 10), Some(Expr::int(1)));
    let all = Expr::bind(
        Binder::ForAll,
        Domain::Range(Expr::int(1), Expr::sym(m) - Expr::int(1)),
        Expr::relate("gt", body, Expr::int(0)),
    );
    assert_eq!(at_sizes(&all, &sizes, 10), Some(Expr::apply("true", vec![])));
}

#[test]
fn sizes_are_replaced_in_sorts_too_and_capped() {
    let e = app("norm", &[&Expr::sym(vector("x", "C"))]);
    let sizes = BTreeMap::from([(Symbol::new("C", Sort::Integer), 3)]);
    let fixed = at_sizes(&e, &sizes, 10).unwrap();
    let x = Expr::sym(Symbol::new("x", Sort::vector(Expr::int(3))));
    let square = |i| x.index(vec![Expr::int(i)]).pow(Expr::int(2));
    assert_eq!(fixed, app("sqrt", &[&(square(1) + square(2) + square(3))]));
    assert_eq!(at_sizes(&e, &BTreeMap::from([(Symbol::new("C", Sort::Integer), 11)]), 10), None);
    assert_eq!(size_symbols(&e), [Symbol::new("C", Sort::Integer)].into());
}

#[test]
fn relations_of_arrays_are_relations_of_entries() {
    let (a, x, i) = (Expr::sym(matrix("A", "C", "D")), Expr::sym(vector("i", "D")), vector("y", "C"));
    let relation = Expr::relate("eq", a * x, Expr::sym(i.clone()));
    let (symbols, facts, scalar) = relation_entries(&relation, &[]).unwrap();
    assert_eq!(symbols.len(), 1);
    let index = Expr::sym(symbols[0].clone());
    assert_eq!(index, n("j"), "the name i is taken");
    assert_eq!(facts, vec![Expr::relate("le", Expr::int(1), index.clone()), Expr::relate("le", index.clone(), n("C"))]);
    assert_eq!(scalar.as_app("eq").unwrap()[1], Expr::sym(i.clone()).index(vec![index]));
    assert_eq!(relation_entries(&Expr::relate("eq", Expr::sym(i.clone()), Expr::sym(vector("z", "D"))), &[]), None);
    assert_eq!(relation_entries(&Expr::relate("ne", Expr::sym(i.clone()), Expr::sym(i)), &[]), None);
}

#[test]
fn relations_with_literal_arrays_are_written_out() {
    let p = Expr::sym(Symbol::new("p", Sort::vector(Expr::int(2))));
    let relation = Expr::relate("eq", p.clone(), Expr::vector(vec![Expr::int(1), Expr::real("a")]));
    let (symbols, _, scalar) = relation_entries(&relation, &[]).unwrap();
    assert!(symbols.is_empty());
    let at = |i| p.index(vec![Expr::int(i)]);
    let expected = vec![Expr::relate("eq", at(1), Expr::int(1)), Expr::relate("eq", at(2), Expr::real("a"))];
    assert_eq!(scalar, Expr::apply("and", expected));
}

#[test]
fn equalities_of_arrays_inside_are_for_all_entries() {
    let (x, y) = (Expr::sym(vector("x", "C")), Expr::sym(vector("y", "C")));
    let both = Expr::relate("implies", Expr::relate("eq", x.clone(), y.clone()), Expr::relate("ne", x, y));
    let mut oracle = Oracle::random(&[("C", 3)], &[vector("x", "C"), vector("y", "C")], 3);
    let lowered = scalarise(&both);
    assert!(oracle.holds(&lowered));
    oracle.env.insert("y".into(), oracle.env["x"].clone());
    assert!(!oracle.holds(&lowered));
    let first = |v: &str| oracle.env[v].data[0];
    assert_eq!(first("x"), first("y"));
}

#[test]
fn opaque_atoms_are_left_alone() {
    let x = Expr::sym(vector("x", "C"));
    let atom = Expr::new(crate::expr::Node::Opaque { text: "?".into(), depends: vec![t(&x) * x.clone()] });
    let e = atom.clone() * Expr::int(2);
    assert_eq!(scalarise(&e), e);
    assert_eq!(entry(&atom, &[Expr::int(1)]), None);
}

#[test]
fn wrong_shapes_have_no_entries() {
    let (x, z) = (Expr::sym(vector("x", "C")), Expr::sym(vector("z", "D")));
    assert_eq!(entry(&(x.clone() + z), &[Expr::int(1)]), None);
    assert_eq!(entry(&x, &[Expr::int(1), Expr::int(1)]), None);
    assert_eq!(entry(&app("max", &[&x]), &[Expr::int(1)]), None, "the greatest entry is not entrywise");
    let nested = (0..2000).fold(Expr::real("a"), |e, _| app("sin", &[&e]));
    assert_eq!(scalarise(&(nested.clone() * Expr::int(3))), nested * Expr::int(3));
}

fn p(i: i64) -> Expr {
    Expr::sym(vector("p", "C")).index(vec![Expr::int(i)])
}

fn log(e: &Expr) -> Expr {
    app("log", &[e])
}

#[test]
fn implicit_definitions_are_solved() {
    let (a, b) = (Expr::real("a"), Expr::real("b"));
    let quotient = a.over(&b);
    assert_eq!(isolate(&-log(&p(1)), &-log(&quotient), &p(1)), Some(quotient.clone()));
    assert_eq!(isolate(&quotient, &app("exp", &[&p(1)]), &p(1)), Some(log(&quotient)));
    assert_eq!(isolate(&(p(1) + a.clone()), &b, &p(1)), Some(b.clone() - a.clone()));
    assert_eq!(isolate(&p(1), &(Expr::int(1) - p(2)), &p(1)), Some(Expr::int(1) - p(2)));
    assert_eq!(isolate(&-log(&p(1)), &a, &p(1)), Some(app("exp", &[&-a.clone()])));
    assert_eq!(isolate(&a, &p(1).recip(), &p(1)), Some(a.recip()));
}

#[test]
fn what_has_no_single_solution_is_not_solved() {
    let a = Expr::real("a");
    assert_eq!(isolate(&(p(1) * p(1)), &a, &p(1)), None, "twice");
    assert_eq!(isolate(&p(1).pow(Expr::int(2)), &a, &p(1)), None, "two roots");
    assert_eq!(isolate(&p(1), &p(1), &p(1)), None);
    assert_eq!(isolate(&a, &a, &p(1)), None, "never");
    assert_eq!(isolate(&app("sin", &[&p(1)]), &a, &p(1)), None);
    let k = Expr::bound(0, Sort::Integer);
    let all = Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), n("C")), Expr::sym(vector("p", "C")).index(vec![k]));
    assert_eq!(isolate(&p(1), &all, &p(1)), None, "the sum runs over the target too");
    assert_eq!(isolate(&p(1), &app("norm", &[&Expr::sym(vector("p", "C"))]), &p(1)), None);
}
