//! Where the pages of a report lie.

use std::collections::BTreeSet;

/// The names of the documents' pages under the report's folder, without extension, in the order of `paths`. Folders that
/// all paths share go; names are made safe for every file system, and are never equal, not even but for case.
pub fn names(paths: &[&str]) -> Vec<String> {
    let split: Vec<Vec<String>> = paths.iter().map(|p| parts(p)).collect();
    let shared = split.iter().map(|p| p.len().saturating_sub(1)).min().unwrap_or(0);
    let shared =
        (0..shared).take_while(|&i| split.iter().all(|p| p.get(i) == split.first().and_then(|f| f.get(i)))).count();
    let mut taken: BTreeSet<String> = BTreeSet::from(["index".to_owned()]);
    split
        .iter()
        .map(|p| {
            let base = p.get(shared..).unwrap_or(&[]).join("/");
            let free = (1..)
                .map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") })
                .find(|name| !taken.contains(&name.to_lowercase()))
                .unwrap_or(base);
            taken.insert(free.to_lowercase());
            free
        })
        .collect()
}

fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.split(['/', '\\']).filter(|p| !matches!(*p, "" | "." | "..")).map(safe).collect();
    if let Some(last) = parts.last_mut()
        && let Some((stem, "md" | "markdown" | "mdx" | "qmd" | "txt" | "ipynb" | "rst" | "tex")) = last.rsplit_once('.')
        && !stem.is_empty()
    {
        *last = stem.to_owned();
    }
    if parts.is_empty() {
        parts.push("notes".to_owned());
    }
    parts
}

fn safe(part: &str) -> String {
    if part == "-" {
        return "stdin".to_owned();
    }
    let name: String = part
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .take(80)
        .collect();
    let name = name.trim_matches('.');
    if name.is_empty() { "notes".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_folders_go_and_names_stay_apart() {
        assert_eq!(names(&["notes/a.md", "notes/x/b.md"]), ["a", "x/b"]);
        assert_eq!(names(&["notes/a.md", "notes/a.txt", "notes/A.md"]), ["a", "a-2", "A-3"]);
        assert_eq!(names(&["notes/index.md"]), ["index-2"]);
        assert_eq!(names(&["a/b/c.md"]), ["c"]);
        assert_eq!(names(&["-"]), ["stdin"]);
    }

    #[test]
    fn no_name_leaves_the_folder_or_carries_markup() {
        for name in names(&["../../etc/passwd", "/abs/<script>.md", "..", "C:\\x\\\"onload=.md", "a/\u{202e}b.md"]) {
            assert!(!name.starts_with('/') && name.split('/').all(|p| p != ".."), "{name}");
            assert!(!name.contains(['<', '>', '"', '\\', ':', '\u{202e}']), "{name}");
        }
    }
}
