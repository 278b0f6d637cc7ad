//! Paths → sources, in an order that does not depend on the file system.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::GitignoreBuilder;

use crate::project::{Configurations, ProjectError};
use crate::read::{FORMATS, MAX_INPUT};
use crate::source::Source;

/// Where notes are looked for if no path is given.
pub const DEFAULT_FOLDER: &str = "notes";

/// Folders are followed this deep.
const MAX_DEPTH: usize = 64;

/// Reads the notes at `paths`: files, folders with all notes below them, globs of such, and `-` for the standard input.
/// In folders, hidden files, what `.gitignore` names and what the configuration leaves out is passed over, and links to
/// folders are not followed. Files of a folder come in the natural order of their names; a file is read once.
///
/// # Errors
/// If a path cannot be read, is no UTF-8 or too large, or if a folder holds no notes, or for a wrong configuration.
pub fn sources(paths: &[PathBuf], configurations: &mut Configurations) -> Result<Vec<Source>, ProjectError> {
    let (mut found, mut seen) = (vec![], BTreeSet::new());
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(source("-", &mut io::stdin().lock())?);
            continue;
        }
        let files = match fs::metadata(path) {
            Ok(info) if info.is_dir() => below(path, None, configurations)?,
            Ok(_) => vec![path.clone()],
            Err(e) => {
                let (folder, glob) = split(path).ok_or_else(|| unreadable(path, e))?;
                below(&folder, Some(&glob), configurations)?
            }
        };
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

/// The folder before the first part with a sign of globs, and the glob from there; `None` if there is no such part.
fn split(path: &Path) -> Option<(PathBuf, String)> {
    let is_glob = |c: &Component| c.as_os_str().to_string_lossy().contains(['*', '?', '[']);
    let parts: Vec<Component> = path.components().collect();
    let at = parts.iter().position(is_glob)?;
    let join = |parts: &[Component]| parts.iter().collect::<PathBuf>();
    Some((join(parts.get(..at)?), shown(&join(parts.get(at..)?))))
}

/// The notes below a folder, or those that a glob names from there.
fn below(folder: &Path, glob: Option<&str>, configurations: &mut Configurations) -> Result<Vec<PathBuf>, ProjectError> {
    let wrong = |e: ignore::Error| ProjectError::Read { path: shown(folder), source: io::Error::other(e) };
    let start = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut named = GitignoreBuilder::new("");
    if let Some(glob) = glob {
        named.add_line(None, &format!("/{glob}")).map_err(wrong)?;
    }
    let named = named.build().map_err(wrong)?;
    let beside = configurations.for_path(folder)?.translations();
    let translated = |path: &Path, configurations: &mut Configurations| -> Result<bool, ProjectError> {
        let nearest = configurations.for_path(path)?.translations();
        Ok(beside.iter().chain(&nearest).any(|(_, folder)| is_in(path, folder) && !is_in(start, folder)))
    };
    let mut files = vec![];
    let mut walk = WalkBuilder::new(start);
    // What a reader's own settings ignore must not change what is checked.
    walk.git_global(false).git_exclude(false).ignore(false).max_depth(Some(MAX_DEPTH));
    for entry in walk.build() {
        let entry = entry.map_err(wrong)?;
        let path =
            if start == folder { entry.path() } else { entry.path().strip_prefix(start).unwrap_or(entry.path()) };
        let is_file = path.is_file();
        let inside = path.strip_prefix(folder).unwrap_or(path);
        if is_file
            && !translated(path, configurations)?
            && (glob.is_none() || named.matched(inside, false).is_ignore())
            && configurations.for_path(path)?.admits(path).unwrap_or_else(|| is_notes(path))
        {
            files.push(path.to_owned());
        }
    }
    files.sort_by(|a, b| natural(&shown(a), &shown(b)));
    Ok(files)
}

/// Whether a path lies in a folder.
fn is_in(path: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// The order in which people number files: `lecture-2` before `lecture-10`.
fn natural(a: &str, b: &str) -> Ordering {
    let runs = |text: &str| {
        let mut runs: Vec<(bool, String)> = vec![];
        for c in text.chars() {
            match runs.last_mut() {
                Some((digits, run)) if *digits == c.is_ascii_digit() => run.push(c),
                _ => runs.push((c.is_ascii_digit(), c.to_string())),
            }
        }
        runs
    };
    let compare = |(x, y): (&(bool, String), &(bool, String))| {
        let value = |run: &str| run.trim_start_matches('0').to_owned();
        let numbers = || {
            let (m, n) = (value(&x.1), value(&y.1));
            m.len().cmp(&n.len()).then(m.cmp(&n))
        };
        if x.0 && y.0 { numbers() } else { x.1.cmp(&y.1) }
    };
    let (x, y) = (runs(a), runs(b));
    let first = x.iter().zip(&y).map(compare).find(|o| o.is_ne());
    first.unwrap_or_else(|| x.len().cmp(&y.len())).then_with(|| a.cmp(b))
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
        let found = sources(paths, &mut Configurations::default()).unwrap();
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
    fn translations_are_notes_of_their_own() {
        let folder = Folder::new("translations");
        for name in ["a.md", "ko/a.md", "ko/b/c.md", "kok/d.md"] {
            folder.file(name, b"x");
        }
        folder.file("rederive.toml", b"translations = [\"ko\"]");
        assert_eq!(names(&folder, std::slice::from_ref(&folder.0)), ["a.md", "kok/d.md"]);
        assert_eq!(names(&folder, &[folder.0.join("ko")]), ["ko/a.md", "ko/b/c.md"]);
        assert_eq!(names(&folder, &[folder.0.join("ko/b")]), ["ko/b/c.md"]);
        assert_eq!(names(&folder, &[folder.0.join("ko/a.md")]), ["ko/a.md"]);
    }

    #[test]
    fn a_named_file_may_have_any_extension_and_comes_once() {
        let folder = Folder::new("once");
        let file = folder.file("x.tex", b"x");
        folder.file("y.md", b"y");
        assert_eq!(names(&folder, &[file.clone(), folder.0.clone(), file]), ["x.tex", "y.md"]);
    }

    #[test]
    fn numbers_in_names_are_compared_as_numbers() {
        let sorted = ["a/2.md", "a/10.md", "a/010b.md", "a/b1", "a/b01", "a/b1x", "b/1"];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate().filter(|(j, _)| i != *j) {
                let apart = (*a, *b) != ("a/b1", "a/b01") && (*a, *b) != ("a/b01", "a/b1");
                assert!(!apart || natural(a, b) == i.cmp(&j), "{a} {b}");
            }
        }
        assert!(
            natural("a/b1", "a/b01").is_ne() && natural("99999999999999999999999", "100000000000000000000000").is_lt()
        );
    }

    #[test]
    fn what_git_or_the_configuration_leaves_out_is_passed_over() {
        let folder = Folder::new("ignored");
        for name in ["a.md", "build/b.md", "drafts/c.md", "d.mdown", "deep/e.md", "deep/secret/f.md"] {
            folder.file(name, b"x");
        }
        let all = std::slice::from_ref(&folder.0);
        folder.file(".git/HEAD", b"");
        folder.file(".gitignore", b"build/\n");
        folder.file("rederive.toml", b"exclude = [\"drafts/\"]");
        folder.file("deep/rederive.toml", b"exclude = [\"/secret\"]");
        assert_eq!(names(&folder, all), ["a.md", "deep/e.md"]);
        assert_eq!(names(&folder, &[folder.0.join("drafts/c.md")]), ["drafts/c.md"], "what is named is checked");
        folder.file("rederive.toml", b"include = [\"*.mdown\", \"/deep/**/f.md\"]");
        assert_eq!(names(&folder, all), ["d.mdown"]);
    }

    #[test]
    fn globs_name_notes() {
        let folder = Folder::new("globs");
        for name in ["1.md", "10.md", "2.md", "x.rs", "in/3.md", "in/deep/4.md"] {
            folder.file(name, b"x");
        }
        assert_eq!(names(&folder, &[folder.0.join("*.md")]), ["1.md", "2.md", "10.md"]);
        assert_eq!(names(&folder, &[folder.0.join("in/**/*.md")]), ["in/3.md", "in/deep/4.md"]);
        assert_eq!(names(&folder, &[folder.0.join("[12]*")]), ["1.md", "2.md", "10.md"]);
        let none = sources(&[folder.0.join("*.rst")], &mut Configurations::default());
        assert!(matches!(none, Err(ProjectError::Empty(_))));
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
        let read = |path: PathBuf| sources(&[path], &mut Configurations::default());
        assert_eq!(read(file).unwrap_err().to_string(), format!("{}/bad.md is not UTF-8 (byte 2)", shown(&folder.0)));
        assert!(matches!(read(folder.0.join("none.md")), Err(ProjectError::Read { .. })));
        fs::create_dir(folder.0.join("empty")).unwrap();
        assert!(matches!(read(folder.0.join("empty")), Err(ProjectError::Empty(_))));
        let endless = source("x", &mut io::repeat(b'a'));
        assert!(matches!(endless, Err(ProjectError::TooLarge { .. })));
    }
}
