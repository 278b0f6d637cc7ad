use super::sample::{judged, sample};
use crate::claim::Verdict;
use crate::report::{Run, explain, format};
use crate::source::Source;
use crate::verdict::{DocumentResult, Judgement, Shown};

fn full(documents: &[DocumentResult]) -> String {
    (format("full").unwrap().render)(&Run::new(documents)).unwrap()
}

fn korean() -> DocumentResult {
    let source = Source::new("notes/확률.md", "# 제목\n\n정답 클래스에 대한 확률은 $p_1 + 1 = 2$ 이다.\n");
    let judgement = Judgement {
        counterexample: Some(Shown { at: vec![("p_1".into(), "1/2".into())], left: "3/2".into(), right: "2".into() }),
        ..Judgement::new(Verdict::Refuted)
    };
    let statements = vec![judged(&source, "확률.1", "p_1 + 1 = 2", judgement)];
    DocumentResult { source, statements, findings: vec![], expected_findings: vec![] }
}

#[test]
fn the_underline_stands_exactly_under_a_formula_after_korean_words() {
    let shown = full(&[korean()]);
    let lines: Vec<&str> = shown.lines().collect();
    let source = lines.iter().find(|l| l.starts_with("3 |")).unwrap();
    let under = lines.iter().find(|l| l.contains('^')).unwrap();
    // A Hangul syllable takes two columns of a terminal.
    let columns = |s: &str| s.chars().map(|c| if ('가'..='힣').contains(&c) { 2 } else { 1 }).sum::<usize>();
    let start = columns(&source[..source.find("p_1").unwrap()]);
    assert_eq!(columns(&under[..under.find('^').unwrap()]), start, "{shown}");
    assert_eq!(under.matches('^').count(), "p_1 + 1 = 2".len(), "{shown}");
    assert!(shown.contains("--> notes/확률.md:3:17"), "{shown}");
}

#[test]
fn a_refutation_reads_like_this() {
    let expected = "\
error[refuted]: this does not hold
 --> notes/확률.md:3:17
  |
3 | 정답 클래스에 대한 확률은 $p_1 + 1 = 2$ 이다.
  |                            ^^^^^^^^^^^
  |
  = read as: 확률.1 as read
  = at p_1 = 1/2: left 3/2, right 2
  = `rederive explain 확률.1 notes/확률.md` shows the evidence

1 document · 1 statement: 0 proved, 0 conditional, 0 confirmed, 1 refuted, 0 undecided, 0 unread, 0 nothing to check · 0 ms
";
    let shown: String = full(&[korean()]).lines().map(|l| format!("{}\n", l.trim_end())).collect();
    assert_eq!(shown, expected);
}

#[test]
fn a_wrong_line_shows_only_its_wrong_part_and_the_repair() {
    let shown = full(&[sample()]);
    assert!(shown.contains("this line does not follow; the lines around it agree (step 2 of 3)"), "{shown}");
    let lines: Vec<&str> = shown.lines().collect();
    let source = lines.iter().position(|l| l.starts_with("16 | &= ")).unwrap();
    let wrong = "e^{s_1}} \\\\";
    assert_eq!(lines[source + 1].find('^'), lines[source].find(wrong), "{shown}");
    assert_eq!(lines[source + 1].matches('^').count(), "e^{s_1}".len(), "{shown}");
    assert!(shown.contains("16 + &= -") && shown.contains(r"\cdot\frac{1}{p_1} \\"), "{shown}");
    assert!(shown.contains("= given: y one-hot   (line 3)"), "{shown}");
}

#[test]
fn an_expected_refutation_is_no_alarm_and_the_quiet_verdicts_stay_quiet() {
    let documents = [sample()];
    let shown = full(&documents);
    assert!(
        !shown.contains("frac{2}{a+b}") && !shown.contains("undecided:") && shown.contains("(1 as expected)"),
        "{shown}"
    );
    let verbose = Run { verbose: true, ..Run::new(&documents) };
    let shown = (format("concise").unwrap().render)(&verbose).unwrap();
    assert!(shown.contains("undecided: softplus as read – no engine"), "{shown}");
    assert!(shown.contains(": refuted: "), "{shown}");
    assert_eq!(shown.lines().count(), 3 + 2 + 1, "{shown}");
}

#[test]
fn an_unmet_expectation_is_an_error() {
    let mut document = sample();
    document.statements.retain(|j| j.statement.id == "slip");
    document.findings.clear();
    assert!(Run::new(std::slice::from_ref(&document)).is_clean());
    document.statements[0].judgement.verdict = Verdict::Proved;
    assert!(!Run::new(std::slice::from_ref(&document)).is_clean());
    assert!(full(&[document]).contains("error[unmet-expectation]: the notes expect refuted here, but this is proved"));
}

#[test]
fn a_missing_finding_is_an_error_and_an_expected_one_is_none() {
    let mut document = sample();
    document.statements.clear();
    document.findings[0].severity = crate::diag::Severity::Error;
    let clean = |d: &DocumentResult| Run::new(std::slice::from_ref(d)).is_clean();
    assert!(!clean(&document));
    let formula = document.findings[0].span;
    document.expected_findings.push(("shape-mismatch".into(), formula));
    assert!(clean(&document));
    document.expected_findings.push(("unused-index".into(), formula));
    assert!(!clean(&document));
}

#[test]
fn explaining_the_id_of_a_display_shows_all_its_relations() {
    let documents = [sample()];
    let run = Run::new(&documents);
    let all = explain(&run, "softmax.chain").unwrap();
    assert_eq!(all.matches("softmax.chain.").count(), 3 * 3, "{all}");
    assert!(explain(&run, "notes/softmax.md::softmax.gradient").unwrap().contains("[sum.one-hot]"));
    assert!(explain(&run, "softmax.chai").is_none());
}

#[test]
fn colour_only_where_it_is_wanted() {
    let documents = [sample()];
    assert!(!full(&documents).contains('\u{1b}'));
    let coloured = Run { colour: true, ..Run::new(&documents) };
    assert!((format("full").unwrap().render)(&coloured).unwrap().contains('\u{1b}'));
}
