//! The same notes give the same bytes: in every run, on any number of threads, in whichever order the files are named.

use std::process::Command;

/// Notes with proofs, refutations with repairs, checkers and findings.
const NOTES: [&str; 4] = ["notes/taylor.md", "notes/cross-entropy.md", "notes/squared-error.md", "notes/likelihood.md"];

/// What the command prints in a format; the seconds that it took are left out.
fn printed(format: &str, threads: &str, notes: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rederive"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "--no-cache", "--quiet", "--format", format])
        .args(notes)
        .env("RAYON_NUM_THREADS", threads)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(!text.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    match text.find("\"seconds\":") {
        Some(at) => {
            let rest = &text[at..];
            let end = rest.find(['}', ',']).unwrap_or(rest.len());
            format!("{}\"seconds\":0{}", &text[..at], &rest[end..])
        }
        // The last line says how long it took.
        None => text.trim_end().rsplit_once('\n').map_or(String::new(), |(lines, _)| lines.to_owned()),
    }
}

#[test]
fn neither_runs_nor_threads_show() {
    for format in ["json", "full"] {
        let one = printed(format, "1", &NOTES);
        for threads in ["1", "2", "8"] {
            assert!(printed(format, threads, &NOTES) == one, "{format} differs on {threads} threads");
        }
    }
}

#[test]
fn the_order_of_files_does_not_show() {
    let documents = |notes: &[&str]| {
        let run: serde_json::Value = serde_json::from_str(&printed("json", "2", notes)).expect("JSON");
        let mut all: Vec<String> =
            run["documents"].as_array().expect("documents").iter().map(ToString::to_string).collect();
        all.sort();
        all
    };
    let mut turned = NOTES;
    turned.reverse();
    assert!(documents(&NOTES) == documents(&turned), "another order of the files gives other results");
}
