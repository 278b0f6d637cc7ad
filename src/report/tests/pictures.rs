//! Pictures of the notes on a page.

use crate::report::{Pictures, Run, report};
use crate::source::Source;

fn page(text: &str, svg: &str) -> String {
    let documents = [crate::verdict::DocumentResult {
        source: Source::new("notes/n.md", text),
        statements: vec![],
        findings: vec![],
        expected_findings: vec![],
    }];
    let pictures = Pictures::from([("notes/f/x.svg".to_owned(), svg.to_owned())]);
    let run = Run { pictures: &pictures, ..Run::new(&documents) };
    let artifacts = report(&run).expect("a report");
    artifacts.into_iter().find(|a| a.name == "n.html").expect("a page").content
}

#[test]
fn a_local_picture_is_inlined_with_its_words() {
    let html = page("# T\n\nSee ![the *curve* of $x$ \"q\" <b>](f/x.svg) here.\n", "<svg><title>t</title></svg>");
    let image = html.split_once("<img ").and_then(|(_, rest)| rest.split_once('>')).expect("an image").0;
    assert!(image.starts_with("class=\"picture\" alt=\"the curve of ") && image.contains("&quot;q&quot;"), "{image}");
    assert!(image.ends_with("src=\"data:image/svg+xml;base64,PHN2Zz48dGl0bGU+dDwvdGl0bGU+PC9zdmc+\""), "{image}");
    assert!(html.contains("img-src data:;") && html.contains("here."));
    assert_eq!(html.matches("<img").count(), 1);
}

#[test]
fn other_pictures_are_words_as_before() {
    for text in ["![w](x.svg)", "![w](../f/x.svg)", "![w](https://e.x/f/x.svg)", "![w](f/x.png)"] {
        let html = page(text, "<svg></svg>");
        assert!(!html.contains("<img") && html.contains("<span class=\"image\">"), "{text}");
    }
    let active = page("![w](f/x.svg)", "<svg onload=\"alert(1)\"></svg>");
    assert!(!active.contains("<img") && !active.contains("alert"));
}
