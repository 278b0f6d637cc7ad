use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[test]
fn catalogues_parse_without_errors() {
    for (_, tag, texts, rows) in CATALOGUES {
        for text in [texts, rows] {
            let parsed = FluentResource::try_new((*text).to_owned());
            assert!(parsed.is_ok(), "{tag}: {:?}", parsed.err().map(|e| e.1));
        }
    }
}

/// The keys of a catalogue in its order, each with the arguments that its text has.
fn keys(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut out: Vec<(String, BTreeSet<String>)> = vec![];
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            out.push((key.to_owned(), BTreeSet::new()));
        }
        let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if let Some((_, arguments)) = out.last_mut() {
            arguments.extend(line.split('$').skip(1).map(word));
        }
    }
    out
}

#[test]
fn every_language_has_every_key_once_with_the_same_arguments() {
    let english = keys(include_str!("en.ftl"));
    let by_key: BTreeMap<_, _> = english.iter().cloned().collect();
    assert_eq!(by_key.len(), english.len(), "a key of en.ftl stands twice");
    assert!(by_key.len() > 300);
    for (_, tag, texts, _) in CATALOGUES {
        let theirs = keys(texts);
        let order = |list: &[(String, _)]| list.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
        assert_eq!(order(&theirs), order(&english), "{tag}.ftl has other keys than en.ftl, or another order");
        for (key, arguments) in theirs {
            assert_eq!(arguments, by_key[&key], "{tag}: {key}");
        }
    }
}

/// Letters of Hangul, or no words at all: what is not translated is a formula or a name.
#[test]
fn korean_texts_are_korean() {
    let names = ["LaTeX", "Rederive", "JSON"];
    for (_, tag, texts, rows) in CATALOGUES.iter().filter(|(_, tag, ..)| *tag == "ko") {
        for line in texts.lines().chain(rows.lines()).filter(|l| !l.starts_with('#')) {
            let Some((key, text)) = line.split_once(" = ") else { continue };
            let hangul = text.chars().any(|c| ('가'..='힣').contains(&c));
            let bare = key.starts_with("help-") || text.contains("{ $") || names.contains(&text);
            assert!(hangul || bare || !text.chars().any(char::is_alphabetic) || key.ends_with("sign"), "{tag}: {line}");
        }
    }
}

/// A particle whose form depends on the sound before it (은/는, 이/가, 을/를, 와/과) never follows an argument.
#[test]
fn no_korean_particle_depends_on_an_argument() {
    for line in include_str!("ko.ftl").lines().filter(|l| !l.starts_with('#')) {
        for rest in line.split(" }").skip(1) {
            let word: String =
                rest.trim_start_matches(['”', '`', ')']).chars().take_while(|c| !c.is_whitespace()).collect();
            let bad = ["은", "는", "이", "가", "을", "를", "와", "과", "로", "으로", "이면", "면"];
            assert!(!bad.contains(&word.trim_end_matches(['.', ','])), "{line}");
        }
    }
}

#[test]
fn arguments_are_inserted_as_they_are() {
    let m = Message::new("reason-unknown-symbol").with("symbol", "Φ");
    assert!(m.text(Lang::En).contains('Φ') && m.text(Lang::Ko).contains('Φ'));
}

#[test]
fn a_row_without_a_text_is_as_in_english() {
    assert_eq!(row(Lang::Ko, "rule-log.one", "log 1 = 0"), "log 1 = 0");
    assert_eq!(row(Lang::En, "rule-sum.delta", "a, b"), "a, b");
    assert!(row(Lang::Ko, "rule-sum.delta", "").contains("범위"));
}
