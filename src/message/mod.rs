//! The message catalogue: every word that a user sees, by key and language.
//!
//! A language is a Fluent file (`en.ftl`); a key that a language lacks falls back to English.

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
}

/// The languages, a row each: tag and catalogue.
const CATALOGUES: &[(Lang, &str, &str)] = &[(Lang::En, "en", include_str!("en.ftl"))];

impl Lang {
    /// All languages.
    pub fn all() -> impl Iterator<Item = Lang> {
        CATALOGUES.iter().map(|(lang, _, _)| *lang)
    }

    /// The language with this tag (`en`).
    pub fn from_tag(tag: &str) -> Option<Lang> {
        CATALOGUES.iter().find(|(_, t, _)| *t == tag).map(|(l, _, _)| *l)
    }

    /// The tag, for `lang` attributes.
    pub fn tag(self) -> &'static str {
        CATALOGUES.iter().find(|(l, _, _)| *l == self).map_or("en", |(_, t, _)| t)
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
            .map(|(lang, tag, text)| {
                let id: LanguageIdentifier = tag.parse().unwrap_or_default();
                let mut bundle = Bundle::new_concurrent(vec![id]);
                bundle.set_use_isolating(false);
                let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partial, _)| partial);
                bundle.add_resource_overriding(resource);
                (*lang, bundle)
            })
            .collect()
    })
}

/// Whether the catalogue of `lang` has the key.
pub fn has_key(lang: Lang, key: &str) -> bool {
    bundles().get(&lang).is_some_and(|b| b.has_message(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn catalogues_parse_without_errors() {
        for (_, tag, text) in CATALOGUES {
            let parsed = FluentResource::try_new((*text).to_owned());
            assert!(parsed.is_ok(), "{tag}: {:?}", parsed.err().map(|e| e.1));
        }
    }

    #[test]
    fn arguments_are_inserted_as_they_are() {
        let m = Message::new("reason-unknown-symbol").with("symbol", "Φ");
        assert!(m.text(Lang::En).contains('Φ'));
    }
}
