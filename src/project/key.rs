//! The keys of `rederive.toml`, a row each: from the rows come the check of a file, its schema, and the file that
//! `rederive init` writes.

use serde_json::{Value, json};

use crate::claim::Verdict;
use crate::diag::Severity;
use crate::message::{Lang, Message, row};
use crate::report::codes;

/// The name of the file.
pub const CONFIG_FILE: &str = "rederive.toml";

/// What a key may hold.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Number,
    /// A number from 0 to 100.
    Percent,
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// A list of these words.
    Words(fn() -> Vec<&'static str>),
    /// A list of macro files, or a table of macros with a list `files`.
    Macros,
}

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// A value, as TOML, for the file that `rederive init` writes.
    pub example: &'static str,
    /// Whether what outer files say holds beside it; else the file that is nearest to the notes decides.
    pub adds: bool,
}

/// The keys, in the order of the written file.
pub const KEYS: &[Key] = &[
    Key {
        name: "paths",
        about: "What is checked where the command line names no path: files, folders and globs, seen from this file.",
        kind: Kind::Texts,
        example: r#"["notes"]"#,
        adds: false,
    },
    Key {
        name: "include",
        about: "Only these files of folders, whatever their extension (globs as in .gitignore, seen from this file).",
        kind: Kind::Texts,
        example: r#"["*.md"]"#,
        adds: false,
    },
    Key {
        name: "exclude",
        about: "Not these files and folders, unless they are named themselves (globs as in .gitignore).",
        kind: Kind::Texts,
        example: r#"["drafts/"]"#,
        adds: true,
    },
    Key {
        name: "macros",
        about: "TeX definitions that hold in all notes: files, or a table [macros] with '\\R' = '\\mathbb{R}' and files.",
        kind: Kind::Macros,
        example: r#"["macros.tex"]"#,
        adds: true,
    },
    Key {
        name: "allow",
        about: "Codes of findings that are off (`rederive list codes`).",
        kind: Kind::Words(code_names),
        example: r#"["missing-differential"]"#,
        adds: true,
    },
    Key {
        name: "fail-on",
        about: "What makes the exit status 1: verdicts and severities of findings.",
        kind: Kind::Words(failures),
        example: r#"["refuted", "error"]"#,
        adds: false,
    },
    Key {
        name: "min-coverage",
        about: "The exit status is 1 if fewer of the claims are settled, in percent.",
        kind: Kind::Percent,
        example: "0",
        adds: false,
    },
    Key {
        name: "baseline",
        about: "The file of accepted findings (`rederive check --write-baseline FILE` writes it).",
        kind: Kind::Text,
        example: r#""rederive-baseline.toml""#,
        adds: false,
    },
    Key { name: "seed", about: "The seed of all sampling.", kind: Kind::Number, example: "0", adds: false },
    Key {
        name: "lang",
        about: "The language of all messages.",
        kind: Kind::Word(languages),
        example: r#""en""#,
        adds: false,
    },
    Key {
        name: "translations",
        about: "Folders beside this file, each with the same notes in the language that it is named for: they are no notes of this folder, and a report on it writes them beside its own.",
        kind: Kind::Words(languages),
        example: r#"["ko"]"#,
        adds: false,
    },
    Key {
        name: "cache",
        about: "Whether judgements of unchanged files are kept between runs.",
        kind: Kind::Flag,
        example: "true",
        adds: false,
    },
];

fn code_names() -> Vec<&'static str> {
    codes().into_iter().map(|c| c.name).collect()
}

fn languages() -> Vec<&'static str> {
    Lang::all().map(Lang::tag).collect()
}

/// The words of `fail-on`: all verdicts but the good one and the empty one, and all severities.
pub fn failures() -> Vec<&'static str> {
    let verdicts = Verdict::ALL.into_iter().filter(|v| !matches!(v, Verdict::Proved | Verdict::None));
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    verdicts.map(Verdict::word).chain(severities.map(Severity::word)).collect()
}

/// The key of that name.
pub fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|k| k.name == name)
}

/// The name that is nearest to a misspelt one, if one is near.
pub fn nearest<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |n: &&str| distance(name, n);
    among.into_iter().min_by_key(far).filter(|n| distance(name, n) <= name.chars().count().div_ceil(2).min(4))
}

/// The number of characters to insert, remove or replace (Levenshtein's distance).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = i;
        let mut next = vec![i + 1];
        for ((y, up), left) in b.iter().zip(row.iter().skip(1)).zip(0..) {
            let best = (before + usize::from(x != *y)).min(up + 1).min(next.get(left).map_or(usize::MAX, |n| n + 1));
            next.push(best);
            before = *up;
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// The JSON schema of the file.
pub fn schema() -> String {
    let properties: serde_json::Map<String, Value> = KEYS
        .iter()
        .map(|key| {
            let mut shape = shape(key.kind);
            if let Some(object) = shape.as_object_mut() {
                object.insert("description".to_owned(), key.about.into());
            }
            (key.name.to_owned(), shape)
        })
        .collect();
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": CONFIG_FILE,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    format!("{schema:#}\n")
}

fn shape(kind: Kind) -> Value {
    let texts = || json!({"type": "array", "items": {"type": "string"}});
    match kind {
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Number => json!({"type": "integer", "minimum": 0}),
        Kind::Percent => json!({"type": "number", "minimum": 0, "maximum": 100}),
        Kind::Text => json!({"type": "string"}),
        Kind::Texts => texts(),
        Kind::Word(words) => json!({"type": "string", "enum": words()}),
        Kind::Words(words) => json!({"type": "array", "items": {"type": "string", "enum": words()}}),
        Kind::Macros => json!({"oneOf": [texts(), {
            "type": "object",
            "properties": {"files": texts()},
            "patternProperties": {r"^\\[A-Za-z]+$": {"type": "string"}},
            "additionalProperties": false,
        }]}),
    }
}

/// The file that `rederive init` writes: every key with what it does, commented out.
pub fn starter(lang: Lang) -> String {
    let head = Message::new("init-head").with("file", CONFIG_FILE).text(lang);
    let mut out = head.lines().map(|line| format!("# {line}\n")).collect::<String>();
    for key in KEYS {
        out.push_str(&format!(
            "\n# {}\n# {} = {}\n",
            row(lang, &format!("key-{}", key.name), key.about),
            key.name,
            key.example
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_has_a_nearest_one() {
        let names = || KEYS.iter().map(|k| k.name);
        for (wrong, right) in
            [("alow", "allow"), ("fail_on", "fail-on"), ("mincoverage", "min-coverage"), ("sed", "seed")]
        {
            assert_eq!(nearest(wrong, names()), Some(right), "{wrong}");
        }
        assert_eq!(nearest("colour-scheme", names()), None);
        assert_eq!((distance("", "abc"), distance("kitten", "sitting"), distance("ab", "ab")), (3, 3, 0));
    }

    #[test]
    fn the_written_file_is_toml_in_every_language() {
        for lang in Lang::all() {
            let text = starter(lang);
            for key in KEYS {
                assert!(text.contains(&format!("\n# {} = ", key.name)), "{}", key.name);
                let about = row(lang, &format!("key-{}", key.name), key.about);
                assert!(lang == Lang::En || about != key.about, "{}: {about}", key.name);
            }
            assert!(text.lines().all(|line| line.is_empty() || line.starts_with("# ")), "{text}");
        }
        assert!(starter(Lang::Ko).contains(r"'\R' = '\mathbb{R}'"));
    }

    #[test]
    fn the_schema_has_every_key_with_its_words() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        assert!(properties.keys().map(String::as_str).eq(KEYS.iter().map(|k| k.name)));
        assert_eq!(schema["additionalProperties"], false);
        let words = |name: &str| properties[name]["items"]["enum"].as_array().unwrap().len();
        assert_eq!((words("allow"), words("fail-on")), (codes().len(), failures().len()));
        assert_eq!(properties["macros"]["oneOf"].as_array().unwrap().len(), 2);
    }
}
