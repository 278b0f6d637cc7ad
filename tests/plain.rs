//! Notes without annotations, as they are found: the verdicts of the display above stand in comments that say nothing to
//! the checker, a word for each relation.

use std::path::Path;

use rederive::source::Source;
use rederive::{Options, check};

/// The words of the comments of a text, with their lines from 1.
fn wanted(text: &str) -> Vec<(usize, Vec<&str>)> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(i, line)| {
            let words = line.strip_prefix("<!--")?.strip_suffix("-->")?;
            Some((i + 1, words.split_whitespace().collect()))
        })
        .collect()
}

#[test]
fn displays_without_annotations_have_their_verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plain");
    let mut failed = vec![];
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let result = check(Source::new(name.clone(), text.clone()), &Options::default());
        for (line, words) in wanted(&text) {
            let above = result.statements.iter().filter(|j| result.source.row(j.statement.span.start) < line);
            let block = above.clone().map(|j| j.statement.block).max();
            let told: Vec<&str> =
                above.filter(|j| Some(j.statement.block) == block).map(|j| j.judgement.verdict.word()).collect();
            count += told.len();
            if told != words {
                failed.push(format!("{name}, line {line}: {told:?}, not {words:?}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(count > 20, "only {count} relations found");
}

#[test]
fn what_a_sentence_defines_behind_an_equation_counts_for_it() {
    let first = |text: &str| {
        let result = check(Source::new("note.md".to_owned(), text.to_owned()), &Options::default());
        result.statements.first().map(|j| j.judgement.verdict.word())
    };
    let behind = "where $\\sigma(x) = 1/(1+e^{-x})$.";
    let derivative = |sign: &str| first(&format!("We have $\\sigma'(x) = \\sigma(x)(1 {sign} \\sigma(x))$ {behind}"));
    assert_eq!(derivative("-"), Some("proved"));
    assert_ne!(derivative("+"), Some("proved"));
    let list = |value: &str| first(&format!("So $u^2 + v^2 = {value}$ with $u = \\cos t$, $v = \\sin t$."));
    assert_eq!(list("1"), Some("proved"));
    assert_ne!(list("2"), Some("proved"));
}

#[test]
fn neither_of_two_alternatives_is_given() {
    let last = |text: &str| {
        let result = check(Source::new("note.md".to_owned(), text.to_owned()), &Options::default());
        result.statements.last().map(|j| j.judgement.verdict.word())
    };
    for open in ["Either $a = 0$ or $b = 0$. Hence $a + b = 0$.", "So $c = 1$ or $c = 3$. Thus $c^2 = 9$."] {
        assert!(!matches!(last(open), Some("proved" | "conditional" | "confirmed")), "{open}");
    }
    assert_eq!(last("Let $a = 0$ and $b = 0$. Hence $a + b = 0$."), Some("proved"));
}
