//! Pictures of the notes: local SVG files, inlined so that a page stays one file without a network.
//!
//! A browser shows an SVG in an `<img>` as a picture only: its scripts don't run and it loads nothing. What could do
//! either elsewhere is turned away here already.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::report::digest::base64;
use crate::report::escape;
use crate::report::link::join;
use crate::source::Source;

/// SVG texts by path, as seen from where the program runs.
pub type Pictures = BTreeMap<String, String>;

/// No pictures.
pub static NO_PICTURES: Pictures = Pictures::new();

/// Largest picture, in bytes.
pub const MAX_PICTURE: usize = 1 << 18;

/// Where a picture of the notes at `from` lies, if it is an SVG file below the folder of the notes.
pub fn place(from: &str, address: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    let below = !address.starts_with('/') && address.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    (below && address.ends_with(".svg") && address.chars().all(plain)).then(|| join(from, address))
}

/// The places of all pictures that notes show.
pub fn places(source: &Source) -> Vec<String> {
    let shown = |event: Event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => place(&source.path, &dest_url),
        _ => None,
    };
    Parser::new(&source.text).filter_map(shown).collect()
}

/// The pictures with their places in a report, where they stand to the file made of their notes as they did to the notes.
pub fn beside(notes: &[&str], names: &[String], pictures: &Pictures) -> BTreeMap<String, String> {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut out = BTreeMap::new();
    for (path, name) in notes.iter().zip(names) {
        let (from, to) = (folder(path), folder(name));
        let below = pictures.iter().filter_map(|(p, svg)| Some((p.strip_prefix(&from)?, svg)));
        out.extend(below.filter(|(_, svg)| inlined(svg).is_some()).map(|(p, svg)| (format!("{to}{p}"), svg.clone())));
    }
    out
}

/// The address under which a page holds the picture itself; `None` if it is no plain SVG.
fn inlined(svg: &str) -> Option<String> {
    let start = svg.trim_start_matches('\u{feff}').trim_start();
    let lower = svg.to_ascii_lowercase();
    let plain = start.starts_with("<svg") && svg.len() <= MAX_PICTURE && !ACTIVE.iter().any(|a| lower.contains(a));
    (plain && !has_handler(&lower)).then(|| format!("data:image/svg+xml;base64,{}", base64(svg.as_bytes())))
}

/// A picture of which the words are being read.
pub struct Inlined {
    address: String,
    words: String,
    /// Pictures among its words.
    depth: usize,
}

impl Inlined {
    /// The picture, if it is a plain one.
    pub fn new(svg: &str) -> Option<Inlined> {
        Some(Inlined { address: inlined(svg)?, words: String::new(), depth: 0 })
    }

    /// Reads on; at the end the picture as HTML. What stands between `open` and `close` (a formula) is left out.
    pub fn event(&mut self, event: Event<'_>, open: char, close: char) -> Option<String> {
        match event {
            Event::Text(text) => {
                let mut inside = false;
                self.words.extend(text.chars().filter(|c| {
                    inside = *c == open || inside && *c != close;
                    !inside && *c != close
                }));
            }
            Event::Code(text) => self.words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::Start(Tag::Image { .. }) => self.depth += 1,
            Event::End(TagEnd::Image) if self.depth > 0 => self.depth -= 1,
            Event::End(TagEnd::Image) => {
                let (words, address) = (escape::html(self.words.trim()), escape::html(&self.address));
                return Some(format!("<img class=\"picture\" alt=\"{words}\" src=\"{address}\">"));
            }
            _ => {}
        }
        None
    }
}

/// What runs, loads or leads somewhere else.
const ACTIVE: [&str; 11] =
    ["<!", "<?", "<script", "<foreignobject", "<iframe", "<set", "<animate", "href", "url(", "@import", "javascript:"];

/// An attribute like `onload`.
fn has_handler(lower: &str) -> bool {
    lower.match_indices("on").any(|(at, _)| {
        let before = lower.get(..at).and_then(|t| t.chars().next_back());
        let name = lower.get(at..).map_or("", |t| t.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(""));
        let after = lower.get(at + name.len()..).map_or("", str::trim_start);
        before.is_some_and(|c| c.is_whitespace() || matches!(c, '/' | '"' | '\'')) && after.starts_with('=')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_lie_below_the_notes() {
        assert_eq!(place("notes/a.md", "figures/x.svg").as_deref(), Some("notes/figures/x.svg"));
        assert_eq!(place("a.md", "x.svg").as_deref(), Some("x.svg"));
        let outside =
            ["../x.svg", "a/../../x.svg", "/etc/x.svg", "//e/x.svg", "http://e/x.svg", "file:x.svg", ".h/x.svg"];
        for bad in outside.iter().chain(&["a\\x.svg", "x.png", "x.svg?y", "x%2esvg", "a//x.svg", ""]) {
            assert_eq!(place("notes/a.md", bad), None, "{bad}");
        }
        let notes = Source::new("n/a.md", "![One](f/x.svg) and ![two](https://e/y.svg)\n\n`![no](z.svg)`");
        assert_eq!(places(&notes), ["n/f/x.svg"]);
    }

    #[test]
    fn pictures_keep_their_places_beside_the_notes() {
        let pictures = Pictures::from([
            ("notes/a/f/x.svg".to_owned(), "<svg></svg>".to_owned()),
            ("notes/y.svg".to_owned(), "<svg><script/></svg>".to_owned()),
        ]);
        let names = ["a/n".to_owned(), "m".to_owned()];
        let placed = beside(&["notes/a/n.md", "notes/m.md"], &names, &pictures);
        assert_eq!(placed.into_keys().collect::<Vec<_>>(), ["a/f/x.svg"]);
    }

    #[test]
    fn only_plain_pictures_are_inlined() {
        let plain = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>x on = y</title><path d=\"M0 0\"/></svg>";
        assert!(inlined(plain).is_none(), "better one too many turned away");
        let plain = plain.replace("x on = y", "condition");
        assert_eq!(inlined(&plain).as_deref().map(|u| &u[..30]), Some("data:image/svg+xml;base64,PHN2"));
        for bad in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<path onload=\"x\"/>",
            "<path a='1'ONCLICK = 'x'/>",
            "<use href=\"#a\"/>",
            "<image xlink:href='http://e/x'/>",
            "<style>@import 'x';</style>",
            "<path style=\"fill:url(http://e)\"/>",
            "<foreignObject/>",
            "<!DOCTYPE svg>",
            "<?xml-stylesheet?>",
        ] {
            assert_eq!(inlined(&plain.replace("<path d=\"M0 0\"/>", bad)), None, "{bad}");
        }
        assert_eq!(inlined("<html><svg></svg></html>"), None);
        assert_eq!(inlined(&format!("<svg>{}</svg>", " ".repeat(MAX_PICTURE))), None);
    }
}
