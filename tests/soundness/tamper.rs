//! Evidence of every kind, as the corpus yields it, spoilt in every place that can be reached from outside: what then
//! speaks for something false must be rejected.

use std::collections::BTreeMap;
use std::path::Path;

use rederive::algebra::negation;
use rederive::engine::sample::{Problem, search};
use rederive::expr::{Expr, fun};
use rederive::num::Ternary;
use rederive::source::Source;
use rederive::verdict::{Deduction, Evidence, certain, replay};
use rederive::{Options, check};

/// Pieces of evidence of one kind that are spoilt.
const OF_A_KIND: usize = 10;

/// Greatest relation that is sampled.
const LARGEST: u64 = 120;

fn kind(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::Identity { .. } => "identity",
        Evidence::Rewritten { .. } => "rewritten",
        Evidence::Enclosed { .. } => "enclosed",
        Evidence::Certificate { .. } => "certificate",
        Evidence::Induction { .. } => "induction",
        Evidence::Fractions { .. } => "fractions",
        Evidence::Valued { .. } => "valued",
        Evidence::Cases { .. } => "cases",
        Evidence::Within { .. } => "within",
        Evidence::Deduced { .. } => "deduced",
        Evidence::Substituted { .. } => "substituted",
        Evidence::Counterexample { .. } => "counterexample",
    }
}

/// What of a piece of evidence is changed, and how; every part that says the same is changed alike.
struct Change<'a> {
    relation: &'a dyn Fn(&Expr) -> Expr,
    givens: &'a dyn Fn(&[Expr]) -> Vec<Expr>,
    owed: &'a dyn Fn(&[Expr]) -> Vec<Expr>,
}

fn changed(evidence: &Evidence, change: &Change) -> Evidence {
    let mut out = evidence.clone();
    match &mut out {
        Evidence::Identity { relation, givens, shown } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            shown.conditions = (change.owed)(&shown.conditions);
            shown.lowered.iter_mut().for_each(|e| *e = (change.relation)(e));
        }
        Evidence::Rewritten { relation, givens, proof } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            proof.owed = (change.owed)(&proof.owed);
            if let Some(rest) = &mut proof.rest {
                rest.lowered.iter_mut().for_each(|e| *e = (change.relation)(e));
            }
        }
        Evidence::Enclosed { relation, givens, .. }
        | Evidence::Fractions { relation, givens, .. }
        | Evidence::Counterexample { relation, givens, .. } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
        }
        Evidence::Certificate { relation, givens, certificate } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            certificate.conditions = (change.owed)(&certificate.conditions);
        }
        Evidence::Induction { relation, givens, proof } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            proof.owed = (change.owed)(&proof.owed);
        }
        Evidence::Valued { relation, givens, inner, .. } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            **inner = changed(inner, &Change { relation: &Expr::clone, ..*change });
        }
        Evidence::Substituted { relation, givens, inner, .. } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            **inner = changed(inner, change);
        }
        Evidence::Cases { relation, givens, parts, .. } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            let but_last = |all: &[Expr]| within_case(all, change.givens);
            parts.iter_mut().for_each(|p| *p = changed(p, &Change { givens: &but_last, ..*change }));
        }
        Evidence::Within { relation, givens, inner, .. } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            let but_last = |all: &[Expr]| within_case(all, change.givens);
            **inner = changed(inner, &Change { givens: &but_last, ..*change });
        }
        Evidence::Deduced { relation, givens, deduction, owed } => {
            (*relation, *givens) = ((change.relation)(relation), (change.givens)(givens));
            if let Deduction::Shown(shown) = deduction {
                shown.conditions = (change.owed)(&shown.conditions);
                shown.lowered.iter_mut().for_each(|e| *e = (change.relation)(e));
            }
            *owed = (change.owed)(owed);
        }
    }
    out
}

/// The last given is the case.
fn within_case(all: &[Expr], givens: &dyn Fn(&[Expr]) -> Vec<Expr>) -> Vec<Expr> {
    let Some((case, rest)) = all.split_last() else { return vec![] };
    givens(rest).into_iter().chain([case.clone()]).collect()
}

type Spoiling = Box<dyn Fn(&Expr) -> Expr>;

/// The relation with one more on its left side, and with the next relation by name: what is true of one need not be so
/// of the other, and sampling says where it is not.
fn other_relations(relation: &Expr) -> Vec<Spoiling> {
    let named = |from: &'static str, to: &'static str| -> Spoiling {
        Box::new(move |e: &Expr| match e.as_app(from) {
            Some([l, r]) => Expr::relate(to, l.clone(), r.clone()),
            _ => e.clone(),
        })
    };
    let shifted = |by: i64| -> Spoiling {
        Box::new(move |e: &Expr| match e.children().as_slice() {
            [l, r] if l.sort().is_scalar() && r.sort().is_scalar() => {
                e.with_children(vec![(*l).clone() + Expr::int(by), (*r).clone()])
            }
            [l, r] if !l.sort().is_scalar() => e.with_children(vec![Expr::int(2) * (*l).clone(), (*r).clone()]),
            _ => e.clone(),
        })
    };
    let mut all: Vec<Spoiling> = vec![Box::new(negation), shifted(1), shifted(-1)];
    for (from, to) in [
        (fun::EQ, "lt"),
        (fun::EQ, "gt"),
        ("ge", "gt"),
        ("le", "lt"),
        ("ge", fun::EQ),
        ("le", fun::EQ),
        ("ne", fun::EQ),
        ("gt", "lt"),
        ("lt", "gt"),
        ("implies", "iff"),
        ("iff", "and"),
        ("loewner_ge", "loewner_gt"),
    ] {
        if relation.as_app(from).is_some() {
            all.push(named(from, to));
        }
    }
    all
}

/// Whether a certified point says that the relation fails under these givens though all that is owed holds.
fn fails_somewhere(evidence: &Evidence) -> bool {
    let (relation, givens) = (evidence.relation(), evidence.givens());
    if relation.size() > LARGEST {
        return false;
    }
    let found = search(&Problem { cases: 24, ..Problem::new(relation, givens) });
    let Some(c) = found.counterexample else { return false };
    evidence.owed().iter().all(|o| certain(o, &c.point) == Ternary::True)
}

#[derive(Default)]
struct Count {
    pieces: usize,
    spoilt: usize,
    wrong: usize,
}

fn without(all: &[Expr], place: usize) -> Vec<Expr> {
    all.iter().enumerate().filter(|(k, _)| *k != place).map(|(_, e)| e.clone()).collect()
}

/// Spoils a piece of evidence in each way; those that speak for something false and are accepted all the same.
fn spoil(evidence: &Evidence, count: &mut Count) -> Vec<String> {
    let same = |all: &[Expr]| all.to_vec();
    let (relation, givens, owed) = (evidence.relation().clone(), evidence.givens(), evidence.owed());
    let mut faults = vec![];
    let mut look = |evidence: &Evidence, wrong: &dyn Fn() -> bool| {
        count.spoilt += 1;
        if replay(evidence) {
            if wrong() {
                faults.push(format!("{}: {} under {:?}", kind(evidence), evidence.relation(), evidence.givens()));
            }
        } else {
            count.wrong += 1;
        }
    };
    if evidence.refutes() {
        // What fails at a point does not fail there in the negative, nor under givens that rule the point out.
        let plain = |e: &Expr| !e.any(&mut |x| matches!(x.node(), rederive::expr::Node::Opaque { .. }));
        if plain(&negation(&relation)) {
            let turned = changed(evidence, &Change { relation: &negation, givens: &same, owed: &same });
            look(&turned, &|| true);
        }
        let more = |all: &[Expr]| all.iter().cloned().chain([relation.clone()]).collect();
        look(&changed(evidence, &Change { relation: &Expr::clone, givens: &more, owed: &same }), &|| true);
        return faults;
    }
    for other in other_relations(&relation) {
        let forged = changed(evidence, &Change { relation: &*other, givens: &same, owed: &same });
        if *forged.relation() != relation {
            look(&forged, &|| fails_somewhere(&forged));
        }
    }
    for place in 0..givens.len() {
        let fewer = |all: &[Expr]| without(all, place);
        let forged = changed(evidence, &Change { relation: &Expr::clone, givens: &fewer, owed: &same });
        look(&forged, &|| fails_somewhere(&forged));
    }
    for gone in owed {
        let fewer = |all: &[Expr]| all.iter().filter(|c| *c != gone).cloned().collect();
        let forged = changed(evidence, &Change { relation: &Expr::clone, givens: &same, owed: &fewer });
        look(&forged, &|| fails_somewhere(&forged));
    }
    faults
}

/// Spoils what the notes of a folder of the corpus are settled by.
fn tampered(folder: &str, kinds: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(&root).expect("a folder").flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut faults = vec![];
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("notes");
        let options = Options { repairs: false, assumptions: false, instances: 16, ..Options::default() };
        let result = check(Source::new("notes.md", text), &options);
        for evidence in result.statements.iter().filter_map(|s| s.judgement.evidence.as_ref()) {
            let count = counts.entry(kind(evidence)).or_default();
            if count.pieces < OF_A_KIND {
                count.pieces += 1;
                faults.extend(spoil(evidence, count));
            }
        }
    }
    println!("{folder}, evidence: pieces, spoilt, rejected");
    counts.iter().for_each(|(kind, c)| println!("{kind}: {}, {}, {}", c.pieces, c.spoilt, c.wrong));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    kinds.iter().for_each(|k| assert!(counts.contains_key(k), "no evidence of the kind {k}"));
}

#[test]
fn spoilt_certificates_are_rejected() {
    tampered("certificate", &["certificate", "identity"]);
}

#[test]
fn spoilt_inductions_are_rejected() {
    tampered("induction", &["induction"]);
}

#[test]
fn spoilt_values_are_rejected() {
    tampered("limits", &["valued"]);
}

#[test]
fn spoilt_deductions_are_rejected() {
    tampered("order", &["deduced"]);
}

#[test]
fn spoilt_rewritings_are_rejected() {
    tampered("rewrite", &["rewritten"]);
}

#[test]
fn spoilt_integrals_are_rejected() {
    tampered("integral", &["identity"]);
}

#[test]
fn spoilt_evidence_of_derivatives_is_rejected() {
    tampered("reading", &["identity", "counterexample"]);
}
