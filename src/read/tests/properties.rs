use proptest::prelude::*;

use super::*;

/// Pieces that matter to the reader, to be spliced at random.
const PIECES: [&str; 64] = [
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\\\(",
    "\\\\)",
    "\\\\[",
    "\\\\]",
    "`",
    "```",
    "~~~",
    "```math\n",
    "```{math}\n",
    ":::{note}\n",
    ":::",
    ":label: a\n",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "    ",
    "> ",
    "- ",
    "1. ",
    "# ",
    "| ",
    "|---|---|\n",
    "\\|",
    "a",
    "x_1",
    "값",
    "이다. ",
    "é",
    "𝐩",
    "&amp;",
    "&lt;",
    "\\begin{align}",
    "\\end{align}",
    "\\begin{cases}",
    "\\end{cases}",
    "\\text{",
    "{",
    "}",
    "<!--",
    "-->",
    "<!-- rederive let: a > 0; next: id b -->",
    "rederive ",
    "<b>",
    "<script>",
    "</script>",
    "<div>\n",
    "[t](",
    ")",
    "](",
    "{#eq-x}",
    "(x)=\n",
    "---\n",
    "===\n",
    "*",
    "\\",
    "\u{feff}",
    "= b + c",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40).prop_map(|v| v.concat())
}

/// Without fences, raw HTML and comments, which may rightly swallow what follows. (A heading ends an open display.)
fn calm() -> impl Strategy<Value = String> {
    let swallows = ["`", "~", ":::", "<", "---", "\\begin"];
    let pieces: Vec<&str> = PIECES.into_iter().filter(|p| !swallows.iter().any(|s| p.contains(s))).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|v| v.concat())
}

/// What holds of every document.
fn check(text: &str) -> Result<(), TestCaseError> {
    let d = doc(text);
    let whole = |s: Span| text.get(s.range()).is_some();
    let mut at = 0;
    for (i, block) in d.blocks.iter().enumerate() {
        let span = block.span();
        prop_assert!(whole(span), "{block:?}");
        prop_assert!(span.start >= at, "blocks overlap at {i}");
        at = if matches!(block, Block::Heading { .. }) { span.start } else { span.end };
        if let Block::Formula(f) = block {
            prop_assert!(!f.extract.text.trim().is_empty());
            prop_assert_eq!(f.extract.text.trim(), f.extract.text.as_str());
            for (k, b) in f.extract.text.bytes().enumerate() {
                let s = f.extract.to_source(k);
                prop_assert!(span.start <= s && s < span.end);
                let same = text.as_bytes().get(s) == Some(&b);
                let entity = ["&lt;", "&gt;", "&amp;"].iter().any(|e| text.get(s..).is_some_and(|t| t.starts_with(e)));
                prop_assert!(same || entity, "byte {k} of {f:?}");
            }
            prop_assert!(f.section < d.sections.len());
        }
        if let Block::Prose(p) = block {
            prop_assert!(!p.text.trim().is_empty());
            prop_assert!(p.runs.windows(2).all(|w| w[0].0 < w[1].0));
        }
        if let Block::Directive(directive) = block {
            let (parsed, problems) = directive.parse();
            prop_assert!(!(parsed.is_empty() && problems.is_empty()));
            prop_assert!(parsed.iter().map(|p| p.span).chain(problems.iter().map(|p| p.span)).all(whole));
        }
        d.before(i);
        d.after(i);
    }
    for (i, s) in d.sections.iter().enumerate() {
        prop_assert!(whole(s.span) && s.parent.is_none_or(|p| p < i) && (i == 0) == s.parent.is_none());
    }
    prop_assert!(d.problems.iter().all(|p| whole(p.span)));
    Ok(())
}

/// What holds of every document of every format.
fn has_true_spans(format: &Format, text: &str) -> Result<(), TestCaseError> {
    let d = read(Source::new(format!("notes.{}", format.extensions[0]), text.to_owned()));
    let spans = d.blocks.iter().map(Block::span).chain(d.sections.iter().map(|s| s.span));
    for span in spans.chain(d.problems.iter().map(|p| p.span)) {
        prop_assert!(d.source.text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    prop_assert!(d.blocks.is_sorted_by_key(|b| b.span().start));
    Ok(())
}

/// Texts that were read wrongly (by `fuzz/run read`).
const FOUND: &[&str] = &[
    // A blank of several bytes for each character is an indent of four within one.
    "\\end{\n\u{fffd}\u{fffd}}\\",
];

#[test]
fn what_was_read_wrongly_has_true_spans() {
    for (text, format) in FOUND.iter().flat_map(|t| FORMATS.iter().map(move |f| (t, f))) {
        has_true_spans(format, text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_splice_of_pieces_is_read_with_true_spans(text in text()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_read_with_true_spans(text in "\\PC{0,200}") {
        check(&text)?;
    }

    #[test]
    fn any_splice_is_read_with_true_spans_in_every_format(text in text(), at in 0..FORMATS.len()) {
        has_true_spans(&FORMATS[at], &text)?;
    }

    #[test]
    fn a_display_survives_whatever_stands_in_the_paragraphs_around(before in calm(), after in text()) {
        let text = format!("{before}\n\n# H\n\n$$\nA\n\n+ B\n$$\n\n# H\n\n{after}");
        let d = doc(&text);
        let mut displays = d.formulas().filter(|(_, f)| f.display);
        prop_assert!(displays.any(|(_, f)| f.extract.text == "A\n\n+ B"), "{}", text);
    }

    #[test]
    fn directives_of_any_text_are_parsed(text in "\\PC{0,60}") {
        let runs = vec![(0, 0)];
        let d = Directive { text: text.trim().to_owned(), runs, span: Span::default(), line: 1, section: 0 };
        let (parsed, problems) = d.parse();
        prop_assert!(!(parsed.is_empty() && problems.is_empty()));
    }
}
