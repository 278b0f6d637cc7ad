//! What changed since a revision, by the program `git`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::ProjectError;

/// The files, by their real paths, of the repository around `folder` that differ from a revision or are new in it.
///
/// # Errors
/// If there is no `git`, no repository or no such revision.
pub fn changed_since(revision: &str, folder: &Path) -> Result<BTreeSet<PathBuf>, ProjectError> {
    let root = git(folder, &["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches(['\n', '\r']).to_owned());
    let commit = format!("{revision}^{{commit}}");
    let commit =
        git(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).map_err(|e| match e {
            ProjectError::Git(why) if why.is_empty() => ProjectError::Git(format!("there is no revision `{revision}`")),
            e => e,
        })?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let mut names = git(&root, &["diff", "--name-only", "--no-ext-diff", "-z", "--diff-filter=d", &commit, "--"])?;
    names.extend(git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?);
    let names = String::from_utf8_lossy(&names);
    let real = |name: &str| std::fs::canonicalize(root.join(name)).ok();
    Ok(names.split('\0').filter(|n| !n.is_empty()).filter_map(real).collect())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, ProjectError> {
    let folder = if folder.as_os_str().is_empty() { OsStr::new(".") } else { folder.as_os_str() };
    let run = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = run.map_err(|e| ProjectError::Git(format!("cannot run git: {e}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let why = String::from_utf8_lossy(&output.stderr);
    let why: String = why.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Err(ProjectError::Git(why))
}
