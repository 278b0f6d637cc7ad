//! The rule books: every rule is derived again, and tried at the sizes 1, 2, 3, 5, 8 with rewriting switched off.

use libtest_mimic::{Arguments, Failed, Trial};
use rederive::algebra::moment::{has_moments, on_finite_space};
use rederive::engine::rewrite::search;
use rederive::engine::sample::{Problem, search as sample};
use rederive::expr::{Expr, Sort, Symbol};
use rederive::rules::{self, Rule, Status, TRIED};
use rederive::verdict::rewriting::{Rewrite, Rewriting};
use rederive::verdict::{Evidence, replay, show};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("books::no-section-is-broken", || match rules::broken().as_slice() {
        [] => Ok(()),
        some => Err(Failed::from(format!("{some:?}"))),
    })];
    for rule in rules::all() {
        trials.push(Trial::test(format!("{}::derived", rule.id), || derived(rule)));
        trials.push(Trial::test(format!("{}::tried", rule.id), || tried(rule, &rule.relation())));
        trials.push(Trial::test(format!("{}::false-variant-is-caught", rule.id), || {
            let left = rule.left().clone();
            let other = if left.sort().is_scalar() { left + Expr::int(1) } else { Expr::int(3) * left };
            let spoilt = Expr::relate("eq", other, rule.right().clone());
            match tried(rule, &spoilt) {
                Err(_) => Ok(()),
                Ok(()) => Err(Failed::from("a false rule passed as well")),
            }
        }));
    }
    trials.extend(TAMPERED.iter().map(|(name, spoil)| {
        Trial::test(format!("replay::{name}"), move || match spoil() {
            true => Err(Failed::from("spoilt evidence is accepted")),
            false => Ok(()),
        })
    }));
    trials.push(Trial::test("replay::the-unspoilt-proofs-are-accepted", || {
        let good = [inverse_of_product(), by_multiplying()].iter().all(|(r, g, p)| accepted(r, g, p.clone()));
        if good { Ok(()) } else { Err(Failed::from("a proof is rejected")) }
    }));
    trials.push(Trial::test("axioms::are-listed-through-derived-rules", || {
        let ids: Vec<_> = rules::axioms(&["matrix.inverse-product"]).iter().map(|r| r.id.clone()).collect();
        if ids == ["matrix.inverse-left", "matrix.inverse-right"] {
            Ok(())
        } else {
            Err(Failed::from(format!("{ids:?}")))
        }
    }));
    libtest_mimic::run(&arguments, trials).exit();
}

type Proof = (Expr, Vec<Expr>, Rewriting);

/// Whether replay accepts a spoilt proof.
type Spoilt = fn() -> bool;

fn square(name: &str) -> Expr {
    let n = Expr::size_symbol("n");
    Expr::sym(Symbol::new(name, Sort::matrix(n.clone(), n)))
}

fn apply(name: &str, e: &Expr) -> Expr {
    Expr::apply(name, vec![e.clone()])
}

fn proof(relation: Expr, givens: Vec<Expr>) -> Proof {
    match search(&relation, &givens, &|_| true) {
        Some(Evidence::Rewritten { proof, .. }) => (relation, givens, *proof),
        _ => panic!("{relation} is not found"),
    }
}

/// (AB)⁻¹ = B⁻¹A⁻¹ for invertible A, B.
fn inverse_of_product() -> Proof {
    let (a, b) = (square("A"), square("B"));
    let relation =
        Expr::relate("eq", apply("inverse", &(a.clone() * b.clone())), apply("inverse", &b) * apply("inverse", &a));
    proof(relation, vec![apply("invertible", &a), apply("invertible", &b)])
}

/// (A + I)⁻¹ A = A (A + I)⁻¹, by multiplying with A + I from both sides.
fn by_multiplying() -> Proof {
    let (a, one) = (square("A"), apply("identity", &Expr::size_symbol("n")));
    let inverse = apply("inverse", &(a.clone() + one.clone()));
    let relation = Expr::relate("eq", inverse.clone() * a.clone(), a.clone() * inverse);
    proof(relation, vec![apply("invertible", &(a + one))])
}

fn accepted(relation: &Expr, givens: &[Expr], proof: Rewriting) -> bool {
    replay(&Evidence::Rewritten { relation: relation.clone(), givens: givens.to_vec(), proof: Box::new(proof) })
}

/// A proof of the inverse of a product with its first step changed.
fn step(spoil: fn(&mut Rewrite)) -> bool {
    let (relation, givens, mut proof) = inverse_of_product();
    let step = proof.left.first_mut().or(proof.right.first_mut()).expect("a step");
    spoil(step);
    accepted(&relation, &givens, proof)
}

/// Ways to spoil evidence; each says whether replay accepts it, and none may.
const TAMPERED: &[(&str, Spoilt)] = &[
    ("another-rule", || step(|s| s.rule = "matrix.transpose-product".into())),
    ("a-rule-that-is-none", || step(|s| s.rule = "matrix.inverse-sum".into())),
    ("the-other-direction", || step(|s| s.backward = !s.backward)),
    ("another-place", || step(|s| s.path.push(0))),
    ("another-start", || step(|s| s.before = square("A"))),
    ("another-result", || step(|s| s.after = s.after.clone() * square("A"))),
    ("no-substitution", || step(|s| s.substitution.clear())),
    ("another-substitution", || step(|s| s.substitution.values_mut().for_each(|v| *v = square("B")))),
    ("another-relation", || {
        let (_, givens, proof) = inverse_of_product();
        let (a, b) = (square("A"), square("B"));
        let wrong = apply("inverse", &a) * apply("inverse", &b);
        accepted(&Expr::relate("eq", apply("inverse", &(a * b)), wrong), &givens, proof)
    }),
    ("a-step-left-out", || {
        let (relation, givens, mut proof) = by_multiplying();
        if proof.left.pop().is_none() {
            proof.right.pop();
        }
        accepted(&relation, &givens, proof)
    }),
    ("a-multiplier-that-need-not-be-invertible", || {
        let (relation, givens, mut proof) = by_multiplying();
        proof.multipliers.iter_mut().for_each(|m| m.by = square("A"));
        accepted(&relation, &givens, proof)
    }),
    ("a-rule-without-its-condition", || {
        // A⁻¹ A = I owes that A is invertible.
        let a = square("A");
        let one = apply("identity", &Expr::size_symbol("n"));
        let (relation, givens, mut proof) = proof(Expr::relate("eq", apply("inverse", &a) * a, one), vec![]);
        assert!(!proof.owed.is_empty(), "nothing is owed");
        proof.owed.clear();
        accepted(&relation, &givens, proof)
    }),
];

/// A derived rule follows again: from engines alone, or line by line from the rules that it names.
fn derived(rule: &'static Rule) -> Result<(), Failed> {
    match &rule.status {
        Status::Axiom { reference } => {
            if reference.len() < 10 {
                return Err(Failed::from("an axiom without a reference"));
            }
        }
        Status::DerivedBy(engine) => {
            if engine != "exact" {
                return Err(Failed::from(format!("no engine {engine} derives rules")));
            }
            let shown = show(&rule.relation(), &rule.conditions).map_err(|e| Failed::from(format!("{e:?}")))?;
            if !shown.conditions.is_empty() {
                return Err(Failed::from(format!("it owes {:?}", shown.conditions)));
            }
        }
        Status::DerivedFrom(from) => {
            for pair in rule.lines.windows(2) {
                let line = Expr::relate("eq", pair[0].clone(), pair[1].clone());
                if show(&line, &rule.conditions).is_ok_and(|shown| shown.conditions.is_empty()) {
                    continue;
                }
                let proof = search(&line, &rule.conditions, &|r| from.contains(&r.id))
                    .ok_or_else(|| Failed::from(format!("{line} does not follow")))?;
                if !replay(&proof) {
                    return Err(Failed::from(format!("the proof of {line} is not accepted")));
                }
                if !proof.owed().is_empty() {
                    return Err(Failed::from(format!("{line} owes {:?}", proof.owed())));
                }
                let Evidence::Rewritten { proof, .. } = &proof else { return Err(Failed::from("no rewriting")) };
                if let Some(other) = proof.rules().into_iter().find(|r| !from.iter().any(|f| f == r)) {
                    return Err(Failed::from(format!("{line} rests on {other} too")));
                }
            }
        }
    }
    Ok(())
}

/// Sampling finds the sides equal at every size, and no counterexample.
fn tried(rule: &Rule, relation: &Expr) -> Result<(), Failed> {
    // Random variables are tried on finite probability spaces of these sizes.
    let (relation, givens) = match has_moments(relation) {
        true => on_finite_space(relation, &rule.conditions),
        false => (relation.clone(), rule.conditions.clone()),
    };
    for size in TRIED {
        let sizes = [i64::try_from(size).unwrap_or(1)];
        let problem = Problem {
            relation: &relation,
            symbolic: None,
            givens: &givens,
            seed: 7,
            cases: 24,
            sizes: &sizes,
            domain_stated: true,
            ties: true,
            brief: false,
        };
        let found = sample(&problem);
        if let Some(c) = found.counterexample {
            return Err(Failed::from(format!("size {size}: {:?}", c.point)));
        }
        if let Some(d) = found.doubtful {
            return Err(Failed::from(format!("size {size}: {d}")));
        }
        if found.agreed == 0 {
            return Err(Failed::from(format!("size {size}: no point at which both sides have values")));
        }
    }
    Ok(())
}
