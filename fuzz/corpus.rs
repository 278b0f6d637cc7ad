//! Seeds of the fuzz targets from the notes and hostile texts of the tests: `fuzz/run` compiles and runs it.
//!
//! Its argument is the folder of the corpora. It depends on nothing, so that no second build of the library is needed.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "../tests/limits/cases.rs"]
mod cases;

/// Longest seed, in bytes: what is mutated should be small.
const LONGEST: usize = 1_200;

/// The extensions of the formats, in the order of `rederive::read::FORMATS`.
const EXTENSIONS: [&str; 4] = ["md", "ipynb", "rst", "tex"];

/// Writes the seeds below a folder.
#[allow(dead_code)]
fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "fuzz/corpus".to_owned()));
    let (notes, annotations) = seeds(Path::new("."))?;
    for name in ["read", "elaborate", "check", "sinks"] {
        write(&folder.join(name), &notes)?;
    }
    write(&folder.join("directives"), &annotations)
}

type Seeds = Vec<Vec<u8>>;

/// Pieces of notes with the number of their format first, and the words of annotations.
pub fn seeds(root: &Path) -> io::Result<(Seeds, Seeds)> {
    let mut paths = vec![];
    ["notes", "tests/corpus", "tests/formats"].iter().for_each(|f| collect(&root.join(f), &mut paths));
    let (mut notes, mut annotations) = (vec![], vec![]);
    for path in &paths {
        let extension = path.extension().map(|e| e.to_string_lossy().into_owned());
        let format = EXTENSIONS.iter().position(|e| Some(*e) == extension.as_deref()).unwrap_or(0);
        let text = fs::read_to_string(path)?;
        let whole = text.split("<!-- rederive ").skip(1).filter_map(|t| t.split_once("-->"));
        annotations.extend(whole.map(|(words, _)| words.trim().as_bytes().to_vec()));
        notes.extend(pieces(&text, format == 1).into_iter().map(|piece| seed(format, piece)));
    }
    for (_, text) in cases::FORMULAS.iter().chain(cases::DOCUMENTS) {
        let text = text();
        notes.push(seed(0, head(&text, LONGEST)));
    }
    Ok((notes, annotations))
}

/// The stretches of a text, from blank line to blank line; a notebook makes sense only as a whole.
fn pieces(text: &str, whole: bool) -> Vec<&str> {
    if whole {
        return vec![text];
    }
    let (mut out, mut rest) = (vec![], text);
    while !rest.is_empty() {
        let most = head(rest, LONGEST);
        let cut = if most.len() == rest.len() { None } else { most.rfind("\n\n").filter(|c| *c > 0) };
        let (piece, after) = rest.split_at(cut.unwrap_or(most.len()));
        out.push(piece);
        rest = after;
    }
    out
}

fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn seed(format: usize, text: &str) -> Vec<u8> {
    let mut out = vec![u8::try_from(format).unwrap_or(0)];
    out.extend(text.as_bytes());
    out
}

fn write(folder: &Path, seeds: &[Vec<u8>]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    seeds.iter().enumerate().try_for_each(|(at, s)| fs::write(folder.join(format!("seed-{at:04}")), s))
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| ["md", "tex", "rst", "qmd", "ipynb"].iter().any(|x| e == *x)) {
            found.push(path);
        }
    }
}
