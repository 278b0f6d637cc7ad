//! Writing so that a reader never sees half a file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::ProjectError;

/// Writes `content` to `path`, whose folders are made if need be: first beside it, then renamed into its place.
///
/// # Errors
/// If a folder or the file cannot be written; the old file then stays.
pub fn write(path: &Path, content: &str) -> Result<(), ProjectError> {
    let fail = |source| ProjectError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&beside, content).and_then(|()| fs::rename(&beside, path));
    written.map_err(|source| {
        // What is left of the attempt is of no use; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&beside);
        fail(source)
    })
}

/// The text of a file.
///
/// # Errors
/// If it can't be read as text.
pub fn text(path: &Path) -> Result<String, ProjectError> {
    fs::read_to_string(path).map_err(|source| ProjectError::Read { path: path.display().to_string(), source })
}

/// Writes files given by their paths under `folder` with `/`. Returns their paths in the same order.
///
/// # Errors
/// As [`write()`]; files before the one that failed are written.
pub fn write_all<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<PathBuf>, ProjectError> {
    files
        .into_iter()
        .map(|(name, content)| {
            let path = name.split('/').fold(folder.to_owned(), |path, part| path.join(part));
            write(&path, content).map(|()| path)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_and_nothing_else_is_left() {
        let folder = std::env::temp_dir().join(format!("rederive-write-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for content in ["one", "two"] {
            write_all(&folder, [("a/b.md", content), ("c.md", "c")]).unwrap();
            assert_eq!(fs::read_to_string(folder.join("a").join("b.md")).unwrap(), content);
        }
        assert_eq!(fs::read_dir(folder.join("a")).unwrap().count(), 1);
        assert!(matches!(write(&folder.join("c.md").join("d"), "x"), Err(ProjectError::Write { .. })));
        assert!(matches!(write(&folder.join("a"), "x"), Err(ProjectError::Write { .. })));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "the attempt is cleared away");
        fs::remove_dir_all(&folder).unwrap();
    }
}
