//! The instrumented copy of the package: written, and built without the mutants that do not compile.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use serde_json::Value;

use crate::instrument::{Mutant, instrument};

/// Rounds of building: each drops what did not compile in the one before.
const ROUNDS: usize = 40;

pub struct Tree {
    pub folder: PathBuf,
    originals: BTreeMap<String, String>,
}

/// The mutant that is on is the one that the environment names; those that a run comes by are listed if it asks.
const MODULE: &str = r#"//! Which mutant is on.
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex};

static ON: LazyLock<u32> = LazyLock::new(|| std::env::var("MUTANT").ok().and_then(|v| v.parse().ok()).unwrap_or(u32::MAX));
static LIST: LazyLock<Option<Mutex<std::fs::File>>> =
    LazyLock::new(|| Some(Mutex::new(std::fs::File::create(std::env::var_os("MUTANT_REACH")?).ok()?)));
static REACHED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

pub fn on(number: u32) -> bool {
    if let Some(list) = &*LIST {
        if !REACHED[number as usize].swap(true, Ordering::Relaxed) {
            if let Ok(mut file) = list.lock() {
                let _ = writeln!(file, "{number}");
            }
        }
    }
    *ON == number
}
"#;

impl Tree {
    pub fn new(folder: &Path, mutants: &[Mutant]) -> io::Result<Tree> {
        let files: BTreeSet<&String> = mutants.iter().map(|m| &m.file).collect();
        let read = |f: &&String| Ok(((*f).clone(), fs::read_to_string(folder.join(f))?));
        let originals = files.iter().map(read).collect::<io::Result<_>>()?;
        let count = mutants.iter().map(|m| m.number + 1).max().unwrap_or(1);
        fs::write(folder.join("src/mutant.rs"), MODULE.replace("COUNT", &count.to_string()))?;
        let library = folder.join("src/lib.rs");
        let text = fs::read_to_string(&library)?;
        fs::write(&library, format!("{text}\nmod mutant;\n"))?;
        // Parentheses around conditions are no fault here.
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)?;
        let kept = text.split("\n[lints").next().unwrap_or(&text).to_owned();
        fs::write(&manifest, kept)?;
        Ok(Tree { folder: folder.to_owned(), originals })
    }

    /// Writes all mutants but some; the numbers that have no place.
    fn write(&self, mutants: &[Mutant], but: &BTreeSet<usize>) -> io::Result<Vec<usize>> {
        let mut unplaced = vec![];
        for (file, text) in &self.originals {
            let own: Vec<Mutant> =
                mutants.iter().filter(|m| m.file == *file && !but.contains(&m.number)).cloned().collect();
            let (text, without) = instrument(text, &own);
            unplaced.extend(without);
            let path = self.folder.join(file);
            if fs::read_to_string(&path)? != text {
                fs::write(path, text)?;
            }
        }
        Ok(unplaced)
    }

    /// The mutants that do not compile, and those that have no place in the text.
    pub fn settle(&self, mutants: &[Mutant]) -> io::Result<(BTreeSet<usize>, BTreeSet<usize>)> {
        let (mut unviable, mut unplaced) = (BTreeSet::new(), BTreeSet::new());
        for round in 0..ROUNDS {
            let but: BTreeSet<usize> = unviable.union(&unplaced).copied().collect();
            unplaced.extend(self.write(mutants, &but)?);
            let (faults, told) = self.check()?;
            eprintln!("round {round}: {} do not compile, {} more", unviable.len(), faults.len());
            if faults.is_empty() {
                return if told.is_empty() { Ok((unviable, unplaced)) } else { Err(io::Error::other(told)) };
            }
            unviable.extend(faults);
        }
        Err(io::Error::other("it does not come to an end"))
    }

    /// The mutants at which the compiler stopped; what it says if it stopped elsewhere.
    fn check(&self) -> io::Result<(BTreeSet<usize>, String)> {
        let output = Command::new("cargo")
            .args(["check", "--lib", "--quiet", "--message-format", "json"])
            .current_dir(&self.folder)
            .output()?;
        let (mut found, mut told) = (BTreeSet::new(), String::new());
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let message = &message["message"];
            if message["level"] != "error" {
                continue;
            }
            let spans = message["spans"].as_array().cloned().unwrap_or_default();
            let numbers: Vec<usize> =
                spans.iter().filter(|s| s["is_primary"] == true).filter_map(|s| self.nearest(s)).collect();
            if numbers.is_empty() && !spans.is_empty() {
                told.push_str(message["rendered"].as_str().unwrap_or_default());
            }
            found.extend(numbers);
        }
        if found.is_empty() && !output.status.success() && told.is_empty() {
            told = String::from_utf8_lossy(&output.stderr).into_owned();
        }
        Ok((found, told))
    }

    /// The last mutant that begins before a place.
    fn nearest(&self, span: &Value) -> Option<usize> {
        let text = fs::read_to_string(self.folder.join(span["file_name"].as_str()?)).ok()?;
        let end = usize::try_from(span["byte_end"].as_u64()?).ok()?;
        let (_, after) = text.get(..end)?.rsplit_once("crate::mutant::on(")?;
        after.split(')').next()?.parse().ok()
    }
}
