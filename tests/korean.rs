//! Each lecture in Korean (`notes/ko`) says what its English twin says: the same formulas, and for each id the same
//! verdict. The reports in Korean hold no English sentence.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rederive::message::Lang;
use rederive::read::read;
use rederive::report::{Run, report};
use rederive::source::Source;
use rederive::verdict::{DocumentResult, Memory};
use rederive::{Options, check_all, check_edition};

fn notes(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&root).unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("readable").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md"));
    paths.sort();
    let source = |p: &PathBuf| {
        let name = p.file_name().unwrap_or_default().to_string_lossy();
        Source::new(format!("{folder}/{name}"), std::fs::read_to_string(p).expect("UTF-8"))
    };
    paths.iter().map(source).collect()
}

/// The formulas of notes: displays in their order, those in sentences in any order, for the order of words differs.
fn formulas(source: &Source) -> (Vec<String>, Vec<String>) {
    let notes = read(source.clone());
    let written = |display: bool| {
        let all = notes.formulas().filter(move |(_, f)| f.display == display);
        all.map(|(_, f)| f.extract.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let mut inline = written(false);
    inline.sort();
    (written(true), inline)
}

/// The verdicts by id, of the ids that annotations give.
fn verdicts(result: &DocumentResult) -> BTreeMap<String, &'static str> {
    let given: Vec<&str> = result.source.text.split("rederive next: id ").skip(1).collect();
    let given: Vec<&str> = given.iter().filter_map(|t| t.split([';', ' ']).next()).collect();
    let statements = result
        .statements
        .iter()
        .filter(|j| given.iter().any(|id| j.statement.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'))));
    statements.map(|j| (j.statement.id.clone(), j.judgement.verdict.word())).collect()
}

/// Two words of English beside each other, names and the words of formulas apart.
fn english(text: &str) -> Option<String> {
    let word = |w: &str| w.len() >= 3 && w.bytes().all(|b| b.is_ascii_lowercase()) && !matches!(w, "log" | "exp");
    let words: Vec<&str> = text.split_whitespace().map(|w| w.trim_end_matches([',', '.', ';', ':'])).collect();
    words.windows(2).find(|w| w.iter().all(|w| word(w))).map(|w| w.join(" "))
}

/// The text of a page without its markup, formulas and code.
fn prose(page: &str) -> String {
    let mut text = page.to_owned();
    for tag in ["style", "script", "math", "code", "pre", "del", "ins"] {
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        while let Some(start) = text.find(&open) {
            let Some(end) = text[start..].find(&close) else { break };
            text.replace_range(start..start + end + close.len(), " ");
        }
    }
    let parts = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    parts.collect::<Vec<_>>().join("\n")
}

#[test]
fn english_is_seen() {
    assert_eq!(english(&prose("<p>아니</p><code>the value</code><p>the other<b>word")).as_deref(), Some("the other"));
    assert_eq!(english("log exp(x), num-dual, statrs의 함수로"), None);
}

#[test]
fn korean_lectures_say_the_same() {
    let (here, there) = (notes("notes"), notes("notes/ko"));
    let names = |all: &[Source]| all.iter().map(|s| s.path.rsplit('/').next().map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(names(&here), names(&there));
    for (a, b) in here.iter().zip(&there) {
        assert_eq!(formulas(a), formulas(b), "{}", b.path);
    }
    let options = Options { repairs: false, derivations: true, lang: Lang::Ko, ..Options::default() };
    let memory = Memory::default();
    let english_notes = check_edition(here, &options, None, (None, Some(&memory)), &|| ());
    let korean = check_edition(there.clone(), &options, None, (None, Some(&memory)), &|| ());
    let (recalled, anew) = memory.counts();
    assert!(recalled > 40 && anew > 40, "{recalled} derivations recalled, {anew} judged anew");
    // One of them without the memory: it says the same.
    let alone = check_all(there.get(1..2).map(<[Source]>::to_vec).unwrap_or_default(), &options, None, None, &|| ());
    assert_eq!(alone.first().map(verdicts), korean.get(1).map(verdicts));
    let mut ids = 0;
    for (a, b) in english_notes.iter().zip(&korean) {
        assert_eq!(verdicts(a), verdicts(b), "{}", b.source.path);
        let codes = |d: &DocumentResult| d.findings.iter().map(|f| f.code.name).collect::<Vec<_>>();
        assert_eq!(codes(a), codes(b), "{}", b.source.path);
        ids += verdicts(b).len();
    }
    assert!(ids > 80, "{ids}");
    speak_korean(&korean);
}

fn speak_korean(documents: &[DocumentResult]) {
    let mut pages = 0;
    for student in [false, true] {
        let run = Run { lang: Lang::Ko, student, ..Run::new(documents) };
        for artifact in report(&run).expect("a report").iter().filter(|a| a.name.ends_with(".html")) {
            assert!(artifact.content.contains("<html lang=\"ko\">"), "{}", artifact.name);
            // Titles of the literature stay as they are.
            let cited = |line: &&str| ["et al.", "(19", "(20", "ACM", "J."].iter().any(|mark| line.contains(mark));
            for line in prose(&artifact.content).lines().filter(|line| !cited(line)) {
                assert_eq!(english(line), None, "{}: {line}", artifact.name);
            }
            pages += 1;
        }
    }
    assert_eq!(pages, 2 * (documents.len() + 2));
}
