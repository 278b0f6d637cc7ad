//! Laws of the MathML printer: well formed, nothing of the input in tags or attributes, bounded.

use proptest::prelude::*;

use super::laws::{FORMULAS, PIECES, hostile, on_a_small_stack};
use super::*;
use crate::source::Span;

/// Tags that MathML of this module may have, and its attributes with all their values.
const TAGS: &[&str] = &[
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mphantom",
    "mstyle",
    "merror",
];
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("display", &["block"]),
    ("displaystyle", &["true", "false"]),
    ("scriptlevel", &["0"]),
    ("mathvariant", &["normal"]),
    ("stretchy", &["true", "false"]),
    ("fence", &["true"]),
    ("form", &["prefix", "infix", "postfix"]),
    ("accent", &["true"]),
    ("accentunder", &["true"]),
    ("movablelimits", &["true"]),
    ("linethickness", &["0"]),
    ("lspace", &["0"]),
    ("rspace", &["0"]),
    (
        "width",
        &[
            "0.1667em",
            "0.2222em",
            "0.2778em",
            "-0.1667em",
            "-0.2222em",
            "-0.2778em",
            "0.25em",
            "0.3em",
            "0.4em",
            "0.5em",
            "1em",
            "2em",
        ],
    ),
    (
        "class",
        &[
            "unknown",
            "tex-l",
            "tex-r",
            "tex-c",
            "tex-aligned",
            "tex-cases",
            "tex-array",
            "tex-matrix",
            "tex-stack",
            "tex-boxed",
            "tex-cancel",
            "wrong",
            "wrong wrong",
        ],
    ),
];

/// How many children an element needs; `None`: any number.
fn children_wanted(tag: &str) -> Option<usize> {
    match tag {
        "mfrac" | "mroot" | "msub" | "msup" | "munder" | "mover" => Some(2),
        "msubsup" | "munderover" => Some(3),
        _ => None,
    }
}

/// Reads a document strictly: balanced tags of the list, attributes and values of the list, entities only of the five.
fn well_formed(xml: &str) {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut rest = xml;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("</") {
            let (name, tail) = after.split_once('>').expect("an end of a tag");
            let (opened, children) = open.pop().expect("an open element");
            assert_eq!(opened, name, "{xml}");
            assert!(children_wanted(name).is_none_or(|n| n == children), "{name} has {children}: {xml}");
            rest = tail;
        } else if let Some(after) = rest.strip_prefix('<') {
            let (inside, tail) = after.split_once('>').expect("an end of a tag");
            let (name, mut attributes) = inside.split_once(' ').unwrap_or((inside, ""));
            assert!(TAGS.contains(&name), "{name:?} in {xml}");
            while !attributes.is_empty() {
                let (key, after) = attributes.split_once("=\"").expect("an attribute");
                let (value, more) = after.split_once('"').expect("a quote");
                let known = ATTRIBUTES.iter().find(|a| a.0 == key);
                assert!(known.is_some_and(|a| a.1.contains(&value)), "{key}={value:?} in {xml}");
                attributes = more.strip_prefix(' ').unwrap_or(more);
            }
            if let Some(parent) = open.last_mut() {
                parent.1 += 1;
            }
            open.push((name.to_owned(), 0));
            rest = tail;
        } else {
            let (text, tail) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            let token = open.last().is_some_and(|o| matches!(o.0.as_str(), "mi" | "mn" | "mo" | "mtext"));
            assert!(token, "text {text:?} outside of a token in {xml}");
            for piece in text.split('&').skip(1) {
                assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|e| piece.starts_with(e)), "{text:?}");
            }
            assert!(!text.contains(['>', '"', '\'']), "{text:?}");
            rest = tail;
        }
    }
    assert!(open.is_empty(), "{xml}");
}

fn mathml(text: &str) -> String {
    let xml = to_mathml_of(text, &parse(text), true, &[]);
    well_formed(&xml);
    xml
}

#[test]
fn every_construct_is_well_formed() {
    for text in FORMULAS {
        let xml = mathml(text);
        assert!(!xml.contains("merror"), "{text}: {xml}");
        assert!(!xml.contains("unknown"), "{text}: {xml}");
    }
}

#[test]
fn constructs_have_the_elements_they_should() {
    let cases = [
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\mathbf p", "<mi>𝐩</mi>"),
        (r"\mathbb{R}^n", "<msup><mrow><mi>ℝ</mi></mrow><mi>n</mi></msup>"),
        (r"\mathrm{softmax}", "<mi>softmax</mi>"),
        (r"\mathrm d x", "<mi mathvariant=\"normal\">d</mi><mi>x</mi>"),
        (r"\log p", "<mi mathvariant=\"normal\">log</mi><mspace width=\"0.1667em\"></mspace><mi>p</mi>"),
        (r"\sum_{i}^n", "<munderover><mo>∑</mo><mrow><mi>i</mi></mrow><mi>n</mi></munderover>"),
        (r"\int_0^1", "<msubsup><mo>∫</mo>"),
        (r"x'", "<msup><mi>x</mi><mrow><mo lspace=\"0\" rspace=\"0\">′</mo></mrow></msup>"),
        (r"손실", "<mtext>손실</mtext>"),
        (r"\text{if $x$ is}", "<mtext>if\u{a0}</mtext><mrow><mi>x</mi></mrow><mtext>\u{a0}is</mtext>"),
        (r"a \not\in b", "<mo>∉</mo>"),
        (r"= -x", "<mo>=</mo><mo form=\"prefix\">−</mo>"),
        (r"a - x", "<mo form=\"infix\">−</mo>"),
        (r"\nosuch", "<mtext class=\"unknown\">\\nosuch</mtext>"),
        (r"a } b", "<merror><mtext>}</mtext></merror>"),
        (r"\operatorname*{arg\,max}_x", "<munder><mo form=\"prefix\" movablelimits=\"true\""),
        (r"\underbrace{a}_{b}^c", "<msup><munder><munder accentunder=\"true\">"),
        (r"\left. x \right|", "<mrow><mi>x</mi><mo stretchy=\"true\" fence=\"true\" form=\"postfix\">|</mo></mrow>"),
        (
            r"a &= b \\ c &= d",
            "<mtr><mtd class=\"tex-r\"><mi>a</mi></mtd><mtd class=\"tex-l\"><mo>=</mo><mi>b</mi></mtd></mtr>",
        ),
    ];
    for (text, wanted) in cases {
        let xml = mathml(text);
        assert!(xml.contains(wanted), "{text}: {xml}");
    }
}

#[test]
fn markup_in_the_input_never_gets_out() {
    let attack = "</mtext></math><script>alert('1')</script>\" onload=\"x";
    let inputs = [
        format!("\\text{{{attack}}}"),
        format!("\\text{{$\\text{{{attack}}}$}}"),
        format!("\\operatorname{{{attack}}}"),
        format!("\\operatorname*{{{attack}}}_x"),
        format!("\\href{{javascript:{attack}}}{{x}}"),
        format!(
            "\\color{{{attack}}}{{x}} \\textcolor{{{attack}}}{{x}} \\cssclass{{{attack}}}{{x}} \\style{{{attack}}}{{x}}"
        ),
        format!("\\label{{{attack}}} \\tag{{{attack}}}"),
        format!("\\begin{{{attack}}} x \\end{{{attack}}}"),
        format!("\\begin{{array}}{{{attack}}} x \\end{{array}}"),
        format!("\\hspace{{{attack}}} \\genfrac{{{attack}}}{{{attack}}}{{{attack}}}{{0}}{{a}}{{b}}"),
        format!("\\textcircled{{{attack}}} \\left< {attack} \\right>"),
        format!("\\mathrm{{{attack}}} {attack} }} {attack}"),
        "&lt;script&gt; &amp;lt; \\text{&lt;b&gt;} <!-- ]]> <![CDATA[ \u{0}\u{1}\u{202e}".to_owned(),
    ];
    for text in inputs {
        let xml = mathml(&text);
        assert!(!xml.contains("<script") && !xml.contains("javascript"), "{xml}");
    }
}

#[test]
fn hostile_nesting_is_printed_on_a_small_stack() {
    on_a_small_stack(|| {
        for text in hostile() {
            let xml = mathml(&text);
            assert!(xml.len() < 400 * text.len() + 10_000, "{} of {}", xml.len(), text.len());
            to_mathml_marked(&parse(&text), true, &[(Span::new(3, 40), "wrong".to_owned())]);
        }
    });
}

#[test]
fn a_mark_wraps_the_smallest_run_that_holds_it() {
    let marked = |text: &str, part: &str| {
        let at = text.find(part).unwrap();
        let xml = to_mathml_marked(&parse(text), false, &[(Span::new(at, at + part.len()), "wrong".to_owned())]);
        well_formed(&xml);
        assert_eq!(xml.matches("wrong").count(), 1, "{xml}");
        xml
    };
    assert!(
        marked("a = b + 1", "b + 1")
            .contains("<mrow class=\"wrong\"><mi>b</mi><mo form=\"infix\">+</mo><mn>1</mn></mrow>")
    );
    assert!(marked(r"\frac{a}{b}", "b").contains("<mrow class=\"wrong\"><mi>b</mi></mrow>"));
    assert!(marked(r"\frac{a}{b}", r"\frac").contains("<mrow class=\"wrong\"><mfrac>"));
    assert!(marked("x_i^2", "2").contains("<mrow class=\"wrong\"><mn>2</mn></mrow>"));
    let rows = r"\begin{aligned} a &= b \\ &= c + d \end{aligned}";
    assert!(marked(rows, "&= c + d").contains("<mtr class=\"wrong\">"));
    assert!(marked(rows, "c + d").contains("<mrow class=\"wrong\"><mi>c</mi>"));
    assert!(marked(r"a &= b \\ c &= d", "c &= d").contains("<mtr class=\"wrong\">"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_formulas_are_well_formed(picks in prop::collection::vec(0..PIECES.len(), 0..24), from in 0usize..60, length in 0usize..30) {
        let text: String = picks.iter().filter_map(|&i| PIECES.get(i).copied()).collect();
        mathml(&text);
        well_formed(&to_mathml_marked(&parse(&text), false, &[(Span::new(from, from + length), "wrong".to_owned()), (Span::new(from + 2, from + 5), "wrong".to_owned())]));
    }

    #[test]
    fn any_text_is_well_formed(text in "\\PC{0,60}") {
        mathml(&text);
    }
}
