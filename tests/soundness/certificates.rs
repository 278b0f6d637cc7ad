//! Certificates of one part, made by hand under all kinds of givens: what is accepted holds at every point.

use rederive::algebra::eval::Point;
use rederive::expr::{Expr, Sort, Symbol};
use rederive::num::{Rational, Ternary};
use rederive::verdict::certificate::{Atom, Certificate, Part};
use rederive::verdict::{Evidence, certain, replay};

fn symbols() -> [Symbol; 3] {
    ["p", "q", "r"].map(|name| Symbol::new(name, Sort::Real))
}

#[test]
fn no_single_part_shows_more_than_is_so() {
    let [p, q, r] = symbols().map(Expr::sym);
    let zero = Expr::int(0);
    let relate = |name: &str, a: &Expr, b: &Expr| Expr::relate(name, a.clone(), b.clone());
    let given = [
        relate("ge", &p, &zero),
        relate("gt", &p, &zero),
        relate("ge", &q, &zero),
        relate("gt", &q, &zero),
        relate("gt", &r, &zero),
        relate("ge", &q, &r),
        relate("gt", &q, &r),
        Expr::relate("implies", relate("gt", &p, &zero), relate("gt", &q, &zero)),
        Expr::relate("or", relate("le", &p, &zero), relate("gt", &r, &zero)),
        Expr::relate("and", relate("gt", &r, &zero), relate("ge", &q, &r)),
        Expr::relate("or", relate("gt", &p, &zero), relate("gt", &q, &zero)),
        Expr::relate("or", relate("gt", &q, &zero), relate("gt", &p, &zero)),
    ];
    let atoms = [
        Atom::One,
        Atom::Square(p.clone()),
        Atom::Log(p.clone()),
        Atom::Exp(p.clone()),
        Atom::Gap(p.clone(), q.clone()),
        Atom::Order(p.clone(), q.clone(), r.clone()),
    ];
    let numbers = [(-2, 1), (0, 1), (1, 3), (1, 1), (3, 1)].map(|(a, b)| Rational::new(a, b).expect("a fraction"));
    let (mut tried, mut accepted) = (0, 0);
    for weight in [Expr::int(1), Expr::int(-1), q.clone(), zero.clone()] {
        for atom in &atoms {
            let part = Part { binders: vec![], weight: weight.clone(), atom: atom.clone() };
            for name in ["ge", "gt"] {
                let relation = relate(name, &part.value(), &zero);
                // Every pair of givens.
                for i in 0..given.len() {
                    for j in i..given.len() {
                        let givens = vec![given[i].clone(), given[j].clone()];
                        let certificate = Box::new(Certificate {
                            direction: None,
                            parts: vec![part.clone()],
                            positive: (name == "gt").then_some(0),
                            conditions: vec![],
                        });
                        tried += 1;
                        let evidence =
                            Evidence::Certificate { relation: relation.clone(), givens: givens.clone(), certificate };
                        if !replay(&evidence) {
                            continue;
                        }
                        accepted += 1;
                        for a in &numbers {
                            for b in &numbers {
                                for c in &numbers {
                                    let point = symbols()
                                        .iter()
                                        .zip([a, b, c])
                                        .fold(Point::new(), |p, (s, v)| p.with_scalar(s, v.clone()));
                                    let stands = givens.iter().all(|g| certain(g, &point) == Ternary::True);
                                    let fails = stands && certain(&relation, &point) == Ternary::False;
                                    assert!(!fails, "{relation} under {givens:?} at {:?}", point.shown());
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    println!("certificates of one part: {tried}, accepted {accepted}");
    assert!(accepted * 20 > tried, "{accepted} of {tried}");
}
