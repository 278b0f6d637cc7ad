use super::*;
use crate::algebra::enclose;
use crate::algebra::eval::Point;
use crate::expr::fun;
use crate::num::Rational;
use crate::verdict::show;

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
        assumed: vec![],
        known: vec![],
        domain_stated: false,
        context: vec![],
        printed: None,
    }
}

#[test]
fn what_rests_on_a_line_of_the_notes_says_so() {
    let (x, y) = (Expr::real("x"), Expr::real("y"));
    let line = Expr::relate("eq", x.clone(), y.clone() + Expr::int(1));
    let relation = Expr::relate("eq", Expr::int(2) * x, Expr::int(2) * y + Expr::int(2));
    let shown = show(&relation, std::slice::from_ref(&line)).unwrap();
    let evidence = Evidence::Identity { relation: relation.clone(), givens: vec![line.clone()], shown };
    let findings = Findings { proof: Some(Proof { engine: "exact", evidence }), ..Findings::default() };
    // A given that the notes do not give proves nothing.
    assert_eq!(decide(&claim(&relation), &findings).verdict, Verdict::Undecided);
    let given = Given { fact: Some(line), text: "x = y + 1".into(), line: Some(3) };
    let citing = Claim { cited: vec![given], ..claim(&relation) };
    let judged = decide(&citing, &findings);
    assert_eq!((judged.verdict, judged.conditions), (Verdict::Conditional, vec!["x = y + 1".to_owned()]));
    let other = Claim { cited: citing.cited.clone(), ..claim(&Expr::relate("eq", Expr::real("x"), Expr::int(0))) };
    assert_eq!(decide(&other, &findings).verdict, Verdict::Undecided);
}

#[test]
fn evidence_about_another_claim_is_none() {
    let x = Expr::real("x");
    let truth = Expr::relate("eq", x.clone() + x.clone(), Expr::int(2) * x.clone());
    let other = Expr::relate("eq", x.clone() * x.clone(), x);
    let evidence = Evidence::Identity { relation: truth.clone(), givens: vec![], shown: show(&truth, &[]).unwrap() };
    let findings = Findings {
        proof: Some(Proof { engine: "exact", evidence }),
        support: Some(Support { accepted: 4, agreed: 4, ..Support::default() }),
        ..Findings::default()
    };
    assert_eq!(decide(&claim(&truth), &findings).verdict, Verdict::Proved);
    assert_ne!(decide(&claim(&other), &findings).verdict, Verdict::Proved);
}

#[test]
fn a_wider_relation_counts_without_givens_only() {
    let x = Expr::real("x");
    let square = |e: &Expr| e.clone() * e.clone();
    let general = Expr::relate("eq", square(&x), x.clone() * x.clone());
    let instance =
        Claim { general: Some(general.clone()), ..claim(&general.substituted(x.as_symbol().unwrap(), &Expr::int(3))) };
    let only_zero = Expr::relate("eq", square(&x), x.clone());
    let given = vec![Expr::relate("eq", x.clone(), Expr::int(0))];
    let judged = |relation: &Expr, givens: &[Expr], claim: &Claim| {
        let (relation, givens, shown) = (relation.clone(), givens.to_vec(), show(relation, givens).unwrap());
        let proof = Some(Proof { engine: "exact", evidence: Evidence::Identity { relation, givens, shown } });
        let support = Some(Support { accepted: 4, agreed: 4, ..Support::default() });
        decide(claim, &Findings { proof, support, ..Findings::default() }).verdict
    };
    assert_eq!(judged(&general, &[], &instance), Verdict::Proved);
    // Under a given that the claim does not have it says nothing of it.
    let false_one =
        Claim { general: Some(only_zero.clone()), ..claim(&Expr::relate("eq", Expr::int(9), Expr::int(3))) };
    assert_ne!(judged(&only_zero, &given, &false_one), Verdict::Proved);
}

#[test]
fn evidence_about_other_digits_is_none() {
    let unit = Rational::new(1, 100).unwrap();
    let value = Expr::apply("log", vec![Expr::int(2)]).recip();
    let printed = |hundredths: i64| {
        Expr::relate("approx", value.clone(), Expr::decimal(Rational::from(hundredths) * unit.clone(), unit.clone()))
    };
    let proof = |within: &Expr| {
        let cover = Box::new(enclose::prove(within, &[], 100).unwrap());
        let evidence = Evidence::Enclosed { relation: within.clone(), givens: vec![], cover };
        Findings { proof: Some(Proof { engine: "enclose", evidence }), ..Findings::default() }
    };
    let about = |printed: &Expr| claim(&printed.exact()).about(printed);
    let right = proof(&digits(&printed(144)).within.unwrap());
    let judged = decide(&about(&printed(144)), &right);
    assert_eq!((judged.verdict, judged.engine), (Verdict::Proved, Some("enclose")));
    assert_ne!(decide(&about(&printed(154)), &right).verdict, Verdict::Proved, "the digits of another claim");
    assert_ne!(decide(&about(&printed(146)), &right).verdict, Verdict::Proved, "two units off");
    let wide = Expr::apply("closed_interval", vec![Expr::int(1), Expr::int(2)]);
    let wide = proof(&Expr::relate("member", value.clone(), wide));
    assert_ne!(decide(&about(&printed(144)), &wide).verdict, Verdict::Proved, "a wider interval");
}

#[test]
fn exact_numbers_do_not_refute_decimals() {
    let decimal = |tenths| Expr::decimal(Rational::new(tenths, 10).unwrap(), Rational::new(1, 10).unwrap());
    let refuting = |relation: Expr| Findings {
        refutation: Some(Refutation {
            evidence: Evidence::Counterexample { relation, givens: vec![], point: Point::new() },
            at: vec![],
            left: String::new(),
            right: String::new(),
            degenerate: false,
        }),
        ..Findings::default()
    };
    let third = Expr::relate(fun::EQ, Expr::int(3) * decimal(3), Expr::int(1));
    let about = claim(&third.exact()).about(&third);
    assert_ne!(decide(&about, &refuting(third.exact())).verdict, Verdict::Refuted, "three thirds, rounded");
    assert_ne!(decide(&about, &refuting(third)).verdict, Verdict::Refuted, "it does not fail for all digits");
    let half = Expr::relate(fun::EQ, Expr::int(3) * decimal(3), Expr::int(2));
    let apart = digits(&half).apart.unwrap();
    assert_eq!(decide(&claim(&half.exact()).about(&half), &refuting(apart)).verdict, Verdict::Refuted);
    assert_ne!(decide(&claim(&half.exact()).about(&half), &refuting(half)).verdict, Verdict::Refuted);
}

#[test]
fn lines_that_contradict_each_other_prove_nothing() {
    let [x, y] = ["x", "y"].map(Expr::real);
    let line = |by: i64| Expr::relate(fun::EQ, x.clone(), y.clone() + Expr::int(by));
    let given = |fact: &Expr, text: &str| Given { fact: Some(fact.clone()), text: text.into(), line: Some(3) };
    let relation = Expr::relate(fun::EQ, x.clone() + x.clone(), Expr::int(2) * y.clone() + Expr::int(2));
    // From two lines of which the claim names neither, as an engine may cite them.
    let judged = |lines: &[Expr]| {
        let evidence = Evidence::Identity {
            relation: relation.clone(),
            givens: lines.to_vec(),
            shown: show(&relation, lines).unwrap(),
        };
        let proof = Some(Proof { engine: "exact", evidence });
        let earlier = lines.iter().enumerate().map(|(k, l)| given(l, &format!("line {k}"))).collect();
        // A given of the claim itself does not vouch for the lines.
        let own = given(&Expr::relate("gt", x.clone(), Expr::int(0)), "x > 0");
        decide(&Claim { earlier, givens: vec![own], ..claim(&relation) }, &Findings { proof, ..Findings::default() })
    };
    let alone = judged(&[line(1)]);
    assert_eq!((alone.verdict, alone.conditions), (Verdict::Conditional, vec!["line 0".to_owned()]));
    assert_eq!(judged(&[line(1), line(2)]).verdict, Verdict::Undecided);
}

#[test]
fn without_a_witness_nothing_is_proved() {
    let x = Expr::real("x");
    let relation = Expr::relate(fun::EQ, x.clone() + x.clone(), Expr::int(2) * x);
    let judged = |support: Option<Support>| {
        let evidence =
            Evidence::Identity { relation: relation.clone(), givens: vec![], shown: show(&relation, &[]).unwrap() };
        let proof = Some(Proof { engine: "exact", evidence });
        decide(&claim(&relation), &Findings { proof, support, ..Findings::default() }).verdict
    };
    let points = |agreed, undefined, presumed: &[&str]| Support {
        accepted: 4,
        agreed,
        undefined,
        presumed: presumed.iter().map(|p| (*p).to_owned()).collect(),
        ..Support::default()
    };
    assert_eq!(judged(Some(points(4, 0, &[]))), Verdict::Proved);
    assert_eq!(judged(None), Verdict::Undecided);
    assert_eq!(judged(Some(points(0, 4, &[]))), Verdict::Undecided);
    assert_eq!(judged(Some(points(0, 4, &["an integral"]))), Verdict::Undecided);
    assert_eq!(judged(Some(points(0, 0, &["an integral"]))), Verdict::Conditional);
}
