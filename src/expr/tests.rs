use super::*;

fn x() -> Symbol {
    Symbol::new("x", Sort::Real)
}

#[test]
fn equal_nodes_share_their_memory() {
    let a = Expr::real("x") + Expr::int(1);
    let b = Expr::real("x") + Expr::int(1);
    assert!(Arc::ptr_eq(&a.0, &b.0));
}

#[test]
fn substitution_captures_nothing() {
    // Σ_{i=1}^{n} x·i with x := (loose variable of an outer binder)
    let i = Symbol::new("i", Sort::Integer);
    let body = Expr::sym(x()) * Expr::sym(i.clone());
    let sum = Expr::sum_over(&i, Expr::int(1), Expr::size_symbol("n"), &body);
    let outer = sum.substituted(&x(), &Expr::bound(0, Sort::Integer));
    assert_eq!(outer.loose(), 1, "the outer variable stays the outer one");
    let closed = outer.instantiated(&Expr::size_symbol("k"));
    let expected =
        Expr::sum_over(&i, Expr::int(1), Expr::size_symbol("n"), &(Expr::size_symbol("k") * Expr::sym(i.clone())));
    assert_eq!(closed, expected);
}

#[test]
fn abstraction_and_instantiation_are_inverse() {
    let e = Expr::real("x") * Expr::real("y") + Expr::apply("exp", vec![Expr::real("x")]);
    let body = e.abstracted(&x(), Sort::Real);
    assert!(!body.mentions(&x()));
    assert_eq!(body.instantiated(&Expr::real("x")), e);
}

#[test]
fn products_of_arrays_have_the_sort_of_the_matrix_product() {
    let n = Expr::size_symbol("n");
    let m = Expr::size_symbol("m");
    let a = Expr::sym(Symbol::new("A", Sort::matrix(m.clone(), n.clone())));
    let v = Expr::sym(Symbol::new("v", Sort::vector(n.clone())));
    assert_eq!(*(a.clone() * v.clone()).sort(), Sort::vector(m));
    let row = Expr::apply("transpose", vec![v.clone()]);
    assert_eq!(*(row.clone() * v.clone()).sort(), Sort::Real);
    assert_eq!(*(v.clone() * row).sort(), Sort::matrix(n.clone(), n));
    assert_eq!(*(v * a).sort(), Sort::Unknown);
}

#[test]
fn printing_is_readable() {
    let x = Expr::real("x");
    let sigma = Expr::int(1).over(&(Expr::int(1) + Expr::apply("exp", vec![-x.clone()])));
    assert_eq!(sigma.to_string(), "1/(1 + e⁻ˣ)");
    let v = Expr::sym(Symbol::new("\\mathbf{p}", Sort::vector(Expr::size_symbol("C"))));
    assert_eq!((v.index(vec![Expr::int(1)]) - Expr::int(1)).to_string(), "𝐩₁ − 1");
    assert_eq!(latex(&(x.clone() - Expr::real("y")).over(&x)), "\\frac{x - y}{x}");
}
