use super::open::Claim;
use super::plan::Plan;
use super::*;
use crate::algebra::eval::PointValue;
use crate::expr::{Binder, Domain, Sort, Symbol};
use crate::num::Rational;

fn vector(name: &str) -> Expr {
    Expr::sym(Symbol::new(name, Sort::vector(Expr::size_symbol("n"))))
}

fn matrix(name: &str) -> Expr {
    Expr::sym(Symbol::new(name, Sort::matrix(Expr::size_symbol("m"), Expr::size_symbol("n"))))
}

fn square(name: &str) -> Expr {
    Expr::sym(Symbol::new(name, Sort::matrix(Expr::size_symbol("n"), Expr::size_symbol("n"))))
}

fn app(name: &str, args: Vec<Expr>) -> Expr {
    Expr::apply(name, args)
}

fn for_all(index: &str, to: &str, body: Expr) -> Expr {
    let body = body.abstracted(&Symbol::new(index, Sort::Integer), Sort::Integer);
    Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), Expr::size_symbol(to)), body)
}

fn at(v: &Expr, i: &str) -> Expr {
    v.index(vec![Expr::size_symbol(i)])
}

/// The share of draws that satisfy the givens, with a relation that mentions their symbols.
fn share(givens: &[Expr]) -> f64 {
    let relation = Expr::relate("eq", Expr::int(0), Expr::int(0));
    let found = search(&Problem { cases: 200, ..Problem::new(&relation, givens) });
    assert!(found.accepted > 0, "{givens:?}");
    found.accepted as f64 / (found.accepted + found.rejected) as f64
}

#[test]
fn strategies_satisfy_the_givens() {
    let x = Expr::real("x");
    let unit = || app("open_interval", vec![Expr::int(0), Expr::int(1)]);
    let zero_one = || app("set", vec![Expr::int(0), Expr::int(1)]);
    let one = Expr::int(1);
    let n = Expr::size_symbol("n");
    let p = vector("p");
    let sum = |v: &Expr| Expr::sum_over(&Symbol::new("i", Sort::Integer), one.clone(), n.clone(), &at(v, "i"));
    let families: Vec<Vec<Expr>> = vec![
        vec![Expr::relate("gt", x.clone(), Expr::int(0))],
        vec![Expr::relate("le", x.clone(), Expr::int(-3))],
        vec![Expr::relate("member", x.clone(), unit())],
        vec![Expr::relate("member", x.clone(), app("integers", vec![]))],
        vec![Expr::relate("member", x.clone(), zero_one())],
        vec![Expr::relate("eq", x.clone(), Expr::real("a") + Expr::int(1))],
        vec![app("one_hot", vec![p.clone()])],
        vec![app("distribution", vec![p.clone()])],
        vec![app("distribution", vec![p.clone()]), for_all("i", "n", Expr::relate("gt", at(&p, "i"), Expr::int(0)))],
        vec![
            Expr::relate("eq", sum(&p), one.clone()),
            for_all("i", "n", Expr::relate("ge", at(&p, "i"), Expr::int(0))),
        ],
        vec![
            for_all("i", "n", Expr::relate("member", at(&p, "i"), zero_one())),
            Expr::relate("eq", sum(&p), one.clone()),
        ],
        vec![for_all("i", "n", Expr::relate("member", at(&p, "i"), unit()))],
        vec![Expr::relate("member", p.clone(), app("simplex", vec![n.clone()]))],
        vec![Expr::relate("member", p.clone(), app("real_space", vec![n.clone()]))],
        vec![Expr::relate("member", p.clone(), app("power_set", vec![zero_one(), n.clone()]))],
        vec![Expr::relate("eq", app("norm", vec![p.clone()]), one.clone())],
        vec![app("symmetric", vec![square("A")])],
        vec![Expr::relate("eq", app("transpose", vec![square("A")]), square("A"))],
        vec![app("positive_definite", vec![square("A")])],
        vec![app("positive_semidefinite", vec![square("A")])],
        vec![Expr::relate("loewner_gt", square("A"), Expr::int(0))],
        vec![app("orthogonal", vec![square("Q")])],
        vec![app("invertible", vec![square("A")])],
        vec![Expr::relate("member", Expr::size_symbol("k"), app("range_set", vec![one.clone(), n.clone()]))],
        vec![for_all("i", "m", app("one_hot", vec![at(&matrix("Y"), "i")]))],
        vec![for_all("i", "m", app("distribution", vec![at(&matrix("P"), "i")]))],
        vec![Expr::relate("ge", n, Expr::int(4)), app("one_hot", vec![p])],
    ];
    for givens in families {
        let share = share(&givens);
        assert!(share >= 0.5, "{givens:?}: {share}");
    }
}

#[test]
fn coordinates_are_rational_and_varied() {
    let relation = Expr::relate("eq", vector("s"), vector("s"));
    let claim = Claim::open(&relation, None, &[]).unwrap();
    let plans = Plan::all(&claim, &SIZES, 64);
    let mut runner = runner(1);
    let mut kinds = [0usize; 3];
    for plan in plans.iter().cycle().take(100) {
        let draft = plan.strategy().new_tree(&mut runner).unwrap().current();
        let point = plan.point(&draft).unwrap();
        for (_, v) in point.iter() {
            let PointValue::Array(a) = v else { continue };
            for x in &a.entries {
                kinds[0] += usize::from(x.is_integer());
                kinds[1] += usize::from(!x.is_integer() && x.bit_len() <= 4);
                kinds[2] += usize::from(*x < Rational::from(0));
            }
        }
    }
    assert!(kinds.iter().all(|k| *k > 20), "{kinds:?}");
}

#[test]
fn sizes_differ_from_each_other_somewhere() {
    let relation = Expr::relate("eq", matrix("A"), matrix("A"));
    let claim = Claim::open(&relation, None, &[]).unwrap();
    let plans = Plan::all(&claim, &SIZES, 64);
    let tuples: Vec<Vec<i64>> = plans.iter().map(|p| p.sizes().collect()).collect();
    assert!(tuples.iter().any(|t| t[0] != t[1]) && tuples.iter().any(|t| t[0] == t[1]), "{tuples:?}");
    assert!([1, 2, 3, 5, 8].iter().all(|n| tuples.iter().any(|t| t.contains(n))), "{tuples:?}");
}
