//! The tests that mutants are tried with: a unit each is what runs in a process of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use serde_json::Value;

/// A test, or the tests of a file of the corpus.
#[derive(Clone, Debug)]
pub struct Unit {
    pub program: PathBuf,
    pub name: String,
    /// Whether `name` is the whole name of a test.
    pub exact: bool,
    pub time: Duration,
    pub reaches: BTreeSet<usize>,
}

/// Builds the tests and lists their units.
pub fn units(folder: &Path, targets: &[String]) -> io::Result<Vec<Unit>> {
    let output = Command::new("cargo")
        .args(["test", "--no-run", "--quiet", "--message-format", "json"])
        .args(targets)
        .current_dir(folder)
        .stderr(Stdio::inherit())
        .output()?;
    let mut found = vec![];
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let Some(program) = message["executable"].as_str().filter(|_| message["profile"]["test"] == true) else {
            continue;
        };
        let program = PathBuf::from(program);
        let list = Command::new(&program).arg("--list").current_dir(folder).output()?;
        let names: Vec<String> = String::from_utf8_lossy(&list.stdout)
            .lines()
            .filter_map(|l| Some(l.strip_suffix(": test")?.to_owned()))
            .collect();
        let mut groups: BTreeMap<(String, bool), ()> = BTreeMap::new();
        for name in names {
            // One check of a file serves all of its claims.
            match name.split_once(".md::") {
                Some((file, _)) => groups.insert((format!("{file}.md::"), false), ()),
                None => groups.insert((name, true), ()),
            };
        }
        found.extend(groups.into_keys().map(|(name, exact)| Unit {
            program: program.clone(),
            name,
            exact,
            time: Duration::ZERO,
            reaches: BTreeSet::new(),
        }));
    }
    if found.is_empty() { Err(io::Error::other("no tests")) } else { Ok(found) }
}

/// How units end with a mutant on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    Passed,
    Failed,
    TimedOut,
}

/// Whether a program of tests is not libtest's, which stops at the first failure if it is asked to.
fn has_own_harness(program: &Path) -> bool {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    ["corpus-", "rules-"].iter().any(|p| name.starts_with(p))
}

/// Runs units of one program together.
pub fn run(folder: &Path, units: &[&Unit], mutant: Option<usize>, reach: Option<&Path>, limit: Duration) -> End {
    let Some(first) = units.first() else { return End::Passed };
    let mut command = Command::new(&first.program);
    command
        .args(units.iter().map(|u| &u.name))
        .arg("--test-threads=1")
        .args(first.exact.then_some("--exact"))
        .args(if has_own_harness(&first.program) { &[][..] } else { &["-Z", "unstable-options", "--fail-fast"] })
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", "1")
        .env("PROPTEST_RNG_SEED", "1")
        .env("RUST_BACKTRACE", "0")
        .env("CARGO_MANIFEST_DIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(mutant) = mutant {
        command.env("MUTANT", mutant.to_string());
    }
    if let Some(reach) = reach {
        command.env("MUTANT_REACH", reach);
    }
    let Ok(mut child) = command.spawn() else { return End::Failed };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return End::Passed,
            Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(2)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return End::TimedOut;
            }
            _ => return End::Failed,
        }
    }
}

/// Runs a unit without a mutant, to see which it comes by and how long it takes; whether it passed.
pub fn measure(folder: &Path, unit: &mut Unit, list: &Path) -> bool {
    let start = Instant::now();
    let end = run(folder, &[&*unit], None, Some(list), Duration::from_secs(300));
    unit.time = start.elapsed();
    let text = fs::read_to_string(list).unwrap_or_default();
    unit.reaches = text.lines().filter_map(|l| l.parse().ok()).collect();
    let _ = fs::remove_file(list);
    end == End::Passed
}

/// Writes what the tests come by, for a run that goes on with the same build.
pub fn remember(units: &[Unit], path: &Path) -> io::Result<()> {
    let line = |u: &Unit| {
        let reaches: Vec<String> = u.reaches.iter().map(ToString::to_string).collect();
        let (program, exact, time) = (u.program.display(), u8::from(u.exact), u.time.as_millis());
        format!("{program}\t{}\t{exact}\t{time}\t{}\n", u.name, reaches.join(" "))
    };
    fs::write(path, units.iter().map(line).collect::<String>())
}

pub fn recalled(path: &Path) -> io::Result<Vec<Unit>> {
    let unit = |line: &str| {
        let [program, name, exact, time, reaches] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        Some(Unit {
            program: PathBuf::from(program),
            name: name.to_owned(),
            exact: exact == "1",
            time: Duration::from_millis(time.parse().ok()?),
            reaches: reaches.split(' ').filter_map(|n| n.parse().ok()).collect(),
        })
    };
    Ok(fs::read_to_string(path)?.lines().filter_map(unit).collect())
}
