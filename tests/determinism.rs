//! The same notes give the same bytes: in every run, on any number of threads, in whichever order the files are named.

use std::path::Path;
use std::process::Command;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rederive::report::{FORMATS, Run, report};
use rederive::source::Source;
use rederive::{Options, check};

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

#[test]
fn no_report_shows_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let reports = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(64 << 20).build();
        pool.expect("threads").install(|| {
            let read = |n: &&str| Source::new(*n, std::fs::read_to_string(root.join(n)).expect("notes"));
            let options = Options { instances: 16, derivations: true, ..Options::default() };
            let results: Vec<_> = NOTES[1..].par_iter().map(|n| check(read(n), &options)).collect();
            let run = Run { verbose: true, ..Run::new(&results) };
            let printed = FORMATS.iter().map(|f| (f.name.to_owned(), (f.render)(&run).expect(f.name)));
            let pages = report(&run).expect("a report").into_iter().map(|a| (a.name, a.content));
            printed.chain(pages).collect::<Vec<_>>()
        })
    };
    let one = reports(1);
    assert!(one.len() > FORMATS.len());
    for threads in [2, 7] {
        for ((name, text), (other, same)) in one.iter().zip(reports(threads)) {
            assert!(*name == other && *text == same, "{name} differs on {threads} threads");
        }
    }
}

#[test]
fn the_order_in_which_files_came_into_a_folder_does_not_show() {
    let notes = |k: usize| {
        format!("# Notes {k}\n\nFor all real $x$:\n\n$$\n(x + {k})^2 = x^2 + {}x + {}\n$$\n", 2 * k, k * k + k % 2)
    };
    let printed = |name: &str, order: &mut dyn Iterator<Item = usize>| {
        let folder = std::env::temp_dir().join(format!("rederive-order-{}-{name}", std::process::id()));
        for k in order {
            let inside = folder.join(["a", "b/c", "b"][k % 3]);
            std::fs::create_dir_all(&inside).expect("a folder");
            std::fs::write(inside.join(format!("{k}.md")), notes(k)).expect("a file");
        }
        let output = Command::new(env!("CARGO_BIN_EXE_rederive"))
            .current_dir(&folder)
            .args(["check", "--no-cache", "--quiet", "--format", "jsonl", "."])
            .output()
            .expect("the program runs");
        std::fs::remove_dir_all(&folder).expect("removed");
        let text = String::from_utf8(output.stdout).expect("text");
        // The last line says how long it took.
        text.trim_end().rsplit_once('\n').map_or(String::new(), |(lines, _)| lines.to_owned())
    };
    let first = printed("up", &mut (1..20));
    assert!(first.lines().count() >= 19, "{first}");
    assert!(first == printed("down", &mut (1..20).rev()), "files that were written in another order give other bytes");
}
