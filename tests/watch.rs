//! `rederive watch` as its user sees it: a process, files that are saved, and what it prints.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longest time to wait for what has to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of notes that goes with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("rederive-watch-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("notes")).unwrap();
        Folder(path)
    }

    fn save(&self, name: &str, text: &str) {
        fs::write(self.0.join("notes").join(name), text).unwrap();
    }

    /// As careful editors save: whole or not at all.
    fn save_by_renaming(&self, name: &str, text: &str) {
        let scratch = self.0.join("notes").join(format!(".{name}.swp"));
        fs::write(&scratch, text).unwrap();
        fs::rename(scratch, self.0.join("notes").join(name)).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A running `rederive watch`, which ends with the value.
struct Watch {
    child: Child,
    lines: Receiver<(Instant, String)>,
}

impl Watch {
    fn new(folder: &Folder, more: &[&str]) -> Watch {
        let program = std::env::var_os("REDERIVE_BIN").unwrap_or(env!("CARGO_BIN_EXE_rederive").into());
        // The process has another folder to work in.
        let mut command = Command::new(std::path::absolute(program).unwrap());
        command.current_dir(&folder.0).args(["watch", "notes"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (sender, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            out.lines().map_while(Result::ok).try_for_each(|line| sender.send((Instant::now(), line)))
        });
        Watch { child, lines }
    }

    /// The lines up to the first one that is the last of a round and comes after one that holds `wanted`.
    fn until(&self, wanted: &str) -> (Instant, Vec<String>) {
        let (mut round, mut seen) = (vec![], false);
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok((at, line)) = self.lines.recv_timeout(left) else {
                panic!("`{wanted}` does not come; the last lines are {round:#?}");
            };
            seen |= line.contains(wanted);
            let last = is_summary(&line);
            round.push(line);
            if last && seen {
                return (at, round);
            }
            if last {
                round.clear();
            }
        }
    }

    /// Nothing comes for a while.
    fn is_quiet(&self) -> bool {
        self.lines.recv_timeout(Duration::from_millis(400)).is_err()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_summary(line: &str) -> bool {
    line.contains(" statements: ") || line.contains(" statement: ")
}

const RIGHT: &str = "# Squares\n\nFor all real $x$ and $y$\n\n$$ (x + y)^2 = x^2 + 2xy + y^2 $$\n";

#[test]
fn each_save_shows_what_is_wrong_now() {
    let folder = Folder::new("save");
    folder.save("a.md", RIGHT);
    folder.save("b.md", "For all real $x$ we have $x + x = 2x$.\n");
    let watch = Watch::new(&folder, &["--format", "concise"]);
    let (_, first) = watch.until("2 documents");
    assert_eq!(first.len(), 1, "nothing is wrong: {first:?}");
    folder.save("a.md", &RIGHT.replace("2xy", "3xy"));
    let (_, wrong) = watch.until("a.md:5:");
    assert!(wrong[0].contains("refuted"), "{wrong:?}");
    folder.save_by_renaming("a.md", RIGHT);
    let (_, right) = watch.until("2 documents");
    assert_eq!(right.len(), 1, "{right:?}");
    folder.save("c.md", "For all real $x$ we have $x + x = 3x$.\n");
    watch.until("c.md:1:");
    fs::remove_file(folder.0.join("notes/c.md")).unwrap();
    assert_eq!(watch.until("2 documents").1.len(), 1);
    folder.save("a.md", RIGHT);
    assert!(watch.is_quiet(), "the same text is no change");
}

#[test]
fn repairs_follow_and_nothing_else_is_printed_twice() {
    let folder = Folder::new("repair");
    folder.save("a.md", RIGHT);
    let watch = Watch::new(&folder, &[]);
    watch.until("1 document");
    folder.save("a.md", &RIGHT.replace("2xy", "3xy"));
    let (_, first) = watch.until("error[refuted]");
    assert!(!first.iter().any(|l| l.starts_with("help")), "the repair is not waited for: {first:?}");
    let (_, second) = watch.until("help");
    assert!(second.iter().any(|l| l.contains("error[refuted]")), "{second:?}");
    // What it prints in the end is what `check` prints.
    let program = env!("CARGO_BIN_EXE_rederive");
    let checked = Command::new(program).current_dir(&folder.0).args(["check", "notes", "--no-cache"]).output().unwrap();
    let checked = String::from_utf8(checked.stdout).unwrap();
    let lines = |lines: Vec<&str>| -> Vec<String> {
        lines.into_iter().filter(|l| !is_summary(l)).map(|l| l.trim_end().to_owned()).collect()
    };
    assert_eq!(lines(second.iter().map(String::as_str).collect()), lines(checked.lines().collect()));
    assert!(watch.is_quiet());
}

#[test]
fn a_configuration_counts_from_when_it_is_saved() {
    let folder = Folder::new("configuration");
    folder.save("a.md", "The value is $$ x = \\foo + 1 $$ with $$ 1 + 1 = \\two $$\n");
    fs::write(folder.0.join("rederive.toml"), "[macros]\n\"\\\\two\" = \"2\"\n").unwrap();
    let watch = Watch::new(&folder, &["--format", "concise"]);
    watch.until("1 document");
    fs::write(folder.0.join("rederive.toml"), "[macros]\n\"\\\\two\" = \"3\"\n").unwrap();
    watch.until("refuted");
    // A broken one is said on the standard error; the notes as they were still count.
    fs::write(folder.0.join("rederive.toml"), "[macros\n").unwrap();
    assert!(watch.is_quiet());
    fs::write(folder.0.join("rederive.toml"), "[macros]\n\"\\\\two\" = \"1 + 1\"\n").unwrap();
    let (_, round) = watch.until("1 document");
    assert_eq!(round.len(), 1, "{round:?}");
}

#[test]
fn nothing_in_notes_reaches_the_terminal_as_a_command() {
    let folder = Folder::new("hostile");
    folder.save("a.md", RIGHT);
    for format in ["full", "concise", "json", "github", "markdown"] {
        let watch = Watch::new(&folder, &["--format", format, "--verbose"]);
        let hostile = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}";
        let text = format!(
            "# T {hostile}\n\nFor all real $x{hostile}$ and $x$ we have $x + x = 3x \\text{{{hostile}}}$ and $x+x=3x$.\n"
        );
        folder.save("a.md", &text);
        let end = Instant::now() + PATIENCE;
        let mut told = false;
        while !told && Instant::now() < end {
            let Ok((_, line)) = watch.lines.recv_timeout(PATIENCE) else { break };
            let commands = line.chars().filter(|c| c.is_control() || *c == '\u{202e}').count();
            assert_eq!(commands, 0, "{format}: {line:?}");
            told = line.contains("refuted");
        }
        assert!(told, "{format} says nothing of it");
        folder.save("a.md", RIGHT);
    }
}

/// Edits of each of our notes: a sign, a digit, a definition, a paragraph.
fn edits(text: &str) -> Vec<String> {
    let mut all = vec![];
    for (old, new) in [(" + ", " - "), (" - ", " + "), ("\\frac{1}{2}", "\\frac{1}{3}"), ("^2", "^3"), ("p_i", "p_k")] {
        let places: Vec<usize> = text.match_indices(old).map(|(at, _)| at).collect();
        for at in places.iter().step_by(places.len().div_ceil(4).max(1)) {
            all.push(format!("{}{new}{}", &text[..*at], &text[at + old.len()..]));
        }
    }
    if let Some(at) = text.find("\n\n") {
        all.push(format!("{}\n\nOne more sentence.{}", &text[..at], &text[at..]));
    }
    all
}

/// The time from a save to the last line of the new diagnostics, over edits of each of our notes. Times belong to a
/// machine: it says what they were, and is run by hand (`REDERIVE_BIN=… cargo test --test watch -- --ignored --nocapture`).
#[test]
#[ignore = "a measurement"]
fn the_median_edit_of_our_notes_shows_within_a_tenth_of_a_second() {
    let folder = Folder::new("time");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("notes");
    let mut names: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    names.retain(|p| p.extension().is_some_and(|e| e == "md"));
    for path in &names {
        folder.save(path.file_name().unwrap().to_str().unwrap(), &fs::read_to_string(path).unwrap());
    }
    let watch = Watch::new(&folder, &["--format", "concise"]);
    watch.until(&format!("{} documents", names.len()));
    let mut all: Vec<(u128, String)> = vec![];
    let mut marks = 0;
    for path in &names {
        let (name, text) = (path.file_name().unwrap().to_str().unwrap(), fs::read_to_string(path).unwrap());
        let mut own = vec![];
        for edited in edits(&text).into_iter().flat_map(|edited| [edited, text.clone()]) {
            // An expectation that is not met, in a line of its own each time: what shows that this edit was checked.
            marks += 1;
            let marked = format!("{edited}{}<!-- rederive next: expect refuted -->\n$$ 1 = 1 $$\n", "\n".repeat(marks));
            let line = marked.matches('\n').count();
            let start = Instant::now();
            folder.save(name, &marked);
            let (at, _) = watch.until(&format!("{name}:{line}:"));
            own.push((at.duration_since(start).as_millis(), edited));
        }
        own.sort();
        let (median, (worst, _)) = (own[own.len() / 2].0, own.last().unwrap());
        println!("{name}: {} edits, median {median} ms, worst {worst} ms", own.len());
        folder.save(name, &text);
        all.extend(own.into_iter().map(|(ms, edited)| (ms, changed(&text, &edited))));
    }
    all.sort();
    for (ms, change) in all.iter().rev().take(12) {
        println!("  {ms} ms: {change}");
    }
    let over = all.iter().filter(|(ms, _)| *ms >= 100).count();
    let (median, worst) = (all[all.len() / 2].0, all.last().unwrap().0);
    println!("{} edits: median {median} ms, worst {worst} ms, {over} of 100 ms or more", all.len());
    assert!(median < 100, "median {median} ms");
}

/// The first line that differs.
fn changed(old: &str, new: &str) -> String {
    let pair = old.lines().zip(new.lines()).find(|(a, b)| a != b);
    pair.map_or_else(String::new, |(_, new)| new.chars().take(90).collect())
}
