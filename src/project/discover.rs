//! Paths → sources, in an order that does not depend on the file system.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::project::ProjectError;
use crate::read::{FORMATS, MAX_INPUT};
use crate::source::Source;

/// Where notes are looked for if no path is given.
pub const DEFAULT_FOLDER: &str = "notes";

/// Folders are followed this deep.
const MAX_DEPTH: usize = 64;

/// Reads the notes at `paths`: files, folders with all notes below them (hidden ones left out, links to folders not
/// followed), and `-` for the standard input. Files of a folder come in the order of their names; a file is read once.
///
/// # Errors
/// If a path cannot be read, is no UTF-8 or too large, or if a folder holds no notes.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, ProjectError> {
    let (mut found, mut seen) = (vec![], BTreeSet::new());
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(source("-", &mut io::stdin().lock())?);
            continue;
        }
        let info = fs::metadata(path).map_err(|e| unreadable(path, e))?;
        let files = if info.is_dir() { below(path)? } else { vec![path.clone()] };
        if files.is_empty() {
            return Err(ProjectError::Empty(shown(path)));
        }
        for file in files {
            let real = fs::canonicalize(&file).map_err(|e| unreadable(&file, e))?;
            if seen.insert(real) {
                let mut open = File::open(&file).map_err(|e| unreadable(&file, e))?;
                found.push(source(&shown(&file), &mut open)?);
            }
        }
    }
    Ok(found)
}

fn below(folder: &Path) -> Result<Vec<PathBuf>, ProjectError> {
    let (mut files, mut folders) = (vec![], vec![(folder.to_owned(), 0)]);
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| unreadable(&folder, e))? {
            let entry = entry.map_err(|e| unreadable(&folder, e))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(|e| unreadable(&path, e))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() && depth < MAX_DEPTH {
                folders.push((path, depth + 1));
            } else if is_notes(&path) && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort_by_key(|f| shown(f));
    Ok(files)
}

/// Whether the file has the extension of a format; one that is named itself may have any.
fn is_notes(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    FORMATS.iter().flat_map(|f| f.extensions).any(|x| extension.eq_ignore_ascii_case(x))
}

/// The text of a stream, read no further than the limit of reading.
fn source(path: &str, stream: &mut dyn Read) -> Result<Source, ProjectError> {
    let mut bytes = vec![];
    let limit = MAX_INPUT as u64 + 1;
    let read = stream.take(limit).read_to_end(&mut bytes);
    read.map_err(|source| ProjectError::Read { path: path.to_owned(), source })?;
    if bytes.len() > MAX_INPUT {
        return Err(ProjectError::TooLarge { path: path.to_owned(), limit: MAX_INPUT });
    }
    let text = String::from_utf8(bytes)
        .map_err(|e| ProjectError::Encoding { path: path.to_owned(), offset: e.utf8_error().valid_up_to() })?;
    Ok(Source::new(path, text))
}

fn unreadable(path: &Path, source: io::Error) -> ProjectError {
    ProjectError::Read { path: shown(path), source }
}

/// A path as output shows it: with `/` on every system.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new empty folder that goes with the value.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("rederive-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }

        fn file(&self, name: &str, content: &[u8]) -> PathBuf {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, content).unwrap();
            path
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn names(folder: &Folder, paths: &[PathBuf]) -> Vec<String> {
        let root = shown(&folder.0);
        let found = sources(paths).unwrap();
        found.iter().map(|s| s.path.strip_prefix(&format!("{root}/")).unwrap().to_owned()).collect()
    }

    #[test]
    fn folders_yield_their_notes_in_order_of_names() {
        let folder = Folder::new("order");
        for name in ["b.md", "a/z.md", "a.txt", "c.rs", ".hidden/x.md", ".y.md", "a/B.MD"] {
            folder.file(name, b"x");
        }
        assert_eq!(names(&folder, std::slice::from_ref(&folder.0)), ["a.txt", "a/B.MD", "a/z.md", "b.md"]);
    }

    #[test]
    fn a_named_file_may_have_any_extension_and_comes_once() {
        let folder = Folder::new("once");
        let file = folder.file("x.tex", b"x");
        folder.file("y.md", b"y");
        assert_eq!(names(&folder, &[file.clone(), folder.0.clone(), file]), ["x.tex", "y.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_ring_of_links_ends() {
        let folder = Folder::new("ring");
        folder.file("a/x.md", b"x");
        std::os::unix::fs::symlink(&folder.0, folder.0.join("a/again")).unwrap();
        assert_eq!(names(&folder, std::slice::from_ref(&folder.0)), ["a/x.md"]);
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_its_path() {
        let folder = Folder::new("errors");
        let file = folder.file("bad.md", b"ab\xff");
        assert_eq!(
            sources(&[file]).unwrap_err().to_string(),
            format!("{}/bad.md is not UTF-8 (byte 2)", shown(&folder.0))
        );
        assert!(matches!(sources(&[folder.0.join("none.md")]), Err(ProjectError::Read { .. })));
        fs::create_dir(folder.0.join("empty")).unwrap();
        assert!(matches!(sources(&[folder.0.join("empty")]), Err(ProjectError::Empty(_))));
        let endless = source("x", &mut io::repeat(b'a'));
        assert!(matches!(endless, Err(ProjectError::TooLarge { .. })));
    }
}
