//! The same notes in another language: which links lead there.

use serde::Serialize;

use crate::message::{Lang, Message};
use crate::report::place::names;
use crate::verdict::DocumentResult;

/// A report on the same notes in another language.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its language.
    pub lang: Lang,
    /// How the root of this report reaches the root of that one: `ko/`, `../`.
    root: String,
    /// Its pages, without extension.
    pages: Vec<String>,
}

/// A link to the same page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct Translation {
    /// The tag of the language.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: String,
    /// The path of the page.
    pub address: String,
}

impl Edition {
    /// The report on documents in a language.
    pub fn new(lang: Lang, root: &str, documents: &[DocumentResult]) -> Edition {
        let paths: Vec<&str> = documents.iter().map(|d| d.source.path.as_str()).collect();
        let mut pages = names(&paths);
        pages.extend(["index", "trust"].map(str::to_owned));
        Edition { lang, root: root.to_owned(), pages }
    }

    /// The link from a page (without extension, `root` leads from it to the root of its report) to the same page there,
    /// or to the index if there is no such page.
    pub fn translation(&self, page: &str, root: &str, extension: &str) -> Translation {
        let page = if self.pages.iter().any(|p| p == page) { page } else { "index" };
        Translation {
            tag: self.lang.tag(),
            name: Message::new("language").text(self.lang),
            address: format!("{root}{}{page}.{extension}", self.root),
        }
    }
}

/// The links from a page to the same page in all other languages.
pub fn translations(editions: &[Edition], page: &str, root: &str, extension: &str) -> Vec<Translation> {
    editions.iter().map(|e| e.translation(page, root, extension)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_to_its_twin_or_to_the_index() {
        let there = Edition { lang: Lang::Ko, root: "ko/".into(), pages: vec!["a/b".into(), "index".into()] };
        let link = there.translation("a/b", "../", "html");
        assert_eq!((link.tag, link.name.as_str(), link.address.as_str()), ("ko", "한국어", "../ko/a/b.html"));
        assert_eq!(there.translation("c", "", "md").address, "ko/index.md");
    }
}
