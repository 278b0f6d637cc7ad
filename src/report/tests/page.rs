use super::common_mark;
use super::sample::{judged, sample};
use crate::claim::Verdict;
use crate::report::digest::source_expression;
use crate::report::{Artifact, Run, report};
use crate::source::Source;
use crate::verdict::{DocumentResult, Judgement};

/// The artifacts of one document: page, notes, indices.
pub fn made(documents: &[DocumentResult]) -> Vec<Artifact> {
    report(&Run::new(documents)).unwrap()
}

pub fn content<'a>(artifacts: &'a [Artifact], name: &str) -> &'a str {
    &artifacts.iter().find(|a| a.name == name).unwrap_or_else(|| panic!("no {name}")).content
}

/// The tags of a page, checked to nest; scripts and styles are skipped.
pub fn tags(html: &str) -> Vec<String> {
    const VOID: [&str; 6] = ["meta", "input", "br", "hr", "img", "link"];
    let (mut open, mut all): (Vec<&str>, Vec<String>) = (vec![], vec![]);
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, tail) = after.split_once('>').expect("every tag is closed");
        rest = tail;
        let name = tag.split([' ', '\n']).next().unwrap();
        all.push(tag.to_owned());
        if name.starts_with('!') || VOID.contains(&name) || tag.ends_with('/') {
            continue;
        }
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "…<{tag}>{}", &tail[..tail.floor_char_boundary(80)]),
            None => open.push(name),
        }
        if matches!(name, "script" | "style") {
            rest = &rest[rest.find("</").expect("closed")..];
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    all
}

/// The names of a tag's attributes; every value is in double quotes.
pub fn attributes(tag: &str) -> Vec<&str> {
    tag.split('"')
        .step_by(2)
        .flat_map(|outside| outside.split([' ', '\n']).skip(1))
        .map(|a| a.trim_end_matches('='))
        .collect()
}

#[test]
fn pages_are_well_formed_and_no_flow_content_stands_in_a_paragraph() {
    let artifacts = made(&[sample()]);
    for artifact in artifacts.iter().filter(|a| a.name.ends_with(".html")) {
        let mut in_paragraph = false;
        for tag in tags(&artifact.content) {
            match tag.split(' ').next().unwrap() {
                "p" => in_paragraph = true,
                "/p" => in_paragraph = false,
                "div" | "figure" | "details" | "ul" | "ol" | "table" | "h1" => {
                    assert!(!in_paragraph, "<{tag}> in a paragraph of {}", artifact.name);
                }
                _ => {}
            }
        }
        assert!(!artifact.content.contains("<p></p>"), "{}", artifact.name);
    }
}

#[test]
fn equal_documents_give_equal_bytes() {
    assert_eq!(made(&[sample()]), made(&[sample()]));
}

#[test]
fn every_statement_has_one_anchor_and_every_link_on_the_page_leads_somewhere() {
    let artifacts = made(&[sample()]);
    let tags = tags(content(&artifacts, "softmax.html"));
    let values = |name: &str| -> Vec<String> {
        let start = format!(" {name}=\"");
        tags.iter().filter_map(|t| Some(t.split_once(&start)?.1.split('"').next()?.to_owned())).collect()
    };
    let ids = values("id");
    let different: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "ids are unique");
    for judged in sample().statements {
        assert!(ids.contains(&format!("claim-{}", judged.statement.id)), "{}", judged.statement.id);
    }
    for link in values("href").iter().filter_map(|h| h.strip_prefix('#')) {
        assert!(ids.iter().any(|i| i == link), "#{link}");
    }
}

#[test]
fn nothing_is_loaded_and_the_policy_names_our_script_and_style() {
    for artifact in made(&[sample()]).iter().filter(|a| a.name.ends_with(".html")) {
        let html = &artifact.content;
        let between = |from: &str, to: &str| html.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
        let policy = between("http-equiv=\"Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(policy.contains(&format!("style-src {};", source_expression(&between("<style>", "</style>")))));
        assert!(policy.contains(&format!("script-src {};", source_expression(&between("<script>", "</script>")))));
        for tag in tags(html) {
            let loads = |a: &str| a.starts_with("on") || ["style", "src", "srcset"].contains(&a);
            assert!(!attributes(&tag).into_iter().any(loads), "<{tag}>");
        }
    }
}

#[test]
fn a_row_of_a_derivation_has_its_mark_beside_it() {
    let artifacts = made(&[sample()]);
    let html = content(&artifacts, "softmax.html");
    let row = html.split("<mtr").skip(1).find(|r| r.contains("v-refuted")).unwrap();
    assert!(row.contains("data-card=\"claim-softmax.chain.2\"") && row.contains('✗'), "{row}");
}

#[test]
fn directives_vanish_from_the_page_and_stay_in_the_markdown() {
    let artifacts = made(&[sample()]);
    assert!(!content(&artifacts, "softmax.html").split("id=\"source\"").next().unwrap().contains("rederive next"));
    assert!(content(&artifacts, "softmax.md").contains("<!-- rederive next: id softmax.chain -->"));
}

#[test]
fn without_its_badges_and_footnotes_the_markdown_is_the_notes() {
    let document = sample();
    let artifacts = made(std::slice::from_ref(&document));
    let markdown = content(&artifacts, "softmax.md");
    for line in document.source.text.lines() {
        let formula_free = line.split('$').next().unwrap();
        assert!(markdown.contains(formula_free), "{line}");
    }
    let html = common_mark(markdown);
    for judged in document.statements.iter().filter(|j| j.judgement.verdict != Verdict::None) {
        let label = format!("re-{}", judged.statement.id);
        assert_eq!(markdown.matches(&format!("[^{label}]")).count(), 2, "a badge and a footnote: {label}");
        assert!(html.contains(&format!("id=\"{label}\"")), "{label}");
    }
}

#[test]
fn front_matter_stays_first_and_open_fences_do_not_swallow_the_footnotes() {
    let text = "---\ntitle: x\n---\n\nThen $a = b$.\n\n> $$\n> c = d\n> $$\n\n```python\nleft open";
    let source = Source::new("n.md", text);
    let statements = vec![
        judged(&source, "one", "a = b", Judgement::new(Verdict::Proved)),
        judged(&source, "two", "c = d", Judgement::new(Verdict::Undecided)),
    ];
    let artifacts = made(&[DocumentResult { source, statements, findings: vec![], expected_findings: vec![] }]);
    let markdown = content(&artifacts, "n.md");
    assert!(markdown.starts_with("---\ntitle: x\n---\n> **Checked"), "{markdown}");
    assert!(markdown.contains("> $$\n>\n> ?[^re-two]\n"), "{markdown}");
    let html = common_mark(markdown);
    assert!(html.contains("id=\"re-one\"") && html.contains("id=\"re-two\""), "{html}");
    let article = content(&artifacts, "n.html").split("id=\"source\"").next().unwrap();
    assert!(!article.contains("title: x"), "words about the notes are no heading of theirs");
}

#[test]
fn pages_in_folders_find_the_index_and_one_another() {
    let one = Source::new("notes/x/one.md", "# One\n\nSee [two](../two.md#part) and [bad](javascript:x).\n");
    let two = Source::new("notes/two.md", "# Two\n");
    let empty = |source| DocumentResult { source, statements: vec![], findings: vec![], expected_findings: vec![] };
    let artifacts = made(&[empty(one), empty(two)]);
    let html = content(&artifacts, "x/one.html");
    assert!(html.contains("href=\"../two.html#n-part\"") && html.contains("href=\"../index.html\""), "{html}");
    assert!(!html.split("id=\"source\"").next().unwrap().contains("javascript"));
    assert!(content(&artifacts, "index.html").contains("href=\"x/one.html\""));
}

#[test]
fn short_lines_are_titles_only_in_notes_that_mark_none() {
    let page = |text: &str| {
        let result = crate::check(Source::new("a.md", text), &crate::Options::default());
        content(&made(&[result]), "a.html").to_owned()
    };
    let lead = "Take the distribution\n\n$$\nr = (1, 0)\n$$\n";
    assert!(page(lead).contains("<p class=\"title\">"));
    assert!(!page(&format!("# Labels\n\n{lead}")).contains("<p class=\"title\">"));
}
