//! The message catalogue: every word that a user sees, by key and language.
//!
//! A language is a Fluent file (`en.ftl`, `ko.ftl`) with the same keys in each; a key that a language lacks falls back to
//! English. What stands in the rows of tables (codes, rules, engines, checkers) is English there; other languages have it
//! in a file of its own (`ko-rows.ftl`).

mod word;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

pub use word::{Word, word, word_option};

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

/// The languages, a row each: tag, catalogue, and the texts of tables.
const CATALOGUES: &[(Lang, &str, &str, &str)] = &[
    (Lang::En, "en", include_str!("en.ftl"), ""),
    (Lang::Ko, "ko", include_str!("ko.ftl"), include_str!("ko-rows.ftl")),
];

impl Lang {
    /// All languages.
    pub fn all() -> impl Iterator<Item = Lang> {
        CATALOGUES.iter().map(|(lang, ..)| *lang)
    }

    /// The language with this tag (`en`, `ko`).
    pub fn from_tag(tag: &str) -> Option<Lang> {
        CATALOGUES.iter().find(|(_, t, ..)| *t == tag).map(|(l, ..)| *l)
    }

    /// The tag, for `lang` attributes.
    pub fn tag(self) -> &'static str {
        CATALOGUES.iter().find(|(l, ..)| *l == self).map_or("en", |(_, t, ..)| t)
    }
}

/// A text for a user: a key of the catalogue with its arguments, in no language yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Message {
    /// The key.
    #[serde(deserialize_with = "word::word")]
    pub key: Word,
    /// Named arguments, values as shown.
    #[serde(deserialize_with = "word::word_pairs")]
    pub args: Vec<(Word, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: &'static str) -> Message {
        Message { key, args: vec![] }
    }

    /// The message with one more argument.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Message {
        self.args.push((name, value.to_string()));
        self
    }

    /// The text in a language.
    pub fn text(&self, lang: Lang) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &self.args {
            args.set(*name, value.as_str());
        }
        let bundles = bundles();
        [lang, Lang::En]
            .iter()
            .filter_map(|l| bundles.get(l))
            .find_map(|bundle| {
                let pattern = bundle.get_message(self.key)?.value()?;
                let mut errors = vec![];
                let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
                errors.is_empty().then(|| text.into_owned())
            })
            .unwrap_or_else(|| self.key.to_owned())
    }
}

type Bundle = FluentBundle<FluentResource>;

fn bundles() -> &'static BTreeMap<Lang, Bundle> {
    static BUNDLES: OnceLock<BTreeMap<Lang, Bundle>> = OnceLock::new();
    BUNDLES.get_or_init(|| {
        CATALOGUES
            .iter()
            .map(|(lang, tag, texts, rows)| {
                let id: LanguageIdentifier = tag.parse().unwrap_or_default();
                let mut bundle = Bundle::new_concurrent(vec![id]);
                bundle.set_use_isolating(false);
                for text in [texts, rows] {
                    let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, _)| partial);
                    bundle.add_resource_overriding(resource);
                }
                (*lang, bundle)
            })
            .collect()
    })
}

/// Whether the catalogue of `lang` has the key.
pub fn has_key(lang: Lang, key: &str) -> bool {
    bundles().get(&lang).is_some_and(|b| b.has_message(key))
}

/// A text that a row of a table holds in English, in a language: there it is the message `key`, in which `-` stands for
/// whatever a key can't hold (`rule-sum-delta`). English where the language has none, as for a formula.
pub fn row(lang: Lang, key: &str, english: &str) -> String {
    let key = row_key(key);
    let text = bundles().get(&lang).and_then(|bundle| {
        let pattern = bundle.get_message(&key)?.value()?;
        Some(bundle.format_pattern(pattern, None, &mut vec![]).into_owned())
    });
    text.unwrap_or_else(|| english.to_owned())
}

/// The key under which a language has the text of a row.
pub fn row_key(key: &str) -> String {
    key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests;
