use super::oracle::{Oracle, Value};
use super::*;
use crate::expr::{Binder, Domain, Expr, Node, PLACE, Sort, Symbol, fun};

fn n(name: &str) -> Expr {
    Expr::size_symbol(name)
}

fn app(name: &str, args: &[&Expr]) -> Expr {
    Expr::apply(name, args.iter().map(|a| (*a).clone()).collect())
}

fn t(e: &Expr) -> Expr {
    app("transpose", &[e])
}

fn symbols() -> Vec<Symbol> {
    let vector = |name, size| Symbol::new(name, Sort::vector(n(size)));
    let matrix = |name, rows, columns| Symbol::new(name, Sort::matrix(n(rows), n(columns)));
    vec![
        vector("s", "C"),
        vector("y", "C"),
        vector("x", "D"),
        vector("w", "D"),
        vector("t", "N"),
        matrix("W", "C", "D"),
        matrix("A", "D", "D"),
        matrix("X", "N", "D"),
        Symbol::new("a", Sort::Real),
        Symbol::new("b", Sort::Real),
    ]
}

fn sym(name: &str) -> Expr {
    Expr::sym(symbols().into_iter().find(|s| s.name.as_ref() == name).unwrap())
}

/// The derivative of `f` by the symbol at itself, entries as given.
fn by(f: &Expr, variable: &str, indices: Vec<Expr>) -> Expr {
    let symbol = sym(variable).as_symbol().unwrap().clone();
    let body = f.abstracted(&symbol, symbol.sort.clone());
    Expr::bind(Binder::Derivative, Domain::At(sym(variable), indices), body)
}

fn d(f: &Expr, variable: &str) -> Expr {
    by(f, variable, vec![])
}

/// The scalar statement of each entry of `e`, differentiated, agrees with differences of the whole arrays: at sizes,
/// at symbolic indices, and with the δ eliminated.
fn agrees(e: &Expr, tolerance: f64) {
    assert_ne!(*e.sort(), Sort::Unknown, "{e}");
    for (case, (c, dd, rows)) in [(1, 2, 2), (2, 3, 1), (3, 2, 4)].into_iter().enumerate() {
        let mut oracle = Oracle::random(&[("C", c), ("D", dd), ("N", rows)], &symbols(), case as u64 + 1);
        let close = |x: f64, y: f64| (x - y).abs() <= tolerance * (1.0 + x.abs());
        for (expected, lowered) in oracle.entry_pairs(e) {
            let (slope, owed) = differentiate(&lowered).unwrap_or_else(|stop| panic!("{e}: {stop}"));
            assert!(!slope.any(&mut |x| matches!(x.node(), Node::Bind { binder: Binder::Derivative, .. })));
            let value = oracle.eval(&slope).get();
            assert!(close(expected, value), "{e}: {expected} is not {value} of {slope}");
            assert!(owed.iter().all(|c| oracle.holds(c)), "{e} owes {owed:?}");
            let fixed = at_sizes(&slope, &oracle.sizes(&slope), 10_000).unwrap();
            let value = oracle.eval(&fixed).get();
            assert!(close(expected, value), "{e}: {expected} is not {value} of {fixed}");
        }
        let indices: Vec<Expr> = ["i", "j", "k"].iter().take(e.sort().sizes().len()).map(|i| n(i)).collect();
        let symbolic = if indices.is_empty() { scalarise(e) } else { entry(e, &indices).unwrap() };
        let (slope, _) = differentiate(&symbolic).unwrap();
        let (sifted, owed) = sift(&slope);
        let whole = oracle.eval(e);
        for (place, expected) in oracle.places(e.sort()).into_iter().zip(whole.data) {
            for (name, i) in ["i", "j", "k"].iter().zip(&place) {
                oracle.env.insert((*name).to_owned(), Value::scalar(*i as f64));
            }
            for form in [&slope, &sifted] {
                let value = oracle.eval(form).get();
                assert!(close(expected, value), "{e} at {place:?}: {expected} is not {value} of {form}");
            }
            assert!(owed.iter().all(|c| oracle.holds(c)), "{owed:?}");
        }
    }
}

/// −Σ_c y_c log softmax(s)_c
fn cross_entropy() -> Expr {
    -(t(&sym("y")) * app("log", &[&app("softmax", &[&sym("s")])]))
}

/// Σ_n log(1 + e^{w·x_n}) − t_n w·x_n
fn logistic() -> Expr {
    let row = sym("X").index(vec![Expr::bound(0, Sort::Integer)]);
    let z = t(&sym("w")) * row;
    let body =
        app("log", &[&(Expr::int(1) + app("exp", &[&z]))]) - sym("t").index(vec![Expr::bound(0, Sort::Integer)]) * z;
    Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), n("N")), body)
}

#[test]
fn gradients_and_hessians_of_the_course_agree_with_differences() {
    agrees(&d(&cross_entropy(), "s"), 1e-9);
    agrees(&d(&d(&cross_entropy(), "s"), "s"), 1e-6);
    agrees(&d(&logistic(), "w"), 1e-9);
    agrees(&d(&d(&logistic(), "w"), "w"), 1e-6);
    agrees(&d(&app("softmax", &[&sym("s")]), "s"), 1e-9);
    agrees(&d(&app("cross_entropy", &[&sym("y"), &app("softmax", &[&sym("s")])]), "s"), 1e-9);
}

#[test]
fn gradients_by_matrices_agree_with_differences() {
    let through = |f: &Expr| f.substituted(sym("s").as_symbol().unwrap(), &(sym("W") * sym("x")));
    let loss = through(&cross_entropy());
    agrees(&d(&loss, "W"), 1e-9);
    agrees(&d(&loss, "x"), 1e-9);
    agrees(&by(&loss, "W", vec![Expr::int(1)]), 1e-9);
    let quadratic = t(&sym("x")) * sym("A") * sym("x");
    agrees(&d(&quadratic, "x"), 1e-9);
    agrees(&d(&quadratic, "A"), 1e-9);
    agrees(&d(&d(&quadratic, "x"), "x"), 1e-6);
    agrees(&d(&(sym("A") * sym("x")), "x"), 1e-9);
    agrees(&d(&app("trace", &[&(t(&sym("A")) * sym("A"))]), "A"), 1e-9);
    agrees(&d(&app("trace", &[&(sym("A") * sym("A"))]), "A"), 1e-9);
    agrees(&d(&app("norm", &[&sym("x")]), "x"), 1e-9);
    agrees(&d(&app("norm1", &[&sym("x")]), "x"), 1e-9);
}

#[test]
fn inverses_and_determinants_have_derivatives() {
    // Diagonally dominant, so that the inverse is tame.
    let m = sym("A") + Expr::int(4) * app("identity", &[&n("D")]);
    agrees(&d(&(t(&sym("x")) * app("inverse", &[&m]) * sym("w")), "A"), 1e-7);
    agrees(&d(&app("det", &[&m]), "A"), 1e-7);
}

#[test]
fn products_with_symbolic_ends_have_derivatives() {
    let k = Expr::bound(0, Sort::Integer);
    let f = |body: Expr| Expr::bind(Binder::Product, Domain::Range(Expr::int(1), n("C")), body);
    let entry = sym("s").index(vec![k.clone()]);
    let likelihood = f(entry.pow(sym("y").index(vec![k.clone()])));
    agrees(&d(&app("log", &[&likelihood]), "s"), 1e-9);
    agrees(&d(&likelihood, "s"), 1e-8);
    let (_, owed) = differentiate(&by(&app("log", &[&likelihood]), "s", vec![Expr::int(1)])).unwrap();
    let positive = Expr::relate("gt", entry.clone(), Expr::int(0));
    let all = Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), n("C")), positive);
    assert_eq!(owed, vec![all], "0 to a positive power has a value, but no derivative");
    let (_, owed) = differentiate(&by(&likelihood, "s", vec![Expr::int(1)])).unwrap();
    assert_eq!(owed.len(), 2, "{owed:?}");
}

#[test]
fn every_differentiable_row_agrees_with_differences() {
    let mut tested = 0;
    for row in fun::rows().filter(|r| r.derivative.is_some()) {
        let count = match row.arity {
            fun::Arity::Exactly(k) => k,
            fun::Arity::AtLeast(k) => k.max(3),
        };
        let (a, b) = (sym("a"), sym("b"));
        let inner = [a.clone() * b.clone() + Expr::int(1), app("exp", &[&a]), b.clone() + a.clone()];
        // Between 0 and 1, where every function of the table has a value.
        let within = [app("tanh", &[&inner[0]]), inner[1].clone(), inner[2].clone()];
        // Of ψ, the slope of log Γ, no slope has a row.
        let slope = row.derivative.and_then(|partial| partial(&inner[..count], 0));
        let twice = slope.is_none_or(|s| !s.any(&mut |x| x.as_app("digamma").is_some()));
        let bounded = |args: &[Expr]| (row.domain)(args).iter().any(|c| c.as_app("le").is_some());
        for args in [vec![a.clone(), b.clone(), a.clone()], inner.to_vec(), within.to_vec()] {
            if args == inner && bounded(&args[..count]) {
                continue;
            }
            let f = Expr::apply(row.name, args.into_iter().take(count).collect());
            for variable in ["a", "b"] {
                if f.mentions(sym(variable).as_symbol().unwrap()) {
                    agrees(&d(&f, variable), 1e-9);
                    if twice {
                        agrees(&d(&d(&f, variable), variable), 1e-5);
                    }
                    tested += 1;
                }
            }
        }
    }
    assert!(tested > 40, "{tested}");
}

#[test]
fn functions_by_cases_owe_what_their_kinks_take() {
    let (a, b) = (sym("a"), sym("b"));
    let zero = Expr::int(0);
    agrees(&d(&app("max", &[&(a.clone() * a.clone()), &b]), "a"), 1e-8);
    agrees(&d(&app("min", &[&(a.clone() * a.clone()), &b, &a]), "a"), 1e-8);
    let (_, owed) = differentiate(&d(&app("max", &[&a, &b]), "a")).unwrap();
    assert_eq!(owed, vec![Expr::relate("ne", a.clone(), b.clone())]);
    let (_, owed) = differentiate(&d(&app("abs", &[&a]), "a")).unwrap();
    assert_eq!(owed, vec![Expr::relate("ne", a.clone(), zero.clone())]);
    let (_, owed) = differentiate(&d(&app("sqrt", &[&a]), "a")).unwrap();
    assert_eq!(owed, vec![Expr::relate("gt", a.clone(), zero.clone())]);
    let relu = app("cases", &[&Expr::relate("gt", a.clone(), zero.clone()), &(a.clone() * a.clone()), &zero]);
    agrees(&d(&relu, "a"), 1e-8);
    let (_, owed) = differentiate(&d(&relu, "a")).unwrap();
    assert_eq!(owed, vec![Expr::relate("ne", a.clone(), zero.clone())]);
    let choice = app("cases", &[&Expr::relate("eq", b, zero.clone()), &app("abs", &[&a]), &a]);
    let (_, owed) = differentiate(&d(&choice, "a")).unwrap();
    let premise = Expr::relate("eq", sym("b"), zero.clone());
    assert_eq!(owed, vec![Expr::relate("implies", premise, Expr::relate("ne", a, zero))]);
}

#[test]
fn a_second_derivative_needs_the_first_around_the_point() {
    // a·log b with 0 where a = 0, by b, then by a: at a = 0, b < 0 there is a value but nothing around it.
    let (a, b) = (sym("a"), sym("b"));
    let f = app("xlogy", &[&a, &b]);
    let (_, owed) = differentiate(&d(&d(&f, "b"), "a")).unwrap();
    assert_eq!(owed, vec![Expr::relate("gt", b, Expr::int(0))]);
}

#[test]
fn a_function_without_a_formula_follows_the_chain_rule() {
    let (a, b) = (sym("a"), sym("b"));
    let call = |name: &str, args: Vec<Expr>| Expr::new(Node::Call(Symbol::new(name, Sort::Function), args));
    let smooth = |name: &str| Expr::apply("smooth", vec![Expr::sym(Symbol::new(name, Sort::Function))]);
    let (slope, owed) = differentiate(&d(&call("f", vec![a.clone() * b.clone()]), "a")).unwrap();
    assert_eq!(slope, call("f'", vec![a.clone() * b.clone()]) * b.clone());
    assert_eq!(owed, [smooth("f")]);
    // The order of two derivatives does not matter.
    let g = call("g", vec![a.clone(), b.clone()]);
    let both = |first: &str, second: &str| differentiate(&d(&d(&g, first), second)).unwrap().0;
    assert_eq!(both("a", "b"), both("b", "a"));
    assert_ne!(both("a", "a"), both("a", "b"));
    assert_eq!(both("a", "b"), call("\\partial_{1}\\partial_{2}g", vec![a, b]));
}

#[test]
fn what_is_not_known_is_never_zero() {
    let a = sym("a");
    let f = Symbol::new(&format!("f({PLACE} | b)"), Sort::Function);
    let call = Expr::new(Node::Call(f, vec![a.clone()]));
    let atom = Expr::new(Node::Opaque { text: "?".into(), depends: vec![a.clone()] });
    for unknown in [call, atom] {
        for e in [unknown.clone(), app("exp", &[&unknown]), unknown.clone() * sym("b"), unknown.clone() + a.clone()] {
            assert!(matches!(differentiate(&d(&e, "a")), Err(Stop::Opaque(_))), "{e}");
            let by_other = differentiate(&d(&e, "b")).map(|(slope, _)| slope == Expr::int(0));
            assert_ne!(by_other, Ok(e.mentions(sym("b").as_symbol().unwrap())), "{e}");
        }
    }
    let floor = app("floor", &[&a]);
    assert!(matches!(differentiate(&d(&floor, "a")), Err(Stop::Unsupported(_))));
    let endless = Expr::bind(
        Binder::Sum,
        Domain::Range(Expr::int(1), app("infinity", &[])),
        a.pow(Expr::bound(0, Sort::Integer)),
    );
    assert!(matches!(differentiate(&d(&endless, "a")), Err(Stop::Unsupported(_))), "no interchange");
    let integral = Expr::bind(
        Binder::Integral,
        Domain::Over(app("closed_interval", &[&Expr::int(0), &a])),
        Expr::bound(0, Sort::Real),
    );
    let jump = Expr::bind(
        Binder::Integral,
        Domain::Over(app("closed_interval", &[&Expr::int(0), &a])),
        app("sign", &[&Expr::bound(0, Sort::Real)]),
    );
    assert!(matches!(differentiate(&d(&jump, "a")), Err(Stop::Unsupported(_))), "the integrand is not continuous");
    let inner = Expr::bind(
        Binder::Integral,
        Domain::Over(app("closed_interval", &[&Expr::int(0), &Expr::int(1)])),
        a.clone() * Expr::bound(0, Sort::Real),
    );
    assert!(
        matches!(differentiate(&d(&inner, "a")), Err(Stop::Unsupported(_))),
        "no differentiation under the integral"
    );
    assert_eq!(differentiate(&d(&integral, "a")).map(|(slope, _)| slope), Ok(a.clone()));
    let border =
        Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), app("floor", &[&a])), Expr::bound(0, Sort::Integer));
    assert!(matches!(differentiate(&d(&border, "a")), Err(Stop::Unsupported(_))));
}

#[test]
fn an_entry_by_another_entry_is_zero_and_by_itself_one() {
    let at = |i, j| sym("W").index(vec![Expr::int(i), Expr::int(j)]);
    let slope = |f: &Expr, i, j| differentiate(&by(f, "W", vec![Expr::int(i), Expr::int(j)])).unwrap().0;
    assert_eq!(slope(&at(1, 2), 1, 2), Expr::int(1));
    assert_eq!(slope(&at(1, 2), 2, 1), Expr::int(0), "not the transposed entry");
    let transposed = t(&sym("A")).index(vec![Expr::int(1), Expr::int(2)]);
    let slope = |i, j| differentiate(&by(&transposed, "A", vec![Expr::int(i), Expr::int(j)])).unwrap().0;
    assert_eq!((slope(2, 1), slope(1, 2)), (Expr::int(1), Expr::int(0)));
}

#[test]
fn derivatives_are_taken_at_their_point() {
    // d/da a³ at a = 2b, and a gradient at a literal point.
    let cube = sym("a").pow(Expr::int(3)).abstracted(&Symbol::new("a", Sort::Real), Sort::Real);
    let e = Expr::bind(Binder::Derivative, Domain::At(Expr::int(2) * sym("b"), vec![]), cube);
    let (slope, _) = differentiate(&e).unwrap();
    assert_eq!(slope, Expr::int(3) * (Expr::int(2) * sym("b")).pow(Expr::int(2)));
    let two = Sort::vector(Expr::int(2));
    let v = Expr::bound(0, two);
    let e = Expr::bind(
        Binder::Derivative,
        Domain::At(Expr::vector(vec![Expr::int(5), Expr::int(7)]), vec![Expr::int(1)]),
        app("dot", &[&v, &v]),
    );
    let mut oracle = Oracle::default();
    assert_eq!(oracle.eval(&differentiate(&e).unwrap().0).get(), 10.0);
}

#[test]
fn arrays_of_derivatives_become_comprehensions() {
    let hessian = d(&d(&logistic(), "w"), "w");
    let (e, _) = differentiate(&app("positive_semidefinite", &[&hessian])).unwrap();
    let [matrix] = e.as_app("positive_semidefinite").unwrap() else { panic!() };
    assert_eq!(matrix.sort(), hessian.sort());
    let mut oracle = Oracle::random(&[("C", 2), ("D", 2), ("N", 3)], &symbols(), 9);
    let (left, right) = (oracle.eval(&hessian), oracle.eval(matrix));
    assert!(left.data.iter().zip(right.data).all(|(x, y)| (x - y).abs() < 1e-6));
}

#[test]
fn results_stay_small() {
    let nested = (0..40).fold(sym("a"), |e, _| app("sin", &[&(e.clone() * e)]));
    let (slope, _) = differentiate(&d(&nested, "a")).unwrap();
    let mut count = 0;
    slope.any(&mut |_| {
        count += 1;
        false
    });
    assert!(count < 600, "{count} distinct nodes");
    let deep = (0..2000).fold(sym("a"), |e, _| app("sin", &[&e]));
    assert_eq!(differentiate(&d(&deep, "a")), Err(Stop::TooLarge));
}

#[test]
fn softmax_cross_entropy_is_short_after_sifting() {
    let (slope, owed) = differentiate(&by(&cross_entropy(), "s", vec![n("j")])).unwrap();
    assert_eq!(owed, vec![]);
    let (sifted, owed) = sift(&slope);
    assert!(!sifted.any(&mut |x| x.as_app("delta").is_some()), "{sifted}");
    assert_eq!(owed, vec![Expr::relate("le", Expr::int(1), n("j")), Expr::relate("le", n("j"), n("C"))]);
}

#[test]
fn a_delta_out_of_range_is_not_eliminated_for_nothing() {
    let k = Expr::bound(0, Sort::Integer);
    let f = |to: Expr, body: Expr| Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), to), body);
    let e = f(n("C") - Expr::int(1), app("delta", &[&k, &n("j")]) * sym("s").index(vec![k.clone()]));
    let (sifted, owed) = sift(&e);
    assert_eq!(sifted, sym("s").index(vec![n("j")]));
    assert_eq!(owed.len(), 2);
    let (value, owed) = sift(&f(Expr::int(2), app("delta", &[&k, &Expr::int(3)])));
    assert_eq!((value, owed.len()), (Expr::int(1), 1), "owes 3 ≤ 2");
    // Σ_k Σ_l δ(k, l) s_k s_l = Σ_k s_k², nothing owed: both run over the same range.
    let both = sym("s").index(vec![Expr::bound(1, Sort::Integer)]) * sym("s").index(vec![k.clone()]);
    let (value, owed) = sift(&f(n("C"), f(n("C"), app("delta", &[&Expr::bound(1, Sort::Integer), &k]) * both)));
    assert_eq!(owed, vec![]);
    assert_eq!(value, f(n("C"), sym("s").index(vec![k.clone()]) * sym("s").index(vec![k])));
}

#[test]
fn definedness_is_asked_of_every_application() {
    let (a, b) = (sym("a"), sym("b"));
    let gt = |e: &Expr| Expr::relate("gt", e.clone(), Expr::int(0));
    let ne = |e: &Expr| Expr::relate("ne", e.clone(), Expr::int(0));
    assert_eq!(conditions(&(app("log", &[&a]) + a.over(&b))), vec![gt(&a), ne(&b)]);
    assert_eq!(conditions(&app("log", &[&app("softmax", &[&sym("s")])])), vec![]);
    assert_eq!(conditions(&cross_entropy()), vec![]);
    assert_eq!(conditions(&app("log", &[&Expr::int(3)])), vec![]);
    assert_eq!(conditions(&app("log", &[&Expr::int(-3)])), vec![gt(&Expr::int(-3))], "never holds, never hidden");
    assert_eq!(conditions(&app("inverse", &[&sym("A")])), vec![ne(&app("det", &[&sym("A")]))]);
    let also_zero = app("and", &[&Expr::relate("ge", a.clone(), Expr::int(0)), &gt(&b)]);
    assert_eq!(conditions(&a.pow(b.clone())), vec![app("or", &[&gt(&a), &also_zero])]);
    assert_eq!(conditions(&d(&app("log", &[&a]), "a")), vec![gt(&a)]);
    let entry = sym("s").index(vec![Expr::bound(0, Sort::Integer)]);
    let all = Expr::bind(Binder::ForAll, Domain::Range(Expr::int(1), n("C")), gt(&entry));
    assert_eq!(conditions(&app("log", &[&sym("s")])), vec![all]);
    let case = app("cases", &[&gt(&a), &app("log", &[&a]), &Expr::int(0)]);
    assert_eq!(conditions(&case), vec![], "asked only where the case applies");
    let case = app("cases", &[&gt(&b), &app("log", &[&a]), &a.recip()]);
    let not_above = Expr::relate("le", b.clone(), Expr::int(0));
    let implies = |p: Expr, q: Expr| Expr::relate("implies", p, q);
    assert_eq!(conditions(&case), vec![implies(gt(&b), gt(&a)), implies(not_above, ne(&a))]);
    let claim = implies(gt(&a), Expr::relate("lt", app("log", &[&a]), Expr::int(5)));
    assert_eq!(conditions(&claim), vec![], "a premise may be used");
    let series = Expr::bind(
        Binder::Sum,
        Domain::Range(Expr::int(1), app("infinity", &[])),
        a.pow(Expr::bound(0, Sort::Integer)),
    );
    assert!(conditions(&series).contains(&app("has_value", &[&series])), "convergence is owed");
}

#[test]
fn entropies_owe_nothing_without_mass() {
    let mut oracle = Oracle::random(&[("C", 2)], &symbols()[..2], 1);
    let owed = conditions(&app("kl", &[&sym("s"), &sym("y")]));
    let mut at = |p: [f64; 2], q: [f64; 2]| {
        oracle.env.insert("s".into(), Value { sizes: vec![2], data: p.to_vec() });
        oracle.env.insert("y".into(), Value { sizes: vec![2], data: q.to_vec() });
        owed.iter().all(|c| oracle.holds(c))
    };
    assert!(at([0.5, 0.5], [0.1, 0.9]));
    assert!(at([0.0, 1.0], [0.0, 1.0]), "0 log (0/0) = 0");
    assert!(!at([0.5, 0.5], [0.0, 1.0]), "mass where the other has none");
    let plain = conditions(&(sym("a") * app("log", &[&sym("a")])));
    assert_eq!(plain.len(), 1, "the convention holds in xlogy only");
}

#[test]
fn indices_in_range_are_asked_apart() {
    let k = Expr::bound(0, Sort::Integer);
    let over = |to: Expr, at: Expr| Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), to), sym("s").index(vec![at]));
    assert_eq!(index_conditions(&over(n("C"), k.clone())), vec![]);
    assert_eq!(index_conditions(&over(n("C"), k.clone() + Expr::int(1))).len(), 1);
    assert_eq!(index_conditions(&over(n("N"), k)).len(), 1);
    assert_eq!(index_conditions(&sym("s").index(vec![n("j")])).len(), 1);
    assert_eq!(index_conditions(&cross_entropy()), vec![]);
    assert_eq!(conditions(&sym("s").index(vec![n("j")])), vec![]);
}

#[test]
fn the_entropy_term_has_values_without_mass() {
    let kernel = fun::by_name("xlogy").unwrap().kernel.unwrap();
    assert_eq!((kernel.float)(&[0.0, 0.0]), 0.0);
    assert_eq!((kernel.float)(&[0.0, f64::NAN]), 0.0);
    assert!((kernel.float)(&[1.0, 0.0]).is_nan());
    assert_eq!((kernel.float)(&[2.0, 1.0]), 0.0);
    assert!(((kernel.float)(&[2.0, 3.0]) - 2.0 * 3.0_f64.ln()).abs() < 1e-15);
}

#[test]
fn depth_and_sharing_are_borne_on_a_small_stack() {
    let work = || {
        let a = sym("a");
        let deep = (0..390).fold(a.clone(), |e, _| app("sin", &[&e]));
        let shared = (0..60).fold(a.clone(), |e, k| {
            let condition = Expr::relate("gt", a.clone(), Expr::int(k));
            app("cases", &[&condition, &app("log", &[&e]), &e])
        });
        let sums = (0..60).fold(sym("s").index(vec![n("j")]), |e, _| {
            let sum = Expr::bind(Binder::Sum, Domain::Range(Expr::int(1), n("C")), e.shifted(1, 0));
            sum.clone() * sum
        });
        let chain = (0..90).fold(sym("A"), |e, _| e.clone() + sym("A") * t(&e));
        for e in [&deep, &shared, &sums, &app("trace", &[&chain])] {
            let _ = (scalarise(e), conditions(e), index_conditions(e), sift(e), differentiate(&d(e, "a")));
            let sizes = [("C", 2), ("D", 2)].map(|(name, k)| (Symbol::new(name, Sort::Integer), k));
            let _ = at_sizes(e, &sizes.into(), 1000);
            let _ = isolate(e, &sym("b"), &a);
        }
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}
