//! The trust page: all that the verdicts rest on, each with its own status.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::edition::{Translation, translations};
use crate::report::html::{Site, policy, style};
use crate::report::inventory::{SECTIONS, Section, section};
use crate::report::templates::{RenderError, SCRIPT, render};
use crate::report::view::{self, Summary};

#[derive(Serialize)]
struct Trust<'v> {
    lang: &'static str,
    version: &'static str,
    words: &'v BTreeMap<&'static str, String>,
    summary: Summary,
    sections: Vec<Section>,
    translations: Vec<Translation>,
    policy: String,
    style_html: String,
    script_html: &'static str,
}

fn trust<'v>(site: &'v Site) -> Trust<'v> {
    let summary = view::summary(site.run, site.run.documents);
    let style_html = style(&summary);
    Trust {
        lang: site.run.lang.tag(),
        version: env!("CARGO_PKG_VERSION"),
        words: &site.words,
        summary,
        sections: SECTIONS.iter().filter_map(|name| section(name, Some(site.run), site.run.lang)).collect(),
        translations: translations(site.run.editions, "trust", "", "html"),
        policy: policy(&style_html),
        style_html,
        script_html: SCRIPT,
    }
}

/// The page.
pub fn html(site: &Site) -> Result<String, RenderError> {
    render("trust.html", &trust(site))
}

/// The same as Markdown.
pub fn markdown(site: &Site) -> Result<String, RenderError> {
    render("trust.md", &trust(site))
}
