//! Judgements kept between runs: an entry for each file of notes, used only if nothing that they depend on has changed.
//!
//! An entry holds what reports show, not the evidence: what works on claims (`mutate`) checks anew. It lies in the
//! user's own folder, never beside the notes: notes of others could bring verdicts with them.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::diag::{Diagnostic, Edit, Severity};
use crate::message::Message;
use crate::report::codes;
use crate::source::{Origin, Source, Span};
use crate::verdict::{DocumentResult, Judged};

/// The id of the build: version and a hash of the sources.
const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("REDERIVE_BUILD"));

/// The variable that names another folder.
const FOLDER: &str = "REDERIVE_CACHE_DIR";

/// A folder of entries.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    options: String,
}

/// An entry: the key of all that it depends on, and what was found.
#[derive(Serialize, Deserialize)]
struct Entry {
    key: String,
    macros: String,
    /// The text that was taken out of the file, where it is not the file's own.
    text: Option<(String, Origin)>,
    statements: Vec<Judged>,
    /// The axioms that the proofs rest on.
    axioms: Vec<Vec<String>>,
    findings: Vec<Finding>,
    expected_findings: Vec<(String, Span)>,
}

#[derive(Serialize, Deserialize)]
struct Finding {
    code: String,
    severity: Severity,
    span: Span,
    message: Message,
    notes: Vec<Message>,
    help: Option<Message>,
    edit: Option<Edit>,
    statement: Option<String>,
}

impl Cache {
    /// The user's cache for checks with these options (any text that tells them apart); `None` if there is no place for it.
    pub fn of_user(options: &str) -> Option<Cache> {
        let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let folder = set(FOLDER).or_else(|| {
            let base = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA"));
            Some(base.or_else(|| Some(set("HOME")?.join(".cache")))?.join("rederive"))
        })?;
        Some(Cache::new(folder, options))
    }

    /// A cache in a folder.
    pub fn new(folder: PathBuf, options: &str) -> Cache {
        Cache { folder, options: options.to_owned() }
    }

    /// What was found in these notes, if it was kept and still holds.
    ///
    /// # Errors
    /// With the place for it, if it was not.
    pub fn get(&self, source: &Source) -> Result<DocumentResult, Missing> {
        let Some(file) = self.place(source) else { return Err(Missing(None)) };
        let key = self.key(source);
        match read(&file).filter(|e| e.key == key).and_then(|e| restored(e, source)) {
            Some(found) => Ok(found),
            None => Err(Missing(Some((file, key)))),
        }
    }

    /// The file of an entry: one for each file of notes and kind of check, so that the cache grows with the notes only.
    fn place(&self, source: &Source) -> Option<PathBuf> {
        let real = fs::canonicalize(Path::new(&source.path)).ok()?;
        Some(self.folder.join(hash(&[&real.to_string_lossy(), &self.options])).with_extension("json"))
    }

    /// Of all that the judgements depend on.
    fn key(&self, source: &Source) -> String {
        let allow = source.allow.join(",");
        hash(&[BUILD, &self.options, &source.path, &source.text, &source.macros, &allow])
    }
}

/// Where an entry that is missing has to go, and its key; `None` for what is never kept.
#[derive(Debug)]
pub struct Missing(Option<(PathBuf, String)>);

impl Missing {
    /// Keeps what was found. A cache that cannot be written is none: the next run checks again.
    pub fn put(self, found: &DocumentResult) {
        let Some((file, key)) = self.0 else { return };
        let entry = Entry {
            key,
            macros: found.source.macros.clone(),
            text: found.source.origin.clone().map(|origin| (found.source.text.clone(), origin)),
            statements: found.statements.clone(),
            axioms: found.statements.iter().map(|j| j.judgement.axioms()).collect(),
            findings: found.findings.iter().map(kept).collect(),
            expected_findings: found.expected_findings.clone(),
        };
        let Ok(text) = serde_json::to_string(&entry) else { return };
        let text = format!("{}\n{text}", hash(&[&text]));
        let Some(folder) = file.parent() else { return };
        let scratch = file.with_extension(format!("{}.tmp", std::process::id()));
        // Whole or not at all: another process may read it meanwhile.
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&scratch, text));
        if written.and_then(|()| fs::rename(&scratch, &file)).is_err() {
            let _ = fs::remove_file(&scratch);
        }
    }
}

/// The entry of a file, if it is whole.
fn read(file: &Path) -> Option<Entry> {
    let text = fs::read_to_string(file).ok()?;
    let (sum, text) = text.split_once('\n')?;
    (sum == hash(&[text])).then(|| serde_json::from_str(text).ok())?
}

fn restored(entry: Entry, source: &Source) -> Option<DocumentResult> {
    let mut source = source.clone();
    if let Some((text, origin)) = entry.text {
        source = source.taken_out(text, origin);
    }
    source.macros = entry.macros;
    let mut statements = entry.statements;
    for (judged, axioms) in statements.iter_mut().zip(entry.axioms) {
        judged.judgement.rests_on = axioms;
    }
    let known = codes();
    let finding = |f: Finding| {
        let code = known.iter().copied().find(|c| c.name == f.code)?;
        let Finding { severity, span, message, notes, help, edit, statement, .. } = f;
        Some(Diagnostic { code, severity, span, message, notes, help, edit, statement })
    };
    let findings = entry.findings.into_iter().map(finding).collect::<Option<_>>()?;
    Some(DocumentResult { source, statements, findings, expected_findings: entry.expected_findings })
}

fn kept(d: &Diagnostic) -> Finding {
    let Diagnostic { code, severity, span, message, notes, help, edit, statement } = d.clone();
    Finding { code: code.name.to_owned(), severity, span, message, notes, help, edit, statement }
}

/// SHA-256 of the parts, each with its length, in hexadecimal.
fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
