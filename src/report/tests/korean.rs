use std::collections::BTreeSet;

use super::sample;
use crate::message::{Lang, row};
use crate::report::inventory::{SECTIONS, section};
use crate::report::{FORMATS, Run, codes, explain_code};

/// Two words of English beside each other, the words of formulas apart.
fn english(text: &str) -> Option<String> {
    let word = |w: &str| {
        w.len() >= 3
            && w.bytes().all(|b| b.is_ascii_lowercase())
            && !matches!(w, "log" | "exp" | "max" | "min" | "sin" | "cos")
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).find(|w| w.iter().all(|w| word(w.trim_end_matches([',', '.', ';', ':'])))).map(|w| w.join(" "))
}

#[test]
fn english_is_seen() {
    assert_eq!(english("그 값은 the value is 3").as_deref(), Some("the value"));
    assert_eq!(english("log exp(x), num-dual, statrs의 함수로"), None);
}

#[test]
fn rows_of_all_tables_are_korean() {
    let mut seen = BTreeSet::new();
    for name in SECTIONS {
        let table = section(name, None, Lang::Ko).unwrap();
        assert_eq!(english(&format!("{} {}", table.title, table.about)), None, "{name}");
        for item in table.items {
            let about = if *name == "codes" { format!("{}\n{}", item.about, item.reference) } else { item.about };
            assert_eq!(english(&about), None, "{name}: {}: {about}", item.name);
            assert_eq!(english(&item.status), None, "{name}: {}", item.name);
            seen.insert((*name, item.name));
        }
    }
    assert!(seen.len() > 300, "{}", seen.len());
    for kind in crate::edit::KINDS {
        assert_eq!(english(&row(Lang::Ko, &format!("edit-{}", kind.name), kind.about)), None, "{}", kind.name);
    }
    for code in codes() {
        let text = explain_code(code.name, Lang::Ko).unwrap();
        assert_eq!(english(text.split("\n    ").next().unwrap()), None, "{text}");
    }
}

#[test]
fn the_terminal_speaks_korean() {
    let documents = [sample()];
    let run = Run { lang: Lang::Ko, verbose: true, ..Run::new(&documents) };
    for format in FORMATS.iter().filter(|f| matches!(f.name, "full" | "concise")) {
        let text = (format.render)(&run).unwrap();
        for label in ["반증됨", "오류[refuted]", "읽은 뜻:"].iter().filter(|_| format.name == "full") {
            assert!(text.contains(label), "{label}: {text}");
        }
        assert!(text.lines().last().unwrap().starts_with("문서 "), "{text}");
    }
}
