//! The notes of another crate under `cargo test` and nextest, as README.md says: a crate is made in a folder of its own
//! and its tests are run.
//!
//! It takes a compiler and half a minute, so it is run where it is asked for: `cargo test --test harness -- --ignored`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The three lines that README.md shows.
fn three_lines(more: &str) -> String {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, shown) = readme.split_once("// tests/notes.rs\n").unwrap();
    let (lines, _) = shown.split_once("```").unwrap();
    assert_eq!(lines.lines().count(), 3, "{lines}");
    assert!(lines.contains(".run()"), "{lines}");
    lines.replace(".run()", &format!("{more}.run()"))
}

/// A crate with notes that goes with the value.
struct Lectures(PathBuf);

impl Lectures {
    fn new() -> Lectures {
        let folder = std::env::temp_dir().join(format!("rederive-lectures-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let lectures = Lectures(folder);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        // With our profile, so that what our own build has compiled is used again.
        let own = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let profiles = &own[own.find("[profile.dev]").unwrap()..];
        let path = root.display().to_string().replace('\\', "/");
        lectures.file(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"lectures\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                 [dev-dependencies]\nrederive = {{ path = \"{path}\" }}\n\n\
                 [[test]]\nname = \"notes\"\nharness = false\n\n[[test]]\nname = \"strict\"\nharness = false\n\n{profiles}"
            ),
        );
        lectures.file("Cargo.lock", &fs::read_to_string(root.join("Cargo.lock")).unwrap());
        lectures.file("src/lib.rs", "");
        lectures.file("tests/notes.rs", &three_lines(""));
        lectures.file("tests/strict.rs", &three_lines(".strict()"));
        lectures.file("notes/right.md", "# Right\n\nFor all real $x$ we have $$ (x + 1)^2 = x^2 + 2x + 1 $$\n");
        let wrong = "# Wrong\n\nFor all real $x$ and $y$ we have\n\n$$ (x + y)^2 = x^2 + 3xy + y^2 $$\n";
        lectures.file("notes/wrong.md", wrong);
        let odd = "# Odd\n\n<!-- rederive next: id odd; claim -->\n$$ x \\heartsuit y = y \\heartsuit x $$\n";
        lectures.file("notes/odd.md", odd);
        lectures
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What cargo says, and its exit status.
    fn cargo(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command.current_dir(&self.0).args(arguments).env("CARGO_TARGET_DIR", target);
        let out = command.env_remove("RUST_BACKTRACE").output().unwrap();
        let text = [out.stdout, out.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        (text, out.status.code())
    }
}

impl Drop for Lectures {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
#[ignore = "compiles another crate"]
fn notes_of_another_crate_are_tested_in_three_lines() {
    let lectures = Lectures::new();
    let (text, status) = lectures.cargo(&["test", "--offline", "--no-run"]);
    if status != Some(0) && text.contains("offline") {
        println!("skipped: cargo has not all that it needs offline:\n{text}");
        return;
    }
    assert_eq!(status, Some(0), "{text}");

    let (text, status) = lectures.cargo(&["test", "--offline", "--test", "notes"]);
    assert_eq!(status, Some(101), "{text}");
    assert!(line_of(&text, "notes/right.md::").ends_with("ok"), "{text}");
    assert!(line_of(&text, "notes/odd.md::odd").ends_with("ok"), "lax: what is not understood is no failure\n{text}");
    assert!(line_of(&text, "notes/wrong.md::").ends_with("FAILED"), "{text}");
    assert!(text.contains("--> notes/wrong.md:5:"), "the line is named:\n{text}");
    assert!(text.contains("read as") && text.contains("help: "), "as `check` shows it, with the repair:\n{text}");

    let (text, status) = lectures.cargo(&["test", "--offline", "--test", "notes", "--", "right.md"]);
    assert_eq!(status, Some(0), "{text}");
    let (text, status) = lectures.cargo(&["test", "--offline", "--test", "strict", "--", "odd.md"]);
    assert_eq!(status, Some(101), "{text}");
    assert!(text.contains("notes/odd.md:4: ") && text.contains("not understood"), "{text}");

    let (text, status) = lectures.cargo(&["nextest", "--version"]);
    if status != Some(0) {
        println!("no nextest on this machine, so not tried with it:\n{text}");
        return;
    }
    let nextest =
        |filter: &str| lectures.cargo(&["nextest", "run", "--offline", "--no-fail-fast", "--test", "notes", filter]);
    let (text, status) = nextest("right.md");
    assert_eq!(status, Some(0), "{text}");
    let (text, status) = nextest("md");
    assert_eq!(status, Some(100), "{text}");
    assert!(text.contains("--> notes/wrong.md:5:"), "{text}");
    let of =
        |word: &str| text.lines().filter(|l| l.trim_start().starts_with(word)).map(str::to_owned).collect::<Vec<_>>();
    assert!(of("PASS").iter().any(|l| l.contains("notes/right.md::")), "{text}");
    assert!(of("FAIL").iter().all(|l| l.contains("notes/wrong.md::")) && !of("FAIL").is_empty(), "{text}");
}

/// The line of a test's result whose name begins so.
fn line_of<'a>(text: &'a str, name: &str) -> &'a str {
    let found = text.lines().find(|l| l.starts_with("test ") && l.contains(name) && !l.contains("findings"));
    found.unwrap_or_else(|| panic!("no test {name}:\n{text}")).trim_end()
}
