//! The pictures that notes show, read from below the folder of the notes.

use std::fs;
use std::path::Path;

use crate::report::{MAX_PICTURE, Pictures, picture_places};
use crate::source::Source;

/// The SVG files that the notes show. What lies outside of the folder of its notes (a link may lead there), is too large
/// or is no text is left out: the page then shows its words.
pub fn pictures<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Pictures {
    let mut found = Pictures::new();
    for source in sources {
        let folder = Path::new(&source.path).parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Ok(folder) = fs::canonicalize(folder) else { continue };
        for place in picture_places(source) {
            let real = fs::canonicalize(&place).ok().filter(|real| real.starts_with(&folder));
            let small = |real: &std::path::PathBuf| {
                fs::metadata(real).is_ok_and(|m| m.is_file() && m.len() <= MAX_PICTURE as u64)
            };
            if let Some(text) = real.filter(small).and_then(|real| fs::read_to_string(real).ok()) {
                found.insert(place, text);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_read_from_below_the_notes_only() {
        let root = std::env::temp_dir().join(format!("rederive-pictures-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let notes = root.join("notes");
        fs::create_dir_all(notes.join("figures")).unwrap();
        fs::write(notes.join("figures/a.svg"), "<svg></svg>").unwrap();
        fs::write(root.join("outside.svg"), "<svg></svg>").unwrap();
        fs::write(notes.join("large.svg"), " ".repeat(MAX_PICTURE + 1)).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("outside.svg"), notes.join("link.svg")).unwrap();
        let text = "![a](figures/a.svg) ![b](../outside.svg) ![c](link.svg) ![d](large.svg) ![e](none.svg)";
        let path = format!("{}/x.md", notes.to_string_lossy().replace('\\', "/"));
        let found = pictures([&Source::new(&path, text)]);
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found.keys().all(|k| k.ends_with("notes/figures/a.svg")));
    }
}
