//! Macro files: those that are named for all notes, and those that notes name themselves.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::project::{Configuration, Configurations, ProjectError};
use crate::read::directive::DirectiveKind;
use crate::read::{Block, format_of, read};
use crate::source::Source;

/// The most that is read of a macro file, in bytes.
const LONGEST: u64 = 1 << 20;

/// Gives each of the notes what its configuration says of its text, the definitions of `files`, and of the files that it
/// names: in an annotation `file: macros`, in LaTeX by `\input`, `\include` and `\usepackage`, if they lie in its folder
/// or below.
///
/// # Errors
/// If one of `files`, a file of the configuration or of an annotation cannot be read.
pub fn configured(
    mut sources: Vec<Source>,
    configurations: &mut Configurations,
    files: &[PathBuf],
) -> Result<Vec<Source>, ProjectError> {
    let contents =
        |files: &[PathBuf]| files.iter().map(|f| content(f).map(|t| t + "\n")).collect::<Result<String, _>>();
    let given = contents(files)?;
    let mut known: Option<(Arc<Configuration>, String)> = None;
    for source in &mut sources {
        let configuration = configurations.for_path(Path::new(&source.path))?;
        let common = match &known {
            Some((of, text)) if Arc::ptr_eq(of, &configuration) => text.clone(),
            _ => format!("{}{}{given}", contents(&configuration.macro_files())?, configuration.definitions()),
        };
        source.macros = format!("{common}{}", own(source)?);
        source.allow = configuration.allow();
        known = Some((configuration, common));
    }
    Ok(sources)
}

/// The definitions of the files that notes name.
fn own(source: &Source) -> Result<String, ProjectError> {
    let mut text = String::new();
    if source.text.contains("rederive") && source.text.contains("macros") {
        for name in named(source) {
            let Some(path) = beside(source, &name) else {
                let why = std::io::Error::other("it is not in the folder of the notes that name it");
                return Err(ProjectError::Read { path: name, source: why });
            };
            text.push_str(&content(&path)?);
            text.push('\n');
        }
    }
    if format_of(&source.path).name == "LaTeX" {
        for name in inputs(&source.text) {
            text.push_str(&beside(source, &name).and_then(|p| content(&p).ok()).unwrap_or_default());
            text.push('\n');
        }
    }
    Ok(text)
}

fn named(source: &Source) -> Vec<String> {
    let document = read(source.clone());
    let directives = document.blocks.iter().filter_map(|b| if let Block::Directive(d) = b { Some(d) } else { None });
    let settings = directives.flat_map(|d| d.parse().0).flat_map(|i| match i.kind {
        DirectiveKind::File(pairs) => pairs,
        _ => vec![],
    });
    settings.filter(|(key, _)| key == "macros").map(|(_, value)| value).collect()
}

/// The names of the files that LaTeX reads in, with their extensions.
fn inputs(text: &str) -> Vec<String> {
    let mut names = vec![];
    for (command, extension) in [("\\input{", "tex"), ("\\include{", "tex"), ("\\usepackage{", "sty")] {
        for (at, _) in text.match_indices(command) {
            let line = text.get(..at).map_or("", |t| t.rsplit('\n').next().unwrap_or(""));
            let inside = text.get(at + command.len()..).and_then(|t| t.split_once('}')).map_or("", |t| t.0);
            if line.contains('%') || inside.len() > 200 {
                continue;
            }
            names.extend(inside.split(',').map(str::trim).filter(|n| !n.is_empty()).map(|name| {
                match Path::new(name).extension() {
                    Some(_) => name.to_owned(),
                    None => format!("{name}.{extension}"),
                }
            }));
        }
    }
    names
}

/// The file of that name in the folder of the notes or below.
fn beside(source: &Source, name: &str) -> Option<PathBuf> {
    let name = Path::new(name);
    if !name.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
        return None;
    }
    let folder = match Path::new(&source.path).parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return None,
    };
    // A link may lead out.
    let (real, root) = (fs::canonicalize(folder.join(name)).ok()?, fs::canonicalize(folder).ok()?);
    real.starts_with(root).then_some(real)
}

fn content(path: &Path) -> Result<String, ProjectError> {
    let fail = |source| ProjectError::Read { path: path.to_string_lossy().replace('\\', "/"), source };
    let mut bytes = vec![];
    File::open(path).and_then(|f| f.take(LONGEST).read_to_end(&mut bytes)).map_err(fail)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_beside_the_notes_are_read_in() {
        let folder = std::env::temp_dir().join(format!("rederive-macros-{}", std::process::id()));
        fs::create_dir_all(folder.join("in")).unwrap();
        fs::write(folder.join("out.tex"), "\\def\\out{o}").unwrap();
        fs::write(folder.join("in/m.tex"), "\\def\\own{1}").unwrap();
        let source = |text: &str, name: &str| Source::new(folder.join("in").join(name).to_string_lossy(), text);
        let macros = |s: Source| configured(vec![s], &mut Configurations::default(), &[]).map(|s| s[0].macros.clone());
        assert!(macros(source("\\input{m} \\input{../out} \\input{none}", "a.tex")).unwrap().contains("\\own"));
        assert!(!macros(source("\\input{m} \\input{../out}", "a.tex")).unwrap().contains("\\out"));
        let directive = |name: &str| source(&format!("<!-- rederive file: macros {name} -->\n"), "a.md");
        assert!(macros(directive("m.tex")).unwrap().contains("\\own"));
        assert!(macros(directive("../out.tex")).is_err() && macros(directive("none.tex")).is_err());
        let common =
            configured(vec![source("", "b.md")], &mut Configurations::default(), &[folder.join("out.tex")]).unwrap();
        assert!(common[0].macros.contains("\\out"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
