//! Every engine against points: what it proves, and what its evidence owes, is tried with exact numbers.

use std::collections::BTreeMap;

use rederive::algebra::eval::{Env, Point, evaluate};
use rederive::engine::sample::{Problem, search};
use rederive::engine::{ENGINES, Question};
use rederive::expr::{Expr, Node};
use rederive::num::{Interval, Rational, Ternary};
use rederive::verdict::{Evidence, carried_out, certain, replay};

use crate::claims::{Drawn, drawn, symbols};
use crate::draw::Draw;

/// Claims of a usual run; `CLAIMS=100000 cargo test --release --test soundness` goes on for longer.
const CLAIMS: usize = 1_200;

/// Numbers at which claims are tried: n takes the natural ones among them.
const NUMBERS: [(i64, i64); 14] = [
    (0, 1),
    (1, 1),
    (-1, 1),
    (2, 1),
    (-2, 1),
    (1, 2),
    (-1, 2),
    (3, 1),
    (5, 1),
    (1, 7),
    (-9, 4),
    (40, 1),
    (1, 1000),
    (-1, 100_000),
];

/// Points at which all givens certainly hold.
fn points(draw: &mut Draw, givens: &[Expr]) -> Vec<Point> {
    let [x, y, n] = symbols();
    let number = |draw: &mut Draw| {
        let (a, b) = *draw.one_of(&NUMBERS);
        Rational::new(a, b).expect("a fraction")
    };
    let one = |draw: &mut Draw| {
        let whole = Rational::from(1 + draw.below(6) as i64);
        let (a, b) = (number(draw), number(draw));
        Point::new()
            .with_scalar(&x, a.clone())
            .with_scalar(&y, if draw.below(6) == 0 { a } else { b })
            .with_scalar(&n, whole)
    };
    let drawn: Vec<Point> = (0..60).map(|_| one(draw)).collect();
    drawn.into_iter().filter(|p| givens.iter().all(|g| certain(g, p) == Ternary::True)).collect()
}

/// Whether just one side of a relation has a value there.
fn one_sided(relation: &Expr, point: &Point) -> bool {
    let Node::App(f, args) = relation.node() else { return false };
    let defined = |e: &Expr| {
        evaluate::<Interval>(e, &Env::at(point), &mut 200_000).scalar().map_or(Ternary::Unknown, |v| v.defined())
    };
    match args.as_slice() {
        [a, b] if matches!(f.name, "eq" | "ne" | "lt" | "le" | "gt" | "ge") => {
            matches!((defined(a), defined(b)), (Ternary::True, Ternary::False) | (Ternary::False, Ternary::True))
        }
        _ => false,
    }
}

/// Where accepted evidence says something false: its givens and what it owes hold at a point, and the relation fails there
/// or only one of its sides has a value.
fn contradicted(evidence: &Evidence, relation: &Expr, points: &[Point]) -> Option<Point> {
    let stands = |p: &&Point| evidence.owed().iter().all(|c| certain(c, p) == Ternary::True);
    let fails = |p: &&Point| certain(relation, p) == Ternary::False || one_sided(relation, p);
    points.iter().filter(stands).find(fails).cloned()
}

#[derive(Default)]
struct Count {
    asked: usize,
    proved: usize,
    owing: usize,
    points: usize,
}

#[test]
fn no_engine_proves_what_fails_at_a_point() {
    let claims = std::env::var("CLAIMS").ok().and_then(|v| v.parse().ok()).unwrap_or(CLAIMS);
    let mut draw = Draw::new(std::env::var("SEED").ok().and_then(|v| v.parse().ok()).unwrap_or(6));
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut refuted = 0;
    let mut faults = vec![];
    for _ in 0..claims {
        let Drawn { relation, givens } = drawn(&mut draw);
        let points = points(&mut draw, &givens);
        let symbolic = carried_out(&relation);
        let question = Question { relation: &relation, carried_out: symbolic.as_ref(), givens: &givens };
        let found = search(&Problem { cases: 32, ..Problem::new(&relation, &givens) });
        refuted += usize::from(found.counterexample.is_some());
        for engine in ENGINES {
            let Some(prove) = engine.prove else { continue };
            let count = counts.entry(engine.name).or_default();
            count.asked += 1;
            let Some(evidence) = prove(&question).evidence else { continue };
            assert!(evidence.refutes() || replay(&evidence), "{} offers what is not accepted: {relation}", engine.name);
            count.proved += usize::from(evidence.owed().is_empty());
            count.owing += usize::from(!evidence.owed().is_empty());
            count.points += points.len();
            let mut against = contradicted(&evidence, &relation, &points);
            if evidence.owed().is_empty() {
                against = against.or(found.counterexample.as_ref().map(|c| c.point.clone()));
            }
            if let Some(p) = against {
                let owed = evidence.owed();
                faults.push(format!(
                    "{}: {relation} under {givens:?}, owing {owed:?}, at {:?}",
                    engine.name,
                    p.shown()
                ));
            }
        }
    }
    println!("engine: claims asked, proved, proved owing conditions; points at which these hold");
    for (name, c) in &counts {
        println!("{name}: {}, {}, {}; {}", c.asked, c.proved, c.owing, c.points);
    }
    println!("sample: {claims}, {refuted} refuted");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // Engines that prove nothing prove nothing false.
    assert!(counts["exact"].proved * 20 > claims && counts["sign"].proved * 40 > claims && refuted * 5 > claims);
}
