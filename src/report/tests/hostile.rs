//! Notes that try to bring markup into a report: one attack a sink.

use super::common_mark;
use super::page::{attributes, content, made, tags};
use super::sample::{SHAPES, judged};
use crate::claim::{Given, Verdict};
use crate::diag::{Diagnostic, Severity};
use crate::message::Message;
use crate::report::{FORMATS, Run, explain};
use crate::source::{Source, Span};
use crate::verdict::{CheckerOutcome, DocumentResult, Judgement, Shown, Sizes, Step};

const ATTACK: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>]]>--></style>{{x}}{% y %}\u{1b}[31m\u{202e}`|*_[a](javascript:b)";

/// Elements of our pages; whatever else stands in one came from the notes.
const OURS: &[&str] = &[
    "!DOCTYPE",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "p",
    "b",
    "span",
    "div",
    "aside",
    "fieldset",
    "legend",
    "label",
    "input",
    "section",
    "ul",
    "ol",
    "li",
    "nav",
    "main",
    "article",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "pre",
    "figure",
    "footer",
    "script",
    "strong",
    "em",
    "del",
    "ins",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "hr",
    "blockquote",
    "sup",
    "dialog",
    "form",
    "button",
    "kbd",
    "template",
    "svg",
    "g",
    "path",
    "line",
    "rect",
    "circle",
    "text",
    "desc",
    "caption",
];

/// No element, attribute or scheme in a page is the notes' own.
fn assert_harmless(html: &str) {
    for tag in tags(html) {
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
        let math =
            name == "math" || name == "merror" || name == "semantics" || (name.starts_with('m') && name.len() < 14);
        assert!(OURS.contains(&name) || (math && name != "marquee"), "<{tag}>");
        for attribute in attributes(&tag) {
            assert!(!attribute.starts_with("on") && !["style", "src", "srcdoc"].contains(&attribute), "<{tag}>");
        }
        assert!(!tag.to_lowercase().contains("href=\"javascript"), "<{tag}>");
    }
    assert_eq!(html.matches("<script>").count(), 1, "only our script");
    assert!(!html.contains('\u{1b}') && !html.contains('\u{202e}'));
}

fn document(path: &str, text: &str) -> DocumentResult {
    DocumentResult { source: Source::new(path, text), statements: vec![], findings: vec![], expected_findings: vec![] }
}

/// The page, the Markdown and all formats of a document are harmless.
fn check(document: DocumentResult) {
    let documents = [document];
    let run = Run::new(&documents);
    for artifact in made(&documents) {
        if artifact.name.ends_with(".html") {
            assert_harmless(&artifact.content);
        }
    }
    for format in FORMATS {
        let out = (format.render)(&run).unwrap();
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{}", format.name);
    }
}

#[test]
fn raw_html_in_prose_is_dropped() {
    for text in [
        "<script>alert(1)</script>\n",
        "a <script>alert(1)</script> b <img src=x onerror=alert(1)>\n",
        "<div onload=x>\n\n$x$ <iframe src=//e></iframe>\n\n</div>\n",
        "<svg><style><img src=x onerror=alert(1)></style></svg>\n",
        "# <b>head</b> <script>\n",
        "- <a href=\"javascript:x\">y</a>\n",
        "| <script> | <td> |\n|--|--|\n| <img src=x> | $a|b$ |\n",
        "<!-- <script> -->\n\n<!--\nopen <script>\n",
        "<details><summary>$x$</summary>\n$$y$$\n</details>\n",
        "&lt;script&gt; &#60;script&#62;\n",
    ] {
        check(document("n.md", text));
    }
}

#[test]
fn links_and_images_carry_no_foreign_scheme() {
    for text in [
        "[a](javascript:alert(1)) [b](JAVASCRIPT:x \"t\\\" onload=x\") ![i](x.png \"y\") ![i](javascript:z)\n",
        "[a][1]\n\n[1]: javascript:alert(1)\n",
        "<javascript:alert(1)> <data:text/html,x>\n",
        "[a](java&#115;cript:x) [b](\u{1}javascript:x) [c](//evil) [d](https://e.x/?\"><script>)\n",
        "[$x$](javascript:x) ![$y$](z)\n",
    ] {
        check(document("n.md", text));
    }
}

#[test]
fn formulas_bring_no_markup() {
    for formula in [
        r#"\text{</math><script>alert(1)</script>}"#,
        r#"\operatorname{</mi><script>alert(1)</script>}"#,
        r#"\href{javascript:alert(1)}{x}"#,
        r#"\label{"><script>} x \tag{<img src=x onerror=y>}"#,
        r#"\begin{<script>} x \end{<script>}"#,
        r#"\color{red;background:url(x)} x \style{onload=x}{y} \class{a b}{c} \unknown<script>"#,
        r#"\left< x \right> \begin{array}{c"><script>} 1 \end{array}"#,
        r#"x <script>alert(1)</script> = \mathrm{<b>}"#,
        r#"\htmlData{onclick=x}{y} \includegraphics{x} \url{javascript:x}"#,
    ] {
        check(document("n.md", &format!("# ${formula}$\n\n$$\n{formula}\n$$\n\nand ${formula}$.\n")));
    }
}

#[test]
fn tokens_of_ours_in_the_notes_are_only_characters() {
    let html = made(&[document("n.md", "a \u{e000}0\u{e001} b $x$ \u{e000}7\u{e001} \u{e001}\u{e000}\n")]);
    let page = content(&html, "n.html");
    let article = page.split_once("<article>").unwrap().1.split_once("</article>").unwrap().0;
    assert_eq!(article.matches("<math").count(), 1, "{article}");
}

#[test]
fn headings_footnotes_code_and_ids_are_escaped() {
    check(document(
        "n.md",
        "# T {#\"><script> .x onload=y}\n\n# T\n\nx[^\"><script>]\n\n[^\"><script>]: note <script>\n\n```\"><script>\n</code><script>\n```\n\n`<script>`\n",
    ));
}

#[test]
fn file_names_bring_no_markup() {
    check(document(&format!("notes/{ATTACK}.md"), "# x\n\n$a$\n"));
    check(document("../../\"><script>.md", "x\n"));
}

/// A judgement with the attack in every field.
fn full(verdict: Verdict) -> Judgement {
    let text = || ATTACK.to_owned();
    Judgement {
        fails_at: None,
        verdict,
        engine: Some("sample"),
        reason: Some(Message::new("reason-unknown-symbol").with("symbol", ATTACK)),
        sizes: Sizes::Tried(vec![1]),
        conditions: vec![text()],
        counterexample: Some(Shown { at: vec![(text(), text())], left: text(), right: text() }),
        part: None,
        suggestion: Some(text()),
        used: vec![Given { fact: None, text: text(), line: Some(1) }],
        against: None,
        rests_on: vec![],
        evidence: None,
        steps: vec![
            Step { rule: text(), text: text(), latex: text(), ..Step::default() },
            Step { rule: text(), text: text(), ..Step::default() },
        ],
        notes: vec![Message::new("reason-sorts").with("what", ATTACK)],
        checkers: vec![CheckerOutcome {
            name: text(),
            verdict,
            instances: 1,
            sizes: vec![1],
            worst: f64::NAN,
            seed: 0,
            apart: 1,
            disagreement: Some(Message::new("reason-sorts").with("what", ATTACK)),
        }],
    }
}

/// Statements, findings and messages that carry the attack wherever a string can stand.
pub(super) fn everywhere() -> DocumentResult {
    let mut d = document("n.md", "Let $x = y$ and\n\n$$\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned}\n$$\n");
    for (id, part, verdict) in
        [("", "x = y", Verdict::Refuted), ("2", "a &= b", Verdict::Refuted), ("3", "&= c", Verdict::None)]
    {
        let mut j = judged(&d.source, &format!("{ATTACK}{id}"), part, full(verdict));
        j.statement.read = ATTACK.to_owned();
        j.statement.latex = ATTACK.to_owned();
        d.statements.push(j);
    }
    let message = Message::new("reason-sorts").with("what", ATTACK);
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        let mut finding = Diagnostic::new(&SHAPES, severity, Span::new(5, 6), message.clone());
        finding.notes = vec![message.clone()];
        finding.help = Some(message.clone());
        finding.statement = Some(format!("{ATTACK}2"));
        d.findings.push(finding);
    }
    d
}

#[test]
fn ids_messages_and_values_bring_no_markup() {
    check(everywhere());
    let documents = [everywhere()];
    let shown = explain(&Run::new(&documents), &format!("{ATTACK}2")).unwrap();
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
    assert!(shown.lines().count() > 10);
}

#[test]
fn what_we_add_to_markdown_is_plain_text() {
    let documents = [everywhere()];
    for artifact in made(&documents).iter().filter(|a| a.name.ends_with(".md")) {
        let html = common_mark(&artifact.content);
        for bad in ["<script", "<img", "href=\"javascript", "<em>"] {
            assert!(!html.contains(bad), "{bad} in {}:\n{html}", artifact.name);
        }
    }
    let check = (crate::report::format("markdown").unwrap().render)(&Run::new(&documents)).unwrap();
    let html = common_mark(&check);
    assert!(!html.contains("<script") && !html.contains("href="), "{html}");
}

#[test]
fn a_workflow_command_cannot_be_ended() {
    let mut d = everywhere();
    d.findings[1].message = Message::new("reason-sorts").with("what", "x\n::error::y\r\n::set-output name=a::b");
    let documents = [d];
    let out = (crate::report::format("github").unwrap().render)(&Run::new(&documents)).unwrap();
    for line in out.lines() {
        let ours = ["::error file=n.md,", "::warning file=n.md,", "::notice file=n.md,", "1 document"];
        assert!(ours.iter().any(|o| line.starts_with(o)), "{line}");
    }
}

#[test]
fn pictures_and_exercises_bring_no_markup() {
    let tick = serde_json::json!({ "at": ATTACK, "label": ATTACK });
    let plot = serde_json::json!({
        "anchor": "claim-x", "words": { "data": "Data" },
        "plot": {
            "title": ATTACK, "description": ATTACK, "width": 1, "height": 1, "along": ATTACK,
            "frame": { "left": 0, "right": 1, "top": 0, "bottom": 1 }, "ticks_x": [tick], "ticks_y": [tick],
            "paths": [{ "name": ATTACK, "d": ATTACK, "style": 0 }], "dots": [{ "x": ATTACK, "y": ATTACK, "style": 0 }],
            "bars": [{ "x": ATTACK, "y": ATTACK, "width": ATTACK, "height": ATTACK }],
            "heads": [ATTACK], "rows": [[ATTACK]],
        },
    });
    let html = crate::report::templates::render("plot.html", &plot).unwrap();
    assert_harmless(&format!("{html}<script></script>"));
    let documents = [everywhere()];
    let run = Run { student: true, ..Run::new(&documents) };
    for artifact in crate::report::report(&run).unwrap().iter().filter(|a| a.name.ends_with(".html")) {
        assert_harmless(&artifact.content);
    }
}

#[test]
fn a_previous_run_brings_no_markup() {
    let documents = [everywhere()];
    let id = format!("{ATTACK}2");
    let old = serde_json::json!({
        "schema": "rederive/1", "documents": [{ "path": "n.md", "statements": [{ "id": id, "verdict": "proved" }] }],
    });
    let previous = crate::report::Previous::read(&old.to_string()).unwrap();
    let run = Run { previous: Some(&previous), ..Run::new(&documents) };
    let made = crate::report::report(&run).unwrap();
    for artifact in made.iter().filter(|a| a.name.ends_with(".html")) {
        assert_harmless(&artifact.content);
    }
    let told = made.iter().filter(|a| a.content.contains("newly false")).count();
    assert_eq!(told, 3, "the page and both indices");
}
