//! The templates, embedded. HTML templates escape every value that is not marked safe; the filters `md` and `code` do the
//! same for Markdown.

use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use crate::report::escape;

/// A template that does not work: a bug of ours.
#[derive(Debug, thiserror::Error)]
#[error("template {template}: {reason}")]
pub struct RenderError {
    /// Its name.
    pub template: &'static str,
    /// What the template engine says.
    pub reason: String,
}

const TEMPLATES: &[(&str, &str)] = &[
    ("cards.html", include_str!("../../templates/cards.html")),
    ("check.md", include_str!("../../templates/check.md")),
    ("figure.html", include_str!("../../templates/figure.html")),
    ("index.html", include_str!("../../templates/index.html")),
    ("index.md", include_str!("../../templates/index.md")),
    ("mutate.html", include_str!("../../templates/mutate.html")),
    ("notes.md", include_str!("../../templates/notes.md")),
    ("plot.html", include_str!("../../templates/plot.html")),
    ("trust.html", include_str!("../../templates/trust.html")),
    ("trust.md", include_str!("../../templates/trust.md")),
    ("report.html", include_str!("../../templates/report.html")),
];

/// The style of all pages.
pub const STYLE: &str = include_str!("../../templates/style.css");

/// The script of all pages; they work without it.
pub const SCRIPT: &str = include_str!("../../templates/report.js");

fn templates() -> &'static Result<Tera, String> {
    static LOADED: OnceLock<Result<Tera, String>> = OnceLock::new();
    LOADED.get_or_init(|| {
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html"]);
        tera.set_escape_fn(|text, out| out.write_all(escape::html(text).as_bytes()));
        tera.register_filter("md", |text: &str, _: Kwargs, _: &State| escape::markdown(text));
        tera.register_filter("code", |text: &str, _: Kwargs, _: &State| escape::markdown_code(text));
        tera.register_filter("href", |text: &str, _: Kwargs, _: &State| escape::href(text));
        tera.add_raw_templates(TEMPLATES.to_vec()).map_err(|e| e.to_string())?;
        Ok(tera)
    })
}

/// The template filled with the fields of `view`.
pub fn render<T: Serialize>(template: &'static str, view: &T) -> Result<String, RenderError> {
    let fail = |reason: String| RenderError { template, reason };
    let tera = templates().as_ref().map_err(|e| fail(e.clone()))?;
    let context = Context::from_serialize(view).map_err(|e| fail(e.to_string()))?;
    tera.render(template, &context).map_err(|e| fail(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_of_our_own_markup_are_marked_safe() {
        for (name, text) in TEMPLATES.iter().filter(|(name, _)| name.ends_with(".html")) {
            for (at, _) in text.match_indices("safe") {
                let before = text[..at].trim_end().trim_end_matches('|').trim_end();
                assert!(before.ends_with("_html"), "{name}: …{}", &before[before.len().saturating_sub(30)..]);
            }
        }
    }

    #[test]
    fn every_value_in_markdown_is_escaped_or_ours() {
        for (name, text) in TEMPLATES.iter().filter(|(name, _)| name.ends_with(".md")) {
            for value in text.split("{{").skip(1).filter_map(|t| t.split_once("}}")).map(|(v, _)| v.trim()) {
                let ours =
                    value.starts_with("words.") || ["_md", ".count", ".line"].iter().any(|end| value.ends_with(end));
                let escaped = ["| md", "| code", "| href"].iter().any(|f| value.ends_with(f));
                assert!(ours || escaped, "{name}: {value}");
            }
        }
    }
}
