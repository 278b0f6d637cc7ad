use super::super::directive::*;
use super::*;

fn directive(inside: &str) -> Directive {
    let d = doc(&format!("text\n\n<!-- rederive {inside} -->\n\n$x$\n"));
    let found = d.blocks.into_iter().find_map(|b| if let Block::Directive(d) = b { Some(d) } else { None });
    found.expect("a directive")
}

fn parse(inside: &str) -> DirectiveKind {
    let (mut found, problems) = directive(inside).parse();
    assert_eq!((found.len(), problems), (1, vec![]), "{inside}");
    found.remove(0).kind
}

/// Sort, word and suggestion of each problem.
fn complaints(inside: &str) -> Vec<(DirectiveProblemKind, String, Option<&'static str>)> {
    directive(inside).parse().1.into_iter().map(|p| (p.kind, p.word, p.suggestion)).collect()
}

#[test]
fn only_comments_on_their_own_line_are_directives() {
    let d = doc(
        "a\n<!-- rederive on -->\n- b\n  <!-- rederive off:\n  reason=\"c\" -->\n> <!-- rederive on -->\n<!-- other -->\n",
    );
    let found: Vec<_> = d
        .blocks
        .iter()
        .filter_map(|b| if let Block::Directive(d) = b { Some((d.text.as_str(), d.line)) } else { None })
        .collect();
    assert_eq!(found, [("on", 2), ("off:\nreason=\"c\"", 4), ("on", 6)]);
    assert_eq!(problems("a <!-- rederive off --> b"), ["misplaced-directive"]);
    assert_eq!(problems("<!-- rederiv next: id x -->"), ["misspelt-directive"]);
    assert_eq!(problems("<!-- derive your own -->"), Vec::<&str>::new());
    let two = doc("<!-- a --> <!-- rederive on --> <!-- rederive off -->\n");
    assert_eq!((two.blocks.len(), two.problems.len()), (2, 0));
    assert_eq!(doc("```\n<!-- rederive on -->\n```\n").blocks.len(), 1);
}

#[test]
fn let_declares_mathematics_with_adjectives() {
    let DirectiveKind::Let(items) = parse(
        r"let: s \in \mathbb{R}^C, p := \operatorname{softmax}(s), y one-hot, A is positive  definite, f(a, b) > 0",
    ) else {
        panic!()
    };
    let seen: Vec<_> = items.iter().map(|i| (i.math.text.as_str(), i.adjective)).collect();
    let expected = [
        (r"s \in \mathbb{R}^C", None),
        (r"p := \operatorname{softmax}(s)", None),
        ("y", Some(Adjective::OneHot)),
        ("A", Some(Adjective::PositiveDefinite)),
        ("f(a, b) > 0", None),
    ];
    assert_eq!(seen, expected);
    for (word, adjective) in Adjective::all() {
        let DirectiveKind::Let(items) = parse(&format!("let: X_1 {word}; b")) else { panic!() };
        assert_eq!((items[0].adjective, items[0].math.text.as_str(), items.len()), (Some(adjective), "X_1", 2));
        assert_eq!(adjective.word(), word);
    }
}

#[test]
fn the_mathematics_of_a_directive_maps_to_the_source() {
    let text = "> <!-- rederive let: a > 0,\n>   y one-hot -->\n";
    let d = doc(text);
    let Some(Block::Directive(found)) = d.blocks.first() else { panic!() };
    let (parsed, problems) = found.parse();
    assert_eq!(problems, []);
    let DirectiveKind::Let(items) = &parsed[0].kind else { panic!() };
    assert_eq!((items[0].math.text.as_str(), items[1].math.text.as_str()), ("a > 0", "y"));
    assert!(text[items[1].math.to_source(0)..].starts_with("y one-hot"));
    assert_eq!(d.source.slice(items[1].span), "y one-hot");
    assert_eq!(d.source.slice(parsed[0].span).lines().count(), 2);
}

#[test]
fn next_takes_clauses() {
    let DirectiveKind::Next(clauses) =
        parse("next: id softmax.gradient; assume x > 0, y \\in [0, 1); checker softmax_gradient; expect refuted at 2")
    else {
        panic!()
    };
    assert_eq!(clauses.len(), 4);
    assert_eq!(clauses[0].kind, NextKind::Id("softmax.gradient".into()));
    let NextKind::Assume(items) = &clauses[1].kind else { panic!() };
    assert_eq!(items[1].math.text, r"y \in [0, 1)");
    assert_eq!(clauses[2].kind, NextKind::Checker("softmax_gradient".into()));
    let refuted = Expectation::Verdict { verdict: ExpectedVerdict::Refuted, at: Some(2) };
    assert_eq!(clauses[3].kind, NextKind::Expect(vec![refuted]));
    assert_eq!(parse("next: definition"), parse("next: definition;"));
    let DirectiveKind::Next(found) = parse("next: expect finding unused-index; claim") else { panic!() };
    assert_eq!(found[0].kind, NextKind::Expect(vec![Expectation::Finding("unused-index".into())]));
}

#[test]
fn the_other_instructions_are_read() {
    assert_eq!(parse("off: reason=\"a; b, see [3]\""), DirectiveKind::Off { reason: Some("a; b, see [3]".into()) });
    assert_eq!(parse("off"), DirectiveKind::Off { reason: None });
    assert_eq!(parse("on"), DirectiveKind::On);
    assert_eq!(parse("id: a.b"), DirectiveKind::Id("a.b".into()));
    let pairs = vec![("macros".into(), "macros.tex".into()), ("convention".into(), "gradient-layout".into())];
    assert_eq!(parse("file: macros macros.tex; convention gradient-layout"), DirectiveKind::File(pairs));
    let proved = |at| Expectation::Verdict { verdict: ExpectedVerdict::Proved, at };
    assert_eq!(parse("expect: proved"), DirectiveKind::Expect(vec![proved(None)]));
    assert_eq!(
        parse("expect: proved at 1, none at 2").clone(),
        DirectiveKind::Expect(vec![
            proved(Some(1)),
            Expectation::Verdict { verdict: ExpectedVerdict::None, at: Some(2) },
        ])
    );
    let (several, none) = directive("let: x > 0; next: id a; expect proved").parse();
    assert_eq!((several.len(), none.len()), (2, 0));
}

#[test]
fn misspelt_words_are_told_with_what_was_meant() {
    assert_eq!(complaints("nxet: id a"), [(DirectiveProblemKind::Keyword, "nxet".into(), Some("next"))]);
    assert_eq!(complaints("next: asume x > 0"), [(DirectiveProblemKind::Clause, "asume".into(), Some("assume"))]);
    assert_eq!(complaints("expect: refutd"), [(DirectiveProblemKind::Verdict, "refutd".into(), Some("refuted"))]);
    assert_eq!(complaints("let: y onehot"), [(DirectiveProblemKind::Adjective, "onehot".into(), Some("one-hot"))]);
    assert_eq!(
        complaints("let: A symetric"),
        [(DirectiveProblemKind::Adjective, "symetric".into(), Some("symmetric"))]
    );
    assert_eq!(complaints("let: A wonderful"), [(DirectiveProblemKind::Adjective, "wonderful".into(), None)]);
    assert_eq!(complaints("banana"), [(DirectiveProblemKind::Keyword, "banana".into(), None)]);
}

#[test]
fn nothing_of_a_directive_is_lost_silently() {
    for inside in [
        "",
        "expect:",
        "expect: proved at zero",
        "on: now",
        "next:",
        "next: id",
        "next: id a b",
        "id:",
        "file: x",
        "off: why",
        "let:",
        "expect: proved twice",
        "next: claim now",
        "next: 3",
        "let",
        ": x",
        "next: assume",
        "expect: proved at 0",
        "off: reason=\"a\"; b",
    ] {
        assert!(!directive(inside).parse().1.is_empty(), "{inside}");
    }
}

#[test]
fn operands_are_no_adjectives() {
    for inside in [r"let: x \in Reals", "let: a = beta", "let: n > size", r"let: k \ge width"] {
        assert_eq!(complaints(inside), [], "{inside}");
    }
}
