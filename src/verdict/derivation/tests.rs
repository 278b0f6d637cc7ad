//! Derivations: what is printed is shown, what is not shown is left out.

use super::chain::Chain;
use super::ground::Grounds;
use crate::algebra::eval::Point;
use crate::claim::Claim;
use crate::expr::{Expr, Symbol};
use crate::num::Rational;
use crate::verdict::{Evidence, Ground, show};

fn claim(relation: &Expr) -> Claim {
    Claim {
        relation: relation.clone(),
        unfolded: relation.clone(),
        general: None,
        givens: vec![],
        definitions: vec![],
        cited: vec![],
        earlier: vec![],
        open: None,
        context: vec![],
        assumed: vec![],
        known: vec![],
        domain_stated: false,
        printed: None,
    }
}

fn real(name: &str) -> Expr {
    Expr::real(name)
}

#[test]
fn a_line_that_does_not_follow_is_not_printed() {
    let (x, two) = (real("x"), Expr::int(2));
    let start = x.clone() * x.clone() + two.clone() * x.clone();
    let grounds = Grounds::new(&claim(&Expr::relate("eq", start.clone(), start.clone())), &[], &[], &[&start]);
    let mut chain = Chain::new(&grounds, &start, &start).unwrap();
    let wrong = x.clone() * x.clone() + two.clone();
    assert!(!chain.push(&wrong, &wrong, "cancel", None, None), "another expression");
    let undefined = start.clone() * x.clone() * x.recip();
    assert!(!chain.push(&undefined, &undefined, "cancel", None, None), "x = 0 is not excluded");
    let right = x.clone() * (x + two);
    assert!(chain.push(&right, &right, "factor", None, None));
    assert_eq!(chain.links.len(), 2);
}

#[test]
fn ends_that_do_not_meet_give_no_chain() {
    let (x, y) = (real("x"), real("y"));
    let grounds = Grounds::new(&claim(&Expr::relate("eq", x.clone(), y.clone())), &[], &[], &[&x, &y]);
    let (left, right) = (Chain::new(&grounds, &x, &x).unwrap(), Chain::new(&grounds, &y, &y).unwrap());
    assert!(left.joined(&right, "canonical form").is_none());
}

#[test]
fn a_logarithm_of_a_product_names_what_it_owes() {
    let log = |e: &Expr| Expr::apply("log", vec![e.clone()]);
    let (g, h) = (real("g"), real("h"));
    let relation = Expr::relate("eq", log(&(g.clone() * h.clone())), log(&g) + log(&h));
    let shown = show(&relation, &[]).unwrap();
    let steps = Evidence::Identity { relation: relation.clone(), givens: vec![], shown }.derivation(&claim(&relation));
    let owed: Vec<&str> = steps
        .iter()
        .flat_map(|s| &s.conditions)
        .filter(|c| c.ground == Ground::Owed)
        .map(|c| c.text.as_str())
        .collect();
    assert!(owed.contains(&"g > 0") || owed.contains(&"h > 0"), "{steps:?}");
}

#[test]
fn a_counterexample_is_worked_out_to_both_values() {
    let symbol = Symbol::new("x", crate::expr::Sort::Real);
    let x = Expr::sym(symbol.clone());
    let relation = Expr::relate("eq", (x.clone() + Expr::int(1)).pow(Expr::int(2)), x.pow(Expr::int(2)) + Expr::int(1));
    let point = Point::new().with_scalar(&symbol, Rational::from(2));
    let evidence = Evidence::Counterexample { relation: relation.clone(), givens: vec![], point };
    let steps = evidence.derivation(&claim(&relation));
    let texts: Vec<&str> = steps.iter().map(|s| s.text.as_str()).collect();
    assert!(texts.contains(&"9") && texts.contains(&"5"), "{texts:?}");
}
