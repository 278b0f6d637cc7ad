//! Which links of the notes stay links, and where they lead.

use std::collections::BTreeMap;

use crate::report::escape;

/// The pages of a report, for links between notes.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The path of the notes that the links stand in.
    pub from: String,
    /// How the page of these notes reaches the root of the report (`../` for each folder).
    pub root: String,
    /// Path of notes → path of their page from the root.
    pub pages: BTreeMap<String, String>,
}

impl Links {
    /// Where a link leads from the page; `None` if it must not be a link. `http`, `https`, `mailto`, places on the page
    /// and relative paths may; every other scheme may not, nor what a browser could take for one.
    pub fn resolve(&self, address: &str) -> Option<String> {
        let address = address.trim();
        if address.is_empty() || address.contains(|c: char| c.is_control() || c == '\\' || c.is_whitespace()) {
            return None;
        }
        if let Some(place) = address.strip_prefix('#') {
            return Some(format!("#{}", Self::place(place)));
        }
        let head = address.split(['/', '?', '#']).next().unwrap_or("");
        if let Some((scheme, _)) = head.split_once(':') {
            let allowed = ["http", "https", "mailto"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
            return allowed.then(|| address.to_owned());
        }
        if address.starts_with("//") {
            return None;
        }
        let (path, place) = match address.split_once('#') {
            Some((path, place)) => (path, format!("#{}", Self::place(place))),
            None => (address, String::new()),
        };
        match self.pages.get(&join(&self.from, path)) {
            Some(page) => Some(format!("{}{}{place}", self.root, escape::href(page))),
            None => Some(address.to_owned()),
        }
    }

    fn place(name: &str) -> String {
        format!("n-{}", escape::anchor(name))
    }
}

/// The path `relative` as seen from the file `from`.
pub fn join(from: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// The words of raw HTML: tags and comments go, and all that stands in scripts and styles.
pub fn without_tags(html: &str) -> String {
    let (mut out, mut rest) = (String::new(), html);
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let lower = |n: usize| after.get(..n).map(str::to_ascii_lowercase);
        rest = if after.starts_with("!--") {
            after.split_once("-->").map_or("", |(_, tail)| tail)
        } else if let Some(end) = [("script", "</script"), ("style", "</style")]
            .into_iter()
            .find_map(|(name, end)| (lower(name.len()).as_deref() == Some(name)).then_some(end))
        {
            let at = after.to_ascii_lowercase().find(end);
            at.and_then(|at| after.get(at + end.len()..)).and_then(|t| t.split_once('>')).map_or("", |(_, tail)| tail)
        } else if after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            after.split_once('>').map_or("", |(_, tail)| tail)
        } else {
            out.push('<');
            after
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_stay() {
        let links = Links::default();
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:x",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "\\\\evil",
            "",
            "\u{1}javascript:x",
            "blob:x",
        ] {
            assert_eq!(links.resolve(bad), None, "{bad:?}");
        }
        for good in ["https://a.b/c?d#e", "HTTP://a", "mailto:a@b.c", "other.pdf", "a/b:c"] {
            assert_eq!(links.resolve(good).as_deref(), Some(good));
        }
    }

    #[test]
    fn links_between_notes_lead_to_their_pages() {
        let pages = BTreeMap::from([("notes/b.md".to_owned(), "b.html".to_owned())]);
        let links = Links { from: "notes/x/a.md".into(), root: "../".into(), pages };
        assert_eq!(links.resolve("../b.md#p").as_deref(), Some("../b.html#n-p"));
    }

    #[test]
    fn raw_html_is_reduced_to_its_words() {
        assert_eq!(without_tags("<div a='b'>x <b>y</b></div>"), "x y");
        assert_eq!(without_tags("<SCRIPT>alert(1)</script >z<!-- c --><style>p{}"), "z");
        assert_eq!(without_tags("1 < 2"), "1 < 2");
    }
}
