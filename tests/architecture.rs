//! The laws of the code itself: floors, file sizes, no panics on input, no message without a text.
//!
//! All four read the sources as text. Comments, strings and items under `#[cfg(test)]` are blanked first
//! (byte for byte, so that places stay), hence a law never trips over an example in a doc comment.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first: a module may use itself and what stands on strictly lower floors.
const FLOORS: &[&[&str]] = &[
    &["num", "source", "message"],
    &["diag", "expr"],
    &["algebra"],
    &["claim", "notation"],
    &["read", "edit"],
    &["elaborate"],
    &["lint", "rules"],
    &["verdict"],
    &["engine"],
    &["checkers"],
    &["localise"],
    &["repair"],
    &["mutate", "study"],
    &["report"],
    &["project"],
    // The pipeline, which lib.rs wires.
    &["check", "check_while_wanted", "worked_out", "side_by_side", "STACK", "Options"],
    &["harness", "serve"],
];

/// Wiring: may use everything.
const WIRING: &[&str] = &["lib", "main", "arguments", "session", "serving"];

/// Longest file of the program, in lines.
const CEILING: usize = 450;

/// Longest file of tests, in lines.
const TEST_CEILING: usize = 500;

/// What ends the program where an error value should come back.
const PANICS: &[&str] =
    &[".unwrap()", ".unwrap_err()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];

/// A source file: its text, and the same with comments, strings and tests blanked.
struct File {
    /// Path from the package's root, with `/`.
    path: String,
    text: String,
    code: String,
    /// The whole file is compiled under `#[cfg(test)]` only.
    is_test: bool,
}

impl File {
    fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned(), code: without_tests(&code_only(text)), is_test: false }
    }

    /// The module path below the crate: `src/a/b.rs` and `src/a/b/mod.rs` are `[a, b]`.
    fn module(&self) -> Vec<&str> {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let inside = inside.strip_suffix(".rs").unwrap_or(inside);
        inside.strip_suffix("/mod").unwrap_or(inside).split('/').collect()
    }

    fn line(&self, at: usize) -> usize {
        1 + self.text[..at].matches('\n').count()
    }

    /// Where in the code (not its comments, strings and tests) the pattern starts, as a word of its own.
    fn places(&self, pattern: &str) -> Vec<usize> {
        let starts_word = |at: usize| {
            !pattern.starts_with(|c: char| c.is_alphanumeric())
                || !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$')
        };
        self.code.match_indices(pattern).map(|(at, _)| at).filter(|at| starts_word(*at)).collect()
    }
}

/// The text with comments and the insides of strings and characters blanked, of the same length in bytes.
fn code_only(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let in_word = out.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_string(rest).filter(|_| !in_word || rest.starts_with('#')) {
            let close = format!("\"{}", "#".repeat(hashes));
            let open = rest.find('"').map_or(rest.len(), |at| at + 1);
            rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len())
        } else if c == '"' {
            quoted(rest, '"')
        } else if c == '\'' && is_character(rest) {
            quoted(rest, '\'')
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.extend(rest[..length].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    out
}

/// Number of hashes if a raw string (`r"`, `br#"`, …) starts here.
fn raw_string(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r')?;
    let hashes = inside.bytes().take_while(|b| *b == b'#').count();
    inside[hashes..].starts_with('"').then_some(hashes)
}

/// Whether a quote starts a character, not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut inside = rest.chars().skip(1);
    inside.next() == Some('\\') || inside.next() == Some('\'')
}

/// Length of a literal between quotes, with its escapes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// The code with all items under `#[cfg(test)]` blanked. An item ends, as rustfmt sets it, at a `;` at the end of its
/// first line or at the first line that closes its brace at the same indentation.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut lines = code.split_inclusive('\n');
    while let Some(line) = lines.next() {
        if !line.trim_start().starts_with("#[cfg(test)]") {
            out.push_str(line);
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let mut skipped = vec![line];
        let close = format!("{indent}}}");
        for line in lines.by_ref() {
            skipped.push(line);
            let one_line = line.trim_end().ends_with(';') && line.starts_with(indent) && skipped.len() <= 3;
            if one_line && !line[indent.len()..].starts_with(' ') || line.trim_end() == close {
                break;
            }
        }
        out.extend(skipped.iter().flat_map(|l| l.bytes()).map(|b| if b == b'\n' { '\n' } else { ' ' }));
    }
    out
}

/// All sources under a folder of the package, in order of path.
fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join("src"), &mut paths);
    paths.sort();
    let mut files: Vec<File> = paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let inside = path.strip_prefix(root).expect("collected below the root");
            let names: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            File::new(&names.join("/"), &text)
        })
        .collect();
    assert!(files.len() > 100, "only {} sources found under {}", files.len(), root.display());
    mark_tests(&mut files);
    files
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// A file is a test if its `mod name;`, or that of a module around it, stands under `#[cfg(test)]`: a name alone
/// (`laws.rs`) exempts nothing.
fn mark_tests(files: &mut [File]) {
    let mut tests: BTreeSet<String> = BTreeSet::new();
    for file in files.iter() {
        let code = code_only(&file.text);
        let around = match file.module().as_slice() {
            ["lib" | "main"] => String::new(),
            module => format!("{}/", module.join("/")),
        };
        let mut lines = code.lines();
        while let Some(line) = lines.next() {
            if line.trim() == "#[cfg(test)]" {
                let declared = lines.next().unwrap_or_default().trim();
                let declared = declared.strip_prefix("pub(crate) ").unwrap_or(declared);
                if let Some(name) = declared.strip_prefix("mod ").and_then(|l| l.strip_suffix(';')) {
                    tests.insert(format!("{around}{name}"));
                }
            }
        }
    }
    for file in files {
        let module = file.module();
        file.is_test = (1..=module.len()).any(|n| tests.contains(&module[..n].join("/")));
    }
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The top-level modules named by `crate::x` and `crate::{x, y::z}`, with their places.
fn imports(file: &File) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for at in file.places("crate::") {
        let path = &file.code[at + "crate::".len()..];
        match path.strip_prefix('{') {
            Some(list) => out.extend(heads(list).into_iter().map(|head| (at, head))),
            None => out.push((at, word(path).to_owned())),
        }
    }
    out.retain(|(_, name)| !name.is_empty() && name != "self");
    out
}

fn word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// The first names of the members of a `{…}` list whose opening brace has been read.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut out) = (0usize, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                out.push(word(list[start..at].trim_start()).to_owned());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    out
}

/// The imports of a file that break the law of floors.
fn upward(file: &File) -> Vec<String> {
    let module = file.module();
    let home = module.first().copied().unwrap_or_default();
    if file.is_test || (module.len() == 1 && WIRING.contains(&home)) {
        return vec![];
    }
    let Some(own) = floor(home) else {
        return vec![format!("{}: module `{home}` has no floor; give it one in FLOORS and ARCHITECTURE.md", file.path)];
    };
    let mut out = Vec::new();
    for (at, name) in imports(file).into_iter().filter(|(_, name)| name != home) {
        let why = match floor(&name) {
            Some(other) if other < own => continue,
            Some(other) if other == own => format!("both stand on floor {own}: sideways"),
            Some(other) => format!("floor {other} stands above floor {own}"),
            None => "it is no module with a floor; only lib.rs and main.rs wire".to_owned(),
        };
        out.push(format!("{}:{}: `{home}` uses `crate::{name}`: {why}", file.path, file.line(at)));
    }
    for at in file.places("super::").into_iter().filter(|at| !file.code[..*at].ends_with("super::")) {
        let climbs = file.code[at..].split("super::").take_while(|part| part.is_empty()).count();
        if climbs >= module.len() {
            out.push(format!("{}:{}: climbs out of `{home}` by `super`; write `crate::…`", file.path, file.line(at)));
        }
    }
    out
}

/// What a file holds that ends the program.
fn panics(file: &File) -> Vec<String> {
    // A parser may have a method `expect` of its own; then only the standard one, which takes a text, is meant.
    let own_expect = file.code.contains("fn expect(");
    let meant = |pattern: &str, at: usize| {
        pattern != ".expect(" || !own_expect || file.text[at + pattern.len()..].trim_start().starts_with(['"', '&'])
    };
    if file.is_test {
        return vec![];
    }
    let found = |pattern: &&'static str| {
        let places = file.places(pattern).into_iter().filter(|at| meant(pattern, *at)).collect::<Vec<_>>();
        places.into_iter().map(|at| (file.line(at), *pattern)).collect::<Vec<_>>()
    };
    PANICS.iter().flat_map(found).map(|(line, what)| format!("{}:{line}: `{what}`", file.path)).collect()
}

/// The keys of messages that a file makes, with their lines. A key that is no literal (a table's) isn't seen.
fn keys(file: &File) -> Vec<(usize, String)> {
    if file.is_test {
        return vec![];
    }
    let literal = |at: usize| {
        let inside = file.text[at + "Message::new(".len()..].trim_start().strip_prefix('"')?;
        Some((file.line(at), inside[..inside.find('"')?].to_owned()))
    };
    file.places("Message::new(").into_iter().filter_map(literal).collect()
}

/// Fails with all complaints and what to do.
fn none(complaints: &[String], advice: &str) {
    let mut text = String::new();
    for complaint in complaints {
        let _ = writeln!(text, "  {complaint}");
    }
    assert!(complaints.is_empty(), "\n{text}{} in all. {advice}\n", complaints.len());
}

#[test]
fn modules_use_lower_floors_only() {
    let complaints: Vec<String> = sources().iter().flat_map(upward).collect();
    none(
        &complaints,
        "Move what is shared to a lower floor, or the use of it to a higher one (ARCHITECTURE.md, floors).",
    );
}

#[test]
fn no_file_is_too_long() {
    let files = sources();
    let mut complaints = Vec::new();
    for file in &files {
        let lines = file.text.lines().count();
        let ceiling = if file.is_test { TEST_CEILING } else { CEILING };
        if lines > ceiling {
            complaints.push(format!("{}: {lines} lines, ceiling {ceiling}", file.path));
        }
    }
    none(&complaints, "Split by topic, one noun a file; never raise a ceiling.");
}

#[test]
fn input_meets_no_panic() {
    let complaints: Vec<String> = sources().iter().flat_map(panics).collect();
    none(&complaints, "Return an error, an Option, or `undecided`; notes may come from anyone.");
}

#[test]
fn every_message_has_a_text() {
    let files = sources();
    let catalogue = include_str!("../src/message/en.ftl");
    let known: BTreeSet<&str> = catalogue
        .lines()
        .filter(|l| !l.starts_with(['#', ' ', '\t']))
        .filter_map(|l| l.split_once('=').map(|(key, _)| key.trim()))
        .collect();
    let used: Vec<(&File, usize, String)> =
        files.iter().flat_map(|f| keys(f).into_iter().map(move |(line, key)| (f, line, key))).collect();
    assert!(used.len() > 20, "only {} messages found: does this test still see them?", used.len());
    let complaints: Vec<String> = used
        .iter()
        .filter(|(_, _, key)| !known.contains(key.as_str()))
        .map(|(file, line, key)| format!("{}:{line}: `{key}`", file.path))
        .collect();
    none(&complaints, "Add these keys to src/message/en.ftl; a user would see the bare key.");
}

#[test]
fn the_laws_see_what_breaks_them() {
    let planted = |path: &str, text: &str| {
        let file = File::new(path, text);
        (upward(&file).len(), panics(&file).len(), keys(&file).len())
    };
    assert_eq!(planted("src/expr/x.rs", "use crate::num::A;\nuse crate::expr::B;"), (0, 0, 0));
    assert_eq!(planted("src/expr/x.rs", "use crate::algebra::A;\nuse crate::diag::B;"), (2, 0, 0));
    assert_eq!(planted("src/expr/x.rs", "use crate::{num::{A, B}, engine::C, check};"), (2, 0, 0));
    assert_eq!(planted("src/diag.rs", "use super::engine::A;"), (1, 0, 0));
    assert_eq!(planted("src/read/x.rs", "use super::super::engine::A;"), (1, 0, 0));
    assert_eq!(planted("src/read/x.rs", "use super::y::A;"), (0, 0, 0));
    assert_eq!(planted("src/nowhere.rs", ""), (1, 0, 0));
    assert_eq!(planted("src/lib.rs", "use crate::engine::A;"), (0, 0, 0));
    assert_eq!(planted("src/read/x.rs", "fn f() { a.unwrap(); b.expect(C); panic!(\"x\") }"), (0, 3, 0));
    assert_eq!(planted("src/read/x.rs", "fn expect(n: u8) {}\nfn f() { a.expect(1); b.expect(\"two\"); }"), (0, 1, 0));
    assert_eq!(
        planted("src/read/x.rs", "/// `a.unwrap()`\nconst A: &str = r#\"\"panic!()\"#; const B: char = '\"';"),
        (0, 0, 0)
    );
    assert_eq!(planted("src/read/x.rs", "fn f<'a>(x: &'a str) { \"\\\"\"; x.unwrap() }"), (0, 1, 0));
    let tested =
        "#[cfg(test)]\nmod a;\n\n#[cfg(test)]\nmod tests {\n    fn f() { a.unwrap() }\n}\nfn g() { b.unwrap() }";
    assert_eq!(planted("src/read/x.rs", tested), (0, 1, 0));
    assert_eq!(planted("src/read/x.rs", "fn f() { Message::new(\n    \"some-key\") }"), (0, 0, 1));
    let mut files = [
        File::new("src/read/mod.rs", "#[cfg(test)]\nmod tests;\nmod laws;"),
        File::new("src/read/tests/deep.rs", ""),
        File::new("src/read/laws.rs", ""),
    ];
    mark_tests(&mut files);
    assert_eq!(files.map(|f| f.is_test), [false, true, false], "declared under cfg(test), not named so");
}
