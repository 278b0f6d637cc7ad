//! Words of the program itself (keys, names of engines, signs), read back from what the program wrote.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

/// A word of the program itself.
pub type Word = &'static str;

/// The one word with this text. Each is kept once, for as long as the program runs.
fn interned(text: String) -> Word {
    static WORDS: Mutex<BTreeSet<Word>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    match words.get(text.as_str()) {
        Some(word) => word,
        None => {
            let word: Word = text.leak();
            words.insert(word);
            word
        }
    }
}

/// Reads a word.
///
/// # Errors
/// If there is no text.
pub fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    String::deserialize(from).map(interned)
}

/// Reads a word that may be missing.
///
/// # Errors
/// If there is something else.
pub fn word_option<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Word>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(interned))
}

/// Reads words with texts.
pub(super) fn word_pairs<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(Word, String)>, D::Error> {
    let pairs = Vec::<(String, String)>::deserialize(from)?;
    Ok(pairs.into_iter().map(|(name, value)| (interned(name), value)).collect())
}
